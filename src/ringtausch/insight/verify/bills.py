"""Charges: what the decisions and the dues of the scenario make payable (rule 10, first half).

In: facts and decisions. Out: one bill per purpose, item, beneficiary and period, in the reporting
currency, with the rows that made it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ringtausch.insight.verify.decisions import Decisions, Dispatched, Ordered
from ringtausch.insight.verify.facts import Facts
from ringtausch.insight.verify.violation import Place

__all__ = ["Bill", "ChargeKey", "bills_of"]


class ChargeKey(NamedTuple):
    """What a charge is for, who benefits, and when it is to be paid."""

    purpose: str
    item: str
    party: str
    period: int


@dataclass(slots=True)
class Bill:
    """What is to be paid, and the rows that made it so."""

    amount: float = 0.0  # reporting currency
    made_by: list[Place] = field(default_factory=list)


Bills = dict[ChargeKey, Bill]


def bills_of(facts: Facts, decisions: Decisions) -> Bills:
    """Make the bills of orders, hand-overs, compensations and dues."""
    bills: Bills = {}
    for order in decisions.orders:
        _order(facts, order, bills)
    for sent in decisions.dispatches:
        _dispatch(facts, sent, bills)
    for due in facts.scenario.dues:
        period = facts.calendar.index(due.date)
        if period < facts.count:  # what falls due after the last period never happens
            amount = facts.money(due.amount, due.currency)
            key = ChargeKey(due.purpose, due.item, due.party, period)
            _add(bills, key, amount, Place("dues.csv", due.line))
    return bills


def _add(bills: Bills, key: ChargeKey, amount: float, place: Place) -> None:
    if amount > 0:
        bill = bills.setdefault(key, Bill())
        bill.amount += amount
        bill.made_by.append(place)


def _order(facts: Facts, order: Ordered, bills: Bills) -> None:
    supply = order.supply
    if supply is None:
        return
    for offset, share in supply.payments:
        # What the plan would pay after the last period falls in the last period.
        period = min(order.period + offset, facts.count - 1)
        amount = facts.money(supply.price * share, supply.currency) * order.quantity
        key = ChargeKey("order", order.item, order.customer, period)
        _add(bills, key, amount, order.place)


def _dispatch(facts: Facts, sent: Dispatched, bills: Bills) -> None:
    if sent.lane is not None:
        amount = facts.money(sent.lane.unit_cost, sent.lane.currency) * sent.quantity
        _add(bills, ChargeKey("handover", sent.item, sent.to, sent.period), amount, sent.place)
    if sent.offer is not None:
        offer = sent.offer
        amount = facts.money(offer.compensation, offer.currency) * sent.quantity
        key = ChargeKey("compensation", sent.item, sent.from_, sent.period)
        _add(bills, key, amount, sent.place)
