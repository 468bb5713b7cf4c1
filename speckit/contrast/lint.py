"""What makes a card not worth answering, in one line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from speckit.contrast.effects import effects
from speckit.contrast.options import label_key, offered
from speckit.model import Answer, Question, Section

# Behind these words something has to follow; other prepositions may end a phrase, as in "opt in".
_OPEN_ENDS = frozenset(
    ("the", "a", "an", "and", "or", "of", "but", "with", "for", "from", "into", "is", "are", "be")
)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


def faults(question: Question, sections: tuple[Section, ...]) -> tuple[str, ...]:
    """What is wrong with the options that a question is put with.

    Args:
        question: the question.
        sections: those of the spec that its answers write into.

    Returns:
        One line a fault: options that are the same, one cut within a phrase, one that neither writes anything
        nor states a tradeoff, more than one that is recommended.
    """
    return tuple(_faults(question, sections))


def _faults(question: Question, sections: tuple[Section, ...]) -> Iterator[str]:
    options = offered(question)
    for key, times in Counter(label_key(option.label) for option in options).items():
        if times > 1:
            yield f"{times} options say {key!r}"
    for option in options:
        if _is_cut(option.label):
            yield f"the option {option.label!r} is cut within a phrase"
        if not option.tradeoff and not effects(question, Answer(question.id, (option.label,)), sections):
            yield f"the option {option.label!r} writes nothing and states no tradeoff"
    wanted = label_key(question.recommended or "")
    if wanted and sum(label_key(option.label) == wanted for option in options) > 1:
        yield f"more than one option is recommended as {question.recommended!r}"


def _is_cut(label: str) -> bool:
    """Whether a label ends where something has to follow, or leaves a bracket, a quote or code open."""
    last = label.rstrip(" .").rpartition(" ")[2].lower()
    unpaired = any(label.count(left) != label.count(right) for left, right in _PAIRS)
    return last in _OPEN_ENDS or unpaired or label.count("`") % 2 == 1 or label.count('"') % 2 == 1
