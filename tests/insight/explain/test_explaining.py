"""Explanations: rows that help only together, filters, plans that are not the best, and no misses."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.explain.changes import apply_changes, edits_of
from ringtausch.insight.explain.releases import list_releases
from ringtausch.insight.explain.trials import best_values, improves
from ringtausch.records import InvalidInput
from tests.builders import plan as made_by_hand
from tests.builders import scenario
from tests.independent.random_folder import write_random


def explained(sc: rt.Scenario, **asked: Any) -> rt.Explanation:
    return rt.explain(sc, rt.plan(sc), **asked)


def releases(found: rt.Explanation) -> list[tuple[str, ...]]:
    return [cause.release for cause in found.causes]


# ---- together


def test_money_and_consent_that_bind_together_are_named_together() -> None:
    """A's gun may not go to C, and the way would cost 5, which no fund may pay."""
    sc = scenario(
        horizon=2,
        objectives=("unmet_need", "spend"),
        items="gun,,,true",
        needs="n,C,gun,1,2025-01-01",
        stocks="A,gun,1",
        offers="o,A,gun,1",
        lanes="A,C,gun,,,5,,never",
    )
    [cause] = explained(sc).causes
    assert (cause.family, cause.release, cause.objectives["unmet_need"]) == (
        "money+consent",
        (
            "+funds[fund=C-handover-gun,party=C]",
            "+earmarks[fund=C-handover-gun,purpose=handover,item=gun,party=C]",
            "+releases[fund=C-handover-gun,date=2025-01-01,amount=100]",
            "lanes[from=A,to=C,item=gun].opens=",
        ),
        0,
    )


def test_two_rows_of_one_family_that_help_only_together_are_named_together() -> None:
    """A battery is a radar and a launcher; A offers both, and both lanes open in February."""
    sc = scenario(
        horizon=2,
        objectives=("unmet_need", "spend"),
        items="radar,,,true; launcher,,,true",
        capabilities="battery,radar,1,radar; battery,launcher,1,launcher",
        needs="n,C,battery,1,2025-01-01",
        stocks="A,radar,1; A,launcher,1",
        offers="r,A,radar,1; l,A,launcher,1",
        lanes="A,C,radar,,,,,2025-02-01; A,C,launcher,,,,,2025-02-01",
    )
    [cause] = explained(sc).causes
    assert (cause.family, cause.release, cause.objectives["unmet_need"]) == (
        "consent",
        ("lanes[from=A,to=C,item=radar].opens=", "lanes[from=A,to=C,item=launcher].opens="),
        0,
    )


def test_what_nothing_can_help_has_no_cause() -> None:
    """C needs a gun; nobody has or makes one."""
    found = explained(scenario(horizon=2, needs="n,C,gun,1,2025-01-01"))
    assert found.causes == ()
    assert str(found) == (
        "n of C (gun) lacks 2 unit-months, 2025-01 to 2025-02.\n"
        "  No row of money, consent, willingness, production, time or floors would help,\n"
        "  alone or in the sets tried."
    )


def test_an_earlier_objective_must_not_suffer() -> None:
    """A would give its gun at the price of a late replacement: with lateness first it may not."""
    content: dict[str, Any] = {
        "horizon": 2,
        "settlement": 1,
        "needs": "n,C,gun,1,2025-01-01",
        "stocks": "A,gun,1",
        "offers": "o,A,gun,1,2025-02-01",
        "lanes": "A,C,gun",
        "assurances": "A,gun,0",
    }
    last = scenario(objectives=("unmet_need", "late_replacement"), **content)
    first = scenario(objectives=("late_replacement", "unmet_need"), **content)
    assert ("offers[offer=o].quantity=10", "offers[offer=o].from=") in releases(explained(last))
    assert releases(explained(first)) == []


# ---- gaps and late replacements


#: A gives its gun to C in January, so that it is below its floor until S delivers in March.
GIVEN: dict[str, Any] = {
    "horizon": 1,
    "settlement": 3,
    "objectives": ("unmet_need", "late_replacement", "capability_gap", "spend"),
    "items": "gun,,,true",
    "needs": "n,C,gun,1,2025-01-01",
    "stocks": "A,gun,1",
    "offers": "o,A,gun,1,2025-01-01",
    "lanes": "A,C,gun",
    "floors": "A,gun,2025-01-01,1,1",
    "assurances": "A,gun,1",
    "supply": "S,gun,A",
    "production": "S,gun,2025-03-01,1",
}


