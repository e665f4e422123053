"""Key paths, sets of paths, and trees of plain lists and dicts."""
