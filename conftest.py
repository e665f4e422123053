"""What all tests share, those in docstrings included."""

import importlib.util
import os

import hypothesis
import pytest

import pyglove

# Only mypy imports its plugin, where it is installed.
collect_ignore = [] if importlib.util.find_spec("mypy") else ["pyglove/mypy_plugin.py"]

# How long an example takes says more about the machine than about the law.
hypothesis.settings.register_profile("local", deadline=None)
# A change is judged on the same examples each time.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(autouse=True)
def _name_the_library(doctest_namespace):
    doctest_namespace["pg"] = pyglove
