"""What each panel tells, as markdown: pure functions of the spec being written."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from speckit.contrast import FIXED, offered, topic_of
from speckit.model import Group, Hit, Problem, Question, Section, Severity, Spec

if TYPE_CHECKING:
    from speckit.authoring import Authoring

NOTHING_YET = "*Choose a topic in the Start panel.*"
GROUPS: dict[Group, str] = {
    "scope": "Scope: what is in",
    "decide": "Decide: what the research leaves open",
    "confirm": "Confirm: what the research settled",
    "standing": "Standing: what every spec must say",
    "statements": "Statements to settle",
}

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
    for section in authoring.spec.sections:
        name = plain(f"{section.number} {section.title}".strip())
        stands = f"{state_of(section)}, {words(section)} words"
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
    """The problems, by section."""
    return problems_as_markdown(authoring.problems)


def problems_as_markdown(problems: tuple[Problem, ...]) -> str:
    """Problems as a list, errors first."""
    if not problems:
        return "No problems."
    order: tuple[Severity, ...] = ("error", "warning", "note")
    counts = Counter(problem.severity for problem in problems)
    told = ", ".join(f"{counts[name]} {name}{'s' * (counts[name] != 1)}" for name in order if counts[name])
    ranked = sorted(problems, key=lambda problem: (order.index(problem.severity), problem.line))
    lines = [
        f"* **{p.severity} {p.code}**, line {p.line}: {plain(p.message)}"
        + (f" *{plain(p.hint)}*" if p.hint else "")
        for p in ranked
    ]
    return "\n".join([told, "", *lines])


def state_of(section: Section) -> str:
    """What a section holds: an answer, a draft, a gap, something to decide, or nothing yet."""
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


def reasons(hit: Hit, link: str = "") -> str:
    """Where a document is, linked if there is a link, and why it was found: one line of markdown."""
    path = plain(hit.document.path)
    older = f"; possibly superseded by {hit.superseded_by}" if hit.superseded_by else ""
    return f"{f'[{path}]({link})' if link else path}: {plain('; '.join(hit.reasons) + older)}"


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
