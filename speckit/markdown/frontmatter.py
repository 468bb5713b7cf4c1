"""YAML at the top of a document."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from speckit.errors import SpeckitError

# From `---` on line 1, with a key on the first line that is neither blank nor a comment, to the next `---`.
_BLOCK = re.compile(
    r"---[ \t]*\n(?P<body>(?=(?:[ \t]*\n|#.*\n)*(?:[\w-]+[ \t]*:[ \t\n]))(?:.*\n)*?)"
    r"(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_ENTRY = re.compile(r"^([A-Za-z][\w-]*):(?=[ \n])", re.MULTILINE)
_PAIR = re.compile(r"([\w-]+)[ \t]*:[ \t]+(.*\S)")
# What YAML can only read as the text that it is: a quoted text, a date, a hash, words without `: ` or ` #`.
_PLAIN_TEXT = re.compile(
    r"\"(?P<double>[^\"\\]*)\"|'(?P<single>[^']*)'"
    r"|\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?: ?[A-Z]+)?)?|(?!0b[01]+$)(?=\d*[a-f])[0-9a-f]{7,40}"
    r"|(?!(?:null|true|false)$)(?:[^\W\d_]|[$(/])(?:[^:#]|:(?=\S)|(?<=\S)#)*",
    re.IGNORECASE,
)
_PLAIN_LIST = re.compile(
    r"\s*\[(?P<flow>[^\[\]{}\"':#]*)\]\s*|(?P<indent>\n *)- [^\n]*(?:(?P=indent)- [^\n]*)*\s*"
)


def frontmatter(text: str) -> tuple[dict[str, Any], int]:
    """Read the YAML between `---` lines at the top of a document.

    Malformed YAML is no reason to lose a document: of such a block the plain `key: value` lines count.

    Returns:
        The mapping, and the number of lines that the block takes, its fences included; 0 if there is none.
    """
    block = _BLOCK.match(text)
    if not block:
        return {}, 0
    from speckit.safe_yaml import load_yaml  # slow to load, and locating seldom needs it

    body = block["body"]
    try:
        value = load_yaml(body, "the frontmatter", SpeckitError)
    except SpeckitError:
        value = None
    if not isinstance(value, dict):
        pairs = (_PAIR.match(line) for line in body.split("\n"))
        value = {pair[1]: pair[2].strip("\"'") for pair in pairs if pair}
    return {str(key): item for key, item in value.items()}, frontmatter_lines(text)


def plain_frontmatter(text: str, keys: Collection[str]) -> dict[str, Any] | None:
    """Read some keys of the frontmatter without YAML, which takes longer to load than 200 documents to read.

    Returns:
        What `frontmatter` returns for those of these keys that have a value; None where a value is neither
        plain text nor a list of plain texts.
    """
    block = _BLOCK.match(text)
    parts = _ENTRY.split(block["body"]) if block else [""]
    values: dict[str, Any] = {}
    for key, source in zip(parts[1::2], parts[2::2], strict=True):
        if key in keys and source.strip() not in {"", "~", "null"}:
            values[key] = _plain_value(source)
            if values[key] is None:
                return None
    return values


def frontmatter_lines(text: str) -> int:
    """How many lines the frontmatter takes, its fences included."""
    block = _BLOCK.match(text)
    return block["body"].count("\n") + 2 if block else 0


def _plain_value(source: str) -> str | list[str] | None:
    """A plain text or a list of plain texts; None for anything else."""
    listed = _PLAIN_LIST.fullmatch(source)
    if not listed:
        return _plain_text(source.strip(" \n"))
    if listed["indent"]:
        items = source.split(f"{listed['indent']}- ")[1:]
    else:
        items = listed["flow"].rstrip(", \n").split(",")
    texts = [_plain_text(item.strip(" \n")) for item in items]
    return None if None in texts else [text for text in texts if text is not None]


def _plain_text(source: str) -> str | None:
    plain = _PLAIN_TEXT.fullmatch(source) if source.isprintable() else None
    return next((quoted for quoted in plain.groups() if quoted is not None), source) if plain else None
