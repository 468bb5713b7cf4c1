"""Three-way merge by units, with `git merge-file`.

A unit is a line: a row, a bullet, a sentence-line. git sees a conflict where both sides change neighbouring
lines; here they only touch where they change the same one. So each version is laid out over the units of the
base, with fences that no version changes between what stands for one unit and what was put in before it.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from speckit.errors import LedgerError
from speckit.markdown import outline

Side = Literal["file", "new"]

FENCE = 4  # lines; git draws conflicts together that are up to three lines apart
ALIKE = 0.5  # share of words in common from which a changed line counts as the same unit
_WORD = re.compile(r"\w+")
MOST_PAIRS = 10_000  # of changed lines that are compared; beyond it their order decides


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where an edit in the file meets a change of the new text.

    `line` is where the file's side stands in the file, `place` the heading above it.
    """

    line: int
    place: str
    file: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def marked(self) -> tuple[str, ...]:
        """Both sides, marked as git does."""
        return ("<<<<<<< the file", *self.file, "=======", *self.new, ">>>>>>> the new text")


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged text: lines that are settled, and conflicts between them."""

    parts: tuple[str | Conflict, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where a person has to choose."""
        return tuple(part for part in self.parts if isinstance(part, Conflict))

    def choose(self, chosen: Mapping[Conflict, Side]) -> Merged:
        """Settle the conflicts for which a side is chosen."""
        parts: list[str | Conflict] = []
        for part in self.parts:
            if isinstance(part, Conflict) and part in chosen:
                parts += part.file if chosen[part] == "file" else part.new
            else:
                parts.append(part)
        return Merged(tuple(parts))

    @property
    def text(self) -> str:
        """The text, with both sides of what is not settled."""
        lines = (part.marked if isinstance(part, Conflict) else (part,) for part in self.parts)
        return "\n".join(line for group in lines for line in group)


def merge(base: str, file: str, new: str) -> Merged:
    """Merge what changed from `base` to `file` with what changed from `base` to `new`, line by line.

    What both sides put in at one place is kept from both, the new text first: it continues the list above it.

    Args:
        base: what both come from; lines end in LF, here and below.
        file: what a person made of it.
        new: what is generated now.

    Raises:
        LedgerError: git is not there, or the text is none that it merges.
    """
    if file in {base, new}:
        return Merged(tuple(new.split("\n")))
    if new == base:
        return Merged(tuple(file.split("\n")))
    units = base.split("\n")
    of_file, of_new = _layout(units, file.split("\n")), _layout(units, new.split("\n"))
    merged = _git_merge_file(_fenced(_layout(units, units)), _fenced(of_file), _fenced(of_new))
    return Merged(tuple(_parts(merged, of_file, file)))


# A version laid out over the units of the base: at even places what was put in before a unit (the last: at
# the end), at odd places what stands for the unit itself: one line, several, or none.
_Layout = list[list[str]]


def _layout(units: Sequence[str], lines: Sequence[str]) -> _Layout:
    """Lay a version out over the units of the base."""
    layout: _Layout = [[] for _ in range(2 * len(units) + 1)]
    matcher = SequenceMatcher(None, _keys(units), _keys(lines), autojunk=False)
    for change, start, end, first, last in matcher.get_opcodes():
        if change == "equal":
            layout[2 * start + 1 : 2 * end : 2] = [[line] for line in lines[first:last]]
        else:
            _replace(layout, start, units[start:end], lines[first:last])
    return layout


def _keys(lines: Sequence[str]) -> list[str]:
    """What lines are matched by: an empty one belongs to what comes after it."""
    keys: list[str] = []
    below = ""
    for line in reversed(lines):
        below = line if line.strip() else below
        keys.append(line if line.strip() else f"\n{below}")
    return keys[::-1]


def _replace(layout: _Layout, start: int, old: Sequence[str], new: Sequence[str]) -> None:
    """Lay changed lines over the units that they replace, those alike on each other."""
    at, first = 0, 0
    for i, j in (*_alike(old, new), (len(old), len(new))):
        rest = list(new[first:j])
        if len(rest) == i - at:
            for k, line in enumerate(rest):
                layout[2 * (start + at + k) + 1] = [line]
        elif at < i:
            layout[2 * (start + at) + 1] = rest
        else:
            layout[2 * (start + at)] += rest
        if i < len(old):
            layout[2 * (start + i) + 1] = [new[j]]
        at, first = i + 1, j + 1


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of lines that are alike, in order: the pairing with the most words in common."""
    if len(old) * len(new) > MOST_PAIRS:
        return []
    old_words, new_words = (
        [set(_WORD.findall(line)) for line in old],
        [set(_WORD.findall(line)) for line in new],
    )
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + _likeness(old_words[i], new_words[j])
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(one: set[str], other: set[str]) -> float:
    share = 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
    return share if share >= ALIKE else 0.0


def _fenced(layout: _Layout) -> str:
    """A layout as the lines that git merges: fences start with `@`, lines of the text with a space."""
    lines: list[str] = []
    for place, content in enumerate(layout):
        lines += [f"@{place}.{row}" for row in range(FENCE)]
        lines += [f" {line}" for line in content]
    return "\n".join([*lines, ""])


def _git_merge_file(base: str, file: str, new: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="speckit-") as folder:
        for name, text in (("file", file), ("base", base), ("new", new)):
            Path(folder, name).write_bytes(text.encode())
        command = ["git", "-c", "merge.conflictStyle=merge", "merge-file", "-p", "file", "base", "new"]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        except FileNotFoundError:
            raise LedgerError("git, which merges edits, is not found: install git") from None
    if not 0 <= done.returncode <= 127:  # the number of conflicts, at most 127
        reason = done.stderr.decode("utf-8", "replace").strip()
        raise LedgerError(f"git cannot merge the document ({reason}): make it plain text")
    return done.stdout.decode("utf-8").split("\n")[:-1]


def _parts(merged: Sequence[str], of_file: _Layout, file: str) -> Iterator[str | Conflict]:
    """Read git's result back."""
    starts = [1]
    for content in of_file:
        starts.append(starts[-1] + len(content))
    place = 0
    sides: tuple[list[str], list[str]] | None = None
    taken: list[str] = []
    for line in merged:
        if line.startswith("@"):
            place = int(line[1:].partition(".")[0])
        elif line.startswith("<"):
            sides = ([], [])
            taken = sides[0]
        elif line.startswith("=") and sides:
            taken = sides[1]
        elif line.startswith(">") and sides:
            yield from _settled(sides, place, starts[place], file)
            sides = None
        elif sides:
            taken.append(line[1:])
        else:
            yield line[1:]


def _settled(
    sides: tuple[list[str], list[str]], place: int, line: int, file: str
) -> Iterator[str | Conflict]:
    """What git calls a conflict: none where nothing stood before, for both have their place there."""
    of_file, of_new = sides
    if place % 2 == 0:
        yield from (*of_new, *of_file)
    else:
        above = [heading for heading in outline(file) if heading.start <= line]
        yield Conflict(line, above[-1].text.strip("# ") if above else "", tuple(of_file), tuple(of_new))
