"""A plan, or a solution of a similar scenario, as a whole solution of a model.

In: a scenario's model, and what was decided for a similar scenario. Out: all columns, where that still
obeys every rule here: it is where the search for the best plan may start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.old_plan import place
from ringtausch.planning.placing import decision_columns
from ringtausch.planning.search import minimise
from ringtausch.planning.solver import LinearProblem, violation
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import Plan
from ringtausch.records.problems import InvalidPlan
from ringtausch.records.scenario import Scenario

__all__ = ["Solution", "carried_over", "completed"]

#: What a column may hold of a decision that is none here.
_NOTHING = 1e-9
#: What a column may be off the whole number that it stands for.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Solution:
    """What was found for a scenario, as the solver left it: no digit is cut off."""

    scenario: Scenario
    model: Model
    columns: FloatArray


def carried_over(
    solution: Solution, scenario: Scenario, model: Model, watch: Watch
) -> FloatArray | None:
    """Return the solution of a similar scenario as one of this model, None where it breaks a rule.

    Where it fits column by column it is taken as it is; else its decisions are found by their names.
    """
    if len(solution.columns) == model.columns:
        nothing = np.zeros(model.columns)
        problem = LinearProblem(nothing, model.lower, model.upper, model.whole, model.matrix)
        if violation(problem, solution.columns) <= _NOTHING and _is_whole(
            solution.columns[model.whole]
        ):
            return solution.columns
    there = _goods(solution.scenario, solution.model)
    here = _goods(scenario, model)
    lower, upper = model.lower.copy(), model.upper.copy()
    for numbers in here.values():
        columns = np.fromiter(numbers.values(), dtype=np.int64, count=len(numbers))
        lower[columns] = upper[columns] = 0.0
    for table, numbers in there.items():
        for key, column in numbers.items():
            value = solution.columns[column]
            place = here[table].get(key)
            if place is not None:
                lower[place] = upper[place] = value
            elif value > _NOTHING:
                return None
    return _consequences(model, lower, upper, watch)


def _goods(scenario: Scenario, model: Model) -> dict[str, dict[tuple[Any, ...], int]]:
    """Name the columns of all decisions but payments, which follow from the others."""
    found = decision_columns(scenario, model.layout, model.money_unit)
    return {table: numbers for table, (numbers, _) in found.items() if table != "payments"}


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
    return _consequences(model, lower, upper, watch)


def _consequences(
    model: Model, lower: FloatArray, upper: FloatArray, watch: Watch
) -> FloatArray | None:
    """Let the solver find what follows from decisions that are fixed by bounds."""
    if np.any(lower < model.lower - _NOTHING) or np.any(upper > model.upper + _NOTHING):
        return None
    if not _is_whole(lower[model.whole & (lower == upper)]):  # what could be divided no longer can
        return None
    consequences = Costs(np.zeros(model.columns))
    for costs in model.objectives.values():
        size = float(np.max(np.abs(costs.cost), initial=0.0)) or 1.0
        consequences = Costs(consequences.cost + costs.cost / size)
    return minimise(model, consequences, lower=lower, upper=upper, watch=watch).columns


def _is_whole(values: FloatArray) -> bool:
    """Tell whether values are whole, but for what a solver leaves of rounding."""
    return bool(np.all(np.abs(values - np.round(values)) <= _ROUNDING))
