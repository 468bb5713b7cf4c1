"""What a text says about its question: the answer it gives, and what it recommends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from speckit.questions.entry import Entry, Note
from speckit.questions.identity import normalised
from speckit.questions.offer import read_offer
from speckit.questions.vocabulary import AUXILIARY, HOLDING, PREPOSITIONS, VERBS
from speckit.questions.wording import Lead, asks, masked, one_line, sentences, unmarked

Said = Literal["asked", "answer", "recommendation", "options", "alternative", "about"]

_WORDS: dict[Said, str] = {
    "asked": r"(?:open )?question|what(?:['\u2019]s| is) (?:still )?(?:unclear|unknown|open|missing)|unclear",
    "answer": r"(?:final |updated |actual |largely |partially |partly |effectively )?"
    r"(?:resolved|resolution|decision|decided|answer(?:ed)?|outcome|conclusion|settled|agreed|verdict|ruling"
    r"|investigated|chosen)|the research answers|a\d{0,2}(?=\*{0,2}\s?:)",
    "recommendation": r"(?:current |initial |our |my |spec )?"
    r"(?:recommend(?:ation|ed)?|propos(?:al|ed)|suggest(?:ion|ed)?|preference|preferred|leaning|lean"
    r"|thinking|inclination)(?: (?:answer|approach|resolution|default|solution|option|position|direction))?"
    r"|default(?: (?:position|answer|choice|proposal))?|working assumption|strawman"
    r"|tentative(?:ly)?(?: \w+)?",
    "options": r"(?:possible |candidate |the )?(?:options?|alternatives|choices|candidates|possibilities)"
    r"(?: (?:include|are|considered|to consider|would be))?|(?:one|possible) (?:approach|option|way)",
    "alternative": r"alternative(?: \d)?",
    "about": r"current(?: \w+){0,2}|impact|context|rationale|reason|background|trade-?offs?|notes?|owner|risk"
    r"|status|related|ref|references?|see|source|pros?|cons?|why|evidence|next steps?|action|because"
    r"|rejected|later",
}
# A cue where a clause may start, bold or bare, with what is in parentheses behind it, and a colon or dash.
_CUE = re.compile(
    r"(?:^|(?<=[.?!~:)*_;(\]→✅—] )|(?<=-> )|(?<=-- )|(?<=[(]))(?P<open>[*_✅]{0,4} ?)"
    r"(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
    + r")\b(?P<more>(?: \([^()]{0,80}\)| (?:by|in|for|as of|at|via) [^.:;!?*]{1,60})?)"
    r"(?P<close>[*_]{0,3}\s?(?::|—|\u2013|--?(?= )|→)[*_]{0,3}|\.?[*_]{2,3}(?: \([^()]{0,40}\):|[.:])?)\s?",
    re.IGNORECASE,
)
# `Leaning yes`, `lean towards A`: a recommendation that no colon announces.
_LEANING = re.compile(
    r"(?:^|(?<=[.?!;:\u2014\u2013] )|(?<=\())[*_]{0,2}(?:[Ll]eaning|lean|Lean(?= (?:towards?|yes|no)\b))"
    r"(?: towards?)?[*_]{0,2} (?!to\b|:)"
)
# `**No.**`, `Yes — …` right behind a question.
_VERDICT = re.compile(
    r"^(?:→|->|—|\u2013|-)?\s*(?:\*\*)?(?:yes|no|yep|nope)\b(?=[\s*]*(?:[.,;:!—\u2013*]|-\s|$))",
    re.IGNORECASE,
)
_BOLD_VERDICT = re.compile(r"(?:^|\?~{0,2}\s+)(?:→\s*|->\s*)?\*\*(?P<verdict>[^*]{1,160})\*\*")
_SETTLED_MARK = re.compile(
    r"(?:\(|(?:^|[.?!~]\s)[*_](?![*_]))\s?(?:largely |now )?(?:resolved|answered|decided|settled)\b"
    r"(?! (?:later|in a|by the implement))"
    r"|(?-i:\*\*(?:Confirmed|Resolved|Answered|Decided|Settled|Investigated)\b)"
    r"|\*\*(?:confirmed|resolved|answered|decided|settled|investigated)\b"
    r"(?=[^*]{0,60}(?:[:.]\*\*|\*\*\s*(?:[:.(\u2014\u2013-]|$)))"
    r"|(?:✅|✔|☑)|(?-i:\bRESOLVED\b)",
    re.IGNORECASE,
)
_SETTLED_BEHIND = re.compile(
    r"[\u2014\u2013-]\s(?:now |already |largely )?(?:resolved|answered|decided|settled|measured)\b(?!\?)"
    r"|\bthe answer is\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"^status: .{0,4}\b(?:resolved|answered|decided|closed|done|settled|agreed|accepted)\b", re.IGNORECASE
)
_UNSETTLED = re.compile(
    r"\b(?:not (?:yet )?(?:resolved|decided|answered)|to be (?:resolved|decided|answered)|unresolved"
    r"|undecided)\b",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"\b(?:(?:research|spec|plan|design|draft|document|report|rfc|proposal|author|team|i|we)\s(?:\w+ly\s)?"
    r"(?:recommends?|proposes?|suggests?|prefers?|leans?(?: towards?)?|favou?rs?)"
    r"|i(?:'d| would) (?:recommend|propose|suggest|prefer)"
    r"|^\(?(?:recommend|suggest|propose|prefer|leaning(?: towards?)?|lean towards?|tentatively))"
    r"\s(?:that we\s|that\s|to\s)?(?P<what>[^\n]+)",
    re.IGNORECASE,
)
_RECOMMENDS_SIGN = re.compile(
    r"\brecommend(?:s|ed)? (?P<what>(?:option|approach) \(?[a-h1-9]\b\)?)", re.IGNORECASE
)
_CONSIDER = re.compile(r"(?:^|, )(?:consider|start with) (?P<what>\w+ing\s[^\n]+)", re.IGNORECASE)
_DEFAULT = re.compile(r"^default\s(?P<what>[`\d\"'][^\n]*)", re.IGNORECASE)
_IS_RECOMMENDED = re.compile(
    r"^(?P<what>[^\n]{2,120}?) (?:is|seems|would be) (?:the )?(?:recommended|preferred|best)\b", re.IGNORECASE
)
_OUGHT = re.compile(
    r"^\(?(?!(?:it|this|that|they|there)\b)(?:[\w`-]+\s){1,5}should\s(?!be\s(?:considered|investigated|noted))[^?]+$",
    re.IGNORECASE,
)
# A proposal without a clause, `With an offset.`, `Define its fields.`, that is no way of finding out.
_FINDS_OUT = {"ask", "check", "explore", "identify", "test", "validate", "verify", "wait", "read", "see"}
_MEANS = re.compile(
    rf"(?:with|via|by|through|using|(?:consider|{'|'.join(sorted(VERBS - _FINDS_OUT))})"
    rf"(?!\s(?:{'|'.join(sorted(PREPOSITIONS | HOLDING))})\b))\s"
    rf"(?!.*\b{AUXILIARY}\b)[^,;:?]{{2,80}}$",
    re.IGNORECASE,
)
_BY_SIGN = re.compile(
    r"(?:(?:use|go with|start with|choose|pick|take|adopt|prefer) )?"
    r"(?:(?:option|approach|alternative|solution)\s\(?(?=\w\b)|\((?=\w\))|(?=(?-i:[A-H])(?:\s?[(:;.,—\u2013]|\s-\s|$)))"
    r"(?P<sign>[a-i1-9])",
    re.IGNORECASE,
)
# Where a recommendation ends and its reason begins.
_REASON = re.compile(
    r"\s(?:for|because|since|as it|to keep|rather than|instead of)\s|[;,]\s|\s[—\u2013]\s|\.\s"
)
_REJECTS = re.compile(r"\b(?:rather|instead|not|over|than|unlike|vs)\b", re.IGNORECASE)
# A yes or no with nothing behind it but its reason.
VERDICT = re.compile(
    r"(?P<verdict>yes|no)(?:\.?$|\.\s|\s?[(;—\u2013]|,\s(?:it|this|that|they|as|because|since|for)\b)",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"^(?:yes|no)\b.*\b(?:but|if|unless|only|when|likely|optional(?:ly)?|initially|defer(?:red)?)\b",
    re.IGNORECASE,
)


WHETHER = re.compile(r"\bwhether\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a text and what it is about its question; `cue` is the word that says so."""

    said: Said
    text: str
    cue: str = ""
    note: Note | None = None


