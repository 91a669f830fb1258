# Every task of the project by one word. Needs make, and a Python of 3.11 or newer with venv: the rest
# comes from requirements.lock into .venv, once. `make help` lists the words.

# The first Python that is new enough. Name another one with: make test PYTHON=/path/to/python
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
# One process per core. To debug a test: make test PYTEST_ARGS="-x --pdb"
PYTEST_ARGS ?= -n auto --dist loadgroup
UV_VERSION := 0.13.9

EXAMPLE := examples/patriot-2025
PLAN := demo-plan
REPORT := demo-report.html

.DEFAULT_GOAL := help
.PHONY: help demo test test-long lint format docs messages bench guard peers build lock env clean

help: ## list these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: env ## plan the real example and open its report
	$(BIN)/ringtausch plan $(EXAMPLE) --out $(PLAN) --report $(REPORT) --force
	@echo
	@echo "The report is $(CURDIR)/$(REPORT), the plan lies in $(CURDIR)/$(PLAN)."
	@if [ -z "$$CI" ]; then \
		if [ "$$(uname)" = Darwin ]; then open $(REPORT); \
		elif [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] && command -v xdg-open >/dev/null; then \
			xdg-open $(REPORT) >/dev/null 2>&1; \
		fi; \
	fi || true

test: lint ## check the style, the types and the arrows between rooms, then run the tests
	$(BIN)/pytest $(PYTEST_ARGS)

test-long: env ## run the tests that count high (many random scenarios, large sizes)
	$(BIN)/pytest -m long $(PYTEST_ARGS)

lint: env ## check the style, the types and the arrows between rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: env ## write the files as the style check wants them
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: env ## build the site into site/; a warning is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

messages: env ## write the template that translators start from
	mkdir -p src/ringtausch/locale
	$(BIN)/pybabel -q extract --no-wrap --sort-by-file --project ringtausch \
		--output src/ringtausch/locale/ringtausch.pot src/ringtausch

bench: env ## measure, and print a table
	$(BIN)/python -m benchmarks

guard: env ## warn where planning takes more rows, iterations or solves than recorded
	$(BIN)/python -m benchmarks.guard

peers: $(VENV)/peers ## install the libraries that benchmarks/peers compares with

build: env ## build the wheel and the sdist into dist/
	$(BIN)/python -m build --no-isolation

# The lock holds for every Python from 3.11 on and every platform, with the hashes of the public index,
# and names no index: whoever installs decides where from.
lock: ## make both lock files anew, as new as pyproject.toml allows
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(VENV)-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
		--group dev --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements.lock
	$(VENV)-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
		--group peers --constraint requirements.lock --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" \
		--output-file benchmarks/peers/requirements.lock
	rm -rf $(VENV)-lock

env: $(VENV)/installed

# Two stamps: what the lock names is installed again only when the lock changes, the package itself
# (editable: its entry points and version) only when pyproject.toml does.
$(VENV)/locked: requirements.lock
	@if [ -z "$(PYTHON)" ]; then \
		echo "Ringtausch needs Python 3.11 or newer, and here is $$(python3 --version 2>/dev/null || echo none)."; \
		echo "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python"; exit 1; \
	fi
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else \
		"Ringtausch needs Python 3.11 or newer; $(PYTHON) is {}.{}.".format(*v[:2]))'
	rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { \
		echo "This Python makes no virtual environments; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements.lock
	@touch $@

$(VENV)/installed: $(VENV)/locked pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--no-index --editable .
	@touch $@

$(VENV)/peers: benchmarks/peers/requirements.lock $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r benchmarks/peers/requirements.lock
	@touch $@

clean: ## remove everything that these words have made
	rm -rf $(VENV) $(VENV)-lock $(PLAN) $(REPORT) site dist build .mypy_cache .ruff_cache \
		.pytest_cache .hypothesis .import_linter_cache .benchmarks
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
