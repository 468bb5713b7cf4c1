"""Passages that people leave out of the draft and take into it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speckit.authoring import Authoring
from speckit.candidates import candidates
from speckit.draft.picks import with_picks
from speckit.model import Citation, Findings, Passage, Pick, Section
from speckit.recipe import make_recipe

STATE = "Current State"


@pytest.fixture
def authoring(project: Path) -> Authoring:
    return opened(project)


def opened(project: Path) -> Authoring:
    return Authoring(make_recipe({"topic": "A papermill engine that forks a warm parent"}), project)


def section(authoring: Authoring) -> Section:
    return next(section for section in authoring.spec.sections if section.title == STATE)


def cited(authoring: Authoring) -> list[Citation]:
    return [citation for passage in section(authoring).passages for citation in passage.citations]


def standing(authoring: Authoring, nth: int) -> Pick:
    """A passage that stands in the section, left out."""
    passage = section(authoring).passages[nth]
    return Pick(STATE, passage.citations[0].path, passage.citations[0].quote, passage.told, taken=False)


def offered(authoring: Authoring) -> Pick:
    """The first passage that is offered for the section, taken in."""
    item = candidates(authoring.spec, section(authoring), authoring.findings, authoring.pack)[0]
    return Pick(STATE, item.citation.path, item.citation.quote, item.text, taken=True)


def test_a_passage_that_is_left_out_stays_out(authoring: Authoring, project: Path):
    """Also for whoever opens the spec next; nothing else of the section changes."""
    before = cited(authoring)
    authoring.pick(standing(authoring, 1))
    assert cited(authoring) == [before[0], *before[2:]]
    assert opened(project).text == authoring.text


def test_what_holds_the_words_that_a_section_asks_for_is_offered_first(project: Path):
    """Whatever comes before it in the research; the rest of its kind stands behind."""
    note = "# Fork\n\n## Risks\n\nA fork may outlive its parent.\n\nIt holds the credentials of its parent.\n"
    (project / "research" / "fork.md").write_text(note, "utf-8")
    authoring = Authoring(make_recipe({"topic": "Fork", "documents": ["research/fork.md"]}), project)
    section = Section("7.1", "Security and Privacy")
    found = candidates(replace(authoring.spec, sections=()), section, authoring.findings, authoring.pack)
    assert ["credentials" in item.text for item in found] == [True, False]


def test_taking_a_pick_back_gives_the_original_bytes(authoring: Authoring):
    """Of what was left out and of what was taken in."""
    before = authoring.text
    for one in (standing(authoring, 1), offered(authoring)):
        authoring.pick(one)
        assert authoring.text != before
        authoring.pick(one, back=True)
        assert authoring.text == before


def test_a_passage_that_is_taken_in_stands_last_and_is_no_longer_offered(authoring: Authoring):
    """With its own citation."""
    wanted = offered(authoring)
    authoring.pick(wanted)
    assert cited(authoring)[-1].quote == wanted.quote
    assert offered(authoring) != wanted


def test_a_section_without_its_last_passage_tells_its_gap(authoring: Authoring):
    """No lead-in is left that introduces nothing."""
    for _ in section(authoring).passages:
        authoring.pick(standing(authoring, 0))
    (gap,) = section(authoring).passages
    assert (gap.kind, gap.origin) == ("gap", "template")
    authoring.pick(offered(authoring))
    assert "gap" not in {passage.kind for passage in section(authoring).passages}


def test_what_the_research_no_longer_says_is_not_taken_in(authoring: Authoring):
    """Nor does it hurt."""
    before = authoring.text
    authoring.pick(Pick(STATE, "research/docs/gone.md", "gone", "gone", taken=True))
    assert authoring.text == before


def test_of_two_sections_of_one_title_only_the_one_is_changed():
    """The second of them has a key of its own."""
    passage = Passage("prose", "Said.", citations=(Citation("research/x.md", 1, 1, "Said."),))
    twice = [Section(number, "Now", passages=(passage,)) for number in ("2.1", "5.4")]
    pick = Pick("Now (2)", "research/x.md", "Said.", "Said.", taken=False)
    first, second = with_picks(twice, [pick], Findings((), ()), {})
    assert (first.passages, second.passages) == ((passage,), ())


def test_of_two_passages_on_the_same_lines_only_the_one_is_left_out():
    """A pick names its text."""
    cited = (Citation("research/x.md", 1, 2, "One. Two."),)
    one, two = Passage("prose", "One.", citations=cited), Passage("prose", "Two.", citations=cited)
    pick = Pick("Now", "research/x.md", "One. Two.", "One.", taken=False)
    (section,) = with_picks([Section("1", "Now", passages=(one, two))], [pick], Findings((), ()), {})
    assert section.passages == (two,)
