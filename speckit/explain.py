"""Who decided what, when, how and why, and what came of it; what was decided since a revision."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from speckit.authoring import Authoring
from speckit.contrast import decision_of, offered, topic_of
from speckit.errors import AnswersError, LedgerError
from speckit.export import plain
from speckit.ledger import Record, State
from speckit.ledger.bases import hand_edits
from speckit.model import Answer, Change, Pick, Question
from speckit.provenance import commit_named, names_at, text_at

OPENING = 60  # signs of a passage that tell which it is
Happened = Literal["made", "changed", "reopened", "disputed"]
_HOW = {
    "hand": "by hand",
    "file": "by an answers file",
    "box": "by a box ticked in the document",
    "adopt": "in the text as it was taken in",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with its decisions, and what the one that holds put into the spec.

    Args:
        question: its id.
        topic: its topic.
        text: its words; those at the last answer where it is no longer asked.
        state: open, answered, provisional, disputed or confirm; `gone` where it is no longer asked.
        records: every decision, the oldest first, as the ledger has it.
        holds: the ids of the records that hold now.
        rejected: the labels that were offered and not chosen.
        changes: the lines that the answer put into the spec, and those it took out.
    """

    question: str
    topic: str
    text: str
    state: str
    records: tuple[Record, ...]
    holds: tuple[str, ...]
    rejected: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a question since a revision: what was said before, and what is said now."""

    question: str
    topic: str
    happened: Happened
    before: tuple[Answer, ...]
    now: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """What happened to a spec since a revision: decisions, passages picked, and lines edited by hand."""

    path: str
    revision: str
    steps: tuple[Step, ...]
    picks: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def explain(authoring: Authoring, question: str = "") -> tuple[Explained, ...]:
    """Explain a question, or all that anybody decided.

    Raises:
        AnswersError: there is no such question; names the nearest.
    """
    state = authoring.ledger.answers()
    asked = {one: q for q in authoring.spec.questions for one in q.ids}
    known = {*asked, *state.heads}
    if question and question not in known:
        near = difflib.get_close_matches(question, known, 1)
        hint = f"did you mean {near[0]}?" if near else "`speckit new --json` lists the ids"
        raise AnswersError(f"no question {question!r} in {authoring.path}: {hint}")
    names = [question] if question else _in_order(authoring, state)
    return tuple(_explained(authoring, name, asked.get(name), state) for name in names)


def explain_since(authoring: Authoring, revision: str) -> Since:
    """Tell what was decided, and edited by hand, since a revision of git.

    Raises:
        LedgerError: git knows no such revision.
    """
    ledger = authoring.ledger
    commit = commit_named(ledger.specs, revision)
    if not commit:
        raise LedgerError(f"git knows no revision {revision!r} here: name a branch, a tag or a commit")
    before = ledger.answers(names_at(ledger.folder / "answers", commit))
    now = ledger.answers()
    asked = {one: topic_of(q) for q in authoring.spec.questions for one in q.ids}
    steps = (_step(name, asked, before, now) for name in _in_order(authoring, now))
    then = plain(text_at(ledger.document, commit))
    there = plain(ledger.document.read_bytes().decode("utf-8", "replace")) if ledger.document.exists() else ""
    adopted = () if ledger.adopted is None else (ledger.adopted,)
    gone, old = hand_edits(then, ledger.bases, adopted)
    removed, added = hand_edits(there, ledger.bases, adopted)
    return Since(
        authoring.path,
        revision,
        tuple(step for step in steps if step),
        tuple(_picked(before.picks, now.picks)),
        tuple(line for line in removed if line not in gone),
        tuple(line for line in added if line not in old),
    )


def _in_order(authoring: Authoring, state: State) -> list[str]:
    """The questions that somebody decided about, as the spec asks them; those that are gone last."""
    asked = [one for question in authoring.spec.questions for one in question.ids if one in state.heads]
    return list(dict.fromkeys([*asked, *(name for name in state.heads if name.startswith("q"))]))


def _explained(authoring: Authoring, name: str, question: Question | None, state: State) -> Explained:
    records = authoring.ledger.history(name)
    put = state.put.get(name)
    answer = next((answer for answer in state.answers if answer.question == name), None)
    labels = (
        [o.label for o in offered(question)] if question else [o.label for o in put.options] if put else []
    )
    changes = (
        authoring.compare(authoring.supposing(name, None), authoring.spec) if answer and question else ()
    )
    topic = topic_of(question) if question else (put.topic or put.text) if put else name
    return Explained(
        name,
        topic,
        question.text if question else put.text if put else "",
        authoring.spec.state(question) if question else "gone",
        records,
        state.heads.get(name, ()),
        tuple(label for label in labels if answer and label not in answer.choices),
        changes,
    )


def _step(name: str, asked: dict[str, str], before: State, now: State) -> Step | None:
    old, new = _said(name, before), _said(name, now)
    if _words(old) == _words(new):
        return None
    happened: Happened = "made"
    if len(new) > 1:
        happened = "disputed"
    elif not new:
        happened = "reopened"
    elif old:
        happened = "changed"
    put = now.put.get(name)
    return Step(name, asked.get(name) or (put.topic or put.text if put else name), happened, old, new)


def _picked(before: Sequence[Pick], now: Sequence[Pick]) -> Iterator[str]:
    """Passages that were taken into the draft, left out of it, or left to it again: a line each."""
    for pick in now:
        if pick not in before:
            yield f"{'taken into' if pick.taken else 'left out of'} {_passage(pick)}"
    still = {replace(pick, taken=True) for pick in now}
    for pick in before:
        if replace(pick, taken=True) not in still:
            yield f"left to the draft again in {_passage(pick)}"


def _passage(pick: Pick) -> str:
    words = " ".join(pick.text.split())
    return (
        f"“{pick.section}”: “{words[:OPENING].rstrip()}{' …' if len(words) > OPENING else ''}” ({pick.path})"
    )


def _said(name: str, state: State) -> tuple[Answer, ...]:
    sides = [side for dispute in state.disputes if dispute.question == name for side in dispute.sides]
    return (*(answer for answer in state.answers if answer.question == name), *sides)


def _words(answers: Iterable[Answer]) -> set[tuple[str, ...]]:
    return {(decision_of(a), a.because, a.note, a.by) for a in answers}


def as_text(found: Sequence[Explained]) -> str:
    """Explanations for a terminal: each decision, and the lines it changed as a diff."""
    return "\n\n".join("\n".join(_lines(one)) for one in found) or "Nobody has decided anything yet."


def as_markdown(found: Sequence[Explained]) -> str:
    """Explanations as markdown, their diffs fenced."""
    return "\n\n".join(_page(one) for one in found) or "Nobody has decided anything yet."


def _lines(one: Explained) -> list[str]:
    lines = [f"{one.question}  {one.topic}  ({one.state})", f"  {one.text}"]
    lines += [f"  {_told(record, one)}" for record in one.records]
    if one.rejected:
        lines.append(f"  rejected: {'; '.join(one.rejected)}")
    return [*lines, *(f"  {line}" for line in _diff(one.changes))]


def _page(one: Explained) -> str:
    lines = [f"### {one.topic} (`{one.question}`, {one.state})", "", f"> {' '.join(one.text.split())}", ""]
    lines += [f"- {_told(record, one)}" for record in one.records]
    if one.rejected:
        lines.append(f"- rejected: {'; '.join(one.rejected)}")
    return "\n".join([*lines, *(["", *_fenced(_diff(one.changes))] if one.changes else [])])


def _told(record: Record, one: Explained) -> str:
    """One decision: when, by whom, how, what and why; whether it still holds."""
    what = "took it back" if record.taken_back else f"decided “{decision_of(record.answer)}”"
    day = record.on.isoformat() if record.on else "on an unknown day"
    how = _HOW[record.via] + (f" ({record.source})" if record.source else "")
    because = f"; because: {record.because}" if record.because else ""
    note = f"; note: {record.note}" if record.note else ""
    past = "" if record.id in one.holds else " [replaced]"
    return f"{day}: {record.by or 'somebody'} {what}, {how}{because}{note}{past}"


def _diff(changes: Iterable[Change]) -> list[str]:
    lines = []
    for change in changes:
        lines.append(f"@@ {change.section} {change.title} @@")
        lines += [f"- {line}" for line in change.removed] + [f"+ {line}" for line in change.added]
    return lines


def _fenced(lines: Sequence[str]) -> list[str]:
    """Lines as a diff, behind a fence longer than any in them."""
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    return [f"{fence}diff", *lines, fence]


def since_as_text(since: Since) -> str:
    """What happened since a revision, for a terminal."""
    lines = [f"{step.happened}: {step.topic} ({step.question}): {_from_to(step)}" for step in since.steps]
    lines += [*since.picks, *(f"- {line}" for line in since.removed), *(f"+ {line}" for line in since.added)]
    return "\n".join([f"{since.path} since {since.revision}:", *(lines or ["nothing was decided or edited"])])


def since_as_markdown(since: Since) -> str:
    """What happened since a revision, as a comment of a pull request."""
    lines = [f"### `{since.path}` since `{since.revision}`", ""]
    rows = [f"| {step.happened} | {_cell(step.topic)} | {_cell(_from_to(step))} |" for step in since.steps]
    if rows:
        lines += ["| | Question | Decision |", "| --- | --- | --- |", *rows]
    elif not (since.picks or since.removed or since.added):
        lines.append("Nothing was decided or edited.")
    lines += ["", *(f"- {_cell(line)}" for line in since.picks)] if since.picks else []
    if since.removed or since.added:
        edits = [*(f"- {line}" for line in since.removed), *(f"+ {line}" for line in since.added)]
        lines += ["", "Edited by hand:", "", *_fenced(edits)]
    return "\n".join(lines)


def _from_to(step: Step) -> str:
    now = "; ".join(_side(answer) for answer in step.now) or "open"
    before = "; ".join(_side(answer) for answer in step.before)
    return f"{now} (before: {before})" if before else now


def _side(answer: Answer) -> str:
    because = f", because: {answer.because}" if answer.because else ""
    return f"“{decision_of(answer)}” by {answer.by or 'somebody'}{because}"


def _cell(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "\\<").split())
