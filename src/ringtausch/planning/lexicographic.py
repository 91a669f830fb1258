"""The lexicographic solve: one objective after the other, each among the best plans of the former.

In: a model. Out: columns with, for each objective, its value and the bound proved for it. Each is
solved by `single` and then held by `holding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.holding import Proof, cap_of, keep, keep_least, limit_row
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.single import solve_or_loosen, solve_without_circles
from ringtausch.planning.solver import LARGE, SolverOptions, Warm
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Near, Outcome, Run, Work

__all__ = ["Outcome", "has_plan", "solve_in_order"]


def solve_in_order(
    model: Model,
    tolerance: Mapping[str, float],
    allowance: Mapping[str, float],
    options: SolverOptions,
    watch: Watch,
    start: FloatArray | None = None,
    near: Mapping[str, Near] | None = None,
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
    start
        (column,) A solution that is known; what it reaches already is proved, not searched for.
    near
        What the relaxations of a similar model showed, where `start` is the best solution of that.
    """
    work = Work.begin(model)
    outcome = Outcome("unknown", start, effort=watch.effort)
    run = Run(options, watch, outcome)
    basis: Warm | None = None
    for step, (name, costs) in enumerate(model.objectives.items(), start=1):
        watch.begin(name, step, len(model.objectives))
        given_up = tolerance.get(name, 0.0), allowance.get(name, 0.0)
        if _at_least_possible(work, costs, outcome):
            outcome.bounds[name] = work.least(costs)  # nothing to solve: it cannot be better
            keep_least(work, costs, outcome, *given_up)
        else:
            answer, proof = solve_or_loosen(
                work, costs, run, _nearest(work, basis, (near or {}).get(name))
            )
            if answer.status == "infeasible":
                return replace(outcome, status="infeasible")
            outcome.take(name, answer, max(work.least(costs), proof.bound), model.columns)
            if answer.status == "limit" or outcome.columns is None:
                break
            basis = _carried(work, proof)
            outcome.near[name] = _for_similar(proof)
            keep(work, costs, costs.value(outcome.columns), given_up, proof)
        if any(given_up) and outcome.columns is not None:
            work.caps[name] = cap_of(costs.value(outcome.columns), *given_up)
    else:
        outcome.status = "optimal" if _all_proved(model, outcome, options) else "feasible"
    if outcome.columns is not None:
        if start is None or not np.array_equal(outcome.columns, start):  # polished before
            outcome.columns = _polished(work, outcome.columns, options, watch)
        if outcome.status == "unknown":
            outcome.status = "feasible"
    return outcome


def _carried(work: Work, proof: Proof) -> Warm | None:
    """Return the basis that the next objective starts from, None where a fresh start is better.

    With circles forbidden rows change their places; for large models with whole numbers interior
    point is faster than primal simplex from a basis.
    """
    large = len(work.model.matrix.value) > LARGE
    if proof.basis is None or work.cuts.arrows or (large and work.is_whole):
        return None
    return proof.basis


def _for_similar(proof: Proof) -> Near:
    """Return what a similar model may begin with at this objective."""
    basis = None if proof.basis is None else replace(proof.basis, feasible=False)
    return Near(basis, proof.dual_bound)


def _nearest(work: Work, carried: Warm | None, similar: Near | None) -> Near:
    """Choose the basis to start an objective from.

    For a large model that of a similar one of the same shape spares the interior point method; a small
    one is done sooner from its own former objective.
    """
    if similar is None:
        return Near(carried)
    basis = similar.basis
    rows = len(work.row_lower) + len(work.limits)
    fits = (
        basis is not None
        and len(work.model.matrix.value) > LARGE
        and not work.cuts.arrows
        and (basis.rows, basis.columns) == (rows, work.model.columns)
    )
    return Near(basis if fits else carried, similar.relaxed)


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
    run = Run(options, watch, Outcome("unknown"))
    answer, _ = solve_without_circles(Work.begin(model), nothing, run, Near())
    if answer.columns is not None:
        return True
    return False if answer.status == "infeasible" else None


def _polished(work: Work, columns: FloatArray, options: SolverOptions, watch: Watch) -> FloatArray:
    """Round what must be whole and optimise the rest once more, so that nothing rests on rounding.

    The continuous columns go through all objectives again; those that may give something up keep to
    their caps. Where the rounded columns leave nothing the solution stays as it was.
    """
    if not work.is_whole:
        return columns
    basis: Warm | None = None
    model, whole, x = work.model, work.model.whole, work.model.layout.dispatches
    fixed = Work.begin(model)
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
    run = Run(options, Watch(effort=watch.effort), outcome)  # however little time is left
    for name, costs in model.objectives.items():
        if name in work.caps:
            fixed.limits.append(limit_row(costs, work.caps[name]))
            continue
        answer, proof = solve_without_circles(fixed, costs, run, Near(basis))
        if answer.columns is None or answer.status != "optimal":
            return columns
        outcome.columns, basis = answer.columns[: model.columns], _carried(fixed, proof)
        keep(fixed, costs, costs.value(outcome.columns), (0.0, 0.0), proof)
    return columns if outcome.columns is None else outcome.columns


def _at_least_possible(work: Work, costs: Costs, outcome: Outcome) -> bool:
    """Tell whether the solution at hand is as good in an objective as any plan could be."""
    columns = outcome.columns
    return columns is not None and _reached(costs.value(columns), work.least(costs))


def _reached(value: float, bound: float) -> bool:
    return value <= bound + 1e-6 * max(1.0, abs(bound))
