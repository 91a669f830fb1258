"""What is owed and on which terms: assurances, opening debts, what is accepted (rules 6, 7, 12)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.facts.names import Names
from ringtausch.records.scenario import Scenario

__all__ = ["Debts", "find_debts"]


@dataclass(frozen=True)
class Debts:
    """The accounts of what is owed: a party and an item with an assurance or a debt row."""

    party: IntArray  # (account,)
    item: IntArray  # (account,)
    ratio: FloatArray  # (account,) units owed per unit handed over; 0 without an assurance
    within: IntArray  # (account,) periods
    weight: FloatArray  # (account,) of a unit-period late
    hard: BoolArray  # (account,)
    secured: BoolArray  # (account,)
    opening: FloatArray  # (account,) units owed at the start
    not_due: FloatArray  # (account, period) units of the opening debts whose due period is later
    #: Which account accepts which item at which rate: (acceptance,) each.
    accepting: IntArray
    accepted: IntArray
    rate: FloatArray


def find_debts(scenario: Scenario, names: Names) -> Debts:
    """Open an account for every party and item with an assurance or a debt row."""
    terms = {(row.party, row.item): row for row in scenario.assurances}
    keys = list(dict.fromkeys([*terms, *((row.party, row.item) for row in scenario.debts)]))
    account = {key: number for number, key in enumerate(keys)}
    calendar = scenario.calendar
    not_due = np.zeros((len(keys), calendar.count))
    opening = np.zeros(len(keys))
    for row in scenario.debts:
        number = account[row.party, row.item]
        opening[number] += float(row.quantity)
        not_due[number, : calendar.index(row.due)] += float(row.quantity)
    rows = [terms.get(key) for key in keys]
    accepts = {(number, item): 1.0 for number, (_, item) in enumerate(keys)}
    for exchange in scenario.exchange:
        taker = account.get((exchange.party, exchange.given))
        if taker is not None:
            accepts[taker, exchange.accepted] = float(exchange.rate)
    return Debts(
        party=names.parties_of(party for party, _ in keys),
        item=names.items_of(item for _, item in keys),
        ratio=np.array([float(row.ratio) if row else 0.0 for row in rows]),
        within=np.array([row.within if row else 0 for row in rows], dtype=np.int64),
        weight=np.array([float(row.weight) if row else 1.0 for row in rows]),
        hard=np.array([bool(row and row.hard) for row in rows], dtype=np.bool_),
        secured=np.array([bool(row and row.secured) for row in rows], dtype=np.bool_),
        opening=opening,
        not_due=not_due,
        accepting=np.array([number for number, _ in accepts], dtype=np.int64),
        accepted=names.items_of(item for _, item in accepts),
        rate=np.array(list(accepts.values())),
    )
