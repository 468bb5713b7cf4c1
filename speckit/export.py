"""Export: the document out of what is generated, its base, and what people made of the file on disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from speckit.errors import LedgerError
from speckit.merge import Conflict, Side, merge

# The line that names a document's base. It stands last; what somebody typed below it comes before it.
_BASE_LINE = re.compile(r"(?:^|\n)<!-- speckit base: ([0-9a-f]{16}) -->[ \t]*(\s*\Z|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Exported:
    """The document's text; where `conflicts` are left it holds both sides of each, marked as git does."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def export(
    generated: str,
    base: str | None,
    current: str | None,
    chosen: Mapping[Conflict, Side] | None = None,
    where: str = "the document",
) -> Exported:
    """Make the document: what is generated now, with the edits that people made since its base.

    Args:
        generated: the new text, without the line that names its base.
        base: what was generated for the document on disk.
        current: the document on disk, None where there is none. Its line ends and byte order mark are kept.
        chosen: the side to take where an edit meets a changed passage.
        where: what to call the document in a message.

    Returns:
        The document's text. Exporting its result again changes nothing.

    Raises:
        LedgerError: there is a document and its base is not known: it is not speckit's to change.
    """
    if current is None:
        return Exported(_document(generated, digest(generated)))
    if base is None:
        raise LedgerError(
            f"{where} does not say which export of this ledger it comes from, so nothing is written over it: "
            "move it away, or take it in with `speckit adopt`"
        )
    form = _Form.of(current)
    text, end = _split(form.plain(current))
    merged = merge(base, text, generated).choose(chosen or {})
    document = _document(merged.text, digest(generated), end)
    unchanged = document == form.plain(current)
    return Exported(current if unchanged else form.like(document), merged.conflicts)


def digest(text: str) -> str:
    """The name of a base: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def named_base(document: str) -> str | None:
    """The base that a document names."""
    names = _BASE_LINE.findall(document.replace("\r\n", "\n"))
    return names[-1][0] if names else None


def _document(text: str, base: str, end: str = "\n") -> str:
    return f"{text}\n<!-- speckit base: {base} -->{end}"


def _split(document: str) -> tuple[str, str]:
    """A document without the line that names its base, and the white space that ends it."""
    found = list(_BASE_LINE.finditer(document))
    last = found[-1]
    below = document[last.end() :]
    end = last[2] if not below else "\n"
    return document[: last.start()] + (f"\n{below}" if below else ""), end


@dataclass(frozen=True, slots=True)
class _Form:
    """How an editor saved a file: its line ends, and a byte order mark."""

    mark: str
    line_end: str

    @classmethod
    def of(cls, text: str) -> _Form:
        crlf = text.count("\r\n")
        return cls(
            "\ufeff" if text.startswith("\ufeff") else "", "\r\n" if 2 * crlf > text.count("\n") else "\n"
        )

    def plain(self, text: str) -> str:
        return text.removeprefix(self.mark).replace("\r\n", "\n")

    def like(self, text: str) -> str:
        return self.mark + text.replace("\n", self.line_end)
