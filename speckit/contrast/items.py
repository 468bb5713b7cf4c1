"""What the item of a question says besides asking: of today, and of what an answer costs or leads to."""

from __future__ import annotations

import re
from typing import Literal

from speckit.contrast.asked import asked, item_of
from speckit.model import Option, Question
from speckit.questions.wording import asks, outside

_TODAY = re.compile(r"\b(?:currently|today|at present|by default)\b", re.IGNORECASE)
_UNSURE = re.compile(r"\b(?:could|may|might|would|should|proposed)\b", re.IGNORECASE)
TOLD = 4  # words of a sentence that says something without those around it
_DENIED = re.compile(
    r"\b(?:no|not|never|none|only|without|lacks?|missing|false|off)\b|n['\u2019]t\b", re.IGNORECASE
)
_POINTS = re.compile(r"\W*(?:this|that|these|those|it|they|such|however|but|if)\b", re.IGNORECASE)
_COSTS = re.compile(
    r"\W*(?:trade-?offs?:|(?:this|it|they|that)\s(?:adds?|would|requires?|needs?|means?|simplifies)\b"
    r"|(?!understanding|knowing)\w+ing\s[^?]*?\swould\s|would\s(?:need|require|add|allow|enable))",
    re.IGNORECASE,
)
_FOLLOWS = {
    "yes": re.compile(r"if (?:so|yes|true)\b", re.IGNORECASE),
    "no": re.compile(r"(?:if (?:not|no|false)|otherwise)\b", re.IGNORECASE),
}
_TO_LOOK = re.compile(
    r"\bneeds? (?:to (?:verify|confirm|test|measure|determine|investigate|inspect|check)\b"
    r"|(?:verification|investigation|testing)\b)",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"(?P<what>an?\s[^?;:]+?)\s(?:may|might|could|would) be (?:needed|required|necessary|useful|helpful)\b"
    r"\s?(?P<why>[^?]*)",
    re.IGNORECASE,
)


def today_of(question: Question) -> str:
    """What the item says of how it is today; empty where it says nothing of the kind."""
    for one in _stated(question):
        plain = outside(one).partition("; ")[0]
        told = len(plain.split()) >= TOLD and not (_UNSURE.search(plain) or _POINTS.match(plain))
        if told and _TODAY.search(plain):
            return one[: len(plain)]
    return ""


def is_so_today(question: Question) -> bool:
    """Whether the item says what there is today, and not what is lacking."""
    return bool((today := today_of(question)) and not _DENIED.search(today))


def cost_of(question: Question) -> str:
    """What the item says of a yes to its question, behind it; empty where it says nothing of the kind."""
    said, put = item_of(question), asked(question)
    if not asks(put.sentence):
        return ""
    # One that stands in the lead-in has all of it behind it.
    behind = said[said.index(put.sentence) + 1 if put.sentence in said else 0 :]
    costs = (one.strip("()") for one in behind if not asks(one) and _COSTS.match(one))
    return next((one.rstrip(".") for one in costs), "")


def what_follows(question: Question, verdict: Literal["yes", "no"]) -> str:
    """The sentence of the item that says what follows from a yes, or from a no: `If so, …`."""
    return next((one for one in _stated(question) if _FOLLOWS[verdict].match(one)), "")


def is_to_look_into(question: Question) -> bool:
    """Whether the item says that something has to be looked into first."""
    return any(_TO_LOOK.search(outside(one)) for one in (question.text, *_stated(question)))


def proposed_by(question: Question) -> tuple[Option, ...]:
    """What the item of an open question says may be needed: `A cap (e.g. 2-4) may be needed to …`."""
    for one in _stated(question):
        if proposed := _PROPOSED.match(outside(one)):
            what, why = (one[slice(*proposed.span(name))].rstrip(" .") for name in ("what", "why"))
            return (Option(what, why, origin="research"),)
    return ()


def _stated(question: Question) -> list[str]:
    return [one.strip("()") for one in item_of(question) if not asks(one)]
