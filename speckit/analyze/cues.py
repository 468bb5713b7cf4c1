"""The words of headings and lead-ins that tell what stands below them."""

from __future__ import annotations

import re

from speckit.model import FindingKind

# Sections that point elsewhere, tell how the research was done, or hold the questions, which come apart.
SKIPPED = re.compile(
    r"""^(?:
      (?:directly\ |key\ )?related\  | historical\ context | sources?$
    | (?:external\ |research\ )?references$
    | (?:additional|external|further|official)\  | table\ of\ contents | bibliography | methodology
    | metadata$
    | github\  | deepwiki | links?$ | documentation\ (?:links|sources) | transcript | changelog
    | (?:open|remaining)\ (?:questions?|issues) | unresolved
    )""",
    re.VERBOSE,
)
QUESTION = re.compile(r"^(?:[a-z]+ )?(?:research|follow-?up) questions?\b|^question$")
SUMMARY = re.compile(
    r"^(?:executive )?summary$|^overview$|^tl;?dr|^key (?:findings|insights|takeaways)|^conclusions?$"
)

# The most telling kind first.
_KINDS: dict[FindingKind, str] = {
    "exclusion": r"""
        out\ of\ scope | not\ in\ scope | non-?goals? | unaffected | not\ affected | unchanged | what\ stays
        | no\ changes?\ (?:needed|required) | deferred""",
    "alternative": r"""
        ^(?:option|approach|alternative|candidate)\ ?(?:[a-h1-9]\b|\#) | alternatives?\b | trade-?offs?
        | comparison | ^pros\b | \bvs\b | rejected | considered""",
    "requirement": r"""
        requirements?\b | acceptance | expected\ (?:behaviou?r|output|result) | success\ criteria | ^goals?\b
        | must\ (?:hold|have) | user\ stor(?:y|ies) | scenarios?""",
    "recommendation": r"""
        recommend | propos(?:ed|al) | suggested | solution | \bfix(?:es)?\b | next\ steps | enhancements?
        | implementation\ (?:approach|strategy|plan|steps|order|priority|design) | action\ items
        | required\ (?:fix|change) | (?:files|components|changes)\ (?:to|needed|required)
        | new\ (?:files|components)\  | to\ (?:edit|modify|create|delete|add|remove)\b
        | migration\ path | design\ considerations""",
    "decision": r"decisions?\b | decided | rationale | resolved | chosen | design\ principles",
    "risk": r"\brisks?\b | caveats? | concerns?\b | pitfalls? | edge\ cases?",
    "problem": r"""
        problems?\b | root\ cause | \bgaps?\b | limitations? | \bissues?\b | \bbugs?\b | pain
        | failures?\b | fails?\b | missing | inconsisten | discrepanc | mismatch | symptoms? | broken
        | redundan | bottleneck | why\ """,
    "constraint": r"constraints? | assumptions? | compatib | must\ not | invariants? | limits?\b",
    "test": r"\btests?\b | testing | coverage | fixtures?\b | verification",
    "current": r"""
        \bcurrent | existing | \btoday\b | as[- ]is\b | how\ .*\ works | at\ present | \bflow\b
        | architecture\ (?:documentation|overview) | entry\ points?\b""",
    "reference": r"""
        (?:code|file)\ references? | (?:key|core|relevant|source|important|affected)\ files | file\ locations?
        | key\ locations?""",
    "component": r"\bcomponents?\b | \bmodules?\b | \bpackages?\b | \bservices?\b",
}
_PATTERNS = {kind: re.compile(words, re.VERBOSE) for kind, words in _KINDS.items()}
_MARKUP = re.compile(r"[*_`]+|^\W*(?:\d+(?:\.\d+)*[.)]?\s+)?")


def told_by(title: str) -> FindingKind | None:
    """The kind of finding that a heading or a lead-in announces."""
    return next((kind for kind, words in _PATTERNS.items() if words.search(title)), None)


def plain(title: str) -> str:
    """A heading or a lead-in in lower case, without markup and number."""
    return _MARKUP.sub("", title).strip(" :.").lower()
