# Bare `make` lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$name >/dev/null 2>&1 && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$name && break; done)
BIN := .venv/bin
PORT ?= 8000
RACE_PROCESSES ?= 4
WORKERS ?= 2
export PORT RACE_PROCESSES PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Almanac needs Python 3.11 or newer; none was found."; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv

.venv/running: requirements.txt | .venv/bin/python
	@echo "Installing what running needs"
	@$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

.venv/developing: requirements-dev.txt .venv/running
	@echo "Installing what tests and checks need"
	@$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@

.PHONY: setup
setup: .venv/running ## Make .venv and install what running needs

.PHONY: setup-dev
setup-dev: .venv/developing ## The same, and what tests and checks need

.PHONY: run
run: .venv/running ## Start Almanac with the demo on 127.0.0.1 (PORT=8000)
	@exec $(BIN)/python manage.py develop

.PHONY: test
test: .venv/developing ## Run every test (REQUIRE_BROWSER=1, REQUIRE_NGINX=1, RACE_PROCESSES=4, WORKERS=2)
	@tests/browser/find-chromium.sh >/dev/null || true
	@tests/deploy/find-nginx.sh >/dev/null || true
	@exec $(BIN)/python -m pytest -n $(WORKERS)

.PHONY: pictures
pictures: .venv/developing ## Take the pictures of the docs anew, from the demo
	@WRITE_PICTURES=1 $(BIN)/python -m pytest -q tests/browser/test_pictures.py

.PHONY: corpus
corpus: .venv/developing ## Measure recognition on the corpus and write docs/recognition.md anew
	@WRITE_RECOGNITION=1 $(BIN)/python -m pytest -q tests/exchange/corpus

.PHONY: test-postgres
test-postgres: .venv/developing ## Run the tests on PostgreSQL (a throw-away one, or DATABASE_URL's)
	@exec deploy/with-postgres.sh $(BIN)/python -m pytest -n $(WORKERS) -m "not browser"

.PHONY: bench
bench: .venv/running ## Measure delivery and responses beside yardsticks (ONLY=kept,fresh, SCALE=0.1)
	@$(BIN)/python -m benchmarks
	@if [ -z "$$ONLY$$DATABASE_URL" ] && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
		ONLY=writing $(MAKE) --no-print-directory bench-postgres; fi

.PHONY: bench-postgres
bench-postgres: .venv/running ## The same on PostgreSQL (a throw-away one, or DATABASE_URL's)
	@DURABLE=1 exec deploy/with-postgres.sh $(BIN)/python -m benchmarks

.PHONY: bench-peers
bench-peers: .venv/running ## Measure beside WordPress, Wagtail's start project and isso (needs root and apt)
	@exec $(BIN)/python -m benchmarks.peers

.PHONY: bench-report
bench-report: .venv/running ## Draw docs/benchmarks.md from docs/benchmarks.json
	@$(BIN)/python -m benchmarks.report

.PHONY: bench-large
bench-large: .venv/running ## Measure a site of 100,000 articles beside one of 1,000 (SCALE=0.01, ONLY=search, DATABASE_URL)
	@exec $(BIN)/python -m benchmarks.large

.PHONY: check
check: .venv/developing ## Format, lint, types, layers, templates, migrations, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=.:site $(BIN)/lint-imports --no-cache
	@git ls-files '*.html' ':!tests/browser/clipboard' ':!tests/exchange' | xargs $(BIN)/djhtml --check --tabwidth 4
	$(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=config.settings.production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		ALMANAC_URL=https://almanac.example.org $(BIN)/python -W error manage.py check --deploy --fail-level INFO
	$(BIN)/python docs/check.py

.PHONY: format
format: .venv/developing ## Format code and templates
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	@git ls-files '*.html' ':!tests/browser/clipboard' ':!tests/exchange' | xargs $(BIN)/djhtml --tabwidth 4

.PHONY: lock
lock: .venv/bin/python ## Compile requirements*.in into pinned requirements*.txt
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile requirements.in --python-version 3.11 --universal --no-header --no-annotate --quiet -o requirements.txt
	$(BIN)/uv pip compile requirements-dev.in -c requirements.txt --python-version 3.11 --universal --no-header --no-annotate --quiet -o requirements-dev.txt
