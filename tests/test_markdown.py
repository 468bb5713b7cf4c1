"""Headings, blocks, frontmatter and HTML of markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speckit.errors import SpeckitError
from speckit.markdown import (
    blocks,
    content,
    first_title,
    frontmatter,
    outline,
    plain_frontmatter,
    safe_html,
    table_rows,
)
from speckit.model import Block
from speckit.safe_yaml import load_yaml

CASES = Path(__file__).parent / "cases" / "markdown"
CASE = re.compile(r"^## ([^\n]+)\n\n`{5}\n(.*?)\n`{5}\n\n`{5}\n(.*?)\n`{5}$", re.MULTILINE | re.DOTALL)

# Lines out of which markdown's constructions arise, when they are joined in any order.
PIECES = [
    *("# One", "## Two ##", "Title", "===", "---", "- item", "  - nested", "1. first", "   goes on"),
    *("> quote", "```", "```sh", "~~~", "    code", "| a | b |", "|---|---|", "<!--", "-->", "<div>"),
    *("</div>", "<b>", "", "key: value", "...", "[x]: y", "* * *", "\ttab", "\x0c", "a\u2028b", "\0"),
    *("é", "text"),
]
texts = st.lists(st.sampled_from(PIECES)).map("\n".join)


def table(found: tuple[Block, ...]) -> str:
    """Blocks as the cases show them: lines, kind, level and info; titles above; first line of the content."""
    rows = []
    for block in found:
        lines = str(block.start) if block.start == block.end else f"{block.start}-{block.end}"
        start = f"{lines} {block.kind} {block.level} {block.info}".rstrip()
        rows.append(f"{start} | {' > '.join(block.headings)} | {content(block).split(chr(10))[0]}".rstrip())
    return "\n".join(rows)


def told(text: str) -> str:
    """Frontmatter as the cases show it."""
    mapping, lines = frontmatter(text)
    return f"{json.dumps(mapping)} in {lines} lines"


SHOW: dict[str, Callable[[str], str]] = {
    "blocks": lambda text: table(blocks(text)),
    "outline": lambda text: table(outline(text)),
    "frontmatter": told,
    "html": lambda text: safe_html(text).strip(),
}


@pytest.mark.parametrize(
    ("show", "text", "expected"),
    [
        pytest.param(show, text, expected, id=f"{name}: {title}")
        for name, show in SHOW.items()
        for title, text, expected in CASE.findall((CASES / f"{name}.md").read_text("utf-8"))
    ],
)
def test_cases(show: Callable[[str], str], text: str, expected: str) -> None:
    """What each case of cases/markdown says."""
    assert show(text) == expected


@pytest.mark.parametrize("name", SHOW)
def test_no_case_is_lost(name: str) -> None:
    """Every title of a case file is a case that was run."""
    source = (CASES / f"{name}.md").read_text("utf-8")
    outside_fences = re.sub(r"^`{5}\n.*?^`{5}$", "", source, flags=re.MULTILINE | re.DOTALL)
    assert len(CASE.findall(source)) == outside_fences.count("## ") > 0


def holds_the_block_laws(text: str) -> None:
    lines = text.split("\n")
    last = frontmatter(text)[1]
    for block in blocks(text):
        assert last < block.start <= block.end
        assert block.text == "\n".join(lines[block.start - 1 : block.end])
        last = block.end


def headings(text: str) -> tuple[Block, ...]:
    return tuple(block for block in blocks(text) if block.kind == "heading")


def test_spans_over_the_corpus(atomic: Path) -> None:
    """Over a whole corpus, blocks come in order, never overlap, and their lines read back their text."""
    for path in atomic.rglob("*.md"):
        holds_the_block_laws(path.read_text("utf-8"))


def test_headings_over_the_corpus(atomic: Path) -> None:
    """Over a whole corpus, the fast outline finds exactly the headings that CommonMark has."""
    for path in atomic.rglob("*.md"):
        text = path.read_text("utf-8")
        assert outline(text) == headings(text), path.name


@given(texts)
def test_spans_of_any_text(text: str) -> None:
    """Whatever the lines, blocks come in order and their lines read back their text."""
    holds_the_block_laws(text)


@given(st.text() | texts)
def test_any_text_is_read(text: str) -> None:
    """No text makes reading fail."""
    blocks(text)
    outline(text)
    frontmatter(text)
    safe_html(text)


@given(st.lists(st.sampled_from(["# One", "## Two", "words", "", "```", "~~~", "===", "---", "<!--", "-->"])))
def test_headings_of_plain_lines(lines: list[str]) -> None:
    """Fences, comments, rules and underlines in any order leave both readers with the same headings."""
    text = "\n".join(["start", *lines])
    assert outline(text) == headings(text)


@given(texts)
def test_first_title(text: str) -> None:
    """The first title is that of the first heading of level 1."""
    found = [content(heading) for heading in outline(text) if heading.level == 1]
    assert first_title(text) == (found[0] if found else "")


values = st.sampled_from(
    [
        *("words", "two words", "a: b", "a:b", "a #b", "a#b", "yes", "true", "null", "~", "12", "1e3", "''"),
        *(
            "0b82b59b160c",
            "0b1010101",
            "3ac4293f210d",
            "2026-02-03",
            "2026-02-03T16:50:07Z",
            "2026-02-03 UTC",
        ),
        *("'q: s'", '"d, [q]"', r'"\n"', "'it''s'", "[a, b]", "[a, 'b']", "[a, 1]", "[]", "[a,]", "[a: b]"),
        *("\n  - a\n  - b c", "\n- a\n- 'b'", "\n  - a\n    - b", "\n    [\n      a,\n      b,\n    ]"),
        *("|\n  a\n  b", "", "-", "*a", "&a b", "!x", "a\n  b", "$(x || y)", "a\tb", "a  ", "[a\n b]"),
        "{a: b}",
    ]
)


@given(st.lists(st.tuples(st.sampled_from(["title", "tags", "other"]), values), unique_by=itemgetter(0)))
def test_plain_frontmatter_is_yaml(pairs: list[tuple[str, str]]) -> None:
    """Frontmatter read without YAML is what YAML reads, wherever YAML can read it."""
    body = "".join(f"{key}: {value}\n" for key, value in pairs)
    plain = plain_frontmatter(f"---\n{body}---\n", {"title", "tags"})
    try:
        mapping = load_yaml(body, "frontmatter", SpeckitError)
    except SpeckitError:
        return
    if plain is not None:
        assert plain == {key: mapping[key] for key in plain}


def test_table_rows() -> None:
    """A table's rows keep their lines, and a pipe that is escaped stays in its cell."""
    (found,) = blocks("\n| a | b |\n|---|---|\n| `x \\| y` | 2 |\n| 3 |")
    assert table_rows(found) == ((2, ("a", "b")), (4, ("`x | y`", "2")), (5, ("3",)))
