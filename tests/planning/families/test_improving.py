"""Improving: what stands is bettered or stays, obeys every row, and ends where nothing is better."""

from __future__ import annotations

import numpy as np
import pytest

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.crews import Crew, crew_of
from ringtausch.planning.families.improving import improved
from ringtausch.planning.families.splitting import split
from ringtausch.planning.solver import SolverOptions, solve, violation
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Work
from tests.planning.families.problems import cut, generated, model_of, two_needs

pytestmark = pytest.mark.usefixtures("_apart")

#: Nothing is bought: 3 of each lack, which is 9.
NOTHING = np.array([0.0, 3.0, 0.0, 3.0, 0.0])


def anything(_: FloatArray) -> bool:
    return True


@pytest.mark.parametrize(("money", "left"), [(15.0, 0.0), (9.0, 3.0), (3.0, 7.0), (1.0, 9.0)])
def test_families_take_what_money_there_is_one_after_the_other(money: float, left: float) -> None:
    """What lacks of b counts more, so that b comes first; of 9 it takes all."""
    problem, parts = two_needs(money)
    found = improved(problem, parts, NOTHING, Crew.here(), Watch(), anything)
    assert problem.cost @ found == pytest.approx(left)
    assert violation(problem, found) <= 1e-6


def test_two_processes_find_a_plan_as_well() -> None:
    problem, parts = two_needs(15.0)
    with crew_of("local", 2) as crew:
        found = improved(problem, parts, NOTHING, crew, Watch(), anything)
    assert problem.cost @ found == pytest.approx(0)
    assert violation(problem, found) <= 1e-6


def test_money_that_one_family_has_just_taken_is_not_spent_twice() -> None:
    """Both ask for the same 9 at once: the one that comes second has to look again."""
    problem, parts = two_needs(9.0)
    with crew_of("local", 2) as crew:
        found = improved(problem, parts, NOTHING, crew, Watch(), anything)
    assert violation(problem, found) <= 1e-6
    assert problem.cost @ found <= 5


def test_the_search_ends_at_the_bound() -> None:
    problem, parts = two_needs(15.0)
    found = improved(problem, parts, NOTHING, Crew.here(), Watch(), anything, bound=9.0)
    assert found.tolist() == NOTHING.tolist()


def test_what_does_not_obey_is_not_taken() -> None:
    problem, parts = two_needs(15.0)
    no_b = improved(
        problem, parts, NOTHING, Crew.here(), Watch(), lambda columns: bool(columns[2] == 0)
    )
    assert no_b[:4].tolist() == [3, 0, 0, 3]


def test_without_time_what_stands_stays() -> None:
    problem, parts = two_needs(15.0)
    found = improved(problem, parts, NOTHING, Crew.here(), Watch(time_limit=0.0), anything)
    assert found.tolist() == NOTHING.tolist()


@pytest.mark.parametrize(("seed", "whole"), [(1, 0.0), (2, 0.3)])
def test_a_plan_of_a_scenario_gets_no_worse_and_obeys_all_rows(seed: int, whole: float) -> None:
    """The plan that spends least leaves needs unmet that there is money for."""
    model = model_of(generated(whole=whole, seed=seed))
    work = Work.begin(model)
    cheapest = work.problem(model.objectives["spend"])
    frugal = solve(cheapest, SolverOptions(threads=1, gap=0.1), Watch(time_limit=3)).columns
    assert frugal is not None
    problem = work.problem(model.objectives["unmet_need"])
    parts = split(problem, *cut(work, problem))
    found = improved(problem, parts, frugal, Crew.here(), Watch(time_limit=2), anything)
    assert violation(problem, found) <= 1e-6
    assert problem.cost @ found < problem.cost @ frugal
