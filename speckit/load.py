"""Load: a research folder becomes a corpus. What cannot be read is listed with its reason, never fatal."""

from __future__ import annotations

import codecs
import datetime as dt
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from speckit.errors import ProjectError
from speckit.markdown import first_title, frontmatter, plain_frontmatter
from speckit.model import Corpus, Document, Skipped

LIMIT = 10_000_000  # bytes; prose is never that long, and one such file would hold up every search
EXCLUDED = {".git", ".ipynb_checkpoints", ".venv", "node_modules"}

_KEYS = {"title", "topic", "date", "tags", "git_commit"}
_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_TITLE_PREFIX = re.compile(r"^research:\s+", re.IGNORECASE)
_MENTION_END = re.compile(r"\.md\b")
_NOT_IN_A_PATH = re.compile(r"[^\w./%@+-]")


def load(root: Path, research: Path, specs: Path) -> Corpus:
    """Read every markdown file below the research folder, in any nesting, hidden folders too.

    Never entered: `.git`, `.ipynb_checkpoints`, `.venv`, `node_modules` and the specs folder. Symbolic links
    are not followed: one that stays inside names a document twice, any other leads out. Text is UTF-8, or
    what its byte order mark says, or Windows-1252 where it cannot be UTF-8.

    Args:
        root: the project root, which paths start at.
        research: the folder to read; in the root.
        specs: the folder of specs, which are no research.

    Returns:
        The documents and the files that were not taken in, each ordered by path.

    Raises:
        ProjectError: the research folder is the specs folder.
    """
    if research.resolve() == specs.resolve():
        raise ProjectError(f"{research.name}/ is both research and specs: name another folder for the specs")
    prefix = research.relative_to(root).as_posix()
    documents: list[Document] = []
    skipped: list[Skipped] = []
    for file, path, reason in files(root, research, specs):
        if reason:
            skipped.append(Skipped(path, reason))
            continue
        try:
            documents.append(describe(path, read(file), prefix))
        except UnreadableError as problem:
            skipped.append(Skipped(path, str(problem)))
    documents.sort(key=lambda document: document.path)
    skipped.sort(key=lambda skip: skip.path)
    return Corpus(tuple(_with_links(documents)), tuple(skipped))


def read_document(root: Path, path: Path) -> Document:
    """Read one document that the user names; what it cites is not looked for.

    Args:
        root: what the document's path starts at.
        path: the file.

    Raises:
        ProjectError: it is not in the root, or cannot be read.
    """
    try:
        name = path.relative_to(root).as_posix()
        return describe(name, read(path), PurePosixPath(name).parent.as_posix())
    except (UnreadableError, ValueError) as problem:
        raise ProjectError(f"{path} cannot be taken in: {problem}") from None


class UnreadableError(Exception):
    """A file that is not taken in; the message is the reason."""


def files(root: Path, research: Path, specs: Path) -> Iterator[tuple[Path, str, str]]:
    """Find the markdown files of a research folder, and what cannot be entered or read.

    Returns:
        Of each the file, its path from the project root, and why it is not taken in, if it is not.
    """
    top, excluded = research.resolve(), specs.resolve()
    for file, reason in _walk(top, excluded):
        path = (PurePosixPath(research.relative_to(root)) / file.relative_to(top)).as_posix()
        try:
            path.encode()
        except UnicodeEncodeError:
            yield file, ascii(path)[1:-1], "its name is not UTF-8: rename it"
        else:
            yield file, path, reason


def _walk(folder: Path, specs: Path) -> Iterator[tuple[Path, str]]:
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            entries = list(os.scandir(here))
        except OSError as problem:
            yield here, f"cannot be listed: {problem.strerror}"
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_symlink():
                if path.suffix.lower() == ".md" or path.is_dir():
                    yield path, "a symbolic link, which is not followed: put the file itself here"
            elif entry.is_dir():
                if entry.name not in EXCLUDED and path != specs:
                    folders.append(path)
            elif path.suffix.lower() == ".md":
                yield path, "" if entry.is_file() else "not a regular file"


