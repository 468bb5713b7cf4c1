"""The stages in order.

    research/ ─load→ Corpus ─locate→ Hits ─analyze→ Findings ─draft→ Spec ─clarify→ Spec ─check→ Problems

What only reads a folder (load) or writes one (export, by the ledger's `publish`) is called at the edge, by
`authoring`; between them stages are values in, values out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from speckit.adopt import rewritten, write_answers
from speckit.analyze import analyze
from speckit.check import check
from speckit.clarify import clarify
from speckit.draft import draft
from speckit.errors import RecipeError
from speckit.locate import locate, most_called
from speckit.model import Answer, Corpus, Dispute, Document, Findings, Hit, Pick, Policy, Problem, Spec
from speckit.paths import Project, inside
from speckit.template import Pack, render

SHARE = 0.5  # of the best document's score: what ranks below it is offered, not taken in
MOST = 6  # documents taken in unasked: the most-citing of 112 real specs rests on 12, the median on 2


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the research gives before anybody answers."""

    hits: tuple[Hit, ...]
    documents: tuple[Document, ...]
    findings: Findings
    spec: Spec


@dataclass(frozen=True, slots=True)
class Finished:
    """What the answers make of it."""

    spec: Spec
    text: str
    problems: tuple[Problem, ...]


def draft_spec(
    project: Project,
    corpus: Corpus,
    pack: Pack,
    topic: str,
    documents: Iterable[str],
    *,
    day: dt.date,
    created: dt.date,
    author: str,
    owner: str,
    picks: Iterable[Pick] = (),
) -> Drafted:
    """Run the stages that need no answer: locate, analyze, draft."""
    hits = locate(corpus, topic, day)
    taken = most_called(_taken_in(corpus, hits, tuple(documents), project, topic), topic)
    findings = analyze(taken)
    spec = draft(
        topic,
        pack.title.replace("{topic}", topic),
        findings,
        pack,
        created=created,
        author=author,
        owner=owner,
        sources=tuple(document.path for document in taken),
        picks=tuple(picks),
    )
    return Drafted(hits, taken, findings, spec)


def finish_spec(
    project: Project,
    corpus: Corpus,
    pack: Pack,
    drafted: Drafted,
    path: str,
    answers: Iterable[Answer],
    disputes: Iterable[Dispute],
    policy: Policy,
    status: str = "",
    adopted: str | None = None,
) -> Finished:
    """Run the stages that answers reach: clarify and check, with the text between them.

    Into the text of a spec that was taken in (`adopted`) they are written as they are, without the template.
    """
    drafted_spec = replace(drafted.spec, status=status or drafted.spec.status)
    spec = decide(drafted_spec, answers, disputes, policy, pack, adopted)
    if adopted is None:
        text = render(spec, pack, project.to_root)
    else:
        text = write_answers(adopted, spec, spec.answers, pack)
    return Finished(spec, text, check(text, path, pack, reader(corpus)))


def reader(corpus: Corpus) -> Callable[[str], str | None]:
    """Make the function that gives a document's text by its path, None where there is none."""
    known = {document.path: document for document in corpus.documents}
    return lambda name: corpus.whole(known[name]).text if name in known else None


def decide(
    drafted: Spec,
    answers: Iterable[Answer],
    disputes: Iterable[Dispute],
    policy: Policy,
    pack: Pack,
    adopted: str | None = None,
) -> Spec:
    """A spec with its answers; `adopted` is the text of one that was taken in."""
    if adopted is None:
        return clarify(drafted, answers, disputes, policy)
    return rewritten(adopted, clarify(replace(drafted, sections=()), answers, disputes, policy), pack)


def _taken_in(
    corpus: Corpus, hits: tuple[Hit, ...], named: tuple[str, ...], project: Project, topic: str
) -> tuple[Document, ...]:
    """The documents named, in that order; else those that rank close to the best."""
    if named:
        known = {document.path: document for document in corpus.documents}
        taken = []
        for name in named:
            path = project.relative(inside(project.root, name)) if name not in known else name
            if path not in known:
                raise RecipeError(f"no research document {name!r}: `speckit locate` lists what there is")
            taken.append(corpus.whole(known[path]))
        return tuple(taken)
    if not hits:
        raise RecipeError(
            f"nothing in {project.research.name}/ bears on {topic!r}: use words that the research uses, "
            "or name documents with --document"
        )
    return tuple(corpus.whole(hit.document) for hit in hits[:MOST] if hit.score >= SHARE * hits[0].score)
