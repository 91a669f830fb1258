"""The lightest set of things that meets every one of some sets: a small problem with whole numbers.

In: sets of numbers, and what each number weighs. Out: numbers. Knows nothing of scenarios.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem, SolverOptions, solve
from ringtausch.planning.watch import Watch

__all__ = ["lightest_hitting_set"]


def lightest_hitting_set(
    sets: Sequence[frozenset[int]], weights: Sequence[float], watch: Watch
) -> frozenset[int] | None:
    """Return numbers of the least total weight of which every set has one; None without time.

    Examples
    --------
    >>> hit = lightest_hitting_set([frozenset({0, 1}), frozenset({1, 2})], [1.0, 1.0, 1.0], Watch())
    >>> sorted(hit)
    [1]
    """
    if not sets:
        return frozenset()
    named = sorted(frozenset().union(*sets))
    column = {number: place for place, number in enumerate(named)}
    members = [sorted(column[number] for number in found) for found in sets]
    count = len(named)
    problem = LinearProblem(
        cost=np.array([weights[number] for number in named], dtype=np.float64),
        lower=np.zeros(count),
        upper=np.ones(count),
        whole=np.ones(count, dtype=np.bool_),
        matrix=Matrix(
            start=np.cumsum([0, *map(len, members)]).astype(np.int64),
            column=np.concatenate(members).astype(np.int64),
            value=np.ones(sum(map(len, members))),
            lower=np.ones(len(members)),
            upper=np.full(len(members), np.inf),
        ),
    )
    answer = solve(problem, SolverOptions(), watch)
    if answer.status != "optimal" or answer.columns is None:
        return None
    return frozenset(number for number in named if answer.columns[column[number]] > 0.5)
