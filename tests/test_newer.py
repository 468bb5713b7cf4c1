"""What a later run tells of research that the spec does not rest on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from speckit.authoring import Authoring
from speckit.cli import main
from speckit.recipe import make_recipe

TOPIC = "message queue ordering"
TEXT = """---
date: {date}
---
# {title}

The message queue keeps the ordering of what it is sent.

## Open Questions

- {question}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose spec was begun on 1 June, out of one document."""
    write(
        tmp_path, "first.md", "Ordering of the message queue", "2026-05-01", "Should the queue drop messages?"
    )
    opened(tmp_path, "2026-06-01").export()
    return tmp_path


def write(root: Path, name: str, title: str, date: str, question: str) -> None:
    (root / "research").mkdir(exist_ok=True)
    text = TEXT.format(title=title, date=date, question=question)
    (root / "research" / name).write_text(text, "utf-8")


def opened(root: Path, day: str, **more: object) -> Authoring:
    return Authoring(make_recipe({"topic": TOPIC, "as_of": day, "author": "Ana", **more}), root)


def names(authoring: Authoring) -> list[str]:
    return [document.path.removeprefix("research/") for document in authoring.documents]


def test_nothing_is_newer_at_once(root: Path) -> None:
    """Neither the first run nor one right after it has anything to tell."""
    assert str(opened(root, "2026-06-01", topic="message ordering").newer) == ""
    assert str(opened(root, "2026-06-02").newer) == ""


def test_new_research_is_told_and_not_taken_in(root: Path) -> None:
    """Documents that came since are counted with the questions that only they ask, and change nothing."""
    before = opened(root, "2026-06-01").text
    write(root, "second.md", "Message queue ordering", "2026-06-05", "Should the queue drop messages?")
    write(root, "third.md", "Ordering in a message queue", "2026-06-06", "Should ordering be kept by key?")
    authoring = opened(root, "2026-06-07")
    assert str(authoring.newer) == "2 new documents, 1 new question"
    assert names(authoring) == ["first.md"]
    assert authoring.text == before
    assert "2 new documents, 1 new question" in authoring.closing(authoring.export())


def test_what_is_taken_in_is_not_newer(root: Path) -> None:
    """Once somebody takes a document in, it is told no more, and stays with the spec."""
    write(root, "second.md", "Message queue ordering", "2026-06-05", "Should ordering be kept by key?")
    authoring = opened(root, "2026-06-07")
    authoring.choose_documents(("research/first.md", "research/second.md"))
    authoring.export()
    again = opened(root, "2026-06-08")
    assert names(again) == ["first.md", "second.md"]
    assert again.newer.hits == ()


def test_an_older_one_that_ranks_above(root: Path) -> None:
    """A document that would be taken in today is told, whatever its date."""
    write(root, "0.md", "Message queue ordering", "2026-04-01", "Should ordering be kept by key?")
    assert [hit.document.path for hit in opened(root, "2026-06-07").newer.hits] == ["research/0.md"]


def test_what_hardly_matches_is_not_told(root: Path) -> None:
    """A new document that mentions the topic among other matters is no news."""
    (root / "research" / "weekly.md").write_text(
        "# 2026-06-05 Weekly\n\nA queue at lunch.\n" + "Other. " * 500
    )
    assert opened(root, "2026-06-07").newer.hits == ()


def test_a_document_that_is_gone_is_told(root: Path) -> None:
    """The spec goes on with what is left, and says so."""
    write(root, "second.md", "Message queue ordering", "2026-06-05", "Should ordering be kept by key?")
    authoring = opened(root, "2026-06-07", documents=["research/first.md", "research/second.md"])
    authoring.export()
    (root / "research" / "first.md").unlink()
    again = opened(root, "2026-06-08")
    assert names(again) == ["second.md"]
    assert again.notices == ("research/first.md is gone: the spec no longer rests on it",)


def test_a_script_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`speckit new --json` lists the documents and the questions."""
    write(root, "second.md", "Message queue ordering", "2026-06-05", "Should ordering be kept by key?")
    monkeypatch.chdir(root)
    done = CliRunner().invoke(main, ["new", TOPIC, "--json", "--as-of", "2026-06-07"])
    outcome = json.loads(done.stdout)
    assert outcome["newer"] == ["research/second.md"]
    assert outcome["new_questions"] == [q.id for q in opened(root, "2026-06-07").newer.questions]
    assert len(outcome["new_questions"]) == 1
