"""Rules 10 and 11: every charge is paid in full, and no fund pays what it has not got.

In: the layout of columns with the facts behind it. Out: rows.
Money stands in `unit`s of the reporting currency, so that the solver sees numbers near one.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows

__all__ = ["charges_paid", "fund_balance"]


def charges_paid(layout: Layout, unit: float) -> Rows:
    """Pay every charge of every period in full from eligible funds (rule 10).

    Σ_f m[f,c,t] - charge[c,t] of the decisions = dues, for each class of charges c.
    """
    facts, charges = layout.facts, layout.charges
    funds, dues = facts.funds, facts.dues
    number = layout.charged
    owed = np.zeros(number.shape)
    class_of_due = funds.class_of[dues.purpose, dues.item, dues.party]
    np.add.at(owed, (class_of_due, dues.period), dues.amount / unit)
    class_of_charge = funds.class_of[charges.purpose, charges.item, charges.party]
    rows = Rows.equal("charges", owed[number >= 0])
    rows.add(number[class_of_charge, charges.period], charges.column, -charges.amount / unit)
    rows.add(number[layout.pay_class, layout.pay_period], layout.pay, 1.0)
    return rows


def fund_balance(layout: Layout, unit: float) -> Rows:
    """Carry what is left in each fund: balance[t] = balance[t-1] + released[t] - paid[t] (rule 11).

    No payment after the fund's `until`: those columns do not exist.
    """
    balance = layout.balance
    rows = Rows.equal("funds", layout.facts.funds.released / unit)
    number = np.arange(balance.size).reshape(balance.shape)
    rows.add(number, balance, 1.0)
    rows.add(number[:, 1:], balance[:, :-1], -1.0)
    rows.add(number[layout.pay_fund, layout.pay_period], layout.pay, 1.0)
    return rows
