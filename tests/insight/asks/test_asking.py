"""Single asks: each is what planning the edited scenario says, the best is the best, the words fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.asks import list_concessions
from ringtausch.insight.asks.concession import edits_of
from ringtausch.planning.bench import Bench, Trial
from tests.builders import scenario
from tests.independent.random_folder import write_random

#: U needs a gun in January and two in March; Germany offers one, Greece none, and S makes one a month
#: from June on, of which the money pays two.
CASE: dict[str, Any] = {
    "start": "2025-01-01",
    "horizon": 6,
    "settlement": 6,
    "objectives": ["unmet_need", "late_replacement", "capability_gap", "spend", "moved_value"],
    "parties": "U,Ukraine; GRC,Greece; DEU,Germany",
    "stocks": "GRC,gun,3; DEU,gun,4",
    "floors": "GRC,gun,2025-01-01,2,1",
    "offers": "d1,DEU,gun,1,2025-02-01",
    "lanes": "DEU,U,gun; GRC,U,gun,1,,,,never",
    "needs": "N1,U,gun,1,2025-02-01; N2,U,gun,2,2025-03-01",
    "assurances": "DEU,gun,3; GRC,gun,4",
    "supply": "S,gun,*,1,,1",
    "production": "S,gun,2025-06-01,1",
    "funds": "F,DEU",
    "releases": "F,2025-03-01,2",
}
BASE = {"unmet_need": 7.0, "late_replacement": 14.0, "capability_gap": 0.0, "spend": 2.0}


def planned(sc: rt.Scenario, edits: tuple[str, ...]) -> dict[str, float]:
    """Plan the edited scenario from the start; nothing where there is no plan."""
    try:
        found = rt.plan(rt.edit(sc, *edits))
    except rt.Infeasible:
        return {}
    return {name: found.objectives[name].value for name in sc.objectives}


def test_the_asks_of_a_case_are_what_a_list_by_hand_comes_to() -> None:
    """Every concession that the page lists for the case, tried one by one with `plan`."""
    by_hand = [
        ("offers[offer=d1].quantity=2",),
        ("offers[offer=d1].from=2025-01-01",),
        (
            "+offers[offer=ask-GRC-gun-U,party=GRC,item=gun,quantity=1,to=U]",
            "lanes[from=GRC,to=U,item=gun].opens=",
        ),
        (
            "+offers[offer=ask-GRC-gun-DEU,party=GRC,item=gun,quantity=1,to=DEU]",
            "+lanes[from=GRC,to=DEU,item=gun]",
        ),
        ("lanes[from=GRC,to=U,item=gun].opens=",),
        ("+lanes[from=DEU,to=GRC,item=gun]",),
        ("releases[fund=F].amount=3",),
        ("releases[fund=F].date=2025-02-01",),
        ("assurances[party=DEU,item=gun].within=4",),
        ("assurances[party=GRC,item=gun].within=5",),
        ("floors[party=GRC,capability=gun,from=2025-01-01].max_gap=2",),
        (
            "production[supplier=S,item=gun,from=2025-06-01].capacity=2",
            "+production[supplier=S,item=gun,from=2025-07-01,capacity=1]",
        ),
    ]
    sc = scenario(**CASE)
    tried = {edits: planned(sc, edits) for edits in by_hand}
    found = rt.asks(sc)
    assert {name: found.base[name] for name in BASE} == BASE
    assert {ask.edits for ask in found.asks} == set(by_hand)
    for ask in found.asks:
        ours = {name: ask.objectives[name] for name in sc.objectives}
        assert ours == pytest.approx(tried[ask.edits]), ask.sentence
    best = min(tried.values(), key=lambda values: tuple(values.values()))
    assert found.best is not None
    assert {name: found.best.objectives[name] for name in sc.objectives} == pytest.approx(best)
    vectors = [tuple(ask.objectives[name] for name in sc.objectives) for ask in found.asks]
    assert vectors == sorted(vectors)


def test_asks_are_told_apart_by_what_they_change() -> None:
    found = rt.asks(scenario(**CASE))
    assert [ask.family for ask in found.of("better")] == [
        *["more", "stock"],
        "capacity",
        "money",
        "stock",
        "assurance",
    ]
    assert {ask.verdict for ask in found.asks} == {"better", "same"}
    assert [(ask.first, ask.change) for ask in found.of("better")] == [
        ("unmet_need", -4.0),
        ("unmet_need", -4.0),
        ("unmet_need", -1.0),
        ("late_replacement", -11.0),
        ("late_replacement", -4.0),
        ("late_replacement", -1.0),
    ]
    assert "Germany offered 1 gun more" in repr(found)
    assert found.frame["verdict"].to_list() == [ask.verdict for ask in found.asks]


def test_a_sentence_says_what_its_two_plans_say() -> None:
    """Greece sends one gun at once, so that the first two off the line come a month sooner to U."""
    # what Greece orders in January arrives in August; the line would have made it before"""
    sc = scenario(
        start="2025-01-01",
        horizon=2,
        settlement=14,
        objectives=["unmet_need", "late_replacement", "moved_value"],
        parties="U,Ukraine; GRC,Greece",
        items="gun,,,true",
        stocks="GRC,gun,3",
        floors="GRC,gun,2025-01-01,2",
        needs="N1,U,gun,1,2025-01-01,2; N2,U,gun,1,2025-04-01",
        assurances="GRC,gun,12",
        supply="S,gun,U,,,3; S,gun,GRC,,,7",
        production="S,gun,2025-05-01,1",
    )
    ask = next(ask for ask in rt.asks(sc).asks if ask.family == "stock")
    assert ask.sentence == (
        "If Greece offered 1 gun to Ukraine, with the consent to transfer it, Ukraine's need N1"
        " would be met 4 months earlier and Ukraine's need N2 would be met 1 month earlier; Greece"
        " would wait 7 months and stay above its floor."
    )


