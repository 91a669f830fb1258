"""Whose money may pay what: funds, releases, earmarks, dues, burden keys (rules 10 and 11).

Charges are told apart by purpose, item and beneficiary. Those that the same funds may pay are one
`class`: the plan pays classes, and a class's payments are split over its charges afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.facts.names import Names
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import CHARGE_PURPOSES, Earmark

__all__ = ["Dues", "Funds", "find_burden_key", "find_dues", "find_funds"]

_PURPOSE = {purpose: number for number, purpose in enumerate(CHARGE_PURPOSES)}


@dataclass(frozen=True)
class Funds:
    """The funds: whose they are, what they get when, what they may pay."""

    owner: IntArray  # (fund,) party
    stop: IntArray  # (fund,) the period after the last one in which it pays
    released: FloatArray  # (fund, period) reporting currency
    class_of: IntArray  # (purpose, item, party) number of the class
    pays: BoolArray  # (class, fund)


@dataclass(frozen=True)
class Dues:
    """Charges that earlier decisions have made, within the plan."""

    purpose: IntArray  # (due,)
    item: IntArray  # (due,)
    party: IntArray  # (due,) beneficiary
    period: IntArray  # (due,)
    amount: FloatArray  # (due,) reporting currency


def find_funds(scenario: Scenario, names: Names) -> Funds:
    """Bring the funds into arrays and sort the charges into classes."""
    number = {row.fund: position for position, row in enumerate(scenario.funds)}
    calendar = scenario.calendar
    released = np.zeros((len(number), calendar.count))
    for row in scenario.releases:
        period = calendar.index(row.date)
        if period < calendar.count:
            rate = scenario.rate(scenario.funds[number[row.fund]].currency)
            released[number[row.fund], period] += float(row.amount * rate)
    class_of, pays = _classes(scenario, names)
    return Funds(
        owner=names.parties_of(row.party for row in scenario.funds),
        stop=np.array(
            [calendar.window(None, row.until).stop for row in scenario.funds], dtype=np.int64
        ),
        released=released,
        class_of=class_of,
        pays=pays,
    )


def _classes(scenario: Scenario, names: Names) -> tuple[IntArray, BoolArray]:
    """Find which funds may pay which charge; charges with the same funds are one class."""
    shape = (len(CHARGE_PURPOSES), len(names.items), len(names.parties))
    if not scenario.funds:
        return np.zeros(shape, dtype=np.int64), np.zeros((1, 0), dtype=np.bool_)
    earmarks: dict[str, list[Earmark]] = defaultdict(list)
    for row in scenario.earmarks:
        earmarks[row.fund].append(row)
    may = np.zeros((*shape, len(scenario.funds)), dtype=np.bool_)
    for position, fund in enumerate(scenario.funds):
        rows = earmarks[fund.fund]
        if not rows:
            may[..., position] = True
        for row in rows:
            purpose = slice(None) if row.purpose == "*" else _PURPOSE[row.purpose]
            item = slice(None) if row.item == "*" else names.item[row.item]
            party = slice(None) if row.party == "*" else names.party[row.party]
            may[purpose, item, party, position] = True
    flat = may.reshape(-1, len(scenario.funds))
    _, first, inverse = np.unique(
        np.packbits(flat, axis=1), axis=0, return_index=True, return_inverse=True
    )
    return inverse.reshape(shape).astype(np.int64), flat[first]


def find_dues(scenario: Scenario, names: Names) -> Dues:
    """Bring the dues into arrays; one after the last period never happens."""
    calendar = scenario.calendar
    rows = [row for row in scenario.dues if calendar.index(row.date) < calendar.count]
    return Dues(
        purpose=np.array([_PURPOSE[row.purpose] for row in rows], dtype=np.int64),
        item=names.items_of(row.item for row in rows),
        party=names.parties_of(row.party for row in rows),
        period=np.array([calendar.index(row.date) for row in rows], dtype=np.int64),
        amount=np.array([float(row.amount * scenario.rate(row.currency)) for row in rows]),
    )


def find_burden_key(scenario: Scenario) -> tuple[BoolArray, FloatArray]:
    """Tell which parties share the burden, and their shares of it; none where the keys sum to 0."""
    rows = scenario.parties
    counted = np.array([row.burden_key is not None for row in rows], dtype=np.bool_)
    total = sum(row.burden_key for row in rows if row.burden_key is not None)
    if not total:
        return np.zeros(len(rows), dtype=np.bool_), np.zeros(len(rows))
    return counted, np.array([float((row.burden_key or 0) / total) for row in rows])
