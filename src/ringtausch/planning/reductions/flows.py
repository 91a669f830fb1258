"""Flows: how much of each item can have been handed over, brought and begun at most by each period.

In: a layout and the columns' upper bounds. Out: bounds of sums over time, which every plan obeys. A
sum over periods is often bounded far below the sum of the bounds: an offer has one quantity for all of
its periods. Nothing here is about what would be wise to do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.charges import COMPENSATION, HANDOVER, ORDER
from ringtausch.planning.facts import Facts
from ringtausch.planning.layout import Layout

__all__ = [
    "Flows",
    "find_flows",
    "handed_by_offers",
    "money_at",
    "money_by",
    "offered",
    "row_sums",
    "settled",
    "sums_by_place",
]

#: How often what can be handed on is looked at anew: longer chains of parties gain next to nothing.
_ROUNDS = 4
#: What a count of whole grains may be short by and still be that many.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Flows:
    """What can have moved at most by the end of each period; each (party, item, period) in units."""

    brought: FloatArray  # by lanes and orders of the plan
    came: FloatArray  # the same, and what arrives in any case and is designable
    begun: FloatArray  # ordered for or dispatched to the party, and all that is designable
    held: FloatArray  # in hand at some time: opening stock and all that comes in
    handed: FloatArray  # handed over
    stock_least: FloatArray  # what floors make every plan keep in stock
    dispatch: FloatArray  # (dispatch,) units of each column
    stands: BoolArray  # (offer,) it is unconditional, or enough can come from others


def find_flows(layout: Layout, upper: FloatArray) -> Flows:
    """Bound what can move, again and again while that bounds what can be handed on.

    Each round starts from bounds that every plan obeys and derives others from them, so that it may
    end after any round.
    """
    facts, x, o = layout.facts, layout.dispatches, layout.orders
    shape = facts.free.shape
    designable = np.cumsum(facts.free, axis=2)
    there = facts.opening[:, :, None] + np.cumsum(facts.arrivals, axis=2)
    ordered = _increments(_ordered_so_far(layout, upper[o.column] * o.units), o.purchase)
    by_orders = sums_by_place(shape, (o.customer, o.item, o.delivered), ordered)
    orders_begun = sums_by_place(shape, (o.customer, o.item, o.period), ordered)
    y_most = _in_windows(facts, layout, upper)
    affordable = _affordable_dispatches(layout)
    dispatch, stands = upper[x.column] * x.units, np.ones(len(facts.offers.giver), dtype=np.bool_)
    handed = np.full(shape, np.inf)
    for _ in range(_ROUNDS):
        before = dispatch
        dispatch, stands = _standing(layout, dispatch, stands)
        limit = np.minimum(affordable, handed[x.giver, x.item, x.period])
        along = _increments(_dispatched_so_far(layout, dispatch, limit), x.transfer)
        by_lanes = sums_by_place(shape, (x.receiver, x.item, x.arrives), along)
        brought = np.cumsum(by_lanes + by_orders, axis=2)
        lanes_begun = sums_by_place(shape, (x.receiver, x.item, x.period), along)
        begun = np.cumsum(lanes_begun + orders_begun, axis=2) + designable[:, :, -1:]
        came, held = designable + brought, there + brought
        least = _stock_least(facts, held)
        spare = held - least
        spare = np.maximum(np.minimum.accumulate(spare[:, :, ::-1], axis=2)[:, :, ::-1], 0.0)
        _limit_by_replacements(facts, spare, settled(facts, y_most, came), begun)
        handed = _handed_so_far(layout, dispatch, np.minimum(handed, spare))
        most = _whole_grains(layout, handed[x.giver, x.item, x.period], x.column, x.units)
        dispatch = np.minimum(dispatch, most)
        if np.array_equal(dispatch, before):
            break
    return Flows(brought, came, begun, held, handed, least, dispatch, stands)


# ---- what is dispatched and ordered


def offered(facts: Facts) -> FloatArray:
    """(offer,) Units that an offer comes to at most: whole grains of its quantity."""
    quantity, grain = facts.offers.quantity, facts.offers.grain
    per_grain = np.where(grain > 0, grain, 1.0)
    return np.where(grain > 0, np.floor(quantity / per_grain + 1e-9) * grain, quantity)


def _standing(
    layout: Layout, dispatch: FloatArray, stands: BoolArray
) -> tuple[FloatArray, BoolArray]:
    """Drop conditional offers that others cannot dispatch enough for."""
    facts, x = layout.facts, layout.dispatches
    offers = facts.offers
    conditional = np.flatnonzero((offers.if_others > 0) & stands)
    if not len(conditional):
        return dispatch, stands
    counted = facts.needs.counted(*facts.opening.shape)[x.receiver, x.item]
    most = np.bincount(x.offer, dispatch * counted, minlength=len(offers.giver))
    by_giver = np.zeros(facts.opening.shape)
    np.add.at(by_giver, (offers.giver, offers.item), np.minimum(most, offered(facts)))
    giver, item = offers.giver[conditional], offers.item[conditional]
    others = by_giver.sum(axis=0)[item] - by_giver[giver, item]
    wanted = offers.if_others[conditional]
    stands = stands.copy()
    stands[conditional] = others >= wanted - 1e-6 * np.maximum(1.0, wanted)
    return np.where(stands[x.offer], dispatch, 0.0), stands


def _dispatched_so_far(layout: Layout, dispatch: FloatArray, limit: FloatArray) -> FloatArray:
    """(dispatch,) Units that have gone by this lane from this offer up to this column's period.

    No more than the columns so far, than the offer, and than what else limits it by then.
    """
    facts, x = layout.facts, layout.dispatches
    streams = len(facts.transfers.offer)
    so_far = _running(dispatch, x.transfer, x.period, streams, facts.periods)
    so_far = np.minimum(np.minimum(so_far, offered(facts)[x.offer]), limit)
    return _whole_grains(layout, so_far, x.column, x.units)


def _affordable_dispatches(layout: Layout) -> FloatArray:
    """(dispatch,) Units of a way up to this column's period that the money so far pays for."""
    facts, x = layout.facts, layout.dispatches
    money, most = money_by(facts), np.full(len(x.column), np.inf)
    for price, purpose, party in (
        (facts.transfers.unit_cost[x.transfer], HANDOVER, x.receiver),
        (facts.offers.compensation[x.offer], COMPENSATION, x.giver),
    ):
        costs = np.flatnonzero(price > 0)
        class_ = facts.funds.class_of[purpose, x.item[costs], party[costs]]
        most[costs] = np.minimum(most[costs], money[class_, x.period[costs]] / price[costs])
    return most


