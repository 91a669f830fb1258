"""Anew: some families planned anew while all others stay, and the shared columns that go with plans.

In: a solution. Out: the problem of planning a few families with what the others leave of money and
other links; with no family at all it is the shared columns that are settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray, expand_windows
from ringtausch.planning.families.pricing import Limits, solve_whole
from ringtausch.planning.families.splitting import Parts
from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem

__all__ = ["Anew", "plan_anew", "settle_shared"]


@dataclass(frozen=True)
class Anew:
    """Some families planned anew: their problem with the shared columns, and where these stand."""

    problem: LinearProblem
    columns: IntArray  # (own column,) its number in the whole problem


def plan_anew(
    problem: LinearProblem, parts: Parts, numbers: Sequence[int], columns: FloatArray
) -> Anew:
    """Write the problem of planning some families anew while all others stay as they are."""
    families = [parts.families[number] for number in numbers]
    own = np.concatenate([*(family.columns for family in families), parts.shared.columns])
    rows = np.concatenate([*(family.rows for family in families), parts.shared.rows, parts.links])
    part = _cut(problem, rows, own)
    links = _cut(problem, parts.links, np.arange(len(problem.cost)))
    others = columns.copy()
    others[own] = 0.0
    used = links.matrix.times(others)
    lower, upper = part.matrix.lower.copy(), part.matrix.upper.copy()
    first = len(rows) - len(parts.links)
    lower[first:] -= used
    upper[first:] -= used
    return Anew(replace(part, matrix=replace(part.matrix, lower=lower, upper=upper)), own)


def settle_shared(
    problem: LinearProblem, parts: Parts, columns: FloatArray, limits: Limits
) -> FloatArray | None:
    """Find the best shared columns for families' plans; None where the linking rows cannot hold."""
    anew = plan_anew(problem, parts, (), columns)
    reply = solve_whole(anew.problem, limits)
    if reply.columns is None:
        return None
    settled = columns.copy()
    settled[anew.columns] = reply.columns
    return settled


def _cut(problem: LinearProblem, rows: IntArray, columns: IntArray) -> LinearProblem:
    """Cut some rows and columns out of a problem; entries in other columns are left out."""
    matrix = problem.matrix
    place = np.full(len(problem.cost), -1, dtype=np.int64)
    place[columns] = np.arange(len(columns))
    row, entry = expand_windows(matrix.start[rows], matrix.start[rows + 1])
    kept = place[matrix.column[entry]] >= 0
    return LinearProblem(
        problem.cost[columns],
        problem.lower[columns],
        problem.upper[columns],
        problem.whole[columns],
        Matrix(
            start=np.searchsorted(row[kept], np.arange(len(rows) + 1)),
            column=place[matrix.column[entry[kept]]],
            value=matrix.value[entry[kept]],
            lower=matrix.lower[rows],
            upper=matrix.upper[rows],
        ),
    )
