"""Findings are whole passages, each told for what it is, each citing lines that hold its words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speckit.analyze import analyze
from speckit.load import load
from speckit.model import Document, Finding

_WORD = re.compile(r"\w+")


def document(text: str, path: str = "research/docs/2026-01-02-a.md", date: str = "2026-01-02") -> Document:
    return Document(path, dedent(text).strip("\n"), "A", dt.date.fromisoformat(date), "docs")


def found(text: str) -> list[tuple[str, str, str]]:
    """Kind, lines and text of the findings of a document."""
    return [(item.kind, item.citation.lines, item.text) for item in analyze([document(text)]).items]


def reads_back(item: Finding, texts: dict[str, list[str]]) -> bool:
    """Whether the cited lines stand in the document and hold every word of the finding, in order."""
    cited = item.citation
    lines = "\n".join(texts[cited.path][cited.start - 1 : cited.end])
    said = iter(_WORD.findall(lines))
    return lines == cited.quote and all(word in said for word in _WORD.findall(item.text))


def test_a_list_stands_with_the_sentence_that_leads_into_it():
    """A lead-in without its list says nothing, nor does the list without its lead-in."""
    text = """
    # Research

    ## Findings

    It is written in two steps:

    - the temporary file
    - the rename
    """
    assert found(text) == [
        ("detail", "5-8", "It is written in two steps:\n- the temporary file\n- the rename"),
    ]


def test_code_stands_with_its_caption_and_its_language():
    """A fence is told apart from prose, and keeps what says what it is."""
    text = """
    # Research

    ## Findings

    The door is:

    ```python
    def enter(key: str) -> None: ...
    ```
    """
    assert found(text) == [
        ("code", "5-9", "The door is:\n```python\ndef enter(key: str) -> None: ...\n```"),
    ]


def test_a_long_list_is_cut_between_its_items():
    """What is too long to quote is cut where it can be, and each piece cites its own lines."""
    items = "\n".join(f"- item {n} " + "word " * 20 for n in range(9))
    cut = found(f"# R\n\n## F\n\nThese hold for all:\n\n{items}")
    assert len(cut) > 1
    assert all(len(_WORD.findall(text)) <= 90 for _, _, text in cut)
    assert cut[0][2].startswith("These hold for all:\n- item 0")
    assert " ".join(text for _, _, text in cut).count("- item") == 9


@pytest.mark.parametrize(
    ("heading", "body", "kind"),
    [
        ("Summary", "The cache is read twice on each call.", "summary"),
        ("Research Question", "How is the cache read, and by whom?", "question"),
        ("1. The Problem", "The cache is read twice on each call.", "problem"),
        ("Current Architecture", "The cache is read twice on each call.", "current"),
        ("Recommendations", "Read the cache once and hand it on.", "recommendation"),
        ("Option A: one reader", "The cache is read once, by the loader.", "alternative"),
        ("Requirements", "The cache is read at most once a call.", "requirement"),
        ("Constraints", "The cache holds ten entries at most.", "constraint"),
        ("Risks", "A stale entry is served after a crash.", "risk"),
        ("Test Coverage", "The reader has no test of its own.", "test"),
        ("Files to Keep Unchanged", "`cache.py` is not touched by this.", "exclusion"),
        ("Details", "Entries expire in the order they came.", "detail"),
        ("Details", "Entries live in memory instead of on disk.", "decision"),
        ("Details", "Sharing entries is out of scope here.", "exclusion"),
        ("Summary", "**Root cause:** the lock is taken too late.", "problem"),
        ("Code References", "- `src/cache.py:12` - the reader\n- `src/lock.py:3` - the lock", "reference"),
        ("Flow", "```\n┌──┐\n│a │──▶ b\n└──┘\n```", "diagram"),
        ("Flow", "```mermaid\nflowchart TD\n  a --> b\n```", "diagram"),
        ("Layout", "```\nsrc/\n├── a.py\n├── b.py\n└── c.py\n```", "code"),
    ],
)
def test_structure_tells_what_a_passage_is(heading, body, kind):
    """Headings, lead-ins and form decide; the words of a sentence only where they are silent."""
    assert {item[0] for item in found(f"# Research\n\n## {heading}\n\n{body}")} == {kind}


@pytest.mark.parametrize(
    "heading", ["Related Research", "Historical Context (from research/)", "References", "Open Questions"]
)
def test_what_points_elsewhere_is_no_finding(heading):
    """Sections that list other documents say nothing about the subject, and questions come apart."""
    assert found(f"# Research\n\n## {heading}\n\n- `research/docs/b.md` - another document on this") == []


def test_a_document_named_after_its_source_is_read():
    """Only headings below the title point elsewhere: a document called after a site is no list of links."""
    text = "# GitHub SDK\n\n## Events\n\nIt emits an idle event.\n\n## GitHub Links\n\nThe issue is there."
    assert [item[2] for item in found(text)] == ["It emits an idle event."]


def test_a_table_of_files_gives_a_finding_a_row():
    """Each row of a table of files can stand alone, and cites its own line."""
    text = "# R\n\n## Files\n\n| File | Use |\n| --- | --- |\n| `src/a.py` | reads |\n| `src/b.py` | writes |"
    assert found(text) == [
        ("reference", "7", "| `src/a.py` | reads |"),
        ("reference", "8", "| `src/b.py` | writes |"),
    ]


def test_the_newer_document_wins_and_both_are_cited():
    """Two values for one identifier are a conflict of its own, with both sides."""
    old = document(
        "# R\n\n## F\n\nThe default of `MAX_ENTRIES` is unset: `MAX_ENTRIES` = 10", date="2026-01-02"
    )
    new = document(
        "# R\n\n## F\n\nSince then `MAX_ENTRIES` is 25 for all", "research/docs/b.md", "2026-02-03"
    )
    conflicts = analyze([old, new]).of("conflict")
    assert [(item.subject, item.citation.label, item.against.label) for item in conflicts] == [
        ("MAX_ENTRIES", "b.md:5", "2026-01-02-a.md:5")
    ]


def test_agreement_is_no_conflict():
    """Documents that say the same, and one that repeats itself, do not disagree."""
    same = "# R\n\n## F\n\nToday `MAX_ENTRIES` is 1,000 for all"
    other = same.replace("1,000", "1000").replace("Today", "As before")
    assert analyze([document(same), document(other, "research/docs/b.md")]).of("conflict") == ()


def test_what_two_documents_say_word_for_word_is_told_once():
    """The primary document's words stand for both."""
    text = "# R\n\n## Summary\n\nThe cache is read twice on each call."
    items = analyze([document(text), document(text, "research/docs/b.md")]).items
    assert [item.citation.label for item in items] == ["2026-01-02-a.md:5"]


