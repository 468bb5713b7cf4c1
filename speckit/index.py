"""A full-text index of documents, over SQLite's FTS5: their names in one table, their bodies in another.

Apart, because a word in a title says more than a word among ten thousand; FTS5's own column weights do not
reach that, since it measures length over all columns together.
"""

from __future__ import annotations

import math
import re
import sqlite3
from operator import itemgetter
from typing import Literal

from speckit.model import Document

LARGE = 500  # documents; more are not read on each run, which takes a millisecond for each
MOST_WORDS = 100  # of a topic that are looked up; a title or a few sentences have less
COMMON_WORDS = 2  # that are looked up where a topic has no other

Field = Literal["name", "body"]

_COUNT: dict[Field, str] = {
    "name": "SELECT count(*) FROM name WHERE name MATCH ?",
    "body": "SELECT count(*) FROM body WHERE body MATCH ?",
}
_SCORES: dict[Field, str] = {
    "name": "SELECT rowid, -bm25(name) * ? FROM name WHERE name MATCH ?",
    "body": "SELECT rowid, -bm25(body) * ? FROM body WHERE body MATCH ?",
}
_TABLE = "CREATE VIRTUAL TABLE IF NOT EXISTS {} USING fts5(text, content='', tokenize='porter unicode61')"
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-?")
_WORD = re.compile(r"[^\W_]+")
_GENERIC = {"research", "analysis", "investigation", "notes"}
FUNCTION = {
    *("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
    *("are", "be", "how", "is", "it", "its", "that", "this", "what", "when", "which", "why"),
}


class Index:
    """An index of documents by number, in a database.

    Args:
        database: where its tables are, or are to be made.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        for field in ("name", "body"):
            database.execute(_TABLE.format(field))
        self.size: int = database.execute("SELECT count(*) FROM name_docsize").fetchone()[0]

    def add(self, number: int, name: str, body: str) -> None:
        """Add a document under a number that is not taken."""
        self._database.execute("INSERT INTO name(rowid, text) VALUES (?, ?)", (number, name))
        self._database.execute("INSERT INTO body(rowid, text) VALUES (?, ?)", (number, body))
        self.size += 1

    def search(self, field: Field, topic: str) -> dict[str, dict[int, float]]:
        """Score the documents that hold each word of a topic, in any of its endings.

        BM25 as FTS5 has it, but for the weight of a word: FTS5's is nothing for a word that stands in more
        than half of the documents, as the words of a project's own subject do. In a large index such words
        are passed over after all, but for the rarest of them where there is no other: they take most of the
        time and tell least.

        Returns:
            For each word that is found, the documents that hold it and their scores. Of words that are
            endings of one stem only the first is given.
        """
        words = list(dict.fromkeys(_WORD.findall(topic.casefold())))[:MOST_WORDS]
        counts = {word: count for word in words if (count := self._count(field, word))}
        if self.size > LARGE:
            rare = {word: count for word, count in counts.items() if count <= self.size / 2}
            counts = rare or dict(sorted(counts.items(), key=itemgetter(1))[:COMMON_WORDS])
        found: dict[str, dict[int, float]] = {}
        for word, count in counts.items():
            ratio = (self.size - count + 0.5) / (count + 0.5)
            weight = math.log1p(ratio) / max(math.log(ratio), 1e-6)
            scores = dict(self._database.execute(_SCORES[field], (weight, f'"{word}"')))
            if scores not in found.values():
                found[word] = scores
        return found

    def _count(self, field: Field, word: str) -> int:
        """In how many documents a word stands."""
        (count,) = self._database.execute(_COUNT[field], (f'"{word}"',)).fetchone()
        return min(int(count), self.size)  # another process may have added some since


def called(document: Document) -> str:
    """What a document is called, as the index knows it: file name without date, title, tags."""
    return f"{undated(document.path)} {document.title} {' '.join(document.tags)}"


def undated(path: str) -> str:
    """A file's name without its date and ending."""
    return _DATED.sub("", path.rpartition("/")[2].removesuffix(".md"))


def subject(path: str) -> frozenset[str]:
    """The words of a file's name that tell what it is about."""
    return frozenset(_WORD.findall(undated(path).casefold())) - _GENERIC - FUNCTION
