"""The tables of a scenario: one row class each, its fields the columns of the page, in its order.

The columns carry their own reading rules (`columns`), so that reading, writing, workbooks, data
frames, the Data Package and the reference page all follow from this file. `from` is spelled `from_`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from typing import Any

from ringtausch.records import columns as cell
from ringtausch.records.columns import Column, Payments

__all__ = [
    "CHARGE_PURPOSES",
    "TABLES",
    "Arrival",
    "Assurance",
    "Capability",
    "Debt",
    "Due",
    "Earmark",
    "Exchange",
    "Floor",
    "Fund",
    "Item",
    "Lane",
    "Need",
    "Offer",
    "Party",
    "Production",
    "Release",
    "Row",
    "Stock",
    "Supply",
    "cell_text",
    "columns_of",
    "field_name",
    "key_of",
]

CHARGE_PURPOSES = ("order", "handover", "compensation")
_CAPABILITY = ("capabilities", "items")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row carries: where it comes from, in words, and its line in the file."""

    source: str = cell.label("source")
    note: str = cell.label("note")
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Row):
    """A state, organisation or fund-holder; `burden_key` empty = not counted in burden sharing."""

    party: str = cell.name("party", key=True)
    name: str = cell.label("name")
    burden_key: Decimal | None = cell.amount("burden_key", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Row):
    """A thing that is handed over; `value` of one unit is for burden accounting only."""

    item: str = cell.name("item", key=True)
    name: str = cell.label("name")
    unit: str = cell.label("unit")
    indivisible: bool = cell.flag("indivisible")
    value: Decimal = cell.amount("value", 0)
    currency: str = cell.currency()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability(Row):
    """What one unit of an item gives of a capability, in one of the capability's roles."""

    capability: str = cell.name("capability", key=True)
    item: str = cell.name("item", key=True, refers="items")
    weight: Decimal = cell.amount("weight", 1)
    role: str = cell.label("role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock(Row):
    """What a party has in hand at the start."""

    party: str = cell.name("party", key=True, refers="parties")
    item: str = cell.name("item", key=True, refers="items")
    quantity: Decimal = cell.amount("quantity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Row):
    """What is already ordered or under way; `designable`: it may settle a debt or serve a need."""

    party: str = cell.name("party", refers="parties")
    item: str = cell.name("item", refers="items")
    date: dt.date = cell.day("date", required=True)
    quantity: Decimal = cell.amount("quantity")
    designable: bool = cell.flag("designable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor(Row):
    """What a party must keep of a capability from a date on, and how far below it may fall."""

    party: str = cell.name("party", key=True, refers="parties")
    capability: str = cell.name("capability", key=True, refers=_CAPABILITY)
    from_: dt.date = cell.day("from", key=True)
    quantity: Decimal = cell.amount("quantity")
    max_gap: Decimal = cell.amount("max_gap", 0)
    weight: Decimal = cell.amount("weight", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Row):
    """What a party is willing to hand over, to whom, within which window, under which terms."""

    offer: str = cell.name("offer", key=True)
    party: str = cell.name("party", refers="parties")
    item: str = cell.name("item", refers="items")
    quantity: Decimal = cell.amount("quantity")
    from_: dt.date | None = cell.day("from")
    until: dt.date | None = cell.day("until")
    to: str = cell.name("to", refers="parties", wildcard=True, empty="*")
    lot: Decimal | None = cell.amount("lot", optional=True)
    if_others: Decimal | None = cell.amount("if_others", optional=True)
    compensation: Decimal = cell.amount("compensation", 0)
    currency: str = cell.currency()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane(Row):
    """A legal permission between two parties with an accounting delay; never a route or place."""

    from_: str = cell.name("from", key=True, refers="parties", wildcard=True)
    to: str = cell.name("to", key=True, refers="parties", wildcard=True)
    item: str = cell.name("item", key=True, refers="items", wildcard=True)
    lead: int = cell.count("lead", 0)
    capacity: Decimal | None = cell.amount("capacity", optional=True)
    unit_cost: Decimal = cell.amount("unit_cost", 0)
    currency: str = cell.currency()
    opens: dt.date | None = cell.opening_day("opens")
    until: dt.date | None = cell.day("until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply(Row):
    """Who may buy what from whom, at what price, lead and payment terms."""

    supplier: str = cell.name("supplier", key=True)
    item: str = cell.name("item", key=True, refers="items", wildcard=True)
    customer: str = cell.name("customer", key=True, refers="parties", wildcard=True)
    price: Decimal = cell.amount("price", 0)
    currency: str = cell.currency()
    lead: int = cell.count("lead", 0)
    payments: Payments = cell.payment_shares("payments")
    opens: dt.date | None = cell.opening_day("opens")
    until: dt.date | None = cell.day("until")
    lot: Decimal | None = cell.amount("lot", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Production(Row):
    """Units that a supplier can deliver per period from a date on, for all its customers."""

    supplier: str = cell.name("supplier", key=True)
    item: str = cell.name("item", key=True, refers="items")
    from_: dt.date = cell.day("from", key=True)
    capacity: Decimal = cell.amount("capacity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Row):
    """What a party asks for, from when on it is late, and how much a unit-period late weighs."""

    need: str = cell.name("need", key=True)
    party: str = cell.name("party", refers="parties")
    capability: str = cell.name("capability", refers=_CAPABILITY)
    quantity: Decimal = cell.amount("quantity")
    due: dt.date = cell.day("due", required=True)
    weight: Decimal = cell.amount("weight", 1)
    step: Decimal | None = cell.amount("step", optional=True)
    hard: bool = cell.flag("hard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance(Row):
    """Within how many periods, and at what ratio, a unit handed over is replaced."""

    party: str = cell.name("party", key=True, refers="parties")
    item: str = cell.name("item", key=True, refers="items")
    within: int = cell.count("within")
    ratio: Decimal = cell.amount("ratio", 1)
    weight: Decimal = cell.amount("weight", 1)
    hard: bool = cell.flag("hard")
    secured: bool = cell.flag("secured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt(Row):
    """A replacement already owed at the start."""

    party: str = cell.name("party", refers="parties")
    item: str = cell.name("item", refers="items")
    quantity: Decimal = cell.amount("quantity")
    due: dt.date = cell.day("due", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Row):
    """The party accepts one unit of `accepted` as `rate` units of `given`."""

    party: str = cell.name("party", key=True, refers="parties")
    given: str = cell.name("given", key=True, refers="items")
    accepted: str = cell.name("accepted", key=True, refers="items")
    rate: Decimal = cell.amount("rate", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(Row):
    """Whose money it is; what is not paid out by `until` lapses."""

    fund: str = cell.name("fund", key=True)
    party: str = cell.name("party", refers="parties")
    currency: str = cell.currency()
    until: dt.date | None = cell.day("until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Row):
    """Money that becomes available to a fund, in the fund's currency."""

    fund: str = cell.name("fund", refers="funds")
    date: dt.date = cell.day("date", required=True)
    amount: Decimal = cell.amount("amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earmark(Row):
    """What a fund may pay for; rows are alternatives, no row = anything."""

    fund: str = cell.name("fund", refers="funds")
    purpose: str = cell.choice("purpose", (*CHARGE_PURPOSES, "*"))
    item: str = cell.name("item", refers="items", wildcard=True)
    party: str = cell.name("party", refers="parties", wildcard=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Row):
    """A charge that an earlier decision has already made; it must be paid."""

    purpose: str = cell.choice("purpose", CHARGE_PURPOSES)
    item: str = cell.name("item", refers="items")
    party: str = cell.name("party", refers="parties")
    date: dt.date = cell.day("date", required=True)
    amount: Decimal = cell.amount("amount")
    currency: str = cell.currency()


#: Every table of a scenario by name, in the page's order.
TABLES: dict[str, type[Row]] = {
    "parties": Party,
    "items": Item,
    "capabilities": Capability,
    "stocks": Stock,
    "arrivals": Arrival,
    "floors": Floor,
    "offers": Offer,
    "lanes": Lane,
    "supply": Supply,
    "production": Production,
    "needs": Need,
    "assurances": Assurance,
    "debts": Debt,
    "exchange": Exchange,
    "funds": Fund,
    "releases": Release,
    "earmarks": Earmark,
    "dues": Due,
}


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """List the columns of a table in the page's order, `source` and `note` last.

    Examples
    --------
    >>> [column.name for column in columns_of("stocks")]
    ['party', 'item', 'quantity', 'source', 'note']
    """
    found = [f.metadata["column"] for f in fields(TABLES[table]) if "column" in f.metadata]
    return tuple(found[2:] + found[:2])  # dataclasses put inherited fields first


@cache
def key_of(table: str) -> tuple[str, ...]:
    """Name the key columns of a table; empty where rows may repeat and add up."""
    return tuple(column.name for column in columns_of(table) if column.key)


def field_name(column: str) -> str:
    """Spell a column as a Python name: only `from` is a reserved word."""
    return "from_" if column == "from" else column


def row_key(table: str, row: Any) -> tuple[Any, ...]:
    """Return the values of a row's key columns."""
    return tuple(getattr(row, field_name(column)) for column in key_of(table))


def cell_text(column: Column, row: Any) -> str:
    """Write a cell of a row as it stands in the file, empty where there is none."""
    value = getattr(row, field_name(column.name))
    return "" if value is None else column.write(value)
