"""What a question asks: the sentence that does, what stands in front of it, and of what kind it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from speckit.contrast.clauses import Clause, read_clause, unnumbered
from speckit.model import Question
from speckit.questions.alternatives import is_yes_no
from speckit.questions.vocabulary import AUXILIARY, VERBS
from speckit.questions.wording import asks, outside, read_lead, sentences, unmarked

# Asks how something is, not what is wanted: nobody can take the answer into scope.
_FACT = re.compile(
    r"(?:^|[.?!:,—\u2013]\s+)(?:but\s|so\s|and\s)?(?:is|are|was|were|does|did|has|have|had|could|(?:do|will|would|can)(?!\s+we\b))\s[^?]*\?",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:should|shall|needs?|needed|required|necessary|acceptable|worth|desirable|desired|in scope|priority"
    r"|wants?|wanted|preferred|allowed|sufficient|enough|(?:do|can|could) we|better|right approach"
    r"|means?)\b",
    re.IGNORECASE,
)
_OUGHT = re.compile(r"\b(?:should|shall)\b|^will\b", re.IGNORECASE)
# A statement that leaves something to do, or to find out.
_PROPOSES = re.compile(
    r"\b(?:should(?! be (?:sufficient|enough|fine))|must|needs?|needed|needing|requires?|required|missing"
    r"|would (?:need|require|enable)|could (?:be|load|use|improve|add)|not yet|fix(?:ing|ed)?|TBD|deferred"
    r"|enabling|(?:not|never) \w+ed|no current)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:verif\w+|confirm\w*|validat\w+|investigat\w+|testing|untested|measur\w+|determine|unclear|unknown"
    r"|evaluat\w+|whether|desirable)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\W*(?:this|that|these|those|it|they|such|any|however|early|the actual)\b", re.IGNORECASE
)
_WH = re.compile(
    r"\W*(?:(?:under|in|at|on|for|to|from|by|with)\s)?"
    r"(?:what|which|where|how|who|when|why|best|right|optimal)\b",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"(?:and\s)?(?:if (?:so|not|yes|no)|then|how|what|which|where|who|when)\b", re.IGNORECASE
)
_AT_ONCE = re.compile(rf"\W*(?:and\s|or\s|but\s|so\s)?{AUXILIARY}\s", re.IGNORECASE)
# What nobody decides, but somebody can find out.
_TO_LEARN = re.compile(r"^\W*whether\b|\b(?:verify|confirm|determine)\swhether\b", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:current(?:ly)?|actual(?:ly)?|today)\b[^.?]*\?"
    r"|^(?:when (?:will|does|is)|how \w+ (?:is|are|do|does))\s(?!we\b)",
    re.IGNORECASE,
)
# A statement of what is wrong today, which as a goal has to be turned round.
_FAULT = re.compile(
    r"^(?:why|causes?)\b|^\W*(?:[\w-]+ ){0,2}(?:gaps?|issues?|bugs?|problems?|limitations?)\b[^.:]{0,30}:"
    r"|\bthere (?:is|are) (?:currently )?no\b|\blacks?\b|\bcommented out\b"
    r"|\bnot (?:yet )?(?:implemented|configured|handled|started)\b"
    r"|\bdoes(?: not|n['\u2019]t) exist\b|^when\b.*\binstead of\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_OR = re.compile(r"or\s", re.IGNORECASE)
_LIST = re.compile(r"\n\s*(?:[-*+]\s|\d{1,9}[.)]\s|\n)")
_MARKER = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)]|#{1,6})\s+")


@dataclass(frozen=True, slots=True)
class Asked:
    """The sentence that asks, the sentences that lead to it, and the questions that hang on it."""

    sentence: str
    context: str = ""
    further: str = ""

    @property
    def clause(self) -> Clause | None:
        """The sentence taken apart; None where it is no yes/no question, or not surely read."""
        return read_clause(self.sentence)

    @property
    def whole(self) -> str:
        """All of it."""
        return " ".join(filter(None, (self.context, self.sentence, self.further)))


@lru_cache(4096)
def asked(question: Question) -> Asked:
    """Find what a question asks.

    A lead-in that only names a matter ("Folder contents?") is put by the question that follows it, and
    options by the sentence that states them.

    Args:
        question: any; all of one that only states something is taken for what asks.

    Returns:
        The sentence that asks, with what stands around it.
    """
    said = [unnumbered(sentence) for sentence in sentences(" ".join(question.text.split()))]
    asking = [at for at, sentence in enumerate(said) if asks(sentence)]
    if question.options and (put := _put_by(said, question) or _put_by(item_of(question), question)):
        return put
    if not asking:
        return Asked(" ".join(said))
    if not question.options and (exact := _exactly(question)):
        return Asked(exact)
    if not question.options and not _decides(said[asking[0]]) and (put := _put_behind(question, said)):
        return put
    first = asking[0]
    return Asked(said[first], " ".join(said[:first]), " ".join(said[first + 1 :]))


def asks_fact(question: Question) -> bool:
    """Whether a question asks how something is, and not what is wanted."""
    if question.group == "scope" or (question.kind != "yes-no" and not question.options):
        return False
    put = asked(question)
    plain = outside(put.whole if question.options else put.sentence)
    if question.options and not is_yes_no(put.sentence):
        return False
    return bool(_FACT.search(plain) or (question.options and _TO_LEARN.search(plain))) and not _WANTED.search(
        plain
    )


def asks_today(question: Question) -> bool:
    """Whether a question asks what there is now, or when others act, which somebody has to look up."""
    return bool(_TODAY.search(question.text)) and not _WANTED.search(question.text)


def tells_fault(text: str) -> bool:
    """Whether a text says what is wrong or missing today, and not what is wanted."""
    return bool(_FAULT.search(text))


def asks_openly(question: Question) -> bool:
    """Whether a question asks for more than a yes.

    It asks "how …", it is a name with a question mark behind it, or a remark that proposes nothing.
    """
    put = asked(question)
    if not asks(put.sentence):
        return bool(_WH.match(outside(put.sentence))) or not proposal(question)
    proposed = begins_with_verb(put.sentence) and " or " not in outside(put.sentence)
    return not (put.clause or is_yes_no(put.sentence) or proposed)


def proposal(question: Question) -> str:
    """The sentences of a statement that say what is to be done, with those that they point back at."""
    said = sentences(" ".join(question.text.split()))
    at = [i for i, one in enumerate(said) if _PROPOSES.search(outside(one)) or _UNSURE.search(outside(one))]
    if not at:
        return ""
    first = at[0]
    while first and _POINTS.match(said[first]):
        first -= 1
    return " ".join(said[first : at[-1] + 1])


def context_of(question: Question, put: Asked) -> str:
    """What the item of a question says in front of it."""
    told = item_of(question)
    return " ".join(told[: told.index(put.sentence)]) if put.sentence in told else ""


def begins_with_verb(sentence: str) -> bool:
    """Whether a question is but a proposal, `Keep the wrapper?`."""
    return outside(sentence).split(" ", 1)[0].lower() in VERBS


def hangs_on(further: str) -> bool:
    """Whether further questions only arise where the first is answered by yes."""
    return bool(_DEPENDENT.match(further))


def _decides(sentence: str) -> bool:
    """Whether a question is put in full, as one that is answered by yes or no."""
    return is_yes_no(sentence) or bool(
        re.match(rf"\W*(?:and|or|but|so)?\s?{AUXILIARY}\s", sentence, re.IGNORECASE)
    )


def _exactly(question: Question) -> str:
    """What stands right behind a title that asks, and puts the same with its condition."""
    first = next(iter(item_of(question)), "")
    clause = read_clause(first) if asks(first) and first not in question.text else None
    return (
        first if clause and clause.case and clause.auxiliary == "should" and is_yes_no(question.text) else ""
    )


def _put_behind(question: Question, said: list[str]) -> Asked | None:
    """The question that follows in the same item: one on what is wanted, else any behind a mere name."""
    told = item_of(question) or said
    asking = [at for at, one in enumerate(told) if asks(one) and one not in said[:1]]
    wanted = [at for at in asking if is_yes_no(told[at]) and _OUGHT.search(outside(told[at]))]
    named = not (_WH.match(outside(said[0])) or begins_with_verb(said[0]))
    found = wanted or (asking if named else [])
    if not found:
        return None
    before = [one for one in told[: found[0]] if not asks(one)]
    return Asked(told[found[0]], " ".join(before))


def _put_by(told: list[str], question: Question) -> Asked | None:
    """The sentence that states the options, where one does."""
    named = [set(_WORD.findall(option.label.casefold())) for option in question.options]
    ors = [one for one in item_of(question) if _OR.match(one)]
    joined = [f"{told[0].rstrip('? ')}, {one[0].lower()}{one[1:]}" for one in ors if told and asks(told[0])]
    for at, one in enumerate([*told, *joined]):
        words = set(_WORD.findall(one.casefold()))
        if asks(one) and all(label <= words for label in named):
            return Asked(one, " ".join(told[:at]) if at < len(told) else "")
    return None


def item_of(question: Question) -> list[str]:
    """The sentences of the item that a question stands in, behind its lead-in."""
    item = question.citations[0].quote if question.citations else ""
    body = read_lead(_MARKER.sub("", _LIST.split(item)[0], count=1)).body
    return [unmarked(one) for one in sentences(unmarked(body))]
