"""What a first draft does once (packs, layouts, patterns, rules), done before a child is forked.

The forkserver imports what it is told and calls nothing, so it is importing this that drafts a spec of a few
lines. It reads no folder, draws no diagram and starts no thread.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from speckit.markdown import safe_html
from speckit.model import Corpus, Document
from speckit.paths import Project
from speckit.pipeline import draft_spec, finish_spec
from speckit.template import load_pack

_DAY = dt.date(2026, 1, 1)
_TEXT = """# A cache

## Research Question

Should the reader keep what it has read?

## Summary

The reader reads each entry anew.

## Open Questions

1. **Place.** Should it be kept in memory or on disk?
"""


def _draft() -> str:
    project = Project(Path(), Path("research"), Path("specs"))
    corpus = Corpus((Document("research/cache.md", _TEXT, "A cache", _DAY, ""),))
    pack = load_pack("rfc", None)
    drafted = draft_spec(project, corpus, pack, "cache", (), day=_DAY, created=_DAY, author="", owner="")
    finished = finish_spec(project, corpus, pack, drafted, "specs/cache.md", (), (), "ask")
    return safe_html(finished.text)


_draft()
