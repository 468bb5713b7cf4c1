"""Words that tell one part of a sentence from another, where no grammar is parsed."""

from __future__ import annotations

AUXILIARY = r"(?:should|do|does|did|is|are|was|were|can|could|will|would|shall|must|may|has|have)"
# What leaves something open.
DOUBT = (
    r"(?:whether|unclear|unresolved|undecided|undetermined|unsure|unknown|tbd|to be (?:decided|determined)"
    r"|(?:not|n['\u2019]t) (?:yet |been |entirely |really |quite ){0,2}"
    r"(?:decided|settled|clear|sure|know|known|understand)"
    r"|(?:remains?|is|are|left) (?:still )?(?:open|unclear|to be \w+)|open (?:question|decision|issue)"
    r"|decision (?:required|needed|pending))"
)
_VERBS = """
abort accept activate add adopt aggregate allow appear append apply ask assume attach audit auto-detect
avoid be become block break build bump bundle cache call capture carry change check clear close collapse
combine commit compute configure consume continue convert copy count craft create declare decode deduplicate
default defer define delegate delete deliver depend deprecate derive detect disable dismiss dispatch
display document download drop edit embed emit enable encode enforce ensure enter error evaluate evolve
execute expand expect expire explore export expose extend extract fail fall fetch filter fix fold follow
force gate generate get give go grant handle happen have hide hold honor host identify ignore implement
import include increase index infer inherit inject inline insert install integrate intend intercept introduce
invalidate invoke join keep launch leave let lift limit list live load lock log maintain make manage map
mark match mean merge migrate mirror move nest normalize offer omit open opt override overwrite parse pass
perform permit persist pin poll prefer preload preserve prevent print prioritize produce promote prompt
propagate protect provide publish pull push put query queue raise read rebuild receive record recreate
redirect reduce refactor refer refuse register reject rely remain remember remove rename render reorder
replace replicate report require requires reset resolve respect restart restore restrict resume retain
retry return reuse rewrite roll route run save scan schedule see select send separate serialize serve set
share ship show sign silently simplify skip spawn specify split stack standardize start stay stop store
stream strip submit supersede supersedes support suppress surface survive swap switch sync synthesize take
target test throw toggle track treat trigger trim truncate trust try unify update upgrade use validate
vendor verify wait warn wire work wrap write
"""
_PREPOSITIONS = """
during on in at via by per as from under inside within through before after above below until with
without into onto for to against outside across alongside behind beyond between near over
"""
VERBS = frozenset(_VERBS.split())
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
ARTICLES = ("the", "a", "an", "to")
DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "each", "all", "every", "our", "its", "their", "any", "some", "no")
)
# Prepositions that hold both of the names behind them: "for images or files" offers no choice.
HOLDING = frozenset(("for", "of", "during", "with", "from", "without", "than", "between", "about"))
