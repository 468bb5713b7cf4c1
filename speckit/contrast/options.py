"""The options that a question is put with, and the answers that stand on every card."""

from __future__ import annotations

import re

from speckit.contrast.asked import asks_fact, asks_openly, asks_today, cost_of
from speckit.model import Option, Question

NOT_NOW = "Not in this version"
LATER = "Later phase"
IN_SCOPE = "In scope"
PREMISE = "The premise does not hold"
REMOVE = "Remove it"  # with PREMISE: what is to become of what the question takes for granted
LEAVE = "Leave as is"
MOOT = "Moot because of another question"  # the reason names it
YES, NO = "Yes", "No"
VERIFY = "To verify first"
FIXED = (NOT_NOW, LATER, PREMISE, REMOVE, LEAVE, MOOT)
CONTRAST = (
    IN_SCOPE,
    YES,
    NO,
    VERIFY,
    NOT_NOW,
    LATER,
)  # computed: the same on every card, and without letters

_UNSURE = re.compile(
    r"^whether\b(?!.*\bshould\b)|\b(?:verif\w+|confirm\w*|validat\w+|investigat\w+|testing|untested|measur\w+|determine|unclear|unknown|evaluat\w+)\b",
    re.IGNORECASE,
)
_TO_PROVE = re.compile(
    r"\bneeds? (?:to (?:verify|confirm|test|measure|determine|investigate)\b"
    r"|(?:verification|investigation|testing)\b)",
    re.IGNORECASE,
)
_TO_CHOOSE = re.compile(
    r"\b(?:confirm|determine|decide|settle)\s(?:which|what|how|where)\b.*\bshould\b", re.IGNORECASE
)
_MARKUP = re.compile(r"[`*~]+|(?<!\w)_+|_+(?!\w)")


def label_key(label: str) -> str:
    """A label without case, markup and spacing: what makes two labels the same."""
    return " ".join(_MARKUP.sub("", label).split()).strip(" .").casefold()


def offered(question: Question) -> tuple[Option, ...]:
    """The options of a question: its own where it has two or more, else the computed contrast.

    A yes/no question is one of scope, unless it asks for a fact, and so is a statement that something is
    missing; one with only a recommendation is taken as recommended or not. What has to be found out can be
    verified first.
    The fixed answers (`FIXED`, own words, later with an owner) stand on every card besides.
    """
    fact = asks_fact(question)
    if len(question.options) >= 2:
        found_out = fact or _TO_PROVE.search(question.text)
        return (*question.options, *(_computed(VERIFY) if found_out else ()))
    if question.recommended and label_key(question.recommended) not in {"yes", "no"}:
        return (Option(question.recommended, origin="research"), *_computed(NOT_NOW, LATER))
    if fact:
        return _computed(YES, NO, VERIFY)
    first = (Option(label, cost_of(question), origin="computed") for label in _first(question))
    return (*question.options, *first, *_computed(NOT_NOW, LATER))


def _first(question: Question) -> tuple[str, ...]:
    """What comes before the deferrals; nothing for a question that wants more than a yes."""
    if question.group == "scope":
        return (IN_SCOPE,)
    if asks_openly(question):
        return (VERIFY,) if asks_today(question) else ()
    if "?" in question.text or not _UNSURE.search(question.text):
        return (IN_SCOPE,)
    return () if _TO_CHOOSE.search(question.text) else (VERIFY,)


def _computed(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label, origin="computed") for label in labels)
