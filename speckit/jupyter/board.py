"""The board: what waits for whom, over all specs of a folder; markdown, and a page made of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from speckit.jupyter.outcome import Asked, Outcome
from speckit.jupyter.panels import plain
from speckit.model import State

RECENT, MODERATE = 30, 90  # days; the tiers of evidence, as `locate` has them
WAITING: tuple[State, ...] = ("open", "disputed", "provisional", "confirm")
SETTLED = ("approved", "implemented")  # how a status starts whose answers others should not contradict


def board(outcomes: Sequence[Outcome], today: dt.date) -> str:
    """Tell where each spec stands, which answers contradict an approved one, and every question that waits.

    Args:
        outcomes: of the specs.
        today: the day from which the age of evidence is counted.

    Returns:
        Markdown.
    """
    asked: dict[str, list[tuple[Outcome, Asked]]] = defaultdict(list)
    for outcome in outcomes:
        for one in outcome.questions:
            asked[one.id].append((outcome, one))
    parts = [f"# Specs on {today.isoformat()}", "", *_specs(outcomes, today), ""]
    for title, lines in (
        ("Contradictions", [line for places in asked.values() for line in _contradictions(places)]),
        ("Questions that wait", [line for places in asked.values() for line in _question(places)]),
    ):
        parts += [f"## {title}", "", *(lines or ["None."]), ""]
    return "\n".join(parts)


def _specs(outcomes: Iterable[Outcome], today: dt.date) -> list[str]:
    lines = [
        "| Spec | Status | Open | Provisional | Disputed | To confirm | Problems | Evidence |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for outcome in outcomes:
        if outcome.error:
            cells = [plain(outcome.path), f"cannot be drafted: {plain(outcome.error)}", *[""] * 6]
        else:
            counts = [str(outcome.count(state)) for state in ("open", "provisional", "disputed", "confirm")]
            cells = [
                f"{plain(outcome.topic)} ({plain(outcome.path)})",
                plain(outcome.status),
                *counts,
                ", ".join(f"{n} {severity}{'s' * (n != 1)}" for severity, n in outcome.problems) or "none",
                _age(outcome, today),
            ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _age(outcome: Outcome, today: dt.date) -> str:
    """How old the newest and the oldest research is that a spec rests on."""
    days = sorted((today - dt.date.fromisoformat(date)).days for _, date in outcome.evidence if date)
    if not days:
        return "undated"
    tier = "recent" if days[0] <= RECENT else "moderate" if days[0] <= MODERATE else "aged"
    span = f"{days[0]}" if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    return f"{tier}, {span} days"


def _question(places: Sequence[tuple[Outcome, Asked]]) -> list[str]:
    """A question that waits anywhere, once, with its options and every spec that asks it."""
    waiting = [(outcome, asked) for outcome, asked in places if asked.state in WAITING]
    if not waiting:
        return []
    first = waiting[0][1]
    lines = [f"* **{plain(first.topic)}.** {plain(first.text)} · {first.id}"]
    letters = zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", first.options, strict=False)
    lines += [f"  * ({letter}) {plain(label)}" for letter, label in letters]
    for outcome, asked in places:
        decided = f": {plain(asked.decided)}" if asked.decided else ""
        lines.append(f"  * {asked.state} in {plain(outcome.path)}{decided}{_by(asked)}")
    return lines


def _contradictions(places: Sequence[tuple[Outcome, Asked]]) -> list[str]:
    """Answers that differ from that of an approved spec to the same question."""
    given = [(outcome, asked) for outcome, asked in places if asked.state in {"answered", "provisional"}]
    return [
        f"* **{plain(asked.topic)}** · {asked.id}: {_said(outcome, asked)}, "
        f"but {_said(settled, right)}, which is {plain(settled.status)}"
        for settled, right in given
        if settled.status.casefold().startswith(SETTLED)
        for outcome, asked in given
        if asked.decided.casefold() != right.decided.casefold()
    ]


def _said(outcome: Outcome, asked: Asked) -> str:
    return f"{plain(asked.decided)}{_by(asked)} in {plain(outcome.path)}"


def _by(asked: Asked) -> str:
    return f" (by {plain(asked.by)})" if asked.by else ""
