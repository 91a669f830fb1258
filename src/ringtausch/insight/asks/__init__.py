"""Asks: whom to ask for what, and the smallest set of concessions that reaches a goal.

`listing` is the finite list of single concessions (`goods`, `funding`, `terms` by family), `sizes` how
large they are, `concession` how they are granted; `asking` plans each again and ranks them with
`effects` (figures and cost) and `sentences`; `goals` reads what is to be reached, `reaching` finds the
smallest sets.
"""

from ringtausch.insight.asks.asking import Ask, Asks, asks
from ringtausch.insight.asks.concession import Concession
from ringtausch.insight.asks.effects import Cost
from ringtausch.insight.asks.goals import Goal, InvalidGoal
from ringtausch.insight.asks.listing import list_concessions
from ringtausch.insight.asks.reaching import Reach, ReachSet, reach
from ringtausch.insight.asks.sizes import Sizes

__all__ = [
    "Ask",
    "Asks",
    "Concession",
    "Cost",
    "Goal",
    "InvalidGoal",
    "Reach",
    "ReachSet",
    "Sizes",
    "asks",
    "list_concessions",
    "reach",
]
