"""Instead: what another decision costs whom, why it cannot be, and what is wrong with the question."""

from __future__ import annotations

from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.explain.demands import Demand, read_demands
from tests.builders import scenario

#: C needs a gun from January on. A and B offer one each, B's way takes a month.
TWO: dict[str, Any] = {
    "horizon": 3,
    "objectives": ("unmet_need", "spend", "moved_value"),
    "items": "gun,,,true",
    "needs": "n,C,gun,1,2025-01-01",
    "stocks": "A,gun,1; B,gun,1",
    "offers": "a,A,gun,1; b,B,gun,1,,2025-02-28",
    "lanes": "A,C,gun; B,C,gun,1",
}


def answer(*edits: str, **more: Any) -> rt.Instead:
    sc = scenario(**TWO | more)
    return rt.instead(sc, rt.plan(sc), *edits)


def test_b_rather_than_a_costs_c_a_month() -> None:
    found = answer("dispatches[offer=a].quantity=0", "+dispatches[from=B,quantity=1]")
    assert found.status == "possible"
    assert (found.before["unmet_need"], found.after["unmet_need"]) == (0, 1)
    assert [(t.target.names, t.before, t.after, t.periods) for t in found.targets] == [
        (("n",), 0, 1, (0,))
    ]
    assert [(p.party, p.what, p.before, p.after) for p in found.parties] == [
        ("A", "gives", 1, 0),
        ("B", "gives", 0, 1),
    ]
    assert found.plan is not None
    sc = found.scenario
    assert rt.verify(sc, found.plan).ok


def test_it_is_told_in_a_table() -> None:
    assert str(answer("-dispatches[offer=a]")) == (
        "The best plan with:\n"
        "  -dispatches[offer=a]\n"
        "  objective                       before             after            change\n"
        "* unmet_need                           0                 1                +1\n"
        "  spend                                0                 0                 0\n"
        "  moved_value                          1                 1                 0\n"
        "Who has less or waits longer, or the other way round, in unit-months\n"
        "  need n of C                                         0 -> 1  2025-01\n"
        "Who does what otherwise\n"
        "  A             gives     1 -> 0 gun\n"
        "  B             gives     0 -> 1 gun"
    )


def test_the_row_of_the_plan_can_be_asked_for_in_another_month() -> None:
    """A's gun in March: February is the best for C, when B's gun, sent in January, arrives."""
    found = answer("dispatches[offer=a].date=2025-03-01")
    assert found.plan is not None
    moved = [(row.offer, row.period, row.quantity) for row in found.plan.rows("dispatches")]
    assert moved == [("b", 0, 1), ("a", 2, 1)]
    assert found.after["unmet_need"] == 1


def test_what_the_plan_does_anyway_costs_nothing() -> None:
    found = answer("+dispatches[offer=a,to=C,period=0,quantity=1]")
    assert str(found).endswith("It costs nothing: every objective stays as it is.")


CANNOT = {
    "no offer": (
        {"stocks": "A,gun,1; B,gun,1; D,gun,2", "lanes": "*,C,gun"},
        "+dispatches[from=D,to=C,item=gun,quantity=1]",
        ["D has 2 gun and offers none"],
    ),
    "nothing to offer": (
        {"parties": "D", "lanes": "*,C,gun"},
        "+dispatches[from=D,to=C,item=gun,quantity=1]",
        ["D has no gun and offers none"],
    ),
    "no lane": (
        {"parties": "D"},
        "+dispatches[offer=a,to=D,quantity=1]",
        ["there is no lane for gun from A to D"],
    ),
    "a lane that is refused": (
        {"lanes": "A,C,gun,,,,,never; B,C,gun"},
        "+dispatches[offer=a,quantity=1]",
        ["gun from A to C: refused"],
    ),
    "a window that has ended": (
        {},
        "+dispatches[offer=b,date=2025-03-01,quantity=1]",
        # it would also arrive after the plan: that is the lead
        ["B offers 1 gun (b), until 2025-02-28", "gun from B to C is under way for 1 month"],
    ),
    "more than there is": (
        {"offers": "a,A,gun,9"},
        "dispatches[offer=a].quantity=2",
        ["A has 1 gun"],
    ),
    "a need that must be met": (
        {"needs": "n,C,gun,1,2025-01-01,,,true", "offers": "a,A,gun,1", "stocks": "A,gun,1"},
        "dispatches[offer=a].quantity=0",
        ["n of C must be met from 2025-01-01 on"],
    ),
    "no supply": (
        {"production": "S,gun,2025-01-01,1", "supply": "S,gun,A"},
        "+orders[supplier=S,item=gun,customer=C,quantity=1]",
        ["C may not order gun from S"],
    ),
}


