"""Decision replay: how much of real specs can be produced by clicking, from the research that they rest on.

A case lists what a real spec states, by reading it: each goal, non-goal, rejected option, decision and phase,
with its line, what it rests on, and what would have to produce it. That is one of

- `ID LABEL`: this answer to this question; `ID -` where no option of the question says it;
- `LINES WORDS`: an item of the scope or a choice to confirm that stands on these lines of the research,
  and whose effect holds these words;
- `standing LABEL`: an answer to a question of the pack.

The judgement that the answer says what the spec states is the reader's; that it is offered, and writes into
the spec, is computed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from speckit.analyze import analyze
from speckit.contrast import FIXED, IN_SCOPE, LATER, NOT_NOW, effects, label_key, offered
from speckit.draft import draft
from speckit.load import load
from speckit.model import Answer, Corpus, Question, Spec
from speckit.template import load_pack

CASES = Path(__file__).parent / "cases" / "replay"

Kind = Literal["goal", "non-goal", "rejected", "decision", "phase"]
Basis = Literal["question", "stated", "nothing"]

_ROW = re.compile(
    r"^\| (?P<line>\d+) \| (?P<kind>[\w-]+) \| (?P<basis>\w+) \| (?P<by>[^|]*?) ?\| (?P<says>[^|]+) \|$",
    re.MULTILINE,
)
_ASKED = re.compile(r"(?P<id>q[0-9a-f]{8}) (?P<label>.+)")
_PLACED = re.compile(r"(?P<lines>\d[\d,-]*) (?P<words>.+)")
_WHERE = re.compile(r"^(spec|research): (\S+)$", re.MULTILINE)
_CHOICES: dict[str, str] = {"goal": IN_SCOPE, "decision": IN_SCOPE, "non-goal": NOT_NOW, "phase": LATER}


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a real spec states."""

    line: int
    kind: Kind
    basis: Basis
    by: str
    says: str


@dataclass(frozen=True, slots=True)
class Case:
    """A real spec, the research document that it rests on, and what it states."""

    spec: str
    research: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """A statement with the question that produces it; none with the reason why there is none."""

    case: Case
    statement: Statement
    question: Question | None
    miss: str = ""


def cases() -> tuple[Case, ...]:
    """All cases, by name."""
    return tuple(_case(path.read_text("utf-8")) for path in sorted(CASES.glob("*.md")))


def _case(text: str) -> Case:
    where = dict(_WHERE.findall(text))
    rows = (
        Statement(int(row["line"]), row["kind"], row["basis"], row["by"], row["says"])  # type: ignore[arg-type] # the test of the cases checks the words
        for row in _ROW.finditer(text)
    )
    return Case(where["spec"], where["research"], tuple(rows))


@cache
def corpus_of(root: Path) -> Corpus:
    """The research of a project, read once."""
    return load(root, root / "research", root / "specs")


def draft_of(case: Case, root: Path) -> Spec:
    """What is drafted from the research of a case, before anybody answers."""
    corpus = corpus_of(root)
    (document,) = (corpus.whole(one) for one in corpus.documents if one.path == case.research)
    pack = load_pack("rfc", None)
    findings = analyze([document])
    day = dt.date(2026, 1, 1)
    sources = (document.path,)
    return draft(
        document.topic, document.title, findings, pack, created=day, author="", owner="", sources=sources
    )


def replay(case: Case, spec: Spec) -> Iterator[Replayed]:
    """Try to produce each statement of a case by answers to the questions of a draft."""
    for statement in case.statements:
        question, miss = _produced(statement, spec, case.research)
        yield Replayed(case, statement, question, miss)


def _produced(statement: Statement, spec: Spec, research: str) -> tuple[Question | None, str]:
    if asked := _ASKED.fullmatch(statement.by):
        question = next((one for one in spec.questions if asked["id"] in one.ids), None)
        if question is None:
            return None, "the question is not asked"
        if asked["label"] == "-" or not _says(question, asked["label"], statement, spec):
            return None, "no option says it"
        return question, ""
    if statement.by.startswith("standing "):
        label = statement.by.removeprefix("standing ")
        standing = (one for one in spec.questions if one.group == "standing")
        found = next((one for one in standing if _says(one, label, statement, spec)), None)
        return found, "" if found else "the pack does not ask it here"
    if placed := _PLACED.fullmatch(statement.by):
        lines = set(_numbers(placed["lines"]))
        on_them = [question for question in _told(spec, research) if lines & _lines(question)]
        saying = (question for question in on_them if _writes(question, placed["words"], statement, spec))
        found = next(saying, None)
        return found, "" if found else "no item stands on these lines" if not on_them else "no item says it"
    return None, "nothing in the research"


def _says(question: Question, label: str, statement: Statement, spec: Spec) -> bool:
    """Whether a label is offered and writes; a rejected one has to stand among the alternatives."""
    labels = [option.label for option in offered(question)]
    given = next((one for one in [*labels, *FIXED] if label_key(one) == label_key(label)), None)
    if given is None:
        return False
    if statement.kind != "rejected":
        return bool(effects(question, Answer(question.id, (given,), because="x"), spec.sections))
    chosen = next(one for one in labels if one != given)
    told = effects(question, Answer(question.id, (chosen,), because="x"), spec.sections)
    return any(
        cells and cells[0].endswith(f": {given}") for cells in (effect.passage.cells for effect in told)
    )


def _told(spec: Spec, research: str) -> Iterator[Question]:
    """The items of the scope and the choices to confirm that stand in the document."""
    for question in spec.questions:
        if question.group in {"scope", "confirm"} and question.citations[0].path == research:
            yield question


def _writes(question: Question, words: str, statement: Statement, spec: Spec) -> bool:
    if statement.kind == "rejected":
        return False
    answer = Answer(question.id, (_CHOICES[statement.kind],))
    if question.group == "confirm":
        answer = Answer(question.id, text=question.answer or "")
    written = " ".join(effect.passage.text for effect in effects(question, answer, spec.sections))
    return words.casefold() in written.casefold()


def _lines(question: Question) -> set[int]:
    cited = question.citations[0]
    return set(range(cited.start, cited.end + 1))


def _numbers(lines: str) -> Iterator[int]:
    for part in lines.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def offered_and_used(found: Iterable[Replayed], specs: Iterable[Spec]) -> tuple[int, int]:
    """The items of the scope that drafts offer, and those of them that real specs take up."""
    offered_ones = sum(question.group == "scope" for spec in specs for question in spec.questions)
    taken = {
        (one.case.spec, one.question.id) for one in found if one.question and one.question.group == "scope"
    }
    return offered_ones, len(taken)


def share(found: Iterable[Replayed]) -> float:
    """The share that can be produced."""
    told = list(found)
    return sum(one.question is not None for one in told) / len(told) if told else 0.0


def missing_cards(found: Iterable[Replayed]) -> tuple[int, int]:
    """Questions that a real spec answered: those none of whose options says any of it, and all."""
    hit: dict[tuple[str, str], bool] = {}
    for one in found:
        if asked := _ASKED.fullmatch(one.statement.by):
            key = (one.case.spec, asked["id"])
            hit[key] = hit.get(key, False) or one.question is not None
    return sum(not says for says in hit.values()), len(hit)
