"""From the entries of a document's sections of open questions to questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from speckit.model import Citation, Document, Group, Option, Question, QuestionKind
from speckit.questions.alternatives import is_yes_no
from speckit.questions.entry import Entry
from speckit.questions.identity import normalised, question_id
from speckit.questions.listings import lettered
from speckit.questions.offer import Offer
from speckit.questions.options import offers_of
from speckit.questions.remarks import pointed_at, remarked
from speckit.questions.sections import entries
from speckit.questions.stance import (
    HEDGED,
    VERDICT,
    WHETHER,
    Part,
    agreeing,
    answer_of,
    parts,
    puts,
    recommendation_of,
)
from speckit.questions.vocabulary import AUXILIARY, DOUBT, HOLDING, PREPOSITIONS, VERBS
from speckit.questions.wording import Lead, asks, masked, one_line, outside, read_lead, sentences, unmarked

_NOTHING = re.compile(
    r"^\W*(?:none|n/?a|nil|nothing|tbd|no (?:\w+ ){0,2}(?:questions?|issues?|items?)"
    r"|all (?:\w+ ){0,2}(?:questions?|issues?|items?)?\s?(?:\w+ )?(?:resolved|answered|closed)"
    r"|all (?:[\w-]+ ){0,4}(?:questions?|issues?|uncertainties)\b[^.?]{0,60}\b(?:resolved|answered|closed)"
    r"|to be (?:decided|determined)(?=\W*$))\b(?!\?)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"^\W*(?:ref(?:erence)?|see(?: also)?|source|related|note)\b\s*[*_]*:|^\*\*\[\w+\]\*\*", re.IGNORECASE
)
_COUNTS = re.compile(r"^(?:\*\*)?[A-H]:(?:\*\*)?\s")
_NO_DECISION = re.compile(
    r"\b(?:action item|not a (?:user )?decision|implementation note|for information|fyi)\b", re.IGNORECASE
)
_TO_BE = r"to be (?:decided|determined|confirmed|defined|settled|discussed|agreed|specified|worked out)"
_MAY = r"(?:could|might|may)(?! (?:cause|lead|break|fail)\b)"  # what could go wrong is but a remark
_TO_SETTLE = "*(to settle)*"  # as the kit marks a statement in a spec
# A statement that leaves something to settle.
_UNSURE = re.compile(
    rf"\b(?:{DOUBT}|{_TO_BE}|uncertain|needs?|needed|required?|requires|confirm\w*|verif\w+|validat\w+|investigate|determine|decide"
    rf"|consider|{_MAY}|should|depends?|either|pending|assess\w*|clarif\w+|not yet|intended|explore"
    r"|evaluate|suggests?|must|deferred|revisit|no (?:timeline|owner|plan|decision)"
    r"|not (?:wired|supported|implemented|available|specified|defined|covered))\b"
    r"|^\W*(?:how|which|what|who|when|where|why|under which)\b|\bvs\b",
    re.IGNORECASE,
)
# The same for one that nothing marks as a matter of its own.
_UNSETTLED = re.compile(
    rf"\b(?:{DOUBT}|{_TO_BE}|confirm"
    r"|verify|determine|decide|clarif\w+|could|might|should|(?:we|it) may|needs? to|will need|not yet)\b"
    r"|^\W*(?:how|which|what|who|when|where|why|under which)\b",
    re.IGNORECASE,
)
# A word that makes a clause.
_FINITE = re.compile(
    rf"(?:{AUXILIARY}|am|be|been|had|might|cannot|not|needs?|let|see|\w+n['\u2019]t"
    r"|(?:it|that|there|we|they)['\u2019]\w+)"
)
_BEHIND_NOUN = (
    PREPOSITIONS | HOLDING | {"and", "or", "of", "vs", "vs.", "that", "which", "if", "when", "where"}
)
_NO_NOUNS = {"this", "its", "as", "across", "previous", "various", "always"}
# What a report says of itself, and leaves nobody to decide.
_OF_REPORT = re.compile(
    r"^\W*(?:this|the) (?:research|report|document|analysis|investigation)\b(?! (?:recommend|propos|suggest))"
    r"|\b(?:report|research|analysis) (?:can|could|may|will|does not|did not)\b|\brecorded here\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"(?:\w+ ){0,2}(?:this|that|these|those|it|they|them)\b", re.IGNORECASE)
# What asks for as many of its options as apply.
_SEVERAL = re.compile(r"\band/or\b|\b(?:which|any) of (?:the following|these|those)\b", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\b(?:this|that|these|those|it|they|them|its|their|such|both|the same|here)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Source:
    """A document whose lines are cited, split once."""

    path: str
    lines: list[str]

    def cite(self, start: int, end: int) -> Citation:
        return Citation(self.path, start, end, "\n".join(self.lines[start - 1 : end]))


def find_questions(document: Document) -> tuple[Question, ...]:
    """Find the items of a document's sections of open questions, in order.

    Args:
        document: any markdown: research, a spec, an RFC.

    Returns:
        Open and resolved questions, and statements filed among them. Each cites the lines that it stands on,
        and each id comes once.
    """
    source = _Source(document.path, document.text.split("\n"))
    found = [question for entry in entries(document.text) if (question := _question(entry, source))]
    times = Counter(question.id for question in found)
    unique: dict[str, Question] = {}
    for question in found:
        told_apart = question if times[question.id] == 1 else _renamed(question)
        first = unique.setdefault(told_apart.id, told_apart)
        if first is not told_apart:
            both = (*first.citations, *told_apart.citations)
            unique[first.id] = replace(first, citations=both)
    return tuple(unique.values())


def _question(entry: Entry, source: _Source) -> Question | None:
    lead = read_lead(entry.lead)
    told = parts(lead.body)
    text = _text(lead, told)
    if not normalised(text) or _NOTHING.match(masked(entry.lead)) or _POINTER.match(entry.lead):
        return None
    counted = lettered(entry.notes)  # whose `A:` announces no answer
    for note in entry.notes:
        if note.kind in {"item", "paragraph", "quote"}:
            said = _COUNTS.sub("", note.text) if counted else note.text
            told += [part for part in parts(one_line(said), note) if part.text]
    title, text = text, text if asks(text) else _unclear(told) or text
    topic = lead.topic or ("" if title is text else title)
    answer = answer_of(entry, lead, told)
    offers = remarked(offers_of(entry, lead, told), lead, told)
    recommended = _recommended(lead, told, offers)
    answer = recommended if answer == "" and recommended else answer
    kind = _kind(text, lead, offers, settled=answer is not None, hinted=recommended is not None)
    if _TO_SETTLE in entry.lead:
        kind = "statement"
    identity = lead.id or question_id(text)
    group: Group = "statements" if kind == "statement" else "confirm" if answer is not None else "decide"
    return Question(
        identity,
        text,
        kind,
        group,
        "" if normalised(topic) == normalised(text) else unmarked(topic),
        (source.cite(entry.start, entry.end),),
        tuple(_option(offer, entry, source) for offer in offers),
        recommended,
        answer is not None,
        answer or None,
        ids=(identity,),
        multiple=bool(offers and _SEVERAL.search(text)),
    )


def _renamed(question: Question) -> Question:
    """A question whose words the document asks twice, told apart by its topic."""
    if not question.topic:
        return question
    text = f"{question.topic}: {question.text}"
    identity = question_id(text)
    return replace(question, id=identity, text=text, topic="", ids=(identity,))


def _option(offer: Offer, entry: Entry, source: _Source) -> Option:
    start, end = (offer.start, offer.end) if offer.start else (entry.start, entry.asked)
    return Option(offer.label, offer.tradeoff, "research", source.cite(start, end))


def _text(lead: Lead, told: Sequence[Part]) -> str:
    """The words that ask; with what stands before them where they point back at it."""
    if asks(lead.topic):
        return unmarked(lead.topic)
    body = " ".join(part.text for part in told if part.said == "asked" or asks(part.text))
    if struck := re.match(r"\W{0,4}~~(?P<was>[^~]+)~~", body):
        body = struck["was"]
    said = [unmarked(sentence) for sentence in sentences(unmarked(body))]
    asking = [at for at, sentence in enumerate(said) if asks(sentence)]
    if not asking:
        return _closed(" ".join(said)) or lead.topic or unmarked(" ".join(part.text for part in told))
    first = asking[0]
    if first and _ANAPHOR.search(masked(said[first])):
        first = 0
    text = " ".join(said[first : asking[0]] + [said[at] for at in asking])
    if lead.topic and first == asking[0] == 0 and _POINTS_BACK.match(text):
        return f"{unmarked(lead.topic)}: {text}"
    return text


def _unclear(told: Sequence[Part]) -> str:
    """What a note below a bare title says is open: `What's unclear: whether …`."""
    return next((unmarked(part.text) for part in told if puts(part)), "")


def _closed(text: str) -> str:
    return text.strip(" —-\u2013→~✅✔☑").removesuffix("(").rstrip()


def _recommended(lead: Lead, told: Sequence[Part], offers: Sequence[Offer]) -> str | None:
    """The recommendation, as the label of the option that it names where it names one."""
    marked = [offer.label for offer in offers if offer.recommended]
    stated = recommendation_of(lead, told)
    if stated is None:
        return marked[0] if len(marked) == 1 else None
    if HEDGED.match(stated):
        return stated
    if verdict := VERDICT.match(stated):
        return verdict["verdict"].capitalize()
    labels = [offer.label for offer in offers]
    return agreeing(stated, labels) or pointed_at(stated, labels, told) or stated


def _kind(text: str, lead: Lead, offers: Sequence[Offer], *, settled: bool, hinted: bool) -> QuestionKind:
    if offers:
        inline = len(offers) == 2 and not offers[0].start
        return "either-or" if inline else "explicit-options"
    plain = masked(text)
    if asks(text) or WHETHER.search(plain):
        last = next((s for s in sentences(text) if asks(s)), text)
        return "yes-no" if is_yes_no(last) else "open"
    if settled or hinted:
        return "open"
    if _OF_REPORT.search(plain) and lead.checked is None:
        return "statement"
    # What is needed only if something else is so is no matter of its own.
    told = " ".join(one for one in sentences(lead.body) if not one.startswith("If "))
    unsure = bool(_UNSURE.search(masked(told)) if lead.topic else _UNSETTLED.search(plain))
    if not (lead.topic and lead.body):
        unsure = unsure or _names_a_matter(text)
    to_decide = (lead.checked is not None or unsure) and not _NO_DECISION.search(lead.topic)
    return "open" if to_decide else "statement"


def _names_a_matter(text: str) -> bool:
    """Whether a text but names what is open, `Naming of the flags`: no clause, and nothing to be done.

    A word that ends in "s" is a verb, or the subject of one, where no phrase ends behind it.
    """
    words = outside((sentences(text) or [""])[0]).rstrip(". ").split()
    acts = words[:1] and words[0].lower() in VERBS and not (words[1:] and words[1] in PREPOSITIONS | HOLDING)
    clause = any(
        _FINITE.fullmatch(word.lower())
        or (
            word[-1:] == "s"
            and word.islower()
            and word not in _NO_NOUNS
            and word[-2:] not in {"ss", "'s"}
            and after not in _BEHIND_NOUN
            and after[0].isalnum()
        )
        for word, after in zip(words, [*words[1:], "of"], strict=True)
    )
    return bool(words) and not acts and not clause
