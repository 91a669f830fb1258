"""How much a plan differs from an earlier one, as objectives: Σ weight·|now - then|.

In: a scenario's model and the decisions of an earlier plan in it. Out, as costs of columns: the change
of dispatches and orders; where that is the same, the change of what each offer hands over to each party
and each customer orders from each supplier in all, so that things rather move in time than go to
others; then the change of what they are used for and of who pays.

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
from ringtausch.planning.placing import decision_columns, decision_key
from ringtausch.planning.rows import Rows
from ringtausch.records.scenario import Scenario

__all__ = ["CHANGE_OBJECTIVES", "Change", "Weights", "change_objectives", "weights_of"]

#: The objectives that come after the scenario's own, and the decisions that each is about.
CHANGE_OBJECTIVES: dict[str, tuple[str, ...]] = {
    "change": ("dispatches", "orders"),
    "change_of_totals": (),
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


#: Columns with their units, and what they added up to.
Agreed = tuple[tuple[tuple[int, float], ...], float]


@dataclass(frozen=True)
class Change:
    """The changes as objectives, and what they add to a model: columns for more and less."""

    more: MoreColumns
    rows: list[Rows]
    objectives: dict[str, Costs]
    agreed: tuple[Agreed, ...]  # for each pair of more and less

    def added(self, columns: FloatArray) -> FloatArray:
        """Return the values of the added columns that belong to a solution of the model."""
        values = np.zeros(2 * len(self.agreed))
        for place, (terms, before) in enumerate(self.agreed):
            now = sum(units * float(columns[column]) for column, units in terms)
            values[2 * place] = max(0.0, now - before)
            values[2 * place + 1] = max(0.0, before - now)
        return values


def change_objectives(
    scenario: Scenario, model: Model, placed: Sequence[Placed], first: int
) -> Change:
    """Write the changes from a period on as objectives."""
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
    parts = {
        name: [build.add(_group(model, table, weights), then) for table in tables]
        for name, tables in CHANGE_OBJECTIVES.items()
    }
    gone = {
        name: sum(constant[table] for table in tables) for name, tables in CHANGE_OBJECTIVES.items()
    }
    parts["change_of_totals"] = [_totals(scenario, model, placed, weights, build)]
    nothing = np.zeros(build.count)
    return Change(
        MoreColumns(nothing, np.full(build.count, np.inf), nothing > 0),
        [build.rows()],
        {name: Costs(build.costs(costs), gone[name]) for name, costs in parts.items()},
        tuple(build.agreed),
    )


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


def _totals(
    scenario: Scenario, model: Model, placed: Sequence[Placed], weights: Weights, build: _Build
) -> list[tuple[int, float]]:
    """Return the costs of handing over or ordering more or less in all, between the same parties."""
    costs = []
    found = decision_columns(scenario, model.layout, model.money_unit)
    for table in CHANGE_OBJECTIVES["change"]:
        named, units = found[table]
        then: dict[Any, float] = defaultdict(float)
        for p in placed:
            if p.table == table and p.period >= weights.first:
                then[decision_key(table, p.row, model.layout)[:-1]] += p.quantity
        terms: dict[Any, list[tuple[int, float]]] = defaultdict(list)
        item_of = _items(model, table)
        for (*names, period), column in named.items():
            if period >= weights.first:
                terms[tuple(names)].append((column, float(units[column])))
        for key, columns in terms.items():
            weight = weights.of(table, item_of[columns[0][0]], weights.first)
            costs += build.term(columns, weight, then.get(key, 0.0))
    return costs


def _items(model: Model, table: str) -> dict[int, str]:
    """Name the item that each column is about."""
    group: Any = getattr(model.layout, table)
    items = model.layout.facts.names.items
    return {
        column: items[item]
        for column, item in zip(group.column.tolist(), group.item.tolist(), strict=True)
    }


@dataclass
class _Build:
    """Columns for more and less than was agreed, and the rows that define them."""

    own: int  # columns of the model
    agreed: list[Agreed] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many columns there are more."""
        return 2 * len(self.agreed)

    def add(self, group: _Group, then: dict[int, float]) -> list[tuple[int, float]]:
        """Return the costs of a group's columns, making new ones where something was agreed."""
        costs = []
        for column, weight in zip(group.column.tolist(), group.weight.tolist(), strict=True):
            costs += self.term([(column, 1.0)], weight, then.get(column, 0.0))
        return costs

    def term(
        self, columns: list[tuple[int, float]], weight: float, before: float
    ) -> list[tuple[int, float]]:
        """Return the costs of weight·|Σ units·column - before|."""
        if before <= 0:
            return [(column, units * weight) for column, units in columns]
        more = self.own + self.count
        self.agreed.append((tuple(columns), before))
        return [(more, weight), (more + 1, weight)]

    def costs(self, parts: list[list[tuple[int, float]]]) -> FloatArray:
        """Bring the costs of several groups together."""
        cost = np.zeros(self.own + self.count)
        for part in parts:
            for column, weight in part:
                cost[column] = weight
        return cost

    def rows(self) -> Rows:
        """Say of all that was agreed: it is what it was, and more, and less."""
        rows = Rows.equal("change", np.array([before for _terms, before in self.agreed]))
        for place, (terms, _before) in enumerate(self.agreed):
            row, more = np.array([place]), self.own + 2 * place
            columns = np.array([column for column, _ in terms], dtype=np.int64)
            rows.add(row, columns, np.array([units for _, units in terms]))
            rows.add(row, np.array([more]), -1.0)
            rows.add(row, np.array([more + 1]), 1.0)
        return rows
