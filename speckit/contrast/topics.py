"""What a question is called: its lead-in, or the noun phrase that it is asked about."""

from __future__ import annotations

import re

from speckit.contrast.clauses import ADVERB, Clause, capital, read_clause, unnumbered
from speckit.model import Question
from speckit.questions.vocabulary import ARTICLES, AUXILIARY, DETERMINERS, PREPOSITIONS, VERBS
from speckit.questions.wording import asks, outside, sentences

TOPIC = 8  # words
SHORT = 3  # words of a subject that is told with its object

SHOULD = re.compile(r"\bshould\b|\bshouldn't\b", re.IGNORECASE)
_CASE = re.compile(r"(?:for|in|on)\s(?:the\s)?(?P<scope>[^,?\d]{1,40}),\s", re.IGNORECASE)
_WH = re.compile(
    r"(?:(?:under|in|at|on|for|to|from|by)\s(?=which\b|what\b))?(?:what(?:\sif)?|which|who|where|when|why|how|whether)"
    r"(?:['\u2019]s|\s(?:often|much of|many|long|deep))?\s+",
    re.IGNORECASE,
)
_TO_CHOOSE = re.compile(
    r"\b(?:confirm|determine|decide|settle)\s(?:which|what)\s(?P<what>[^,.;?]+?)\s(?:should|documents(?=\s(?:how|that|the)\b)|is|are|will)\b",
    re.IGNORECASE,
)
# What asks, behind the question word or without one.
_ASKING = re.compile(
    rf"(?:(?:{AUXILIARY}|about|happens?(?:\s(?:with|to|when|if))?)\s+)+(?:there\s+(?:be\s+)?)?", re.IGNORECASE
)
_AUXILIARY = re.compile(rf"{AUXILIARY}\s", re.IGNORECASE)
_TO_ACT = re.compile(r"(?:to|do\swe|can\swe|should\swe|will\swe)\s+(?:best\s+)?\w+\s+", re.IGNORECASE)
# Where what is said of a subject begins.
_THIRD = "|".join(f"{verb[:-1]}ies" if verb.endswith("y") else f"{verb}e?s" for verb in sorted(VERBS))
_BEHIND = "|".join(sorted((DETERMINERS | PREPOSITIONS) - {"that", "over"}))
_FINITE = re.compile(
    r"(?<=[\w`)”\"])\s(?:means|carries|requires|supports|provides|differs|remains|is|are|was|were|has|have|had|does|do|did|can|could|will|would|may|might|must|cannot|needs|still|already"
    r"|currently|mention|describe|states?|references|indicates?|intended|supposed"
    rf"|(?:{_THIRD})(?=\s(?:(?:{_BEHIND}|to)\b|`|\"|\d)))\b",
    re.IGNORECASE,
)
# The same behind "is" and "are", which are moved to the front.
_SAID = re.compile(
    r"(?<=[\w`)”\"])\s(?:\w{3,}ly|\w{4,}ing(?!\s\w+ed\b)|\w{3,}ed|sent|kept|shown|left|built|made|given|intentional|possible|reliable|acceptable|sufficient|visible|gated"
    r"|an?|the|in|on|at|not|still|also|where|that|which|when)\b",
    re.IGNORECASE,
)
_OF_THERE = re.compile(r"\s(?:where|that|which|when|if)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    rf"[,;:?—\u2013]|\sand\s(?={'|'.join(sorted(VERBS))}\b)|\s(?:where|that|which|when|if|because|while|so|instead|or|by|without|before|after|during|via"
    r"|vs|inside|beyond|alongside|as|to|in)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"[,;:?—\u2013]|\sand\s(?={'|'.join(sorted(VERBS))}\b)|\s(?:where|that|which|when|if|because|while|or)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s\([^()]*\)")
_TOKEN = re.compile(r"`[^`]*`\S*|\([^()]*\)\S*|\S+")
_LOOSE = PREPOSITIONS | DETERMINERS | frozenset(ARTICLES)
_LOOSE |= {
    "and",
    "or",
    "of",
    "but",
    "which",
    "also",
    "be",
    "is",
    "are",
    "not",
    "whose",
    "who",
    "can",
    "will",
    "may",
    "must",
}
_ENDS = PREPOSITIONS | {"of", "and", "or", "that", "which", "to", "vs"}
_ARTICLE = re.compile(r"^(?:the|an?|any|some|its|their|our|this|these|that)\s+(?=\S)", re.IGNORECASE)
_INTO = re.compile(r"be\s(?:\w+ly\s)?[\w-]+\s(?:up\s)?(?:to|from|in|into|with|as)\s", re.IGNORECASE)
_ADVERBS = re.compile(rf"(?:{ADVERB}\s)+", re.IGNORECASE)
_ACT = re.compile(r"(?:(?:need|have)\sto\s(?:\w+ly\s)?)?[\w-]+\s", re.IGNORECASE)
_PRONOUNS = frozenset(
    ("we", "there", "users", "user", "you", "each", "it", "this", "that", "they", "these", "those")
)
_NO_NOUN = VERBS | {"be", "aware", "more", "it", "them", "only", "both", "all", "part"}


def topic_of(question: Question) -> str:
    """The bold lead-in of a question, or the subject and object of what it asks, never what it says."""
    topic = question.topic.strip(" .:*")
    if topic and not SHOULD.search(topic):
        return topic
    text = " ".join((topic or question.text).split())
    named = _named(unnumbered(text), rivals=bool(question.options))
    if " " not in named and not asks(text) and not SHOULD.search(text):
        named = _phrase(unnumbered(text))  # what a statement says tells more than the one word it begins with
    return named if named and not SHOULD.search(named) else _phrase(" ".join(SHOULD.sub(" ", text).split()))


def lead_of(question: Question) -> str:
    """The topic as it stands before what is said of it."""
    return f"**{topic_of(question)}.**"


def _named(text: str, *, rivals: bool) -> str:
    """What a text is about, in at most `TOPIC` words; `rivals`: its object may be an option."""
    sentence = next((one for one in sentences(text) if asks(one)), text)
    if choice := _TO_CHOOSE.search(outside(sentence)):
        return _phrase(sentence[choice.start("what") : choice.end("what")])
    if not sentence.endswith("?"):
        sentence = SHOULD.split(sentence)[0]
    sentence = _ASIDE.sub("", sentence)
    scope = ""
    if case := _CASE.match(outside(sentence)):
        scope = sentence[case.start("scope") : case.end("scope")]
    first = re.split(rf",?\sor\s(?={AUXILIARY}\s)", sentence, maxsplit=1)[0]
    clause = read_clause(first)
    name = _of_clause(clause) if clause else _of_words(sentence)
    if clause and rivals and first == sentence and clause.subject.casefold() not in _PRONOUNS:
        name = clause.subject
    if scope and name and len(_TOKEN.findall(f"{scope} {name}")) <= TOPIC:
        return capital(f"{scope}: {_ARTICLE.sub('', name)}")
    if not name and (before := sentences(text)[0]) != sentence:
        name = _of_words(before)
    return _phrase(name)


def _of_clause(clause: Clause) -> str:
    """The subject of a yes/no question, with its object where it is short."""
    subject, thing = _ARTICLE.sub("", clause.subject), _object(clause.predicate)
    if subject.casefold() == "there":
        return _OF_THERE.split(_ARTICLE.sub("", clause.predicate.removeprefix("be ")))[0]
    if subject.casefold() in _PRONOUNS:
        return _object(clause.predicate, _PART)
    short = (
        not clause.case and len(_TOKEN.findall(subject)) <= SHORT and clause.auxiliary not in {"is", "are"}
    )
    return f"{subject}: {thing}" if short and thing else subject


def _object(predicate: str, ends: re.Pattern[str] = _CLAUSE) -> str:
    """The noun phrase that a verb acts on; empty where none stands right behind it."""
    predicate = _ADVERBS.sub("", predicate, count=1) if _ADVERBS.match(predicate) else predicate
    act = (_INTO if predicate.startswith("be ") else _ACT).match(outside(predicate))
    if act is None:
        return ""
    rest = _ARTICLE.sub("", predicate[act.end() :].strip())
    cut = ends.search(outside(rest))
    words = _TOKEN.findall(rest[: cut.start()] if cut else rest)[: TOPIC - 1]
    found = " ".join(words[:-1] if words and _ADVERBS.match(f"{words[-1]} ") else words)
    first = found.split(" ", 1)[0].lower()
    return "" if not found or first in _LOOSE | _NO_NOUN or _ADVERBS.match(f"{first} ") else found


def _of_words(sentence: str) -> str:
    """What a question of another kind, or a statement, is about."""
    text = sentence.rstrip("?. ")
    if case := _CASE.match(outside(text)):
        text = text[case.end() :]
    wh = _WH.match(outside(text))
    rest = text[wh.end() :] if wh else text
    if wh and (act := _TO_ACT.match(outside(rest))):
        return rest[act.end() :]
    named = wh and re.match(r"(?:is|are|was|were)\b|if\b", rest, re.IGNORECASE)
    if wh and wh[0].lower().startswith(("which", "what")) and not _AUXILIARY.match(rest):
        named = wh
    if wh and not named and (clause := read_clause(rest) or read_clause(f"do {rest}")):
        return _of_clause(clause)
    asking = _ASKING.match(outside(rest))
    if asking is None:
        cuts = _FINITE
    elif "there" in asking[0].lower() or (wh and re.match(r"(?:is|are)\b", asking[0], re.IGNORECASE)):
        cuts = _OF_THERE
    else:
        cuts = _SAID if re.match(r"(?:is|are|was|were)\b", asking[0], re.IGNORECASE) and not wh else _FINITE
    rest = _ARTICLE.sub("", rest[asking.end() :] if asking else rest)
    cut = cuts.search(outside(rest))
    return rest[: cut.start()] if cut else rest


def _phrase(text: str, most: int = TOPIC) -> str:
    """The first words of a text, ended where a phrase ends."""
    words = _TOKEN.findall(_ARTICLE.sub("", text.strip().rstrip("?. ")))
    kept = words[:most]
    if len(kept) < len(words):
        ends = [at for at, word in enumerate(kept) if at > 1 and word.lower() in _ENDS]
        kept = kept[: ends[-1]] if ends else kept
    while len(kept) > 1 and _dangles(kept):
        kept.pop()
    return capital(" ".join(kept).rstrip(" ,;:—(.")) if kept else ""


def _dangles(words: list[str]) -> bool:
    """Whether words end within a phrase: behind a preposition, an article or a bracket that stays open."""
    last = words[-1].lower().strip(",;:")
    text = " ".join(words)
    return last in _LOOSE or text.count("(") > text.count(")") or text.count('"') % 2 == 1
