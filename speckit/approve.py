"""Approve: a spec gets a status that it has earned, and whoever gave it is recorded in its ledger.

    Draft ⇄ In Review → Approved → Implemented
      ↓         ↓           ↓           ↓
       Rejected             Deprecated

Back to a draft leads a way from everywhere. For In Review nothing may be wrong in the spec; for Approved and
Implemented nothing may be open either. Ending or lowering a status asks for nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from speckit.authoring import Authoring
from speckit.clarify import unanswered
from speckit.errors import ProjectError, RecipeError
from speckit.ledger.files import read_text, write_file
from speckit.provenance import decider
from speckit.review import Review, review
from speckit.template import Pack

DRAFT, IN_REVIEW, APPROVED, IMPLEMENTED = "draft", "in review", "approved", "implemented"
REJECTED, DEPRECATED = "rejected", "deprecated"
ENDS = {REJECTED, DEPRECATED}
ROADS = {  # where each status leads, besides back to a draft
    DRAFT: (IN_REVIEW, REJECTED),
    IN_REVIEW: (APPROVED, REJECTED),
    APPROVED: (IMPLEMENTED, IN_REVIEW, DEPRECATED),
    IMPLEMENTED: (DEPRECATED,),
    REJECTED: (),
    DEPRECATED: (),
}
UNSETTLED = {"Q001", "Q002", "Q003", "Q006"}  # what is open, provisional, disputed, or deferred to nobody


@dataclass(frozen=True, slots=True)
class Approval:
    """What came of it: with reasons, nothing was changed."""

    path: str
    before: str
    status: str
    by: str
    reasons: tuple[str, ...] = ()


def approve(spec: Path, status: str, on: dt.date) -> Approval:
    """Give a spec a status, or say why not.

    The status is recorded in the ledger and written into the document's metadata; all else stays.

    Args:
        spec: the document's path.
        status: one of its pack's, in any case and without what stands in brackets: `in review`.
        on: the day of it.

    Raises:
        SpeckitError: there is no such spec or status, or the ledger cannot be written.
    """
    found = review(spec)
    if found.ledger is None:
        raise ProjectError(f"{spec} has no ledger: name it YYYY-MM-DD-topic.md, in lower case")
    wanted = _named(found.pack, status)
    by = decider(found.root)
    made = Authoring(found.recipe, found.root, ledger=found.ledger) if found.recipe else None
    reasons = tuple(_reasons(found, made, wanted))
    if not reasons:
        found.ledger.record_status(wanted, by, on)
        if made:
            _export(made)
        else:
            _write_row(found, wanted)
    return Approval(spec.as_posix(), found.status[1], wanted, by, reasons)


def _named(pack: Pack, status: str) -> str:
    """The pack's status of that name."""
    found = next((known for known in pack.statuses if _key(status) in {_key(known), known.casefold()}), None)
    if found is None:
        raise RecipeError(f"{status!r} is no status: name one of {', '.join(pack.statuses)}")
    return found


def _key(status: str) -> str:
    """`In Review (RFC)` as `in review`."""
    return " ".join(status.partition("(")[0].casefold().replace("-", " ").split())


def _reasons(found: Review, made: Authoring | None, wanted: str) -> Iterator[str]:
    """Why a spec does not get a status, each with its place."""
    line, status = found.status
    here, before, after = found.named.as_posix(), _key(status), _key(wanted)
    if not line:
        yield f"{here}:1: the metadata table has no row 'Status'"
        return
    if before in ROADS and after in ROADS and after not in (DRAFT, *ROADS[before]):
        ways = [known for known in found.pack.statuses if _key(known) in ROADS[before]]
        yield f"{here}:{line}: from {status!r} the way leads to {' or '.join(ways) or found.pack.statuses[0]}"
        return
    if after == DRAFT or after in ENDS or (before, after) == (APPROVED, IN_REVIEW):
        return
    if made and not made.ledger.is_current(made.text):
        yield f"{here}:1: its research or its answers have changed since it was exported: export, and read it"
    problems = found.problems(ignore=("Q009", "S015"))  # they judge the status that there is
    settled = after != IN_REVIEW
    lines = {}
    if made and settled:
        lines = dict(_unsettled(made, found.text.split("\n")))
        yield from (f"{here}:{line}: {said}" for line, said in lines.items())
    for problem in problems:
        open_too = settled and problem.code in UNSETTLED and problem.line not in lines
        if problem.severity == "error" or open_too:
            yield f"{here}:{problem.line}: {problem.code} {problem.message}"


def _unsettled(made: Authoring, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The questions that the ledger does not hold a person's answer to, with their lines in the document."""
    waiting = unanswered(made.spec)
    for question in made.spec.questions:
        state = made.spec.state(question)
        if question in waiting or (state in {"provisional", "confirm"} and question.group != "statements"):
            places = (number for number, line in enumerate(lines, 1) if question.id in line)
            said = "provisional" if state == "confirm" else state
            yield next(places, 1), f"{question.id} is {said}: {question.text}"


def _export(made: Authoring) -> None:
    """Write the document with its new status, also over one that was typed into it."""
    made.refresh()
    exported = made.export()
    if exported.conflicts:
        made.export({conflict: "new" for conflict in exported.conflicts if _is_row(conflict.new)})


def _is_row(lines: Sequence[str]) -> bool:
    return len(lines) == 1 and lines[0].lstrip(" |").startswith("Status")


def _write_row(found: Review, wanted: str) -> None:
    """Write the status into a document that speckit did not make, and that it cannot export."""
    line, before = found.status
    text = read_text(found.root / found.path) or ""
    rows = text.split("\n")
    rows[line - 1] = rows[line - 1].replace(before, wanted)
    write_file(found.root / found.path, "\n".join(rows), lambda: read_text(found.root / found.path) == text)
