"""Reading a question's markdown: what is code and what is prose, sentences, its lead-in and its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]*\1(?!`)")
_URL = re.compile(r"\]\([^()\s]*\)")
_QUOTED = re.compile(r"\"[^\"\n]{1,120}\"|“[^“”\n]{1,120}”")
_FENCED = re.compile(r"<<\[/?UNRESOLVED[^<>\[\]]{0,200}\]>>")  # as Kubernetes marks what is open
_BRACKET = re.compile(r"[()]")
_EMPHASIS = re.compile(r"\*{2,3}|~~|(?<!\w)__|__(?!\w)")
_SLANTED = re.compile(r"([*_])([^*_]+)\1")
_COMMENT = re.compile(r"<!--[^<>]{0,400}-->")
_ID = re.compile(r"<!--\s{0,9}(q[0-9a-f]{8})\s{0,9}-->")
# `[x.md:12-14](../research/x.md#L12-L14)`, as specs cite, and the sections an answer wrote into.
_CITED = re.compile(r"\s?\[[^\[\]\s]{1,200}:\d+(?:-\d+)?\]\([^()\s]{0,300}\)(?:,(?= \[))?")
_WRITTEN = re.compile(r" (?:→|->) \d+(?:\.\d+)*(?:, \d+(?:\.\d+)*)*\s*$")
_BOX = re.compile(r"^\[(?P<box>[ xX])\]\s+")
_TICK = re.compile(r"^(?:[✅☑✔]\ufe0f?)\s*")
_EMOJI = re.compile(r"^[^\w\s`*~\[\](){}<>\"'@#/.$“\u2018&-]\ufe0f?\s+")
# `[OWNER: Sam]`, `[Affects R2][Technical]`: what the text is filed under; no link, and no word of the text.
_TAGS = re.compile(r"^(?:\[(?=[A-Z\d])[^\[\]`]{1,80}\](?:(?=\[[A-Z\d])|(?![(\[])\s*[:-]?\s*))+(?=\S)")
# `Q1`, `OQ-2:`, `Q-005-01`, `Question 3.`: a label that says nothing.
_LABEL = re.compile(
    r"^\*\*Q(?:uestion)?\*\*\s?:\s*"
    r"|^(?:O?Q|Question|Open Question)(?:[\s#-]?\d+(?:[.-]\d+)*[a-z]?\b|(?=:))\s*"
    r"(?:[:.)—\u2013]|--?(?=\s))?\s*",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^~{0,2}(?:(?:\*\*|__)(?P<bold>[^\n]{1,400}?)(?:\*\*|__)~{0,2}"
    r"|\*(?P<slanted>[^*\n]{1,120})\*(?=:)|\*(?P<ended>[^*\n]{1,120}:)\*)"
)
_MARKED = re.compile(
    r"^\[(?:needs clarification|tbd|open|unclear)\s?[:\u2013\u2014-]\s?(?P<text>[^\[\]]+)\]", re.IGNORECASE
)
_WRAPPED = re.compile(r"^\[(?P<text>[^\[\]]+)\]\([^()\s]*\)(?P<end>[?.]?)$")
# What the kit writes behind an item of a spec.
_NOTED = re.compile(r"\s?\*\((?:provisional|to settle)\)\*")
# `**Q1** *(resolved — how)*:`
_SETTLED = re.compile(
    r"^(?P<topic>(?:\*\*[^*]{1,200}\*\*)?\s?)\*?\((?:resolved|decided|answered)\s?[—\u2013:-]\s?(?P<how>[^()]{1,200})\)\*?:?\s?",
    re.IGNORECASE,
)
_RESOLVED = re.compile(r"\s*\((?:resolved|answered|decided|closed)\b[^()]{0,80}\)\s*:?$", re.IGNORECASE)
_DONE = re.compile(r"^[^?]{0,200}\((?:resolved|answered|decided|closed)\)", re.IGNORECASE)
_ANSWERED = re.compile(
    r"(?P<asked>[^?]+\?)\s(?P<said>[\u2014\u2013(-][^?]+)$"
)  # `**Is it so? — measured, yes.**`
# A lead-in that tells what follows, not what it is about.
_SAYS_SO = re.compile(
    r"q|decision|decided|resolved|resolution|answer|question|recommendation|options?|todo|note", re.IGNORECASE
)
_PLAIN = re.compile(r"^(?P<topic>[A-Z`][^.?!:;]{2,60}):\s+(?=\S)")
_JOINT = re.compile(r"^[\s*]*(?:\([^()]{1,60}\)(?=:))?(?:[:.—\u2013]|--?(?=\s)|→)?\s*")
# Where a sentence ends: after `?` always, after a stop only where the next one starts like a sentence.
_SENTENCE = re.compile(
    r"(?<=\?)[\"”'*_~)\]]*\s+"
    r"|(?<=[.!])(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bcf\.)[\"”'*_~)\]]*\s+(?=[\"“'*_~(\[]*[A-Z`→✅\d])"
    r"|(?<=[.!?]\*\*)\s+|(?<=[.!]\))\s+"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The lines that ask. `checked` is the box, if there is one; `ticked` any mark that says it is done."""

    id: str
    checked: bool | None
    ticked: bool
    struck: bool
    topic: str
    body: str


