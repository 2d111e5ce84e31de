# Everything sets itself up: the only needs are Python 3.11+ (with venv), git and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: sandbox test soak check pictures bench format lock messages clean

sandbox: $(READY)  ## the whole product against a local Slack and Jira
	$(BIN)/bugle sandbox

test: $(READY)  ## every test but the long campaigns
	$(BIN)/pytest -m "not soak" -n 5 --dist worksteal

soak: $(READY)  ## the long campaigns; SOAK=short for the shortened form
	SOAK=$(or $(SOAK),long) $(BIN)/pytest -m soak -n 3 --dist worksteal

check: $(READY)  ## style, types, the shape of the house, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/bugle migrate --check

pictures: $(READY)  ## docs/img, taken from the running product; needs chromium
	$(BIN)/python -m tests.pictures

bench: $(READY)  ## Bugle's figures beside a floor measured in the same run
	$(BIN)/python -m benchmarks

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY)  ## after a change of dependencies in pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links pyproject.toml --group dev -o requirements-dev.lock

messages: $(READY)  ## gather the sentences of views/ for translators
	$(BIN)/pybabel --quiet extract -k t -k plural:1,2 --omit-header --no-location --sort-output -o views/locales/bugle.pot views
	for language in es zh_Hant; do \
		test -f views/locales/$$language/LC_MESSAGES/bugle.po || $(BIN)/pybabel --quiet init -D bugle -i views/locales/bugle.pot -d views/locales -l $$language; done
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --omit-header -D bugle -i views/locales/bugle.pot -d views/locales

clean:
	rm -rf .venv .sandbox

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bugle needs Python 3.11 or newer; say which with: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)
