"""Markdown with exact lines: headings fast, blocks in full, frontmatter, and the one way to HTML.

`outline` reads at some 100 MB/s and serves the index; `blocks` parses CommonMark with tables at some 3 MB/s
and serves what was located. Both find the same headings, which a test holds over a whole corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from speckit.errors import SpeckitError
from speckit.model import Block, BlockKind
from speckit.safe_yaml import load_yaml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

# HTML that ends at a blank line: CommonMark's block tags, or a line that is one tag (which cannot cut a
# paragraph short, hence the blank line before it).
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|"
    "div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|"
    "li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|"
    "tfoot|th|thead|title|tr|track|ul"
)
# What can open at the start of a line and decides whether a later `#` is a heading.
_LANDMARK = re.compile(
    r"^(?= {0,3}[#`~=<*+\d-])(?:"
    r" {0,3}(?P<atx>#{1,6})(?=[ \t]|$).*"
    r"|(?P<lead> {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
    r"| {0,3}(?P<rule>=+|-+)[ \t]*$"
    r"| {0,3}(?P<html><(?:!--|\?|!\[CDATA\[|![A-Z]|(?i:script|pre|style|textarea)(?=[ \t>]|$)))"
    rf"| {{0,3}}</?(?i:{_BLOCK_TAGS})(?=[ \t]|/?>|$).*"
    r"|(?<=\n\n) {0,3}</?[A-Za-z][A-Za-z0-9-]*(?:[ \t][^<>\n]*)?/?>[ \t]*$"
    r")",
    re.MULTILINE,
)
_HTML_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_RAW_TEXT_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*$", re.MULTILINE)

# A line that no setext heading starts with or runs over: quote, list, table row.
_NOT_PARAGRAPH = re.compile(r" {0,3}(?:>|\||(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$))|[ |:-]*\|[ |:-]*$")
_INDENTED = re.compile(r" {4}| {0,3}\t")
_ATX = re.compile(r"[ \t]*#{1,6}(?:[ \t]+(?P<title>.*?))??(?:[ \t]+#+)?[ \t]*$")

_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_CELL_END = re.compile(r"(?<!\\)\|")

_FRONTMATTER_KEY = re.compile(r"[\w-]+[ \t]*:(?:[ \t]|$)")
_FRONTMATTER_PAIR = re.compile(r"([\w-]+)[ \t]*:[ \t]+(.*\S)")


def frontmatter(text: str) -> tuple[dict[str, Any], int]:
    """Read the YAML between `---` lines at the top of a document.

    Malformed YAML is no reason to lose a document: of such a block the plain `key: value` lines count.

    Returns:
        The mapping, and the number of lines that the block takes, its fences included; 0 if there is none.
    """
    count = _frontmatter_lines(text)
    if not count:
        return {}, 0
    body = "\n".join(text.split("\n", count)[1 : count - 1])
    try:
        value = load_yaml(body, "the frontmatter", SpeckitError)
    except SpeckitError:
        value = None
    if not isinstance(value, dict):
        pairs = (_FRONTMATTER_PAIR.match(line) for line in body.split("\n"))
        value = {pair[1]: pair[2].strip("\"'") for pair in pairs if pair}
    return {str(key): item for key, item in value.items()}, count


def outline(text: str) -> tuple[Block, ...]:
    """Find the headings, without parsing the rest.

    Knows frontmatter, fences (also in lists), HTML blocks and comments, ATX and setext headings.

    Returns:
        The headings in order; `headings` of each are the titles above it.
    """
    found = _Headings()
    at = _offset(text, _frontmatter_lines(text))
    line, counted, floor = 1, 0, at
    while landmark := _LANDMARK.search(text, at):
        line += text.count("\n", counted, landmark.start())
        counted = landmark.start()
        at = landmark.end()
        if landmark["atx"]:
            found.add(line, line, landmark[0], len(landmark["atx"]))
        elif landmark["rule"]:
            if above := _paragraph_above(text, floor, landmark.start()):
                level = 1 if "=" in landmark["rule"] else 2
                found.add(line - above.count("\n"), line, above + landmark[0], level)
        elif landmark["fence"]:
            at = _end_of_fence(text, landmark)
        else:
            at = _end_of_html(text, landmark)
        floor = at
    return tuple(found.blocks)


def blocks(text: str) -> tuple[Block, ...]:
    """Parse a document into its blocks, by CommonMark with tables.

    List items come one by one: an item's lines are its first block and the paragraphs that follow it, and
    whatever else it holds (nested items, fences, tables) comes as blocks of its own, whose `level` is the
    item's depth + 1. A quote is one block, and so is a table.

    Returns:
        The blocks in order. Their lines never overlap, and `text` is the source of exactly those lines.
    """
    lines = text.split("\n")
    skip = _frontmatter_lines(text)
    found = _Headings()
    for kind, start, after, node, level in _walk(_parse("\n".join([""] * skip + lines[skip:])), 0):
        end = next((n for n in range(after, start + 1, -1) if lines[n - 1].strip()), start + 1)
        source = "\n".join(lines[start:end])
        if kind == "heading":
            found.add(start + 1, end, source, int(node.tag[1]))
        else:
            found.blocks.append(Block(kind, start + 1, end, source, found.above(), level, _info(node)))
    return tuple(found.blocks)


def content(block: Block) -> str:
    """What a block says, dedented and without the marks that make it a heading, an item or a fence."""
    lines = block.text.split("\n")
    if block.kind == "heading":
        return _title(block.text)
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

    Raw HTML is shown as text, images become links, and links lead to http, https, a relative path or an
    anchor. This is the only way to any HTML or Markdown sink.
    """
    import nh3  # noqa: PLC0415 - locating documents must not pay for drawing them

    return nh3.clean(
        _renderer().render(markdown),
        tags=nh3.ALLOWED_TAGS - {"img"},
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https"},
    )


