"""What options a question is put with, and what each writes."""

from __future__ import annotations

import re

import pytest

from speckit.contrast import (
    IN_SCOPE,
    LATER,
    LEAVE,
    MOOT,
    NO,
    NOT_NOW,
    PREMISE,
    REMOVE,
    VERIFY,
    YES,
    effects,
    faults,
    goal_of,
    label_key,
    offered,
    topic_of,
    weigh,
)
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
        (
            "Should the error message also use `system` role?",
            "The error message will also use `system` role.",
        ),
        ("Should the error display use colours?", "The error display will use colours."),
        (
            "Should the index be rebuilt if the folder moves?",
            "The index will be rebuilt if the folder moves.",
        ),
        ("For tmux, should detach be blocked?", "For tmux, detach will be blocked."),
        ("If a run fails, should it be retried?", "If a run fails, it will be retried."),
        ("Should there be a cap on runs?", "There will be a cap on runs."),
        ("Does the check need to follow links?", "The check will follow links."),
        ("Do we need a cache?", "We need a cache."),
        ("Is a Windows build needed?", "A Windows build is needed."),
        ("Keep the wrapper?", "We will keep the wrapper."),
        ("Whether tickets should weigh as much.", "Tickets will weigh as much."),
        ("Should old records ever be folded?", "Old records will be folded."),
        (
            "Should `ask()` be allowed in loops? If so, how does it end?",
            "`ask()` will be allowed in loops. Still to settle: “If so, how does it end?”",
        ),
        (
            "The help shows the old flag. Should this be changed?",
            "**Help.** “The help shows the old flag.” This will be changed.",
        ),
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
        "Should the cache update lead to a restart?",
        "Is the cache warm?",
    ],
)
def test_a_question_that_cannot_be_inverted_is_quoted(question: str):
    """Anything else keeps its words, in quotes, behind its topic."""
    assert f"“{question}”" in goal_of(ask(question))
    assert goal_of(ask(question)).startswith("**")


def test_a_negated_goal_is_a_non_goal():
    """What is left out says so in capitals."""
    assert goal_of(ask("Should we cache the index?"), negated=True) == "We will NOT cache the index."
    assert goal_of(ask("Do we need a cache?"), negated=True) == "We do NOT need a cache."
    assert goal_of(ask("Is a cache needed?"), negated=True) == "A cache is NOT needed."
    assert (
        goal_of(ask("Should it also be kept?", topic="Cache"), negated=True)
        == "**Cache.** It will NOT be kept."
    )


def test_options_of_the_research_stand_alone():
    """Two options make a contrast: nothing is added to them."""
    assert [option.label for option in offered(ask("A or B?", "A", "B"))] == ["A", "B"]


def test_options_that_need_proof_may_be_verified_first():
    """To look is no alternative to weigh: it has no row unless it was chosen."""
    question = ask("Need to verify whether the server sends A or B.", "A", "B")
    assert [option.label for option in offered(question)] == ["A", "B", VERIFY]
    told = effects(question, Answer(question.id, ("A",)), SECTIONS)
    assert [effect.passage.cells[:1] for effect in told if effect.section == "6"] == [
        (f"**{topic_of(question)}: A** (selected)",),
        (f"{topic_of(question)}: B",),
    ]


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
    ("text", "labels"),
    [
        ("Does the hook receive the input?", [YES, NO, VERIFY]),
        ("Does the slash in `copy.ts:78` cause it to fail?", [YES, NO, VERIFY]),
        ("Will Bun add `node:sqlite`?", [YES, NO, VERIFY]),
        ("Is it acceptable to wait?", [IN_SCOPE, NOT_NOW, LATER]),
        ("Can we drop the cache?", [IN_SCOPE, NOT_NOW, LATER]),
    ],
)
def test_nobody_takes_a_fact_into_scope(text: str, labels: list[str]):
    """What is so is answered by yes or no, or is to be found out first."""
    question = ask(text, kind="yes-no")
    assert [option.label for option in offered(question)] == labels
    told = [effects(question, Answer(question.id, (label,)), SECTIONS)[0].section for label in labels]
    assert told == (["5", "5", "8.1"] if labels[0] == YES else ["3.1", "3.2", "8.1"])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The guard omits a type. This may need fixing.", IN_SCOPE),
        ("There are no figures. Early testing is needed.", VERIFY),
        ("How is it cancelled?", NOT_NOW),
        ("Best format for the state?", NOT_NOW),
        ("When the text is empty, should the arrow still work?", IN_SCOPE),
        ("Whether the panels have been audited.", VERIFY),
        ("What is the current coverage?", VERIFY),
        ("What should the limit be today?", NOT_NOW),
    ],
)
def test_an_open_statement_is_taken_in_or_looked_into(text: str, first: str):
    """Only a question that wants more than a yes has nothing but the deferrals."""
    assert offered(ask(text))[0].label == first


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


