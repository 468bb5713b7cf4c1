"""Markdown with exact lines: headings fast, blocks in full, frontmatter, and the one way to HTML.

`outline` reads some 50 MB/s and serves titles and the index; `blocks` parses CommonMark with tables at some
3 MB/s and serves what was located. Both find the same headings, which a test holds over a whole corpus.
"""

from speckit.markdown.commonmark import blocks, content, safe_html, table_rows
from speckit.markdown.frontmatter import frontmatter, plain_frontmatter
from speckit.markdown.outline import first_title, outline

__all__ = [
    "blocks",
    "content",
    "first_title",
    "frontmatter",
    "outline",
    "plain_frontmatter",
    "safe_html",
    "table_rows",
]
