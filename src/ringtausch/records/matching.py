"""Wildcards: which row of `lanes`, `supply` or `earmarks` counts for one lane, purchase or charge.

Where several rows match, the one that names most columns counts; at a tie the later row. A lane or
purchase that no row matches does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from ringtausch.records.tables import Earmark, Lane, Row, Supply

__all__ = ["LaneFinder", "SupplyFinder", "pays_for"]

R = TypeVar("R", bound=Row)


class _MostSpecific(Generic[R]):
    """Rows by their cells, looked up exactly and with `*` in every place."""

    def __init__(self, rows: Iterable[tuple[tuple[str, ...], R]]) -> None:
        self._found: dict[tuple[str, ...], tuple[int, R]] = {}
        for order, (cells, row) in enumerate(rows):
            self._found[cells] = (order, row)

    def find(self, names: tuple[str, ...]) -> R | None:
        """Return the row with most columns named that matches, the later one at a tie."""
        best: tuple[int, int] | None = None
        found: R | None = None
        for cells in _with_wildcards(names):
            entry = self._found.get(cells)
            if entry is not None:
                rank = (sum(cell != "*" for cell in cells), entry[0])
                if best is None or rank > best:
                    best, found = rank, entry[1]
        return found


def _with_wildcards(names: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    patterns: list[tuple[str, ...]] = [()]
    for name in names:
        patterns = [(*before, cell) for before in patterns for cell in (name, "*")]
    return patterns


class LaneFinder:
    """Finds the row that counts for a lane.

    Examples
    --------
    >>> finder = LaneFinder([Lane(from_="*", to="B", item="*", lead=2),
    ...                      Lane(from_="A", to="B", item="*", lead=1)])
    >>> finder.find("A", "B", "gun").lead, finder.find("C", "B", "gun").lead
    (1, 2)
    >>> finder.find("B", "B", "gun") is None  # a lane joins two parties
    True
    """

    def __init__(self, rows: Iterable[Lane]) -> None:
        self._rows = _MostSpecific(((row.from_, row.to, row.item), row) for row in rows)

    def find(self, giver: str, receiver: str, item: str) -> Lane | None:
        """Return the lane's row, or None where there is no lane."""
        return None if giver == receiver else self._rows.find((giver, receiver, item))


class SupplyFinder:
    """Finds the row under which a customer buys an item from a supplier."""

    def __init__(self, rows: Iterable[Supply]) -> None:
        rows = tuple(rows)
        self.suppliers = tuple(dict.fromkeys(row.supplier for row in rows))
        self._rows = {
            supplier: _MostSpecific(
                ((row.item, row.customer), row) for row in rows if row.supplier == supplier
            )
            for supplier in self.suppliers
        }

    def find(self, supplier: str, item: str, customer: str) -> Supply | None:
        """Return the purchase's row, or None where this customer may not buy."""
        rows = self._rows.get(supplier)
        return None if rows is None else rows.find((item, customer))


def pays_for(earmarks: Iterable[Earmark], purpose: str, item: str, party: str) -> bool:
    """Tell whether a fund with these earmarks may pay a charge; no earmark = anything."""
    rows = tuple(earmarks)
    return not rows or any(
        row.purpose in {purpose, "*"} and row.item in {item, "*"} and row.party in {party, "*"}
        for row in rows
    )
