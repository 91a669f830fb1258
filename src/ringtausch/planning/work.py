"""The problem as it stands while objectives are solved one after the other, and how that ended.

In: a model. Out: linear problems for one objective at a time. Bounds are narrowed and rows added by
`holding` when an objective is finished; circles are forbidden where a solution has one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.circles import CircleCuts
from ringtausch.planning.effort import Effort
from ringtausch.planning.model import Model, stack, stacked
from ringtausch.planning.objectives import Costs
from ringtausch.planning.rows import Rows
from ringtausch.planning.solver import Answer, LinearProblem, SolverOptions, Warm
from ringtausch.planning.watch import Watch

__all__ = ["Near", "Outcome", "Run", "Work", "is_reached"]


@dataclass(frozen=True)
class Near:
    """What is known from a similar question: a basis to start from, and its relaxation's bound."""

    basis: Warm | None = None
    relaxed: float | None = None


@dataclass
class Outcome:
    """How the solve ended: the best columns and, for each objective reached, its proved bound."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    columns: FloatArray | None = None
    bounds: dict[str, float] = field(default_factory=dict)
    methods: list[str] = field(default_factory=list)
    solves: int = 0
    #: What the relaxations showed, by objective: for a similar model to begin with.
    near: dict[str, Near] = field(default_factory=dict)
    #: What the solver has done in this run, also before and after what this outcome is of.
    effort: Effort = field(default_factory=Effort)
    #: Which way was taken, and why.
    way: str = "one model"

    def take(self, name: str, answer: Answer, bound: float, columns: int) -> None:
        """Take over what a solve gave: its solution, where it found one, and what it proved."""
        if answer.columns is not None:
            self.columns = answer.columns[:columns]
        if np.isfinite(bound):
            self.bounds[name] = bound

    def drop_refuted(self, model: Model) -> bool:
        """Drop bounds that the solution itself is below, a solver's errors; tell whether any were."""
        columns = self.columns
        if columns is None:
            return False
        refuted = [
            name
            for name, bound in self.bounds.items()
            if not is_reached(bound, model.objectives[name].value(columns))
        ]
        for name in refuted:
            del self.bounds[name]
        return bool(refuted)


def is_reached(value: float, bound: float) -> bool:
    """Tell whether a value is no more than a bound, but for what counts as equal."""
    return value <= bound + 1e-6 * max(1.0, abs(bound))


@dataclass(frozen=True)
class Run:
    """One run of the solve: how, for how long, and what it has come to so far."""

    options: SolverOptions
    watch: Watch
    outcome: Outcome


@dataclass
class Work:
    """The problem as it stands: bounds narrowed and rows added objective by objective."""

    model: Model
    lower: FloatArray
    upper: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    cuts: CircleCuts
    limits: list[Rows] = field(default_factory=list)
    held: list[tuple[Costs, float]] = field(default_factory=list)
    #: What finished objectives may be at most, without the slack of their rows.
    values: list[tuple[Costs, float]] = field(default_factory=list)
    #: The same, by name, of those that may give something up.
    caps: dict[str, float] = field(default_factory=dict)
    #: Whether all that must be whole is decided, so that the rest is continuous.
    decided: bool = False

    @classmethod
    def begin(cls, model: Model) -> Work:
        """Start with the model as it is."""
        matrix = model.matrix
        return cls(
            model,
            model.lower.copy(),
            model.upper.copy(),
            matrix.lower.copy(),
            matrix.upper.copy(),
            CircleCuts(model.columns),
        )

    def not_held(self, columns: FloatArray) -> list[tuple[Costs, float]]:
        """Name finished objectives that a solution lets go, because duals in the noise fix nothing."""
        noise = 1e-8
        return [
            held
            for held in self.held
            if held[0].value(columns) > held[1] + noise * max(1.0, abs(held[1]))
        ]

    def problem(self, costs: Costs) -> LinearProblem:
        """Put the problem together for one objective."""
        model, arrows = self.model, len(self.cuts.arrows)
        matrix = replace(model.matrix, lower=self.row_lower, upper=self.row_upper)
        blocks = [*self.limits, *(self.cuts.rows(model.layout, self.upper) if arrows else ())]
        if blocks:
            matrix = stacked(matrix, stack(blocks, model.columns + arrows))
        return LinearProblem(
            cost=np.concatenate([costs.cost, np.zeros(arrows)]),
            lower=np.concatenate([self.lower, np.zeros(arrows)]),
            upper=np.concatenate([self.upper, np.ones(arrows)]),
            whole=np.concatenate(
                [model.whole & (not self.decided), np.ones(arrows, dtype=np.bool_)]
            ),
            matrix=matrix,
        )

    def without_slack(self) -> Work:
        """Return the same problem with finished objectives at most at their very values."""
        limits = [
            replace(limit, upper=limit.upper - limit.slack, slack=0.0) for limit in self.limits
        ]
        return replace(self, limits=limits)

    def extended(self, columns: FloatArray) -> FloatArray:
        """Give a solution without circles the columns of the arrows: yes where something moves."""
        x = self.model.layout.dispatches
        arrows = np.zeros(len(self.cuts.arrows))
        for (giver, receiver, item), column in self.cuts.arrows.items():
            along = (x.giver == giver) & (x.receiver == receiver) & (x.item == item)
            arrows[column - self.model.columns] = float(columns[x.column[along]].max() > 0)
        return np.concatenate([columns, arrows])

    @property
    def is_whole(self) -> bool:
        """Whether any column must be whole."""
        return bool(self.cuts.arrows) or (bool(self.model.whole.any()) and not self.decided)

    def least(self, costs: Costs) -> float:
        """Return what an objective cannot be below, whatever the plan, by the columns' bounds alone."""
        used = np.flatnonzero(costs.cost)
        cost = costs.cost[used]
        return costs.constant + float(cost @ np.where(cost > 0, self.lower[used], self.upper[used]))
