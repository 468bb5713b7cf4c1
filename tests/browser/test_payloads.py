"""Research is untrusted: a page that shows it runs nothing of it, and loads nothing for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import make_project
from lab import Lab, find, option

pytestmark = pytest.mark.browser

PAYLOADS = (
    "<img src=http://127.0.0.1:9/x onerror=window.ran=1>",
    "<script>window.ran=2</script>",
    "[here](javascript:window.ran=3)",
    "<iframe srcdoc='<script>parent.ran=4</script>'></iframe>",
    "![there](http://127.0.0.1:9/y)",
    "<svg onload=window.ran=5>",
    "</textarea><img src=x onerror=window.ran=6>",
)
BAD = " ".join(PAYLOADS)
NAME = "2026-11-02-<img src=x onerror=window.ran=7>.md"


def hostile(project: Path) -> None:
    """Research with a payload in every place that reaches a page."""
    (project / "research" / "docs").mkdir(parents=True)
    text = f"""---
date: 2026-11-02
topic: "Rate limits for the export service"
tags: [rate-limits, "{PAYLOADS[0]}"]
---

# Rate limits for the export service {BAD}

## Summary

The export service has no rate limit. {BAD}
A link that is wrapped: [the long
note](notes/limits.md).

## Detailed Findings

### The limiter {BAD}

- The limiter must count in Redis. {BAD}

| Component | Role {PAYLOADS[1]} |
|---|---|
| limiter {PAYLOADS[0]} | counts {PAYLOADS[3]} |

```mermaid
flowchart LR
  a["<img src=x onerror=window.ran=8>"] --> b
  click a "javascript:window.ran=9"
```

## Open Questions

1. **Where {PAYLOADS[0]} to count.** Where should the limiter keep its count {BAD}?
   - (a) In Redis {BAD}: exact {PAYLOADS[1]}
   - (b) In memory {PAYLOADS[5]}: fast {PAYLOADS[6]}
2. Should reads be limited {PAYLOADS[2]} too?
"""
    (project / "research" / "docs" / NAME).write_text(text, "utf-8")


def test_payloads_run_nothing_and_load_nothing(server: tuple[str, Path], page: Any):
    """Research, file names and typed answers with markup are shown as text in every panel."""
    url, root = server
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    lab = Lab(page, url, make_project(root / "hostile", hostile))
    deck = lab.run_all()
    find(deck, "limiter keep")
    option(deck, "In Redis").click()
    page.keyboard.type(BAD)
    page.keyboard.press("Enter")
    lab.wait_for_answers(2)
    page.keyboard.press("o")
    page.keyboard.type(BAD)
    page.keyboard.press("Enter")
    lab.wait_for_answers(3)
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.locator(".speckit-export button").first.click()
    page.locator(".speckit-export").get_by_text("Written to").wait_for()
    deck.locator(".sk-page").get_by_text("<script>").first.wait_for()
    assert page.evaluate("() => window.ran") is None
    assert [address for address in asked if ":9/" in address or address.endswith("/x")] == []
    assert page.locator(".jp-OutputArea iframe, .jp-OutputArea script, .jp-OutputArea [onerror]").count() == 0
    lab.close()
