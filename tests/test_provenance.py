"""Who and whence."""

from __future__ import annotations

import getpass
import subprocess
import sys
from pathlib import Path

import pytest

from speckit.provenance import author_name, commit_of, decider, line_author, permalink, permalinks, remote_url

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of git, no hub, and no repository above the test's folder."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)


def git(folder: Path, *command: str) -> str:
    done = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two commits, by Ana and by Ben, that touch one line each."""
    git(tmp_path, "init", "-q")
    for name, content in (("Ana", "one\n"), ("Ben", "one\ntwo\n")):
        git(tmp_path, "config", "user.name", name)
        git(tmp_path, "config", "user.email", f"{name}@example.org")
        (tmp_path / "x.md").write_text(content)
        git(tmp_path, "add", "x.md")
        git(tmp_path, "-c", "commit.gpgSign=false", "commit", "-qm", name)
    return tmp_path


def test_names_without_git_and_hub(tmp_path: Path) -> None:
    """With no other source both are the login name."""
    assert author_name(tmp_path) == decider(tmp_path) == getpass.getuser()


def test_the_author_is_gits_user_the_decider_the_hubs(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a hub who decides is the hub's user, also where an account and its git settings are shared."""
    assert author_name(repository) == decider(repository) == "Ben"
    monkeypatch.setenv("JUPYTERHUB_USER", "eva")
    assert (author_name(repository), decider(repository)) == ("Ben", "eva")


def test_the_hubs_user_writes_where_git_knows_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git's user the hub's is the author."""
    monkeypatch.setenv("JUPYTERHUB_USER", "eva")
    assert author_name(tmp_path) == "eva"


def test_a_user_without_an_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may run as a number that has no name: that is no error."""

    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4242")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert author_name(tmp_path) == "unknown"


def test_without_git_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, no such file, no git at all: there is no commit, and that is no error."""
    (tmp_path / "x.md").write_text("one\n")
    assert (commit_of(tmp_path / "x.md"), line_author(tmp_path / "x.md", 1), remote_url(tmp_path)) == (
        "",
        "",
        "",
    )
    assert commit_of(tmp_path / "gone" / "x.md") == ""
    code = (
        "from pathlib import Path; from speckit.provenance import author_name, commit_of;"
        "print(repr(commit_of(Path('x.md'))), author_name(Path()) != '')"
    )
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "'' True\n"


def test_the_commit_of_a_file(repository: Path) -> None:
    """The last commit that changed the file, not the newest of the repository."""
    (repository / "y.md").write_text("y\n")
    assert commit_of(repository / "y.md") == ""
    last = git(repository, "rev-parse", "HEAD")
    git(repository, "add", "y.md")
    git(repository, "-c", "commit.gpgSign=false", "commit", "-qm", "y")
    assert commit_of(repository / "x.md") == last


def test_the_author_of_a_line(repository: Path) -> None:
    """Each line is by whoever committed it; one that is not committed, or not there, is by nobody."""
    (repository / "x.md").write_text("one\ntwo\nthree\n")
    assert [line_author(repository / "x.md", line) for line in (1, 2, 3, 9)] == ["Ana", "Ben", "", ""]


@pytest.mark.parametrize(
    ("remote", "link"),
    [
        ("https://github.com/o/n.git", f"https://github.com/o/n/blob/{COMMIT}/a%20b/x.md#L3-L5"),
        ("git@github.com:o/n.git", f"https://github.com/o/n/blob/{COMMIT}/a%20b/x.md#L3-L5"),
        ("ssh://git@github.com:22/o/n", f"https://github.com/o/n/blob/{COMMIT}/a%20b/x.md#L3-L5"),
        ("https://gitlab.com/g/s/n.git", f"https://gitlab.com/g/s/n/-/blob/{COMMIT}/a%20b/x.md#L3-5"),
        (
            "https://gitlab.example.org:8443/g/n",
            f"https://gitlab.example.org:8443/g/n/-/blob/{COMMIT}/a%20b/x.md#L3-5",
        ),
        ("https://codeberg.org/o/n", f"https://codeberg.org/o/n/src/commit/{COMMIT}/a%20b/x.md#L3-L5"),
        ("https://bitbucket.org/o/n.git", f"https://bitbucket.org/o/n/src/{COMMIT}/a%20b/x.md#lines-3:5"),
        ("https://ana:secret@github.com/o/n.git", f"https://github.com/o/n/blob/{COMMIT}/a%20b/x.md#L3-L5"),
        ("https://token@gitlab.com/o/n", f"https://gitlab.com/o/n/-/blob/{COMMIT}/a%20b/x.md#L3-5"),
        ("https://git.example.org/o/n.git", ""),
        ("https://example.org/github.com/n", ""),
        ("https://notgithub.com/o/n", ""),
        ("/srv/git/n.git", ""),
        ("file:///srv/git/n.git", ""),
        ("C:/git/n.git", ""),
        ("https://github.com:port/o/n", ""),
        ("https://[github.com/o/n", ""),
        ("javascript:alert(1)//github.com/o", ""),
        ("", ""),
    ],
)
def test_a_permalink(remote: str, link: str) -> None:
    """Lines at a commit on the forges that are known; never a user or password of the remote."""
    assert permalink(remote, COMMIT, "a b/x.md", 3, 5) == link


def test_a_permalink_needs_a_commit() -> None:
    """A branch's name or a short hash does not last, so there is no link."""
    assert permalink("https://github.com/o/n", "main", "x.md", 1, 1) == ""


def test_a_permalink_to_a_whole_file() -> None:
    """Without lines the link is to the file."""
    assert (
        permalink("https://github.com/o/n", COMMIT, "x.md", 0, 0)
        == f"https://github.com/o/n/blob/{COMMIT}/x.md"
    )


def test_permalinks_of_a_folder(repository: Path) -> None:
    """Files as they are committed have links, in a folder of the repository too; what differs has none."""
    head = f"https://github.com/o/n/blob/{git(repository, 'rev-parse', 'HEAD')}"
    assert permalinks(repository)("x.md", 1, 2) == ""
    git(repository, "remote", "add", "origin", "git@github.com:o/n.git")
    (repository / "new.md").write_text("not committed")
    link = permalinks(repository)
    assert (link("x.md", 1, 2), link("new.md", 1, 1), link("gone.md", 1, 1)) == (f"{head}/x.md#L1-L2", "", "")
    (repository / "docs").mkdir()
    (repository / "docs" / "é.md").write_text("é\n")
    git(repository, "add", "docs")
    git(repository, "-c", "commit.gpgSign=false", "commit", "-qm", "docs")
    head = f"https://github.com/o/n/blob/{git(repository, 'rev-parse', 'HEAD')}"
    (repository / "x.md").write_text("changed")
    assert permalinks(repository / "docs")("é.md", 1, 1) == f"{head}/docs/%C3%A9.md#L1-L1"
    assert permalinks(repository)("x.md", 1, 1) == ""


def test_no_permalinks_without_a_repository(tmp_path: Path) -> None:
    """Outside a repository, or where its forge is not known, nothing has a link."""
    assert permalinks(tmp_path)("x.md", 1, 1) == ""


def test_the_remote(repository: Path) -> None:
    """The remote that a clone came from."""
    git(repository, "remote", "add", "origin", "git@github.com:o/n.git")
    assert remote_url(repository) == "git@github.com:o/n.git"


def test_git_loads_when_it_is_first_used() -> None:
    """Reading and finding a ledger does not pay for gitpython."""
    code = "import sys, speckit.ledger, speckit.provenance; print('git' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
