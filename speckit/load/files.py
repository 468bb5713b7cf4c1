"""The markdown files of a research folder, and their text."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LIMIT = 10_000_000  # bytes; prose is never that long, and one such file would hold up every search
EXCLUDED = {".git", ".ipynb_checkpoints", ".venv", "node_modules"}
LEDGERS = ".speckit"  # a folder that holds this one holds specs

_UNFIT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # surrogates stand for bytes
_SPEC_END = re.compile(r"<!-- speckit base: [0-9a-f]+ -->\s*\Z")


class UnreadableError(Exception):
    """A file that is not taken in; the message is the reason."""


class File(NamedTuple):
    """A file or folder of the research.

    Attributes:
        place: where it lies.
        path: where that is from the project root.
        fault: why it cannot be taken in; empty where nothing is known to be wrong.
        stamp: another one where the file has changed.
    """

    place: str
    path: str
    fault: str
    stamp: str

    def read(self) -> str:
        """Its text.

        Raises:
            UnreadableError: it has a fault, or is a spec, or `read_text` finds a fault.
        """
        if self.fault:
            raise UnreadableError(self.fault)
        text = read_text(Path(self.place))
        if _SPEC_END.search(text, len(text) - 100):
            raise UnreadableError("a spec, which is no research")
        return text


def find_files(root: Path, research: Path, specs: Path) -> Iterator[File]:
    """Find the markdown files of a research folder, and what cannot be entered or read."""
    top = str(research.resolve())
    prefix = research.relative_to(root).as_posix()
    for place, fault, stamp in _walk(top, {str(specs.resolve()), f"{top}{os.sep}{specs.name}"}):
        path = prefix + place[len(top) :].replace(os.sep, "/")
        if _UNFIT_IN_A_NAME.search(path):
            unfit = "its name is not UTF-8, or holds control characters: rename it"
            yield File(place, ascii(path)[1:-1], unfit, stamp)
        else:
            yield File(place, path, fault, stamp)


def _walk(folder: str, specs: set[str]) -> Iterator[tuple[str, str, str]]:
    """Where each file lies, its fault and its stamp."""
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            entries = list(os.scandir(here))
        except OSError as problem:
            yield here, f"cannot be listed: {problem.strerror}", ""
            continue
        if any(entry.name == LEDGERS for entry in entries):
            continue
        for entry in entries:
            markdown = entry.name.lower().endswith(".md")
            if entry.is_symlink():
                if markdown or Path(entry.path).is_dir():
                    yield entry.path, "a symbolic link, which is not followed: put the file itself here", ""
            elif entry.is_dir():
                if entry.name not in EXCLUDED and entry.path not in specs:
                    folders.append(entry.path)
            elif markdown:
                yield entry.path, "" if entry.is_file() else "not a regular file", _stamp(entry)


def _stamp(entry: os.DirEntry[str]) -> str:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:  # gone since, which reading tells
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"


def read_text(file: Path) -> str:
    """A file's text with LF line ends and no byte order mark.

    Raises:
        UnreadableError: it is too large, binary, or cannot be read.
    """
    try:
        size = file.stat().st_size
        if size > LIMIT:
            raise UnreadableError(f"{size / 1e6:.0f} MB; at most {LIMIT / 1e6:.0f} MB are read: split it")
        data = file.read_bytes()
    except OSError as problem:
        raise UnreadableError(f"cannot be read: {problem.strerror}") from None
    text = _decode(data)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:8000]:  # as git tells binary files
        raise UnreadableError("binary, not markdown")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        damaged = data.decode("utf-8-sig", "replace")
    # A damaged UTF-8 file has more good characters beyond ASCII than bad bytes; another encoding has none.
    bad = damaged.count("\N{REPLACEMENT CHARACTER}")
    good = sum(character > "\x7f" for character in damaged) - bad
    return damaged if good > bad else data.decode("cp1252", "replace")
