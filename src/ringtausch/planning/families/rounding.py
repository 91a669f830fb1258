"""Rounding: a solution with fractions made whole, family by family.

In: the relaxation's solution. Out: a whole one near it, or none. A family is planned anew with whole
numbers while the others stay, with fractions still or whole already, so that the linking rows hold
all along: each gets about the money that the relaxation gave it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.choosing import plan_anew, settle_shared
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.pricing import PATIENCE, Limits, solve_whole
from ringtausch.planning.families.splitting import Parts
from ringtausch.planning.solver import LinearProblem
from ringtausch.planning.watch import Watch

__all__ = ["made_whole"]


def made_whole(
    problem: LinearProblem,
    parts: Parts,
    columns: FloatArray,
    standing: FloatArray,
    crew: Crew,
    watch: Watch,
) -> FloatArray | None:
    """Plan families anew with whole numbers, from a solution that need not be whole.

    Parameters
    ----------
    columns
        (column,) Obeys all rows and bounds.
    standing
        (column,) A whole solution: a family that finds no plan near the relaxation's keeps to this.

    Returns
    -------
    FloatArray
        (column,) A solution that is whole; None where the linking rows cannot hold with it.
    """
    waiting = deque(_fractional(parts, columns))
    while waiting and watch.left() > 0:
        batch = [waiting.popleft() for _ in range(min(len(crew.lanes), len(waiting)))]
        anew = [plan_anew(problem, parts, (number,), columns) for number in batch]
        limits = Limits(min(PATIENCE, watch.left()), 1e-4)
        replies = crew.results(
            [crew.submit(lane, solve_whole, one.problem, limits) for lane, one in enumerate(anew)],
            watch,
        )
        for number, reply in zip(batch, replies or [], strict=False):
            own = parts.families[number].columns
            found = None
            if reply.columns is not None:
                found = _with(problem, parts, columns, {number: reply.columns[: len(own)]})
            if found is None:
                found = _with(problem, parts, columns, {number: standing[own]})
            if found is not None:
                columns = found
    left = _fractional(parts, columns)
    others = {number: standing[parts.families[number].columns] for number in left}
    return _with(problem, parts, columns, others) if left else columns


def _with(
    problem: LinearProblem, parts: Parts, columns: FloatArray, plans: Mapping[int, FloatArray]
) -> FloatArray | None:
    """Put other plans of families into a solution; None where the linking rows do not hold then."""
    changed = columns.copy()
    for number, plan in plans.items():
        changed[parts.families[number].columns] = plan
    return settle_shared(problem, parts, changed, Limits())


def _fractional(parts: Parts, columns: FloatArray) -> list[int]:
    """Name the families that are not whole, the costliest first."""
    found = []
    for number, family in enumerate(parts.families):
        own = columns[family.columns][family.problem.whole]
        if np.any(np.abs(own - np.round(own)) > 1e-7):
            found.append(number)
    costs = [float(family.problem.cost @ columns[family.columns]) for family in parts.families]
    return sorted(found, key=lambda number: -costs[number])
