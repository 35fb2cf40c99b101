# The portal's commands. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
export PORT

.PHONY: help demo test test-fast test-browser lint format lock messages frontend screenshots bench-matching bench-search bench-candidates bench-pages clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## run the portal with real content on http://127.0.0.1:8000 (PORT=... changes it)
	@scripts/demo.sh

test: ## lint, then the whole suite on SQLite and PostgreSQL, then the browser tests in Chromium
	@scripts/test.sh all

test-fast: ## only the suite on SQLite
	@scripts/test.sh sqlite

test-browser: ## only the browser tests
	@scripts/test.sh browser

lint: ## style, types, templates, imports, migrations, message catalogues
	@scripts/test.sh lint

format: .venv/dev ## put Python files into shape
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

lock: .venv/dev ## compile pyproject.toml into requirements/*.txt
	@scripts/lock.sh

messages: .venv/dev ## collect new phrases into locale/ and compile the catalogues (needs gettext)
	@scripts/messages.sh

frontend: ## rebuild the style sheets, fonts and icons (needs Node)
	@cd frontend && npm ci --no-audit --no-fund && npm run build

bench-matching: .venv/dev ## measure the matching against its references
	@.venv/bin/python -m benchmarks.matching

bench-search: .venv/dev ## measure the search of offers under load (needs PostgreSQL)
	@.venv/bin/python -m benchmarks.search

bench-candidates: .venv/dev ## measure how fast the candidates of a match are found, on SQLite and PostgreSQL
	@.venv/bin/python -m benchmarks.candidates

bench-pages: .venv/dev ## measure kept pages beside an empty view, on the demo's database
	@.venv/bin/python -m benchmarks.pages

screenshots: .venv/dev ## take the README's screenshots from a fresh demo (needs Chromium)
	@scripts/screenshots.sh

clean: ## remove what the commands made: environment, demo database, collected files
	@rm -rf .venv var staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/dev: requirements/dev.txt
	@scripts/venv.sh dev
