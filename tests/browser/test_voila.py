"""The same notebook in Voila: an app without code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import make_project, serve
from lab import TOPIC, WHERE, expect_in_preview, find, option

from speckit.jupyter.lab import prepare_notebook
from speckit.paths import find_project

pytestmark = pytest.mark.browser


def test_the_deck_answers_in_voila(browser: Any, tmp_path: Path):
    """In Voila an option is chosen, the preview shows it, and a second visitor sees the answer."""
    root = tmp_path / "root"
    root.mkdir()
    project = make_project(root / "app")
    notebook = prepare_notebook(find_project("research", "specs", project), TOPIC)
    arguments = ("--Voila.ip=127.0.0.1", "--strip_sources=True", "{root}")
    server = serve(tmp_path, root, "voila", *arguments)
    url, _ = next(server)
    try:
        for visit in range(2):
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            page.goto(f"{url}/voila/render/{notebook.relative_to(root).as_posix()}")
            deck = page.locator(".speckit-deck").first
            deck.wait_for(timeout=60_000)
            if visit == 0:
                find(deck, WHERE)
                option(deck, "In Redis").click()
            expect_in_preview(deck, "Where the count is kept. In Redis")
            deck.locator(".sk-count").get_by_text(re.compile(r"^1 of \d+ answered")).wait_for()
            assert "desk.questions()" not in page.locator("body").inner_text()
            page.context.close()
    finally:
        server.close()
