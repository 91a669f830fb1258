"""Rule 10: charges."""

import pytest

from ringtausch.insight import verify
from tests.builders import edited, plan, scenario, without
from tests.insight.verdict import said

CASE = scenario(
    horizon=4,
    fx={"USD": 0.5},
    stocks="A,gun,9",
    offers="o1,A,gun,9,,,,,,100,USD",
    lanes="A,B,gun,0,,10",
    supply="S,gun,A,1000,USD,1,0:0.25 9:0.75",
    production="S,gun,2025-01-01,9",
    dues="handover,gun,B,2025-01-20,7; order,gun,A,2025-08-01,7",
    funds="F,A; G,B",
    releases="F,2025-01-01,1e7; G,2025-01-01,1e7",
    earmarks="G,order,gun,*; G,handover,*,A",
)
#: 2 sent: 20 for the way and 100 EUR for A, beside 7 due. 4 ordered: 500 at once, 1500 at the end.
GOOD = plan(
    CASE,
    dispatches="o1,A,B,gun,0,2",
    orders="S,gun,A,1,4,2",
    payments="""
        F,handover,gun,B,0,27
        F,compensation,gun,A,0,100
        G,order,gun,A,1,500
        F,order,gun,A,3,1000
        G,order,gun,A,3,500
    """,
)


def test_orders_dispatches_and_dues_make_the_charges() -> None:
    """Three quarters of the price fall due nine months on: after the plan, so in its last month."""
    proof = verify(CASE, GOOD)
    assert str(proof) == "the plan obeys every rule"
    assert {tuple(key): amount for key, amount in proof.consequences.charges.items()} == {
        ("order", "gun", "A", 1): 500,
        ("order", "gun", "A", 3): 1500,
        ("handover", "gun", "B", 0): 27,
        ("compensation", "gun", "A", 0): 100,
    }


def test_a_charge_that_no_one_pays_names_the_rows_that_made_it() -> None:
    assert said(CASE, without(GOOD, "payments", 2)) == [
        (
            "rule 10, charges: dispatches.csv:2, dues.csv:2 make a charge of 27 EUR in 2025-01"
            " (handover of gun for B), which no row of payments.csv pays"
        )
    ]


def test_a_charge_is_paid_in_full() -> None:
    assert said(CASE, edited(GOOD, "payments", 5, amount=999.0)) == [
        (
            "rule 10, charges: payments.csv:5 and 6 pay 1,499 EUR for order of gun for A in 2025-04,"
            " but the charge is 1,500 EUR; 1 EUR too little"
        )
    ]


def test_no_more_than_a_charge_is_paid() -> None:
    assert said(CASE, edited(GOOD, "payments", 3, amount=100.5)) == [
        (
            "rule 10, charges: payments.csv:3 pays 100.50 EUR for compensation of gun for A in 2025-01,"
            " but the charge is 100 EUR; 0.50 EUR too much"
        )
    ]


def test_what_nobody_charges_is_not_paid() -> None:
    more = edited(GOOD, "payments", 2, party="A")
    assert said(CASE, more) == [
        (
            "rule 10, charges: dispatches.csv:2, dues.csv:2 make a charge of 27 EUR in 2025-01"
            " (handover of gun for B), which no row of payments.csv pays"
        ),
        (
            "rule 10, charges: payments.csv:2 pays 27 EUR for handover of gun for A in 2025-01, but"
            " there is no such charge then"
        ),
    ]


def test_a_fund_pays_only_for_what_it_is_earmarked_for() -> None:
    assert said(CASE, edited(GOOD, "payments", 2, fund="G")) == [
        (
            "rule 10, charges: payments.csv:2 pays 27 EUR from G for handover of gun for B, but its"
            " earmarks allow only order of gun for * and handover of * for A"
        )
    ]


@pytest.mark.parametrize(("slip", "seen"), [(0.004, False), (0.4, False), (1.0, True)])
def test_one_euro_in_a_million_is_seen_and_rounding_is_not(slip: float, seen: bool) -> None:
    case = scenario(
        horizon=1,
        dues="order,gun,A,2025-01-01,1000000",
        funds="F,A",
        releases="F,2025-01-01,2e6",
    )
    paid = plan(case, payments=f"F,order,gun,A,0,{1_000_000 - slip}")
    assert (
        said(case, paid)
        == [
            (
                "rule 10, charges: payments.csv:2 pays 999,999 EUR for order of gun for A in 2025-01, but"
                " the charge is 1,000,000 EUR; 1 EUR too little"
            )
        ]
        * seen
    )
