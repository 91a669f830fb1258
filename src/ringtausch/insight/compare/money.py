"""Money of a plan: by period, and who pays it. In the reporting currency.

In: a scenario and a plan for it. Out: sums of the payments.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.insight.compare.needs import EPS

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["Handed", "Payer", "handed_over", "paid_by_period", "payers"]


@dataclass(frozen=True)
class Payer:
    """What the funds of a party pay."""

    party: str
    amount: float


@dataclass(frozen=True)
class Handed:
    """How many units of an item are handed over in all."""

    item: str
    units: float


def paid_by_period(scenario: Scenario, plan: Plan) -> tuple[float, ...]:
    """Sum the payments of each period."""
    sums = [0.0] * scenario.calendar.count
    for row in plan.rows("payments"):
        sums[row.period] += row.amount
    return tuple(sums)


def payers(scenario: Scenario, plan: Plan) -> tuple[Payer, ...]:
    """Sum the payments of each party's funds, the most first."""
    owner = {fund.fund: fund.party for fund in scenario.funds}
    sums: dict[str, float] = defaultdict(float)
    for row in plan.rows("payments"):
        sums[owner[row.fund]] += row.amount
    found = [Payer(party, amount) for party, amount in sums.items() if amount > EPS]
    return tuple(sorted(found, key=lambda payer: (-payer.amount, payer.party)))


def handed_over(scenario: Scenario, plan: Plan) -> tuple[Handed, ...]:
    """Sum the dispatches of each item, in the order of the table of items."""
    sums: dict[str, float] = defaultdict(float)
    for row in plan.rows("dispatches"):
        sums[row.item] += row.quantity
    return tuple(Handed(row.item, sums[row.item]) for row in scenario.items if sums[row.item] > EPS)
