"""Placing a plan in a model: its decisions as columns, and what follows from them.

In: the layout of a model and a plan, of this scenario or of a similar one. Out: the columns that its
decisions have here, the rows that have none (a lane that has closed, an offer that is gone), and with
`completed` the whole solution where the plan still obeys all rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.search import minimise
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import CHARGE_PURPOSES

__all__ = ["Placed", "completed", "place"]

_Key = tuple[Any, ...]


@dataclass(frozen=True)
class Placed:
    """A plan's decisions in a model."""

    is_decision: IntArray  # (decision,) the columns of all decisions of the model
    columns: FloatArray  # (column,) what the plan decides; 0 elsewhere
    missing: tuple[tuple[str, Any], ...]  # (table, row) of the plan that has no column here


def place(scenario: Scenario, model: Model, plan: Plan) -> Placed:
    """Find the columns of a plan's decisions; rows of one column add up.

    Parameters
    ----------
    scenario, model
        What the columns belong to.
    plan
        Of this scenario or of another state of it; its rows are matched by their names.
    """
    layout = model.layout
    columns = np.zeros(model.columns)
    missing: list[tuple[str, Any]] = []
    for table, (numbers, units) in decision_columns(scenario, layout, model.money_unit).items():
        for row in plan.rows(table):
            column = numbers.get(decision_key(table, row, layout))
            if column is None:
                missing.append((table, row))
            else:
                quantity = row.amount if table == "payments" else row.quantity
                columns[column] += quantity / units[column]
    x, o = layout.dispatches, layout.orders
    uses = (layout.settlements.column, layout.fulfilments.column, layout.pay)
    return Placed(np.concatenate([x.column, o.column, *uses]), columns, tuple(missing))


def decision_key(table: str, row: Any, layout: Layout) -> _Key:
    """Name the column of a row of a plan: what it is about, and its period."""
    if table == "dispatches":
        return row.offer, row.to, row.period
    if table == "orders":
        return row.supplier, row.item, row.customer, row.period
    if table == "settlements":
        return row.party, row.item, row.accepted, row.period
    if table == "fulfilments":
        return row.need, row.item, row.period
    names, funds = layout.facts.names, layout.facts.funds
    if row.item not in names.item or row.party not in names.party:
        return ()
    purpose = CHARGE_PURPOSES.index(row.purpose)
    class_ = funds.class_of[purpose, names.item[row.item], names.party[row.party]]
    return row.fund, int(class_), row.period


def decision_columns(
    scenario: Scenario, layout: Layout, money_unit: float
) -> dict[str, tuple[dict[_Key, int], FloatArray]]:
    """Name every decision column of a layout as `decision_key` does, with the units of each column."""
    facts = layout.facts
    parties, items = facts.names.parties, facts.names.items
    x, o, y, z = layout.dispatches, layout.orders, layout.settlements, layout.fulfilments
    units = np.ones(layout.count)
    units[x.column], units[o.column], units[layout.pay] = x.units, o.units, money_unit
    offers = [row.offer for row in scenario.offers]
    needs = [row.need for row in scenario.needs]
    funds = [row.fund for row in scenario.funds]
    debts, asked = facts.debts, facts.needs
    account = debts.accepting[y.subject]
    need = asked.role_of[asked.part_role[z.subject]]
    line = facts.purchases.line[o.purchase]
    keys: dict[str, tuple[Iterable[_Key], IntArray]] = {
        "dispatches": (
            zip(_names(offers, x.offer), _names(parties, x.receiver), x.period.tolist(),
                strict=True),
            x.column,
        ),
        "orders": (
            zip(_names(facts.lines.supplier, line), _names(items, o.item),
                _names(parties, o.customer), o.period.tolist(), strict=True),
            o.column,
        ),
        "settlements": (
            zip(_names(parties, debts.party[account]), _names(items, debts.item[account]),
                _names(items, y.item), y.period.tolist(), strict=True),
            y.column,
        ),
        "fulfilments": (
            zip(_names(needs, need), _names(items, z.item), z.period.tolist(), strict=True),
            z.column,
        ),
        "payments": (
            zip(_names(funds, layout.pay_fund), layout.pay_class.tolist(),
                layout.pay_period.tolist(), strict=True),
            layout.pay,
        ),
    }  # fmt: skip
    return {
        table: (dict(zip(named, column.tolist(), strict=True)), units)
        for table, (named, column) in keys.items()
    }


def _names(names: Iterable[str], numbers: IntArray) -> list[str]:
    known = list(names)
    return [known[number] for number in numbers.tolist()]


def completed(scenario: Scenario, model: Model, plan: Plan, watch: Watch) -> FloatArray | None:
    """Return the whole solution that a plan's decisions mean in a model, None where they break a rule.

    What follows from the decisions (stocks, debts, lateness, gaps) is left to the solver, which has
    next to nothing to decide.
    """
    placed = place(scenario, model, plan)
    if placed.missing:
        return None
    lower, upper = model.lower.copy(), model.upper.copy()
    lower[placed.is_decision] = upper[placed.is_decision] = placed.columns[placed.is_decision]
    if np.any(lower < model.lower - 1e-9) or np.any(upper > model.upper + 1e-9):
        return None
    consequences = Costs(np.zeros(model.columns))
    for costs in model.objectives.values():
        size = float(np.max(np.abs(costs.cost), initial=0.0)) or 1.0
        consequences = Costs(consequences.cost + costs.cost / size)
    found = minimise(model, consequences, lower=lower, upper=upper, watch=watch)
    return found.columns
