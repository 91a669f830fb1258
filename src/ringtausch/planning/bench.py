"""The bench: a scenario with its best plan at hand, to which changed scenarios are put.

In: a scenario, then changed ones. Out: for each its best plan or that there is none, as exact as
planning from the start. The plan at hand is the first candidate: where it still obeys every rule and
the bound says that nothing is better, an objective is proved instead of solved again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.completing import Solution, carried_over, completed
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.many import in_processes
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.planner import make_plan, solve_scenario
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Near
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Bench", "Trial", "first_difference", "same_value"]


@dataclass(frozen=True)
class Trial:
    """What a changed scenario comes to; objectives are empty where there is no plan."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    plan: Plan | None = None

    @property
    def objectives(self) -> dict[str, float]:
        """The value of each of the six objectives."""
        found = {} if self.plan is None else self.plan.objectives
        return {name: objective.value for name, objective in found.items()}

    @property
    def bounds(self) -> dict[str, float | None]:
        """The best value proved for each objective; None where it was not optimised."""
        found = {} if self.plan is None else self.plan.objectives
        return {name: objective.bound for name, objective in found.items()}


def same_value(before: float, after: float) -> bool:
    """Tell whether two values of an objective count as equal: what a solver can tell apart.

    Examples
    --------
    >>> same_value(100.0, 100.00005), same_value(0.0, 0.01)
    (True, False)
    """
    return abs(before - after) <= 2e-6 * max(1.0, abs(before), abs(after))


def first_difference(
    order: Sequence[str], before: dict[str, float], after: dict[str, float]
) -> tuple[str, float] | None:
    """Name the first objective in the order that differs, with its change; None where none does.

    Examples
    --------
    >>> first_difference(["spend", "unmet_need"], {"spend": 5, "unmet_need": 9},
    ...                  {"spend": 5, "unmet_need": 7})
    ('unmet_need', -2)
    """
    for name in order:
        if not same_value(before[name], after[name]):
            return name, after[name] - before[name]
    return None


@dataclass
class Bench:
    """A scenario with its best plan, and what changes of it come to.

    Without a plan the scenario is planned first; a plan that is given is improved to the best.
    `order` names the objectives; the scenario's own where it is empty.

    Raises
    ------
    Infeasible
        The scenario itself has no plan.
    """

    scenario: Scenario
    given: Plan | None = None
    order: tuple[str, ...] = ()
    plan: Plan = field(init=False)
    #: What the relaxations showed of each objective: where they show the same, little has changed.
    near: dict[str, Near] = field(default_factory=dict)
    _solution: Solution | None = None

    def __post_init__(self) -> None:
        self.order = self.order or tuple(self.scenario.objectives)
        trial = self._solve(self.scenario, self.given, Watch())
        if trial.plan is None:
            from ringtausch.planning.infeasible import find_reason

            raise find_reason(self.scenario, Watch())
        self.plan = trial.plan

    def __getstate__(self) -> dict[str, Any]:
        """Send all but the solver's bases to other processes."""
        near = {name: Near(None, known.relaxed) for name, known in self.near.items()}
        return self.__dict__ | {"near": near}

    @property
    def objectives(self) -> dict[str, float]:
        """The value of each of the six objectives in the best plan."""
        return {name: objective.value for name, objective in self.plan.objectives.items()}

    def try_(self, scenario: Scenario, *, time_limit: float | None = None) -> Trial:
        """Plan a changed scenario exactly."""
        if scenario == self.scenario:
            return Trial(self.plan.status, self.plan)
        return self._solve(scenario, self.plan, Watch(time_limit))

    def try_many(
        self, scenarios: Sequence[Scenario], *, processes: int = 1, time_limit: float | None = None
    ) -> Iterator[tuple[int, Trial]]:
        """Plan many changed scenarios; each comes with its number as soon as it is done.

        Parameters
        ----------
        scenarios
            What to plan.
        processes
            How many processes share the work; 1 = this one alone.
        time_limit
            Seconds for each of them.
        """
        questions = [(scenario, time_limit) for scenario in scenarios]
        yield from in_processes(_try, self, questions, processes)

    def _solve(self, scenario: Scenario, near: Plan | None, watch: Watch) -> Trial:
        """Plan a scenario, beginning with the plan of a similar one."""
        model = build_model(gather_facts(scenario), self.order)
        start = self._start(scenario, model, near, watch)
        outcome = solve_scenario(scenario, model, SolverOptions(), watch, start, self.near)
        if outcome.status == "infeasible":
            return Trial("infeasible")
        if outcome.columns is None:
            return Trial("unknown")
        if self._solution is None:
            self._solution, self.near = Solution(scenario, model, outcome.columns), outcome.near
        settings = {"objectives": list(self.order), "time_limit": watch.time_limit}
        plan = make_plan(scenario, model, outcome, watch.seconds(), settings)
        return Trial(plan.status, plan)

    def _start(
        self, scenario: Scenario, model: Model, near: Plan | None, watch: Watch
    ) -> FloatArray | None:
        """Return what is known as a solution of a model: what was solved before, or a plan given."""
        if self._solution is not None:
            return carried_over(self._solution, scenario, model, watch)
        return None if near is None else completed(scenario, model, near, watch)


def _try(bench: Bench, question: tuple[Scenario, float | None]) -> Trial:
    scenario, time_limit = question
    return bench.try_(scenario, time_limit=time_limit)
