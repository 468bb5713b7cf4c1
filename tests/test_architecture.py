"""The rules of the layout: who may import whom, and how large a file may grow."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

import speckit

PACKAGE = Path(__file__).resolve().parent.parent / "speckit"
STAGES = {"load", "locate", "analyze", "draft", "clarify", "check", "export"}
JUPYTER = {
    "IPython", "anywidget", "ipykernel", "ipywidgets", "jupyter_client", "jupyter_core", "jupyterlab",
    "nbclient", "nbconvert", "nbformat", "papermill", "traitlets", "voila",
}  # fmt: skip
FILES = sorted(PACKAGE.rglob("*.py"))


def module(path: Path) -> str:
    """The dotted name below `speckit`, "" for the package itself."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, by its dotted name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours(path: Path) -> set[str]:
    """The top-level modules of speckit that a file imports."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("speckit.")}


def is_core(path: Path) -> bool:
    return module(path).split(".")[0] not in {"jupyter", "cli"}


def test_stages_do_not_import_stages():
    """A stage hands on values and knows no other stage."""
    crossings = {
        module(path): ours(path) & (STAGES - {module(path).split(".")[0]})
        for path in FILES
        if module(path).split(".")[0] in STAGES
    }
    assert {name: crossed for name, crossed in crossings.items() if crossed} == {}


def test_the_core_imports_no_jupyter():
    """Only jupyter/ knows Jupyter."""
    guilty = {
        module(path): found
        for path in FILES
        if is_core(path) and (found := {name.split(".")[0] for name in imports(path)} & JUPYTER)
    }
    assert guilty == {}


def test_nothing_imports_the_command_line():
    """The command line is an edge; so is jupyter/, which only the command line may import."""
    assert [module(p) for p in FILES if "cli" in ours(p) and not module(p).startswith("cli")] == []
    assert [module(path) for path in FILES if is_core(path) and "jupyter" in ours(path)] == []


def test_a_library_has_one_importing_module_in_the_core():
    """Each third-party library enters through one module (or folder); pydantic may be used anywhere."""
    importers: dict[str, set[str]] = defaultdict(set)
    for path in filter(is_core, FILES):
        for name in {name.split(".")[0] for name in imports(path)}:
            if name not in sys.stdlib_module_names | {"speckit", "pydantic", "pydantic_core"}:
                importers[name].add(module(path).split(".")[0])
    assert {name: users for name, users in importers.items() if len(users) > 1} == {}


@pytest.mark.parametrize("path", [*FILES, *PACKAGE.rglob("*.js")], ids=lambda path: path.name)
def test_a_file_is_one_story(path: Path):
    """No file is longer than 350 lines."""
    assert len(path.read_text("utf-8").splitlines()) <= 350


def test_notebooks_call_the_library():
    """Cells have at most five lines and define nothing; one cell is tagged `parameters`."""
    for path in (PACKAGE.parent / "notebooks").glob("*.ipynb"):
        cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        assert len(tagged) == 1
        for cell in cells:
            source = "".join(cell["source"])
            assert not any(isinstance(n, ast.FunctionDef | ast.ClassDef) for n in ast.walk(ast.parse(source)))
            assert cell in tagged or len(source.splitlines()) <= 5


@pytest.mark.parametrize(
    "command", [["--version"], ["locate", "--help"], ["check", str(PACKAGE.parent / "README.md")]]
)
def test_light_commands_load_no_jupyter(command: list[str]):
    """`speckit --version` and its like start without Jupyter."""
    code = (
        "import sys\nfrom speckit.cli import main\n"
        f"try:\n    main({command!r})\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', sorted({{m.split('.')[0] for m in sys.modules}} & set({sorted(JUPYTER)!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_the_package_has_the_names_that_it_promises():
    """Each is imported when it is first used: importing the package alone loads nothing of it."""
    code = "import sys, speckit; print([m for m in sys.modules if m.startswith('speckit.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert all(getattr(speckit, name).__name__ == name for name in speckit.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        speckit.nothing  # noqa: B018 - looking is the test
