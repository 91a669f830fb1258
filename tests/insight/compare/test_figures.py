"""What people ask about a plan is what one finds by hand."""

from __future__ import annotations

import pytest

import ringtausch as rt
from ringtausch.insight.compare import figures_of
from ringtausch.insight.compare.gaps import Spell
from ringtausch.insight.compare.money import Handed, Payer
from ringtausch.insight.compare.needs import Arrival
from ringtausch.insight.compare.waits import Late, Wait
from tests.builders import plan, scenario
from tests.insight.compare_case import case


def test_a_plan_that_never_is_late_gives_one_gun_in_february() -> None:
    """Within two months only the gun given in February is replaced in time, in April."""
    sc = case()
    found = figures_of(sc, rt.plan(sc))
    assert found.arrivals == (Arrival("C", 2),)
    need = found.needs[0]
    assert list(need.met) == [0, 0, 1, 1, 1, 1]
    assert (need.first, need.last, need.full) == (2, 2, None)
    assert (need.share_at_due, need.share_at_end) == (0, 0.5)
    assert list(found.gap) == [0, 1, 1, 0, 0, 0]
    assert found.gaps == (Spell("A", "gun", 1, 2, 1.0),)
    assert found.waits == (Wait("A", "gun", 2, open=False),)
    assert (found.overdue, found.late) == ((), ())
    assert list(found.paid) == [0, 0, 10, 0, 0, 0]
    assert found.payers == (Payer("B", 10),)
    assert found.handed == (Handed("gun", 1),)


def test_with_the_need_first_both_guns_go_at_once_and_their_return_is_late() -> None:
    """Both leave in January; one is back in April and one in May, due in March: 2 + 1 gun-months."""
    sc = case(objectives=["unmet_need", "late_replacement", "capability_gap", "spend"])
    made = rt.plan(sc)
    found = figures_of(sc, made)
    assert list(found.needs[0].met) == [0, 2, 2, 2, 2, 2]
    assert (found.needs[0].full, found.needs[0].share_at_due) == (1, 0)
    assert list(found.gap) == [2, 2, 2, 1, 0, 0]
    assert found.gaps == (Spell("A", "gun", 0, 4, 2.0),)
    assert found.waits == (Wait("A", "gun", 4, open=False),)
    assert found.overdue == (Wait("A", "gun", 2, open=False),)
    assert found.late == (Late("A", 3.0),)
    assert made.objectives["late_replacement"].value == pytest.approx(3)


def test_what_is_late_at_the_end_counts_as_often_as_the_objective_counts_it() -> None:
    """Nothing ever comes back: due in March, late for four months, the last counted 1 + 4 times."""
    sc = case(production="", objectives=["unmet_need", "late_replacement", "capability_gap"])
    made = rt.plan(sc)
    found = figures_of(sc, made)
    assert found.waits == (Wait("A", "gun", 6, open=True),)
    assert found.overdue == (Wait("A", "gun", 4, open=True),)
    assert found.late == (Late("A", 2 * (3 + 5.0)),)
    assert made.objectives["late_replacement"].value == pytest.approx(16)


def test_an_old_debt_waits_from_its_date_and_is_served_by_date() -> None:
    """Two old debts, due in February and April; one gun comes in March and one in April."""
    sc = case(
        debts="A,gun,1,2025-04-01; A,gun,1,2025-02-01", offers="", production="S,gun,2025-03-01,1"
    )
    made = plan(
        sc,
        orders="S,gun,A,1,1,2; S,gun,A,2,1,3",
        settlements="A,gun,,2,1; A,gun,,3,1",
        debts="A,gun,0,2,0; A,gun,1,2,1; A,gun,2,1,0",
    )
    found = figures_of(sc, made)
    assert found.waits == ()
    assert found.overdue == (Wait("A", "gun", 1, open=False),)
    assert found.late == (Late("A", 1.0),)


def test_what_must_not_be_late_is_replaced_before_an_older_debt() -> None:
    """An old debt is due in March, the hand-over of January in April; guns come in March and June.

    The assurance is hard, so the plan has the gun of March for the hand-over: the old debt waits.
    """
    sc = case(assurances="A,gun,3,,,true", debts="A,gun,1,2025-03-01")
    made = plan(sc, dispatches="o1,A,C,gun,0,1,1", settlements="A,gun,,2,1; A,gun,,5,1")
    found = figures_of(sc, made)
    assert found.waits == (Wait("A", "gun", 2, open=False),)
    assert found.overdue == (Wait("A", "gun", 3, open=False),)


def test_an_older_debt_is_served_first_where_nothing_is_late_for_it() -> None:
    """The same with guns in March and April: the old debt is in time, and so is the hand-over."""
    sc = case(assurances="A,gun,3,,,true", debts="A,gun,1,2025-03-01")
    made = plan(sc, dispatches="o1,A,C,gun,0,1,1", settlements="A,gun,,2,1; A,gun,,3,1")
    found = figures_of(sc, made)
    assert found.waits == (Wait("A", "gun", 3, open=False),)
    assert found.overdue == ()


def test_a_replacement_accepted_in_exchange_counts_at_its_rate() -> None:
    """Two howitzers settle a debt of four guns at a rate of two each."""
    sc = scenario(
        start="2025-01-01", horizon=1, settlement=3, stocks="A,gun,4",
        offers="o1,A,gun,4,2025-01-01", lanes="A,C,gun,0", needs="n1,C,gun,4,2025-01-01",
        assurances="A,gun,3", exchange="A,gun,howitzer,2",
    )  # fmt: skip
    made = plan(
        sc,
        dispatches="o1,A,C,gun,0,4",
        settlements="A,gun,howitzer,1,1; A,gun,howitzer,2,1",
    )
    assert figures_of(sc, made).waits == (Wait("A", "gun", 2, open=False),)


def test_only_whole_steps_of_the_weakest_part_count() -> None:
    """Three radars and 50 missiles at 25 each make two batteries; they count in steps of two."""
    sc = scenario(
        start="2025-01-01", horizon=3, capabilities="battery,radar,1,r; battery,missile,0.04,m",
        needs="n1,C,battery,4,2025-01-01,1,2",
    )  # fmt: skip
    made = plan(sc, fulfilments="n1,radar,0,3; n1,missile,0,25; n1,missile,1,25; n1,missile,2,24")
    assert figures_of(sc, made).needs[0].met == (0, 2, 2)


def test_the_longest_gap_is_one_of_months_in_a_row() -> None:
    """Below in January, and again from March to April: two months, by three at worst."""
    sc = case(floors="A,gun,2025-01-01,2,2,0.5; A,gun,2025-04-01,2,2,4")
    made = plan(sc, gaps="A,gun,0,5,2; A,gun,2,1,2; A,gun,3,3,2")
    found = figures_of(sc, made)
    assert found.gaps == (Spell("A", "gun", 2, 2, 3.0),)
    assert list(found.gap) == [2.5, 0, 0.5, 12, 0, 0]


def test_a_plan_that_does_nothing_has_figures_too() -> None:
    sc = case(offers="", floors="")
    found = figures_of(sc, plan(sc))
    assert found.arrivals == (Arrival("C", None),)
    assert (found.needs[0].first, found.needs[0].last, found.needs[0].full) == (None, None, None)
    assert (found.gaps, found.waits, found.payers, found.handed) == ((), (), (), ())
