"""Words of explanations: numbers, days, periods and money as one says them.

In: plain values of rows. Out: text in the user's own names.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from ringtausch.language import _, ngettext
from ringtausch.records import Scenario
from ringtausch.records.columns import decimal_text
from ringtausch.records.periods import NEVER
from ringtausch.records.tables import Lane

__all__ = [
    "amount_text",
    "anyone",
    "day_text",
    "days_text",
    "free_name",
    "lane_text",
    "number_text",
    "opening_text",
    "periods_text",
    "quantity_text",
    "unit_periods",
    "when_text",
]


def number_text(value: float, decimals: int = 2) -> str:
    """Write a number with groups of three and no more decimals than it needs.

    Examples
    --------
    >>> number_text(12345.5), number_text(3.0), number_text(0.004, 2)
    ('12,345.5', '3', '0.004')
    """
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{value:.3g}" if text in {"0", "-0"} and value else text


def quantity_text(value: Decimal | None) -> str:
    """Write a quantity of a row."""
    return "" if value is None else decimal_text(value)


def amount_text(value: Decimal | float, currency: str, scenario: Scenario) -> str:
    """Write an amount of money in millions or billions, as one says it.

    Examples
    --------
    >>> sc = Scenario(name="none", start=date(2025, 7, 1), period="month", horizon=1,
    ...               settlement=0, currency="EUR")
    >>> amount_text(Decimal(344_000_000), "", sc), amount_text(950, "USD", sc)
    ('EUR 344 m', 'USD 950')
    """
    amount, unit = float(value), currency or scenario.currency
    if abs(amount) >= 999_500_000:
        return _("{unit} {n} bn").format(unit=unit, n=number_text(amount / 1e9))
    if abs(amount) >= 999_500:
        return _("{unit} {n} m").format(unit=unit, n=number_text(amount / 1e6))
    return f"{unit} {number_text(amount)}"


def anyone(party: str) -> str:
    """Name a party of a row, and what a wildcard stands for."""
    return _("anyone") if party == "*" else party


def lane_text(lane: Lane) -> str:
    """Name a lane: what goes from whom to whom.

    Examples
    --------
    >>> lane_text(Lane(from_="*", to="UKR", item="*"))
    'anything from anyone to UKR'
    """
    return _("{item} from {giver} to {receiver}").format(
        item=_("anything") if lane.item == "*" else lane.item,
        giver=anyone(lane.from_),
        receiver=anyone(lane.to),
    )


def when_text(scenario: Scenario, period: int) -> str:
    """Name a period: 2025-07, 2025-W27, 2025-Q3."""
    return scenario.calendar.label(period)


def day_text(scenario: Scenario, day: date) -> str:
    """Name the period of a day; one that no plan reaches by its date."""
    period = scenario.calendar.index(day)
    return when_text(scenario, period) if period < scenario.calendar.count else day.isoformat()


def opening_text(scenario: Scenario, day: date) -> str:
    """Say when something opens, or that it never does."""
    if day == NEVER:
        return _("refused")
    return _("open from {when}").format(when=day_text(scenario, day))


def days_text(scenario: Scenario, first: date | None, last: date | None) -> list[str]:
    """Say within which window something stands; nothing where there is no limit that binds."""
    limits = []
    if first is not None and scenario.calendar.index(first) > 0:
        limits.append(_("from {when}").format(when=day_text(scenario, first)))
    if last is not None:
        limits.append(_("until {day}").format(day=last))
    return limits


def periods_text(scenario: Scenario, count: int) -> str:
    """Count periods in words."""
    if scenario.period == "week":
        return ngettext("{n} week", "{n} weeks", count).format(n=count)
    if scenario.period == "quarter":
        return ngettext("{n} quarter", "{n} quarters", count).format(n=count)
    return ngettext("{n} month", "{n} months", count).format(n=count)


def unit_periods(scenario: Scenario, amount: float = 0) -> str:
    """Name what unmet needs, gaps and late replacements are counted in."""
    if amount == 1:
        one = {"month": _("unit-month"), "week": _("unit-week"), "quarter": _("unit-quarter")}
        return one[scenario.period]
    names = {"month": _("unit-months"), "week": _("unit-weeks"), "quarter": _("unit-quarters")}
    return names[scenario.period]


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that is not taken yet.

    Examples
    --------
    >>> free_name("GRC-gun", {"GRC-gun", "GRC-gun-2"})
    'GRC-gun-3'
    """
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
