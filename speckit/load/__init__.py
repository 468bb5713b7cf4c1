"""Load: a research folder becomes a corpus. What cannot be read is listed with its reason, never fatal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from speckit.errors import ProjectError
from speckit.index import LARGE
from speckit.load.describe import citations, describe, mentions
from speckit.load.files import File, UnreadableError, find_files, read_text
from speckit.model import Corpus, Document, Skipped


def load(root: Path, research: Path, specs: Path) -> Corpus:
    """Read every markdown file below the research folder, in any nesting, hidden folders too.

    Never entered: `.git`, `.ipynb_checkpoints`, `.venv`, `node_modules` and folders of specs: the one that is
    given, one in the research that is called like it, any that holds ledgers. Symbolic links are not
    followed: one that stays inside names a document twice, any other leads out. Text is UTF-8, or what its
    byte order mark says, or Windows-1252 where it cannot be UTF-8.

    A large folder is seen through an index on disk, which takes in what changed since the last time.

    Args:
        root: the project root, which paths start at.
        research: the folder to read; in the root.
        specs: the folder of specs, which are no research.

    Returns:
        The documents and the files that were not taken in, each ordered by path.

    Raises:
        ProjectError: the research folder is the specs folder.
    """
    if research.resolve() == specs.resolve():
        raise ProjectError(f"{research.name}/ is both research and specs: name another folder for the specs")
    files = sorted(find_files(root, research, specs), key=lambda file: file.path)
    prefix = research.relative_to(root).as_posix()
    if len(files) > LARGE:
        from speckit.load.shelf import load_shelf  # seldom needed

        return load_shelf(files, root, research)
    return _in_memory(files, prefix)


def read_document(root: Path, path: Path) -> Document:
    """Read one document that the user names; what it cites is not looked for.

    Args:
        root: what the document's path starts at.
        path: the file.

    Raises:
        ProjectError: it is not in the root, or cannot be read.
    """
    try:
        name = path.relative_to(root).as_posix()
        return describe(name, read_text(path), PurePosixPath(name).parent.as_posix())
    except (UnreadableError, ValueError) as problem:
        raise ProjectError(f"{path} cannot be taken in: {problem}") from None


def _in_memory(files: Iterable[File], prefix: str) -> Corpus:
    documents: list[Document] = []
    skipped: list[Skipped] = []
    for file in files:
        try:
            documents.append(describe(file.path, file.read(), prefix))
        except UnreadableError as problem:
            skipped.append(Skipped(file.path, str(problem)))
    return Corpus(tuple(_with_links(documents)), tuple(skipped))


def _with_links(documents: Sequence[Document]) -> Iterator[Document]:
    """Add which research documents each one cites."""
    cited = citations([document.path for document in documents])
    for document in documents:
        yield replace(document, links=cited(document.path, mentions(document.text)))