def test_a_question_of_two_documents_is_asked_once():
    """Duplicates are merged; the question cites every place that it stands in."""
    text = "# R\n\n## Open Questions\n\n1. Should the cache be shared between processes?"
    questions = analyze([document(text), document(text, "research/docs/b.md")]).questions
    assert [[c.label for c in question.citations] for question in questions] == [
        ["2026-01-02-a.md:5", "b.md:5"]
    ]


def test_every_finding_of_the_corpus_reads_back(atomic):
    """Over all research documents of a real project, each finding's words stand in the lines it cites."""
    documents = load(atomic, atomic / "research", atomic / "specs").documents
    texts = {d.path: d.text.split("\n") for d in documents}
    wrong = [
        item.citation.label
        for document in documents
        for item in analyze([document]).items
        if not reads_back(item, texts)
    ]
    assert wrong == []


@pytest.mark.slow
def test_broken_research_is_analyzed_too(atomic):
    """Files that are cut off, run into each other or read in the wrong encoding give findings, no failure."""
    documents = load(atomic, atomic / "research", atomic / "specs").documents
    for place, one in enumerate(documents):
        other = documents[place - 1].text
        text = [
            one.text[: len(one.text) * 2 // 3],
            one.text[: len(one.text) // 2] + other[len(other) // 2 :],
            one.text.encode().decode("latin-1"),
        ][place % 3]
        broken = replace(one, text=text)
        lines = {one.path: text.split("\n")}
        assert [item.citation.label for item in analyze([broken]).items if not reads_back(item, lines)] == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "# R",
                "## Summary",
                "words that say a thing:",
                "- one\n  - two",
                "1. a\n\n   ```\n   x\n   ```",
                "| a | b |\n|---|---|\n| `x.py` | 2 |",
                "```\n┌─┐\n│ │\n└─┘",
                "> said so",
                "<!-- c",
                "",
                "\ttab",
            ]
        )
        | st.text(max_size=30),
        max_size=12,
    ).map("\n".join)
)
def test_any_markdown_can_be_analyzed(text):
    """Nothing in a document stops the analysis, and every finding cites lines that there are."""
    one = Document("research/a.md", text, "A", None, "")
    lines = text.split("\n")
    for item in analyze([one]).items:
        assert item.citation.quote == "\n".join(lines[item.citation.start - 1 : item.citation.end])
