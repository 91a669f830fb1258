"""The six objectives by hand, their order, and what a plan says about each of them."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

import ringtausch as rt
from tests.builders import scenario
from tests.planning.answers import answer, proved_plan, values

ALL = rt.OBJECTIVES
#: C needs 2 guns from January on, over two months. It buys them at 10 apiece, or gets them from A,
#: who has 3, must keep 3, and may lack 2. A's are owed back within a month, and nobody replaces them.
CHOICE: dict[str, Any] = {
    "horizon": 1,
    "settlement": 1,
    "parties": "A,,1; C,,1",
    "items": "gun,,,true,4",
    "stocks": "A,gun,3",
    "offers": "a,A,gun,2",
    "lanes": "A,C,gun",
    "floors": "A,gun,2025-01-01,3,2",
    "needs": "n,C,gun,2,2025-01-01",
    "assurances": "A,gun,1",
    "supply": "S,gun,C,10",
    "production": "S,gun,2025-01-01,1",
    "funds": "f,A",
    "releases": "f,2025-01-01,10",
}


# ---- each of the six


def test_lateness_is_weighed_and_that_of_a_debt_without_assurance_by_one() -> None:
    """Nothing is replaced in 2 + 1 months: A (weight 3) is owed 1 from February on, B 2 from March on.

    A: 3·(1 + 1 + 1), the last month counting twice. B: 2 + 2.
    """
    case = scenario(
        horizon=2,
        settlement=1,
        objectives=["late_replacement"],
        debts="A,gun,1,2025-02-01; B,gun,2,2025-03-01",
        assurances="A,gun,1,,3",
    )
    assert answer(case) == {"values": [13]}


def test_unmet_need_is_weighed_and_summed_over_needs_and_months() -> None:
    """C lacks 2 for 3 months at 0.5, D 1 for 2 months at 4; the settlement's months count once."""
    case = scenario(
        horizon=2,
        settlement=1,
        objectives=["unmet_need"],
        needs="c,C,gun,2,2025-01-01,0.5; d,D,gun,1,2025-02-01,4",
    )
    assert answer(case) == {"values": [11]}


def test_capability_gap_is_weighed_and_summed_over_floors_and_months() -> None:
    """A holds 1 of 3 (weight 2), of 2 from February on (weight 5); B holds none of 1: 4 + 5 + 2."""
    case = scenario(
        horizon=2,
        objectives=["capability_gap"],
        stocks="A,gun,1",
        floors="A,gun,2025-01-01,3,0,2; A,gun,2025-02-01,2,0,5; B,gun,2025-01-01,1",
    )
    assert answer(case) == {"values": [11]}


def test_spend_is_all_charges_and_dues_in_the_reporting_currency() -> None:
    """C needs 3: 2 guns cost 10 USD each at 0.5; A's moves for 3 and a compensation of 2 USD; a due of 7."""
    case = scenario(
        horizon=1,
        objectives=["unmet_need", "spend"],
        fx={"USD": 0.5},
        stocks="A,gun,1",
        offers="a,A,gun,1,,,,,,2,USD",
        lanes="A,C,gun,0,,3",
        needs="n,C,gun,3,2025-01-01",
        supply="S,gun,C,10,USD",
        production="S,gun,2025-01-01,2",
        funds="f,C",
        releases="f,2025-01-01,100",
        dues="handover,gun,C,2025-01-01,7",
    )
    assert answer(case, "debts")["values"] == [0, 10 + 3 + 1 + 7]


def test_moved_value_counts_an_item_without_value_as_one() -> None:
    """One gun (8 USD at 0.5) is sent, and one ordered; two rounds of no value and one of 0 are sent."""
    case = scenario(
        horizon=1,
        objectives=["unmet_need", "moved_value"],
        fx={"USD": 0.5},
        items="gun,,,,8,USD; round; spare,,,,0",
        stocks="A,gun,1; A,round,2; A,spare,1",
        offers="a,A,gun,1; b,A,round,2; c,A,spare,1",
        lanes="A,C,*",
        needs="g,C,gun,2,2025-01-01; r,C,round,2,2025-01-01; s,C,spare,1,2025-01-01",
        supply="S,gun,C",
        production="S,gun,2025-01-01,1",
    )
    assert answer(case, "debts")["values"] == [0, 4 + 4 + 2 + 1]


def test_what_counts_as_one_is_spared_beside_what_counts_as_millions() -> None:
    """S completes a round in February and one in March; the first meets the need, the second none."""
    case = scenario(
        horizon=3,
        objectives=["unmet_need", "moved_value"],
        items="tank,,,,4000000; round,,,true",
        capabilities="fire,round,2",
        stocks="B,tank,1",
        offers="b,B,tank,1",
        lanes="B,C,tank",
        needs="n,C,fire,1,2025-01-01",
        supply="S,round,C",
        production="S,round,2025-01-01,0.7",
    )
    assert answer(case, "debts")["values"] == [1, 1]


