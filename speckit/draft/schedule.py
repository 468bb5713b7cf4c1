"""What tells when the work is done: deadlines, estimates, calendars. No spec takes it over.

Dates of facts stay, and so do durations that are behaviour: timeouts, intervals, retention.
"""

from __future__ import annotations

import re

_AMOUNT = r"\d+(?:\.\d+)?(?:\s*(?:-|\u2013|to)\s*\d+)?\+?\s*"  # 3, 2-4, 1.5 to 2
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = rf"(?:{_MONTH}\ \d|\d{{1,2}}\ {_MONTH}|20\d\d-\d\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_PERIOD = r"(?:week|month|quarter|year|sprint)"

_SCHEDULE = re.compile(
    rf"""
      \bdeadlines?\b | \bdue\ (?:by|on|date) | \bETA\b | \bgantt\b | \btime-?lines?\b | \bmilestones?\b
    | \broad-?maps?\b
    | \bestimated?\ (?:effort|time|duration|at\b|completion|days?|weeks?|hours?)
    | \b(?:effort|time|level\ of\ effort)\ estimates?\b
    | \b(?:effort|duration|estimate)\W{{0,4}}:\W{{0,4}}(?:{_AMOUNT}|small|medium|large|low|high|[SMLX]+\b)
    | \bstory\ points?\b | \bsprints?\ \d | \b(?:person|man)-?(?:days?|weeks?|months?|hours?)\b
    | \b(?:weeks?|months?|days?)\ \d+(?:\s*[-\u2013]\s*\d+)?\s*(?:[:|)]|-\ |\u2013|$)
    | \bQ[1-4]\ ?(?:'?\d\d|20\d\d)\b
    | \b(?:by|before|until|no\ later\ than|(?:ship|launch)\w*\ (?:on|in)|target(?:ing|ed)?(?:\ for)?)\s+
        (?:(?:the\ )?end\ of\ (?:the\ )?{_PERIOD}|next\ {_PERIOD}|{_DAY})
    | {_AMOUNT}(?:(?:working|engineer(?:ing)?|developer|dev|business|calendar)[\ -])?
        (?:hours?|days?|weeks?|months?)\s+
        (?:of\ (?:work|effort|development)|to\ (?:implement|build|complete|ship|finish|develop|migrate))
    | \btakes?\ (?:about\ |roughly\ |around\ )?{_AMOUNT}(?:days?|weeks?|months?|sprints?)\b
    | \b(?:target|release|launch|delivery)\ dates?\b
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)


def tells_schedule(text: str) -> bool:
    """Whether a text says when the work is to be done or how long it takes."""
    return bool(_SCHEDULE.search(text))
