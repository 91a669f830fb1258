"""What is agreed: decisions of an earlier plan before a date, as requirements beside the others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import ringtausch as rt
from tests.builders import plan, scenario

#: A hands its gun to C in January, as agreed.
AGREED: dict[str, Any] = {
    "horizon": 3,
    "stocks": "A,gun,1",
    "offers": "a,A,gun,1",
    "lanes": "A,*,gun",
    "needs": "n,C,gun,1,2025-01-01",
}
FEBRUARY = date(2025, 2, 1)


def old_plan() -> rt.Plan:
    return plan(scenario(**AGREED), dispatches="a,A,C,gun,0,1", fulfilments="n,gun,0,1")


def test_what_is_agreed_stands_against_a_new_need() -> None:
    """D's need has come up since, it must be met, and the only gun is agreed to go to C."""
    case = scenario(**AGREED | {"needs": AGREED["needs"] + "; m,D,gun,1,2025-02-01,,,true"})
    assert rt.diagnose(case).status == "feasible"
    found = rt.diagnose(case, keep=old_plan(), frozen=FEBRUARY)
    (conflict,) = found.conflicts
    assert [(row.table, row.line) for row in conflict.rows] == [("dispatches", 2), ("needs", 3)]
    assert conflict.sentence == (
        "The agreed plan has A hand over 1 gun (a) to C on 2025-01-01 (dispatches.csv:2); and the"
        " need m of D for 1 gun must be met from 2025-02-01 on (needs.csv:3). Against it stands"
        " that A has 1 gun at the start (stocks.csv:2). Without any one of these 2 requirements"
        " the others can be met."
    )
    for repair in found.repairs:
        edited = rt.edit(case, *repair.edits)
        best = rt.plan(edited, keep=old_plan(), frozen=FEBRUARY)
        assert repair.objectives == {name: o.value for name, o in best.objectives.items()}


def test_what_is_agreed_and_no_longer_possible_is_a_conflict_alone() -> None:
    """The lane has been closed since: the repair opens it in the month of what is agreed."""
    case = scenario(**AGREED | {"lanes": "A,*,gun,,,,,2025-03-01"})
    found = rt.diagnose(case, keep=old_plan(), frozen=FEBRUARY)
    assert [[row.table for row in conflict.rows] for conflict in found.conflicts] == [
        ["dispatches"]
    ]
    assert {repair.edits for repair in found.repairs} == {
        ("lanes[from=A,to=*,item=gun].opens=2025-01-01",)
    }


def test_what_no_row_can_mend_is_said() -> None:
    """A has sold its gun: stock is no row that a repair may change."""
    case = scenario(**AGREED | {"stocks": "B,gun,1"})
    found = rt.diagnose(case, keep=old_plan(), frozen=FEBRUARY)
    assert (len(found.conflicts), found.repairs) == (1, ())
    assert found.open_points == (
        "no change of the rows that may change mends it: what is agreed stands against it",
    )


def test_a_plan_of_another_scenario_is_refused() -> None:
    with pytest.raises(rt.InvalidPlan, match='this plan is of "test"; the scenario here is "x"'):
        rt.diagnose(scenario(**AGREED, name="x"), keep=old_plan(), frozen=FEBRUARY)
