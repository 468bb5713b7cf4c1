"""Defects planted in three specs of others: each rule finds its own, at its line."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Literal

import pytest

from speckit.check import check, installed_rules
from speckit.rules import Kept
from speckit.template import load_pack

SPECS = (
    "2026-01-24-copilot-agent-detection-refactoring.md",
    "2026-02-16-ralph-dag-orchestration.md",
    "2026-03-25-workflow-interrupt-stage-advancement-fix.md",
)
OLD = "research/docs/2024-01-01-old.md"
RESEARCH = {OLD: "---\ndate: 2024-01-01\nstatus: superseded\n---\n\nThe lamp burns.\n"}
KEPT = Kept("Rejected", {f"{OLD}#L6-L6": hashlib.sha256(b"The lamp smokes.").hexdigest()})

TITLE, STATUS, AUTHOR, OWNER, CREATED = "# ", "| Status", "| Author(s)", "| Team / Owner", "| Created"
SUMMARY, CONTEXT, PROBLEM = "## 1. Exec", "## 2. Cont", "### 2.2 The"
GOALS, NON_GOALS, DIAGRAM, COMPONENTS = "### 3.1 Fun", "### 3.2 Non", "### 4.1 Sys", "### 4.3 Key"
DESIGN, ALTERNATIVES, CONCERNS = "## 5. Det", "## 6. Alt", "## 7. Cross"
ROLLOUT, QUESTIONS = "### 8.1 Dep", "## 9. Open"

LONG = (
    "Whoever comes home first lights it, and whoever goes to bed last puts it out, so that no hall is dark."
)
TABLE = "\n| Option | Pros | Cons | Reason for Rejection |{}\n| --- | --- | --- | --- |\n"

# Code, how and where it is planted, and what; a code's rows are planted together. `@@` marks a line at
# fault. The spot is how a line begins: the defect is put after that line, in place of it, or in place of
# the rest of its section.
How = Literal["after", "line", "section"]
PLANTS: tuple[tuple[str, How, str, str], ...] = (
    ("S001", "line", TITLE, "@@"),
    ("S003", "line", OWNER, ""),
    ("S003", "line", TITLE, "# Lamp Technical Design Document@@"),
    ("S004", "line", AUTHOR, "| Author(s) | TBD |@@"),
    ("S005", "line", STATUS, "| Status | Nearly done |@@"),
    ("S006", "line", CREATED, "| Created / Last Updated | 2026-02-30 |@@"),
    ("S007", "line", DESIGN, "## 5. Bits and Pieces@@"),
    ("S008", "line", PROBLEM, "### 2.2 Why@@"),
    ("S009", "line", CONCERNS, "## 77. Cross-Cutting Concerns@@"),
    ("S010", "line", SUMMARY, "## 2. Context and Motivation@@\n\nDark.\n\n## 1. Executive Summary"),
    ("S011", "after", CONCERNS, "\n### 7.9 Smoke\n\nText.\n\n### 7.9 Fire@@\n\nText.\n"),
    ("S012", "after", CONCERNS, "\n### 5.77 Smoke@@\n\nText.\n"),
    ("S013", "line", CONCERNS, "## Smoke@@\n\n## 7. Cross-Cutting Concerns"),
    ("S014", "line", TITLE, "# Lamp@@"),
    ("S015", "line", STATUS, "| Status | Approved |@@"),
    ("L001", "line", SUMMARY, "## 1. Executive Summary@@\n\n" + "light " * 200),
    ("L002", "section", ALTERNATIVES, TABLE.format("@@") + "| Oil | a | b | |\n"),
    ("L003", "section", ALTERNATIVES, TABLE.format("@@") + "| Oil | a | b | |\n| Wax | a | b | c |\n"),
    ("F001", "line", DIAGRAM, "### 4.1 System Architecture Diagram@@\n\nSee below.\n\n### 4.9 Boxes"),
    ("F002", "after", DIAGRAM, "\n```mermaid\nflowchart TD\n    hall[b (c)] --> d@@\n```\n"),
    (
        "F003",
        "after",
        DIAGRAM,
        "\n```mermaid@@\nflowchart TD\n" + "    %% smoke\n" * 6000 + "    a --> b\n```\n",
    ),
    ("F004", "section", ALTERNATIVES, "\n| Option | Good |@@\n| --- | --- |\n| Oil | a |\n"),
    ("F005", "after", COMPONENTS, "\n| Part | Use |\n| --- | --- |\n| Wick | a | b |@@\n"),
    ("F006", "after", GOALS, "\n- It gives light.@@"),
    ("F007", "after", QUESTIONS, "\n- Which oil?@@"),
    ("F008", "section", QUESTIONS, "\n~~~text@@\n"),
    ("C001", "after", ROLLOUT, "\n- **Phase 1: wick (2 weeks).** Cotton.@@"),
    ("C002", "after", CONCERNS, "\nThe oil is TBD.@@"),
    ("C003", "after", SUMMARY, "\nTwo minutes of reading for somebody who will never open the rest.@@"),
    ("C004", "after", CONCERNS, "\nNot in the research: smoke.@@"),
    ("C005", "after", CONCERNS, f"\n{LONG} {LONG}\n\n{LONG} {LONG}@@\n"),
    ("E001", "after", SUMMARY, "\nDark [x.md:1](../research/docs/no-such-x.md#L1).@@"),
    ("E002", "after", SUMMARY, f"\nDark (`{OLD}:99`).@@"),
    ("E003", "after", SUMMARY, f"\nDark (`{OLD}:5`).@@"),
    ("E004", "after", SUMMARY, f"\nDark [2024-01-01-old.md:6](../{OLD}#L5).@@"),
    ("E006", "section", CONTEXT, "light " * 200),
    ("E006", "line", CONTEXT, "## 2. Context and Motivation@@"),
    ("E007", "after", SUMMARY, f"\nDark (`{OLD}`).@@"),
    ("E008", "after", SUMMARY, f"\nDark (`{OLD}`).@@"),
    ("E009", "after", SUMMARY, "\n[Notes](/home/ada/x.txt)@@"),
    ("E010", "after", SUMMARY, f"\nDark [2024-01-01-old.md:6](../{OLD}#L6).@@"),
    ("Q001", "after", QUESTIONS, "\n- [ ] Which oil?@@"),
    ("Q002", "after", QUESTIONS, "\n- [ ] Olive oil. *(provisional)*@@"),
    ("Q003", "after", QUESTIONS, "\n- [ ] Which oil? *Disputed:* Ada “olive”; Ben “whale”.@@"),
    ("Q004", "after", QUESTIONS, "\n- [ ] Which oil?@@\n  - [ ] (A) Olive\n  - [ ] (B) Whale — smells"),
    ("Q005", "after", QUESTIONS, "\n- [x] Olive oil. Decided by Ada.@@"),
    ("Q006", "after", QUESTIONS, "\n- [ ] Which oil? Later: nobody.@@"),
    (
        "Q007",
        "after",
        QUESTIONS,
        "\n- [ ] Which oil?@@\n  - [x] (A) Olive — dear\n  - [x] (B) Whale — smells",
    ),
    (
        "Q008",
        "after",
        QUESTIONS,
        "\n- [x] Which oil?@@\n  - [ ] (A) Olive — dear\n  - [ ] (B) Whale — smells",
    ),
    ("Q009", "line", STATUS, "| Status | Approved |@@"),
    ("Q009", "after", QUESTIONS, "\n- [ ] Which oil?"),
    ("Q010", "after", QUESTIONS, "\n- [ ] Oil? <!-- q00000001 -->\n- [ ] Oil? <!-- q00000001 -->@@"),
    ("Q011", "after", QUESTIONS, "\n- [ ] It is dark. *(to settle)*@@"),
    ("K001", "after", DIAGRAM, "\n```mermaid\nflowchart TD\n    a[Chimneysweep]@@\n```\n"),
    ("K002", "after", CONCERNS, "\nSee §5.99.@@\n"),
    ("K003", "after", ROLLOUT, "\n- **Phase 1:** wick.\n- **Phase 77:** oil.@@"),
    ("K004", "after", GOALS, "\n- [ ] We will filter smoke and fire."),
    ("K004", "after", NON_GOALS, "\n- [ ] We will NOT filter smoke and fire.@@"),
    (
        "K005",
        "section",
        ALTERNATIVES,
        TABLE.format("") + "| Oil | not stated | b | |@@\n| Wax | a | b | c |\n",
    ),
    ("X001", "after", CONCERNS, "\n<!-- speckit: ignore C002 -->@@"),
)
ELSEWHERE = {"S002", "E005"}  # planted by tests of their own below


def plant(text: str, how: How, spot: str, defect: str) -> str:
    """Put a defect into a spec, at the first line that begins as the spot does."""
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(spot))
    if how == "line":
        return "\n".join([*lines[:at], defect, *lines[at + 1 :]])
    after = at + 1
    if how == "section":
        after = next((n for n in range(at + 1, len(lines)) if lines[n].startswith("## ")), len(lines))
    return "\n".join([*lines[: at + 1], defect, "", *lines[after:]])


@pytest.fixture(params=SPECS)
def spec(request: pytest.FixtureRequest, atomic: Path) -> str:
    """The text of a real spec."""
    return (atomic / "specs" / request.param).read_text("utf-8")


def find(code: str, text: str, path: str = "specs/2026-03-01-lamp.md") -> set[int]:
    problems = check(text, path, load_pack("rfc", None), RESEARCH.get, kept=KEPT, select=[code])
    return {problem.line for problem in problems}


@pytest.mark.parametrize("code", sorted({code for code, *_ in PLANTS}))
def test_a_planted_defect_is_found_at_its_line(code: str, spec: str) -> None:
    """The rule reports the line at fault, wherever it stands."""
    for _, how, spot, defect in (row for row in PLANTS if row[0] == code):
        spec = plant(spec, how, spot, defect)
    planted = {number for number, line in enumerate(spec.split("\n"), 1) if "@@" in line}
    assert planted
    assert planted <= find(code, spec.replace("@@", ""))


def test_a_bad_file_name_is_found(spec: str) -> None:
    """The name is judged by the path that the check was given."""
    assert find("S002", spec, "specs/Lamp Design.md") == {1}
    assert find("S002", spec) == set()


def test_a_spec_without_citations_is_found(spec: str) -> None:
    """A spec whose citations were all taken out cites nothing."""
    assert find("E005", re.sub(r"\.md\b", "", spec)) == {1}
    assert find("E005", spec) == set()


def test_every_rule_was_planted() -> None:
    """No rule is left out of the trial."""
    assert {code for code, *_ in PLANTS} | ELSEWHERE == set(installed_rules())
