"""Form: values as text, as JSON, as pickles and as files, and back.

It imports `node`, `tree` and `compiled`.
"""
