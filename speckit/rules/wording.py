"""When two wordings are the same."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> str:
    """A text's letters and digits, folded and joined by spaces: what makes two wordings the same."""
    return " ".join(_WORD.findall(text.casefold()))


def same_title(one: str, other: str) -> bool:
    """Whether two titles name the same thing: one leaves words out, or they share two words in five."""
    first, second = _telling(one), _telling(other)
    shared = first & second
    return bool(shared) and (shared in (first, second) or 5 * len(shared) >= 2 * len(first | second))


def kindred(one: str, other: str) -> bool:
    """Whether titles are the same, or a word of one is akin to one of the other.

    `Resolved` stands in `Unresolved`; `rejected` and `rejection` differ by their endings alone.
    """
    if same_title(one, other):
        return True
    pairs = ((a, b) for a in _telling(one) for b in _telling(other))
    return any(min(len(a), len(b)) >= 5 and (a in b or b in a or _same_stem(a, b)) for a, b in pairs)


def _same_stem(one: str, other: str) -> bool:
    """Whether words share six letters, and at most three follow."""
    return one[:6] == other[:6] and max(len(one), len(other)) <= 9


@lru_cache(maxsize=4096)
def _telling(title: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words(title).split()) - {"and", "the"}
