"""A research folder seen through an index on disk, for folders too large to read on each run.

The index is a private cache, which may be deleted at any time. It is only ever added to: a file that
changed gets a new number, what is found under its old one is passed over, and when the old ones are many the
index is built anew.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from speckit.index import Index, called
from speckit.load.describe import citations, describe, mentions
from speckit.load.files import File, UnreadableError
from speckit.model import Corpus, Document, Skipped
from speckit.paths import cache_folder
from speckit.shelf import Shelf

FORMAT = 2  # of the cache; one of another format is left alone
_TABLE = """CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, number INTEGER UNIQUE, stamp TEXT, digest TEXT, document TEXT
)"""


def load_shelf(files: Iterable[File], root: Path, research: Path) -> Corpus:
    """Load a large folder. Where there can be no cache, or it is broken, the index is made in memory.

    Args:
        files: what lies in the folder.
        root: the project root, which paths start at.
        research: the research folder; in the root.

    Returns:
        A corpus of documents without text, which its shelf has.
    """
    files, prefix = tuple(files), research.relative_to(root).as_posix()
    key = blake2b(bytes(research.resolve()), digest_size=8).hexdigest()
    cache = cache_folder() / "research" / f"{key}-{FORMAT}.db"
    try:
        cache.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        database = sqlite3.connect(cache, timeout=30)
        index, skipped = _take_in(database, files, prefix)
    except (OSError, sqlite3.Error):
        _drop(cache)
        database = sqlite3.connect(":memory:")
        index, skipped = _take_in(database, files, prefix)
    documents = _documents(database)
    if index.size > 2 * len(documents) + 100:
        _drop(cache)
    return Corpus(tuple(documents.values()), skipped, Shelf(root, documents, index))


def _take_in(
    database: sqlite3.Connection, files: Iterable[File], prefix: str
) -> tuple[Index, tuple[Skipped, ...]]:
    """Take in what changed since the last time: a file is read when its time or size is another."""
    skipped = []
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    with database:
        database.execute("BEGIN IMMEDIATE")  # another process may be taking in the same
        database.execute(_TABLE)
        index = Index(database)
        gone = dict(database.execute("SELECT path, stamp FROM file").fetchall())
        for file in files:
            try:
                _update(database, index, file, gone.get(file.path, ""), prefix)
                gone.pop(file.path, None)
            except UnreadableError as problem:
                skipped.append(Skipped(file.path, str(problem)))
        database.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
    return index, tuple(skipped)


def _update(database: sqlite3.Connection, index: Index, file: File, known: str, prefix: str) -> None:
    """Index a file unless it is as it was: its stamp tells, and if that is another, its digest."""
    if file.stamp == known and not file.fault:
        return
    text = file.read()
    digest = blake2b(text.encode(), digest_size=16).hexdigest()
    query = "UPDATE file SET stamp = ? WHERE path = ? AND digest = ?"
    if database.execute(query, (file.stamp, file.path, digest)).rowcount:
        return
    document = describe(file.path, text, prefix)
    number = index.size
    index.add(number, called(document), text)
    row = (file.path, number, file.stamp, digest, _dump(document, mentions(text)))
    database.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", row)


def _documents(database: sqlite3.Connection) -> dict[int, Document]:
    """The documents by number, ordered by path, with what they cite."""
    rows = database.execute("SELECT number, path, document FROM file ORDER BY path").fetchall()
    cited = citations([path for _, path, _ in rows])
    return {number: _load(source, cited) for number, _, source in rows}


def _dump(document: Document, mentioned: Iterable[str]) -> str:
    """A document as JSON, with what it mentions: which documents that means depends on the others."""
    date = document.date and document.date.isoformat()
    return json.dumps(asdict(document) | {"text": "", "date": date, "links": [*dict.fromkeys(mentioned)]})


def _load(source: str, cited: Callable[[str, Iterable[str]], tuple[str, ...]]) -> Document:
    fields: dict[str, Any] = json.loads(source)
    fields["date"] = dt.date.fromisoformat(fields["date"]) if fields["date"] else None
    fields["tags"] = tuple(fields["tags"])
    fields["links"] = cited(fields["path"], fields["links"])
    return Document(**fields)


def _drop(cache: Path) -> None:
    """Have the cache built anew by the next run; where it cannot be deleted it is done without."""
    for part in (cache, Path(f"{cache}-wal"), Path(f"{cache}-shm")):
        with suppress(OSError):
            part.unlink(missing_ok=True)
