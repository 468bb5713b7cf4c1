"""Q: where the questions stand. Open ones are no error: a draft may have them, an approved spec may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speckit.rules.page import Item, Page
from speckit.rules.rule import Found, at, rule

_PROVISIONAL = "*(provisional)*"
_TO_SETTLE = "*(to settle)*"
_DISPUTED = "*Disputed:*"
_LATER = re.compile(r"\b(?:Later|Owner):[*_ \t]*(?P<owner>[^.\n<*]*)")
_DEFERRED = re.compile(r"\bDeferred\b")
_NOBODY = re.compile(r"(?i:|tbd|nobody|none|unknown|someone|somebody|the owner|\?+|[-—]+)")

_ID = re.compile(r"<!--\s*(q[0-9a-f]{8})\s*-->")
_OPTION = re.compile(r"\((?P<letter>[A-Z])\)\s+(?P<label>[^\n]*)")
_TRADEOFF = re.compile(r"\s(?:—|\u2013|--)\s|\bnot stated\b", re.IGNORECASE)
# The contrasts that the kit computes: what they cost is what the document says after them.
_COMPUTED = re.compile(r"(?:In scope|Not in this version|Later phase)\.?")
# A decision as the kit writes it; in other wordings a reason cannot be told from the rest.
_DECIDED = re.compile(r"\b(?:Decided by |Rejected: )")
# A question without its mark: `**Oil:** which kind`, `It smells. Confirm that nobody minds.`
_ASKS = re.compile(
    r"\?|\A\W*(?:[^.:\n]{1,80}[.:]\W+)?(?:whether|how|what|which|when|where|who|why)\b"
    r"|(?:\A\W*|[.:!]\W+)(?:decide|define|choose|confirm|clarify|determine|agree)\b",
    re.IGNORECASE,
)
_SETTLED = {"approved", "implemented"}


@rule("Q001", "warning")
def question_open(page: Page) -> Iterator[Found]:
    """A question is settled.

    A reader of a design takes what it leaves open for decided, one way or the other.

    Message: this question is open: its box is empty
    Hint: answer it in the notebook or an answers file; tick it where the text has the answer
    """
    for item in _questions(page):
        if _state(page, item) == "open":
            yield at(item.line)


@rule("Q002", "warning")
def answer_provisional(page: Page) -> Iterator[Found]:
    """An answer was given by a person.

    A provisional one was taken from the research or a policy; nobody stands behind it yet.

    Message: this answer is provisional: nobody has confirmed it
    Hint: confirm it in the notebook or an answers file, or decide otherwise
    """
    part = page.of_role("questions")
    for number in range(part.line, part.end) if part else range(len(page.prose)):
        if _PROVISIONAL in page.prose[number]:
            yield at(number + 1)


@rule("Q003", "warning")
def answer_disputed(page: Page) -> Iterator[Found]:
    """People who answered a question agree.

    Whichever of two answers the text follows, somebody has decided otherwise.

    Message: the people who answered this question disagree
    Hint: agree, and choose in the notebook, where each answer is shown
    """
    for item in _questions(page):
        if _state(page, item) == "disputed":
            yield at(item.line)


@rule("Q004", "note")
def tradeoff_missing(page: Page) -> Iterator[Found]:
    """An option says what it costs.

    Without its tradeoff an option is chosen by its name.

    Message: no tradeoff is stated for {options}
    Hint: write `(A) Label — tradeoff`
    """
    for item in _questions(page):
        options = [match for box in item.nested if (match := _OPTION.match(box.body))]
        bare = [match["letter"] for match in options if not _TRADEOFF.search(match["label"])]
        computed = all(
            _COMPUTED.fullmatch(match["label"].strip()) for match in options if match["letter"] in bare
        )
        if bare and not computed:
            yield at(item.line, options=", ".join(bare))


@rule("Q005", "note")
def reason_missing(page: Page) -> Iterator[Found]:
    """A decision says why.

    Without its reason nobody can tell, later on, whether it still holds.

    Message: this was decided without a reason
    Hint: give the reason in the notebook, or add `Because: …` here
    """
    for item in _questions(page):
        if item.ticked and _DECIDED.search(item.body) and "Because:" not in item.body:
            yield at(item.line)


@rule("Q006", "warning")
def owner_missing(page: Page) -> Iterator[Found]:
    """A deferred question has an owner.

    What everybody may decide later nobody decides.

    Message: this question is deferred, and nobody owns it
    Hint: write `Later: NAME`
    """
    for item in _questions(page):
        later = _LATER.search(item.body)
        owner = later["owner"].strip() if later else ""
        if _state(page, item) == "deferred" and _NOBODY.fullmatch(owner):
            yield at(item.line)


@rule("Q007", "error")
def two_ticked(page: Page) -> Iterator[Found]:
    """At most one option of a question is ticked.

    Two ticks are two answers; which of them holds cannot be told.

    Message: the options {options} are ticked, where one can hold
    Hint: leave one tick
    """
    multiple = {name for q in page.spec.questions if q.multiple for name in q.ids} if page.spec else set()
    for item in _questions(page):
        ticked = [match["letter"] for box in item.nested if box.ticked and (match := _OPTION.match(box.body))]
        if len(ticked) > 1 and not multiple & set(_ID.findall(_source(page, item))):
            yield at(item.line, options=", ".join(ticked))


@rule("Q008", "error")
def none_ticked(page: Page) -> Iterator[Found]:
    """A question is ticked together with the option that was chosen.

    A tick on the question alone says that it is settled, and not how.

    Message: the question is ticked, but none of its options
    Hint: tick the option that was chosen, or take the tick off
    """
    for item in _questions(page):
        options = [box for box in item.nested if box.ticked is not None and _OPTION.match(box.body)]
        if item.ticked and options and not any(box.ticked for box in options):
            yield at(item.line)


@rule("Q009", "error")
def settled_too_early(page: Page) -> Iterator[Found]:
    """A spec that is approved or implemented has no question left.

    The status is a promise that everything was decided.

    Message: the status is {status!r}, with {count} unsettled
    Hint: settle them, or set the status back
    """
    found = page.metadata("Status")
    status = found[1].strip("*_` ") if found else ""
    states = [_state(page, item) for item in _questions(page)]
    unsettled = sum(state in {"open", "provisional", "disputed"} for state in states)
    if found and unsettled and status.casefold() in _SETTLED:
        yield at(found[0], status=status, count=f"{unsettled} question{'s' * (unsettled > 1)}")


@rule("Q010", "error")
def question_twice(page: Page) -> Iterator[Found]:
    """A question stands once.

    It is known by its id; of two items with one id only one can be read.

    Message: question {id} stands on line {first} too
    Hint: remove one of the two
    """
    seen: dict[str, int] = {}
    for item in _questions(page):
        for name in _ID.findall(_source(page, item)):
            if seen.setdefault(name, item.line) != item.line:
                yield at(item.line, id=name, first=seen[name])


@rule("Q011", "note")
def statement_unsettled(page: Page) -> Iterator[Found]:
    """A statement filed under the open questions was settled.

    It may be a worry, a task or a fact; only its writer knows.

    Message: this states something, and asks nothing
    Hint: make a question of it, or move it where it belongs
    """
    for item in _questions(page):
        if _state(page, item) == "statement":
            yield at(item.line)


def _questions(page: Page) -> Iterator[Item]:
    """The items of the section of questions, those that have a box."""
    part = page.of_role("questions")
    return (item for item in page.within(part, page.items) if item.ticked is not None and item.indent < 2)


def _source(page: Page, item: Item) -> str:
    """An item's lines with their comments, which hold the id."""
    return "\n".join(page.lines[item.line - 1 : item.end])


def _state(page: Page, item: Item) -> str:
    if _PROVISIONAL in item.body:
        return "provisional"
    if item.ticked:
        return "answered"
    if _DISPUTED in item.body:
        return "disputed"
    if _TO_SETTLE in item.body:
        return "statement"
    if not (_ASKS.search(item.body) or item.nested or _ID.search(_source(page, item))):
        return "statement"
    return "deferred" if "Later:" in item.body or _DEFERRED.search(item.body) else "open"
