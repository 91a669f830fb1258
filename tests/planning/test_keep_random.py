"""Keeping a plan on generated scenarios: nothing changes for nothing, no aim is worse, the past stays."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

import pytest

import ringtausch as rt
from ringtausch.insight.changes import changes
from ringtausch.planning.bench import same_value
from ringtausch.planning.old_plan import names_of
from ringtausch.records.plan import DECISIONS


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_a_kept_plan_is_as_good_changes_least_and_leaves_the_past(seed: int) -> None:
    """An offer is halved, a lane opens later, a release is halved; some periods have gone by."""
    dice = random.Random(seed)
    sc = rt.generate(
        parties=dice.choice([3, 4, 5]), items=dice.choice([1, 2]), periods=8,
        whole=dice.choice([0.0, 0.5, 1.0]), seed=seed,
    )  # fmt: skip
    old = rt.plan(sc)
    assert changes(sc, old, rt.plan(sc, keep=old)).rows == ()

    now = edited(sc, dice)
    best, kept = rt.plan(now), rt.plan(now, keep=old)
    for name in now.objectives:
        assert same_value(best.objectives[name].value, kept.objectives[name].value)
    assert rt.verify(now, kept).ok
    least, other = (changes(now, old, plan, time_limit=0).total for plan in (kept, best))
    assert least <= other + 1e-6 * max(1.0, other)

    first = dice.randrange(1, 5)
    try:
        frozen = rt.plan(now, keep=old, frozen=now.calendar.first_day(first))
    except rt.Infeasible:
        return
    assert rt.verify(now, frozen).ok
    assert past(frozen, first) == pytest.approx(past(old, first), rel=2e-6, abs=2e-6)


def edited(sc: rt.Scenario, dice: random.Random) -> rt.Scenario:
    """Change an offer, a lane and a release."""
    offers, lanes, releases = list(sc.offers), list(sc.lanes), list(sc.releases)
    at = dice.randrange(len(offers))
    offers[at] = replace(offers[at], quantity=offers[at].quantity // 2)
    if lanes:
        at = dice.randrange(len(lanes))
        lanes[at] = replace(lanes[at], opens=sc.calendar.first_day(3))
    if releases:
        at = dice.randrange(len(releases))
        releases[at] = replace(releases[at], amount=releases[at].amount / 2)
    return sc.with_rows(offers=tuple(offers), lanes=tuple(lanes), releases=tuple(releases))


def past(plan: rt.Plan, first: int) -> dict[tuple[str, ...], float]:
    """Add up what a plan decides before a period, row by row."""
    found: dict[tuple[str, ...], float] = defaultdict(float)
    for table in DECISIONS:
        for row in plan.rows(table):
            if row.period < first:
                key = (table, *names_of(table, row), str(row.period))
                found[key] += row.amount if table == "payments" else row.quantity
    return dict(found)
