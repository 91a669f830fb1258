"""Room: what each party could give, wait and pay in plans that are nearly best."""

from __future__ import annotations

from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.room import Range
from tests.builders import plan as built
from tests.builders import scenario

#: A and B each hold two guns; C asks for two. A's are worth as much as B's, so nothing prefers either.
EITHER: dict[str, Any] = {
    "horizon": 2,
    "items": "gun,Gun,,true,10",
    "stocks": "A,gun,2; B,gun,2",
    "offers": "a,A,gun,2; b,B,gun,2",
    "lanes": "*,C,gun,0",
    "needs": "n,C,gun,2,2025-01-01",
}


def ends(found: rt.Room, party: str, kind: str, item: str = "") -> tuple[float, float]:
    """Return the least and the most of one quantity, which must be proved."""
    one = range_of(found, party, kind, item)
    assert one.proved
    return one.least, one.most


def range_of(found: rt.Room, party: str, kind: str, item: str = "") -> Range:
    (one,) = [one for one in found.ranges if (one.party, one.kind, one.item) == (party, kind, item)]
    return one


def test_either_of_two_donors_could_give_everything_or_nothing() -> None:
    found = rt.room(scenario(**EITHER), near=0)
    assert found.proved
    for party in ("A", "B"):
        assert ends(found, party, "give", "gun") == (0, 2)
        assert ends(found, party, "give") == (0, 20)
        assert ends(found, party, "wait") == (0, 0)
        assert ends(found, party, "pay") == (0, 0)
    assert ends(found, "C", "give") == (0, 0)


def test_a_donor_who_costs_more_gives_only_where_something_may_be_given_up() -> None:
    """B's guns cost 1 each to move. Within 50 % of the best spend of 0, half a euro: none of them.

    Within 100 % of a spend of 0, one euro, B could give one of the two.
    """
    dear = scenario(**(EITHER | {"lanes": "A,C,gun,0; B,C,gun,0,,1", "funds": "f,C", "releases": "f,2025-01-01,9"}))  # fmt: skip
    assert ends(rt.room(dear, near=0, plans=0), "B", "give", "gun") == (0, 0)
    assert ends(rt.room(dear, near=0.5, plans=0), "B", "give", "gun") == (0, 0)
    wide = rt.room(dear, near=1.0, plans=0, parties=["A", "B", "C"])
    assert ends(wide, "B", "give", "gun") == (0, 1)
    assert ends(wide, "C", "pay") == (0, 1)


def test_waiting_is_counted_in_unit_periods_of_debt() -> None:
    """A gives one gun in month 0 or later, and its replacement can be had from month 2 on.

    Only the first two objectives count. The need is due from month 1: A may give in month 0 or in
    month 1. The new gun must come within 3 months, so that it comes in months 2 to 4.
    Least: given in 1, back in 2, one month. Most: given in 1, back in 4, or given in 0, back in 3:
    three months, each.
    """
    sc = scenario(
        horizon=3,
        settlement=3,
        objectives=["late_replacement", "unmet_need"],
        items="gun,Gun,,true",
        stocks="A,gun,1",
        offers="a,A,gun,1",
        lanes="A,C,gun,0",
        needs="n,C,gun,1,2025-02-01",
        assurances="A,gun,3",
        supply="S,gun,A",
        production="S,gun,2025-03-01,1",
    )
    found = rt.room(sc, near=0, plans=0)
    assert ends(found, "A", "wait") == (1, 3)
    assert range_of(found, "A", "wait").unit == "unit-months"


def test_a_limit_is_the_best_value_and_the_share_of_it_or_of_one() -> None:
    """One of two guns comes a month late: unmet 0 in the best plan, moved value 20."""
    found = rt.room(scenario(**EITHER), near=0.1, plans=0)
    assert (found.limits["unmet_need"].best, found.limits["unmet_need"].most) == (0, 0.1)
    assert found.limits["moved_value"].best == 20
    assert found.limits["moved_value"].most == pytest.approx(22)


def test_what_the_scenario_lets_go_comes_on_top_but_not_of_the_last_objective() -> None:
    sc = scenario(**EITHER, objectives=["unmet_need", "moved_value"], allowance={"unmet_need": 2, "moved_value": 5})  # fmt: skip
    limits = rt.room(sc, near=0, plans=0).limits
    # two unit-months may be given up: one gun never comes, so that one gun is moved
    assert limits["unmet_need"].best == 0
    assert limits["unmet_need"].most == pytest.approx(2)
    assert limits["moved_value"].most == pytest.approx(10)


