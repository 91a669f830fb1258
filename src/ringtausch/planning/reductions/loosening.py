"""Bounds that the rest of the model implies, given back: the solver is better off without them.

In: a draft that is tightened as far as it goes. Out: the same draft with fewer bounds. A solver
replaces a state by what it is made of where its bounds cannot bind, and it sees that from single rows
only; a bound that follows from a chain of rows looks to it as if it could bind. No plan is lost or
won: bounds only go back to what they were, or where the rows that stay imply them.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.reductions.draft import SLIVER, Draft
from ringtausch.planning.reductions.flows import handed_by_offers
from ringtausch.planning.reductions.rows import implied_rows

__all__ = ["loosen"]


def loosen(draft: Draft) -> None:
    """Give continuous columns that still move the bounds back that they had, where nothing needs them.

    Every plan obeys it: the rows and bounds that stay imply all that was derived from them. A bound
    stays where it alone implies a row that was freed, where it is that of a whole column (rounding
    makes it stronger than the rows), and where it is the least of what counts against the plan: that
    shows at a glance when an objective cannot be better.

    Stock that cannot run out loses S ≥ 0 as well: the rows of its balance add up to S[t] = opening +
    arrivals + brought - handed over, and where the offers at their most leave the first two above 0,
    so is S.
    """
    layout, model = draft.layout, draft.model
    back = ~model.whole & (draft.lower < draft.upper)
    # beside columns that are fixed, HiGHS 1.15.0 stumbles over these where they have no bounds: of a
    # hundred random models its presolve called two infeasible that are not, and crashed in one
    for states in (layout.handed, layout.pipeline, layout.security):
        back[states[states >= 0]] = False
    counts = np.zeros(model.columns, dtype=np.bool_)
    for states in (layout.late, layout.gap, layout.unmet):
        counts[states[states >= 0]] = True
    lower = np.where(back & ~counts, model.lower, draft.lower)
    upper = np.where(back, model.upper, draft.upper)
    stock, least = layout.stock, _left_by_offers(draft, upper)
    shown = lower.copy()
    shown[stock] = np.maximum(lower[stock], np.minimum(least, draft.lower[stock]))
    needs_lower, needs_upper = _needed(draft, shown, upper)
    never_binds = stock[(least >= 0) & back[stock]]
    lower[never_binds], upper[never_binds] = -np.inf, np.inf
    draft.lower = np.where(needs_lower, draft.lower, lower)
    draft.upper = np.where(needs_upper, draft.upper, upper)


def _left_by_offers(draft: Draft, upper: FloatArray) -> FloatArray:
    """(pair, period) Units in stock when all that is offered has gone and nothing was brought."""
    facts, pair = draft.layout.facts, draft.layout.stock_pair
    party, item = np.nonzero(pair >= 0)
    x = draft.layout.dispatches
    handed, _ = handed_by_offers(draft.layout, upper[x.column] * x.units)
    there = facts.opening[party, item][:, None] + np.cumsum(facts.arrivals[party, item], axis=1)
    return np.asarray(there - handed[party, item] - SLIVER)


def _needed(draft: Draft, lower: FloatArray, upper: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Tell which tight bounds imply a freed row that other bounds do not."""
    matrix = draft.model.matrix
    free = np.isinf(draft.row_lower) & np.isinf(draft.row_upper)
    there = Draft(draft.model, lower, upper, matrix.lower, matrix.upper)
    needy = free & ~draft.rest_on_rows
    needy &= ~implied_rows(there, needy)
    entry = np.repeat(needy, np.diff(matrix.start))
    column, rises = matrix.column[entry], matrix.value[entry] > 0
    row = np.repeat(np.flatnonzero(needy), np.diff(matrix.start)[needy])
    most, least = np.isfinite(matrix.upper[row]), np.isfinite(matrix.lower[row])
    needs_lower, needs_upper = (np.zeros(len(lower), dtype=np.bool_) for _ in range(2))
    needs_upper[column[(most & rises) | (least & ~rises)]] = True
    needs_lower[column[(most & ~rises) | (least & rises)]] = True
    return needs_lower, needs_upper
