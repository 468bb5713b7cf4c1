"""Reports: the same problems for people, for GitHub and for tools that read SARIF."""

from __future__ import annotations

from speckit.check import installed_rules
from speckit.model import Problem
from speckit.reports import as_github, as_sarif, as_text

PROBLEMS = (
    Problem("specs/a, b.md", 3, "C001", "warning", "'2 weeks' schedules\nthe work", "name the phase", "8.1"),
    Problem("specs/a, b.md", 9, "E001", "error", "100% gone"),
)


def test_text_is_one_line_a_problem_and_a_count() -> None:
    """Editors and people can follow `path:line`, and the last line counts."""
    assert (
        as_text(PROBLEMS[1:] + PROBLEMS[1:])
        == """\
specs/a, b.md:9: error E001: 100% gone
specs/a, b.md:9: error E001: 100% gone
2 errors"""
    )
    assert as_text(PROBLEMS).endswith(
        "    name the phase\nspecs/a, b.md:9: error E001: 100% gone\n1 error, 1 warning"
    )


def test_no_problem_is_said_so() -> None:
    """An empty report is told from one that was not made."""
    assert as_text(()) == "no problems"
    assert as_github(()) == ""


def test_github_commands_are_escaped() -> None:
    """Neither a comma in a path nor a line feed or a percent sign in a message ends the command."""
    assert as_github(PROBLEMS) == (
        "::warning file=specs/a%2C b.md,line=3,title=C001::'2 weeks' schedules%0Athe work. name the phase\n"
        "::error file=specs/a%2C b.md,line=9,title=E001::100%25 gone"
    )


def test_sarif_results_point_at_their_rules() -> None:
    """Each result names a rule that the log describes, and its file as a URI."""
    log = as_sarif(PROBLEMS, installed_rules(), "1.0")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["C001", "E001"]
    (place,) = run["results"][0]["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "specs/a%2C%20b.md"},
        "region": {"startLine": 3},
    }


def test_sarif_of_nothing_is_a_log() -> None:
    """A clean spec gives a log without results."""
    (run,) = as_sarif((), installed_rules(), "1.0")["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
