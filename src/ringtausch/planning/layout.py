"""Layout: which columns a model has: decisions and states, each with its place, axes and bounds.

In: facts. Out: for each group of columns the numbers of its columns and the labels of its axes.
Columns that can only be 0 (nothing can arrive, no lane, no production) are not made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray, expand_windows
from ringtausch.planning.charges import Charges, charged_classes, decision_charges
from ringtausch.planning.decision_columns import (
    ColumnSpace,
    Dispatches,
    Orders,
    Uses,
    find_arrivable,
    make_dispatches,
    make_fulfilments,
    make_orders,
    make_settlements,
    most_owed,
)
from ringtausch.planning.facts import Facts

__all__ = ["Layout", "lay_out"]


@dataclass(frozen=True)
class Layout:
    """All columns of a model. Two-dimensional groups are (row of the facts, period); -1 = none."""

    facts: Facts
    lower: FloatArray
    upper: FloatArray
    whole: BoolArray
    dispatches: Dispatches
    orders: Orders
    settlements: Uses  # y
    fulfilments: Uses  # z
    charges: Charges
    charged: IntArray  # (class, period) number of a class of charges that can arise, -1 = none
    stock_pair: IntArray  # (party, item) number of the stock account, -1 = none
    stock: IntArray  # (pair, period) S
    handed: IntArray  # (account, period) what the account's offers dispatched so far
    debt: IntArray  # (account, period) D
    late: IntArray  # (account, period)
    opening_debt: IntArray  # (account, period) E, -1 where nothing was owed at the start
    opening_not_due: IntArray  # (account, period) e
    gap: IntArray  # (floor, period) g
    served: IntArray  # (role of a need, period) Σ weight·z so far
    unmet: IntArray  # (need, period) u, -1 before it is due
    steps: IntArray  # (need, period) v counted in steps, -1 = no steps
    stands: IntArray  # (offer,) whether a conditional offer stands, -1 = unconditional
    security: IntArray  # (acceptance, period) w, -1 where not secured
    pipeline_pair: IntArray  # (party, item) number of the pipeline, -1 = none
    pipeline: IntArray  # (pipeline, period) units under way
    pay_fund: IntArray  # (payment,) m[f,c,t] by class of charges: fund, class, period, column
    pay_class: IntArray
    pay_period: IntArray
    pay: IntArray
    balance: IntArray  # (fund, period) money left
    burden: IntArray  # (party,) V, -1 = not counted
    above: IntArray  # (party,) what V is above its share
    below: IntArray  # (party,) what V is below its share

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.lower)


def lay_out(facts: Facts, *, burden: bool) -> Layout:
    """Make the columns; those of the burden only where it is an objective."""
    space = ColumnSpace()
    dispatches = make_dispatches(facts, space)
    orders = make_orders(facts, space)
    arrivable = find_arrivable(facts, space, dispatches, orders)
    settlements = make_settlements(facts, space, arrivable)
    fulfilments = make_fulfilments(facts, space, arrivable)
    charges = decision_charges(facts, dispatches, orders)
    charged = charged_classes(facts, charges)
    groups = (
        _stocks(facts, space, dispatches)
        | _debts(facts, space, dispatches)
        | _needs(facts, space)
        | _security(facts, space)
        | _money(facts, space, charged)
        | _burden(facts, space, burden)
    )
    shape = facts.floors.level.shape
    gap = space.make(int(np.prod(shape)), upper=facts.floors.gap_max.ravel()).reshape(shape)
    offers = facts.offers
    conditional = np.flatnonzero(offers.if_others > 0)
    stands = np.full(len(offers.giver), -1, dtype=np.int64)
    stands[conditional] = space.make(len(conditional), upper=1.0, whole=True)
    return Layout(
        facts=facts,
        lower=np.concatenate(space.lower),
        upper=np.concatenate(space.upper),
        whole=np.concatenate(space.whole),
        dispatches=dispatches,
        orders=orders,
        settlements=settlements,
        fulfilments=fulfilments,
        charges=charges,
        charged=charged,
        gap=gap,
        stands=stands,
        **groups,
    )


def _stocks(facts: Facts, space: ColumnSpace, dispatches: Dispatches) -> dict[str, IntArray]:
    """Stock accounts where stock can bind: where an item is offered, or where a floor counts it."""
    shape = facts.opening.shape
    wanted = np.zeros(shape, dtype=np.bool_)
    wanted[dispatches.giver, dispatches.item] = True
    floors = facts.floors
    wanted[floors.party[floors.role_of[floors.part_role]], floors.part_item] = True
    pair = np.full(shape, -1, dtype=np.int64)
    pair[wanted] = np.arange(wanted.sum())
    stock = space.make(int(wanted.sum()) * facts.periods).reshape(-1, facts.periods)
    return {"stock_pair": pair, "stock": stock}


def _debts(facts: Facts, space: ColumnSpace, dispatches: Dispatches) -> dict[str, IntArray]:
    debts, periods = facts.debts, facts.periods
    accounts = len(debts.party)
    gives = np.zeros(facts.opening.shape, dtype=np.bool_)
    gives[dispatches.giver, dispatches.item] = True
    gives_account = gives[debts.party, debts.item] & (debts.ratio > 0)
    owed = debts.opening > 0
    # a hard assurance without opening debts is never late
    on_time = np.repeat(debts.hard & ~owed, periods)
    most = np.repeat(most_owed(facts), periods)
    return {
        "handed": _some_rows(space, gives_account, periods),
        "debt": space.make(accounts * periods, upper=most).reshape(accounts, periods),
        "late": space.make(accounts * periods, upper=np.where(on_time, 0.0, most)).reshape(
            accounts, periods
        ),
        "opening_debt": _some_rows(
            space, owed, periods, np.repeat(debts.opening[owed, None], periods, axis=1)
        ),
        "opening_not_due": _some_rows(space, owed, periods, debts.not_due[owed]),
    }


def _some_rows(
    space: ColumnSpace, wanted: BoolArray, periods: int, upper: FloatArray | float = np.inf
) -> IntArray:
    """Make columns by period for some rows; -1 for the others."""
    count = int(wanted.sum())
    bounds = upper if isinstance(upper, float) else upper.ravel()
    numbers = np.full((len(wanted), periods), -1, dtype=np.int64)
    numbers[wanted] = space.make(count * periods, upper=bounds).reshape(count, periods)
    return numbers


def _needs(facts: Facts, space: ColumnSpace) -> dict[str, IntArray]:
    needs, periods = facts.needs, facts.periods
    count = len(needs.party)
    late = np.arange(periods)[None, :] >= needs.due[:, None]  # (need, period)
    upper = np.broadcast_to(np.where(needs.hard, 0.0, needs.quantity)[:, None], late.shape)
    unmet = np.full((count, periods), -1, dtype=np.int64)
    unmet[late] = space.make(int(late.sum()), upper=upper[late])
    stepped = late & (needs.step > 0)[:, None]
    per_step = np.where(needs.step > 0, needs.step, 1.0)
    most = np.broadcast_to(np.round(needs.quantity / per_step)[:, None], late.shape)
    steps = np.full((count, periods), -1, dtype=np.int64)
    steps[stepped] = space.make(int(stepped.sum()), upper=most[stepped], whole=True)
    roles = len(needs.role_of)
    served = space.make(roles * periods).reshape(roles, periods)
    return {"unmet": unmet, "steps": steps, "served": served}


def _security(facts: Facts, space: ColumnSpace) -> dict[str, IntArray]:
    debts = facts.debts
    secured = debts.secured[debts.accepting] & (debts.rate > 0)
    party, item = debts.party[debts.accepting], debts.accepted
    pair = np.full(facts.opening.shape, -1, dtype=np.int64)
    wanted = np.zeros_like(pair, dtype=np.bool_)
    wanted[party[secured], item[secured]] = True
    pair[wanted] = np.arange(wanted.sum())
    return {
        "security": _some_rows(space, secured, facts.periods),
        "pipeline_pair": pair,
        "pipeline": space.make(int(wanted.sum()) * facts.periods).reshape(-1, facts.periods),
    }


def _money(facts: Facts, space: ColumnSpace, charged: IntArray) -> dict[str, IntArray]:
    funds, periods = facts.funds, facts.periods
    class_, fund = np.nonzero(funds.pays)
    pair, period = expand_windows(np.zeros(len(fund), dtype=np.int64), funds.stop[fund])
    useful = charged[class_[pair], period] >= 0
    pair, period = pair[useful], period[useful]
    shape = funds.released.shape
    assert shape == (len(funds.owner), periods)
    return {
        "pay_fund": fund[pair],
        "pay_class": class_[pair],
        "pay_period": period,
        "pay": space.make(len(pair)),
        "balance": space.make(int(np.prod(shape))).reshape(shape),
    }


def _burden(facts: Facts, space: ColumnSpace, wanted: bool) -> dict[str, IntArray]:
    counted = facts.burdened if wanted else np.zeros_like(facts.burdened)
    groups = {}
    for name, lower in (("burden", -np.inf), ("above", 0.0), ("below", 0.0)):
        numbers = np.full(len(counted), -1, dtype=np.int64)
        numbers[counted] = space.make(int(counted.sum()), lower=lower)
        groups[name] = numbers
    return groups
