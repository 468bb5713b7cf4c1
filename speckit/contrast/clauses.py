"""A yes/no question taken apart, so that it can be said as a statement.

No grammar is parsed. Where the subject of a question ends is only said where words leave no doubt; anything
else stays a question, which is then quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from speckit.questions.vocabulary import ARTICLES, AUXILIARY, DETERMINERS, PREPOSITIONS, VERBS
from speckit.questions.wording import outside

WHETHER = re.compile(r"^whether\s(?P<subject>[^,;:]+?)\sshould\s(?P<predicate>\S.*)$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?:issue|gap|bug|problem|finding)\s#?\d+\s?(?:[—\u2013:]|--?(?=\s))\s*", re.IGNORECASE
)
# A condition or a circumstance in front of what asks, `For tmux, should …`.
_CASE = re.compile(
    r"(?P<case>(?:for|if|when|whenever|where|given|once|since|as|in|on|at|with|during|while|after|before|under"
    rf"|until|to|by|without)\b[^?;:]*?(?:,|\s[—\u2013])\s)(?={AUXILIARY}\s)",
    re.IGNORECASE,
)
# A statement in front of what asks, in the same sentence.
_CONTEXT = re.compile(
    rf"(?P<context>[^?]+?)(?:\s[—\u2013]\s|\s--?\s|[;:]\s|,\s(?:but|so|and)\s)(?={AUXILIARY}\s)",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"(?:and\s|or\s|so\s|but\s)?(?P<auxiliary>{AUXILIARY})\s", re.IGNORECASE)
DECIDED = frozenset(("should", "shall", "do", "does", "can", "could", "will", "would"))
_SUBORDINATE = re.compile(
    r"[,;:]|\b(?:when|if|because|while|before|after|since|so|who|what|how|where|whether)\b", re.IGNORECASE
)
_RELATIVE = re.compile(r"\b(?:that|which)\b", re.IGNORECASE)
ADVERB = (
    r"(?:always|never|ever|also|still|even|only|instead|then|simply|just"
    r"|(?!(?:app|supp|re|rep|mult|impl|comp|f|fami|ear)ly\b)\w{2,}ly)"
)
_ADVERB = re.compile(ADVERB, re.IGNORECASE)
_OMITTED = re.compile(r"(?:also|still|even)\s", re.IGNORECASE)  # adverbs that mean nothing behind "NOT"
_EMPHATIC = re.compile(r"^ever\s|\sat all\b", re.IGNORECASE)
_NEEDS = re.compile(r"(?P<verb>need|have|want)\sto\s(?:be\sable\sto\s)?(?:explicitly\s)?", re.IGNORECASE)
_NEED = re.compile(r"need\s(?!to\b)", re.IGNORECASE)
_STATE = re.compile(
    r"(?<!\bthe)(?<!\ban)(?<!\ba)\s(?=(?:still\s|really\s)?(?:needed|required|necessary|acceptable|worth|desirable|sufficient|enough|allowed"
    r"|impossible|possible|intentional|reliable|intended|planned)\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!\b(?:of|in|on|to))\s(?=(?:an?|the|in\sscope|part\sof)\s)", re.IGNORECASE)
_DONE = re.compile(
    rf"(?<!\bthe)(?<!\ban)(?<!\ba)\s(?={ADVERB}\s|been\s|being\s"
    rf"|\w+ed(?:$|\s(?:{'|'.join(sorted(PREPOSITIONS))}|to|{ADVERB}|elsewhere)\b))",
    re.IGNORECASE,
)
# Verbs that are no nouns: whatever follows them, they end a subject.
_SURE = """
accept add adopt affect allow appear apply assign avoid become bundle bypass capture cause combine
consider contribute convert create define degrade delegate deliver depend detect disable emit enable
ensure expand expose extract fire follow generate get give guard handle happen have hide identify
ignore implement include inform inherit integrate introduce invoke keep load maintain mean merge
migrate need omit own persist prefer preserve prevent provide read receive register reject rely
remain remove render replace require requires respect retain reuse send serve signal specify store
support survive switch treat try unify use validate write
"""
_ALWAYS = frozenset(_SURE.split())
_FOLLOWING = DETERMINERS | PREPOSITIONS | {*ARTICLES, "what", "which", "how", "whether"}
_VERBS = VERBS | _ALWAYS
_BACK = re.compile(
    r"\b(?:it|they|them|this|that|these|those|its|their|such|both|here|the same)\b", re.IGNORECASE
)
_POINTS = re.compile(
    r"\b(?:this|these|those|such|both|here)\b|\bthe same\b(?![^,]*\bas\b)|\bapply there\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"(?:we|it|they|this|that|these|those|each|users?|you)\s(?P<next>\S+)", re.IGNORECASE)
_PREFIXED = re.compile(r"(?:re|self|auto|pre|un|de|co)-(?P<verb>\w+)")
ADVERBS = re.compile(rf"(?:{ADVERB}\s)+", re.IGNORECASE)
LONGEST = 14  # words of a subject


@dataclass(frozen=True, slots=True)
class Clause:
    """`CASE, AUXILIARY SUBJECT PREDICATE?`; `context` is the statement in front of it."""

    context: str
    case: str
    auxiliary: str
    subject: str
    predicate: str

    @property
    def points_back(self) -> bool:
        """Whether it speaks of something by a pronoun whose noun it does not hold."""
        subject, case = outside(self.subject), outside(self.case)
        if _BACK.search(subject):
            return not case or bool(_POINTS.search(subject) and _POINTS.search(case))
        return bool(_POINTS.search(outside(self.predicate)))


def unnumbered(text: str) -> str:
    """A text without the number of the matter that it belongs to, `Issue 1 — `."""
    return _NUMBERED.sub("", text)


def read_clause(sentence: str) -> Clause | None:
    """Take a yes/no question apart; None where it is another kind of question, or words leave doubt."""
    text = unnumbered(sentence.strip()).rstrip("?. ")
    plain = outside(text)
    if whether := WHETHER.match(plain):  # says itself where its subject ends
        subject, predicate = (text[slice(*whether.span(name))] for name in ("subject", "predicate"))
        return Clause("", "", "should", subject, predicate)
    context, start = "", 0
    if not _ASKS.match(plain) and not _CASE.match(plain) and (led := _CONTEXT.match(plain)):
        context, start = text[: led.end("context")], led.end()
    case = _CASE.match(plain[start:])
    begin = start + (case.end("case") if case else 0)
    asks = _ASKS.match(plain[begin:])
    if asks is None:
        return None
    found = _divided(asks["auxiliary"].lower(), text[begin + asks.end() :])
    return found and replace(found, context=context, case=text[start:begin])


def statement(clause: Clause, *, negated: bool = False) -> str:
    """What a yes, or a no, to a question says."""
    subject, predicate, auxiliary = clause.subject, clause.predicate, clause.auxiliary
    will = "will NOT" if negated else "will"
    if negated:
        predicate = _OMITTED.sub("", predicate, count=1)
    if auxiliary not in DECIDED:
        will = f"{auxiliary} NOT" if negated else auxiliary
    elif needs := _NEEDS.match(predicate):
        predicate = predicate[needs.end() :]
    elif _NEED.match(predicate):
        third = auxiliary == "does"
        will = ("does NOT" if third else "do NOT") if negated else ""
        predicate = predicate if negated or not third else f"needs{predicate[4:]}"
    told = " ".join(filter(None, (clause.case + subject, will, _EMPHATIC.sub("", predicate))))
    return capital(told.strip()) + "."


def finding(clause: Clause, *, negated: bool = False) -> str:
    """What was found where a question asks how something is, or what it could or would do."""
    predicate, auxiliary = clause.predicate, clause.auxiliary
    if auxiliary == "could":
        auxiliary = "can"
    adverbs = match[0] if (match := ADVERBS.match(predicate)) else ""
    act, _, rest = predicate[len(adverbs) :].partition(" ")
    if negated:
        told = f"{auxiliary} NOT {_OMITTED.sub('', predicate, count=1)}"
    elif auxiliary == "does":
        told = f"{adverbs}{_third_person(act)} {rest}"
    else:
        there = clause.subject.lower() == "there"
        said = predicate.removeprefix("any ") if there else predicate
        told = said if auxiliary == "do" else f"{auxiliary} {said}"
    return capital(f"{clause.case}{clause.subject} {told.strip()}") + "."


def _third_person(verb: str) -> str:
    if verb in {"have", "be"}:
        return {"have": "has", "be": "is"}[verb]
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "ch", "sh", "o")) else f"{verb}s"


def capital(text: str) -> str:
    """A text that begins a sentence; what is written in a way of its own stays."""
    first = text.split(" ", 1)[0]
    own = any(sign.isupper() or sign.isdigit() or sign in "_./@`(" for sign in first[1:])
    return text if own or not text[:1].isalpha() else text[0].upper() + text[1:]


def verbal(word: str) -> bool:
    """Whether a word can be a verb, also behind a prefix as in "re-discover"."""
    if _ADVERB.fullmatch(word):
        return False
    return word in _VERBS or bool((known := _PREFIXED.fullmatch(word)) and known["verb"] in _VERBS)


def _divided(auxiliary: str, body: str) -> Clause | None:
    """The body of a question parted into subject and predicate."""
    plain = outside(body)
    if auxiliary not in DECIDED:
        return _described(auxiliary, body, plain)
    pronoun = re.match(
        r"(?:we|it|they|this|that|these|those|each|users?|you)\s(?P<next>\S+)", plain, re.IGNORECASE
    )
    if pronoun and (pronoun["next"].lower() in _VERBS | {"be"} or _ADVERB.fullmatch(pronoun["next"])):
        end = pronoun.start("next")
        return Clause("", "", auxiliary, body[: end - 1], body[end:])
    if plain.lower().startswith("there be "):
        return Clause("", "", auxiliary, body[:5], body[6:])
    at = _predicate_at(plain)
    if not at:
        return None
    return Clause("", "", auxiliary, body[:at].rstrip(), body[at:])


def _described(auxiliary: str, body: str, plain: str) -> Clause | None:
    """`Is SUBJECT needed`: what a subject is said to be."""
    if auxiliary in {"is", "are"} and plain.lower().startswith("there "):
        return Clause("", "", auxiliary, body[:5], body[6:])
    if auxiliary not in {"is", "are", "has", "have"}:
        return None
    state = _STATE.search(plain) or _DONE.search(plain) or _NAMED.search(plain)
    if state is None or not state.start() or _SUBORDINATE.search(plain[: state.start()]):
        return None
    return Clause("", "", auxiliary, body[: state.start()], body[state.end() :])


def _predicate_at(plain: str) -> int:
    """Where the predicate begins, with its adverbs; 0 where no word surely begins it."""
    spans = [(match.start(), match[0].strip(",")) for match in re.finditer(r"\S+", plain)]
    words = [word for _, word in spans]
    passive = _passive_at(words)
    for at in range(1, min(len(words), LONGEST + 1)):
        held = plain[: spans[at][0]]
        if _SUBORDINATE.search(held) or (words[at] == "and" and words[at - 1] in _ALWAYS):
            return 0
        acts = words[at] in _ALWAYS and " ".join(words[at + 1 : at + 2]) in DETERMINERS
        sure = acts or not passive or at > passive
        if at == passive or (sure and not _RELATIVE.search(held) and _is_verb(words, at)):
            adverbs = takewhile(_ADVERB.fullmatch, reversed(words[1:at]))
            return spans[at - len(list(adverbs))][0]
    return 0


def _passive_at(words: Sequence[str]) -> int:
    """Where a "be" stands that is no infinitive; 0 where none does."""
    places = (at for at, word in enumerate(words) if word == "be" and at)
    return next((at for at in places if words[at - 1] not in {"to", "and", "or"}), 0)


def _acts_later(words: Sequence[str]) -> bool:
    """Whether a verb follows to which all before it is the subject: "the `x` call in `y` then starts"."""
    pairs = pairwise(words)
    return any(
        verbal(word) and (_ADVERB.fullmatch(one) or one.endswith(("`", ")", '"'))) for one, word in pairs
    )


def _is_verb(words: Sequence[str], at: int) -> bool:
    """Whether a word is the verb of a question, and no noun in its subject."""
    word, before, after = words[at], words[at - 1], words[at + 1] if at + 1 < len(words) else ""
    if not verbal(word) or before in DETERMINERS or before in ARTICLES or before in PREPOSITIONS:
        return False
    if before in {"and", "or", "of", "for", "not"} or before.endswith(("'s", "\u2019s")):
        return False
    if before.endswith("ing") and word not in _ALWAYS:
        return False
    sure = word in _ALWAYS or before.endswith(("`", ")", "s")) or _ADVERB.fullmatch(before)
    if after in _ALWAYS or (after in _VERBS and not after.endswith("s") and word not in _ALWAYS):
        return False
    if word not in _ALWAYS and after in PREPOSITIONS and _acts_later(words[at + 1 :]):
        return False
    follows = (
        not after
        or after in {"what", "which", "how", "whether"}
        or after in DETERMINERS
        or after in ARTICLES
        or after in PREPOSITIONS
    )
    object_ = after.startswith(("`", '"', "“")) or after[:1].isupper() or after.endswith(("ly", "ing"))
    rest = takewhile(lambda one: one not in PREPOSITIONS, words[at + 1 :])
    several = after.endswith("s") and not any(one == "be" or verbal(one) for one in rest)
    return bool(sure or follows or object_ or several)
