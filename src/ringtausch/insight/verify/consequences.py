"""Stocks, debts, lateness, gaps, unmet needs and charges that follow from the decisions.

In: facts, decisions and flows. Out: figures per period, each at the best that the decisions leave
(a consequence is never worse than it must be). Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import floor

from ringtausch.insight.verify.bills import Bill, ChargeKey
from ringtausch.insight.verify.facts import Facts, Pair, Series
from ringtausch.insight.verify.flows import Flows
from ringtausch.insight.verify.tolerances import DUST, quantity_slack
from ringtausch.records import Need

__all__ = ["Consequences", "consequences_of", "recently_owed"]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from a plan's decisions; every series has one figure per period.

    Pairs that nothing concerns are not there: no stock and no arrivals, no debt, no floor.
    """

    stocks: dict[Pair, Series]  # by party and item: units in hand at the end of each period
    debts: dict[Pair, Series]  # by party and item: units still owed
    opening_debts: dict[Pair, Series]  # by party and item: what of them was owed at the start
    late: dict[Pair, Series]  # by party and item: units overdue
    gaps: dict[Pair, Series]  # by party and capability: below the floor
    excused: dict[Pair, Series]  # the gap that opening stock and arrivals alone would leave
    unmet: dict[str, Series]  # by need: what is still missing
    charges: dict[ChargeKey, float]  # reporting currency


def consequences_of(facts: Facts, flows: Flows, bills: dict[ChargeKey, Bill]) -> Consequences:
    """Recompute everything that follows from the decisions."""
    stocks = _stocks(facts, flows)
    debts = _debts(facts, flows)
    opening = {pair: _opening_part(facts.owed[pair], series) for pair, series in debts.items()}
    untouched = _stocks(facts, None)
    return Consequences(
        stocks=stocks,
        debts=debts,
        opening_debts=opening,
        late={pair: _late(facts, flows, pair, debts[pair], opening[pair]) for pair in debts},
        gaps={pair: _gap(facts, pair, stocks) for pair in facts.floors},
        excused={pair: _gap(facts, pair, untouched) for pair in facts.floors},
        unmet={name: _unmet(facts, need, flows) for name, need in facts.needs.items()},
        charges={key: bill.amount for key, bill in bills.items()},
    )


def _stocks(facts: Facts, flows: Flows | None) -> dict[Pair, Series]:
    """Carry each stock from period to period (rule 1); without flows, as if nothing were done."""
    adding = [facts.arrivals, *([flows.by_lanes, flows.by_orders] if flows else [])]
    taking: dict[Pair, Series] = flows.sent if flows else {}
    pairs = dict.fromkeys([*facts.opening, *taking, *(pair for by in adding for pair in by)])
    none = facts.zeros()
    return {
        pair: list(
            accumulate(
                (
                    sum(coming) - going
                    for going, *coming in zip(
                        taking.get(pair, none),
                        *(series.get(pair, none) for series in adding),
                        strict=True,
                    )
                ),
                initial=facts.opening.get(pair, 0.0),
            )
        )[1:]
        for pair in pairs
    }


def _debts(facts: Facts, flows: Flows) -> dict[Pair, Series]:
    """Carry each debt from period to period (rule 6)."""
    none = facts.zeros()
    found = {}
    for pair, owed in facts.owed.items():
        ratio = facts.ratio(pair)
        moves = zip(flows.sent.get(pair, none), flows.repaid.get(pair, none), strict=True)
        changes = (ratio * out - repaid for out, repaid in moves)
        found[pair] = list(accumulate(changes, initial=owed))[1:]
    return found


def _opening_part(owed: float, debt: Sequence[float]) -> Series:
    """Return what is still owed of the opening debts: as much as the debt has always left room for.

    0 ≤ E[t] ≤ E[t-1] and E ≤ D: the largest such E is the running minimum, and no rule is easier
    on a smaller one.
    """
    return list(accumulate(debt, lambda left, now: min(left, max(0.0, now)), initial=owed))[1:]


def _late(facts: Facts, flows: Flows, pair: Pair, debt: Series, opening: Series) -> Series:
    """Return what is overdue (rule 7), with as much of the opening debts not yet due as may be."""
    recent = recently_owed(facts, flows, pair)
    later = facts.owed_later[pair]
    return [
        _at_least_zero(debt[t] - recent[t] - min(opening[t], later[t])) for t in range(facts.count)
    ]


def recently_owed(facts: Facts, flows: Flows, pair: Pair) -> Series:
    """Return ratio · Σ out over the last `within` periods, this one included."""
    assurance = facts.assurances.get(pair)
    sent = flows.sent.get(pair)
    if assurance is None or sent is None:
        return facts.zeros()
    ratio = float(assurance.ratio)
    return [ratio * sum(sent[max(0, t - assurance.within + 1) : t + 1]) for t in range(facts.count)]


def _gap(facts: Facts, pair: Pair, stocks: dict[Pair, Series]) -> Series:
    """Return how far the weakest role of a capability is below the floor (rule 8)."""
    party, capability = pair
    roles = facts.roles(capability)
    gaps = facts.zeros()
    for t, row in enumerate(facts.floors[pair]):
        if row is not None:
            strength = min((_strength(role, party, t, stocks) for role in roles), default=0.0)
            gaps[t] = _at_least_zero(float(row.quantity) - strength)
    return gaps


def _strength(role: dict[str, float], party: str, t: int, stocks: dict[Pair, Series]) -> float:
    return sum(
        weight * stocks[party, item][t] for item, weight in role.items() if (party, item) in stocks
    )


def _unmet(facts: Facts, need: Need, flows: Flows) -> Series:
    """Return what a need still lacks (rule 9): its weakest role counts, in whole steps."""
    so_far = {
        item: list(accumulate(series)) for item, series in flows.served.get(need.need, {}).items()
    }
    quantity = float(need.quantity)
    unmet = facts.zeros()
    for t in range(facts.count):
        met = min(
            (
                sum(weight * so_far[item][t] for item, weight in role.items() if item in so_far)
                for role in facts.roles(need.capability)
            ),
            default=0.0,
        )
        if need.step:
            step = float(need.step)
            met = step * floor((met + quantity_slack(met)) / step)
        unmet[t] = _at_least_zero(quantity - met)
    return unmet


def _at_least_zero(quantity: float) -> float:
    """Return a quantity, and 0 for what only rounding has left."""
    return quantity if quantity >= DUST else 0.0
