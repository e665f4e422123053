"""JSON conversion of values, and the restrictions of untrusted documents."""
