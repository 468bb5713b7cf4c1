"""Option boxes ticked in the document: read as answers against the base, and put back before the merge.

Only boxes nested under an item that bears a question's id are answers:

    - [ ] **Topic.** Question text? [x.md:12](…) <!-- q1a2b3c4d -->
      - [x] (A) Label — tradeoff
      - [ ] (B) Label — tradeoff
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from speckit.model import Problem

_ITEM = re.compile(r"[-*+] \[([ xX])\] .*<!-- (q[0-9a-f]{8}) -->")
_OPTION = re.compile(r"\s+[-*+] \[([ xX])\] (?:\([A-Z]\) )?(.*\S)\s*$")
_BOX = re.compile(r"\[[ xX]\]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Box:
    """A box in the document: its line, counted from 1, what stands behind it, and whether it is ticked."""

    line: int
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item that bears a question's id, and the boxes of its options."""

    question: str
    box: Box
    options: tuple[Box, ...] = ()

    @property
    def chosen(self) -> tuple[Box, ...]:
        """The options that are ticked."""
        return tuple(option for option in self.options if option.ticked)


@dataclass(frozen=True, slots=True)
class Tick:
    """Options that somebody chose by ticking them: their labels, and the line of the first."""

    choices: tuple[str, ...]
    line: int


def ticked(base: str, document: str) -> tuple[Item, ...]:
    """Find the items that somebody ticked, or options of theirs, since the base was generated."""
    still_open = {item.question for item in _items(base) if not (item.box.ticked or item.chosen)}
    return tuple(
        item for item in _items(document) if item.question in still_open and (item.box.ticked or item.chosen)
    )


def judge(item: Item, path: str, labels: Sequence[str], *, several: bool) -> Tick | Problem:
    """Tell what the ticks of an item mean.

    Args:
        item: the item.
        path: what to call the document in a problem.
        labels: the options that are offered.
        several: whether several of them can be chosen.

    Returns:
        The choice. Two ticks where one is allowed, an item ticked with no option chosen, and an option that
        is not offered are a problem, not an answer.
    """
    chosen = item.chosen
    if not chosen:
        hint = "tick an option under it" if item.options else "answer it in the notebook"
        return _problem(item, path, item.box.line, "it is ticked and no option is chosen", hint)
    if len(chosen) > 1 and not several:
        message = f"{len(chosen)} options are ticked where one can be chosen"
        return _problem(item, path, chosen[1].line, message, "leave one ticked")
    choices = []
    for option in chosen:
        label = _label(option.text, labels)
        if label is None:
            message = f"no option {option.text!r} is offered"
            return _problem(item, path, option.line, message, "answer in your own words in the notebook")
        choices.append(label)
    return Tick(tuple(choices), chosen[0].line)


def put_back(document: str, items: Iterable[Item]) -> str:
    """Take the ticks of these items out: once they are answers, they are no edits of the text."""
    lines = document.split("\n")
    for item in items:
        for box in (item.box, *item.options):
            lines[box.line - 1] = _BOX.sub("[ ]", lines[box.line - 1], count=1)
    return "\n".join(lines)


def _problem(item: Item, path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path, line, "B001", "error", f"{item.question}: {message}", hint)


def _items(text: str) -> list[Item]:
    found: list[Item] = []
    nested = False
    for number, line in enumerate(text.split("\n"), 1):
        if item := _ITEM.match(line):
            found.append(Item(item[2], Box(number, "", item[1] != " ")))
            nested = True
        elif nested and (option := _OPTION.match(line)):
            box = Box(number, option[2], option[1] != " ")
            found[-1] = replace(found[-1], options=(*found[-1].options, box))
        elif line.strip() and not line[0].isspace():
            nested = False
    return found


def _label(text: str, labels: Sequence[str]) -> str | None:
    """The label that an option's text starts with, the longest; markup and spacing are no difference."""
    words = _words(text)
    fitting = [label for label in labels if _words(label) and words[: len(_words(label))] == _words(label)]
    return max(fitting, key=lambda label: len(_words(label)), default=None)


def _words(text: str) -> list[str]:
    return _WORD.findall(html.unescape(text).casefold())
