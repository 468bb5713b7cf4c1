"""One spec being written, from its recipe to its document.

    opening     a recipe with what the research folder has to say about it
    session     Authoring: the stages' values, the answers as they come, and what is written when
    newer       research that came in since
    closing     what the author is told at the end
    continuing  going on with a spec that is on disk

The command line and the notebook are two views of an `Authoring`.
"""

from speckit.authoring.continuing import open_authoring, review_authoring
from speckit.authoring.session import Authoring

__all__ = ["Authoring", "open_authoring", "review_authoring"]
