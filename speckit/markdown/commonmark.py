"""Blocks by CommonMark, and the one way to HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING

from speckit.markdown.frontmatter import frontmatter_lines
from speckit.markdown.outline import Titles, title
from speckit.model import Block, BlockKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_MARKER = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))+")  # also of a list that starts in an item
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CELL_END = re.compile(r"(?<!\\)\|")

_KINDS: dict[str, BlockKind] = {
    "heading": "heading",
    "paragraph": "paragraph",
    "table": "table",
    "fence": "code",
    "code_block": "code",
    "blockquote": "quote",
    "html_block": "html",
    "hr": "rule",
}
_LISTS = {"bullet_list", "ordered_list"}


def blocks(text: str) -> tuple[Block, ...]:
    """Parse a document into its blocks, by CommonMark with tables.

    List items come one by one: an item's lines are its first block and the paragraphs that follow it, and
    whatever else it holds (nested items, fences, tables) comes as blocks of its own, whose `level` is the
    item's depth + 1. A quote is one block, and so is a table.

    Returns:
        The blocks in order. Their lines never overlap, and `text` is the source of exactly those lines.
    """
    lines = text.split("\n")
    skip = frontmatter_lines(text)
    titles = Titles()
    found: list[Block] = []
    for kind, start, after, node, level in _walk(_parse("\n".join([""] * skip + lines[skip:])), 0):
        end = next((n for n in range(after, start + 1, -1) if lines[n - 1].strip()), start + 1)
        source = "\n".join(lines[start:end])
        if kind == "heading":
            found.append(titles.heading(start + 1, end, source, int(node.tag[1])))
        else:
            found.append(Block(kind, start + 1, end, source, titles.above(), level, _info(node)))
    return tuple(found)


def content(block: Block) -> str:
    """What a block says, dedented and without the marks that make it a heading, an item or a fence."""
    lines = block.text.split("\n")
    if block.kind == "heading":
        return title(block.text)
    if block.kind == "code" and lines[0].lstrip().startswith(("```", "~~~")):
        fence = lines[0].lstrip()[:3]
        lines = lines[1:-1] if len(lines) > 1 and lines[-1].strip().startswith(fence) else lines[1:]
        return _dedent(lines, _indent(block.text))
    if block.kind == "item" and (marker := _MARKER.match(lines[0])):
        rest = _dedent(lines[1:], len(marker[0].expandtabs(4)))
        return "\n".join([lines[0][marker.end() :], rest]).rstrip()
    return _dedent(lines, min((_indent(line) for line in lines if line.strip()), default=0))


def table_rows(block: Block) -> tuple[tuple[int, tuple[str, ...]], ...]:
    r"""Split a table into its rows: the header first, without the delimiter row below it.

    Returns:
        The line number of each row in the document, and its cells, stripped, with `\|` read as `|`.
    """
    rows = []
    for number, line in enumerate(block.text.split("\n")):
        if number != 1:
            inner = line.strip().removeprefix("|")
            cells = _CELL_END.split(inner)
            if len(cells) > 1 and not cells[-1].strip():
                cells.pop()
            rows.append((block.start + number, tuple(cell.strip().replace(r"\|", "|") for cell in cells)))
    return tuple(rows)


def safe_html(markdown: str) -> str:
    """Turn untrusted markdown into HTML that can neither run nor load anything.

    Raw HTML is shown as text, comments not at all, images become links, and links lead to http, https, a
    relative path or an anchor. This is the only way to any HTML or Markdown sink.
    """
    import nh3

    return nh3.clean(
        _renderer().render(markdown),
        tags=nh3.ALLOWED_TAGS - {"img"},
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https"},
    )


def _walk(
    nodes: Sequence[SyntaxTreeNode], level: int
) -> Iterator[tuple[BlockKind, int, int, SyntaxTreeNode, int]]:
    """The blocks of these nodes, lists taken apart: kind, first line from 0, line after it, node, level."""
    for node in nodes:
        if node.type in _LISTS:
            for item in node.children:
                own = list(takewhile(lambda child: child.type == "paragraph", item.children[1:]))
                own = [] if item.children and item.children[0].type in _LISTS else item.children[:1] + own
                start, end = _span(item)
                if own or not item.children:
                    yield "item", start, _span(own[-1])[1] if own else end, item, level
                yield from _walk(item.children[len(own) :], level + 1)
        elif node.type in _KINDS:
            yield _KINDS[node.type], *_span(node), node, level


def _span(node: SyntaxTreeNode) -> tuple[int, int]:
    assert node.map is not None, f"markdown-it gives every block its lines, but not this {node.type}"  # noqa: S101 - narrows a type
    return node.map


def _info(node: SyntaxTreeNode) -> str:
    """A fence's language or an item's marker."""
    if node.type == "fence":
        return (node.info.split() or [""])[0]
    return f"{node.info}{node.markup}" if node.type == "list_item" else ""


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


def _outdent(line: str, width: int) -> str:
    return line.expandtabs(4)[min(width, _indent(line)) :] if line[:1].isspace() else line


def _dedent(lines: Sequence[str], width: int) -> str:
    """Take up to `width` columns of indentation off each line."""
    return "\n".join(_outdent(line, width) for line in lines)


def _parse(text: str) -> Sequence[SyntaxTreeNode]:
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(_parser().parse(text)).children


@cache
def _parser() -> MarkdownIt:
    """Finds blocks only. Raw HTML is on, so that what stands in a comment is no heading."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.core.ruler.enableOnly(["block"])
    return parser


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("image")
    renderer.add_render_rule("html_inline", lambda _, tokens, i, *__: _shown(tokens[i].content))
    renderer.add_render_rule("html_block", lambda _, tokens, i, *__: f"<p>{_shown(tokens[i].content)}</p>\n")
    return renderer


def _shown(html: str) -> str:
    return escape(_COMMENT.sub("", html).strip("\n"), quote=False)
