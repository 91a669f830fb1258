"""What holds of every scenario and its plan, whatever they are about."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import assume

import ringtausch as rt
from tests.planning.answers import DECISIONS, rows
from tests.properties.strategies import (
    edits,
    holds_for,
    longer_assurance,
    more_money,
    more_offers,
    relabelled,
    scaled_money,
    scenarios,
    with_objectives,
)

#: How many examples: a few in every run of the tests, more among the long ones.
COUNTS = pytest.mark.parametrize("count", [5, pytest.param(250, marks=pytest.mark.long)])
Pair = tuple[rt.Scenario, rt.Scenario]


def planned(scenario: rt.Scenario) -> rt.Plan | None:
    """Return the best plan, None where there is none."""
    try:
        return rt.plan(scenario)
    except rt.Infeasible:
        return None


def best(scenario: rt.Scenario) -> dict[str, float] | None:
    """Return the best value of each listed objective, None where there is no plan."""
    plan = planned(scenario)
    if plan is None:
        return None
    found = {}
    for name in scenario.objectives:
        bound = plan.objectives[name].bound
        assert bound is not None
        found[name] = bound
    return found


@COUNTS
def test_relabelling_parties_and_items_changes_no_value(count: int) -> None:
    def check(pair: Pair) -> None:
        before, after = best(pair[0]), best(pair[1])
        assert (before is None) == (after is None)
        if before is not None:
            assert after == pytest.approx(before, rel=1e-5, abs=1e-5)

    holds_for(count, edits(relabelled), check)


@COUNTS
@pytest.mark.parametrize("edit", [more_money, more_offers, longer_assurance])
def test_more_of_what_helps_never_makes_the_first_objective_worse(
    count: int, edit: Callable[[rt.Scenario, int], rt.Scenario]
) -> None:
    def check(pair: Pair) -> None:
        assume(pair[0] != pair[1])
        before = best(with_first(pair[0]))
        if before is None:
            return
        after = best(with_first(pair[1]))
        assert after is not None
        [(name, value)] = before.items()
        assert after[name] <= value + 1e-5 * max(1.0, abs(value))

    holds_for(count, edits(edit), check)


def with_first(scenario: rt.Scenario) -> rt.Scenario:
    """Keep the first objective alone."""
    return with_objectives(scenario, *scenario.objectives[1:])


@COUNTS
@pytest.mark.parametrize("values", [False, True], ids=["prices", "prices and values"])
def test_scaling_money_scales_spend_and_nothing_else(count: int, values: bool) -> None:
    """With the values of the items unfairness scales too; with prices alone it is left out.

    With values moved value is left out: in it an item without value counts 1.
    """
    left_out = "moved_value" if values else "unfairness"
    in_money = {"spend", "unfairness"}

    def check(drawn: tuple[rt.Scenario, Decimal]) -> None:
        scenario, factor = with_objectives(drawn[0], left_out), drawn[1]
        before, after = best(scenario), best(scaled_money(scenario, factor, values=values))
        assert (before is None) == (after is None)
        if before is None or after is None:
            return
        for name, value in before.items():
            scaled = value * float(factor) if name in in_money else value
            close = 1e-4 * (max(1.0, float(factor)) if name in in_money else 1.0)
            assert after[name] == pytest.approx(scaled, rel=1e-5, abs=close), name

    factors = st.sampled_from([Decimal("0.5"), Decimal(3), Decimal(1000)])
    holds_for(count, st.tuples(scenarios(), factors), check)


@COUNTS
@pytest.mark.parametrize("form", ["scenario", "scenario.xlsx"])
def test_planning_what_was_read_is_planning_what_was_written(count: int, form: str) -> None:
    def check(scenario: rt.Scenario) -> None:
        with tempfile.TemporaryDirectory() as place:
            rt.write(scenario, Path(place) / form)
            again = rt.read(Path(place) / form)
        assert again == scenario
        assert again.content_hash == scenario.content_hash
        one, other = planned(scenario), planned(again)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one.objectives == other.objectives
            assert [rows(one, t) for t in DECISIONS] == [rows(other, t) for t in DECISIONS]

    holds_for(count, scenarios(), check)


@COUNTS
def test_a_verified_plan_stays_verified_after_a_round_trip(count: int) -> None:
    def check(scenario: rt.Scenario) -> None:
        plan = planned(scenario)
        if plan is None:
            return
        with tempfile.TemporaryDirectory() as place:
            plan.write(Path(place) / "plan")
            again = rt.read_plan(Path(place) / "plan")
        for made in (plan, again):
            proof = rt.verify(scenario, made)
            assert [violation.message for violation in proof.violations] == []
        assert again.objectives == plan.objectives

    holds_for(count, scenarios(), check)
