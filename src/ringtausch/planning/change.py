"""How much a plan differs from an earlier one, as two objectives: Σ weight·|now - then|.

In: a scenario's model and the decisions of an earlier plan in it. Out: the change of dispatches and
orders, and the change of what they are used for and of who pays, as costs of columns.

A change weighs

    kind · firmness / typical amount

where `kind` is 2 for an order, which a maker and a customer have signed, and 1 for everything else;
`firmness` is 1 in the first period that may differ, ½ a year after it, ⅓ two years after it, since
what is further off is less firmly agreed; and the `typical amount` of an item is the middle one of
the quantities in which the earlier plan moves it, so that a hand-over of one battery and one of a
hundred missiles weigh the same. What moves in time changes twice: it is gone there, and new here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_low
from typing import Any

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.model import Model, MoreColumns
from ringtausch.planning.objectives import Costs
from ringtausch.planning.old_plan import Placed
from ringtausch.planning.rows import Rows
from ringtausch.records.scenario import Scenario

__all__ = ["CHANGE_OBJECTIVES", "Weights", "change_objectives", "weights_of"]

#: The objectives that come after the scenario's own, and the decisions that each is about.
CHANGE_OBJECTIVES: dict[str, tuple[str, ...]] = {
    "change": ("dispatches", "orders"),
    "change_of_use": ("settlements", "fulfilments", "payments"),
}
_KIND = {"orders": 2.0}
_PERIODS_OF_A_YEAR = {"month": 12, "week": 52, "quarter": 4}


@dataclass(frozen=True)
class Weights:
    """What a changed unit of each item, or of money, weighs in each period."""

    first: int
    periods_of_a_year: int
    typical: dict[str, float]  # item -> units
    typical_amount: float  # reporting currency

    def of(self, table: str, item: str, period: int) -> float:
        """Return the weight of one unit, or of one of the reporting currency."""
        years = max(0, period - self.first) / self.periods_of_a_year
        usual = self.typical_amount if table == "payments" else self.typical.get(item, 1.0)
        return _KIND.get(table, 1.0) / (1.0 + years) / usual


def weights_of(scenario: Scenario, placed: Sequence[Placed], first: int) -> Weights:
    """Weigh changes by what an earlier plan moves and pays."""
    moved: dict[str, list[float]] = defaultdict(list)
    paid = []
    for p in placed:
        if p.quantity <= 0:
            continue
        if p.table == "payments":
            paid.append(p.quantity)
        elif p.table in CHANGE_OBJECTIVES["change"]:
            moved[p.row.item].append(p.quantity)
    return Weights(
        first,
        _PERIODS_OF_A_YEAR[scenario.period],
        {item: median_low(amounts) for item, amounts in moved.items()},
        median_low(paid) if paid else 1.0,
    )


def change_objectives(
    scenario: Scenario, model: Model, placed: Sequence[Placed], first: int
) -> tuple[MoreColumns, list[Rows], dict[str, Costs]]:
    """Write the changes from a period on as objectives; what is agreed has columns for more and less."""
    weights = weights_of(scenario, placed, first)
    then: dict[int, float] = defaultdict(float)
    constant: dict[str, float] = defaultdict(float)
    for p in placed:
        if p.period < first:
            continue
        if p.column >= 0:
            then[p.column] += p.amount
        else:  # gone, whatever the plan
            item = getattr(p.row, "accepted", p.row.item)
            constant[p.table] += weights.of(p.table, item, p.period) * p.quantity
    build = _Build(model.columns)
    objectives = {}
    for name, tables in CHANGE_OBJECTIVES.items():
        costs = [build.add(_group(model, table, weights), then) for table in tables]
        objectives[name] = (costs, sum(constant[table] for table in tables))
    more = MoreColumns(
        np.zeros(build.count), np.full(build.count, np.inf), np.zeros(build.count, dtype=np.bool_)
    )
    finished = {name: Costs(build.costs(parts), gone) for name, (parts, gone) in objectives.items()}
    return more, [build.rows()], finished


@dataclass(frozen=True)
class _Group:
    """The decisions of one table that may differ, with what a unit of each column weighs."""

    column: IntArray
    weight: FloatArray


def _group(model: Model, table: str, weights: Weights) -> _Group:
    layout = model.layout
    items = layout.facts.names.items
    if table == "payments":
        free = layout.pay_period >= weights.first
        weight = [
            model.money_unit * weights.of(table, "", period)
            for period in layout.pay_period[free].tolist()
        ]
        return _Group(layout.pay[free], np.array(weight))
    group: Any = getattr(layout, table)
    free_: BoolArray = group.period >= weights.first
    units = getattr(group, "units", np.ones(len(group.column)))[free_]
    weight = [
        one * weights.of(table, items[item], period)
        for one, item, period in zip(
            units.tolist(), group.item[free_].tolist(), group.period[free_].tolist(), strict=True
        )
    ]
    return _Group(group.column[free_], np.array(weight))


@dataclass
class _Build:
    """Columns for more and less than was agreed, and the rows that define them."""

    own: int  # columns of the model
    count: int = 0
    agreed: list[tuple[int, float]] = field(default_factory=list)

    def add(self, group: _Group, then: dict[int, float]) -> list[tuple[int, float]]:
        """Return the costs of a group's columns, making new ones where something was agreed."""
        costs = []
        for column, weight in zip(group.column.tolist(), group.weight.tolist(), strict=True):
            before = then.get(column, 0.0)
            if before > 0:
                at = self.own + self.count
                costs += [(at, weight), (at + 1, weight)]
                self.agreed.append((column, before))
                self.count += 2
            else:
                costs.append((column, weight))
        return costs

    def costs(self, parts: list[list[tuple[int, float]]]) -> FloatArray:
        """Bring the costs of several groups together."""
        cost = np.zeros(self.own + self.count)
        for part in parts:
            for column, weight in part:
                cost[column] = weight
        return cost

    def rows(self) -> Rows:
        """Say of each agreed column: it is what it was, and more, and less."""
        rows = Rows.equal("change", np.array([before for _column, before in self.agreed]))
        row = np.arange(len(self.agreed))
        more = self.own + 2 * row
        rows.add(row, np.array([column for column, _ in self.agreed], dtype=np.int64), 1.0)
        rows.add(row, more, -1.0)
        rows.add(row, more + 1, 1.0)
        return rows
