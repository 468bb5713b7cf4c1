"""The command line: what a mistake says, what a command leaves behind, what it prints for scripts."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speckit.cli import COMMANDS, main

TOPIC = "A papermill engine that forks a warm parent"
DAY = ("--as-of", "2026-11-23")


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `speckit` in a project."""
    monkeypatch.chdir(project)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def written(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / "specs").rglob("*"))


def without_research(root: Path) -> list[str]:
    shutil.rmtree(root / "research")
    return ["new", TOPIC]


def empty_research(root: Path) -> list[str]:
    shutil.rmtree(root / "research")
    (root / "research").mkdir()
    return ["new", TOPIC]


def off_topic(_root: Path) -> list[str]:
    return ["new", "zyxwv qpqpq"]


def no_topic(_root: Path) -> list[str]:
    return ["new"]


def two_specs_of_a_topic(root: Path) -> list[str]:
    for day in ("2026-01-02", "2026-02-03"):
        (root / "specs" / f"{day}-a-papermill-engine-that-forks-a-warm-parent.md").write_text("# A\n")
    return ["new", TOPIC]


def malformed_answers(root: Path) -> list[str]:
    (root / "answers.yaml").write_text("q1a2b3c4d: [unclosed\n")
    return ["new", TOPIC, "--answers", "answers.yaml"]


def answers_that_are_a_list(root: Path) -> list[str]:
    (root / "answers.yaml").write_text("- In scope\n")
    return ["new", TOPIC, "--answers", "answers.yaml"]


def no_answers_file(_root: Path) -> list[str]:
    return ["new", TOPIC, "--answers", "answers.yaml"]


def answer_to_no_question(root: Path) -> list[str]:
    (root / "answers.yaml").write_text("q00000000: In scope\n")
    return ["new", TOPIC, "--answers", "answers.yaml"]


def answer_with_no_option(root: Path) -> list[str]:
    outcome = CliRunner().invoke(main, ["new", TOPIC, "--json", "--specs", "elsewhere", *DAY])
    asked = json.loads(outcome.stdout)["questions"][0]["id"]
    shutil.rmtree(root / "elsewhere")
    (root / "answers.yaml").write_text(f"{asked}: Whatever you like\n")
    return ["new", TOPIC, "--answers", "answers.yaml"]


def specs_is_a_file(root: Path) -> list[str]:
    (root / "specs").rmdir()
    (root / "specs").write_text("")
    return ["new", TOPIC]


def no_such_pack(_root: Path) -> list[str]:
    return ["new", TOPIC, "--template", "rcf"]


def no_such_policy(_root: Path) -> list[str]:
    return ["new", TOPIC, "--unanswered", "guess"]


def a_day_that_is_none(_root: Path) -> list[str]:
    return ["new", TOPIC, "--as-of", "soon"]


def a_document_that_is_not_there(_root: Path) -> list[str]:
    return ["new", TOPIC, "--document", "research/nothing.md"]


def a_document_outside(_root: Path) -> list[str]:
    return ["new", TOPIC, "--document", "../../etc/passwd"]


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        (without_research, "no research folder 'research'"),
        (empty_research, "research/ holds no markdown"),
        (off_topic, "nothing in research/ bears on 'zyxwv qpqpq'"),
        (no_topic, "no topic"),
        (two_specs_of_a_topic, "several specs are about"),
        (malformed_answers, "answers.yaml"),
        (answers_that_are_a_list, "answers.yaml holds list"),
        (no_answers_file, "the answers file 'answers.yaml' cannot be read"),
        (answer_to_no_question, "no question 'q00000000' is asked"),
        (answer_with_no_option, "has no option 'Whatever you like'"),
        (specs_is_a_file, "specs"),
        (no_such_pack, "no template pack 'rcf'"),
        (no_such_policy, "unanswered = 'guess'"),
        (a_day_that_is_none, "'soon' is no date"),
        (a_document_that_is_not_there, "no research document 'research/nothing.md'"),
        (a_document_outside, "is not inside"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_mistake_is_one_line_and_leaves_nothing(
    run: Callable[..., Result], project: Path, mistake: Callable[[Path], list[str]], told: str
):
    """What, where, what next; exit code 2; nothing half-written."""
    arguments = mistake(project)
    before = written(project)
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert written(project) == before


def test_an_unwritable_specs_folder_is_one_line(run: Callable[..., Result], project: Path):
    """A folder that takes no file; root may write anywhere but in /proc."""
    (project / "specs").chmod(0o500)
    if os.geteuid() == 0:
        (project / "specs").rmdir()
        (project / "specs").symlink_to("/proc/self/attr")
    done = run("new", TOPIC)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "cannot be written" in done.stderr


def test_a_file_that_cannot_be_read_is_named_and_skipped(run: Callable[..., Result], project: Path):
    """It is no reason to stop."""
    (project / "research" / "docs" / "binary.md").write_bytes(b"\0\1\2\xff" * 64)
    done = run("new", TOPIC, *DAY)
    assert done.exit_code == 0
    assert "skipped research/docs/binary.md" in done.stderr


def test_new_tells_the_summary_the_path_what_is_open_and_what_next(run: Callable[..., Result]):
    """What somebody wants to know who comes back to the terminal."""
    done = run("new", TOPIC, *DAY)
    assert done.exit_code == 0
    assert "specs/2026-11-23-a-papermill-engine-that-forks-a-warm-parent.md" in done.stdout
    assert "open" in done.stdout
    assert "speckit lab 2026-11-23-a-papermill-engine-that-forks-a-warm-parent" in done.stdout
    assert "reviewers" in done.stdout


def test_a_research_document_names_the_topic(run: Callable[..., Result], project: Path):
    """Its topic is taken, and it is what the spec rests on first."""
    name = "research/docs/2026-11-17-mermaid-diagrams-offline.md"
    done = run("new", name, "--json", *DAY)
    outcome = json.loads(done.stdout)
    assert outcome["topic"] == "Mermaid diagrams parsed and drawn offline"
    assert outcome["documents"][0] == name
    assert (project / outcome["path"]).is_file()


def test_unanswered_fail_has_an_exit_code_of_its_own(run: Callable[..., Result], project: Path):
    """Three: a nightly job can tell it from a mistake."""
    done = run("new", TOPIC, "--unanswered", "fail", *DAY)
    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
    assert written(project) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_its_use(command: str):
    """With a sentence, and with each of its options."""
    done = CliRunner().invoke(main, [command, "--help"])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: main {command}")
