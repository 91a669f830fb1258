"""Families anew: what others leave is theirs, and no plan gets worse by it."""

from __future__ import annotations

import numpy as np
import pytest

from ringtausch.planning.families.anew import plan_anew, settle_shared
from ringtausch.planning.families.pricing import Limits, solve_whole
from ringtausch.planning.families.splitting import split
from ringtausch.planning.solver import SolverOptions, solve, violation
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Work
from tests.planning.families.problems import cut, generated, model_of, two_needs

pytestmark = pytest.mark.usefixtures("_apart")

#: Nothing is bought: 3 of each lack, which is 9.
NOTHING = np.array([0.0, 3.0, 0.0, 3.0, 0.0])


def test_one_family_anew_has_what_the_others_leave() -> None:
    """B has taken 3 of 7: of the 4 that are left a may have 2."""
    problem, parts = two_needs(7)
    anew = plan_anew(problem, parts, (0,), np.array([0.0, 3.0, 1.0, 2.0, 3.0]))
    assert anew.columns.tolist() == [0, 1, 4]
    reply = solve_whole(anew.problem, Limits())
    assert reply.columns is not None
    assert reply.columns[:2].tolist() == [2, 1]
    assert reply.columns[2] >= 7


def test_all_families_anew_are_the_whole_problem() -> None:
    problem, parts = two_needs(7)
    anew = plan_anew(problem, parts, (0, 1), NOTHING)
    assert anew.columns.tolist() == [0, 1, 2, 3, 4]
    assert solve_whole(anew.problem, Limits()).value == pytest.approx(5)


def test_what_is_bought_is_paid_or_cannot_be() -> None:
    problem, parts = two_needs(7)
    settled = settle_shared(problem, parts, np.array([2.0, 1.0, 1.0, 2.0, 0.0]), Limits())
    assert settled is not None
    assert settled.tolist() == [2, 1, 1, 2, 7]
    assert settle_shared(problem, parts, np.array([3.0, 0.0, 3.0, 0.0, 0.0]), Limits()) is None


@pytest.mark.parametrize(("seed", "whole"), [(1, 0.0), (1, 0.3), (2, 0.3)])
def test_families_anew_obey_all_rows_and_are_never_worse(seed: int, whole: float) -> None:
    """From the plan that spends least, each family in turn with the money that there is."""
    model = model_of(generated(whole=whole, seed=seed))
    work = Work.begin(model)
    cheapest = work.problem(model.objectives["spend"])
    columns = solve(cheapest, SolverOptions(threads=1, gap=0.1), Watch(time_limit=3)).columns
    assert columns is not None
    problem = work.problem(model.objectives["unmet_need"])
    parts = split(problem, *cut(work, problem))
    for number in range(len(parts.families)):
        anew = plan_anew(problem, parts, (number,), columns)
        reply = solve_whole(anew.problem, Limits(seconds=0.5), columns[anew.columns])
        assert reply.columns is not None
        mixed = columns.copy()
        mixed[anew.columns] = reply.columns
        assert violation(problem, mixed) <= 1e-6
        assert problem.cost @ mixed <= problem.cost @ columns + 1e-6
        columns = mixed
