"""A team on a hub: several people resolve the questions of one spec, each from a server of their own."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from tests.hub.team import READER, WRITERS, Hub, Member

pytestmark = [pytest.mark.hub, pytest.mark.slow]

ADA, BO = WRITERS
BOTH, EACH = 8, 6  # questions that both answer, and that each answers alone
OPEN = """
from speckit.errors import LedgerError
from speckit.jupyter import Desk
from speckit.model import Answer

authoring = Desk(topic={topic!r}, as_of="2026-11-22").authoring

def answer(question, text, because=""):
    authoring.answer(Answer(question, text=text, because=because))
"""
DISPUTES = "sorted([d.question, sorted(s.by for s in d.sides)] for d in authoring.spec.disputes)"
ANSWERS = "{a.question: [a.text, a.by] for a in authoring.spec.answers}"


@pytest.fixture
def team(hub: Hub) -> dict[str, Member]:
    """The members; a spec that no other test knows is begun by the first, and open for each of them."""
    topic = f"A forking engine {len(list((hub.project / 'specs').glob('*.md')))}"
    first, *others = hub.members.values()
    first.run(OPEN.format(topic=topic) + "\n_ = authoring.export()")
    at_once(*((member, OPEN.format(topic=topic)) for member in others))
    return hub.members


def ledger(hub: Hub, member: Member) -> Path:
    """The folder of the ledger of the spec that a member has open."""
    return hub.project / "specs" / ".speckit" / str(member.value("authoring.ledger.name"))


def at_once(*cells: tuple[Member, str]) -> None:
    """Run a cell for each of several members at the same time."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda cell: cell[0].run(cell[1]), cells))


def questions(member: Member, count: int) -> list[str]:
    found: list[str] = member.value(f"[q.id for q in authoring.spec.questions[:{count}]]")
    assert len(found) == count
    return found


def tree(folder: Path) -> dict[str, int]:
    """Everything in a folder, with the moment it was changed."""
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}


def test_members_have_servers_of_their_own(hub: Hub):
    """Each kernel runs as its member's unix user, and knows the member's name on the hub."""
    for name, member in hub.members.items():
        member.run("import getpass, os")
        assert member.value("[getpass.getuser(), os.environ['JUPYTERHUB_USER']]") == [name, name]


def test_two_answer_twenty_questions_at_once(hub: Hub, team: dict[str, Member]):
    """Every answer is kept under its author's name; where two differ both see the dispute, and settle it."""
    ada, bo, cy = team[ADA], team[BO], team[READER]
    asked = questions(ada, BOTH + 2 * EACH)
    both, alone = asked[:BOTH], asked[BOTH:]
    for number, question in enumerate(both):
        other = "As drafted" if number % 2 else "Otherwise"
        at_once(
            (ada, f"answer({question!r}, 'As drafted', 'Ada says so')"),
            (bo, f"answer({question!r}, {other!r}, 'Bo says so')"),
        )
    for ada_asked, bo_asked in zip(alone[:EACH], alone[EACH:], strict=True):
        at_once((ada, f"answer({ada_asked!r}, 'Yes')"), (bo, f"answer({bo_asked!r}, 'No')"))

    at_once(*((member, "_ = authoring.refresh()") for member in team.values()))
    assert len(list((ledger(hub, ada) / "answers").glob("q*.json"))) == 2 * BOTH + 2 * EACH
    disputed = sorted([question, [ADA, BO]] for question in both[::2])
    assert [member.value(DISPUTES) for member in team.values()] == [disputed] * 3
    standing = ada.value(ANSWERS)
    assert {name: (text, frozenset(by.split(", "))) for name, (text, by) in standing.items()} == {
        **dict.fromkeys(both[1::2], ("As drafted", frozenset({ADA, BO}))),
        **dict.fromkeys(alone[:EACH], ("Yes", frozenset({ADA}))),
        **dict.fromkeys(alone[EACH:], ("No", frozenset({BO}))),
    }

    for question, _ in disputed:
        bo.run(f"answer({question!r}, 'As drafted', 'settled')")
    at_once(*((member, "_ = authoring.refresh()") for member in team.values()))
    assert [member.value(DISPUTES) for member in team.values()] == [[]] * 3
    texts = {member.value("authoring.text") for member in team.values()}
    assert len(texts) == 1
    assert f"Decided by {BO}" in texts.pop()
    assert cy.value("len(authoring.spec.answers)") == len(asked)