@pytest.mark.parametrize("name", CANNOT)
def test_what_cannot_be_names_the_rows_that_stand_against_it(name: str) -> None:
    more, edit, expected = CANNOT[name]
    found = answer(edit, **more)
    assert (found.status, found.plan, found.after) == ("impossible", None, {})
    assert sorted(obstacle.sentence for obstacle in found.obstacles) == sorted(expected)


@pytest.mark.parametrize("name", CANNOT)
def test_with_all_obstacles_released_it_can_be(name: str) -> None:
    more, edit, _expected = CANNOT[name]
    found = answer(edit, **more)
    edits = [edit for obstacle in found.obstacles for edit in obstacle.release]
    free = rt.edit(found.scenario, *edits)
    assert rt.instead(free, rt.plan(free), edit).status == "possible"


def test_what_no_row_forbids_names_the_rule() -> None:
    found = answer("dispatches[offer=a].quantity=0.5")
    assert (found.obstacles, found.notes) == ((), ("gun moves in whole units only.",))


def test_after_the_horizon_nothing_new_is_promised() -> None:
    found = answer(
        "+dispatches[offer=a,date=2025-04-01,quantity=1]", settlement=2, assurances="A,gun,2"
    )
    assert found.obstacles == ()
    assert found.notes == (
        (
            "From 2025-04-01 on old debts are settled, and A hands over no gun: it holds an assurance"
            " for it."
        ),
    )


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ("dispatch[offer=a].quantity=0", '"dispatch" is no table of decisions; did you mean "dispatches"?'),
        ("dispatches[offers=a].quantity=0", 'offers: dispatches have no column "offers" to select by; did you mean "offer"?'),
        ("dispatches[offer=c].quantity=0", 'offer: unknown offer "c"; known are a, b'),
        ("dispatches[offer=a].quantity=-1", 'quantity: "-1" is below zero; write 0 or more'),
        ("dispatches[offer=a].arrives=1", 'arrives: "arrives" of a decision cannot be set; known are date, period, quantity'),
        ("+dispatches[offer=a]", "quantity: say how much: quantity=1"),
        ("dispatches[offer=b].date=2025-02-01", "the plan has no such row in dispatches"),
        ("dispatches[offer=a].period=0", "period: the plan has it in this period already"),
        ("dispatches[offer=a].period=3", 'period: "3" is no period of the plan; it has 0 to 2'),
        ("dispatches[offer=a].date=2025-04-01", "date: 2025-04-01 is after the plan, whose last period begins on 2025-03-01"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_question_is_said_in_one_line(edit: str, said: str) -> None:
    with pytest.raises(rt.InvalidEdit) as wrong:
        answer(edit)
    assert str(wrong.value) == f"{edit}: {said}"


def test_a_question_is_read_as_demands() -> None:
    sc = scenario(**TWO)
    plan = rt.plan(sc)
    names = {"offer": "a", "from": "A", "to": "C", "item": "gun"}
    assert read_demands(sc, plan, ["dispatches[offer=a].date=2025-02"]) == (
        Demand("dispatches", names, 0, 0.0, exactly=True),
        Demand("dispatches", names, 1, 1.0, exactly=False),
    )
