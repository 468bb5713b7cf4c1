"""A spec as a page that needs nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from speckit.page import html_page

DIAGRAM = "```mermaid\nflowchart LR\n  a[One] --> b[Two]\n```"


def test_a_diagram_is_drawn_into_the_page():
    """As an image that is part of it; text before and after stays in place."""
    page = html_page(f"# Spec\n\nBefore.\n\n{DIAGRAM}\n\nAfter.\n")
    before, image, after = re.fullmatch(
        r".*<p>(\w+)\.</p>\n<figure><img alt=\"Diagram\" src=\"(data:image/svg\+xml;base64,[\w+/=]+)\">"
        r"</figure>\n<p>(\w+)\.</p>.*",
        page,
        re.DOTALL,
    ).groups()
    assert (before, after) == ("Before", "After")
    assert len(image) > 1000


def test_a_diagram_that_cannot_be_drawn_stays_as_it_is_written():
    """So does one that is only quoted in another fence."""
    assert "flowchart LR\n  a[[[" in html_page("```mermaid\nflowchart LR\n  a[[[\n```\n")
    assert "<img" not in html_page(f"````text\n{DIAGRAM}\n````\n")


def test_nothing_in_it_runs_or_is_loaded():
    """Whatever the markdown holds."""
    page = html_page("# <script>x</script>\n\n<img src=x onerror=y> ![a](http://a/b.png) [c](javascript:d)\n")
    body = page.partition("<body>")[2]
    assert re.findall(r"<(?:script|img|iframe|link)", page) == []
    assert re.findall(r'href="([^"]*)"', body) == ["http://a/b.png"]


def test_nbconvert_makes_the_same_page(tmp_path: Path):
    """Of the spec in an executed notebook: `jupyter nbconvert --to speckit_html`."""
    notebook = Path(__file__).parent.parent / "notebooks" / "create-spec.ipynb"
    for form in ("speckit", "speckit_html"):
        command = [
            sys.executable,
            "-m",
            "nbconvert",
            "--to",
            form,
            str(notebook),
            "--output-dir",
            str(tmp_path),
        ]
        subprocess.run(command, check=True, capture_output=True)
    markdown = (tmp_path / "create-spec.md").read_text("utf-8")
    assert (tmp_path / "create-spec.html").read_text("utf-8") == html_page(markdown)
