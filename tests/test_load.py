"""Loading a research folder, however it is laid out and whatever lies in it."""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from speckit.errors import ProjectError
from speckit.load import load
from speckit.load.files import LIMIT
from speckit.locate import locate
from speckit.markdown import blocks
from speckit.model import Corpus, Document


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def loaded(root: Path) -> Corpus:
    (root / "research").mkdir(exist_ok=True)
    return load(root, root / "research", root / "specs")


def one(root: Path, content: str | bytes, name: str = "docs/2026-01-02-a-name.md") -> Document:
    write(root / "research", {name: content})
    (document,) = loaded(root).documents
    return document


def paths(corpus: Corpus) -> list[str]:
    return [document.path for document in corpus.documents]


def reasons(corpus: Corpus) -> dict[str, str]:
    return {skipped.path: skipped.reason for skipped in corpus.skipped}


def test_any_nesting(tmp_path: Path) -> None:
    """Markdown is found at any depth and in hidden folders, ordered by path; no other file is."""
    deep = "/".join("abcdefgh")
    write(tmp_path / "research", {"b.md": "", f"{deep}/x.MD": "", ".notes/y.md": "", "z.txt": "", "md": ""})
    corpus = loaded(tmp_path)
    assert paths(corpus) == ["research/.notes/y.md", f"research/{deep}/x.MD", "research/b.md"]
    assert corpus.skipped == ()


@pytest.mark.parametrize("folder", [".git", ".ipynb_checkpoints", ".venv", "node_modules"])
def test_excluded_folders(tmp_path: Path, folder: str) -> None:
    """Folders of tools are never entered, at any depth."""
    write(tmp_path / "research", {f"{folder}/x.md": "", f"docs/{folder}/deep/x.md": "", "docs/x.md": ""})
    assert paths(loaded(tmp_path)) == ["research/docs/x.md"]


@pytest.mark.parametrize("specs", ["specs", "research/specs", "../elsewhere/specs"])
def test_specs_inside_research(tmp_path: Path, specs: str) -> None:
    """Specs are no research, also where their folder lies in the research folder."""
    write(tmp_path / "research", {"specs/x.md": "", "specs/old/x.md": "", "docs/specs/y.md": ""})
    corpus = load(tmp_path, tmp_path / "research", tmp_path / specs)
    assert paths(corpus) == ["research/docs/specs/y.md"]


def test_specs_that_are_called_otherwise(tmp_path: Path) -> None:
    """A folder with ledgers holds specs, and a file that names its base is one, however it came there."""
    spec = "# A spec\n\n<!-- speckit base: 0123456789abcdef -->\n"
    write(
        tmp_path, {"specs/a.md": spec, "research/rfcs/.speckit/a/recipe.yaml": "", "research/rfcs/a.md": "#"}
    )
    write(tmp_path / "research", {"notes/a.md": spec, "notes/quoted.md": f"{spec}\nis how a spec ends\n" * 9})
    (tmp_path / "research" / "hard.md").hardlink_to(tmp_path / "specs" / "a.md")
    corpus = loaded(tmp_path)
    assert paths(corpus) == ["research/notes/quoted.md"]
    assert reasons(corpus) == dict.fromkeys(
        ["research/hard.md", "research/notes/a.md"], "a spec, which is no research"
    )


def test_specs_linked_from_research(tmp_path: Path) -> None:
    """A link from the research folder to the specs, or to one spec, leads nowhere and is reported."""
    write(tmp_path, {"specs/x.md": "# A spec", "research/a.md": ""})
    (tmp_path / "research" / "more").symlink_to(tmp_path / "specs")
    (tmp_path / "research" / "x.md").symlink_to(tmp_path / "specs" / "x.md")
    corpus = loaded(tmp_path)
    assert paths(corpus) == ["research/a.md"]
    assert sorted(reasons(corpus)) == ["research/more", "research/x.md"]