def test_other_plans_differ_most_in_who_gives_and_obey_all_rules() -> None:
    """The best plan is one way to share two guns; the furthest ones are one donor alone."""
    sc = scenario(**EITHER)
    found = rt.room(sc, near=0)
    shares = [tuple(one.gives.get((party, "gun"), 0.0) for party in "AB") for one in found.plans]
    given = [row.quantity for row in found.best.rows("dispatches") if row.offer == "a"]
    best = (sum(given), 2 - sum(given))
    assert len({best, *shares}) == len(shares) + 1
    assert {best, *shares} == {(2.0, 0.0), (1.0, 1.0), (0.0, 2.0)}
    assert found.plans[0].distance == max(2 * 10 * abs(a - best[0]) for a in range(3))
    for one in found.plans:
        assert rt.verify(sc, one.plan).ok
        assert all(
            one.plan.objectives[name].value <= limit.most + 1e-6
            for name, limit in found.limits.items()
        )


def test_there_are_no_other_plans_where_only_one_party_can_give() -> None:
    sc = scenario(**(EITHER | {"offers": "a,A,gun,2"}))
    assert rt.room(sc, near=0).plans == ()


def test_a_plan_is_seen_beside_the_ranges() -> None:
    sc = scenario(**EITHER)
    mine = built(sc, dispatches="a,A,C,gun,0,1; b,B,C,gun,0,1", fulfilments="n,gun,0,2")
    found = rt.room(sc, mine, near=0, plans=0)
    at = list(found.ranges).index(range_of(found, "A", "give", "gun"))
    assert found.in_plan[at] == 1


def test_a_plan_of_another_scenario_is_refused() -> None:
    sc = scenario(**EITHER)
    other = scenario(**EITHER, name="other")
    with pytest.raises(rt.InvalidPlan) as refused:
        rt.room(sc, built(other))
    here, there = sc.content_hash[:8], other.content_hash[:8]
    assert str(refused.value) == (
        "plan.json: scenario.hash: this plan was made for another state of the scenario"
        f" ({there}…, not {here}…); plan it again"
    )


def test_an_unknown_party_and_a_share_below_0_are_refused_at_once() -> None:
    with pytest.raises(rt.InvalidRoom) as refused:
        rt.room(scenario(**EITHER), near=-1, parties=["D"])
    assert str(refused.value) == (
        '--party: unknown party "D"; known are A, B, C\n'
        '--near: "-1" is no share; write 0 or more, such as 2% or 0.02'
    )


def test_there_is_no_room_where_there_is_no_plan() -> None:
    with pytest.raises(rt.Infeasible):
        rt.room(scenario(**(EITHER | {"needs": "n,C,gun,5,2025-01-01,,,true"})))


def test_the_ranges_are_a_data_frame() -> None:
    frame = rt.room(scenario(**EITHER), near=0, plans=0, parties=["A"]).frame
    assert frame.columns == [
        "party", "kind", "item", "unit", "least", "best", "most", "proved", "in_plan",
    ]  # fmt: skip
    assert frame["most"].to_list() == [2, 20, 0, 0]


def test_things_are_not_sent_around_to_show_room() -> None:
    """A and B may give each other their gun, and nothing weighs what moves: one may give, not both."""
    sc = scenario(
        horizon=3,
        objectives=["spend"],
        items="gun,Gun,,true",
        stocks="A,gun,1; B,gun,1",
        offers="a,A,gun,1; b,B,gun,1",
        lanes="A,B,gun,0; B,A,gun,0",
    )
    found = rt.room(sc, near=0)
    assert ends(found, "A", "give", "gun") == ends(found, "B", "give", "gun") == (0, 1)
    gives = [one.gives for one in found.plans]
    assert gives
    assert all(len(each) <= 1 for each in gives)


def test_a_scenario_in_which_nothing_can_be_decided_has_no_room() -> None:
    found = rt.room(scenario(horizon=2, stocks="A,gun,1"))
    assert found.proved
    assert found.plans == ()
    assert {(one.least, one.most) for one in found.ranges} == {(0, 0)}


def test_a_plan_that_is_shown_lies_within_the_ranges_even_without_time() -> None:
    """Plans that differ are found first; what they show is room, proved or not."""
    found = rt.room(scenario(**EITHER), near=0, time_limit=30)
    for other in found.plans:
        for party in ("A", "B"):
            one = range_of(found, party, "give", "gun")
            assert one.least <= other.gives.get((party, "gun"), 0.0) <= one.most
