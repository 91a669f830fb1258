"""Rule 0: what a plan says of itself."""

import dataclasses

import pytest

from ringtausch.insight import verify
from tests.builders import edited, plan, scenario, without
from tests.insight.verdict import said

CASE = scenario(
    horizon=2,
    settlement=1,
    stocks="A,gun,3",
    offers="o1,A,gun,9",
    lanes="A,B,gun,0",
    assurances="A,gun,1",
    floors="A,gun,2025-01-01,3,9",
    needs="n1,B,gun,2,2025-02-01",
)
VALUES: dict[str, float | tuple[float, float | None]] = {
    "late_replacement": (3.0, 2.5),
    "unmet_need": (2.0, 2.0),
    "capability_gap": (3.0, None),
    "spend": 0.0,
    "moved_value": 1.0,
    "unfairness": 0.0,
}
GOOD = plan(
    CASE,
    objectives=VALUES,
    dispatches="o1,A,B,gun,0,1",
    fulfilments="n1,gun,0,1",
    stocks="A,gun,0,2; A,gun,1,2; A,gun,2,2; B,gun,0,1; B,gun,1,1; B,gun,2,1",
    debts="A,gun,0,1,0; A,gun,1,1,1; A,gun,2,1,1",
    gaps="A,gun,0,1,3; A,gun,1,1,3; A,gun,2,1,3",
    unmet="n1,1,1; n1,2,1",
)


def test_a_plan_that_states_its_figures_rightly_is_right() -> None:
    proof = verify(CASE, GOOD)
    assert str(proof) == "the plan obeys every rule"


@pytest.mark.parametrize(
    ("name", "stated", "message"),
    [
        ("spend", 1.0, "plan: plan.json states spend = 1, but the decisions come to 0"),
        (
            "late_replacement",
            (2.0, 2.5),
            (
                "plan: plan.json states late_replacement = 2, but the decisions come to 3|"
                "plan: plan.json states the bound 2.5 for late_replacement, above its value 2; what is"
                " proved to be the least cannot be more than what the plan reaches"
            ),
        ),
    ],
)
def test_an_objective_that_is_stated_wrongly_is_said(
    name: str, stated: float | tuple[float, float], message: str
) -> None:
    wrong = plan(CASE, objectives=VALUES | {name: stated}).objectives
    assert said(CASE, dataclasses.replace(GOOD, objectives=wrong)) == message.split("|")


def test_a_bound_may_lie_above_the_value_by_rounding_only() -> None:
    rounded = plan(CASE, objectives=VALUES | {"late_replacement": (3.0, 3.0 + 1e-6)}).objectives
    assert said(CASE, dataclasses.replace(GOOD, objectives=rounded)) == []


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        (
            "stocks",
            6,
            "plan: stocks.csv:6 states 0.5 for the gun of B in 2025-02, but the decisions leave 1",
        ),
        (
            "debts",
            2,
            (
                "plan: debts.csv:2 states 0.5 for the gun owed to A in 2025-01, but the decisions"
                " leave 1"
            ),
        ),
        (
            "gaps",
            4,
            (
                "plan: gaps.csv:4 states 0.5 for the gun that A lacks in 2025-03, but the decisions"
                " leave 1"
            ),
        ),
        (
            "unmet",
            2,
            (
                "plan: unmet.csv:2 states 0.5 for what the need n1 lacks in 2025-02, but the decisions"
                " leave 1"
            ),
        ),
    ],
)
def test_a_consequence_that_is_stated_wrongly_is_said(table: str, line: int, message: str) -> None:
    assert said(CASE, edited(GOOD, table, line, quantity=0.5)) == [message]


def test_lateness_that_is_stated_wrongly_is_said() -> None:
    assert said(CASE, edited(GOOD, "debts", 3, late=0.0)) == [
        "plan: debts.csv:3 states 0 for the gun owed to A in 2025-02, but the decisions leave 1"
    ]


def test_a_row_that_is_left_out_states_zero() -> None:
    shorter = without(without(GOOD, "stocks", 3), "stocks", 7)
    assert said(CASE, shorter) == [
        (
            "plan: stocks.csv states 0 for the gun of A in 2025-02, but the decisions leave 2; 1 other"
            " figure of that file differs"
        )
    ]


def test_a_file_that_is_not_there_or_has_no_rows_states_nothing() -> None:
    tables = {name: rows for name, rows in GOOD.tables.items() if name != "stocks"}
    tables["debts"] = ()
    assert said(CASE, dataclasses.replace(GOOD, tables=tables, objectives={})) == []


def test_a_plan_for_another_version_of_the_scenario_is_judged_with_a_note() -> None:
    changed = dataclasses.replace(CASE, name="changed")
    proof = verify(changed, GOOD)
    assert proof.ok
    assert str(proof) == (
        "the plan obeys every rule\n"
        "note: the plan was made for another version of this scenario (the content differs)"
    )
