"""Random scenarios, held against a program that shares no code and against trying all plans."""

from __future__ import annotations

from pathlib import Path

import pytest

import ringtausch as rt
from tests.independent.brute_force import brute_force
from tests.independent.brute_goods import NotForBruteForceError, TooManyError
from tests.independent.plain_model import solve
from tests.independent.random_folder import write_random

SHORT_TINY = [(seed, whole) for seed in range(1000, 1013) for whole in (True, False)]
LONG_TINY = [(seed, whole) for seed in range(2000, 2200) for whole in (True, False)]
LONG_SMALL = [(seed, whole) for seed in range(3000, 3015) for whole in (True, False)]
SHORT_MICRO = range(1000, 1040)
LONG_MICRO = range(2000, 2400)


def best_of(scenario: rt.Scenario, plan: rt.Plan) -> dict[str, float]:
    """Return the best value of each objective: its bound where the plan may use a tolerance."""
    found = {}
    for name in scenario.objectives:
        stated = plan.objectives[name]
        given_up = name in scenario.tolerance or name in scenario.allowance
        assert stated.bound is not None
        found[name] = stated.bound if given_up else stated.value
    return found


def agree(path: Path, seconds: float) -> None:
    """Plan a folder, prove the plan, and compare with the plain model, which holds our values."""
    scenario = rt.read(path)
    try:
        plan = rt.plan(scenario)
    except rt.Infeasible:
        assert solve(path, time_limit=seconds).status == "infeasible"
        return
    assert plan.status == "optimal"
    proof = rt.verify(scenario, plan)
    assert [violation.message for violation in proof.violations] == []
    plan.write(path.parent / "plan")
    again = rt.read_plan(path.parent / "plan")
    assert [violation.message for violation in rt.verify(scenario, again).violations] == []
    ours = best_of(scenario, plan)
    theirs = solve(path, hold=ours, time_limit=seconds, thorough=True)
    if theirs.status == "hold":
        # Its solver takes a row that holds an objective within 1e-6 for infeasible at times: then it
        # holds its own values.
        theirs = solve(path, time_limit=seconds, thorough=True)
    if theirs.status == "limit":  # what it had solved until then counts
        ours = {name: value for name, value in ours.items() if name in theirs.values}
    else:
        assert theirs.status == "optimal"
    assert ours == pytest.approx(theirs.values, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize(("seed", "whole"), SHORT_TINY)
def test_tiny_scenarios_have_the_values_of_the_plain_model(
    tmp_path: Path, seed: int, whole: bool
) -> None:
    agree(write_random(tmp_path / "scenario", seed, "tiny", whole=whole), 60)


@pytest.mark.long
@pytest.mark.parametrize(("seed", "whole"), LONG_TINY)
def test_many_tiny_scenarios_have_the_values_of_the_plain_model(
    tmp_path: Path, seed: int, whole: bool
) -> None:
    agree(write_random(tmp_path / "scenario", seed, "tiny", whole=whole), 60)


@pytest.mark.long
@pytest.mark.parametrize(("seed", "whole"), LONG_SMALL)
def test_small_scenarios_have_the_values_of_the_plain_model(
    tmp_path: Path, seed: int, whole: bool
) -> None:
    agree(write_random(tmp_path / "scenario", seed, "small", whole=whole), 120)


def agree_with_all_plans(path: Path) -> None:
    """Plan a folder of whole items and compare with the best of all plans there are."""
    scenario = rt.read(path)
    try:
        exact = brute_force(path, 10_000)
    except (NotForBruteForceError, TooManyError) as reason:
        pytest.skip(repr(reason))
    try:
        plan = rt.plan(scenario)
    except rt.Infeasible:
        assert exact.status == "infeasible"
        return
    assert (plan.status, exact.status) == ("optimal", "optimal")
    assert best_of(scenario, plan) == pytest.approx(exact.values, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("seed", SHORT_MICRO)
def test_micro_scenarios_have_the_values_of_trying_all_plans(tmp_path: Path, seed: int) -> None:
    agree_with_all_plans(write_random(tmp_path / "scenario", seed, "micro"))


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_MICRO)
def test_many_micro_scenarios_have_the_values_of_trying_all_plans(
    tmp_path: Path, seed: int
) -> None:
    agree_with_all_plans(write_random(tmp_path / "scenario", seed, "micro"))
