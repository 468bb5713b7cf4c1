"""Where open questions stand: the sections of a document that hold them, taken apart into entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from speckit.markdown import blocks, content, outline, table_rows
from speckit.model import Block
from speckit.questions.entry import Entry, Note
from speckit.questions.listings import guessed
from speckit.questions.tables import rows_of
from speckit.questions.vocabulary import AUXILIARY, DOUBT
from speckit.questions.wording import masked, paragraphs, unmarked

_NUMBERING = re.compile(
    r"^(?:[^\w`]|_)*(?:(?:section|appendix|part)\s(?:[A-Z]\s(?=[^\w\s]))?)?(?:\d+(?:\.\d+)*[.):]?\s|[A-Z][.):]\s)?(?:[^\w`]|_)*",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"""(?:(?:the|all|some|any|other|key|resolved|current|major|design|technical|known|still|list\sof|\w+ly)\s)*
    (?: (?:open|unresolved|unanswered|outstanding|remaining|pending|undecided)\s(?:[\w-]+\s){0,2}?
        (?:questions?|issues?|decisions?|items?|points?|matters?|topics?|problems?)
      | (?:questions?|decisions?)\s(?:(?:still\s)?
        (?:to\s\w+|open|remaining|outstanding|unresolved|needed|pending|required) | for\s[\w\s-]{1,40})
      | resolved\s(?:open\s)?questions? | questions | still\sopen | open\sq(?:uestion)?s? | unknowns
      | (?:tbd|to\sbe\s(?:decided|determined)) | unresolved
    )\b (?=\s*(?:$|[/(\[:&,;.\u2013\u2014-]|and\b(?!\sanswers)
      |(?:or|from|for|remaining|before|during|after|about|on|regarding|that|requiring|blocking|deferred|left
      |raised|surfaced|by|in|with|log|list|register|tracker)\b))""",
    re.IGNORECASE | re.VERBOSE,
)
# `Risks and open questions`: what such a section says without asking is the other.
_MIXED = re.compile(r"[\w\s-]{1,30}?(?:[/&,+]|\band\b)\s?", re.IGNORECASE)
# What each of those names holds; most headings are told by it at once.
_MAY_BE_SECTION = re.compile(
    r"question|decision|unresolved|open|unanswered|outstanding|remaining|pending|undecided|unknown|tbd|to be",
    re.IGNORECASE,
)
_NO_QUESTIONS = re.compile(
    r"^(?:recommendations?|follow[- ]?ups?|references?|related|research\scitations?|citations?|next\ssteps?|"
    r"links?|sources?|see\salso|(?:immediate\s)?actions?\b|appendix|changelog|summary|future|long[- ]term"
    r"|risks?|mitigations?|assumptions?|dependenc(?:y|ies)|limitations?|non-goals|out\sof\sscope"
    r"|implementation\s(?:pull|history)|alternatives|drawbacks|prior\sart|acknowledge?ments?)\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"^(?:previously\s|already\s|now\s|recently\s)?(?:resolved|answered|decided|closed|settled)\b"
    r"|[(\u2013\u2014:-]\s?(?:all\s|now\s)?(?:resolved|answered|closed|settled)\)?$",
    re.IGNORECASE,
)
_STILL_OPEN = re.compile(
    r"(?:still|open|remaining|unresolved|outstanding|pending|deferred|new)\b", re.IGNORECASE
)
# A heading that gathers, or tells what is said rather than what is open.
_NO_MATTER = re.compile(
    r"(?:resolved|answered|decided|closed|settled|still|open|remaining|unresolved|outstanding|pending|deferred|new"
    r"|blocking|non-blocking|for|before|after|during|high|medium|low|critical|technical|product|general|other|misc\w*"
    r"|questions?|phase|context|background|notes?|overview|rationale|status|priority)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[\W_]*(?:(?:O?Q|Question|Issue|Decision)[\s#-]?\d+\b|Q(?:uestion)?:)", re.IGNORECASE)
_ASKS = re.compile(r"\?|^\W*whether\b", re.IGNORECASE)
_LED = re.compile(r"^(?:\[[ xX]\]\s+)?(?:[^\w\s*`]\s*)?(?:~~)?\*\*(?P<lead>[^*\n]{1,200})\*\*")
# Lead-ins of what is said about a question rather than of a question.
_ABOUT = re.compile(
    r"^(?:my\s|our\s|the\s)?(?:option|alternative|approach|pros?|cons?|current|currently|decision|recommend|answer|resol|propos"
    r"|impact|context|status|trade-?offs?|note|default|rationale|background|owner"
    r"|what(?:['\u2019]s|\sis|\swe)\b|unclear|[a-h]\b)",
    re.IGNORECASE,
)
# A line in bold that stands where a heading could, and how deep that is.
_GATHERS = re.compile(r"\*\*(?P<title>[^*\n]{1,100}?)[:.]?\*\*:?(?:\s\([^()]{1,100}\))?")
_BOLD = 7
# What introduces a list of what is open.
_CALLS = re.compile(
    r"open|question|deci|resol|following|pending|todo|remain|discuss|clarif|confirm|need|answer",
    re.IGNORECASE,
)
_ALERT = re.compile(r"\[![A-Za-z]+\]\s+")
_OPTIONS_TABLE = re.compile(r"\|?[\s*]*(?:options?|alternatives?|approach)\b", re.IGNORECASE)
_ANSWER = re.compile(r"^[\W_]*(?:A\d*|Answer(?:ed)?|Decision|Resol(?:ved|ution)|Outcome)\b", re.IGNORECASE)

# Prose that leaves something open without a question mark, and an item that only names a group.
_UNSETTLED = re.compile(rf"\b{DOUBT}\b", re.IGNORECASE)
_GROUP = re.compile(
    rf"[\W_]{{0,4}}(?!{AUXILIARY}\b)[\w/&-]{{1,40}}(?: [\w/&-]{{1,40}}){{0,2}}[\W_]{{0,4}}", re.IGNORECASE
)


def entries(text: str) -> Iterator[Entry]:
    """Take the sections of open questions apart, in order; lines are those of the whole text."""
    lines = text.split("\n")
    headings = outline(text)
    last = 0
    for number, heading in enumerate(headings):
        if heading.start <= last:
            continue
        title = bare_title(content(heading)) if _MAY_BE_SECTION.search(heading.text) else ""
        alone = _SECTION.match(title)
        mixed = None if alone else _MIXED.match(title)
        numbered = _is_numbered(heading) and any(map(_is_numbered, islice(_beside(headings, number), 1)))
        if not (alone or (mixed and _SECTION.match(title, mixed.end())) or numbered):
            continue
        ends = (one for one in _beside(headings, number) if not (numbered and _is_numbered(one)))
        last = next((one.start - 1 for one in ends), len(lines))
        shift = heading.start - 1
        within = [
            replace(block, start=block.start + shift, end=block.end + shift)
            for block in blocks("\n".join(lines[shift:last]))
        ]
        reader = _Reader(bool(_SETTLED.search(title)), heading.level, bool(mixed) and not numbered)
        yield from reader.read(within if numbered else within[1:])


def _beside(headings: Sequence[Block], number: int) -> Iterator[Block]:
    """The headings behind one that do not stand below it."""
    behind = (headings[at] for at in range(number + 1, len(headings)))
    return (one for one in behind if one.level <= headings[number].level)


def _is_numbered(heading: Block) -> bool:
    """Whether a heading is a question with its number: two of them need no heading above that says so."""
    return "?" in heading.text and bool(_LABEL.match(content(heading)))


def bare_title(title: str) -> str:
    """A heading's words without its number and marks."""
    return _NUMBERING.sub("", unmarked(title), count=1).strip()


@dataclass(slots=True)
class _Reader:
    """Reads the blocks of one section.

    `mixed` tells that only what asks is a question, as the section holds something else too;
    `settled` tells that what is read is called resolved, by the heading of `level` or by the section's own;
    `open` is the entry that what comes next may belong to, and `notes` what stands under it so far;
    `replied` tells that an item was answered by the paragraph behind it, `told` that a statement introduced
    the list that is read.
    """

    settled: bool
    level: int
    mixed: bool
    open: Entry | None = None
    notes: list[Note] = field(default_factory=list)
    replied: bool = False
    told: bool = False
    found: list[Entry] = field(default_factory=list)

    def read(self, within: Sequence[Block]) -> list[Entry]:
        at = 0
        while at < len(within):
            block, body = within[at], _below(within, at)
            title = bare_title(content(block)) if block.kind == "heading" else ""
            at += 1
            if block.kind != "heading":
                self._take(block, within[at : at + 1])
            elif _NO_QUESTIONS.match(title) and not _asks(title):
                self._close()
                at += len(body)
            elif _is_question(content(block), body):
                self._ask(block, title, body)
                at += len(body)
            else:
                self._close()
                self._enter(title, block.level)
        self._close()
        return self.found

    def _enter(self, title: str, level: int) -> None:
        """Read on under a heading: what it calls resolved is so down to the next heading of its level."""
        self.mixed = self.mixed and not _SECTION.match(title)
        if _SETTLED.search(title):
            self.settled, self.level = True, level
        elif level <= self.level or _STILL_OPEN.match(title):
            self.settled, self.level = False, level

    def _ask(self, heading: Block, title: str, body: Sequence[Block]) -> None:
        """A heading that asks, or the first paragraph below one that only names what is asked."""
        notes = [note for inner in body for note in _notes(inner, inner.level)]
        end = body[-1].end if body else heading.end
        lead, asked = title, heading.end
        if notes and notes[0].kind == "paragraph" and not _asks(title) and _leaves_open(notes[0].text):
            lead, asked = f"**{title}**: {notes[0].text}", notes[0].end
            notes = notes[1:]
        self._open(Entry(heading.start, end, lead, asked, settled=self.settled))
        self.notes += notes
        self._close()

    def _take(self, block: Block, after: Sequence[Block]) -> None:
        said = content(block)
        if block.level > 0:
            self.notes += _notes(block, block.level - 1)
        elif block.kind == "item" and self.open and not self.open.listed and not _asks(said):
            self.notes += _notes(block, 0)
        elif block.kind == "item" and self.told and not _leaves_open(said):
            return
        elif block.kind == "item":
            (_, last, lead), *rest = list(paragraphs(said)) or [(0, 0, "")]
            self._open(Entry(block.start, block.end, lead, block.start + last, settled=self.settled))
            self.notes += [Note(block.start + a, block.start + b, text) for a, b, text in rest]
        elif block.kind == "table" and self.open and not self.open.listed:
            self.notes += _notes(block, 0)
        elif block.kind == "table":
            self._close()
            self.found += rows_of(block, self.settled)
        elif block.kind in {"paragraph", "quote"}:
            self._paragraph(block, said, after)

    def _paragraph(self, block: Block, said: str, after: Sequence[Block]) -> None:
        """A paragraph between the items: an answer to the one before it, or a question of its own."""
        led = _LED.match(said)
        about = bool(_ANSWER.match(said.lstrip("> "))) or bool(led and _ABOUT.match(led["lead"]))
        more = bool(after) and after[0].kind == "item"
        below = content(after[0]) if more else ""
        if (
            (gathers := _GATHERS.fullmatch(said))
            and (_asks(below) or _LABEL.match(below))
            and not _asks(said)
        ):
            self._close()
            self._enter(gathers["title"], _BOLD)
            return
        introduces = said.rstrip(" *_").endswith(":")
        self.told = introduces and (about or not (led or _leaves_open(said) or _CALLS.search(said)))
        listed = self.open is not None and self.open.listed  # what stands behind an item goes on about it
        if self.open and about:
            self.notes += _notes(block, 0)
        elif block.kind == "quote":
            self._quote(block)
        elif self.open and self.open.listed and not led and (more or self.replied):
            if not said.rstrip().endswith(":"):
                self.notes.append(Note(block.start, block.end, said, "reply"))
                self.replied = True
        elif (
            _asks(said)
            or _LABEL.match(said)
            or (led and not about and (_leaves_open(said) or not self.found))
            or (_UNSETTLED.search(said) and not (more or listed or introduces))
        ):
            self._open(Entry(block.start, block.end, said, block.end, settled=self.settled, listed=False))
        elif self.open and not self.open.listed:
            self.notes += _notes(block, 0)

    def _quote(self, block: Block) -> None:
        """A quote: the answer that the line before it announces, or a call for attention that asks."""
        (quote,) = _notes(block, 0)
        alert = _ALERT.match(quote.text)
        said = quote.text[alert.end() :] if alert else ""
        if self.open and self.notes and self.notes[-1].text.rstrip("*_ \n").endswith(":"):
            before = self.notes.pop()
            self.notes.append(replace(before, end=block.end, text=f"{before.text} {quote.text}"))
        elif alert and (_leaves_open(said) or _LED.match(said)):
            self._open(Entry(block.start, block.end, said, block.end, settled=self.settled, listed=False))

    def _open(self, entry: Entry) -> None:
        self._close()
        self.open = entry

    def _close(self) -> None:
        if self.open and not (self.mixed and self.open.listed and not _leaves_open(self.open.lead)):
            end = max([self.open.end, *(note.end for note in self.notes[-1:])])
            self.found += _parted(replace(self.open, end=end, notes=tuple(self.notes)))
        self.open = None
        self.notes = []


def _parted(entry: Entry) -> list[Entry]:
    """An entry, or those under it where it is but the name of a group."""
    places = [at for at, note in enumerate(entry.notes) if note.kind == "item" and note.depth == 0]
    asked = places and all(_asks(entry.notes[at].text) for at in places)
    if not asked or guessed([entry.notes[at] for at in places]) or not _GROUP.fullmatch(entry.lead):
        return [entry]
    runs = [entry.notes[at:end] for at, end in zip(places, [*places[1:], len(entry.notes)], strict=True)]
    name = entry.lead.strip(" *_:")
    return [
        Entry(first.start, run[-1].end, f"**{name}**: {first.text}", first.end, run[1:], entry.settled)
        for run in runs
        if (first := run[0])
    ]


def _below(within: Sequence[Block], at: int) -> Sequence[Block]:
    """The blocks under the heading at this place; none if it is no heading."""
    if within[at].kind != "heading":
        return ()
    level = within[at].level
    end = at + 1
    while end < len(within) and not (within[end].kind == "heading" and within[end].level <= level):
        end += 1
    return within[at + 1 : end]


def _notes(block: Block, depth: int) -> list[Note]:
    """A block under a question, as notes; its further paragraphs come apart."""
    said = content(block)
    if block.kind == "table":
        return [
            Note(block.start, block.end, said, "table", depth, tuple(row for _, row in table_rows(block)))
        ]
    if block.kind == "heading":
        return [Note(block.start, block.end, said, "heading", depth)]
    if block.kind == "quote":
        return [
            Note(block.start, block.end, re.sub(r"^ {0,3}> ?", "", said, flags=re.MULTILINE), "quote", depth)
        ]
    if block.kind not in {"item", "paragraph"}:
        return []
    return [
        Note(block.start + a, block.start + b, text, "paragraph" if a else block.kind, depth)
        for a, b, text in paragraphs(said)
    ]


def _is_question(title: str, body: Sequence[Block]) -> bool:
    """Whether a heading asks, rather than gathers questions."""
    if _asks(title) or _LABEL.match(title):
        return True
    for block in body:
        text = content(block)
        gathers = {
            "heading": not _ABOUT.match(bare_title(text)),
            "table": not _OPTIONS_TABLE.match(text),
            "item": block.level == 0 and _asks_itself(text),
        }
        if gathers.get(block.kind, False):
            return False
    prose = [content(block) for block in body if block.kind == "paragraph"]
    if prose and all(block.kind in {"paragraph", "code"} for block in body):
        return not _NO_MATTER.match(title)
    items = [led["lead"] for block in body if block.kind == "item" and (led := _LED.match(content(block)))]
    return any(_leaves_open(text) for text in prose) or any(_ABOUT.match(text) for text in [*prose, *items])


def _leaves_open(prose: str) -> bool:
    """Whether a paragraph asks, or says that something is not settled."""
    return _asks(prose) or bool(_UNSETTLED.search(prose))


def _asks(text: str) -> bool:
    return bool(_ASKS.search(masked(text)))


def _asks_itself(item: str) -> bool:
    led = _LED.match(item)
    return not _ABOUT.match(led["lead"]) if led else _asks(item)
