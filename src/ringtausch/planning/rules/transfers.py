"""Rules 1 to 5: stock, willingness, consent and capacity, production, designation.

In: the layout of columns with the facts behind it. Out: rows. One function per rule.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import IntArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows

__all__ = [
    "conditional_offers",
    "designation",
    "handed_on_next_period",
    "lane_capacity",
    "production_capacity",
    "stock_balance",
    "willingness",
]


def stock_balance(layout: Layout) -> Rows:
    """Carry each stock from one period to the next (rule 1).

    S[p,i,t] - S[p,i,t-1] - in[p,i,t] + out[p,i,t] = arrivals[p,i,t], opening stock at t = 0.
    """
    facts, stock = layout.facts, layout.stock
    party, item = _pairs(layout.stock_pair)
    brought = facts.arrivals[party, item].copy()
    brought[:, 0] += facts.opening[party, item]
    rows = Rows.equal("stock", brought)
    number = np.arange(stock.size).reshape(stock.shape)
    rows.add(number, stock, 1.0)
    rows.add(number[:, 1:], stock[:, :-1], -1.0)
    x, o = layout.dispatches, layout.orders
    for pair, period, column, value in (
        (layout.stock_pair[x.giver, x.item], x.period, x.column, x.units),
        (layout.stock_pair[x.receiver, x.item], x.arrives, x.column, -x.units),
        (layout.stock_pair[o.customer, o.item], o.delivered, o.column, -o.units),
    ):
        kept = pair >= 0
        rows.add(number[pair[kept], period[kept]], column[kept], value[kept])
    return rows


def handed_on_next_period(layout: Layout) -> Rows:
    """What a lane brings is handed on from the next period on (rule 1).

    out ≤ S[t-1] + arrivals + orders is the same as S[p,i,t] ≥ lanes[p,i,t], and only binds where
    something may come in by a lane and go out in one period.
    """
    x = layout.dispatches
    shape = (*layout.stock_pair.shape, layout.facts.periods)
    comes, goes = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    comes[x.receiver, x.item, x.arrives] = True
    goes[x.giver, x.item, x.period] = True
    number = np.full(shape, -1, dtype=np.int64)
    both = comes & goes
    number[both] = np.arange(both.sum())
    rows = Rows.at_least("stock", np.zeros(int(both.sum())))
    party, item, period = np.nonzero(both)
    rows.add(np.arange(rows.count), layout.stock[layout.stock_pair[party, item], period], 1.0)
    row = number[x.receiver, x.item, x.arrives]
    rows.add(row[row >= 0], x.column[row >= 0], -x.units[row >= 0])
    return rows


def willingness(layout: Layout) -> Rows:
    """No more of an offer than its quantity, and nothing while it does not stand (rule 2)."""
    offers, x = layout.facts.offers, layout.dispatches
    conditional = layout.stands >= 0
    quantity = np.where(
        offers.grain > 0,
        np.floor(offers.quantity / np.where(offers.grain > 0, offers.grain, 1.0) + 1e-9)
        * offers.grain,
        offers.quantity,
    )
    rows = Rows.at_most("willingness", np.where(conditional, 0.0, quantity))
    rows.add(x.offer, x.column, x.units)
    rows.add(np.arange(rows.count), layout.stands, -quantity)
    return rows


def conditional_offers(layout: Layout) -> Rows:
    """A conditional offer stands only if the others dispatch enough to those in need (rule 2).

    Σ x of the item by other parties, to parties of whom a need counts it, ≥ if_others where it
    stands.
    """
    facts, x = layout.facts, layout.dispatches
    conditional = np.flatnonzero(layout.stands >= 0)
    rows = Rows.at_least("willingness", np.zeros(len(conditional)))
    counted = facts.needs.counted(*facts.opening.shape)[x.receiver, x.item]
    for row, offer in enumerate(conditional):
        giver, item = facts.offers.giver[offer], facts.offers.item[offer]
        others = counted & (x.item == item) & (x.giver != giver)
        rows.add(np.full(int(others.sum()), row), x.column[others], x.units[others])
    rows.add(
        np.arange(rows.count), layout.stands[conditional], -facts.offers.if_others[conditional]
    )
    return rows


def lane_capacity(layout: Layout) -> Rows:
    """All offers together at most the lane's capacity a period (rule 3).

    A lane that one offer alone can take is already bounded by that column.
    """
    x = layout.dispatches
    capacity = layout.facts.transfers.capacity[x.transfer]
    limited = np.flatnonzero(np.isfinite(capacity))
    lanes = np.stack([x.giver, x.receiver, x.item, x.period])[:, limited]
    row, shared, first = _shared_groups(lanes)
    rows = Rows.at_most("consent_and_capacity", capacity[limited[first]])
    rows.add(row, x.column[limited[shared]], x.units[limited[shared]])
    return rows


def production_capacity(layout: Layout) -> Rows:
    """Units delivered of each line at most its capacity of that period (rule 4)."""
    o = layout.orders
    row, shared, first = _shared_groups(np.stack([o.line, o.delivered]))
    capacity = layout.facts.lines.capacity[o.line[first], o.delivered[first]]
    rows = Rows.at_most("production", capacity)
    rows.add(row, o.column[shared], o.units[shared])
    return rows


def designation(layout: Layout) -> Rows:
    """An arriving unit serves one purpose (rule 5).

    Σ_i y[p,i,j,t] + Σ_n z[n,j,t] - in[p,j,t] ≤ free[p,j,t].
    """
    facts = layout.facts
    number = np.full(facts.free.shape, -1, dtype=np.int64)
    uses = (layout.settlements, layout.fulfilments)
    for use in uses:
        number[use.party, use.item, use.period] = 0
    wanted = number >= 0
    number[wanted] = np.arange(wanted.sum())
    rows = Rows.at_most("designation", facts.free[wanted])
    for use in uses:
        rows.add(number[use.party, use.item, use.period], use.column, 1.0)
    x, o = layout.dispatches, layout.orders
    for row, column, units in (
        (number[x.receiver, x.item, x.arrives], x.column, x.units),
        (number[o.customer, o.item, o.delivered], o.column, o.units),
    ):
        rows.add(row[row >= 0], column[row >= 0], -units[row >= 0])
    return rows


def _pairs(pair: IntArray) -> tuple[IntArray, IntArray]:
    """Return party and item of each numbered pair, in the order of the numbers."""
    party, item = np.nonzero(pair >= 0)
    return party, item


def _shared_groups(keys: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Find the groups of columns with equal keys that have more than one member.

    Returns for each member the number of its group and its position, and for each group its first
    member.
    """
    if not keys.shape[1]:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    _, first, inverse, counts = np.unique(
        keys, axis=1, return_index=True, return_inverse=True, return_counts=True
    )
    shared = counts > 1
    number = np.where(shared, np.cumsum(shared) - 1, -1)[inverse.ravel()]
    members = np.flatnonzero(number >= 0)
    return number[members], members, first[shared]
