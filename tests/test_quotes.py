"""Quotes: what bears on an option, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from speckit.analyze import analyze
from speckit.load import load
from speckit.model import Document, Option, Question
from speckit.quotes import MOST, quotes, sentences

QUESTION = Question(
    "q00000000",
    "Where is the queue kept?",
    "explicit-options",
    options=(Option("In `redis`"), Option("In a Postgres table"), Option("In a file beside it")),
)


def bearing(*said: str) -> list[tuple[str, str]]:
    """What a document with these sentences says about `redis`, with its stance."""
    text = "# R\n\n## Findings\n\n" + "\n\n".join(said)
    document = Document("research/x.md", text, "R", None, "docs")
    found = quotes(QUESTION, QUESTION.options[0], sentences(analyze([document])))
    lines = text.split("\n")
    assert all(lines[quote.citation.start - 1 : quote.citation.end] for quote in found)
    return [(quote.stance, quote.text) for quote in found]


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        ("The team keeps the queue of its mails in `redis` already.", "bears"),
        ("A queue in `redis` is fast enough for this.", "for"),
        ("Under load the queue in `redis` lost four of nine jobs.", "against"),
        ("A queue in `redis` is not fast.", "bears"),
        ("A queue in both `redis` and Postgres is fast here.", "bears"),
        ("The queue got a new `redis` client, and the build is slow.", "bears"),
    ],
)
def test_a_quote_takes_a_side_only_where_its_cue_governs_the_option(said: str, stance: str):
    """A denied cue, one that another option shares, and one in another clause take no side."""
    assert bearing(said) == [(stance, said)]


def test_what_shares_only_common_words_is_no_quote():
    """None is better than a loose one."""
    assert bearing("The queue is kept where the other services keep theirs.") == []


def test_what_shares_nothing_of_what_is_asked_is_no_quote():
    """A sentence that names the option says something of another matter."""
    assert bearing("The team runs `redis` for its sessions already.") == []


def test_what_is_recommended_elsewhere_speaks_for_its_option():
    """Where the sentence begins so; one in the middle of which the option stands may say anything."""
    question = Question("q00000000", "Which fits?", "either-or", options=(Option("Alpha"), Option("Beta")))
    said_of = ("**Recommended approach: Alpha** — fast and small.", "Some recommend Beta for larger teams.")
    text = "# R\n\n## F\n\n" + "\n\n".join(said_of)
    said = sentences(analyze([Document("research/x.md", text, "R", None, "docs")]))
    told = [[(one.stance, one.text) for one in quotes(question, one, said)] for one in question.options]
    assert told == [[("for", "**Recommended approach: Alpha** — fast and small.")], []]


def test_one_of_several_terms_is_no_quote():
    """A sentence that shares an abbreviation with an option is about something else."""
    question = Question("q00000000", "Keep it open?", "open", options=(Option("Enable it for better UX"),))
    document = Document(
        "research/x.md", "# R\n\n## F\n\nUsers move with keys (UX controls) here.", "R", None, "docs"
    )
    assert quotes(question, question.options[0], sentences(analyze([document]))) == ()


def test_at_most_two_are_quoted():
    """The nearest first."""
    assert len(bearing(*(f"The queue in `redis` of module {name} is old." for name in "abc"))) == MOST


def test_quotes_read_back_in_all_research_of_others(atomic: Path):
    """Every quote stands in the lines that it cites, and never in the question's own item."""
    corpus = load(atomic, atomic / "research", atomic / "specs")
    count = 0
    for document in corpus.documents:
        findings = analyze([document])
        said = sentences(findings)
        for question in findings.questions:
            for option in question.options:
                for quote in quotes(question, option, said):
                    count += 1
                    assert quote.text in quote.citation.quote
                    assert all(not _same_lines(quote.citation, own) for own in question.citations)
    assert count


def _same_lines(one, other) -> bool:
    return one.path == other.path and one.start <= other.end and other.start <= one.end
