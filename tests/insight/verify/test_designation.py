"""Rule 5: designation."""

from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    horizon=3,
    parties="A;B",
    items="truck",
    arrivals="A,gun,2025-01-01,2,true; A,gun,2025-01-01,5",
    stocks="B,gun,9",
    offers="o1,B,gun,9",
    lanes="B,A,gun,0",
    debts="A,gun,3,2025-12-01; A,tank,4,2025-12-01",
    exchange="A,tank,gun,2",
    needs="n1,A,artillery,9,2025-01-01; n2,A,howitzer,9,2025-01-01",
    capabilities="artillery,gun,1; artillery,truck,0; howitzer,howitzer2,1",
)
#: In January A gets 1 gun from B and 2 that may be used: 1 for a debt, 2 for the need.
GOOD = plan(
    CASE, dispatches="o1,B,A,gun,0,1", settlements="A,tank,gun,0,1", fulfilments="n1,gun,0,2"
)


def test_each_unit_that_arrives_serves_one_purpose() -> None:
    assert said(CASE, GOOD) == []


def test_no_more_is_used_than_arrives_in_the_period() -> None:
    """Of the seven guns that come in any case only two may be used."""
    assert said(CASE, edited(GOOD, "fulfilments", 2, quantity=3.0)) == [
        (
            "rule 5, designation: settlements.csv:2, fulfilments.csv:2 use 4 gun of what arrives at A"
            " in 2025-01, but only 3 arrive then that may be used; 1 too many"
        )
    ]


def test_what_came_earlier_cannot_be_used_later() -> None:
    later = edited(GOOD, "settlements", 2, period=1, date=CASE.calendar.first_day(1))
    assert said(CASE, later) == [
        (
            "rule 5, designation: settlements.csv:2 uses 1 gun of what arrives at A in 2025-02, but"
            " only 0 arrive then that may be used; 1 too many"
        )
    ]


def test_a_debt_is_settled_only_with_what_is_accepted_for_it() -> None:
    assert said(CASE, edited(GOOD, "settlements", 2, item="gun", accepted="tank")) == [
        (
            "rule 5, designation: settlements.csv:2 settles gun owed to A with tank, but A accepts only"
            " gun"
        ),
        (
            "rule 5, designation: settlements.csv:2 uses 1 tank of what arrives at A in 2025-01, but"
            " only 0 arrive then that may be used; 1 too many"
        ),
    ]


def test_a_debt_that_cannot_exist_is_not_settled() -> None:
    assert said(CASE, edited(GOOD, "settlements", 2, item="truck", accepted="gun")) == [
        (
            "rule 5, designation: settlements.csv:2 settles a debt of truck to A, but A has no"
            " assurance for truck and is owed none at the start"
        )
    ]


def test_an_item_of_weight_zero_serves_no_need() -> None:
    assert said(CASE, edited(GOOD, "fulfilments", 2, item="truck")) == [
        (
            "rule 5, designation: fulfilments.csv:2 serves the need n1 with truck, but it asks for"
            " artillery, which counts only gun"
        ),
        (
            "rule 5, designation: fulfilments.csv:2 uses 2 truck of what arrives at A in 2025-01, but"
            " only 0 arrive then that may be used; 2 too many"
        ),
        (
            "rule 9, need: fulfilments.csv:2 leaves A with 0 in 2025-01 (and in 2 other periods), but 2"
            " truck serve its needs (fulfilments.csv:2) and stay"
        ),
    ]


def test_an_item_serves_only_needs_of_its_capability() -> None:
    assert said(CASE, edited(GOOD, "fulfilments", 2, need="n2")) == [
        (
            "rule 5, designation: fulfilments.csv:2 serves the need n2 with gun, but it asks for"
            " howitzer, which counts only howitzer2"
        )
    ]
