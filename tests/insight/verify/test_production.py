"""Rule 4: production."""

from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    horizon=6,
    parties="A;B",
    items="gun,,,true",
    supply="S,gun,*,,,1,,2025-02-01,2025-04-30,2; S,gun,B,,,0",
    production="S,gun,2025-02-20,1.5; S,gun,2025-05-01,4",
)
#: Capacity runs 0, 1.5, 3, 4.5, 8.5, 12.5 in all: whole guns 0, 1, 2, 1, 4, 4 come off the line.
GOOD = plan(CASE, orders="S,gun,A,1,2,2; S,gun,A,3,2,4; S,gun,B,4,2; S,gun,B,1,1")


def test_whole_items_come_off_the_line_in_the_period_that_completes_them() -> None:
    assert said(CASE, GOOD) == []


def test_a_supplier_delivers_no_more_than_it_completes() -> None:
    """1.5 a month completes the second gun in March, so that February has one."""
    assert said(CASE, edited(GOOD, "orders", 5, quantity=2.0)) == [
        (
            "rule 4, production: orders.csv:5 has 2 gun delivered by S in 2025-02, but it can deliver 1"
            " then; 1 too many"
        )
    ]


def test_all_customers_share_what_a_supplier_can_deliver() -> None:
    assert said(CASE, edited(GOOD, "orders", 4, quantity=3.0)) == [
        (
            "rule 4, production: orders.csv:3 and 4 have 5 gun delivered by S in 2025-05, but it can"
            " deliver 4 then; 1 too many"
        )
    ]


def test_nothing_is_delivered_before_the_first_row_of_production() -> None:
    made = plan(CASE, orders="S,gun,B,0,1")
    assert said(CASE, made) == [
        (
            "rule 4, production: orders.csv:2 has 1 gun delivered by S in 2025-01, but it can deliver 0"
            " then; 1 too many"
        )
    ]


def test_tenths_complete_a_whole_item_exactly() -> None:
    """Ten times 0.1 is one, though not in binary floating point."""
    case = scenario(
        horizon=10,
        items="gun,,,true",
        supply="S,gun,A",
        production="S,gun,2025-01-01,0.1",
    )
    assert said(case, plan(case, orders="S,gun,A,9,1")) == []


def test_orders_are_taken_within_the_window_only() -> None:
    early = edited(GOOD, "orders", 2, period=0, delivered=1, date=CASE.start)
    late = edited(GOOD, "orders", 3, period=4, delivered=5, date=CASE.calendar.first_day(4))
    assert said(CASE, early)[0] == (
        "rule 4, production: orders.csv:2 has 2 gun ordered from S for A in 2025-01, but that"
        " supply opens in 2025-02"
    )
    assert said(CASE, late) == [
        (
            "rule 4, production: orders.csv:3 has 2 gun ordered from S for A in 2025-05, but that"
            " supply closed after 2025-04"
        )
    ]


def test_orders_come_in_lots() -> None:
    assert said(CASE, edited(GOOD, "orders", 2, quantity=1.0)) == [
        (
            "rule 4, production: orders.csv:2 has 1 gun ordered from S for A in 2025-02, which is no"
            " multiple of the lot of 2; 2 would be"
        )
    ]


def test_no_one_buys_what_no_row_of_supply_allows() -> None:
    case = scenario(horizon=2, parties="A;B", supply="S,gun,A", production="S,gun,2025-01-01,9")
    assert said(case, plan(case, orders="S,gun,B,0,1")) == [
        (
            "rule 4, production: orders.csv:2 has 1 gun ordered from S for B in 2025-01, but no row of"
            " supply.csv allows that"
        )
    ]


def test_nothing_is_delivered_after_the_plan() -> None:
    case = scenario(horizon=2, supply="S,gun,A,,,2", production="S,gun,2025-01-01,9")
    assert said(case, plan(case, orders="S,gun,A,1,1,3")) == [
        (
            "rule 4, production: orders.csv:2 has 1 gun ordered from S for A in 2025-02, but with a"
            " lead of 2 that is delivered after the last period, 2025-02"
        )
    ]