def read(path: Path) -> str:
    """A file's text with LF line ends and no byte order mark.

    Raises:
        UnreadableError: it is too large, binary, or cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise UnreadableError(f"{size / 1e6:.0f} MB; at most {LIMIT / 1e6:.0f} MB are read: split it")
        data = path.read_bytes()
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


def describe(path: str, text: str, prefix: str) -> Document:
    """Make a document of a text; what it cites is not known yet.

    Args:
        path: where it lies, from the project root.
        text: what `read` returned.
        prefix: the research folder, from the project root.
    """
    meta = plain_frontmatter(text, _KEYS)
    if meta is None:
        meta, _ = frontmatter(text)
    place = PurePosixPath(path)
    folders = place.relative_to(prefix).parts[:-1]
    return Document(
        path=path,
        text=text,
        title=_title(meta, text, place.stem),
        date=_date(_plain(meta, "date")) or _date(place.name),
        category=folders[0] if folders else "",
        tags=_tags(meta.get("tags")),
        topic=_plain(meta, "topic"),
        commit=_plain(meta, "git_commit"),
    )


def _plain(meta: Mapping[str, Any], key: str) -> str:
    """A value of the frontmatter on one line; nothing where it is no plain value."""
    value = meta.get(key)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _title(meta: Mapping[str, Any], text: str, stem: str) -> str:
    """The frontmatter's title or topic, else the first heading of level 1, else the file name's words."""
    title = _plain(meta, "title") or _plain(meta, "topic") or first_title(text)
    return _TITLE_PREFIX.sub("", title, count=1) or _DATE.sub("", stem).replace("-", " ").strip() or stem


def _date(text: str) -> dt.date | None:
    """The first calendar date in a text."""
    for found in _DATE.findall(text):
        try:
            return dt.date.fromisoformat(found)
        except ValueError:
            continue
    return None


def _tags(value: Any) -> tuple[str, ...]:
    """Tags from a list, or from one line with commas."""
    tags = value if isinstance(value, list) else str(value or "").strip("[]").split(",")
    return tuple(tag for tag in (str(item).strip() for item in tags) if tag)


def _with_links(documents: Sequence[Document]) -> Iterator[Document]:
    """Add which research documents each one cites."""
    cited = citations([document.path for document in documents])
    for document in documents:
        yield replace(document, links=cited(document.path, mentions(document.text)))


def mentions(text: str) -> Iterator[str]:
    """The names of markdown files in a text, in links or in plain words."""
    for end in _MENTION_END.finditer(text):
        words = text[max(0, end.start() - 250) : end.start()].rsplit(None, 1)
        if words and (name := _NOT_IN_A_PATH.split(words[-1])[-1]):
            yield unquote(name) + ".md"


def citations(paths: Collection[str]) -> Callable[[str, Iterable[str]], tuple[str, ...]]:
    """Make the function that tells which documents one cites, by its path and the names that it mentions.

    A name leads from the root, or from the folder of the document that mentions it; or the file was moved
    since, and is the only one called so.
    """
    known = set(paths)
    names: dict[str, list[str]] = {}
    for path in sorted(known):
        names.setdefault(path.rpartition("/")[2], []).append(path)

    def meant(mention: str, folder: str) -> str | None:
        for path in (normpath(mention.lstrip("/")), normpath(f"{folder}/{mention}")):
            if path in known:
                return path
        same = names.get(mention.rpartition("/")[2], [])
        return same[0] if len(same) == 1 and "specs/" not in mention else None

    def cited(path: str, mentioned: Iterable[str]) -> tuple[str, ...]:
        found = dict.fromkeys(meant(mention, path.rpartition("/")[0]) for mention in mentioned)
        return tuple(other for other in found if other and other != path)

    return cited
