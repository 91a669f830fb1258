"""Polishing: a solution with whole numbers freed of what only rounding bought.

In: a solution that keeps the finished objectives but for a slack. Out: one with the same whole numbers
whose other columns went through the objectives once more, each on the exact face of the last. A
finished objective is held by a row with a slack of rounding's size, and what that slack buys of a later
objective is no real gain: were it held, too, only those plans would be left that buy it.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.holding import SLACK, Proof, keep, limit_row
from ringtausch.planning.model import Model
from ringtausch.planning.single import solve_without_circles
from ringtausch.planning.solver import LARGE, SolverOptions, Warm
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Near, Outcome, Run, Work

__all__ = ["carried", "is_slack_used", "polished"]

#: The share of a slack that counts as used.
_USED = 1e-2


def is_slack_used(work: Work, columns: FloatArray) -> bool:
    """Tell whether a solution is worse in a finished objective than its value, within the slack."""
    return work.is_whole and any(
        costs.value(columns) > value + _USED * SLACK * max(1.0, abs(value))
        for costs, value in work.values
    )


def polished(
    work: Work, columns: FloatArray, last: str, options: SolverOptions, watch: Watch
) -> FloatArray:
    """Round what must be whole and optimise the rest once more, so that nothing rests on rounding.

    The continuous columns go through the objectives again, up to the last of them; those that may give
    something up keep to their caps. Where the rounded columns leave nothing the solution stays as it
    was.
    """
    if not work.is_whole:
        return columns
    basis: Warm | None = None
    model = work.model
    fixed = Work.begin(model)
    fixed.decided = True
    fixed.lower[model.whole] = fixed.upper[model.whole] = np.round(columns[model.whole])
    fixed.upper[model.layout.dispatches.column[_on_unused_ways(model, columns)]] = 0.0
    outcome = Outcome("unknown")
    run = Run(options, Watch(effort=watch.effort), outcome)  # however little time is left
    for name, costs in model.objectives.items():
        if name in work.caps:
            fixed.limits.append(limit_row(costs, work.caps[name]))
        else:
            answer, proof = solve_without_circles(fixed, costs, run, Near(basis))
            if answer.columns is None or answer.status != "optimal":
                return columns
            outcome.columns, basis = answer.columns[: model.columns], carried(fixed, proof)
            keep(fixed, costs, costs.value(outcome.columns), (0.0, 0.0), proof)
        if name == last:
            break
    return columns if outcome.columns is None else outcome.columns


def _on_unused_ways(model: Model, columns: FloatArray) -> BoolArray:
    """(dispatch,) Tell which go where the solution sends nothing: without them no new circle can arise."""
    x = model.layout.dispatches
    way = (x.giver * len(model.layout.facts.names.parties) + x.receiver) * (
        x.item.max(initial=0) + 1
    )
    way += x.item
    return ~np.isin(way, way[columns[x.column] > 0])


def carried(work: Work, proof: Proof) -> Warm | None:
    """Return the basis that the next objective starts from, None where a fresh start is better.

    With circles forbidden rows change their places; for large models with whole numbers interior
    point is faster than primal simplex from a basis.
    """
    large = len(work.model.matrix.value) > LARGE
    if proof.basis is None or work.cuts.arrows or (large and work.is_whole):
        return None
    return proof.basis
