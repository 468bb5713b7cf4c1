"""The options that a question is put with, and the answers that stand on every card."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from speckit.contrast.asked import asks_fact, asks_openly, asks_today
from speckit.contrast.items import cost_of, is_so_today, is_to_look_into, proposed_by, what_follows
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
_TO_CHOOSE = re.compile(
    r"\b(?:confirm|determine|decide|settle)\s(?:which|what|how|where)\b.*\bshould\b", re.IGNORECASE
)
_MARKUP = re.compile(r"[`*~]+|(?<!\w)_+|_+(?!\w)")


def label_key(label: str) -> str:
    """A label without case, markup and spacing: what makes two labels the same."""
    return " ".join(_MARKUP.sub("", label).split()).strip(" .").casefold()


@lru_cache(maxsize=4096)
def offered(question: Question) -> tuple[Option, ...]:
    """The options of a question: its own where it has two or more, else the computed contrast.

    A yes/no question is one of scope, unless it asks for a fact, and so is a statement that something is
    missing; one with only a recommendation is taken as recommended or not. What has to be found out can be
    verified first.
    The fixed answers (`FIXED`, own words, later with an owner) stand on every card besides.
    """
    fact = asks_fact(question)
    if len(question.options) >= 2:
        found_out = fact or is_to_look_into(question)
        return (*question.options, *(_computed(VERIFY) if found_out else ()))
    if question.recommended and label_key(question.recommended) not in {"yes", "no"}:
        return (Option(question.recommended, origin="research"), *_computed(NOT_NOW, LATER))
    if fact:
        yes, no, verify = _computed(YES, NO, VERIFY)
        follows = (what_follows(question, "yes") or cost_of(question), what_follows(question, "no"))
        return (replace(yes, tradeoff=follows[0]), replace(no, tradeoff=follows[1]), verify)
    return (*question.options, *_first(question), *_computed(NOT_NOW, LATER))


def _first(question: Question) -> tuple[Option, ...]:
    """What comes before the deferrals; nothing for a question that wants more than a yes.

    Where the item says that it is so today, leaving it is no "no", which therefore stands beside.
    """
    taken_in = Option(IN_SCOPE, cost_of(question) or what_follows(question, "yes"), origin="computed")
    if question.group == "scope":
        return (taken_in,)
    if asks_openly(question):
        looked_into = asks_today(question) or is_to_look_into(question)
        return proposed_by(question) or (_computed(VERIFY) if looked_into else ())
    if "?" in question.text:
        return (taken_in, *(_computed(NO) if is_so_today(question) else ()))
    if not _UNSURE.search(question.text):
        return (taken_in,)
    return () if _TO_CHOOSE.search(question.text) else _computed(VERIFY)


def _computed(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label, origin="computed") for label in labels)