def parts(text: str, note: Note | None = None) -> list[Part]:
    """Cut a text at the words that announce an answer, a recommendation, options or circumstances."""
    found: list[Part] = []
    said: Said = "asked"
    start, cue = 0, ""
    text = _LEANING.sub("Leaning: ", text)
    plain = masked(text)
    for match in _CUE.finditer(plain):
        if plain[: match.start()].endswith("(") and match["recommendation"] and ":" not in match["close"]:
            continue  # `(recommended — why)` belongs to the option before it
        found.append(Part(said, text[start : match.start()].strip(" \u2014\u2013"), cue, note))
        said = next(name for name in _WORDS if match[name])
        start, cue = match.end(), text[match.start() : match.end()]
    found.append(Part(said, text[start:].strip(), cue, note))
    return [part for part in found if part.text or part.cue]


def puts(part: Part) -> bool:
    """Whether a note puts the question that a bare title stands for: `What's unclear: whether …`."""
    return bool(
        part.note
        and part.said == "asked"
        and part.cue
        and (asks(part.text) or WHETHER.search(masked(part.text)))
    )


def answer_of(entry: Entry, lead: Lead, told: Sequence[Part]) -> str | None:
    """The answer that an entry gives itself.

    Returns:
        Its words; empty if it is called resolved without saying how; None while it is open.
    """
    given = [part for part in told if part.said == "answer" and _decides(part.text)]
    replies = [note.text for note in entry.notes if note.kind == "reply"] if lead.checked is not None else []
    chosen = [_chosen(note.text) for note in entry.notes if _chosen(note.text)]
    verdict = _verdict(lead, told)
    said = masked(f"{lead.topic} {lead.body}")
    marked = (
        _SETTLED_MARK.search(said)
        or _SETTLED_BEHIND.search(said)
        or any(_STATUS.match(note.text) for note in entry.notes)
    )
    done = lead.ticked or lead.struck or (entry.settled and lead.checked is None)
    if not (given or replies or chosen or verdict or marked or done):
        return None
    if _UNSETTLED.search(lead.body) and not (given or lead.ticked):
        return None
    words = [part.text for part in given] + chosen + [verdict] + replies + [_rest(told)]
    words += [part.text for part in told if part.note and lead.struck]
    return next((brief(text) for text in words if brief(text)), "")


