"""Moves: how the rows of a plan differ from those of an earlier one: moved, more, less, new, gone.

In: the decisions of both, by what they are about and period. Out: one move for each thing that differs,
matched in time: what is gone in one period and new in another has moved. It solves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ringtausch.records import Plan

__all__ = ["TABLES", "Amounts", "Kind", "Move", "amounts_of", "moves"]

Kind = Literal["moved", "more", "less", "new", "gone"]

#: What people agree to: each table with the columns that say between whom and about what.
TABLES: dict[str, tuple[str, ...]] = {
    "dispatches": ("offer", "from_", "to", "item"),
    "orders": ("supplier", "item", "customer"),
    "payments": ("fund",),
}
_NOISE = {"dispatches": 1e-6, "orders": 1e-6, "payments": 0.005}

#: (table, names) -> period -> units of the item, or money.
Amounts = dict[tuple[str, tuple[str, ...]], dict[int, float]]


@dataclass(frozen=True)
class Move:
    """Something that differs: so much of it, in which period then, in which period now."""

    table: str
    names: tuple[str, ...]  # as in TABLES
    kind: Kind
    quantity: float
    before: int | None
    after: int | None


def amounts_of(plan: Plan, shift: int = 0) -> Amounts:
    """Add up a plan's dispatches, orders and payments by what they are about and period.

    Periods are moved by `shift`; what is before the first one then is left out.
    """
    found: Amounts = defaultdict(lambda: defaultdict(float))
    for table, fields in TABLES.items():
        for row in plan.rows(table):
            period = row.period + shift
            if period >= 0:
                names = tuple(getattr(row, name) for name in fields)
                found[table, names][period] += _amount(row)
    return found


def _amount(row: Any) -> float:
    return float(row.amount if hasattr(row, "amount") else row.quantity)


def moves(before: Amounts, after: Amounts) -> list[Move]:
    """Compare two plans, in the order of the tables and of time.

    Examples
    --------
    >>> key = ("orders", ("S", "gun", "A"))
    >>> [(m.kind, m.quantity, m.before, m.after)
    ...  for m in moves({key: {0: 2.0, 3: 1.0}}, {key: {0: 1.0, 2: 3.0}})]
    [('moved', 1.0, 0, 2), ('moved', 1.0, 3, 2), ('more', 1.0, None, 2)]
    """
    found = []
    for key in _keys(before, after):
        found += list(_moves_of(key, before.get(key, {}), after.get(key, {})))
    tables = list(TABLES)
    return sorted(found, key=lambda m: (tables.index(m.table), _when(m), m.names))


def _when(move: Move) -> int:
    times = [time for time in (move.before, move.after) if time is not None]
    return min(times)


def _keys(before: Amounts, after: Amounts) -> Iterable[tuple[str, tuple[str, ...]]]:
    return dict.fromkeys([*before, *after])


def _moves_of(
    key: tuple[str, tuple[str, ...]], before: dict[int, float], after: dict[int, float]
) -> Iterator[Move]:
    """Match what one thing has less of with what it has more of, in the order of time."""
    table, names = key
    noise = _NOISE[table]
    less = _Queue(before, after, noise)
    more = _Queue(after, before, noise)
    while less.left and more.left:
        (then, gone), (now, new) = less.left[0], more.left[0]
        quantity = min(gone, new)
        yield Move(table, names, "moved", quantity, then, now)
        less.take(quantity, noise)
        more.take(quantity, noise)
    for then, quantity in less.left:
        kind: Kind = "less" if sum(after.values()) > noise else "gone"
        yield Move(table, names, kind, quantity, then, None)
    for now, quantity in more.left:
        kind = "more" if sum(before.values()) > noise else "new"
        yield Move(table, names, kind, quantity, None, now)


class _Queue:
    """What one side has more of than the other, by period."""

    def __init__(self, mine: dict[int, float], other: dict[int, float], noise: float) -> None:
        differences = [(t, mine[t] - other.get(t, 0.0)) for t in sorted(mine)]
        room = max([noise, *(1e-9 * amount for amount in mine.values())])
        self.left = [(t, amount) for t, amount in differences if amount > room]

    def take(self, quantity: float, noise: float) -> None:
        """Take so much from the first period."""
        period, amount = self.left[0]
        if amount - quantity > noise:
            self.left[0] = (period, amount - quantity)
        else:
            self.left.pop(0)
