"""`import pyglove` stays light."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Modules beyond those of a bare interpreter: our own, and of the standard library
# about what dataclasses, inspect, json, re and typing bring.
OWN_MODULES = 260
OTHER_MODULES = 90


def run(code: str) -> str:
    """What an interpreter of its own prints."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=ROOT,
        env={"PYTHONPATH": ":".join([str(ROOT), *site_packages()])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def site_packages() -> list[str]:
    """Where installed packages lie; -S leaves them out, with what they do at start."""
    return [path for path in sys.path if path.endswith("-packages")]


def modules_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    return set(run(code).split())


def test_import_loads_few_modules():
    loaded = modules_after("import pyglove") - modules_after("pass")
    own = {name for name in loaded if name.partition(".")[0] == "pyglove"}
    others = loaded - own
    assert "pyglove" in own
    assert len(own) <= OWN_MODULES, sorted(own)
    assert len(others) <= OTHER_MODULES, sorted(others)


def test_import_leaves_numpy_alone():
    loaded = modules_after("import pyglove")
    assert "numpy" in modules_after("import numpy")
    assert not {"numpy", "torch", "matplotlib", "optuna", "pandas"} & loaded
