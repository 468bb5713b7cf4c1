"""Draft: findings and a template pack become a spec, each passage cited, each silence marked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from speckit.diagrams import parse_diagram
from speckit.draft.architecture import draw
from speckit.draft.choosing import Chooser, any_word
from speckit.draft.picks import with_picks
from speckit.draft.scope import scope_questions
from speckit.draft.shapes import fenced, is_bare, is_fence, makes_rows, mermaid_of, quoted, tabled
from speckit.model import Finding, Findings, Group, Option, Passage, Pick, Question, Section, Spec
from speckit.questions import question_id
from speckit.template import Evidence, Pack, PackSection, StandingQuestion

__all__ = ["draft"]

DRAWN = 40  # findings that a diagram is drawn from, nearest the topic first
STANDING = 6  # of the pack's questions; more would bury those of the research
GROUPS: tuple[Group, ...] = ("scope", "decide", "confirm", "standing", "statements")
SUBJECT = ("title", "part", "subject")  # the levels of heading that tell what a finding is about

_NUMBERING = re.compile(r"^(?:\W*(?:\d+(?:\.\d+)*|[A-Z])[.):]?\s+)")


def draft(
    topic: str,
    title: str,
    findings: Findings,
    pack: Pack,
    *,
    created: dt.date,
    author: str,
    owner: str,
    status: str = "",
    sources: Sequence[str] = (),
    picks: Sequence[Pick] = (),
) -> Spec:
    """Fill a pack's sections with what the research says.

    Args:
        topic: what the spec is about, in the author's words.
        title: the document's title.
        findings: what the documents say, the primary document's first.
        pack: the sections and what counts as evidence for them.
        created: the day in the document's name.
        author: who writes it.
        owner: the team or person it belongs to.
        status: one of the pack's statuses; its first if empty.
        sources: paths of the documents it rests on.
        picks: passages that people take into a section, or leave out of it.

    Returns:
        A spec without answers. A section that the research does not fill holds a gap, or nothing where only
        answers can write it.
    """
    chooser = Chooser(findings, topic)
    drafted = {wanted.number: _section(wanted, chooser) for wanted in sorted(pack.sections, key=_breadth)}
    subjects = {number: below for number, (_, below) in drafted.items() if below}
    sections = [_or_gap(*drafted[wanted.number], wanted, chooser) for wanted in pack.sections]
    missing = {wanted.title: wanted.missing for wanted in pack.sections}
    return Spec(
        topic=topic,
        title=title,
        template=pack.name,
        created=created,
        updated=created,
        author=author,
        owner=owner,
        status=status or pack.statuses[0],
        sections=with_picks(_with_subsections(sections, subjects), picks, findings, missing),
        questions=_asked(findings, pack),
        sources=tuple(sources),
    )


def _breadth(wanted: PackSection) -> int:
    """The turn of a section: first what asks for certain words, last what takes all that others leave."""
    if any(evidence.shape == "topics" for evidence in wanted.evidence):
        return 2
    return 0 if any(evidence.cue for evidence in wanted.evidence) else 1


def _section(wanted: PackSection, chooser: Chooser) -> tuple[Section, list[Finding]]:
    """A section with its passages, and the findings that make subsections of it."""
    passages: list[Passage] = []
    subjects: list[Finding] = []
    for evidence in wanted.evidence:
        if evidence.shape == "topics":
            subjects += chooser.choose(evidence, _introduced_by(subjects))
        elif evidence.shape == "diagram":
            passages += _diagram(chooser, evidence)
        elif wanted.role == "diagram" and _is_drawn(passages):
            continue
        else:
            fitting = chooser.choose(evidence, _FITS.get(evidence.shape))
            found = _shown(fitting, evidence, len(wanted.columns))
            lead = [Passage("prose", evidence.lead, "template")] if found and evidence.lead else []
            passages += lead + found
    drawn = any(passage.info == "mermaid" for passage in passages)
    if wanted.role == "diagram" and wanted.missing and passages and not drawn:
        passages.append(Passage("gap", wanted.missing, "template"))  # a drawing in text is none that parses
    section = Section(
        wanted.number, wanted.title, wanted.role, wanted.instruction, tuple(passages), wanted.columns
    )
    return section, subjects


def _or_gap(section: Section, below: list[Finding], wanted: PackSection, chooser: Chooser) -> Section:
    """A section as it is; an empty one with what is missing and where to look, when all have taken theirs."""
    if section.passages or below or not wanted.missing:
        return section
    near = chooser.related(wanted.related) if wanted.related else []
    return replace(section, passages=(Passage("gap", wanted.missing, "template", tuple(near)),))


# What a shape can show; a diagram that parses is left to the section that has to hold one.
_FITS: dict[str, Callable[[Finding], bool]] = {"row": makes_rows, "fence": lambda item: not mermaid_of(item)}


def _introduced_by(subjects: Iterable[Finding]) -> Callable[[Finding], bool]:
    """Whether a finding can stand among these: bare code only where its subject is told."""
    told = {_subject(item) for item in subjects}
    return lambda item: not is_bare(item) or _subject(item) in told


def _shown(chosen: Sequence[Finding], evidence: Evidence, columns: int) -> list[Passage]:
    if evidence.shape == "row":
        return [passage for item in chosen for passage in tabled(item, columns)]
    if evidence.shape == "fence":
        return [passage for item in chosen for passage in fenced(item)]
    return list(quoted(chosen))


def _is_drawn(passages: Iterable[Passage]) -> bool:
    """Whether the research's own diagram stands here, beside which no other is wanted."""
    return any(passage.info == "mermaid" and passage.origin == "research" for passage in passages)


