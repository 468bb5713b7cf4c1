"""Locate: which research documents bear on a topic, best first, and why."""

from __future__ import annotations

import datetime as dt
import sqlite3

from speckit.model import Corpus, Hit, Tier


def locate(corpus: Corpus, topic: str, as_of: dt.date, limit: int = 30) -> tuple[Hit, ...]:
    """Rank."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE document USING fts5(name, body, tokenize='porter unicode61')")
    db.executemany(
        "INSERT INTO document(rowid, name, body) VALUES (?, ?, ?)",
        ((n, f"{d.path} {d.title}", d.text) for n, d in enumerate(corpus.documents)),
    )
    words = " OR ".join(f'"{word}"' for word in topic.replace('"', " ").split())
    rows = db.execute(
        "SELECT rowid, -bm25(document, 5, 1) FROM document WHERE document MATCH ? ORDER BY rank LIMIT ?",
        (words, limit),
    ).fetchall()
    return tuple(
        Hit(corpus.documents[n], score, _tier(corpus.documents[n].date, as_of), ("matches",)) for n, score in rows
    )


def _tier(date: dt.date | None, as_of: dt.date) -> Tier:
    if date is None:
        return "aged"
    age = (as_of - date).days
    return "recent" if age <= 30 else "moderate" if age <= 90 else "aged"
