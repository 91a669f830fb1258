"""Sizes: how much more, how much sooner and how much money a single concession is about.

In: what the user wants, and dates, periods and rows of a scenario. Out: the same, moved by a size.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from ringtausch.records.periods import NEVER
from ringtausch.records.scenario import Scenario

__all__ = ["Sizes", "in_lots", "months_of", "moved", "periods_of"]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a single concession is.

    Parameters
    ----------
    units
        Units of an item or capability.
    months
        Calendar months that something comes sooner or may take longer.
    amount
        Money, in the reporting currency. None: what so many units cost of the dearest thing that
        the fund may pay for.

    Raises
    ------
    ValueError
        A size is not above 0.

    Examples
    --------
    >>> Sizes(months=3).units
    Decimal('1')
    """

    units: Decimal = Decimal(1)
    months: int = 1
    amount: Decimal | None = None

    def __post_init__(self) -> None:
        for name in ("units", "months", "amount"):
            size = getattr(self, name)
            if size is not None and not size > 0:
                raise ValueError(f"{name} {size} is not above 0")


def in_lots(units: Decimal, lot: Decimal | None) -> Decimal:
    """Return units as whole lots, where there is a lot.

    Examples
    --------
    >>> in_lots(Decimal(6), Decimal(5)), in_lots(Decimal(6), None)
    (Decimal('10'), Decimal('6'))
    """
    if not lot:
        return units
    return (units / lot).to_integral_value(ROUND_CEILING) * lot


def moved(day: dt.date, months: int) -> dt.date:
    """Return the same day some calendar months later, or sooner; the last of a shorter month.

    Examples
    --------
    >>> moved(dt.date(2025, 12, 31), -1), moved(dt.date(2025, 12, 31), 2)
    (datetime.date(2025, 11, 30), datetime.date(2026, 2, 28))
    """
    if day == NEVER:
        return day
    number = 12 * day.year + day.month - 1 + months
    if not 12 <= number < 12 * 9999 + 12:
        return dt.date.min if months < 0 else dt.date(9999, 12, 1)
    year, month = number // 12, number % 12 + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def periods_of(months: int, scenario: Scenario) -> int:
    """Return months as periods of a scenario: four weeks each, and quarters rounded up."""
    if scenario.period == "week":
        return 4 * months
    return months if scenario.period == "month" else -(-months // 3)


def months_of(periods: int, scenario: Scenario) -> float:
    """Return periods of a scenario as months, a week being a quarter of one."""
    per_period = {"week": 0.25, "month": 1.0, "quarter": 3.0}[scenario.period]
    return periods * per_period
