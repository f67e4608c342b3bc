# What a person types here. `make help` lists it. Needs Python 3.11 or newer, make and git; nothing else.

PYTHON ?= $(firstword $(shell command -v python3.11) python3)
JOBS ?= $(shell getconf _NPROCESSORS_ONLN)
PORT ?= 8000
VAR ?= var
SCALE ?= small
export PORT
export VAR := $(abspath $(VAR))
# A machine may say that nothing is to be kept compiled: then each process of ours takes twice as long to start.
export PYTHONDONTWRITEBYTECODE :=

# The environment is stamped with the sum of its lock: another lock, another stamp.
sum = $(word 1,$(shell cksum < $(1)))
RUN := .venv/.locked-$(call sum,requirements.lock)-$(call sum,pyproject.toml)
DEV := .venv/.locked-$(call sum,requirements-dev.lock)-$(call sum,pyproject.toml)-dev
BIN := .venv/bin
# uv does not read pip's configuration; whoever set an index there means it.
INDEX = $(shell $(BIN)/python -m pip config get global.index-url 2>/dev/null)
UV = $(if $(INDEX),UV_DEFAULT_INDEX="$(INDEX)" ,)$(or $(shell command -v uv),$(BIN)/uv) pip install --python $(BIN)/python
PIP = $(BIN)/python -m pip install --disable-pip-version-check
install = $(UV) --quiet $(1) || $(PIP) --quiet $(1)

.PHONY: help run demo test check bench faults mutants deadlines screenshots format clean messages tools
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: $(RUN) messages ## start everything on http://127.0.0.1:8000 (PORT=, VAR= the state folder); Ctrl-C stops it
	@exec $(BIN)/hamrong up

demo: $(RUN) messages ## load the demo province; SCALE=province loads the full published size
	@exec $(BIN)/hamrong demo --scale $(SCALE)

# One worker more than there are processors: a test often waits, for a server, a browser or a killed process.
test: $(DEV) messages tools ## every test, in parallel, on a PostgreSQL and in a browser of its own (ARGS= for pytest)
	@$(BIN)/pytest -n $$(($(JOBS) + 1)) --dist worksteal $(ARGS)

check: $(DEV) messages ## lint, format, types, floors, migrations, translations
	@$(MAKE) --no-print-directory --jobs $(JOBS) --output-sync $(CHECKS)

CHECKS := check-types check-lines check-floors check-migrations check-words
.PHONY: $(CHECKS)

check-types:
	@$(BIN)/mypy

check-lines:
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

check-floors:
	@$(BIN)/lint-imports

check-migrations:
	@HAMRONG_AS_OWNER=yes DJANGO_SETTINGS_MODULE=hamrong.site.settings \
		$(BIN)/python -W ignore:Got:RuntimeWarning -m django makemigrations --check --dry-run

check-words:
	@$(BIN)/hamrong messages check

bench: $(RUN) ## measure, and print ratios of one run (ARGS= chooses)
	@$(BIN)/python -m bench $(ARGS)

faults: $(DEV) messages ## kill servers a thousand times in the middle of work, and holders while 10,000 seals are dealt anew
	@FAULT_ROUNDS=$${FAULT_ROUNDS:-1000} SEALED_REPORTS=$${SEALED_REPORTS:-10000} \
		$(BIN)/pytest tests/faults tests/sealed/test_dealing_killed.py --timeout 0 $(ARGS)

mutants: $(DEV) ## change the code that judges proofs, one place at a time, and see that every change is noticed
	@$(BIN)/python -m tests.mutants

deadlines: $(DEV) ## count a million random cases of the law twice, by two counters that share no code (LAW_CASES=)
	@LAW_CASES=$${LAW_CASES:-1000000} $(BIN)/pytest tests/law/test_counted_twice.py --timeout 0 $(ARGS)

screenshots: $(DEV) messages tools ## pictures of every page in both languages, in $(VAR)/screenshots
	@$(BIN)/python -m tests.browser.screenshots $(ARGS)

format: $(DEV) ## put the code in order
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

clean: ## remove the environment and what tools left; the state folder stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis src/*.egg-info
	find src tests -name __pycache__ -prune -exec rm -rf {} +

messages: $(RUN)
	@$(BIN)/hamrong messages compile >/dev/null

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; PYTHON= names it")'
	@echo "Making the environment in .venv …"
	@if command -v uv >/dev/null; then uv venv --quiet --seed --python $(PYTHON) .venv; else \
		$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; fi

$(RUN): | $(BIN)/python
	@$(call install,--require-hashes -r requirements.lock)
	@$(call install,--no-deps --editable .)
	@touch $@

$(DEV): | $(BIN)/python
	@$(call install,--require-hashes -r requirements-dev.lock)
	@$(call install,--no-deps --editable .)
	@touch $@

# What the tests use beside Python: a browser, curl and jq for the guide to the interface, Pango for papers, a token in
# software for their seal.
tools:
	@missing=; for tool in curl jq; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	command -v "$${CHROMIUM:-chromium}" >/dev/null || command -v chromium-browser >/dev/null || missing="$$missing chromium"; \
	command -v softhsm2-util >/dev/null || missing="$$missing softhsm2"; \
	ldconfig -p 2>/dev/null | grep -q libpangoft2 || missing="$$missing libpangoft2-1.0-0"; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing; \
	else \
		echo "The tests need:$$missing. Install the packages (Debian: apt-get install$$missing; Fedora: dnf" >&2; \
		echo "install$$missing), or set CHROMIUM to the path of a Chromium or Chrome." >&2; exit 1; \
	fi