@pytest.mark.parametrize(
    ("text", "labels", "written"),
    [
        (
            "Should tools be loaded eagerly at start or lazily on first use?",
            ("Loaded eagerly at start", "Lazily on first use"),
            ("Tools will be loaded eagerly at start.", "Tools will be loaded lazily on first use."),
        ),
        (
            "If a stage hangs, should it stop at once, or should the user be asked?",
            ("Stop at once", "The user asked"),
            ("If a stage hangs, it will stop at once.", "If a stage hangs, the user will be asked."),
        ),
        (
            "Should runs include a long name for users or only a number?",
            ("A long name for users", "Only a number"),
            ("Runs will include a long name for users.", None),
        ),
        (
            "Keys are old. Should these be kept, or is a new one needed?",
            ("Kept", "A new one needed"),
            ("“Keys are old.” These will be kept.", "A new one is needed."),
        ),
        (
            "Should runs be named:",
            ("By date", "By topic"),
            ("Runs will be named by date.", "Runs will be named by topic."),
        ),
        (
            "Whether packing should be per folder, or per file.",
            ("Per folder", "Per file"),
            ("Packing will be per folder.", "Packing will be per file."),
        ),
    ],
)
def test_an_option_gets_the_subject_and_the_condition_of_its_question(
    text: str, labels: tuple[str, ...], written: tuple[str | None, ...]
):
    """A side that is no sentence with words that are there stands behind the question."""
    question = ask(text, *labels, topic="Topic")
    for label, sentence in zip(labels, written, strict=True):
        (told, *_) = effects(question, Answer(question.id, (label,)), SECTIONS)
        assert told.passage.text == f"**Topic.** {sentence or f'The answer to “{text}” is: {label}.'}"


def test_what_is_found_is_no_choice():
    """Either side of a question of fact is a finding; it can be verified first, and no row weighs it."""
    text = "Does the hook get the input, or is this unfinished?"
    question = ask(text, "The hook get the input", "Unfinished", kind="either-or", topic="Hook")
    labels = [option.label for option in offered(question)]
    assert labels == ["The hook get the input", "Unfinished", VERIFY]
    told = [effects(question, Answer(question.id, (label,)), SECTIONS) for label in labels]
    assert [[(one.section, one.passage.text) for one in effect] for effect in told] == [
        [("5", "**Hook.** The hook gets the input.")],
        [("5", f"**Hook.** The answer to “{text}” is: Unfinished.")],
        [("8.1", f"**To verify first.** Hook: “{text}”")],
    ]


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        (
            "Is the manual way intentional?",
            "The manual way is intentional.",
            "The manual way is NOT intentional.",
        ),
        ("Does the hook load links?", "The hook loads links.", "The hook does NOT load links."),
        ("Is there a cap on runs?", "There is a cap on runs.", "There is NOT a cap on runs."),
        ("Could the server use a cache?", "The server can use a cache.", "The server can NOT use a cache."),
        (
            "Would keeping the wrapper resolve the leak?",
            "Keeping the wrapper would resolve the leak.",
            "Keeping the wrapper would NOT resolve the leak.",
        ),
        (
            "Are links and files planned for later?",
            "Links and files are planned for later.",
            "Links and files are NOT planned for later.",
        ),
        (
            "Does this work, and is it fast?",
            "The answer to “Does this work, and is it fast?” is yes.",
            "The answer to “Does this work, and is it fast?” is no.",
        ),
    ],
)
def test_a_finding_is_a_sentence(text: str, yes: str, no: str):
    """In the present tense, for it is of what there is; what is not surely read is answered in its words."""
    question = ask(text, kind="yes-no", topic="Topic")
    for label, said in ((YES, yes), (NO, no)):
        (told,) = effects(question, Answer(question.id, (label,)), SECTIONS)
        assert told.passage.text == f"**Topic.** {said}"


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


@pytest.mark.parametrize(
    ("choices", "section", "says"),
    [
        ((PREMISE, REMOVE), "3.1", "We will remove what this asks about: “Which flag turns it off?”"),
        ((PREMISE, LEAVE), "3.2", "We will NOT change this: “Which flag turns it off?”"),
    ],
)
def test_a_premise_that_does_not_hold_leaves_a_goal_or_a_non_goal(
    choices: tuple[str, ...], section: str, says: str
):
    """With the reason; without saying what is left, it writes nothing but its item."""
    question = ask("Which flag turns it off?", topic="Flag")
    (told, *_) = effects(question, Answer(question.id, choices, because="it is gone"), SECTIONS)
    assert told.section == section
    assert told.passage.text == f"**Flag.** The premise does not hold: it is gone. {says}"
    alone = effects(question, Answer(question.id, (PREMISE,)), SECTIONS)
    assert [effect for effect in alone if effect.section in {"3.1", "3.2", "5"}] == []


