"""How a scenario and a plan show themselves in a notebook: a small table of what matters."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from ringtausch.records.tables import TABLES

if TYPE_CHECKING:
    from ringtausch.records.plan import Plan
    from ringtausch.records.scenario import Scenario

__all__ = ["plan_html", "scenario_html"]


def scenario_html(scenario: Scenario) -> str:
    """Show name, time and how many rows each table has."""
    calendar = scenario.calendar
    facts = (
        f"{scenario.period}s {calendar.label(0)} to {calendar.label(scenario.horizon - 1)}, "
        f"settled by {calendar.label(calendar.count - 1)}, in {scenario.currency}"
    )
    sizes = [(name, len(scenario.rows(name))) for name in TABLES if scenario.rows(name)]
    return f"<strong>{escape(scenario.name)}</strong><br>{escape(facts)}" + _table(
        ("table", "rows"), sizes
    )


def plan_html(plan: Plan) -> str:
    """Show status, objectives with their bounds, and the hand-overs."""
    objectives = [
        (name, f"{o.value:,.6g}", "" if o.bound is None else f"{o.bound:,.6g}")
        for name, o in plan.objectives.items()
    ]
    dispatches = [
        (row.date, row.from_, row.to, row.item, f"{row.quantity:g}")
        for row in plan.rows("dispatches")
    ]
    head = f"<strong>{escape(plan.scenario_name)}</strong>: {plan.status}"
    return (
        head
        + _table(("objective", "value", "bound"), objectives)
        + _table(("date", "from", "to", "item", "quantity"), dispatches[:20])
        + (f"and {len(dispatches) - 20} more" if len(dispatches) > 20 else "")
    )


def _table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
