"""Rules 8 and 9: floor and need, each by scenarios solved by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import scenario
from tests.planning.answers import answer, infeasible

NEED_FIRST = ("unmet_need", "capability_gap", "moved_value")
BATTERY = "battery,radar,1,eye; battery,new,1,arm; battery,old,0.5,arm"


def one_giver(**more: Any) -> dict[str, Any]:
    """A gives guns to C, who needs 3 from January on."""
    return {
        "horizon": 2,
        "objectives": NEED_FIRST,
        "stocks": "A,gun,3",
        "offers": "a,A,gun,9",
        "lanes": "A,C,*",
        "needs": "n,C,gun,3,2025-01-01",
    } | more


# ---- rule 8, floor


@pytest.mark.parametrize(("gap", "sent"), [("", 0), ("1", 1), ("1.5", 1.5)])
def test_a_party_falls_as_far_below_its_floor_as_it_agreed_to(gap: str, sent: float) -> None:
    """A has the 3 it must keep, over two months; each unit-period below weighs 2."""
    case = scenario(**one_giver(floors=f"A,gun,2025-01-01,3,{gap},2"))
    assert answer(case, "gaps")["values"] == [2 * (3 - sent), 2 * 2 * sent, sent]


def test_of_the_floors_that_have_begun_the_latest_counts() -> None:
    """A must keep 3 (1 may lack), 2 from March on (1 may lack): it gives 1 at once and 1 in March.

    Unmet 2, 2, 1; the gap is 1 all the time. A row of 2020 is long past.
    """
    floors = "A,gun,2025-03-15,2,1; A,gun,2024-12-01,3,1; A,gun,2020-01-01,9"
    case = scenario(**one_giver(horizon=3, floors=floors))
    assert answer(case) == {
        "values": [5, 3, 2],
        "dispatches": ["a,A,C,gun,0,1,0", "a,A,C,gun,2,1,2"],
        "fulfilments": ["n,gun,0,1", "n,gun,2,1"],
    }


@pytest.mark.parametrize(("agreed", "expected"), [("0", [9, 3, 0]), ("0.5", [7.5, 4.5, 0.5])])
def test_no_one_is_blamed_for_a_gap_it_started_with(agreed: str, expected: list[float]) -> None:
    """A has 1 of the 3 it must keep; one comes in February, another in March: gaps 2, 1, 0.

    It may give only what it agreed to lack on top, and that is missed in each of the 3 months.
    """
    case = scenario(
        **one_giver(
            horizon=3,
            stocks="A,gun,1",
            arrivals="A,gun,2025-02-01,1; A,gun,2025-03-01,1",
            floors=f"A,gun,2025-01-01,3,{agreed}",
        )
    )
    assert answer(case, "gaps")["values"] == expected


def test_a_capability_is_as_strong_as_its_weakest_role() -> None:
    """A must keep 2 batteries: eyes (2 radars) and arms (2 new launchers, 2 old ones at half).

    The radars must stay. The arms are 3 strong and may fall by 1: one new launcher (weight 3) leaves
    and the old ones stay. C lacks 2 radars and 1 new launcher in the one month: 2 + 3.
    """
    case = scenario(
        **one_giver(
            horizon=1,
            stocks="A,radar,2; A,new,2; A,old,2",
            offers="r,A,radar,9; n,A,new,9; o,A,old,9",
            capabilities=BATTERY,
            floors="A,battery,2025-01-01,2",
            needs="r,C,radar,2,2025-01-01; n,C,new,2,2025-01-01,3",
        )
    )
    assert answer(case) == {
        "values": [5, 0, 1],
        "dispatches": ["n,A,C,new,0,1,0"],
        "fulfilments": ["n,new,0,1"],
    }


# ---- rule 9, need


@pytest.mark.parametrize(
    ("step", "unmet", "sent"),
    [("", 0.5, ["n,A,C,new,0,1,0", "o,A,C,old,0,1,0", "r,A,C,radar,0,1.5,0"]),
     ("1", 1, ["n,A,C,new,0,1,0", "r,A,C,radar,0,1,0"])],
)  # fmt: skip
def test_a_need_is_met_by_whole_steps_of_its_weakest_role(
    step: str, unmet: float, sent: list[str]
) -> None:
    """C needs 2 batteries. A has 2 radars, 1 new launcher and 1 old one, which counts half.

    That makes 1.5 batteries; by steps of 1 it makes one, and then the old launcher stays.
    """
    case = scenario(
        **one_giver(
            horizon=1,
            stocks="A,radar,2; A,new,1; A,old,1",
            offers="r,A,radar,9; n,A,new,9; o,A,old,9",
            capabilities=BATTERY,
            needs=f"n,C,battery,2,2025-01-01,,{step}",
        )
    )
    found = answer(case, "dispatches")
    assert found == {"values": [unmet, 0, sum(float(row.split(",")[5]) for row in sent)]} | {
        "dispatches": sent
    }


def test_a_need_counts_from_its_due_date_on_by_its_weight() -> None:
    """C needs 3, weight 2, from February on; A's guns take two months: unmet 3 in February only.

    What is due after the end is not missed within the plan, and nothing moves for it.
    """
    case = scenario(
        **one_giver(
            horizon=3,
            stocks="A,gun,9",
            lanes="A,*,gun,2",
            needs="n,C,gun,3,2025-02-01,2; never,D,gun,3,2025-04-01",
        )
    )
    assert answer(case) == {
        "values": [6, 0, 3],
        "dispatches": ["a,A,C,gun,0,3,2"],
        "fulfilments": ["n,gun,2,3"],
    }


@pytest.mark.parametrize(("hard", "moved"), [("", 0), ("true", 3)])
def test_a_hard_need_is_met_whatever_the_objectives_say(hard: str, moved: int) -> None:
    """Moving as little as possible is the only objective."""
    case = scenario(
        **one_giver(objectives=("moved_value",), needs=f"n,C,gun,3,2025-02-01,,,{hard}")
    )
    assert answer(case, "debts")["values"] == [moved]


@pytest.mark.parametrize(("due", "impossible"), [("2025-01-01", True), ("2025-02-01", False)])
def test_a_hard_need_must_be_met_from_its_due_date_on(due: str, impossible: bool) -> None:
    """The lane takes a month."""
    case = scenario(**one_giver(lanes="A,C,gun,1", needs=f"n,C,gun,3,{due},,,true"))
    assert infeasible(case) == impossible


def test_what_serves_early_stays_though_a_larger_unit_comes_later() -> None:
    """A small gun (½) comes in January, a large one (1) in February; C needs 1.

    Once the small one had been taken back, because with both there is more than C needs.
    """
    case = scenario(
        horizon=2,
        objectives=["unmet_need"],
        items="small,,,true; large,,,true",
        capabilities="guns,small,0.5; guns,large,1",
        needs="n,C,guns,1,2025-01-01",
        stocks="A,small,1; A,large,1",
        offers="s,A,small,1; l,A,large,1",
        lanes="A,C,small,0; A,C,large,1",
    )
    found = answer(case)
    assert found["values"] == [0.5]
    assert found["fulfilments"] == ["n,large,1,1", "n,small,0,1"]