def brief(text: str) -> str:
    """The first sentence of a text, and the next ones while it is a word or two."""
    taken = ""
    for sentence in sentences(one_line(unmarked(text))):
        taken = f"{taken} {sentence}".strip()
        if len(taken.split()) > 3:
            break
    return _closed(taken)


def _closed(text: str) -> str:
    """A text cut out of parentheses, without the sign that closed them and the marks that hang on."""
    if text.count(")") > text.count("("):
        head, _, tail = text.rpartition(")")
        text = head if not tail.strip(" .*_:") else f"{head}{tail}"
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    if text.startswith("“") and text.endswith("”"):
        text = text[1:-1]
    return text.strip(" *_~→\u2014\u2013").removesuffix(":")


def _decides(text: str) -> bool:
    return not re.match(r"\W*(?:tbd|pending|open|none|deferred|not yet|to be)\b", text, re.IGNORECASE)


def _chosen(note: str) -> str:
    ticked = re.match(r"\[[xX]\]\s+(?P<label>.+)", note, re.DOTALL)
    return read_offer(ticked["label"]).label if ticked else ""


def _verdict(lead: Lead, told: Sequence[Part]) -> str:
    """A yes or no, or bold words, right behind the question."""
    asked = told[0].text if told and told[0].said == "asked" and told[0].note is None else ""
    if asks(lead.topic):
        after = asked
    else:
        said = sentences(asked)
        last = max((at for at, sentence in enumerate(said) if asks(sentence)), default=None)
        after = " ".join(said[last + 1 :]) if last is not None else ""
    after = after.lstrip("~ ")
    if _VERDICT.match(after):
        return after
    bold = _BOLD_VERDICT.match(after)
    return bold["verdict"] if bold and _VERDICT.match(bold["verdict"]) else ""


