"""Holding a finished objective at its value while the later ones are solved.

In: the problem as it stands and what was proved of the objective. Out: the same problem, narrowed.
After a continuous solve the optimal face is fixed by its duals; with whole numbers, or where an
objective may give something up, a row bounds it instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.objectives import Costs
from ringtausch.planning.rows import Rows
from ringtausch.planning.solver import LinearProblem, Warm
from ringtausch.planning.work import Outcome, Work

__all__ = [
    "SLACK",
    "Proof",
    "cap_of",
    "face_of",
    "keep",
    "keep_least",
    "limit_row",
    "most_of",
    "slack_of",
]

#: What a finished objective may be worse by, relative to its size, so that rounding does not bite.
SLACK = 1e-9
#: Reduced costs and duals smaller than this, relative to the largest cost, prove nothing.
_NOISE = 1e-9


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
    basis: Warm | None = None  # of the relaxation, where the next objective may start from


def limit_row(costs: Costs, cap: float, slack: float = 0.0) -> Rows:
    """Write the row that keeps an objective at most at a cap, of which some may be slack.

    It is scaled so that the solver's tolerance is small against the cap.
    """
    used = np.flatnonzero(costs.cost)
    sizes = costs.cost[used]
    scale = float(np.clip(abs(cap), sizes.min(), sizes.max())) if len(used) else 1.0
    row = Rows.at_most("objective", np.array([(cap - costs.constant) / scale]))
    row.add(np.zeros(len(used), dtype=np.int64), used, sizes / scale)
    row.slack = slack / scale
    return row


def keep(
    work: Work, costs: Costs, value: float, given_up: tuple[float, float], proof: Proof
) -> None:
    """Keep a finished objective at its value, but for what may be given up.

    Where duals prove the value and nothing may be given up, the optimal face is fixed; otherwise a
    row limits the objective, and the duals narrow what must be whole.
    """
    cap = cap_of(value, *given_up)
    on_face = proof.on_face and proof.row_duals is not None and not any(given_up)
    if proof.row_duals is not None:
        room = 0.0 if on_face else max(0.0, cap - proof.dual_bound)
        _narrow(work, costs, proof.row_duals, room)
    if on_face:
        work.held.append((costs, cap))
    else:
        work.limits.append(limit_row(costs, cap, slack_of(value)))


def cap_of(value: float, tolerance: float, allowance: float) -> float:
    """Return what a finished objective may be at most."""
    return most_of(value, tolerance, allowance) + slack_of(value)


def most_of(value: float, tolerance: float, allowance: float) -> float:
    """Return the same without what is there for rounding alone."""
    return value * (1.0 + tolerance) + allowance


def slack_of(value: float) -> float:
    """Return what a finished objective may be worse by for rounding alone."""
    return SLACK * max(1.0, abs(value))


def keep_least(
    work: Work, costs: Costs, outcome: Outcome, tolerance: float, allowance: float
) -> None:
    """Keep an objective at the least it can be: all its columns at their lower bounds."""
    assert outcome.columns is not None
    used = costs.cost > 0
    above = outcome.columns[used] - work.lower[used]
    if tolerance or allowance or np.any(above > 1e-9) or np.any(costs.cost < 0):
        value = costs.value(outcome.columns)
        cap = cap_of(value, tolerance, allowance)
        work.limits.append(limit_row(costs, cap, slack_of(value)))
    else:
        work.upper[used] = work.lower[used]


def _narrow(work: Work, costs: Costs, row_duals: FloatArray, room: float) -> None:
    """Narrow bounds and rows to what the duals leave to plans that are good enough.

    By weak duality every plan's objective is the duals' bound plus Σ reduced cost · distance from
    the bound + Σ dual · distance from the row's side, all of them 0 or more: none of them can be
    larger than `room`, what the plans may lie above that bound. This holds for any duals, however
    they were found, and for whole columns too. Without room it leaves just the optimal face.
    """
    problem = work.problem(costs)
    size = len(work.row_lower)
    noise = _NOISE * max(1e-30, float(np.max(np.abs(costs.cost), initial=0.0)))
    reduced = problem.cost - problem.matrix.transposed_times(row_duals, len(problem.cost))
    whole = work.model.whole
    _narrow_side(work.lower, work.upper, reduced[: len(whole)], room, noise, whole)
    if room:
        return  # rows with narrow ranges only trouble the solver
    no_row_is_whole = np.zeros(size, dtype=np.bool_)
    _narrow_side(work.row_lower, work.row_upper, row_duals[:size], room, noise, no_row_is_whole)
    for limit, dual in zip(work.limits, row_duals[size:], strict=False):
        if abs(dual) > noise:
            limit.lower = limit.upper


def face_of(problem: LinearProblem, row_duals: FloatArray) -> LinearProblem:
    """Narrow a problem to the face of its best solutions: what has a price stays at its side.

    As for `keep`, of a problem that stands alone; the duals are those of its continuous optimum.
    """
    noise = _NOISE * max(1e-30, float(np.max(np.abs(problem.cost), initial=0.0)))
    reduced = problem.cost - problem.matrix.transposed_times(row_duals, len(problem.cost))
    lower, upper = problem.lower.copy(), problem.upper.copy()
    row_lower, row_upper = problem.matrix.lower.copy(), problem.matrix.upper.copy()
    _narrow_side(lower, upper, reduced, 0.0, noise, problem.whole)
    _narrow_side(row_lower, row_upper, row_duals, 0.0, noise, np.zeros(0, dtype=np.bool_))
    matrix = replace(problem.matrix, lower=row_lower, upper=row_upper)
    return replace(problem, lower=lower, upper=upper, matrix=matrix)


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
