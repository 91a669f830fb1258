"""A scenario as arrays: windows, grains, whole production, classes of charges, dates out of reach."""

from __future__ import annotations

import numpy as np
import pytest

from ringtausch.planning.arrays import expand_windows, grain_of, running_offsets
from ringtausch.planning.facts import gather_facts
from tests.builders import scenario


@pytest.mark.parametrize(
    ("first", "stop", "pairs"),
    [
        ([], [], []),
        ([0, 3], [2, 4], [(0, 0), (0, 1), (1, 3)]),
        ([2, 1, 0], [2, 0, 1], [(2, 0)]),
    ],
    ids=["none", "two", "empty and closed ones"],
)
def test_windows_are_spelled_out(
    first: list[int], stop: list[int], pairs: list[tuple[int, int]]
) -> None:
    which, period = expand_windows(np.array(first, dtype=np.int64), np.array(stop, dtype=np.int64))
    assert list(zip(which.tolist(), period.tolist(), strict=True)) == pairs


def test_offsets_run_over_empty_stretches() -> None:
    assert running_offsets(np.array([2, 0, 3])).tolist() == [0, 2, 2]
    assert running_offsets(np.zeros(0, dtype=np.int64)).tolist() == []


@pytest.mark.parametrize(
    ("lot", "whole", "grain"),
    [
        (None, True, 1),
        (None, False, 0),
        ("4", True, 4),
        ("0.1", False, 0.1),
        ("0.1", True, 1),
        ("1.25", True, 5),
        ("2.50", True, 5),
    ],
)
def test_a_grain_is_the_least_multiple_of_a_lot_that_is_whole(
    lot: str | None, whole: bool, grain: float
) -> None:
    assert grain_of(lot, indivisible=whole) == grain


@pytest.mark.parametrize(
    ("items", "capacity"),
    [("gun,,,true", [0, 1, 1, 0, 0, 0]), ("gun", [0.7, 0.7, 0.7, 0.1, 0.1, 0.1])],
)
def test_whole_items_come_off_the_line_when_the_sum_completes_them(
    items: str, capacity: list[float]
) -> None:
    """0.7 a month for three months, then 0.1: one at the sum of 1.4, one at 2.1, none at 2.2 to 2.4.

    The first row began before the start, and counts from the start on.
    """
    facts = gather_facts(
        scenario(
            horizon=6,
            items=items,
            supply="S,gun,C",
            production="S,gun,2024-01-01,0.7; S,gun,2025-04-01,0.1",
        )
    )
    assert facts.lines.capacity.tolist() == [capacity]


def test_dates_before_the_start_are_at_the_start_and_those_after_the_end_never() -> None:
    """One of 1 before the start, 2 in February, designable, and 4 after the end, over two months."""
    facts = gather_facts(
        scenario(
            horizon=2,
            stocks="A,gun,5",
            arrivals="A,gun,2024-05-01,1; A,gun,2025-02-01,2,true; A,gun,2025-03-01,4,true",
        )
    )
    assert facts.opening.tolist() == [[5]]
    assert facts.arrivals.tolist() == [[[1, 2]]]
    assert facts.free.tolist() == [[[0, 2]]]


def test_a_way_is_open_while_offer_lane_and_horizon_allow_it_and_it_arrives() -> None:
    """Six months, four before the settlement; a gun takes two.

    A's offer of February meets a lane that opens in March: March and April, as A's gun is assured and
    April is the last month before the settlement. B, not assured, may send until it would not arrive.
    """
    facts = gather_facts(
        scenario(
            horizon=4,
            settlement=2,
            offers="a,A,gun,1,2025-02-10; b,B,gun,1,2025-02-10",
            lanes="*,C,gun,1,7,3,,2025-03-03",
            assurances="A,gun,2",
        )
    )
    ways = facts.transfers
    windows = list(zip(ways.offer.tolist(), ways.first.tolist(), ways.stop.tolist(), strict=True))
    assert windows == [(0, 2, 4), (1, 2, 5)]
    assert (ways.capacity.tolist(), ways.unit_cost.tolist()) == ([7, 7], [3, 3])


def test_charges_that_the_same_funds_pay_are_one_class() -> None:
    """`f` pays orders of guns for A, `g` any order: orders of guns for A, other orders, all the rest."""
    facts = gather_facts(
        scenario(
            horizon=1,
            parties="A; B",
            items="gun; tank",
            funds="f,A; g,B,,2024-12-31; h,B,,2025-01-01",
            earmarks="f,order,gun,A; g,order,*,*; h,order,tank,B; h,order,tank,B",
        )
    )
    funds = facts.funds
    assert funds.stop.tolist() == [1, 0, 1]
    payers = {
        (purpose, item, party): funds.pays[funds.class_of[purpose, item, party]].tolist()
        for purpose in range(3)
        for item in range(2)
        for party in range(2)
    }
    orders = {place: who for place, who in payers.items() if place[0] == 0}
    assert orders == {
        (0, 0, 0): [True, True, False],
        (0, 0, 1): [False, True, False],
        (0, 1, 0): [False, True, False],
        (0, 1, 1): [False, True, True],
    }
    assert {str(who) for place, who in payers.items() if place[0] > 0} == {
        str([False, False, False])
    }
    assert len(funds.pays) == 4


def test_a_floor_excuses_the_gap_of_its_weakest_role_alone() -> None:
    """2 batteries are asked for; 1 radar and 4 half launchers are there, a radar comes in February."""
    facts = gather_facts(
        scenario(
            horizon=2,
            stocks="A,radar,1; A,old,4",
            arrivals="A,radar,2025-02-01,1",
            capabilities="battery,radar,1,eye; battery,old,0.5,arm",
            floors="A,battery,2025-01-01,2,0.5",
        )
    )
    assert facts.floors.level.tolist() == [[2, 2]]
    assert facts.floors.gap_max.tolist() == [[1.5, 0.5]]


def test_debts_add_up_and_fall_due_each_on_its_day() -> None:
    """1 due before the start, 2 in February, 4 after the end, over two months; an item is its own."""
    debts = gather_facts(
        scenario(
            horizon=2,
            debts="A,gun,1,2020-01-01; A,gun,2,2025-02-28; A,gun,4,2030-01-01",
            exchange="A,gun,tank,0.5; A,tank,gun,3",
        )
    ).debts
    assert (debts.opening.tolist(), debts.ratio.tolist()) == ([7], [0])
    assert debts.not_due.tolist() == [[6, 4]]
    assert (debts.accepting.tolist(), debts.rate.tolist()) == ([0, 0], [1, 0.5])


@pytest.mark.parametrize(
    ("parties", "shares"),
    [("A,,1; B; C,,3", [0.25, 0, 0.75]), ("A,,0; B; C,,0", [0, 0, 0]), ("A; B; C", [0, 0, 0])],
)
def test_keys_are_shares_of_one(parties: str, shares: list[float]) -> None:
    facts = gather_facts(scenario(horizon=1, parties=parties, items="gun"))
    assert facts.burden_share.tolist() == shares
    assert facts.burdened.tolist() == [share > 0 for share in shares]