def test_a_gap_and_a_late_replacement_have_their_months_and_causes() -> None:
    """Replaced in March where January plus one month was agreed: late in February only."""
    found = explained(scenario(**GIVEN))
    assert [(t.objective, t.party, t.subject, t.periods) for t in found.targets] == [
        ("late_replacement", "A", "gun", ((1, 1.0),)),
        ("capability_gap", "A", "gun", ((0, 1.0), (1, 1.0))),
    ]
    production = (
        "production[supplier=S,item=gun,from=2025-03-01].capacity=11",
        "+production[supplier=S,item=gun,from=2025-01-01,capacity=10]",
    )
    freed = {
        cause.release: [(f.target.objective, f.amount, f.periods) for f in cause.freed]
        for cause in found.causes
    }
    assert freed == {
        production: [("late_replacement", 1, (1,)), ("capability_gap", 2, (0, 1))],
        ("assurances[party=A,item=gun].within=3",): [("late_replacement", 1, (1,))],
    }


def test_only_the_gap_of_one_month_is_asked_about() -> None:
    found = explained(scenario(**GIVEN), gap="A:gun:2025-02-01")
    assert [(t.objective, t.periods) for t in found.targets] == [("capability_gap", ((1, 1.0),))]
    assert [[f.periods for f in cause.freed] for cause in found.causes] == [[(1,)]]


# ---- filters and wrong questions


@pytest.mark.parametrize(
    ("asked", "targets"),
    [
        ({"need": "n2"}, [("n2",)]),
        ({"party": "C"}, [("n1",)]),
        ({"item": "tank"}, [("n2",)]),
    ],
)
def test_a_filter_leaves_what_is_about_the_name(
    asked: dict[str, str], targets: list[tuple[str, ...]]
) -> None:
    sc = scenario(
        horizon=1, needs="n1,C,gun,1,2025-01-01; n2,D,tank,1,2025-01-01", stocks="A,gun,1"
    )
    assert [target.names for target in explained(sc, **asked).targets] == targets


def test_of_a_fund_only_its_own_limits_are_named() -> None:
    """Two funds, each with half of what a gun costs: more in either would do."""
    sc = scenario(
        horizon=1,
        needs="n,C,gun,1,2025-01-01",
        items="gun,,,true",
        supply="S,gun,C,10",
        production="S,gun,2025-01-01,1",
        funds="f,C; g,C",
        releases="f,2025-01-01,4; g,2025-01-01,4",
    )
    more = "+releases[fund={},date=2025-01-01,amount=100]"
    assert releases(explained(sc)) == [(more.format("f"),), (more.format("g"),)]
    assert releases(explained(sc, fund="g")) == [(more.format("g"),)]


def test_of_a_fund_that_does_not_bind_only_that_is_said() -> None:
    """It once said that no row at all would help, where the lane that is not there does."""
    sc = scenario(
        horizon=1,
        needs="n,C,gun,1,2025-01-01",
        stocks="A,gun,1",
        offers="o,A,gun,1",
        funds="f,C",
        releases="f,2025-01-01,4",
    )
    assert str(explained(sc, fund="f")).splitlines()[1:] == [
        "  No limit of the fund f binds here, alone or in the sets tried."
    ]
    assert "there is no lane for gun from A to C" in str(explained(sc))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"need": "m"}, '--need: unknown need "m"; known are n'),
        ({"party": "Z", "item": "guns"}, None),
        ({"gap": "A:gun"}, None),
        ({"gap": "A:gum:2025-01-01"}, '--gap: unknown floor of A "gum"; did you mean "gun"?'),
        (
            {"gap": "A:gun:2035-01-01"},
            '--gap: "2035-01-01" is no date of the plan; write one such as 2025-01-01',
        ),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(asked: dict[str, str], said: str | None) -> None:
    sc = scenario(parties="A; C", infer=False, **GIVEN)
    with pytest.raises(InvalidInput) as wrong:
        explained(sc, **asked)
    expected = {
        ("party", "item"): (
            '--party: unknown party "Z"; known are A, C\n'
            '--item: unknown item "guns"; did you mean "gun"?'
        ),
        ("gap",): (
            '--gap: "A:gun" is not PARTY:CAPABILITY:DATE, such as DEU:patriot-defence:2026-01-01'
        ),
    }
    assert str(wrong.value) == (said or expected[tuple(asked)])


