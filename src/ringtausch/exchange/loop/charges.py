"""Which fund of a plan pays for which decision: rule 10 of the planning problem, read backwards.

In: a plan and its scenario. Out: shares of charges, each of one fund and one order, dispatch or due. A plan's
payments name no decision: those of a period and purpose are told apart in a fixed order, dues first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ringtausch.records.matching import LaneFinder, SupplyFinder
from ringtausch.records.plan import Dispatch, Order, Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Charge", "Share", "shares"]

_DUST = Decimal("0.000001")
_Place = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Charge:
    """What a decision costs in one period, in the reporting currency; a due has no decision."""

    purpose: str
    item: str
    party: str
    period: int
    amount: Decimal
    payee: str = ""
    decision: Order | Dispatch | None = None

    @property
    def place(self) -> _Place:
        """What its payments have in common with it."""
        return self.purpose, self.item, self.party, self.period


@dataclass(frozen=True, slots=True)
class Share:
    """So much of a charge is paid by one fund."""

    charge: Charge
    fund: str
    amount: Decimal


def shares(plan: Plan, scenario: Scenario) -> list[Share]:
    """Tell which fund pays for which charge."""
    paid: dict[_Place, list[list[object]]] = defaultdict(list)
    for row in sorted(plan.rows("payments"), key=lambda row: (row.period, row.fund)):
        place = row.purpose, row.item, row.party, row.period
        paid[place].append([row.fund, Decimal(repr(row.amount))])
    found = []
    for charge in _charges(plan, scenario):
        left = charge.amount
        for entry in paid[charge.place]:
            fund, rest = entry
            assert isinstance(rest, Decimal)
            taken = min(left, rest)
            if taken > _DUST:
                found.append(Share(charge, str(fund), taken))
                entry[1] = rest - taken
                left -= taken
    return found


def _charges(plan: Plan, scenario: Scenario) -> list[Charge]:
    last = scenario.calendar.count - 1
    found = [*_dues(scenario), *_orders(plan, scenario), *_dispatches(plan, scenario)]
    return [replace(charge, period=min(charge.period, last)) for charge in found]


def _dues(scenario: Scenario) -> Iterator[Charge]:
    for row in scenario.dues:
        amount = row.amount * scenario.rate(row.currency)
        period = scenario.calendar.index(row.date)
        if period < scenario.calendar.count:  # a later one never happens within the plan
            yield Charge(row.purpose, row.item, row.party, period, amount)


def _orders(plan: Plan, scenario: Scenario) -> Iterator[Charge]:
    finder = SupplyFinder(scenario.supply)
    for order in plan.rows("orders"):
        supply = finder.find(order.supplier, order.item, order.customer)
        if supply is None:
            continue
        price = supply.price * scenario.rate(supply.currency) * Decimal(repr(order.quantity))
        for offset, part in supply.payments or ((0, Decimal(1)),):
            yield Charge(
                "order",
                order.item,
                order.customer,
                order.period + offset,
                price * part,
                order.supplier,
                order,
            )


def _dispatches(plan: Plan, scenario: Scenario) -> Iterator[Charge]:
    offers = {row.offer: row for row in scenario.offers}
    finder = LaneFinder(scenario.lanes)
    for row in plan.rows("dispatches"):
        quantity = Decimal(repr(row.quantity))
        lane, offer = finder.find(row.from_, row.to, row.item), offers.get(row.offer)
        if lane is not None and lane.unit_cost:
            cost = lane.unit_cost * scenario.rate(lane.currency) * quantity
            yield Charge("handover", row.item, row.to, row.period, cost, row.from_, row)
        if offer is not None and offer.compensation:
            cost = offer.compensation * scenario.rate(offer.currency) * quantity
            yield Charge("compensation", row.item, row.from_, row.period, cost, row.from_, row)
