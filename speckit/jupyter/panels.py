"""What each panel tells, as markdown: pure functions of the spec being written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from speckit.contrast import FIXED, offered, topic_of
from speckit.ledger.bases import read_page
from speckit.ledger.files import may_write
from speckit.model import Group, Hit, Problem, Question, Section, Severity, Spec
from speckit.reading import edited

if TYPE_CHECKING:
    from speckit.approve import Approval
    from speckit.authoring import Authoring
    from speckit.merge import Conflict

NOTHING_YET = "*Choose a topic in the Start panel.*"
GROUPS: dict[Group, str] = {
    "scope": "Scope: what is in",
    "decide": "Decide: what the research leaves open",
    "confirm": "Confirm: what the research settled",
    "standing": "Standing: what every spec must say",
    "statements": "Statements to settle",
}

PLACES = 5  # of a problem that stands in many
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def start(authoring: Authoring) -> str:
    """The topic, the project and the document."""
    spec = authoring.spec
    rows = [
        ("Topic", spec.topic),
        ("Document", f"{authoring.path}, {spec.status}, by {spec.author or 'nobody named'}"),
        ("Research", f"{len(authoring.corpus.documents)} documents in {authoring.recipe.research}/"),
        ("Template", spec.template),
    ]
    if not may_write(authoring.ledger.folder / "answers"):
        rows.append(("Access", "you may look on; answers need permission to write into the folder of specs"))
    notices = [f"* {plain(notice)}" for notice in authoring.notices]
    skipped = [f"* Left out {plain(s.path)}: {plain(s.reason)}" for s in authoring.corpus.skipped]
    told = [f"* **{name}**: {plain(value)}" for name, value in rows]
    return "\n".join([*told, *notices, *skipped])


def research(authoring: Authoring) -> str:
    """The ranked documents, those that the draft rests on marked."""
    taken = {document.path for document in authoring.documents}
    newer = [f"**{authoring.newer}**, not taken in.", ""] if authoring.newer.hits else []
    return "\n".join([*newer, *(_ranked(hit, hit.document.path in taken) for hit in authoring.hits)])


def draft(authoring: Authoring) -> str:
    """The outline: what each section holds and where it stands."""
    lines = []
    changed = edited_sections(authoring)
    for section in authoring.spec.sections:
        name = plain(f"{section.number} {section.title}".strip())
        stands = f"{state_of(section, changed)}, {words(section)} words"
        indent = "  " * section.number.strip(".").count(".")
        lines.append(f"{indent}* {name} — {stands}" if section.passages else f"{indent}* {name}")
    return "\n".join(lines)


def questions(authoring: Authoring) -> str:
    """Every question with its options, in the form "(A) Option — tradeoff", by group."""
    spec = authoring.spec
    lines: list[str] = []
    for group, title in GROUPS.items():
        asked = [question for question in spec.questions if question.group == group]
        if not asked:
            continue
        lines += [f"### {title}", ""]
        for question in asked:
            lines += [*_card(question, spec), ""]
    return "\n".join(lines) or "No open question."


def checks(authoring: Authoring) -> str:
    """The problems, the worst first."""
    problems = authoring.problems
    if not problems:
        return "No problems."
    told = [listed(problems, severity) for severity in SEVERITIES]
    return "\n\n".join([f"**{counted(problems)}**", *filter(None, told)])


def counted(problems: Sequence[Problem]) -> str:
    """How many problems there are of each severity: `2 errors, 1 note`."""
    counts = Counter(problem.severity for problem in problems)
    told = [f"{counts[name]} {name}{'s' * (counts[name] != 1)}" for name in SEVERITIES if counts[name]]
    return ", ".join(told) or "no problems"


def listed(problems: Sequence[Problem], severity: Severity, document: str = "") -> str:
    """The problems of a severity as a list, those that say the same on one line with all their places.

    Args:
        problems: all problems.
        severity: of those that are listed.
        document: what leads to the document, if anything does; its lines are linked then.
    """
    same: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        if problem.severity == severity:
            same.setdefault((problem.code, problem.message, problem.hint), []).append(problem)
    return "\n".join(
        f"* {severity} **{code}** {plain(message)}"
        + (f"; {plain(hint)}" if hint else "")
        + f" ({_places(found, document)})"
        for (code, message, hint), found in same.items()
    )


def _places(problems: Sequence[Problem], document: str) -> str:
    """`2.1, line 14`, or how many there are and in which sections, with the lines of the first few."""
    sections = plain(", ".join(dict.fromkeys(problem.section or "the document" for problem in problems)))
    told = [f"[{p.line}]({document}#L{p.line})" if document else str(p.line) for p in problems]
    if len(problems) == 1:
        return f"{sections}, line {told[0]}"
    more = ", …" if len(told) > PLACES else ""
    lines = f": lines {', '.join(told[:PLACES])}{more}" if document else ""
    return f"{len(problems)} times, in {sections}{lines}"


def approval(given: Approval) -> str:
    """What came of asking for a status: it is given, or the reasons why not."""
    if given.reasons:
        reasons = "\n".join(f"* {plain(reason)}" for reason in given.reasons)
        return f"**Not {plain(given.status)} yet:**\n\n{reasons}"
    return f"**{plain(given.status)}**, by {plain(given.by)}. Before: {plain(given.before)}."


def both_sides(conflict: Conflict) -> str:
    """An edit in the file, and the passage that it meets."""
    sides = (("The edit", conflict.file), ("The new text", conflict.new))
    told = "\n\n".join(f"{name}:\n\n> {plain(' '.join(lines))}" for name, lines in sides)
    return f"**{plain(conflict.place)}**\n\n{told}"


def edited_sections(authoring: Authoring) -> frozenset[str]:
    """The titles of the sections that somebody edited in the document since its export."""
    ledger = authoring.ledger
    page = read_page(ledger.document, ledger.bases, adopted=ledger.adopted)
    if page.text is None or not page.bases:
        return frozenset()
    return edited(page.bases[-1], page.text, authoring.pack)


def state_of(section: Section, edited: Collection[str] = ()) -> str:
    """What a section holds: an edit, an answer, a draft, a gap, something to decide, or nothing yet.

    Args:
        section: the section.
        edited: the titles of the sections that somebody edited by hand.
    """
    if section.title in edited:
        return "edited"
    kinds = {passage.kind for passage in section.passages}
    if "decide" in kinds:
        return "to decide"
    if "gap" in kinds:
        return "gap"
    if any(passage.origin == "answer" for passage in section.passages):
        return "answered"
    return "drafted" if kinds else "empty"


def words(section: Section) -> int:
    """How many words a section's passages have."""
    return sum(
        len(passage.text.split()) + len(" ".join(passage.cells).split()) for passage in section.passages
    )


