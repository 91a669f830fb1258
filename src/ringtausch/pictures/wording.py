"""Numbers, money, periods and lists as a reader sees them: thin spaces, units, no false exactness.

In: plain numbers and names. Out: text, not yet escaped. It knows no plan and no mark-up.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ringtausch.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.records import Scenario

__all__ = [
    "THIN",
    "clean",
    "dates",
    "isolate",
    "joined",
    "money",
    "number",
    "per_cent",
    "periods",
    "shorten",
    "span",
    "when",
]

#: Between groups of digits, and between a number and its unit: narrow, and never broken.
THIN = "\u202f"
_MINUS = "\u2212"
_BILLION = 1e9
_MILLION = 1e6
_NAMES_AT_MOST = 4


def number(value: float, decimals: int = 2) -> str:
    """Write a number with thin groups of three and no more decimals than it needs.

    Examples
    --------
    >>> number(12345.5).replace(THIN, " "), number(-0.001), number(3.0)
    ('12 345.5', '0', '3')
    """
    rounded = round(float(value), decimals)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", THIN)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _MINUS + text if rounded < 0 else text


def money(amount: float, currency: str) -> str:
    """Write an amount in millions or billions, as one says it.

    Examples
    --------
    >>> money(2.344e9, "EUR").replace(THIN, " "), money(950.4, "EUR").replace(THIN, " ")
    ('EUR 2.34 bn', 'EUR 950')
    """
    size = abs(amount)
    if size >= _BILLION * 0.9995:
        text = number(amount / _BILLION) + THIN + _("bn")
    elif size >= _MILLION * 0.9995:
        text = number(amount / _MILLION, 1 if size >= 10 * _MILLION else 2) + THIN + _("m")
    else:
        text = number(amount, 0)
    return f"{currency}{THIN}{text}"


def per_cent(share: float) -> str:
    """Write a share of one as per cent, one decimal below ten.

    Examples
    --------
    >>> per_cent(0.0342).replace(THIN, " "), per_cent(0.5).replace(THIN, " ")
    ('3.4 %', '50 %')
    """
    return number(100 * share, 1 if abs(share) < 0.1 else 0) + THIN + "%"


def periods(scenario: Scenario, count: int) -> str:
    """Count periods in words: 1 month, 3 weeks."""
    if count == 1:
        one = {"month": _("1 month"), "week": _("1 week"), "quarter": _("1 quarter")}
        return one[scenario.period]
    many = {"month": _("{n} months"), "week": _("{n} weeks"), "quarter": _("{n} quarters")}
    return many[scenario.period].format(n=number(count))


def when(scenario: Scenario, period: int) -> str:
    """Name a period in running text: July 2025, week 27 of 2025, quarter 3 of 2025."""
    day = scenario.calendar.first_day(period)
    if scenario.period == "week":
        year, week, _day = day.isocalendar()
        return _("week {week} of {year}").format(week=week, year=year)
    if scenario.period == "quarter":
        return _("quarter {n} of {year}").format(n=day.month // 3 + 1, year=day.year)
    months = _(
        "January February March April May June July August September October November December"
    )
    return f"{months.split()[day.month - 1]} {day.year}"


def span(scenario: Scenario, found: Sequence[int]) -> str:
    """Say from when to when in running text, from the periods found (at least one)."""
    first, last = min(found), max(found)
    if first == last:
        return _("in {period}").format(period=when(scenario, first))
    return _("from {first} to {last}").format(
        first=when(scenario, first), last=when(scenario, last)
    )


def dates(scenario: Scenario, found: Sequence[int]) -> str:
    """Say from when to when in labels: 2025-09 – 2026-03."""
    first, last = scenario.calendar.label(min(found)), scenario.calendar.label(max(found))
    return first if first == last else f"{first} – {last}"


def joined(names: Sequence[str], most: int = _NAMES_AT_MOST) -> str:
    """Join names as a sentence does; beyond `most` the rest is counted, two at least.

    Examples
    --------
    >>> joined(["A"]), joined(["A", "B", "C"]), joined(["A", "B", "C", "D"], most=2)
    ('A', 'A, B and C', 'A, B and 2 more')
    """
    if not names:
        return ""
    shown = list(names)
    if len(shown) > most + 1:  # "and 1 more" would be no shorter than the name
        shown = [*shown[:most], _("{n} more").format(n=number(len(names) - most))]
    if len(shown) == 1:
        return shown[0]
    return _("{names} and {last}").format(names=", ".join(shown[:-1]), last=shown[-1])


def shorten(text: str, most: int) -> str:
    """Cut a text to so many characters, the last one an ellipsis.

    Examples
    --------
    >>> shorten("Patriot fire unit", 8)
    'Patriot…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def clean(text: str) -> str:
    r"""Drop what a reader cannot see and XML may not hold: control characters, surrogates.

    Examples
    --------
    >>> clean("a\x00b\n c")
    'ab c'
    """
    kept = (" " if c.isspace() else c for c in text if c.isspace() or _visible(c))
    return " ".join("".join(kept).split())


def _visible(char: str) -> bool:
    # Joiners are part of how Persian or Hindi words and many emoji are written.
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn"} or char in "\u200c\u200d"


def isolate(text: str) -> str:
    """Keep a right-to-left name from turning the words around it.

    Examples
    --------
    >>> isolate("Norway") == "Norway", len(isolate("\u05d0\u05d1"))
    (True, 4)
    """
    if any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in text):
        return f"\u2068{text}\u2069"
    return text
