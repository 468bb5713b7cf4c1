"""Decision replay: what real specs state, produced by answering what is asked about their research."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from speckit.model import Spec
from tests.replay import (
    Basis,
    Case,
    Kind,
    Replayed,
    Statement,
    cases,
    draft_of,
    missing_cards,
    offered_and_used,
    replay,
    share,
)

BARS = {"question": 0.65, "stated": 0.55}  # by what statements rest on, the share a click produces, at least
ALL = 0.38
MISSING = 0.25  # of the cards, those none of whose options is the real answer, at most
OFFERED = 5  # items of the scope for one that a real spec takes up, at most


@pytest.fixture(scope="module")
def drafts(atomic: Path) -> dict[Case, Spec]:
    """What is drafted from the research of each case."""
    return {case: draft_of(case, atomic) for case in cases()}


@pytest.fixture(scope="module")
def found(drafts: dict[Case, Spec]) -> list[Replayed]:
    """Every statement of every case, with what produces it."""
    return [one for case, spec in drafts.items() for one in replay(case, spec)]


@pytest.mark.parametrize("case", cases(), ids=lambda case: Path(case.spec).stem)
def test_a_case_names_lines_of_a_real_spec(case: Case, atomic: Path):
    """Each statement has a line that says something, of a kind and a basis that are counted."""
    lines = (atomic / case.spec).read_text("utf-8").split("\n")
    assert (atomic / case.research).is_file()
    assert len(case.statements) >= 10
    for statement in case.statements:
        assert lines[statement.line - 1].strip()
        assert statement.kind in get_args(Kind)
        assert statement.basis in get_args(Basis)
        assert bool(statement.by) or statement.basis == "nothing"


@pytest.mark.parametrize(("basis", "bar"), BARS.items())
def test_what_rests_on_the_research_is_mostly_a_click_away(found: list[Replayed], basis: str, bar: float):
    """What the real spec says is offered, and its choice writes it."""
    assert share(one for one in found if one.statement.basis == basis) >= bar


def test_of_all_that_real_specs_state_more_than_a_third_is_a_click_away(found: list[Replayed]):
    """Half of it rests on nothing in the research."""
    assert share(found) >= ALL


def test_few_cards_miss_the_real_answer(found: list[Replayed]):
    """Most cards that the authors of real specs answered hold their answer."""
    missing, all_cards = missing_cards(found)
    assert missing <= MISSING * all_cards


def test_the_scope_offers_little_that_nobody_takes(found: list[Replayed], drafts: dict[Case, Spec]):
    """More items would bury those that matter."""
    offered, used = offered_and_used(found, drafts.values())
    assert offered <= OFFERED * used


def test_a_click_that_is_not_offered_produces_nothing(drafts: dict[Case, Spec]):
    """A label that no card holds, and lines that no item stands on, are misses with their reason."""
    case, spec = next(
        (case, spec) for case, spec in drafts.items() if any(q.group == "decide" for q in spec.questions)
    )
    asked = next(question for question in spec.questions if question.group == "decide")
    for by, miss in (
        (f"{asked.id} Something else", "no option says it"),
        ("1 nothing", "no item stands on these lines"),
    ):
        made = Case(case.spec, case.research, (Statement(1, "goal", "stated", by, "made up"),))
        assert [one.miss for one in replay(made, spec)] == [miss]
