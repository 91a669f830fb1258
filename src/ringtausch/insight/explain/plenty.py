"""Amounts that never bind: how much of a thing, and how much money, is enough for any plan.

In: a scenario. Out: two powers of ten that follow from its rows alone, so that a release written down
today is the same tomorrow. They are finite, because an edit writes a number and the solver reads it.
"""

from __future__ import annotations

from decimal import Decimal

from ringtausch.planning.relaxing import dearest_unit
from ringtausch.records import Scenario

__all__ = ["plenty_of_money", "plenty_of_units"]

#: Money is written with at most so many digits before the point.
_MOST_MONEY = Decimal(10) ** 14


def plenty_of_units(scenario: Scenario) -> Decimal:
    """Return a number of units that no plan could use up.

    It is the power of ten at or above r·(1 + stocks + arrivals + debts + (needs + floors) / w): all
    quantities of these tables added up, w the least weight above 0 in `capabilities` (1 where it is
    higher), r the largest of 1, each assurance's ratio and one over each exchange's rate.

    Examples
    --------
    >>> from datetime import date
    >>> plenty_of_units(Scenario(name="none", start=date(2025, 7, 1), period="month", horizon=1,
    ...                          settlement=0, currency="EUR"))
    Decimal('1')
    """
    one = Decimal(1)
    held = sum(
        row.quantity for name in ("stocks", "arrivals", "debts") for row in scenario.rows(name)
    )
    asked = sum(row.quantity for name in ("needs", "floors") for row in scenario.rows(name))
    least = min([one, *(row.weight for row in scenario.capabilities if row.weight > 0)])
    factors = [one, *(row.ratio for row in scenario.assurances)]
    factors += [1 / row.rate for row in scenario.exchange if row.rate > 0]
    return _power_of_ten((1 + held + asked / least) * max(factors))


def plenty_of_money(scenario: Scenario) -> Decimal:
    """Return an amount, in whatever currency, that pays for whatever a plan could buy.

    It is the power of ten at or above (plenty of units · the dearest charge of a unit + all dues) in
    reporting currency, divided by the least rate of exchange (1 where it is higher), at most 10^14.
    """
    rates = [Decimal(1), *scenario.fx.values()]
    dues = sum(row.amount * scenario.rate(row.currency) for row in scenario.dues)
    wanted = plenty_of_units(scenario) * dearest_unit(scenario) + dues
    return min(_power_of_ten(max(Decimal(1), wanted / min(rates))), _MOST_MONEY)


def _power_of_ten(amount: Decimal) -> Decimal:
    power = Decimal(1)
    while power < amount:
        power *= 10
    return power