def _rest(told: Sequence[Part]) -> str:
    """What an entry that is called resolved says besides its question."""
    body = " ".join(part.text for part in told if part.note is None and part.said == "asked")
    said = [sentence for sentence in sentences(body) if not asks(sentence) and "~~" not in sentence]
    return " ".join(said)


def recommendation_of(lead: Lead, told: Sequence[Part]) -> str | None:
    """What a text recommends, in its words."""
    for part in told:
        if part.said == "recommendation" and part.text:
            named = _RECOMMENDS_SIGN.search(part.text)
            return named["what"] if named else brief(part.text) or None
    asked = asks(lead.topic)
    for part in told:
        for sentence in sentences(part.text) if part.said in {"asked", "about"} else ():
            if found := _recommended(sentence, behind=asked):
                return found
            if asked and part.note is None and part.said == "asked" and _MEANS.match(masked(sentence)):
                return brief(sentence.removesuffix("."))
            asked = asked or asks(sentence)
    return None


def _recommended(sentence: str, *, behind: bool) -> str | None:
    """What a sentence recommends; "should", yes and no count only in parentheses behind the question."""
    aside = re.fullmatch(r"\((.+)\)[.]?", sentence)
    for clause in sentences(aside[1]) if aside else [sentence]:
        plain = masked(clause)
        if asks(clause):
            continue
        for pattern in (_RECOMMENDS, _CONSIDER, _DEFAULT, _IS_RECOMMENDED):
            if match := pattern.search(plain):
                told = brief(clause[match.start("what") : match.end("what")].removesuffix("."))
                return f"{told[:1].upper()}{told[1:]}" if pattern is _CONSIDER else told or None
        if aside and behind and (_OUGHT.match(plain) or _VERDICT.match(plain)):
            return brief(clause.removesuffix("."))
    return None


def agreeing(recommended: str, labels: Sequence[str]) -> str | None:
    """The one label whose words a recommendation repeats, if there is exactly one and it is not hedged."""
    named = _BY_SIGN.match(recommended)
    if named:
        at = "abcdefghi123456789".find(named["sign"].lower()) % 9
        return labels[at] if at < len(labels) else None
    head = _REASON.split(recommended, maxsplit=1)[0]
    for words in (_words(recommended), _words(head)):
        exact = [label for label in labels if _words(label) == words]
        if exact:
            return exact[0]
    rest = recommended[len(head) :]
    if not _REJECTS.search(rest) and any(_words(label) and _words(label) <= _words(rest) for label in labels):
        return None  # it takes one for this and another for that
    held = [label for label in labels if _words(label) and _words(label) <= _words(head)]
    if len(held) == 1:
        return held[0]
    if held:
        return None
    holding = [label for label in labels if _words(head) and _words(head) <= _words(label)]
    return holding[0] if len(holding) == 1 else None


def _words(text: str) -> set[str]:
    bare = re.sub(r"\([^()]*\)", " ", normalised(text))
    return set(re.findall(r"[\w./@+-]*\w", bare)) - {
        "the",
        "a",
        "an",
        "to",
        "be",
        "use",
        "in",
        "on",
        "it",
        "for",
        "with",
    }
