"""Names to numbers: parties and items, matched once, at the wall of the room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import IntArray
from ringtausch.records.scenario import Scenario

__all__ = ["Names", "find_names"]


@dataclass(frozen=True)
class Names:
    """Parties and items by number, in the order of their tables."""

    parties: tuple[str, ...]
    items: tuple[str, ...]
    party: dict[str, int]
    item: dict[str, int]

    def parties_of(self, names: Iterable[str]) -> IntArray:
        """Return the numbers of parties."""
        return np.array([self.party[name] for name in names], dtype=np.int64)

    def items_of(self, names: Iterable[str]) -> IntArray:
        """Return the numbers of items."""
        return np.array([self.item[name] for name in names], dtype=np.int64)


def find_names(scenario: Scenario) -> Names:
    """Number the parties and items of a scenario."""
    parties = tuple(row.party for row in scenario.parties)
    items = tuple(row.item for row in scenario.items)
    return Names(
        parties,
        items,
        {name: number for number, name in enumerate(parties)},
        {name: number for number, name in enumerate(items)},
    )
