"""The full-text index."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speckit.index import LARGE, Index


def indexed(*documents: tuple[str, str]) -> Index:
    index = Index(sqlite3.connect(":memory:"))
    for number, (name, body) in enumerate(documents):
        index.add(number, name, body)
    return index


def test_words_are_found_in_any_ending() -> None:
    """A word finds its other endings, and an ending of the same stem is given only once."""
    index = indexed(("Workflow", "it runs workflows"), ("Other", "nothing"))
    found = index.search("body", "Workflow workflows gone")
    assert {word: set(scores) for word, scores in found.items()} == {"workflow": {0}}


def test_fields_are_apart() -> None:
    """What stands in a body is not found in a name, nor the other way."""
    index = indexed(("apple", "pear"), ("pear", "apple"))
    assert list(index.search("name", "apple")["apple"]) == [0]
    assert list(index.search("body", "apple")["apple"]) == [1]


def test_a_word_of_most_documents_still_counts() -> None:
    """The subject that a project's documents share ranks those that say more about it, if little."""
    bodies = ["tool tool tool", "tool and much else besides", "rare tool", "none"]
    common, rare = indexed(*(("", body) for body in bodies)).search("body", "tool rare").values()
    assert common[0] > common[1] > 0.1
    assert rare[2] > common[2]


def test_common_words_of_a_large_index() -> None:
    """Where there are many documents a word of most of them is passed over, but for a topic of such words."""
    index = indexed(*(("", f"tool {'rare' * (n == 3)}") for n in range(LARGE + 1)))
    assert list(index.search("body", "rare tool")) == ["rare"]
    assert list(index.search("body", "tool")) == ["tool"]


@pytest.mark.parametrize("topic", ['"', "*", "x AND", "NEAR(", "a-b", "''", "name:x", "\0", "x " * 200_000])
def test_query_syntax_is_text(topic: str) -> None:
    """What means something to SQLite is looked up as text, or finds nothing."""
    indexed(("name", "x AND a b")).search("body", topic)


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4), st.text())
def test_any_text_can_be_indexed_and_asked(documents: list[tuple[str, str]], topic: str) -> None:
    """No text makes indexing or searching fail, and no document scores below nothing."""
    for scores in indexed(*documents).search("body", topic).values():
        assert all(score >= 0 for score in scores.values())
