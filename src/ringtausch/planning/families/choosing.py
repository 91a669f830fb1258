"""Choosing: whole solutions put together from families' plans, so that the linking rows hold.

In: plans of families. Out: the best choice of one plan for each, with the shared columns that go with
it; or, for some families at once, the problem of planning them anew while the others stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray
from ringtausch.planning.families.pricing import Limits, solve_whole
from ringtausch.planning.families.splitting import Parts
from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem

__all__ = ["Anew", "choose", "plan_anew", "settle_shared"]


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


def choose(
    problem: LinearProblem,
    parts: Parts,
    plans: Mapping[int, Sequence[FloatArray]],
    columns: FloatArray,
    limits: Limits,
) -> FloatArray | None:
    """Choose a plan for each family, so that all together are best; others stay as they are.

    Parameters
    ----------
    plans
        By number of the family: (own column,) each. What stands already is a choice too.
    columns
        (column,) A solution that obeys everything.
    """
    anew = plan_anew(problem, parts, (), columns)
    links, shared = len(parts.links), len(parts.shared.columns)
    choices: list[tuple[int, FloatArray]] = []
    values, uses = [], []
    for number, offered in plans.items():
        family = parts.families[number]
        now = columns[family.columns]
        for plan in offered:
            choices.append((number, plan))
            values.append(float(family.problem.cost @ (plan - now)))
            uses.append(family.used(plan - now, links))
    if not choices:
        return None
    problem_of_choice = _choice_problem(anew.problem, [n for n, _ in choices], values, uses)
    start = np.concatenate([columns[parts.shared.columns], np.zeros(len(choices))])
    reply = solve_whole(problem_of_choice, limits, start)
    if reply.columns is None:
        return None
    chosen = columns.copy()
    chosen[parts.shared.columns] = reply.columns[:shared]
    for (number, plan), share in zip(choices, reply.columns[shared:], strict=True):
        if share > 0.5:
            chosen[parts.families[number].columns] = plan
    return chosen


def _choice_problem(
    shared: LinearProblem, numbers: list[int], values: list[float], uses: list[FloatArray]
) -> LinearProblem:
    """Put yes-or-no columns beside the shared ones: each a plan instead of the one that stands."""
    matrix, first = shared.matrix, len(shared.cost)
    rows_before, count = len(matrix.lower), len(numbers)
    first_link = rows_before - (len(uses[0]) if uses else 0)
    _, one_of = np.unique(numbers, return_inverse=True)
    families = int(one_of.max()) + 1
    row = [np.repeat(np.arange(rows_before), np.diff(matrix.start)), rows_before + one_of]
    column = [matrix.column, first + np.arange(count)]
    value = [matrix.value, np.ones(count)]
    for at, use in enumerate(uses):
        moved = np.flatnonzero(np.abs(use) > 1e-11)
        row.append(first_link + moved)
        column.append(np.full(len(moved), first + at))
        value.append(use[moved])
    rows, columns, entries = (np.concatenate(part) for part in (row, column, value))
    order = np.argsort(rows, kind="stable")
    return LinearProblem(
        cost=np.concatenate([shared.cost, values]),
        lower=np.concatenate([shared.lower, np.zeros(count)]),
        upper=np.concatenate([shared.upper, np.ones(count)]),
        whole=np.concatenate([shared.whole, np.ones(count, dtype=np.bool_)]),
        matrix=Matrix(
            start=np.searchsorted(rows[order], np.arange(rows_before + families + 1)),
            column=columns[order],
            value=entries[order],
            lower=np.concatenate([matrix.lower, np.full(families, -np.inf)]),
            upper=np.concatenate([matrix.upper, np.ones(families)]),
        ),
    )


def _cut(problem: LinearProblem, rows: IntArray, columns: IntArray) -> LinearProblem:
    """Cut some rows and columns out of a problem; entries in other columns are left out."""
    matrix = problem.matrix
    place = np.full(len(problem.cost), -1, dtype=np.int64)
    place[columns] = np.arange(len(columns))
    lengths = np.diff(matrix.start)[rows]
    first = np.cumsum(lengths) - lengths
    entry = np.repeat(matrix.start[rows] - first, lengths) + np.arange(lengths.sum())
    row = np.repeat(np.arange(len(rows)), lengths)
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
