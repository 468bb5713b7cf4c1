"""Measure the check of specs: a long one, new and known diagrams, and many specs in one call.

    python tests/benchmarks/check.py [--specs FOLDER]

The long spec is the one of the folder that is nearest to 3,500 words, without its diagrams. Times are in
milliseconds, after import: the median of the runs and the best, which other work on the machine disturbs
least. Diagrams are drawn into a
cache of this run's own. Last, `speckit check` as a process over copies of the specs, to see that its time
grows with their number.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SPECS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "atomic" / "specs"
WORDS = 3500
RUNS = 15
PAUSE = 1  # seconds between new diagrams, as a person who draws leaves them
COUNTS = (25, 50, 100, 200)
MERMAID = re.compile(r"^```mermaid\n.*?^```\n", re.MULTILINE | re.DOTALL)
DIAGRAM = """\
## 4. Diagram

```mermaid
flowchart TD
    subgraph house{n}
        a{n}[Lamp {n}] --> b{n}[(Oil)]
    end
```
"""


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--specs", type=Path, default=SPECS)
    specs = sorted(parser.parse_args().specs.glob("*.md"))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        home = Path(folder, "project")
        shutil.copytree(specs[0].parent.parent / "research", home / "research")
        (home / "specs").mkdir()
        measure_one(specs, home)
        measure_many(specs, home)


def measure_one(specs: list[Path], home: Path) -> None:
    """One spec: without diagrams, with one that was never seen, and again."""
    from speckit.review import review

    long = min(specs, key=lambda path: abs(len(path.read_text("utf-8").split()) - WORDS))
    text = MERMAID.sub("", long.read_text("utf-8"))
    path = home / "specs" / long.name
    path.write_text(text, "utf-8")
    review(path).problems()
    print(f"{len(text.split()):,} words, no diagram:   {told(times(lambda: review(path).problems()))}")
    new = []
    for number in range(6):
        path.write_text(text + DIAGRAM.format(n=number), "utf-8")
        new += times(lambda: review(path).problems(), runs=1)
        time.sleep(PAUSE)
    print(f"and a first new diagram:   {new[0]:6.0f}")
    print(f"and another, after a pause:{told(new[1:])}")
    path.write_text(text + "".join(DIAGRAM.format(n=n) for n in range(5)), "utf-8")
    print(f"and five known diagrams:   {told(times(lambda: review(path).problems()))}")


def measure_many(specs: list[Path], home: Path) -> None:
    """Many specs in one call, by number; their diagrams are known."""
    for path in specs:
        shutil.copy(path, home / "specs" / path.name)
    subprocess.run(command(specs, home), cwd=home, stdout=subprocess.DEVNULL, check=False)
    for count in COUNTS:
        names = [specs[number % len(specs)] for number in range(count)]
        taken = times(
            lambda names=names: subprocess.run(
                command(names, home), cwd=home, stdout=subprocess.DEVNULL, check=False
            ),
            runs=3,
        )
        print(f"{count:>4} specs in one call:    {told(taken)}   best {min(taken) / count:.1f} each")


def command(specs: list[Path], home: Path) -> list[str]:
    """The command that checks these specs, as copied."""
    return [
        sys.executable,
        "-m",
        "speckit.cli",
        "check",
        *(str(home / "specs" / path.name) for path in specs),
    ]


def times(call: Callable[[], object], runs: int = RUNS) -> list[float]:
    """How long each of several calls took."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def told(taken: list[float]) -> str:
    """The median and the best."""
    return f"{statistics.median(taken):6.0f}   best {min(taken):.0f}"


if __name__ == "__main__":
    main()
