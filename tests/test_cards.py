"""Cards that people judged: what each is put with, and what it writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from speckit.contrast import IN_SCOPE, LATER, NOT_NOW, VERIFY, YES, effects, offered
from speckit.load import load
from speckit.model import Answer, Question
from speckit.questions import find_questions
from tests.test_contrast_laws import SECTIONS

CASES = Path(__file__).parent / "cases" / "contrast" / "judged.md"

_ROW = re.compile(
    r"^\| (?P<id>q[0-9a-f]{8}) \| (?P<file>[^|:]+):(?P<lines>[\d-]+) \| (?P<put>[^|]+)"
    r" \| ?(?P<writes>[^|]*?) ?\|$",
    re.MULTILINE,
)
ROWS = [match.groupdict() for match in _ROW.finditer(CASES.read_text("utf-8"))]


@pytest.fixture(scope="module")
def questions(atomic: Path) -> dict[str, Question]:
    """The questions of the documents that the cases stand in, by id."""
    corpus = load(atomic, atomic / "research", atomic / "specs")
    named = {row["file"] for row in ROWS}
    documents = [corpus.whole(one) for one in corpus.documents if one.path.rpartition("/")[2] in named]
    return {question.id: question for document in documents for question in find_questions(document)}


def put_with(question: Question) -> str:
    """What a question is put with, in a word or two."""
    if question.group == "statements":
        return "statement"
    labels = [option.label for option in offered(question)]
    if question.options:
        return f"{len(question.options)} options" + (", verify" if labels[-1] == VERIFY else "")
    if labels[0] == question.recommended:
        return "recommended"
    return {IN_SCOPE: "scope", YES: "fact", VERIFY: "verify", NOT_NOW: "open"}.get(labels[0], "proposed")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_judged_card_says_what_its_judges_wanted(row: dict[str, str], questions: dict[str, Question]):
    """The kind of options, and sentences that have their subject, condition and verb."""
    question = questions[row["id"]]
    assert question.citations[0].label == f"{row['file']}:{row['lines']}"
    assert put_with(question) == row["put"]
    labels = [option.label for option in offered(question) if option.label != LATER]
    for label, written in zip(labels, filter(None, row["writes"].split(" / ")), strict=False):
        section, words = written.split(" ", 1)
        told = effects(question, Answer(question.id, (label,)), SECTIONS)
        assert any(one.section == section and words in one.passage.text for one in told), told
