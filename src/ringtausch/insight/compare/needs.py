"""Needs over time: what counts towards each need, since when, and how much of it in the end.

In: a scenario and a plan for it. Out: one outcome per need (rule 9 over the plan's fulfilments), and
when something first reaches each party that needs it. It knows no solver and no mark-up.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringtausch.records import Need, Plan, Scenario

__all__ = ["EPS", "Arrival", "NeedOutcome", "first_arrivals", "need_outcomes"]

#: Below this a quantity of a written plan counts as nothing.
EPS = 1e-6


@dataclass(frozen=True)
class NeedOutcome:
    """What counts towards one need by the end of each period, in units of its capability.

    `due` is the period of its date, and lies beyond the last one where the plan ends before.
    """

    need: str
    party: str
    capability: str
    quantity: float
    due: int
    met: tuple[float, ...]

    @property
    def first(self) -> int | None:
        """The period from which something of it is met."""
        return next((t for t, met in enumerate(self.met) if met > EPS), None)

    @property
    def last(self) -> int | None:
        """The period from which as much is met as ever will be; None where nothing is."""
        end = self.met[-1]
        return None if end <= EPS else next(t for t, m in enumerate(self.met) if m >= end - EPS)

    @property
    def full(self) -> int | None:
        """The period from which it is met in full."""
        whole = self.quantity - EPS * max(1.0, self.quantity)
        return next((t for t, met in enumerate(self.met) if met >= whole), None)

    @property
    def share_at_due(self) -> float:
        """The share of it that is met at the end of the period in which it is due."""
        return self._share(min(self.due, len(self.met) - 1))

    @property
    def share_at_end(self) -> float:
        """The share of it that is met in the last period."""
        return self._share(len(self.met) - 1)

    def _share(self, period: int) -> float:
        return self.met[period] / self.quantity if self.quantity > EPS else 1.0


@dataclass(frozen=True)
class Arrival:
    """When the plan first brings a party something that one of its needs counts."""

    party: str
    period: int | None


def need_outcomes(scenario: Scenario, plan: Plan) -> tuple[NeedOutcome, ...]:
    """Follow each need through the plan, in the order of the table."""
    served: dict[str, dict[str, list[float]]] = defaultdict(dict)
    count = scenario.calendar.count
    for row in plan.rows("fulfilments"):
        steps = served[row.need].setdefault(row.item, [0.0] * count)
        steps[row.period] += row.quantity
    return tuple(
        NeedOutcome(
            need.need,
            need.party,
            need.capability,
            float(need.quantity),
            scenario.calendar.index(need.due),
            _met(scenario, need, served[need.need]),
        )
        for need in scenario.needs
    )


def _met(scenario: Scenario, need: Need, served: dict[str, list[float]]) -> tuple[float, ...]:
    """Count whole steps of the weakest role, and nothing beyond what is asked for."""
    by_role = [
        _running(scenario.calendar.count, ((weight, served.get(item)) for item, weight in items))
        for items in _roles(scenario, need.capability).values()
    ]
    found = []
    for strengths in zip(*by_role, strict=True):
        value = min(strengths)
        if need.step:
            step = float(need.step)
            value = math.floor(value / step + EPS) * step
        value = min(value, float(need.quantity))
        found.append(0.0 if value < EPS else round(value, 9))
    return tuple(found)


def _roles(scenario: Scenario, capability: str) -> dict[str, list[tuple[str, float]]]:
    """List the items of each role with their weights; an item is a capability of its own."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in scenario.capabilities:
        if row.capability == capability and row.weight > 0:
            found[row.role].append((row.item, float(row.weight)))
    return found or {"": [(capability, 1.0)]}


def _running(count: int, parts: object) -> list[float]:
    steps = [0.0] * count
    for weight, units in parts:  # type: ignore[attr-defined]
        for t in range(count if units else 0):
            steps[t] += weight * units[t]
    total, sums = 0.0, []
    for step in steps:
        total += step
        sums.append(total)
    return sums


def first_arrivals(scenario: Scenario, plan: Plan) -> tuple[Arrival, ...]:
    """Find when lanes and orders of the plan first bring each needing party what it needs."""
    counted: dict[str, set[str]] = defaultdict(set)
    for need in scenario.needs:
        for items in _roles(scenario, need.capability).values():
            counted[need.party] |= {item for item, _weight in items}
    came = [(row.to, row.item, row.arrives) for row in plan.rows("dispatches")]
    came += [(row.customer, row.item, row.delivered) for row in plan.rows("orders")]
    return tuple(
        Arrival(
            party, min((t for to, item, t in came if to == party and item in items), default=None)
        )
        for party, items in counted.items()
    )
