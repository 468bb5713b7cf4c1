"""Finding the open questions of a folder's documents beside parsing the same documents with markdown-it.

    python -m tests.benchmarks.questions ../shared/corpora/atomic [--rounds 5]

Both read every document in turn, in one run.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from markdown_it import MarkdownIt

from speckit.model import Document
from speckit.questions import find_questions


def main() -> None:
    """Print one JSON value: the number of questions, the seconds of both, and how many times faster."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    documents = [
        Document(path.as_posix(), path.read_text("utf-8"), path.stem, None, "docs")
        for path in sorted(given.root.rglob("*.md"))
    ]
    parser_of_all = MarkdownIt("commonmark").enable("table")
    found = sum(len(find_questions(document)) for document in documents)
    rounds = [one_round(documents, parser_of_all) for _ in range(given.rounds)]
    ours, theirs = (statistics.median(times) for times in zip(*rounds, strict=True))
    told = {
        "documents": len(documents),
        "questions": found,
        "find_questions": round(ours, 3),
        "markdown-it": round(theirs, 3),
        "times faster": round(statistics.median(theirs / ours for ours, theirs in rounds), 1),
    }
    print(json.dumps(told, indent=1))


def one_round(documents: list[Document], parser: MarkdownIt) -> tuple[float, float]:
    """The seconds that finding and that parsing take, document by document."""
    ours = theirs = 0.0
    for document in documents:
        start = time.perf_counter()
        find_questions(document)
        between = time.perf_counter()
        parser.parse(document.text)
        ours += between - start
        theirs += time.perf_counter() - between
    return ours, theirs


if __name__ == "__main__":
    main()
