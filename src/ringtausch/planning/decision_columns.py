"""Decision columns: what may be dispatched, ordered, settled and used to serve a need, and when.

In: facts. Out: groups of columns with their axes. Columns that can only be 0 are not made.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray, expand_windows
from ringtausch.planning.facts import Facts

__all__ = ["ColumnSpace", "Dispatches", "Orders", "Uses", "find_arrivable", "make_dispatches",
           "make_fulfilments", "make_orders", "make_settlements", "most_owed"]  # fmt: skip


@dataclass
class ColumnSpace:
    """Numbers columns as they are made and keeps their bounds."""

    count: int = 0
    upper: list[FloatArray] = field(default_factory=list)
    lower: list[FloatArray] = field(default_factory=list)
    whole: list[BoolArray] = field(default_factory=list)

    def make(
        self,
        count: int,
        *,
        upper: FloatArray | float = np.inf,
        lower: float = 0.0,
        whole: BoolArray | bool = False,
    ) -> IntArray:
        """Make columns and return their numbers."""
        numbers = np.arange(self.count, self.count + count, dtype=np.int64)
        self.count += count
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), (count,)))
        self.lower.append(np.full(count, lower))
        self.whole.append(np.broadcast_to(np.asarray(whole, dtype=np.bool_), (count,)))
        return numbers


@dataclass(frozen=True)
class Dispatches:
    """x[f,b,t]: units of an offer dispatched to a party; a column counts grains."""

    column: IntArray
    transfer: IntArray
    offer: IntArray
    giver: IntArray
    receiver: IntArray
    item: IntArray
    period: IntArray
    arrives: IntArray
    units: FloatArray  # units of the item per unit of the column: the grain, or 1


@dataclass(frozen=True)
class Orders:
    """o[s,i,p,t]: units ordered on a line for a customer; a column counts grains."""

    column: IntArray
    purchase: IntArray
    line: IntArray
    customer: IntArray
    item: IntArray
    period: IntArray
    delivered: IntArray
    units: FloatArray


@dataclass(frozen=True)
class Uses:
    """y and z: what arrives at a party in a period and settles a debt or serves a need."""

    column: IntArray
    subject: IntArray  # y: acceptance; z: part of a need
    party: IntArray
    item: IntArray  # the item that arrives
    period: IntArray


def _in_grains(amount: FloatArray, grain: FloatArray) -> FloatArray:
    """Turn upper bounds in units into bounds of columns: whole grains, or units without a grain."""
    whole = np.floor(amount / np.where(grain > 0, grain, 1.0) + 1e-9)
    return np.where(grain > 0, whole, amount)


def make_dispatches(facts: Facts, space: ColumnSpace) -> Dispatches:
    """Make a column for each way and period in which an offer may go."""
    transfers, offers = facts.transfers, facts.offers
    transfer, period = expand_windows(transfers.first, transfers.stop)
    offer = transfers.offer[transfer]
    grain = offers.grain[offer]
    most = np.minimum(offers.quantity[offer], transfers.capacity[transfer])
    column = space.make(len(transfer), upper=_in_grains(most, grain), whole=grain > 0)
    return Dispatches(
        column=column,
        transfer=transfer,
        offer=offer,
        giver=offers.giver[offer],
        receiver=transfers.receiver[transfer],
        item=offers.item[offer],
        period=period,
        arrives=period + transfers.lead[transfer],
        units=np.where(grain > 0, grain, 1.0),
    )


def make_orders(facts: Facts, space: ColumnSpace) -> Orders:
    """Make a column for each purchase and period whose delivery the line can produce."""
    purchases, lines = facts.purchases, facts.lines
    purchase, period = expand_windows(purchases.first, purchases.stop)
    delivered = period + purchases.lead[purchase]
    most = lines.capacity[purchases.line[purchase], delivered]
    grain = purchases.grain[purchase]
    possible = _in_grains(most, grain) > 0  # otherwise nothing is produced in that period
    purchase, period, delivered = purchase[possible], period[possible], delivered[possible]
    most, grain = most[possible], grain[possible]
    line = purchases.line[purchase]
    column = space.make(len(purchase), upper=_in_grains(most, grain), whole=grain > 0)
    return Orders(
        column=column,
        purchase=purchase,
        line=line,
        customer=purchases.customer[purchase],
        item=lines.item[line],
        period=period,
        delivered=delivered,
        units=np.where(grain > 0, grain, 1.0),
    )


def find_arrivable(
    facts: Facts, space: ColumnSpace, dispatches: Dispatches, orders: Orders
) -> FloatArray:
    """(party, item, period) Units that can arrive at most and may settle a debt or serve a need."""
    arrivable = facts.free.copy()
    upper = np.concatenate(space.upper)
    x, o = dispatches, orders
    np.add.at(arrivable, (x.receiver, x.item, x.arrives), upper[x.column] * x.units)
    np.add.at(arrivable, (o.customer, o.item, o.delivered), upper[o.column] * o.units)
    return arrivable


def most_owed(facts: Facts) -> FloatArray:
    """(account,) Units that can be owed at most: the opening debts, and all that may be handed over."""
    debts, offers = facts.debts, facts.offers
    offered = np.zeros(facts.opening.shape)
    np.add.at(offered, (offers.giver, offers.item), offers.quantity)
    return debts.opening + debts.ratio * offered[debts.party, debts.item]


def make_settlements(facts: Facts, space: ColumnSpace, arrivable: FloatArray) -> Uses:
    """Make a column for each accepted item and period in which it may arrive.

    No more can settle a debt than arrives, or than is owed.
    """
    debts = facts.debts
    party, item = debts.party[debts.accepting], debts.accepted
    useful = (arrivable[party, item] > 0) & (debts.rate > 0)[:, None]
    subject, period = np.nonzero(useful)
    whole = facts.indivisible[item[subject]]
    owed = most_owed(facts)[debts.accepting[subject]] / debts.rate[subject]
    most = np.minimum(arrivable[party[subject], item[subject], period], owed)
    column = space.make(
        len(subject), upper=_in_grains(most, np.where(whole, 1.0, 0.0)), whole=whole
    )
    return Uses(column, subject, party[subject], item[subject], period)


def make_fulfilments(facts: Facts, space: ColumnSpace, arrivable: FloatArray) -> Uses:
    """Make a column for each part of a need and period in which it may arrive."""
    needs = facts.needs
    party, item = needs.party[needs.role_of[needs.part_role]], needs.part_item
    subject, period = np.nonzero(arrivable[party, item] > 0)
    whole = facts.indivisible[item[subject]]
    most = arrivable[party[subject], item[subject], period]
    column = space.make(
        len(subject), upper=_in_grains(most, np.where(whole, 1.0, 0.0)), whole=whole
    )
    return Uses(column, subject, party[subject], item[subject], period)