def test_the_price_and_the_cost_are_part_of_the_sentence() -> None:
    """A gives what B was to get back; A falls below its floor and is promised nothing."""
    sc = scenario(
        horizon=2,
        settlement=2,
        objectives=["unmet_need", "capability_gap", "moved_value"],
        parties="U,Ukraine; A,Austria",
        stocks="A,gun,2",
        floors="A,gun,2025-01-01,2,2",
        offers="a,A,gun,1",
        lanes="A,U,gun",
        needs="n,U,gun,2,2025-01-01",
    )
    ask = next(ask for ask in rt.asks(sc).asks if ask.family == "more")
    assert ask.sentence == (
        "If Austria offered 1 gun more (a), Ukraine's need n would be met in January 2025 instead of"
        " never; Austria is promised no replacement and would be 4 unit-months more below its floor."
    )
    assert (ask.cost.gap, ask.cost.below, ask.cost.unpromised, ask.cost.wait) == (4, 8, 1, None)


def test_what_leaves_no_plan_comes_last_and_says_so() -> None:
    """The need is hard, and only guns serve it."""
    sc = scenario(
        horizon=1,
        stocks="A,gun,1; A,tank,1",
        offers="a,A,gun,1",
        lanes="A,*,*",
        needs="n,U,gun,1,2025-01-01,,,true",
        debts="D,tank,1,2025-01-01",
    )
    last = rt.asks(sc).asks[-1]
    assert (last.verdict, last.objectives) == ("impossible", {})
    assert (
        last.sentence == "If A offered 1 tank instead of 1 gun (a), there would be no plan at all."
    )


def test_a_limit_leaves_the_rest_open() -> None:
    found = rt.asks(scenario(**CASE), time_limit=0)
    assert {ask.verdict for ask in found.asks} == {"open"}
    assert len(found.asks) == 12


def test_each_answer_is_told_as_it_comes() -> None:
    told: list[tuple[str, int, int]] = []
    found = rt.asks(scenario(**CASE), on_answer=lambda a, n, of: told.append((a.wish, n, of)))
    assert sorted(wish for wish, _, _ in told) == sorted(ask.wish for ask in found.asks)
    assert [(n, of) for _, n, of in told] == [(n, 12) for n in range(1, 13)]


def test_a_scenario_without_a_plan_says_why() -> None:
    with pytest.raises(rt.Infeasible):
        rt.asks(scenario(horizon=1, needs="n,U,gun,1,2025-01-01,,,true"))


def best_of(sc: rt.Scenario, trial: Trial | rt.Plan) -> dict[str, float]:
    """Return what is unique of the objectives: the bound where later ones may take of it."""
    plan = trial.plan if isinstance(trial, Trial) else trial
    assert plan is not None
    found = {}
    for name in sc.objectives:
        stated = plan.objectives[name]
        given_up = name in sc.tolerance or name in sc.allowance
        found[name] = stated.bound if given_up and stated.bound is not None else stated.value
    return found


def agree(path: Path) -> None:
    """Hold every ask of a folder against planning the edited scenario from the start."""
    sc = rt.read(path)
    try:
        plan = rt.plan(sc)
    except rt.Infeasible:
        return
    if sc.tolerance or sc.allowance:
        return  # their values are not unique
    found = rt.asks(sc, plan=plan)
    assert len(found.asks) == len(list_concessions(sc))
    for ask in found.asks:
        theirs = planned(sc, ask.edits)
        ours = {name: ask.objectives[name] for name in theirs}
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-5), ask.edits
        assert (ask.verdict == "impossible") == (not theirs)
    better = {ask.edits for ask in found.of("better")}
    monotone = {edits_of(sc, [c]) for c in list_concessions(sc) if c.monotone}
    worse = {ask.edits for ask in found.of("worse", "impossible")}
    assert not worse & monotone
    assert better.isdisjoint(worse)


@pytest.mark.parametrize("seed", range(5))
def test_asks_of_random_scenarios_are_what_planning_says(seed: int, tmp_path: Path) -> None:
    agree(write_random(tmp_path, 5000 + seed, "micro"))


@pytest.mark.long
@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("seed", range(6000, 6040))
def test_asks_of_many_random_scenarios_are_what_planning_says(
    seed: int, whole: bool, tmp_path: Path
) -> None:
    agree(write_random(tmp_path, seed, "tiny", whole=whole))


def test_processes_give_the_same_answers() -> None:
    """Groups that change nothing are proved together; the values are those of planning each."""
    sc = scenario(**CASE)
    bench = Bench(sc)
    alone = {c.wish: bench.try_(rt.edit(sc, *edits_of(sc, [c]))) for c in list_concessions(sc)}
    for ask in rt.asks(sc).asks:
        assert ask.objectives == pytest.approx(alone[ask.wish].objectives)
        assert best_of(sc, alone[ask.wish]) == pytest.approx(
            {name: ask.objectives[name] for name in sc.objectives}
        )
