"""A spec read back from its markdown: its sections word for word, its questions, and the answers it has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from speckit.contrast import label_key
from speckit.markdown import first_title, outline
from speckit.markdown.outline import title
from speckit.model import Answer, Document, Passage, Question, Role, Section, Spec
from speckit.questions import find_questions
from speckit.template import Pack

_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.?\s+(?P<title>.*)")  # `5. Detailed Design`, `5.1 API`
_AUTHOR = re.compile(r"^\|\s*\**Author[^|]*\|\s*(?P<name>[^|]*?)\s*\|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """A section with the lines that it takes from its heading on, its subsections not among them."""

    section: Section
    start: int
    end: int


def read_spec(text: str, path: str, pack: Pack, topic: str, created: dt.date) -> Spec:
    """Read a spec's markdown.

    Args:
        text: with LF line ends.
        path: of the spec, which its questions cite.
        pack: the template pack whose titles tell the role of a section.
        topic: what it is about.
        created: its day.

    Returns:
        A spec whose sections hold their lines as one passage each, and whose answers are those that the text
        gives to its own questions.
    """
    questions = find_questions(Document(path, text, topic, None, "spec"))
    author = _AUTHOR.search(text)
    by = author["name"] if author else ""
    return Spec(
        topic,
        first_title(text) or topic,
        pack.name,
        created,
        created,
        by,
        "",
        "",
        tuple(place.section for place in places(text, pack)),
        questions,
        tuple(replace(a, by=by, on=created) for a in read_answers(questions)),
    )


def read_answers(questions: Iterable[Question]) -> tuple[Answer, ...]:
    """The answers that a text gives to its own questions: options that it names, else its words."""
    return tuple(_answer(question) for question in questions if question.answer)


def edited(before: str, after: str, pack: Pack) -> frozenset[str]:
    """The titles of the sections that two states of a document tell differently."""
    one, other = (
        {place.section.title: place.section.passages for place in places(text, pack)}
        for text in (before, after)
    )
    return frozenset(title for title in other if one.get(title) != other[title])


def places(text: str, pack: Pack) -> tuple[Place, ...]:
    """Find the sections and subsections of a spec's markdown, in order."""
    lines = text.split("\n")
    headings = [heading for heading in outline(text) if heading.level in {2, 3}]
    ends = [*(heading.start - 1 for heading in headings[1:]), len(lines)]
    roles = {label_key(section.title): section.role for section in pack.sections}
    return tuple(
        Place(_section(title(heading.text), "\n".join(lines[heading.end : end]), roles), heading.start, end)
        for heading, end in zip(headings, ends, strict=True)
    )


def _section(heading: str, body: str, roles: dict[str, Role]) -> Section:
    match = _NUMBERED.match(heading)
    number, name = (match["number"], match["title"]) if match else (heading, heading)
    role = roles.get(label_key(name), "")
    return Section(number, name, role, passages=(Passage("prose", body),) if body.strip() else ())


def _answer(question: Question) -> Answer:
    words = " ".join((question.answer or "").split())
    label = next((o.label for o in question.options if label_key(o.label) == label_key(words)), None)
    return Answer(question.id, (label,)) if label else Answer(question.id, text=words)
