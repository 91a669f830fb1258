"""A few branches as a proof: what they prove holds against counting all solutions."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest

import ringtausch as rt
from ringtausch.planning.branching import Found, best_by_branches, nothing_below
from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem, Question, SolverOptions, solve
from ringtausch.planning.watch import Watch
from tests.project_files import ROOT


def whole_problem(
    cost: list[float], rows: list[list[float]], least: list[float], upper: float
) -> LinearProblem:
    """Write down: minimise cost · columns, all whole from 0 to `upper`, each row at least something."""
    count = len(cost)
    return LinearProblem(
        cost=np.array(cost, dtype=np.float64),
        lower=np.zeros(count),
        upper=np.full(count, upper),
        whole=np.ones(count, dtype=np.bool_),
        matrix=Matrix(
            start=np.arange(len(rows) + 1) * count,
            column=np.tile(np.arange(count), len(rows)),
            value=np.array(rows, dtype=np.float64).ravel(),
            lower=np.array(least, dtype=np.float64),
            upper=np.full(len(rows), np.inf),
        ),
    )


def best_of_all(problem: LinearProblem) -> float:
    """Count all solutions through; infinite where there is none."""
    columns = range(int(problem.upper[0]) + 1)
    values = [np.inf]
    for solution in itertools.product(columns, repeat=len(problem.cost)):
        at = np.array(solution, dtype=np.float64)
        if np.all(problem.matrix.times(at) >= problem.matrix.lower - 1e-9):
            values.append(float(problem.cost @ at))
    return min(values)


def proved(problem: LinearProblem, least: float) -> bool:
    """Relax a problem, and ask a few branches whether nothing is below a value."""
    relaxed = replace(problem, whole=np.zeros_like(problem.whole))
    answer = solve(relaxed, SolverOptions(), Watch())
    assert answer.columns is not None
    assert answer.basis is not None
    return nothing_below(problem, least, answer.columns, answer.basis, Watch())[0]


def test_two_branches_prove_what_the_relaxation_leaves_open() -> None:
    """2a >= 3 relaxes to 1.5; with a whole, a <= 1 cannot be and a >= 2 costs 2."""
    problem = whole_problem([1.0], [[2.0]], [3.0], upper=9)
    assert proved(problem, 2.0 - 1e-6)
    assert not proved(problem, 2.0 + 1e-3)


def test_where_something_is_better_nothing_is_proved() -> None:
    """Three in all are the least and cost 3, so that 3.5 is no bound, however many branches are tried."""
    problem = whole_problem([1.0, 1.0], [[2.0, 2.0], [2.0, -2.0]], [5.0, 1.0], upper=9)
    assert best_of_all(problem) == 3
    assert not proved(problem, 3.5)


def test_what_is_proved_holds_against_counting_all_solutions() -> None:
    """Problems of up to four columns; a value above the best is never proved, the best itself often."""
    dice = random.Random(5)
    proofs = 0
    for _ in range(90):
        problem = drawn(dice)
        best = best_of_all(problem)
        if np.isfinite(best):
            assert not proved(problem, best + 0.5)
            proofs += proved(problem, best - 1e-6)
    assert proofs > 30


def drawn(dice: random.Random) -> LinearProblem:
    """Draw a small problem."""
    columns, rows = dice.randint(2, 4), dice.randint(1, 3)
    return whole_problem(
        [dice.randint(1, 9) for _ in range(columns)],
        [[dice.randint(-2, 7) for _ in range(columns)] for _ in range(rows)],
        [dice.randint(1, 15) for _ in range(rows)],
        upper=4,
    )


def test_only_a_ray_that_holds_proves_that_there_is_no_solution() -> None:
    """2a >= 3 cannot be where a is at most 1; where a is at most 2 there is no ray to believe."""
    problem = whole_problem([1.0], [[2.0]], [3.0], upper=9)
    problem = replace(problem, whole=np.zeros(1, dtype=np.bool_))
    basis = solve(problem, SolverOptions(), Watch()).basis
    assert basis is not None
    warm = replace(basis, feasible=False)
    question = Question(problem, SolverOptions(), Watch(), None, warm, presolve=False)
    question.rebound(np.zeros(1), np.ones(1))
    assert (question.ask().status, question.infeasible_by_ray()) == ("infeasible", True)
    question.rebound(np.zeros(1), np.full(1, 2.0))
    assert (question.ask().value, question.infeasible_by_ray()) == (1.5, False)


def test_the_example_takes_a_dozen_solves() -> None:
    """Six relaxations, four searches near one, and two branches; no search of the whole problem."""
    plan = rt.plan(rt.read(ROOT / "examples/patriot-2025"))
    assert plan.status == "optimal"
    assert plan.solver["solves"] <= 13


def found(problem: LinearProblem, start: list[float] | None = None) -> Found:
    """Relax a problem, and look for its best solution by branches."""
    answer = solve(problem.continuous, SolverOptions(), Watch())
    known = None if start is None else np.array(start, dtype=np.float64)
    return best_by_branches(problem, answer, known, Watch())


def test_the_best_of_two_branches_is_found_and_proved() -> None:
    """2a >= 3 relaxes to 1.5; a <= 1 cannot be, and a >= 2 costs 2."""
    best = found(whole_problem([1.0], [[2.0]], [3.0], upper=9))
    assert (best.value, best.is_proved) == (2.0, True)
    assert best.columns is not None
    assert best.columns.tolist() == [2.0]


def test_a_start_that_is_the_best_is_proved_to_be() -> None:
    """Of a + b >= 3.5 with a at 1 and b at 1.1 each four of a is the best: it is given, and stays."""
    problem = whole_problem([1.0, 1.1], [[1.0, 1.0]], [3.5], upper=9)
    best = found(problem, start=[4.0, 0.0])
    assert (best.value, best.is_proved) == (4.0, True)


def test_what_is_found_is_the_best_of_all_solutions() -> None:
    """Problems of up to four columns, against counting all solutions through."""
    dice = random.Random(7)
    proofs = 0
    for _ in range(90):
        problem = drawn(dice)
        if solve(problem.continuous, SolverOptions(), Watch()).columns is None:
            continue
        best, least = found(problem), best_of_all(problem)
        if best.is_proved:
            assert best.value == pytest.approx(least, abs=1e-6)
            proofs += 1
        else:
            assert best.value >= least - 1e-6
    assert proofs > 60


def test_a_yes_that_costs_nothing_is_rounded_up_without_a_branch() -> None:
    """What moves is at most 10 for a yes; 3 are wanted: 0.3 of a yes is as good as a whole one."""
    problem = LinearProblem(
        cost=np.array([1.0, 0.0]),
        lower=np.zeros(2),
        upper=np.array([10.0, 1.0]),
        whole=np.array([False, True]),
        matrix=Matrix(
            start=np.array([0, 1, 3]),
            column=np.array([0, 0, 1]),
            value=np.array([1.0, 1.0, -10.0]),
            lower=np.array([3.0, -np.inf]),
            upper=np.array([np.inf, 0.0]),
        ),
    )
    best = found(problem)
    assert (best.value, best.is_proved, best.solves) == (3.0, True, 0)
    assert best.columns is not None
    assert best.columns.tolist() == [3.0, 1.0]


def test_with_much_that_is_not_whole_nothing_is_searched() -> None:
    """Fifty columns that each relax to a half are left to the solver's own search."""
    rows = [[2.0 if column == row else 0.0 for column in range(50)] for row in range(50)]
    best = found(whole_problem([1.0] * 50, rows, [1.0] * 50, upper=1))
    assert (best.columns, best.is_proved, best.solves) == (None, False, 0)


def test_what_only_rounding_makes_whole_closes_no_branch() -> None:
    """A yes costs 1 and lets 10,000 pass; 0.0005 are wanted, or else are bought for 5.

    The relaxation takes 0.00000005 of a yes, which reads like none: no yes costs 5, and a yes is the best.
    """
    problem = LinearProblem(
        cost=np.array([0.0, 1.0, 10_000.0]),  # what passes, the yes, what is bought
        lower=np.zeros(3),
        upper=np.array([10_000.0, 1.0, 1.0]),
        whole=np.array([False, True, False]),
        matrix=Matrix(
            start=np.array([0, 2, 4]),
            column=np.array([0, 2, 0, 1]),
            value=np.array([1.0, 1.0, 1.0, -10_000.0]),
            lower=np.array([5e-4, -np.inf]),
            upper=np.array([np.inf, 0.0]),
        ),
    )
    best = found(problem)
    assert best.is_proved
    assert best.value == pytest.approx(1.0)
