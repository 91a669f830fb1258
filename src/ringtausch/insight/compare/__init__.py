"""Side by side: variants of a scenario planned beside it, and what people ask about of each.

`comparing` plans the variants and puts the columns together, `column` is one of them, `figures` are
what it comes to (`needs`, `waits`, `gaps`, `money`), `reasons` why a variant has no plan, `choosing` which
variants are asked for.
"""

from ringtausch.insight.compare.choosing import choose
from ringtausch.insight.compare.column import Column, Comparison
from ringtausch.insight.compare.comparing import compare
from ringtausch.insight.compare.figures import Figures, figures_of

__all__ = [
    "Column",
    "Comparison",
    "Figures",
    "choose",
    "compare",
    "figures_of",
]
