"""The document on disk, and its bases: what was generated for an export, by the hash that it names."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from speckit.boxes import Item, ticked
from speckit.export import digest, named_bases
from speckit.ledger.files import read_text, write_file
from speckit.model import Citation
from speckit.provenance import commit_of

VERSION = 1
_TRACED = re.compile(r"(?P<path>.+)#L(?P<start>\d+)-L(?P<end>\d+)")


@dataclass(frozen=True, slots=True)
class Page:
    """The document as it is on disk, None where there is none, with those of its bases that are known."""

    path: Path
    text: str | None
    bases: tuple[str, ...]

    @property
    def source(self) -> str:
        """What a record of a tick names as its source: the document, at the export that was ticked."""
        return f"{self.path.name}@{digest(self.bases[-1])}" if self.bases else ""

    @property
    def ticked(self) -> tuple[Item, ...]:
        """The items of which somebody ticked a box since that export."""
        return ticked(self.bases[-1], self.text) if self.bases and self.text else ()


def read_page(path: Path, folder: Path, generated: str = "", adopted: str | None = None) -> Page:
    """Read the document and its bases.

    Args:
        path: the document.
        folder: the ledger's folder of bases.
        generated: a text that may be a base without being there.
        adopted: the base of a document that names none, where it was taken in.

    Raises:
        LedgerError: the document is there and cannot be read.
    """
    text = read_text(path)
    names = named_bases(text or "")
    if adopted is not None and not names:
        return Page(path, text, (adopted,))
    found = (generated if name == digest(generated) else read_base(folder, name) for name in names)
    return Page(path, text, tuple(base for base in found if base is not None))


def hand_edits(
    document: str, folder: Path, adopted: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What people changed in a document since its export: lines that they took out, lines that they put in.

    Args:
        document: its text, with LF line ends.
        folder: the ledger's folder of bases.
        adopted: the base of a document that names none.
    """
    bases = [base for name in named_bases(document) if (base := read_base(folder, name))] or list(adopted)
    if not bases or not document:
        return (), ()
    generated = {line for base in bases for line in base.split("\n")}
    kept = set(document.split("\n"))
    last = bases[-1].split("\n")
    removed = tuple(line for line in last if line.strip() and line not in kept)
    own = (line for line in document.split("\n") if line.strip() and line not in generated)
    return removed, tuple(line for line in own if not named_bases(line))


def read_base(folder: Path, name: str) -> str | None:
    """Read a base; None where it is missing or not what its name says."""
    try:
        text = (folder / f"{name}.md").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return text if digest(text) == name else None


def write_base(folder: Path, generated: str, citations: Iterable[Citation], root: Path) -> None:
    """Write what was generated for an export, unless it is there, and where its citations point.

    Args:
        folder: the ledger's folder of bases.
        generated: the text, without the line that names its base.
        citations: those of the text.
        root: the project root, where the paths of citations start.
    """
    name = digest(generated)
    if read_base(folder, name) is None:
        write_file(folder / f"{name}.json", _traces(citations, root))
        write_file(folder / f"{name}.md", generated)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a citation pointed at an export: its lines, its file's commit, the hash of what it quoted."""

    path: str
    start: int
    end: int
    commit: str
    quote: str


def read_traces(folder: Path, name: str) -> tuple[Trace, ...]:
    """Read where the citations of a base pointed; none where that is not known."""
    try:
        traces = json.loads((folder / f"{name}.json").read_bytes())
        return tuple(
            Trace(match["path"], int(match["start"]), int(match["end"]), trace["commit"], trace["quote"])
            for key, trace in traces.items()
            if (match := _TRACED.fullmatch(key))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def _traces(citations: Iterable[Citation], root: Path) -> str:
    """The citations with hashes of file and quote, and the file's commit: JSON, one citation a line.

    The version stands last, so that every citation's line ends in a comma: two branches that trace the same
    text to different commits merge line by line, into JSON.
    """
    cited = {f"{c.path}#L{c.start}-L{c.end}": c for c in citations}
    files = {path: _trace(root / path) for path in sorted({c.path for c in cited.values()})}
    lines = [
        f"{json.dumps(key)}: {json.dumps({**files[c.path], 'quote': _hash(c.quote.encode())})},"
        for key, c in sorted(cited.items())
    ]
    return "\n".join(["{", *lines, f'"version": {VERSION}', "}", ""])


def _trace(path: Path) -> dict[str, str]:
    try:
        content = path.read_bytes()
    except OSError:
        return {"file": "", "commit": ""}
    return {"file": _hash(content), "commit": commit_of(path)}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