class _Headings:
    """Blocks in the making, with the titles that the next one stands under."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[tuple[int, str]] = []

    def above(self) -> tuple[str, ...]:
        return tuple(title for _, title in self._open)

    def add(self, start: int, end: int, source: str, level: int) -> None:
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self.blocks.append(Block("heading", start, end, source, self.above(), level))
        self._open.append((level, _title(source)))


def _title(source: str) -> str:
    """The words of a heading, from its source lines."""
    if atx := _ATX.match(source):
        return atx["title"] or ""
    return " ".join(line.strip() for line in source.split("\n")[:-1])


def _frontmatter_lines(text: str) -> int:
    """How many lines the frontmatter takes: from `---` on line 1, with a key below it, to the next `---`."""
    if not text.startswith("---"):
        return 0
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return 0
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), 0)
    first = next((line for line in lines[1:end] if line.strip() and not line.startswith("#")), None)
    return end + 1 if end and (first is None or _FRONTMATTER_KEY.match(first)) else 0


def _offset(text: str, lines: int) -> int:
    """Where the text goes on after its first `lines` lines."""
    at = 0
    for _ in range(lines):
        at = text.find("\n", at) + 1 or len(text)
    return at


def _paragraph_above(text: str, floor: int, end: int) -> str:
    """The lines of the paragraph that ends where a possible setext underline starts, or nothing."""
    lines: list[str] = []
    for line in reversed(text[floor:end].split("\n")[:-1]):
        if not line.strip():
            break
        lines.insert(0, line)
    if not lines or _INDENTED.match(lines[0]) or any(_NOT_PARAGRAPH.match(line) for line in lines):
        return ""
    return "".join(f"{line}\n" for line in lines)


def _end_of_fence(text: str, opening: re.Match[str]) -> int:
    """Where a fence ends: behind its closing line, or where the list item that it opened in ends."""
    mark = opening["fence"]
    close = rf"^[ ]{{0,{len(opening['lead']) + 3}}}{mark[0]}{{{len(mark)},}}[ \t]*$"
    if opening["lead"].strip():
        close = rf"{close}|^(?=[ ]{{0,{len(opening['lead']) - 1}}}[^ \n])"
    closing = re.compile(close, re.MULTILINE).search(text, text.find("\n", opening.end()) + 1 or len(text))
    return closing.end() if closing else len(text)


def _end_of_html(text: str, opening: re.Match[str]) -> int:
    """Where a block of HTML ends, by CommonMark's seven kinds."""
    tag = opening["html"]
    if tag is None:
        closing = _BLANK_LINE.search(text, opening.end())
    elif tag[1].isalpha():
        closing = _RAW_TEXT_END.search(text, opening.end())
    else:
        end = text.find(_HTML_ENDS.get(tag, ">"), opening.start() + 2)
        return len(text) if end < 0 else text.find("\n", end) + 1 or len(text)
    if closing is None:
        return len(text)
    return text.find("\n", closing.end()) + 1 or len(text) if tag else closing.end()


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
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - locating documents must not pay for parsing

    return SyntaxTreeNode(_parser().parse(text)).children


@cache
def _parser() -> MarkdownIt:
    """Finds blocks only. Raw HTML is on, so that what stands in a comment is no heading."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - locating documents must not pay for parsing them

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.core.ruler.enableOnly(["block"])
    return parser


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - the same

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
