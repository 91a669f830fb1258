"""The six objectives as costs of columns, and the rows that spell out the burden.

In: the layout. Out: per objective a vector of costs and a constant, in the objective's own unit:
unit-periods, or the reporting currency.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.charges import COMPENSATION
from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows

__all__ = ["Costs", "burden_rows", "objective_costs", "period_weights"]


@dataclass(frozen=True)
class Costs:
    """An objective: constant + cost · columns."""

    cost: FloatArray  # (column,)
    constant: float = 0.0

    def value(self, columns: FloatArray) -> float:
        """Return the objective's value, computed anew from the columns."""
        return self.constant + float(self.cost @ columns)


def period_weights(periods: int, settlement: int) -> FloatArray:
    """(period,) How often lateness counts: what is late at the end stays late."""
    weights = np.ones(periods)
    weights[-1] += settlement
    return weights


def objective_costs(layout: Layout, name: str, money_unit: float) -> Costs:
    """Return one of the six objectives by name."""
    makers: dict[str, Callable[[Layout, float], Costs]] = {
        "late_replacement": late_replacement,
        "unmet_need": unmet_need,
        "capability_gap": capability_gap,
        "spend": spend,
        "moved_value": moved_value,
        "unfairness": unfairness,
    }
    return makers[name](layout, money_unit)


def late_replacement(layout: Layout, _: float) -> Costs:
    """Σ weight·late[p,i,t]; the last period counts 1 + settlement times."""
    facts = layout.facts
    weights = facts.debts.weight[:, None] * period_weights(facts.periods, facts.settlement)
    return _costs(layout, (layout.late, weights))


def unmet_need(layout: Layout, _: float) -> Costs:
    """Σ_n weight_n·Σ_{t ≥ due} u[n,t]."""
    weights = np.broadcast_to(layout.facts.needs.weight[:, None], layout.unmet.shape)
    return _costs(layout, (layout.unmet, weights))


def capability_gap(layout: Layout, _: float) -> Costs:
    """Σ weight·g[p,c,t]."""
    return _costs(layout, (layout.gap, layout.facts.floors.weight))


def spend(layout: Layout, _: float) -> Costs:
    """Σ charges, dues included."""
    cost = np.zeros(layout.count)
    np.add.at(cost, layout.charges.column, layout.charges.amount)
    return Costs(cost, float(layout.facts.dues.amount.sum()))


def moved_value(layout: Layout, _: float) -> Costs:
    """Σ value·(units dispatched + units ordered), value 1 where an item has none."""
    x, o = layout.dispatches, layout.orders
    value = layout.facts.moved_value
    return _costs(layout, (x.column, value[x.item] * x.units), (o.column, value[o.item] * o.units))


def unfairness(layout: Layout, money_unit: float) -> Costs:
    """½·Σ_p |V_p - k_p·ΣV|: half of what stands above and below the shares."""
    return _costs(layout, (layout.above, 0.5 * money_unit), (layout.below, 0.5 * money_unit))


def _costs(layout: Layout, *parts: tuple[np.ndarray, np.ndarray | float]) -> Costs:
    cost = np.zeros(layout.count)
    for part in parts:
        columns, weights = np.broadcast_arrays(*part)
        exists = columns >= 0
        np.add.at(cost, columns[exists], weights[exists])
    return Costs(cost)


def burden_rows(layout: Layout, money_unit: float) -> list[Rows]:
    """Spell out what each party bears, V_p, and how far that is from its share.

    V_p = money from its funds + value of what it hands over - value of what lanes and orders bring
    it - compensation paid to it + value of the debts it was owed at the start.
    """
    facts, burden = layout.facts, layout.burden
    counted = np.flatnonzero(burden >= 0)
    number = np.full(len(burden), -1, dtype=np.int64)
    number[counted] = np.arange(len(counted))
    rows = Rows.equal("burden", burden_constants(layout)[counted] / money_unit)
    rows.add(number[counted], burden[counted], 1.0)
    x, o, charges = layout.dispatches, layout.orders, layout.charges
    thanks = charges.purpose == COMPENSATION
    for party, column, amount in (
        (facts.funds.owner[layout.pay_fund], layout.pay, np.full(len(layout.pay), money_unit)),
        (x.giver, x.column, facts.value[x.item] * x.units),
        (x.receiver, x.column, -facts.value[x.item] * x.units),
        (o.customer, o.column, -facts.value[o.item] * o.units),
        (charges.party[thanks], charges.column[thanks], -charges.amount[thanks]),
    ):
        kept = (number[party] >= 0) & (amount != 0)
        rows.add(number[party[kept]], column[kept], -amount[kept] / money_unit)
    share = Rows.equal("burden", np.zeros(len(counted)))
    row = np.arange(len(counted))
    share.add(row, burden[counted], 1.0)
    share.add(row, layout.above[counted], -1.0)
    share.add(row, layout.below[counted], 1.0)
    share.add(row[:, None], burden[counted][None, :], -facts.burden_share[counted][:, None])
    return [rows, share]


def burden_constants(layout: Layout) -> FloatArray:
    """(party,) What each party bears whatever the plan does, in the reporting currency."""
    facts = layout.facts
    constants = np.zeros(len(facts.names.parties))
    debts, dues = facts.debts, facts.dues
    np.add.at(constants, debts.party, facts.value[debts.item] * debts.opening)
    paid_back = dues.purpose == COMPENSATION
    np.add.at(constants, dues.party[paid_back], -dues.amount[paid_back])
    return constants
