"""What the pictures reckon for themselves is what the planner wrote: on the real case, every figure."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from ringtausch.pictures.facts import Facts
from ringtausch.pictures.ledger import burdens, spending
from ringtausch.planning import plan
from ringtausch.records import read_scenario
from tests.project_files import ROOT


@cache
def planned() -> Facts:
    scenario = read_scenario(ROOT / "examples" / "patriot-2025")
    return Facts(scenario, plan(scenario))


def test_stocks_are_those_of_the_plan() -> None:
    found = {
        (party, item, t): units
        for (party, item), levels in planned().stock.items()
        for t, units in enumerate(levels)
        if units
    }
    rows = planned().plan.rows("stocks")
    assert found == pytest.approx({(r.party, r.item, r.period): r.quantity for r in rows})


def test_what_is_overdue_hand_over_by_hand_over_adds_up_to_what_the_plan_calls_late() -> None:
    """Matching first in, first out neither makes nor hides lateness (rule 7)."""
    found: dict[tuple[str, str, int], float] = defaultdict(float)
    for claim in planned().claims:
        for t in range(claim.due, planned().count):
            back = sum(part.quantity for part in claim.returns if part.period <= t)
            if claim.quantity - back > 1e-6:
                found[claim.party, claim.item, t] += claim.quantity - back
    rows = planned().plan.rows("debts")
    late = {(r.party, r.item, r.period): r.late for r in rows if r.late > 1e-6}
    assert found == pytest.approx(late)


def test_a_gap_is_as_deep_as_the_strength_is_below_the_floor() -> None:
    for series in planned().floors:
        short = [max(0.0, f - s) for f, s in zip(series.floor, series.strength, strict=True)]
        assert list(series.gap) == pytest.approx(short, abs=1e-6)


def test_what_is_missing_of_a_need_is_what_the_plan_calls_unmet() -> None:
    found = {
        (series.need.need, t): series.quantity - series.met[t]
        for series in planned().needs
        for t in range(series.due, planned().count)
        if series.quantity - series.met[t] > 1e-6
    }
    rows = planned().plan.rows("unmet")
    assert found == pytest.approx({(r.need, r.period): r.quantity for r in rows})


def test_money_and_burden_are_the_objectives() -> None:
    objectives = planned().plan.objectives
    assert spending(planned()).total == pytest.approx(objectives["spend"].value)
    apart = sum(abs(line.above) for line in burdens(planned())) / 2
    assert apart == pytest.approx(objectives["unfairness"].value)
