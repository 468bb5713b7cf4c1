"""The options that a question is put with, and the answers that stand on every card."""

from __future__ import annotations

import re

from speckit.model import Option, Question

NOT_NOW = "Not in this version"
LATER = "Later phase"
IN_SCOPE = "In scope"
PREMISE = "The premise does not hold"
REMOVE = "Remove it"  # with PREMISE: what is to become of what the question takes for granted
LEAVE = "Leave as is"
MOOT = "Moot because of another question"  # the reason names it
FIXED = (NOT_NOW, LATER, PREMISE, REMOVE, LEAVE, MOOT)
CONTRAST = (IN_SCOPE, NOT_NOW, LATER)  # the same for every question that is put so, and without a letter

# What asks for more than a yes: "how …", and a statement with "what … ?" in it.
_OPEN = re.compile(
    r"^\W*(?:what|which|where|how|who|when|why)\b|\b(?:what|which|where|how|who|when|why)\b[^.?]*\?",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[`*~]+|(?<!\w)_+|_+(?!\w)")


def label_key(label: str) -> str:
    """A label without case, markup and spacing: what makes two labels the same."""
    return " ".join(_MARKUP.sub("", label).split()).strip(" .").casefold()


def offered(question: Question) -> tuple[Option, ...]:
    """The options of a question: its own where it has two or more, else the computed contrast.

    A yes/no question is one of scope, and so is a statement that something is missing; one with only a
    recommendation is taken as recommended or not.
    The fixed answers (`FIXED`, own words, later with an owner) stand on every card besides.
    """
    if len(question.options) >= 2:
        return question.options
    if question.recommended and label_key(question.recommended) not in {"yes", "no"}:
        return (Option(question.recommended, origin="research"), *_deferrals())
    if question.kind == "yes-no" or question.group == "scope" or not _OPEN.search(question.text):
        return (Option(IN_SCOPE, origin="computed"), *_deferrals())
    return (*question.options, *_deferrals())


def _deferrals() -> tuple[Option, ...]:
    return (Option(NOT_NOW, origin="computed"), Option(LATER, origin="computed"))
