"""The finite list of changes that a repair is made of: which cells may give way, and how far.

In: a scenario. Out: an `Ease` for each such cell, and the scenario with some of them used. Every ease
only gives plans more freedom, the further the more. `docs/reference/diagnose.md` has the list in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ringtausch.planning.relaxing import plenty
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Production, field_name

__all__ = [
    "Ease",
    "EaseKind",
    "apply_eases",
    "eases_of",
    "line_rows",
    "money_rate",
    "price_of_one",
    "used_cells",
]

#: What an extent is counted in; a switch is either used or not.
EaseKind = Literal["units", "money", "periods", "switch"]
_NONE = Decimal(0)
_ONE = Decimal(1)


@dataclass(frozen=True)
class Ease:
    """A cell that may give way, up to an extent of `most`.

    Where there is a `step` the extents are `first`, `first + step` and so on; otherwise any will do.
    Periods are always whole.
    """

    table: str
    place: int
    column: str
    kind: EaseKind
    most: Decimal
    first: Decimal = _NONE
    step: Decimal = _NONE

    @property
    def row(self) -> tuple[str, int]:
        """The table and the place of the row that is changed."""
        return self.table, self.place


def eases_of(scenario: Scenario) -> list[Ease]:
    """List every cell that may give way, in the order of the reference page."""
    units, money = plenty(scenario)
    return [
        *_needs(scenario),
        *_dues(scenario),
        *_assurances(scenario),
        *_floors(scenario),
        *_offers(scenario, units),
        *_lanes(scenario, units),
        *_supply(scenario),
        *_production(scenario, units),
        *_money(scenario, money),
    ]


def used_cells(scenario: Scenario, extents: Mapping[Ease, Decimal]) -> list[tuple[Ease, str, Any]]:
    """Return the cells that change, as columns with their new values, key columns last in each row.

    A need of which nothing would be left is no longer hard instead.
    """
    cells = []
    for ease, extent in extents.items():
        if extent:
            column, value = _new_cell(scenario, ease, extent)
            cells.append((ease, column, value))
    return sorted(cells, key=lambda cell: cell[0].column == "from" and cell[0].table != "offers")


def apply_eases(scenario: Scenario, extents: Mapping[Ease, Decimal]) -> Scenario:
    """Return the scenario in which cells have given way."""
    tables: dict[str, list[Any]] = {}
    for ease, column, value in used_cells(scenario, extents):
        rows = tables.setdefault(ease.table, list(scenario.rows(ease.table)))
        rows[ease.place] = replace(rows[ease.place], **{field_name(column): value})
    return scenario.with_rows(**{table: tuple(rows) for table, rows in tables.items()})


def price_of_one(scenario: Scenario) -> Decimal:
    """Return the money that weighs as much as one unit or one period, in the reporting currency.

    It is the dearest price of one unit in the scenario; where nothing has a price, the largest due.
    """
    prices = [
        *(row.price * scenario.rate(row.currency) for row in scenario.supply),
        *(row.unit_cost * scenario.rate(row.currency) for row in scenario.lanes),
        *(row.compensation * scenario.rate(row.currency) for row in scenario.offers),
    ]
    dues = (row.amount * scenario.rate(row.currency) for row in scenario.dues)
    return max(prices, default=_NONE) or max(dues, default=_NONE) or _ONE


def money_rate(scenario: Scenario, ease: Ease) -> Decimal:
    """Return the reporting currency per unit of the currency in which a cell's money stands."""
    row: Any = scenario.rows(ease.table)[ease.place]
    if ease.table == "releases":
        row = next(fund for fund in scenario.funds if fund.fund == row.fund)
    return scenario.rate(row.currency)


def line_rows(scenario: Scenario) -> dict[tuple[str, str], list[tuple[int, int, Production]]]:
    """Group production by line: for each row its first period, its place and the row, in time."""
    lines: dict[tuple[str, str], list[tuple[int, int, Production]]] = defaultdict(list)
    index = scenario.calendar.index
    ordered = sorted(enumerate(scenario.production), key=lambda entry: entry[1].from_)
    for place, row in ordered:
        lines[row.supplier, row.item].append((index(row.from_), place, row))
    return lines


# ---- requirements


def _needs(scenario: Scenario) -> Iterator[Ease]:
    calendar = scenario.calendar
    for place, row in enumerate(scenario.needs):
        due = calendar.index(row.due)
        if not (row.hard and row.quantity) or due >= calendar.count:
            continue
        step = row.step or _NONE
        yield Ease("needs", place, "quantity", "units", row.quantity, step, step)
        if due < calendar.count - 1:
            yield Ease("needs", place, "due", "periods", Decimal(calendar.count - 1 - due))
        yield Ease("needs", place, "hard", "switch", _ONE)


def _dues(scenario: Scenario) -> Iterator[Ease]:
    calendar = scenario.calendar
    for place, row in enumerate(scenario.dues):
        when = calendar.index(row.date)
        if row.amount and when < calendar.count:
            yield Ease("dues", place, "amount", "money", row.amount)
            if when < calendar.count - 1:
                yield Ease("dues", place, "date", "periods", Decimal(calendar.count - 1 - when))


def _assurances(scenario: Scenario) -> Iterator[Ease]:
    for place, row in enumerate(scenario.assurances):
        if row.hard and row.within < scenario.settlement:
            longer = Decimal(scenario.settlement - row.within)
            yield Ease("assurances", place, "within", "periods", longer)
        for column in ("hard", "secured"):
            if getattr(row, column):
                yield Ease("assurances", place, column, "switch", _ONE)


