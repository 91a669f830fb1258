"""Facts: a scenario as arrays with named axes, ready for the rules.

In: a `Scenario`. Out: `Facts`, one part per subject. Names are matched to numbers here and nowhere
else; axes stand beside each field: party, item, period, and the rows of each part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.facts.capabilities import (
    Floors,
    Needs,
    find_floors,
    find_needs,
    find_parts,
)
from ringtausch.planning.facts.debts import Debts, find_debts
from ringtausch.planning.facts.money import (
    Dues,
    Funds,
    find_burden_key,
    find_dues,
    find_funds,
)
from ringtausch.planning.facts.names import Names, find_names
from ringtausch.planning.facts.purchases import Lines, Purchases, find_lines, find_purchases
from ringtausch.planning.facts.transfers import Offers, Transfers, find_offers, find_transfers
from ringtausch.records.scenario import Scenario

__all__ = ["Debts", "Dues", "Facts", "Floors", "Funds", "Lines", "Names", "Needs", "Offers",
           "Purchases", "Transfers", "gather_facts"]  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """All that the rules need to know."""

    names: Names
    periods: int
    settlement: int  # periods
    indivisible: BoolArray  # (item,)
    value: FloatArray  # (item,) reporting currency per unit; 0 where the scenario has none
    opening: FloatArray  # (party, item) units in hand at the start
    arrivals: FloatArray  # (party, item, period) units that come in any case
    free: FloatArray  # (party, item, period) units of them that are designable
    offers: Offers
    transfers: Transfers
    lines: Lines
    purchases: Purchases
    debts: Debts
    needs: Needs
    floors: Floors
    funds: Funds
    dues: Dues
    burdened: BoolArray  # (party,) has a burden key
    burden_share: FloatArray  # (party,) sums to 1

    @property
    def moved_value(self) -> FloatArray:
        """(item,) What moving one unit weighs: its value, and 1 where it has none."""
        return np.where(self.value > 0, self.value, 1.0)


def gather_facts(scenario: Scenario) -> Facts:
    """Bring a scenario into arrays."""
    names = find_names(scenario)
    periods = scenario.calendar.count
    shape = (len(names.parties), len(names.items))
    opening = np.zeros(shape)
    for stock in scenario.stocks:
        opening[names.party[stock.party], names.item[stock.item]] += float(stock.quantity)
    arrivals, free = np.zeros((*shape, periods)), np.zeros((*shape, periods))
    for row in scenario.arrivals:
        period = scenario.calendar.index(row.date)
        if period < periods:
            place = (names.party[row.party], names.item[row.item], period)
            arrivals[place] += float(row.quantity)
            free[place] += float(row.quantity) if row.designable else 0.0
    indivisible = np.array([row.indivisible for row in scenario.items], dtype=np.bool_)
    lines = find_lines(scenario, names, indivisible)
    parts = find_parts(scenario, names)
    burdened, share = find_burden_key(scenario)
    return Facts(
        names=names,
        periods=periods,
        settlement=scenario.settlement,
        indivisible=indivisible,
        value=np.array([float(i.value * scenario.rate(i.currency)) for i in scenario.items]),
        opening=opening,
        arrivals=arrivals,
        free=free,
        offers=find_offers(scenario, names, indivisible),
        transfers=find_transfers(scenario, names),
        lines=lines,
        purchases=find_purchases(scenario, names, lines, indivisible),
        debts=find_debts(scenario, names),
        needs=find_needs(scenario, names, parts),
        floors=find_floors(
            scenario, names, parts, opening[:, :, None] + np.cumsum(arrivals, axis=2)
        ),
        funds=find_funds(scenario, names),
        dues=find_dues(scenario, names),
        burdened=burdened,
        burden_share=share,
    )
