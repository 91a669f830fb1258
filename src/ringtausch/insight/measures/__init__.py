"""Measures of a plan: burden, deals, readiness windows, slack, use of slots and funds.

In: a scenario, a plan, values of items by basis. Out: tables of typed rows. It knows only `records`:
every figure is computed from the decisions of the plan, whoever made it.
"""

from ringtausch.insight.measures.measuring import Measures, measures, measures_of
from ringtausch.insight.measures.rows import AS_IN_ITEMS, KINDS, MEASURES

__all__ = ["AS_IN_ITEMS", "KINDS", "MEASURES", "Measures", "measures", "measures_of"]
