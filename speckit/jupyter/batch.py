"""A batch: the notebook executed once a row, here or on a cluster, and gone on with where it was interrupted.

    manifest ─read_rows→ rows ─run_batch→ results as they come: each an executed notebook and a JSON file

Rows run on any `concurrent.futures.Executor`. Each is a child of a warm parent (`speckit.jupyter.engine`), so
threads do here, and nothing that a row does reaches another one.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from glob import glob  # Path.glob refuses absolute patterns
from pathlib import Path
from typing import Any

from speckit.errors import LedgerError, RecipeError, SpeckitError
from speckit.jupyter.inputs import Inputs, hash_of_folder, read_inputs
from speckit.ledger.files import read_text, write_file
from speckit.paths import shipped, slug
from speckit.recipe import make_recipe
from speckit.safe_yaml import load_yaml

MEMORY = 4 << 30  # bytes of address space a row: far above what one takes, far below what stops a machine


@dataclass(frozen=True, slots=True)
class Row:
    """One run of the notebook: a name of its own in the batch, and the notebook's parameters."""

    name: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a row.

    Args:
        code: the exit code that `speckit new` has for it.
        notebook: the executed notebook.
        error: what went wrong, in a line; empty where nothing did.
        cell: the source of the cell that failed.
        outcome: where the spec stands, as the notebook tells it (`speckit.jupyter.outcome`).
        inputs: a hash of what it was made from; empty where the row has to run again in any case.
        seconds: that it took.
    """

    name: str
    code: int
    notebook: str
    error: str = ""
    cell: str = ""
    outcome: dict[str, Any] | None = None
    inputs: str = ""
    seconds: float = 0.0


def read_rows(manifest: str) -> tuple[Row, ...]:
    """Read the rows of a manifest. A row is validated when it runs, so that a bad one fails alone.

    Args:
        manifest: a YAML file, of one recipe or with a list of them under `specs:`; or a folder of specs or of
            recipes; or a pattern that matches specs (`*.md`) or recipes (`*.yaml`).

    Raises:
        RecipeError: it holds no row, or two that would write the same spec.
    """
    path = Path(manifest)
    if path.is_dir():
        files = sorted(path.glob(".speckit/*/recipe.yaml")) or sorted(path.glob("*.yaml"))
    else:
        files = [path] if path.is_file() else sorted(map(Path, glob(manifest)))  # noqa: PTH207 - see its import
    recipes = [recipe for file in files for recipe in _recipes(file)]
    if not recipes:
        raise RecipeError(
            f"{manifest!r} holds no recipe: name a YAML file with `specs:`, or a folder of specs"
        )
    rows: dict[str, Row] = {}
    written = set()
    for number, recipe in enumerate(recipes, 1):
        topic = str(recipe.get("topic", ""))
        name = _name(topic)
        spec = (str(recipe.get("specs", "specs")), name)
        if name and spec in written:
            raise RecipeError(f"{manifest}: two rows would write the spec of {topic!r}: leave one out")
        written.add(spec)
        name = name if name and name not in rows else f"{name or 'row'}-{number}"
        rows[name] = Row(name, recipe)
    return tuple(rows.values())


@contextmanager
def executor(jobs: int, scheduler: str = "") -> Iterator[Executor]:
    """What runs the rows: `jobs` of them at once here, or the workers of a Dask cluster.

    Args:
        jobs: how many at once, without a scheduler.
        scheduler: the address of one, `tcp://host:port`; its workers share this machine's folders.

    Raises:
        RecipeError: the extra is not installed, or nobody answers at that address.
    """
    if not scheduler:
        # jsonschema, which papermill brings in, compiles a grammar of IRIs for a second; no notebook has any.
        sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # as import refuses a module
        if sys.platform == "linux":
            from speckit.jupyter.engine.parent import warm_up

            warm_up()
        with ThreadPoolExecutor(jobs) as threads:
            yield threads
        return
    try:
        from distributed import Client
    except ImportError:
        raise RecipeError("--scheduler needs Dask: pip install 'jupyter-speckit[dask]'") from None
    try:
        client = Client(scheduler, timeout="15s")  # type: ignore[no-untyped-call]  # it has no types
    except (OSError, ValueError) as problem:
        raise RecipeError(f"no Dask scheduler answers at {scheduler!r} ({problem}): start one") from None
    with client, client.get_executor(pure=False) as cluster:  # type: ignore[no-untyped-call]  # the same
        yield cluster


def run_batch(
    rows: Sequence[Row],
    executor: Executor,
    output: Path,
    *,
    notebook: Path | None = None,
    timeout: int | None = None,
) -> Iterator[Result]:
    """Run the rows that need it, and give each result as it comes; those that stand come first.

    A row that succeeded stands until its inputs change. Where the caller stops, rows that have not begun
    never do, and those at work are finished and kept.

    Args:
        rows: what to run.
        executor: what runs them.
        output: the folder of executed notebooks and results; what an earlier start left in it is used.
        notebook: what to execute; the shipped notebook where it is not given.
        timeout: seconds a cell; the engine's own limit where it is not given.

    Raises:
        LedgerError: the folder cannot be written.
    """
    source = (notebook or shipped("notebooks") / "create-spec.ipynb").resolve()
    folder = output.resolve()
    hashed = cache(hash_of_folder)
    waiting: dict[str, Inputs | None] = {}
    for row in rows:
        inputs = read_inputs(row.parameters, source, hashed)
        earlier = _read(folder / f"{row.name}.json")
        if earlier and inputs and earlier.inputs == inputs.digest:
            yield earlier
        else:
            waiting[row.name] = inputs

    def keep(future: Future[Result]) -> Result:
        row = futures[future]
        result, before = _result_of(future, row), waiting[row.name]
        if result.code == 0 and before:
            after = read_inputs(row.parameters, source, hashed)
            result = replace(result, inputs=before.as_left(after))
        write_file(folder / f"{row.name}.json", json.dumps(asdict(result), ensure_ascii=False, indent=1))
        return result

    if not folder.exists():
        write_file(folder / ".gitignore", "*\n")  # what comes of a run is not kept with its sources
    how = (str(source), str(folder), str(Path.cwd()), timeout)
    futures = {executor.submit(run_row, row, *how): row for row in rows if row.name in waiting}
    try:
        yield from map(keep, as_completed(futures))
    except BaseException:
        for future in as_completed([future for future in futures if not future.cancel()]):
            keep(future)
        raise


def run_row(row: Row, notebook: str, output: str, folder: str, timeout: int | None = None) -> Result:
    """Execute the notebook for one row; whatever happens is its result.

    Args:
        row: what to run.
        notebook: the notebook's path.
        output: the folder that takes the executed one.
        folder: where relative paths start.
        timeout: seconds a cell.
    """
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError

    from speckit.jupyter.engine.fork import exit_code

    begun = time.monotonic()
    result = Result(row.name, 0, str(Path(output) / f"{row.name}.ipynb"))
    try:
        make_recipe(row.parameters, row.name)
        executed = execute_notebook(
            notebook,
            result.notebook,
            row.parameters,
            engine_name="speckit",
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution_timeout=timeout,
            memory_limit=MEMORY,
            resources={"metadata": {"path": folder}},
        )
        outcome = _outcome_of(executed)
        result = replace(result, outcome=outcome, code=int(bool(outcome and outcome["conflicts"])))
    except PapermillExecutionError as problem:
        error = f"{problem.ename}: {problem.evalue}"
        result = replace(result, code=exit_code(problem.ename), error=error, cell=problem.source)
    except SpeckitError as problem:
        result = replace(result, code=problem.exit_code, error=str(problem))
    except Exception as problem:
        result = replace(result, code=1, error=f"{type(problem).__name__}: {problem}")
    return replace(result, seconds=round(time.monotonic() - begun, 3))


def _recipes(file: Path) -> list[dict[str, Any]]:
    """The recipes that a file holds, or that lie beside a spec."""
    if file.suffix == ".md":
        file = file.parent / ".speckit" / file.stem / "recipe.yaml"
    try:
        values = load_yaml(file.read_text("utf-8"), file.name, RecipeError)
    except (OSError, UnicodeDecodeError) as problem:
        raise RecipeError(f"{file} cannot be read ({problem}): name recipes or drafted specs") from None
    found = values.get("specs") if isinstance(values, dict) else None
    recipes = found if isinstance(found, list) else [values]
    if not all(isinstance(recipe, dict) for recipe in recipes):
        raise RecipeError(f"{file} holds what is no recipe: write `topic: …` and other parameters for each")
    return recipes


def _name(topic: str) -> str:
    """What a row's files are called; empty where its topic cannot name a spec, so that it will fail."""
    try:
        return slug(topic.removesuffix(".md"))
    except SpeckitError:
        return ""


def _result_of(future: Future[Result], row: Row) -> Result:
    """A row's result, also where what should have run it is gone."""
    try:
        return future.result()
    except Exception as problem:
        return Result(row.name, 1, "", error=f"{type(problem).__name__}: {problem}")


def _outcome_of(notebook: Any) -> dict[str, Any] | None:
    """The outcome that an executed notebook tells; None where it tells none."""
    from speckit.jupyter.desk import OUTCOME_MIME

    for cell in reversed(notebook.cells):
        for output in cell.get("outputs", ()):
            if OUTCOME_MIME in output.get("data", {}):
                return dict(output.data[OUTCOME_MIME])
    return None


def _read(path: Path) -> Result | None:
    """A result of an earlier start; None where there is none that can be read."""
    try:
        return Result(**json.loads(read_text(path) or ""))
    except (LedgerError, ValueError, TypeError):
        return None
