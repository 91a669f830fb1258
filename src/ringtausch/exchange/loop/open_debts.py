"""Which debt an order of a plan is to settle: what is owed and not ordered yet, the oldest due first.

In: positions, and what a plan proposes to hand over. Out: the name of a replacement matter for an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ringtausch.records.plan import Order
from ringtausch.register.positions import Positions
from ringtausch.register.ranges import ITEM_SCALE
from ringtausch.register.replacement import debts

__all__ = ["OpenDebts"]


@dataclass
class _Open:
    matter: str
    creditor: str
    item: str
    due: date
    left: int


class OpenDebts:
    """What is owed and nobody has ordered, by replacement matter."""

    def __init__(self, positions: Positions) -> None:
        self._rows: list[_Open] = []
        for debt in debts(positions):
            position = positions.of(debt.matter)
            coming = position.reached("ordered").lo - position.reached("accepted").lo
            left = debt.owed - max(0, coming)
            item = debt.agreed_item or debt.item
            self.owe(debt.matter, debt.creditor, item, debt.due or date.max, left)

    def owe(self, matter: str, creditor: str, item: str, due: date, amount: int) -> None:
        """Take in that so much of a matter is, or would be, owed."""
        if amount > 0:
            self._rows.append(_Open(matter, creditor, item, due, amount))

    def settled_by(self, order: Order) -> str:
        """Name the matter that an order settles, the oldest due first, and take the order off it."""
        rows = [
            row
            for row in self._rows
            if (row.creditor, row.item) == (order.customer, order.item) and row.left > 0
        ]
        rows.sort(key=lambda row: (row.due, row.matter))
        amount = round(order.quantity * ITEM_SCALE)
        for row in rows:
            taken = min(row.left, amount)
            row.left -= taken
            amount -= taken
        return rows[0].matter if rows else ""
