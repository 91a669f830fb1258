"""Reductions of what is dispatched, ordered and held: rules 1 to 5 and 8.

In: a draft. Out: tighter bounds in it. Every plan obeys each of them; `gap` alone is lowered to the
most that a plan needs.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray
from ringtausch.planning.reductions.draft import Draft
from ringtausch.planning.reductions.flows import row_sums

__all__ = [
    "gaps_at_most",
    "handed_at_most",
    "offers_stand",
    "stocks_between",
    "whole_numbers",
]


def whole_numbers(draft: Draft) -> None:
    """Round the bounds of whole columns inward. Every plan obeys it.

    No whole number lies between a bound and the next whole number inside.
    """
    whole = np.flatnonzero(draft.model.whole)
    draft.at_most(whole, draft.upper[whole])
    draft.at_least(whole, draft.lower[whole])


def offers_stand(draft: Draft) -> None:
    """Take away conditional offers that cannot stand, and all of their dispatches.

    Every plan obeys it: the others' dispatches that count, Σ x ≥ if_others·stands, are no more than
    their offers and columns; where that is below `if_others`, `stands` is 0, and then rule 2 leaves
    nothing of the offer. What another such offer would have given goes with it, again and again.
    """
    layout, flows = draft.layout, draft.flows
    gone = ~flows.stands
    draft.at_most(layout.stands[gone], 0.0)
    x = layout.dispatches
    draft.at_most(x.column[gone[x.offer]], 0.0)


def handed_at_most(draft: Draft) -> None:
    """Bound each dispatch, and what each account has handed over, by what the giver can have given.

    Every plan obeys it. By t a party hands over no more than its offers' quantities; than its opening
    stock and all that can have come in (S ≥ 0), less what floors make it keep then or later
    (w·S ≥ floor - gap_max - the role's other items at their most); where the assurance is hard, than
    what can have been replaced `within` periods later; where it is secured, than what can be under
    way. What can have come in is bounded in the same way at the other parties.
    """
    layout, flows = draft.layout, draft.flows
    x, debts = layout.dispatches, layout.facts.debts
    draft.at_most(x.column, flows.dispatch / x.units)
    draft.at_most(layout.handed, flows.handed[debts.party, debts.item])


def stocks_between(draft: Draft) -> None:
    """Bound each stock from both sides.

    Every plan obeys it: S[t] = opening + arrivals + brought - handed over, so that it is no more than
    the first three at their most, and no less than the first two less the last at its most. Floors
    ask for the rest of the lower bound.
    """
    layout, flows = draft.layout, draft.flows
    facts = layout.facts
    party, item = np.nonzero(layout.stock_pair >= 0)
    draft.at_most(layout.stock, flows.held[party, item])
    there = facts.opening[party, item][:, None] + np.cumsum(facts.arrivals[party, item], axis=1)
    kept = np.maximum(there - flows.handed[party, item], flows.stock_least[party, item])
    draft.at_least(layout.stock, np.maximum(kept, 0.0))


def gaps_at_most(draft: Draft) -> None:
    """Bound each gap by what its roles can lack at most and at least.

    From below every plan obeys it: g ≥ floor - Σ weight·S with each S at its upper bound. From above
    it is the most that a plan needs: with each S at its lower bound, no role lacks more, and a gap
    that is larger than what its weakest role lacks can be lowered without touching anything else.
    """
    layout, floors = draft.layout, draft.layout.facts.floors
    party = floors.party[floors.role_of[floors.part_role]]
    stock = layout.stock[layout.stock_pair[party, floors.part_item]]

    def lacking(bound: FloatArray) -> FloatArray:
        strength = bound[stock] * floors.part_weight[:, None]
        strength[floors.part_weight == 0] = 0.0  # also of a stock without an upper bound
        return floors.level[floors.role_of] - row_sums(
            floors.part_role, strength, len(floors.role_of)
        )

    draft.at_least(layout.gap, _most_of(floors.role_of, lacking(draft.upper), layout.gap))
    draft.at_most(layout.gap, _most_of(floors.role_of, lacking(draft.lower), layout.gap))


def _most_of(owner: IntArray, rows: FloatArray, like: IntArray) -> FloatArray:
    """Return for each owner the largest of its roles' rows, no less than 0."""
    most = np.zeros(like.shape)
    np.maximum.at(most, owner, rows)
    return most
