"""The errors that a user can cause, each one line: what, where, what next.

    SpeckitError            exit code 2 unless said otherwise
    ├── ProjectError        a folder or file of the project: absent, empty, unreadable, outside its root
    ├── RecipeError         a parameter, a recipe or a command-line value
    ├── PackError           a template pack: file, key and value at fault
    ├── AnswersError        an answers file, an unknown question, an option that is not offered
    ├── LedgerError         a ledger that cannot be read or written
    └── UnansweredError     exit code 3: questions left open under `unanswered: fail`

Anything else that escapes is a defect of speckit and keeps its traceback.
"""


class SpeckitError(Exception):
    """A user's mistake, told in one line.

    Args:
        message: what is wrong, where, and what to do next, with the value at fault.
    """

    exit_code = 2

    def _render_traceback_(self) -> list[str]:
        """Show the line alone in IPython, which calls this in place of its own traceback."""
        return [f"{type(self).__name__}: {self}"]


class ProjectError(SpeckitError):
    """A folder or file of the project is absent, empty, unreadable or outside its root."""


class RecipeError(SpeckitError):
    """A parameter, a recipe file or a command-line value cannot be used."""


class PackError(SpeckitError):
    """A template pack does not hold what a pack must hold."""


class AnswersError(SpeckitError):
    """Answers are malformed, or name a question or an option that does not exist."""


class LedgerError(SpeckitError):
    """A ledger cannot be read or written."""


class UnansweredError(SpeckitError):
    """Questions are left open although the recipe says `unanswered: fail`."""

    exit_code = 3
