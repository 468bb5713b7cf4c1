"""The ledger of a spec, in a folder beside it: its recipe, its answers, and the base of each export.

    find     the ledger of a topic, or of a named spec
    folder   Ledger: what is read from it and written to it
    asked    a question as a record keeps it
    records  a decision as a file, and reading files that may be torn, hostile or of the future
    heads    what holds of them: an answer, a dispute, or nothing
    picks    passages taken into the draft or left out of it
    ticks    boxes ticked in the document
    parameters  the recipe's file
    bases    what was generated for an export, and where its citations pointed then
    files    the one writer

Nothing in it is ever changed or removed but `recipe.yaml`: every file has a name of its own, so that no write
can fail because of another, there are no locks, and `git merge` of two ledgers never needs a hand.
"""

from speckit.ledger.asked import Asked
from speckit.ledger.find import find_ledger, open_ledger, spec_topic, topics
from speckit.ledger.folder import Ledger
from speckit.ledger.heads import State, only_reasons
from speckit.ledger.picks import record_pick
from speckit.ledger.records import Record

__all__ = [
    "Asked",
    "Ledger",
    "Record",
    "State",
    "find_ledger",
    "only_reasons",
    "open_ledger",
    "record_pick",
    "spec_topic",
    "topics",
]
