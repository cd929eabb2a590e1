# What a newcomer, a developer and the nightly build type; `make` alone lists it. docs/operating.md says more.
PYTHON ?= python3
PORT ?= 8000

bin := .venv/bin
# Where only the code matters, not this machine's own settings.
bare := ENV_FILE= DEBUG=1
strict := ENV_FILE= SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=tracker.example
python_files := $(wildcard agreements tracker tests tools bench manage.py gunicorn.conf.py)
# Folders too: their time changes when a file in them is removed.
static_sources := $(shell find static agreements/static 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The order in which a target names what it needs is the order in which it is made.
.NOTPARALLEL:
.PHONY: help run test test-long lint format lock bench collect clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.installed-run var/static/staticfiles.json .env ## Set everything up and serve the site on 127.0.0.1 (PORT=8000)
	@exec $(bin)/python -m tools.serve $(PORT)

test: .venv/.installed-dev var/static/staticfiles.json ## All tests, on PostgreSQL and then on SQLite with a browser
	@$(PYTHON) -m tools.system_packages tests
	@status=0; \
	TEST_DATABASE=postgres $(bin)/pytest $(pytest) $(once:%=--ignore=tests/%) || status=1; \
	TEST_DATABASE=sqlite $(bin)/pytest $(pytest) || status=1; \
	exit $$status
# A worker keeps to its share, so that it makes what a file's tests need once, and takes from the others' at the end.
test: pytest := --numprocesses=auto --maxprocesses=4 --dist=worksteal
# What asks no database, and the browser, run once; so do most of the desk's pages, but for `test-long`.
test: once := browser articles history test_history.py test_charts.py test_charts_compare.py test_lives.py test_vocabulary.py test_web.py \
	dataset/test_read.py dataset/test_check.py dataset/test_schema.py \
	$(if $(TEST_LONG),,$(addprefix admin/test_,every_table.py signing_in.py accounts.py entry.py preview.py rules.py nothing_lost.py versions.py))

test-long: export TEST_LONG := 1
test-long: test ## The same with many more made-up examples

lint: .venv/.installed-dev ## Style, templates, migrations, deployment settings
	$(bin)/ruff check
	$(bin)/ruff format --check
	find templates -name '*.html' -exec $(bin)/djade --check {} +
	find $(python_files) -name '*.py' -exec $(bin)/django-upgrade --target-version 5.2 --check {} +
	$(bare) DATABASE_URL=sqlite://:memory: $(bin)/python manage.py makemigrations --check --dry-run
	$(strict) $(bin)/python manage.py check --deploy --fail-level WARNING

format: .venv/.installed-dev ## Put code and templates into the form that lint asks for
	$(bin)/ruff check --fix-only
	$(bin)/ruff format
	find templates -name '*.html' -exec $(bin)/djade {} +

lock: .venv/.installed-dev ## Write requirements*.txt and package-lock.json anew (LOCK=--upgrade: newest versions)
	$(lock_python) pyproject.toml --output-file requirements.txt
	$(lock_python) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	npm install --package-lock-only
lock: lock_python := $(bin)/uv pip compile --quiet $(LOCK) --universal --generate-hashes --no-header --python-version 3.11

bench: .venv/.installed-dev var/static/staticfiles.json ## Measure the site's speed, and how well articles are read
	$(bin)/python -m bench

collect: .venv/.installed-run var/static/staticfiles.json ## Collect the static files

clean: ## Remove what make made, but for .env and the database
	rm -rf .venv node_modules var/vendor var/static .pytest_cache .ruff_cache .mypy_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -m tools.system_packages python
	$(PYTHON) -m venv .venv

.venv/.installed-run: requirements.txt | .venv/bin/python
	$(bin)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.installed-dev: requirements-dev.txt | .venv/bin/python
	$(bin)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# Either set of requirements will do for these two; each target above names its own before them.
var/vendor/plotly-basic.min.js: package-lock.json .npmrc tools/browser_code.py requirements.txt
	$(bin)/python -m tools.browser_code

var/static/staticfiles.json: var/vendor/plotly-basic.min.js $(static_sources) requirements.txt tracker/settings.py
	$(bare) $(bin)/python manage.py collectstatic --no-input --clear --verbosity 0

.env:
	@$(PYTHON) -m tools.demo_environment $@ $(PORT)
	@echo "Made .env with a random key"
