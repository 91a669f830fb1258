"""Relaxing: which rows of a scenario may be given up, and what is left of each where it is.

In: a scenario. Out: relaxations of its rows: of requirements (hard needs, dues, hard and secured
assurances, floors), which ask for something, and of the limits that stand against them (offers,
lanes, supply, production, money, stock). `shrink` finds, of rows that together leave no plan, an
irreducible part. Which plans there are is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Production

__all__ = [
    "Relaxation",
    "dearest_unit",
    "limits_of",
    "plenty",
    "relaxed",
    "requirements_of",
    "shrink",
]

T = TypeVar("T")


@dataclass(frozen=True)
class Relaxation:
    """A row of a table, and what the row becomes when it no longer stands in the way."""

    table: str
    place: int
    relaxed: Any  # None = the row is dropped


Maker = Callable[[Any], tuple[bool, Any]]


def requirements_of(scenario: Scenario) -> list[Relaxation]:
    """List the rows that ask for something which must be.

    A floor that is given up stays as a floor of 0, because it also ends the one before it.
    """
    makers: list[tuple[str, Maker]] = [
        ("needs", lambda row: (row.hard, replace(row, hard=False))),
        ("dues", lambda row: (row.amount > 0, None)),
        ("assurances", lambda r: (r.hard or r.secured, replace(r, hard=False, secured=False))),
        ("floors", lambda row: (row.quantity > 0, replace(row, quantity=Decimal(0)))),
    ]
    return _relaxations(scenario, makers)


def limits_of(scenario: Scenario) -> list[Relaxation]:
    """List the rows that limit what a plan can do."""
    units, money = plenty(scenario)
    start = scenario.start
    first = _first_of_each_line(scenario)
    makers: list[tuple[str, Maker]] = [
        ("offers", lambda row: (True, _free_offer(row, units))),
        ("lanes", lambda row: (True, _free_lane(row))),
        ("supply", lambda row: (True, _free_supply(row))),
        (
            "production",
            lambda row: (
                True,
                replace(row, from_=start if row in first else row.from_, capacity=units),
            ),
        ),
        ("releases", lambda row: (True, replace(row, date=start, amount=money))),
        ("earmarks", lambda row: (True, replace(row, purpose="*", item="*", party="*"))),
        ("funds", lambda row: (row.until is not None, replace(row, until=None))),
        ("stocks", lambda row: (True, replace(row, quantity=units))),
        ("arrivals", lambda row: (True, replace(row, date=start, designable=True))),
    ]
    return _relaxations(scenario, makers)


def relaxed(scenario: Scenario, given_up: Iterable[Relaxation]) -> Scenario:
    """Return the scenario with some rows given up."""
    tables: dict[str, list[Any]] = {}
    for relaxation in given_up:
        table = relaxation.table
        rows = tables.setdefault(table, list(scenario.rows(table)))
        rows[relaxation.place] = relaxation.relaxed
    return scenario.with_rows(
        **{name: tuple(row for row in rows if row is not None) for name, rows in tables.items()}
    )


def shrink(rows: Sequence[T], stands: Callable[[list[T]], bool]) -> list[T]:
    """Leave out ever smaller groups of rows; a group stays out where the others still stand.

    `stands` tells whether some of the rows, in their order, still do what all of them do. Of the
    rows returned none can be left out.

    Examples
    --------
    >>> shrink([1, 2, 3, 4, 5, 6], lambda rows: {2, 5} <= set(rows))
    [2, 5]
    """
    kept = list(rows)
    size = max(1, len(kept) // 2)
    while True:
        before = len(kept)
        at = 0
        while at < len(kept):
            without = kept[:at] + kept[at + size :]
            if stands(without):
                kept = without
            else:
                at += size
        if size == 1 and (len(kept) in {before, 0}):
            return kept  # a whole round in which each row was tried against the others that stay
        size = max(1, min(size // 2, len(kept) // 2 or 1))


def dearest_unit(scenario: Scenario) -> Decimal:
    """Return the dearest charge of a unit, ordered, sent or handed over, in reporting currency."""
    return max(
        [row.price * scenario.rate(row.currency) for row in scenario.supply]
        + [row.unit_cost * scenario.rate(row.currency) for row in scenario.lanes]
        + [row.compensation * scenario.rate(row.currency) for row in scenario.offers],
        default=Decimal(0),
    )


def plenty(scenario: Scenario) -> tuple[Decimal, Decimal]:
    """Return amounts of units and of money that never bind, and are no larger than they must be.

    Units are whole; money is enough of it in every currency of the scenario.
    """
    tables = ("stocks", "arrivals", "needs", "debts", "offers", "floors")
    units = 1 + sum(row.quantity for table in tables for row in scenario.rows(table))
    units += sum((row.lot or 0) + (row.if_others or 0) for row in scenario.offers)
    units += sum(row.lot or 0 for row in scenario.supply)
    for shares in (
        [row.weight for row in scenario.capabilities],
        [row.rate for row in scenario.exchange],
    ):
        units /= min([Decimal(1), *(share for share in shares if share > 0)])
    units *= max([Decimal(1), *(row.ratio for row in scenario.assurances)])
    dues = sum(row.amount * scenario.rate(row.currency) for row in scenario.dues)
    lowest = min([Decimal(1), *scenario.fx.values()])
    whole = (10 * units).to_integral_value("ROUND_CEILING")
    return whole, (30 * units * dearest_unit(scenario) + 2 * dues + 1) / lowest


# ---- the rows of each table


def _relaxations(scenario: Scenario, makers: list[tuple[str, Maker]]) -> list[Relaxation]:
    found = []
    for table, relax in makers:
        for place, row in enumerate(scenario.rows(table)):
            takes_part, relaxed_row = relax(row)
            if takes_part and relaxed_row != row:
                found.append(Relaxation(table, place, relaxed_row))
    return found


def _first_of_each_line(scenario: Scenario) -> list[Production]:
    """Name the first row of each production line: before it there is nothing."""
    first: dict[tuple[str, str], Production] = {}
    for row in scenario.production:
        key = (row.supplier, row.item)
        if key not in first or row.from_ < first[key].from_:
            first[key] = row
    return list(first.values())


def _free_offer(row: Any, units: Decimal) -> Any:
    return replace(row, quantity=units, from_=None, until=None, if_others=None, lot=None, to="*")


def _free_lane(row: Any) -> Any:
    return replace(row, opens=None, until=None, capacity=None, lead=0)


def _free_supply(row: Any) -> Any:
    return replace(row, opens=None, until=None, lead=0, lot=None, price=Decimal(0))
