"""Where things are: the project, names inside a root, the folders that ship with the package, the cache.

`inside` is the one resolver of untrusted names, `shipped` the one finder of `templates/` and `notebooks/`.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from speckit.errors import ProjectError

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folders, absolute.

    `root` is what the paths of documents start at; `research` lies in it, `specs` usually does.
    """

    root: Path
    research: Path
    specs: Path

    @property
    def to_root(self) -> str:
        """The relative way from a spec to the project root, `../` where `specs/` lies in it.

        Empty where specs lie elsewhere: the way from there names folders of this machine and holds on no
        other, so research is named from the project root.
        """
        inside_root = self.specs.is_relative_to(self.root)
        return Path(os.path.relpath(self.root, self.specs)).as_posix() + "/" if inside_root else ""

    def relative(self, path: Path) -> str:
        """`path` as the project's documents name it: POSIX, from the root."""
        return path.relative_to(self.root).as_posix()


def find_project(research: str, specs: str, start: Path | None = None) -> Project:
    """Find the project that holds the named research folder.

    The root is the nearest folder at or above `start` (the working directory) that holds it: the working
    directory differs between JupyterLab, papermill and a shell. An absolute folder's root is its parent.

    Raises:
        ProjectError: there is no such research folder.
    """
    here = (start or Path.cwd()).resolve()
    named = Path(research).expanduser()
    if named.is_absolute() or ".." in named.parts:
        folder = (here / named).resolve()
        root = folder.parent
    else:
        root = next((up for up in (here, *here.parents) if (up / named).is_dir()), here)
        folder = root / named
    if not folder.is_dir():
        raise ProjectError(
            f"no research folder {research!r} at or above {here.name or here}: "
            "make one with markdown notes in it, or name another with --research"
        )
    return Project(root, folder, (root / Path(specs).expanduser()).absolute())


def inside(root: Path, name: str) -> Path:
    """Resolve an untrusted name inside a root; links that lead out are refused.

    Raises:
        ProjectError: the name leads outside the root, or cannot be a path.
    """
    try:
        path = (root / name).resolve()
        if path.is_relative_to(root.resolve()):
            return path
    except (OSError, ValueError, RuntimeError):
        pass
    raise ProjectError(f"{name!r} is not inside {root.name}/: name a file that is")


def shipped(folder: Literal["templates", "notebooks"]) -> Path:
    """Find a folder that ships with speckit: inside the package in a wheel, beside it in a checkout.

    The folder beside the package counts only where this project's own `pyproject.toml` stands beside it:
    next to an installed package lie other people's files.

    Raises:
        ProjectError: the installation lacks the folder.
    """
    if (PACKAGE / folder).is_dir():
        return PACKAGE / folder
    import tomllib

    manifest = PACKAGE.parent / "pyproject.toml"
    if manifest.is_file():
        project = tomllib.loads(manifest.read_text("utf-8")).get("project", {})
        if project.get("name") == "jupyter-speckit":
            return PACKAGE.parent / folder
    raise ProjectError(f"this installation of speckit has no {folder}/: install jupyter-speckit again")


def cache_folder() -> Path:
    """The user's own folder for what can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("speckit", appauthor=False)


def slug(text: str, limit: int = 60) -> str:
    """`text` as part of a file name: ASCII lower case, words joined by hyphens, cut at a word.

    Raises:
        ProjectError: nothing is left of it.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    whole = "-".join(re.findall(r"[a-z0-9]+", ascii_text))
    short = whole if len(whole) <= limit else whole[: limit + 1].rpartition("-")[0] or whole[:limit]
    if not short:
        raise ProjectError(f"the topic {text!r} has no letter or digit to name a file by: give another topic")
    return short
