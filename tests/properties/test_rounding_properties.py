"""Rounding rows change no answer: random scenarios with whole items and amounts with fractions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume

import ringtausch as rt
from ringtausch.planning.lexicographic import solve_in_order
from ringtausch.planning.model import Model
from ringtausch.planning.reductions import tightened
from ringtausch.planning.rounding_rows import with_rounding_rows
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records.generate import generate_scenario
from tests.planning.reductions.settling import settled_states
from tests.properties.strategies import holds_for, scenarios
from tests.properties.test_reduction_properties import broken, model_of, same, some_solution

COUNTS = pytest.mark.parametrize("count", [10, pytest.param(200, marks=pytest.mark.long)])
WAYS: dict[str, Callable[[Model], Model]] = {"as it is": replace, "tightened": tightened}
EACH_WAY = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@st.composite
def with_fractions(draw: st.DrawFn) -> rt.Scenario:
    """Draw a scenario with whole items whose needs, floors and lanes are of amounts with fractions."""
    scenario = draw(scenarios())
    assume(any(item.indivisible for item in scenario.items))
    parts = st.sampled_from(["0.2", "0.5", "0.63", "0"])
    more = [Decimal(draw(parts)) for _ in range(3)]
    needs = [
        row if row.step else replace(row, quantity=row.quantity + more[0]) for row in scenario.needs
    ]
    floors = [replace(row, quantity=row.quantity + more[1]) for row in scenario.floors]
    lanes = [
        row if row.capacity is None else replace(row, capacity=row.capacity + more[2])
        for row in scenario.lanes
    ]
    return scenario.with_rows(needs=tuple(needs), floors=tuple(floors), lanes=tuple(lanes))


def rounded(model: Model) -> Model:
    """Add the rounding rows; where there is nothing to add or round, the example says nothing."""
    strong = with_rounding_rows(model)
    new_rows = len(strong.matrix.lower) > len(model.matrix.lower)
    new_bounds = np.any(strong.lower != model.lower) or np.any(strong.upper != model.upper)
    assume(new_rows or new_bounds)
    return strong


@COUNTS
@EACH_WAY
def test_every_optimal_plan_obeys_the_rounding_rows(
    count: int, way: Callable[[Model], Model]
) -> None:
    """The plan of the plain model, its states as low as its decisions allow."""

    def check(drawn: rt.Scenario) -> None:
        model = model_of(drawn)
        strong = rounded(way(model))
        outcome = solve_in_order(model, {}, {}, SolverOptions(threads=1), Watch())
        if outcome.status == "infeasible":
            return
        assert outcome.columns is not None
        assert broken(strong, settled_states(model, outcome.columns)) < 1e-6

    holds_for(count, with_fractions(), check)


@COUNTS
@EACH_WAY
def test_every_plan_obeys_the_rounding_rows(count: int, way: Callable[[Model], Model]) -> None:
    """Plans that have nothing to do with the objectives, best by costs that dice draw."""

    def check(drawn: tuple[rt.Scenario, int]) -> None:
        model = model_of(drawn[0])
        strong = rounded(way(model))
        found = some_solution(model, drawn[1])
        if found is not None:
            assert broken(strong, settled_states(model, found)) < 1e-6

    holds_for(count, st.tuples(with_fractions(), st.integers(0, 10**6)), check)


@COUNTS
@EACH_WAY
def test_with_rounding_rows_the_best_values_are_the_same(
    count: int, way: Callable[[Model], Model]
) -> None:
    def check(drawn: rt.Scenario) -> None:
        model = model_of(drawn)
        same(model, rounded(way(model)))

    holds_for(count, with_fractions(), check)


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(n, marks=pytest.mark.long) for n in (3, 4))])
def test_a_generated_scenario_has_the_same_best_values_with_rounding_rows(seed: int) -> None:
    scenario = generate_scenario(parties=4, items=2, periods=8, whole=1.0, seed=seed)
    model = model_of(scenario)
    same(model, with_rounding_rows(tightened(model)))
