"""Measures of whole plans: what they add up to is what the plan's own tables and objectives say."""

from __future__ import annotations

import pytest

import ringtausch as rt
from ringtausch.pictures.facts import Facts

CASES = [
    {"parties": 4, "items": 3, "periods": 14, "whole": 0.3, "seed": seed} for seed in range(1, 5)
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"seed {case['seed']}")
def planned(request: pytest.FixtureRequest) -> tuple[rt.Scenario, rt.Plan]:
    case = rt.generate(**request.param)
    return case, rt.plan(case)


def total(found: rt.Measures, kind: str) -> float:
    return float(sum(row.amount for row in found.rows("burden") if row.kind == kind))


def test_burdens_add_up_to_the_tables_and_objectives_of_the_plan(
    planned: tuple[rt.Scenario, rt.Plan],
) -> None:
    case, plan = planned
    found = rt.measures(case, plan)
    value = {name: objective.value for name, objective in plan.objectives.items()}
    assert total(found, "money") == pytest.approx(value["spend"], rel=1e-6)
    assert total(found, "gap_weighted") == pytest.approx(value["capability_gap"], abs=1e-4)
    owed = sum(level.quantity for level in plan.rows("debts"))
    assert total(found, "waiting") == pytest.approx(owed, rel=1e-6)
    assert sum(f.paid for f in found.rows("funds")) == pytest.approx(value["spend"], rel=1e-6)
    ordered = sum(order.quantity for order in plan.rows("orders"))
    assert sum(s.used for s in found.rows("slots")) == pytest.approx(ordered)
    assert all(s.used <= s.capacity + 1e-6 for s in found.rows("slots"))


def test_what_a_party_waits_for_is_its_debt_item_by_item(
    planned: tuple[rt.Scenario, rt.Plan],
) -> None:
    case, plan = planned
    owed: dict[tuple[str, str], float] = {}
    for level in plan.rows("debts"):
        pair = (level.party, level.item)
        owed[pair] = owed.get(pair, 0.0) + level.quantity
    waited: dict[tuple[str, str], float] = dict.fromkeys(owed, 0.0)
    for part in rt.measures(case, plan).rows("replacements"):
        pair = (part.party, part.item)
        waited[pair] = waited.get(pair, 0.0) + part.quantity * part.wait
    assert {k: v for k, v in waited.items() if v > 1e-6} == pytest.approx(
        {k: v for k, v in owed.items() if v > 1e-6}, rel=1e-6
    )


def test_the_report_and_the_measures_match_replacements_in_the_same_way(
    planned: tuple[rt.Scenario, rt.Plan],
) -> None:
    """The timeline of the report counts for itself what is late and what stays open."""
    case, plan = planned
    claims = Facts(case, plan).claims
    found = rt.measures(case, plan).rows("slack")
    late = sum(sum(part.quantity for part in claim.late) for claim in claims)
    overdue = sum(claim.overdue(case.calendar.count) for claim in claims)
    assert sum(row.late - row.overdue for row in found) == pytest.approx(late, abs=1e-4)
    assert sum(row.overdue for row in found) == pytest.approx(overdue, abs=1e-4)
    assert sum(row.units for row in found) == pytest.approx(sum(c.quantity for c in claims))
