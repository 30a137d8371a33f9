# Needs Python 3.11 or newer and make; everything else is put into .venv.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# Who is done takes over what others have not begun; what is imported is compiled only once.
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --dist worksteal
BENCHMARKS ?= day pages desk phone screening figures roads addresses doors field search staffing

.DEFAULT_GOAL := help
.PHONY: help demo compile test test-all bench bundle pictures lint types lock clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("dayround needs Python 3.11 or newer; say make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--config-settings editable_mode=compat -e .
	touch $@

demo: $(STAMP)  ## Make a town, plan its day and serve it (ARGS="--no-serve --cases 200")
	$(BIN)/dayround demo $(ARGS)

compile: $(STAMP)  ## Compile the search for this machine, once
	$(BIN)/dayround compile

test: compile  ## Run the tests (under 12 minutes on two cores)
	$(PYTEST) -m "not slow"

test-all: compile  ## Run all tests, the long ones too
	$(PYTEST)

bench: $(STAMP)  ## Measure against the goals: hours, or minutes with OPTIONS=--quick
	for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks run $$name $(OPTIONS) || exit 1; done

bundle: $(STAMP)  ## Pack everything for a machine without network, into dist/
	$(BIN)/python -m requirements.bundle.pack --out dist

pictures: $(STAMP)  ## Take the pictures of the guides and of docs/ anew
	$(BIN)/python -m tests.browser.pictures

lint: $(STAMP)  ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m tests.scripts

types: $(STAMP)  ## Check types strictly
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 -p routing -p scheduler -p data -p web

lock: $(STAMP)  ## Resolve the dependencies again, with hashes
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 --upgrade pyproject.toml -o requirements/runtime.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 --upgrade --extra dev pyproject.toml -o requirements/dev.lock
	echo pip | $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 --upgrade --no-annotate - -o requirements/pip.lock

clean:  ## Remove the environment and all caches
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