def _ordered_so_far(layout: Layout, order: FloatArray) -> FloatArray:
    """(order,) Units of this purchase ordered up to this column's period.

    No more than the columns so far, and than money pays for: what is ordered by t has cost, `offset`
    periods later, the shares of the price up to that offset.
    """
    facts, o, purchases = layout.facts, layout.orders, layout.facts.purchases
    so_far = _running(order, o.purchase, o.period, len(purchases.line), facts.periods)
    money, price = money_by(facts), purchases.price[o.purchase]
    class_ = facts.funds.class_of[ORDER, o.item, o.customer]
    for number, payments in enumerate(purchases.payments):
        mine = np.flatnonzero((purchases.terms[o.purchase] == number) & (price > 0))
        share = 0.0
        for offset, part in sorted(payments):
            share += float(part)
            if share > 0:
                when = np.minimum(o.period[mine] + offset, facts.periods - 1)
                affordable = money[class_[mine], when] / (price[mine] * share)
                so_far[mine] = np.minimum(so_far[mine], affordable)
    return _whole_grains(layout, so_far, o.column, o.units)


def money_by(facts: Facts) -> FloatArray:
    """(class, period) Money that can have been paid for a class of charges by a period.

    All releases so far of the funds that may pay it, of a fund that has stopped those until then.
    """
    funds, period = facts.funds, np.arange(facts.periods)
    released = np.cumsum(funds.released, axis=1)
    last = np.minimum(period[None, :], funds.stop[:, None] - 1)
    usable = np.where(last >= 0, np.take_along_axis(released, np.maximum(last, 0), axis=1), 0.0)
    return funds.pays.astype(np.float64) @ usable


def money_at(facts: Facts) -> FloatArray:
    """(class, period) Money that can be paid for a class of charges in a period alone."""
    funds, period = facts.funds, np.arange(facts.periods)
    open_ = period[None, :] < funds.stop[:, None]
    return funds.pays.astype(np.float64) @ (np.cumsum(funds.released, axis=1) * open_)


# ---- what a party can hand over


def _handed_so_far(layout: Layout, dispatch: FloatArray, limit: FloatArray) -> FloatArray:
    """(party, item, period) Units handed over by then: no more than the offers, and than a limit.

    A sum h with h[t] ≤ limit[t] that grows by at most c[t] in each period is, with C = Σ c, at most
    C[t] + min_{s≤t}(limit[s] - C[s]).
    """
    offered_so_far, growth = handed_by_offers(layout, dispatch)
    limit = np.minimum(offered_so_far, limit)
    return np.minimum(limit, growth + np.minimum.accumulate(limit - growth, axis=2))


