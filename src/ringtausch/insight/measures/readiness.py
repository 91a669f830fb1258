"""Rules 1 and 8: what each party holds by the plan's decisions, and how far below a floor that is.

In: a scenario and the dispatches and orders of a plan. Out: gaps by party, capability and period.
The plan's own table of gaps is not used: a plan made by hand may lack it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from ringtausch.insight.matching import EPS
from ringtausch.records import Floor, Plan, Scenario

__all__ = ["GapSeries", "gap_series"]


@dataclass(frozen=True)
class GapSeries:
    """How far one party is below one floor in each period, and what a unit-period of that weighs."""

    party: str
    capability: str
    items: frozenset[str]  # those that give of the capability
    gap: tuple[float, ...]  # (period,) units of the capability
    weight: tuple[float, ...]  # (period,)


def gap_series(scenario: Scenario, plan: Plan) -> tuple[GapSeries, ...]:
    """Recompute the gap of every floor, in the order of the table."""
    stock = _stock(scenario, plan)
    roles = _roles(scenario)
    rows: dict[tuple[str, str], list[Floor]] = defaultdict(list)
    for row in scenario.floors:
        rows[row.party, row.capability].append(row)
    return tuple(
        _series(scenario, pair, sorted(found, key=lambda r: r.from_), stock, roles[pair[1]])
        for pair, found in rows.items()
    )


def _stock(scenario: Scenario, plan: Plan) -> dict[tuple[str, str], list[float]]:
    count = scenario.calendar.count
    change: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * count)
    for held in scenario.stocks:
        change[held.party, held.item][0] += float(held.quantity)
    for coming in scenario.arrivals:
        at = scenario.calendar.index(coming.date)
        if at < count:
            change[coming.party, coming.item][at] += float(coming.quantity)
    for sent in plan.rows("dispatches"):
        change[sent.from_, sent.item][sent.period] -= sent.quantity
        change[sent.to, sent.item][sent.arrives] += sent.quantity
    for order in plan.rows("orders"):
        change[order.customer, order.item][order.delivered] += order.quantity
    return {pair: list(accumulate(steps)) for pair, steps in change.items()}


def _roles(scenario: Scenario) -> dict[str, dict[str, dict[str, float]]]:
    """Give the weights of items by capability and role; an item is a capability of its own."""
    found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in scenario.items:
        found[row.item][""][row.item] = 1.0
    for given in scenario.capabilities:
        found[given.capability][given.role][given.item] = float(given.weight)
    return found


def _series(
    scenario: Scenario,
    pair: tuple[str, str],
    rows: list[Floor],
    stock: dict[tuple[str, str], list[float]],
    roles: dict[str, dict[str, float]],
) -> GapSeries:
    party, capability = pair
    count = scenario.calendar.count
    floor, weight = [0.0] * count, [0.0] * count
    for row in rows:  # by date: a later one overwrites from its own period on
        for t in range(scenario.calendar.index(row.from_), count):
            floor[t], weight[t] = float(row.quantity), float(row.weight)
    gap = list(floor) if roles else [0.0] * count
    none = [0.0] * count
    strength = [
        [
            sum(w * stock.get((party, item), none)[t] for item, w in role.items())
            for t in range(count)
        ]
        for role in roles.values()
    ]
    for t in range(count):
        lacking = floor[t] - min((values[t] for values in strength), default=floor[t])
        gap[t] = lacking if lacking > EPS else 0.0
    items = frozenset(item for role in roles.values() for item, w in role.items() if w > 0)
    return GapSeries(party, capability, items, tuple(gap), tuple(weight))
