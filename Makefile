# What people, hooks and CI run. `make` alone lists it.
PYTHON ?= python3.11
PORT ?= 8000
MINUTES ?= 3
CLIENTS ?= 16
ENVIRONMENT = $(PYTHON) scripts/environment.py
CHECK = .venv/bin/python scripts/check.py

.PHONY: help run environment test lint types migrations translations test-sqlite test-postgres \
	format messages compile-messages lock upgrade audit bench torture long

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST) | awk -F': ' '{ printf "%-18s%s\n", $$1, $$2 }'

run:  ## make the environment, prepare the database, start server and worker on PORT (8000)
	@$(ENVIRONMENT)
	@PORT=$(PORT) exec .venv/bin/python scripts/run.py

environment:  ## make the virtual environment with the development tools
	@$(ENVIRONMENT) --dev

test: environment  ## everything a change must pass
	@$(CHECK)

lint types migrations translations test-sqlite test-postgres: environment  ## one stage of test
	@$(CHECK) $@

format: environment  ## write Python and templates in the one format
	@.venv/bin/ruff format --quiet .
	@.venv/bin/ruff check --quiet --fix-only .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

messages: environment  ## bring locale/ to what code and templates contain
	@.venv/bin/python -m config.catalogues.messages update

compile-messages: environment  ## compile the message catalogues
	@.venv/bin/python -m config.catalogues.messages compile

lock: environment  ## write the locks anew after a change of pyproject.toml
	@.venv/bin/python scripts/lock.py

upgrade: environment  ## move every locked version to the newest allowed
	@.venv/bin/python scripts/lock.py --upgrade

audit: environment  ## known vulnerabilities of what is locked (asks the network)
	@.venv/bin/pip-audit --require-hashes --disable-pip -r requirements.lock

bench: environment  ## the measurements of bench/
	@.venv/bin/python -m bench

long: environment  ## on PostgreSQL what `make test` leaves to SQLite: all drawn examples, the whole demo
	@$(CHECK) test-long

torture: environment  ## bookings over HTTP while every process is killed; SEED, MINUTES, CLIENTS
	@.venv/bin/python -m torture $(if $(SEED),--seed $(SEED)) --minutes $(MINUTES) --clients $(CLIENTS)
