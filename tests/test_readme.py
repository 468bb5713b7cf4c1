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
CRON = re.search(r"^```cron\n\S+ \S+ \S+ \S+ \S+  (.*)$", README, re.MULTILINE)
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


@pytest.fixture
def portfolio(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A project with one spec, its commands on the path, in the home folder that the examples name."""
    recipe = make_recipe({"topic": "A papermill engine that forks a warm parent", "as_of": "2026-11-23"})
    Authoring(recipe, project).export()
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    home = tmp_path_factory.mktemp("home")
    (home / "project").symlink_to(project)
    monkeypatch.setenv("HOME", str(home))
    return project


@pytest.mark.slow
def test_the_line_for_cron_writes_a_board(portfolio: Path):
    """As the shell of cron runs it."""
    assert CRON is not None
    subprocess.run(["sh", "-c", CRON[1]], check=True, cwd="/")
    assert "a papermill engine" in (portfolio / "board.html").read_text("utf-8").casefold()


@pytest.mark.slow
def test_the_nightly_job_summarises_the_specs(portfolio: Path, monkeypatch: pytest.MonkeyPatch):
    """The lines of the workflow's own step."""
    job = load_yaml(BLOCKS[2], "README.md", ValueError)["jobs"]["specs"]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(portfolio / "summary.md"))
    subprocess.run(["bash", "-eo", "pipefail", "-c", job["steps"][-1]["run"]], cwd=portfolio, check=True)
    assert "| Draft (WIP) |" in (portfolio / "summary.md").read_text("utf-8")


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
