"""What a new plan changes of an earlier one, why, and whose agreement must be asked for again."""

from __future__ import annotations

from datetime import date

import pytest

import ringtausch as rt
from ringtausch.insight.changes import AskAgain, changes
from ringtausch.records.edits import edit_scenario
from tests.builders import plan, scenario

TABLES = {
    "start": "2025-01-01",
    "horizon": 6,
    "parties": "A,Aland; B; C,Cland",
    "stocks": "A,gun,2; B,gun,2",
    "items": "gun,,,true",
    "offers": "a,A,gun,2; b,B,gun,2",
    "lanes": "*,C,*",
    "needs": "n,C,gun,2,2025-01-01",
}


def test_nothing_changes_where_nothing_is_otherwise() -> None:
    """The same plan twice."""
    sc = scenario(**TABLES)
    old = rt.plan(sc)
    found = changes(sc, old, rt.plan(sc, keep=old))
    assert (found.rows, found.ask_again, found.total) == ((), (), 0.0)
    assert str(found) == "Nothing changes."


def test_what_a_row_forbids_is_told_with_the_row() -> None:
    """Agreed: A gives both in January. Its offer opens in March now: B gives them instead."""
    before = scenario(**TABLES)
    old = plan(before, dispatches="a,A,C,gun,0,2", fulfilments="n,gun,0,2")
    now = edit_scenario(before, ["offers[offer=a].from=2025-03-01"])
    found = changes(now, old, rt.plan(now, keep=old))
    assert str(found).splitlines() == [
        "2 changes; weighed by how firm each is: 2 in all",
        "  Aland hands over to Cland (a): 2 x gun in 2025-01, no longer",
        "      the offer a opens on 2025-03-01 only",
        "  B hands over to Cland (b): 2 x gun in 2025-01, which is new",
        "      without it: 2 unit-months of unmet needs more",
        "Ask again",
        "  A: hands over",
        "  B: hands over",
        "  C: receives",
    ]
    gone, new = found.rows
    assert (gone.kind, gone.before, gone.after) == ("gone", date(2025, 1, 1), None)
    assert gone.names == {"offer": "a", "from": "A", "to": "C", "item": "gun"}
    assert gone.reason is not None
    assert (gone.reason.kind, gone.reason.row) == (
        "forbidden",
        "the offer a opens on 2025-03-01 only",
    )
    assert (new.kind, new.before, new.after) == ("new", None, date(2025, 1, 1))
    assert new.reason is not None
    assert new.reason.objective == "unmet_need"
    assert new.reason.amount == pytest.approx(2)
    assert found.ask_again == (
        AskAgain("A", ("giver",), (0,)),
        AskAgain("B", ("giver",), (1,)),
        AskAgain("C", ("receiver",), (0, 1)),
    )


def test_what_could_stay_is_told_with_what_it_costs() -> None:
    """Agreed: A gives both in March; the need was due in March and is due in January now."""
    now = scenario(**TABLES)
    old = plan(now, dispatches="a,A,C,gun,2,2", fulfilments="n,gun,2,2")
    found = changes(now, old, rt.plan(now, keep=old))
    assert [(row.kind, row.quantity, row.before, row.after) for row in found.rows] == [
        ("moved", 2.0, date(2025, 3, 1), date(2025, 1, 1))
    ]
    assert found.rows[0].sentence == (
        "Aland hands over to Cland (a): 2 x gun in 2025-01 instead of 2025-03"
    )
    # B could meet the need in January: then A's hand-over in March moves 2 for nothing
    assert found.rows[0].why == "keeping it costs EUR 2 of value moved"
    assert found.total == pytest.approx((2 / 2) * (1 + 1 / (1 + 2 / 12)))


def test_what_no_plan_can_keep_is_told() -> None:
    """A's only gun was to go to C in March; a hard need of B takes it in January now."""
    before = scenario(
        horizon=4, stocks="A,gun,1", items="gun,,,true", offers="a,A,gun,1", lanes="A,*,*",
        needs="n,C,gun,1,2025-01-01; m,B,gun,1,2025-01-01,0",
    )  # fmt: skip
    old = plan(before, dispatches="a,A,C,gun,2,1", fulfilments="n,gun,2,1")
    now = edit_scenario(before, ["needs[need=m].hard=true"])
    found = changes(now, old, rt.plan(now, keep=old))
    assert [(row.kind, row.names["to"], row.why) for row in found.rows] == [
        ("new", "B", "no plan does without it"),
        ("gone", "C", "no plan can keep it"),
    ]


def test_who_pays_is_asked_again_where_a_payment_moves() -> None:
    """The supplier delivers in February only: order and payment move."""
    before = scenario(
        supply="S,gun,C,5", production="S,gun,2025-01-01,1", items="gun,,,true",
        needs="n,C,gun,1,2025-01-01", funds="f,A", releases="f,2025-01-01,10",
    )  # fmt: skip
    old = plan(before, orders="S,gun,C,0,1", fulfilments="n,gun,0,1", payments="f,order,gun,C,0,5")
    now = edit_scenario(before, ["supply[supplier=S].opens=2025-02-01"])
    found = changes(now, old, rt.plan(now, keep=old))
    assert [(row.table, row.kind, row.sentence, row.why) for row in found.rows] == [
        (
            "orders",
            "moved",
            "C orders from S: 1 x gun in 2025-02 instead of 2025-01",
            "the supply of gun from S to C opens on 2025-02-01 only",
        ),
        ("payments", "moved", "A pays from f: EUR 5 in 2025-02 instead of 2025-01", ""),
    ]
    assert found.ask_again == (
        AskAgain("C", ("customer",), (0,)),
        AskAgain("A", ("payer",), (1,)),
    )
    assert found.total == pytest.approx(2 * (1 + 1 / (1 + 1 / 12)))


def test_a_tie_says_that_it_could_be_as_it_was() -> None:
    """A plan made without regard to what is agreed takes the other donor for nothing."""
    sc = scenario(**TABLES)
    by_a = plan(sc, dispatches="a,A,C,gun,0,2", fulfilments="n,gun,0,2")
    by_b = plan(sc, dispatches="b,B,C,gun,0,2", fulfilments="n,gun,0,2")
    new = rt.plan(sc, keep=by_b)
    found = changes(sc, by_a, new)
    assert [(row.kind, row.names["offer"], row.why) for row in found.rows] == [
        ("gone", "a", "no aim needs it: it could be as it was, and something else would change"),
        ("new", "b", "no aim needs it: it could be as it was, and something else would change"),
    ]


def test_a_new_plan_of_another_state_is_refused() -> None:
    """Reasons are found in the scenario as it is: the new plan must be of it."""
    sc = scenario(**TABLES)
    old = rt.plan(sc)
    now = edit_scenario(sc, ["offers[offer=a].quantity=1"])
    with pytest.raises(rt.InvalidPlan) as invalid:
        changes(now, old, old)
    assert str(invalid.value) == (
        "plan.json: scenario: this plan is of another scenario, or of another state of it; plan again"
    )
