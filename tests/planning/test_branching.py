"""A few branches as a proof: what they prove holds against counting all solutions."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np

import ringtausch as rt
from ringtausch.planning.branching import nothing_below
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
