"""The contrast of a question: the options it is put with, and what each of them writes into the spec.

Pure functions over questions, answers and sections. What is shown before choosing is computed by the same
functions that write after it, so the two cannot differ. `options` are what is offered, `wording` how a
decision is said, `effects` where it goes, `lint` what makes a card not worth answering.
"""

from speckit.contrast.asked import tells_fault
from speckit.contrast.effects import UNSAID, effects, target_of, weigh
from speckit.contrast.lint import faults
from speckit.contrast.options import (
    CONTRAST,
    FIXED,
    IN_SCOPE,
    LATER,
    LEAVE,
    MOOT,
    NO,
    NOT_NOW,
    PREMISE,
    REMOVE,
    VERIFY,
    YES,
    label_key,
    offered,
)
from speckit.contrast.topics import lead_of, topic_of
from speckit.contrast.wording import decision_of, goal_of

__all__ = [
    "CONTRAST",
    "FIXED",
    "IN_SCOPE",
    "LATER",
    "LEAVE",
    "MOOT",
    "NO",
    "NOT_NOW",
    "PREMISE",
    "REMOVE",
    "UNSAID",
    "VERIFY",
    "YES",
    "decision_of",
    "effects",
    "faults",
    "goal_of",
    "label_key",
    "lead_of",
    "offered",
    "target_of",
    "tells_fault",
    "topic_of",
    "weigh",
]
