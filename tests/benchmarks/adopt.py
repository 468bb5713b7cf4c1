"""What adopting specs of others costs and changes.

    python tests/benchmarks/adopt.py [FOLDER]

Adopts, exports, answers one question of and exports again each spec of a folder, in a copy of it; an open
question where there is one, else one that the text answers. Prints one JSON value. The bars: every spec the
same byte for byte where nothing is answered, at most five hunks where one question is, and a median below
100 ms a spec for taking it in and exporting it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from speckit.adopt import Adopted, adopt, write_answers
from speckit.clarify import unanswered
from speckit.contrast import offered
from speckit.model import Answer
from speckit.template import Pack, load_pack

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def main() -> None:
    """Measure and print."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY.parent / "shared/corpora/atomic/specs"
    pack = load_pack("rfc", given)
    same, hunks, seconds = 0, [], []
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(given.glob("*.md")):
            path = Path(shutil.copy(source, folder))
            started = time.perf_counter()
            adopted = adopt(path, pack)
            export(adopted, pack)
            seconds.append(time.perf_counter() - started)
            same += path.read_bytes() == source.read_bytes()
            if left := unanswered(adopted.spec) or adopted.spec.questions:
                first = (offered(left[0])[0].label,)
                answer = Answer(left[0].id, first, because="It holds.", by="Ana", on=dt.date(2026, 1, 1))
                adopted.ledger.record(answer)
                export(adopted, pack)
                hunks.append(hunks_between(source.read_text("utf-8"), path.read_text("utf-8")))
    print(
        json.dumps(
            {
                "specs": len(seconds),
                "same": same,
                "answered": len(hunks),
                "most_hunks": max(hunks, default=0),
                "median_ms": round(1000 * statistics.median(seconds), 1),
                "most_ms": round(1000 * max(seconds), 1),
            }
        )
    )


def export(adopted: Adopted, pack: Pack) -> None:
    """Write the document with what the ledger has."""
    text = adopted.ledger.adopt()
    adopted.ledger.publish(write_answers(text, adopted.spec, adopted.ledger.answers().answers, pack), [])


def hunks_between(before: str, after: str) -> int:
    """How many places differ, by lines."""
    matcher = difflib.SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    return sum(change != "equal" for change, *_ in matcher.get_opcodes())


if __name__ == "__main__":
    main()
