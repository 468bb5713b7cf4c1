"""What a document says of itself: title, date, tags, what it cites."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from speckit.markdown import first_title, frontmatter, plain_frontmatter
from speckit.model import Document

_KEYS = {"title", "topic", "date", "tags", "git_commit"}
_HEAD = 1000  # characters, in which a document says that it is superseded
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_TITLE_PREFIX = re.compile(r"^research:\s+", re.IGNORECASE)
_SUPERSEDED = re.compile(r"[Ss](?:uperseded|UPERSEDED)[ _-](?:by|BY)\b.*?([\w.%/-]+\.md)\b")
_MENTION_END = re.compile(r"\.md\b")
_NOT_IN_A_PATH = re.compile(r"[^\w./%@+-]")


def describe(path: str, text: str, prefix: str) -> Document:
    """Make a document of a text; what it cites is not known yet.

    Args:
        path: where it lies, from the project root.
        text: what `read_text` returned.
        prefix: the research folder, from the project root.
    """
    meta = plain_frontmatter(text, _KEYS)
    if meta is None:
        meta, _ = frontmatter(text)
    name = path.rpartition("/")[2]
    folder, below, _ = path.removeprefix(f"{prefix}/").partition("/")
    superseded = _SUPERSEDED.search(text, 0, _HEAD)
    return Document(
        path=path,
        text=text,
        title=_title(meta, text, PurePosixPath(name).stem),
        date=_date(_plain(meta, "date")) or _date(name),
        category=folder if below else "",
        tags=_tags(meta.get("tags")),
        topic=_plain(meta, "topic"),
        commit=_plain(meta, "git_commit"),
        superseded_by=superseded[1].rpartition("/")[2] if superseded else "",
    )


def _plain(meta: Mapping[str, Any], key: str) -> str:
    """A value of the frontmatter on one line; nothing where it is no plain value."""
    value = meta.get(key)
    return _one_line(str(value)) if isinstance(value, str | int | float) else ""


def _one_line(text: str) -> str:
    """A text as it can be shown anywhere, a terminal too."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _title(meta: Mapping[str, Any], text: str, stem: str) -> str:
    """The frontmatter's title or topic, else the first heading of level 1, else the file name's words."""
    title = _plain(meta, "title") or _plain(meta, "topic") or _one_line(first_title(text))
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
    return tuple(tag for tag in (_one_line(str(item)) for item in tags) if tag)


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

    @cache
    def meant(mention: str, folder: str) -> str | None:
        same = names.get(mention.rpartition("/")[2])
        if not same:
            return None
        for path in (normpath(mention.lstrip("/")), normpath(f"{folder}/{mention}")):
            if path in known:
                return path
        return same[0] if len(same) == 1 and "specs/" not in mention else None

    def cited(path: str, mentioned: Iterable[str]) -> tuple[str, ...]:
        found = dict.fromkeys(meant(mention, path.rpartition("/")[0]) for mention in dict.fromkeys(mentioned))
        return tuple(other for other in found if other and other != path)

    return cited
