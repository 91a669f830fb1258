"""Who waits: for how long after handing something over, and for how long past the date agreed.

In: a scenario and a plan for it. Out: waits by party and item. Which replacement answers which
hand-over is found in `insight.matching`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.insight.matching import EPS, answers

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["Late", "Wait", "late_units", "longest_late", "longest_waits"]


@dataclass(frozen=True)
class Wait:
    """So many periods a party waits for an item; `open`: it still does when the plan ends."""

    party: str
    item: str
    periods: int
    open: bool


@dataclass(frozen=True)
class Late:
    """A party's part of the objective `late_replacement`, in unit-periods by weight."""

    party: str
    amount: float


def longest_waits(scenario: Scenario, plan: Plan) -> tuple[Wait, ...]:
    """Find how long each party waits at most for what it hands over by the plan, longest first."""
    found, count = [], scenario.calendar.count
    for (party, item), (_, claims) in answers(scenario, plan).items():
        spells = [
            (_end(answer.replaced, count) - answer.claim.given, answer.replaced is None)
            for answer in claims
            if answer.claim.given is not None
        ]
        if spells:
            periods, still = max(spells)
            found.append(Wait(party, item, periods, still))
    return _ranked(found)


def longest_late(scenario: Scenario, plan: Plan) -> tuple[Wait, ...]:
    """Find for how long something is overdue to each party at most, longest first."""
    found, count = [], scenario.calendar.count
    for (party, item), (_, claims) in answers(scenario, plan).items():
        periods, still = max(
            (_end(answer.replaced, count) - answer.claim.due, answer.replaced is None)
            for answer in claims
        )
        if periods > 0:
            found.append(Wait(party, item, periods, still))
    return _ranked(found)


def late_units(scenario: Scenario, plan: Plan) -> tuple[Late, ...]:
    """Split the objective `late_replacement` by the party that waits, the most first."""
    weight = {(row.party, row.item): float(row.weight) for row in scenario.assurances}
    last, stays = scenario.calendar.count - 1, 1 + scenario.settlement
    sums: dict[str, float] = defaultdict(float)
    for row in plan.rows("debts"):
        times = stays if row.period == last else 1
        sums[row.party] += weight.get((row.party, row.item), 1.0) * times * row.late
    found = [Late(party, amount) for party, amount in sums.items() if amount > EPS]
    return tuple(sorted(found, key=lambda late: (-late.amount, late.party)))


def _ranked(waits: list[Wait]) -> tuple[Wait, ...]:
    return tuple(sorted(waits, key=lambda w: (-w.periods, not w.open, w.party, w.item)))


def _end(replaced: int | None, count: int) -> int:
    return count if replaced is None else replaced
