"""Rule 2: willingness."""

import pytest

from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    horizon=6,
    stocks="A,gun,20; B,gun,20",
    offers="o1,A,gun,6,2025-02-10,2025-04-01,C,2; o2,B,gun,5,,,,,4",
    lanes="*,*,*,0",
    needs="n1,C,gun,9,2025-01-01; n2,D,gun,9,2025-01-01",
)
GOOD = plan(CASE, dispatches="o1,A,C,gun,1,2; o1,A,C,gun,3,2; o2,B,D,gun,0,5")


def test_an_offer_is_used_within_its_terms() -> None:
    assert said(CASE, GOOD) == []


@pytest.mark.parametrize("period", [0, 4])
def test_a_dispatch_outside_the_window_breaks_the_offer(period: int) -> None:
    """The window is February to April, from the period of its first day through that of its last."""
    moved = edited(
        GOOD,
        "dispatches",
        3,
        period=period,
        arrives=period,
        date=CASE.calendar.first_day(period),
    )
    label = CASE.calendar.label(period)
    assert said(CASE, moved) == [
        (
            f"rule 2, willingness: dispatches.csv:3 uses the offer o1 in {label}, but it stands from"
            " 2025-02 to 2025-04"
        )
    ]


def test_a_dispatch_to_another_party_breaks_the_offer() -> None:
    assert said(CASE, edited(GOOD, "dispatches", 2, to="D")) == [
        "rule 2, willingness: dispatches.csv:2 sends to D under the offer o1, which is to C only"
    ]


def test_a_dispatch_of_another_party_breaks_the_offer() -> None:
    """Of the four that o2 asks of others, B would now send two itself."""
    assert said(CASE, edited(GOOD, "dispatches", 2, from_="B")) == [
        (
            "rule 2, willingness: dispatches.csv:2 sends 2 gun from B under the offer o1, which is for"
            " gun of A"
        ),
        (
            "rule 2, willingness: dispatches.csv:4 uses the offer o2, which stands only if others send"
            " at least 4 gun to parties that need it; they send 2, 2 too few"
        ),
    ]


def test_each_dispatch_is_a_multiple_of_the_lot() -> None:
    assert said(CASE, edited(GOOD, "dispatches", 2, quantity=3.0)) == [
        (
            "rule 2, willingness: dispatches.csv:2 has 3 gun under the offer o1 to C in 2025-02, which"
            " is no multiple of the lot of 2; 2 or 4 would be"
        )
    ]


def test_less_than_a_lot_is_no_multiple_of_it() -> None:
    half = edited(edited(GOOD, "dispatches", 2, quantity=1.0), "dispatches", 3, quantity=4.0)
    assert said(CASE, half) == [
        (
            "rule 2, willingness: dispatches.csv:2 has 1 gun under the offer o1 to C in 2025-02, which"
            " is no multiple of the lot of 2; 2 would be"
        )
    ]


def test_two_rows_of_one_decision_may_make_up_a_lot_together() -> None:
    made = plan(CASE, dispatches="o1,A,C,gun,1,1; o1,A,C,gun,1,1")
    assert said(CASE, made) == []


def test_an_offer_is_not_exceeded() -> None:
    assert said(CASE, edited(GOOD, "dispatches", 3, quantity=6.0)) == [
        (
            "rule 2, willingness: dispatches.csv:2 and 3 send 8 gun under the offer o1, which is for 6;"
            " 2 too many"
        )
    ]


def test_a_conditional_offer_does_not_stand_when_others_send_too_little() -> None:
    """The condition asks for 4 from others in the whole plan; A's to C are the only ones."""
    assert said(CASE, edited(GOOD, "dispatches", 3, quantity=0.0)) == [
        (
            "rule 2, willingness: dispatches.csv:4 uses the offer o2, which stands only if others send"
            " at least 4 gun to parties that need it; they send 2, 2 too few"
        )
    ]


def test_what_others_send_to_a_party_without_a_need_does_not_count() -> None:
    case = scenario(
        horizon=2,
        stocks="A,gun,9; B,gun,9",
        offers="o1,A,gun,9; o2,B,gun,9,,,,,4",
        lanes="*,*,*,0",
        needs="n1,C,gun,9,2025-01-01",
        parties="D",
    )
    made = plan(case, dispatches="o1,A,D,gun,0,4; o2,B,C,gun,0,1")
    assert said(case, made) == [
        (
            "rule 2, willingness: dispatches.csv:3 uses the offer o2, which stands only if others send"
            " at least 4 gun to parties that need it; they send 0, 4 too few"
        )
    ]


def test_an_offer_that_ended_before_the_start_is_closed_within_the_same_period() -> None:
    case = scenario(
        start="2025-01-15",
        horizon=2,
        stocks="A,gun,9",
        offers="o1,A,gun,9,,2025-01-14; o2,A,gun,9,,2025-01-15",
        lanes="*,*,*,0",
        parties="A;B",
    )
    made = plan(case, dispatches="o1,A,B,gun,0,1; o2,A,B,gun,0,1")
    assert said(case, made) == [
        (
            "rule 2, willingness: dispatches.csv:2 uses the offer o1 in 2025-01, but it stands in no"
            " period of the plan"
        )
    ]
