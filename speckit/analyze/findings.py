"""What a passage is: its kind of finding, by structure first, by words only where structure is silent.

Headings and the sentence that leads into a list predict what a passage is used for; topic words and modal
verbs hardly do. So a lead-in is asked first, then the headings from the nearest outwards, then the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from speckit.analyze.cues import QUESTION, SKIPPED, SUMMARY, plain, told_by
from speckit.analyze.passages import PATH, Excerpt, count_words
from speckit.markdown import first_title
from speckit.model import Document, Finding, FindingKind

LEAD_IN = 8  # words; a longer sentence that leads into a list is no label
LABEL = 3  # words; a paragraph of no more labels something and states nothing
ROWED: set[FindingKind] = {"reference", "component", "requirement", "exclusion"}
PROPOSING: set[FindingKind] = {"alternative", "requirement", "recommendation", "decision"}
DRAWN = 3  # lines with boxes or arrows that make a drawing

_BOLD_LEAD = re.compile(r"^(?:[-*+]\s+|\d+[.)]\s+)?\*\*(?P<subject>[^*\n]{2,80}?)[:.]?\*\*")
_BOX = re.compile(r"[─│┌┐└┘├┤┬┴┼═║╔╗╚╝▼▲►◄→←↓↑]|-->|==>|<--|\+-{3,}\+")
_TREE = re.compile(r"[├└]──")
_SOURCE = re.compile(
    r"^\W*(?:sources?|locations?|files?|references?|see(?: also)?|date|status)\b[*_]*:[^\n]{0,160}$",
    re.IGNORECASE,
)
_WEIGHED = re.compile(r"\b(?:pros?|cons?|advantages?|disadvantages?|trade-?offs?|verdict)\b", re.IGNORECASE)
_EXCLUDES = re.compile(r"\b(?:(?:out of|not in) scope|non-goals?|(?:deliberately|intentionally) not)\b")
# Of a part that is not there yet: it is one of the change, no place in today's code.
_PLANNED = re.compile(
    r"\b(?:to be (?:written|added|created|built)|do(?:es)? not exist yet)\b|\(new(?: file)?\)",
    re.IGNORECASE,
)
_DECIDES = re.compile(r"\b(?:instead of|rather than|was chosen|we chose|decided to|chosen because)\b")


def findings(document: Document, cut: Sequence[Excerpt]) -> Iterator[Finding]:
    """What a document says, passage by passage.

    Args:
        document: where the passages stand.
        cut: its passages, in reading order.
    """
    called = plain(first_title(document.text))
    for excerpt in cut:
        titles = [plain(heading) for heading in excerpt.headings]
        below = [title for title in titles if title != called]
        if any(SKIPPED.search(title) for title in (*below, plain(excerpt.lead))):
            continue
        kind = kind_of(excerpt, titles)
        if rows := _rows(excerpt, kind):
            for line, cells in rows:
                text = f"| {' | '.join(cells)} |"
                named = kind if kind == "exclusion" or not PATH.match(cells[0]) else "reference"
                yield Finding(named, text, document.cite(line, line), cells[0], excerpt.headings)
        elif excerpt.form == "code" or _states(excerpt):
            yield _finding(document, excerpt, kind, _told_above(titles))


def kind_of(excerpt: Excerpt, titles: Sequence[str]) -> FindingKind:
    """The kind of finding that a passage is.

    Args:
        excerpt: the passage.
        titles: the headings above it, plain, outermost first.
    """
    if excerpt.form == "code":
        return "diagram" if is_diagram(excerpt) else "code"
    nearest = titles[-1] if titles else ""
    if excerpt.form == "item" and PATH.match(excerpt.text):
        named: FindingKind = "component" if _PLANNED.search(excerpt.text) else "reference"
        return "exclusion" if told_by(nearest) == "exclusion" else named
    label = excerpt.lead if count_words(excerpt.lead) <= LEAD_IN else ""
    kind = told_by(plain(label or _bold(excerpt.text)))
    if kind is None and QUESTION.search(nearest):
        kind = "question"
    elif kind is None and SUMMARY.search(nearest):
        kind = "summary"
    elif kind is None and _EXCLUDES.search(excerpt.text):
        kind = "exclusion"
    elif kind is None and _DECIDES.search(excerpt.text):
        kind = "decision"
    return kind or _told_above(titles) or "detail"


def is_diagram(excerpt: Excerpt) -> bool:
    """Whether a code block draws something: mermaid, or boxes and arrows; a file tree is none."""
    if excerpt.info in {"mermaid", "plantuml", "dot"}:
        return True
    lines = excerpt.text.split("\n")
    drawn = sum(bool(_BOX.search(line)) for line in lines)
    tree = sum(bool(_TREE.search(line)) for line in lines)
    return excerpt.info in {"", "text", "txt", "ascii"} and drawn >= DRAWN and drawn > 2 * tree


def _told_above(titles: Sequence[str]) -> FindingKind | None:
    """The kind that the nearest heading announces that announces one, below the document's title."""
    return next((kind for title in reversed(titles[1:]) if (kind := told_by(title))), None)


def _finding(document: Document, excerpt: Excerpt, kind: FindingKind, above: FindingKind | None) -> Finding:
    subject = _bold(excerpt.text) or (excerpt.headings[-1] if excerpt.headings else "")
    text = excerpt.text
    if excerpt.form == "code":
        text = "\n".join(filter(None, [excerpt.lead, f"```{excerpt.info}", excerpt.text, "```"]))
    planned = excerpt.form == "code" and (told_by(plain(excerpt.lead)) or above) in PROPOSING
    cited = document.cite(excerpt.start, excerpt.end)
    return Finding(kind, text, cited, subject, excerpt.headings, planned=planned)


def _bold(text: str) -> str:
    found = _BOLD_LEAD.match(text)
    return found["subject"] if found else ""


def _states(excerpt: Excerpt) -> bool:
    """Whether a passage says something, rather than only announcing or labelling what is not with it."""
    words = count_words(excerpt.text)
    announces = excerpt.form == "prose" and excerpt.text.rstrip(" *_").endswith(":")
    return words > LABEL and not announces and not _SOURCE.match(excerpt.text)


def _rows(excerpt: Excerpt, kind: FindingKind) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows of a table each of which can stand alone, with their lines; none for any other passage.

    Such are tables of files, and those whose rows name parts, what is to hold, or options that are weighed.
    """
    if not excerpt.rows:
        return ()
    (_, header), *rows = excerpt.rows
    rows = [(line, cells) for line, cells in rows if any(cells)]
    files = all(PATH.match(cells[0]) for _, cells in rows)
    weighed = kind == "alternative" and any(_WEIGHED.search(cell) for cell in header)
    return tuple(rows) if rows and (files or weighed or kind in ROWED) else ()
