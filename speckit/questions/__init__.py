"""Questions that a document leaves open or settles itself, with what it says about their answers.

`sections` finds the entries of its sections of open questions, `wording` reads their lines, `stance` what they
answer and recommend, `options` and `alternatives` what they offer; `finding` makes questions of it.
"""

from speckit.questions.finding import find_questions
from speckit.questions.identity import question_id

__all__ = ["find_questions", "question_id"]
