"""Demands put to a model: rows that only plans obey which do what is demanded.

In: a scenario and demands. Out: its model with the demands as rows; whether any plan obeys it, and the
best that does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ringtausch.insight.explain.demands import Demand
from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.bench import Trial
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.keep import prepare
from ringtausch.planning.layout import Layout
from ringtausch.planning.lexicographic import has_plan
from ringtausch.planning.model import Model, build_model, extended
from ringtausch.planning.planner import make_plan, solve_scenario
from ringtausch.planning.rows import Rows
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records import Plan, Scenario

__all__ = ["allows", "best_with"]


def best_with(scenario: Scenario, demands: Sequence[Demand], near: Plan, watch: Watch) -> Trial:
    """Find the best plan that does what is demanded; of several the one that differs least.

    What differs from the plan `near` is then what the demand makes differ, and no mere tie.
    """
    order = tuple(scenario.objectives)
    plain = build_model(gather_facts(scenario), order)
    model = _demanding(scenario, prepare(scenario, plain, near, None).model, demands)
    outcome = solve_scenario(scenario, model, SolverOptions(), watch)
    if outcome.status == "infeasible":
        return Trial("infeasible")
    if outcome.columns is None:
        return Trial("unknown")
    plan = make_plan(scenario, model, outcome, watch.seconds(), {"objectives": list(order)})
    return Trial(plan.status, plan)


def allows(scenario: Scenario, demands: Sequence[Demand], watch: Watch) -> bool | None:
    """Tell whether any plan does what is demanded; None where there was no time to tell."""
    model = build_model(gather_facts(scenario), ())
    return has_plan(_demanding(scenario, model, demands), SolverOptions(), watch)


def _demanding(scenario: Scenario, model: Model, demands: Sequence[Demand]) -> Model:
    return extended(model, rows=[_row(scenario, model.layout, demand) for demand in demands])


def _row(scenario: Scenario, layout: Layout, demand: Demand) -> Rows:
    """Write that the selected columns, in units, come to what is demanded."""
    column, units, selected = _columns(scenario, layout, demand)
    start = Rows.equal if demand.exactly else Rows.at_least
    rows = start("demand", np.array([demand.quantity]))
    rows.add(np.zeros(int(selected.sum()), dtype=np.int64), column[selected], units[selected])
    return rows


def _columns(
    scenario: Scenario, layout: Layout, demand: Demand
) -> tuple[IntArray, FloatArray, BoolArray]:
    """Return columns, the units of each, and which of them the demand selects."""
    names = layout.facts.names
    labels: dict[str, tuple[IntArray, dict[str, int]]]
    if demand.table == "dispatches":
        x = layout.dispatches
        column, units, period = x.column, x.units, x.period
        offers = {row.offer: number for number, row in enumerate(scenario.offers)}
        labels = {
            "offer": (x.offer, offers),
            "from": (x.giver, names.party),
            "to": (x.receiver, names.party),
            "item": (x.item, names.item),
        }
    else:
        o = layout.orders
        column, units, period = o.column, o.units, o.period
        suppliers = layout.facts.lines.supplier
        known = {name: number for number, name in enumerate(dict.fromkeys(suppliers))}
        of_line = np.array([known[name] for name in suppliers], dtype=np.int64)
        labels = {
            "supplier": (of_line[o.line] if len(of_line) else o.line, known),
            "item": (o.item, names.item),
            "customer": (o.customer, names.party),
        }
    selected = np.ones(len(column), dtype=np.bool_)
    for name, value in demand.names.items():
        axis, numbers = labels[name]
        selected &= axis == numbers.get(value, -1)
    if demand.period is not None:
        selected &= period == demand.period
    return column, units, selected
