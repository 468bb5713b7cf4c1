"""A link that opens a spec's notebook on a hub, for each who follows it on a server of their own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from speckit.errors import ProjectError, RecipeError
from speckit.jupyter.lab import prepare_notebook
from speckit.ledger import open_ledger
from speckit.paths import Project
from speckit.provenance import checkout_of, commit_of

_ADDRESS = re.compile(r"(https?://[^\s/?#@]+)?(/[\w.~%-]+)*")  # a host, or none for the same; a path
READ_ONLY = 0o444  # several people have it open: JupyterLab saves nobody's copy over another's


@dataclass(frozen=True, slots=True)
class Link:
    """A link, the notebook that it opens, and what is left to do before it works."""

    url: str
    notebook: Path
    to_do: str = ""


def share(project: Project, spec: str, hub: str = "", servers: Path | None = None) -> Link:
    """Make a link to a spec's notebook; the notebook is made where there is none.

    In a team folder that the members' servers show, it is a path. Elsewhere the spec has to lie in git, and
    the link brings a clone of it to each who follows it (by nbgitpuller, which the hub must have).

    Args:
        project: the project that holds the spec.
        spec: the spec's name or path.
        hub: the hub's address; on a hub its own, else the link starts at `/`.
        servers: the folder that the members' servers show; on a hub what its servers are told, else the home.

    Raises:
        SpeckitError: there is no such spec, the address is none, or nobody else can reach the spec.
    """
    name = open_ledger(project.specs, Path(spec).name).name
    base = _address(hub or _own_hub()) + "/hub/user-redirect/"
    shown = _as_shown(project.specs, servers or Path(os.environ.get("JUPYTERHUB_ROOT_DIR") or Path.home()))
    checkout = checkout_of(project.root)
    if shown is not None and _is_team_folder(project.specs):
        notebook = _notebook(project, name, READ_ONLY)
        return Link(f"{base}lab/tree/{quote(f'{shown}/{notebook.name}')}", notebook)
    if checkout is None:
        raise ProjectError(
            f"nobody else can reach {project.relative(project.specs)}/: put the project into git with a "
            "remote, or into a team folder that all servers show (named with --servers)"
        )
    notebook = _notebook(project, name)
    clone = checkout.url.rpartition("/")[2]
    place = notebook.resolve().relative_to(checkout.root.resolve()).as_posix()
    values = {
        "repo": checkout.url,
        "branch": checkout.branch,
        "urlpath": f"lab/tree/{quote(f'{clone}/{place}')}",
    }
    query = urlencode({name: value for name, value in values.items() if value})
    to_do = "" if commit_of(notebook) else f"commit {place} (`git add --force`), and push"
    return Link(f"{base}git-pull?{query}", notebook, to_do)


def _notebook(project: Project, name: str, mode: int = 0) -> Path:
    """The spec's notebook; where it is made now, with a mode."""
    notebook = project.specs / f"{name}.ipynb"
    is_new = not notebook.exists()
    prepare_notebook(project, name)
    if is_new and mode:
        notebook.chmod(mode)
    return notebook


def _own_hub() -> str:
    """The address of the hub that this runs on: whole where it knows its own, else its path on the host."""
    public = os.environ.get("JUPYTERHUB_PUBLIC_HUB_URL", "").rstrip("/").removesuffix("/hub")
    return public or os.environ.get("JUPYTERHUB_BASE_URL", "").rstrip("/")


def _address(hub: str) -> str:
    address = hub.rstrip("/").removesuffix("/hub")
    if not _ADDRESS.fullmatch(address):
        raise RecipeError(f"{hub!r} is no address of a hub: write it as https://hub.example.org")
    return address


def _as_shown(path: Path, servers: Path) -> str | None:
    """The path as servers show it that start in a folder; None where they do not, also by a link in it."""
    for seen, real in _shown(servers):
        if path.resolve().is_relative_to(real):
            return (seen / path.resolve().relative_to(real)).as_posix()
    return None


def _shown(servers: Path) -> Iterator[tuple[Path, Path]]:
    """The folder itself, and what the links right in it lead to: paths as shown, and as they are."""
    yield Path(), servers.resolve()
    try:
        yield from ((Path(entry.name), entry.resolve()) for entry in servers.iterdir() if entry.is_symlink())
    except OSError:
        return


def _is_team_folder(folder: Path) -> bool:
    """Whether a group may write there."""
    return folder.is_dir() and bool(folder.stat().st_mode & 0o020)
