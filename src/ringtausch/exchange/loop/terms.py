"""Terms beside a register: what no statement says stands in a scenario folder of its own (`--terms`).

In: the rows of a table that follow from statements, and those of the terms. Out: both together. A row that
follows from statements wins over the row of the terms with its key, and takes from it only what it leaves
empty; where the register speaks of a thing and nothing is left of it, the row of the terms goes, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.funds import paid_from
from ringtausch.exchange.loop.known import Known, LeftOut, Table, Told, money, units
from ringtausch.exchange.loop.needs import in_steps, received_inside
from ringtausch.exchange.loop.offers import promised_inside
from ringtausch.records.tables import columns_of, field_name, key_of
from ringtausch.register.ranges import MONEY_SCALE

__all__ = ["described", "merged", "of_terms_alone", "spent"]

#: Of tables whose rows may repeat: what makes two rows speak of one thing.
_SAME = {
    "arrivals": ("party", "item", "date"),
    "debts": ("party", "item", "due"),
    "releases": ("fund", "date"),
    "dues": ("purpose", "item", "party", "date"),
    "earmarks": ("fund", "purpose", "item", "party"),
}


def merged(known: Known, name: str, table: Table) -> Table:
    """Put the rows of a register and of the terms together, those of the register first."""
    columns = key_of(name) or _SAME[name]
    rows: list[Told] = []
    of_terms = {_key(row, columns): row for row in known.terms.rows(name)}
    used = set(table.spoken)
    for told in table.rows:
        key = _key(told.row, columns)
        used.add(key)
        other = of_terms.get(key)
        if other is None or not key_of(name):
            rows.append(told)
        else:
            row = _filled(name, told.row, other)
            terms = told.terms or (f"{name}.csv:{other.line}" if row != told.row else "")
            rows.append(replace(told, row=row, terms=terms))
    left = list(table.left_out)
    taken = {told.terms for told in rows}
    for row in known.terms.rows(name):
        place = f"{name}.csv:{row.line}"
        if _key(row, columns) in used:
            if place not in taken and name not in {"parties", "items"}:
                reason = reasons.register_speaks()
                left.append(LeftOut(name, described(name, row), reason, (), place))
            continue
        kept = of_terms_alone(known, name, row)
        if isinstance(kept, LeftOut):
            left.append(kept)
        elif kept is not None:
            rows.append(kept)
    return Table(rows, left, table.spoken)


def of_terms_alone(known: Known, name: str, row: Any) -> Told | LeftOut | None:
    """Return what is left of a row that only the terms have: less what the register says lies in it."""
    place = f"{name}.csv:{row.line}"
    change = _CHANGES.get(name)
    if change is None:
        return Told(row, (), place)
    found = change(known, row)
    if isinstance(found, str):
        return LeftOut(name, described(name, row), found, (), place)
    return None if found is None else Told(found, (), place)


def described(name: str, row: Any) -> str:
    """Name a row by its key, or by all that it says where its table has none.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from ringtausch.records.tables import Stock
    >>> described("stocks", Stock(party="DEU", item="gun", quantity=Decimal(2)))
    'party=DEU item=gun'
    """
    named = key_of(name) or _SAME[name]
    cells = (
        (column.name, getattr(row, field_name(column.name)), column)
        for column in columns_of(name)
        if column.name in named
    )
    return " ".join(f"{key}={column.write(value)}" for key, value, column in cells)


def _filled(name: str, row: Any, other: Any) -> Any:
    """Fill what a row leaves empty from another one of its key."""
    values = {}
    for column in columns_of(name):
        field = field_name(column.name)
        if getattr(row, field) == column.default and getattr(other, field) != column.default:
            values[field] = getattr(other, field)
    return replace(row, **values) if values else row


def _key(row: Any, columns: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, field_name(column)) for column in columns)


def _offer(known: Known, row: Any) -> Any:
    left = row.quantity - units(promised_inside(known, row.offer))
    if left == row.quantity:
        return row
    return replace(row, quantity=left) if left > 0 else reasons.register_speaks()


def _need(known: Known, row: Any) -> Any:
    left = row.quantity - units(received_inside(known, row.need))
    if left == row.quantity:
        return row
    if row.step and left > 0:
        left = in_steps(left, row.step)
    return replace(row, quantity=left) if left > 0 else reasons.register_speaks()


def _arrival(known: Known, row: Any) -> Any:
    if row.date <= known.as_of and (row.party, row.item) in known.counted:
        return reasons.came_before(known.as_of.isoformat())
    return row


def _stock(known: Known, row: Any) -> Any:
    if (row.party, row.item) in known.counted:
        return reasons.counted_already(row.party, row.item)
    return None  # told already, with what has been moved since


_CHANGES: dict[str, Callable[[Known, Any], Any]] = {
    "offers": _offer,
    "needs": _need,
    "arrivals": _arrival,
    "stocks": _stock,
}


def spent(known: Known, table: Table) -> Table:
    """Take off what payments that name a fund of the terms have paid, from its first releases on."""
    paid: dict[str, int] = {}
    rows = []
    for told in sorted(table.rows, key=lambda told: told.row.date):
        row = told.row
        if not told.terms:
            rows.append(told)
            continue
        if row.fund not in paid:
            paid[row.fund] = max(0, paid_from(known, row.fund))
        whole = int(row.amount * MONEY_SCALE)
        less = min(whole, paid[row.fund])
        paid[row.fund] -= less
        if less < whole or not whole:
            rows.append(
                replace(told, row=replace(row, amount=money(whole - less))) if less else told
            )
    return Table(rows, table.left_out, table.spoken)
