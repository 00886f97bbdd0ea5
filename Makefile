CACHE := $(or $(MATCHDAY_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/matchday)
UV := $(or $(shell command -v uv 2>/dev/null),$(CACHE)/uv/bin/uv)
RUN := $(UV) run --no-sync
PYTEST := $(RUN) pytest --numprocesses=auto --maxprocesses=4 --dist=loadgroup

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast lint bench cluster-up cluster-down generate format env

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 22

demo: env ## From nothing to a schedule: cluster, images, chart, a league of 200 teams
	@$(RUN) python -m devcluster.demo

test: env ## All tests, on a real cluster that is made when missing
	@$(RUN) python -m devcluster.release
	@$(PYTEST)

test-fast: env ## The tests that need no cluster
	@$(PYTEST) -m "not e2e"

lint: env ## ruff, mypy --strict, import-linter, drift of generated files, helm lint
	@$(RUN) ruff check . && $(RUN) ruff format --check . && $(RUN) mypy && $(RUN) lint-imports
	@$(RUN) python -m matchday_api.generate --check && $(RUN) python -m devcluster.release --lint

bench: env ## Measure the solver beside its peers
	@$(RUN) python -m bench

cluster-up: env ## Bring the test cluster up with the operator installed
	@$(RUN) python -m devcluster.release

cluster-down: env ## Remove every trace of the test cluster; the cache stays
	@$(RUN) python -m devcluster down

generate: env ## Write the CRDs, JSON Schemas and the reference from the models
	@$(RUN) python -m matchday_api.generate

format: env ## Format the code
	@$(RUN) ruff format . && $(RUN) ruff check --fix .

env: .venv/.compiled ## Make the locked Python environment, with the search compiled

.venv/.synced: pyproject.toml uv.lock | $(UV)
	@echo "installing the locked Python packages into .venv"
	@$(UV) sync --frozen --all-extras --all-groups --quiet --compile-bytecode
	@touch $@

.venv/.compiled: .venv/.synced $(wildcard solver-image/matchday_solver/kernel/*.py solver-image/matchday_solver/improve/*.py)
	@echo "compiling the search (half a minute when it has changed)"
	@$(RUN) python -m matchday_solver.warm
	@$(RUN) python -m compileall -q crds operator solver-image cli
	@touch $@

$(CACHE)/uv/bin/uv:
	@echo "uv is missing; putting it into $(CACHE)/uv"
	@python3 -m venv $(CACHE)/uv && $(CACHE)/uv/bin/pip install --quiet uv==0.13.9
