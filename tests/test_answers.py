"""Answers files: what they may hold, and what is said of what they may not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from speckit.answers import answers_as_yaml, match_answers, read_answers
from speckit.contrast import LEAVE, PREMISE, effects
from speckit.errors import AnswersError
from speckit.model import Answer, Option, Question, Section

STORE = Question(
    "q00000001", "Which store?", "explicit-options",
    options=(Option("Yes"), Option("`SQLite` file")), ids=("q00000001",),
)  # fmt: skip
TODAY = dt.date(2026, 11, 23)


def matched(answers: dict, root: Path = Path()) -> tuple[Answer, ...]:
    return match_answers(read_answers(answers, root), (STORE,), "Ada", TODAY)


def test_a_label_alone_is_an_answer():
    """Case, markup and spacing do not matter; the label comes out as the question has it."""
    assert matched({"q00000001": " sqlite  FILE"}) == (
        Answer("q00000001", ("`SQLite` file",), by="Ada", on=TODAY),
    )


def test_a_file_may_say_true_for_yes(tmp_path: Path):
    """YAML's booleans are yes and no."""
    (tmp_path / "answers.yaml").write_text("q00000001: true\n")
    file = read_answers("answers.yaml", tmp_path)
    assert match_answers(file, (STORE,), "Ada", TODAY)[0].choices == ("Yes",)


def test_own_words_reason_note_and_owner_are_taken():
    """The long form."""
    (answer,) = matched({"q00000001": {"text": "Neither", "because": "no locks", "note": "see hub"}})
    assert (answer.text, answer.because, answer.note) == ("Neither", "no locks", "see hub")
    (answer,) = matched({"q00000001": {"later": "Bob"}})
    assert answer.later == "Bob"


def test_own_questions_are_asked():
    """One's own question has the id of its text, and its options are the author's."""
    file = read_answers({"questions": [{"text": "Who hosts it?", "options": [{"label": "Us"}]}]}, Path())
    (question,) = file.own_questions()
    assert question.origin == "author"
    assert question.options[0].origin == "author"


def test_answers_survive_a_round_trip():
    """What is written as an answers file reads back the same."""
    given = {"choose": ["Yes"], "because": "x", "with": "15,000", "target": "5.1"}
    answers = matched({"q00000001": given})
    assert (answers[0].detail, answers[0].target) == ("15,000", "5.1")
    assert matched(answers_as_yaml(answers)) == answers


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"q00000002": "Yes"}, "no question 'q00000002' is asked: did you mean q00000001"),
        ({"q00000001": "Postgres"}, "q00000001 has no option 'Postgres'; it has 'Yes'; '`SQLite` file'"),
        ({"q00000001": {"chose": "Yes"}}, "q00000001.chose = 'Yes': Extra inputs"),
        ({"q00000001": {"choose": "Yes", "text": "No"}}, "one of choose, text and later"),
        ({"q00000001": ["Yes", "SQLite file"]}, "Yes; `SQLite` file exclude each other: choose one"),
        ({"q00000001": {"text": "No", "with": "5"}}, "`with: 5` goes with an option"),
        ({"goals": "Fast"}, "goals = 'Fast': give a list"),
        ("nowhere.yaml", "the answers file 'nowhere.yaml' cannot be read"),
    ],
)
def test_a_mistake_is_named(given: dict, message: str):
    """Key, value and what there is instead."""
    with pytest.raises(AnswersError, match=message):
        matched(given)


@pytest.mark.parametrize("text", ["- a list", "just words", "a: *alias", "a: [", "\x00"])
def test_what_is_no_answers_file_is_refused(tmp_path: Path, text: str):
    """With the file's name."""
    (tmp_path / "answers.yaml").write_text(text)
    with pytest.raises(AnswersError, match=r"answers\.yaml"):
        read_answers("answers.yaml", tmp_path)


def test_what_a_premise_leaves_is_chosen_with_it():
    """The only two fixed answers that go together."""
    (answer,) = matched({"q00000001": ["The premise does not hold", "leave as is"]})
    assert answer.choices == (PREMISE, LEAVE)


def test_own_goals_and_non_goals_are_answers_of_their_own():
    """Each is asked and answered in one line, and writes what it says."""
    file = read_answers({"goals": ["Startup takes under a second"], "non-goals": ["Windows"]}, Path())
    goal, other = file.own_questions()
    answers = match_answers(file, (goal, other), "Ada", TODAY)
    sections = (Section("3.1", "Goals", "goals"), Section("3.2", "Non-Goals", "non-goals"))
    told = [
        effects(question, answer, sections)[0]
        for question, answer in zip((goal, other), answers, strict=True)
    ]
    assert [(effect.section, effect.passage.text) for effect in told] == [
        ("3.1", "Startup takes under a second."),
        ("3.2", "We will NOT do this in this version: “Windows”"),
    ]
