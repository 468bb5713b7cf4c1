"""Passages that people leave out of the draft and take into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from speckit.authoring import Authoring
from speckit.candidates import candidates
from speckit.model import Citation, Pick, Section
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


def pick(citation: Citation, *, taken: bool) -> Pick:
    return Pick(STATE, citation.path, citation.quote, taken)


def offered(authoring: Authoring) -> Citation:
    return candidates(authoring.spec, section(authoring), authoring.findings, authoring.pack)[0].citation


def test_a_passage_that_is_left_out_stays_out(authoring: Authoring, project: Path):
    """Also for whoever opens the spec next; nothing else of the section changes."""
    before = cited(authoring)
    authoring.pick(pick(before[1], taken=False))
    assert cited(authoring) == [before[0], *before[2:]]
    assert opened(project).text == authoring.text


def test_taking_a_pick_back_gives_the_original_bytes(authoring: Authoring):
    """Of what was left out and of what was taken in."""
    before = authoring.text
    for one in (pick(cited(authoring)[1], taken=False), pick(offered(authoring), taken=True)):
        authoring.pick(one)
        assert authoring.text != before
        authoring.pick(one, back=True)
        assert authoring.text == before


def test_a_passage_that_is_taken_in_stands_last_and_is_no_longer_offered(authoring: Authoring):
    """With its own citation."""
    wanted = offered(authoring)
    authoring.pick(pick(wanted, taken=True))
    assert cited(authoring)[-1] == wanted
    assert offered(authoring) != wanted


def test_a_section_without_its_last_passage_tells_its_gap(authoring: Authoring):
    """No lead-in is left that introduces nothing."""
    for citation in cited(authoring):
        authoring.pick(pick(citation, taken=False))
    (gap,) = section(authoring).passages
    assert (gap.kind, gap.origin) == ("gap", "template")
    authoring.pick(pick(offered(authoring), taken=True))
    assert "gap" not in {passage.kind for passage in section(authoring).passages}


def test_what_the_research_no_longer_says_is_not_taken_in(authoring: Authoring):
    """Nor does it hurt."""
    before = authoring.text
    authoring.pick(Pick(STATE, "research/docs/gone.md", "gone", taken=True))
    assert authoring.text == before
