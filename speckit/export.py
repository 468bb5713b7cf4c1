"""Export: the document out of what is generated, its base, and what people made of the file on disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from speckit.errors import LedgerError
from speckit.merge import Conflict, Merged, Side, merge

_BASE = r"<!-- speckit base: ([0-9a-f]{16}) -->"

# The line that names a document's base. It stands last; what somebody typed below it comes before it.
_BASE_LINE = re.compile(rf"(?:^|\n){_BASE}(?=[ \t]*(?:\n|\Z))")

# What `git merge` leaves where two branches exported: both lines, between its marks.
_TWO_BASES = re.compile(
    rf"^<{{7}}[^\n]*\n(?P<ours>{_BASE}\n)(?:\|{{7}}[^\n]*\n{_BASE}\n)?={{7}}\n(?P<theirs>{_BASE})\n>{{7}}[^\n]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Exported:
    """The document's text; where `conflicts` are left it holds both sides of each, marked as git does."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def export(
    generated: str,
    bases: Sequence[str],
    current: str | None,
    chosen: Mapping[Conflict, Side] | None = None,
    where: str = "the document",
    *,
    unnamed: str | None = None,
) -> Exported:
    """Make the document: what is generated now, with the edits that people made since its base.

    Args:
        generated: the new text, without the line that names its base.
        bases: what was generated for the document on disk; several after a merge of branches.
        current: the document on disk, None where there is none. Its line ends and byte order mark are kept.
        chosen: the side to take where an edit meets a changed passage.
        where: what to call the document in a message.
        unnamed: a text whose document names no base: it was taken in as it stands.

    Returns:
        The document's text. Exporting its result again changes nothing.

    Raises:
        LedgerError: there is a document and its base is not known: it is not speckit's to change.
    """
    base = "" if generated == unnamed else digest(generated)
    if current is None:
        return Exported(_document(generated, base))
    if not bases:
        raise LedgerError(
            f"{where} does not say which export of this ledger it comes from, so nothing is written over it: "
            "move it away, or take it in with `speckit adopt`"
        )
    form = _Form.of(current)
    before = form.plain(current)
    text, end = _split(before)
    merged = _merge(bases, text, generated).choose(chosen or {})
    document = _document(merged.text, base, end)
    return Exported(current if document == before else form.like(document), merged.conflicts)


def plain(document: str) -> str:
    """A document with LF line ends and without a byte order mark."""
    return _Form.of(document).plain(document)


def digest(text: str) -> str:
    """The name of a base: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def named_bases(document: str) -> tuple[str, ...]:
    """The bases that a document names: one, or several after a merge of branches."""
    return tuple(dict.fromkeys(_BASE_LINE.findall(document.replace("\r\n", "\n"))))


def _merge(bases: Sequence[str], text: str, generated: str) -> Merged:
    """Merge from every base: an edit meets a change only where it does so from each of them."""
    merged = merge(bases[0], text, generated)
    for base in bases[1:]:
        real = {(conflict.file, conflict.new) for conflict in merged.conflicts}
        kept = merged.choose(dict.fromkeys(merged.conflicts, "file")).text
        merged = merge(base, kept, generated)
        false = [c for c in merged.conflicts if (c.file, c.new) not in real]
        merged = merged.choose(dict.fromkeys(false, "file"))
    return merged


def _document(text: str, base: str, end: str = "\n") -> str:
    return f"{text}\n<!-- speckit base: {base} -->{end}" if base else text


def _split(document: str) -> tuple[str, str]:
    """A document without the lines that name its base, and the white space behind the last of them."""
    tidy = _TWO_BASES.sub(r"\g<ours>\g<theirs>", document)
    named = list(_BASE_LINE.finditer(tidy))
    if not named:
        return tidy, "\n"
    last = named[-1]
    end = tidy[last.end() :]
    if end.strip():
        return _BASE_LINE.sub("", tidy), "\n"
    return _BASE_LINE.sub("", tidy[: last.start()]), end


@dataclass(frozen=True, slots=True)
class _Form:
    """How an editor saved a file: its line ends, and a byte order mark."""

    mark: str
    line_end: str

    @classmethod
    def of(cls, text: str) -> _Form:
        crlf = text.count("\r\n")
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        return cls(mark, "\r\n" if 2 * crlf > text.count("\n") else "\n")

    def plain(self, text: str) -> str:
        return text.removeprefix(self.mark).replace("\r\n", "\n")

    def like(self, text: str) -> str:
        return self.mark + text.replace("\n", self.line_end)
