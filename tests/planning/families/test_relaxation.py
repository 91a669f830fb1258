"""The relaxation by families: the optimum that one solver finds, proved by the duals it returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

import ringtausch as rt
from ringtausch.planning.families.crews import Crew, crew_of
from ringtausch.planning.families.relaxation import solve_by_families
from ringtausch.planning.families.splitting import Parts, split
from ringtausch.planning.holding import limit_row
from ringtausch.planning.solver import (
    Answer,
    LinearProblem,
    SolverOptions,
    dual_bound,
    solve,
    violation,
)
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Work
from tests.planning.families.problems import cut, generated, model_of, two_needs


def in_order(scenario: rt.Scenario) -> Iterator[tuple[LinearProblem, Parts, Answer]]:
    """Give the relaxed problem of each objective in its turn, its parts, and the solver's answer."""
    model = model_of(scenario)
    work = Work.begin(model)
    for costs in model.objectives.values():
        problem = work.problem(costs)
        problem = replace(problem, whole=np.zeros_like(problem.whole))
        answer = solve(problem, SolverOptions(threads=1), Watch())
        yield problem, split(problem, *cut(work, problem)), answer
        slack = 1e-6 * max(1.0, abs(answer.value))
        work.limits.append(limit_row(costs, costs.constant + answer.value + slack))


def assert_same_optimum(problem: LinearProblem, found: Answer | None, exact: Answer) -> None:
    assert found is not None
    assert found.status == "optimal"
    assert found.columns is not None
    assert found.row_duals is not None
    assert exact.value == pytest.approx(found.value, rel=1e-7, abs=1e-7)
    assert found.value == pytest.approx(float(problem.cost @ found.columns), rel=1e-12)
    proved = dual_bound(problem, found.row_duals)
    assert proved == pytest.approx(exact.value, rel=1e-7, abs=1e-7)
    assert found.bound <= min(found.value, proved + 1e-12 * abs(proved))
    assert violation(problem, found.columns) <= 1e-6


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_objective_in_its_turn_has_the_optimum_of_one_solver(seed: int) -> None:
    crew = Crew.here()
    families = set()
    for problem, parts, exact in in_order(generated(whole=0.3, seed=seed)):
        found = solve_by_families(problem, parts, crew, Watch())
        assert_same_optimum(problem, found, exact)
        families.add(len(parts.families))
    assert min(families) > 1


def test_a_known_solution_changes_nothing_but_the_way() -> None:
    """Each objective begins from the optimum of the former."""
    known: list[np.ndarray] = []
    for problem, parts, exact in in_order(generated()):
        found = solve_by_families(problem, parts, Crew.here(), Watch(), known)
        assert_same_optimum(problem, found, exact)
        assert found is not None
        assert found.columns is not None
        known = [found.columns]


def test_two_processes_find_what_this_one_finds() -> None:
    problem, parts, exact = next(iter(in_order(generated(whole=0.3))))
    here = solve_by_families(problem, parts, Crew.here(), Watch())
    with crew_of("local", 2) as crew:
        there = solve_by_families(problem, parts, crew, Watch())
    assert_same_optimum(problem, here, exact)
    assert_same_optimum(problem, there, exact)
    assert here is not None
    assert there is not None
    assert here.columns is not None
    assert there.columns is not None
    assert here.columns.tolist() == there.columns.tolist()


@pytest.mark.usefixtures("_apart")
@pytest.mark.parametrize(("money", "value"), [(0.0, 9.0), (7.0, 13 / 3), (9.0, 3.0), (15.0, 0.0)])
def test_two_needs_share_money_as_by_hand(money: float, value: float) -> None:
    """B lacks 2/3 less for each unit of money, a but 1/2: b comes first, up to 9."""
    problem, parts = two_needs(money, whole=False)
    found = solve_by_families(problem, parts, Crew.here(), Watch())
    assert found is not None
    assert [found.value, found.bound] == pytest.approx([value, value])


@pytest.mark.usefixtures("_apart")
def test_rows_that_nothing_can_fill_are_not_settled() -> None:
    """The link asks that a be bought for 8 at least, which 3 of each, for 15, allow; then for 16."""
    problem, parts = two_needs(15, whole=False)
    links = replace(problem.matrix, lower=np.array([3.0, 3.0, 8.0]), upper=np.full(3, np.inf))
    for bought, is_there in ((8.0, True), (16.0, False)):
        links.lower[2] = bought
        asked = replace(problem, matrix=links)
        parts = split(asked, np.arange(5) == 4, np.arange(3) == 2)
        found = solve_by_families(asked, parts, Crew.here(), Watch())
        assert (found is not None and found.status == "optimal") is is_there


def test_when_time_is_over_there_is_a_bound_alone() -> None:
    problem, parts, exact = next(iter(in_order(generated())))
    found = solve_by_families(problem, parts, Crew.here(), Watch(time_limit=0.0))
    assert found is not None
    assert (found.status, found.columns) == ("limit", None)
    assert found.bound <= exact.value + 1e-9


def test_whoever_stops_it_in_the_middle_gets_the_bound_so_far() -> None:
    """When it tells of its progress for the third time it is asked to stop."""
    problem, parts, exact = next(iter(in_order(generated(seed=2))))
    told: list[float | None] = []
    watch = Watch()

    def hear(_: object) -> None:
        told.append(watch.now.bound)
        if len(told) == 3:
            watch.stop.set()

    watch.on_progress = hear
    found = solve_by_families(problem, parts, Crew.here(), watch)
    assert found is not None
    if found.status == "limit":
        if found.columns is not None:  # the mix so far, where it fills all rows
            assert violation(problem, found.columns) <= 1e-6
            assert found.value >= exact.value - 1e-7 * max(1.0, abs(exact.value))
        assert found.row_duals is not None
        assert dual_bound(problem, found.row_duals) == pytest.approx(found.bound)
    assert found.bound <= exact.value + 1e-7 * max(1.0, abs(exact.value))
