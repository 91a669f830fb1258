"""What the slack of a finished objective buys is neither held nor proved: the plan stays the best.

The trap: C needs one unit of defence, a barrel of oil from A (10 EUR) or a gun from B (1 EUR); either
leaves its giver a gap of 1 in both periods. The camp gets 2 tents of 4, where without its steps it
would get 3, so that a row with a slack holds the unmet need; and the dream that nobody can meet makes
that slack large. Oil can be given short by the slack, a whole gun cannot: the gap is then less by as
much, and were it held so, only the dear oil would be left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import ringtausch as rt
from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.holding import SLACK
from ringtausch.planning.lexicographic import solve_in_order
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.polishing import is_slack_used, polished
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Outcome, Work
from tests.builders import scenario
from tests.planning.answers import answer

StringArray = npt.NDArray[np.str_]

OPTIONS = SolverOptions(threads=1)
TRAP: dict[str, Any] = {
    "horizon": 2,
    "parties": "A; B; C",
    "objectives": ("unmet_need", "capability_gap", "spend"),
    "items": "oil; gun,,,true; tent; gold",
    "capabilities": "defence,oil; defence,gun",
    "stocks": "A,oil,1; B,gun,1; A,tent,3",
    "offers": "oil,A,oil,1,,,,,,10,EUR; gun,B,gun,1,,,,,,1,EUR; tent,A,tent,3",
    "lanes": "A,C,oil; B,C,gun; A,C,tent",
    "floors": "A,oil,2025-01-01,1,9; B,gun,2025-01-01,1,9",
    "needs": "n,C,defence,1,2025-01-01; camp,C,tent,4,2025-01-01,,2; dream,C,gold,5000,2025-01-01",
    "funds": "f,C",
    "releases": "f,2025-01-01,100",
}


def model_of(case: rt.Scenario) -> Model:
    return build_model(gather_facts(case), tuple(case.objectives))


def sent(model: Model, quantities: Mapping[str, float]) -> FloatArray:
    """Make columns in which "A oil" and others go to C, so much in January, and else nothing."""
    x = model.layout.dispatches
    columns = np.zeros(model.columns)
    for name, quantity in quantities.items():
        columns[x.column[(ways(model) == name) & (x.period == 0)]] = quantity
    return columns


def dispatched(model: Model, columns: FloatArray) -> dict[str, float]:
    """Add up what each party sends of each item, where it sends any."""
    sends, quantities = ways(model), columns[model.layout.dispatches.column]
    total = {name: round(float(quantities[sends == name].sum()), 9) for name in np.unique(sends)}
    return {str(name): quantity for name, quantity in total.items() if quantity}


def ways(model: Model) -> StringArray:
    """(dispatch,) Name who sends what: "A oil"."""
    x, names = model.layout.dispatches, model.layout.facts.names
    pairs = zip(x.giver, x.item, strict=True)
    return np.array([f"{names.parties[giver]} {names.items[item]}" for giver, item in pairs])


# ---- plans


@pytest.mark.parametrize("method", ["auto", "families"])
def test_what_slack_buys_of_one_objective_does_not_make_the_next_one_dear(method: str) -> None:
    """The gun for 1 EUR: the oil for 10, 0.00001 short, was called the proved optimum."""
    assert answer(scenario(**TRAP), "dispatches", method=method) == {
        "values": [2 * 5000 + 2 * 2, 2, 1],
        "dispatches": ["gun,B,C,gun,0,1,0", "tent,A,C,tent,0,2,0"],
    }


def test_how_large_the_values_are_does_not_choose_the_plan() -> None:
    """Without the dream the slack is 4 billionths: enough to fall into the same trap."""
    needs = TRAP["needs"].rpartition(";")[0]
    assert answer(scenario(**TRAP | {"needs": needs}), "dispatches") == {
        "values": [2 * 2, 2, 1],
        "dispatches": ["gun,B,C,gun,0,1,0", "tent,A,C,tent,0,2,0"],
    }


@pytest.mark.parametrize("method", ["auto", "families"])
def test_the_slack_of_a_cap_buys_nothing_either(method: str) -> None:
    """The 4 that the unmet need may give up are the tents: what is left for the oil is the slack."""
    settings = TRAP | {
        "allowance": {"unmet_need": 4},
        "floors": f"{TRAP['floors']}; A,tent,2025-01-01,3,9,5",
    }
    assert answer(scenario(**settings), "dispatches", method=method) == {
        "values": [2 * 5000 + 2 * 4, 2, 1],
        "dispatches": ["gun,B,C,gun,0,1,0"],
    }


@pytest.mark.parametrize(("weight", "more"), [(0.01, 2e-4), (0.1, 2e-5), (1, 2e-6)])
def test_what_slack_buys_does_not_choose_the_whole_numbers_either(
    weight: float, more: float
) -> None:
    """A's gap counts a little more than B's, so the gun from B is better: 2 instead of 2 and a bit.

    Oil given short by the slack would leave A a gap that is smaller by more than that bit.
    """
    camp_and_dream = TRAP["needs"].partition(";")[2]
    case = scenario(
        **TRAP
        | {
            "needs": f"n,C,defence,1,2025-01-01,{weight};{camp_and_dream}",
            "floors": f"A,oil,2025-01-01,1,9,{1 + more}; B,gun,2025-01-01,1,9",
            "offers": "oil,A,oil,1,,,,,,1,EUR; gun,B,gun,1,,,,,,10,EUR; tent,A,tent,3",
        }
    )
    model = model_of(case)
    outcome = solve_in_order(model, {}, {}, OPTIONS, Watch())
    assert outcome.columns is not None
    assert outcome.status == "optimal"
    assert model.objectives["capability_gap"].value(outcome.columns) == pytest.approx(2, abs=1e-9)
    assert dispatched(model, outcome.columns)["B gun"] == 1


@pytest.mark.long
def test_no_objective_is_said_to_need_more_than_the_plan_itself_does() -> None:
    """The spend was said to be at least 542.21, the unfairness 338.33, with a plan of these values."""
    case = rt.generate(parties=6, items=8, periods=20, whole=0.5, seed=2)
    model = model_of(case)
    outcome = solve_in_order(model, {}, {}, OPTIONS, Watch())
    expected = {
        "late_replacement": 49.5,
        "unmet_need": 7.74,
        "capability_gap": 3.65,
        "spend": 403.5578,
        "moved_value": 322.608,
        "unfairness": 317.1021066,
    }
    assert outcome.status == "optimal"
    assert outcome.columns is not None
    values = {name: costs.value(outcome.columns) for name, costs in model.objectives.items()}
    assert values == pytest.approx(expected, abs=1e-6)
    assert outcome.bounds == pytest.approx(expected, abs=1e-6)


# ---- whether a slack is used


@pytest.mark.parametrize(
    ("above", "used"),
    [(-1.0, False), (0.0, False), (0.001, False), (0.5, True), (1.0, True), (1000.0, True)],
)
def test_a_slack_is_used_where_a_solution_is_worse_by_a_part_of_it(
    above: float, used: bool
) -> None:
    """`above` in slacks: of 200 here, whose slack is 200 billionths."""
    model = model_of(scenario(**TRAP))
    work = Work.begin(model)
    columns = sent(model, {"B gun": 1.0})
    first = Costs((columns > 0).astype(np.float64), constant=200.0)
    work.values = [(Costs(np.zeros(model.columns)), 0.0), (first, 201.0)]
    columns[columns > 0] += above * SLACK * 201.0
    assert is_slack_used(work, columns) is used


def test_no_slack_is_used_where_nothing_is_finished_or_nothing_must_be_whole() -> None:
    """Continuous objectives are held on the faces that duals prove: there is no slack to use."""
    model = model_of(scenario(**TRAP))
    work = Work.begin(model)
    columns = sent(model, {"B gun": 1.0})
    assert not is_slack_used(work, columns)
    work.values = [(model.objectives["spend"], -1.0)]
    assert is_slack_used(work, columns)
    work.decided = True
    assert not is_slack_used(work, columns)


# ---- what polishing leaves as it is, and what it makes better


def polish(
    model: Model, columns: FloatArray, caps: Mapping[str, float] | None = None
) -> FloatArray:
    work = Work.begin(model)
    work.caps.update(caps or {})
    return polished(work, columns, "spend", OPTIONS, Watch())


def test_polishing_gives_in_full_what_was_given_short() -> None:
    model = model_of(scenario(**TRAP))
    short = sent(model, {"A oil": 1 - 1e-5, "A tent": 2.0})
    short[model.layout.steps[model.layout.steps >= 0]] = 1.0
    assert dispatched(model, polish(model, short)) == {"A oil": 1.0, "A tent": 2.0}


def test_polishing_keeps_the_whole_numbers_even_where_others_are_better() -> None:
    """Two tents would serve the camp, and a gun would be cheaper; the solution has neither."""
    model = model_of(scenario(**TRAP))
    whole = sent(model, {"B gun": 0.0, "A oil": 0.5})
    assert dispatched(model, polish(model, whole)) == {"A oil": 1.0}


def test_polishing_rounds_what_must_be_whole() -> None:
    model = model_of(scenario(**TRAP))
    clean = polish(model, sent(model, {"B gun": 1 - 1e-7}))
    assert np.all(clean[model.whole] == np.round(clean[model.whole]))
    assert dispatched(model, clean) == {"B gun": 1.0}


#: Two barrels for C, from A or from B, which asks less; nothing must be whole but a gun of no use.
TWO_WAYS: dict[str, Any] = {
    "horizon": 1,
    "objectives": ("unmet_need", "spend"),
    "items": "oil; gun,,,true",
    "stocks": "A,oil,2; B,oil,2; A,gun,1",
    "offers": "dear,A,oil,2,,,,,,10,EUR; cheap,B,oil,2,,,,,,1,EUR; gun,A,gun,1",
    "lanes": "A,C,oil; B,C,oil; A,C,gun",
    "needs": "n,C,oil,2,2025-01-01; g,C,gun,1,2025-01-01",
    "funds": "f,C",
    "releases": "f,2025-01-01,100",
}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"A oil": 1.5}, {"A oil": 2.0}),
        ({"B oil": 0.1}, {"B oil": 2.0}),
        ({"A oil": 1.5, "B oil": 0.1}, {"B oil": 2.0}),
        ({}, {}),
    ],
)
def test_polishing_takes_no_way_that_the_solution_does_not(
    before: dict[str, float], after: dict[str, float]
) -> None:
    """Else what is sent could go in a circle that the solution does not have."""
    model = model_of(scenario(**TWO_WAYS))
    assert dispatched(model, polish(model, sent(model, before))) == after


def test_an_objective_that_gives_something_up_keeps_to_its_cap_when_polished() -> None:
    """Of 1 gun and 2 barrels missing 2.5 may stay so: half a barrel is bought, and no more."""
    model = model_of(scenario(**TWO_WAYS))
    clean = polish(model, sent(model, {"B oil": 1.5}), caps={"unmet_need": 2.5})
    assert dispatched(model, clean) == {"B oil": 0.5}


def test_a_solution_whose_rounding_breaks_a_rule_stays_as_it_was() -> None:
    """There is 1 gun only: with 2 nothing can be solved."""
    model = model_of(scenario(**TRAP))
    columns = sent(model, {"B gun": 2.0})
    assert polish(model, columns) is columns


def test_without_whole_numbers_nothing_is_polished() -> None:
    model = model_of(scenario(**TWO_WAYS | {"items": "oil; gun"}))
    columns = sent(model, {"A oil": 1.5})
    assert polish(model, columns) is columns


# ---- bounds that the plan refutes


@pytest.mark.parametrize(
    ("bound", "kept"),
    [(9.0, True), (10.0, True), (10.000001, True), (10.001, False), (11.0, False)],
)
def test_a_bound_above_the_value_of_the_plan_itself_is_dropped(bound: float, kept: bool) -> None:
    """The plan spends 10. What was dropped is told, for then not every objective is proved."""
    model = model_of(scenario(**TRAP))
    columns = polish(model, sent(model, {"A oil": 1.0}))
    outcome = Outcome("optimal", columns, {"capability_gap": 2.0, "spend": bound})
    assert outcome.drop_refuted(model) is not kept
    expected = {"capability_gap": 2.0} | ({"spend": bound} if kept else {})
    assert outcome.bounds == expected


def test_without_a_plan_no_bound_is_refuted() -> None:
    outcome = Outcome("unknown", None, {"spend": 11.0})
    assert not outcome.drop_refuted(model_of(scenario(**TRAP)))
    assert outcome.bounds == {"spend": 11.0}
