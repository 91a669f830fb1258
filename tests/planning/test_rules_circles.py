"""Rule 13, no circles, and the rule of the horizon, by scenarios solved by hand."""

from __future__ import annotations

import pytest

from tests.builders import scenario
from tests.planning.answers import answer

LATE_FIRST = ("late_replacement", "moved_value")


def test_two_parties_do_not_settle_by_swapping() -> None:
    """A and B hold a gun each and are owed one each, B's weighs 2 by its assurance: A gives to B."""
    case = scenario(
        horizon=1,
        objectives=LATE_FIRST,
        stocks="A,gun,1; B,gun,1",
        offers="a,A,gun,1; b,B,gun,1",
        lanes="*,*,gun",
        debts="A,gun,1,2025-01-01; B,gun,1,2025-01-01",
        assurances="B,gun,0,,2",
    )
    assert answer(case) == {
        "values": [1, 1],
        "dispatches": ["a,A,B,gun,0,1,0"],
        "settlements": ["B,gun,gun,0,1"],
    }


def test_three_parties_do_not_settle_by_sending_around_be_it_in_turn() -> None:
    """A, B and C hold a gun each and are owed one each, from March on; lanes lead around.

    A sends in January, B in February, C in March: no matter when, two arrows are all there may be.
    """
    case = scenario(
        horizon=3,
        objectives=LATE_FIRST,
        stocks="A,gun,1; B,gun,1; C,gun,1",
        offers="a,A,gun,1,,2025-01-31; b,B,gun,1,2025-02-01,2025-02-28; c,C,gun,1,2025-03-01",
        lanes="A,B,gun; B,C,gun; C,A,gun",
        debts="A,gun,1,2025-03-01; B,gun,1,2025-03-01; C,gun,1,2025-03-01",
    )
    assert answer(case, "debts")["values"] == [1, 2]


def test_different_items_may_go_both_ways() -> None:
    """A gives a gun and B a tank: each is what the other is owed."""
    case = scenario(
        horizon=1,
        objectives=LATE_FIRST,
        stocks="A,gun,1; B,tank,1",
        offers="a,A,gun,1; b,B,tank,1",
        lanes="*,*,*",
        debts="A,tank,1,2025-01-01; B,gun,1,2025-01-01",
    )
    assert answer(case) == {
        "values": [0, 2],
        "dispatches": ["a,A,B,gun,0,1,0", "b,B,A,tank,0,1,0"],
        "settlements": ["A,tank,tank,0,1", "B,gun,gun,0,1"],
    }


@pytest.mark.parametrize(("assurances", "unmet", "moved"), [("A,gun,1", 2, 0), ("", 1, 1)])
def test_from_the_horizon_on_nothing_is_handed_over_that_must_be_replaced(
    assurances: str, unmet: int, moved: int
) -> None:
    """A's gun comes in February, the settlement; without an assurance it may still go to C."""
    case = scenario(
        horizon=1,
        settlement=1,
        objectives=("unmet_need", "moved_value"),
        arrivals="A,gun,2025-02-01,1",
        offers="a,A,gun,1",
        lanes="A,C,gun",
        needs="n,C,gun,1,2025-01-01",
        assurances=assurances,
    )
    assert answer(case, "debts")["values"] == [unmet, moved]


def test_what_would_arrive_after_the_end_is_not_sent() -> None:
    """A quarter has three months: from 20 November, 2 periods end in March; a lead of 2 is too long.

    B's lane takes one quarter: C's need from January on is met by B alone.
    """
    case = scenario(
        start="2025-11-20",
        period="quarter",
        horizon=2,
        objectives=("unmet_need", "moved_value"),
        stocks="A,gun,5; B,gun,1",
        offers="a,A,gun,5; b,B,gun,5",
        lanes="A,C,gun,2; B,C,gun,1",
        needs="n,C,gun,3,2026-01-01",
    )
    assert answer(case) == {
        "values": [2, 1],
        "dispatches": ["b,B,C,gun,0,1,1"],
        "fulfilments": ["n,gun,1,1"],
    }
