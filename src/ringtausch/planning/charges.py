"""Charges: what orders and dispatches cost, by purpose, item, beneficiary and period (rule 10).

In: facts and the decision columns. Out: amounts by column, in the reporting currency.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray
from ringtausch.planning.decision_columns import Dispatches, Orders
from ringtausch.planning.facts import Facts

__all__ = ["Charges", "charged_classes", "decision_charges"]

ORDER, HANDOVER, COMPENSATION = range(3)


@dataclass(frozen=True)
class Charges:
    """What decisions cost: amounts by column, with purpose, item, beneficiary and period."""

    column: IntArray  # (charge,)
    amount: FloatArray  # (charge,) reporting currency per unit of the column
    purpose: IntArray
    item: IntArray
    party: IntArray
    period: IntArray


def decision_charges(facts: Facts, x: Dispatches, o: Orders) -> Charges:
    """List the charges of every order and dispatch (rule 10).

    A payment that would fall after the last period falls in the last period.
    """
    last = facts.periods - 1
    parts: list[tuple[IntArray, FloatArray, int, IntArray, IntArray, IntArray]] = []
    for number, payments in enumerate(facts.purchases.payments):
        mine = facts.purchases.terms[o.purchase] == number
        price = (facts.purchases.price[o.purchase] * o.units)[mine]
        for offset, share in payments:
            when = np.minimum(o.period[mine] + offset, last)
            amount = price * float(share)
            parts.append((o.column[mine], amount, ORDER, o.item[mine], o.customer[mine], when))
    moving = facts.transfers.unit_cost[x.transfer] * x.units
    parts.append((x.column, moving, HANDOVER, x.item, x.receiver, x.period))
    thanks = facts.offers.compensation[x.offer] * x.units
    parts.append((x.column, thanks, COMPENSATION, x.item, x.giver, x.period))
    purpose = np.concatenate([np.full(len(part[0]), part[2]) for part in parts])
    column, item, party, period = (
        np.concatenate([np.asarray(part[at], dtype=np.int64) for part in parts])
        for at in (0, 3, 4, 5)
    )
    amount = np.concatenate([part[1] for part in parts])
    real = amount > 0
    return Charges(column[real], amount[real], purpose[real], item[real], party[real], period[real])


def charged_classes(facts: Facts, charges: Charges) -> IntArray:
    """(class, period) Number the classes of charges that can arise in each period; -1 = none can.

    Only for these are there payments: nothing is paid for nothing.
    """
    funds, dues = facts.funds, facts.dues
    used = np.zeros((len(funds.pays), facts.periods), dtype=np.bool_)
    used[funds.class_of[charges.purpose, charges.item, charges.party], charges.period] = True
    used[funds.class_of[dues.purpose, dues.item, dues.party], dues.period] = True
    number = np.full(used.shape, -1, dtype=np.int64)
    number[used] = np.arange(used.sum())
    return number
