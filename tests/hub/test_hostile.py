"""A member of the team who writes what they like into the ledger breaks nobody's work and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.hub.deck import run
from tests.hub.team import WRITERS, Hub, Member

pytestmark = [pytest.mark.hub, pytest.mark.slow]

ADA, BO = WRITERS
OPEN = """
import json, os
from speckit.jupyter import Desk, panels
from speckit.jupyter.hub.matrix import matrix
from speckit.markdown import safe_html
from speckit.model import Answer

authoring = Desk(topic={topic!r}, as_of="2026-11-22").authoring
answers = authoring.ledger.folder / "answers"
asked = [question.id for question in authoring.spec.questions[:8]]
"""
TOPIC = "A forking engine under attack"
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>[a](javascript:alert(3)) --> |"
WRITE = f"""
def write(number, moment="20261122T120000000000", name="", **given):
    identity = f"{{moment}}-0000000{{number}}"
    record = {{"version": 1, "question": asked[number], "id": identity, "text": "So", "by": "Bo"}} | given
    (answers / (name or f"{{asked[number]}}.{{identity}}.json")).write_text(json.dumps(record))
    return identity

write(0, text={MARKUP!r}, because={MARKUP!r}, note={MARKUP!r}, by={MARKUP!r})
write(1, question="../../../../etc/passwd")
write(2, parents=["../../../recipe.yaml"])
write(3, version=2)
write(4, text="x" * 100_000_000)
write(5, by="{ADA}", because="put into her mouth")
ahead = write(6, moment="20991231T235900000000")
os.chmod(answers / f"{{asked[7]}}.{{write(7)}}.json", 0o600)
os.symlink("/etc/passwd", answers / f"{{asked[7]}}.20261122T120000000001-00000007.json")
os.mkfifo(answers / f"{{asked[7]}}.20261122T120000000002-00000007.json")
os.mkdir(answers / f"{{asked[7]}}.20261122T120000000003-00000007.json")
"""
SKIPPED = {
    "1": "question: String should match",
    "2": "parents.0: Value error",
    "3": "it is of version 2, which a newer speckit wrote",
    "4": "a record has at most 65,536 bytes",
    "7": "it is no plain file",
}


@pytest.fixture(scope="module")
def attacked(hub: Hub) -> Member:
    """A member who has a spec open into whose ledger another has written what they like."""
    ada, bo = hub.members[ADA], hub.members[BO]
    ada.run(OPEN.format(topic=TOPIC))
    ada.run("authoring.answer(Answer(asked[-1], text='Before')); _ = authoring.export()")
    bo.run(OPEN.format(topic=TOPIC) + WRITE)
    return ada


def test_what_is_no_record_is_told_and_passed_over(attacked: Member):
    """Path tricks, a future version, 100 MB, links, pipes and locked files are skipped, each in one line."""
    assert attacked.value("authoring.refresh()") is True
    notices = attacked.value("authoring.notices")
    for number, reason in SKIPPED.items():
        told = [notice for notice in notices if f"-0000000{number}.json" in notice]
        assert any(reason in notice for notice in told), (number, told)
    assert any("Permission denied" in notice for notice in notices)
    assert all("\n" not in notice and len(notice) < 300 for notice in notices)
    assert attacked.value("[a.text for a in authoring.spec.answers if a.question == asked[-1]]") == ["Before"]


def test_markup_of_another_member_stays_text(attacked: Member):
    """In the document, in every panel and in the matrix it is neither HTML that runs nor a link that does."""
    attacked.run("tellers = (panels.start, panels.draft, panels.questions, panels.checks, matrix)")
    attacked.run("texts = [authoring.text, *(tell(authoring) for tell in tellers)]")
    texts, pages = attacked.value("[texts, [safe_html(text) for text in texts]]")
    assert sum("onerror" in text for text in texts) >= 2
    assert [page for page in pages if re.search(r"<img|<script|href=.javascript", page)] == []
    assert [text for text in texts if re.search(r"(?<!\\)<(img|script)", text)] == []


def test_a_clock_that_is_far_ahead_stops_nobody(attacked: Member):
    """An answer dated at the end of the century is replaced like any."""
    attacked.run("authoring.answer(Answer(asked[6], text='Replaced'))")
    assert attacked.value("[a.text for a in authoring.spec.answers if a.question == asked[6]]") == [
        "Replaced"
    ]


def test_who_wrote_a_record_can_be_told_apart(attacked: Member):
    """An answer put into another's mouth stands under that name, but its file belongs to who wrote it."""
    assert attacked.value("[a.by for a in authoring.spec.answers if a.question == asked[5]]") == [ADA]
    assert attacked.value("[path.owner() for path in answers.glob(f'{asked[5]}.*')]") == [BO]


@pytest.mark.browser
def test_nothing_of_it_runs_in_a_browser(attacked: Member, enter: Callable[[str, str], Page]):
    """The deck of a member shows the markup as text; no script of it runs, and nothing is fetched for it."""
    attacked.run("from speckit.jupyter.hub.share import share")
    link = attacked.value("share(authoring.project, authoring.ledger.name).url")
    page = enter(ADA, link)
    page.on("dialog", lambda dialog: pytest.fail(f"{dialog.message} was run"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    run(page, "under-attack.ipynb")
    deck = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .speckit-deck")
    deck.focus()
    page.keyboard.press("v")
    deck.locator(".sk-row").first.wait_for()
    expect(deck.locator(".sk-page")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".speckit-deck img[src=x], .speckit-deck a[href^=javascript]").count() == 0
    assert [url for url in asked if url.endswith("/x")] == []
