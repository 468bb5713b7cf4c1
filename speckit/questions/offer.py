"""One option as a text states it: its label, its tradeoff, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from speckit.questions.alternatives import parted, tidy
from speckit.questions.entry import Note
from speckit.questions.wording import one_line, outside, sentences, unmarked

_BOX = re.compile(r"^\[[ xX]\]\s+")
# `(A)`, `a)`, `Option 2:`, `Alternative B —`: a label that counts.
LETTERED = re.compile(
    r"^(?:\*\*)?(?:(?:option|alternative|approach|choice|solution|variant)\s\(?[A-Za-z0-9]{1,2}\)?"
    r"|\([A-Za-z0-9]\)|[A-Za-z]\)|(?-i:[A-H])(?=[.:](?:\*\*)?\s))(?:\s?(?:[:.)—\u2013]|--?(?=\s))|(?=\s|\*))\s?",
    re.IGNORECASE,
)
_BOLD = re.compile(r"^\*\*(?P<label>[^*]{2,200})\*\*[:.]?\s*(?:[—\u2013:]|--?(?=\s))?\s*(?P<rest>.*)$")
_DASH = re.compile(r"\s(?:—|\u2013|--|-)\s")
_COLON = re.compile(r"^(?P<label>[^:;,.?]{3,120}):\s(?=\S)")
_RECOMMENDED = re.compile(
    r"\s?[(*]{1,3}(?:recommended|preferred|default|proposed)\b(?: (?:for )?v\d+)?"
    r"(?:\s?[—\u2013:;,-]\s?(?P<why>[^()]{0,300}))?[)*]{1,3}",
    re.IGNORECASE,
)
# Where what is done ends and how or why begins.
_DETAIL = re.compile(
    r",\s(?=(?:relying|using|since|so|which|because|given|matching|ensuring|eliminating|while|whereas|leaving"
    r"|with)\b)",
    re.IGNORECASE,
)
_PRO_CON = re.compile(
    r"^(?:\*\*)?(?:(?P<pro>pros?|advantages?|benefits?)|cons?|disadvantages?|drawbacks?|trade-?offs?|costs?|risks?)"
    r"(?:\*\*)?\s?:(?:\*\*)?\s",
    re.IGNORECASE,
)
WORDY = 8  # words of a label that is cut at its first subordinate clause


@dataclass(frozen=True, slots=True)
class Offer:
    """An option in the text: `start` and `end` where it stands on lines of its own, else 0."""

    label: str
    tradeoff: str = ""
    start: int = 0
    end: int = 0
    recommended: bool = False


def read_note(note: Note, below: Iterable[Note] = ()) -> Offer:
    """An option that has lines of its own, with the pros and cons that stand under it."""
    offer = read_offer(_BOX.sub("", note.text))
    pros, cons = list[str](), list[str]()
    for inner in below:
        if match := _PRO_CON.match(inner.text):
            (pros if match["pro"] else cons).append(inner.text[match.end() :])
    return replace(offer, tradeoff=weighed(pros, cons) or offer.tradeoff, start=note.start, end=note.end)


def weighed(pros: Iterable[str], cons: Iterable[str]) -> str:
    """What speaks for an option and against it, as `PROS but CONS`."""
    sides = ("; ".join(one_line(unmarked(text)).rstrip(".") for text in side) for side in (pros, cons))
    return " but ".join(side for side in sides if side)


def read_offer(source: str) -> Offer:
    """Part an option's text into label and tradeoff."""
    text = LETTERED.sub("", one_line(source))
    mark = _RECOMMENDED.search(text)
    if mark:
        text = text[: mark.start()] + text[mark.end() :]
    label, remark = _label(text)
    bare, aside = parted(unmarked(label).rstrip(" .,;?:"))
    label = tidy(f"{bare} ({aside})") if aside else tidy(bare)
    if aside and label.endswith(f"({aside})"):
        label = tidy(bare)
    else:
        aside = ""  # none, or it has become the label
    detail = ""
    if len(label.split()) > WORDY and (cut := _DETAIL.search(outside(label))):
        label, detail = label[: cut.start()], label[cut.end() :]
    why = mark["why"] or "" if mark else ""
    remarks = [detail, aside, why.strip(), unmarked(remark).strip(" .")]
    return Offer(label, "; ".join(filter(None, remarks)), recommended=bool(mark))


def _label(text: str) -> tuple[str, str]:
    """The words that name an option, and those that explain it."""
    plain = outside(text)
    if bold := _BOLD.match(plain):
        return text[bold.start("label") : bold.end("label")], text[bold.start("rest") :]
    if dash := _DASH.search(plain):
        return text[: dash.start()], text[dash.end() :]
    if (colon := _COLON.match(plain)) and len(colon["label"].split()) > 1:
        return text[: colon.end("label")], text[colon.end() :]
    first, *more = sentences(text) or [""]
    return first, " ".join(more)
