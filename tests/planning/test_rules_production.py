"""Rules 4 and 5: production and designation, each by scenarios solved by hand."""

from __future__ import annotations

import pytest

from tests.builders import scenario
from tests.planning.answers import answer

NEED_FIRST = ("unmet_need", "moved_value")
WHOLE_GUN = "gun,,,true"


# ---- rule 4, production


def test_ten_tenths_complete_a_whole_item() -> None:
    """0.1 a month from January on: the gun comes off the line in the tenth month, October.

    As floats ten tenths add up to less than one. Unmet 1 for nine months.
    """
    case = scenario(
        horizon=11,
        objectives=NEED_FIRST,
        items=WHOLE_GUN,
        needs="n,C,gun,1,2025-01-01",
        supply="S,gun,C",
        production="S,gun,2025-01-01,0.1",
    )
    assert answer(case) == {
        "values": [9, 1],
        "orders": ["S,gun,C,9,1,9"],
        "fulfilments": ["n,gun,9,1"],
    }


def test_the_latest_production_row_that_has_begun_counts() -> None:
    """Two rows have begun before the start: 3, then 2. From March on 0, from April on 1.

    C needs 9; 2, 2, 0, 1, 1 come: unmet 7, 5, 5, 4, 3.
    """
    case = scenario(
        horizon=5,
        objectives=NEED_FIRST,
        needs="n,C,gun,9,2025-01-01",
        supply="S,gun,C",
        production="S,gun,2025-04-01,1; S,gun,2024-06-01,3; S,gun,2024-12-31,2; S,gun,2025-03-01,0",
    )
    assert answer(case, "orders") == {
        "values": [24, 6],
        "orders": ["S,gun,C,0,2,0", "S,gun,C,1,2,1", "S,gun,C,3,1,3", "S,gun,C,4,1,4"],
    }


def test_customers_share_a_line_and_what_is_not_ordered_is_lost() -> None:
    """The maker delivers 2 a month, a month after the order; orders are taken from February to March.

    C (weight 2) and D need 3 each. March and April bring 2 each: C 2 and 1, D 0 and 1.
    Unmet C 3, 3, 1, 0, 0 and D 3, 3, 3, 2, 2: 2·7 + 13.
    """
    case = scenario(
        horizon=5,
        objectives=NEED_FIRST,
        needs="c,C,gun,3,2025-01-01,2; d,D,gun,3,2025-01-01",
        supply="S,gun,*,,,1,,2025-02-10,2025-03-10",
        production="S,gun,2025-01-01,2",
    )
    assert answer(case) == {
        "values": [27, 4],
        "orders": ["S,gun,C,1,2,2", "S,gun,C,2,1,3", "S,gun,D,2,1,3"],
        "fulfilments": ["c,gun,2,2", "c,gun,3,1", "d,gun,3,1"],
    }


def test_each_order_is_a_multiple_of_the_lot() -> None:
    """The maker could deliver 3 a month but sells by twos. C needs 5: 2, 2 and 2, of which 1 serves.

    Unmet 3, 1, 0; six are ordered.
    """
    case = scenario(
        horizon=3,
        objectives=NEED_FIRST,
        needs="n,C,gun,5,2025-01-01",
        supply="S,gun,C,,,,,,,2",
        production="S,gun,2025-01-01,3",
    )
    assert answer(case) == {
        "values": [4, 6],
        "orders": ["S,gun,C,0,2,0", "S,gun,C,1,2,1", "S,gun,C,2,2,2"],
        "fulfilments": ["n,gun,0,2", "n,gun,1,2", "n,gun,2,1"],
    }


# ---- rule 5, designation


def test_an_arriving_unit_serves_one_purpose() -> None:
    """B is owed a gun (weight 1) and needs one (weight 1), both from January on; A gives one.

    Lateness comes first: the gun settles the debt, and the need stays unmet.
    """
    case = scenario(
        horizon=1,
        objectives=("late_replacement", "unmet_need", "moved_value"),
        stocks="A,gun,1",
        offers="a,A,gun,1",
        lanes="A,B,gun",
        debts="B,gun,1,2025-01-01",
        needs="n,B,gun,1,2025-01-01",
    )
    assert answer(case) == {
        "values": [0, 1, 1],
        "dispatches": ["a,A,B,gun,0,1,0"],
        "settlements": ["B,gun,gun,0,1"],
    }


@pytest.mark.parametrize(
    ("designable", "expected"),
    [("false", {"values": [2, 0]}), ("true", {"values": [1, 0], "fulfilments": ["n,gun,1,1"]})],
)
def test_what_was_under_way_serves_only_where_it_is_designable(
    designable: str, expected: dict[str, list[object]]
) -> None:
    """A gun comes to C in February, whatever the plan; C needs one, over two months."""
    case = scenario(
        horizon=2,
        objectives=NEED_FIRST,
        arrivals=f"C,gun,2025-02-01,1,{designable}",
        needs="n,C,gun,1,2025-01-01",
    )
    assert answer(case) == expected


def test_an_item_of_weight_0_serves_no_need() -> None:
    """C needs one shot. A gun gives 0 shots and stays where it is."""
    case = scenario(
        horizon=1,
        objectives=NEED_FIRST,
        capabilities="shot,gun,0; shot,missile,1",
        stocks="A,gun,9",
        offers="a,A,gun,9",
        lanes="A,C,*",
        needs="n,C,shot,1,2025-01-01",
    )
    assert answer(case) == {"values": [1, 0]}


def test_what_came_before_the_hand_over_replaces_nothing() -> None:
    """A gives its gun in February, the offer's first month; the maker delivers in January only.

    A stays short of it: late in February, and in March, the last of 3 months, 1 + 1 times.
    """
    case = scenario(
        horizon=2,
        settlement=1,
        objectives=("unmet_need", "late_replacement", "moved_value"),
        stocks="A,gun,1",
        offers="a,A,gun,1,2025-02-01",
        lanes="A,C,gun",
        needs="n,C,gun,1,2025-02-01",
        assurances="A,gun,0",
        supply="S,gun,A",
        production="S,gun,2025-01-01,1; S,gun,2025-02-01,0",
    )
    assert answer(case) == {
        "values": [0, 3, 1],
        "dispatches": ["a,A,C,gun,1,1,1"],
        "fulfilments": ["n,gun,1,1"],
    }
