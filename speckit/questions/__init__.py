"""Questions that a document leaves open or settles itself, with what it says about their answers.

`sections` finds the entries of its sections of open questions, `wording` reads their lines, `stance` tells
what they answer and recommend, `options` what they offer (`listings` on lines of their own, `alternatives` in
a sentence), and `finding` makes questions of it.
"""

from speckit.questions.finding import find_questions
from speckit.questions.identity import question_id

__all__ = ["find_questions", "question_id"]
