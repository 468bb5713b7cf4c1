"""Measure drafting: from documents in memory to the spec with its questions, after import, diagrams known.

    python tests/benchmarks/draft.py [--documents 12] [--size 20000]

The documents are made of this project's own research, section by section, each of the size given in bytes.
Times are in milliseconds, the median of the runs: finding, drafting, and laying the spec out as markdown.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from pathlib import Path

from speckit.analyze import analyze
from speckit.clarify import clarify
from speckit.draft import draft
from speckit.load import load
from speckit.model import Document
from speckit.template import load_pack, render

PROJECT = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 11, 23)
RUNS = 7


def made_documents(count: int, size: int) -> list[Document]:
    """Documents of this size: the project's research from one section on, each from another section."""
    loaded = load(PROJECT, PROJECT / "research", PROJECT / "specs").documents
    sections = "\n".join(document.text for document in loaded).split("\n## ")
    documents = []
    for number in range(count):
        text = f"# Research {number}\n"
        for section in sections[number:] + sections[:number]:
            text += f"\n## {section}"
            if len(text.encode()) >= size:
                break
        documents.append(
            Document(f"research/docs/{number}.md", text[:size], f"Research {number}", DAY, "docs")
        )
    return documents


def main() -> None:
    """Draft a few times and print how long each part took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--size", type=int, default=20_000, help="of a document, in bytes")
    options = parser.parse_args()
    documents, pack = made_documents(options.documents, options.size), load_pack("rfc", None)
    times: dict[str, list[float]] = {"analyze": [], "draft": [], "render": [], "together": []}
    for _ in range(RUNS):
        start = time.perf_counter()
        findings = analyze(documents)
        found = time.perf_counter()
        spec = draft("papermill engine", "Engine", findings, pack, created=DAY, author="Ann", owner="Core")
        drafted = time.perf_counter()
        render(clarify(spec, ()), pack, "../")
        end = time.perf_counter()
        for name, taken in zip(
            times, (found - start, drafted - found, end - drafted, end - start), strict=True
        ):
            times[name].append(taken * 1000)
    size = sum(len(document.text.encode()) for document in documents)
    print(f"{len(documents)} documents of {size:,} bytes together, {RUNS} runs")
    for name, runs in times.items():
        print(f"{name:10} {statistics.median(runs):7.0f} ms, least {min(runs):.0f} ms")


if __name__ == "__main__":
    main()
