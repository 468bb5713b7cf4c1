"""The id of a question: made of its words alone, so that it survives moving and re-drafting."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINK = re.compile(r"!?\[([^\[\]]{1,400})\]\([^()\s]{0,400}\)")
# Emphasis, code and strike marks; an underscore only where it is no part of an identifier.
_MARKS = re.compile(r"[`*~]+|(?<!\w)_+|_+(?!\w)")
_END = " .:;,?!"


def question_id(text: str) -> str:
    """Name a question by its text.

    Args:
        text: the question, as markdown; case, markup, spacing and the sign at its end do not count.

    Returns:
        `q` and eight hex digits.
    """
    return f"q{hashlib.sha256(normalised(text).encode()).hexdigest()[:8]}"


def normalised(text: str) -> str:
    """A text without what does not tell two questions apart."""
    plain = _MARKS.sub("", _LINK.sub(r"\1", unicodedata.normalize("NFKC", text)))
    return " ".join(plain.split()).strip(_END).casefold()
