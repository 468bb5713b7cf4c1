"""A draft says what the research says, where it belongs, once; and where it is silent, it says so."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from speckit.analyze import analyze
from speckit.clarify import clarify
from speckit.diagrams import parse_diagram
from speckit.draft import draft
from speckit.draft.outcomes import outcomes
from speckit.draft.scope import MOST
from speckit.load import load
from speckit.model import Answer, Document, Passage, Spec
from speckit.template import Pack, load_pack, render, render_section

CASES = Path(__file__).parent / "cases"
RFC = load_pack("rfc", None)
DAY = dt.date(2026, 1, 2)


def drafted(*documents: Document, topic: str = "cache", pack: Pack = RFC) -> Spec:
    return draft(
        topic, pack.title.replace("{topic}", topic), analyze(documents), pack,
        created=DAY, author="Ann", owner="Core", sources=[document.path for document in documents],
    )  # fmt: skip


def document(text: str, path: str = "research/docs/x.md") -> Document:
    return Document(path, text, "cache", DAY, "docs")


def shown(spec: Spec, number: str, pack: Pack = RFC) -> str:
    """What stands below the heading of a section."""
    section = next(section for section in spec.sections if section.number == number)
    return render_section(section, pack, "../").partition("\n")[2].strip()


def told_cases(name: str) -> list:
    """Title, input and what is expected, from cases in markdown."""
    parts = re.split(r"\n\.(?:\n|$)", (CASES / "draft" / name).read_text("utf-8"))
    triples = zip(parts[0::3], parts[1::3], parts[2::3], strict=False)
    return [pytest.param(text, expected.strip(), id=title.strip()) for title, text, expected in triples]


def section_cases() -> list:
    """Section, research and what is expected, from the cases in markdown."""
    return [
        pytest.param(*case.values[0].removeprefix("section: ").split("\n\n", 1), case.values[1], id=case.id)
        for case in told_cases("sections.md")
    ]


def schedule_cases() -> list:
    lines = (CASES / "draft" / "schedule.md").read_text("utf-8").splitlines()
    return [tuple(line.split(": ", 1)) for line in lines]


@pytest.fixture(scope="session")
def specs(atomic, shared) -> list[Spec]:
    """Drafts from the research of real specs, on their topics."""
    documents = {d.path: d for d in load(atomic, atomic / "research", atomic / "specs").documents}
    pairs = [json.loads(line) for line in (shared / "gold" / "drafts.jsonl").read_text("utf-8").splitlines()]
    return [drafted(*(documents[s] for s in pair["sources"]), topic=pair["title"]) for pair in pairs]


@pytest.mark.parametrize(("section", "research", "expected"), section_cases())
def test_a_section_is_drafted_as(section, research, expected):
    """Each case is a document, and what one section of the draft holds of it."""
    assert shown(drafted(document(research)), section) == expected


@pytest.mark.parametrize(("what", "sentence"), schedule_cases())
def test_no_schedule_of_the_work_reaches_the_draft(what, sentence):
    """Deadlines, estimates and calendars go; durations that are behaviour and dates of facts stay."""
    heading = "## Current State"
    text = render(drafted(document(f"# Research\n\n{heading}\n\nThe cache: {sentence}")), RFC, "../")
    assert (sentence in text) == (what == "keep")


def test_a_schedule_in_a_heading_takes_its_section_along():
    """What stands under a calendar is part of it."""
    text = "# Research\n\n## Timeline\n\nThe readers move first, the writers after them."
    assert "readers" not in render(drafted(document(text)), RFC, "../")


def test_the_primary_document_comes_first():
    """Of two documents that fit, the first one given is quoted, the other for what it lacks."""
    first = document("# R\n\n## Summary\n\nThe cache is read twice on each call.")
    second = document(
        "# R\n\n## Summary\n\nEntries expire unread.\n\n## Root Cause\n\nNobody reads the cache clock.",
        "research/docs/y.md",
    )
    spec = drafted(first, second)
    assert shown(spec, "1").startswith("The cache is read twice on each call.\n[x.md:5]")
    assert shown(spec, "2.2").startswith("Nobody reads the cache clock.\n[y.md:9]")


def test_another_document_fills_nothing_with_what_is_far_from_the_topic():
    """Its problem is another one."""
    first = document("# R\n\n## Summary\n\nThe cache is read twice on each call.")
    second = document("# R\n\n## Root Cause\n\nThe logo is drawn too large.", "research/docs/y.md")
    assert shown(drafted(first, second), "2.2") == "Not in the research: what is wrong today, and for whom."


@pytest.mark.parametrize(
    ("lead", "link"),
    [("All columns that the cache keeps:", "* All columns that the cache keeps:"), ("Kept:", "")],
)
def test_a_gap_links_to_what_is_said_of_code_never_into_it(lead, link):
    """A block that no section has room for is named by the sentence before it."""
    block = "\n".join(f"column {n} of the cache is text" for n in range(400))
    shows = shown(drafted(document(f"# R\n\n## Store\n\n{lead}\n\n```sql\n{block}\n```")), "5.2")
    assert shows.startswith("Not in the research: what is stored")
    assert [line for line in shows.split("\n") if line.startswith("*")] == [link] * bool(link)


def test_subjects_become_numbered_headings_behind_the_packs_own():
    """What the research tells subject by subject is told so, under the section for the design."""
    text = "# R\n\n## Findings\n\n### 1. Locks\n\nThe lock is a file.\n\n### 2. Keys\n\nA key is a hash."
    spec = drafted(document(text))
    assert [(s.number, s.title) for s in spec.sections if s.number.startswith("5.")][3:] == [
        ("5.4", "Locks"),
        ("5.5", "Keys"),
    ]


def test_standing_questions_wait_for_their_cue():
    """The posture is always asked; a question on stored data only where the research speaks of it."""
    silent = drafted(document("# R\n\n## Summary\n\nThe banner comes late."))
    speaking = drafted(document("# R\n\n## Research Question\n\nWhere is the schema stored?"))
    assert [q.topic for q in silent.questions] == ["Compatibility posture", "House rules"]
    assert [q.topic for q in speaking.questions] == ["Compatibility posture", "House rules", "Stored data"]
    assert all(
        option.tradeoff and option.origin == "template" for q in silent.questions for option in q.options
    )


SCOPE = """# R

