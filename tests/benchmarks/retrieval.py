"""Measure retrieval on corpora made of real sections, in one run beside ripgrep over the same tree.

    python tests/benchmarks/retrieval.py [--documents 1000 10000] [--research FOLDER]

For each size: MB/s of building the index on disk; p50 and p99 of title queries, warm; a refresh where nothing
changed, and how much longer it takes where one document did; peak memory of the process that did all this;
the start of a new process to its first answer; and p50 of `rg -i -c` for the same words. Last, the cold start
of `speckit locate` on the research itself against a bare script that reads the same files into one FTS5
table. Times are in milliseconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from speckit.library import Library

RESEARCH = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "atomic" / "research"
DAY = dt.date(2026, 12, 31)
BYTES = 20_000  # of a document
SECTION = re.compile(r"^(?=## )", re.MULTILINE)
BARE = """
import sqlite3, sys
from pathlib import Path
database = sqlite3.connect(":memory:")
database.execute("CREATE VIRTUAL TABLE document USING fts5(path, text)")
files = ((str(path), path.read_text("utf-8", "replace")) for path in Path(sys.argv[1]).rglob("*.md"))
database.executemany("INSERT INTO document VALUES (?, ?)", files)
"""


def main() -> None:
    """Measure each size, then the cold start, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--research", type=Path, default=RESEARCH)
    given = parser.parse_args()
    texts = [path.read_text("utf-8", "replace") for path in sorted(given.research.rglob("*.md"))]
    sections = [section for text in texts for section in SECTION.split(text) if section.startswith("## ")]
    names = sorted(path.stem for path in given.research.rglob("20??-??-??-*.md"))
    topics = [name[11:].replace("-", " ") for name in names[::4]]
    print("documents     MB  build MB/s  query p50 / p99  refresh  +1 changed  peak MB  new process  rg p50")
    for count in given.documents:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), count, sections, topics)
    bare = best(lambda: run(sys.executable, "-c", BARE, str(given.research)))
    speckit = str(Path(sys.executable).parent / "speckit")
    ours = best(lambda: run(speckit, "locate", topics[0], "--research", str(given.research), "--json"))
    print(f"cold start: bare script {bare:.0f}, speckit locate {ours:.0f}: {ours / bare:.2f} times")


def measure(folder: Path, count: int, sections: list[str], topics: list[str]) -> None:
    """Print the row of one size."""
    size = write_corpus(folder / "research", count, sections)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        build, p50, p99, refresh, changed, peak = pool.submit(use_library, folder, topics).result()
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        fresh = timed(lambda: pool.submit(first_answer, folder, topics[0]).result())
    words = [[part for word in topic.split() for part in ("-e", word)] for topic in topics[:15]]
    rg = statistics.median(
        timed(lambda w=w: run("rg", "-i", "-c", *w, str(folder / "research"))) for w in words
    )
    print(
        f"{count:9}  {size:5.0f}  {size / build * 1000:10.0f}  {p50:9.1f} / {p99:3.0f}"
        f"  {refresh:7.0f}  {changed:10.0f}  {peak:7.0f}  {fresh:11.0f}  {rg:6.0f}",
        flush=True,
    )


def write_corpus(research: Path, count: int, sections: list[str]) -> float:
    """Write documents of sections drawn at random, a hundred to a folder; returns their size in MB."""
    chance = random.Random(20261122)
    total = 0
    for number in range(count):
        text = f"# Document {number}\n\n"
        while len(text) < BYTES:
            text += chance.choice(sections)[:BYTES]
        path = research / f"{number // 100}" / f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        total += path.write_bytes(text.encode())
    return total / 1e6


def use_library(folder: Path, topics: list[str]) -> tuple[float, float, float, float, float, float]:
    """Build an index, ask it, change a document; returns the times and the peak memory in MB."""
    library = open_library(folder)
    build = timed(library.refresh)
    times = sorted(timed(lambda topic=topic: library.locate(topic, DAY)) for topic in topics * 2)
    refresh = statistics.median(timed(library.refresh) for _ in range(9))
    (path,) = (folder / "research" / "0").glob("*-0.md")

    def change() -> float:
        path.write_text(path.read_text("utf-8") + "\nchanged\n", "utf-8")
        return timed(library.refresh)

    changed = statistics.median(change() for _ in range(9)) - refresh
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return build, statistics.median(times), times[int(len(times) * 0.99)], refresh, changed, peak


def first_answer(folder: Path, topic: str) -> int:
    """What a new process does until it has an answer."""
    library = open_library(folder)
    library.refresh()
    return len(library.locate(topic, DAY))


def open_library(folder: Path) -> Library:
    return Library(folder, folder / "research", folder / "specs", folder / "cache")


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def best(call: Callable[[], object]) -> float:
    """Milliseconds of the fastest of five calls."""
    return min(timed(call) for _ in range(5))


def run(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
