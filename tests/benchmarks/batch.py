"""Measure unattended runs in one go: papermill in a loop, its API in a loop, a batch, and the stages alone.

    python tests/benchmarks/batch.py [--rows 40] [--loop 8] [--jobs 2] [--notebook PATH]

Every way drafts specs of this project's own research with the shipped notebook, each into its own folder.
The loops repeat `--loop` runs, the batch has `--rows`; figures are specs a second of the whole process, its
start included. Memory is the sum over all processes of the batch of what is theirs (proportional set size).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from speckit.authoring import Authoring
from speckit.load import load
from speckit.paths import shipped
from speckit.recipe import make_recipe
from speckit.safe_yaml import dump_yaml

RESEARCH = Path(__file__).resolve().parents[2] / "research"
DAY = "2026-11-23"
LOOP = """
import json, sys
import papermill
for n, row in enumerate(json.load(sys.stdin)):
    papermill.execute_notebook(sys.argv[1], f"api-{n}.ipynb", row, progress_bar=False)
"""


def main() -> None:
    """Measure each way and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--loop", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--notebook", type=Path, default=shipped("notebooks") / "create-spec.ipynb")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(RESEARCH, folder / "research")
        commands = given.loop / timed(lambda: by_command(folder, given.notebook, rows(given.loop, "cli")))
        api = given.loop / timed(lambda: by_api(folder, given.notebook, rows(given.loop, "api")))
        peak = Peak()
        batch = given.rows / timed(lambda: by_batch(folder, rows(given.rows, "batch"), given.jobs, peak))
        stages = by_stages(folder, given.rows, given.jobs)
    print("way                     specs/s  batch is")
    for way, rate in (
        ("papermill in a loop", commands),
        ("papermill's API in a loop", api),
        ("batch", batch),
        ("stages alone", stages),
    ):
        print(f"{way:25}{rate:6.2f}  {batch / rate:7.2f} times")
    print(f"peak memory of the batch: {peak.megabytes:.0f} MB")


def rows(count: int, way: str) -> list[dict[str, Any]]:
    """Recipes of as many specs, on topics that the research has."""
    documents = load(RESEARCH.parent, RESEARCH, RESEARCH.parent / "specs").documents
    topics = [document.title.removeprefix("Research: ") for document in documents]
    return [
        {"topic": topics[n % len(topics)], "specs": f"specs-{way}-{n}", "as_of": DAY} for n in range(count)
    ]


def by_command(folder: Path, notebook: Path, recipes: list[dict[str, Any]]) -> None:
    """One `papermill` a spec."""
    for n, recipe in enumerate(recipes):
        (folder / "recipe.yaml").write_text(dump_yaml(recipe))
        run(folder, "papermill", str(notebook), f"cli-{n}.ipynb", "-f", "recipe.yaml", "--no-progress-bar")


def by_api(folder: Path, notebook: Path, recipes: list[dict[str, Any]]) -> None:
    """One process that calls papermill for each spec."""
    command = [sys.executable, "-c", LOOP, str(notebook)]
    subprocess.run(
        command, cwd=folder, input=json.dumps(recipes).encode(), check=True, stdout=subprocess.DEVNULL
    )


def by_batch(folder: Path, recipes: list[dict[str, Any]], jobs: int, peak: Peak) -> None:
    """One batch, with its memory watched."""
    (folder / "manifest.yaml").write_text(dump_yaml({"specs": recipes}))
    with peak:
        run(folder, "speckit", "batch", "manifest.yaml", "-j", str(jobs))


def by_stages(folder: Path, count: int, jobs: int) -> float:
    """Specs a second where each core runs the stages only, once they are loaded."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        warm = [(folder, recipe) for recipe in rows(jobs * 2, "warm")]
        list(pool.map(draft, warm))
        begun = time.perf_counter()
        list(pool.map(draft, [(folder, recipe) for recipe in rows(count, "stages")]))
        return count / (time.perf_counter() - begun)


def draft(given: tuple[Path, dict[str, Any]]) -> None:
    """Write one spec, without a notebook."""
    folder, recipe = given
    Authoring(make_recipe(recipe), folder).export()


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run a program of this environment to its end."""
    command = [str(Path(sys.executable).parent / program), *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(act: Any) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


class Peak:
    """Watches what all processes that this one has started take together."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self.megabytes = max(self.megabytes, sum(map(proportional, below(os.getpid()))) / 1024)


def below(pid: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found + [further for child in found for further in below(child)]


def proportional(pid: int) -> int:
    """The memory of a process in kB, what it shares counted in part; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
