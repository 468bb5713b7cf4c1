"""The one writer: a file is there whole or not at all, for all who share its folder; and its reader."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from speckit.errors import LedgerError


def read_text(path: Path) -> str | None:
    """Read a file's text with the line ends it has; None where there is none.

    Raises:
        LedgerError: it is there and cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as problem:
        raise LedgerError(f"{path} cannot be read ({problem}): restore it, or move it away") from None


def write_file(path: Path, text: str, still: Callable[[], bool] = lambda: True) -> bool:
    """Write a file whole: into a temporary file of the same folder, synced, then renamed.

    Args:
        path: where to; its folders are made. A file that it replaces gives it its mode, else the folder does.
        text: the content, written as UTF-8 with the line ends it has.
        still: asked when nothing but the rename is left to do; where it says no, nothing has happened.

    Returns:
        Whether it was written.

    Raises:
        LedgerError: the folder cannot be written.
    """
    try:
        make_folder(path.parent)
        handle, temporary = tempfile.mkstemp(".tmp", ".", path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
                _share(Path(temporary), path.parent, _file_mode(path))
                file.flush()
                os.fsync(handle)
            if not still():
                return False
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
        _sync(path.parent)
    except OSError as problem:
        raise LedgerError(
            f"{path} cannot be written ({problem.strerror}): make its folder writable, or name another"
        ) from None
    return True


def may_write(folder: Path) -> bool:
    """Whether this user may write into a folder, or make it where it is not there yet."""
    there = next(up for up in (folder, *folder.parents) if up.is_dir())
    return os.access(there, os.W_OK | os.X_OK)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; each takes its parent's mode and group.

    It appears with them at once: somebody else may be about to write into it.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    temporary = Path(tempfile.mkdtemp(".tmp", ".", folder.parent))
    _share(temporary, folder.parent, stat.S_IMODE(folder.parent.stat().st_mode))
    try:
        temporary.rename(folder)
    except OSError:
        temporary.rmdir()
        if not folder.is_dir():  # else somebody made it meanwhile
            raise


def _file_mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return path.parent.stat().st_mode & 0o666


def _share(target: Path, folder: Path, mode: int) -> None:
    """Give a new file or folder the group of the folder that it lies in, and a mode."""
    with contextlib.suppress(PermissionError):  # not a member of that group: the mode alone has to do
        os.chown(target, -1, folder.stat().st_gid)
    target.chmod(mode)


def _sync(folder: Path) -> None:
    """Make a rename last through a power cut, where the file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
