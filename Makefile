# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test lint neural bench bench-search lock messages

# On your own machine published articles may be read without signing in, unless a setting says otherwise (README.md).
run: export NEWSDESK_LOCAL ?= 1
run: .venv/runtime
	@.venv/bin/python manage.py quickstart --host $(HOST) --port $(PORT)

test: .venv/development
	@.venv/bin/python -m pytest

lint: .venv/development
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djade --check $$(git ls-files 'templates/*.html')

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is %s. Set PYTHON=…" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is incomplete here; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv

# The pinned set is complete, hence --no-deps: camel-tools would bring torch along (see pyproject.toml).
.venv/runtime: requirements.txt | .venv/bin/pip
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
	@touch $@

.venv/development: requirements-dev.txt | .venv/bin/pip
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-dev.txt
	@touch $@ .venv/runtime

# camel-tools' neural recogniser, for those who have its model data (README.md). What the build of torch that was chosen
# needs beside the pinned set (CUDA's libraries, or nothing) it says itself.
neural: .venv/neural

.venv/neural: requirements-neural.txt | .venv/runtime
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-neural.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -c requirements-neural.txt torch
	@touch $@

# How fast articles are imported (in two minutes; FULL=1 adds the whole newspaper corpus), words a second of the
# recognisers on one core, and how fast marks are made, drawn, tagged and exported.
bench: .venv/development
	@.venv/bin/python -W ignore -m tests.benchmarks.importing $(if $(FULL),--full)
	@.venv/bin/python -m tests.benchmarks.recognition
	@.venv/bin/python -m tests.benchmarks.duplicates
	@.venv/bin/python -m tests.benchmarks.anchoring
	@.venv/bin/python -W ignore -m tests.benchmarks.marking
	@.venv/bin/python -W ignore -m tests.benchmarks.workspace
	@.venv/bin/python -W ignore -m tests.benchmarks.tagging
	@.venv/bin/python -W ignore -m tests.benchmarks.exporting
	@.venv/bin/python -m tests.benchmarks.exports jsonl w3c label_studio brat xmi webanno_tsv conll tei

# How well and how fast articles are found, beside PostgreSQL's own search and (with Debian's liblucene8-java and a JDK)
# Lucene, and how fast a large archive is searched and browsed; ARTICLES=1000000 takes an hour and 20 GB.
ARTICLES ?= 31000
bench-search: .venv/development
	@.venv/bin/python -W ignore -m tests.benchmarks.search_ranking --lucene --postgres 100
	@.venv/bin/python -W ignore -m tests.benchmarks.search_large $(ARTICLES)

# For maintainers; needs uv and gettext. Of camel-tools' requests (schemathesis needs it, in development) the site has none.
lock:
	uv pip compile --quiet --universal --no-header --python-version 3.11 --no-emit-package requests --no-emit-package idna pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --no-header --python-version 3.11 --group dev pyproject.toml -o requirements-dev.txt
	uv pip compile --quiet --no-config --universal --no-header --no-annotate --python-version 3.11 -c requirements.txt requirements-neural.in | grep -vE '^(cuda|nvidia|triton)' > requirements-neural.txt

messages: .venv/development
	.venv/bin/python manage.py makemessages --locale en --locale ar --ignore .venv --ignore var --ignore fixtures --no-location --no-obsolete
	.venv/bin/python manage.py compilemessages --locale en --locale ar --ignore .venv
