"""The board: what waits for whom, over all specs."""

from __future__ import annotations

import datetime as dt
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from speckit.authoring import Authoring
from speckit.cli import main
from speckit.errors import AnswersError, ProjectError
from speckit.jupyter.board import board
from speckit.jupyter.outcome import Asked, Outcome, answer_everywhere, read_outcomes
from speckit.page import html_page
from speckit.recipe import make_recipe

TODAY = dt.date(2026, 11, 23)
TICKET = "research/tickets/2026-11-15-unattended-batch-of-specs.md"


def asked(state: Any = "open", decided: str = "", by: str = "", id: str = "q00000001") -> Asked:  # noqa: A002 - its name
    return Asked(id, "Cache", "Keep the cache or drop it?", state, ("Keep it", "Drop it"), decided, by)


def outcome(name: str, *questions: Asked, status: str = "Draft (WIP)", date: str = "2026-11-20") -> Outcome:
    return Outcome(
        name,
        f"specs/{name}.md",
        name.title(),
        status,
        questions,
        (("research/a.md", date),),
        (("warning", 2),),
    )


def lines(text: str, start: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(start)]


@pytest.fixture
def specs(project: Path) -> Path:
    """Two specs that rest on the same ticket, and so ask the same questions."""
    for topic in ("Nightly run", "Portfolio of specs"):
        recipe = make_recipe({"topic": topic, "documents": [TICKET], "as_of": "2026-11-23"})
        Authoring(recipe, project).export()
    return project / "specs"


def test_every_spec_has_a_row():
    """With its status, its questions by state, its problems, and the age of its evidence today."""
    told = board([outcome("one", asked(), asked("disputed", id="q00000002"))], TODAY)
    (row,) = lines(told, "| One")
    assert row == "| One (specs/one.md) | Draft (WIP) | 1 | 0 | 1 | 0 | 2 warnings | recent, 3 days |"


@pytest.mark.parametrize(
    ("date", "age"),
    [
        ("2026-10-24", "recent, 30 days"),
        ("2026-10-23", "moderate, 31 days"),
        ("2026-08-24", "aged, 91 days"),
        ("", "undated"),
    ],
)
def test_evidence_ages(date: str, age: str):
    """In the tiers that `locate` has."""
    assert f"| {age} |" in board([outcome("one", date=date)], TODAY)


def test_a_question_of_several_specs_is_shown_once():
    """With each spec that asks it, and how it stands there."""
    told = board([outcome("one", asked()), outcome("two", asked("answered", "Keep it", "Ada"))], TODAY)
    assert told.count("Keep the cache or drop it?") == 1
    assert lines(told, "  * ") == [
        "  * (A) Keep it",
        "  * (B) Drop it",
        "  * open in specs/one.md",
        "  * answered in specs/two.md: Keep it (by Ada)",
    ]


def test_an_answer_against_an_approved_spec_is_flagged():
    """Differing answers of drafts contradict nobody yet, and agreement is none."""
    approved = outcome("old", asked("answered", "Keep it", "Ada"), status="Approved")
    against, agreeing = (
        outcome("new", asked("answered", "Drop it", "Bo")),
        outcome("too", asked("answered", "keep it")),
    )
    told = board([approved, against, agreeing], TODAY)
    (line,) = lines(told, "* **Cache** · q00000001")
    assert line == (
        "* **Cache** · q00000001: Drop it (by Bo) in specs/new.md, "
        "but Keep it (by Ada) in specs/old.md, which is Approved"
    )
    assert "None." in board([against, agreeing], TODAY).partition("## Contradictions")[2]


def test_nothing_of_a_spec_becomes_markup():
    """Topics, questions, answers and names are text, on the page too."""
    evil = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) | `<script>`"
    one = Asked("q00000001", evil, evil, "open", (evil,), evil, evil)
    page = html_page(
        board([Outcome("n", "specs/n.md", evil, evil, (one,)), Outcome("m", evil, error=evil)], TODAY)
    )
    found = Tags()
    found.feed(page)
    assert found.names & {"img", "script", "a"} == set()
    assert "http" not in page.partition("<body>")[0]


class Tags(HTMLParser):
    """The names of all tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        """Keep the name."""
        self.names.add(tag)


def test_an_answer_given_once_reaches_every_spec(specs: Path):
    """Each ledger has it, and no document is written."""
    before = {path: path.read_bytes() for path in specs.glob("*.md")}
    shared = {
        one.id: one
        for o in read_outcomes(specs)
        for one in o.questions
        if one.options and one.state == "open"
    }
    question = next(iter(shared.values()))
    told = answer_everywhere(specs, question.id, question.options[0].upper())
    assert len(told) == 2
    states = [one for o in read_outcomes(specs) for one in o.questions if one.id == question.id]
    assert [(one.state, one.decided) for one in states] == [("answered", question.options[0])] * 2
    assert {path: path.read_bytes() for path in specs.glob("*.md")} == before


def test_an_answer_that_nobody_offers_is_recorded_nowhere(specs: Path):
    """Neither a question that no spec asks nor an option that one lacks."""
    question = next(one for one in next(read_outcomes(specs)).questions if one.options)
    with pytest.raises(AnswersError, match=r"no spec in .* asks 'q00000000'"):
        answer_everywhere(specs, "q00000000", "yes")
    with pytest.raises(AnswersError, match=question.id):
        answer_everywhere(specs, question.id, "no such option")
    assert list(specs.glob(".speckit/*/answers/*")) == []


def test_a_spec_that_cannot_be_drafted_is_a_row_with_its_error(specs: Path):
    """The others are told all the same."""
    recipe = next(specs.glob(".speckit/*nightly-run/recipe.yaml"))
    recipe.write_text("topic: Nightly run\ntemplate: nowhere\n")
    broken, whole = read_outcomes(specs)
    assert "nowhere" in broken.error
    assert whole.questions
    assert "cannot be drafted" in board([broken, whole], TODAY)


def test_the_command_prints_markdown_html_or_json(specs: Path, monkeypatch: pytest.MonkeyPatch):
    """The folder of specs is named, and the day can be."""
    monkeypatch.chdir(specs.parent)
    told = CliRunner().invoke(main, ["board", "specs", "--as-of", "2026-11-23"])
    assert (told.exit_code, told.output.splitlines()[0]) == (0, "# Specs on 2026-11-23")
    page = CliRunner().invoke(main, ["board", "--format", "html"])
    assert page.output.startswith("<!doctype html>")
    values = json.loads(CliRunner().invoke(main, ["board", "--json"]).output)
    assert [value["topic"] for value in values] == ["Nightly run", "Portfolio of specs"]


def test_a_folder_without_specs_is_a_mistake(tmp_path: Path):
    """One line says what to name."""
    with pytest.raises(ProjectError, match="holds no spec that speckit drafted"):
        list(read_outcomes(tmp_path))
