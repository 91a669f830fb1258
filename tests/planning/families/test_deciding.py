"""Deciding: whole numbers stay as planned, and all else makes the best of what they leave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.deciding import with_best_rest
from ringtausch.planning.families.relaxation import solve_by_families
from ringtausch.planning.families.turns import Turn, whole_replies
from ringtausch.planning.solver import LinearProblem, SolverOptions, solve, violation
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Work
from tests.planning.families.problems import generated, model_of, two_needs

pytestmark = pytest.mark.usefixtures("_apart")


def test_whole_numbers_that_fit_stay_as_they_are() -> None:
    """2 of a for 2 each and 1 of b for 3: the 7 that there is; 1 and 2 are lacking, that is 5."""
    problem, parts = two_needs(7)
    plans = [np.array([2.0, 1.0]), np.array([1.0, 2.0])]
    found = with_best_rest(problem, parts, plans, np.zeros(1), Crew.here(), Watch())
    assert found is not None
    assert found.tolist() == [2, 1, 1, 2, 7]


def test_whole_numbers_that_nobody_can_pay_are_none() -> None:
    problem, parts = two_needs(7)
    plans = [np.array([3.0, 0.0]), np.array([3.0, 0.0])]
    assert with_best_rest(problem, parts, plans, np.zeros(1), Crew.here(), Watch()) is None


@pytest.mark.parametrize("seed", [1, 2])
def test_the_rest_is_as_good_as_one_solver_makes_it(seed: int) -> None:
    """The whole numbers of families' plans at prices, fixed in the one problem, and all else free."""
    model = model_of(generated(whole=0.3, seed=seed))
    turn = Turn.begin(Work.begin(model), model.objectives["unmet_need"], None, burdened=False)
    crew, whole = Crew.here(), turn.problem.whole
    relaxed = solve_by_families(_continuous(turn.problem), turn.parts, crew, Watch())
    assert relaxed is not None
    assert relaxed.row_duals is not None
    prices = relaxed.row_duals[turn.parts.links]
    plans = [r.columns for r in whole_replies(turn, prices, crew, Watch()) if r.columns is not None]
    found = with_best_rest(turn.problem, turn.parts, plans, prices, crew, Watch())
    fixed = np.zeros(len(whole))
    for family, plan in zip(turn.parts.families, plans, strict=True):
        fixed[family.columns] = np.round(plan)
    exact = solve(_fixed(turn.problem, fixed), SolverOptions(threads=1), Watch())
    if exact.columns is None:
        assert found is None
        return
    assert found is not None
    assert found[whole].tolist() == fixed[whole].tolist()
    assert violation(turn.problem, found) <= 1e-6
    value = float(turn.problem.cost @ found)
    assert exact.value - 1e-6 <= value <= exact.value + 1e-2 * max(1.0, abs(exact.value))


def _continuous(problem: LinearProblem) -> LinearProblem:
    return replace(problem, whole=np.zeros_like(problem.whole))


def _fixed(problem: LinearProblem, columns: FloatArray) -> LinearProblem:
    lower = np.where(problem.whole, columns, problem.lower)
    upper = np.where(problem.whole, columns, problem.upper)
    return _continuous(replace(problem, lower=lower, upper=upper))