@lru_cache(1024)
def masked(text: str) -> str:
    """The text with code and link targets blanked out, at the same length."""
    for pattern in (_CODE, _URL):
        text = pattern.sub(lambda match: _blank(match[0]), text)
    return text


@lru_cache(1024)
def outside(text: str) -> str:
    """The text, masked, with what is quoted or in parentheses blanked out as well, at the same length."""
    plain = _QUOTED.sub(lambda match: _blank(match[0]), masked(text))
    kept, depth, start = "", 0, 0
    for bracket in _BRACKET.finditer(plain):
        run = plain[start : bracket.start()]
        start = bracket.end()
        kept += "¤" * len(run) if depth else run
        if bracket[0] == ")":
            depth = max(0, depth - 1)
        kept += "¤" if depth else bracket[0]
        if bracket[0] == "(":
            depth += 1
    return kept + ("¤" * len(plain[start:]) if depth else plain[start:])


def sentences(text: str) -> list[str]:
    """The sentences of a text on one line; joined by a space they are the text again."""
    found, start = [], 0
    for end in _SENTENCE.finditer(outside(text)):
        found.append(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in [*found, text[start:].strip()] if sentence]


def asks(sentence: str) -> bool:
    """Whether a question mark stands in its prose."""
    return "?" in masked(sentence)


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def unmarked(text: str) -> str:
    """The text without the marks of emphasis and striking around it; code keeps its backticks."""
    bare = _EMPHASIS.sub("", text).strip()
    whole = _SLANTED.fullmatch(bare)
    return whole[2] if whole else bare


def read_lead(source: str) -> Lead:
    """Take apart the lines that ask."""
    named = _ID.search(source)
    text = one_line(
        _WRITTEN.sub("", _NOTED.sub("", _CITED.sub("", _COMMENT.sub("", _FENCED.sub("", source)))).rstrip())
    )
    box = _BOX.match(text)
    text = _BOX.sub("", text)
    ticked = (
        bool(box and box["box"] != " ") or bool(_TICK.match(text)) or bool(_DONE.search(masked(text[:300])))
    )
    text = _LABEL.sub("", _TAGS.sub("", _EMOJI.sub("", _TICK.sub("", text))))
    text = _SETTLED.sub(r"\g<topic>**Resolved:** \g<how>. ", text)
    text = _MARKED.sub(r"\g<text>", text)
    if wrapped := _WRAPPED.match(text):
        text = wrapped["text"] + wrapped["end"]
    struck = text.startswith(("~~", "**~~"))
    topic, body = _led(text)
    checked = None if box is None else box["box"] != " "
    return Lead(named[1] if named else "", checked, ticked, struck, topic, body)


def _led(text: str) -> tuple[str, str]:
    """A text's lead-in and the rest."""
    plain = masked(text)
    if led := _LEAD_IN.match(plain):
        name = next(name for name in led.groupdict() if led[name])
        topic = _RESOLVED.sub("", _LABEL.sub("", unmarked(text[led.start(name) : led.end(name)])))
        topic = topic.strip(" :").removesuffix(".")
        if not led[name].startswith(" ") and not _SAYS_SO.fullmatch(topic):
            rest = text[_after(plain, led.end()) :]
            told = _ANSWERED.match(topic)
            return (told["asked"], f"{told['said']}. {rest}".strip()) if told else (topic, rest)
    if (led := _PLAIN.match(plain)) and not _SAYS_SO.fullmatch(led["topic"]):
        return text[: led.end("topic")], text[led.end() :]
    return "", text


def _after(plain: str, end: int) -> int:
    joint = _JOINT.match(plain[end:])
    return end + (joint.end() if joint else 0)


def _blank(span: str) -> str:
    """A run that neither ends a sentence nor reads as a word of ours."""
    return span[0] + "x" * (len(span) - 2) + span[-1]


def paragraphs(text: str) -> Iterator[tuple[int, int, str]]:
    """The paragraphs of a block: first and last line from 0, and the text."""
    start, held = 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""]):
        if line.strip():
            start = start if held else number
            held.append(line)
        elif held:
            yield start, number - 1, "\n".join(held)
            held = []
