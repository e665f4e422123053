"""Path: keys, paths of keys, sets of paths, and trees of plain lists and dicts."""
