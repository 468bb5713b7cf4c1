"""The shipped notebooks: current, reproducible, free of widgets, and made one's own by `speckit lab`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from speckit.jupyter.lab import prepare_notebook
from speckit.paths import find_project

from .notebooks import NOTEBOOKS, PARAMETERS, copy_project, execute

pytestmark = pytest.mark.slow
CREATE = next(path for path in NOTEBOOKS if path.stem == "create-spec")
TOPIC = PARAMETERS["create-spec"]["topic"]
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@each
def test_it_is_kept_as_it_executes_today(path: Path, tmp_path: Path):
    """Cell by cell; `python -m tests.notebooks` writes it anew."""
    kept = json.loads(path.read_text("utf-8"))
    today = execute(path, copy_project(tmp_path, path))
    for old, new in zip(kept["cells"], today["cells"], strict=True):
        assert new == old
    assert kept == today


@each
def test_nbval_finds_the_same_outputs(path: Path, tmp_path: Path):
    """All of them: not lax, with nothing ignored."""
    root = copy_project(tmp_path, path)
    assert "nbval-" not in path.read_text("utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-p",
        "no:cacheprovider",
        root / "notebooks" / path.name,
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


@each
def test_a_static_run_makes_no_widget(path: Path):
    """Its outputs are text, readable on a forge and in a diff."""
    text = path.read_text("utf-8")
    assert "widget-view" not in text
    assert "children=(" not in text
    assert len(text.encode()) < 1_000_000


def test_the_lab_opens_a_copy_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Named after the spec, without outputs, its topic set; what is there already is kept."""
    monkeypatch.chdir(copy_project(tmp_path, CREATE))
    project = find_project("research", "specs")
    path = prepare_notebook(project, TOPIC)
    assert path.parent == project.specs
    assert path.name.endswith("-a-papermill-engine-that-forks-a-warm-parent.ipynb")
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert [source.startswith("topic = ") for source in sources].count(True) == 1
    assert sources[0].startswith(f"topic = {TOPIC!r}")
    path.write_text("mine")
    assert prepare_notebook(project, TOPIC).read_text() == "mine"


def test_the_lab_without_a_topic_opens_the_start_panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A fresh notebook whose topic is empty."""
    monkeypatch.chdir(copy_project(tmp_path, CREATE))
    path = prepare_notebook(find_project("research", "specs"))
    sources = ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    assert any(source.startswith(('topic = ""', "topic = ''")) for source in sources)
