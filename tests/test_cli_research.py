"""`speckit locate`, as a person reads it and as a script does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speckit.cli import main


@pytest.fixture
def locate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `speckit locate` in a project of two documents and a file that is none."""
    (tmp_path / "research" / "docs").mkdir(parents=True)
    (tmp_path / "research" / "docs" / "2026-06-01-queue.md").write_text("# The queue\n\nSee broker.md.\n")
    (tmp_path / "research" / "broker.md").write_text(
        "# A broker\n\n> Superseded by [x](docs/2026-06-01-queue.md)\n"
    )
    (tmp_path / "research" / "image.md").write_bytes(b"\0")
    monkeypatch.chdir(tmp_path)
    return lambda *options: CliRunner().invoke(main, ["locate", *options, "--as-of", "2026-06-30"])


def committed(root: Path, name: str) -> str:
    """Commit a file, in a repository that has a forge; returns the commit."""

    def git(*command: str) -> str:
        user = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgSign=false"]
        done = subprocess.run(["git", *user, *command], cwd=root, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    git("init", "-q")
    git("remote", "add", "origin", "https://github.com/o/n.git")
    git("add", name)
    git("commit", "-qm", "Research")
    return git("rev-parse", "HEAD")


def test_a_person_reads_columns_and_reasons(locate: Callable[..., Result]) -> None:
    """Date, tier, category and title in columns; below, where it is, why it was found, what replaced it."""
    done = locate("queue")
    assert done.stdout.splitlines() == [
        "2026-06-01  recent    docs  The queue",
        "            research/docs/2026-06-01-queue.md",
        "            in title or tags: queue",
        "            cited by broker.md",
        "",
        "undated     aged            A broker",
        "            research/broker.md",
        "            in text: queue",
        "            cited by 2026-06-01-queue.md",
        "            possibly superseded by research/docs/2026-06-01-queue.md",
    ]
    assert done.stderr == "speckit: skipped research/image.md: binary, not markdown\n"


def test_a_script_reads_one_value(locate: Callable[..., Result]) -> None:
    """The same as JSON, with the score, and no more than the limit."""
    (row,) = json.loads(locate("queue", "--json", "--limit", "1").stdout)
    assert row.pop("score") > 1
    assert row == {
        "path": "research/docs/2026-06-01-queue.md",
        "title": "The queue",
        "date": "2026-06-01",
        "tier": "recent",
        "category": "docs",
        "reasons": ["in title or tags: queue", "cited by broker.md"],
        "superseded_by": None,
        "permalink": None,
    }


def test_a_script_gets_links_that_last(locate: Callable[..., Result], tmp_path: Path) -> None:
    """Where the forge is known, each document that is committed has a link to it at that commit."""
    head = committed(tmp_path, "research/broker.md")
    links = {row["path"]: row["permalink"] for row in json.loads(locate("queue", "--json").stdout)}
    assert links == {
        "research/docs/2026-06-01-queue.md": None,
        "research/broker.md": f"https://github.com/o/n/blob/{head}/research/broker.md",
    }


def test_nothing_found(locate: Callable[..., Result]) -> None:
    """It is said so, and is no error; a script gets an empty list."""
    done = locate("zebra")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.endswith("speckit: nothing in research/ bears on 'zebra'\n")
    assert json.loads(locate("zebra", "--json").stdout) == []


def test_specs_are_not_offered(locate: Callable[..., Result], tmp_path: Path) -> None:
    """Neither those in the research folder, nor those in a folder that is said to hold specs."""
    for folder in ("specs", "rfcs"):
        (tmp_path / "research" / folder).mkdir()
        (tmp_path / "research" / folder / "spec.md").write_text("# The queue")

    def found(*options: str) -> set[str]:
        return {row["path"] for row in json.loads(locate("queue", "--json", *options).stdout)}

    research = {"research/docs/2026-06-01-queue.md", "research/broker.md"}
    assert found() == research | {"research/rfcs/spec.md"}
    assert found("--specs", "research/rfcs") == research | {"research/specs/spec.md"}


def test_questions_have_links_that_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question's link leads to its lines in the last commit, once there is one on a forge that is known."""
    text = "# A\n\n## Open Questions\n\n- Should it be kept?\n"
    (tmp_path / "research").mkdir()
    (tmp_path / "research" / "a.md").write_text(text)
    monkeypatch.chdir(tmp_path)

    def asked() -> dict[str, str]:
        (row,) = json.loads(CliRunner().invoke(main, ["questions", "research/a.md", "--json"]).stdout)
        return row

    assert (asked()["line"], asked()["permalink"]) == (5, None)
    head = committed(tmp_path, "research/a.md")
    assert asked()["permalink"] == f"https://github.com/o/n/blob/{head}/research/a.md#L5-L5"