def test_a_plan_of_another_scenario_is_refused_in_one_line() -> None:
    sc = scenario(**GIVEN)
    other = rt.plan(scenario(name="other", **GIVEN))
    with pytest.raises(rt.InvalidPlan) as wrong:
        rt.explain(sc, other)
    assert str(wrong.value) == (
        'plan.json: the plan is of another scenario or of another state of it ("other"); make a'
        " plan of this one first: ringtausch plan"
    )


def test_a_plan_that_is_not_the_best_is_explained_against_the_best() -> None:
    """A's gun could go to C, and the plan leaves it at home."""
    sc = scenario(
        horizon=1,
        needs="n,C,gun,2,2025-01-01",
        stocks="A,gun,1",
        offers="o,A,gun,1",
        lanes="A,C,gun",
    )
    nothing = made_by_hand(sc, objectives={"unmet_need": 2}, unmet="n,0,2")
    found = rt.explain(sc, nothing)
    assert found.notes == (
        "The plan is not the best one: unmet_need could be 1 instead of 2.",
        "The best plan is explained.",
    )
    assert [target.amount for target in found.targets] == [1]


def test_what_is_no_objective_is_not_explained_and_that_is_said() -> None:
    sc = scenario(horizon=1, objectives=("spend",), needs="n,C,gun,1,2025-01-01")
    found = explained(sc)
    assert (found.targets, found.notes) == (
        (),
        tuple(
            f"{name} is no objective of this scenario: nothing of it is explained."
            for name in ("late_replacement", "unmet_need", "capability_gap")
        ),
    )


def test_without_time_it_says_that_rows_were_left_untried() -> None:
    found = explained(scenario(**GIVEN), time_limit=0)
    assert (found.complete, found.causes) == (False, ())
    assert "The time limit left rows untried: there may be more causes." in found.notes


# ---- none missed, none false


def enumerate_releases(sc: rt.Scenario) -> dict[tuple[str, ...], set[str]]:
    """Plan with each release by itself, and tell which objectives it improves."""
    before = best_values(sc, rt.plan(sc))
    found: dict[tuple[str, ...], set[str]] = {}
    for release in list_releases(sc):
        edits = edits_of(sc, release.changes)
        changed = rt.edit(sc, *edits)
        assert changed.content_hash == apply_changes(sc, release.changes).content_hash
        try:
            after = best_values(sc, rt.plan(changed))
        except rt.Infeasible:
            assert not release.only_adds
            continue
        order = sc.objectives
        asked = [name for name in order if name in release.objectives]
        helped = {name for name in asked if improves(order, name, before, after)}
        if helped:
            found[edits] = found.get(edits, set()) | helped
    return found


def agree(path: Path) -> None:
    """Compare what is named with what every single release, planned by itself, comes to."""
    sc = rt.read(path)
    try:
        best = rt.plan(sc)
    except rt.Infeasible:
        return
    found = rt.explain(sc, best)
    missing = {target.objective for target in found.targets}
    expected = {
        edits: helped & missing
        for edits, helped in enumerate_releases(sc).items()
        if helped & missing
    }
    named = {cause.release: set(cause.improves) for cause in found.causes}
    alone = {release: names for release, names in named.items() if release in expected}
    assert alone == expected
    for cause in found.causes:  # the others are sets, none of whose members helps by itself
        if cause.release not in expected:
            assert len(cause.sentences) > 1
            after = best_values(sc, rt.plan(rt.edit(sc, *cause.release)))
            before = best_values(sc, best)
            assert all(improves(sc.objectives, name, before, after) for name in cause.improves)


@pytest.mark.parametrize(("seed", "whole"), [(1001, False), (1003, True), (1007, True)])
def test_every_row_that_helps_alone_is_named_and_no_other(
    tmp_path: Path, seed: int, whole: bool
) -> None:
    agree(write_random(tmp_path / "scenario", seed, "micro", whole=whole))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2000, 2060))
def test_in_many_scenarios_every_row_that_helps_alone_is_named(tmp_path: Path, seed: int) -> None:
    agree(write_random(tmp_path / "scenario", seed, "micro", whole=seed % 2 == 0))


def test_an_explanation_survives_a_plan_without_its_consequences() -> None:
    """A plan made by hand need not state what follows from it."""
    sc = scenario(horizon=1, needs="n,C,gun,1,2025-01-01")
    bare = dataclasses.replace(rt.plan(sc), tables={})
    assert [target.amount for target in rt.explain(sc, bare).targets] == [1]
