"""The options that a document states for a question, in whatever form it lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from speckit.questions.alternatives import alternatives, imperatives, listed, parted, tidy, versus
from speckit.questions.sections import Entry, Note
from speckit.questions.stance import Part
from speckit.questions.wording import Lead, asks, masked, one_line, outside, sentences, unmarked

_BOX = re.compile(r"^\[[ xX]\]\s+")
# `(A)`, `a)`, `Option 2:`, `Alternative B —`: a label that counts.
_LETTERED = re.compile(
    r"^(?:\*\*)?(?:(?:option|alternative|approach|choice|variant)\s\(?[A-Za-z0-9]{1,2}\)?|\([A-Za-z0-9]\)|[A-Za-z]\))"
    r"(?P<joint>\s?(?:[:.)—\u2013]|--?(?=\s))|(?=\s|\*))\s?",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"(?:^|(?<=[\s(,;:]))(?:\*\*)?(?:option\s)?\((?P<sign>[a-h1-8]|i{1,3}v?)\)(?:\*\*)?:?\s", re.IGNORECASE
)
_OPTION_WORD = re.compile(
    r"(?:^|(?<=[\s(,;:.]))(?:\*\*)?(?:option|alternative|approach)\s(?P<sign>[A-H1-8])(?:\*\*)?(?::|\s[—\u2013-]|\))\s",
    re.IGNORECASE,
)
_FACT = re.compile(r"^(?:\*\*)?(?P<name>[^\W\d_][\w\s./@+-]{0,40}?)(?:\*\*)?:(?:\*\*)?\s")
_PRO_CON = re.compile(
    r"^(?:\*\*)?(?P<side>pros?|advantages?|benefits?|\+|cons?|disadvantages?|drawbacks?|trade-?offs?|costs?|risks?)(?:\*\*)?\s?:(?:\*\*)?\s",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\b(?:options?|alternatives|candidates|choices|possibilities|approaches|consider|either|one of)\b",
    re.IGNORECASE,
)
_WH = re.compile(r"(?:^|[:,;]\s|\b(?:and|or)\s)(?:what|which|where|how|who|when)\b", re.IGNORECASE)
# `should it …:`, a question that its list ends.
_INVERTED = re.compile(
    r"(?:^|[,;:]\s|\bor\s)(?:should|shall|do|does|is|are|can|could|would|will)\s\w", re.IGNORECASE
)
_DASH = re.compile(r"\s(?:—|\u2013|--|-)\s")
_RECOMMENDED = re.compile(
    r"\s?[(*]{1,3}(?:recommended|preferred|default|proposed)\b(?:\s?[—\u2013:,-]\s?(?P<why>[^()]{0,300}))?[)*]{1,3}",
    re.IGNORECASE,
)
_SERIES = ("abcdefgh", "12345678", ["i", "ii", "iii", "iv"])
_LAST_CUT = re.compile(r"(?<=[.?!])\s+(?=[A-Z`*(])")
# Where what is done ends and how or why begins.
_DETAIL = re.compile(
    r",\s(?=(?:relying|using|since|so|which|because|given|matching|ensuring|eliminating|while|whereas|leaving|with)\b)",
    re.IGNORECASE,
)
WORDY = 8  # words of a label that is cut at its first subordinate clause
LONG = 40  # words of an item that is still an option


@dataclass(frozen=True, slots=True)
class Offer:
    """An option in the text: `line` and `end` where it stands on lines of its own, else 0."""

    label: str
    tradeoff: str = ""
    start: int = 0
    end: int = 0
    recommended: bool = False


def offers_of(entry: Entry, lead: Lead, told: Sequence[Part]) -> tuple[Offer, ...]:
    """The options of a question, in the order of the text; none where it states fewer than two."""
    asked = unmarked(" ".join(part.text for part in told if part.note is None and part.said == "asked"))
    found = (
        _boxes(entry.notes)
        or _current_and_alternatives([part for part in told if part.note])
        or _lettered_notes(entry.notes)
        or _table(entry.notes)
        or _series(lead, told)
        or _bullets(entry, lead, told, asked)
        or _announced(told)
        or _in_sentences(lead, asked)
        or _current_and_alternatives(told)
    )
    distinct = list({offer.label.casefold(): offer for offer in found if offer.label}.values())
    if {offer.label.casefold() for offer in distinct} <= {"yes", "no"} or len(distinct) < 2:
        return ()
    return tuple(distinct)


def _boxes(notes: Sequence[Note]) -> list[Offer]:
    return _list_of(notes, [note for note in notes if note.kind == "item" and _BOX.match(note.text)])


def _lettered_notes(notes: Sequence[Note]) -> list[Offer]:
    """Items, paragraphs or headings that begin with `(A)`, `Option 1:` and the like."""
    found = [
        note for note in notes if note.kind in {"item", "heading", "paragraph"} and _LETTERED.match(note.text)
    ]
    return _list_of(notes, found) if len(found) > 1 else []


def _list_of(notes: Sequence[Note], chosen: Sequence[Note]) -> list[Offer]:
    """Notes as options, each with the pros and cons that stand under it."""
    offers = []
    for note in chosen:
        at = notes.index(note)
        after = next(
            (i for i in range(at + 1, len(notes)) if notes[i] in chosen or notes[i].depth <= note.depth < 0),
            len(notes),
        )
        below = [
            inner for inner in notes[at + 1 : after] if inner.depth > note.depth or note.kind == "heading"
        ]
        offers.append(_offer(note, below))
    return offers


def _offer(note: Note, below: Sequence[Note] = ()) -> Offer:
    text = one_line(_LETTERED.sub("", _BOX.sub("", note.text)))
    offer = read_offer(text)
    stated = _weighed(below)
    return Offer(offer.label, stated or offer.tradeoff, note.start, note.end, offer.recommended)


def read_offer(text: str) -> Offer:
    """Part an option's text into label and tradeoff."""
    text = _LETTERED.sub("", text)
    mark = _RECOMMENDED.search(text)
    why = (mark["why"] or "").strip() if mark else ""
    if mark:
        text = text[: mark.start()] + text[mark.end() :]
    plain = outside(text)
    label, tradeoff = text, ""
    if bold := re.match(
        r"^\*\*(?P<label>[^*]{2,200})\*\*[:.]?\s*(?:[—\u2013:]|--?(?=\s))?\s*(?P<rest>.*)$", plain
    ):
        label, tradeoff = text[bold.start("label") : bold.end("label")], text[bold.start("rest") :]
    elif dash := _DASH.search(plain):
        label, tradeoff = text[: dash.start()], text[dash.end() :]
    elif len(said := sentences(text)) > 1:
        label, tradeoff = said[0], " ".join(said[1:])
    label, aside = parted(unmarked(label).rstrip(" .,;?:"))
    kept = tidy(f"{label} ({aside})") if aside else tidy(label)
    if aside and kept.endswith(f"({aside})"):
        kept = tidy(label)
    elif aside:
        aside = ""  # the parenthesis has become the label
    if len(kept.split()) > WORDY and (more := _DETAIL.search(outside(kept))):
        kept, aside = kept[: more.start()], "; ".join(filter(None, [kept[more.end() :], aside]))
    remarks = [remark for remark in (aside, why, unmarked(tradeoff).strip(" .")) if remark]
    return Offer(kept, "; ".join(remarks), recommended=bool(mark))


