"""Rule 1: stock."""

from ringtausch.insight import verify
from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    horizon=4,
    stocks="A,gun,2",
    arrivals="A,gun,2025-03-15,1",
    offers="o1,A,gun,9; o2,B,gun,9",
    lanes="A,B,gun,0; B,C,gun,0",
)
GOOD = plan(CASE, dispatches="o1,A,B,gun,0,2; o1,A,B,gun,2,1; o2,B,C,gun,1,2; o2,B,C,gun,3,1")


def test_a_party_sends_what_it_has_and_hands_on_what_a_lane_brought_a_period_ago() -> None:
    proof = verify(CASE, GOOD)
    assert str(proof) == "the plan obeys every rule"
    assert proof.consequences.stocks == {
        ("A", "gun"): [0, 0, 0, 0],
        ("B", "gun"): [2, 0, 1, 0],
        ("C", "gun"): [0, 2, 2, 3],
    }


def test_more_than_the_stock_is_said_once_though_it_stays_short_to_the_end() -> None:
    """B then has one more in March, which changes nothing for anyone else."""
    assert said(CASE, edited(GOOD, "dispatches", 2, quantity=3.0)) == [
        (
            "rule 1, stock: dispatches.csv:2 sends 3 gun from A in 2025-01, but A has only 2 that it"
            " can send then; 1 too many"
        )
    ]


def test_what_a_lane_brings_is_not_handed_on_in_the_same_period() -> None:
    """B has both guns from A in January, but may pass them on in February at the earliest."""
    early = edited(GOOD, "dispatches", 4, period=0, arrives=0, date=CASE.start)
    assert said(CASE, early) == [
        (
            "rule 1, stock: dispatches.csv:4 sends 2 gun from B in 2025-01, but B has only 0 that it"
            " can send then; 2 too many"
        )
    ]


def test_two_rows_of_one_period_are_added_up() -> None:
    together = plan(CASE, dispatches="o1,A,B,gun,0,1; o1,A,B,gun,0,1.5")
    assert said(CASE, together) == [
        (
            "rule 1, stock: dispatches.csv:2 and 3 send 2.5 gun from A in 2025-01, but A has only 2"
            " that it can send then; 0.5 too many"
        )
    ]


def test_an_order_that_is_delivered_can_be_sent_in_the_same_period() -> None:
    case = scenario(
        horizon=2,
        offers="o1,A,gun,9",
        lanes="A,B,gun,0",
        supply="S,gun,A",
        production="S,gun,2025-01-01,5",
    )
    made = plan(case, orders="S,gun,A,0,1", dispatches="o1,A,B,gun,0,1")
    assert said(case, made) == []


def test_one_unit_in_a_million_is_seen() -> None:
    case = scenario(horizon=1, stocks="A,shell,3000000", offers="o1,A,shell,9e6", lanes="A,B,*")
    assert said(case, plan(case, dispatches="o1,A,B,shell,0,3000001")) == [
        (
            "rule 1, stock: dispatches.csv:2 sends 3000001 shell from A in 2025-01, but A has only"
            " 3000000 that it can send then; 1 too many"
        )
    ]
