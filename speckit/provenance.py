"""Who and whence: the author's name, the decider, commits of files, links that last; by git, if there."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

_SCP = re.compile(r"(?:[^@/\s]+@)?([^:/\s]+):(?!/)(.+)")  # git@host:owner/name.git
_HASH = re.compile(r"[0-9a-f]{40,64}")
_FORGES = {  # how each forge spells a file at a commit, and lines of it
    "github": ("blob/{commit}/{path}", "#L{start}-L{end}"),
    "gitlab": ("-/blob/{commit}/{path}", "#L{start}-{end}"),
    "bitbucket": ("src/{commit}/{path}", "#lines-{start}:{end}"),
    "codeberg": ("src/commit/{commit}/{path}", "#L{start}-L{end}"),
    "gitea": ("src/commit/{commit}/{path}", "#L{start}-L{end}"),
    "forgejo": ("src/commit/{commit}/{path}", "#L{start}-L{end}"),
}


def author_name(folder: Path) -> str:
    """The name of whoever writes here: git's user, else the hub's, else the login name."""
    return _git(folder, "config", "user.name") or _hub_user() or _login_name()


def decider(folder: Path) -> str:
    """The name that an answer is given under: the hub's user, else git's, else the login name.

    On a hub several people can share one account and its git configuration; the hub knows who they are.
    """
    return _hub_user() or author_name(folder)


def commit_of(path: Path) -> str:
    """The last commit that changed a file; empty where git has none of it."""
    commit = _git(path.parent, "log", "-1", "--format=%H", "--", path.name)
    return commit if _HASH.fullmatch(commit) else ""


def line_author(path: Path, line: int) -> str:
    """Who committed a line of a file; empty where it is not committed.

    Args:
        path: the file.
        line: counted from 1, as the file is on disk now.
    """
    blame = _git(path.parent, "blame", "--porcelain", "-L", f"{line},{line}", "--", path.name).split("\n")
    names = [row.removeprefix("author ") for row in blame if row.startswith("author ")]
    committed = not blame[0].startswith("0" * 40)
    return _one_line(names[0]) if names and committed else ""


def remote_url(folder: Path) -> str:
    """The URL of the remote that a folder's branch comes from, as git has it; empty where there is none."""
    return _git(folder, "remote", "get-url", "origin")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A working tree that comes from somewhere: its root, its branch, and a URL to clone it from."""

    root: Path
    branch: str
    url: str


def checkout_of(folder: Path) -> Checkout | None:
    """The working tree that a folder lies in; None where it is in none, or in one without a known remote.

    The URL is for https whatever the remote's scheme, without the credentials that stand in it.
    """
    root = _git(folder, "rev-parse", "--show-toplevel")
    host, repository = _host_and_repository(remote_url(folder))
    branch = _git(folder, "symbolic-ref", "--short", "HEAD")
    return Checkout(Path(root), branch, f"https://{host}/{repository}") if root and repository else None


def commit_named(folder: Path, revision: str) -> str:
    """The commit that a revision names; empty where there is none, or no repository."""
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return commit if _HASH.fullmatch(commit) else ""


def names_at(folder: Path, commit: str) -> frozenset[str]:
    """The names of the files that a folder had at a commit."""
    listed = _git(folder.parent, "ls-tree", "--name-only", "-z", commit, f"{folder.name}/")
    return frozenset(name.rpartition("/")[2] for name in listed.split("\0") if name)


def text_at(path: Path, commit: str) -> str:
    """The text that a file had at a commit; empty where it was not there."""
    return _git(path.parent, "show", f"{commit}:./{path.name}")


def git_refuses(folder: Path) -> bool:
    """Whether git reads nothing of a folder's repository because another account owns it."""
    try:
        from git import Git
        from git.exc import GitCommandError, GitError
    except ImportError:
        return False
    try:
        Git(folder).execute(["git", "rev-parse"])
    except GitCommandError as problem:
        return "safe.directory" in str(problem.stderr)
    except (GitError, OSError):
        return False
    return False


def permalink(remote: str, commit: str, path: str, start: int, end: int) -> str:
    """A link to lines of a file at a commit, on a forge that is known by its host's name; else empty.

    Args:
        remote: a remote's URL; credentials in it are never shown.
        commit: a full commit hash.
        path: the file, from the repository's root.
        start: the first line; 0 for the whole file.
        end: the last line.
    """
    host, repository = _host_and_repository(remote)
    forge = next((name for name in _FORGES if name in host.split(":")[0].split(".")), None)
    if not (forge and repository and _HASH.fullmatch(commit)):
        return ""
    file, lines = _FORGES[forge]
    where = file.format(commit=commit, path=quote(path))
    anchor = lines.format(start=start, end=end) if start else ""
    return f"https://{host}/{quote(repository)}/{where}{anchor}"


def permalinks(folder: Path) -> Callable[[str, int, int], str]:
    """Make the function that links to lines of a folder's files, as `permalink` does.

    It takes a path from the folder, the first line and the last. The link is to the last commit, so a file
    that differs from what is committed has none: its lines are others there.
    """
    remote = remote_url(folder) if _may_have_forge(folder) else ""
    commit = _git(folder, "rev-parse", "HEAD") if remote else ""
    if not permalink(remote, commit, "", 0, 0):
        return lambda *_: ""
    prefix = _git(folder, "rev-parse", "--show-prefix")
    kept = _names(folder, "ls-tree", "-r", "--name-only", "-z", "HEAD", ".")
    kept -= _names(folder, "diff", "--name-only", "--relative", "-z", "HEAD")

    def link(path: str, start: int, end: int) -> str:
        return permalink(remote, commit, prefix + path, start, end) if path in kept else ""

    return link


def _may_have_forge(folder: Path) -> bool:
    """Whether it is worth to load git, which takes as long as reading a small corpus."""
    git = next((above / ".git" for above in (folder, *folder.parents) if (above / ".git").exists()), None)
    if git is None or not (git / "config").is_file():  # a file called .git leads to a folder elsewhere
        return git is not None
    try:
        config = (git / "config").read_text("utf-8", "replace")
    except OSError:
        return False
    return any(forge in config for forge in _FORGES)


def _names(folder: Path, *command: str) -> set[str]:
    """The file names that a git command prints."""
    return set(_git(folder, *command).split("\0"))


def _host_and_repository(remote: str) -> tuple[str, str]:
    """`("github.com", "owner/name")` of an https, ssh or scp-like URL; the port is kept for https only."""
    try:
        url = urlsplit(remote)
        if url.scheme in {"http", "https", "ssh", "git"} and url.hostname:
            port = f":{url.port}" if url.port and url.scheme in {"http", "https"} else ""
            host, path = url.hostname + port, url.path
        else:
            match = _SCP.fullmatch(remote)
            host, path = (match[1].lower(), match[2]) if match else ("", "")
    except ValueError:  # a port that is no number, an address that is none
        return "", ""
    return host, path.strip("/").removesuffix(".git")


def _hub_user() -> str:
    return _one_line(os.environ.get("JUPYTERHUB_USER", ""))


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without an entry
        return "unknown"


def _git(folder: Path, *command: str) -> str:
    """What a git command prints; empty where it fails, for git is no condition here."""
    try:
        from git import Git
        from git.exc import GitError
    except ImportError:  # raised by gitpython where there is no git to call
        return ""
    try:
        return str(Git(folder).execute(["git", *command])).strip()
    except (GitError, OSError, ValueError):
        return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
