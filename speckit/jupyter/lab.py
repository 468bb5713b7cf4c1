"""JupyterLab on a person's own copy of the notebook."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from speckit.errors import ProjectError
from speckit.ledger import find_ledger, open_ledger, spec_topic
from speckit.paths import Project, find_project, shipped

FRESH = "new-spec.ipynb"  # the copy of somebody who has not chosen a topic yet


def open_lab(topic: str = "", *arguments: str) -> int:
    """Open JupyterLab on the notebook of a topic or spec, made from the shipped one where there is none yet.

    Args:
        topic: a topic, or the name or path of a spec; empty opens the Start panel.
        arguments: passed on to `jupyter lab`.

    Returns:
        JupyterLab's exit code.

    Raises:
        ProjectError: there is no research folder here, or the copy cannot be written.
    """
    project = find_project("research", "specs")
    notebook = prepare_notebook(project, topic)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={project.root}"]
    return subprocess.call([*command, project.relative(notebook), *arguments])


def prepare_notebook(project: Project, topic: str = "") -> Path:
    """Make a person's copy of the notebook beside the spec; one that is there is kept as it is.

    Raises:
        ProjectError: the folder cannot be written.
    """
    name, topic = _name_and_topic(project, topic)
    path = project.specs / name
    if path.exists():
        return path
    notebook = json.loads((shipped("notebooks") / "create-spec.ipynb").read_text("utf-8"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(fresh(notebook, topic), indent=1, ensure_ascii=False) + "\n", "utf-8")
    except OSError as problem:
        raise ProjectError(f"{path.name} cannot be written ({problem.strerror}): check the folder") from None
    return path


def fresh(notebook: dict[str, Any], topic: str) -> dict[str, Any]:
    """A copy of a notebook without outputs and injected parameters, its topic set."""
    cells = [cell for cell in notebook["cells"] if "injected-parameters" not in _tags(cell)]
    return notebook | {"cells": [_cleared(cell, topic) for cell in cells]}


def _cleared(cell: dict[str, Any], topic: str) -> dict[str, Any]:
    if cell["cell_type"] != "code":
        return cell
    cleared = cell | {"outputs": [], "execution_count": None}
    if "parameters" in _tags(cell):
        source = "".join(cell["source"]).replace('topic = ""', f"topic = {topic!r}", 1)
        cleared["source"] = source.splitlines(keepends=True)
    return cleared


def _tags(cell: dict[str, Any]) -> list[str]:
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


def _name_and_topic(project: Project, topic: str) -> tuple[str, str]:
    if not topic:
        return FRESH, ""
    name = Path(topic).name.removesuffix(".md")
    if (project.specs / ".speckit" / name).is_dir():
        return f"{name}.ipynb", spec_topic(open_ledger(project.specs, name))
    return f"{find_ledger(project.specs, topic, dt.date.today()).name}.ipynb", topic
