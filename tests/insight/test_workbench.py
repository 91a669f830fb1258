"""The workbench: edit, bound at once, plan exactly, and go back to the very same scenario."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from tests.builders import scenario
from tests.independent.random_folder import write_random

#: A holds three guns and offers one; C asks for two from the first month on, for four months.
GIVING: dict[str, Any] = {
    "horizon": 4,
    "stocks": "A,gun,3",
    "offers": "a,A,gun,1",
    "lanes": "A,C,gun,0",
    "needs": "n,C,gun,2,2025-01-01",
}


def values(plan: rt.Plan) -> dict[str, float]:
    return {name: round(one.value, 5) + 0.0 for name, one in plan.objectives.items()}


def test_an_edit_is_planned_as_exactly_as_from_the_start() -> None:
    w = rt.workbench(scenario(**GIVING))
    assert w.plan().objectives["unmet_need"].value == 4
    w.edit("offers[offer=a].quantity=2")
    assert values(w.plan()) == values(rt.plan(w.scenario))
    assert w.plan().objectives["unmet_need"].value == 0
    assert w.base_plan.objectives["unmet_need"].value == 4


def test_undo_and_redo_go_to_the_very_same_scenarios_at_any_depth() -> None:
    w = rt.workbench(scenario(**GIVING))
    seen = [w.scenario]
    for number in range(1, 6):
        w.edit(f"offers[offer=a].quantity={number / 2}", f"stocks[party=A,item=gun].quantity={number + 3}")  # fmt: skip
        seen.append(w.scenario)
    assert len(w.edits) == 10
    assert w.undo(3).scenario is seen[2]
    assert w.redo(2).scenario is seen[4]
    assert w.undo(4).scenario is seen[0] is w.base
    assert w.edits == ()
    assert w.redo(5).scenario is seen[5]
    hashes = [state.content_hash for state in seen]
    assert len(set(hashes)) == 6


def test_what_was_planned_once_is_not_planned_again() -> None:
    w = rt.workbench(scenario(**GIVING))
    first = w.edit("offers[offer=a].quantity=2").plan()
    assert w.edit("offers[offer=a].quantity=3").undo().plan() is first
    assert w.undo().plan() is w.base_plan


def test_a_new_edit_forgets_what_was_taken_back() -> None:
    w = rt.workbench(scenario(**GIVING))
    w.edit("offers[offer=a].quantity=2").undo().edit("offers[offer=a].quantity=3")
    with pytest.raises(ValueError, match=r"^cannot make again 1 steps: there are 0$"):
        w.redo()
    with pytest.raises(ValueError, match=r"^cannot take back 2 steps: there are 1$"):
        w.undo(2)


def test_an_edit_that_means_nothing_changes_nothing() -> None:
    w = rt.workbench(scenario(**GIVING))
    with pytest.raises(rt.InvalidEdit):
        w.edit("offers[offer=a].quantity=2", "offers[offer=b].quantity=2")
    assert (w.edits, w.scenario is w.base) == ((), True)


def test_a_bound_is_there_before_the_plan_and_reached_where_one_relaxation_tells_all() -> None:
    w = rt.workbench(scenario(**GIVING))
    w.edit("offers[offer=a].quantity=1.5")
    assert w.bound()["late_replacement"] == 0
    assert w.edit("needs[need=n].quantity=9").bound().keys() == w.plan().objectives.keys()


def test_an_infinite_bound_says_that_there_is_no_plan() -> None:
    w = rt.workbench(scenario(**GIVING))
    w.edit("needs[need=n].hard=true")
    assert set(w.bound().values()) == {math.inf}
    with pytest.raises(rt.Infeasible):
        w.plan()


def test_it_shows_edits_and_values_before_and_now() -> None:
    w = rt.workbench(scenario(**GIVING))
    w.edit("offers[offer=a].quantity=2")
    w.plan()
    assert repr(w).splitlines()[:4] == [
        "<Workbench 'test': 1 edit>",
        "  offers[offer=a].quantity=2",
        "  late_replacement                  0                0",
        "  unmet_need                        4                0",
    ]
    assert "<code>offers[offer=a].quantity=2</code>" in w._repr_html_()


def test_a_scenario_without_a_plan_cannot_be_put_on_it() -> None:
    with pytest.raises(rt.Infeasible):
        rt.workbench(scenario(**(GIVING | {"needs": "n,C,gun,2,2025-01-01,,,true"})))


def edits_of(sc: rt.Scenario) -> list[str]:
    """Write some edits of quantities, times and rows that any random scenario has."""
    found = [f"offers[offer={row.offer}].quantity={row.quantity + 1}" for row in sc.offers[:2]]
    found += [f"needs[need={row.need}].quantity={row.quantity * 2}" for row in sc.needs[:1]]
    found += [f"releases[row=1].amount={row.amount / 2}" for row in sc.releases[:1]]
    found += [f"stocks[row=1].quantity={row.quantity + 2}" for row in sc.stocks[:1]]
    found += [f"-offers[offer={row.offer}]" for row in sc.offers[-1:]]
    return [*found, f"scenario.horizon={sc.horizon + 1}", "allowance.unmet_need=2"]


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 6, 7])
def test_no_plan_is_below_a_bound(tmp_path: Path, seed: int) -> None:
    sc = rt.read(write_random(tmp_path / "scenario", seed, "micro", whole=seed % 2 == 0))
    try:
        w = rt.workbench(sc)
    except rt.Infeasible:
        pytest.skip("no plan")
    for edit in edits_of(sc):
        try:
            w.edit(edit)
        except rt.InvalidEdit:
            continue
        bounds = w.bound()
        try:
            found = rt.plan(w.scenario)
        except rt.Infeasible:
            w.undo()
            continue
        for name in w.scenario.objectives:
            value = found.objectives[name].value
            assert bounds[name] <= value + 2e-6 * max(1.0, abs(value)), (edit, name)
        assert values(w.plan()).keys() == values(found).keys()
        w.undo()
