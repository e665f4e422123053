"""What all tests share."""

import os

import hypothesis

# How long an example takes says more about the machine than about the law.
hypothesis.settings.register_profile("local", deadline=None)
# A change is judged on the same examples each time.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")
