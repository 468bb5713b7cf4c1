"""The options that a document states for a question, in whatever form it lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from speckit.questions.alternatives import SHORT, alternatives, imperatives, is_fragment, listed, tidy, versus
from speckit.questions.entry import Entry
from speckit.questions.listings import CURRENT, boxes, bullets, current_and_alternatives, lettered, tables
from speckit.questions.offer import Offer, read_offer
from speckit.questions.stance import Part, puts
from speckit.questions.vocabulary import AUXILIARY
from speckit.questions.wording import Lead, asks, masked, sentences, unmarked

_MARKED = re.compile(
    r"(?:^|(?<=[\s(,;:]))(?:\*\*)?(?:option\s)?\((?P<sign>[a-h1-8]|i{1,3}v?)\)(?:\*\*)?:?\s", re.IGNORECASE
)
# `A) … B) …`, the joints of which may be dots or bars.
_CLOSED = re.compile(r"(?:^|(?<=[\s(,;:.\u00b7|]))(?:\*\*)?(?P<sign>[A-H]|[a-h]|[1-8])\)(?:\*\*)?\s")
_OPTION_WORD = re.compile(
    r"(?:^|(?<=[\s(,;:.]))(?:\*\*)?(?:option|alternative|approach)\s(?P<sign>[A-H1-8])(?:\*\*)?"
    r"(?::|\s[—\u2013-]|\))\s",
    re.IGNORECASE,
)
_SERIES = ("abcdefgh", "12345678", ("i", "ii", "iii", "iv"))
_NEXT_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z`*(])")
_JOINING = re.compile(r"[,;.]?\s*(?:\bor|\band)?$")
_ASKS = re.compile(rf"\b(?:what|which|where|how|who|when|why|or|{AUXILIARY})\b", re.IGNORECASE)
_CHOICE = re.compile(r"\((?P<choice>[^()?]{3,160}\s(?:vs\.?|/)\s[^()?]{1,80})\)$")
_BEHIND_DASH = re.compile(r"\s(?:--?|[\u2013\u2014])\s|:\s")
NAMES = 6  # words of a statement that but names what to choose from, `OAuth or API keys`
_WHICH = re.compile(r"(?:(?:for|in) [^,]{1,60}, |.*\s[\u2014\u2013]\s)?(?:what|which|where)\b", re.IGNORECASE)
_CANDIDATES = re.compile(r"\((?P<all>[^()?]{1,200}, or [^()?]{1,100})\)\??$", re.IGNORECASE)
_INCLUDING = re.compile(r"\((?:including|e\.g\.,?|such as|like) (?P<all>[^()]{3,200})\)", re.IGNORECASE)
_TO_CHOOSE = re.compile(r"\b(?:confirm|decide|determine|choose|settle) (?:which|what)\b", re.IGNORECASE)
_AND_OR = re.compile(r",? (?:and|or) |, ")
_TODAY = re.compile(
    r"^currently (?P<act>\w+?)s (?P<now>[^;,.]{2,60})[;,] (?:but )?(?:it )?could (?:also |instead )?"
    r"(?P=act) (?P<others>[^;.?]+)",
    re.IGNORECASE,
)
# What holds the place of an option that nobody has named.
_PLACEHOLDER = re.compile(
    r"(?:another|a different|an alternative|some other)\s[a-z]|(?:something|anything|somewhere) else\b",
    re.IGNORECASE,
)
_GUESSES = re.compile(r"\((?P<guesses>[^()?]{1,60}\?[^()]{1,120})\)")


def offers_of(entry: Entry, lead: Lead, told: Sequence[Part]) -> tuple[Offer, ...]:
    """The options of a question, in the order of the text; none where it states fewer than two."""
    own = [part for part in told if part.note is None]
    asked = unmarked(" ".join(part.text for part in own if part.said == "asked"))
    if put := " ".join(unmarked(part.text) for part in told if puts(part)):
        asked = f"{asked}{'' if asks(asked[-1]) else '.'} {put}" if asked else put
    answered = bool(own) and own[-1].said not in {"asked", "options"}  # a list below goes on about that
    decided = lead.ticked and not asks(asked + lead.topic) and not any(part.said == "answer" for part in told)
    found = (
        boxes(entry.notes)
        or current_and_alternatives([part for part in told if part.note])
        or lettered(entry.notes)
        or tables(entry.notes)
        or _series(told)
        or ([] if answered or lead.struck else bullets(asked or lead.topic, entry.notes))
        or _announced(told)
        or ([] if decided else [read_offer(label) for label in _in_sentences(lead, asked, titled=not own)])
        or current_and_alternatives(told)
        or _today_or(told)
    )
    named = [offer for offer in found if not _PLACEHOLDER.match(offer.label)]
    found = named if len(named) > 1 else found
    distinct = {offer.label.casefold(): offer for offer in reversed(found) if offer.label}
    if len(distinct) < 2 or set(distinct) <= {"yes", "no"}:
        return ()
    return tuple(offer for offer in found if distinct.get(offer.label.casefold()) is offer)


def _series(told: Sequence[Part]) -> list[Offer]:
    """`(a) …, (b) …, or (c) …` within the text."""
    for part in told:
        if part.said in {"asked", "options", "about"} and (
            puts(part) or not (part.note and part.note.kind == "item")
        ):
            for pattern in (_MARKED, _OPTION_WORD, _CLOSED):
                if found := _counted(part.text, list(pattern.finditer(masked(part.text)))):
                    return found
    return []


def _counted(text: str, marks: Sequence[re.Match[str]]) -> list[Offer]:
    """The runs between marks that count up from their first."""
    for series in _SERIES:
        run: list[re.Match[str]] = []
        for mark in marks:
            if len(run) < len(series) and mark["sign"].lower() == series[len(run)]:
                run.append(mark)
        if len(run) > 1:
            ends = [mark.start() for mark in run[1:]] + [len(text)]
            bits = [text[mark.end() : end].strip() for mark, end in zip(run, ends, strict=True)]
            bits[-1] = _NEXT_SENTENCE.split(bits[-1])[0]
            return [read_offer(_JOINING.sub("", bit.rstrip(_trailing(bit)))) for bit in bits]
    return []


def _trailing(bit: str) -> str:
    """What may be cut off the end of an option: also a bracket that it did not open."""
    return " ?\u00b7|)" if bit.count(")") > bit.count("(") else " ?\u00b7|"


def _announced(told: Sequence[Part]) -> list[Offer]:
    """`Options: a, b, or c`."""
    for part in told:
        if part.said == "options" and part.text:
            text = sentences(part.text)[0]
            members = listed(text) or versus(text)
            if len(members) > 1:
                return [read_offer(member) for member in members]
    return []


def _in_sentences(lead: Lead, asked: str, *, titled: bool) -> list[str]:
    """Either-or within the question itself, or in the title that stands for it."""
    said = sentences(asked)
    questions = [sentence for sentence in said if asks(sentence)]
    if guessed := _fragments(lead, questions):
        return guessed
    for sentence, after in zip(questions, [*questions[1:], ""], strict=False):
        if re.match(r"or\s", after, re.IGNORECASE):
            found = alternatives(f"{sentence.rstrip('? ')}, {after[:1].lower()}{after[1:]}")
        else:
            found = (
                alternatives(sentence) or _guesses(sentence) or versus(sentence) or _beside(sentence, lead)
            )
        if len(found) > 1:
            return found
    if asks(lead.topic):
        other = next((one for one in questions if re.match(r"or\s", one, re.IGNORECASE)), "")
        joined = f"{lead.topic.rstrip('? ')}, {other[:1].lower()}{other[1:]}" if other else ""
        return alternatives(joined) or alternatives(lead.topic) or versus(lead.topic)
    for sentence in said if questions else ():
        found = [] if asks(sentence) or len(sentence.split()) > SHORT else versus(sentence)
        if len(found) > 1:
            return found
    for sentence in () if questions else said:
        named = lead.topic and len(sentence.split()) <= NAMES
        found = (
            alternatives(f"{sentence}?" if named else sentence)
            or versus(sentence)
            or imperatives(sentence)
            or _among(sentence)
        )
        if len(found) > 1:
            return found
    found = versus(lead.topic) if not said or titled else []
    return found or _in_brackets(" ".join([lead.topic, *said]) if titled or not asks(asked) else "")


def _in_brackets(text: str) -> list[str]:
    """`Depth of the check (none / names / types)`, `Scope (a file vs the folder)`."""
    aside = _CHOICE.search(masked(text.rstrip(" .?")))
    if not aside:
        return []
    inner = text[aside.start("choice") : aside.end("choice")]
    return versus(inner) or (listed(inner) if inner.count(" / ") > 1 else [])


def _fragments(lead: Lead, questions: Sequence[str]) -> list[str]:
    """`What format? Raw text? Structured JSON?`, or the same without the first."""
    guessed = list(takewhile(is_fragment, questions[1:]))
    if guessed and not asks(lead.topic) and not _ASKS.search(questions[0]):
        guessed.insert(0, _BEHIND_DASH.split(questions[0])[-1])  # `The unit -- Seconds? Frames?`
    if len(guessed) < 2 or alternatives(questions[0]):
        return []
    return [tidy(guess) for guess in guessed]


def _today_or(told: Sequence[Part]) -> list[Offer]:
    """`Currently shows A; could show B or C`."""
    for part in told:
        for sentence in sentences(part.text):
            if today := _TODAY.search(masked(sentence)):
                now, others = (sentence[slice(*today.span(name))] for name in ("now", "others"))
                members = listed(others) or [tidy(others)]
                return [Offer(tidy(now), CURRENT), *map(read_offer, members)]
    return []


def _beside(sentence: str, lead: Lead) -> list[str]:
    """`Which is it (A, B, or C)?`, and `Which is better?` of `A vs B`."""
    plain = masked(sentence)
    if not _WHICH.match(plain):
        return []
    if aside := _CANDIDATES.search(plain):
        return listed(sentence[aside.start("all") : aside.end("all")])
    return versus(lead.topic) if re.search(r"\bwhich\b", plain, re.IGNORECASE) else []


def _among(sentence: str) -> list[str]:
    """`several ways (including A and B), so confirm which is meant`."""
    aside = _INCLUDING.search(masked(sentence))
    if not (aside and _TO_CHOOSE.search(masked(sentence))):
        return []
    return [tidy(one) for one in _AND_OR.split(sentence[slice(*aside.span("all"))])]


def _guesses(sentence: str) -> list[str]:
    """`(7 days? 30 days?)`."""
    aside = _GUESSES.search(masked(sentence))
    if not aside:
        return []
    guesses = sentence[aside.start("guesses") : aside.end("guesses")].split("?")
    return [tidy(guess) for guess in guesses if guess.strip()]
