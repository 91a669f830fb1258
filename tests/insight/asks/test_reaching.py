"""Smallest sets: as small as trying all sets says, with the next smallest after them."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.asks import list_concessions
from ringtausch.insight.asks.concession import edits_of, exclusive
from ringtausch.insight.asks.goals import Goal, goal_rows, read_goal
from ringtausch.insight.reluctance import Reluctance, ReluctanceRow
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.lexicographic import has_plan
from ringtausch.planning.model import build_model, extended
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from tests.builders import scenario
from tests.independent.random_folder import write_random

#: U needs two guns. A offers one, and B has one that it does not offer; the line of A opens in March.
CASE: dict[str, Any] = {
    "horizon": 4,
    "settlement": 0,
    "items": "gun,,,true",
    "stocks": "A,gun,2; B,gun,1",
    "offers": "a,A,gun,1",
    "lanes": "A,U,gun,,,,,2025-03-01; B,U,gun",
    "needs": "n,U,gun,2,2025-01-01",
}


def wishes(found: rt.Reach) -> list[list[str]]:
    return [sorted(c.wish for c in one.concessions) for one in found.sets]


def test_the_smallest_set_reaches_the_goal_and_others_follow() -> None:
    found = rt.reach(scenario(**CASE), "need=n by=2025-03-01")
    assert (found.status, found.proved, found.at_least) == ("reached", True, 1)
    assert sorted(wishes(found)) == [
        ["A offered 1 gun more (a)"],
        ["B offered 1 gun to U"],
    ]
    assert found.smallest is not None
    assert found.smallest.edits in {
        ("offers[offer=a].quantity=2",),
        ("+offers[offer=ask-B-gun-U,party=B,item=gun,quantity=1,to=U]",),
    }
    assert found.smallest.objectives["unmet_need"] == 4  # both guns missing for two months


def test_an_earlier_goal_takes_one_more() -> None:
    """In January the consent must come too; that B gives one is no help without it."""
    found = rt.reach(scenario(**CASE), "need=n by=2025-01-01")
    opened = "the transfer of gun from A to U were consented to from the start"
    assert wishes(found) == [
        ["A offered 1 gun more (a)", opened],
        ["B offered 1 gun to U", opened],
    ] or wishes(found) == [["B offered 1 gun to U", opened], ["A offered 1 gun more (a)", opened]]
    assert {one.sentence.partition(",")[0] for one in found.sets} == {
        f"If A offered 1 gun more (a) and {opened}",
        f"If B offered 1 gun to U and {opened}",
    }


def test_among_the_fewest_the_least_reluctant_comes_first() -> None:
    weights = Reluctance(
        (ReluctanceRow(word="offers", cells=(("party", "A"),), weight=Decimal(2)),)
    )
    found = rt.reach(scenario(**CASE), "need=n by=2025-03-01", reluctance=weights)
    assert wishes(found) == [["B offered 1 gun to U"], ["A offered 1 gun more (a)"]]
    assert [one.reluctance for one in found.sets] == [1, 2]


def test_what_can_be_reached_already_takes_nothing() -> None:
    found = rt.reach(scenario(**(CASE | {"needs": "n,U,gun,1,2025-01-01"})), "need=n by=2025-03-01")
    assert (found.status, found.at_least, [one.edits for one in found.sets]) == ("reached", 0, [()])
    assert found.sets[0].sentence == (
        "Nothing need be asked: there are plans already in which U's need n is met from March 2025 on."
    )


def test_what_all_concessions_do_not_reach_is_unreachable() -> None:
    found = rt.reach(scenario(**(CASE | {"needs": "n,U,gun,9,2025-01-01"})), "need=n by=2025-03-01")
    assert (found.status, found.sets, found.proved) == ("unreachable", (), True)
    larger = rt.reach(
        scenario(**(CASE | {"needs": "n,U,gun,3,2025-01-01"})), "need=n by=2025-03-01", units=2
    )
    assert larger.status == "reached"


def test_a_swapped_item_is_taken_away_from_those_who_had_it() -> None:
    """A's one offer can be of guns or of tanks, not of both: the second need takes another giver."""
    sc = scenario(
        horizon=2,
        items="gun,,,true; tank,,,true",
        stocks="A,gun,1; A,tank,1; B,gun,1",
        offers="a,A,gun,1",
        lanes="*,*,*",
        needs="n,U,gun,1,2025-01-01; m,W,tank,1,2025-01-01",
    )
    assert wishes(rt.reach(sc, "need=m by=2025-01-01"))[0] == [
        "A offered 1 tank to W"
    ] or "instead" in str(rt.reach(sc, "need=m by=2025-01-01").sets)
    both = rt.reach(sc, "need=m need=n by=2025-01-01", runners_up=5)
    assert wishes(both)[0] == ["A offered 1 tank to W"]
    swapped = [one for one in wishes(both) if "A offered 1 tank instead of 1 gun (a)" in one]
    assert swapped == [["A offered 1 tank instead of 1 gun (a)", "B offered 1 gun to U"]]


def test_a_limit_says_how_far_it_was_proved() -> None:
    found = rt.reach(scenario(**CASE), "need=n by=2025-03-01", time_limit=0)
    assert (found.status, found.proved, found.sets) == ("open", False, ())


def reached(sc: rt.Scenario, goal: Goal) -> bool:
    """Tell whether some plan of a scenario reaches a goal."""
    model = build_model(gather_facts(sc), ())
    model = extended(model, rows=goal_rows(goal, sc, model.layout))
    return bool(has_plan(model, SolverOptions(), Watch()))


def smallest_by_trying(sc: rt.Scenario, goal: Goal, most: int) -> list[set[str]] | None:
    """Try all sets of so many concessions, fewest first; the smallest that reach the goal."""
    concessions = list_concessions(sc)
    never = set(exclusive(concessions))
    for size in range(most + 1):
        found = []
        for chosen in combinations(range(len(concessions)), size):
            if any(pair in never for pair in combinations(chosen, 2)):
                continue
            granting = [concessions[n] for n in chosen]
            if reached(rt.edit(sc, *edits_of(sc, granting)), goal):
                found.append({c.wish for c in granting})
        if found:
            return found
    return None


def goal_of(sc: rt.Scenario) -> str | None:
    """Ask for the first need that has a date within the plan, soon after that date."""
    for need in sc.needs:
        period = sc.calendar.index(need.due)
        if period < sc.calendar.count and need.quantity > 0:
            day = sc.calendar.first_day(min(period + 1, sc.calendar.count - 1))
            return f"need={need.need} by={day}"
    return None


def agree(path: Path, most: int) -> None:
    """Hold the smallest set of a folder against trying all sets."""
    sc = rt.read(path)
    goal = goal_of(sc)
    if goal is None:
        return
    found = rt.reach(sc, goal, runners_up=0)
    assert found.proved
    theirs = smallest_by_trying(sc, read_goal(goal, sc), most)
    if theirs is None:
        assert found.status == "unreachable" or found.at_least > most
    else:
        assert found.smallest is not None
        assert {c.wish for c in found.smallest.concessions} in theirs


@pytest.mark.parametrize("seed", range(6))
def test_the_smallest_set_is_the_smallest_of_all_sets(seed: int, tmp_path: Path) -> None:
    agree(write_random(tmp_path, 7000 + seed, "micro"), most=2)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8000, 8040))
def test_the_smallest_sets_of_many_scenarios(seed: int, tmp_path: Path) -> None:
    agree(write_random(tmp_path, seed, "tiny"), most=2)
