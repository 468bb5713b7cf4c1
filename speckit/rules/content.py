"""C: what must not stand in a spec."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from speckit.rules.drafted import GAP, TO_DECIDE
from speckit.rules.page import Page
from speckit.rules.rule import Found, at, rule
from speckit.rules.wording import words

_COUNT = r"(?<!\d)\d{1,3}(?:\.\d)?(?:\s?(?:-|\u2013|to)\s?\d{1,3})?"
_UNIT = r"(?:hour|day|week|month|quarter|sprint)s?"
_SPAN = rf"{_COUNT}[ -]?(?:(?:working|business|calendar) )?{_UNIT}"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{4}}-\d{{2}}|{_MONTH}\b)"
_PERIOD = rf"(?:(?:end of|next|this) (?:the )?(?:{_UNIT}|year|{_MONTH}|Q[1-4])|{_MONTH} \d|Q[1-4]\b)"
_DONE = r"(?:done|finish(?:ed)?|completed?|implemented|built|shipped|delivered|launched|released|landed)"

# A schedule of the work; not a duration that is behaviour (a timeout, a retention) nor the date of a fact.
_SCHEDULES = (
    # deadline: 2 weeks; ETA is March; due date: 2027-01
    rf"\b(?:[Dd]eadline|[Dd]ue(?: date)?|ETA)\b(?:[:*_]| is| by)*\s+~?(?:{_SPAN}|{_DAY}|{_PERIOD})",
    r"\b(?:Week|Sprint|Day|Month)s? \d+\b(?![.:]\d)",
    r"\bQ[1-4][ /-]20\d\d\b|\b20\d\d[ /-]Q[1-4]\b",
    # estimated effort: ~3 days; 2 weeks of work; five person-days
    rf"\b(?:[Ee]stimated?(?: \w+)?|[Ee]ffort|[Tt]imeline|LOE)\b(?:[:*_]| is)+\s*~?{_SPAN}",
    rf"{_SPAN} of (?:work|effort|development|engineering)\b",
    rf"\d[ -](?:person|man|engineer|developer|dev)[ -]{_UNIT}\b",
    # Phase 2 (Weeks 3-4); Step 1: groundwork (2 days)
    rf"\b(?:[Pp]hase|[Mm]ilestone|[Ss]tep) \d+\b[^|\n]{{0,60}}\(\s*~?(?:(?:[Ww]eek|[Dd]ay)s? \d|{_SPAN} ?\))",
    # shipped by Q3; done by the end of the week
    rf"\b{_DONE} (?:in|within|by) (?:the )?{_PERIOD}",
    r"\bby (?:the )?end of (?:the |this |next )?(?:week|month|quarter|sprint|year|Q[1-4])\b",
)
_SCHEDULE = re.compile("|".join(f"(?:{form})" for form in _SCHEDULES))
# What somebody else says, or what a user sees, is no plan.
_QUOTED = re.compile(r"“[^”\n]{,400}”|\"[^\"\n]{,400}\"")

_PLACEHOLDER = re.compile(
    r"\b(?:TBD|TBC|FIXME|XXX)\b|\bTODO\b(?=\s*[:(])|(?<![\w-])TODO$|\b[Ll]orem ipsum\b|\?\?\?"
    r"|\[(?:Your|Insert|Describe|Add|Fill in|Placeholder)\b[^\]\n]{,80}\](?!\()|\{\{[^}\n]{,80}\}\}"
    r"|<(?:Project|Feature|Insert|Your|Describe)\b[^>\n]{,80}>"
)
_CITATION = re.compile(r"\[[^\]\n]{,400}\]\([^)\s]{1,400}\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@rule("C001", "warning")
def schedule(page: Page) -> Iterator[Found]:
    """The spec plans phases, not dates.

    A deadline or an estimate is wrong the week after, and it turns a review of the design into one of the
    plan. Durations that are behaviour, such as timeouts, and the dates of facts stay.

    Message: {text!r} schedules the work
    Hint: name the phase and the condition that ends it
    """
    for number, line in enumerate(page.plain, 1):
        if line and (match := _SCHEDULE.search(_QUOTED.sub("", line))):
            yield at(number, text=match[0].strip(" *_"))
    for fence in page.fences:
        if fence.info.startswith("mermaid") and fence.text.lstrip().startswith("gantt"):
            yield at(fence.line, text="gantt")


@rule("C002", "warning")
def placeholder(page: Page) -> Iterator[Found]:
    """No placeholder is left.

    What is not known is a question of its own, where somebody will answer it.

    Message: the placeholder {text!r} is left
    Hint: fill it in, or ask it under the open questions
    """
    for number, line in enumerate(page.plain, 1):
        if match := _PLACEHOLDER.search(line):
            yield at(number, text=match[0])


@rule("C003", "error")
def instruction_left(page: Page) -> Iterator[Found]:
    """The pack's instructions are not part of the spec.

    They tell the writer what to write; a reader takes them for a statement.

    Message: an instruction of the pack is left: “{text} …”
    Hint: replace it with what it asks for
    """
    starts, folded = _folded(page)
    for section in page.pack.sections:
        for sentence in _SENTENCE_END.split(section.instruction):
            wanted = words(sentence)
            found = folded.find(f" {wanted} ") if wanted.count(" ") >= 5 else -1
            if found >= 0:
                yield at(bisect_right(starts, found + 1), text=" ".join(sentence.split()[:6]))


def _folded(page: Page) -> tuple[list[int], str]:
    """The prose as words, with the place where each line of it starts."""
    starts, parts, length = [], [], 1
    for line in page.prose:
        starts.append(length)
        folded = words(line)
        if folded:
            parts.append(folded)
            length += len(folded) + 1
    return starts, f" {' '.join(parts)} "


@rule("C004", "note")
def gap(page: Page) -> Iterator[Found]:
    """What the research did not tell was found out.

    A gap is honest, and still a gap.

    Message: the research does not tell {gap}
    Hint: write it, or add research that tells it
    """
    for number, line in enumerate(page.prose, 1):
        if line.startswith(GAP):
            yield at(number, gap=_SENTENCE_END.split(line.removeprefix(GAP).strip())[0].rstrip("."))


@rule("C005", "note")
def said_twice(page: Page) -> Iterator[Found]:
    """A paragraph stands once.

    Of two copies one will be changed and the other believed.

    Message: this says again what line {first} says
    Hint: keep one, and point to it from the other
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(page.prose, 1):
        said = words(_CITATION.sub("", line))
        if len(said) > 100 and line[0] not in "|>" and not TO_DECIDE.match(line):
            first = seen.setdefault(said, number)
            if first != number:
                yield at(number, first=first)
