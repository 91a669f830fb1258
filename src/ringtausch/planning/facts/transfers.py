"""What may be handed over: each offer with each lane that it can take (rules 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray, grain_of
from ringtausch.planning.facts.names import Names
from ringtausch.records.matching import LaneFinder
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Lane, Offer

__all__ = ["Offers", "Transfers", "find_offers", "find_transfers"]


@dataclass(frozen=True)
class Offers:
    """The offers, each with what limits it as a whole."""

    giver: IntArray  # (offer,) party
    item: IntArray  # (offer,)
    quantity: FloatArray  # (offer,) units, 0 or more
    grain: FloatArray  # (offer,) units; 0 = any quantity
    if_others: FloatArray  # (offer,) units that others must dispatch; 0 = unconditional
    compensation: FloatArray  # (offer,) reporting currency per unit


@dataclass(frozen=True)
class Transfers:
    """The ways an offer can go: an offer, a receiver, and the periods in which both allow it."""

    offer: IntArray  # (transfer,)
    receiver: IntArray  # (transfer,) party
    first: IntArray  # (transfer,) period of the first possible dispatch
    stop: IntArray  # (transfer,) period after the last one
    lead: IntArray  # (transfer,) periods from dispatch to arrival
    capacity: FloatArray  # (transfer,) units per period on the lane; inf = no limit
    unit_cost: FloatArray  # (transfer,) reporting currency per unit


def find_offers(scenario: Scenario, names: Names, indivisible: BoolArray) -> Offers:
    """Bring the offers into arrays."""
    rows = scenario.offers
    item = names.items_of(row.item for row in rows)
    return Offers(
        giver=names.parties_of(row.party for row in rows),
        item=item,
        quantity=np.array([float(row.quantity) for row in rows]),
        grain=np.array(
            [
                grain_of(row.lot, indivisible=bool(whole))
                for row, whole in zip(rows, indivisible[item], strict=True)
            ]
        ),
        if_others=np.array([float(row.if_others or 0) for row in rows]),
        compensation=np.array(
            [float(row.compensation * scenario.rate(row.currency)) for row in rows]
        ),
    )


def find_transfers(scenario: Scenario, names: Names) -> Transfers:
    """Match each offer with the lanes that it can take within the plan.

    From the horizon on no party dispatches an item for which it holds an assurance.
    """
    finder = LaneFinder(scenario.lanes)
    assured = {(row.party, row.item) for row in scenario.assurances}
    everyone = [row.party for row in scenario.parties]
    found: list[tuple[int, int, int, int, int, float, float]] = []
    for number, offer in enumerate(scenario.offers):
        last = scenario.horizon if (offer.party, offer.item) in assured else None
        for receiver in everyone if offer.to == "*" else (offer.to,):
            lane = finder.find(offer.party, receiver, offer.item)
            if lane is None:
                continue
            first, stop = _window(scenario, offer, lane, last)
            if first < stop:
                capacity = float("inf") if lane.capacity is None else float(lane.capacity)
                cost = float(lane.unit_cost * scenario.rate(lane.currency))
                party = names.party[receiver]
                found.append((number, party, first, stop, lane.lead, capacity, cost))
    columns = list(zip(*found, strict=True)) or [()] * 7
    offers, receivers, first_, stop_, lead = (
        np.array(column, dtype=np.int64) for column in columns[:5]
    )
    capacities, costs = (np.array(column, dtype=np.float64) for column in columns[5:])
    return Transfers(offers, receivers, first_, stop_, lead, capacities, costs)


def _window(scenario: Scenario, offer: Offer, lane: Lane, last: int | None) -> tuple[int, int]:
    """Intersect willingness, consent, the horizon and the need to arrive within the plan."""
    calendar = scenario.calendar
    willing = calendar.window(offer.from_, offer.until)
    open_ = calendar.window(lane.opens, lane.until)
    stop = min(willing.stop, open_.stop, calendar.count - lane.lead)
    return max(willing.start, open_.start), stop if last is None else min(stop, last)
