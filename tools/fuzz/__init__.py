"""Random programs that are run here and under the published package, and compared.

`fuzz_differential.py` one folder up is the command. The modules named after a subject
(`objects`, `spaces`, ...) write programs; `worker` runs them, in a process that has one
of the two packages; all others work on what came out.
"""
