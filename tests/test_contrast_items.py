"""What the rest of an item says of its question, and how a bare answer is said."""

from __future__ import annotations

import pytest

from speckit.contrast import IN_SCOPE, LATER, NO, NOT_NOW, VERIFY, YES, effects, goal_of, offered
from speckit.model import Answer, Citation, Option, Question
from tests.test_contrast import SECTIONS, ask


def item(text: str, said: str, *labels: str, kind: str = "yes-no", **more) -> Question:
    """A question with the whole item that it stands in."""
    cited = (Citation("research/x.md", 1, 1, f"- {said}"),)
    return ask(text, *labels, kind=kind, citations=cited, **more)


def writes(question: Question, label: str) -> tuple[str, str]:
    """The section and the text of the first thing that an answer writes."""
    told = effects(question, Answer(question.id, (label,)), SECTIONS)[0]
    return told.section, told.passage.text


@pytest.mark.parametrize(
    ("text", "behind", "told"),
    [
        (
            "Should the banner be shown?",
            "(Currently `show` is on for `init`)",
            "**Banner.** We will NOT change this in this version: “Currently `show` is on for `init`”",
        ),
        (
            "Should the banner be shown?",
            "Today, a logo stands there; a banner could be wider.",
            "**Banner.** We will NOT change this in this version: “Today, a logo stands there”",
        ),
        (
            "Should the help apply to agents, not just tools?",
            "",
            "**Help.** We will NOT do this in this version: “{}”",
        ),
        ("Has the bus been tested?", "", "**Bus: tested.** We will NOT look into this in this version: “{}”"),
        ("When will Bun add `ffi`?", "", "**Bun: `ffi`.** We will NOT look into this in this version: “{}”"),
    ],
)
def test_leaving_a_question_leaves_what_there_is(text: str, behind: str, told: str):
    """A deferral turns nothing off that is on today, and finds nothing out."""
    kind = "open" if text.startswith("When") else "yes-no"
    question = item(text, f"{text} {behind}".strip(), kind=kind)
    assert writes(question, NOT_NOW) == ("3.2", told.format(text))


def test_where_it_is_so_today_a_no_stands_beside_the_deferrals():
    """To leave it as it is then means the opposite of a no."""
    text = "Should the banner be shown?"
    labels = [option.label for option in offered(item(text, f"{text} (Currently `show` is on for `init`)"))]
    assert labels == [IN_SCOPE, NO, NOT_NOW, LATER]
    assert writes(item(text, f"{text} (Currently `show` is on.)"), NO) == (
        "3.2",
        "The banner will NOT be shown.",
    )
    labels = [option.label for option in offered(item(text, f"{text} (Currently no banner is shown)"))]
    assert labels == [IN_SCOPE, NOT_NOW, LATER]


def test_what_the_item_says_to_follow_stands_at_its_answer():
    """`If so, …; if not, …` is the tradeoff of each, and is written with it."""
    text = "Does the shell expose the API?"
    question = item(text, f"{text} If so, the pattern can be copied. If not, plain text is inserted.")
    assert [(option.label, option.tradeoff) for option in offered(question)] == [
        (YES, "If so, the pattern can be copied."),
        (NO, "If not, plain text is inserted."),
        (VERIFY, ""),
    ]
    assert writes(question, YES)[1].endswith("The shell exposes the API. “If so, the pattern can be copied.”")


def test_what_an_item_proposes_is_an_option_of_its_open_question():
    """`A … may be needed to …`; what has to be inspected comes before the deferrals."""
    text = "How many runs at once?"
    (first, *_) = offered(
        item(text, f"{text} A cap (e.g., 2-4 runs) may be needed to spare the API.", kind="open")
    )
    assert (first.label, first.tradeoff, first.origin) == (
        "A cap (e.g., 2-4 runs)",
        "to spare the API",
        "research",
    )
    own = Answer("q00000001", text="No cap at all")
    assert (
        effects(item(text, text, kind="open", topic="Cap"), own, SECTIONS)[0].passage.text
        == "**Cap.** No cap at all."
    )
    text = "What is the exact format?"
    assert offered(item(text, f"{text} Need to inspect real answers", kind="open"))[0].label == VERIFY


@pytest.mark.parametrize(
    ("text", "behind", "cost"),
    [
        (
            "Should the folder be shipped?",
            "Adding it would reach all users.",
            "Adding it would reach all users",
        ),
        ("Should the folder be shipped?", "Understanding this would help.", ""),
        ("Will the server drop Node?", "This would end the need for it.", "This would end the need for it"),
    ],
)
def test_what_a_yes_brings_is_its_tradeoff(text: str, behind: str, cost: str):
    """Where the item says so behind the question."""
    assert offered(item(text, f"{text} {behind}"))[0].tradeoff == cost


def test_a_title_that_asks_is_put_with_the_condition_behind_it():
    """The question that says when, and what exactly, is the one that is answered."""
    text = "Should the tool show a hint?"
    question = item(text, f"**{text}** When the key is missing, should the tool display the setting?")
    assert goal_of(question) == "When the key is missing, the tool will display the setting."


@pytest.mark.parametrize(
    ("text", "label", "told"),
    [
        ("For the bridge, which way is preferred?", "Adopting the pattern", "We will adopt the pattern."),
        ("What holds it?", "Caching layer", "Caching layer."),
        ("Which aligns better with small builds?", "Husky", "Husky aligns better with small builds."),
        ("A is old — which should be the target?", "Alpha", "Alpha will be the target."),
        ("What's the right level of detail?", "Summary", "Summary is the right level of detail."),
        ("What is the event that should end it (a, b)?", "`a`", "`a` is “the event that should end it”."),
        (
            "Real parallel runs would require either increasing the cap or another engine.",
            "Increasing the cap",
            "For real parallel runs, we will increase the cap.",
        ),
    ],
)
def test_a_bare_answer_becomes_a_sentence(text: str, label: str, told: str):
    """As an act, or in the place of the question word; a name that may be no act stays one."""
    assert writes(ask(text, label, "Other", topic="Topic"), label) == ("5", f"**Topic.** {told}")


def test_what_there_is_today_is_kept_or_replaced():
    """`Current: …` and `Alternative: …` say which is which."""
    question = Question(
        "q0",
        "Wording",
        "explicit-options",
        options=(Option('"Old text"', "current"), Option('"New text"')),
        ids=("q0",),
    )
    assert writes(question, '"Old text"')[1] == '**Wording.** We will keep "Old text".'
    assert writes(question, '"New text"')[1] == '**Wording.** "New text" will replace "Old text".'
