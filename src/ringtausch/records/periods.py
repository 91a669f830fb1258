"""Periods: the months, ISO weeks or quarters that a plan counts in (section "Time").

A date before the first period belongs to period 0; one after the last period is legal and has an
index of `count` or more, so that it never happens within the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, get_args

__all__ = ["NEVER", "Calendar", "PeriodKind", "period_kinds"]

PeriodKind = Literal["month", "week", "quarter"]

#: The opening day of a lane that was refused: no plan reaches it.
NEVER = date.max


def period_kinds() -> tuple[str, ...]:
    """List the kinds of period that a scenario may count in."""
    return get_args(PeriodKind)


@dataclass(frozen=True)
class Calendar:
    """Equal periods from the one that contains `start` on.

    Parameters
    ----------
    start
        The scenario's start; the first period begins at the first day of its month, ISO week or
        quarter.
    kind
        What a period is.
    count
        How many periods the plan has: horizon and settlement together.

    Examples
    --------
    >>> year = Calendar(date(2025, 7, 15), "month", 12)
    >>> year.index(date(2025, 9, 30)), year.first_day(0), year.label(2)
    (2, datetime.date(2025, 7, 1), '2025-09')
    >>> year.window(date(2025, 8, 1), None)
    range(1, 12)
    """

    start: date
    kind: PeriodKind
    count: int

    @cached_property
    def _origin(self) -> int:
        return self._number(self.start)

    def _number(self, day: date) -> int:
        """Number the periods of all time; only differences mean something."""
        if self.kind == "week":
            return (day.toordinal() - 1) // 7  # day 1 of the calendar was a Monday
        months = 12 * day.year + day.month - 1
        return months // 3 if self.kind == "quarter" else months

    def index(self, day: date) -> int:
        """Return the period that contains the day; before the start 0, after the end `count`+."""
        return max(0, self._number(day) - self._origin)

    def first_day(self, period: int) -> date:
        """Return the first day of a period."""
        number = self._origin + period
        if self.kind == "week":
            return date.fromordinal(7 * number + 1)
        months = 3 * number if self.kind == "quarter" else number
        return date(months // 12, months % 12 + 1, 1)

    def label(self, period: int) -> str:
        """Name a period for people: 2025-07, 2025-W27, 2025-Q3."""
        day = self.first_day(period)
        if self.kind == "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        if self.kind == "quarter":
            return f"{day.year}-Q{day.month // 3 + 1}"
        return f"{day.year}-{day.month:02}"

    def window(self, first: date | None, last: date | None) -> range:
        """Return the periods from the one of `first` through the one of `last`.

        Empty = no limit on that side. A last day earlier than the scenario's start closes the
        window, even where both lie in one period.
        """
        if last is not None and last < self.start:
            return range(0)
        begin = 0 if first is None else self.index(first)
        end = self.count if last is None else min(self.count, self.index(last) + 1)
        return range(min(begin, self.count), max(end, min(begin, self.count)))
