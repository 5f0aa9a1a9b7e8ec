# make packs: set up what is missing, then make the PDFs of every brief, for the nation and every electorate.
# make test: set up, then run the tests (minutes).   make test-all: run the long tests too (up to half an hour more).

BIN = .venv/bin

.PHONY: packs test test-all lint bench validate clean

packs: .venv/ready
	for brief in briefs/[!_.]*/brief.yaml; do $(BIN)/briefpack build $$(basename $${brief%/brief.yaml}) --all || exit $$?; done

test: .venv/ready
	$(BIN)/python -m pytest -q -n 2 -m "not long" tests

test-all: test
	$(BIN)/python -m pytest -q -n 2 -m long tests

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Half an hour or more on two cores; see tests/bench/bench.py for shorter runs.
# make bench BASE=<commit>: this commit beside another one, in about seven minutes.
bench: .venv/ready
	$(BIN)/python tests/bench/$(if $(BASE),compare.py $(BASE),bench.py --large)

# Every document in out/, by another program's rules.
validate: .venv/ready
	$(BIN)/python tests/bench/validate.py

.venv/ready: requirements.lock pyproject.toml .ci/set-up
	.ci/set-up

# The lock file, after a change of the dependencies in pyproject.toml.
.PHONY: lock
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf out .store
