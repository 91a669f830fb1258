"""Deciding: whole numbers taken from families' plans, and the best of all the rest around them.

In: a plan of each family, made at prices with whole numbers. Out: a solution that keeps these, or none.
What must be whole is a small part of a plan, and what it costs seldom comes to just the money there is:
all that can be had in fractions makes up for it at the price of the margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.anew import settle_shared
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.pricing import Limits
from ringtausch.planning.families.relaxation import solve_by_families
from ringtausch.planning.families.splitting import Parts
from ringtausch.planning.solver import LinearProblem
from ringtausch.planning.watch import Watch

__all__ = ["with_best_rest"]

#: How near the best rest is near enough, beside its size.
_NEAR = 5e-4
#: Heights of the first prices beside those that the plans were made at.
_HEIGHTS = (1.0, 1.1, 1.3, 0.9)


def with_best_rest(
    problem: LinearProblem,
    parts: Parts,
    plans: Sequence[FloatArray],
    prices: FloatArray,
    crew: Crew,
    watch: Watch,
) -> FloatArray | None:
    """Keep the whole numbers of families' plans, and find the best of all else.

    Parameters
    ----------
    plans
        (own column,) of each family.
    prices
        (link,) Prices that the plans were made at.

    Returns
    -------
    FloatArray
        (column,) A solution that is whole; None where the linking rows cannot hold with these numbers.
    """
    columns = np.zeros(len(problem.cost))
    for family, plan in zip(parts.families, plans, strict=True):
        columns[family.columns] = plan
    columns = np.where(problem.whole, np.round(columns), columns)
    lower = np.where(problem.whole, columns, problem.lower)
    upper = np.where(problem.whole, columns, problem.upper)
    rest = replace(problem, lower=lower, upper=upper).continuous
    families = tuple(
        replace(
            family,
            problem=replace(
                family.problem, lower=lower[family.columns], upper=upper[family.columns]
            ).continuous,
        )
        for family in parts.families
    )
    decided = replace(parts, families=families)
    first = [height * prices for height in _HEIGHTS]
    found = solve_by_families(rest, decided, crew, watch, [columns], first, _NEAR)
    if found is None or found.columns is None:
        return None
    whole = np.where(problem.whole, columns, found.columns)
    return settle_shared(problem, parts, whole, Limits())
