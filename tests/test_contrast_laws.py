"""Laws of what answers write, over every open question of research by others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import median

import pytest

from speckit.analyze import analyze
from speckit.authoring import Authoring
from speckit.contrast import FIXED, LEAVE, PREMISE, REMOVE, effects, faults, label_key, offered, topic_of
from speckit.draft.scope import scope_questions
from speckit.load import load
from speckit.model import Answer, Effect, Question, Section
from speckit.recipe import make_recipe

SECTIONS = (
    Section("1", "Summary", "summary"),
    Section("3.1", "Goals", "goals"),
    Section("3.2", "Non-Goals", "non-goals"),
    Section("5", "Design", "design"),
    Section("6", "Alternatives", "alternatives"),
    Section("8.1", "Rollout", "phases"),
)
LABEL, LONGEST = 8, 14  # words: the median of all labels at most, and what only a verbatim label may exceed

QUOTED = re.compile(r"“[^”]*”")
IDENTIFIER = re.compile(r"`[^`]+`|\b\w+(?:[._/]\w+)+\b|\b[a-z]+[A-Z]\w*|\B--[a-z][\w-]+")
WORDS = re.compile(r"\w+")


@pytest.fixture(scope="module")
def questions(atomic: Path) -> tuple[Question, ...]:
    """Every question of the corpus, each document read alone, and every item of the scope."""
    corpus = load(atomic, atomic / "research", atomic / "specs")
    found = [analyze([document]) for document in corpus.documents]
    return tuple(q for findings in found for q in (*findings.questions, *scope_questions(findings)))


def answers(question: Question) -> Iterator[Answer]:
    """Every answer that a click gives."""
    for label in dict.fromkeys([*(option.label for option in offered(question)), *FIXED]):
        yield Answer(question.id, (label,))
    for left in (REMOVE, LEAVE):
        yield Answer(question.id, (PREMISE, left), because="it is gone")


def broken(question: Question, effect: Effect) -> Iterator[str]:
    """The rules of wording that what an answer writes breaks."""
    passage = effect.passage
    generated = passage.text or passage.cells[0]
    plain = QUOTED.sub("", generated)
    if re.search(r"\bshould\b", plain, re.IGNORECASE):
        yield "it says what should be"
    if (
        re.search(r"\b(?:we|it)\s+(?:would|could|might|may)\b", plain, re.IGNORECASE)
        and passage.kind != "row"
    ):
        yield "it is not sure"
    if passage.origin != "answer" and re.search(r"\bwe will\b", plain, re.IGNORECASE):
        yield "it says what we will do, and nobody decided it"
    said = [question.text, question.topic, question.recommended or "", question.answer or ""]
    said += [option.label for option in offered(question)]
    said += [citation.quote for citation in question.citations]  # the item that it stands in
    lacking = {name for name in IDENTIFIER.findall(generated) if name not in "\n".join(said)}
    if lacking:
        yield f"its source lacks {lacking}"
    if generated.count("“") != generated.count("”") or re.search(r"\s{2}|\.\.$|[,;:]\.$", generated.rstrip()):
        yield "its signs are not in order"


def test_no_answer_to_any_question_breaks_the_rules_of_wording(questions: tuple[Question, ...]):
    """Quoted or by template; no word of obligation, no identifier that the source lacks."""
    told = {
        f"{fault}: {effect.passage.text or effect.passage.cells}"
        for question in questions
        for answer in answers(question)
        for effect in effects(question, answer, SECTIONS)
        for fault in broken(question, effect)
    }
    assert sorted(told) == []


def test_the_checker_of_wording_sees_what_breaks_a_rule():
    """Each rule, by a sentence that breaks it."""
    question = Question("q00000001", "Cache it?", "yes-no", options=())
    for text, count in (("We should cache.", 1), ("We will use `redis`.", 1), ("Cache it.", 0), ("A “b.", 1)):
        effect = effects(question, Answer(question.id, text=text), SECTIONS)[0]
        assert len(list(broken(question, effect))) == count, text


def test_any_two_options_write_something_different(questions: tuple[Question, ...]):
    """Else there would be nothing to choose."""
    same = [
        (question.text, one.label, other.label)
        for question in questions
        for one, other in combinations(offered(question), 2)
        if effects(question, Answer(question.id, (one.label,)), SECTIONS)
        == effects(question, Answer(question.id, (other.label,)), SECTIONS)
    ]
    assert same == []


def test_no_card_is_faulty(questions: tuple[Question, ...]):
    """Distinct options, none cut, each with an effect or a tradeoff, one recommended at most."""
    found = [
        (question.citations[0].label, fault) for question in questions for fault in faults(question, SECTIONS)
    ]
    assert found == []


def test_labels_are_short_or_the_words_of_the_research(questions: tuple[Question, ...]):
    """The median label has few words; a long one stands in the research as it is."""
    options = [(question, option) for question in questions for option in question.options]
    assert median(len(option.label.split()) for _, option in options) <= LABEL
    for question, option in options:
        if len(option.label.split()) > LONGEST:
            quote = " ".join(WORDS.findall(question.citations[0].quote)).casefold()
            assert " ".join(WORDS.findall(option.label)).casefold() in quote


def test_topics_are_headings(questions: tuple[Question, ...]):
    """Short, without a word of obligation, and of the words of the question."""
    for question in questions:
        topic = topic_of(question)
        words = set(WORDS.findall(topic.casefold()))
        assert words
        assert "should" not in words
        assert words <= set(WORDS.findall(f"{question.topic} {question.text}".casefold()))
        assert not label_key(topic).endswith((" the", " a", " of", " and", " or"))


def test_the_spec_shown_before_choosing_is_the_spec_after_it(project: Path):
    """Not only nearly: every section, passage and answer."""
    recipe = make_recipe({"topic": "A papermill engine that forks a warm parent", "author": "Ada"})
    authoring = Authoring(recipe, project)
    asked = [question for question in authoring.spec.questions if question.group == "decide"]
    for question in asked[:2]:
        exact = Answer(question.id, (offered(question)[0].label,), detail="15,000", target="5.1")
        for answer in (*answers(question), exact, Answer(question.id, text="Neither; never lock the file")):
            shown = authoring.supposing(question.id, answer)
            changes = authoring.changes(answer)
            before = authoring.spec
            authoring.answer(answer)
            assert authoring.spec == shown
            assert authoring.compare(before, authoring.spec) == changes
