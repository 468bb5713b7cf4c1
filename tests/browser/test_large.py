"""A spec with sixty questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import make_project
from lab import Lab

pytestmark = pytest.mark.browser

MANY = 60


def sixty_questions(project: Path) -> None:
    """Research that asks sixty questions, with enough said to make a spec of some 60 KB."""
    (project / "research" / "docs").mkdir(parents=True)
    found = "\n".join(
        f"- `export/part{n}.py:{n}` handles case {n} of the rate limits by waiting {n} seconds for a slot."
        for n in range(1, 200)
    )
    asked = "\n".join(
        f"{n}. **Case {n}.** Should case {n} of the limits wait for slot {n} or be refused with code {n}?"
        for n in range(1, MANY + 1)
    )
    head = '---\ndate: 2026-11-02\ntopic: "Rate limits for the export service"\n---\n\n# Rate limits\n\n'
    body = f"## Summary\n\nNo limit.\n\n## Detailed Findings\n\n{found}\n\n## Open Questions\n\n{asked}\n"
    (project / "research" / "docs" / "2026-11-02-rate-limits.md").write_text(head + body, "utf-8")


def test_sixty_questions_are_walked_by_keys(server: tuple[str, Path], page: Any):
    """Forty keys in a row lose no answer; find leads to one of the sixty."""
    url, root = server
    lab = Lab(page, url, make_project(root / "sixty", sixty_questions))
    deck = lab.run_all()
    deck.focus()
    for _ in range(20):
        page.keyboard.press("2")
        page.keyboard.press("Enter")
    lab.wait_for_answers(20)
    assert {answer["choices"][0].startswith("Refused") for answer in lab.answers()} == {True}
    page.keyboard.press("/")
    page.keyboard.type("case 57")
    page.keyboard.press("Enter")
    deck.get_by_role("heading", name="Case 57").wait_for()
    lab.save()
    assert lab.notebook.stat().st_size < 1_000_000
    lab.close()
