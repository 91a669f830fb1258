"""What the decisions move, added up by party, item and period.

In: decisions. Out: series over the periods of the plan. What would arrive after the last period
does not arrive; the rules on lanes and production say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from ringtausch.insight.verify.decisions import Decisions
from ringtausch.insight.verify.facts import Facts, Pair, Series
from ringtausch.insight.verify.violation import Place

__all__ = ["Flows", "add_up"]

Key = TypeVar("Key", Pair, str)


@dataclass(frozen=True, slots=True)
class Flows:
    """Series over the periods; a pair that nothing moves has none."""

    sent: dict[Pair, Series] = field(default_factory=dict)  # units that a party dispatches
    by_lanes: dict[Pair, Series] = field(default_factory=dict)  # units that lanes bring
    by_orders: dict[Pair, Series] = field(default_factory=dict)  # units that orders bring
    repaid: dict[Pair, Series] = field(default_factory=dict)  # units of the item owed
    serving: dict[Pair, Series] = field(default_factory=dict)  # units put to needs in a period
    served: dict[str, dict[str, Series]] = field(default_factory=dict)  # by need and item
    senders: dict[Pair, dict[int, list[Place]]] = field(default_factory=dict)  # who sent, where


def add_up(facts: Facts, decisions: Decisions) -> Flows:
    """Add the decisions up."""
    flows = Flows()

    def add(series: dict[Key, Series], key: Key, period: int, quantity: float) -> None:
        if 0 <= period < facts.count:
            series.setdefault(key, facts.zeros())[period] += quantity

    for sent in decisions.dispatches:
        pair = (sent.from_, sent.item)
        add(flows.sent, pair, sent.period, sent.quantity)
        add(flows.by_lanes, (sent.to, sent.item), sent.arrives, sent.quantity)
        flows.senders.setdefault(pair, {}).setdefault(sent.period, []).append(sent.place)
    for order in decisions.orders:
        add(flows.by_orders, (order.customer, order.item), order.delivered, order.quantity)
    for paid in decisions.settlements:
        rate = facts.rates(paid.party, paid.item).get(paid.accepted, 0.0)
        add(flows.repaid, (paid.party, paid.item), paid.period, rate * paid.quantity)
    for served in decisions.fulfilments:
        add(flows.serving, (served.need.party, served.item), served.period, served.quantity)
        add(
            flows.served.setdefault(served.need.need, {}),
            served.item,
            served.period,
            served.quantity,
        )
    return flows
