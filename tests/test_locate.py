"""Ranking of research documents, and the reasons given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from speckit.load import load
from speckit.locate import locate, most_called
from speckit.model import Corpus, Document, Hit

TODAY = dt.date(2026, 6, 30)


def document(name: str, text: str = "", title: str = "", **more: object) -> Document:
    """A document that is dated by its name, as loading dates it."""
    try:
        date = dt.date.fromisoformat(name[:10])
    except ValueError:
        date = None
    fields = {"date": date, "category": "docs", "title": title or name[11:].replace("-", " "), **more}
    return Document(path=f"research/docs/{name}.md", text=text, **fields)  # type: ignore[arg-type] # fields vary


def found(topic: str, *documents: Document, **more: int) -> list[Hit]:
    return list(locate(Corpus(documents), topic, TODAY, **more))


def names(hits: list[Hit]) -> list[str]:
    return [hit.document.path.removeprefix("research/docs/").removesuffix(".md") for hit in hits]


def test_a_name_says_more_than_a_body() -> None:
    """A document that is called after the topic is above one that mentions it among much else."""
    body = "message queue " + "and other matters of the week " * 50
    hits = found(
        "message queue",
        document("2026-06-01-weekly", body),
        document("2026-06-01-message-queue", body),
        document("2026-06-01-unrelated", "nothing"),
    )
    assert names(hits) == ["2026-06-01-message-queue", "2026-06-01-weekly"]


def test_recency_is_soft() -> None:
    """Of two that match alike the newer is first, but an old exact match beats a new loose one."""
    text = "The message queue drops messages."
    alike = found("message queue", document("2024-01-01-a", text), document("2026-06-29-b", text))
    assert names(alike) == ["2026-06-29-b", "2024-01-01-a"]
    exact = found(
        "message queue ordering",
        document("2024-01-01-message-queue-ordering", text + " Its ordering is lost."),
        document("2026-06-29-b", "a message to all"),
    )
    assert names(exact) == ["2024-01-01-message-queue-ordering", "2026-06-29-b"]


def test_citations_lend_outwards_only() -> None:
    """What the best hit cites is lifted although it shares no word; what cites the best hit is not."""
    best = document("2026-06-01-message-queue", "queue", links=("research/docs/2026-06-01-broker.md",))
    broker = document("2026-06-01-broker", "AMQP")
    fan = document("2026-06-01-fan", "nothing", links=(best.path,))
    hits = found("message queue", best, broker, fan)
    assert names(hits) == ["2026-06-01-message-queue", "2026-06-01-broker"]
    assert hits[1].reasons == ("cited by 2026-06-01-message-queue.md",)


def test_a_cited_document_stays_below_what_cites_it() -> None:
    """However many hits cite it, a document that does not match itself does not come first."""
    hub = document("2026-06-01-hub", "nothing")
    citing = [document(f"2026-06-01-message-queue-{n}", "queue", links=(hub.path,)) for n in range(9)]
    assert names(found("message queue", hub, *citing)).index("2026-06-01-hub") > 0


def test_a_list_of_everything_lends_little() -> None:
    """A document that cites two lifts them more than an equal one that cites twenty."""
    few = document("2026-06-01-queue-a", "queue", links=("research/docs/few.md", "research/docs/more.md"))
    many = document("2026-06-01-queue-b", "queue", links=tuple(f"research/docs/{n}.md" for n in range(20)))
    cited = [document(name) for name in ("few", "more", *map(str, range(20)))]
    hits = found("queue", few, many, *cited, limit=22)
    assert set(names(hits)[2:4]) == {"few", "more"}


def test_what_is_dated_later_comes_last() -> None:
    """What is dated after the day asked about comes last and says so; the next day's still lends."""
    hits = found(
        "message queue",
        document("2026-07-09-message-queue", "queue", links=("research/docs/far.md",)),
        document("2026-07-01-message-queue", "queue", links=("research/docs/near.md",)),
        document("2020-01-01-old", "queue"),
        document("near"),
        document("far"),
    )
    assert set(names(hits)[:2]) == {"2020-01-01-old", "near"}
    assert names(hits)[2:] == ["2026-07-01-message-queue", "2026-07-09-message-queue"]
    assert hits[-1].reasons[-1] == "dated after 2026-06-30"


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_any_day_can_be_asked_about(day: dt.date) -> None:
    """The first and the last day that there is are days like others."""
    assert locate(Corpus((document("2026-06-01-queue"),)), "queue", day)


