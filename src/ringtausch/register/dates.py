"""Rule 2 of the register: days, months, quarters and years as people say them.

In: texts such as `2025-07-14`, `2025-07`, `2025-Q3` and `2025`. Out: the day they stand for, which is the
last one, or the day of recording where that is earlier. A text is kept as it was said: nothing is rounded.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from functools import lru_cache

from ringtausch.language import _

__all__ = [
    "NEVER",
    "day_of",
    "end_of_day",
    "first_day",
    "instant",
    "last_day",
    "recorded_day",
    "wrong_date",
]

#: A day before all others, where none is known.
NEVER = date.min

_SHAPE = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])))?")


def wrong_date(text: str) -> str | None:
    """Say what is wrong with a date, None where it is a day, month, quarter or year.

    Examples
    --------
    >>> wrong_date("2025-Q3"), wrong_date("2025-07")
    (None, None)
    >>> wrong_date("2025-13-01")
    '"2025-13-01" is no date; write a day (2025-07-14), a month (2025-07), a quarter (2025-Q3) or a year (2025)'
    """
    try:
        last_day(text)
    except ValueError:
        return _(
            '"{text}" is no date; write a day (2025-07-14), a month (2025-07), a quarter'
            " (2025-Q3) or a year (2025)"
        ).format(text=text)
    return None


@lru_cache(maxsize=8192)
def last_day(text: str) -> date:
    """Return the last day that a text stands for.

    Raises
    ------
    ValueError
        The text is no date.

    Examples
    --------
    >>> last_day("2025-Q3"), last_day("2024-02"), last_day("2025")
    (datetime.date(2025, 9, 30), datetime.date(2024, 2, 29), datetime.date(2025, 12, 31))
    """
    return _days(text)[1]


@lru_cache(maxsize=8192)
def first_day(text: str) -> date:
    """Return the first day that a text stands for.

    Examples
    --------
    >>> first_day("2025-Q3")
    datetime.date(2025, 7, 1)
    """
    return _days(text)[0]


def _days(text: str) -> tuple[date, date]:
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise ValueError(text)
    year, month, day, quarter = shape.groups()
    if day is not None:
        one = date(int(year), int(month), int(day))
        return one, one
    if month is not None:
        first, last = int(month), int(month)
    elif quarter is not None:
        first, last = 3 * int(quarter) - 2, 3 * int(quarter)
    else:
        first, last = 1, 12
    return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])


def day_of(text: str, recorded_at: str) -> date:
    """Return the day a text of a statement stands for: its last, or the day of recording if earlier.

    Examples
    --------
    >>> day_of("2025-07", "2025-07-20T10:00:00.000000Z")
    datetime.date(2025, 7, 20)
    """
    return min(last_day(text), recorded_day(recorded_at))


@lru_cache(maxsize=8192)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def recorded_day(recorded_at: str) -> date:
    """Return the day (UTC) of a time of recording."""
    return _day(recorded_at[:10])


def instant(moment: datetime) -> str:
    """Write a moment the way times of recording are written, so that texts compare like times.

    Examples
    --------
    >>> instant(datetime(2025, 7, 20, 10, tzinfo=UTC))
    '2025-07-20T10:00:00.000000Z'
    """
    text = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return text.removesuffix("+00:00") + "Z"


def end_of_day(day: date) -> str:
    """Write the last moment of a day: what a known-at date means (rule 1).

    Examples
    --------
    >>> end_of_day(date(2025, 7, 20))
    '2025-07-20T23:59:59.999999Z'
    """
    return f"{day.isoformat()}T23:59:59.999999Z"
