"""Finding open questions, their options, recommendations and answers."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speckit.model import Document, Question
from speckit.questions import find_questions, question_id

CASES = Path(__file__).parent / "cases" / "questions"
CASE = re.compile(r"^## ([^\n]+)\n\n`{5}\n(.*?)\n`{5}\n\n`{5}\n(.*?)\n?`{5}$", re.MULTILINE | re.DOTALL)

# Lines out of which questions in every form arise, when they are joined in any order.
PIECES = [
    *("## Open Questions", "### Resolved", "### Should we?", "## Other", "Open questions", "---", "===", ""),
    *("1. **Topic**: Should we use A or B?", "- [ ] **Topic.** Keep it?", "- [x] ~~Which?~~ **Resolved:** A"),
    *(
        "- Whether A or B",
        "  - [x] (A) Label — tradeoff",
        "  - (B) Label",
        "  - Pros: fast",
        "    - Cons: slow",
    ),
    *(
        "**Recommendation:** Option (a).",
        "Answer: yes",
        "| Question | Options |",
        "|---|---|",
        "| A? | x / y |",
    ),
    *(
        "Options: (a) one, (b) two",
        "A vs. B",
        "```",
        "~~~",
        "<!-- q1a2b3c4d -->",
        "> **Decision:** no",
        "None.",
    ),
    *(
        "> [!NOTE]",
        "**For the team:**",
        "- A: one",
        "- B: two",
        "  - What's unclear: whether A or B",
        "[Affects R2] Naming",
    ),
    *(
        "- Naming of flags",
        "- Leaning yes",
        "## Risks & Open Questions",
        "#### Deep",
        "Answer:",
        "- Light: fast",
    ),
    *("(yes? no?)", "`code?", "**", "~~", "[x](y.md#L1)", "\ttab", "É?", "or", "\u2028", "\0", "?", "? Or?"),
]
texts = st.lists(st.sampled_from(PIECES)).map("\n".join)


def document(text: str) -> Document:
    return Document("research/x.md", text, "X", None, "docs")


def questions(text: str) -> tuple[Question, ...]:
    return find_questions(document(text))


def table(text: str) -> str:
    """The questions of a text as the cases show them."""
    rows = []
    for question in questions(text):
        topic = f"**{question.topic}** " if question.topic else ""
        rows.append(
            f"{question.citations[0].lines} {question.kind}, {question.group}: {topic}{question.text}"
        )
        for option in question.options:
            tradeoff = f" — {option.tradeoff}" if option.tradeoff else ""
            lines = option.citation.lines if option.citation else ""
            rows.append(f"  {lines} option: {option.label}{tradeoff}")
        if question.recommended:
            rows.append(f"  recommended: {question.recommended}")
        if question.resolved:
            rows.append(f"  answer: {question.answer or ''}".rstrip())
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{file.stem}: {title}")
        for file in sorted(CASES.glob("*.md"))
        for title, text, expected in CASE.findall(file.read_text("utf-8"))
    ],
)
def test_cases(text: str, expected: str) -> None:
    """What each case of cases/questions says."""
    assert table(text) == expected


@pytest.mark.parametrize("file", sorted(CASES.glob("*.md")), ids=lambda file: file.stem)
def test_no_case_is_lost(file: Path) -> None:
    """Every title of a case file is a case that was run."""
    source = file.read_text("utf-8")
    outside_fences = re.sub(r"^`{5}\n.*?^`{5}$", "", source, flags=re.MULTILINE | re.DOTALL)
    assert len(CASE.findall(source)) == outside_fences.count("## ") > 0


def holds_the_laws(text: str) -> None:
    found = questions(text)
    lines = text.split("\n")
    last = 0
    for question in found:
        citation = question.citations[0]
        assert last < citation.start <= citation.end <= len(lines)
        last = citation.end
        stated = [option.citation for option in question.options if option.citation]
        assert len(stated) == len(question.options)
        assert all(citation.start <= cited.start <= cited.end <= citation.end for cited in stated)
        for cited in (*question.citations, *stated):
            assert cited.quote == "\n".join(lines[cited.start - 1 : cited.end])
        labels = [option.label.casefold() for option in question.options]
        assert len(set(labels)) == len(labels) != 1
        assert all(label.strip() for label in labels)
        assert question.text.strip()
        assert question.ids == (question.id,)
        assert (question.group == "statements") == (question.kind == "statement")
        assert question.resolved or question.answer is None
    assert len({question.id for question in found}) == len(found)
    assert questions(text) == found


@given(texts)
def test_laws_of_any_lines(text: str) -> None:
    """Whatever the lines: citations read back, in order; ids and labels are distinct; twice is the same."""
    holds_the_laws("## Open Questions\n" + text)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text makes finding fail."""
    holds_the_laws(text)
    holds_the_laws(f"## Open Questions\n\n1. **{text}")


