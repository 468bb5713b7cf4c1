"""Words that tell one part of a sentence from another, where no grammar is parsed."""

from __future__ import annotations

AUXILIARY = r"(?:should|do|does|did|is|are|was|were|can|could|will|would|shall|must|may|has|have)"
_VERBS = """
abort accept activate add adopt aggregate allow append apply appear ask attach auto-detect avoid be
become block break build bump bundle cache call capture carry change check clear close collapse combine
commit compute configure consume continue convert copy craft create deduplicate default defer delegate
delete deliver depend deprecate derive detect disable dismiss dispatch display document download drop
edit embed emit enable enforce ensure enter error execute expand explore export expose extend extract
fail fall fetch filter fix fold follow force gate generate get give go handle happen have hide hold
identify ignore implement import include increase inherit inject inline insert install integrate
introduce invoke join keep launch leave let lift limit live list load lock log maintain make manage map
mark match mean merge migrate mirror move offer omit open opt overwrite pass persist pin poll prefer
preserve prevent print prompt propagate provide publish pull push put queue raise read rebuild receive
recreate redirect reduce refactor refer register reject rely remain remove rename render reorder replace
replicate report require requires reset resolve respect restart restrict resume retain retry return reuse
rewrite roll route run save scan select send separate serialize serve set share ship show silently
simplify skip split stack standardize start stay stop store stream strip submit supersede supersedes
support surface survive switch sync synthesize take target test throw toggle track treat trigger trim
truncate try unify update upgrade use validate verify wait warn wire work wrap write
"""
_PREPOSITIONS = """
during on in at via by per as from under inside within through before after above below until with
without into onto for to against outside across alongside behind between near over
"""
VERBS = frozenset(_VERBS.split())
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
ARTICLES = ("the", "a", "an", "to")
DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "each", "all", "every", "our", "its", "their", "any", "some", "no")
)
# Prepositions that hold both of the names behind them: "for images or files" offers no choice.
HOLDING = frozenset(("for", "of", "during", "with", "from", "without", "than", "between", "about"))
