"""Bases: what was generated for an export, by the hash that the document names, with its citations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from speckit.export import digest
from speckit.ledger.files import write_file
from speckit.model import Citation
from speckit.provenance import commit_of

VERSION = 1


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