def test_laws_over_the_corpus(atomic: Path) -> None:
    """Over a whole corpus, every citation reads back and most of what is found asks."""
    found = 0
    for path in sorted(atomic.rglob("*.md")):
        text = path.read_text("utf-8").replace("\r\n", "\n")
        holds_the_laws(text)
        found += sum(question.kind != "statement" for question in questions(text))
    assert found > 500


def test_labels_over_the_corpus(atomic: Path) -> None:
    """Labels are short: at most 8 words for half of them, and over 14 only as the text has them."""
    labels = [
        (option.label, " ".join(option.citation.quote.split()))
        for path in sorted(atomic.rglob("*.md"))
        for question in questions(path.read_text("utf-8").replace("\r\n", "\n"))
        for option in question.options
        if option.citation
    ]
    words = sorted(len(label.split()) for label, _ in labels)
    assert words[len(words) // 2] <= 8
    for label, quote in labels:
        if len(label.split()) > 14:
            assert label[1:] in re.sub(r"\*\*| be(?= )", "", quote)


@pytest.mark.parametrize(
    "same",
    [
        "Should we keep `foo_bar` in the index?",
        "should we keep foo_bar\n   in the   index",
        "**Should we keep `foo_bar` in the index?**",
        "_Should we keep ~~foo_bar~~ in the index_?",
        "[Should we keep foo_bar](https://example.com) in the index?",
    ],
)
def test_an_id_does_not_see_markup(same: str) -> None:
    """Case, markup, spacing and the sign at the end do not change an id."""
    assert question_id(same) == question_id("Should we keep foo_bar in the index?")


def test_ids_tell_questions_apart() -> None:
    """Another word, or another identifier, is another question."""
    texts = [
        "Is foo_bar kept?",
        "Is foobar kept?",
        "Is foo-bar kept?",
        "Is foo_bar left?",
        "Is a > b?",
        "Is a < b?",
    ]
    assert len({question_id(text) for text in texts}) == len(texts)


@given(st.text())
def test_an_id_has_one_form(text: str) -> None:
    """An id is `q` and eight hex digits, and doubling the spaces does not change it."""
    assert re.fullmatch(r"q[0-9a-f]{8}", question_id(text))
    assert question_id(text.replace(" ", "  ")) == question_id(text)


def test_an_id_does_not_see_the_place() -> None:
    """The same question has one id in any place of any document, whatever stands around it."""
    one = questions("## Open Questions\n\n1. **Cache**: Should we cache?\n")
    other = questions(
        "# X\n\n## 9. Open Questions\n\n- Is it slow?\n- [ ] **Speed.** Should we cache? Maybe.\n"
    )
    assert one[0].id == other[1].id == question_id("Should we cache?")


def test_an_item_keeps_the_id_written_beside_it() -> None:
    """An item of a spec keeps its id when a person rewords it."""
    (question,) = questions(
        "## 9. Open Questions\n\n- [ ] **Cache.** Reworded? <!-- q1a2b3c4d --> [x.md:1](x.md#L1)\n"
    )
    assert (question.id, question.ids, question.text) == ("q1a2b3c4d", ("q1a2b3c4d",), "Reworded?")


HOSTILE = {
    "questions": "- **T**: Should we use A or B? (Recommendation: A)\n",
    "options": "  - [ ] (A) one — two\n",
    "headings": "## Open Questions\n\n### Is it so?\n\nOptions:\n\n",
    "open bold": "**T",
    "backticks": "` ``? ",
    "brackets": "](( or (a) ",
    "strikes": "~~A?~~ ",
    "clauses": "if a, should b or ",
    "cues": "Answer: Recommendation: Options: ",
    "stops": "e.g. vs. ?? .. ",
    "dashes": " — should — or -",
    "replies": "- [ ] Is it so?\n\nYes.\n\n",
    "cells": "| Options | Question? |\n|---|---|\n",
    "tags": "[A][B] ",
    "calls": "> [!NOTE]\n> **T**: Is it so?\n\n",
    "bold lines": "**For us:**\n\n- Is it so?\n\n",
    "sides": "a vs b, ",
    "guesses": "Seconds? Frames -- ",
    "prose": "### Name\n\nIt is slow.\n\n",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_text(piece: str) -> None:
    """Four times the text costs at most some six times the calls, and no pattern runs away."""

    def calls(times: int) -> int:
        text = "## Open Questions\n\n1. **T**: Is it so?\n" + piece * times
        counted = 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal counted
            counted += event in {"call", "c_call"}

        find = document(text)
        sys.setprofile(count)
        try:
            find_questions(find)
        finally:
            sys.setprofile(None)
        return counted

    calls(1)  # imports and caches
    assert calls(1200) < 6 * calls(300)
