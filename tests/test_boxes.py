"""Option boxes ticked in the document: what is an answer, what is a problem, and what is put back."""

from __future__ import annotations

import pytest

from speckit.boxes import Tick, judge, put_back, ticked
from speckit.model import Problem

BASE = """\
## 9. Open Questions

- [ ] **Store.** Which store? [x.md:12](../research/x.md#L12) <!-- q00000001 -->
  - [ ] (A) SQLite — one file
  - [ ] (B) SQLite, in memory — gone with the process
  - [ ] (C) A `Path&lt;T&gt;` — not stated
- [ ] **Name.** Which name? <!-- q00000002 -->
  - [ ] (A) Yes
  - [ ] (B) No
- [x] **Done.** Yes. <!-- q00000003 -->
- [ ] **Settled.** The research answers: “x” <!-- q00000004 -->
"""
LABELS = {
    "q00000001": ["SQLite", "SQLite, in memory", "A `Path<T>`"],
    "q00000002": ["Yes", "No"],
}


def judged(document: str, *, several: bool = False) -> list[Tick | Problem]:
    return [
        judge(item, "x.md", LABELS.get(item.question, ()), several=several) for item in ticked(BASE, document)
    ]


def tick(*options: str, base: str = BASE) -> str:
    """The document with some lines' boxes ticked."""
    for option in options:
        assert f"[ ] {option}" in base
        base = base.replace(f"[ ] {option}", f"[x] {option}")
    return base


@pytest.mark.parametrize(
    ("option", "label", "line"),
    [
        ("(A) SQLite —", "SQLite", 4),
        ("(B) SQLite, in", "SQLite, in memory", 5),
        ("(C) A", "A `Path<T>`", 6),
        ("(B) No", "No", 9),
    ],
)
def test_a_ticked_option_is_its_label(option: str, label: str, line: int) -> None:
    """A choice is the label as it is offered, whatever markup and tradeoff the line has."""
    assert judged(tick(option)) == [Tick((label,), line)]


@pytest.mark.parametrize("mark", ["x", "X"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("bullet", ["-", "*"])
def test_however_an_editor_ticks_it(mark: str, line_end: str, bullet: str) -> None:
    """Capital marks, other bullets and other line ends are no difference."""
    document = BASE.replace("- [ ] (B) No", f"{bullet} [{mark}] (B) No").replace("\n", line_end)
    assert judged(document) == [Tick(("No",), 9)]


def test_nothing_ticked_is_nothing() -> None:
    """A document as it was generated, or edited elsewhere, has no ticks."""
    assert judged(BASE) == []
    assert judged(BASE.replace("Which store", "Which kind of store")) == []
    assert judged("") == []


def test_the_item_may_be_ticked_as_well() -> None:
    """Who ticks the question along with its option says no more than the option."""
    assert judged(tick("**Name.**", "(A) Yes")) == [Tick(("Yes",), 8)]


def test_several_where_several_can_be_chosen() -> None:
    """Two ticks are one answer where options do not exclude each other."""
    assert judged(tick("(A) SQLite —", "(C) A"), several=True) == [Tick(("SQLite", "A `Path<T>`"), 4)]


@pytest.mark.parametrize(
    ("options", "line", "message"),
    [
        (("(A) Yes", "(B) No"), 9, "q00000002: 2 options are ticked where one can be chosen"),
        (("**Name.**",), 7, "q00000002: it is ticked and no option is chosen"),
        (("**Settled.**",), 11, "q00000004: it is ticked and no option is chosen"),
    ],
)
def test_a_tick_that_is_no_answer(options: tuple[str, ...], line: int, message: str) -> None:
    """It is a problem that says where and what to do."""
    (problem,) = judged(tick(*options))
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line, problem.message) == ("x.md", line, message)
    assert problem.hint


def test_an_option_of_ones_own_is_told() -> None:
    """A ticked line that is no option on offer is not guessed at."""
    (problem,) = judged(BASE.replace("  - [ ] (B) No", "  - [x] (B) Perhaps"))
    assert isinstance(problem, Problem)
    assert problem.message == "q00000002: no option 'Perhaps' is offered"


def test_boxes_elsewhere_are_text() -> None:
    """Boxes of a person's own list, under no question, or of a question that was answered are no ticks."""
    assert judged(BASE + "\n- [x] My own list\n  - [x] (A) Yes\n") == []
    assert (
        judged(
            BASE.replace(
                "- [x] **Done.** Yes. <!-- q00000003 -->", "- [x] **Done.** Yes, so it is. <!-- q00000003 -->"
            )
        )
        == []
    )
    assert (
        judged(
            BASE.replace("<!-- q00000002 -->\n", "<!-- q00000009 -->\n").replace("[ ] (B) No", "[x] (B) No")
        )
        == []
    )


def test_putting_back_leaves_other_edits() -> None:
    """Only the ticks go; what else was edited, there or elsewhere, stays."""
    edited = BASE.replace("one file", "one file, in the project").replace("Which name?", "Which name, then?")
    document = tick("(A) SQLite —", "(A) Yes", "**Name.**", base=edited)
    assert put_back(document, ticked(BASE, document)) == edited
    first = [item for item in ticked(BASE, document) if item.question == "q00000001"]
    assert put_back(document, first) == tick("(A) Yes", "**Name.**", base=edited)
