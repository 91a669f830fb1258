"""The lexicographic solve: one objective after the other, each among the best plans of the former.

In: a model. Out: columns with, for each objective, its value and the bound proved for it. After a
continuous solve the optimal face is fixed by its duals; with whole numbers, or where an objective may
give something up, a row bounds it instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.circles import CircleCuts, find_circles
from ringtausch.planning.model import Model, stack
from ringtausch.planning.objectives import Costs
from ringtausch.planning.rows import Rows
from ringtausch.planning.solver import Answer, LinearProblem, SolverOptions, solve, violation
from ringtausch.planning.watch import Watch

__all__ = ["Outcome", "solve_in_order"]

#: What a finished objective may be worse by, relative to its size, so that rounding does not bite.
_SLACK = 1e-7
_MOST_SLACK = 1e-6
#: Reduced costs and duals smaller than this, relative to the largest cost, prove nothing.
_NOISE = 1e-7


@dataclass
class Outcome:
    """How the solve ended: the best columns and, for each objective reached, its proved bound."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    columns: FloatArray | None = None
    bounds: dict[str, float] = field(default_factory=dict)
    methods: list[str] = field(default_factory=list)
    solves: int = 0


@dataclass
class _Work:
    """The problem as it stands: bounds narrowed and rows added objective by objective."""

    model: Model
    lower: FloatArray
    upper: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    cuts: CircleCuts
    limits: list[Rows] = field(default_factory=list)

    def problem(self, costs: Costs) -> LinearProblem:
        """Put the problem together for one objective."""
        model, arrows = self.model, len(self.cuts.arrows)
        matrix = replace(model.matrix, lower=self.row_lower, upper=self.row_upper)
        blocks = [*self.limits, *(self.cuts.rows(model.layout) if arrows else ())]
        if blocks:
            more = stack(blocks, model.columns + arrows)
            matrix = replace(
                matrix,
                start=np.concatenate([matrix.start, matrix.start[-1] + more.start[1:]]),
                column=np.concatenate([matrix.column, more.column]),
                value=np.concatenate([matrix.value, more.value]),
                lower=np.concatenate([matrix.lower, more.lower]),
                upper=np.concatenate([matrix.upper, more.upper]),
            )
        return LinearProblem(
            cost=np.concatenate([costs.cost, np.zeros(arrows)]),
            lower=np.concatenate([self.lower, np.zeros(arrows)]),
            upper=np.concatenate([self.upper, np.ones(arrows)]),
            whole=np.concatenate([model.layout.whole, np.ones(arrows, dtype=np.bool_)]),
            matrix=matrix,
        )

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
        return self.model.whole or bool(self.cuts.arrows)


def solve_in_order(
    model: Model,
    tolerance: Mapping[str, float],
    allowance: Mapping[str, float],
    options: SolverOptions,
    watch: Watch,
) -> Outcome:
    """Minimise the objectives of a model in their order.

    Parameters
    ----------
    model
        Rules and objectives, in order.
    tolerance, allowance
        What later objectives may take from an earlier one: relative to its best value, and in its
        own unit; both add up.
    options, watch
        How to solve, and for how long.
    """
    layout = model.layout
    work = _Work(
        model,
        layout.lower.copy(),
        layout.upper.copy(),
        model.matrix.lower.copy(),
        model.matrix.upper.copy(),
        CircleCuts(model.columns),
    )
    outcome = Outcome("unknown")
    basis: Any = None
    steps = len(model.objectives)
    for step, (name, costs) in enumerate(model.objectives.items(), start=1):
        watch.begin(name, step, steps)
        least = costs.constant + _least(costs, layout.lower)
        given_up = tolerance.get(name, 0.0), allowance.get(name, 0.0)
        if outcome.columns is not None and _reached(costs.value(outcome.columns), least):
            outcome.bounds[name] = least  # nothing to solve: it cannot be better
            _keep_least(work, costs, outcome.columns, *given_up)
            continue
        answer = _solve_without_circles(work, costs, options, watch, outcome, basis)
        if answer.status == "infeasible":
            return replace(outcome, status="infeasible")
        if answer.columns is not None:
            outcome.columns = answer.columns[: model.columns]
        if np.isfinite(answer.bound):
            outcome.bounds[name] = max(least, costs.constant + answer.bound)
        if answer.status == "limit":
            if outcome.columns is None:
                return outcome
            outcome.columns = _polished(work, costs, outcome.columns, options)
            return replace(outcome, status="feasible")
        assert outcome.columns is not None
        basis = answer.basis
        value = costs.value(outcome.columns)
        if work.is_whole or answer.row_duals is None or any(given_up):
            _limit(work, costs, value, *given_up)
        else:
            _fix_face(work, costs, answer.columns, answer.row_duals)
    if outcome.columns is None:
        return outcome
    outcome.columns = _polished(work, costs, outcome.columns, options)
    proved = all(
        _reached(model.objectives[name].value(outcome.columns), bound) or options.gap == 0.0
        for name, bound in outcome.bounds.items()
    )
    return replace(outcome, status="optimal" if proved else "feasible")