def _diagram(chooser: Chooser, evidence: Evidence) -> list[Passage]:
    """The research's own mermaid diagram, else one of the parts that it names, else what it drew in text."""
    near = chooser.ranked(evidence)
    own = next((item for item in near if mermaid_of(item) and parse_diagram(mermaid_of(item)) is None), None)
    if own:
        chooser.take(own)
        return list(fenced(own))
    if drawn := draw([item for item in near if not is_fence(item)][:DRAWN]):
        parts = [Passage("bullet", f"`{part.name}`", citations=(part.citation,)) for part in drawn.parts]
        return [
            Passage("fence", drawn.source, "computed", info="mermaid"),
            Passage("prose", "Each part, cited:", "template"),
            *parts,
        ]
    return [passage for item in chooser.choose(evidence, is_fence) for passage in fenced(item)]


def _with_subsections(sections: Sequence[Section], subjects: dict[str, list[Finding]]) -> tuple[Section, ...]:
    """Give each subject a numbered heading behind the pack's own subsections of its section."""
    done = list(sections)
    for number, found in subjects.items():
        inner = [section for section in done if section.number.startswith(f"{number}.")]
        at = done.index(inner[-1] if inner else next(s for s in done if s.number == number)) + 1
        done[at:at] = [
            Section(f"{number}.{place}", title, passages=tuple(quoted(items)))
            for place, (title, items) in enumerate(_by_subject(found), len(inner) + 1)
        ]
    return tuple(done)


def _by_subject(found: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Findings under the heading that they share, in reading order."""
    groups: dict[str, list[Finding]] = {}
    for item in sorted(found, key=lambda item: item.rank):
        groups.setdefault(_subject(item), []).append(item)
    return list(groups.items())


def _subject(item: Finding) -> str:
    """What a finding is about: the heading that it stands under, without its number."""
    heading = item.headings[: len(SUBJECT)][-1] if item.headings else item.subject
    return _NUMBERING.sub("", heading).strip(" :")


def _asked(findings: Findings, pack: Pack) -> tuple[Question, ...]:
    """What is to be taken into scope, the questions of the research, and the pack's own, group by group."""
    told = [item.text for item in findings.of("question", "requirement")]
    about = "\n".join([*told, *(question.text for question in findings.questions)])
    standing = [question for question in pack.standing if any_word(question.cue).search(about)]
    standing.sort(key=lambda question: bool(question.cue))
    questions = [*scope_questions(findings), *findings.questions, *map(_standing, standing[:STANDING])]
    return tuple(sorted(questions, key=lambda question: GROUPS.index(question.group)))


def _standing(asked: StandingQuestion) -> Question:
    identity = question_id(asked.text)
    return Question(
        identity,
        asked.text,
        "explicit-options",
        "standing",
        asked.topic,
        options=tuple(Option(option.label, option.tradeoff, "template") for option in asked.options),
        target=asked.target,
        ids=(identity,),
        origin="template",
        multiple=asked.multiple,
    )
