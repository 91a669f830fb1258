"""What units are worth by a basis: from the items' own column, or from the table of values.

In: a scenario and rows of values. Out: the worth of a unit by basis and item, reporting currency.
Bases are never mixed: an item without a value by a basis has none, whatever others say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ringtausch.insight.measures.rows import AS_IN_ITEMS
from ringtausch.records import Scenario
from ringtausch.records.values import BASES, Value

__all__ = ["Worth", "worths"]


@dataclass(frozen=True)
class Worth:
    """What a unit of each item is worth by one basis; an item that is not in it has no value."""

    basis: str
    units: dict[str, float]  # (item,) reporting currency

    def of(self, quantities: dict[str, float]) -> float | None:
        """Add up what so many units are worth, or say that it is not known."""
        if any(item not in self.units for item, units in quantities.items() if units):
            return None
        return sum(units * self.units[item] for item, units in quantities.items() if units)


def worths(scenario: Scenario, values: Iterable[Value]) -> dict[str, Worth]:
    """Give every basis that there is, the items' own first.

    In `items.csv` an empty value reads as 0, so that 0 is no value there; in the table of values
    every cell is filled, and 0 is what the thing is worth.
    """
    found = {AS_IN_ITEMS: Worth(AS_IN_ITEMS, {})}
    for item in scenario.items:
        if item.value:
            found[AS_IN_ITEMS].units[item.item] = float(item.value * scenario.rate(item.currency))
    rows = tuple(values)
    for basis in BASES:
        units = {
            row.item: float(row.value * scenario.rate(row.currency))
            for row in rows
            if row.basis == basis
        }
        if units:
            found[basis] = Worth(basis, units)
    return found
