# make demo   a spec from this project's own research
# make test   all tests; browser tests where a Chromium is found or can be installed
# make lab    JupyterLab on the notebook
# make check  types and style

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv)
READY := $(VENV)/.ready

DEMO_TOPIC := "A papermill engine that forks a warm parent"
DEMO_SPEC := 2026-11-23-a-papermill-engine-that-forks-a-warm-parent

export JUPYTER_PLATFORM_DIRS := 1
export PYDEVD_DISABLE_FILE_VALIDATION := 1

.PHONY: demo test lab check

demo: $(READY)
	@mkdir -p specs
	@$(BIN)/papermill notebooks/create-spec.ipynb specs/$(DEMO_SPEC).ipynb --engine speckit --no-progress-bar --log-level ERROR \
		-p topic $(DEMO_TOPIC) -p author "The speckit maintainers" -p as_of 2026-11-23
	@$(BIN)/speckit new $(DEMO_TOPIC)

test: $(READY) check
	$(BIN)/python tests/browser/find_chromium.py --install
	$(BIN)/pytest --numprocesses auto --dist loadfile --ignore tests/browser --ignore tests/hub
	$(BIN)/pytest tests/browser tests/hub # one by one: they share a browser and a server

lab: $(READY)
	$(BIN)/speckit lab

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

$(READY): pyproject.toml
ifdef UV
	uv venv --quiet --allow-existing $(VENV)
	uv pip install --quiet --python $(BIN)/python --editable . --group test
else
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group test
endif
	@touch $@
