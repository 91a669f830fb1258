"""Pricing: a family's best answer to the prices of the linking rows, in whichever process it lives.

In: a family's problem, once, then costs again and again. Out: columns, value, and a bound that is
computed anew. The solver is kept between questions: with other costs the last basis is feasible still.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.loading import pass_model
from ringtausch.planning.solver import WHOLE_TOLERANCE, LinearProblem, dual_bound, violation

__all__ = [
    "PATIENCE",
    "Limits",
    "NotKept",
    "Reply",
    "forget",
    "keep_family",
    "price_relaxed",
    "price_whole",
]

#: Seconds that one family may take: another one may give more.
PATIENCE = 3.0
#: A cluster may serve several runs at once; more than so many have ended without a word.
_MOST_RUNS = 8


class NotKept(LookupError):  # noqa: N818 - says what is the case
    """A family is asked about that this process does not keep: it has to be sent again."""


@dataclass(frozen=True)
class Limits:
    """How long a family may be worked on, and what distance of value and bound is good enough.

    `until` is a time of day, as `time.time` tells it: families that wait in one lane share it.
    """

    seconds: float = np.inf
    gap: float = 1e-7
    until: float = np.inf

    @property
    def left(self) -> float:
        """The seconds that are left from now on, at least a moment."""
        return max(0.01, min(self.seconds, self.until - time.time()))


@dataclass(frozen=True)
class Reply:
    """A family's answer: columns only where there is a solution; the bound holds in any case."""

    columns: FloatArray | None
    value: float
    bound: float
    row_duals: FloatArray | None = None
    iterations: int = 0
    nodes: int = 0
    is_infeasible: bool = False


@dataclass
class _Kept:
    problem: LinearProblem
    highs: Any = None


_kept: dict[tuple[str, int], _Kept] = {}


def keep_family(run: str, number: int, problem: LinearProblem) -> None:
    """Keep a family's problem in this process; the runs begun longest ago are forgotten."""
    _kept[run, number] = _Kept(problem)
    runs = list(dict.fromkeys(key[0] for key in list(_kept)))
    for old in runs[:-_MOST_RUNS]:
        forget(old)


def forget(run: str) -> None:
    """Forget the families of a run."""
    for key in [key for key in list(_kept) if key[0] == run]:
        _kept.pop(key, None)


def _family(run: str, number: int) -> _Kept:
    kept = _kept.get((run, number))
    if kept is None:
        raise NotKept(run, number)
    return kept


def price_relaxed(run: str, number: int, cost: FloatArray, limits: Limits) -> Reply:
    """Minimise other costs over a family without regard to what must be whole."""
    kept = _family(run, number)
    relaxed = replace(kept.problem, cost=cost).continuous
    if not len(cost):
        return _nothing_to_decide(relaxed)
    if kept.highs is None:
        kept.highs = _loaded(relaxed)
    highs = kept.highs
    highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
    if np.isfinite(limits.left):
        highs.setOptionValue("time_limit", highs.getRunTime() + limits.left)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Reply(None, np.inf, np.inf, is_infeasible=True)
    if status != highspy.HighsModelStatus.kOptimal:
        return Reply(None, np.inf, -np.inf)
    solution = highs.getSolution()
    columns = np.array(solution.col_value)
    duals = _one_sided(relaxed, np.array(solution.row_dual))
    value = float(cost @ columns)
    bound = min(value, dual_bound(relaxed, duals))
    return Reply(columns, value, bound, duals, int(highs.getInfo().simplex_iteration_count))


def price_whole(
    run: str, number: int, cost: FloatArray, limits: Limits, start: FloatArray | None = None
) -> Reply:
    """Minimise other costs over a family, with whole numbers; what must be whole is rounded."""
    problem = replace(_family(run, number).problem, cost=cost)
    return solve_whole(problem, limits, start)