def _floors(scenario: Scenario) -> Iterator[Ease]:
    for place, row in enumerate(scenario.floors):
        if row.max_gap < row.quantity:
            yield Ease("floors", place, "max_gap", "units", row.quantity - row.max_gap)


# ---- what the parties allow


def _offers(scenario: Scenario, units: Decimal) -> Iterator[Ease]:
    for place, row in enumerate(scenario.offers):
        yield Ease("offers", place, "quantity", "units", units)
        yield from _window(scenario, "offers", place, "from", row.from_, row.until)
        for column, stands in (
            ("to", row.to != "*"),
            ("lot", bool(row.lot)),
            ("if_others", bool(row.if_others)),
        ):
            if stands:
                yield Ease("offers", place, column, "switch", _ONE)


def _lanes(scenario: Scenario, units: Decimal) -> Iterator[Ease]:
    for place, row in enumerate(scenario.lanes):
        yield from _window(scenario, "lanes", place, "opens", row.opens, row.until)
        if row.capacity is not None:
            yield Ease("lanes", place, "capacity", "units", units)


def _supply(scenario: Scenario) -> Iterator[Ease]:
    for place, row in enumerate(scenario.supply):
        yield from _window(scenario, "supply", place, "opens", row.opens, row.until)
        if row.lot:
            yield Ease("supply", place, "lot", "switch", _ONE)


def _window(
    scenario: Scenario,
    table: str,
    place: int,
    column: str,
    first: date | None,
    last: date | None,
) -> Iterator[Ease]:
    """A window may begin sooner and end later."""
    calendar = scenario.calendar
    begin = _begin(scenario, first)
    if begin:
        yield Ease(table, place, column, "periods", Decimal(begin))
    left = calendar.count - calendar.window(None, last).stop
    if left:
        yield Ease(table, place, "until", "periods", Decimal(left))


def _production(scenario: Scenario, units: Decimal) -> Iterator[Ease]:
    """More a period, and the first row of a line sooner, where that takes nothing away.

    Whole items come off the line as fractions add up; a change that would move the later ones about
    is none of these.
    """
    whole = {row.item for row in scenario.items if row.indivisible}
    found = []
    for rows in line_rows(scenario).values():
        counts_whole = rows[0][2].item in whole
        for number, (begin, place, row) in enumerate(rows):
            later = [other.capacity for _begin_, _place, other in rows[number + 1 :]]
            if number == 0 and begin and (len(rows) == 1 or rows[1][0] > begin):
                plain = not counts_whole or not any(c % 1 for c in [row.capacity, *later])
                if plain and row.capacity:
                    most = Decimal(min(begin, scenario.calendar.count))
                    found.append(Ease("production", place, "from", "periods", most))
            if not counts_whole:
                found.append(Ease("production", place, "capacity", "units", units))
            elif not any(c % 1 for c in later):
                up = row.capacity.to_integral_value("ROUND_CEILING") - row.capacity or _ONE
                most = up + units
                found.append(Ease("production", place, "capacity", "units", most, up, _ONE))
    yield from sorted(found, key=lambda ease: ease.place)


def _money(scenario: Scenario, money: Decimal) -> Iterator[Ease]:
    calendar = scenario.calendar
    for place, row in enumerate(scenario.releases):
        yield Ease("releases", place, "amount", "money", money)
        begin = _begin(scenario, row.date)
        if begin and row.amount:
            yield Ease("releases", place, "date", "periods", Decimal(begin))
    for place, fund in enumerate(scenario.funds):
        left = calendar.count - calendar.window(None, fund.until).stop
        if left:
            yield Ease("funds", place, "until", "periods", Decimal(left))
    for place, mark in enumerate(scenario.earmarks):
        for column in ("purpose", "item", "party"):
            if getattr(mark, column) != "*":
                yield Ease("earmarks", place, column, "switch", _ONE)


# ---- new values


def _begin(scenario: Scenario, day: date | None) -> int:
    """Return the period of a day; what lies after the end, or never, counts as just after it."""
    return 0 if day is None else min(scenario.calendar.index(day), scenario.calendar.count)


def _day(scenario: Scenario, period: int) -> date:
    """Return a day of a period that the scenario does not take for one before its start."""
    return max(scenario.start, scenario.calendar.first_day(period))


def _new_cell(scenario: Scenario, ease: Ease, extent: Decimal) -> tuple[str, Any]:
    """Return the column that changes, and what then stands there."""
    column = ease.column
    old = getattr(scenario.rows(ease.table)[ease.place], field_name(column))
    if ease.kind == "switch":
        off = {"hard": False, "secured": False, "lot": None, "if_others": None}
        return column, off.get(column, "*")
    if ease.kind == "periods":
        return column, _moved(scenario, ease, old, int(extent))
    if ease.table == "needs" and extent >= old:
        return "hard", False
    falls = ease.table in {"needs", "dues"}
    return column, old - extent if falls else old + extent


def _moved(scenario: Scenario, ease: Ease, old: Any, periods: int) -> Any:
    """Return a date, or a number of periods, that gives way by some periods."""
    if ease.column == "within":
        return old + periods
    if ease.column == "until":
        return _day(scenario, scenario.calendar.window(None, old).stop + periods - 1)
    if ease.table in {"needs", "dues"}:  # what is asked comes later, what is given comes sooner
        return _day(scenario, scenario.calendar.index(old) + periods)
    return _day(scenario, _begin(scenario, old) - periods)
