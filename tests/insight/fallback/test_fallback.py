"""Fallbacks: each leg of a plan fails, the best plan without it, whom it hurts, what to prepare."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.fallback import fallback, legs_of
from ringtausch.planning.bench import same_value
from ringtausch.records.edits import edit_scenario
from tests.builders import plan, scenario

TABLES: dict[str, Any] = {
    "start": "2025-01-01",
    "horizon": 6,
    "settlement": 4,
    "parties": "A,Aland; B,Bland; C,Cland",
    "stocks": "A,gun,1; B,gun,1",
    "items": "gun,,,true",
    "offers": "a,A,gun,1; b,B,gun,1,2025-03-01",
    "lanes": "*,C,*",
    "needs": "n,C,gun,1,2025-01-01",
    "assurances": "A,gun,4; B,gun,1",
    "supply": "S,gun,*,5,,1",
    "production": "S,gun,2025-01-01,1",
    "funds": "f,A; g,B",
    "releases": "f,2025-01-01,3; f,2025-01-01,3; g,2025-01-01,50",
    "earmarks": "f,order,gun,A; g,order,gun,B",
}
#: A gives at once and gets its gun back in February, paid by itself.
BY_A: dict[str, Any] = {
    "dispatches": "a,A,C,gun,0,1",
    "orders": "S,gun,A,0,1,1",
    "settlements": "A,gun,,1,1",
    "fulfilments": "n,gun,0,1",
    "payments": "f,order,gun,A,0,5",
}


def test_the_legs_are_donors_orders_payments_and_consents() -> None:
    """Each fails by edits; a row with wildcards stays for the others."""
    sc = scenario(**TABLES)
    legs = legs_of(sc, plan(sc, **BY_A))
    assert [(leg.kind, leg.sentence, leg.edits) for leg in legs] == [
        ("donor", "Aland hands over nothing", ("offers[offer=a].quantity=0",)),
        (
            "order",
            "S sells no gun to Aland",
            ("+supply[supplier=S,item=gun,customer=A,price=5,lead=1,opens=never]",),
        ),
        (
            "payment",
            "f of Aland gets no money",
            ("releases[row=1].amount=0", "releases[amount=3].amount=0"),
        ),
        (
            "consent",
            "no consent for gun from Aland to Cland",
            ("+lanes[from=A,to=C,item=gun,opens=never]",),
        ),
    ]


def test_a_fallback_is_the_best_plan_of_the_edited_scenario() -> None:
    """Each against planning from the start, all six objectives."""
    sc = scenario(**TABLES)
    found = fallback(sc, rt.plan(sc))
    assert len(found.rows) == 4
    for row in found.rows:
        best = rt.plan(edit_scenario(sc, row.leg.edits))
        assert row.status == "optimal"
        for name, objective in best.objectives.items():
            assert same_value(row.objectives[name], objective.value)
        assert row.plan is not None
        assert rt.verify(edit_scenario(sc, row.leg.edits), row.plan).ok
        for name, objective in row.plan.objectives.items():
            assert same_value(row.objectives[name], objective.value)


def test_the_worst_comes_first_and_says_whom_it_hurts_and_what_to_do() -> None:
    """Without A's gun, or a replacement for it, B gives its own in March."""
    sc = scenario(**TABLES)
    found = fallback(sc, plan(sc, **BY_A))
    assert [row.leg.kind for row in found.rows] == ["donor", "order", "payment", "consent"]
    donor = found.rows[0]
    assert donor.difference is not None
    assert donor.difference[0] == "unmet_need"
    assert donor.difference[1] == pytest.approx(2)
    assert [(w.party, w.kind, w.subject, w.first, w.amount) for w in donor.worse] == [
        ("C", "unmet", "n", date(2025, 1, 1), 2.0),
        ("B", "wait", "gun", date(2025, 3, 1), 1.0),
    ]
    assert [w.sentence for w in donor.worse] == [
        "Cland's need n met by 2025-03, in time before (2 unit-months more)",
        "Bland waits for gun: replaced by 2025-04, nothing owed before (1 unit-month more)",
    ]
    assert [(p.table, p.by, p.lead, p.sentence) for p in donor.prepare] == [
        (
            "dispatches",
            date(2025, 3, 1),
            0,
            "ask Bland to be ready to hand over 1 x gun to Cland in 2025-03 (b)",
        ),
        (
            "orders",
            date(2025, 3, 1),
            1,
            "reserve 1 x gun with S for Bland: to be ordered in 2025-03, 1 month before the delivery",
        ),
    ]


def test_where_there_is_no_plan_without_a_leg_the_rows_are_told() -> None:
    """The need is hard, and B's gun comes too late."""
    sc = scenario(**TABLES | {"needs": "n,C,gun,1,2025-01-01,,,true"})
    found = fallback(sc, plan(sc, **BY_A))
    donor = found.rows[0]
    assert (donor.leg.kind, donor.status, donor.objectives, donor.plan) == (
        "donor",
        "infeasible",
        {},
        None,
    )
    assert "needs.csv:2: the need n of C for 1 gun must be met from 2025-01-01 on" in donor.reasons
    assert str(found).splitlines()[:2] == [
        "If this fails, the worst first:",
        "  Aland hands over nothing: there is no plan without it; these rows cannot hold",
    ]


def test_a_plan_that_does_nothing_has_no_legs() -> None:
    """Nothing is needed."""
    sc = scenario(horizon=2, stocks="A,gun,1", offers="a,A,gun,1", lanes="A,C,gun")
    found = fallback(sc, rt.plan(sc))
    assert found.rows == ()
    assert str(found) == "The plan hands over, orders and pays nothing: nothing can fail."


def test_a_plan_of_another_scenario_and_one_that_breaks_a_rule_are_refused() -> None:
    """One line each."""
    sc = scenario(**TABLES)
    other = edit_scenario(sc, ["offers[offer=a].quantity=2"])
    with pytest.raises(rt.InvalidPlan) as invalid:
        fallback(sc, rt.plan(other))
    assert len(str(invalid.value).splitlines()) == 1
    with pytest.raises(rt.InvalidPlan) as invalid:
        fallback(sc, plan(sc, **BY_A | {"dispatches": "a,A,C,gun,0,2"}))
    assert len(str(invalid.value).splitlines()) == 1
