"""Alternatives that a sentence names: either-or, lists that end in "or", "A vs B", and what to call them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from speckit.questions.vocabulary import ARTICLES, AUXILIARY, DETERMINERS, HOLDING, PREPOSITIONS, VERBS
from speckit.questions.wording import masked, outside

_WH = re.compile(r"(?:what|which|where|how|who|whom|when|why)\b", re.IGNORECASE)
_ASKED = re.compile(rf"(?:and |or |so |but |then )?{AUXILIARY}\b\s*", re.IGNORECASE)
# A condition or a circumstance before the question, `If it fails, should we retry?`, but not `When should …`.
_OPENING = re.compile(
    rf"(?!\w+\s{AUXILIARY}\b)(?:if|when|whenever|where|for|given|since|because|in|with|at|during|once|while|after"
    r"|before|as|on|under|until|to|by|without|currently|and|so|also|or|but)\b[^,?]{1,200},\s+(?!or\b)(?=\w+)",
    re.IGNORECASE,
)
# A question behind a statement in the same sentence: `used in three places — should it be kept?`
_BEHIND = re.compile(
    rf"(?:\s[—\u2013]|\s--?|[;:]|,\s(?:but|so|and))\s(?={AUXILIARY}\s)",
    re.IGNORECASE,
)
_WHETHER = re.compile(r".{0,80}?\bwhether\s(?:or not\s)?(?:to\s)?", re.IGNORECASE)
_SECOND_CLAUSE = re.compile(rf",?\s+or\s+(?:else\s+)?(?:{AUXILIARY}|if|whether)\b\s*", re.IGNORECASE)
_OR = re.compile(r",?\s+or\s+(?:else\s+|rather\s+|instead\s+|alternatively\s+)?(?=\S)", re.IGNORECASE)
_COMMA_OR = re.compile(r",\s+(?:or\s+)?|\s+or\s+", re.IGNORECASE)
_SEMICOLON = re.compile(r";\s*(?:or\s+|and\s+)?", re.IGNORECASE)
_SLASH = re.compile(r"\s/\s")
_VS = re.compile(r"\s+(?:vs\.?|versus|v\.)\s+")
_CLAUSAL = re.compile(r"\b(?:is|was|were|whether|while|provides?|must)\b", re.IGNORECASE)
_DONE = re.compile(r"[\w-]+ed|kept|left|put|set|built|shown|made|run|split")
_REMARK = re.compile(r",\s(?:which|since|because|while|whereas|although)\b")
_EITHER = re.compile(r"\beither:?\s", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:decid\w+|choos\w+|choice|chose|pick)\s(?:\w+\s)?between\s(?P<one>[^,.]{1,80}?)\sand\s(?P<other>[^,.]{1,80})",
    re.IGNORECASE,
)
# What a question word is asked about: `where — in A or in B?`, `which is better, A or B?`
_NAMING = re.compile(r"(?:\s[—\u2013]|\s--?|:)\s(?=[^:]{0,300}?\bor\b)")
_TITLE = re.compile(r"^[^()]*(?::|\s[\u2014\u2013]|\s--?)\s(?=\S)")  # `What it is about: A vs B`
_EXAMPLES = re.compile(
    r"(?:for example|e\.g\.|i\.e\.|such as|like|see)\b|.*\b(?:how|what|which)\b", re.IGNORECASE
)
_LAST_COMMA = re.compile(r",\s(?=[^,]*\sor\s[^,]*$)")
# What follows an "or" that offers nothing.
_NO_CHOICE = re.compile(
    r"(?:not(?=\W*$)|other|others|so|more|less|any|similar|later|equivalent|even|anything|something|the like"
    r"|vice versa|higher|above|greater|fewer)\b",
    re.IGNORECASE,
)
_NOT_TWO = re.compile(r"\b(?:instead|rather than)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:we|it|they|this|that|these|those|I|you|one|users?|there|he|she)\s+", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:either|simply|just|instead|rather|that|whether|be|as(?=\s(?:an?|the)\b))\s+(?=\S)", re.IGNORECASE
)
# The verb of `whether it is kept`, `whether it needs …`.
_COPULAS = ("be", "is", "are", "means")
_TELLS = re.compile(rf"is|are|(?:{'|'.join(sorted(VERBS))})s")
_CONDITIONS = {"if", "when", "unless"}
_ADVERB = re.compile(r"always|never|also|still|\w{3,}ly", re.IGNORECASE)
_SAME_WAY = re.compile(
    r"\b(?:the same|this|that|the existing|existing|the current|current|the above|a similar)\s"
    r"(?:pattern|approach|way|behaviou?r|strategy|model|convention|style)s?\s\((?P<meant>[^()]{3,80})\)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s\((?P<aside>[^()]{2,200})\)$")
SHORT = 12  # words of a question that does without a verb
LONGEST = 800  # signs of a sentence that is still read for alternatives


def is_yes_no(sentence: str) -> bool:
    """Whether a question can be answered by yes or no."""
    clause = outside(_main_clause(sentence))
    return bool(_ASKED.match(clause) or _WHETHER.match(clause)) and not _WH.match(clause)


def _main_clause(sentence: str) -> str:
    """A question without the statement or the condition that opens it."""
    plain = outside(sentence)
    asks_at_once = _ASKED.match(plain) or _WH.match(plain)
    start = behind.end() if not asks_at_once and (behind := _BEHIND.search(plain)) else 0
    while opening := _OPENING.match(plain[start:]):
        start += opening.end()
    return sentence[start:]


def is_fragment(sentence: str) -> bool:
    """Whether a question does without a verb: `Raw text?`."""
    plain = outside(sentence)
    return len(plain.split()) <= SHORT and not _ASKED.match(plain) and not _WH.match(plain)


def alternatives(sentence: str) -> list[str]:
    """The alternatives that a sentence puts, in its words; none where it puts none."""
    if len(sentence) > LONGEST:
        return []
    text = _main_clause(sentence.strip().rstrip("?.: "))
    plain = outside(text)
    if asked := _ASKED.match(plain):
        should = re.match(r"(?:\w+ )?(?:should|shall|do we)\b", plain, re.IGNORECASE)
        return _divided(text[asked.end() :], strict=not should)
    if whether := _WHETHER.match(plain):
        return _divided(text[whether.end() :])
    if _WH.match(plain):
        return _named(text, plain)
    if re.split(r"[\s/]", plain, maxsplit=1)[0].lower() in VERBS and re.search(r",\s+or\s", plain):
        return _divided(text)
    return _fragment(text, plain) if sentence.rstrip().endswith("?") else []


def versus(text: str) -> list[str]:
    """The sides of `A vs B vs C`."""
    if len(text) > LONGEST:
        return []
    text = text.strip().rstrip("?.: ")
    plain = outside(text)
    told = _WH.match(plain) or _CLAUSAL.search(plain)  # a remark, in which "versus" parts no alternatives
    sides = [] if told or not _VS.search(plain) else _cut(text, plain, _VS)
    if sides:
        title = None if _TITLE.match(outside(sides[-1])) else _TITLE.match(outside(sides[0]))
        sides[0] = sides[0][title.end() if title else 0 :]
    if sides and ", " not in sides[0] and len(sides[0].split()) <= 3:  # `A vs B, and what else is to settle`
        comma = outside(sides[-1]).find(", ")
        sides[-1] = sides[-1][:comma] if comma > 0 else sides[-1]
    return [] if _ASKED.match(plain) else [tidy(side) for side in sides]


def listed(text: str) -> list[str]:
    """The members of `a, b, or c`, of `a; b; c` or of `a / b`."""
    text = text.strip().rstrip("?.: ")
    plain = outside(text)
    if ";" in plain:
        return [tidy(side) for side in _cut(text, plain, _SEMICOLON) if side]
    if _OR.search(plain) or plain.count(", ") >= 1:
        return [tidy(side) for side in _members(text, plain)]
    return [tidy(side) for side in _cut(text, plain, _SLASH)] if " / " in plain else []


def imperatives(text: str) -> list[str]:
    """The sides of a statement like `keep A or rename B`, or of one that says `either A or B`."""
    plain = outside(text)
    if either := _EITHER.search(plain):
        rest = text[either.end() : _remark(plain, either.end())].rstrip(".?: ")
        return listed(rest) if " or " in outside(rest) else []
    if between := _BETWEEN.search(plain):
        return [tidy(text[between.start(side) : between.end(side)]) for side in ("one", "other")]
    first = plain.split(" ", 1)[0].lower()
    if first.strip(",") in VERBS and len(plain.split()) <= 24:
        return _divided(text.rstrip(".?: "))
    return []


def _remark(plain: str, start: int) -> int:
    """Where a remark on the last alternative begins: `either A or B, which …`."""
    remark = _REMARK.search(plain, start)
    return remark.start() if remark else len(plain)


def tidy(label: str) -> str:
    """A label as it stands on a card: no leftover at its ends, an anaphor replaced by what it means."""
    label = re.sub(r"[,;]?\s+(?:or|and)$", "", label.strip(" ,;.").removesuffix("?").strip())
    label = re.sub(r"^(?:or|and|to)\s+", "", label, flags=re.IGNORECASE)
    while leading := _LEADING.match(label):
        label = label[leading.end() :]
    if same := _SAME_WAY.search(label):
        label = same["meant"]
    if not label[:1].isalpha() or _identifier(label.split()[0]):
        return label
    return label[0].upper() + label[1:]


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
    return [side for side in _cut(text, plain, _COMMA_OR) if side]


def _named(text: str, plain: str) -> list[str]:
    """The alternatives behind a question word: only those behind a colon, a dash or the last comma."""
    behind = _NAMING.search(plain)
    if behind is None and plain.lower().startswith("which"):
        behind = _LAST_COMMA.search(plain)
    if behind is None:
        return []
    rest = text[behind.end() :]
    return alternatives(rest) if _ASKED.match(rest) else listed(rest)


def _fragment(text: str, plain: str) -> list[str]:
    """The sides of `one node or many?`, a question without a verb; also behind what it is about."""
    behind = _NAMING.search(plain)
    if behind and len(plain[: behind.start()].split()) <= SHORT and not _EXAMPLES.match(plain, behind.end()):
        return _fragment(text[behind.end() :], plain[behind.end() :]) or _members_of(text[behind.end() :])
    ors = list(_OR.finditer(plain))
    acts = [part.split(" ", 1)[0].lower() in VERBS for part in (plain, plain[ors[-1].end() :])] if ors else []
    unfit = ors and _NO_CHOICE.match(plain[ors[-1].end() :]) and not plain[: ors[-1].start()].endswith(" now")
    if not ors or (len(plain.split()) > SHORT and not all(acts)) or unfit:
        return []
    return _divided(text) or listed(text)


def _members_of(text: str) -> list[str]:
    """The members of a list that commas and an "or" part."""
    return listed(text) if re.search(r",\s+or\s", outside(text)) else []


def _chooses(left: str, right: str, *, strict: bool) -> bool:
    """Whether an "or" without a comma parts what can be chosen, and not two names in one phrase.

    The text before it must hold a verb, or its subject is meant; and where a bare name follows, no phrase
    like "for A or B" may hold both. A question of fact must set "the A" against "the B".
    """
    words = [word.strip(",").lower() for word in outside(left).split()]
    verb = next((at for at, word in enumerate(words) if word in VERBS), None)
    if verb is None and not strict:
        verb = next((at for at, word in enumerate(words) if at and _TELLS.fullmatch(word)), None)
    if verb is None or _NOT_TWO.search(outside(right)):
        return False
    tail, first = words[verb + 1 :], right.split(" ", 1)[0].lower()
    if strict:
        return first in ARTICLES and tail[:1] == [first]
    if _CONDITIONS.intersection(words[1:]) and first not in VERBS:
        return False
    done = bool(_DONE.fullmatch(first)) and "be" in words
    acts = first in VERBS or first in PREPOSITIONS or first.endswith(("ly", "ing")) or first == "always"
    return done or acts or not (HOLDING.intersection(tail) or _share_article(tail, first))


def _share_article(tail: Sequence[str], first: str) -> bool:
    """Whether the name behind an "or" stands under the article before it: "a queue or list"."""
    articles = [at for at, word in enumerate(tail) if word in {"a", "an"}]
    plain = first.isalpha() and first not in DETERMINERS | {"only", "just"}
    return bool(articles) and plain and not PREPOSITIONS.intersection(tail[articles[-1] :])


def _predicate(clause: str) -> str:
    """A clause without the subject that it shares with the others."""
    plain = outside(clause)
    pronoun = _PRONOUN.match(plain)
    return (
        clause[pronoun.end() :]
        if pronoun
        else re.sub(r"(?<! to)(?<! not)(?<!might)(?<!may)(?<!can) be (?=\w+)", " ", clause, count=1)
    )


def _aligned(left: str, right: str) -> str:
    """The part of the left side that stands where the right side does."""
    plain = outside(left)
    words = plain.split(" ")
    first = right.split(" ", 1)[0].lower().strip(",`")
    if first in PREPOSITIONS:
        same = [at for at, word in enumerate(words) if word.lower() == first]
        any_one = [at for at, word in enumerate(words) if word.lower() in PREPOSITIONS and at > 0]
        if same or any_one:
            return _from(left, words, (same or any_one)[-1])
    for at, word in enumerate(words):
        if word.lower() in _COPULAS and at and at + 1 < len(words) and first not in VERBS:
            return _from(left, words, at + 1)
    verb = _verb_at(words)
    while verb and _ADVERB.fullmatch(words[verb - 1]):
        verb -= 1
    return _from(left, words, verb) if verb else _predicate(left)


def _verb_at(words: Sequence[str]) -> int:
    """Where the first verb stands that is no noun: none behind a determiner, the last one of a run."""
    low = [word.lower().strip(",") for word in words]
    verbs, named = list[int](), False
    for at, word in enumerate(low):
        named = bool(at) and (low[at - 1] in DETERMINERS or (named and low[at - 1] in VERBS))
        if word in VERBS and not named:
            verbs.append(at)
    return next((at for at in verbs if at + 1 not in verbs), 0)


def _from(left: str, words: Sequence[str], at: int) -> str:
    """The text from this word on; masking keeps lengths, so that words stand at the same places."""
    return left[sum(len(word) + 1 for word in words[:at]) :]


def _cut(text: str, plain: str, at: re.Pattern[str]) -> list[str]:
    sides, start = [], 0
    for match in at.finditer(plain):
        sides.append(text[start : match.start()].strip())
        start = match.end()
    return [*sides, text[start:].strip()]
