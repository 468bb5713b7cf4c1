"""A research folder seen through an index on disk, for folders too large to hold in memory.

The index is a private cache, which may be deleted at any time. It is only ever added to: a file that changed
gets a new number, what is found under its old one is passed over, and when the old ones are many the index
is built anew.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from dataclasses import asdict, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from speckit.index import Index
from speckit.load import UnreadableError, citations, describe, files, mentions, read
from speckit.locate import HEAD, called, rank
from speckit.model import Document, Hit, Skipped

FORMAT = 1  # of the cache; another one is built anew
_TABLE = """CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, number INTEGER UNIQUE, stamp TEXT, digest TEXT, document TEXT, mentions TEXT
)"""


class Library:
    """The documents of a research folder, by what an index on disk knows of them.

    Args:
        root: the project root, which paths start at.
        research: the folder to read; in the root.
        specs: the folder of specs, which are no research.
        cache: a private folder, not shared with anybody.
    """

    def __init__(self, root: Path, research: Path, specs: Path, cache: Path) -> None:
        self._root, self._research, self._specs = root, research, specs
        self._prefix = research.relative_to(root).as_posix()
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = blake2b(bytes(research.resolve()), digest_size=8).hexdigest()
        self._database = _open(cache / f"{key}-{FORMAT}.db")
        self._index = Index(self._database)
        self.documents: dict[int, Document] = {}

    def refresh(self) -> tuple[Skipped, ...]:
        """Take in what changed in the folder since the last time.

        A file is read when its time or size is another, and indexed when its bytes are.

        Returns:
            What could not be taken in, and why.
        """
        skipped = []
        gone = dict(self._database.execute("SELECT path, stamp FROM file").fetchall())
        with self._database:
            for file, path, reason in files(self._root, self._research, self._specs):
                if reason:
                    skipped.append(Skipped(path, reason))
                    continue
                try:
                    self._take(path, file, gone.get(path, ""))
                    gone.pop(path, None)
                except UnreadableError as problem:
                    skipped.append(Skipped(path, str(problem)))
            self._database.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
        self._remember()
        return tuple(skipped)

    def locate(self, topic: str, as_of: dt.date, limit: int = 30) -> tuple[Hit, ...]:
        """Rank the documents by what they have to say about a topic, as `locate.locate` does."""
        hits = rank(self.documents, self._index, topic, as_of, limit)
        return tuple(replace(hit, document=self._whole(hit.document)) for hit in hits)

    def _take(self, path: str, file: Path, known: str) -> None:
        """Index a file unless it is as it was: its stamp tells, and if that is another, its digest."""
        stamp = _stamp(file)
        if stamp == known:
            return
        text = read(file)
        digest = blake2b(text.encode(), digest_size=16).hexdigest()
        query = "UPDATE file SET stamp = ? WHERE path = ? AND digest = ?"
        if self._database.execute(query, (stamp, path, digest)).rowcount:
            return
        document = describe(path, text, self._prefix)
        number = self._index.size
        self._index.add(number, called(document), text)
        self._database.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
            (path, number, stamp, digest, _dump(document), json.dumps(list(mentions(text)))),
        )

    def _remember(self) -> None:
        """Hold in memory what ranking needs: every document with its first lines, and what it cites.

        Where no file came or went, only the documents that changed are made again.
        """
        numbers = dict(self._database.execute("SELECT number, path FROM file").fetchall())
        kept = {n: document for n, document in self.documents.items() if n in numbers}
        if set(numbers.values()) != {document.path for document in self.documents.values()}:
            kept = {}
        cited = citations(numbers.values())
        for number in numbers.keys() - kept.keys():
            query = "SELECT document, mentions FROM file WHERE number = ?"
            source, mentioned = self._database.execute(query, (number,)).fetchone()
            document = _load(source)
            kept[number] = replace(document, links=cited(document.path, json.loads(mentioned)))
        self.documents = kept

    def _whole(self, document: Document) -> Document:
        """The document with all its text, or with its first lines where the file has gone since."""
        try:
            return replace(document, text=read(self._root / document.path))
        except UnreadableError:
            return document


def _open(file: Path) -> sqlite3.Connection:
    """Open the cache, made anew where it is no database or more of it is old than new."""
    for attempt in range(2):
        database = sqlite3.connect(file, timeout=30)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(_TABLE)
            (live,) = database.execute("SELECT count(*) FROM file").fetchone()
            if attempt or Index(database).size <= 2 * live + 100:
                return database
        except sqlite3.DatabaseError:
            if attempt:
                raise
        database.close()
        for part in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            part.unlink(missing_ok=True)
    raise AssertionError("a new cache is always taken")


def _stamp(file: Path) -> str:
    try:
        status = file.stat()
    except OSError as problem:
        raise UnreadableError(f"cannot be read: {problem.strerror}") from None
    return f"{status.st_mtime_ns} {status.st_size}"


def _dump(document: Document) -> str:
    date = document.date and document.date.isoformat()
    fields = asdict(replace(document, text=document.text[:HEAD])) | {"date": date}
    return json.dumps(fields)


def _load(source: str) -> Document:
    fields: dict[str, Any] = json.loads(source)
    date = fields.pop("date")
    tags = tuple(fields.pop("tags"))
    return Document(**fields | {"tags": tags, "date": dt.date.fromisoformat(date) if date else None})
