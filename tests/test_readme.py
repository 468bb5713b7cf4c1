"""README tells the truth: its commands exist, its examples run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from speckit.answers import read_answers
from speckit.authoring import Authoring
from speckit.cli import COMMANDS
from speckit.contrast import offered
from speckit.model import Answer
from speckit.recipe import make_recipe
from speckit.safe_yaml import load_yaml

from .conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_every_command_is_in_the_table():
    """And nothing else is."""
    told = set(re.findall(r"^\| `speckit (\w+)|, `speckit (\w+) …`", README, re.MULTILINE))
    assert {name for pair in told for name in pair if name} == set(COMMANDS)


def test_the_answers_file_can_be_read(tmp_path: Path):
    """Its labels, reasons, owners and own questions."""
    (tmp_path / "answers.yaml").write_text(BLOCKS[0])
    given = read_answers("answers.yaml", tmp_path)
    assert len(given.answers) == 3
    assert [len(question.options) for question in given.own_questions()] == [2]


def git(root: Path, *command: str) -> None:
    options = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgSign=false")
    subprocess.run(["git", *options, *command], cwd=root, check=True, capture_output=True)


@pytest.mark.slow
def test_the_pull_request_example_tells_what_a_branch_decided(project: Path, monkeypatch: pytest.MonkeyPatch):
    """The job's own lines, in a repository whose branch answers one question."""
    job = load_yaml(BLOCKS[1], "README.md", ValueError)["jobs"]["spec"]
    script = next(step["run"] for step in job["steps"] if "speckit explain" in step.get("run", ""))
    recipe = make_recipe({"topic": "A papermill engine that forks a warm parent", "as_of": "2026-11-23"})
    authoring = Authoring(recipe, project)
    authoring.export()
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "draft")
    git(project, "update-ref", "refs/remotes/origin/main", "main")
    question = next(question for question in authoring.spec.questions if len(question.options) >= 2)
    authoring.answer(Answer(question.id, (offered(question)[0].label,), because="it is the simplest"))
    authoring.export()
    git(project, "add", "-A")
    git(project, "commit", "-qm", "decide")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    lines = script.replace("${{ github.base_ref }}", "main")
    subprocess.run(["bash", "-eo", "pipefail", "-c", lines], cwd=project, check=True)
    told = (project / "decisions.md").read_text("utf-8")
    assert "it is the simplest" in told
    assert question.topic in told
