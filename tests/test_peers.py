"""The same model in other libraries has the same values, so that a comparison of seconds means something."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from benchmarks.peers.data import gather
from benchmarks.peers.one import PEERS, make_peer
from benchmarks.peers.peer import Step, find_circles, solve_in_order
from benchmarks.peers.running import Run, differences
from tests.independent.random_folder import write_random
from tests.project_files import ROOT

# What linopy, xarray and PuLP warn of is their own affair.
pytestmark = [pytest.mark.filterwarnings("ignore")]

#: Later objectives depend on the slack of the rows that hold the earlier ones.
CLOSE = 1e-5

#: The peers that write a row at a time.
LOOPS = ("pyomo", "pulp", "plain")

#: What is planned once, for all peers: by the hash of the scenario.
BEST: dict[str, dict[str, float | None]] = {}


def available(peer: str) -> None:
    if peer != "plain" and find_spec(peer) is None:
        pytest.skip(f"{peer} is not installed: make peers")


def values_of(peer: str, scenario: rt.Scenario, way: str) -> dict[str, float]:
    """Solve by a peer; the status of the last step stands in for values that are missing."""
    data = gather(scenario)
    told: list[Step] = []
    steps = solve_in_order(data, make_peer(peer, data, way), 60.0, told.append)
    assert told == steps
    assert [step.status for step in steps] == ["optimal"] * len(scenario.objectives)
    return {step.objective: step.value for step in steps if step.value is not None}


def best_of(scenario: rt.Scenario) -> dict[str, float | None]:
    """Return the best of each objective in its turn.

    The plan's own value of one with a tolerance or an allowance is free within that.
    """
    if scenario.content_hash not in BEST:
        plan = rt.plan(scenario)
        BEST[scenario.content_hash] = {n: plan.objectives[n].bound for n in scenario.objectives}
    return BEST[scenario.content_hash]


def same(scenario: rt.Scenario, peer: str, way: str = "safe") -> None:
    expected: Any = pytest.approx(best_of(scenario), rel=CLOSE, abs=CLOSE)
    assert values_of(peer, scenario, way) == expected


@pytest.mark.parametrize(
    ("peer", "whole"),
    # linopy takes seconds for the smallest model: once is enough here, the long run has more.
    [*((peer, whole) for peer in LOOPS for whole in (0.0, 1.0)), ("linopy", 1.0)],
)
def test_a_generated_scenario_has_one_answer(peer: str, whole: float) -> None:
    available(peer)
    same(rt.generate(parties=4, items=3, periods=8, whole=whole, seed=1), peer)


@pytest.mark.parametrize("peer", LOOPS)
@pytest.mark.parametrize("way", ["defaults", "best"])
def test_every_way_of_solving_gives_that_answer(peer: str, way: str) -> None:
    available(peer)
    same(rt.generate(parties=4, items=3, periods=8, whole=0.3, seed=1), peer, way)


@pytest.mark.parametrize("peer", LOOPS)
def test_a_real_example_has_one_answer(peer: str) -> None:
    available(peer)
    same(rt.read(ROOT / "examples/ringtausch-2022"), peer)


@pytest.mark.parametrize("peer", LOOPS)
@pytest.mark.parametrize("seed", [1, 3, 4, 5, 6, 7, 8, 9, 10, 12])
def test_odd_rules_have_one_answer(tmp_path: Path, peer: str, seed: int) -> None:
    """Dice draw lots, steps, conditions, exchange, security and circles now and then."""
    available(peer)
    same(rt.read(write_random(tmp_path / "random", seed, whole=bool(seed % 2))), peer)


@pytest.mark.long
@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize("seed", range(20, 120))
def test_many_odd_scenarios_have_one_answer(tmp_path: Path, peer: str, seed: int) -> None:
    """Where a solver gives up on a bound row, what it had reached by then must be right."""
    available(peer)
    scenario = rt.read(write_random(tmp_path / "random", seed, whole=bool(seed % 2)))
    data = gather(scenario)
    steps = solve_in_order(data, make_peer(peer, data, "safe"), 60.0, lambda _: None)
    reached = {step.objective: step.value for step in steps if step.value is not None}
    try:
        best = best_of(scenario)
    except rt.Infeasible:
        assert "infeasible" in steps[0].status
        return
    assert reached == pytest.approx({n: best[n] for n in reached}, rel=CLOSE, abs=CLOSE)
    assert reached or not steps
    if len(reached) < len(best):
        pytest.skip(f"the solver calls {steps[-1].objective} {steps[-1].status}, after a plan")


def test_a_circle_is_found_per_item() -> None:
    there_and_back = [("gun", "A", "B"), ("gun", "B", "C"), ("gun", "C", "A")]
    assert find_circles([*there_and_back, ("tank", "A", "B")]) == [there_and_back]
    assert find_circles([("gun", "A", "B"), ("tank", "B", "A")]) == []


def test_values_that_differ_are_said() -> None:
    """The first objective must agree closely; the slack of its row moves the next one a little."""
    ours = Run("ringtausch", "plan", values={"unmet_need": 100.0, "spend": 50.0})
    near = Run("pulp", "best", values={"unmet_need": 100.0 + 5e-5, "spend": 50.0 + 4e-4})
    apart = Run("pulp", "best", values={"unmet_need": 100.0 + 5e-4, "spend": 50.0 + 4e-3})
    assert differences(ours, near) == []
    assert [text.split(":")[0] for text in differences(ours, apart)] == ["unmet_need", "spend"]


def test_one_command_compares_whole_processes() -> None:
    """The table names machine, versions, seconds, memory and values, and fits a terminal."""
    command = [sys.executable, "-m", "benchmarks.peers", "4x3x8", "--peers", "ringtausch,plain"]
    command += ["--objectives", "late_replacement,unmet_need", "--ways", "best"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[1].split() == ["program", "way", "total", "x", "build", "solve", "MB", "status"]
    assert [line.split()[:2] for line in lines[2:4]] == [["ringtausch", "plan"], ["plain", "best"]]
    assert all(line.endswith("optimal") for line in lines[2:4])
    assert max(map(len, lines[1:])) <= 80
    assert any(line.startswith("plain: scipy ") for line in lines)
