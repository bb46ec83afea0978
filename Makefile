# Two commands on a fresh machine: `make serve` shows the product in a browser, `make test` proves it. `make help` lists the rest.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
AS_OF  := 2019-09-30
# backups run on both databases there, so that `make test` with REQUIRE_PG leaves them to it; pages use the same queries and actions: `make postgres ON_POSTGRES=tests/web` runs theirs too
ON_POSTGRES := tests/store tests/actions tests/api tests/cli/test_backup.py
# whole stories, minutes each: a month of an office, the ten tasks, judging, meetings and spot checks
WALKS  := $(addprefix tests/browser/test_,month.py solving.py ten_tasks.py judging.py)
BENCH  := .bench-venv
SPARK  := .spark-venv

.PHONY: help install dev serve demo test browser walks postgres spark lint types layers docs bench quality lock clean

help:  ## show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | expand -t 12

install: $(VENV)/.installed node_modules/.installed  ## .venv/bin/luoshi, with exactly the pinned packages

$(VENV)/bin/uv:
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11：没有找到 $(PYTHON)。装好后再试，或用 make PYTHON=python3 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.installed: $(VENV)/bin/uv requirements/core.txt pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/core.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --editable .
	@touch $@

node_modules/.installed: package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-progress; else echo "没有找到 npm：走势图不装脚本，用服务器画的图和表。装上 Node 后再运行一次 make install 即可。"; mkdir -p node_modules; fi
	@touch $@

dev: $(VENV)/.dev

$(VENV)/.dev: $(VENV)/.installed requirements/dev.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

serve: install  ## the example in a browser: people of every role, passwords printed
	$(BIN)/luoshi demo

demo: install  ## in the terminal: the board of the example, and why one of its figures is what it is
	$(BIN)/luoshi run jiaxing-2019 --as-of $(AS_OF)
	@echo
	@echo "——— 其中一个数的来由：luoshi explain jiaxing-2019 1.1 --as-of $(AS_OF) ———"
	@echo
	$(BIN)/luoshi explain jiaxing-2019 1.1 --as-of $(AS_OF)

test: dev node_modules/.installed  ## every test, in random order, on all cores; what the machine lacks is skipped loudly
	$(BIN)/pytest -n auto --ignore tests/browser $(if $(REQUIRE_PG),--ignore tests/cli/test_backup.py)
	@$(MAKE) --no-print-directory browser postgres

browser: dev node_modules/.installed  ## the pages in a real Chromium, with axe
	$(BIN)/pytest tests/browser -p no:randomly $(addprefix --ignore ,$(WALKS))

walks: dev node_modules/.installed  ## whole stories in a real Chromium, and every page in both themes at both widths; 20 minutes, not a part of `make test`
	EVERY_PAIR=1 $(BIN)/pytest $(WALKS) tests/browser/test_pages.py -p no:randomly

postgres: dev  ## the tests that touch the database, on a throw-away PostgreSQL
	tests/postgres.sh -n auto $(ON_POSTGRES)

spark: dev  ## the same figures on Spark as on DuckDB; needs Java 17; minutes, so not a part of `make test`
	@test -x $(SPARK)/bin/python || $(PYTHON) -m venv $(SPARK)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(SPARK)/bin/python --require-hashes -r requirements/spark.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(SPARK)/bin/python --no-deps --editable .
	REQUIRE_SPARK=1 PYSPARK_PYTHON=$(SPARK)/bin/python $(SPARK)/bin/python -m pytest -n 0 tests/register/test_spark.py

lint: dev  ## style, and packages declared but not used or used but not declared
	$(BIN)/ruff check .
	$(BIN)/deptry src

types: dev  ## mypy, strict
	LUOSHI_DATA=$$(mktemp -d) $(BIN)/mypy

layers: dev  ## who may import whom
	$(BIN)/lint-imports

docs: dev  ## write GLOSSARY.md, docs/cli.md, docs/packs.md and the catalogue of English texts anew
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/messages.py

bench: install  ## speed and memory, beside the alternatives, in one run
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BENCH)/bin/python --require-hashes -r requirements/bench.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BENCH)/bin/python --no-deps --editable .
	$(BENCH)/bin/python bench/run.py

quality: install  ## how well sentences are read, beside the peers: writes docs/quality.md
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BENCH)/bin/python --require-hashes -r requirements/bench.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BENCH)/bin/python --no-deps --editable .
	$(BENCH)/bin/python bench/quality.py

lock: $(VENV)/bin/uv  ## pin every package anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/core.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/core.txt pyproject.toml --group test --group lint -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/core.txt pyproject.toml --group bench -o requirements/bench.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/dev.txt pyproject.toml --extra spark --group test -o requirements/spark.txt

clean:  ## remove what `make` made
	rm -rf $(VENV) $(BENCH) $(SPARK) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
