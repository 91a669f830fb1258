"""Reductions change no answer: random scenarios, the reduced model against the plain one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume

import ringtausch as rt
from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.lexicographic import solve_in_order
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.reductions import REDUCTIONS, Reduction, apply, reduced, tightened
from ringtausch.planning.reductions.loosening import loosen
from ringtausch.planning.solver import LinearProblem, SolverOptions, solve, violation
from ringtausch.planning.watch import Watch
from ringtausch.records.generate import generate_scenario
from ringtausch.records.scenario import OBJECTIVES
from tests.planning.reductions.settling import settled_states
from tests.properties.strategies import holds_for, scenarios

COUNTS = pytest.mark.parametrize("count", [10, pytest.param(200, marks=pytest.mark.long)])
FEW = pytest.mark.parametrize("count", [2, pytest.param(40, marks=pytest.mark.long)])
ONE_THREAD = SolverOptions(threads=1)


def model_of(scenario: rt.Scenario) -> Model:
    """Build the model of a scenario, with all six objectives."""
    return build_model(gather_facts(scenario), OBJECTIVES)


def best(model: Model) -> list[float] | None:
    """Return the six values, each the least among the best of the former; None without a plan."""
    outcome = solve_in_order(model, {}, {}, ONE_THREAD, Watch())
    if outcome.status == "infeasible":
        return None
    assert outcome.status == "optimal"
    assert outcome.columns is not None
    return [costs.value(outcome.columns) for costs in model.objectives.values()]


def same(plain: Model, other: Model) -> None:
    """See that both have the same best values, or no plan."""
    expected, found = best(plain), best(other)
    assert (expected is None) == (found is None)
    if expected is not None:
        assert found == pytest.approx(expected, rel=1e-5, abs=1e-5)


@COUNTS
@pytest.mark.parametrize("way", [reduced, tightened])
def test_a_reduced_model_has_the_same_best_values(
    count: int, way: Callable[[Model], Model]
) -> None:
    holds_for(count, scenarios(), lambda drawn: same(model_of(drawn), way(model_of(drawn))))


@FEW
@pytest.mark.parametrize("reduction", [*REDUCTIONS, loosen])
def test_each_reduction_alone_changes_no_best_value(count: int, reduction: Reduction) -> None:
    holds_for(
        count,
        scenarios(sizes=("micro",)),
        lambda drawn: same(model_of(drawn), apply(model_of(drawn), [reduction])),
    )


def some_solution(model: Model, seed: int) -> FloatArray | None:
    """Return the solution that is best by costs that dice draw for some columns; None without any.

    What only the rows for shares hold is not drawn below 0, so that there is a best.
    """
    dice = np.random.default_rng(seed)
    cost = dice.uniform(-1, 1, model.columns) * (dice.random(model.columns) < 0.3)
    for distance in (model.layout.above, model.layout.below):
        cost[distance[distance >= 0]] = 0.0
    problem = LinearProblem(cost, model.lower, model.upper, model.whole, model.matrix)
    return solve(problem, ONE_THREAD, Watch(10)).columns


def broken(model: Model, columns: FloatArray) -> float:
    """Return by how much a solution breaks the rows and bounds of a model."""
    cost = np.zeros(model.columns)
    return violation(
        LinearProblem(cost, model.lower, model.upper, model.whole, model.matrix), columns
    )


@COUNTS
def test_every_plan_obeys_the_bounds_once_its_states_are_lowered(count: int) -> None:
    """Solutions of the plain model that have nothing to do with its objectives.

    Lowered, they are still solutions of the plain model: what a reduction may rely on.
    """

    def check(drawn: tuple[rt.Scenario, int]) -> None:
        model = model_of(drawn[0])
        found = some_solution(model, drawn[1])
        if found is None:
            return
        lowered = settled_states(model, found)
        assert broken(model, lowered) < 1e-6
        assert broken(tightened(model), lowered) < 1e-6
        assert broken(reduced(model), lowered) < 1e-6

    holds_for(count, st.tuples(scenarios(), st.integers(0, 10**6)), check)


@COUNTS
def test_every_solution_of_a_reduced_model_is_one_of_the_plain_model(count: int) -> None:
    """What was freed or given back is implied by what stays."""

    def check(drawn: tuple[rt.Scenario, int]) -> None:
        model = model_of(drawn[0])
        for way in (reduced, tightened):
            found = some_solution(way(model), drawn[1])
            if found is not None:
                assert broken(model, found) < 1e-6

    holds_for(count, st.tuples(scenarios(), st.integers(0, 10**6)), check)


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(n, marks=pytest.mark.long) for n in (3, 4))])
def test_a_generated_scenario_is_reduced_to_the_same_best_values(seed: int) -> None:
    scenario = generate_scenario(parties=4, items=1, periods=8, seed=seed)
    same(model_of(scenario), reduced(model_of(scenario)))


@COUNTS
def test_reducing_twice_finds_nothing_that_cuts_more_plans(count: int) -> None:
    """The second time starts from the bounds of the first, and its best values are the same."""

    def check(drawn: rt.Scenario) -> None:
        once = tightened(model_of(drawn))
        assume(once is not model_of(drawn))
        twice = tightened(replace(once))
        assert np.all(twice.lower >= once.lower)
        assert np.all(twice.upper <= once.upper)

    holds_for(count, scenarios(), check)
