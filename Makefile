# `make run` and `make test` each set up all that they need.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint types contracts check benchmark clean

run: .venv/run.stamp
	$(BIN)/python main.py

test: .venv/test.stamp
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test.stamp
	$(BIN)/mypy

contracts: .venv/test.stamp
	$(BIN)/lint-imports

check: lint types contracts test

benchmark: .venv/test.stamp
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-only -s

.venv/run.stamp: pyproject.toml installer/system-libraries.sh
	sh installer/system-libraries.sh
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.x")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test.stamp: .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,train,diffusion]'
	touch $@

clean:
	rm -rf .venv build *.egg-info
