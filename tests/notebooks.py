"""Execute the shipped notebooks as they are kept: statically, on one topic and day.

`python -m tests.notebooks` writes them anew; a test proves that they are current.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
PARAMETERS = {
    "create-spec": {
        "topic": "A papermill engine that forks a warm parent",
        "author": "The speckit maintainers",
        "as_of": "2026-11-23",
    },
    "review-spec": {"spec": "specs/2026-11-23-a-papermill-engine-that-forks-a-warm-parent.md"},
}


def copy_project(to: Path, path: Path) -> Path:
    """Copy what a notebook reads: a spec is reviewed, or made where there is none."""
    reviewed = ("specs",) if "spec" in PARAMETERS[path.stem] else ()
    for folder in ("research", "notebooks", *reviewed):
        shutil.copytree(REPOSITORY / folder, to / folder)
    return to


def execute(path: Path, root: Path) -> dict[str, Any]:
    """Execute a notebook under papermill in a copy of the project, and drop what differs between runs."""
    command = [Path(sys.executable).with_name("papermill"), "--no-progress-bar", path, root / "out.ipynb"]
    given = [part for name, value in PARAMETERS[path.stem].items() for part in ("-p", name, value)]
    subprocess.run([*command, *given], cwd=root, check=True, capture_output=True)
    notebook = json.loads((root / "out.ipynb").read_text("utf-8"))
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell-{number:02}"
        tags = cell["metadata"].get("tags", [])
        cell["metadata"] = {"tags": tags} if tags else {}
    kernel = notebook["metadata"]["kernelspec"]
    notebook["metadata"] = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return notebook


def main() -> None:
    for path in NOTEBOOKS:
        with tempfile.TemporaryDirectory() as folder:
            notebook = execute(path, copy_project(Path(folder), path))
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
