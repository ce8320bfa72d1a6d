# `make packet` builds the sample packet; `make test` runs every check. Each sets itself up.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: packet test docs wheel-check bench crash fuzz tried audit release lock clean life

packet: .venv/installed
	$(BIN)/packet-builder build full

# Lives through the life of the sample: request, RFE, work permit, new period of parole (output/life).
life: .venv/installed
	$(BIN)/python -m tests.samples.life

test: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

# Makes the documentation a site that needs no network (output/site); a link that leads nowhere stops it.
docs: .venv/installed-dev
	$(BIN)/python -m docs.make_site

# Builds the wheel, installs it in a clean environment, and builds the sample out of the sources' reach.
wheel-check: .venv/installed-dev
	$(BIN)/python -m tests.wheel_check

# The same, and what was tried stays in dist/: wheel, source archive, list of all parts (SBOM).
release: .venv/installed-dev
	$(BIN)/python -m tests.wheel_check dist

# Asks for known holes in locked packages; fails when it could not ask.
audit: .venv/installed-dev
	$(BIN)/python -m tests.audit

# Measures everything on a quiet machine, in an hour or two, and writes docs/figures.md and its picture.
bench: .venv/installed-dev
	$(BIN)/python -m tests.bench.builds
	$(BIN)/python -m tests.bench.page
	$(BIN)/python -m tests.bench.binding
	$(BIN)/python -m tests.bench.many
	$(BIN)/python -m tests.bench.table

# Strikes every command of an office at every change on the disk, not only once in every state of it; an hour.
crash: .venv/installed-dev
	PACKET_BUILDER_CRASH=all $(BIN)/pytest tests/test_crash.py

# Gives thousands of changed files to all that reads them; what is found stays in tests/fuzz_corpus.
fuzz: .venv/installed-dev
	PACKET_BUILDER_FUZZ=$${PACKET_BUILDER_FUZZ:-5000} $(BIN)/pytest tests/test_fuzz.py

# Tries everything, and writes the table of docs/tried.md anew.
tried: .venv/installed-dev
	PACKET_BUILDER_CRASH=all PACKET_BUILDER_FUZZ=5000 PACKET_BUILDER_TRIED=renew $(BIN)/pytest tests/test_crash.py \
	  tests/test_fuzz.py tests/test_handover.py tests/test_privacy.py tests/test_network.py
	$(BIN)/python -m docs.make_reference

# Writes the lock files anew from pyproject.toml, for every platform.
lock: .venv/installed-dev
	$(BIN)/pip install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml --group install -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	$(BIN)/python -m docs.make_licences

clean:
	rm -rf .venv output/*

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@
