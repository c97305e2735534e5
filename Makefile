# What can be done with this repository? `make help` lists it.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -c constraints.txt
ADDRESS ?= 127.0.0.1
PORT ?= 8000
NODE := build/site-check/node_modules/.package-lock.json
LINTER := build/workflows/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help guide run reproduce slice walkthroughs gpu-device gpu-suite data-pr site site-check lighthouse tutor-eval tutor-fit bench serve \
  test check cases workflows format clean

help: ## List every target in a line each
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

guide: $(VENV)/.measure $(VENV)/.site ## Install, measure the quick suite on this machine, build the guide with it
	@# Code 3 says that a cell failed: the guide is built all the same, shows it, and the code is kept.
	@$(BIN)/qdocs run --suite quick; code=$$?; [ $$code -eq 0 ] || [ $$code -eq 3 ] || exit $$code; \
	  $(MAKE) --no-print-directory site && \
	  echo "The guide is in site/. To read it: make serve, then open http://$(ADDRESS):$(PORT)/" && exit $$code

run: $(VENV)/.measure ## Measure the quick suite on this machine into runs/
	$(BIN)/qdocs run --suite quick

reproduce: $(VENV)/.measure ## Measure what was published again on this machine, and say whether it agrees
	$(BIN)/qdocs run --suite quick --rounds 3
	$(BIN)/qdocs compare

slice: $(VENV)/.measure ## Take the slice of weights that the lesson's figure shows
	$(BIN)/python -m qdocs.measure.slice

walkthroughs: $(VENV)/.measure ## Execute the examples as notebooks, for the pages that walk through them
	$(BIN)/python -m qdocs.measure.walkthroughs

gpu-device: $(VENV)/.measure ## Say what this GPU can run, and stop where there is none
	nvidia-smi --query-gpu=name,compute_cap,memory.total,driver_version --format=csv
	$(BIN)/qdocs list schemes --device cuda

gpu-suite: $(VENV)/.measure ## Measure the gpu suite into runs/; MODEL, SHARD and BUDGET (minutes) choose what
	$(BIN)/qdocs run --suite gpu --device cuda --model "$${MODEL:-shape:llama-3.1-8b}" --shard "$${SHARD:-1/1}" \
	  --budget "$${BUDGET:-60}"

data-pr: $(VENV)/.site ## Check runs that other machines measured, in DIR, publish them, and say what they change
	$(BIN)/qdocs data-pr "$(DIR)" --body build/data-pr.md

site: $(VENV)/.site ## Build the guide from the records; needs no torch
	$(BIN)/qdocs publish
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

site-check: $(VENV)/.dev site $(NODE) ## Open every page in a browser: accessibility, bytes, shifts, errors (needs npm)
	$(BIN)/python -m tests.site.check

lighthouse: $(VENV)/.dev site $(NODE) ## Ask Lighthouse, five times a page, on a quiet machine (needs npm)
	$(BIN)/python -m tests.site.lighthouse

$(NODE): tests/site/package.json
	@mkdir -p build/site-check && cp $< build/site-check/
	npm install --silent --no-audit --no-fund --prefix build/site-check
	@touch $@

$(LINTER): .github/package.json
	@mkdir -p build/workflows && cp $< build/workflows/
	npm install --silent --no-audit --no-fund --prefix build/workflows
	@touch $@

tutor-eval: $(VENV)/.dev site ## Ask the tutor what it should answer and what it should not, and keep the figures (needs Node)
	$(BIN)/python -m tests.tutor.evaluate --wrong

tutor-fit: $(VENV)/.dev site ## Fit what the tutor ranks by to the questions that are not held out (needs Node)
	$(BIN)/python -m tests.tutor.fit

bench: $(VENV)/.dev $(VENV)/.site ## Time building and filtering a site of 300 made-up runs
	$(BIN)/python -m tests.site.bench

serve: ## Serve the built guide on this machine
	@test -f site/index.html || { echo "No guide in site/ yet: make guide, or make site"; exit 2; }
	@echo "Open http://$(ADDRESS):$(PORT)/ (Ctrl-C ends it)"
	@$(PYTHON) -m http.server --bind $(ADDRESS) --directory site $(PORT)

test: $(VENV)/.measure $(VENV)/.site $(VENV)/.dev ## Run all tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup --durations 40

check: $(VENV)/.measure $(VENV)/.site $(VENV)/.dev ## Lint, types, formatting, and that measuring and publishing stay apart
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

cases: $(VENV)/.site ## Check every case study
	$(BIN)/qdocs case check

workflows: $(VENV)/.lint $(LINTER) ## Lint the workflows: what they may do, and whether they are right (needs npm)
	node .github/lint.mjs
	$(BIN)/zizmor --offline --persona auditor .github

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove what was built; runs and caches stay
	rm -rf site docs/generated docs/*.ipynb build *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Python 3.11 to 3.13 is needed; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "No virtual environment: install venv (Debian and Ubuntu: apt-get install python3-venv)"; exit 2; }
	$(PIP) --quiet --upgrade pip

$(VENV)/.%: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[$*]'
	@touch $@
