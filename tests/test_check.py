"""Check: every rule finds what it is for, at its line, and is quiet where it cannot know."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speckit import check as check_module
from speckit.check import check, installed_rules
from speckit.errors import SpeckitError
from speckit.model import Question, Spec
from speckit.rules import Kept, Page, Rule, at, rule
from speckit.template import load_pack

CASES = Path(__file__).parent / "cases" / "rules"
PATH = "specs/2026-03-01-lamp.md"
RESEARCH = {
    "research/docs/2026-01-05-a.md": "one\n\nthree\nfour\nfive\nsix\nseven\neight\nnine\n",
    "research/docs/2025-06-01-old.md": "---\ndate: 2025-06-01\nstatus: superseded\n---\n\nThe lamp burns.\n",
}
PACK = load_pack("rfc", None)
NO_DIAGRAMS = ("F002", "F003")  # they take half a second each


def cases(kind: str) -> list[object]:
    return [
        pytest.param(path.read_text("utf-8"), id=path.stem) for path in sorted((CASES / kind).glob("*.md"))
    ]


def run(text: str, **options: object) -> list[tuple[str, int]]:
    told = re.search(r"<!-- path: (.+) -->", text)
    quotes = {
        key: hashlib.sha256(said.replace("\\n", "\n").encode()).hexdigest()
        for key, said in re.findall(r"<!-- quoted: (\S+) = (.+) -->", text)
    }
    status = re.search(r"<!-- recorded: (.+) -->", text)
    kept = Kept(status[1] if status else "", quotes) if status or quotes else None
    problems = check(text, told[1] if told else PATH, PACK, RESEARCH.get, kept=kept, **options)
    return [(problem.code, problem.line) for problem in problems]


@pytest.mark.parametrize("text", cases("fail"))
def test_a_rule_finds_its_defect_at_its_line(text: str) -> None:
    """A failing case is found by the rule it names, on exactly the lines it names."""
    (code, lines), *_ = re.findall(r"<!-- expect (\w+): ([\d, ]+) -->", text)
    assert {line for _, line in run(text, select=[code])} == {int(line) for line in lines.split(",")}


@pytest.mark.parametrize("text", cases("pass"))
def test_a_rule_is_quiet_where_it_cannot_know(text: str) -> None:
    """A passing case is not reported by the rules that it names."""
    codes = re.findall(r"<!-- quiet: (.+) -->", text)[0].split()
    assert run(text, select=codes if codes != ["all"] else []) == []


@pytest.mark.parametrize("kind", ["fail", "pass"])
def test_every_rule_has_its_cases(kind: str) -> None:
    """No rule comes without a case that it finds and one that it leaves alone."""
    assert set(installed_rules()) <= {path.stem for path in (CASES / kind).glob("*.md")}


def test_rules_come_by_the_entry_point() -> None:
    """The kit's own rules take the same door as a stranger's, and are at least twenty."""
    assert len(installed_rules()) >= 20
    assert all(code == item.code for code, item in installed_rules().items())


@pytest.mark.parametrize("path", sorted((CASES / "fail").glob("*.md")), ids=lambda path: path.stem)
def test_messages_are_complete(path: Path) -> None:
    """Messages and hints are one line each, with every value filled in."""
    text = path.read_text("utf-8")
    problems = check(text, PATH, PACK, RESEARCH.get, ignore=NO_DIAGRAMS)
    assert all(problem.message and problem.hint for problem in problems)
    assert not any("\n" in problem.message + problem.hint for problem in problems)


def test_select_and_ignore_take_prefixes() -> None:
    """A family, a code, and a code taken out of its family can be named."""
    text = "# Lamp\n\nTBD by the end of the week.\n"
    assert {"C001", "C002"} == {code for code, _ in run(text, select=["C"])}
    assert {"C002"} == {code for code, _ in run(text, select=["C"], ignore=["C001"])}


def test_a_code_that_does_not_exist_is_refused() -> None:
    """A mistyped code would silently select nothing."""
    with pytest.raises(SpeckitError, match="no rule 'E9': name a code"):
        run("# Lamp\n", select=["E9"])


def test_an_exemption_counts_only_with_a_reason() -> None:
    """A line is exempted from the codes that are named, and from no other."""
    said = "# Lamp\n\n<!-- speckit: ignore C002 because he decides -->\nTBD by the end of the week.\n"
    assert run(said, select=["C", "X"]) == [("C001", 4)]
    bare = said.replace(" because he decides", "")
    assert run(bare, select=["C", "X"]) == [("X001", 3), ("C001", 4), ("C002", 4)]


def test_several_ticks_stand_where_several_may_be_chosen() -> None:
    """A question whose options do not exclude each other may have two ticks."""
    text = (CASES / "fail" / "Q007.md").read_text("utf-8")
    question = Question("q00000001", "Which oil?", "explicit-options", ids=("q00000001",), multiple=True)
    day = dt.date(2026, 3, 1)
    spec = Spec("lamp", "Lamp", "rfc", day, day, "Ada", "Lights", "Draft (WIP)", (), (question,))
    assert run(text, select=["Q007"], spec=spec) == []


def test_problems_name_their_section() -> None:
    """A problem in a subsection bears the number of that subsection."""
    text = "# Lamp\n\n## 5. Detailed Design\n\n### 5.4 Oil\n\nThe oil is TBD.\n"
    (problem,) = check(text, PATH, PACK, RESEARCH.get, select=["C002"])
    assert problem.section == "5.4"


def test_a_passage_that_moved_is_found_again() -> None:
    """A quote that stands on other lines now is said to have moved there."""
    text = (CASES / "fail" / "E010.md").read_text("utf-8")
    key, quote = "research/docs/2026-01-05-a.md#L7-L8", hashlib.sha256(b"eight\nnine").hexdigest()
    (problem,) = check(text, PATH, PACK, RESEARCH.get, kept=Kept("", {key: quote}), select=["E010"])
    assert problem.message.endswith(":7-8 has changed since it was cited: it moved to line 8")


def test_line_ends_do_not_matter() -> None:
    """CRLF gives the same problems on the same lines."""
    text = (CASES / "fail" / "C001.md").read_text("utf-8")
    assert run(text, ignore=NO_DIAGRAMS) == run(text.replace("\n", "\r\n"), ignore=NO_DIAGRAMS)


@rule("Z001", "note")
def shouting(page: Page) -> list[tuple[int, dict[str, object]]]:
    """Nobody shouts.

    It wakes the others.

    Message: {word} is loud
    Hint: write {word:.1} and the rest in lower case
    """
    return [at(n, word=line) for n, line in enumerate(page.lines, 1) if line.isupper()]


def test_a_rule_says_itself_in_its_docstring() -> None:
    """Title, reason, message and hint are read from the docstring, and the message shows what was found."""
    assert isinstance(shouting, Rule)
    assert (shouting.title, shouting.reason) == ("Nobody shouts.", "It wakes the others.")


def test_a_docstring_of_another_shape_is_no_rule() -> None:
    """A rule without a message cannot be made."""
    with pytest.raises(ValueError, match="rule Z002"):
        rule("Z002", "note")(lambda _: [])


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("speckit.rules:ABSENT", "cannot be loaded .AttributeError"),
        ("absent_rules:RULES", "cannot be loaded .ModuleNotFoundError"),
        ("speckit.rules:RULES", "take the code C001"),
    ],
)
def test_a_broken_package_of_rules_is_named(value: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that cannot be loaded, or that clash, are told in one line that names who brought them."""
    own = EntryPoint("a", "speckit.rules:RULES", "speckit.rules")
    theirs = EntryPoint("b", value, "speckit.rules")
    monkeypatch.setattr(check_module, "entry_points", lambda **_: [own, theirs])
    with pytest.raises(SpeckitError, match=f"the rules of {value} {told}"):
        installed_rules.__wrapped__()


