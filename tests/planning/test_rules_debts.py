"""Rules 6, 7 and 12: debt, assurance and security, each by scenarios solved by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import scenario, units
from tests.planning.answers import answer, proved_plan

LATE_FIRST = ("late_replacement", "moved_value")
NEED_FIRST = ("unmet_need", "late_replacement", "moved_value")


def hand_over(**more: Any) -> dict[str, Any]:
    """A can give a gun to C, who needs it in January, the one month before the settlement."""
    return {
        "horizon": 1,
        "settlement": 3,
        "objectives": NEED_FIRST,
        "stocks": "A,gun,1",
        "offers": "a,A,gun,1",
        "lanes": "A,C,gun",
        "needs": "n,C,gun,1,2025-01-01",
    } | more


# ---- rule 6, debt


@pytest.mark.parametrize(
    ("items", "late", "settled"),
    [("", 0, ["A,old,new,0,0.5"]), ("old,,,true; new,,,true", 2, [])],
    ids=["divisible", "whole"],
)
def test_one_accepted_item_settles_as_many_as_its_rate_and_never_more_than_is_owed(
    items: str, late: int, settled: list[str]
) -> None:
    """A is owed 1 old gun and takes a new one for 2. Half a new one settles it, a whole one cannot."""
    case = scenario(
        horizon=2,
        objectives=LATE_FIRST,
        items=items,
        arrivals="A,new,2025-01-01,1,true",
        debts="A,old,1,2025-01-01",
        exchange="A,old,new,2",
    )
    found = answer(case)
    assert found == {"values": [late, 0]} | ({"settlements": settled} if settled else {})


def test_a_hand_over_is_owed_by_the_ratio() -> None:
    """A gives 2 guns, each owed back 1.5-fold within two months; the maker delivers 1 a month.

    The debt is 3 - 1, 1, 0: in March, two months on, all is replaced and nothing is late.
    """
    case = scenario(
        **hand_over(
            stocks="A,gun,2",
            offers="a,A,gun,2",
            needs="n,C,gun,2,2025-01-01",
            assurances="A,gun,2,1.5",
            supply="S,gun,A",
            production="S,gun,2025-01-01,1",
        )
    )
    plan = proved_plan(case)
    assert answer(case, "orders", "settlements") == {
        "values": [0, 0, 5],
        "orders": ["S,gun,A,0,1,0", "S,gun,A,1,1,1", "S,gun,A,2,1,2"],
        "settlements": ["A,gun,gun,0,1", "A,gun,gun,1,1", "A,gun,gun,2,1"],
    }
    assert units(case, plan.rows("debts"), "A", "gun") == [2, 1, 0, 0]


def test_without_an_assurance_a_hand_over_makes_no_debt() -> None:
    """A is owed 1 gun from February on, and gives 2 without an assurance: it is owed 1 all the same.

    Late in February, March and, 1 + 3 times, in April, the last month.
    """
    case = scenario(
        **hand_over(
            stocks="A,gun,2",
            offers="a,A,gun,2",
            needs="n,C,gun,2,2025-01-01",
            debts="A,gun,1,2025-02-01",
        )
    )
    assert answer(case, "dispatches") == {"values": [0, 6, 2], "dispatches": ["a,A,C,gun,0,2,0"]}
    assert units(case, proved_plan(case).rows("debts"), "A", "gun") == [1, 1, 1, 1]


# ---- rule 7, assurance


@pytest.mark.parametrize(("delivery", "late"), [("2025-01-01", 0), ("2025-02-01", 1)])
def test_within_0_means_in_the_same_month(delivery: str, late: int) -> None:
    """A gives in January and the maker delivers in January or not before February."""
    case = scenario(
        **hand_over(assurances="A,gun,0", supply="S,gun,A", production=f"S,gun,{delivery},1")
    )
    assert answer(case, "debts")["values"] == [0, late, 2]


@pytest.mark.parametrize(
    ("delivery", "late"), [("2025-02-01", 0), ("2025-03-01", 2), ("2025-04-01", 12)]
)
def test_within_2_means_two_months_later_at_the_latest(delivery: str, late: int) -> None:
    """A gives 2 in January, weight 2, and the maker delivers one a month from some month on.

    From February: 1 and 0 are owed in February and March. From March: one is late in March.
    From April: 2 are late in March, and 1 in April, the last month, 1 + 3 times: 2·(2 + 4).
    """
    case = scenario(
        **hand_over(
            stocks="A,gun,2",
            offers="a,A,gun,2",
            needs="n,C,gun,2,2025-01-01",
            assurances="A,gun,2,,2",
            supply="S,gun,A",
            production=f"S,gun,{delivery},1",
        )
    )
    assert answer(case, "debts")["values"][:2] == [0, late]


def test_what_is_late_at_the_end_stays_late() -> None:
    """A gives 1 within a month, and nobody has another: late in February, and in March 1 + 2 times."""
    case = scenario(**hand_over(settlement=2, assurances="A,gun,1"))
    assert answer(case, "dispatches") == {"values": [0, 4, 1], "dispatches": ["a,A,C,gun,0,1,0"]}


def test_an_opening_debt_is_late_from_its_due_date_on() -> None:
    """A is owed 3: one due in February, one in March, one long after the end. One comes in March.

    Late 0, 1, and 2 - 1 in March, the last month, 1 + 1 times.
    """
    case = scenario(
        horizon=2,
        settlement=1,
        objectives=LATE_FIRST,
        debts="A,gun,1,2025-02-15; A,gun,1,2025-03-15; A,gun,1,2027-01-01",
        arrivals="A,gun,2025-03-01,1,true",
    )
    plan = proved_plan(case)
    assert answer(case) == {"values": [3, 0], "settlements": ["A,gun,gun,2,1"]}
    assert units(case, plan.rows("debts"), "A", "gun") == [3, 3, 2]


def test_an_opening_debt_once_settled_excuses_no_new_one() -> None:
    """A is owed 1, due after the end; January's arrival settles it, or nothing does.

    What A gave in February, to be replaced in the same month, would be late either way: it gives
    nothing, and C goes without in February and March.
    """
    case = scenario(
        **hand_over(
            horizon=2,
            settlement=1,
            objectives=("late_replacement", "unmet_need"),
            offers="a,A,gun,1,2025-02-01",
            needs="n,C,gun,1,2025-02-01",
            arrivals="A,gun,2025-01-01,1,true",
            debts="A,gun,1,2025-12-01",
            assurances="A,gun,0",
        )
    )
    assert answer(case, "dispatches") == {"values": [0, 2]}


@pytest.mark.parametrize(
    ("delivery", "expected", "given"),
    [("2025-02-01", [0, 2, 3], True), ("2025-03-01", [4, 2, 1], False)],
)
def test_where_hard_only_opening_debts_may_be_overdue(
    delivery: str, expected: list[int], given: bool
) -> None:
    """A is owed 1 since January, and each gun it gives must be back within a month. T = 4.

    The maker delivers 1 a month. From February on: February's gun is for the one handed over, March's
    for the old debt, late in January and February. From March on: A may not give; C goes without for
    4 months, and the old debt is late for two.
    """
    case = scenario(
        **hand_over(
            debts="A,gun,1,2024-12-01",
            assurances="A,gun,1,,,true",
            supply="S,gun,A",
            production=f"S,gun,{delivery},1",
        )
    )
    found = answer(case, "dispatches")
    assert (found["values"], "dispatches" in found) == (expected, given)


# ---- rule 12, security


@pytest.mark.parametrize(
    ("coming", "given"),
    [
        ({"supply": "S,gun,A,,,0", "production": "S,gun,2025-02-01,1"}, False),
        ({"supply": "S,gun,A,,,1", "production": "S,gun,2025-02-01,1"}, True),
        ({"arrivals": "A,gun,2025-02-01,1,true"}, True),
        ({"arrivals": "A,gun,2025-02-01,1,false"}, False),
        ({"arrivals": "A,gun,2025-06-01,1,true"}, False),
        ({"arrivals": "A,gun,2025-02-01,0.5,true", "exchange": "A,gun,gun,1"}, False),
        ({"arrivals": "A,new,2025-02-01,0.5,true", "exchange": "A,gun,new,2"}, True),
        ({"debts": "A,gun,1,2025-01-01"}, False),
    ],
    ids=[
        "an order without lead",
        "an order with a lead",
        "an arrival",
        "one not designable",
        "one after the end",
        "half of it",
        "half of another at rate 2",
        "an old debt",
    ],
)
def test_secured_means_nothing_leaves_before_its_replacement_is_under_way(
    coming: dict[str, str], given: bool
) -> None:
    """A gives its whole gun in January or not at all; its replacement must be under way then.

    What is ordered and delivered in one month is never under way; an old debt secures nothing.
    """
    case = scenario(**hand_over(items="gun,,,true; new", assurances="A,gun,3,,,,true", **coming))
    unmet = answer(case, "dispatches")["values"][0]
    assert unmet == (0 if given else 4)


def test_what_is_under_way_secures_one_debt_only() -> None:
    """A may give a gun and a tank, both secured; one new thing, accepted for either, is under way.

    C needs both, the tank weighs 3: only the tank leaves; the gun is missed for 4 months.
    """
    case = scenario(
        **hand_over(
            stocks="A,gun,1; A,tank,1",
            offers="g,A,gun,1; t,A,tank,1",
            lanes="A,C,*",
            needs="n,C,gun,1,2025-01-01; m,C,tank,1,2025-01-01,3",
            arrivals="A,new,2025-03-01,1,true",
            exchange="A,gun,new; A,tank,new",
            assurances="A,gun,3,,,,true; A,tank,3,,,,true",
        )
    )
    assert answer(case) == {
        "values": [4, 0, 1],
        "dispatches": ["t,A,C,tank,0,1,0"],
        "fulfilments": ["m,tank,0,1"],
        "settlements": ["A,tank,new,2,1"],
    }
