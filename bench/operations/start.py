"""The start of a program: an interpreter of its own imports the library, and ends."""

from registry import BUILTINS, PYDANTIC, Code, operation

SETUP = """
import os
import subprocess
import sys

# Modules are compiled the first time, which does not count.
environment = {{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}}

def start():
    subprocess.run([sys.executable, "-c", "{0}"], env=environment, check=True)

start()
"""

operation(
    "start of a program that imports it",
    Code("start()", SETUP.format("import pyglove")),
    peers={
        PYDANTIC: Code("start()", SETUP.format("from pydantic import BaseModel")),
        BUILTINS: Code("start()", SETUP.format("pass")),
    },
    limits={BUILTINS: 4},
)
