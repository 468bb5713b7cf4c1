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

# What asks for more than a yes: "how …", and a statement with "what … ?" in it.
_OPEN = re.compile(
    r"^\W*(?:what|which|where|how|who|when|why|best|right)\b|\b(?:what|which|where|how|who|when|why)\b[^.?]*\?",
    re.IGNORECASE,
)
# Asks how something is, not what is wanted: nobody can take the answer into scope.
_FACT = re.compile(
    r"(?:^|[.?!:—\u2013]\s+)(?:is|are|was|were|does|did|has|have|had|(?:do|will|would|can)(?!\s+we\b))\s[^?]*\?",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:should|shall|needs?|needed|required|necessary|acceptable|worth|desirable|desired|in scope"
    r"|wants?|wanted|expected|preferred|allowed|intentional|sufficient|enough)\b",
    re.IGNORECASE,
)
# A case that is put before the question: "when it is empty, should …".
_CASE = re.compile(
    r"^(?:when|where|if)\b[^?]*?(?:,|\s—)\s+(?=(?:should|do|does|can|will|is|are)\b)", re.IGNORECASE
)
_UNSURE = re.compile(
    r"^whether\b(?!.*\bshould\b)|\b(?:verif\w+|confirm\w*|validat\w+|investigat\w+|testing|untested|measur\w+|determine|unclear|unknown)\b",
    re.IGNORECASE,
)
_TO_PROVE = re.compile(
    r"\bneeds? (?:to (?:verify|confirm|test|measure|determine|investigate)\b"
    r"|(?:verification|investigation|testing)\b)",
    re.IGNORECASE,
)
# "What is the current coverage?": nobody decides it, somebody has to look.
_TODAY = re.compile(r"\b(?:current(?:ly)?|actual(?:ly)?|today)\b[^.?]*\?", re.IGNORECASE)
_MARKUP = re.compile(r"[`*~]+|(?<!\w)_+|_+(?!\w)")


def label_key(label: str) -> str:
    """A label without case, markup and spacing: what makes two labels the same."""
    return " ".join(_MARKUP.sub("", label).split()).strip(" .").casefold()


def offered(question: Question) -> tuple[Option, ...]:
    """The options of a question: its own where it has two or more, else the computed contrast.

    A yes/no question is one of scope, unless it asks for a fact, and so is a statement that something is
    missing; one with only a recommendation is taken as recommended or not. What has to be found out may be
    verified first.
    The fixed answers (`FIXED`, own words, later with an owner) stand on every card besides.
    """
    if len(question.options) >= 2:
        return question.options + (_computed(VERIFY) if _TO_PROVE.search(question.text) else ())
    if question.recommended and label_key(question.recommended) not in {"yes", "no"}:
        return (Option(question.recommended, origin="research"), *_computed(NOT_NOW, LATER))
    asked = _CASE.sub("", question.text)
    if asks_fact(question):
        return _computed(YES, NO, VERIFY)
    if question.group != "scope" and "?" not in question.text and _UNSURE.search(question.text):
        return _computed(VERIFY, NOT_NOW, LATER)
    if question.kind == "yes-no" or question.group == "scope" or not _OPEN.search(asked):
        return _computed(IN_SCOPE, NOT_NOW, LATER)
    asks_today = _TODAY.search(question.text) and not _WANTED.search(question.text)
    return (*question.options, *_computed(*((VERIFY,) if asks_today else ()), NOT_NOW, LATER))


def asks_fact(question: Question) -> bool:
    """Whether a yes/no question asks how something is, and not what is wanted."""
    text = " ".join(question.text.split())
    return (
        question.kind == "yes-no"
        and question.group != "scope"
        and bool(_FACT.search(text))
        and not _WANTED.search(text)
    )


def _computed(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label, origin="computed") for label in labels)
