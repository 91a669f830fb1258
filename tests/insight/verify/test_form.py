"""Rule 0: what is wrong with a row of a plan by itself."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ringtausch.insight import verify
from ringtausch.records import read_plan
from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    start="2025-07-01",
    horizon=2,
    settlement=1,
    items="patriot,,,true",
    stocks="DEU,patriot,4",
    offers="o1,DEU,patriot,4",
    lanes="DEU,UKR,patriot,1,,10",
    supply="RTX,patriot,DEU,,,2",
    production="RTX,patriot,2025-07-01,9",
    needs="kyiv,UKR,patriot,4,2025-07-01",
    assurances="DEU,patriot,1",
    funds="NSATU,DEU",
    releases="NSATU,2025-07-01,1000",
)
GOOD = plan(
    CASE,
    dispatches="o1,DEU,UKR,patriot,0,2,1",
    orders="RTX,patriot,DEU,0,2,2",
    settlements="DEU,patriot,,2,2",
    fulfilments="kyiv,patriot,1,2",
    payments="NSATU,handover,patriot,UKR,0,20",
)


def test_a_plan_without_a_slip_is_right() -> None:
    assert said(CASE, GOOD) == []


@pytest.mark.parametrize(
    ("table", "cells", "message"),
    [
        (
            "dispatches",
            {"offer": "o9"},
            (
                'plan: dispatches.csv:2 names the offer "o9", which the scenario does not have; it has'
                " o1"
            ),
        ),
        (
            "dispatches",
            {"offer": "o11"},
            (
                'plan: dispatches.csv:2 names the offer "o11", which the scenario does not have; did'
                ' you mean "o1"?'
            ),
        ),
        (
            "payments",
            {"fund": "NSTAU"},
            (
                'plan: payments.csv:2 names the fund "NSTAU", which the scenario does not have; did you'
                ' mean "NSATU"?'
            ),
        ),
        (
            "dispatches",
            {"arrives": 2},
            (
                "plan: dispatches.csv:2 states the arrival 2, but what leaves in period 0 on that lane"
                " arrives in period 1"
            ),
        ),
        (
            "orders",
            {"delivered": 0},
            (
                "plan: orders.csv:2 states the delivery 0, but what is ordered in period 0 on those"
                " terms is delivered in period 2"
            ),
        ),
        (
            "fulfilments",
            {"date": dt.date(2025, 9, 1)},
            "plan: fulfilments.csv:2 has the date 2025-09-01, but period 1 begins on 2025-08-01",
        ),
    ],
)
def test_a_slip_that_changes_nothing_is_said_and_nothing_else(
    table: str, cells: dict[str, Any], message: str
) -> None:
    assert said(CASE, edited(GOOD, table, 2, **cells)) == [message]


@pytest.mark.parametrize(
    ("table", "cells", "message"),
    [
        (
            "dispatches",
            {"to": "UKRR"},
            (
                'plan: dispatches.csv:2 names the party "UKRR", which the scenario does not have; did'
                ' you mean "UKR"?'
            ),
        ),
        (
            "orders",
            {"supplier": "RTXX"},
            (
                'plan: orders.csv:2 names the supplier "RTXX", which the scenario does not have; did'
                ' you mean "RTX"?'
            ),
        ),
        (
            "settlements",
            {"accepted": "patrio"},
            (
                'plan: settlements.csv:2 names the item "patrio", which the scenario does not have; did'
                ' you mean "patriot"?'
            ),
        ),
        (
            "fulfilments",
            {"need": "odesa"},
            (
                'plan: fulfilments.csv:2 names the need "odesa", which the scenario does not have; it'
                " has kyiv"
            ),
        ),
        (
            "payments",
            {"purpose": "hand-over"},
            (
                'plan: payments.csv:2 names the purpose "hand-over", which the scenario does not have;'
                ' did you mean "handover"?'
            ),
        ),
        (
            "dispatches",
            {"period": 3},
            "plan: dispatches.csv:2 is in period 3, but the periods of the plan are 0 to 2",
        ),
        (
            "dispatches",
            {"quantity": -2.0},
            (
                "plan: dispatches.csv:2 has the quantity -2; a quantity is 0.000001 or more, or the row"
                " is left out"
            ),
        ),
        (
            "settlements",
            {"quantity": 1e-7},
            (
                "plan: settlements.csv:2 has the quantity 1e-07; a quantity is 0.000001 or more, or the"
                " row is left out"
            ),
        ),
        (
            "payments",
            {"amount": -20.0},
            "plan: payments.csv:2 has the amount -20; an amount is 0 or more",
        ),
        (
            "payments",
            {"amount": float("nan")},
            "plan: payments.csv:2 has the amount nan; an amount is 0 or more",
        ),
        (
            "dispatches",
            {"quantity": 1.5},
            (
                "plan: dispatches.csv:2 has 1.5 patriot, but patriot comes in whole units only; write 1"
                " or 2"
            ),
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_said_first(
    table: str, cells: dict[str, Any], message: str
) -> None:
    """Other rules may be broken because of it; they come after."""
    assert said(CASE, edited(GOOD, table, 2, **cells))[0] == message


def test_a_name_like_no_other_is_told_the_names_there_are() -> None:
    case = scenario(horizon=1, needs=";".join(f"need{n},A,gun,1,2025-01-01" for n in range(9)))
    assert said(case, plan(case, fulfilments="x,gun,0,1")) == [
        (
            'plan: fulfilments.csv:2 names the need "x", which the scenario does not have; it has'
            " need0, need1, need2, need3, need4, need5 and 3 more"
        )
    ]


def test_a_row_of_zero_is_none() -> None:
    assert said(CASE, plan(CASE, dispatches="o1,DEU,UKR,patriot,0,0,1")) == []


def test_a_plan_edited_in_its_file_names_the_line_of_the_file(tmp_path: Path) -> None:
    """Written, edited with a text editor, read again; dates may be left out by hand."""
    GOOD.write(tmp_path / "plan")
    file = tmp_path / "plan" / "dispatches.csv"
    header, row = file.read_text().splitlines()
    assert header == "offer,from,to,item,period,date,quantity,arrives"
    assert row == "o1,DEU,UKR,patriot,0,2025-07-01,2,1"
    file.write_text(f"{header}\n\no1,DEU,UKR,patriot,0,,5,1\n")
    proof = verify(CASE, read_plan(tmp_path / "plan"))
    assert [violation.message for violation in proof.violations] == [
        (
            "rule 1, stock: dispatches.csv:3 sends 5 patriot from DEU in 2025-07, but DEU has only 4"
            " that it can send then; 1 too many"
        ),
        (
            "rule 2, willingness: dispatches.csv:3 sends 5 patriot under the offer o1, which is for 4; 1"
            " too many"
        ),
        (
            "rule 10, charges: payments.csv:2 pays 20 EUR for handover of patriot for UKR in 2025-07,"
            " but the charge is 50 EUR; 30 EUR too little"
        ),
    ]
