"""Where documents stand: by number, with the index that knows them by it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from pathlib import Path

from speckit.index import Index, called, subject
from speckit.load.files import UnreadableError, read_text
from speckit.model import Corpus, Document


@dataclass(frozen=True)
class Shelf:
    """Documents by their number in the index, which may also know some that are gone.

    On a shelf that is on disk they have no text.
    """

    root: Path
    documents: Mapping[int, Document]
    index: Index

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The documents' numbers by path."""
        return {document.path: number for number, document in self.documents.items()}

    @cached_property
    def namesakes(self) -> Mapping[frozenset[str], list[Document]]:
        """The documents by the words of their names, as `index.subject` has them."""
        found: dict[frozenset[str], list[Document]] = {}
        for document in self.documents.values():
            found.setdefault(subject(document.path), []).append(document)
        return found

    def later(self, day: dt.date) -> set[int]:
        """The documents that are dated after a day."""
        return {number for _, number in self._dated[bisect_right(self._dated, day, key=itemgetter(0)) :]}

    @cached_property
    def _dated(self) -> list[tuple[dt.date, int]]:
        return sorted((document.date, number) for number, document in self.documents.items() if document.date)

    def whole(self, document: Document) -> Document:
        """A document with its text; without it where the file has gone since."""
        try:
            return replace(document, text=read_text(self.root / document.path))
        except UnreadableError:
            return document


def shelve(corpus: Corpus) -> Shelf:
    """The shelf of a corpus; one in memory where it has none."""
    if corpus.shelf:
        return corpus.shelf
    index = Index(sqlite3.connect(":memory:"))
    for number, document in enumerate(corpus.documents):
        index.add(number, called(document), document.text)
    return Shelf(Path(), dict(enumerate(corpus.documents)), index)
