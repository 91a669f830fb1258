"""Pricing: a family's answers, with and without whole numbers, and what they prove."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import ringtausch as rt
from ringtausch.planning.families.pricing import (
    Limits,
    NotKept,
    forget,
    keep_family,
    price_relaxed,
    price_whole,
    solve_whole,
)
from ringtausch.planning.families.splitting import split
from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem, dual_bound, violation
from ringtausch.planning.work import Work
from tests.independent.random_folder import write_random
from tests.planning.families.problems import cut, generated, model_of


def knapsack(room: float) -> LinearProblem:
    """Minimise -(3 a + 2 b + c) where 2 a + 2 b + 3 c is at most the room, each at most 2."""
    return LinearProblem(
        cost=np.array([-3.0, -2.0, -1.0]),
        lower=np.zeros(3),
        upper=np.full(3, 2.0),
        whole=np.ones(3, dtype=np.bool_),
        matrix=Matrix(
            np.array([0, 3]),
            np.array([0, 1, 2]),
            np.array([2.0, 2.0, 3.0]),
            np.array([-np.inf]),
            np.array([room]),
        ),
    )


@pytest.fixture
def run() -> Iterator[str]:
    name = uuid.uuid4().hex
    yield name
    forget(name)


def test_answers_to_one_price_after_another(run: str) -> None:
    """With room for 5: half an a is lost in whole numbers; where b is dearest it comes first."""
    keep_family(run, 0, knapsack(5.0))
    for cost, relaxed, whole in (
        ([-3.0, -2.0, -1.0], -7.0, -6.0),
        ([-1.0, -3.0, 0.0], -6.5, -6.0),
        ([0.0, 0.0, -3.0], -5.0, -3.0),
        ([-3.0, -2.0, -1.0], -7.0, -6.0),
    ):
        prices = np.array(cost)
        assert price_relaxed(run, 0, prices, Limits()).value == pytest.approx(relaxed)
        assert price_whole(run, 0, prices, Limits()).value == pytest.approx(whole)


def test_the_duals_prove_the_bound(run: str) -> None:
    problem = knapsack(5.0)
    keep_family(run, 0, problem)
    reply = price_relaxed(run, 0, problem.cost, Limits())
    assert reply.row_duals is not None
    assert dual_bound(problem, reply.row_duals) == pytest.approx(-7.0)
    assert reply.bound == pytest.approx(-7.0)


@pytest.mark.parametrize("seed", range(3))
def test_bounds_hold_whatever_the_prices(seed: int, run: str) -> None:
    """Whole numbers are no better than their bound, and the relaxation is no worse than they are."""
    model = model_of(generated(4, whole=0.5, seed=seed + 1))
    work = Work.begin(model)
    problem = work.problem(model.objectives["unmet_need"])
    parts = split(problem, *cut(work, problem))
    dice = np.random.default_rng(seed)
    for number, family in enumerate(parts.families):
        keep_family(run, number, family.problem)
        for _ in range(3):
            cost = family.priced(dice.normal(size=len(parts.links)))
            relaxed = price_relaxed(run, number, cost, Limits())
            whole = price_whole(run, number, cost, Limits(seconds=2.0, gap=1e-3))
            assert relaxed.bound == pytest.approx(relaxed.value, rel=1e-7, abs=1e-7)
            assert whole.columns is not None
            assert whole.bound <= whole.value
            assert relaxed.bound <= whole.value + 1e-6 * max(1.0, abs(whole.value))
            assert violation(family.problem, whole.columns) <= 1e-6
            own = whole.columns[family.problem.whole]
            assert np.array_equal(own, np.round(own))


def test_what_cannot_be_is_said_to_be_infeasible() -> None:
    assert solve_whole(knapsack(-1.0), Limits()).is_infeasible
    assert solve_whole(knapsack(-1.0), Limits()).bound == np.inf


def test_presolve_is_not_believed_that_there_is_no_plan(tmp_path: Path) -> None:
    """It once cut off all of this problem, which has plans that unmet needs of 10 are left by."""
    model = model_of(rt.read(write_random(tmp_path / "scenario", 50, "tiny", whole=False)))
    problem = Work.begin(model).problem(model.objectives["unmet_need"])
    reply = solve_whole(problem, Limits())
    assert not reply.is_infeasible
    assert reply.value == pytest.approx(10.0)


def test_a_start_is_kept_where_there_is_no_time_to_better_it() -> None:
    start = np.array([1.0, 0.0, 1.0])
    reply = solve_whole(knapsack(5.0), Limits(until=time.time() - 1), start)
    assert reply.value <= -4.0
    assert reply.bound <= -6.0


def test_limits_leave_a_moment_at_least() -> None:
    assert Limits().left == np.inf
    assert Limits(seconds=3.0).left == 3.0
    assert Limits(seconds=3.0, until=time.time() - 9).left == 0.01


def test_what_is_forgotten_has_to_be_sent_again(run: str) -> None:
    keep_family(run, 0, knapsack(5.0))
    forget(run)
    with pytest.raises(NotKept):
        price_whole(run, 0, np.zeros(3), Limits())


def test_the_oldest_runs_are_forgotten(run: str) -> None:
    keep_family(run, 0, knapsack(5.0))
    later = [f"{run} {number}" for number in range(8)]
    for name in later:
        keep_family(name, 0, knapsack(5.0))
    with pytest.raises(NotKept):
        price_relaxed(run, 0, np.zeros(3), Limits())
    for name in later:
        assert price_relaxed(name, 0, np.zeros(3), Limits()).value == 0
        forget(name)
