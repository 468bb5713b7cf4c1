"""Measure retrieval on corpora made of real sections, in one run beside ripgrep over the same tree.

    python tests/benchmarks/retrieval.py [--documents 1000 10000] [--research FOLDER]

A line for each size, times in milliseconds:

    build        MB/s of the first load, which indexes everything
    query        p50 and p99 of ranking the documents for a title, once they are loaded
    rg           p50 of `rg -i -c` for the words of the same title, each right after its query
    load         a load where nothing changed
    +1 changed   how much longer it takes where one document did
    peak MB      memory of the process that did all this
    cold         `speckit locate`, process start to printed answer, with the index there

Last, `speckit locate` on the research itself, which has no index on disk, against a bare script that reads
the same files into one FTS5 table: pairs of runs, one after the other, and the median of their ratios.

The bars: at 10,000 documents a query takes at most a tenth of rg's time, a changed document less than 50 ms
and all of it less than 150 MB; the cold start at most 2.5 times the bare script's. Exit code 1 where one is
missed. 100,000 documents take 4 GB of disk and some ten minutes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from speckit.load import load
from speckit.locate import locate

RESEARCH = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "atomic" / "research"
SPECKIT = str(Path(sys.executable).parent / "speckit")
DAY = dt.date(2026, 12, 31)
BYTES = 20_000  # of a document
PAIRS = 15
SECTION = re.compile(r"^(?=## )", re.MULTILINE)
BARE = """
import sqlite3, sys
from pathlib import Path
database = sqlite3.connect(":memory:")
database.execute("CREATE VIRTUAL TABLE document USING fts5(path, text)")
files = ((str(path), path.read_text("utf-8", "replace")) for path in Path(sys.argv[1]).rglob("*.md"))
database.executemany("INSERT INTO document VALUES (?, ?)", files)
"""


class Times(NamedTuple):
    """What one size took: milliseconds, and MB of memory."""

    build: float
    p50: float
    p99: float
    rg: float
    again: float
    changed: float
    peak: float


def main() -> None:
    """Measure each size, then the cold start, and tell which bars are missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--documents", type=int, nargs="+", default=[1000, 10_000], metavar="N", help="sizes to build"
    )
    parser.add_argument(
        "--research", type=Path, default=RESEARCH, metavar="FOLDER", help="whose sections and titles are used"
    )
    given = parser.parse_args()
    if not shutil.which("rg"):
        parser.error("ripgrep is not installed: there must be an `rg` to compare with")
    if not list(given.research.rglob("20??-??-??-*.md")):
        parser.error(f"{given.research} holds no dated notes: name a research folder with --research")
    missed: list[str] = []
    texts = [path.read_text("utf-8", "replace") for path in sorted(given.research.rglob("*.md"))]
    sections = [section for text in texts for section in SECTION.split(text) if section.startswith("## ")]
    names = sorted(path.stem for path in given.research.rglob("20??-??-??-*.md"))
    topics = [name[11:].replace("-", " ") for name in names[::4]]
    print("documents    MB  build  query p50 / p99    rg  load  +1 changed  peak MB  cold")
    for count in given.documents:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
            missed += measure(Path(folder), count, sections, topics)
    missed += measure_cold_start(given.research, topics[0])
    print("bars:", "; ".join(missed) or "none missed")
    sys.exit(bool(missed))


def measure(folder: Path, count: int, sections: list[str], topics: list[str]) -> Iterator[str]:
    """Print the line of one size; the bars it misses."""
    research = folder / "research"
    size = write_corpus(research, count, sections)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        times = pool.submit(search, folder, topics).result()
    cold = min(
        timed(lambda: run(SPECKIT, "locate", topics[0], "--research", str(research))) for _ in range(3)
    )
    speed = size / times.build * 1000
    print(
        f"{count:9} {size:5.0f} {speed:6.0f} {times.p50:10.1f} / {times.p99:3.0f} {times.rg:5.0f}"
        f" {times.again:5.0f} {times.changed:11.1f} {times.peak:8.0f} {cold:5.0f}",
        flush=True,
    )
    if count == 10_000:
        if times.p50 > times.rg / 10:
            yield f"a query takes {times.p50 / times.rg:.0%} of rg's time"
        if times.changed > 50:
            yield f"a changed document takes {times.changed:.0f} ms"
        if times.peak > 150:
            yield f"it takes {times.peak:.0f} MB"


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


def search(folder: Path, topics: list[str]) -> Times:
    """Load a corpus, rank it, change a document."""
    research = folder / "research"
    (path,) = (research / "0").glob("*-0.md")

    def load_all() -> float:
        return timed(lambda: load(folder, research, folder / "specs"))

    def change() -> None:
        path.write_text(path.read_text("utf-8") + "\nchanged\n", "utf-8")

    build = load_all()
    corpus = load(folder, research, folder / "specs")
    times, rg = [], []
    for topic in topics * 2:
        times.append(timed(lambda topic=topic: locate(corpus, topic, DAY)))
        rg.append(timed(lambda topic=topic: search_with_rg(research, topic)))
    times.sort()
    unchanged, changed = [], []
    for _ in range(9):
        unchanged.append(load_all())
        change()
        changed.append(load_all() - unchanged[-1])
    return Times(
        build,
        statistics.median(times),
        times[int(len(times) * 0.99)],
        statistics.median(rg),
        statistics.median(unchanged),
        statistics.median(changed),
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def search_with_rg(research: Path, topic: str) -> None:
    """Count the lines of each file that hold a word of the topic."""
    words = [part for word in topic.split() for part in ("-e", word)]
    run("rg", "-i", "-c", *words, str(research))


def measure_cold_start(research: Path, topic: str) -> Iterator[str]:
    """Print how long `speckit locate` takes against the bare script; the bar if it misses it."""
    pairs = []
    for _ in range(PAIRS):
        bare = timed(lambda: run(sys.executable, "-c", BARE, str(research)))
        ours = timed(lambda: run(SPECKIT, "locate", topic, "--research", str(research), "--json"))
        pairs.append((bare, ours))
    bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(ours / bare for bare, ours in pairs)
    print(f"cold start: bare script {bare:.0f}, speckit locate {ours:.0f}: {ratio:.2f} times")
    if ratio > 2.5:
        yield f"a cold start takes {ratio:.2f} times the bare script's"


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def run(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
