"""What options a question is put with, and what each writes."""

from __future__ import annotations

import pytest

from speckit.contrast import IN_SCOPE, LATER, NOT_NOW, effects, goal_of, offered, weigh
from speckit.model import Answer, Option, Question, Section

SECTIONS = (
    Section("1", "Summary", "summary"),
    Section("3.1", "Goals", "goals"),
    Section("3.2", "Non-Goals", "non-goals"),
    Section("5", "Design", "design"),
    Section("5.1", "API"),
    Section("6", "Alternatives", "alternatives"),
    Section("8.1", "Rollout", "phases"),
)


def ask(text: str, *labels: str, kind: str = "open", **more) -> Question:
    options = tuple(Option(label) for label in labels)
    return Question("q00000001", text, kind, options=options, ids=("q00000001",), **more)


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Should we cache the index?", "We will cache the index."),
        ("Should tools be imported eagerly?", "Tools will be imported eagerly."),
        ("Can `pm_execute` be called twice?", "`pm_execute` will be called twice."),
    ],
)
def test_a_plain_question_becomes_a_statement(question: str, statement: str):
    """One clause, no pronoun without its noun: the question is inverted."""
    assert goal_of(ask(question)) == statement


@pytest.mark.parametrize(
    "question",
    [
        "Should tools be imported eagerly or lazily?",
        "Should it be extended?",
        "Should the cache be shared, and who owns it?",
        "What should happen on a time-out?",
        "Should the index be rebuilt if the folder moves?",
    ],
)
def test_a_question_that_cannot_be_inverted_is_quoted(question: str):
    """Anything else keeps its words, in quotes, behind its topic."""
    assert f"“{question}”" in goal_of(ask(question))
    assert goal_of(ask(question)).startswith("**")


def test_a_negated_goal_is_a_non_goal():
    """What is left out says so in capitals."""
    assert goal_of(ask("Should we cache the index?"), negated=True) == "We will NOT cache the index."


def test_options_of_the_research_stand_alone():
    """Two options make a contrast: nothing is added to them."""
    assert [option.label for option in offered(ask("A or B?", "A", "B"))] == ["A", "B"]


def test_a_yes_no_question_is_one_of_scope():
    """Its contrast is what the spec will say."""
    labels = [option.label for option in offered(ask("Should we cache?", kind="yes-no"))]
    assert labels == [IN_SCOPE, NOT_NOW, LATER]


def test_a_lone_recommendation_is_taken_as_recommended_or_not():
    """The research's words are the first option."""
    options = offered(ask("Which port?", recommended="Take a free one"))
    assert [(option.label, option.origin) for option in options] == [
        ("Take a free one", "research"),
        (NOT_NOW, "computed"),
        (LATER, "computed"),
    ]


@pytest.mark.parametrize(
    ("choice", "sections"),
    [(IN_SCOPE, ["3.1"]), (NOT_NOW, ["3.2"]), (LATER, ["8.1"])],
)
def test_scope_answers_write_one_statement(choice: str, sections: list[str]):
    """A goal, a non-goal or a phase, and no row among the alternatives."""
    question = ask("Should we cache?", kind="yes-no")
    told = effects(question, Answer(question.id, (choice,)), SECTIONS)
    assert [effect.section for effect in told] == sections


def test_a_chosen_option_writes_the_design_and_weighs_the_others():
    """One statement where the design is, one row an option where alternatives are, the selected one first."""
    question = ask("Which store?", "SQLite", "Files", topic="Store")
    told = effects(question, Answer(question.id, ("Files",), because="no locks"), SECTIONS)
    assert [effect.section for effect in told] == ["5", "6", "6"]
    assert told[0].passage.text == "**Store.** Files."
    assert told[1].passage.cells[0] == "**Store: Files** (selected)"
    assert told[2].passage.cells == ("Store: SQLite", "not stated", "not stated", "no locks")


def test_effects_of_any_two_options_differ():
    """Otherwise there would be nothing to choose."""
    for question in (
        ask("A or B?", "A", "B"),
        ask("Should we?", kind="yes-no"),
        ask("Which?", recommended="A"),
    ):
        told = [
            effects(question, Answer(question.id, (option.label,)), SECTIONS) for option in offered(question)
        ]
        assert len(set(told)) == len(told)


def test_a_deferred_question_writes_nothing():
    """Later, with an owner, is no decision."""
    assert effects(ask("A or B?", "A", "B"), Answer("q00000001", later="Ada"), SECTIONS) == ()


@pytest.mark.parametrize(
    ("tradeoff", "pros_and_cons"),
    [
        ("", ("not stated", "not stated")),
        ("fast, but needs a daemon", ("fast", "needs a daemon")),
        ("requires a build step", ("not stated", "requires a build step")),
        ("no locks", ("no locks", "not stated")),
        ("survives a crash", ("survives a crash", "not stated")),
    ],
)
def test_a_tradeoff_is_quoted_where_it_belongs(tradeoff: str, pros_and_cons: tuple[str, str]):
    """A column that no source fills says so."""
    assert weigh(tradeoff) == pros_and_cons