def solve_whole(problem: LinearProblem, limits: Limits, start: FloatArray | None = None) -> Reply:
    """Minimise over a small problem with whole numbers, from a solution where one is known.

    Without presolve: on families it has cut off what is best, and called infeasible what has a solution;
    from a start it then said that this is the best. The bound would be false, and seldom seen to be.
    """
    if not len(problem.cost):
        return _nothing_to_decide(problem)
    highs = _loaded(problem)
    for name, option in (
        ("mip_rel_gap", limits.gap),
        ("mip_abs_gap", limits.gap),
        ("mip_feasibility_tolerance", WHOLE_TOLERANCE),
        ("mip_heuristic_effort", 0.0),  # in so small a problem they only take time
        ("mip_heuristic_run_feasibility_jump", False),
    ):
        highs.setOptionValue(name, option)
    if problem.whole.any():
        highs.setOptionValue("presolve", "off")
    if np.isfinite(limits.left):
        highs.setOptionValue("time_limit", limits.left)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start
        highs.setSolution(known)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        highs.setOptionValue("presolve", "off")  # presolve has been seen to say so of what has some
        highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    is_known = start is not None and violation(problem, start) <= 1e-6
    if status == highspy.HighsModelStatus.kInfeasible and not is_known:
        return Reply(None, np.inf, np.inf, is_infeasible=True)
    bound = -np.inf if status == highspy.HighsModelStatus.kInfeasible else _proved(problem, highs)
    columns = _clean(problem, np.array(highs.getSolution().col_value))
    is_found = info.primal_solution_status == 2 and len(columns) == len(problem.cost)
    if not is_found or violation(problem, columns) > 1e-6:
        if start is None or not is_known:
            return Reply(None, np.inf, bound)
        columns = start
    value = float(problem.cost @ columns)
    nodes = max(0, int(info.mip_node_count))
    return Reply(columns, value, min(bound, value), None, info.simplex_iteration_count, nodes)


def _proved(problem: LinearProblem, highs: Any) -> float:
    """Return the bound that a run has proved: without whole numbers computed anew from its duals."""
    if problem.whole.any():
        bound = float(highs.getInfo().mip_dual_bound)
        return bound if np.isfinite(bound) else -np.inf
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return -np.inf
    return dual_bound(problem, _one_sided(problem, np.array(highs.getSolution().row_dual)))


def _nothing_to_decide(problem: LinearProblem) -> Reply:
    """Answer for a problem without columns, which the solver does not call solved."""
    nothing = np.zeros(0)
    if violation(problem, nothing) > 1e-6:
        return Reply(None, np.inf, np.inf, is_infeasible=True)
    return Reply(nothing, 0.0, 0.0, np.zeros(len(problem.matrix.lower)))


def _one_sided(problem: LinearProblem, duals: FloatArray) -> FloatArray:
    """Drop duals that point to a side that a row has not: any duals prove, but these prove nothing."""
    lower, upper = problem.matrix.lower, problem.matrix.upper
    pointless = ((duals > 0) & np.isneginf(lower)) | ((duals < 0) & np.isposinf(upper))
    return np.where(pointless, 0.0, duals)


def _clean(problem: LinearProblem, columns: FloatArray) -> FloatArray:
    """Round what must be whole, and keep to the bounds: dust of one family blocks another's rows."""
    if len(columns) != len(problem.cost):
        return columns
    columns = np.where(problem.whole, np.round(columns), columns)
    columns[np.abs(columns) < 1e-9] = 0.0
    return np.clip(columns, problem.lower, problem.upper)


def _loaded(problem: LinearProblem) -> Any:
    """Make a solver of one thread that holds a problem."""
    highspy.Highs.resetGlobalScheduler(True)
    highs = highspy.Highs()
    for name, option in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("primal_feasibility_tolerance", 1e-8),
        ("dual_feasibility_tolerance", 1e-8),
    ):
        highs.setOptionValue(name, option)
    pass_model(highs, problem)
    return highs
