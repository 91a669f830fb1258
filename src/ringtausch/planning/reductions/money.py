"""Reductions of what is paid and borne: rules 10 and 11, and the burden.

In: a draft. Out: tighter bounds in it. Every plan obeys each of them; `above` and `below` alone are
lowered to the most that a plan needs. Money columns count in the model's unit of money.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.charges import COMPENSATION
from ringtausch.planning.objectives import burden_constants
from ringtausch.planning.reductions.draft import Draft
from ringtausch.planning.reductions.flows import money_at, offered

__all__ = ["affordable", "balances_between", "burden_between", "payments_at_most"]


def affordable(draft: Draft) -> None:
    """Bound each decision by the money that can pay each of its charges in its period.

    Every plan obeys it: rule 10 pays the whole charge from funds that may pay it and have not
    stopped, and rule 11 lets each pay no more than its releases so far. Without a fund it is 0. Payments
    that fall into one period are one charge.
    """
    layout, charges = draft.layout, draft.layout.charges
    money = money_at(layout.facts)
    class_ = layout.facts.funds.class_of[charges.purpose, charges.item, charges.party]
    when = class_ * layout.facts.periods + charges.period
    place, whose = np.unique(charges.column * money.size + when, return_inverse=True)
    amount = np.bincount(whose, charges.amount, minlength=len(place))
    column, when = np.divmod(place, max(money.size, 1))
    draft.at_most(column, money.ravel()[when] / amount)


def payments_at_most(draft: Draft) -> None:
    """Bound each payment by the fund's releases so far, and by what can be charged.

    Every plan obeys it: rule 11; and rule 10, in which no other payment is below 0.
    """
    layout, unit = draft.layout, draft.model.money_unit
    released = np.cumsum(layout.facts.funds.released, axis=1) / unit
    charged = _charged_at_most(draft) / unit
    draft.at_most(layout.pay, released[layout.pay_fund, layout.pay_period])
    draft.at_most(layout.pay, charged[layout.pay_class, layout.pay_period])


def balances_between(draft: Draft) -> None:
    """Bound what is left in each fund from both sides.

    Every plan obeys it: it is the releases so far less the payments so far, these at 0 or at their
    most.
    """
    layout = draft.layout
    released = np.cumsum(layout.facts.funds.released, axis=1) / draft.model.money_unit
    paid = np.zeros(released.shape)
    np.add.at(paid, (layout.pay_fund, layout.pay_period), draft.upper[layout.pay])
    draft.at_most(layout.balance, released)
    draft.at_least(layout.balance, np.maximum(released - np.cumsum(paid, axis=1), 0.0))


def burden_between(draft: Draft) -> None:
    """Bound what each party bears, and how far that can be from its share.

    Every plan obeys the bounds of V: what its funds pay is between 0 and their releases, and what it
    hands over, what is brought to it and what compensates it between 0 and the most. `above` and
    `below` are bounded by the most that V - k·ΣV can be on either side: where both are above 0 the
    smaller can be taken off each without touching anything else.
    """
    layout, flows, unit = draft.layout, draft.flows, draft.model.money_unit
    facts, charges = layout.facts, layout.charges
    counted = np.flatnonzero(layout.burden >= 0)
    if not len(counted):
        return
    most = burden_constants(layout)
    least = most.copy()
    np.add.at(most, facts.funds.owner, facts.funds.released.sum(axis=1))
    most += flows.handed[:, :, -1] @ facts.value
    least -= flows.brought[:, :, -1] @ facts.value
    thanks = np.zeros(len(most))
    np.add.at(thanks, facts.offers.giver, facts.offers.compensation * offered(facts))
    if np.any(charges.purpose == COMPENSATION):
        least -= thanks
    low, high = least[counted] / unit, most[counted] / unit
    draft.at_least(layout.burden[counted], low)
    draft.at_most(layout.burden[counted], high)
    share = facts.burden_share[counted]
    draft.at_most(layout.above[counted], _farthest(low, high, share))
    draft.at_most(layout.below[counted], _farthest(-high, -low, share))


def _charged_at_most(draft: Draft) -> FloatArray:
    """(class, period) What can be charged at most, in the reporting currency."""
    layout = draft.layout
    facts, charges, dues = layout.facts, layout.charges, layout.facts.dues
    most = np.zeros(layout.charged.shape)
    class_of = facts.funds.class_of
    for subject, amount in (
        (charges, charges.amount * draft.upper[charges.column]),
        (dues, dues.amount),
    ):
        class_ = class_of[subject.purpose, subject.item, subject.party]
        np.add.at(most, (class_, subject.period), amount)
    return most


def _farthest(low: FloatArray, high: FloatArray, share: FloatArray) -> FloatArray:
    """Return the most that V - k·ΣV can be, no less than 0: V high and the others low."""
    others = low.sum() - low
    return np.asarray(np.maximum((1.0 - share) * high - share * others, 0.0))
