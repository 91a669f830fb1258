"""Trials: what the scenario comes to with some rows released, solved exactly and at most once.

In: a scenario, its releases and its best plan. Out: for sets of releases the best plan, and whether a
set improves an objective at its place in the order.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import cast

from ringtausch.insight.explain.changes import apply_changes
from ringtausch.insight.explain.release import Release
from ringtausch.planning.bench import Bench, Trial, first_difference, same_value
from ringtausch.records import Plan, Scenario

__all__ = ["Deadline", "Trials", "best_values", "improves", "value_of"]

Rows = frozenset[int]  # numbers of releases


@dataclass
class Deadline:
    """When to stop; `reached` remembers that something was left undone."""

    seconds: float | None = None
    reached: bool = False
    begun: float = field(default_factory=time.monotonic)

    def first(self, share: float) -> Deadline:
        """Return a deadline for the first part of the work, which leaves time for the rest."""
        seconds = None if self.seconds is None else share * self.seconds
        return Deadline(seconds, begun=self.begun)

    def left(self) -> float | None:
        """Return the seconds that are left; None = no limit."""
        if self.seconds is None:
            return None
        return max(0.0, self.seconds - (time.monotonic() - self.begun))


def value_of(scenario: Scenario, plan: Plan, name: str) -> float:
    """Return the best value of an objective: what is proved, where the plan may give some of it up."""
    stated = plan.objectives[name]
    given_up = scenario.tolerance.get(name) or scenario.allowance.get(name)
    return stated.bound if given_up and stated.bound is not None else stated.value


def best_values(scenario: Scenario, plan: Plan) -> dict[str, float]:
    """Return the best values of all six objectives."""
    return {name: value_of(scenario, plan, name) for name in plan.objectives}


def improves(
    order: Sequence[str], name: str, before: dict[str, float], after: dict[str, float]
) -> bool:
    """Tell whether an objective is better and none before it, taken in their order, is worse.

    Examples
    --------
    >>> order = ["late_replacement", "unmet_need"]
    >>> before = {"late_replacement": 2.0, "unmet_need": 5.0}
    >>> improves(order, "unmet_need", before, {"late_replacement": 2.0, "unmet_need": 4.0})
    True
    >>> improves(order, "unmet_need", before, {"late_replacement": 3.0, "unmet_need": 0.0})
    False
    """
    earlier = first_difference(order[: order.index(name)], before, after)
    not_worse = earlier is None or earlier[1] < 0
    return not_worse and after[name] < before[name] and not same_value(before[name], after[name])


class Trials:
    """What releases come to, remembered."""

    def __init__(
        self,
        bench: Bench,
        releases: Sequence[Release],
        deadline: Deadline,
        processes: int = 1,
    ) -> None:
        self.bench, self.releases = bench, tuple(releases)
        self.deadline, self.processes = deadline, processes
        self.before = best_values(bench.scenario, bench.plan)
        self._known: dict[Rows, Trial] = {}

    def scenario(self, rows: Iterable[int]) -> Scenario:
        """Return the scenario with these rows released."""
        changes = [change for row in sorted(rows) for change in self.releases[row].changes]
        return apply_changes(self.bench.scenario, changes)

    def solve(self, sets: Iterable[Rows]) -> None:
        """Solve what is not known yet, together."""
        new = [rows for rows in dict.fromkeys(sets) if rows not in self._known]
        left = self.deadline.left()
        if left is not None and left <= 0 and new:
            self.deadline.reached = True
            return
        scenarios = [self.scenario(rows) for rows in new]
        tried = self.bench.try_many(scenarios, processes=self.processes, time_limit=left)
        with closing(cast("Generator[tuple[int, Trial]]", tried)) as found:  # stops what is left
            for number, trial in found:
                self._known[new[number]] = trial
                if trial.status in {"feasible", "unknown"}:
                    self.deadline.reached = True
                left = self.deadline.left()
                if left is not None and left <= 0:
                    self.deadline.reached = True
                    break

    def trial(self, rows: Rows) -> Trial | None:
        """Return the trial of a set; None where there was no time for it, or it was not proved."""
        if rows not in self._known:
            self.solve([rows])
        found = self._known.get(rows)
        return None if found is None or found.status in {"feasible", "unknown"} else found

    def values(self, rows: Rows) -> dict[str, float] | None:
        """Return the best values with a set released; None where there is no plan, or no time."""
        trial = self.trial(rows)
        if trial is None or trial.plan is None:
            return None
        return best_values(self.bench.scenario, trial.plan)

    def improves(self, rows: Rows, name: str) -> bool:
        """Tell whether a set improves an objective at its place in the order."""
        after = self.values(rows)
        return after is not None and improves(self.bench.order, name, self.before, after)