@pytest.mark.parametrize(
    ("date", "tier"),
    [
        ("2026-06-30", "recent"),
        ("2026-05-31", "recent"),
        ("2026-05-30", "moderate"),
        ("2026-04-01", "moderate"),
        ("2026-03-31", "aged"),
        ("undated-xx", "aged"),
    ],
)
def test_tiers(date: str, tier: str) -> None:
    """Recent is up to 30 days, moderate up to 90, and what has no date is aged."""
    (hit,) = found("queue", document(f"{date}-queue"))
    assert hit.tier == tier


def test_reasons_name_the_words() -> None:
    """Reasons give the words that matched and where, without those that say nothing."""
    hits = found(
        "the ordering of a message queue",
        document("2026-06-01-queue", "the ordering of a queue", "Queue", tags=("message",)),
        document("2026-06-01-other", "the weather of a week"),
    )
    assert hits[0].reasons == ("in title or tags: queue, message", "in text: ordering")


@pytest.mark.parametrize("topic", ["", "???", "zebra", '"; DROP TABLE name', "名前", "a" * 100_000])
def test_nothing_is_found(topic: str) -> None:
    """A topic that no document knows finds nothing, whatever it is made of."""
    assert found(topic, document("2026-06-01-queue", "queue")) == []


def test_empty_corpus() -> None:
    """Where there is no research there is no hit."""
    assert found("queue") == []


def test_superseded_by_a_newer_one_of_that_name() -> None:
    """A document is followed by the newest of the same name, apart from words such as research."""
    hits = found(
        "queue",
        document("2026-01-01-queue-ordering-research", "queue"),
        document("2026-02-01-queue-ordering", "queue"),
        document("2026-03-01-ordering-of-the-queue", "queue"),
        document("2026-04-01-queue", "queue"),
    )
    newest = "research/docs/2026-03-01-ordering-of-the-queue.md"
    superseded = {name: hit.superseded_by for name, hit in zip(names(hits), hits, strict=True)}
    assert superseded == {
        "2026-01-01-queue-ordering-research": newest,
        "2026-02-01-queue-ordering": newest,
        "2026-03-01-ordering-of-the-queue": None,
        "2026-04-01-queue": None,
    }


def test_superseded_as_it_says() -> None:
    """A document that says by what it is superseded is believed if there is that one."""
    hits = found(
        "queue",
        document("2026-01-01-queue", superseded_by="2026-02-01-broker.md"),
        document("2026-01-01-queue-two", superseded_by="2026-02-01-gone.md"),
        document("2026-02-01-broker"),
    )
    superseded = {name: hit.superseded_by for name, hit in zip(names(hits), hits, strict=True)}
    assert superseded == {
        "2026-01-01-queue": "research/docs/2026-02-01-broker.md",
        "2026-01-01-queue-two": None,
    }


def test_limit_and_order(atomic: Path) -> None:
    """At most so many hits come, best first, each with a reason, and the same for any order of documents."""
    corpus = load(atomic, atomic / "research", atomic / "specs")
    day = dt.date(2026, 3, 23)
    hits = locate(corpus, "Ralph workflow redesign", day, 20)
    assert len(hits) == 20
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.reasons for hit in hits)
    assert locate(Corpus(corpus.documents[::-1]), "Ralph workflow redesign", day, 20) == hits


def test_the_document_called_like_the_topic_is_the_primary_one():
    """Of documents that are named, the order is by whose name holds most of the topic, else as given."""
    named = [
        Document(f"research/docs/2026-01-0{day}-{name}.md", "", name, None, "docs")
        for day, name in enumerate(("cross-platform-support", "installers", "publish-workflow-fix"), 1)
    ]
    ordered = most_called(named, "Publish Workflow Fix for the installers")
    assert [document.title for document in ordered] == [
        "publish-workflow-fix", "installers", "cross-platform-support"
    ]  # fmt: skip
    assert most_called(named, "Something else") == tuple(named)