def _weighed(below: Sequence[Note]) -> str:
    """The pros and cons under an option, as `PROS but CONS`."""
    pros, cons = [], []
    for note in below:
        if match := _PRO_CON.match(note.text):
            gain = match["side"].lower().startswith(("pro", "adv", "ben", "+"))
            (pros if gain else cons).append(one_line(unmarked(note.text[match.end() :])).rstrip("."))
    return " but ".join("; ".join(side) for side in (pros, cons) if side)


def _table(notes: Sequence[Note]) -> list[Offer]:
    """A table whose first column names options."""
    for note in notes:
        if note.kind == "table" and note.rows and _LISTS.search(note.rows[0][0] if note.rows[0] else ""):
            header, *rows = note.rows
            return [_row(header, row, note.start + 2 + at) for at, row in enumerate(rows) if row and row[0]]
    return []


def _row(header: Sequence[str], row: Sequence[str], line: int) -> Offer:
    cells = dict(zip([name.casefold().strip("* ") for name in header], row, strict=False))
    pros = [cell for name, cell in cells.items() if name.startswith(("pro", "adv", "ben")) and cell]
    cons = [
        cell
        for name, cell in cells.items()
        if name.startswith(("con", "dis", "draw", "trade", "cost", "risk")) and cell
    ]
    offer = read_offer(row[0])
    stated = " but ".join(unmarked("; ".join(side)) for side in (pros, cons) if side)
    return Offer(offer.label, stated or offer.tradeoff, line, line, offer.recommended)


def _series(lead: Lead, told: Sequence[Part]) -> list[Offer]:
    """`(a) …, (b) …, or (c) …` within the text."""
    for part in told:
        if part.said not in {"asked", "options", "about"} or (part.note and part.note.kind == "item"):
            continue
        for pattern in (_MARKED, _OPTION_WORD):
            if found := _counted(part.text, list(pattern.finditer(masked(part.text)))):
                return found
    return []


def _counted(text: str, marks: Sequence[re.Match[str]]) -> list[Offer]:
    """The runs between marks that count up from their first."""
    for series in _SERIES:
        wanted = list(series)
        run: list[re.Match[str]] = []
        for mark in marks:
            if len(run) < len(wanted) and mark["sign"].lower() == wanted[len(run)]:
                run.append(mark)
        if len(run) > 1:
            ends = [mark.start() for mark in run[1:]] + [len(text)]
            bits = [text[mark.end() : end].strip() for mark, end in zip(run, ends, strict=True)]
            bits[-1] = _LAST_CUT.split(bits[-1])[0]
            return [
                read_offer(
                    re.sub(
                        r"[,;.]?\s*(?:\bor|\band)?$",
                        "",
                        bit.rstrip(" ?)" if bit.count(")") > bit.count("(") else " ?"),
                    )
                )
                for bit in bits
            ]
    return []


