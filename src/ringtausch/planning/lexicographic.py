"""The lexicographic solve: one objective after the other, each among the best plans of the former.

In: a model. Out: columns with, for each objective, its value and the bound proved for it. Each is
solved by `single` and then held by `holding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.holding import Proof, keep, keep_least, most_of
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.polishing import carried, is_slack_used, polished
from ringtausch.planning.single import solve_or_loosen, solve_without_circles
from ringtausch.planning.solver import LARGE, SolverOptions, Warm
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Near, Outcome, Run, Work, is_reached

__all__ = ["Outcome", "has_plan", "solve_in_order"]

#: What a slack may buy without having decided anything, beside the objective's size.
_DECISIVE = 1e-6


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
    last, polished_for = next(reversed(model.objectives), ""), ""
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
            basis = carried(work, proof)
            outcome.near[name] = _for_similar(proof)
            if is_slack_used(work, outcome.columns):
                proof = _freed_of_slack(work, name, costs, run, proof)
                polished_for = name
            keep(work, costs, costs.value(outcome.columns), given_up, proof)
        assert outcome.columns is not None
        value = costs.value(outcome.columns)
        most = most_of(value, *given_up)
        if any(given_up):
            work.caps[name] = most
        work.values.append((costs, most))
    else:
        outcome.status = "optimal" if _all_proved(model, outcome, options) else "feasible"
    if outcome.columns is not None:
        was_before = start is not None and np.array_equal(outcome.columns, start)
        if polished_for != last and not was_before:
            outcome.columns = polished(work, outcome.columns, last, options, watch)
        if outcome.drop_refuted(model) or outcome.status == "unknown":
            outcome.status = "feasible"
    return outcome


def _freed_of_slack(work: Work, name: str, costs: Costs, run: Run, proof: Proof) -> Proof:
    """Take from the solution what only the slack of earlier objectives buys; return what is proved.

    Where the whole numbers themselves are the best only thanks to the slack, they are sought anew
    without it. The duals are not those of a face then, but of what the slack buys.
    """
    outcome, options, watch = run.outcome, run.options, run.watch
    assert outcome.columns is not None
    bought = costs.value(outcome.columns)
    outcome.columns = polished(work, outcome.columns, name, options, watch)
    value = costs.value(outcome.columns)
    if value - bought > _DECISIVE * max(1.0, abs(value)):
        answer, exact = solve_or_loosen(work.without_slack(), costs, run, Near())
        if answer.status == "optimal" and answer.columns is not None:
            outcome.take(name, answer, max(work.least(costs), exact.bound), work.model.columns)
            outcome.columns = polished(work, outcome.columns, name, options, watch)
            proof = exact
    return replace(proof, on_face=False)


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
        columns is not None and is_reached(model.objectives[name].value(columns), bound)
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


def _at_least_possible(work: Work, costs: Costs, outcome: Outcome) -> bool:
    """Tell whether the solution at hand is as good in an objective as any plan could be."""
    columns = outcome.columns
    return columns is not None and is_reached(costs.value(columns), work.least(costs))
