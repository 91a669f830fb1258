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
from ringtausch.planning.solver import (
    LARGE,
    Answer,
    LinearProblem,
    SolverFault,
    SolverOptions,
    better_than,
    least_gain,
    solve,
    violation,
)
from ringtausch.planning.watch import Watch

__all__ = ["Outcome", "has_plan", "solve_in_order"]

#: What a finished objective may be worse by, relative to its size, so that rounding does not bite.
_SLACK = 1e-9
_MOST_SLACK = 5e-7
#: Reduced costs and duals smaller than this, relative to the largest cost, prove nothing.
_NOISE = 1e-9


@dataclass
class Outcome:
    """How the solve ended: the best columns and, for each objective reached, its proved bound."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    columns: FloatArray | None = None
    bounds: dict[str, float] = field(default_factory=dict)
    methods: list[str] = field(default_factory=list)
    solves: int = 0

    def take(self, name: str, answer: Answer, bound: float, columns: int) -> None:
        """Take over what a solve gave: its solution, where it found one, and what it proved."""
        if answer.columns is not None:
            self.columns = answer.columns[:columns]
        if np.isfinite(bound):
            self.bounds[name] = bound


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
    held: list[tuple[Costs, float]] = field(default_factory=list)
    #: What objectives that may give something up may be at most.
    caps: dict[str, float] = field(default_factory=dict)
    #: Whether all that must be whole is decided, so that the rest is continuous.
    decided: bool = False

    @classmethod
    def begin(cls, model: Model) -> _Work:
        """Start with the model as it is."""
        layout, matrix = model.layout, model.matrix
        return cls(
            model,
            layout.lower.copy(),
            layout.upper.copy(),
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
            whole=np.concatenate(
                [model.layout.whole & (not self.decided), np.ones(arrows, dtype=np.bool_)]
            ),
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
        return bool(self.cuts.arrows) or (self.model.whole and not self.decided)


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
    work = _Work.begin(model)
    outcome = Outcome("unknown")
    basis: Any = None
    for step, (name, costs) in enumerate(model.objectives.items(), start=1):
        watch.begin(name, step, len(model.objectives))
        given_up = tolerance.get(name, 0.0), allowance.get(name, 0.0)
        if _at_least_possible(work, costs, outcome):
            outcome.bounds[name] = _least(work, costs)  # nothing to solve: it cannot be better
            _keep_least(work, costs, outcome, *given_up)
        else:
            answer, proof = _solve_or_loosen(work, costs, options, watch, outcome, basis)
            if answer.status == "infeasible":
                return replace(outcome, status="infeasible")
            outcome.take(name, answer, max(_least(work, costs), proof.bound), model.columns)
            if answer.status == "limit" or outcome.columns is None:
                break
            basis = answer.basis
            _keep(work, costs, costs.value(outcome.columns), given_up, proof)
        if any(given_up) and outcome.columns is not None:
            work.caps[name] = _cap(costs.value(outcome.columns), *given_up)
    else:
        outcome.status = "optimal" if _all_proved(model, outcome, options) else "feasible"
    if outcome.columns is not None:
        outcome.columns = _polished(work, outcome.columns, options)
        if outcome.status == "unknown":
            outcome.status = "feasible"
    return outcome


def _all_proved(model: Model, outcome: Outcome, options: SolverOptions) -> bool:
    """Tell whether every objective was proved; with a gap allowed one may only be near its bound."""
    columns = outcome.columns
    return options.gap == 0.0 or all(
        columns is not None and _reached(model.objectives[name].value(columns), bound)
        for name, bound in outcome.bounds.items()
    )


def has_plan(model: Model, options: SolverOptions, watch: Watch) -> bool | None:
    """Tell whether any plan obeys all rules; None where there was not enough time to tell."""
    nothing = Costs(np.zeros(model.columns))
    answer, _ = _solve_without_circles(
        _Work.begin(model), nothing, options, watch, Outcome("unknown"), None
    )
    if answer.columns is not None:
        return True
    return False if answer.status == "infeasible" else None


def _polished(work: _Work, columns: FloatArray, options: SolverOptions) -> FloatArray:
    """Round what must be whole and optimise the rest once more, so that nothing rests on rounding.

    The continuous columns go through all objectives again; those that may give something up keep to
    their caps. Where the rounded columns leave nothing the solution stays as it was.
    """
    if not work.is_whole:
        return columns
    model, whole, x = work.model, work.model.layout.whole, work.model.layout.dispatches
    fixed = _Work.begin(model)
    fixed.decided = True
    fixed.lower[whole] = fixed.upper[whole] = np.round(columns[whole])
    # nothing takes a way that the solution does not take, so that no new circle can arise
    way = (x.giver * len(model.layout.facts.names.parties) + x.receiver) * (
        x.item.max(initial=0) + 1
    )
    way += x.item
    unused = ~np.isin(way, way[columns[x.column] > 0])
    fixed.upper[x.column[unused]] = 0.0
    outcome = Outcome("unknown")
    for name, costs in model.objectives.items():
        if name in work.caps:
            fixed.limits.append(_limit_row(costs, work.caps[name]))
            continue
        answer, proof = _solve_without_circles(fixed, costs, options, Watch(), outcome, None)
        if answer.columns is None or answer.status != "optimal":
            return columns
        outcome.columns = answer.columns[: model.columns]
        _keep(fixed, costs, costs.value(outcome.columns), (0.0, 0.0), proof)
    return columns if outcome.columns is None else outcome.columns


def _least(work: _Work, costs: Costs) -> float:
    """Return what an objective cannot be below, whatever the plan: every cost is 0 or more."""
    used = costs.cost != 0
    return costs.constant + float(costs.cost[used] @ work.model.layout.lower[used])


def _at_least_possible(work: _Work, costs: Costs, outcome: Outcome) -> bool:
    """Tell whether the solution at hand is as good in an objective as any plan could be."""
    columns = outcome.columns
    return columns is not None and _reached(costs.value(columns), _least(work, costs))


def _reached(value: float, bound: float) -> bool:
    return value <= bound + 1e-6 * max(1.0, abs(bound))


@dataclass(frozen=True)
class Proof:
    """What is proved of an objective, in its own unit: its bound, and how the duals show theirs.

    `on_face` says that the solution found is itself the optimum that the duals belong to: a
    solution with whole numbers of nearly the same value need not lie on that face.
    """

    bound: float
    row_duals: FloatArray | None = None
    dual_bound: float = -np.inf
    on_face: bool = False


def _solve_or_loosen(
    work: _Work,
    costs: Costs,
    options: SolverOptions,
    watch: Watch,
    outcome: Outcome,
    basis: Any,
) -> tuple[Answer, Proof]:
    """Solve for one objective; where the solver cannot find what is known to be there, give it room.

    Limits of finished objectives may be tighter than the solver's tolerance on a chain of rows. They
    get the most slack that the page allows; where even that does not help, the best plan so far
    stands, and what is left is not proved.
    """
    try:
        return _solve_without_circles(work, costs, options, watch, outcome, basis)
    except SolverFault:
        if outcome.columns is None:
            raise
    for limit in work.limits:
        limit.upper = limit.upper + _MOST_SLACK * np.maximum(1.0, np.abs(limit.upper))
    try:
        return _solve_without_circles(work, costs, options, watch, outcome, None)
    except SolverFault:
        return Answer("limit", None, np.inf, -np.inf), Proof(-np.inf)


def _solve_without_circles(
    work: _Work,
    costs: Costs,
    options: SolverOptions,
    watch: Watch,
    outcome: Outcome,
    basis: Any,
) -> tuple[Answer, Proof]:
    """Solve for one objective, forbidding circles as they show up (rule 13).

    First without regard to what must be whole: that gives the bound that the duals prove.
    """
    known = outcome.columns is not None
    while True:
        problem = work.problem(costs)
        relaxed = replace(problem, whole=np.zeros_like(problem.whole))
        answer = solve(relaxed, options, watch, basis=basis, known_feasible=known)
        outcome.solves += 1
        outcome.methods.append(answer.method)
        bound = costs.constant + answer.bound
        if answer.status == "optimal" and answer.value - answer.bound <= least_gain(
            problem, answer.value
        ):
            bound = costs.constant + answer.value
        shown = costs.constant + answer.bound
        proof = Proof(bound, answer.row_duals, shown, on_face=True)
        if answer.columns is None:
            return answer, proof
        fractions = work.is_whole and not _all_whole(problem, answer.columns)
        if fractions and answer.status == "optimal":
            answer, proof = _solve_whole(
                work, costs, proof, options, watch, outcome, answer.columns
            )
        found = None if answer.columns is None else answer.columns[: work.model.columns]
        circles = [] if found is None else find_circles(work.model.layout, found)
        let_go = [] if found is None else work.not_held(found)
        if not circles and not let_go:
            return answer, proof
        if answer.status == "limit":  # a solution that breaks a rule is none; its bound holds
            return replace(answer, columns=None), proof
        work.cuts.forbid(circles)
        work.held = [held for held in work.held if not any(held is other for other in let_go)]
        work.limits += [_limit_row(*held) for held in let_go]
        basis = None


def _all_whole(problem: LinearProblem, columns: FloatArray) -> bool:
    values = columns[problem.whole]
    return bool(np.all(np.abs(values - np.round(values)) < 1e-7))


def _solve_whole(
    work: _Work,
    costs: Costs,
    shown: Proof,
    options: SolverOptions,
    watch: Watch,
    outcome: Outcome,
    relaxed: FloatArray,
) -> tuple[Answer, Proof]:
    """Solve with whole numbers, and prove the optimum without trusting presolve.

    Where the duals of the continuous relaxation leave room below the candidate, anything better is
    searched for; what is found is the new candidate.
    """
    shown = replace(shown, on_face=False)
    problem = work.problem(costs)
    start = None
    if outcome.columns is not None:
        start = work.extended(outcome.columns)
        if violation(problem, start) > 1e-6:
            start = None
    known = outcome.columns is not None
    answer = _only_what_the_relaxation_uses(problem, options, watch, relaxed)
    if answer.columns is not None and (start is None or answer.value < problem.cost @ start):
        start = answer.columns
    gain = least_gain(problem, answer.value)
    if answer.status != "optimal" or costs.constant + answer.value - gain > shown.bound:
        answer = solve(problem, options, watch, start=start, known_feasible=known)
        outcome.solves += 1
    while answer.status == "optimal":
        gain = max(least_gain(problem, answer.value), options.gap * abs(answer.value))
        proved = costs.constant + answer.value - gain
        if proved <= shown.bound:
            exact = costs.constant + answer.value if options.gap == 0 else shown.bound
            return answer, replace(shown, bound=exact)
        better = better_than(problem, answer.value, gain, options, watch)
        outcome.solves += 1
        if better.status == "infeasible":  # proved but for the gain, as exact as floats go
            exact = costs.constant + answer.value if options.gap == 0 else proved
            return answer, replace(shown, bound=exact)
        if better.columns is None or better.value > answer.value - gain / 2:
            return replace(answer, status="limit"), shown
        answer = replace(better, status="optimal" if watch.left() else "limit")
    return answer, shown


def _only_what_the_relaxation_uses(
    problem: LinearProblem, options: SolverOptions, watch: Watch, relaxed: FloatArray
) -> Answer:
    """Solve a large problem among the whole columns that its relaxation uses.

    It is far smaller, and often as good as the relaxation: then it is the optimum, proved.
    """
    if len(problem.matrix.value) <= LARGE:
        return Answer("limit", None, np.inf, -np.inf)
    unused = problem.whole & (relaxed < 1e-6) & (problem.lower <= 0)
    upper = np.where(unused, 0.0, problem.upper)
    return solve(replace(problem, upper=upper), options, watch)


def _limit_row(costs: Costs, cap: float) -> Rows:
    """Write the row that keeps an objective at most at a cap.

    It is scaled so that the solver's tolerance is small against the cap.
    """
    used = np.flatnonzero(costs.cost)
    sizes = costs.cost[used]
    scale = float(np.clip(abs(cap), sizes.min(), sizes.max())) if len(used) else 1.0
    row = Rows.at_most("objective", np.array([(cap - costs.constant) / scale]))
    row.add(np.zeros(len(used), dtype=np.int64), used, sizes / scale)
    return row


def _keep(
    work: _Work, costs: Costs, value: float, given_up: tuple[float, float], proof: Proof
) -> None:
    """Keep a finished objective at its value, but for what may be given up.

    Where duals prove the value and nothing may be given up, the optimal face is fixed; otherwise a
    row limits the objective, and the duals narrow what must be whole.
    """
    cap = _cap(value, *given_up)
    on_face = proof.on_face and proof.row_duals is not None and not any(given_up)
    if proof.row_duals is not None:
        room = 0.0 if on_face else max(0.0, cap - proof.dual_bound)
        _narrow(work, costs, proof.row_duals, room)
    if on_face:
        work.held.append((costs, cap))
    else:
        work.limits.append(_limit_row(costs, cap))


def _cap(value: float, tolerance: float, allowance: float) -> float:
    """Return what a finished objective may be at most."""
    return value * (1.0 + tolerance) + allowance + _SLACK * max(1.0, abs(value))


def _keep_least(
    work: _Work, costs: Costs, outcome: Outcome, tolerance: float, allowance: float
) -> None:
    """Keep an objective at the least it can be: all its columns at their lower bounds."""
    assert outcome.columns is not None
    used = costs.cost > 0
    above = outcome.columns[used] - work.lower[used]
    if tolerance or allowance or np.any(above > 1e-9):
        cap = _cap(costs.value(outcome.columns), tolerance, allowance)
        work.limits.append(_limit_row(costs, cap))
    else:
        work.upper[used] = work.lower[used]


def _narrow(work: _Work, costs: Costs, row_duals: FloatArray, room: float) -> None:
    """Narrow bounds and rows to what the duals leave to plans that are good enough.

    By weak duality every plan's objective is the duals' bound plus Σ reduced cost · distance from
    the bound + Σ dual · distance from the row's side, all of them 0 or more: none of them can be
    larger than `room`, what the plans may lie above that bound. This holds for any duals, however
    they were found, and for whole columns too. Without room it leaves just the optimal face.
    """
    problem = work.problem(costs)
    size = len(work.row_lower)
    noise = _NOISE * max(1e-30, float(np.max(np.abs(costs.cost))))
    reduced = problem.cost - problem.matrix.transposed_times(row_duals, len(problem.cost))
    whole = work.model.layout.whole
    _narrow_side(work.lower, work.upper, reduced[: len(whole)], room, noise, whole)
    if room:
        return  # rows with narrow ranges only trouble the solver
    no_row_is_whole = np.zeros(size, dtype=np.bool_)
    _narrow_side(work.row_lower, work.row_upper, row_duals[:size], room, noise, no_row_is_whole)
    for limit, dual in zip(work.limits, row_duals[size:], strict=False):
        if abs(dual) > noise:
            limit.lower = limit.upper


def _narrow_side(
    lower: FloatArray,
    upper: FloatArray,
    duals: FloatArray,
    room: float,
    noise: float,
    whole: BoolArray,
) -> None:
    """Bring the far side of what has a dual as near as the room allows, in place.

    With room only what must be whole is narrowed: it stays whole, and no sliver of a range is made.
    """
    for side in (1.0, -1.0):
        has_dual = (side * duals > noise) & np.isfinite(lower if side > 0 else upper)
        held = np.flatnonzero(has_dual & whole if room else has_dual)
        reach = np.floor(room / np.abs(duals[held]) + 1e-6)
        if side > 0:
            upper[held] = np.minimum(upper[held], lower[held] + reach)
        else:
            lower[held] = np.maximum(lower[held], upper[held] - reach)
