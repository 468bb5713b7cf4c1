"""A document as one HTML page: nothing it needs lies elsewhere, and nothing in it runs."""

from __future__ import annotations

from html import escape

from speckit.diagrams import diagram_image
from speckit.errors import SpeckitError
from speckit.markdown import blocks, content, first_title, safe_html
from speckit.model import Block

STYLE = """
:root { color-scheme: light dark; --line: #8886; --faint: #8882; --link: light-dark(#0550ae, #79b8ff); }
body { max-width: 54rem; margin: 2rem auto 6rem; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
h1, h2, h3, h4 { margin: 1.8em 0 .5em; line-height: 1.25; }
h1 { margin-top: 0; }
h2 { padding-bottom: .2em; border-bottom: 1px solid var(--line); }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
code, pre { font: .88em/1.5 ui-monospace, monospace; }
code { padding: .1em .3em; border-radius: 3px; background: var(--faint); }
pre { padding: .8rem 1rem; overflow: auto; border-radius: 4px; background: var(--faint); }
pre code { padding: 0; background: none; font-size: 1em; }
blockquote { margin: 1em 0; padding-left: 1rem; border-left: 3px solid var(--line); }
table { width: 100%; border-collapse: collapse; font-size: .94em; }
th, td { padding: .35rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--faint); }
figure { margin: 1.2em 0; overflow: auto; text-align: center; }
figure img { max-width: 100%; padding: .5rem; border-radius: 4px; background: #fff; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; margin: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  pre, table, figure { break-inside: avoid; }
  a { color: inherit; }
}
""".strip()


def html_page(markdown: str) -> str:
    """Make a page of untrusted markdown: light and dark, fit to print, diagrams drawn as images.

    A diagram that cannot be drawn stays as its source.
    """
    lines = markdown.split("\n")
    parts: list[str] = []
    end = 0
    for block in blocks(markdown):
        if block.kind == "code" and block.info == "mermaid" and block.text.startswith(("```", "~~~")):
            parts += [safe_html("\n".join(lines[end : block.start - 1])), _figure(block)]
            end = block.end
    parts.append(safe_html("\n".join(lines[end:])))
    title = escape(first_title(markdown) or "Design spec")
    head = (
        f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>{title}</title>'
    )
    body = "".join(parts)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n<style>\n{STYLE}\n</style>\n</head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def _figure(fence: Block) -> str:
    try:
        image = diagram_image(content(fence))
    except SpeckitError:
        return safe_html(fence.text)
    return f'<figure><img alt="Diagram" src="{image}"></figure>\n'
