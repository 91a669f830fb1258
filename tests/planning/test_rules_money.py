"""Rules 10 and 11: charges and funds, each by scenarios solved by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import scenario
from tests.planning.answers import answer, infeasible


def one_order(**more: Any) -> dict[str, Any]:
    """C needs 1 gun from January on and may buy it at 10 from a maker who delivers at once."""
    return {
        "horizon": 3,
        "objectives": ("unmet_need", "spend"),
        "needs": "n,C,gun,1,2025-01-01",
        "supply": "S,gun,C,10",
        "production": "S,gun,2025-01-01,1",
        "funds": "f,C",
        "releases": "f,2025-01-01,10",
    } | more


# ---- rule 10, charges


@pytest.mark.parametrize(
    ("last", "paid"),
    [("2025-03-31", ["f,order,gun,C,0,3", "f,order,gun,C,2,7"]), ("2025-04-01", None)],
)
def test_a_payment_beyond_the_end_falls_into_the_last_month(
    last: str, paid: list[str] | None
) -> None:
    """0.3 of the price at order, 0.7 five months on, which is paid in March, the last month.

    If the 7 come in April only, the charge cannot be paid, and nothing is ordered: unmet 3 months.
    Waiting does not help: the order would still be due in March, in full.
    """
    case = scenario(
        **one_order(
            items="gun,,,true",
            supply="S,gun,C,10,,,0:0.3 5:0.7",
            releases=f"f,2025-01-01,3; f,{last},7",
        )
    )
    expected = (
        {"values": [3, 0]} if paid is None
        else {"values": [0, 10], "orders": ["S,gun,C,0,1,0"], "fulfilments": ["n,gun,0,1"],
              "payments": paid}
    )  # fmt: skip
    assert answer(case) == expected


def test_a_hand_over_is_charged_to_who_receives_and_compensation_to_who_gives() -> None:
    """A's gun takes a month; the move costs 4 USD at 0.5, A's compensation is 3, both in January.

    Fund `move` pays only what is done for C, fund `thanks` only what A gets: 2 and 3. A compensation
    of 1 that was promised before falls due in February.
    """
    case = scenario(
        horizon=2,
        objectives=("unmet_need", "spend"),
        fx={"USD": 0.5},
        stocks="A,gun,1",
        offers="a,A,gun,1,,,,,,3",
        lanes="A,C,*,1,,4,USD",
        needs="n,C,gun,1,2025-01-01",
        funds="move,C; thanks,C",
        releases="move,2025-01-01,9; thanks,2025-01-01,9",
        earmarks="move,handover,*,C; thanks,*,gun,A",
        dues="compensation,gun,A,2025-02-01,1",
    )
    assert answer(case) == {
        "values": [1, 6],
        "dispatches": ["a,A,C,gun,0,1,1"],
        "fulfilments": ["n,gun,1,1"],
        "payments": [
            "move,handover,gun,C,0,2",
            "thanks,compensation,gun,A,0,3",
            "thanks,compensation,gun,A,1,1",
        ],
    }


@pytest.mark.parametrize(
    ("earmarks", "pays"),
    [
        ("", True),
        ("f,order,gun,C", True),
        ("f,*,*,*", True),
        ("f,handover,*,*; f,order,*,*", True),
        ("f,handover,*,*", False),
        ("f,*,tank,*", False),
        ("f,*,*,A", False),
    ],
)
def test_a_fund_pays_what_any_of_its_earmarks_allows(earmarks: str, pays: bool) -> None:
    """Without a row it pays anything; a star is any."""
    case = scenario(**one_order(items="gun; tank", parties="C; A", earmarks=earmarks))
    assert answer(case)["values"] == ([0, 10] if pays else [3, 0])


@pytest.mark.parametrize(
    ("due", "impossible"), [("2025-02-01", True), ("2025-03-01", False), ("2025-04-01", False)]
)
def test_dues_are_paid_when_they_fall_due(due: str, impossible: bool) -> None:
    """The money comes in March; what is due after the end does not matter."""
    case = scenario(**one_order(releases="f,2025-03-01,5", dues=f"order,gun,C,{due},5"))
    assert infeasible(case) == impossible


# ---- rule 11, funds


@pytest.mark.parametrize(
    ("until", "price", "values", "paid"),
    [
        ("", 10, [1, 10], ["f,order,gun,C,1,10"]),
        ("2025-02-01", 10, [1, 10], ["f,order,gun,C,1,10"]),
        ("2025-01-31", 10, [3, 0], None),
        ("", 12, [2, 12], ["f,order,gun,C,2,12"]),
        ("", 13, [3, 0], None),
    ],
)
def test_what_is_released_adds_up_and_lapses(
    until: str, price: int, values: list[int], paid: list[str] | None
) -> None:
    """12 USD in January and 8 in February, at 0.5, are 6 and then 10; 4 in March make 12."""
    case = scenario(
        **one_order(
            fx={"USD": 0.5},
            supply=f"S,gun,C,{price}",
            items="gun,,,true",
            funds=f"f,C,USD,{until}",
            releases="f,2025-01-01,12; f,2025-02-01,8; f,2025-03-01,4",
        )
    )
    found = answer(case, "payments")
    assert found == {"values": values} | ({} if paid is None else {"payments": paid})


def test_two_funds_pay_one_charge_together_and_keep_to_their_own_ends() -> None:
    """`g` holds 4 and ends in January, `f` holds 6: together they pay 10, in January only."""
    case = scenario(
        **one_order(
            funds="f,C; g,A,,2025-01-31",
            releases="f,2025-01-01,6; g,2025-01-01,4",
        )
    )
    assert answer(case) == {
        "values": [0, 10],
        "orders": ["S,gun,C,0,1,0"],
        "fulfilments": ["n,gun,0,1"],
        "payments": ["f,order,gun,C,0,6", "g,order,gun,C,0,4"],
    }
