# make app   set up, check the sample contracts, print the summary, serve the app
# make test  set up, run every check and test
# make golden  write the results kept of the samples anew; look at the difference before you keep it

PYTHON ?= python3.11
PYTHON := $(shell command -v $(PYTHON) || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export RISKCHECK_DATA_DIR ?= $(CURDIR)/out/data

.PHONY: app check-samples test lint types browser golden clean

app: check-samples
	$(BIN)/riskcheck app

check-samples: $(VENV)/ready
	$(BIN)/riskcheck check --samples --out out/samples

test: lint types browser
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready-dev
	$(BIN)/mypy

browser:
	@.ci/browser

golden: $(VENV)/ready-dev
	$(BIN)/python -m tests.golden.update

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) out build dist *.egg-info
