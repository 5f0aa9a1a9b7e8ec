# make pack       set up, make the national pack of every brief and open it; BRIEF=name picks one
# make packs      set up, then make every brief's PDFs, for the nation and each electorate; examples are left out
# make test       run the tests that guard every change (minutes)
# make test-all   run the other tests: every part, PART=<name> alone, or those that a change needs, CHANGED=<commit>
# make lint       check style, types and the order of imports
# make size       print how large the engine and its tests are
# make price      print what a document costs, beside what it cost before

BIN = .venv/bin

.PHONY: pack packs test test-all lint size price bench validate pictures lock clean

BRIEFS = $(or $(BRIEF),$(patsubst briefs/%/brief.yaml,%,$(wildcard briefs/[!_.]*/brief.yaml)))

pack: .venv/ready
	for brief in $(BRIEFS); do $(BIN)/briefpack build $$brief --kind pack --open || exit $$?; done

packs: .venv/ready
	for brief in $(BRIEFS); do $(BIN)/briefpack build $$brief --all || exit $$?; done

# Compiled modules are kept even where the environment says otherwise: tests start hundreds of processes.
test test-all: export PYTHONDONTWRITEBYTECODE =

# Neighbouring tests run in one process, since they share what a fixture has built.
SHARED = -n 2 --dist worksteal

test: .venv/ready-dev
	$(BIN)/python -m pytest -q $(SHARED) -m "not part" --durations=30 tests

test-all: .venv/ready-dev
	$(BIN)/python tests/parts.py $(if $(PART),--part $(PART)) $(if $(CHANGED),--changed $(CHANGED))

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

size: .venv/ready-dev
	$(BIN)/python tests/size.py

price: .venv/ready-dev
	$(BIN)/python bench/price.py

# Half an hour or more on two cores; see bench/bench.py for shorter runs.
# make bench BASE=<commit> compares this commit with another one, in about seven minutes.
bench: .venv/ready-dev
	$(BIN)/python bench/$(if $(BASE),compare.py $(BASE),bench.py --large)

# Check every document in out/ with independent PDF validators.
validate: .venv/ready-dev
	$(BIN)/python bench/validate.py

# Make the guides' pictures again, from the examples in the guides.
pictures: .venv/ready-dev
	PYTHONPATH=tests:tests/support $(BIN)/python -m guides.pictures

# The environment for using briefpack.
.venv/ready: requirements.lock pyproject.toml .ci/set-up
	.ci/set-up

# The same, with the tools for tests, linting and benchmarks.
.venv/ready-dev: requirements-dev.lock pyproject.toml .ci/set-up
	.ci/set-up --dev

# Update both lock files after changing the dependencies in pyproject.toml.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url pyproject.toml --group install

lock: .venv/ready
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf out .store
