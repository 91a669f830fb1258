"""Rules 4 and 11: what the plan takes of production slots and of funds, and what it leaves.

In: a scenario and the orders and payments of a plan. Out: `Slot`, `Production` and `FundUse` rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from ringtausch.insight.measures.replacements import EPS
from ringtausch.insight.measures.rows import FundUse, Production, Slot
from ringtausch.records import Plan, Scenario
from ringtausch.records import Production as Capacity

__all__ = ["fund_use", "production", "slots"]


def slots(scenario: Scenario, plan: Plan) -> tuple[Slot, ...]:
    """List every period in which a supplier can deliver an item or does, by the table's order."""
    rows: dict[tuple[str, str], list[Capacity]] = defaultdict(list)
    for row in scenario.production:
        rows[row.supplier, row.item].append(row)
    used: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * scenario.calendar.count)
    for order in plan.rows("orders"):
        used[order.supplier, order.item][order.delivered] += order.quantity
    found = []
    for supplier, item in dict.fromkeys([*rows, *used]):
        capacity = _capacity(scenario, item, rows[supplier, item])
        for period, (can, does) in enumerate(zip(capacity, used[supplier, item], strict=True)):
            if can > EPS or does > EPS:
                found.append(
                    Slot(
                        supplier=supplier,
                        item=item,
                        period=period,
                        date=scenario.calendar.first_day(period),
                        capacity=can,
                        used=does,
                        lost=max(0.0, can - does),
                    )
                )
    return tuple(found)


def production(found: Sequence[Slot]) -> tuple[Production, ...]:
    """Sum the slots of each supplier and item, which follow each other."""
    sums = []
    for (supplier, item), group in groupby(found, key=lambda slot: (slot.supplier, slot.item)):
        rows = list(group)
        capacity, used = sum(slot.capacity for slot in rows), sum(slot.used for slot in rows)
        sums.append(
            Production(
                supplier=supplier,
                item=item,
                capacity=capacity,
                used=used,
                lost=sum(slot.lost for slot in rows),
                share=used / capacity if capacity > EPS else None,
            )
        )
    return tuple(sums)


def fund_use(scenario: Scenario, plan: Plan) -> tuple[FundUse, ...]:
    """Sum what each fund gets, pays, loses and keeps; reporting currency, the table's order."""
    count = scenario.calendar.count
    released: dict[str, Decimal] = defaultdict(Decimal)
    for row in scenario.releases:
        if scenario.calendar.index(row.date) < count:
            released[row.fund] += row.amount
    paid: dict[str, float] = defaultdict(float)
    for payment in plan.rows("payments"):
        paid[payment.fund] += payment.amount
    found = []
    for fund in scenario.funds:
        amount = float(released[fund.fund] * scenario.rate(fund.currency))
        rest = max(0.0, amount - paid[fund.fund])
        ends = fund.until is not None and scenario.calendar.index(fund.until) < count
        found.append(
            FundUse(
                fund=fund.fund,
                party=fund.party,
                currency=scenario.currency,
                until=fund.until,
                released=amount,
                paid=paid[fund.fund],
                lapsed=rest if ends else 0.0,
                left=0.0 if ends else rest,
            )
        )
    return tuple(found)


def _capacity(scenario: Scenario, item: str, rows: list[Capacity]) -> list[float]:
    """Give the capacity of each period; a whole item comes in the period that completes it."""
    whole = next((row.indivisible for row in scenario.items if row.item == item), False)
    ordered = sorted(rows, key=lambda row: row.from_)
    begins = [scenario.calendar.index(row.from_) for row in ordered]
    done, result = Decimal(0), []
    for period in range(scenario.calendar.count):
        now = Decimal(0)
        for begun, row in zip(begins, ordered, strict=True):
            if begun <= period:  # the latest date counts
                now = row.capacity
        result.append(float((done + now) // 1 - done // 1 if whole else now))
        done += now
    return result
