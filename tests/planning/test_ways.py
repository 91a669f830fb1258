"""Which way a model is solved, why, and that both ways come to the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import ringtausch as rt
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.solver import LARGE, SolverOptions
from ringtausch.planning.ways import choose_way


@pytest.fixture(scope="module")
def small() -> rt.Scenario:
    """Return a generated scenario that takes a moment to plan."""
    return rt.generate(parties=6, items=8, periods=12, whole=0.3, seed=2)


@pytest.fixture(scope="module")
def model(small: rt.Scenario) -> Model:
    """Write it down as a model."""
    return build_model(gather_facts(small), tuple(small.objectives))


def as_large(model: Model) -> Model:
    """Give a model as many entries as a large one has; what stands in them plays no part here."""
    matrix = replace(model.matrix, value=np.ones(LARGE + 1))
    return replace(model, matrix=matrix)


def test_a_small_model_is_solved_in_one(model: Model) -> None:
    """Families cost processes, which a small model does not pay for."""
    way = choose_way(model, SolverOptions())
    assert (way.families, way.reason) == (False, f"{len(model.matrix.value)} entries are few")


def test_a_large_model_goes_by_families_where_columns_must_be_whole(model: Model) -> None:
    """Without whole numbers interior point in one model is the faster way."""
    large = as_large(model)
    whole = replace(large, whole=np.ones_like(model.whole))
    assert choose_way(whole, SolverOptions()).families
    assert not choose_way(
        replace(large, whole=np.zeros_like(model.whole)), SolverOptions()
    ).families


def test_who_asks_for_a_way_gets_it(model: Model) -> None:
    """Whatever the size of the model."""
    assert choose_way(model, SolverOptions("families")).families
    assert choose_way(as_large(model), SolverOptions("ipx")).reason == "ipx was asked for"


def test_both_ways_come_to_the_same(small: rt.Scenario) -> None:
    """And the plan says which was taken."""
    one, families = rt.plan(small), rt.plan(small, method="families")
    assert one.status == families.status == "optimal"
    for name, objective in one.objectives.items():
        assert families.objectives[name].value == pytest.approx(objective.value, rel=1e-5, abs=1e-5)
    assert one.solver["way"].startswith("one model: ")
    assert families.solver["way"].startswith("families: asked for")
