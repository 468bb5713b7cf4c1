"""How a decision is said: quoted or by template, never spliced.

Generated text says "will" only of what somebody answered, and never "should"; a question is inverted only
where one clause without a pronoun makes that safe.
"""

from __future__ import annotations

import re

from speckit.contrast.options import IN_SCOPE, label_key, offered
from speckit.model import Answer, Question
from speckit.questions.vocabulary import ARTICLES, PREPOSITIONS, VERBS

TOPIC = 8  # words

_BE = ("be", "is", "are")
_VERB = "|".join(sorted(VERBS))
# Only with an object behind it is a verb surely no noun: "the error display" has none.
_OBJECT = r"""(?:(?:the|an?|all|any|each|every|its|to|for|in|on|with|from|into)\b|[`"\u201c])"""
_SHOULD = re.compile(r"\bshould\b|\bshouldn't\b", re.IGNORECASE)
_ACT = r"(?P<act>(?!need|want|have|know|care|still|even|already)[^?;:]+)"
_WE = re.compile(rf"(?:should|do|can|will) we {_ACT}\?", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?:should|can|will) (?P<subject>(?!there\b)[^?;:,]+?) (?P<act>be [^?;:]+)\?", re.IGNORECASE
)
_ACTIVE = re.compile(
    rf"(?:should|can|will) (?P<subject>(?:the |an? |`)[^?;:,]+?) (?P<act>(?:{_VERB}) {_OBJECT}[^?;:]*)\?",
    re.IGNORECASE,
)
_TWO_CLAUSES = re.compile(
    r"\b(?:or|and|but|it|they|them|this|that|these|those|if|when|instead|which|who|there)\b|, ", re.IGNORECASE
)
# A trailing "…; don't VERB …" of a chosen text. What a pronoun stands for cannot be told apart from it.
_EXCLUSION = re.compile(
    r"(?:^|[,;.:(—\u2013]\s*|\s(?:and|but)\s+)(?:do not|don['\u2019]t|never)\s+(?P<act>[^;.?()]+?)[.)]*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|they|them|this|that|these|those|its|their)\b", re.IGNORECASE)

# A statement of what is wrong today, which as a goal has to be turned round.
_FAULT = re.compile(
    r"^(?:why|causes?)\b|^\W*(?:[\w-]+ ){0,2}(?:gaps?|issues?|bugs?|problems?|limitations?)\b[^.:]{0,30}:"
    r"|\bthere (?:is|are) (?:currently )?no\b|\blacks?\b|\bcommented out\b"
    r"|\bnot (?:yet )?(?:implemented|configured|handled|started)\b"
    r"|\bdoes(?: not|n['\u2019]t) exist\b|^when\b.*\binstead of\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:for|if|when|given|once|in) [^,?]{1,80}, ", re.IGNORECASE)
# What asks, in front of what it is asked about.
_ASKING = re.compile(
    r"issue\s+\d+\s+[—\u2013-]\s+|(?:should|shall|do|does|did|can|could|will|would|is|are|was|were|has|have|must|may)\s+"
    r"(?:we\s+(?:also\s+|still\s+|even\s+)?|there\s+(?:be\s+)?|it\s+|they\s+|this\s+|that\s+)?"
    r"|(?:what|which|who|where|when|why|how|whether)"
    r"(?:['\u2019]s|\s+(?:is|are|was|were|about|to|often|much|many|long"
    r"|happens?(?:\s+(?:with|to|when|if))?"
    r"|(?:should|does|do|can|will|would)(?:\s+(?:we|it|they))?))?\s+",
    re.IGNORECASE,
)
# Where the subject of a question ends: before "be", or before a verb that surely has an object.
_PREDICATE = re.compile(
    r"(?<=[\w`)])(?<! and)(?<! or)(?<! to)(?<! also)\s+"
    rf"(?:be\s+(?=\w)|(?=(?:also\s+)?(?:{_VERB})\s+{_OBJECT}))",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"`[^`]*`\S*|\([^()]*\)\S*|\S+")
_LOOSE = frozenset((*PREPOSITIONS, *ARTICLES, "and", "or", "of", "but", "that", "which", "also", *_BE, "not"))
_WORD = re.compile(r"[a-z][a-z-]*[:,]?")