def _bullets(entry: Entry, lead: Lead, told: Sequence[Part], asked: str) -> list[Offer]:
    """Plain items under a lead that asks which of them it is to be."""
    items = [note for note in entry.notes if note.kind == "item"]
    top = min((note.depth for note in items), default=0)
    plain = [note for note in items if note.depth == top and not _said_about(note.text)]
    said = [part for part in told if part.note is None]
    if len(plain) < 2 or (said and said[-1].said not in {"asked", "options"}):
        return []  # they belong to the answer or the remark before them
    text = asked or lead.topic
    opened = [note.text for note in entry.notes if note.kind == "paragraph" and note.end < plain[0].start]
    last = (opened or [text])[-1].rstrip()
    final = (sentences(last) or [""])[-1]
    announced = last.endswith(":") and (_LISTS.search(final) or asks(final) or _INVERTED.search(final))
    chooses = asks(last) and bool(_WH.search(final)) and all(len(note.text.split()) <= LONG for note in plain)
    short = chooses and not any(_FACT.match(note.text) for note in plain)
    if not (announced or short):
        return []
    if (
        sum(
            asks(note.text) and bool(re.match(r"(?:is|are|does|do|what|which|how|why)\b", note.text, re.I))
            for note in plain
        )
        > 1
    ):
        return []  # further questions
    return [
        _offer(
            note,
            [
                n
                for n in entry.notes
                if n.depth > top and n.start > note.start and n.start <= _next(plain, note)
            ],
        )
        for note in plain
    ]


def _next(plain: Sequence[Note], note: Note) -> int:
    return next((other.start for other in plain if other.start > note.start), note.end + 1_000_000)


def _said_about(text: str) -> bool:
    """Whether an item says something about the question, by its lead-in."""
    name = _FACT.match(text)
    return bool(
        name
        and re.match(
            r"(?:recommend|propos|current|decision|answer|resol|impact|context|note|status|default|pros?\b|cons?\b|rationale|owner|trade)",
            name["name"],
            re.I,
        )
    )


def _announced(told: Sequence[Part]) -> list[Offer]:
    """`Options: a, b, or c`."""
    for part in told:
        if part.said == "options" and part.text:
            text = (sentences(part.text) or [""])[0]
            members = listed(text) or versus(text)
            if len(members) > 1:
                return [read_offer(member) for member in members]
    return []


def _current_and_alternatives(told: Sequence[Part]) -> list[Offer]:
    """`Current: …` and `Alternative: …`: what is and what could be."""
    others = [part for part in told if part.said == "alternative" and part.text]
    today = [
        part
        for part in told
        if part.said == "about" and part.cue.strip("* (").lower().startswith("current") and part.text
    ]
    if not others or (not today and len(others) < 2):
        return []
    return [
        Offer(*_label_of(part.text), part.note.start if part.note else 0, part.note.end if part.note else 0)
        for part in [*today[:1], *others]
    ]


def _label_of(text: str) -> tuple[str, str]:
    offer = read_offer(
        (sentences(one_line(text)) or [""])[0].rstrip(" .)")
        if text.count(")") > text.count("(")
        else (sentences(one_line(text)) or [""])[0]
    )
    return offer.label, offer.tradeoff


def _in_sentences(lead: Lead, asked: str) -> list[Offer]:
    """Either-or within the question itself."""
    said = sentences(asked)
    questions = [sentence for sentence in said if asks(sentence)]
    for at, sentence in enumerate(questions):
        following = questions[at + 1] if at + 1 < len(questions) else ""
        if re.match(r"or\s", following, re.IGNORECASE):
            joined = f"{sentence.rstrip('? ')}, {following[:1].lower()}{following[1:]}"
            found = alternatives(joined)
        else:
            found = alternatives(sentence) or _guesses(sentence) or versus(sentence)
        if len(found) > 1:
            return [read_offer(label) for label in found]
    if asks(lead.topic) and (found := alternatives(lead.topic) or versus(lead.topic)):
        return [read_offer(label) for label in found]
    if not questions and not asks(lead.topic):
        for sentence in said:
            whether = (
                alternatives(sentence) if re.search(r"\bwhether\b", masked(sentence), re.IGNORECASE) else []
            )
            if len(found := whether or versus(sentence) or imperatives(sentence)) > 1:
                return [read_offer(label) for label in found]
    sides = versus(lead.topic)
    return [read_offer(label) for label in sides] if len(sides) > 1 and not said else []


def _guesses(sentence: str) -> list[str]:
    """`(7 days? 30 days?)`."""
    aside = re.search(r"\((?P<guesses>[^()?]{1,60}\?[^()]{1,120})\)", masked(sentence))
    if not aside:
        return []
    guesses = [
        tidy(guess)
        for guess in sentence[aside.start("guesses") : aside.end("guesses")].split("?")
        if guess.strip()
    ]
    return guesses if len(guesses) > 1 else []