def handed_by_offers(layout: Layout, dispatch: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(party, item, period) Units that offers let go by then, and what the columns alone let go."""
    facts, x, offers = layout.facts, layout.dispatches, layout.facts.offers
    count, periods = len(offers.giver), facts.periods
    each = binned(x.offer * periods + x.period, dispatch, count * periods)
    so_far = np.cumsum(each.reshape(count, periods), axis=1)
    shape, (parties, items) = facts.free.shape, facts.opening.shape
    pair = offers.giver * items + offers.item
    growth = row_sums(pair, so_far, parties * items).reshape(shape)
    so_far = np.minimum(so_far, offered(facts)[:, None])
    return row_sums(pair, so_far, parties * items).reshape(shape), growth


def _stock_least(facts: Facts, held: FloatArray) -> FloatArray:
    """(party, item, period) Units that floors make every plan keep.

    A role has floor - gap at least: what its other items cannot give this one must.
    """
    floors = facts.floors
    least = np.zeros_like(held)
    party = floors.party[floors.role_of[floors.part_role]]
    strength = held[party, floors.part_item] * floors.part_weight[:, None]
    together = row_sums(floors.part_role, strength, len(floors.role_of))
    kept = (floors.level - floors.gap_max)[floors.role_of]
    missing = kept[floors.part_role] - (together[floors.part_role] - strength)
    counts = np.flatnonzero((floors.part_weight > 0) & (missing > 0).any(axis=1))
    must = missing[counts] / floors.part_weight[counts][:, None]
    np.maximum.at(least, (party[counts], floors.part_item[counts]), must)
    return least


def _in_windows(facts: Facts, layout: Layout, upper: FloatArray) -> FloatArray:
    """(acceptance, period) Units that the columns let settle a debt so far."""
    y = layout.settlements
    most = np.zeros((len(facts.debts.accepting), facts.periods))
    most[y.subject, y.period] = upper[y.column]
    return np.cumsum(most, axis=1)


def settled(facts: Facts, y_most: FloatArray, came: FloatArray) -> FloatArray:
    """(account, period) Units of each debt that can have been settled by then.

    Of each accepted item no more than the columns let, and than has come.
    """
    debts = facts.debts
    party = debts.party[debts.accepting]
    most = np.minimum(y_most, came[party, debts.accepted]) * debts.rate[:, None]
    return row_sums(debts.accepting, most, len(debts.party))


def _limit_by_replacements(
    facts: Facts, spare: FloatArray, replaced: FloatArray, begun: FloatArray
) -> None:
    """Hand over no more than can be replaced in time (hard) or be under way (secured), in place.

    Hard: D[t] - ratio·(h[t] - h[t-within]) ≤ late + e ≤ E ≤ opening, and D = opening + ratio·h - Y:
    so ratio·h[t-within] ≤ Y[t]. Secured: D ≤ Σ rate·w + E with E ≤ opening: so ratio·h[t] ≤ Y[t] +
    Σ rate·w[t], and what has come and what is under way of an item is together what has begun.
    """
    debts, periods = facts.debts, facts.periods
    owes = debts.ratio > 0
    hard = np.flatnonzero(debts.hard & owes)
    later = np.arange(periods)[None, :] + debts.within[hard][:, None]
    most = np.take_along_axis(replaced[hard], np.minimum(later, periods - 1), axis=1)
    most = np.where(later < periods, most / debts.ratio[hard][:, None], np.inf)
    place = (debts.party[hard], debts.item[hard])
    spare[place] = np.minimum(spare[place], most)
    secured = np.flatnonzero(debts.secured & owes)
    if len(secured):
        party = debts.party[debts.accepting]
        under_way = begun[party, debts.accepted] * debts.rate[:, None]
        together = row_sums(debts.accepting, under_way, len(debts.party))
        place = (debts.party[secured], debts.item[secured])
        spare[place] = np.minimum(spare[place], together[secured] / debts.ratio[secured][:, None])


def _whole_grains(
    layout: Layout, units: FloatArray, column: IntArray, per_column: FloatArray
) -> FloatArray:
    """Round units down to what columns of whole grains come to; all of a stream have one grain."""
    grains = np.floor(units / per_column + _ROUNDING) * per_column
    return np.where(layout.whole[column], grains, units)


# ---- sums


def _running(
    values: FloatArray, stream: IntArray, period: IntArray, streams: int, periods: int
) -> FloatArray:
    """Sum up each stream of columns until each column's period."""
    dense = np.zeros((streams, periods))
    dense[stream, period] = values
    return np.cumsum(dense, axis=1)[stream, period]


def _increments(so_far: FloatArray, stream: IntArray) -> FloatArray:
    """Turn running sums of streams, one behind the other in time, back into what each adds."""
    before = np.zeros_like(so_far)
    same = stream[1:] == stream[:-1]
    before[1:][same] = so_far[:-1][same]
    return np.maximum(so_far - before, 0.0)


def sums_by_place(
    shape: tuple[int, ...], places: tuple[IntArray, IntArray, IntArray], values: FloatArray
) -> FloatArray:
    """(party, item, period) Sum up values by place."""
    flat = (places[0] * shape[1] + places[1]) * shape[2] + places[2]
    return binned(flat, values, int(np.prod(shape))).reshape(shape)


def binned(number: IntArray, values: FloatArray, count: int) -> FloatArray:
    """(count,) Sum up values that have the same number."""
    return np.bincount(number, values, minlength=count).astype(np.float64, copy=False)


def row_sums(number: IntArray, rows: FloatArray, count: int) -> FloatArray:
    """(count, period) Sum up rows that have the same number."""
    total = np.zeros((count, rows.shape[1]))
    if len(number):
        order = np.argsort(number, kind="stable")
        first = np.flatnonzero(np.diff(number[order], prepend=-1))
        total[number[order][first]] = np.add.reduceat(rows[order], first, axis=0)
    return total