def test_unfairness_is_the_money_that_would_have_to_change_hands() -> None:
    """Keys: A 1, C 3, B none. A gun is worth 4. C needs 2: one from A, one ordered for 6.

    A: pays 6 and hands over 4, gets compensation of 1 now and 2 from before, and is owed 4: 11.
    C: pays 1 + 2, gets 4 + 4: -5. B pays the move, 9, and does not count. Shares of 6: 1.5 and 4.5.
    Both are 9.5 off.
    """
    case = scenario(
        horizon=1,
        objectives=["unmet_need", "moved_value", "unfairness"],
        parties="A,,1; C,,3; B",
        items="gun,,,,4",
        stocks="A,gun,1",
        offers="a,A,gun,1,,,,,,1",
        lanes="A,C,gun,0,,9",
        needs="n,C,gun,2,2025-01-01",
        supply="S,gun,C,6",
        production="S,gun,2025-01-01,1",
        debts="A,gun,1,2026-01-01",
        dues="compensation,gun,A,2025-01-01,2",
        funds="order,A; thanks,C; move,B",
        releases="order,2025-01-01,50; thanks,2025-01-01,50; move,2025-01-01,50",
        earmarks="order,order,*,*; thanks,compensation,*,*; move,handover,*,*",
    )
    assert answer(case, "debts")["values"] == [0, 8, 9.5]


@pytest.mark.parametrize("parties", ["A; C", "A,,0; C,,0"])
def test_without_keys_nothing_is_unfair(parties: str) -> None:
    case = scenario(**CHOICE | {"parties": parties, "objectives": ["unmet_need", "unfairness"]})
    assert values(case, proved_plan(case)) == [0, 0]


# ---- the order


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (("unmet_need", "late_replacement", "spend"), [0, 2, 10]),
        (("late_replacement", "unmet_need", "spend"), [0, 2, 10]),
        (("late_replacement", "spend", "unmet_need"), [0, 0, 4]),
        (("unmet_need", "spend", "late_replacement"), [0, 0, 4]),
        (("spend", "unmet_need", "late_replacement"), [0, 0, 4]),
        (("spend", "late_replacement", "unmet_need"), [0, 0, 4]),
    ],
)
def test_each_order_has_its_own_best_plan(order: tuple[str, ...], expected: list[int]) -> None:
    """C lacks 2 for two months. The maker delivers 1 in January, 1 in February, and money is for 1.

    A's guns, once given in January, are late in February, the last month, 1 + 1 times.
    Need first: 2 by February at the latest means both in January: 1 bought and 1 of A's (late 2), or,
    if money comes next, both of A's (late 4). Lateness first: 1 is bought in January, unmet 1 twice;
    if money comes next none is. Money first: nothing is bought; then A gives both, or none.
    """
    case = scenario(**CHOICE | {"objectives": order})
    assert values(case, proved_plan(case)) == expected


def test_every_order_of_the_six_is_proved_and_verified() -> None:
    """The first objective has its least value in each of the 720 orders; a sample of 20 is planned."""
    least = {}
    for name in ALL:
        case = scenario(**CHOICE | {"objectives": [name]})
        [least[name]] = values(case, proved_plan(case))
    for order in list(permutations(ALL))[::36]:
        case = scenario(**CHOICE | {"objectives": order})
        assert values(case, proved_plan(case))[0] == least[order[0]]


def test_the_order_given_to_plan_goes_before_the_scenarios_own() -> None:
    case = scenario(**CHOICE | {"objectives": ["spend"]})
    plan = proved_plan(case, objectives=("unmet_need", "late_replacement"))
    assert [plan.objectives[name].value for name in ("unmet_need", "late_replacement")] == [0, 2]
    assert plan.settings["objectives"] == ["unmet_need", "late_replacement"]


# ---- tolerance and allowance


@pytest.mark.parametrize(
    ("given_up", "expected"),
    [
        ({}, [1, 40]),
        ({"tolerance": {"unmet_need": 1}}, [2, 30]),
        ({"allowance": {"unmet_need": 2}}, [3, 20]),
        ({"tolerance": {"unmet_need": 1}, "allowance": {"unmet_need": 2}}, [4, 10]),
        ({"tolerance": {"unmet_need": 0.9}}, [1, 40]),
    ],
)
def test_later_objectives_take_what_tolerance_and_allowance_give(
    given_up: dict[str, Any], expected: list[int]
) -> None:
    """C needs 5 whole guns at 10 each and the maker has 4: unmet 1 at best, and each gun saves 10.

    The bound stays what is possible, whatever is given up.
    """
    case = scenario(
        horizon=1,
        objectives=["unmet_need", "spend"],
        items="gun,,,true",
        needs="n,C,gun,5,2025-01-01",
        supply="S,gun,C,10",
        production="S,gun,2025-01-01,4",
        funds="f,C",
        releases="f,2025-01-01,100",
        **given_up,
    )
    plan = proved_plan(case)
    assert values(case, plan) == expected
    assert plan.objectives["unmet_need"].bound == pytest.approx(1, abs=1e-5)
    assert plan.objectives["spend"].bound == pytest.approx(expected[1], abs=1e-4)


# ---- what a plan says


@pytest.mark.parametrize("listed", [1, 2, 3, 6])
def test_objectives_that_are_not_listed_are_reported_without_a_bound(listed: int) -> None:
    """The bound of a listed one is its value: it is proved."""
    case = scenario(**CHOICE | {"objectives": ALL[:listed]})
    plan = proved_plan(case)
    assert list(plan.objectives) == list(ALL)
    for name in ALL[:listed]:
        found = plan.objectives[name]
        assert found.bound is not None
        assert found.bound <= found.value == pytest.approx(found.bound, rel=1e-5, abs=1e-5)
    assert [plan.objectives[name].bound for name in ALL[listed:]] == [None] * (6 - listed)
    assert rt.verify(case, plan).objectives == pytest.approx(
        {name: found.value for name, found in plan.objectives.items()}, abs=1e-6
    )
