# demo                searches a real benchmark and draws what it found
# demo-algorithms     compares all search algorithms with Optuna's and Nevergrad's; takes
#                     a quarter of an hour, or 2 minutes with QUICK=1
# demo-existing-code  searches programs of scikit-learn and PyTorch; counts their changes
# test                runs the tests and the examples in docstrings and documents
# check               format, lint, and two type checkers
# bench               measures speed beside the published package and others
# docs                runs every code block of README.md and docs/
#
# Each makes what it needs in .venv, with a Python of 3.11 or newer: PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
PUBLISHED := .venv-published
RUN := $(VENV)/bin/python

.PHONY: demo demo-algorithms demo-existing-code test check bench docs clean
.DELETE_ON_ERROR:

demo: $(VENV)/.examples
	$(RUN) examples/nasbench201.py

demo-algorithms: $(VENV)/.examples $(VENV)/.peers
	$(RUN) examples/algorithms.py $(if $(QUICK),--quick)

demo-existing-code: $(VENV)/.existing-code
	$(RUN) examples/existing_code/compare.py

test: $(VENV)/.examples $(VENV)/.io $(VENV)/.optuna $(VENV)/.prometheus \
    $(VENV)/.test
	$(RUN) -m pytest --numprocesses auto

check: $(VENV)/.dev $(VENV)/.test
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	$(RUN) -m pyright --pythonpath $(RUN)
	$(RUN) tools/check_static_typing.py

bench: $(VENV)/.bench $(PUBLISHED)/.pyglove
	$(RUN) bench/run.py --published $(PUBLISHED)/bin/python

docs: $(VENV)/.test
	$(RUN) -m pytest tests/test_readme.py

clean:
	rm -rf $(VENV) $(PUBLISHED)

# An environment has a mark for each extra of pyproject.toml that is installed in it.
$(VENV)/.%: pyproject.toml | $(RUN)
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

$(PUBLISHED)/.pyglove: | $(PUBLISHED)/bin/python
	$(PUBLISHED)/bin/python -m pip install --quiet --disable-pip-version-check pyglove==0.4.5
	@touch $@

$(RUN) $(PUBLISHED)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'PyGlove needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=...'; exit 1; }
	$(PYTHON) -m venv $(@:/bin/python=)
