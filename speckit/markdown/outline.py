"""The headings of a document, found without parsing the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speckit.markdown.frontmatter import frontmatter_lines
from speckit.model import Block

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


def outline(text: str) -> tuple[Block, ...]:
    """Find the headings, without parsing the rest.

    Knows frontmatter, fences (also in lists), HTML blocks and comments, ATX and setext headings.

    Returns:
        The headings in order; `headings` of each are the titles above it.
    """
    return tuple(_headings(text))


def first_title(text: str) -> str:
    """The words of the first heading of level 1, read no further than there; nothing if there is none."""
    return next((title(heading.text) for heading in _headings(text) if heading.level == 1), "")


def title(source: str) -> str:
    """The words of a heading, from its source lines."""
    if atx := _ATX.match(source):
        return atx["title"] or ""
    return " ".join(line.strip() for line in source.split("\n")[:-1])


class Titles:
    """The titles that the next block stands under, kept up while a document is read."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def above(self) -> tuple[str, ...]:
        """The titles above, outermost first."""
        return tuple(title for _, title in self._open)

    def heading(self, start: int, end: int, source: str, level: int) -> Block:
        """Make a heading's block, and stand under it from here on."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        block = Block("heading", start, end, source, self.above(), level)
        self._open.append((level, title(source)))
        return block


def _headings(text: str) -> Iterator[Block]:
    titles = Titles()
    at = _offset(text, frontmatter_lines(text))
    line, counted, floor = 1, 0, at
    while landmark := _LANDMARK.search(text, at):
        line += text.count("\n", counted, landmark.start())
        counted = landmark.start()
        at = landmark.end()
        if landmark["atx"]:
            yield titles.heading(line, line, landmark[0], len(landmark["atx"]))
        elif landmark["rule"]:
            if above := _paragraph_above(text, floor, landmark.start()):
                level = 1 if "=" in landmark["rule"] else 2
                yield titles.heading(line - above.count("\n"), line, above + landmark[0], level)
            elif "---" not in landmark["rule"]:
                continue  # neither heading nor rule: the text of a paragraph
        elif landmark["fence"]:
            at = _end_of_fence(text, landmark)
        else:
            at = _end_of_html(text, landmark)
        floor = at


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
