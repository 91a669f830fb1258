"""Decisions: the columns of a solution as quantities without solver dust, and payments by charge.

In: the layout and a solution. Out: arrays of what is dispatched, ordered, settled and served, whole
items whole, and for every charge of every period the funds that pay it in full.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.layout import Layout
from ringtausch.records.tables import CHARGE_PURPOSES

__all__ = ["Decisions", "PaymentSplit", "decide"]

#: A written plan holds nothing below this.
DUST = 1e-6
_DIGITS = 9
_FEW_DIGITS = 4
_NEARLY = 5e-7


@dataclass(frozen=True)
class PaymentSplit:
    """What a fund pays for one charge in one period; names by number, purpose as text."""

    fund: int
    purpose: str
    item: int
    party: int
    period: int
    amount: float  # reporting currency


@dataclass(frozen=True)
class Decisions:
    """Clean quantities in units of the items, in the order of the layout's columns."""

    dispatched: FloatArray
    ordered: FloatArray
    settled: FloatArray
    served: FloatArray
    payments: tuple[PaymentSplit, ...]


def decide(layout: Layout, columns: FloatArray, money_unit: float) -> Decisions:
    """Read the decisions off a solution."""
    x, o = layout.dispatches, layout.orders
    dispatched = _clean(layout, columns, x.column) * x.units
    ordered = _clean(layout, columns, o.column) * o.units
    quantities = np.zeros(layout.count)
    quantities[x.column] = dispatched / x.units
    quantities[o.column] = ordered / o.units
    return Decisions(
        dispatched=dispatched,
        ordered=ordered,
        settled=_clean(layout, columns, layout.settlements.column),
        served=_needed(layout, _clean(layout, columns, layout.fulfilments.column)),
        payments=_payments(layout, quantities, columns[layout.pay] * money_unit),
    )


def _clean(layout: Layout, columns: FloatArray, places: np.ndarray) -> FloatArray:
    """Round whole columns, drop dust, cut off digits that no solver stands for.

    What is nearly a number of few digits is that number: otherwise a debt of 1 settled by 0.9999999
    would count as late for ever.
    """
    values = columns[places]
    short = np.round(values, _FEW_DIGITS)
    values = np.where(np.abs(values - short) < _NEARLY, short, np.round(values, _DIGITS))
    values = np.where(layout.whole[places], np.round(columns[places]), values)
    return np.where(values < DUST, 0.0, values)


def _needed(layout: Layout, served: FloatArray) -> FloatArray:
    """Let no more serve a need than it asks for: what comes last beyond that serves nothing.

    A solver may leave either as it likes, since neither changes an objective or breaks a rule.
    """
    z, needs = layout.fulfilments, layout.facts.needs
    role, weight = needs.part_role[z.subject], needs.part_weight[z.subject]
    quantity = needs.quantity[needs.role_of]
    by_period = np.zeros((len(quantity), layout.facts.periods))
    np.add.at(by_period, (role, z.period), weight * served)
    so_far = np.cumsum(by_period, axis=1)
    served = served.copy()
    for place in np.flatnonzero(served > 0)[np.argsort(-z.period[served > 0], kind="stable")]:
        # an earlier unit is needed for as long as no later one has made it superfluous
        row, period = role[place], z.period[place]
        units = min(served[place], (so_far[row, period] - quantity[row]) / weight[place])
        if layout.whole[z.column[place]]:
            units = np.floor(units + _NEARLY)
        if units > DUST:
            served[place] -= units
            so_far[row, period:] -= units * weight[place]
    return np.where(served < DUST, 0.0, served)


def _payments(layout: Layout, quantities: FloatArray, paid: FloatArray) -> tuple[PaymentSplit, ...]:
    """Split what the funds pay for a class of charges over its charges, each paid in full.

    The charges are computed anew from the clean quantities; the funds' shares of a class's payments
    in a period are the solution's.
    """
    owed = _charges(layout, quantities)
    shares: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for place in np.flatnonzero(paid > 0):
        key = (int(layout.pay_class[place]), int(layout.pay_period[place]))
        shares[key].append((int(layout.pay_fund[place]), float(paid[place])))
    result: list[PaymentSplit] = []
    for key in sorted(owed):
        charges = owed[key]
        total = sum(amount for _, amount in charges)
        funds = _scaled(shares.get(key, []), total)
        for (purpose, item, party), fund, amount in _north_west(charges, funds):
            if amount >= DUST:
                name = CHARGE_PURPOSES[purpose]
                result.append(PaymentSplit(fund, name, item, party, key[1], amount))
    return tuple(result)


Charge = tuple[tuple[int, int, int], float]


def _charges(layout: Layout, quantities: FloatArray) -> dict[tuple[int, int], list[Charge]]:
    """Sum up the charges by class and period, each with purpose, item and beneficiary."""
    charges, dues, funds = layout.charges, layout.facts.dues, layout.facts.funds
    amounts: dict[tuple[int, int, int, int], float] = defaultdict(float)
    moved = np.flatnonzero(quantities[charges.column] > 0)
    for place in moved:
        key = (
            charges.period[place],
            charges.purpose[place],
            charges.item[place],
            charges.party[place],
        )
        amounts[key] += float(quantities[charges.column[place]] * charges.amount[place])
    for number in range(len(dues.amount)):
        due = (dues.period[number], dues.purpose[number], dues.item[number], dues.party[number])
        amounts[due] += float(dues.amount[number])
    owed: dict[tuple[int, int], list[Charge]] = defaultdict(list)
    for numbers, amount in sorted(amounts.items()):
        when, purpose, item, party = (int(number) for number in numbers)
        class_ = int(funds.class_of[purpose, item, party])
        owed[class_, when].append(((purpose, item, party), amount))
    return owed


def _scaled(funds: list[tuple[int, float]], total: float) -> list[tuple[int, float]]:
    """Bring the funds' payments to exactly the total, dropping what is only the solver's noise."""
    paid = sum(amount for _, amount in funds)
    kept = [(fund, amount) for fund, amount in funds if amount > 1e-7 * paid]
    paid = sum(amount for _, amount in kept)
    return [(fund, amount * total / paid) for fund, amount in kept]


def _north_west(
    charges: list[Charge], funds: list[tuple[int, float]]
) -> list[tuple[tuple[int, int, int], int, float]]:
    """Pay the charges one after the other from the funds one after the other."""
    result = []
    funds = list(funds)
    for charge, amount in charges:
        left = amount
        while left > 0 and funds:
            fund, has = funds[0]
            pays = left if len(funds) == 1 else min(left, has)
            result.append((charge, fund, pays))
            left -= pays
            if has - pays <= 1e-9 * max(1.0, has) and len(funds) > 1:
                funds.pop(0)
            else:
                funds[0] = (fund, has - pays)
    return result
