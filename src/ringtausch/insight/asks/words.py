"""How asks write names, quantities, money and months in running text.

In: a scenario, and plain numbers. Out: pieces of sentences. No plan is known here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ringtausch.insight.asks.sizes import months_of
from ringtausch.language import _, ngettext
from ringtausch.records.scenario import Scenario

__all__ = ["Words", "joined", "number"]


def number(value: float | Decimal, decimals: int = 2) -> str:
    """Write a number with no more decimals than it needs.

    Examples
    --------
    >>> number(12345.5), number(3.0), number(-0.001)
    ('12,345.5', '3', '0')
    """
    text = f"{round(float(value), decimals):,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def joined(parts: Sequence[str]) -> str:
    """Join parts as a sentence does.

    Examples
    --------
    >>> joined(["a"]), joined(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    if len(parts) < 2:
        return "".join(parts)
    return _("{names} and {last}").format(names=", ".join(parts[:-1]), last=parts[-1])


@dataclass(frozen=True)
class Words:
    """The names of a scenario as people say them."""

    scenario: Scenario

    @cached_property
    def _parties(self) -> dict[str, str]:
        return {row.party: row.name or row.party for row in self.scenario.parties}

    @cached_property
    def _items(self) -> dict[str, str]:
        return {row.item: row.name or row.item for row in self.scenario.items}

    def party(self, party: str) -> str:
        """Name a party, a supplier, or every giver."""
        if party == "*":
            return _("every giver")
        return self._parties.get(party, party)

    def item(self, item: str) -> str:
        """Name an item or a capability; `*` is every one."""
        return _("every item") if item == "*" else self._items.get(item, item)

    def units(self, quantity: float | Decimal, item: str) -> str:
        """Write a quantity of an item or a capability."""
        return f"{number(quantity)} {self.item(item)}"

    def money(self, amount: float | Decimal, currency: str = "") -> str:
        """Write an amount, in millions where it is large.

        Examples
        --------
        >>> from ringtausch.records.scenario import Scenario
        >>> empty = Scenario(name="", start=dt.date(2025, 1, 1), period="month", horizon=1,
        ...                  settlement=0, currency="EUR")
        >>> Words(empty).money(3_250_000), Words(empty).money(900, "USD")
        ('EUR 3.25 million', 'USD 900')
        """
        code = currency or self.scenario.currency
        if abs(float(amount)) >= 999_500:
            return _("{currency} {amount} million").format(
                currency=code, amount=number(float(amount) / 1e6)
            )
        return f"{code} {number(amount)}"

    def day(self, day: dt.date | None, otherwise: str) -> str:
        """Name the period of a day."""
        return otherwise if day is None else self.period(self.scenario.calendar.index(day))

    def period(self, period: int) -> str:
        """Name a period: October 2025, week 40 of 2025, quarter 4 of 2025."""
        day = self.scenario.calendar.first_day(period)
        if self.scenario.period == "week":
            year, week, _day = day.isocalendar()
            return _("week {week} of {year}").format(week=week, year=year)
        if self.scenario.period == "quarter":
            return _("quarter {n} of {year}").format(n=day.month // 3 + 1, year=day.year)
        months = _(
            "January February March April May June July August September October November December"
        )
        return f"{months.split()[day.month - 1]} {day.year}"

    def periods(self, count: float) -> str:
        """Count periods as months."""
        return self.months(months_of(1, self.scenario) * count)

    def months(self, months: float) -> str:
        """Count months."""
        return ngettext("{n} month", "{n} months", 1 if months == 1 else 2).format(n=number(months))

    def unit_periods(self, amount: float) -> str:
        """Write units times periods as unit-months."""
        months = months_of(1, self.scenario) * amount
        shown = number(months)
        return ngettext("{n} unit-month", "{n} unit-months", 1 if shown == "1" else 2).format(
            n=shown
        )
