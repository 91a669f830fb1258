"""Gaps below the floors: by period in all, and the longest one.

In: a scenario and a plan for it. Out: weighted sums by period (what `capability_gap` adds up), and
spells by party and capability.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.insight.compare.needs import EPS

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["Spell", "gap_by_period", "longest_gaps"]


@dataclass(frozen=True)
class Spell:
    """A party is below a floor for so many periods in a row, at worst by `deepest` units."""

    party: str
    capability: str
    first: int
    periods: int
    deepest: float


def gap_by_period(scenario: Scenario, plan: Plan) -> tuple[float, ...]:
    """Add up the gaps of all parties by the weight of the floor that counts in each period."""
    sums = [0.0] * scenario.calendar.count
    for row in plan.rows("gaps"):
        sums[row.period] += _weight(scenario, row.party, row.capability, row.period) * row.quantity
    return tuple(round(value, 9) for value in sums)


def _weight(scenario: Scenario, party: str, capability: str, period: int) -> float:
    begun = [
        (row.from_, float(row.weight))
        for row in scenario.floors
        if (row.party, row.capability) == (party, capability)
        and scenario.calendar.index(row.from_) <= period
    ]
    return max(begun)[1] if begun else 0.0


def longest_gaps(plan: Plan) -> tuple[Spell, ...]:
    """Find the longest time that each party is below each floor, the longest first."""
    below: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for row in plan.rows("gaps"):
        if row.quantity > EPS:
            below[row.party, row.capability][row.period] = row.quantity
    found = []
    for (party, capability), depths in below.items():
        first, periods, deepest = max(_spells(depths), key=lambda s: (s[1], s[2]))
        found.append(Spell(party, capability, first, periods, deepest))
    return tuple(sorted(found, key=lambda s: (-s.periods, -s.deepest, s.party, s.capability)))


def _spells(depths: dict[int, float]) -> list[tuple[int, int, float]]:
    """List the spells of periods in a row: first period, how many, the deepest."""
    spells: list[tuple[int, int, float]] = []
    for period in sorted(depths):
        if spells and spells[-1][0] + spells[-1][1] == period:
            first, length, deepest = spells[-1]
            spells[-1] = (first, length + 1, max(deepest, depths[period]))
        else:
            spells.append((period, 1, depths[period]))
    return spells
