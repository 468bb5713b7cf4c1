"""Three-way merge by units: cases as text, and its laws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speckit.errors import LedgerError
from speckit.merge import Conflict, merge

CASES = Path(__file__).parent / "cases" / "merge" / "merge.md"
CASE = re.compile(r"^## ([^\n]+)\n" + 4 * r"\n`{5}\n(.*?)\n`{5}\n", re.MULTILINE | re.DOTALL)
cases = [pytest.param(*found[1:], id=found[0]) for found in CASE.findall(CASES.read_text("utf-8"))]

# Lines that repeat, so that it is not plain which of them changed, and lines that look like git's marks.
LINES = [
    "",
    "- a",
    "- a b",
    "- a b c",
    "## One",
    "## Two",
    "| x | y |",
    "=======",
    "<<<<<<< x",
    "@1.0",
    "```",
    " ",
]
texts = st.lists(st.sampled_from(LINES), max_size=8).map("\n".join)


@pytest.mark.parametrize(("base", "file", "new", "merged"), cases)
def test_case(base: str, file: str, new: str, merged: str) -> None:
    """A case of cases/merge/merge.md merges to what it says."""
    assert merge(base, file, new).text == merged


def test_all_cases_are_read() -> None:
    """Every heading of the case file is a case."""
    assert len(cases) == len(re.findall(r"^## .+\n\n`{5}", CASES.read_text("utf-8"), re.MULTILINE))


@given(texts, texts)
def test_one_side_alone_wins(base: str, other: str) -> None:
    """Where only one side changed the base, the result is that side, byte for byte."""
    assert merge(base, other, base).text == other
    assert merge(base, base, other).text == other


@given(texts, texts)
def test_the_same_edit_is_no_conflict(base: str, other: str) -> None:
    """Where both sides changed the base to the same text, the result is that text."""
    assert merge(base, other, other).text == other


@given(texts, texts, texts)
def test_nothing_that_a_person_wrote_is_lost(base: str, file: str, new: str) -> None:
    """A line that the file has more often than the base is in the result or in a conflict, as often."""
    merged = merge(base, file, new)
    kept = [line for part in merged.parts for line in (part.file if isinstance(part, Conflict) else (part,))]
    for line in set(file.split("\n")):
        wrote = file.split("\n").count(line) - base.split("\n").count(line)
        assert kept.count(line) >= wrote


@given(st.lists(st.sampled_from(["file", "new", "both", "none"]), min_size=1, max_size=30), st.data())
def test_edits_of_different_lines_never_conflict(sides: list[str], data: st.DataObject) -> None:
    """Each side edits or removes lines of its own, however close: both edits are there."""
    edit = data.draw(st.sampled_from(["{} edited", None]))

    def edited(side: str) -> str:
        lines = [
            (edit and edit.format(f"line {i}")) if owner == side else f"line {i}"
            for i, owner in enumerate(sides)
        ]
        return "\n".join(line for line in lines if line is not None)

    base = "\n".join(f"line {i}" for i in range(len(sides)))
    merged = merge(base, edited("file"), edited("new"))
    assert merged.conflicts == ()
    expected = [
        edit and edit.format(f"line {i}") if s in {"file", "new"} else f"line {i}"
        for i, s in enumerate(sides)
    ]
    assert merged.text == "\n".join(line for line in expected if line is not None)


def test_a_conflict_says_where() -> None:
    """A conflict names the line in the file and the heading above it."""
    merged = merge(
        "# T\n\n## 3.1 Goals\n\nold", "# T\n\nmore\n\n## 3.1 Goals\n\nmine", "# T\n\n## 3.1 Goals\n\nnew"
    )
    assert merged.conflicts == (Conflict(7, "3.1 Goals", ("mine",), ("new",)),)


@pytest.mark.parametrize(("side", "line"), [("file", "mine"), ("new", "new")])
def test_a_side_is_chosen(side: str, line: str) -> None:
    """A chosen side settles its conflict and leaves the others."""
    merged = merge("a\nb", "mine\nx", "new\ny")
    settled = merged.choose({merged.conflicts[0]: side})
    assert settled.text.split("\n")[0] == line
    assert settled.conflicts == merged.conflicts[1:]


def test_what_git_cannot_merge_is_told() -> None:
    """A text with a zero byte is refused in one line, not merged wrongly."""
    with pytest.raises(LedgerError, match="git cannot merge"):
        merge("a\0\nb", "a\0\nc", "d\0\nb")


def test_settings_of_git_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who has git show conflicts in another style gets the same result."""
    (tmp_path / ".gitconfig").write_text("[merge]\n\tconflictStyle = diff3\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert merge("a", "b", "c").conflicts == (Conflict(1, "", ("b",), ("c",)),)