## Research Question

Entries outlive a restart. Investigate who writes them.

## Requirements

- Two readers share one entry, and no entry must be lost
- No entry is written twice
- No second writer process

## Files to Keep Unchanged

- `lock.py` keeps its one writer
"""


@pytest.mark.parametrize(("research", "expected"), told_cases("scope.md"))
def test_what_may_be_taken_into_scope(research: str, expected: str):
    """Lists, tables and sentences that say what is to be, or what is not there yet."""
    offered = [q.text for q in drafted(document(f"# R\n\n{research}\n")).questions if q.group == "scope"]
    assert ("\n".join(offered) or "none") == expected


@pytest.mark.parametrize(("sentence", "expected"), told_cases("outcomes.md"))
def test_a_research_question_names_outcomes(sentence: str, expected: str):
    """What is wanted is told apart from what the researcher is to do."""
    assert ("\n".join(outcomes(sentence)) or "none") == expected


def test_what_the_research_asks_for_is_offered_for_the_scope():
    """Requirements and outcomes are offered with their lines, exclusions as such; research tasks are not."""
    offered = [q for q in drafted(document(SCOPE)).questions if q.group == "scope"]
    assert [(q.text, q.topic, q.citations[0].start, q.recommended) for q in offered] == [
        ("Entries outlive a restart.", "Research Question", 5, None),
        ("Two readers share one entry, and no entry must be lost", "Requirements", 9, None),
        ("No entry is written twice", "Requirements", 10, None),
        ("No second writer process", "Requirements", 11, "no"),
        ("`lock.py` keeps its one writer", "Files to Keep Unchanged", 15, "no"),
    ]


def test_a_scope_answer_writes_a_goal_or_a_non_goal():
    """In scope, an item is a goal in the words of the research; left out, a non-goal; unasked, neither."""
    spec = drafted(document(SCOPE))
    _, shared, once, second, kept = (q.id for q in spec.questions if q.group == "scope")
    chosen = [(shared, "In scope"), (once, "In scope"), (second, "Not in this version")]
    chosen += [(kept, "Not in this version")]
    told = clarify(spec, [Answer(question, (label,)) for question, label in chosen])
    goals, left_out = (
        [p.text for s in told.sections if s.role == role for p in s.passages if p.origin == "answer"]
        for role in ("goals", "non-goals")
    )
    assert goals == ["Two readers share one entry, and no entry must be lost.", "No entry is written twice."]
    assert left_out == [
        "We will NOT change this: “No second writer process”",
        "We will NOT change this: “`lock.py` keeps its one writer”",
    ]
    assert "restart" not in shown(told, "9")


def test_nothing_is_offered_for_the_scope_twice(specs):
    """An item is no open question besides, and what is offered stays few enough to be judged."""
    for spec in specs:
        ids = [question.id for question in spec.questions]
        assert len(ids) == len(set(ids))
        assert sum(question.group == "scope" for question in spec.questions) <= MOST


def test_a_third_pack_is_drafted_by_the_same_code():
    """A pack of another shape, with sections that bear no number, needs no code of its own."""
    pack = load_pack("decision-record", CASES / "packs")
    text = (
        "# R\n\n## Summary\n\nThe cache loses entries.\n\n## Alternatives\n\n- **One lock**: simple, and slow"
    )
    spec = drafted(document(text), pack=pack)
    assert shown(spec, "context", pack) == "The cache loses entries.\n[x.md:5](../research/docs/x.md#L5)"
    assert shown(spec, "options", pack).splitlines()[2] == (
        "| **One lock** | simple, and slow | — | [`x.md:9`](../research/docs/x.md#L9) |"
    )
    assert shown(spec, "decision", pack) == "Not in the research: the decision."


def test_nothing_found_gives_a_document_of_gaps():
    """An empty document is no error: every section says what is missing."""
    spec = drafted(document("# Research"))
    empty = [s.number for s in spec.sections if not s.passages]
    assert empty == ["2", "3", "4", "5", "7", "8", "9"]


def test_the_same_research_gives_the_same_draft(specs, atomic):
    """Nothing but the research and the topic reaches the draft."""
    documents = load(atomic, atomic / "research", atomic / "specs").documents
    by_path = {d.path: d for d in documents}
    again = drafted(*(by_path[path] for path in specs[0].sources), topic=specs[0].topic)
    assert again == specs[0]


def test_every_citation_of_every_draft_reads_back(specs, atomic):
    """What a passage or a question cites still stands in those lines, whole."""
    texts = {
        d.path: d.text.split("\n") for d in load(atomic, atomic / "research", atomic / "specs").documents
    }
    cited = [c for spec in specs for section in spec.sections for p in section.passages for c in p.citations]
    cited += [c for spec in specs for question in spec.questions for c in question.citations]
    assert cited
    assert [c for c in cited if "\n".join(texts[c.path][c.start - 1 : c.end]) != c.quote] == []


def test_executive_summaries_stay_short(specs):
    """Room is left for the proposal under the limit of 200 words."""
    long = [s.topic for s in specs if sum(len(p.text.split()) for p in s.sections[0].passages) > 150]
    assert long == []


def test_no_sentence_stands_in_two_sections(specs):
    """A passage is told once; the summary alone may repeat what is told below."""
    for spec in specs:
        told = [
            (passage.text, passage.cells, passage.citations)
            for section in spec.sections
            if section.role != "summary"
            for passage in section.passages
            if passage.origin == "research" and passage.kind in {"prose", "row", "fence"}
        ]
        assert [one for one in told if told.count(one) > 1] == []


@pytest.mark.slow
def test_every_draft_has_a_diagram_or_a_gap_and_all_parse(specs):
    """Every draft shows its parts in a diagram that mermaid takes, or says that no part has a place."""
    for spec in specs:
        passages = [passage for section in spec.sections for passage in section.passages]
        sources = [passage.text for passage in passages if is_mermaid(passage)]
        assert sources or "a picture of the parts and what passes between them" in {p.text for p in passages}
        assert [error for source in sources if (error := parse_diagram(source))] == []


def is_mermaid(passage: Passage) -> bool:
    return passage.kind == "fence" and passage.info == "mermaid"
