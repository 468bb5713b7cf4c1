"""Print random cards as the deck shows them, to be read and judged.

    python -m tests.benchmarks.cards ../shared/corpora/atomic [--count 50] [--seed 0]

Each is an open question of a random research document, drafted from that document alone.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from speckit.authoring import Authoring
from speckit.errors import SpeckitError
from speckit.jupyter.deck.cards import card, differences
from speckit.model import Answer
from speckit.recipe import Recipe


def main() -> None:
    """Draft until there are cards enough, one of each document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    documents = sorted((given.root / "research").rglob("*.md"))
    chance.shuffle(documents)
    shown = 0
    for document in documents:
        if shown == given.count:
            break
        if text := one_card(given.root, document.relative_to(given.root).as_posix(), chance):
            shown += 1
            print(f"## Card {shown}\n\n{text}\n")


def one_card(root: Path, document: str, chance: random.Random) -> str:
    """A card of a document, as text; empty where it leaves nothing open."""
    with tempfile.TemporaryDirectory() as specs:
        try:
            authoring = Authoring(Recipe(topic=document, documents=(document,), specs=specs), root)
        except SpeckitError:
            return ""
        asked = [question for question in authoring.spec.questions if question.group == "decide"]
        if not asked:
            return ""
        question = chance.choice(asked)
        shown = card(authoring, question, authoring.quotes)
        return "\n".join(_lines(shown, authoring))


def _lines(shown: dict[str, Any], authoring: Authoring) -> Iterator[str]:
    cited = ", ".join(one["label"] for one in shown["cited"])
    yield f"{shown['id']}  {cited}  writes into {shown['target'] or 'nothing'}"
    yield f"**{shown['topic']}** {shown['text']}"
    yield from (f"> {line}" for one in shown["cited"] for line in one["quote"].split("\n"))
    if shown["recommended"]:
        yield f"research recommends: {shown['recommended']}"
    for letter, option in zip("ABCDEFGH", shown["options"], strict=False):
        mark = " [research recommends]" if option["recommended"] else ""
        tradeoff = option["tradeoff"] or "not stated"
        yield f"({letter}) {option['label']} — {tradeoff} ({option['origin']}){mark}"
        for quote in option["quotes"]:
            yield f"      {quote['stance']}: {quote['text']} [{quote['cited']['label']}]"
        after = authoring.supposing(shown["id"], Answer(shown["id"], (option["label"],)))
        for change in differences(authoring.spec, after, authoring):
            yield from (f"      {change['section']}: + {line}" for line in change["added"])
    yield f"on every card: something else; {'; '.join(shown['fixed'])}; the premise does not hold; moot"


if __name__ == "__main__":
    main()