def test_what_is_moot_writes_nothing():
    """The decision stands in the question that makes it so."""
    question = ask("A or B?", "A", "B")
    assert effects(question, Answer(question.id, (MOOT,), because="q00000002"), SECTIONS) == ()


@pytest.mark.parametrize(
    ("label", "design", "non_goal"),
    [
        ("Use SQLite; don't touch the shelf", "**Store.** Use SQLite.", "We will NOT touch the shelf."),
        ("Don't collapse by default", None, "We will NOT collapse by default."),
        ("Keep the file, but do not lock it", "**Store.** Keep the file, but do not lock it.", None),
    ],
)
def test_what_a_choice_rules_out_becomes_a_non_goal(label: str, design: str | None, non_goal: str | None):
    """Said once, where it belongs; a pronoun leaves the text whole."""
    question = ask("Which store?", label, "Other", topic="Store")
    told = effects(question, Answer(question.id, (label,)), SECTIONS)
    by_section = {effect.section: effect.passage.text for effect in told if effect.section != "6"}
    assert (by_section.get("5"), by_section.get("3.2")) == (design, non_goal)


def test_a_detail_and_another_section_go_with_a_choice():
    """Both are the person's: what makes the choice exact, and where it is written."""
    question = ask("Cap it?", "Cap the buffer", "No cap", topic="Buffer")
    answer = Answer(question.id, ("Cap the buffer",), detail="15,000", target="5.1")
    told = effects(question, answer, SECTIONS)[0]
    assert (told.section, told.passage.text) == ("5.1", "**Buffer.** Cap the buffer, with: 15,000.")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "Should `compact` mode be changed to show the result?",
            "`compact` mode",
        ),
        ("Should we track usage without the command?", "Usage without the command"),
        ("Should the hook get a name, or is a number enough?", "Hook: name"),
        ("Should an entry be added to the `LEGACY` list?", "Entry: `LEGACY` list"),
        ("Issue 1 — Is the counter correctly reset?", "Counter"),
        ("How do skills call agents?", "Skills: agents"),
        ("How `task` runs are meant to end is not shown.", "`task` runs"),
        ("Some tests still describe the old adapter.", "Tests still describe the old adapter"),
        ("Is there a way to read the name?", "Way to read the name"),
        ("For tmux, should detach be blocked?", "Tmux: detach"),
        (
            "What is the exact format the server returns for a file that is gone?",
            "Exact format the server returns for a file",
        ),
    ],
)
def test_a_topic_is_what_is_asked_about(text: str, topic: str):
    """Without the words that ask, and never cut within a phrase."""
    assert topic_of(ask(text)) == topic


@pytest.mark.parametrize(
    ("labels", "fault"),
    [
        (("Files", "`files`"), "2 options say 'files'"),
        (("Keep the", "Drop it"), "'Keep the' is cut within a phrase"),
        (("Keep (as", "Drop it"), r"'Keep \(as' is cut within a phrase"),
    ],
)
def test_a_card_not_worth_answering_is_told(labels: tuple[str, ...], fault: str):
    """Options that are the same, and options that end where something has to follow."""
    (found, *_) = faults(ask("A or B?", *labels), SECTIONS)
    assert re.search(fault, found)
    assert faults(ask("A or B?", "Keep it", "Drop it"), SECTIONS) == ()


def test_markup_case_and_spacing_make_no_other_label():
    """What a person types matches what the card shows."""
    assert label_key(" sqlite  FILE") == label_key("`SQLite` *file*.")
    assert label_key("pm_execute") != label_key("pmexecute")


@pytest.mark.parametrize(
    ("text", "is_fault"),
    [
        ("There is no check for a second reader.", True),
        ("Gap: **Locks** — two readers share none", True),
        ("why entries vanish on Windows", True),
        ("Return an error instead of an empty page.", False),
    ],
)
def test_a_fault_that_is_taken_into_scope_is_to_be_mended(text: str, is_fault: bool):
    """What is wrong today is no goal as it stands."""
    question = Question("q0", text, "yes-no", "scope", ids=("q0",))
    assert goal_of(question) == (f"We will mend this: “{text}”" if is_fault else text)
