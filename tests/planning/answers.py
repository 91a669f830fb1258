"""What planning answers, brought to a form that a test compares whole.

In: a scenario. Out: the values of the listed objectives in their order, and the plan's decisions as
the compact rows that `tests.builders.plan` reads. Every plan asked for here is proved by `verify`.
"""

from __future__ import annotations

from typing import Any

import ringtausch as rt
from ringtausch.records.plan import PLAN_TABLES
from ringtausch.records.tables import field_name

__all__ = ["answer", "infeasible", "proved_plan", "rows", "values"]

DECISIONS = ("dispatches", "orders", "settlements", "fulfilments", "payments")


def proved_plan(scenario: rt.Scenario, **settings: Any) -> rt.Plan:
    """Plan to the proved optimum, and see that no rule is broken."""
    plan = rt.plan(scenario, **settings)
    assert plan.status == "optimal"
    proof = rt.verify(scenario, plan)
    assert [violation.message for violation in proof.violations] == []
    return plan


def values(scenario: rt.Scenario, plan: rt.Plan) -> list[float]:
    """Return the values of the listed objectives, in the scenario's order."""
    return [round(plan.objectives[name].value, 6) + 0.0 for name in scenario.objectives]


def rows(plan: rt.Plan, table: str) -> list[str]:
    """Return a table of a plan as sorted compact rows, without `date`: `f,A,C,gun,0,2,0`."""
    columns = [column for column in PLAN_TABLES[table][1] if column != "date"]
    found = [[getattr(row, field_name(column)) for column in columns] for row in plan.rows(table)]
    return sorted(
        ",".join(f"{cell:.6g}" if isinstance(cell, float) else str(cell) for cell in cells)
        for cells in found
    )


def answer(scenario: rt.Scenario, *tables: str, **settings: Any) -> dict[str, list[Any]]:
    """Plan and return the whole answer: `values`, and the rows of each decision that is made.

    `tables` names other tables to compare instead, where the decisions are free to be one or another.
    """
    plan = proved_plan(scenario, **settings)
    found: dict[str, list[Any]] = {"values": list(values(scenario, plan))}
    for table in tables or DECISIONS:
        if plan.rows(table):
            found[table] = rows(plan, table)
    return found


def infeasible(scenario: rt.Scenario) -> bool:
    """Tell whether no plan obeys all rules."""
    try:
        rt.plan(scenario)
    except rt.Infeasible:
        return True
    return False
