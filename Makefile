# One command runs the main job (make demo), one passes the tests (make test). Both make their own environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB ?= demo.duckdb
APP ?= 1
PORT ?= 8501
STAMP := $(VENV)/.installed

.PHONY: demo app test check style types contracts docstrings doctests notebooks lab benchmark install lock format clean

demo: install  ## load a year of retail data, save example segments, export a target list, serve the app
	$(BIN)/workbench demo complete-journey --db $(DB)
ifneq ($(APP),0)
	$(BIN)/workbench app --db $(DB) --port $(PORT)
endif

app: install  ## serve the app on DB
	$(BIN)/workbench app --db $(DB) --port $(PORT)

test: install  ## run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not alone" --durations=25
	$(BIN)/python -m pytest -m alone

check: install  ## everything a change has to pass beside the tests, side by side
	$(MAKE) --no-print-directory --jobs=2 types style contracts docstrings doctests

style: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: install
	$(BIN)/mypy

contracts: install
	$(BIN)/lint-imports

docstrings: install
	$(BIN)/python -m tests.docs.docstrings

doctests: install
	$(BIN)/python -m pytest --doctest-modules pipelines workbench -q

notebooks: install  ## run every notebook
	$(BIN)/python -m pytest tests/notebooks

lab: install  ## open the notebooks in Jupyter, on DB
	WORKBENCH_DB=$(abspath $(DB)) $(BIN)/jupyter lab notebooks

benchmark: install  ## compare with hand-written SQL, pandas and polars
	$(BIN)/python -m benchmarks.segments

install: $(STAMP)

$(STAMP): requirements.lock requirements-febrl.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-febrl.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

lock:  ## renew requirements.lock after a change of pyproject.toml
	uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate -q -o requirements.lock

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