def test_an_answer_replaces_only_what_its_author_has_seen(team: dict[str, Member]):
    """Somebody who answers without having seen another's answer disputes it; who has seen it replaces it."""
    ada, bo = team[ADA], team[BO]
    unseen, seen = questions(ada, 2)
    ada.run(f"answer({unseen!r}, 'Now'); answer({seen!r}, 'Now')")
    bo.run(f"answer({unseen!r}, 'Later')")
    bo.run(f"answer({seen!r}, 'Later')")
    ada.run("_ = authoring.refresh()")
    assert ada.value(DISPUTES) == bo.value(DISPUTES) == [[unseen, [ADA, BO]]]
    assert ada.value(ANSWERS) == {seen: ["Later", BO]}


def test_a_reader_sees_everything_and_changes_nothing(hub: Hub, team: dict[str, Member]):
    """Who may not write opens a spec without a trace, reads others' answers, and is refused in one line."""
    ada, cy = team[ADA], team[READER]
    before = tree(hub.project)
    cy.run(OPEN.format(topic="A papermill engine that forks, seen by a reader first"))
    assert tree(hub.project) == before
    cy.run("from speckit.ledger.files import may_write")
    assert cy.value("may_write(authoring.ledger.folder / 'answers')") is False

    topic = "A papermill engine that forks, seen by a reader first"
    ada.run(OPEN.format(topic=topic) + "\nfrom speckit.ledger.files import may_write")
    assert ada.value("may_write(authoring.ledger.folder / 'answers')") is True
    (question,) = questions(ada, 1)
    ada.run(f"answer({question!r}, 'Now')")
    assert cy.value("authoring.refresh()") is True
    assert cy.value(ANSWERS) == {question: ["Now", ADA]}

    before = tree(hub.project)
    refused = f"try:\n    answer({question!r}, 'Never')\nexcept LedgerError as problem:\n    print(problem)"
    assert "cannot be written (Permission denied)" in cy.run(refused)
    assert "cannot be written" in cy.run(
        "try:\n    authoring.export()\nexcept LedgerError as problem:\n    print(problem)"
    )
    assert tree(hub.project) == before
    assert cy.value(ANSWERS) == {question: ["Now", ADA]}


def test_what_members_make_belongs_to_the_team(hub: Hub, team: dict[str, Member]):
    """New folders and files have the team's group and can be written by it, whatever a member's umask is."""
    ada, bo = team[ADA], team[BO]
    (question,) = questions(ada, 1)
    ada.run(f"import os; os.umask(0o077); answer({question!r}, 'Now'); _ = authoring.export()")
    bo.run(f"_ = authoring.refresh(); answer({question!r}, 'Later'); _ = authoring.export()")
    specs, folder = hub.project / "specs", ledger(hub, ada)
    made = [folder, *folder.rglob("*"), specs / f"{folder.name}.md"]
    assert {path.owner() for path in made} == {ADA, BO}
    assert {path.group() for path in made} == {specs.group()}
    for path in made:
        needed = stat.S_ISGID | stat.S_IRWXG if path.is_dir() else stat.S_IRGRP | stat.S_IWGRP
        assert path.stat().st_mode & needed == needed, path


def test_a_killed_kernel_loses_nothing(team: dict[str, Member]):
    """What was answered when a kernel is killed is there in the next, and in everybody's."""
    ada, bo = team[ADA], team[BO]
    first, second = questions(ada, 2)
    ada.run(f"import os; answer({first!r}, 'Now', 'before the end')")
    process = psutil.Process(ada.value("os.getpid()"))
    topic = ada.value("authoring.recipe.topic")
    process.kill()
    bo.run(f"answer({second!r}, 'Later')")
    ada.start_kernel()
    ada.run(OPEN.format(topic=topic))
    bo.run("_ = authoring.refresh()")
    assert ada.value(ANSWERS) == bo.value(ANSWERS) == {first: ["Now", ADA], second: ["Later", BO]}
