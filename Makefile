# Each target is one line of bootstrap.py, for machines without make: python3 bootstrap.py run
PYTHON ?= python3
.PHONY: run test setup lock bench

run:    ## start everything; PORT=8001 and DEMO=0 may follow
	@exec $(PYTHON) bootstrap.py run

test:   ## all checks and tests; ARGS="types lint" for some of them
	@exec $(PYTHON) bootstrap.py test $(ARGS)

setup:  ## the environment for development, nothing started
	@$(PYTHON) bootstrap.py setup

lock:   ## resolve requirements*.in again; ARGS="--upgrade"
	@$(PYTHON) bootstrap.py lock $(ARGS)

bench: setup  ## figures for 100,000 risks
	@.venv/bin/python -m tests.benchmarks
