"""A research folder seen through an index on disk."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from speckit.library import Library
from speckit.load import load
from speckit.locate import locate

TODAY = dt.date(2026, 6, 30)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The library of a small folder, not yet refreshed."""
    write(tmp_path, "a.md", "---\ntags: [broker]\n---\n# Queue\nsee b.md")
    write(tmp_path, "b.md", "# Broker\ntext")
    return opened(tmp_path)


def write(folder: Path, name: str, text: str) -> None:
    (folder / "research").mkdir(exist_ok=True)
    (folder / "research" / name).write_text(text, "utf-8")


def opened(folder: Path) -> Library:
    return Library(folder, folder / "research", folder / "specs", folder / "cache")


def found(library: Library, topic: str) -> list[str]:
    library.refresh()
    return [hit.document.path.removeprefix("research/") for hit in library.locate(topic, TODAY)]


def test_same_hits_as_without(atomic: Path, tmp_path: Path) -> None:
    """A folder gives the same hits through the index on disk, also when it is opened again."""
    research, specs, day = atomic / "research", atomic / "specs", dt.date(2026, 3, 23)
    for topic in ("Ralph workflow redesign", "zebra", "TUI layout: streaming content ordering"):
        expected = locate(load(atomic, research, specs), topic, day)
        library = Library(atomic, research, specs, tmp_path)
        assert library.refresh() == ()
        assert library.locate(topic, day) == expected


def test_changes_are_taken_in(library: Library, tmp_path: Path) -> None:
    """Changed, new and removed files are seen at the next refresh, and so are citations of them."""
    assert found(library, "queue") == ["a.md", "b.md"]
    write(tmp_path, "b.md", "# Broker of every queue")
    write(tmp_path, "c.md", "nothing, see a.md")
    assert set(found(library, "every")) == {"b.md"}
    (tmp_path / "research" / "a.md").unlink()
    assert found(library, "queue") == ["b.md"]
    assert found(opened(tmp_path), "queue") == ["b.md"]


def test_a_touched_file_is_not_indexed_again(library: Library, tmp_path: Path) -> None:
    """A file with another time and the same bytes keeps its place in the index."""
    library.refresh()
    before = dict(library.documents)
    os.utime(tmp_path / "research" / "a.md", ns=(1, 1))
    library.refresh()
    assert library.documents == before


def test_many_changes_build_the_index_anew(library: Library, tmp_path: Path) -> None:
    """An index that has grown mostly old is dropped when it is opened next, and nothing is lost."""
    for number in range(110):
        write(tmp_path, "b.md", f"# Broker {number}")
        library.refresh()
    assert max(library.documents) > 100
    again = opened(tmp_path)
    assert found(again, "queue") == ["a.md", "b.md"]
    assert max(again.documents) < 2


def test_a_broken_cache_is_made_anew(library: Library, tmp_path: Path) -> None:
    """What is no database in the cache is replaced."""
    library.refresh()
    (cache,) = (tmp_path / "cache").glob("*.db")
    for part in (tmp_path / "cache").iterdir():
        part.unlink()
    cache.write_bytes(b"no database " * 1000)
    assert found(opened(tmp_path), "queue") == ["a.md", "b.md"]


def test_what_cannot_be_read_is_told(library: Library, tmp_path: Path) -> None:
    """A file that is not taken in is reported, and one that was is forgotten."""
    library.refresh()
    (tmp_path / "research" / "b.md").write_bytes(b"\0")
    (tmp_path / "research" / os.fsdecode(b"\xff.md")).touch()
    assert {skipped.path for skipped in library.refresh()} == {"research/b.md", r"research/\udcff.md"}
    assert [document.path for document in library.documents.values()] == ["research/a.md"]


def test_a_hit_that_is_gone(library: Library, tmp_path: Path) -> None:
    """A file removed since the last refresh is still told, by the lines that are known of it."""
    library.refresh()
    (tmp_path / "research" / "b.md").unlink()
    texts = {hit.document.path: hit.document.text for hit in library.locate("broker", TODAY)}
    assert texts["research/b.md"] == "# Broker\ntext"


def test_the_cache_is_private(library: Library, tmp_path: Path) -> None:
    """Nobody else may look into the cache."""
    library.refresh()
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0
