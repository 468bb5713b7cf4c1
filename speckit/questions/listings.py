"""Options on lines of their own: boxes, lettered items, bullets, tables, what is and what could be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from speckit.questions.alternatives import is_fragment
from speckit.questions.entry import Note
from speckit.questions.offer import LETTERED, Offer, read_note, read_offer, weighed
from speckit.questions.stance import Part
from speckit.questions.wording import asks, sentences

_BOX = re.compile(r"^\[[ xX]\]\s+\S")
_NAMED = re.compile(r"^(?:\*\*)?(?P<name>[^\W\d_][\w\s./@+'\u2019-]{0,40}?)(?:\*\*)?:(?:\*\*)?\s")
# Names of what is said about a question, not of an answer to it.
_ABOUT = re.compile(
    r"(?:recommend|propos|current|decision|answer|resol|impact|context|note|status|default|pros?\b|cons?\b|rationale"
    r"|owner|trade|what|know|unclear)",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"^[*_]{0,2}(?:recommend\w+|proposal|default)[*_]{0,2}:[*_]{0,2}\s(?P<what>.+)", re.IGNORECASE | re.DOTALL
)
ANNOUNCES = re.compile(
    r"\b(?:options?|alternatives|candidates|choices|possibilities|approaches|ways|solutions|consider|either"
    r"|one of)\b",
    re.IGNORECASE,
)
# What a table's first column is called where its rows are options.
_CHOICES = re.compile(
    r"\b(?:options?|alternatives?|candidates?|choices?|possibilit(?:y|ies)|approach(?:es)?|ways?|variants?"
    r"|solutions?|methods?|strateg(?:y|ies))\b",
    re.IGNORECASE,
)
_FOR = ("pro", "adv", "ben", "gain", "strength")
_AGAINST = ("con", "dis", "draw", "trade", "cost", "risk", "weak")
_WH = re.compile(r"(?:^|[:,;]\s|\b(?:and|or)\s)(?:what|which|where|how|who|when)\b", re.IGNORECASE)
# `should it …:`, a question that its list ends.
_INVERTED = re.compile(
    r"(?:^|[,;:][\"”]?\s|\bor\s)(?:should|shall|do|does|is|are|can|could|would|will)\s\w", re.IGNORECASE
)
_FURTHER = re.compile(
    r"(?:is|are|does|do|can|could|should|would|what|which|how|why|who|when|where)\b[^?]*\?", re.IGNORECASE
)
CURRENT = "current"  # the tradeoff of what there is today
LONG = 40  # words of an item that is still an option


def boxes(notes: Sequence[Note]) -> list[Offer]:
    """Items with a box."""
    return _read(
        notes, [at for at, note in enumerate(notes) if note.kind == "item" and _BOX.match(note.text)]
    )


def lettered(notes: Sequence[Note]) -> list[Offer]:
    """Items, paragraphs or headings that begin with `(A)`, `Option 1:` and the like."""
    kinds = {"item", "heading", "paragraph"}
    marks = [LETTERED.match(note.text) if note.kind in kinds else None for note in notes]
    signs = [mark[0].strip("*() :.") for mark in marks if mark]
    return _read(notes, [at for at, mark in enumerate(marks) if mark]) if len({*signs}) == len(signs) else []


def tables(notes: Sequence[Note]) -> list[Offer]:
    """A table whose first column names options."""
    for note in notes:
        if note.rows and note.rows[0] and _CHOICES.search(note.rows[0][0]):
            header, *rows = note.rows
            return [_row(header, row, note.start + 2 + at) for at, row in enumerate(rows) if row and row[0]]
    return []


def bullets(asked: str, notes: Sequence[Note]) -> list[Offer]:
    """Plain items, where the text before them asks which of them it is to be."""
    depths = [note.depth for note in notes if note.kind == "item"]
    top = min(depths, default=0)
    places = [
        at for at, note in enumerate(notes) if note.kind == "item" and note.depth == top and not _about(note)
    ]
    if len(places) < 2:
        return []
    plain = [notes[at] for at in places]
    before = [note.text for note in notes[: places[0]] if note.kind == "paragraph"]
    text = (before or [asked])[-1].rstrip()
    last = (sentences(text) or [""])[-1]
    goes_on = text.endswith(":") or text[-1:].isalpha()
    announced = goes_on and (ANNOUNCES.search(last) or asks(last) or _INVERTED.search(last))
    chosen_from = (
        asks(text)
        and _WH.search(last)
        and all(len(note.text.split()) <= LONG and not _NAMED.match(note.text) for note in plain)
    )
    if _one_is_recommended(plain, notes):
        notes = [replace(note, text=_NAMED.sub(r"**\g<name>**: ", note.text)) for note in notes]
        return _read(notes, places)
    further = [at for at in places if _FURTHER.match(notes[at].text)]
    if len(further) > 1 or not (announced or chosen_from or guessed(plain)):
        return []
    return _read(notes, [at for at in places if at not in further])


def _one_is_recommended(items: Sequence[Note], notes: Sequence[Note]) -> bool:
    """Whether what is recommended is one of the items by its name, `Fast: …`, `Recommendation: Fast`."""
    names = [named["name"].casefold() for note in items if (named := _NAMED.match(note.text))]
    said = (_RECOMMENDS.match(note.text) for note in notes)
    told = [match["what"].casefold() for match in said if match]
    return len(names) == len(items) and any(
        re.match(rf"{re.escape(name)}\b", what) for name in names for what in told
    )


def guessed(items: Sequence[Note]) -> bool:
    """Whether items guess at an answer, `Per day?`, rather than ask something else."""
    return len(items) > 1 and all(
        note.text.find("?") == len(note.text.rstrip()) - 1
        and is_fragment(note.text)
        and " or " not in note.text
        for note in items
    )


def current_and_alternatives(told: Sequence[Part]) -> list[Offer]:
    """`Current: …` and `Alternative: …`: what is and what could be."""
    others = [part for part in told if part.said == "alternative" and part.text]
    today = [
        part
        for part in told
        if part.said == "about" and part.text and part.cue.strip("*_ (").lower().startswith("current")
    ]
    if not others or len(others) + len(today) < 2:
        return []
    now = [_stated(part) for part in today[:1]]
    return [*(replace(offer, tradeoff=offer.tradeoff or CURRENT) for offer in now), *map(_stated, others)]


def _read(notes: Sequence[Note], places: Sequence[int]) -> list[Offer]:
    """The notes at these places as options, each with what stands under it."""
    if len(places) < 2:
        return []
    ends = [*places[1:], len(notes)]
    return [
        read_note(
            notes[at],
            [
                note
                for note in notes[at + 1 : end]
                if note.depth > notes[at].depth or notes[at].kind == "heading"
            ],
        )
        for at, end in zip(places, ends, strict=True)
    ]


def _about(note: Note) -> bool:
    named = _NAMED.match(note.text)
    return bool(named and _ABOUT.match(named["name"]))


def _row(header: Sequence[str], row: Sequence[str], line: int) -> Offer:
    cells = list(zip([name.casefold().strip("* ") for name in header], row, strict=False))[1:]
    pros = [cell for name, cell in cells if cell and name.startswith(_FOR)]
    cons = [cell for name, cell in cells if cell and name.startswith(_AGAINST)]
    offer = read_offer(row[0])
    return Offer(offer.label, weighed(pros, cons) or offer.tradeoff, line, line, offer.recommended)


def _stated(part: Part) -> Offer:
    text = (sentences(part.text) or [""])[0]
    offer = read_offer(text.rstrip(" .)") if text.count(")") > text.count("(") else text)
    lines = (part.note.start, part.note.end) if part.note else (0, 0)
    return Offer(offer.label, offer.tradeoff, *lines)
