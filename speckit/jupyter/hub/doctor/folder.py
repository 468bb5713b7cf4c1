"""A team folder: who may enter, read and write it, and what new files in it become."""

from __future__ import annotations

import grp
import os
import pwd
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from speckit.jupyter.hub.doctor.fault import Fault
from speckit.paths import Project
from speckit.provenance import git_refuses

GROUP_ENTERS = stat.S_IRGRP | stat.S_IXGRP
GROUP_WRITES = GROUP_ENTERS | stat.S_IWGRP


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file or folder with its mode and group; links are seen as links."""

    path: Path
    mode: int
    group: int

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode)


def examine_folder(project: Project) -> tuple[Fault, ...]:
    """Examine the folders that a team shares, as their modes and groups are; links are not followed.

    Args:
        project: the team's project. Its folder of specs has to be there, and gives the team's group.
    """
    specs = project.specs
    if not specs.is_dir():
        fix = f"install -d -m 2775 -g GROUP {quote(str(specs))}"
        return (Fault("no-specs", str(specs), "is not there: there is nothing yet for a team to share", fix),)
    group = specs.stat().st_gid
    shared = _entries(specs)
    read = _entries(project.research)
    found = (
        *_ways_in(specs, group),
        *_members(specs, group),
        *_modes(specs, shared, group),
        *_unreadable(project.research, read, group),
        *_umask(specs),
        *_git(project.root),
    )
    return tuple(found)


def _ways_in(specs: Path, group: int) -> Iterator[Fault]:
    """The folders above have to let the team through."""
    for folder in specs.resolve().parents:
        status = folder.stat()
        through = status.st_mode & stat.S_IXOTH or (status.st_gid == group and status.st_mode & stat.S_IXGRP)
        if not through:
            what = "lets nobody of the team through: move the project out of it, or open it"
            yield Fault("no-way-in", str(folder), what, f"chmod o+x {quote(str(folder))}")


def _members(specs: Path, group: int) -> Iterator[Fault]:
    """A group that has a name and two members."""
    add = f"chgrp -R GROUP {quote(str(specs))}"
    try:
        entry = grp.getgrgid(group)
    except KeyError:
        yield Fault("no-group", str(specs), f"belongs to group {group}, which has no name here", add)
        return
    primary = {user.pw_name for user in pwd.getpwall() if user.pw_gid == group}
    if len(primary | set(entry.gr_mem)) < 2:
        what = f"belongs to group {entry.gr_name!r}, which has fewer than two members"
        fix = f"usermod --append --groups {entry.gr_name} USER, for each; or {add}"
        yield Fault("no-members", str(specs), what, fix)


def _modes(specs: Path, entries: list[_Entry], group: int) -> Iterator[Fault]:
    """Folders keep the group and let it write; files can be read; strangers write nothing."""
    folders = [entry for entry in entries if entry.is_folder]
    find = f"find {quote(str(specs))} -type d -exec chmod g+rwxs {{}} +"
    yield from _where(
        "no-setgid", folders, lambda e: not e.mode & stat.S_ISGID,
        "gives new files the group of whoever writes them, not the team's: set its setgid bit", find,
    )  # fmt: skip
    yield from _where(
        "no-write", folders, lambda e: e.mode & GROUP_WRITES != GROUP_WRITES,
        "does not let the team write: its members can look on, and answer nothing", find,
    )  # fmt: skip
    yield from _where(
        "strangers", entries, lambda e: bool(e.mode & stat.S_IWOTH) and not stat.S_ISLNK(e.mode),
        "lets everybody on this machine write: anybody could answer in anybody's name",
        f"chmod -R o-w {quote(str(specs))}",
    )  # fmt: skip
    yield from _where(
        "other-group", entries, lambda e: e.group != group,
        "belongs to another group than the folder of specs: the team may not reach it",
        f"chgrp -R {_name(group)} {quote(str(specs))}",
    )  # fmt: skip
    files = [entry for entry in entries if not entry.is_folder]
    yield from _unreadable(specs, files, group)


def _unreadable(folder: Path, entries: list[_Entry], group: int) -> Iterator[Fault]:
    def is_closed(entry: _Entry) -> bool:
        needed = GROUP_ENTERS if entry.is_folder else stat.S_IRGRP
        granted = entry.mode if entry.group == group else entry.mode << 3
        return granted & needed != needed

    what = "cannot be read by the team: it is passed over, or stops whoever needs it"
    yield from _where("unreadable", entries, is_closed, what, f"chmod -R g+rX,o+rX {quote(str(folder))}")


def _umask(specs: Path) -> Iterator[Fault]:
    """What people make with other programs takes its mode from the umask; the kit's own files do not."""
    umask = os.umask(0o077)
    os.umask(umask)
    if umask & stat.S_IRGRP:
        what = f"here is {umask:03o}: the team cannot read notebooks and notes made in {specs.name}/"
        yield Fault("umask", "the umask", what, "set it to 022 or 002 where servers are spawned")


def _git(root: Path) -> Iterator[Fault]:
    if git_refuses(root):
        what = "is another account's repository, which git passes over: commits and authors are missing"
        trust = f"git config --global --add safe.directory {quote(str(root))}"
        yield Fault("git-refuses", str(root), what, f"where you trust all who can write its .git: {trust}")


def _where(
    code: str, entries: list[_Entry], is_at_fault: Callable[[_Entry], bool], what: str, fix: str
) -> Iterator[Fault]:
    """One fault for all entries that have it, which names the first."""
    found = [entry for entry in entries if is_at_fault(entry)]
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield Fault(code, f"{found[0].path}{more}", what, fix)


def _entries(folder: Path) -> list[_Entry]:
    """A folder and all in it, in the order of their names; what cannot be listed is left out."""
    found = [folder]
    for path, folders, files in os.walk(folder):
        folders.sort()
        found += [Path(path) / name for name in sorted([*folders, *files])]
    statuses = ((path, path.lstat()) for path in found)
    return [_Entry(path, status.st_mode, status.st_gid) for path, status in statuses]


def _name(group: int) -> str:
    try:
        return grp.getgrgid(group).gr_name
    except KeyError:
        return str(group)