def _polished(work: _Work, costs: Costs, columns: FloatArray, options: SolverOptions) -> FloatArray:
    """Round what must be whole and solve the rest once more, so that nothing rests on rounding.

    Where the limits of finished objectives are too tight for the rounded columns they get the most
    slack that the page allows; where even that fails the columns stay as they are.
    """
    if not work.is_whole:
        return columns
    whole = work.model.layout.whole
    rounded = np.round(columns[whole])
    for slack in (0.0, _MOST_SLACK):
        for limit in work.limits:
            limit.upper = limit.upper + slack * np.maximum(1.0, np.abs(limit.upper))
        problem = work.problem(costs)
        arrows = work.extended(columns)[work.model.columns :]
        fixed = np.concatenate(
            [np.flatnonzero(whole), np.arange(work.model.columns, len(problem.lower))]
        )
        problem.lower[fixed] = problem.upper[fixed] = np.concatenate([rounded, arrows])
        problem = replace(problem, whole=np.zeros_like(problem.whole))
        answer = solve(problem, options, Watch())
        if answer.columns is not None:
            return answer.columns[: work.model.columns]
    return columns


def _least(costs: Costs, lower: FloatArray) -> float:
    """Return what an objective cannot be below, whatever the plan: every cost is 0 or more."""
    used = costs.cost != 0
    return float(costs.cost[used] @ lower[used])


def _reached(value: float, bound: float) -> bool:
    return value <= bound + 1e-6 * max(1.0, abs(bound))


def _solve_without_circles(
    work: _Work,
    costs: Costs,
    options: SolverOptions,
    watch: Watch,
    outcome: Outcome,
    basis: Any,
) -> Answer:
    """Solve for one objective, forbidding circles as they show up (rule 13)."""
    while True:
        problem = work.problem(costs)
        start = None
        if outcome.columns is not None:
            start = work.extended(outcome.columns)
            if violation(problem, start) > 1e-6:
                start = None
        answer = solve(
            problem,
            options,
            watch,
            start=start,
            basis=None if work.cuts.arrows else basis,
            known_feasible=outcome.columns is not None,
        )
        outcome.solves += 1
        outcome.methods.append(answer.method)
        if answer.columns is None:
            return answer
        circles = find_circles(work.model.layout, answer.columns)
        if not circles:
            return answer
        if answer.status == "limit":  # a solution that breaks a rule is none; its bound holds
            return replace(answer, columns=None)
        work.cuts.forbid(circles)


def _limit(work: _Work, costs: Costs, value: float, tolerance: float, allowance: float) -> None:
    """Add a row that keeps a finished objective at its value, but for what may be given up."""
    used = np.flatnonzero(costs.cost)
    if not len(used):
        return
    cap = value * (1.0 + tolerance) + allowance + _SLACK * max(1.0, abs(value))
    scale = float(np.max(costs.cost[used]))
    row = Rows.at_most("objective", np.array([(cap - costs.constant) / scale]))
    row.add(np.zeros(len(used), dtype=np.int64), used, costs.cost[used] / scale)
    work.limits.append(row)


def _keep_least(
    work: _Work, costs: Costs, columns: FloatArray, tolerance: float, allowance: float
) -> None:
    """Keep an objective at the least it can be: all its columns at their lower bounds."""
    used = costs.cost > 0
    if tolerance or allowance or np.any(columns[used] - work.lower[used] > 1e-9):
        _limit(work, costs, costs.value(columns), tolerance, allowance)
    else:
        work.upper[used] = work.lower[used]


def _fix_face(work: _Work, costs: Costs, columns: FloatArray, row_duals: FloatArray) -> None:
    """Fix what the duals of an optimum prove to be the same in every optimum.

    A column at a bound with a reduced cost stays there; a row with a dual stays at its side.
    """
    matrix = work.model.matrix
    size = len(matrix.lower)
    noise = _NOISE * max(1e-30, float(np.max(np.abs(costs.cost))))
    count = len(columns)
    reduced = costs.cost - work.problem(costs).matrix.transposed_times(row_duals, count)
    at_lower, at_upper = reduced > noise, reduced < -noise
    work.upper[at_lower] = work.lower[at_lower]
    work.lower[at_upper] = work.upper[at_upper]
    duals = row_duals[:size]
    below, above = duals > noise, duals < -noise
    work.row_upper[below] = work.row_lower[below]
    work.row_lower[above] = work.row_upper[above]
    for limit, dual in zip(work.limits, row_duals[size:], strict=True):
        if abs(dual) > noise:
            limit.lower = limit.upper
