# One command for each thing that people do here. `make` alone lists them.
# Nothing is written outside this folder.

PYTHON3 ?= python3
UV ?= uv
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PINNED := $(PIP) --require-hashes --only-binary :all:
COMPILE := $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11

DOORS := --extra serve --extra iot --extra records --extra privacy

CORE := $(VENV)/core.stamp
SERVE := $(VENV)/serve.stamp
TEST := $(VENV)/test.stamp
SEARCH := $(VENV)/search.stamp

# Material announces its successor at each build; this is its documented switch for that.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help run serve test check bench soak docs catalogues doors deep lock clean
.DELETE_ON_ERROR:

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: $(SEARCH) ## run the day of a made-up city; ARGS="--region FOLDER --lang zh" plans a real region
	$(BIN)/salus run $(ARGS)

serve: $(SERVE) $(SEARCH) ## start the service on this machine; ARGS="--port 8000 --home FOLDER"
	@sh scripts/debian_packages mosquitto
	$(BIN)/salus serve $(ARGS)

test: $(TEST) $(SEARCH) debian ## run all tests but those that need PyTorch
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: $(TEST) ## format, lint, types, floors, catalogues, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/catalogues.py check
	$(BIN)/mkdocs build --strict

bench: $(TEST) ## measure speed and memory, and write benches/results
	$(BIN)/python -m benches.run $(ARGS)

soak: $(TEST) ## run the property tests on thousands of fresh random problems
	$(BIN)/python -m pytest -n 2 --hypothesis-profile soak tests/property $(ARGS)

docs: $(TEST) ## build the documentation into site/
	$(BIN)/mkdocs build --strict

catalogues: $(TEST) ## find new sentences and compile the translations
	$(BIN)/python scripts/catalogues.py update

doors: $(SERVE) ## install what the service, records and privacy need

deep: $(CORE) ## add PyTorch for the neural networks
	$(PIP) -r requirements/deep.txt

lock: ## pin all requirements again, with their hashes
	$(COMPILE) --allow-unsafe requirements/build.in -o requirements/build.txt
	$(COMPILE) pyproject.toml -o requirements/core.txt
	$(COMPILE) -c requirements/core.txt $(DOORS) pyproject.toml -o requirements/serve.txt
	$(COMPILE) -c requirements/serve.txt $(DOORS) --extra test --extra docs pyproject.toml -o requirements/test.txt

clean: ## remove the environment, the caches and the built docs; never your plans
	rm -rf $(VENV) site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: debian
debian:
	@sh scripts/debian_packages chromium fonts-noto-cjk mosquitto

$(CORE): requirements/build.txt requirements/core.txt pyproject.toml
	@echo "Setting up $(VENV), once: with compiling after it, under three minutes on two cores."
	$(PYTHON3) -m venv $(VENV)
	$(PINNED) -r requirements/build.txt
	$(PINNED) -r requirements/core.txt
	$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(SEARCH): $(CORE) $(wildcard src/salus/allocate/hospital/search/*.py)
	@echo "Compiling the search of hospital plans, once."
	$(BIN)/python scripts/compile_search.py
	@touch $@

$(SERVE): $(CORE) requirements/serve.txt
	$(PINNED) -r requirements/serve.txt
	@touch $@

$(TEST): $(CORE) requirements/test.txt
	$(PINNED) -r requirements/test.txt
	@touch $@
