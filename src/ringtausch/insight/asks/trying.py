"""Whether a goal can be reached with certain concessions: asked exactly, each question once.

In: a scenario, a goal and concessions. Out: yes or no for a set of them. Sets without a swapped item
only add freedom, so that an answer for one set answers for those within it or around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ringtausch.insight.asks.concession import Addition, Change, Concession, Setting, granted
from ringtausch.insight.asks.goals import Goal, goal_rows
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.lexicographic import has_plan
from ringtausch.planning.model import build_model, extended
from ringtausch.planning.planner import make_plan, solve_scenario
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["OutOfTime", "Trying"]

Set = frozenset[int]


class OutOfTime(Exception):  # noqa: N818 - says what is the case
    """A limit came before an answer."""


class Trying:
    """Asks whether a goal can be reached, and remembers the answers.

    A concession that swaps the item of an offer takes the old item away. `loosely` grants it without
    doing so: the offer stands, and one like it of the other item beside it. That only adds freedom,
    and allows every plan that the swap itself allows: what fails loosely fails.
    """

    def __init__(
        self, scenario: Scenario, goal: Goal, concessions: Sequence[Concession], watch: Watch
    ) -> None:
        self.scenario, self.goal, self.concessions, self.watch = scenario, goal, concessions, watch
        self.swaps = frozenset(n for n, c in enumerate(concessions) if not c.monotone)
        self.questions = 0
        self._reached: list[Set] = []
        self._failed: list[Set] = []
        self._exact: dict[Set, bool] = {}

    def loosely(self, chosen: Set) -> bool:
        """Tell whether the goal can be reached where swaps only add."""
        if any(known <= chosen for known in self._reached):
            return True
        if any(chosen <= known for known in self._failed):
            return False
        reached = self._ask(self._loosened(chosen))
        (self._reached if reached else self._failed).append(chosen)
        return reached

    def exactly(self, chosen: Set) -> bool:
        """Tell whether the goal can be reached with just these concessions."""
        if not chosen & self.swaps:
            return self.loosely(chosen)
        if chosen not in self._exact:
            self._exact[chosen] = self._ask(self.changed(chosen))
        return self._exact[chosen]

    def changed(self, chosen: Set) -> Scenario:
        """Return the scenario with some concessions granted."""
        return granted(self.scenario, [self.concessions[n] for n in sorted(chosen)])

    def best_plan(self, chosen: Set) -> Plan:
        """Return the best of the plans that reach the goal with these concessions."""
        scenario = self.changed(chosen)
        model = build_model(gather_facts(scenario), tuple(scenario.objectives))
        model = extended(model, rows=goal_rows(self.goal, scenario, model.layout))
        outcome = solve_scenario(scenario, model, SolverOptions(), self.watch)
        if outcome.columns is None:
            raise OutOfTime
        settings = {"objectives": list(scenario.objectives), "goal": str(self.goal)}
        return make_plan(scenario, model, outcome, 0.0, settings)

    def _ask(self, scenario: Scenario) -> bool:
        self.questions += 1
        model = build_model(gather_facts(scenario), ())
        model = extended(model, rows=goal_rows(self.goal, scenario, model.layout))
        found = has_plan(model, SolverOptions(), self.watch)
        if found is None:
            raise OutOfTime
        return found

    def _loosened(self, chosen: Set) -> Scenario:
        plain = self.changed(chosen - self.swaps)
        return _added_beside(plain, [self.concessions[n] for n in sorted(chosen & self.swaps)])


def _added_beside(scenario: Scenario, swaps: Iterable[Concession]) -> Scenario:
    """Add the offers that swaps would make beside those that stand, and open the lanes they need."""
    names = {row.offer for row in scenario.offers}
    for swap in swaps:
        offer = swap.changes[0]
        assert isinstance(offer, Setting)
        rest = [change for change in swap.changes[1:] if change.table != "offers"]
        name = f"{scenario.offers[offer.place].offer} as {offer.value}"
        while name in names:
            name += "'"
        names.add(name)
        row: Any = replace(scenario.offers[offer.place], offer=name, item=offer.value, lot=None)
        scenario = scenario.with_rows(offers=(*scenario.offers, row))
        if rest:
            scenario = granted(scenario, [replace(swap, changes=_not_yet(scenario, rest))])
    return scenario


def _not_yet(scenario: Scenario, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Leave out lanes that another concession has added already."""
    there = {(row.from_, row.to, row.item) for row in scenario.lanes}
    return tuple(
        change
        for change in changes
        if not isinstance(change, Addition)
        or (change.row.from_, change.row.to, change.row.item) not in there
    )
