"""A full-text index of documents, over SQLite's FTS5: their names in one table, their bodies in another.

Apart, because a word in a title says more than a word among ten thousand; FTS5's own column weights do not
reach that, since it measures length over all columns together.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable
from typing import Literal

MOST_WORDS = 100  # of a topic that are looked up; a title or a few sentences have less

Field = Literal["name", "body"]

_TABLE = "CREATE VIRTUAL TABLE {} USING fts5(text, content='', tokenize='porter unicode61')"
_WORD = re.compile(r"[^\W_]+")


class Index:
    """An index in memory. Documents are numbered from 0, in the order given.

    Args:
        documents: name and body of each.
    """

    def __init__(self, documents: Iterable[tuple[str, str]]) -> None:
        self._database = sqlite3.connect(":memory:")
        for field in ("name", "body"):
            self._database.execute(_TABLE.format(field))
        self.size = 0
        for name, body in documents:
            self._database.execute("INSERT INTO name(rowid, text) VALUES (?, ?)", (self.size, name))
            self._database.execute("INSERT INTO body(rowid, text) VALUES (?, ?)", (self.size, body))
            self.size += 1

    def search(self, field: Field, topic: str) -> dict[str, dict[int, float]]:
        """Score the documents that hold each word of a topic, in any of its endings.

        BM25 as FTS5 has it, but for the weight of a word: FTS5's is nothing for a word that stands in more
        than half of the documents, as the words of a project's own subject do.

        Returns:
            For each word that is found, the documents that hold it and their scores. Of words that are
            endings of one stem only the first is given.
        """
        found: dict[str, dict[int, float]] = {}
        for word in list(dict.fromkeys(_WORD.findall(topic.casefold())))[:MOST_WORDS]:
            query = f"SELECT rowid, -bm25({field}) FROM {field} WHERE {field} MATCH ?"  # noqa: S608 - a Field
            scores = dict(self._database.execute(query, (f'"{word}"',)))
            ratio = (self.size - len(scores) + 0.5) / (len(scores) + 0.5)
            weight = math.log1p(ratio) / max(math.log(ratio), 1e-6)
            scores = {document: score * weight for document, score in scores.items()}
            if scores and scores not in found.values():
                found[word] = scores
        return found
