"""Searching: the best plan without a leg, and of the best ones the nearest; one leg or many at once.

In: a bench with the plan, and scenarios in which a leg fails. Out: what is left in each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ringtausch.planning.bench import Bench
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.infeasible import find_reason
from ringtausch.planning.keep import prepare
from ringtausch.planning.keeping import solve_keeping
from ringtausch.planning.many import in_processes
from ringtausch.planning.model import build_model
from ringtausch.planning.planner import make_plan
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records import Plan, Scenario

__all__ = ["Left", "Search", "search_all"]


@dataclass(frozen=True)
class Left:
    """What is left without a leg; without a plan, the rows that cannot hold together."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    objectives: dict[str, float]
    plan: Plan | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Search:
    """What each search starts from: the bench, the plan as it is, the objectives, a limit."""

    bench: Bench
    plan: Plan
    order: tuple[str, ...]
    time_limit: float | None

    def without(self, edited: Scenario) -> Left:
        """Find the best plan of a scenario in which a leg fails."""
        trial = self.bench.try_(edited, time_limit=self.time_limit)
        if trial.plan is not None:
            near = self._nearest(edited, trial.plan)
            return Left(trial.status, trial.objectives, near, ())
        reasons: tuple[str, ...] = ()
        if trial.status == "infeasible":
            found = find_reason(edited, Watch(self.time_limit))
            reasons = tuple(row.sentence for row in found.rows)
        return Left(trial.status, {}, None, reasons)

    def _nearest(self, edited: Scenario, best: Plan) -> Plan:
        """Return, of the best plans without a leg, the one that changes least of the plan."""
        watch = Watch(self.time_limit)
        model = build_model(gather_facts(edited), self.order)
        kept = prepare(edited, model, self.plan, None)
        wanted, outcome = solve_keeping(kept, SolverOptions(), watch, best)
        if outcome.columns is None or outcome.status == "infeasible":
            return best
        return make_plan(edited, wanted, outcome, watch.seconds(), dict(best.settings))


def search_all(
    search: Search, edited: Sequence[Scenario], processes: int
) -> Iterator[tuple[int, Left]]:
    """Find what is left in each scenario; each comes with its number as soon as it is found."""
    yield from in_processes(Search.without, search, edited, processes)
