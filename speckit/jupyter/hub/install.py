"""What JupyterLab reads of the kit, put where an environment of Jupyter looks for it.

The wheel brings these files along; this is for servers whose environment is another than that of the kernels.
Only files that bear the kit's name are written, so that nothing of an administrator's is ever overwritten:
JupyterLab reads `overrides.d/` before `overrides.json`, which has the last word.
"""

from __future__ import annotations

from pathlib import Path

from speckit.errors import ProjectError
from speckit.paths import shipped

SOURCE = Path(__file__).resolve().parent / "lab"
EXTENSION = Path("share/jupyter/labextensions/jupyter-speckit")
OVERRIDES = Path("share/jupyter/lab/settings/overrides.d/jupyter-speckit.json")


def install(prefix: Path) -> tuple[Path, ...]:
    """Write the tile and the setting that decks need into an environment.

    Args:
        prefix: the environment's folder, as `sys.prefix` has it.

    Returns:
        The files that were not there as they should be, and are now.

    Raises:
        ProjectError: the environment is none, or cannot be written.
    """
    if not prefix.is_dir():
        raise ProjectError(f"no environment {str(prefix)!r}: name the folder that holds its bin/ and share/")
    return tuple(prefix / name for name, content in _files().items() if _put(prefix / name, content))


def _files() -> dict[Path, bytes]:
    """What is to be there, by path in the environment, as the wheel has it."""
    found = {
        EXTENSION / "package.json": SOURCE / "package.json",
        EXTENSION / "install.json": SOURCE / "install.json",
        EXTENSION / "static" / "tile.js": SOURCE / "static" / "tile.js",
        EXTENSION / "static" / "create-spec.ipynb": shipped("notebooks") / "create-spec.ipynb",
        OVERRIDES: SOURCE / "overrides.json",
    }
    return {target: source.read_bytes() for target, source in found.items()}


def _put(path: Path, content: bytes) -> bool:
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise ProjectError(
            f"{path} cannot be written ({problem.strerror}): run this as whoever installed that environment"
        ) from None
    return True