def plain(text: str) -> str:
    """Untrusted text as one line of markdown that shows it as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _ranked(hit: Hit, taken: bool) -> str:
    document = hit.document
    line = f"* {'☑' if taken else '☐'} **{plain(document.title)}** · {document.date or 'undated'}, {hit.tier}"
    return f"{line}\n\n  {reasons(hit)}\n"


def reasons(hit: Hit, link: str = "", permalink: str = "") -> str:
    """Where a document is and why it was found: one line of markdown.

    Args:
        hit: the document.
        link: what its path leads to, if anything.
        permalink: where it stands on a forge, if anywhere.
    """
    path = plain(hit.document.path)
    older = f"; possibly superseded by {hit.superseded_by}" if hit.superseded_by else ""
    where = f"[{path}]({link})" if link else path
    forge = f" ([permalink]({permalink}))" if permalink else ""
    return f"{where}{forge}: {plain('; '.join(hit.reasons) + older)}"


def _card(question: Question, spec: Spec) -> list[str]:
    state = spec.state(question)
    where = ", ".join(citation.label for citation in question.citations[:3])
    lines = [
        f"**{plain(topic_of(question))}.** {plain(question.text)} *{state}* · {question.id}"
        + (f" · {plain(where)}" if where else ""),
        "",
    ]
    for letter, option in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", offered(question), strict=False):
        tradeoff = option.tradeoff or ("" if option.label in FIXED else "tradeoff not stated")
        lines.append(
            f"* ({letter}) {plain(option.label)}"
            + (f" — {plain(tradeoff)}" if tradeoff else "")
            + f" *[{option.origin}]*"
        )
    if question.recommended:
        lines.append(f"* The research recommends: {plain(question.recommended)}")
    if question.answer:
        lines.append(f"* The research answers: {plain(question.answer)}")
    return lines
