"""The questions as the deck shows them: plain JSON of text, never of markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from speckit.clarify import answer_of
from speckit.contrast import IN_SCOPE, LATER, NOT_NOW, label_key, offered, target_of, topic_of
from speckit.jupyter.views import place_of
from speckit.model import Answer, Citation, Option, Question, Quote, Spec
from speckit.template.render import DECIDE

if TYPE_CHECKING:
    from speckit.authoring import Authoring

Quotes = Callable[[Question, Option], Iterable[Quote]]

_TOLD_ELSEWHERE = {"summary", "questions"}
_NO_TARGET = {*_TOLD_ELSEWHERE, "alternatives", "diagram"}  # their text is made of all answers, or drawn
_UNSAID = {"not stated", "Selected", "—"}  # cells that say nothing that is not seen
_CITED = re.compile(r"\s*\[`?[^\]\n]*:\d+(?:-\d+)?`?\]\([^)\n]*\)")
_MARK = re.compile(r"^\s*(?:[-*+] )?(?:\[(?P<box>[ x])\] )?|\s*<!--.*?-->")
_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_ASIDE = re.compile(rf"#|{_RULE.pattern}|(?:[-*+] )?(?:{re.escape(DECIDE)}|Not in the research: )")
_EMPHASIS = re.compile(r"\*{1,2}([^*\n]+)\*{1,2}")
_BACKSLASH = re.compile(r"\\([\\`*_\[\]<>|#~=-])")


def card(
    authoring: Authoring, question: Question, quotes: Quotes, near: tuple[str, ...] = ()
) -> dict[str, Any]:
    """All that is known of a question before anybody chooses.

    Args:
        authoring: the spec being written.
        question: the question.
        quotes: as `Authoring.quotes`.
        near: the ids of related questions.
    """
    spec = authoring.spec
    options = offered(question)
    labels = {option.label for option in options}
    recommended = _recommended(question, options)
    target = target_of(question, spec.sections)
    given = answer_of(spec, question)
    return {
        "id": question.id,
        "group": question.group,
        "topic": topic_of(question),
        "text": " ".join(question.text.split()),
        "state": spec.state(question),
        "multiple": question.multiple,
        "origin": question.origin,
        "target": target.number if target else "",
        "related": list(near),
        "recommended": "" if recommended else question.recommended or "",
        "resolved": question.answer or "",
        "cited": [_cited(citation) for citation in question.citations],
        "options": [
            _option(option, quotes(question, option)) | {"recommended": option.label == recommended}
            for option in options
        ],
        "fixed": [label for label in (NOT_NOW, LATER) if label not in labels],
        "given": said(given) if given else None,
        "shaken": _shaken(authoring, question),
        "sides": [
            said(side)
            for dispute in spec.disputes
            if dispute.question in question.ids
            for side in dispute.sides
        ],
    }


def targets(authoring: Authoring) -> list[dict[str, str]]:
    """The sections that an answer can be written into, by number."""
    drafted = authoring.drafted.spec.sections
    own = {section.number for section in authoring.pack.sections}
    return [
        {"number": s.number, "name": f"{s.number} {s.title}", "role": s.role}
        for s in drafted
        if s.number in own and s.role not in _NO_TARGET
    ]


def _shaken(authoring: Authoring, question: Question) -> dict[str, Any] | None:
    """The answer that needs confirmation here: what the research said when it was given, and says now."""
    one = next((one for one in authoring.shaken if one.question in question.ids), None)
    if one is None:
        return None
    return said(one.answer) | {"reason": one.reason, "before": one.before, "now": one.now}


def said(answer: Answer) -> dict[str, Any]:
    """An answer as the deck shows it."""
    return {
        "choices": list(answer.choices),
        "text": answer.text,
        "later": answer.later,
        "because": answer.because,
        "note": answer.note,
        "detail": answer.detail,
        "target": answer.target,
        "by": answer.by,
        "on": answer.on.isoformat() if answer.on else "",
        "provisional": answer.provisional,
    }


def differences(before: Spec, after: Spec, authoring: Authoring) -> list[dict[str, Any]]:
    """What one state of the spec says otherwise than another, line by line, as text.

    Left out is what every answer changes: the summary, the list of questions, and what marks a gap.
    """
    told = {
        section.title: i for i, section in enumerate(after.sections) if section.role not in _TOLD_ELSEWHERE
    }
    changes = [change for change in authoring.compare(before, after) if change.title in told]
    found = [
        {
            "section": f"{change.section} {change.title}".strip(),
            "removed": _plain_lines(change.removed),
            "added": _plain_lines(change.added),
        }
        for change in sorted(changes, key=lambda change: told[change.title])
    ]
    return [change for change in found if change["removed"] or change["added"]]


def _option(option: Option, quotes: Iterable[Quote]) -> dict[str, Any]:
    return {
        "label": option.label,
        "tradeoff": " ".join(option.tradeoff.split()),
        "origin": option.origin,
        "quotes": [
            {"text": quote.text, "stance": quote.stance, "cited": _cited(quote.citation)} for quote in quotes
        ],
    }


def _recommended(question: Question, options: tuple[Option, ...]) -> str:
    """The label of the option that the research recommends, where the two say the same."""
    words = label_key(question.recommended or "")
    same = {"yes": IN_SCOPE, "no": NOT_NOW}.get(words)
    return next((o.label for o in options if words and (label_key(o.label) == words or o.label == same)), "")


def _cited(citation: Citation) -> dict[str, str]:
    return {
        "label": citation.label,
        "quote": citation.quote,
        "place": place_of(citation.path, citation.start),
    }


def _plain_lines(lines: tuple[str, ...]) -> list[str]:
    """Markdown lines as a reader says them: without marks and citations, headings and heads of tables."""
    heads = {i for i, line in enumerate(lines, -1) if _RULE.match(line)}
    told = (_plain(line) for i, line in enumerate(lines) if i not in heads and not _ASIDE.match(line))
    return [line for line in told if line]


def _plain(line: str) -> str:
    text = _MARK.sub(lambda m: "☑ " if m["box"] == "x" else "☐ " if m["box"] else "", _CITED.sub("", line))
    if text.lstrip().startswith("|"):
        cells = (cell.strip() for cell in text.strip().strip("|").split("|"))
        text = " · ".join(cell for cell in cells if cell and cell not in _UNSAID)
    return _BACKSLASH.sub(r"\1", _EMPHASIS.sub(r"\1", text)).strip()
