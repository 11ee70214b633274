# Every recipe is one line: the work is in setup/, which needs Python 3.11 and nothing else.
PYTHON ?= python3
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help run test check fmt bench gameday api lock mutate-policies

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' Makefile

run: ## Set up what is missing and serve the product on http://127.0.0.1:8000
	@$(PYTHON) setup run

test: ## Set up what is missing, run every check and every test (ARGS="-k name" for some)
	@$(PYTHON) setup test $(ARGS)

check: ## Style, types, imports, migrations, frontend, generated files; no tests
	@$(PYTHON) setup check $(ARGS)

fmt: ## Format the code and fix what a program can fix
	@$(PYTHON) setup fmt

bench: ## Measure speed and write benchmarks/RESULTS.md
	@$(PYTHON) setup bench $(ARGS)

gameday: ## Cause each incident on a real instance and write benchmarks/GAMEDAY.md (GAMEDAY_KILLS=500)
	@$(PYTHON) setup gameday $(ARGS)

api: ## Write openapi.json, the TypeScript types, access matrix and data map anew
	@$(PYTHON) setup api

lock: ## Choose package versions anew and write the lock files (needs uv)
	@$(PYTHON) setup lock

mutate-policies: ## Break each access policy on purpose and see the tests notice
	@$(PYTHON) setup mutate-policies $(ARGS)
