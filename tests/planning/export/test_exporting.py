"""Exported models: their names, and that their optimum is that of planning, circles or not."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

import ringtausch as rt
from ringtausch.planning.export import LONGEST_NAME, ExportedModel, export_model
from ringtausch.planning.export.column_names import SYMBOLS
from ringtausch.planning.export.no_circles import (
    no_circles_arrow,
    no_circles_order,
    no_circles_pair,
)
from ringtausch.planning.export.row_names import BURDEN, RULES
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.layout import lay_out
from ringtausch.planning.objectives import burden_rows
from ringtausch.planning.rules import all_rules
from tests.builders import scenario
from tests.independent.random_folder import write_random
from tests.planning.export.reading import optimum, text_of_model

FUNCTIONS = {function.__name__ for function, _ in (*RULES, *BURDEN)} | {
    function.__name__ for function in (no_circles_arrow, no_circles_order, no_circles_pair)
}
#: What scipy's `milp` says.
_OPTIMAL, _INFEASIBLE = 0, 2
NAME = re.compile(r"(\w+)\(([A-Za-z0-9._~]+(,[A-Za-z0-9._~]+)*)\)")


def best(case: rt.Scenario, objective: str) -> float:
    """Return what planning proves for an objective alone; inf where there is no plan."""
    try:
        plan = rt.plan(case, objectives=[objective])
    except rt.Infeasible:
        return math.inf
    assert plan.status == "optimal"
    return plan.objectives[objective].value


def solved(model: ExportedModel, place: Path, *, without: tuple[str, ...] = ()) -> float:
    """Solve a model as its file."""
    (place / "model.lp").write_text(text_of_model(model, "lp"), encoding="ascii")
    return optimum(place / "model.lp", without=without)


def by_scipy(model: ExportedModel) -> float:
    """Solve a model from its arrays with another interface."""
    m = model.matrix
    matrix = csr_array((m.value, m.column, m.start), shape=(len(model.rows), len(model.columns)))
    found = milp(
        model.cost,
        integrality=model.whole.astype(np.int64),
        bounds=Bounds(model.lower, model.upper),
        constraints=LinearConstraint(matrix, m.lower, m.upper) if model.rows else (),
        options={"mip_rel_gap": 0.0},
    )
    assert found.status in {_OPTIMAL, _INFEASIBLE}
    return float(found.fun) if found.status == _OPTIMAL else math.inf


def random_case(place: Path, seed: int, size: str = "micro", *, whole: bool) -> rt.Scenario:
    return rt.read(write_random(place / f"random-{seed}", seed, size, whole=whole))


# ---- names


def unfit(model: ExportedModel) -> list[str]:
    """List the names that break the scheme, and those that stand twice."""
    wrong = [name for name in (*model.columns, *model.rows) if len(name) > LONGEST_NAME]
    for names, known in ((model.columns, set(SYMBOLS)), (model.rows, FUNCTIONS)):
        wrong += (
            [name for name in names if names.count(name) > 1]
            if len(set(names)) < len(names)
            else []
        )
        for name in names:
            match = NAME.fullmatch(name)
            if name != "constant" and (match is None or match[1] not in known):
                wrong.append(name)
    return wrong


@pytest.mark.parametrize("objective", rt.OBJECTIVES)
def test_every_column_and_row_of_an_example_is_named_by_symbol_or_rule(objective: str) -> None:
    model = export_model(rt.read("examples/patriot-2025"), objective)
    assert unfit(model) == []
    assert (len(model.columns), len(model.rows)) == (len(model.lower), len(model.matrix.lower))


@pytest.mark.parametrize("seed", range(12))
def test_every_column_and_row_of_odd_scenarios_is_named(tmp_path: Path, seed: int) -> None:
    case = random_case(tmp_path, seed, "small", whole=seed % 2 == 0)
    assert unfit(export_model(case, "unfairness")) == []


def test_each_row_is_named_by_the_function_that_wrote_it(tmp_path: Path) -> None:
    """The names follow `all_rules`: each of its blocks is what the function of that name makes."""
    layout = lay_out(gather_facts(random_case(tmp_path, 3, "small", whole=True)), burden=True)
    money = {"charges_paid", "fund_balance"}
    for (function, _), block in zip(RULES, all_rules(layout, 10.0), strict=True):
        arguments = (layout, 10.0) if function.__name__ in money else (layout,)
        again = function(*arguments)
        assert all(map(np.array_equal, again.entries(), block.entries())), function.__name__
    assert [function for function, _ in BURDEN] == [burden_rows] * len(burden_rows(layout, 10.0))


def entries_of(model: ExportedModel, row: str) -> dict[str, float]:
    at = model.rows.index(row)
    where = slice(model.matrix.start[at], model.matrix.start[at + 1])
    return dict(
        zip(
            [model.columns[c] for c in model.matrix.column[where]],
            model.matrix.value[where].tolist(),
            strict=True,
        )
    )


def test_a_row_holds_what_its_name_says() -> None:
    """A gives C of two roles and orders its replacement; a row of each kind, read by name."""
    case = scenario(
        horizon=1,
        settlement=1,
        objectives=("unmet_need",),
        items="gun,,,true",
        capabilities="air,gun,2,shooters; air,radar,1,eyes",
        stocks="A,gun,3; A,radar,1; B,gun,1",
        offers="a,A,gun,3; b,A,radar,1; c,B,gun,1,,,,,1",
        lanes="A,C,*; B,C,gun,0,5",
        needs="n,C,air,4,2025-01-01",
        floors="A,gun,2025-01-01,3",
        assurances="A,gun,1",
        supply="S,gun,A,10,,1",
        production="S,gun,2025-02-01,2",
        funds="f,C",
        releases="f,2025-01-01,20",
    )
    model = export_model(case, "unmet_need")
    money = model.money_unit
    assert {
        row: entries_of(model, row)
        for row in (
            "stock_balance(A,gun,2025.02)",
            "willingness(c)",
            "conditional_offers(c)",
            "floor(A,gun,2025.01)",
            "debt_balance(A,gun,2025.02)",
            "unmet_need(n,eyes,2025.02)",
            "served_so_far(n,shooters,2025.01)",
            "charges_paid(order.gun.A,2025.01)",
            "fund_balance(f,2025.02)",
        )
    } == {
        "stock_balance(A,gun,2025.02)": {
            "o(S,gun,A,2025.01)": -1.0,
            "S(A,gun,2025.01)": -1.0,
            "S(A,gun,2025.02)": 1.0,
        },
        "willingness(c)": {"x(c,C,2025.01)": 1.0, "x(c,C,2025.02)": 1.0, "stands(c)": -1.0},
        "conditional_offers(c)": {"x(a,C,2025.01)": 1.0, "stands(c)": -1.0},
        "floor(A,gun,2025.01)": {"S(A,gun,2025.01)": 1.0, "g(A,gun,2025.01)": 1.0},
        "debt_balance(A,gun,2025.02)": {
            "y(A,gun,gun,2025.02)": 1.0,
            "handed(A,gun,2025.01)": 1.0,
            "handed(A,gun,2025.02)": -1.0,
            "D(A,gun,2025.01)": -1.0,
            "D(A,gun,2025.02)": 1.0,
        },
        "unmet_need(n,eyes,2025.02)": {"u(n,2025.02)": 1.0, "served(n,eyes,2025.02)": 1.0},
        "served_so_far(n,shooters,2025.01)": {
            "z(n,gun,2025.01)": -2.0,
            "served(n,shooters,2025.01)": 1.0,
        },
        "charges_paid(order.gun.A,2025.01)": {
            "o(S,gun,A,2025.01)": -10 / money,
            "m(f,order.gun.A,2025.01)": 1.0,
        },
        "fund_balance(f,2025.02)": {"balance(f,2025.01)": -1.0, "balance(f,2025.02)": 1.0},
    }


# ---- the answer


@pytest.mark.parametrize("objective", rt.OBJECTIVES)
@pytest.mark.parametrize("whole", [0.0, 0.3, 1.0])
def test_the_optimum_of_a_generated_scenario_is_that_of_planning(
    tmp_path: Path, whole: float, objective: str
) -> None:
    case = rt.generate(parties=4, items=1, periods=6, whole=whole, seed=3)
    model, right = export_model(case, objective), best(case, objective)
    assert solved(model, tmp_path) == pytest.approx(right, rel=1e-6, abs=1e-6)
    assert by_scipy(model) == pytest.approx(right, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("objective", ["late_replacement", "unmet_need", "capability_gap"])
def test_the_optimum_of_an_example_is_that_of_planning(tmp_path: Path, objective: str) -> None:
    case = rt.read("examples/ringtausch-2022")
    right = best(case, objective)
    assert solved(export_model(case, objective), tmp_path) == pytest.approx(right, abs=1e-6)


def compare_random(place: Path, seed: int, size: str, *, whole: bool) -> int:
    """Hold two objectives of a random scenario against planning; return how many arrows there were."""
    case = random_case(place, seed, size, whole=whole)
    for objective in (case.objectives[0], "unfairness"):
        model, right = export_model(case, objective), best(case, objective)
        assert solved(model, place) == pytest.approx(right, rel=1e-6, abs=1e-6)
        assert by_scipy(model) == pytest.approx(right, rel=1e-6, abs=1e-6)
    return model.arrows


@pytest.mark.parametrize("seed", range(10))
def test_the_optimum_of_odd_scenarios_is_that_of_planning(tmp_path: Path, seed: int) -> None:
    """Some have no plan at all: then the model has no solution."""
    compare_random(tmp_path, seed, "micro", whole=seed % 2 == 0)


@pytest.mark.long
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_the_optimum_of_many_odd_scenarios_is_that_of_planning(
    tmp_path: Path, seed: int, whole: bool
) -> None:
    compare_random(tmp_path, seed, "tiny", whole=whole)


def test_a_scenario_without_any_row_has_a_model_all_the_same(tmp_path: Path) -> None:
    case = scenario(horizon=1, objectives=("spend",))
    assert solved(export_model(case, "spend"), tmp_path) == by_scipy(export_model(case, "spend"))
    assert export_model(case, "spend").columns == ("constant",)


def test_dues_are_in_the_optimum_as_the_constant(tmp_path: Path) -> None:
    """A need of one gun at 3 a piece, and dues of 7 from before: 10 in all."""
    case = scenario(
        horizon=1,
        objectives=("spend",),
        stocks="A,gun,1",
        offers="o,A,gun,1,,,C,,,3",
        lanes="A,C,gun",
        needs="n,C,gun,1,2025-01-01,,,true",
        funds="f,C",
        releases="f,2025-01-01,10",
        dues="order,gun,C,2025-01-01,7",
    )
    model = export_model(case, "spend")
    assert (model.constant, model.columns[-1]) == (7.0, "constant")
    assert (solved(model, tmp_path), best(case, "spend")) == (10.0, 10.0)


# ---- rule 13


def test_where_no_circle_is_possible_rule_13_adds_nothing() -> None:
    """A gives to B and C, B to C: no way leads back."""
    case = scenario(
        horizon=1,
        objectives=("unmet_need",),
        stocks="A,gun,2; B,gun,1",
        offers="a,A,gun,2; b,B,gun,1",
        lanes="A,*,gun; B,C,gun",
        needs="n,C,gun,3,2025-01-01",
    )
    model = export_model(case, "unmet_need")
    assert model.arrows == 0
    assert [name for name in model.columns if name.startswith(("arrow", "place"))] == []
    assert [name for name in model.rows if name.startswith("no_circles")] == []


def test_a_swap_of_two_that_would_pay_off_is_forbidden(tmp_path: Path) -> None:
    """A and B hold a gun each and are owed one each: a swap would settle both, and settles nothing."""
    case = scenario(
        horizon=1,
        objectives=("late_replacement",),
        stocks="A,gun,1; B,gun,1",
        offers="a,A,gun,1; b,B,gun,1",
        lanes="*,*,gun",
        debts="A,gun,1,2025-01-01; B,gun,1,2025-01-01",
    )
    model = export_model(case, "late_replacement")
    assert [
        name for name in (*model.columns, *model.rows) if "arrow" in name or "circle" in name
    ] == [
        "arrow(gun,A,B)",
        "arrow(gun,B,A)",
        "no_circles_arrow(a,B)",
        "no_circles_arrow(b,A)",
        "no_circles_pair(gun,A,B)",
    ]
    assert (solved(model, tmp_path), best(case, "late_replacement")) == (1, 1)
    assert solved(model, tmp_path, without=("no_circles",)) == 0


RING = {
    "horizon": 3,
    "objectives": ("late_replacement",),
    "stocks": "A,gun,1; B,gun,1; C,gun,1; D,gun,1",
    "offers": "a,A,gun,1,,2025-01-31; b,B,gun,1,2025-02-01,2025-02-28; c,C,gun,1,2025-03-01; d,D,gun,1",
    "debts": "A,gun,1,2025-03-01; B,gun,1,2025-03-01; C,gun,1,2025-03-01",
}


def test_a_ring_of_three_that_would_pay_off_is_forbidden(tmp_path: Path) -> None:
    """A sends in January, B in February, C in March: each would be settled by the one before it."""
    case = scenario(lanes="A,B,gun; B,C,gun; C,A,gun; A,D,gun", **RING)
    model = export_model(case, "late_replacement")
    assert [name for name in model.rows if name.startswith("no_circles")] == [
        "no_circles_arrow(a,B)",
        "no_circles_arrow(b,C)",
        "no_circles_arrow(c,A)",
        "no_circles_order(gun,A,B)",
        "no_circles_order(gun,B,C)",
        "no_circles_order(gun,C,A)",
    ]
    assert (solved(model, tmp_path), by_scipy(model), best(case, "late_replacement")) == (1, 1, 1)
    assert solved(model, tmp_path, without=("no_circles",)) == 0
    assert solved(model, tmp_path, without=("no_circles_order",)) == 0


def test_what_forms_no_circle_stays_allowed_where_circles_are_possible(tmp_path: Path) -> None:
    """D gives to A, who is in a possible ring: then the ring is left open, and nobody waits."""
    case = scenario(lanes="*,*,gun", **RING)
    model = export_model(case, "late_replacement")
    # every party may give to each other one, within its window
    assert (model.arrows, sum(name.startswith("place") for name in model.columns)) == (12, 4)
    assert (solved(model, tmp_path), best(case, "late_replacement")) == (0, 0)