def test_research_is_specs(tmp_path: Path) -> None:
    """One folder cannot be both: the user is told."""
    (tmp_path / "research").mkdir()
    with pytest.raises(ProjectError, match="both research and specs"):
        load(tmp_path, tmp_path / "research", tmp_path / "research")


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Neither a loop, nor a link out, nor a link to nothing is followed; each is reported."""
    write(tmp_path, {"research/a.md": "", "secret.md": "secret"})
    for name, target in {"loop": ".", "up": "..", "out.md": "../secret.md", "gone.md": "nothing"}.items():
        (tmp_path / "research" / name).symlink_to(target)
    corpus = loaded(tmp_path)
    assert paths(corpus) == ["research/a.md"]
    assert {path: reason.split(",")[0] for path, reason in reasons(corpus).items()} == {
        f"research/{name}": "a symbolic link" for name in ("gone.md", "loop", "out.md", "up")
    }


def test_research_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """The research folder is named by its user, so it may lie elsewhere; paths keep its name."""
    write(tmp_path, {"elsewhere/docs/a.md": "# A"})
    (tmp_path / "research").symlink_to(tmp_path / "elsewhere")
    assert paths(load(tmp_path, tmp_path / "research", tmp_path / "specs")) == ["research/docs/a.md"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeff# A".encode(), "# A"),
        ("é ü".encode("utf-16"), "é ü"),
        ("café \u2014 ok".encode("cp1252"), "café \u2014 ok"),
        ("é ü ö ".encode() + b"\xff", "é ü ö \ufffd"),
        (b"", ""),
    ],
    ids=["line ends", "byte order mark", "UTF-16", "Windows-1252", "damaged UTF-8", "empty"],
)
def test_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    """Text comes out of any usual encoding, with LF line ends and without a mark."""
    assert one(tmp_path, data).text == text


def test_unfit_files(tmp_path: Path) -> None:
    """Files that cannot be read are listed with the reason, and the others are read all the same."""
    write(tmp_path / "research", {"a.md": "# A", "image.md": b"\x89PNG\0\0", "folder.md/b.md": "# B"})
    with (tmp_path / "research" / "huge.md").open("wb") as huge:
        huge.truncate(LIMIT + 1)
    os.mkfifo(tmp_path / "research" / "pipe.md")
    corpus = loaded(tmp_path)
    assert paths(corpus) == ["research/a.md", "research/folder.md/b.md"]
    assert reasons(corpus) == {
        "research/huge.md": "10 MB; at most 10 MB are read: split it",
        "research/image.md": "binary, not markdown",
        "research/pipe.md": "not a regular file",
    }


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that everybody may enter, and for root, who may read everything, another user for a while."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        user = os.geteuid()
        os.seteuid(user or 65534)
        yield Path(folder)
        os.seteuid(user)


def test_forbidden_files(as_nobody: Path) -> None:
    """What the user may not read or list is reported."""
    write(as_nobody / "research", {"a.md": "", "b.md": "# B", "closed/b.md": ""})
    (as_nobody / "research" / "a.md").chmod(0)
    (as_nobody / "research" / "closed").chmod(0)
    corpus = loaded(as_nobody)
    (as_nobody / "research" / "closed").chmod(0o700)
    assert paths(corpus) == ["research/b.md"]
    assert reasons(corpus) == {
        "research/a.md": "cannot be read: Permission denied",
        "research/closed": "cannot be listed: Permission denied",
    }


def test_names_that_cannot_be_written(tmp_path: Path) -> None:
    """A file whose name cannot stand in a line of a document is reported by a name that can."""
    write(tmp_path / "research", {os.fsdecode(b"caf\xe9.md"): "", "two\nlines.md": "", "\x1b[2J.md": ""})
    corpus = loaded(tmp_path)
    assert corpus.documents == ()
    assert sorted(reasons(corpus)) == [
        r"research/\x1b[2J.md",
        r"research/caf\udce9.md",
        r"research/two\nlines.md",
    ]


def test_frontmatter_is_used(tmp_path: Path) -> None:
    """Title, date, tags, topic and commit come from the frontmatter, the category from the folder."""
    text = (
        "---\ntitle: The title\ntopic: The topic\ndate: 2026-03-04T23:59:59Z\ntags: [a, b c]\n"
        "git_commit: 3ac4293f210d\n---\n# Another"
    )
    document = one(tmp_path, text)
    assert (document.title, document.topic, document.date) == ("The title", "The topic", dt.date(2026, 3, 4))
    assert (document.tags, document.commit, document.category) == (("a", "b c"), "3ac4293f210d", "docs")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntopic: Its topic\n---\n# Heading", "Its topic"),
        ("## Small\n# Research: The heading\n", "The heading"),
        ("```\n# code\n```\n<!--\n# comment\n-->\nUnder\nlined\n===\n", "Under lined"),
        ("# The\x1b[2J heading\x07", "The [2J heading"),
        ("---\ntitle: {a: b}\n---\n# Heading", "Heading"),
        ("---\ntopic: one: two\n---\n", "one: two"),
        ("no heading", "a name"),
    ],
    ids=[
        "topic",
        "heading",
        "setext heading",
        "control characters",
        "title of another type",
        "malformed frontmatter",
        "file name",
    ],
)
def test_title(tmp_path: Path, text: str, title: str) -> None:
    """The title is the frontmatter's title or topic, else the first heading, else the file name's words."""
    assert one(tmp_path, text).title == title


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("2026-01-02-x.md", "---\ndate: 2026-05-06\n---", "2026-05-06"),
        ("2026-01-02-x.md", "---\ndate: soon\n---", "2026-01-02"),
        ("2026-01-02-x.md", "---\ndate: 2026-13-40\n---", "2026-01-02"),
        ("x-2026-02-30.md", "", None),
        ("x.md", "2026-01-02", None),
    ],
)
def test_date(tmp_path: Path, name: str, text: str, date: str | None) -> None:
    """The date is the frontmatter's, else the file name's, and only if there is such a day."""
    found = one(tmp_path, text, name).date
    assert (found.isoformat() if found else None) == date


@pytest.mark.parametrize(
    "text",
    [
        "---\nsuperseded_by: research/docs/2026-02-01-broker.md\n---\n",
        "# Old\n\n> **Superseded by** [the broker](./2026-02-01-broker.md#L3).\n",
        "SUPERSEDED BY: `2026-02-01-broker.md`",
    ],
)
def test_superseded(tmp_path: Path, text: str) -> None:
    """A document says in its first lines by which file it is superseded, but not in what it quotes later."""
    assert one(tmp_path, text).superseded_by == "2026-02-01-broker.md"
    assert one(tmp_path, "much text\n" * 100 + text).superseded_by == ""


def test_category_at_the_top(tmp_path: Path) -> None:
    """A document directly in the research folder has no category."""
    assert one(tmp_path, "", "x.md").category == ""


def test_links(tmp_path: Path) -> None:
    """Citations are relative links, paths from the root, and unique names of documents that were moved."""
    write(
        tmp_path / "research",
        {
            "docs/a.md": "[b](./b.md#L3) `research/web/c.md:12` [d](/old/d%20d.md) b.md a.md gone.md",
            "docs/b.md": "../web/c.md specs/a.md same.md",
            "web/c.md": "see same.md",
            "notes/d d.md": "",
            "notes/same.md": "",
            "web/same.md": "",
        },
    )
    links = {document.path: document.links for document in loaded(tmp_path).documents}
    assert links["research/docs/a.md"] == ("research/docs/b.md", "research/web/c.md", "research/notes/d d.md")
    assert links["research/docs/b.md"] == ("research/web/c.md",)
    assert links["research/web/c.md"] == ("research/web/same.md",)


def test_corpus(atomic: Path) -> None:
    """Every file of a corpus of others is taken in, and links lead to its documents, none of them a spec."""
    corpus = load(atomic, atomic / "research", atomic / "specs")
    assert len(corpus.documents) == sum(1 for _ in (atomic / "research").rglob("*.md"))
    assert corpus.skipped == ()
    known = set(paths(corpus))
    assert all(known.issuperset(document.links) for document in corpus.documents)
    assert all(path.startswith("research/") for path in known)


def test_damaged_corpus(atomic: Path, tmp_path: Path) -> None:
    """Every file of a corpus, cut, spliced or re-encoded at random, is loaded, ranked and parsed."""
    chance = random.Random(20261122)
    sources = [path.read_bytes() for path in sorted((atomic / "research").rglob("*.md"))]
    for number, data in enumerate(sources):
        cut, other = chance.randrange(len(data) + 1), chance.choice(sources)
        damaged = data[:cut] + other[chance.randrange(len(other) + 1) :][:4000]
        if number % 3 == 0:
            damaged = damaged.decode("utf-8", "replace").encode("utf-16")
        elif number % 3 == 1:
            damaged = re.sub(rb"\n(?=#)", b"\r\n\xff", damaged)
        write(tmp_path / "research", {f"{number}.md": damaged[:20_000]})
    corpus = loaded(tmp_path)
    assert len(corpus.documents) + len(corpus.skipped) == len(sources)
    assert locate(corpus, "workflow", dt.date(2026, 3, 23))
    for document in corpus.documents:
        for block in blocks(document.text):
            assert document.cite(block.start, block.end).quote == block.text
