"""Rules 6, 7 and 12: debt, assurance, security.

In: the layout of columns with the facts behind it. Out: rows. One function per rule.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import IntArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows

__all__ = [
    "assurance",
    "debt_balance",
    "handed_so_far",
    "hard_assurance",
    "opening_debts",
    "pipelines",
    "security",
    "security_within_pipeline",
]


def handed_so_far(layout: Layout) -> Rows:
    """Count what each account has handed over so far: the windows of rule 7 are differences of it."""
    x, handed = layout.dispatches, layout.handed
    account = _account_of(layout)[x.giver, x.item]
    number = _numbers(handed)
    rows = Rows.equal("debt", np.zeros(int((handed >= 0).sum())))
    rows.add(number[handed >= 0], handed[handed >= 0], 1.0)
    later = handed[:, 1:] >= 0
    rows.add(number[:, 1:][later], handed[:, :-1][later], -1.0)
    owes = account >= 0
    row = number[account[owes], x.period[owes]]
    rows.add(row[row >= 0], x.column[owes][row >= 0], -x.units[owes][row >= 0])
    return rows


def debt_balance(layout: Layout) -> Rows:
    """Carry each debt from one period to the next (rule 6).

    D[p,i,t] - D[p,i,t-1] - ratio·out[p,i,t] + Σ_j rate·y[p,i,j,t] = 0, opening debts at t = 0.
    """
    debts, y = layout.facts.debts, layout.settlements
    opening = np.zeros(layout.debt.shape)
    opening[:, 0] = debts.opening
    rows = Rows.equal("debt", opening)
    number = np.arange(layout.debt.size).reshape(layout.debt.shape)
    rows.add(number, layout.debt, 1.0)
    rows.add(number[:, 1:], layout.debt[:, :-1], -1.0)
    ratio = debts.ratio[:, None]
    rows.add(number, layout.handed, -ratio)  # out = handed[t] - handed[t-1]
    rows.add(number[:, 1:], layout.handed[:, :-1], ratio)
    rows.add(number[debts.accepting[y.subject], y.period], y.column, debts.rate[y.subject])
    return rows


def assurance(layout: Layout) -> Rows:
    """All that was handed over `within` periods ago or longer has been replaced (rule 7).

    D[p,i,t] - late[p,i,t] - ratio·(handed[t] - handed[t-within]) - e[p,i,t] ≤ 0.
    """
    debts, periods = layout.facts.debts, layout.facts.periods
    number = np.arange(layout.debt.size).reshape(layout.debt.shape)
    rows = Rows.at_most("assurance", np.zeros(layout.debt.size))
    rows.add(number, layout.debt, 1.0)
    rows.add(number, layout.late, -1.0)
    rows.add(number, layout.opening_not_due, -1.0)
    ratio = np.broadcast_to(debts.ratio[:, None], number.shape)
    rows.add(number, layout.handed, -ratio)
    ago = np.arange(periods)[None, :] - debts.within[:, None]
    begun = ago >= 0
    account = np.broadcast_to(np.arange(len(debts.party))[:, None], ago.shape)
    rows.add(number[begun], layout.handed[account[begun], ago[begun]], ratio[begun])
    return rows


def opening_debts(layout: Layout) -> Rows:
    """What is still owed of the opening debts only falls, and is part of the debt (rule 7).

    E[t] ≤ E[t-1], E ≤ D, e ≤ E; that e ≤ what is not yet due is the bound of its column.
    """
    accounts = np.flatnonzero(layout.opening_debt[:, :1].ravel() >= 0)
    owed = layout.opening_debt[accounts]
    size = owed.size
    number = np.arange(size).reshape(owed.shape)
    rows = Rows.at_most("assurance", np.zeros(3 * size))
    rows.add(number[:, 1:], owed[:, 1:], 1.0)
    rows.add(number[:, 1:], owed[:, :-1], -1.0)
    rows.add(size + number, owed, 1.0)
    rows.add(size + number, layout.debt[accounts], -1.0)
    rows.add(2 * size + number, layout.opening_not_due[accounts], 1.0)
    rows.add(2 * size + number, owed, -1.0)
    return rows


def hard_assurance(layout: Layout) -> Rows:
    """Where lateness is not allowed only opening debts may be overdue: late ≤ E - e (rule 7).

    Without opening debts the column of `late` is bounded by 0.
    """
    debts = layout.facts.debts
    accounts = np.flatnonzero(debts.hard & (debts.opening > 0))
    late = layout.late[accounts]
    number = np.arange(late.size).reshape(late.shape)
    rows = Rows.at_most("assurance", np.zeros(late.size))
    rows.add(number, late, 1.0)
    rows.add(number, layout.opening_debt[accounts], -1.0)
    rows.add(number, layout.opening_not_due[accounts], 1.0)
    return rows


def security(layout: Layout) -> Rows:
    """Nothing is handed over before its replacement is under way (rule 12).

    D[p,i,t] - Σ_j rate·w[p,i,j,t] - E[p,i,t] ≤ 0 for secured assurances.
    """
    debts = layout.facts.debts
    accounts = np.flatnonzero(debts.secured)
    row_of = np.full(len(debts.party), -1, dtype=np.int64)
    row_of[accounts] = np.arange(len(accounts))
    periods = layout.facts.periods
    rows = Rows.at_most("security", np.zeros(len(accounts) * periods))
    number = np.arange(rows.count).reshape(-1, periods)
    rows.add(number, layout.debt[accounts], 1.0)
    rows.add(number, layout.opening_debt[accounts], -1.0)
    secured = np.flatnonzero(layout.security[:, :1].ravel() >= 0)
    row = number[row_of[debts.accepting[secured]]]
    rows.add(row, layout.security[secured], -debts.rate[secured][:, None])
    return rows


def pipelines(layout: Layout) -> Rows:
    """Carry what is under way to a party: begun by t and arriving after t (rule 12).

    Designable arrivals within the plan are under way from before the start.
    """
    facts, pair, pipeline = layout.facts, layout.pipeline_pair, layout.pipeline
    party, item = np.nonzero(pair >= 0)
    free = facts.free[party, item]
    flow = -free
    flow[:, 0] += free.sum(axis=1)
    rows = Rows.equal("security", flow)
    number = np.arange(pipeline.size).reshape(pipeline.shape)
    rows.add(number, pipeline, 1.0)
    rows.add(number[:, 1:], pipeline[:, :-1], -1.0)
    x, o = layout.dispatches, layout.orders
    for whose, begins, ends, column, units in (
        (pair[x.receiver, x.item], x.period, x.arrives, x.column, x.units),
        (pair[o.customer, o.item], o.period, o.delivered, o.column, o.units),
    ):
        kept = (whose >= 0) & (begins < ends)  # what arrives at once is never under way
        rows.add(number[whose[kept], begins[kept]], column[kept], -units[kept])
        rows.add(number[whose[kept], ends[kept]], column[kept], units[kept])
    return rows


def security_within_pipeline(layout: Layout) -> Rows:
    """What secures debts is no more than what is under way: Σ_i w[p,i,j,t] ≤ pipeline (rule 12)."""
    debts, pipeline = layout.facts.debts, layout.pipeline
    rows = Rows.at_most("security", np.zeros(pipeline.size))
    number = np.arange(pipeline.size).reshape(pipeline.shape)
    rows.add(number, pipeline, -1.0)
    secured = np.flatnonzero(layout.security[:, :1].ravel() >= 0)
    whose = layout.pipeline_pair[debts.party[debts.accepting[secured]], debts.accepted[secured]]
    rows.add(number[whose], layout.security[secured], 1.0)
    return rows


def _account_of(layout: Layout) -> IntArray:
    """(party, item) The number of the account, -1 = none."""
    debts = layout.facts.debts
    account = np.full(layout.facts.opening.shape, -1, dtype=np.int64)
    account[debts.party, debts.item] = np.arange(len(debts.party))
    return account


def _numbers(columns: IntArray) -> IntArray:
    """Number the columns that exist; -1 for the others."""
    number = np.full(columns.shape, -1, dtype=np.int64)
    number[columns >= 0] = np.arange((columns >= 0).sum())
    return number
