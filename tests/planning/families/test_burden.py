"""Burden set aside: computed from the other columns it is what its rows say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import ringtausch as rt
from ringtausch.planning.families.burden import burden_columns, set_aside, with_burden
from ringtausch.planning.solver import SolverOptions, solve, violation
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Work
from tests.builders import scenario
from tests.independent.random_folder import write_random
from tests.planning.families.problems import generated, model_of

OPTIONS = SolverOptions(threads=1, gap=0.05)


def assert_burden_is_filled_in(of: rt.Scenario, objective: str) -> None:
    """Solve without the burden's rows, then fill it in: the whole problem is obeyed."""
    model = model_of(of)
    work = Work.begin(model)
    problem = work.problem(model.objectives[objective])
    mine = burden_columns(model.layout, model.columns)
    assert mine.any()
    columns = solve(set_aside(problem, mine)[0], OPTIONS, Watch(time_limit=3)).columns
    assert columns is not None
    junk = np.where(mine, 7.0, columns)
    filled = with_burden(model, junk)
    assert violation(problem, filled) <= 1e-6
    assert filled[~mine].tolist() == columns[~mine].tolist()
    layout, counted = model.layout, model.layout.burden >= 0
    both = np.minimum(filled[layout.above[counted]], filled[layout.below[counted]])
    assert (both == 0).all()


@pytest.mark.parametrize("objective", ["unmet_need", "spend", "late_replacement"])
@pytest.mark.parametrize("whole", [0.0, 0.3])
def test_a_generated_scenario_obeys_its_rows_with_the_burden(objective: str, whole: float) -> None:
    assert_burden_is_filled_in(generated(whole=whole), objective)


@pytest.mark.parametrize("seed", [0, 6, 8, 10, 50])
def test_random_scenarios_obey_their_rows_with_the_burden(seed: int, tmp_path: Path) -> None:
    """Seed 0 has a party whose burden cannot move: the reductions free its row."""
    of = rt.read(write_random(tmp_path / "scenario", seed, "tiny", whole=False))
    if "unfairness" not in of.objectives:
        of = replace(of, objectives=(*of.objectives, "unfairness"))
    model = model_of(of)
    if (model.layout.burden >= 0).any():
        assert_burden_is_filled_in(of, of.objectives[0])


def test_the_burden_of_one_gift_by_hand() -> None:
    """A gives C a gun worth 4: A bears 4, C -4, B 0; by equal keys that is how far all are off."""
    of = scenario(
        horizon=1,
        objectives=("unmet_need", "unfairness"),
        parties="A,,1; B,,1; C,,1",
        items="gun,,,,4",
        stocks="A,gun,1",
        offers="a,A,gun,1",
        lanes="A,C,gun",
        needs="n,C,gun,1,2025-01-01",
    )
    model = model_of(of)
    columns = np.zeros(model.columns)
    columns[model.layout.dispatches.column] = 1.0
    filled, layout = with_burden(model, columns), model.layout
    assert filled[layout.burden].tolist() == [4, 0, -4]
    assert filled[layout.above].tolist() == [4, 0, 0]
    assert filled[layout.below].tolist() == [0, 0, 4]
    assert model.objectives["unfairness"].value(filled) == 4


def test_where_nobody_asks_for_the_burden_there_is_none() -> None:
    of = replace(generated(), objectives=("unmet_need", "spend"))
    model = model_of(of)
    columns = np.ones(model.columns)
    assert not burden_columns(model.layout, model.columns).any()
    assert with_burden(model, columns).tolist() == columns.tolist()


def test_only_rows_with_burden_are_set_aside() -> None:
    model = model_of(generated())
    problem = Work.begin(model).problem(model.objectives["spend"])
    mine = burden_columns(model.layout, model.columns)
    free, aside = set_aside(problem, mine)
    counted = int((model.layout.burden >= 0).sum())
    assert aside.sum() == 2 * counted
    assert np.isinf(free.matrix.upper[aside]).all()
    assert np.isinf(free.matrix.lower[aside]).all()
    assert free.matrix.upper[~aside].tolist() == problem.matrix.upper[~aside].tolist()
    assert free.matrix.lower[~aside].tolist() == problem.matrix.lower[~aside].tolist()
