"""A plan as the whole solution that its decisions mean in a model.

In: a scenario's model and a plan of a similar scenario. Out: all columns, where the plan still obeys
every rule here: it is where the search for the best plan may start.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.old_plan import place
from ringtausch.planning.search import minimise
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import Plan
from ringtausch.records.problems import InvalidPlan
from ringtausch.records.scenario import Scenario

__all__ = ["completed"]


def completed(scenario: Scenario, model: Model, plan: Plan, watch: Watch) -> FloatArray | None:
    """Return the whole solution that a plan's decisions mean in a model, None where they break a rule.

    What follows from the decisions (stocks, debts, lateness, gaps) is left to the solver, which has
    next to nothing to decide.
    """
    try:
        placed = place(
            scenario, model.layout, replace(plan, scenario_name=scenario.name), model.money_unit
        )
    except InvalidPlan:  # of other periods
        return None
    if any(decision.column < 0 for decision in placed):
        return None
    layout = model.layout
    lower, upper = model.lower.copy(), model.upper.copy()
    for group in (layout.dispatches, layout.orders, layout.settlements, layout.fulfilments):
        lower[group.column] = upper[group.column] = 0.0
    lower[layout.pay] = upper[layout.pay] = 0.0
    for decision in placed:
        lower[decision.column] += decision.amount
        upper[decision.column] += decision.amount
    if np.any(lower < model.lower - 1e-9) or np.any(upper > model.upper + 1e-9):
        return None
    consequences = Costs(np.zeros(model.columns))
    for costs in model.objectives.values():
        size = float(np.max(np.abs(costs.cost), initial=0.0)) or 1.0
        consequences = Costs(consequences.cost + costs.cost / size)
    return minimise(model, consequences, lower=lower, upper=upper, watch=watch).columns
