"""What the kernel's side of the panels takes from a browser, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from speckit.authoring import Authoring
from speckit.contrast import MOOT, offered
from speckit.jupyter.deck import Deck
from speckit.jupyter.outline import Outline
from speckit.jupyter.ranking import Ranking
from speckit.recipe import make_recipe


@pytest.fixture
def authoring(project: Path) -> Authoring:
    return opened(project)


def opened(project: Path) -> Authoring:
    return Authoring(make_recipe({"topic": "A papermill engine that forks a warm parent"}), project)


def told(widget: Deck | Outline | Ranking, **message: Any) -> dict[str, Any]:
    """What a widget replies to a message of the browser."""
    replies: list[dict[str, Any]] = []
    widget.send = replies.append  # what would go to the browser
    widget._receive(widget, message, [])
    return replies[-1]


def deck(authoring: Authoring) -> Deck:
    return Deck(authoring, lambda: None)


def test_a_question_of_blanks_is_refused_and_not_recorded(authoring: Authoring, project: Path):
    """It would have no topic, for anybody who opens the spec."""
    refused = told(deck(authoring), kind="add", request=1, what="question", text="  ")
    assert (refused["kind"], refused["request"]) == ("refused", 1)
    assert opened(project).text == authoring.text


@pytest.mark.parametrize(("text", "why"), [(" — cheap", "names no option"), ("", "not understood")])
def test_an_option_without_a_label_is_refused(authoring: Authoring, text: str, why: str):
    """So is one that is there already."""
    question = next(question for question in authoring.spec.questions if len(question.options) > 1)
    asked = {"kind": "offer", "request": 1, "question": question.id}
    assert why in told(deck(authoring), **asked, text=text)["why"]
    again = offered(question)[0].label.upper()
    assert "offered already" in told(deck(authoring), **asked, text=again)["why"]


def test_an_answer_is_written_only_where_it_can_stand(authoring: Authoring):
    """Not into the list of questions, nor into a section that is not there."""
    question = next(question for question in authoring.spec.questions if len(question.options) > 1)
    answer = {"kind": "answer", "request": 1, "question": question.id, "choices": [question.options[0].label]}
    for number in ("9", "99"):
        assert "choose another" in told(deck(authoring), **answer, target=number)["why"]
    assert told(deck(authoring), **answer, target="5.2")["kind"] == "done"


def test_no_question_is_moot_because_of_itself(authoring: Authoring):
    """Nobody would ask it again."""
    question = next(question for question in authoring.spec.questions if question.group == "decide")
    answer = {"kind": "answer", "request": 1, "question": question.id, "choices": [MOOT]}
    assert "because of itself" in told(deck(authoring), **answer, because=question.id)["why"]


def test_what_is_ticked_is_drafted_from_also_the_next_time(authoring: Authoring, project: Path):
    """One document at a time, so that two quick ticks are both kept."""
    ranking = Ranking(authoring, lambda: None)
    last, *_ = [document.path for document in reversed(authoring.documents)]
    other = next(hit["path"] for hit in ranking.hits if not hit["taken"])
    assert told(ranking, path=last, taken=False) == {"refused": ""}
    assert told(ranking, path=other, taken=True) == {"refused": ""}
    assert "not ranked" in told(ranking, path="research/../../etc/passwd", taken=True)["refused"]
    paths = {document.path for document in opened(project).documents}
    assert other in paths
    assert last not in paths


def test_whatever_is_left_out_can_be_put_back(authoring: Authoring):
    """Every passage of every section, also where several rest on the same lines."""
    outline = Outline(authoring, lambda: None)
    before = authoring.text
    for section in outline.sections:
        for passage in told(outline, kind="show", section=section["key"])["passages"]:
            if not passage["passage"]:
                continue
            chosen = {"kind": "choose", "section": section["key"], "passage": passage["passage"]}
            assert len(told(outline, **chosen, choice="leave out")["out"]) == 1
            assert told(outline, **chosen, choice="put back")["out"] == []
    assert authoring.text == before
