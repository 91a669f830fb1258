"""What may be ordered: each supplier's production with each customer who may buy (rule 4)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray, grain_of
from ringtausch.planning.facts.names import Names
from ringtausch.records.columns import Payments
from ringtausch.records.matching import SupplyFinder
from ringtausch.records.periods import Calendar
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Production

__all__ = ["Lines", "Purchases", "find_lines", "find_purchases"]


@dataclass(frozen=True)
class Lines:
    """The production lines: a supplier and an item."""

    supplier: tuple[str, ...]  # (line,)
    item: IntArray  # (line,)
    capacity: FloatArray  # (line, period of delivery) units


@dataclass(frozen=True)
class Purchases:
    """Who may buy from which line, when, at what price."""

    line: IntArray  # (purchase,)
    customer: IntArray  # (purchase,) party
    first: IntArray  # (purchase,) period of the first possible order
    stop: IntArray  # (purchase,) period after the last one
    lead: IntArray  # (purchase,) periods from order to delivery
    price: FloatArray  # (purchase,) reporting currency per unit
    grain: FloatArray  # (purchase,) units; 0 = any quantity
    terms: IntArray  # (purchase,) number of the payment terms
    payments: tuple[Payments, ...]  # (terms,) shares of the price by periods after the order


def find_lines(scenario: Scenario, names: Names, indivisible: BoolArray) -> Lines:
    """Compute what each line delivers in each period."""
    rows: dict[tuple[str, str], list[Production]] = defaultdict(list)
    for row in scenario.production:
        rows[row.supplier, row.item].append(row)
    item = names.items_of(item for _, item in rows)
    capacity = np.zeros((len(rows), scenario.calendar.count))
    for number, line_rows in enumerate(rows.values()):
        capacity[number] = _capacities(
            line_rows, scenario.calendar, bool(indivisible[item[number]])
        )
    return Lines(tuple(supplier for supplier, _ in rows), item, capacity)


def _capacities(rows: list[Production], calendar: Calendar, whole: bool) -> list[float]:
    """Return the capacity of each period: of the rows begun the latest date counts.

    A whole item comes off the line in the period that completes it, so that the sums are rounded
    down, not each period; they are exact decimals.
    """
    ordered = sorted(rows, key=lambda row: row.from_)
    begins = [calendar.index(row.from_) for row in ordered]
    result: list[float] = []
    done = Decimal(0)
    begun = -1
    with localcontext() as context:
        context.prec = 60
        for period in range(calendar.count):
            while begun + 1 < len(ordered) and begins[begun + 1] <= period:
                begun += 1
            now = ordered[begun].capacity if begun >= 0 else Decimal(0)
            result.append(float((done + now) // 1 - done // 1 if whole else now))
            done += now
    return result


def find_purchases(
    scenario: Scenario, names: Names, lines: Lines, indivisible: BoolArray
) -> Purchases:
    """Match each line with the customers who may buy from it within the plan."""
    finder = SupplyFinder(scenario.supply)
    calendar = scenario.calendar
    terms: dict[Payments, int] = {}
    found: list[tuple[int, int, int, int, int, int, float, float]] = []
    for line, supplier in enumerate(lines.supplier):
        item = names.items[lines.item[line]]
        for party, customer in enumerate(names.parties):
            row = finder.find(supplier, item, customer)
            if row is None:
                continue
            window = calendar.window(row.opens, row.until)
            stop = min(window.stop, calendar.count - row.lead)
            if window.start < stop:
                pays = terms.setdefault(row.payments, len(terms))
                price = float(row.price * scenario.rate(row.currency))
                grain = grain_of(row.lot, indivisible=bool(indivisible[lines.item[line]]))
                found.append((line, party, window.start, stop, row.lead, pays, price, grain))
    columns = list(zip(*found, strict=True)) or [()] * 8
    line_, customer_, first, stop_, lead, pays_ = (
        np.array(column, dtype=np.int64) for column in columns[:6]
    )
    price_, grain_ = (np.array(column, dtype=np.float64) for column in columns[6:])
    return Purchases(line_, customer_, first, stop_, lead, price_, grain_, pays_, tuple(terms))
