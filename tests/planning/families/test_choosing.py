"""Choosing: whole solutions from families' plans obey every row and are never worse than what stands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.choosing import choose, plan_anew, settle_shared
from ringtausch.planning.families.pricing import Limits, solve_whole
from ringtausch.planning.families.splitting import split
from ringtausch.planning.solver import SolverOptions, solve, violation
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Work
from tests.planning.families.problems import cut, generated, model_of, two_needs

pytestmark = pytest.mark.usefixtures("_apart")

#: Nothing is bought: 3 of each lack, which is 9.
NOTHING = np.array([0.0, 3.0, 0.0, 3.0, 0.0])


def plan(units: float) -> FloatArray:
    return np.array([units, 3.0 - units])


def test_the_best_choice_that_the_money_allows_is_taken() -> None:
    """3 b would take 9 of 7; 2 b, or 1 b and 2 a, leave 5."""
    problem, parts = two_needs(7)
    plans = {0: [plan(2)], 1: [plan(1), plan(2), plan(3)]}
    chosen = choose(problem, parts, plans, NOTHING, Limits())
    assert chosen is not None
    assert problem.cost @ chosen == pytest.approx(5)
    assert violation(problem, chosen) <= 1e-6


def test_what_stands_is_a_choice_too() -> None:
    problem, parts = two_needs(3)
    chosen = choose(problem, parts, {0: [plan(2)], 1: [plan(2), plan(3)]}, NOTHING, Limits())
    assert chosen is not None
    assert chosen.tolist() == NOTHING.tolist()


def test_without_plans_there_is_nothing_to_choose() -> None:
    problem, parts = two_needs(3)
    assert choose(problem, parts, {}, NOTHING, Limits()) is None


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
def test_choices_of_a_scenario_obey_all_rows_and_are_never_worse(seed: int, whole: float) -> None:
    """From the plan that spends least, families plan as if money were free, and at some prices."""
    model = model_of(generated(whole=whole, seed=seed))
    work = Work.begin(model)
    cheapest = work.problem(model.objectives["spend"])
    frugal = solve(cheapest, SolverOptions(threads=1, gap=0.1), Watch(time_limit=3)).columns
    assert frugal is not None
    problem = work.problem(model.objectives["unmet_need"])
    parts = split(problem, *cut(work, problem))
    plans: dict[int, list[FloatArray]] = {}
    for prices in (np.zeros(len(parts.links)), 0.1 * parts.dear, parts.dear):
        for number, family in enumerate(parts.families):
            own = replace(family.problem, cost=family.priced(prices))
            reply = solve_whole(own, Limits(seconds=0.5, gap=0.01))
            if reply.columns is not None:
                plans.setdefault(number, []).append(reply.columns)
    chosen = choose(problem, parts, plans, frugal, Limits(seconds=3))
    assert chosen is not None
    assert violation(problem, chosen) <= 1e-6
    assert problem.cost @ chosen <= problem.cost @ frugal + 1e-6
    for number in plans:
        anew = plan_anew(problem, parts, (number,), chosen)
        reply = solve_whole(anew.problem, Limits(seconds=0.5), chosen[anew.columns])
        assert reply.columns is not None
        mixed = chosen.copy()
        mixed[anew.columns] = reply.columns
        assert violation(problem, mixed) <= 1e-6
        assert problem.cost @ mixed <= problem.cost @ chosen + 1e-6
