"""Problems for tests of families: one by hand, and those of scenarios, with their parts.

In: a scenario, or an amount of money. Out: linear problems, and how they fall into families.
"""

from __future__ import annotations

import numpy as np

import ringtausch as rt
from ringtausch.planning.arrays import BoolArray
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.families.splitting import Parts, split
from ringtausch.planning.model import Matrix, Model, build_model
from ringtausch.planning.reductions import tightened
from ringtausch.planning.solver import LinearProblem
from ringtausch.planning.work import Work

__all__ = ["cut", "generated", "model_of", "two_needs"]


def generated(items: int = 8, *, whole: float = 0.0, seed: int = 1) -> rt.Scenario:
    """Generate a scenario of six parties and a year, small enough for many solves."""
    return rt.generate(parties=6, items=items, periods=12, whole=whole, seed=seed)


def model_of(scenario: rt.Scenario) -> Model:
    """Return the model as families take it: all columns with bounds."""
    return tightened(build_model(gather_facts(scenario), tuple(scenario.objectives)))


def cut(work: Work, problem: LinearProblem) -> tuple[BoolArray, BoolArray]:
    """Return the shared columns (money and burden), and the rows that have some or hold an objective."""
    layout, matrix = work.model.layout, problem.matrix
    shared = np.zeros(len(problem.cost), dtype=np.bool_)
    for group in (layout.pay, layout.balance, layout.burden, layout.above, layout.below):
        shared[group[group >= 0]] = True
    linking = np.zeros(len(matrix.lower), dtype=np.bool_)
    linking[
        np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))[shared[matrix.column]]
    ] = True
    linking[len(work.model.matrix.lower) :] = True
    return shared, linking


def two_needs(money: float, *, whole: bool = True) -> tuple[LinearProblem, Parts]:
    """Return two families, one link: needs of 3 a and 3 b, which cost 2 and 3 each, and the money.

    The columns are a, what lacks of a (costs 1), b, what lacks of b (costs 2), and what is paid.
    By hand, with whole numbers: of 7 the best is b = 2 (or b = 1 and a = 2), which leaves 5 lacking.
    """
    matrix = Matrix(
        start=np.array([0, 2, 4, 7]),
        column=np.array([0, 1, 2, 3, 0, 2, 4]),
        value=np.array([1.0, 1.0, 1.0, 1.0, 2.0, 3.0, -1.0]),
        lower=np.array([3.0, 3.0, -np.inf]),
        upper=np.array([np.inf, np.inf, 0.0]),
    )
    problem = LinearProblem(
        cost=np.array([0.0, 1.0, 0.0, 2.0, 0.0]),
        lower=np.zeros(5),
        upper=np.array([3.0, 3.0, 3.0, 3.0, money]),
        whole=np.array([whole, False, whole, False, False]),
        matrix=matrix,
    )
    shared, linking = np.arange(5) == 4, np.arange(3) == 2
    return problem, split(problem, shared, linking)
