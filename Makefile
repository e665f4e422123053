# demo                searches a real benchmark and draws what it found
# demo-algorithms     compares all search algorithms with Optuna's and Nevergrad's; takes
#                     a quarter of an hour, or 2 minutes with QUICK=1
# demo-existing-code  searches programs of scikit-learn and PyTorch; counts their changes
# test                runs the tests and the examples in docstrings and documents
# mutants             changes the library in 400 places, one at a time, and counts how
#                     many changes the tests notice; COUNT=50 for a smaller sample
# check               format, lint, and two type checkers
# bench               measures speed beside the published package and others
# docs                runs every code block of README.md and docs/
#
# Each makes what it needs in .venv, with a Python of 3.11 or newer: PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
PUBLISHED := .venv-published
RUN := $(VENV)/bin/python

.PHONY: demo demo-algorithms demo-existing-code test mutants check bench docs clean
.DELETE_ON_ERROR:

demo: $(VENV)/.examples
	$(RUN) examples/nasbench201.py

demo-algorithms: $(VENV)/.examples $(VENV)/.peers
	$(RUN) examples/algorithms.py $(if $(QUICK),--quick)

demo-existing-code: $(VENV)/.existing-code
	$(RUN) examples/existing_code/compare.py

test: $(VENV)/.examples $(VENV)/.io $(VENV)/.optuna $(VENV)/.prometheus \
    $(VENV)/.test $(VENV)/.torch-at-hand
	$(RUN) -m pytest --numprocesses auto -rs
	INTERPRETED=1 $(RUN) -m pytest --numprocesses auto tests/symbolic

mutants: $(VENV)/.dev $(VENV)/.test
	$(RUN) tools/mutants.py $(if $(COUNT),--count $(COUNT))

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

# PyTorch, if pip has a build of it at hand, without an index (as in a folder that
# PIP_FIND_LINKS names): that of the index takes gigabytes.
$(VENV)/.torch-at-hand: pyproject.toml | $(RUN)
	@if $(RUN) -m pip install --quiet --no-index --no-deps torch 2>/dev/null; then \
	  $(RUN) -m pip install --quiet --disable-pip-version-check torch && touch $@; \
	else \
	  echo 'No build of PyTorch at hand: tests that need it will be skipped.'; \
	fi

$(PUBLISHED)/.pyglove: | $(PUBLISHED)/bin/python
	$(PUBLISHED)/bin/python -m pip install --quiet --disable-pip-version-check pyglove==0.4.5
	@touch $@

$(RUN) $(PUBLISHED)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'PyGlove needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=...'; exit 1; }
	$(PYTHON) -m venv $(@:/bin/python=)