def test_a_strangers_rules_come_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of another package finds and is selected like the kit's own."""
    theirs = EntryPoint("b", f"{__name__}:STRANGERS", "speckit.rules")
    own = EntryPoint("a", "speckit.rules:RULES", "speckit.rules")
    monkeypatch.setattr(check_module, "entry_points", lambda **_: [own, theirs])
    monkeypatch.setattr(check_module, "installed_rules", installed_rules.__wrapped__)
    (problem,) = check("# Lamp\n\nLIGHT\n", PATH, PACK, RESEARCH.get, select=["Z"])
    assert (problem.line, problem.message, problem.hint) == (
        3,
        "LIGHT is loud",
        "write L and the rest in lower case",
    )


STRANGERS = [shouting]


@given(
    st.lists(
        st.sampled_from(
            ["# A", "## 1. B", "- [ ] (A) c", "```", "|a|b|", "|-|-|", "<!--", "-->", "> d", "", "§9.9"]
        )
    )
)
def test_no_markdown_breaks_a_rule(lines: list[str]) -> None:
    """Whatever stands in a file, checking it ends, with problems on lines that exist."""
    text = "\n".join(lines)
    assert all(1 <= line <= len(lines) + 1 for _, line in run(text, ignore=NO_DIAGRAMS))


# What breaks parsers: marks that open something, ends that never come, odd line ends and characters.
SHARDS = (
    "```", "~~~", "<!--", "-->", "|", "|-|-|", "---", "- [ ] ", "  - [x] (A) ", "## 9.", "#",
    "[a](b.md#L9-L1)", "research/a.md:99999999999", "<!-- speckit: ignore E001 because",
    "\r", "\0", "\u2028", "\ud800", "\t", "\\",
)  # fmt: skip


def spoilt(text: str, chance: random.Random) -> str:
    """A text with lines lost, doubled, swapped, cut, and shards put in."""
    lines = text.split("\n")
    for _ in range(max(3, len(lines) // 20)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        done = chance.randrange(4)
        if done == 0:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)] + chance.choice(SHARDS)
        elif done == 1:
            lines[at], lines[other] = lines[other], lines[at]
        elif done == 2:
            lines.insert(at, chance.choice(SHARDS) + lines[other])
        elif len(lines) > 1:
            del lines[at]
    return "\n".join(lines)


@pytest.mark.slow
def test_every_document_of_others_can_be_checked(atomic: Path) -> None:
    """Each markdown file of a real project, as it is and spoilt, is checked without an exception."""
    chance = random.Random(20260301)
    for path in sorted(atomic.rglob("*.md")):
        text = path.read_text("utf-8", "replace")
        for piece in (text, spoilt(text, chance), text[::-1]):
            last = piece.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
            assert all(1 <= line <= last for _, line in run(piece, ignore=NO_DIAGRAMS))
