"""Packs are data that is checked when it is read; a layout lays out, and research cannot break the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speckit.errors import PackError
from speckit.markdown import outline
from speckit.model import Answer, Citation, Passage, Question, Section, Spec
from speckit.template import Pack, load_pack, pack_names, render, render_section
from speckit.template.layout import lay_out

PACKS = Path(__file__).parent / "cases" / "packs"
BROKEN = sorted(path.name for path in PACKS.iterdir() if path.name != "decision-record")

CITED = Citation("research/docs/a b.md", 3, 4, "**Option B**: a queue that holds\nall of it")
RFC = load_pack("rfc", None)


def spec_of(pack: Pack, *passages: Passage, at: str = "4.3") -> Spec:
    """A spec whose one section holds these passages."""
    sections = tuple(
        Section(s.number, s.title, s.role, s.instruction, passages if s.number == at else (), s.columns)
        for s in pack.sections
    )
    day = dt.date(2026, 1, 2)
    return Spec("queue", "A Queue", pack.name, day, day, "Ann|Bo", "Core", pack.statuses[0], sections)


def shown(*passages: Passage, at: str = "4.3") -> str:
    """What stands below the heading of a section with these passages."""
    section = next(s for s in spec_of(RFC, *passages, at=at).sections if s.number == at)
    return render_section(section, RFC, "../").partition("\n")[2].strip()


def test_the_rfc_has_its_sections_in_order():
    """Headings, numbers and columns are those of the template that people know."""
    assert [(s.number, s.title) for s in RFC.sections] == [
        ("1", "Executive Summary"),
        ("2", "Context and Motivation"),
        ("2.1", "Current State"),
        ("2.2", "The Problem"),
        ("3", "Goals and Non-Goals"),
        ("3.1", "Functional Goals"),
        ("3.2", "Non-Goals (Out of Scope)"),
        ("4", "Proposed Solution (High-Level Design)"),
        ("4.1", "System Architecture Diagram"),
        ("4.2", "Architectural Pattern"),
        ("4.3", "Key Components"),
        ("5", "Detailed Design"),
        ("5.1", "API Interfaces"),
        ("5.2", "Data Model / Schema"),
        ("5.3", "Algorithms and State Management"),
        ("6", "Alternatives Considered"),
        ("7", "Cross-Cutting Concerns"),
        ("7.1", "Security and Privacy"),
        ("7.2", "Observability Strategy"),
        ("7.3", "Scalability and Capacity Planning"),
        ("8", "Migration, Rollout, and Testing"),
        ("8.1", "Deployment Strategy"),
        ("8.2", "Data Migration Plan"),
        ("8.3", "Test Plan"),
        ("9", "Open Questions / Unresolved Issues"),
    ]
    assert RFC.section("6").columns == ("Option", "Pros", "Cons", "Reason for Rejection")
    assert RFC.section("4.3").columns == ("Component", "Responsibility", "Technology Stack", "Justification")


@pytest.mark.parametrize("name", ["rfc", "rfc-doors"])
def test_the_posture_is_always_asked_and_first(name):
    """Compatibility and house rules wait for no cue; every other standing question does."""
    always = [question.topic for question in load_pack(name, None).standing if not question.cue]
    assert always == ["Compatibility posture", "House rules"]


@pytest.mark.parametrize("name", ["rfc", "rfc-doors"])
def test_no_instruction_reaches_the_document(name):
    """Instructions are for the person who edits, never for the reader."""
    pack = load_pack(name, None)
    text = render(spec_of(pack), pack, "../")
    assert [s.number for s in pack.sections if s.instruction.strip() in text] == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_with_file_key_and_value(name):
    """Each folder of broken packs is named for its fault and tells the message in its first line."""
    expected = (PACKS / name / "template.yaml").read_text("utf-8").splitlines()[0].removeprefix("# expect: ")
    with pytest.raises(PackError) as told:
        load_pack(name, PACKS)
    assert str(told.value).startswith(expected)
    assert "\n" not in str(told.value)


def test_an_unknown_pack_is_refused_with_the_nearest_name():
    """A slip of the pen is told apart from a pack that is not there."""
    with pytest.raises(
        PackError, match=r"no template pack 'rcf', did you mean 'rfc'\?: there is rfc, rfc-doors"
    ):
        load_pack("rcf", None)


@pytest.mark.parametrize("name", ["../rfc", "/etc", "", "rfc/", "RFC"])
def test_a_pack_is_named_never_reached_by_a_path(name):
    """A name from a recipe cannot lead out of the folder of packs."""
    with pytest.raises(PackError, match="no template pack"):
        load_pack(name, PACKS)


def test_a_layout_that_links_out_of_its_folder_is_refused(tmp_path):
    """A pack from elsewhere cannot show a file of this machine."""
    mine = tmp_path / "mine"
    mine.mkdir()
    for file in ("template.yaml", "section.md.j2"):
        (mine / file).write_text((PACKS / "decision-record" / file).read_text("utf-8"), "utf-8")
    (tmp_path / "secret").write_text("token", "utf-8")
    (mine / "spec.md.j2").symlink_to(tmp_path / "secret")
    with pytest.raises(PackError, match=r"templates/mine/spec\.md\.j2 leads out of its folder"):
        load_pack("mine", tmp_path)


def test_the_projects_own_pack_wins(tmp_path):
    """A pack of the project stands in for the built-in of its name."""
    own = tmp_path / "rfc"
    own.mkdir()
    for path in (PACKS / "decision-record").iterdir():
        (own / path.name).write_text(path.read_text("utf-8"), "utf-8")
    assert load_pack("rfc", tmp_path).sections[0].title == "Context"
    assert pack_names(tmp_path) == ("rfc", "rfc-doors")


@pytest.mark.parametrize(
    "source",
    [
        "{{ title.upper() }}",
        "{{ title | upper }}",
        "{{ 'a' * 999999999 }}",
        "{% for a in title %}{% for b in a %}{% for c in b %}{{ c }}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(9) %}{{ a }}{% endfor %}",
        "{% for a in title if a %}{{ a }}{% endfor %}",
        "{% include 'other' %}",
        "{% set a = title %}{{ a }}",
        "{{ title.__class__ }}",
        "{{ title['x'] }}",
        "{{ weather }}",
        "{% for a in title %}",
    ],
)
def test_a_layout_does_nothing_but_lay_out(source):
    """Values and loops over them, two deep: so a layout is bounded in time and reaches nothing."""
    with pytest.raises(PackError, match=r"^here"):
        lay_out(source, "here", {"title": "abc"})


def test_a_layout_cannot_grow_without_bound():
    """What a layout makes is limited in size."""
    source = "{% for a in many %}{% for b in many %}{{ text }}{% endfor %}{% endfor %}"
    with pytest.raises(PackError, match="makes more than"):
        lay_out(source, "here", {"many": ["x"] * 500, "text": "y" * 1000})


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (
            Passage("prose", "It holds.", citations=(CITED,)),
            "It holds.\n[a b.md:3-4](../research/docs/a%20b.md#L3-L4)",
        ),
        (
            Passage("bullet", "It holds.", citations=(CITED,)),
            "- It holds.\n  [a b.md:3-4](../research/docs/a%20b.md#L3-L4)",
        ),
        (
            Passage("prose", "| a | b |\n| - | - |\n| 1 | 2 |", citations=(CITED,)),
            "| a | b |\n| - | - |\n| 1 | 2 |\n| [a b.md:3-4](../research/docs/a%20b.md#L3-L4) |",
        ),
        (
            Passage("row", cells=("a|b", "c"), citations=(CITED,)),
            (
                "| Component | Responsibility | Technology Stack | Justification |\n"
                "| --- | --- | --- | --- |\n"
                "| a\\|b | c | — | [`a b.md:3-4`](../research/docs/a%20b.md#L3-L4) |"
            ),
        ),
        (
            Passage("fence", "a\n```\nb", info="ts {x}", citations=(CITED,)),
            "````tsx\na\n```\nb\n````\n[a b.md:3-4](../research/docs/a%20b.md#L3-L4)",
        ),
        (
            Passage("gap", "who calls it", citations=(Citation(CITED.path, 3, 3, "- **A** [queue](q.md)"),)),
            (
                "Not in the research: who calls it. Related:\n\n"
                "* A queue\n  [a b.md:3](../research/docs/a%20b.md#L3)"
            ),
        ),
        (Passage("gap", "who calls it"), "Not in the research: who calls it."),
        (Passage("decide", "**Store.** A; B"), "- Gap, to decide: **Store.** A; B"),
        (
            Passage("checkbox", "Where? <!-- q0a1b2c3d -->", citations=(CITED,), question="q0a1b2c3d"),
            "- [ ] Where? [`a b.md:3-4`](../research/docs/a%20b.md#L3-L4) <!-- q0a1b2c3d -->",
        ),
        (Passage("option", "(A) Here"), "- [ ] (A) Here"),
        (Passage("prose", "See [y](../y.md) and [z](https://z.org)."), "See y and [z](https://z.org)."),
        (
            Passage("prose", "In [`a.py:3`](https://github.com/o/r/blob/0123456789/src/a.py#L3)."),
            "In [`a.py:3`](https://github.com/o/r/blob/0123456789/src/a.py#L3).",
        ),
        (Passage("prose", "![plan](http://x/plan.png) <img src=x> `<b>`"), "plan \\<img src=x> `<b>`"),
        (Passage("prose", "a\n```\nb"), "a\n```\nb\n```"),
    ],
)
def test_a_passage_is_shown_as(passage, expected):
    """Each kind of passage has one form, and its citations at its end."""
    assert shown(passage) == expected


def test_metadata_is_a_table_of_the_packs_rows():
    """The rows bear the names that the template gives them."""
    assert render(spec_of(RFC), RFC, "../").startswith(
        "# A Queue\n\n| Document Metadata | Details |\n| --- | --- |\n| Author(s) | Ann\\|Bo |\n"
        "| Status | Draft (WIP) |\n| Team / Owner | Core |\n"
        "| Created / Last Updated | 2026-01-02 / 2026-01-02 |\n"
    )


def test_the_posture_stands_in_the_frontmatter_once_it_is_answered():
    """A pack says which of its answers the document keeps in its frontmatter."""
    pack = load_pack("rfc-doors", None)
    asked = pack.standing[0]
    question = Question("q00000001", asked.text, "explicit-options", "standing", ids=("q00000001",))
    spec = replace(spec_of(pack), questions=(question,))
    answered = replace(spec, answers=(Answer("q00000001", choices=("Nobody may be broken",)),))
    assert render(spec, pack, "").startswith("# A Queue")
    assert render(answered, pack, "").startswith("---\ncompatibility: Nobody may be broken\n---\n\n# A Queue")


HOSTILE = st.lists(
    st.sampled_from(
        [
            "# h",
            "## 9. Open",
            "t\n===",
            "t\n---",
            "```",
            "~~~",
            "<!-- x",
            "-->",
            "<details>",
            "`",
            "``",
            "- a",
            "| a |",
            "    #",
        ]
    )
    | st.text(max_size=12),
    max_size=8,
).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(HOSTILE, st.sampled_from(["prose", "bullet", "checkbox", "fence", "gap", "row", "decide"]))
def test_no_passage_changes_the_sections(text, kind):
    """Whatever research holds, the document has the headings of its pack and no others."""
    plain = [heading.text for heading in outline(render(spec_of(RFC), RFC, ""))]
    passage = Passage(kind, text, cells=(text, text))
    assert [heading.text for heading in outline(render(spec_of(RFC, passage), RFC, ""))] == plain
