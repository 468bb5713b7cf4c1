"""A research folder seen through an index on disk."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from speckit.index import LARGE
from speckit.load import load
from speckit.load.files import find_files
from speckit.load.shelf import load_shelf
from speckit.locate import locate
from speckit.model import Corpus

TODAY = dt.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "speckit" / "research"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two documents, the first of which cites the second."""
    write(tmp_path, "a.md", "---\ntags: [broker]\n---\n# Queue\nsee b.md")
    write(tmp_path, "b.md", "# Broker\ntext")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / "research").mkdir(exist_ok=True)
    (root / "research" / name).write_text(text, "utf-8")


def shelved(root: Path) -> Corpus:
    research = root / "research"
    files = sorted(find_files(root, research, root / "specs"), key=lambda file: file.path)
    return load_shelf(files, root, research)


def found(root: Path, topic: str) -> list[str]:
    return [hit.document.path.removeprefix("research/") for hit in locate(shelved(root), topic, TODAY)]


def numbers(corpus: Corpus) -> dict[str, int]:
    assert corpus.shelf
    return {document.path: number for number, document in corpus.shelf.documents.items()}


def test_same_hits_as_without(atomic: Path) -> None:
    """A folder gives the same documents and hits through the index on disk, also when it is opened again."""
    day = dt.date(2026, 3, 23)
    corpus = load(atomic, atomic / "research", atomic / "specs")
    for topic in ("Ralph workflow redesign", "zebra", "TUI layout: streaming content ordering"):
        again = shelved(atomic)
        assert tuple(map(again.whole, again.documents)) == corpus.documents
        hits = locate(again, topic, day)
        assert tuple(replace(hit, document=again.whole(hit.document)) for hit in hits) == locate(
            corpus, topic, day
        )


def test_a_large_folder_is_shelved(tmp_path: Path, cache: Path) -> None:
    """A folder is read into memory up to a size, and seen through the index on disk above it."""
    for number in range(LARGE):
        write(tmp_path, f"{number}.md", f"# Note {number}")
    corpus = load(tmp_path, tmp_path / "research", tmp_path / "specs")
    assert (corpus.shelf, cache.exists()) == (None, False)
    write(tmp_path, "more.md", "# More")
    large = load(tmp_path, tmp_path / "research", tmp_path / "specs")
    assert large.shelf
    assert [d.title for d in large.documents] == [*(d.title for d in corpus.documents), "More"]
    assert [d.text for d in map(large.whole, large.documents)][-1] == "# More"


def test_changes_are_taken_in(project: Path) -> None:
    """Changed, new and removed files are seen by the next run, and so are citations of them."""
    assert found(project, "queue") == ["a.md", "b.md"]
    write(project, "b.md", "# Broker of every queue")
    write(project, "c.md", "nothing, see a.md")
    assert found(project, "every") == ["b.md"]
    (project / "research" / "a.md").unlink()
    assert found(project, "queue") == ["b.md"]


def test_a_touched_file_is_not_indexed_again(project: Path) -> None:
    """A file with another time and the same bytes keeps its place in the index."""
    before = numbers(shelved(project))
    os.utime(project / "research" / "a.md", ns=(1, 1))
    assert numbers(shelved(project)) == before
    write(project, "a.md", "# Another")
    assert numbers(shelved(project)) == before | {"research/a.md": 2}


def test_many_changes_build_the_index_anew(project: Path) -> None:
    """An index that has grown mostly old is built anew, and nothing is lost."""
    highest = []
    for change in range(110):
        write(project, "b.md", f"# Broker {change}")
        highest.append(max(numbers(shelved(project)).values()))
    assert max(highest) > 100 > highest[-1]
    assert found(project, "queue") == ["a.md", "b.md"]


@pytest.mark.parametrize("damage", [b"no database " * 1000, b""])
def test_a_broken_cache_is_made_anew(project: Path, cache: Path, damage: bytes) -> None:
    """What is no database in the cache does no harm, and is one after the next run."""
    shelved(project)
    (file,) = cache.glob("*.db")
    for part in cache.iterdir():
        part.unlink()
    file.write_bytes(damage)
    assert found(project, "queue") == ["a.md", "b.md"]
    shelved(project)
    assert file.read_bytes().startswith(b"SQLite format 3")


def test_without_a_cache(project: Path, tmp_path: Path) -> None:
    """Where no cache can be made the documents are found all the same."""
    (tmp_path / "cache").write_text("a file where the folder would be")
    assert found(project, "queue") == ["a.md", "b.md"]


def test_what_cannot_be_read_is_told(project: Path) -> None:
    """A file that is not taken in is reported, and one that was is forgotten."""
    shelved(project)
    (project / "research" / "b.md").write_bytes(b"\0")
    (project / "research" / os.fsdecode(b"\xff.md")).touch()
    corpus = shelved(project)
    assert {skipped.path for skipped in corpus.skipped} == {"research/b.md", r"research/\udcff.md"}
    assert [document.path for document in corpus.documents] == ["research/a.md"]


def test_a_document_that_is_gone(project: Path) -> None:
    """A file removed since it was loaded is a document without text."""
    corpus = shelved(project)
    (project / "research" / "b.md").unlink()
    assert [document.text for document in map(corpus.whole, corpus.documents)][1] == ""


def test_runs_at_the_same_time(project: Path) -> None:
    """Several processes that build one index at once leave it whole."""
    for number in range(60):
        write(project, f"{number}.md", f"# Queue {number}")
    code = (
        "import sys; from pathlib import Path; from speckit.load.files import find_files\n"
        "from speckit.load.shelf import load_shelf\n"
        "root = Path(sys.argv[1]); research = root / 'research'\n"
        "load_shelf(find_files(root, research, root / 'specs'), root, research)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(project)]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert sorted(numbers(shelved(project)).values()) == list(range(62))


def test_what_another_process_adds_does_no_harm(project: Path) -> None:
    """A corpus that was loaded before others were indexed is ranked as it was."""
    corpus = shelved(project)
    before = [hit.document.path for hit in locate(corpus, "queue broker", TODAY)]
    for number in range(9):
        write(project, f"{number}.md", f"# Queue {number} of a broker")
    shelved(project)
    assert [hit.document.path for hit in locate(corpus, "queue broker", TODAY)] == before


def test_the_cache_is_private(project: Path, cache: Path) -> None:
    """Nobody else may look into the cache."""
    shelved(project)
    assert cache.stat().st_mode & 0o077 == 0
