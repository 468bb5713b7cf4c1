"""How a decision is said: quoted or by template, never spliced.

Generated text says "will" only of what somebody answered, and never "should"; a question is inverted only
where one clause without a pronoun makes that safe.
"""

from __future__ import annotations

import re
from typing import Literal

from speckit.contrast.answers import acting, naming, needing, quoted, replying, sentence
from speckit.contrast.asked import (
    Asked,
    asked,
    asks_fact,
    asks_openly,
    asks_today,
    begins_with_verb,
    context_of,
    hangs_on,
    proposal,
    tells_fault,
)
from speckit.contrast.clauses import WHETHER, Clause, capital, finding, statement, unnumbered
from speckit.contrast.items import proposed_by, today_of, what_follows
from speckit.contrast.options import IN_SCOPE, label_key, offered
from speckit.contrast.sides import sides
from speckit.contrast.topics import SHOULD, lead_of, topic_of
from speckit.model import Answer, Question
from speckit.questions.alternatives import is_yes_no
from speckit.questions.listings import CURRENT
from speckit.questions.wording import asks, outside, sentences

# A trailing "…; don't VERB …" of a chosen text. What a pronoun stands for cannot be told apart from it.
_EXCLUSION = re.compile(
    r"(?:^|[,;.:(—\u2013]\s*|\s(?:and|but)\s+)(?:do not|don['\u2019]t|never)\s+(?P<act>[^;.?()]+?)[.)]*$",
    re.IGNORECASE,
)
MOST = 60  # words of a quoted question with what stands before it
_UNSAFE = re.compile(r"\bshould\b|\bshouldn't\b|\?|, and (?:who|what|how|where|when)\b", re.IGNORECASE)
_POSTPONES = re.compile(r"(?:be\s)?(?:defer|postpone|out of scope|left for later)", re.IGNORECASE)
_TWO_ACTS = re.compile(r", (?:and|but|not) ", re.IGNORECASE)
_JOINT = re.compile(r"\band\b", re.IGNORECASE)  # what a "NOT" before it denies is not clear
_TWO_QUESTIONS = re.compile(r",? and (?:is|are|does|do|has|have)\b|\bor (?:an?|the)\b", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)
# What says nothing without its question.
_LONELY = re.compile(r"both|either|neither|all|none|all (?:of (?:them|these)|two|three|four)", re.IGNORECASE)
_PRONOUN_ALONE = re.compile(r"\b(?:it|them|they)\b", re.IGNORECASE)
_STUMP = re.compile(r"\b(?:should|either|be|mean|from|to|named|happen)$", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_PRONOUN = re.compile(r"\b(?:it|they|them|this|that|these|those|its|their)\b", re.IGNORECASE)


def goal_of(question: Question, *, negated: bool = False) -> str:
    """What a yes or no to a question says, as a statement.

    A yes/no question that is surely read is inverted, behind what stands in front of it where it points back
    at that; anything else is the topic with the answer, and the question stays quoted beside it. What the
    research states is taken as it stands.
    """
    text = " ".join(question.text.split())
    if question.group == "scope" and not text.endswith("?"):
        return _item_of(question, text, negated=negated)
    put = asked(question)
    if told := _inverted(question, put, negated=negated):
        return told
    in_scope = IN_SCOPE in (option.label for option in offered(question))
    if in_scope and not asks(put.sentence) and proposal(question):
        put = Asked(proposal(question))
    act = "do" if in_scope else "look into" if asks_today(question) else "settle"
    asked_for = stem(_with_what_it_is_about(question, put))
    if is_yes_no(put.sentence) and not (negated or put.further):
        return f"{lead_of(question)} {replying(asked_for, 'yes')}"
    verdict = f"We will NOT {act} this in this version" if negated else "In scope"
    told = f": {quoted(asked_for)}" if asked_for else "."
    return f"{lead_of(question)} {verdict}{told}"


def left_out(question: Question) -> str:
    """What leaving a question for another version says.

    Where the item tells of today, that stays; nothing is said of a fact that nobody looked into; what is
    asked for is not done.
    """
    if question.group == "scope":
        return goal_of(question, negated=True)
    if asks_fact(question):
        return (
            f"{lead_of(question)} We will NOT look into this in this version: {quoted(asked(question).whole)}"
        )
    if today := today_of(question):
        return f"{lead_of(question)} We will NOT change this in this version: {quoted(today)}"
    return goal_of(question, negated=True)


def _item_of(question: Question, text: str, *, negated: bool) -> str:
    """What an item of the scope says that is no question."""
    if question.recommended == "no":  # the text itself says what is left out
        left_out = _exclusion_of(text) or f"We will NOT change this: {quoted(text)}"
        return left_out if negated else f"{lead_of(question)} In scope after all: {quoted(text)}"
    if negated:
        return f"We will NOT do this in this version: {quoted(text)}"
    if tells_fault(text):
        return f"We will mend this: {quoted(text)}"
    return _exclusion_of(text) or (quoted(text) if SHOULD.search(text) else sentence(text))


def _inverted(question: Question, put: Asked, *, negated: bool) -> str:
    """The question as a statement; empty where that would not be safe."""
    if asks(put.sentence) and begins_with_verb(put.sentence) and not _CHOICE.search(outside(put.sentence)):
        will = "We will NOT" if negated else "We will"
        told = f"{will} {put.sentence[:1].lower()}{put.sentence[1:].rstrip('? ')}."
        return "" if _UNSAFE.search(outside(told)) else told
    clause = put.clause if asks(put.sentence) or WHETHER.match(put.sentence) else None
    if clause is None or (put.further and not hangs_on(put.further)):
        return ""
    if _POSTPONES.match(clause.predicate) or (negated and _TWO_ACTS.search(outside(clause.predicate))):
        return ""
    told = statement(clause, negated=negated)
    if _UNSAFE.search(outside(told)) or (question.kind != "yes-no" and _CHOICE.search(outside(told))):
        return ""
    further = f" Still to settle: {quoted(put.further)}" if put.further and not negated else ""
    put_in_context = in_context(question, clause, put.context, told)
    return _under_topic(question, put_in_context) + further if put_in_context else ""


def _under_topic(question: Question, told: str) -> str:
    """A statement behind the lead-in of its question, unless it says all that stands there."""
    words = set(_WORDS.findall(question.topic.casefold()))
    said = told.startswith("**") or asks(question.topic) or words <= set(_WORDS.findall(told.casefold()))
    return told if said else f"{lead_of(question)} {told}"


def in_context(question: Question, clause: Clause, context: str, told: str) -> str:
    """A statement behind what it points back at; empty where that does not stand in the question."""
    before = " ".join(filter(None, (context, clause.context))).rstrip(" :,;—\u2013-")
    if not clause.points_back:
        return told
    if before and label_key(before) != label_key(question.topic):
        stop = "" if before.endswith((".", "!", "?")) else "."
        return f"{lead_of(question)} {quoted(before)}{stop} {told}"
    return f"{lead_of(question)} {told}" if question.topic and not asks(question.topic) else ""


def finding_of(question: Question, verdict: Literal["yes", "no"]) -> str:
    """What was found out about a fact, and what the item says to follow from it."""
    put = asked(question)
    clause = put.clause
    told = finding(clause, negated=verdict == "no") if clause and not put.further else ""
    joined = verdict == "no" and clause and _JOINT.search(outside(clause.predicate))
    if told and clause and not joined and not _TWO_QUESTIONS.search(outside(told)):
        told = in_context(question, clause, put.context, told)
    else:
        told = ""
    told = told or replying(put.whole, verdict)
    told = told if told.startswith("**") else f"{lead_of(question)} {told}"
    follows = what_follows(question, verdict)
    return f"{told} {quoted(follows)}" if follows else told


def postponed(question: Question) -> str:
    """What is left for later, or to be verified: the topic where the research gives one, and the question."""
    put = asked(question)
    text = unnumbered(" ".join(question.text.split()))
    if not question.options and asks(put.sentence) and asks_openly(question):
        text = _with_what_it_is_about(question, put)
    text = quoted(stem(text)) if stem(text) else ""
    return ": ".join(filter(None, (topic_of(question) if question.topic or not text else "", text)))


def _with_what_it_is_about(question: Question, put: Asked) -> str:
    """An open question behind the sentences that it follows, where they are few."""
    told = context_of(question, put)
    whole = f"{told} {put.sentence} {put.further}".strip()
    return whole if told and len(whole.split()) <= MOST else put.whole


def decided(question: Question, answer: Answer) -> str:
    """What the chosen options of a question say, behind its topic.

    An option that is the end of the question gets its subject back; one that is no sentence with words that
    are there stands behind the question.
    """
    kept, _ = split_exclusion(decision_of(answer))
    put = asked(question)
    labels = [option.label for option in question.options]
    if answer.choices == (question.recommended,) and question.recommended not in labels:
        return _as_recommended(question, put, kept)
    proposed = () if question.options else proposed_by(question)
    if proposed and answer.choices == (proposed[0].label,):
        return f"{lead_of(question)} There will be {sentence(kept[:1].lower() + kept[1:])}"
    if len(answer.choices) == 1 and answer.choices[0] in labels and not answer.text:
        told = _side(question, put, labels.index(answer.choices[0]))
        if told:
            return _with_detail(told, answer)
        if put.sentence.endswith(":") and _PRONOUN_ALONE.search(outside(kept)):
            led = quoted(sentences(put.sentence)[-1].rstrip(": "))
            return f"{lead_of(question)} {led} {sentence(capital(kept))}"
        return f"{lead_of(question)} {_as_reply(question, put, kept)}"
    return f"{lead_of(question)} {sentence(capital(kept))}"


def _as_reply(question: Question, put: Asked, label: str) -> str:
    """An option that is no sentence with the words of its question: as an act, or behind what asks."""
    if told := acting(label):
        needed = next((one for text in sentences(put.sentence) if (one := needing(text))), "")
        return f"For {needed}, {told[:1].lower()}{told[1:]}" if needed else told
    if told := naming(put.sentence, label):
        return told
    current = next((option.label for option in question.options if option.tradeoff == CURRENT), "")
    if current and not begins_with_verb(label):
        return f"We will keep {label}." if label == current else f"{label} will replace {current}."
    lonely = _LONELY.fullmatch(label.strip(" ."))
    unnamed = not question.topic and not begins_with_verb(label)
    needs = lonely or (asks(put.sentence) and (is_yes_no(put.sentence) or unnamed))
    return replying(put.whole, label) if needs else sentence(capital(label))


def _as_recommended(question: Question, put: Asked, recommended: str) -> str:
    """What the research recommends; behind the question where that is answered by yes or no."""
    told, act = sentence(capital(recommended)), _stem(recommended)
    if begins_with_verb(put.sentence) and act == _stem(put.sentence):
        return _inverted(question, put, negated=False) or f"{lead_of(question)} {told}"
    if not (is_yes_no(put.sentence) and (asks(put.sentence) or WHETHER.match(put.sentence))):
        return f"{lead_of(question)} {acting(recommended) or told}"
    clause = put.clause
    if clause and act and act in {_stem(word) for word in clause.predicate.removeprefix("be ").split()[:1]}:
        return _inverted(question, put, negated=False) or f"{lead_of(question)} {quoted(put.whole)} {told}"
    return f"{lead_of(question)} {quoted(put.whole)} {told}"


def _stem(text: str) -> str:
    """The first word of a text without its ending."""
    first = _WORDS.search(text.casefold())
    return re.sub(r"(?:ing|ed|es|e|s)$", "", first[0]) if first else ""


def _side(question: Question, put: Asked, at: int) -> str:
    """One side of an either-or as a statement; empty where doubt is left."""
    told = sides(put.sentence, [option.label for option in question.options])
    clause = told[at] if len(told) == len(question.options) else None
    if clause is None:
        return ""
    fact = asks_fact(question)
    found = fact or (clause.auxiliary in {"do", "does"} and clause.subject != "we")
    side = finding(clause) if found else statement(clause)
    words = set(_WORDS.findall(question.options[at].label.casefold()))
    told_words = {_stem(word) for word in _WORDS.findall(side)}
    if not side or not {_stem(word) for word in words} <= told_words or SHOULD.search(outside(side)):
        return ""
    if at > 0 and _PRONOUN_ALONE.search(outside(clause.predicate)):
        return ""  # it may stand for something in the side before, which only the question tells
    told_in_context = in_context(question, clause, put.context, side)
    if not told_in_context:
        return ""
    return told_in_context if told_in_context.startswith("**") else f"{lead_of(question)} {side}"


def _with_detail(told: str, answer: Answer) -> str:
    return f"{told.rstrip('.')}, with: {answer.detail}." if answer.detail else told


def _exclusion_of(text: str) -> str:
    """`We will NOT VERB …` for a statement that says nothing but what not to do."""
    kept, excluded = split_exclusion(text)
    return excluded if not kept else ""


def split_exclusion(text: str) -> tuple[str, str]:
    """A chosen text without its trailing `don't VERB …`, and the non-goal that it becomes.

    Returns:
        The text and an empty string where it excludes nothing, or only by a pronoun.
    """
    match = _EXCLUSION.search(text)
    if (
        match is None
        or _PRONOUN.search(match["act"])
        or SHOULD.search(match["act"])
        or " " not in match["act"]
    ):
        return text, ""
    return text[: match.start()].rstrip(" ,;"), f"We will NOT {match['act'].strip()}."


def decision_of(answer: Answer) -> str:
    """The decision in the words it was chosen by."""
    if answer.later:
        return f"Later: {answer.later}"
    told = answer.text or "; ".join(map(unasking, answer.choices))
    return f"{told.rstrip('.')}, with: {answer.detail}" if answer.detail else told


def unasking(label: str) -> str:
    """A label as the spec says it: one that says what should be is quoted."""
    return quoted(label) if SHOULD.search(label) else label


def verdict_of(answer: Answer) -> Literal["yes", "no", ""]:
    """`yes` or `no` where the answer is that and nothing else."""
    told = label_key(answer.text or "; ".join(answer.choices))
    return "yes" if told == "yes" else "no" if told == "no" else ""


def stem(text: str) -> str:
    """A text without the colon behind which a list stood; empty where nothing is said without that."""
    told = text.rstrip().removesuffix(":")
    return "" if told != text.rstrip() and _STUMP.search(told) else told
