"""A bare answer as a sentence of the spec: an act, the name that was asked for, or behind the question."""

from __future__ import annotations

import re

from speckit.contrast.clauses import capital
from speckit.questions.vocabulary import ARTICLES, DETERMINERS, PREPOSITIONS, VERBS
from speckit.questions.wording import asks, outside

_FOLLOWS = DETERMINERS | PREPOSITIONS | {*ARTICLES}
# `Which aligns better with …?`, whose answer is the subject, and `What is the …?`, whose answer is a name.
_SUBJECT = re.compile(r"(?:which|what)\s(?P<said>(?P<verb>[a-z]+)s\s(?P<next>\S+)[^?]*)\?$", re.IGNORECASE)
_IS = re.compile(
    r"(?:[^?]*?[\u2014\u2013]\s)?(?:which|what)(?:\s(?P<is>is|are|should be)|['\u2019]s)\s"
    r"(?P<name>(?:the|better|best|preferred|preferable)\b[^,:(?\u2014\u2013]*)",
    re.IGNORECASE,
)
_NEEDED = re.compile(r"(?P<name>[^,;:?]+?)\swould\s(?:require|need)\seither\s", re.IGNORECASE)
_SAYS = VERBS | {"align", "fit", "suit"}
_MORE = {"better", "best", "more"}
NAME = 8  # words of a label that can be the subject of a sentence


def acting(label: str) -> str:
    """`Adopting the pattern` as `We will adopt the pattern.`; empty where it may be a name."""
    first, _, rest = label.partition(" ")
    verb = _verb_of(first.lower())
    plain = outside(rest).split()
    acts = (
        plain
        and "or" not in plain
        and (
            plain[0] in _FOLLOWS
            or not plain[0].isalpha()
            or plain[0][0].isupper()
            or any(word.endswith("s") for word in plain)
        )
    )
    return _ended(f"We will {verb} {rest}") if verb and acts else ""


def needing(text: str) -> str:
    """What a statement says that its options are needed for: `NAME would require either … or …`."""
    needed = _NEEDED.match(outside(text))
    name = text[: needed.end("name")] if needed else ""
    return name if capital(name[:1].lower() + name[1:]) != name else f"{name[:1].lower()}{name[1:]}"


def naming(question: str, label: str) -> str:
    """A label in the place of the question word, `Husky aligns better with …`; empty where in doubt."""
    words, plain = label.split(), outside(question)
    first = words[0].lower()
    if len(words) > NAME or first in PREPOSITIONS | VERBS or outside(label).count(" or "):
        return ""
    if (
        (subject := _SUBJECT.match(plain))
        and subject["verb"] in _SAYS
        and subject["next"] in _FOLLOWS | _MORE
    ):
        return _ended(f"{label} {question[slice(*subject.span('said'))]}")
    if named := _IS.match(plain):
        name = question[slice(*named.span("name"))].strip()
        verb = {"should be": "will be", "are": "are"}.get((named["is"] or "").lower(), "is")
        return _ended(f"{label} {verb} {quoted(name) if 'should' in name else name}")
    return ""


def replying(question: str, answer: str) -> str:
    """An answer behind the question in its words."""
    if answer in {"yes", "no"}:
        return f"The answer to {quoted(question)} is {answer}."
    return (
        f"The answer to {quoted(question)} is: {sentence(answer)}"
        if asks(question)
        else (f"{quoted(question)} {sentence(capital(answer))}")
    )


def quoted(text: str) -> str:
    """A text of the research, as its words."""
    return f"“{' '.join(text.split())}”"


def sentence(text: str) -> str:
    """A text with the full stop that it lacks."""
    stripped = " ".join(text.split())
    return stripped if stripped.endswith((".", "!", "?", "`", "”")) else stripped + "."


def _ended(text: str) -> str:
    return f"{text.rstrip('.')}."


def _verb_of(gerund: str) -> str:
    """The verb of a form in "-ing"; empty where it is none that is known."""
    stem = gerund.removesuffix("ing")
    forms = (stem, f"{stem}e", stem[:-1] if stem[-2:-1] == stem[-1:] else "")
    return "" if stem == gerund else next((form for form in forms if form in VERBS), "")