def topic_of(question: Question) -> str:
    """The bold lead-in of a question, or what it is asked about, in its first words."""
    topic = question.topic.strip(" .:*")
    if topic and not _SHOULD.search(topic):
        return topic
    text = " ".join((topic or question.text).split())
    if condition := _CONDITION.match(text):
        told = condition[0].removeprefix("For ").rstrip(", ")
        text = told if question.options and told != condition[0].rstrip(", ") else text[condition.end() :]
    inverted = False
    while asking := _ASKING.match(text):
        inverted = not asking[0].lower().endswith(("we ", "to "))
        text = text[asking.end() :]
    text = re.sub(r"^(?:the|an?)\s+", "", _SHOULD.split(text)[0].rstrip("?. "), flags=re.IGNORECASE)
    if inverted and question.options:  # each option is a predicate of its own
        text = _PREDICATE.split(text)[0]
    elif inverted:
        text = _PREDICATE.sub(": ", text, count=1)
    words = _TOKEN.findall(text)
    kept = words[:TOPIC]
    while len(kept) > 1 and _dangles(kept):
        kept.pop()
    shown = " ".join(kept).rstrip(" ,;:—(") or " ".join(question.text.split()[:TOPIC])
    if _WORD.fullmatch(shown.split(" ")[0]):
        shown = shown[0].upper() + shown[1:]
    return shown + (" …" if len(kept) < len(words) else "")


def lead_of(question: Question) -> str:
    """The topic as it stands before what is said of it."""
    topic = topic_of(question)
    return f"**{topic}**" if topic.endswith("…") else f"**{topic}.**"


def _dangles(words: list[str]) -> bool:
    """Whether words end within a phrase: behind a preposition, an article or a bracket that stays open."""
    last = words[-1].lower().strip(",;:")
    text = " ".join(words)
    return last in _LOOSE or text.count("(") > text.count(")") or text.count('"') % 2 == 1


def goal_of(question: Question, *, negated: bool = False) -> str:
    """What a yes or no to a question says, as a statement.

    Only a plain `Should|Do|Can|Will SUBJECT VERB …?` is inverted; anything else is the topic with the answer,
    and the question stays quoted beside it. What the research states is taken as it stands.
    """
    text = " ".join(question.text.split())
    told = None if _TWO_CLAUSES.search(text) else _inverted(text, "will NOT" if negated else "will")
    if told and not _SHOULD.search(told):
        return told
    if question.group == "scope" and not text.endswith("?"):
        stated = _exclusion_of(text) or (quoted(text) if _SHOULD.search(text) else sentence(text))
        if question.recommended == "no":  # the text itself says what is left out
            left_out = _exclusion_of(text) or f"We will NOT change this: {quoted(text)}"
            return left_out if negated else f"{lead_of(question)} In scope after all: {quoted(text)}"
        if negated:
            return f"We will NOT do this in this version: {quoted(text)}"
        return f"We will mend this: {quoted(text)}" if tells_fault(text) else stated
    act = "do" if IN_SCOPE in (option.label for option in offered(question)) else "settle"
    agreed = "Yes" if text.endswith("?") else "In scope"
    verdict = f"We will NOT {act} this in this version" if negated else agreed
    return f"{lead_of(question)} {verdict}: {quoted(text)}"


def tells_fault(text: str) -> bool:
    """Whether a text says what is wrong or missing today, and not what is wanted."""
    return bool(_FAULT.search(text))


def _inverted(text: str, will: str) -> str | None:
    if match := _WE.fullmatch(text):
        return f"We {will} {match['act']}."
    if match := _PASSIVE.fullmatch(text) or _ACTIVE.fullmatch(text):
        subject, also, _ = match["subject"].partition(" also")
        will += "" if will.endswith("NOT") else also
        return f"{subject[:1].upper()}{subject[1:]} {will} {match['act']}."
    return None


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
    if match is None or _PRONOUN.search(match["act"]) or _SHOULD.search(match["act"]):
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
    return quoted(label) if _SHOULD.search(label) else label


def verdict_of(answer: Answer) -> str:
    """`yes` or `no` where the answer is that and nothing else."""
    told = label_key(answer.text or "; ".join(answer.choices))
    return told if told in {"yes", "no"} else ""


def quoted(text: str) -> str:
    """A text of the research, as its words."""
    return f"“{' '.join(text.split())}”"


def sentence(text: str) -> str:
    """A text with the full stop that it lacks."""
    stripped = " ".join(text.split())
    return stripped if stripped.endswith((".", "!", "?", "`", "”")) else stripped + "."
