"""Alternatives that a sentence names: either-or, lists that end in "or", "A vs B", and what to call them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from speckit.questions.wording import masked, outside

_AUXILIARY = r"(?:should|do|does|did|is|are|was|were|can|could|will|would|shall|must|may|has|have)"
_WORD = rf"(?:{_AUXILIARY}|what|which|where|how|who|when|why)\b"
_OPENING = re.compile(
    r"^(?!\w+\s(?:should|do|does|is|are|will|can|could|would)\b)(?:if|when|whenever|where|for|given|since|because|in|with|at|during|once|while|after|before|as|on|under|"
    r"until|to|by|without|currently|and|so|also|or|but)\b[^,?]{1,200},\s+(?=\w+)",
    re.IGNORECASE,
)
# A question behind a statement in the same sentence: `used in three places — should it be kept?`
_BEHIND_DASH = re.compile(
    rf"^(?!{_WORD}).*?(?:\s[—\u2013]|\s--?|[;:]|,\s(?:but|so|and))\s(?={_AUXILIARY}\s)", re.IGNORECASE
)
_ASKED = re.compile(rf"^(?:and |or |so |but |then )?{_AUXILIARY}\b\s*", re.IGNORECASE)
_WH = re.compile(r"^(?:what|which|where|how|who|whom|when|why)\b", re.IGNORECASE)
_WHETHER = re.compile(r"^.{0,80}?\bwhether\s(?:or not\s)?(?:to\s)?", re.IGNORECASE)
_SECOND_CLAUSE = re.compile(rf",?\s+or\s+(?:else\s+)?(?:{_AUXILIARY}|if)\b\s*", re.IGNORECASE)
_OR = re.compile(r",?\s+or\s+(?:else\s+|rather\s+|instead\s+|alternatively\s+)?(?=\S)", re.IGNORECASE)
_VS = re.compile(r"\s+(?:vs\.?|versus|v\.)\s+")
# What follows an "or" that offers nothing.
_NO_CHOICE = re.compile(
    r"^(?:not|other|others|so|more|less|any|similar|later|equivalent|even|both\b.*both|anything|something|the like|"
    r"vice versa|higher|above|greater|fewer)\b",
    re.IGNORECASE,
)
_PREPOSITION = (
    "during on in at via by per as from under inside within through before after above below until with without "
    "into onto for to against outside across alongside behind between near over"
).split()
_PRONOUN = re.compile(
    r"^(?:we|it|they|this|that|these|those|I|you|one|users?|there|he|she)\s+", re.IGNORECASE
)
_VERBS = frozenset(
    """abort accept activate add adopt aggregate allow append apply appear ask attach auto-detect avoid be become
    block break build bump bundle cache call capture carry change check clear close collapse combine commit compute
    configure consume continue convert copy craft create deduplicate default defer delegate delete deliver depend
    deprecate derive detect disable dismiss dispatch display document download drop edit embed emit enable enforce
    ensure enter error execute expand explore export expose extend extract fail fall fetch filter fix fold follow force gate
    generate get give go handle happen have hide hold identify ignore implement import include increase inherit
    inject inline insert install integrate introduce invoke join keep launch leave let lift limit live list load
    lock log maintain make manage map mark match merge migrate mirror move offer omit open opt overwrite pass
    persist pin poll prefer preserve prevent print prompt propagate provide publish pull push put queue raise read
    rebuild recreate redirect receive reduce refactor refer register reject rely remain remove rename render reorder
    replace replicate report require requires reset resolve respect restart restrict resume retain retry return
    reuse rewrite roll route run save scan select send separate serialize serve set share ship show silently
    simplify skip split stack standardize start stay stop store stream strip submit supersede supersedes support
    surface survive switch sync synthesize take target test throw toggle track treat trigger trim truncate try
    unify update upgrade use validate verify wait warn wire work wrap write""".split()
)
_ARTICLES = ("the", "a", "an", "to")
_WITHIN = frozenset("for of during with from without than between about".split())
_NOT_TWO = re.compile(r"\b(?:instead|rather than)\b", re.IGNORECASE)
_DETERMINERS = frozenset("the a an this that each all every our its their any some these those no".split())
_LEADING = re.compile(
    r"^(?:either|simply|just|instead|rather|that|whether|be|as(?=\s(?:an?|the)\b))\s+(?=\S)", re.IGNORECASE
)
_SAME_WAY = re.compile(
    r"\b(?:the same|this|that|the existing|existing|the current|current|the above|a similar)\s"
    r"(?:pattern|approach|way|behaviou?r|strategy|model|convention|style)s?\s\((?P<meant>[^()]{3,80})\)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s\((?P<aside>[^()]{2,200})\)$")


def is_yes_no(sentence: str) -> bool:
    """Whether a question can be answered by yes or no."""
    clause = outside(_main_clause(sentence))
    return bool(_ASKED.match(clause) or _WHETHER.match(clause)) and not _WH.match(clause)


def _main_clause(sentence: str) -> str:
    """A question without the statement or the condition that opens it."""
    plain = outside(sentence)
    start = behind.end() if (behind := _BEHIND_DASH.search(plain)) else 0
    while opening := _OPENING.match(plain[start:]):
        start += opening.end()
    return sentence[start:]


def alternatives(sentence: str) -> list[str]:
    """The alternatives that a sentence puts, in its words; none where it puts none."""
    text = _main_clause(sentence.strip().rstrip("?.: "))
    plain = outside(text)
    if whether := _WHETHER.match(plain):
        return _divided(text[whether.end() :])
    if asked := _ASKED.match(plain):
        should = re.match(r"(?:\w+ )?(?:should|shall|do we|does it)", plain, re.IGNORECASE)
        return _divided(text[asked.end() :], strict=not should)
    if _WH.match(plain):
        return _named(text, plain)
    return []


def versus(text: str) -> list[str]:
    """The sides of `A vs B vs C`."""
    text = text.strip().rstrip("?.: ")
    plain = outside(text)
    if not _VS.search(plain) or _WH.match(plain) or len(plain) > 300:
        return []
    sides = _cut(text, plain, _VS)
    asked = _ASKED.match(plain)
    if asked and not plain.lower().startswith("should"):
        return []
    return [tidy(side) for side in sides]


def listed(text: str) -> list[str]:
    """The members of `a, b, or c`, of `a; b; c` or of `a / b`."""
    text = text.strip().rstrip("?.: ")
    plain = outside(text)
    if ";" in plain:
        return [
            tidy(re.sub(r"^(?:or|and)\s", "", side))
            for side in _cut(text, plain, re.compile(r";\s*"))
            if side
        ]
    if _OR.search(plain) or plain.count(", ") >= 1:
        return [tidy(side) for side in _members(text, plain)]
    return [tidy(side) for side in _cut(text, plain, re.compile(r"\s/\s"))] if " / " in plain else []


def imperatives(text: str) -> list[str]:
    """The sides of a statement like `keep A or rename B`, or of one that says `either A or B`."""
    plain = outside(text)
    if either := re.search(r"\beither:?\s", plain, re.IGNORECASE):
        rest = text[either.end() :].rstrip(".?: ")
        return listed(rest) if " or " in outside(rest) else []
    first = plain.split(" ", 1)[0].lower()
    if first.strip(",") in _VERBS and len(plain.split()) <= 24:
        return _divided(text.rstrip(".?: "))
    return []


def tidy(label: str) -> str:
    """A label as it stands on a card: no leftover at its ends, an anaphor replaced by what it means."""
    label = re.sub(r"[,;]?\s+(?:or|and)$", "", label.strip(" ,;.").removesuffix("?").strip())
    label = re.sub(r"^(?:or|and|to)\s+", "", label, flags=re.IGNORECASE)
    while leading := _LEADING.match(label):
        label = label[leading.end() :]
    if same := _SAME_WAY.search(label):
        label = same["meant"]
    return (
        label[:1].upper() + label[1:] if label[:1].isalpha() and not _identifier(label.split()[0]) else label
    )


def parted(label: str) -> tuple[str, str]:
    """A label and the remark in parentheses at its end."""
    aside = _ASIDE.search(masked(label))
    if not aside or aside.start() < 2:
        return label, ""
    return label[: aside.start()], label[aside.start("aside") : aside.end("aside")]


def _identifier(word: str) -> bool:
    """Whether a word is written in a way of its own, which a capital would change."""
    return any(sign.isupper() or sign.isdigit() or sign in "_./@`(" for sign in word[1:])


def _divided(text: str, *, strict: bool = False) -> list[str]:
    """The two or more sides of the text behind "should", "whether" or "either"."""
    plain = outside(text)
    if second := _SECOND_CLAUSE.search(plain):
        left, right = text[: second.start()], text[second.end() :]
        return [tidy(_predicate(left)), tidy(_predicate(right))]
    if plain.count(",") >= 2 and re.search(r",\s+or\s", plain):
        members = _members(text, plain)
        if len(members) >= 3:
            first, *rest = members
            return [tidy(_aligned(first, rest[0])), *map(tidy, rest)]
    ors = list(_OR.finditer(plain))
    if not ors:
        return []
    best = next((match for match in ors if match[0].startswith(",")), ors[-1])
    left, right = text[: best.start()], text[best.end() :]
    if _NO_CHOICE.match(right):
        return []
    if not best[0].startswith(",") and not _chooses(left, right, strict=strict):
        return []
    return [tidy(_aligned(left, right)), tidy(right)]


def _members(text: str, plain: str) -> list[str]:
    return [side for side in _cut(text, plain, re.compile(r",\s+(?:or\s+)?|\s+or\s+", re.IGNORECASE)) if side]


def _named(text: str, plain: str) -> list[str]:
    """The alternatives behind a question word: only those behind a colon, a dash or the last comma."""
    behind = re.search(r"(?:\s[—\u2013]|\s--?|:)\s(?=[^:]*\bor\b)", plain) or (
        re.search(r",\s(?=[^,]*\sor\s[^,]*$)", plain) if plain.lower().startswith("which") else None
    )
    if not behind:
        return []
    rest = text[behind.end() :]
    return alternatives(rest) if _ASKED.match(rest) else listed(rest)


def _chooses(left: str, right: str, *, strict: bool) -> bool:
    """Whether an "or" without a comma parts what can be chosen, and not two names in one phrase.

    The text before it must hold a verb, or its subject is meant; and where a bare name follows, no phrase
    like "for A or B" may hold both. A question of fact must set "the A" against "the B".
    """
    words = [word.strip(",").lower() for word in outside(left).split()]
    verb = next((at for at, word in enumerate(words) if word in _VERBS), None)
    if verb is None or _NOT_TWO.search(outside(right)):
        return False
    tail, first = words[verb + 1 :], right.split(" ", 1)[0].lower()
    if strict:
        return first in _ARTICLES and tail[:1] == [first]
    acts = (
        first in _VERBS or first in _PREPOSITION or first.endswith(("ed", "ly", "ing")) or first == "always"
    )
    return acts or not _WITHIN.intersection(tail)


def _predicate(clause: str) -> str:
    """A clause without the subject that it shares with the others."""
    plain = outside(clause)
    pronoun = _PRONOUN.match(plain)
    return clause[pronoun.end() :] if pronoun else re.sub(r"(?<! to) be (?=\w+)", " ", clause, count=1)


def _aligned(left: str, right: str) -> str:
    """The part of the left side that stands where the right side does."""
    plain = outside(left)
    words = plain.split(" ")
    first = right.split(" ", 1)[0].lower().strip(",`")
    if first in _PREPOSITION:
        same = [at for at, word in enumerate(words) if word.lower() == first]
        any_one = [at for at, word in enumerate(words) if word.lower() in _PREPOSITION and at > 0]
        if same or any_one:
            return _from(left, words, (same or any_one)[-1])
    for at, word in enumerate(words):
        if word.lower() == "be" and at + 1 < len(words) and first not in _VERBS:
            return _from(left, words, at + 1)
    return _from(left, words, _verb_at(words)) if _verb_at(words) else _predicate(left)


def _verb_at(words: Sequence[str]) -> int:
    """Where the first verb stands that is no noun: none behind a determiner, the last one of a run."""
    low = [word.lower().strip(",") for word in words]
    for at, word in enumerate(low):
        if word in _VERBS and not (at and low[at - 1] in _DETERMINERS):
            while at + 1 < len(low) and low[at + 1] in _VERBS:
                at += 1
            return at
    return 0


def _from(left: str, words: Sequence[str], at: int) -> str:
    """The text from this word on; masking keeps lengths, so that words stand at the same places."""
    return left[sum(len(word) + 1 for word in words[:at]) :]


def _cut(text: str, plain: str, at: re.Pattern[str]) -> list[str]:
    sides, start = [], 0
    for match in at.finditer(plain):
        sides.append(text[start : match.start()].strip())
        start = match.end()
    return [*sides, text[start:].strip()]
