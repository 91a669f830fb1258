"""Rows of the public-facts tables: their sources, dates, quantities, money and items.

In: the CSV files. Out: plain values for statements. Notes are never read, nor what a title says of places
or where items are: only countries and organisations come in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ringtausch.exchange.kiel_cells import slug
from ringtausch.language import _
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.register.ranges import ITEM_SCALE, MONEY_SCALE, UNKNOWN, Range
from ringtausch.register.statement import Source

__all__ = [
    "TableRow",
    "day_in",
    "item_of",
    "millions",
    "money_in",
    "publisher_of",
    "quantity_in",
    "read_rows",
    "source_of",
]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, with its line."""

    table: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column].strip()

    @property
    def name(self) -> str:
        """What the row is called in its table."""
        return self["ring_id" if "ring_id" in self.cells else "row_id"]


def read_rows(folder: Path, table: str, needed: tuple[str, ...]) -> list[TableRow]:
    """Read one table, which has to have some columns.

    Raises
    ------
    InvalidInput
        It is not there, or a column is missing.
    """
    path = folder / f"{table}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = sorted(set(needed) - set(reader.fieldnames or ()))
            if missing:
                message = _("has no column {names}").format(names=", ".join(missing))
                raise InvalidInput([Problem(path.name, 1, "", "", message)])
            return [
                TableRow(
                    path.name, line, {name: text or "" for name, text in cells.items() if name}
                )
                for line, cells in enumerate(reader, start=2)
            ]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = _("cannot be read: {reason}").format(reason=reason)
        raise InvalidInput([Problem(path.name, 0, "", "", message)]) from None


_OFFICIAL, _PRESS, _ESTIMATE = 2, 5, 6
_RANKS = {"official": _OFFICIAL, "reported": _PRESS, "estimated": _ESTIMATE, "inferred": _ESTIMATE}
_SECOND_HAND = {"aggregator", "state_media"}  # deserve a second source

#: Words of titles that tell of a place or of where something is.
_PLACES = re.compile(
    r"\b(where|deploy\w*|station\w*|base|bases|battalions?|brigades?|Ramstein|Donetsk|Washington"
    r"(?! Post)|Warsaw|Kyiv(?! Independent)|Moscow|Brussels)\b|to Poland",
    re.IGNORECASE,
)


def source_of(row: TableRow) -> Source:
    """Return the source of a row, its class by how sure the row is (rule 6 asks whose act it is).

    An official statement that the press relays is class 2 of whoever speaks in it.
    """
    rank = _RANKS[row["confidence"]]
    if row["source_kind"] in _SECOND_HAND:
        rank = max(rank, _PRESS)
    publisher = publisher_of(row)
    title = row["source_title"]
    if _PLACES.search(title):
        title = publisher
    return Source(rank, title, publisher, day_in(row["source_date"]), row["source_url"])


def publisher_of(row: TableRow) -> str:
    """Name who published it: what stands before the colon of a title, without explanations.

    Examples
    --------
    >>> publisher_of(TableRow("t.csv", 2, {"source_title": "LIGA.net (citing Axios): delays"}))
    'LIGA.net'
    """
    title = row["source_title"].split(":")[0]
    named = title.split("(")[0].strip()
    if not named or _PLACES.search(named):
        inner = re.search(r"\(([^)]*)\)", title)
        named = inner.group(1) if inner else "press"
    return named


_DATE = re.compile(r"\d{4}(?:-(?:Q[1-4]|\d{2}(?:-\d{2})?))?(?!\d)")


def day_in(text: str) -> str:
    """Return the first date in a text, as precise as it is there; empty where there is none.

    Examples
    --------
    >>> day_in("2025-04 (end)"), day_in("launchers Aug/Sept, rest by 2025-11-02"), day_in("open ended")
    ('2025-04', '2025-11-02', '')
    """
    found = _DATE.search(text)
    return found.group() if found else ""


_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_NUMBER}\s*(?:-|–|or|to)\s*{_NUMBER}"), "between"),
    (re.compile(rf"(?:up to|at most)\s+{_NUMBER}"), "most"),
    (re.compile(rf"{_NUMBER}\s+at most"), "most"),
    (re.compile(rf"(?:over|more than|at least|need)\s+{_NUMBER}"), "least"),
    (re.compile(rf"{_NUMBER}(?:\+|\s+or more)"), "least"),
    (re.compile(_NUMBER), "exact"),
)


def quantity_in(text: str, scale: int = ITEM_SCALE, times: int = 1) -> Range:
    """Read how many a text says; unknown where it says no number.

    Examples
    --------
    >>> quantity_in("about 35"), quantity_in("up to 600"), quantity_in("6 or 8")
    (Range(lo=35000, hi=35000), Range(lo=0, hi=600000), Range(lo=6000, hi=8000))
    >>> quantity_in("more than 200 (200-250)"), quantity_in("30 (plan 60)")
    (Range(lo=200000, hi=250000), Range(lo=30000, hi=30000))
    >>> quantity_in("25 percent of what plans need").is_unknown
    True
    """
    if "percent" in text:
        return UNKNOWN
    told = re.sub(r"\([^)]*\)", " ", text)
    inside = re.search(rf"\({_NUMBER}-{_NUMBER}\)", text)
    if inside and ("more than" in told or "over" in told):
        told = inside.group()
    for shape, side in _SHAPES:
        found = shape.search(told.lower())
        if found is not None:
            numbers = [
                int(Decimal(part.replace(",", "")) * scale * times) for part in found.groups()
            ]
            if side == "most":
                return Range(0, numbers[0])
            if side == "least":
                return Range(numbers[0], None)
            return Range(min(numbers), max(numbers))
    return UNKNOWN


def millions(text: str) -> Range:
    """Read millions of a currency, in ten-thousandths of it.

    Examples
    --------
    >>> millions("8.7").lo, millions("up to 500").lo, millions("50 percent of two systems").is_unknown
    (87000000000, 0, True)
    """
    return quantity_in(text, MONEY_SCALE, 10**6)


_MONEY = re.compile(r"(.*?)\b(EUR|USD|NOK|CAD|GBP|SEK|DKK|CHF)\s+([\d.]+)\s*(m|bn)\b")


def money_in(text: str) -> tuple[Range, str]:
    """Read an amount of money in a text, and its currency; unknown of nothing where there is none.

    Examples
    --------
    >>> money_in("up to USD 500m"), money_in("DEU pays 2, NOR pays 1")
    ((Range(lo=0, hi=5000000000000), 'USD'), (Range(lo=0, hi=None), ''))
    """
    found = _MONEY.search(text)
    if found is None:
        return UNKNOWN, ""
    before, currency, number, unit = found.groups()
    words = "up to " if "up to" in before else ""
    return quantity_in(words + number, MONEY_SCALE, 10**6 if unit == "m" else 10**9), currency


_FAMILIES = (
    ("launching station", "patriot"),
    ("m903", "patriot"),
    ("pac-3 mse", "pac-3-mse"),
    ("pac-2 and pac-3", "patriot"),
    ("gem-t", "gem-t"),
    ("patriot pac-2", "patriot-pac-2"),
    ("pac-3", "pac-3"),
    ("patriot", "patriot"),
    ("samp/t", "samp-t"),
    ("iris-t", "iris-t-slm"),
    ("nasams", "nasams"),
    ("tomahawk", "tomahawk"),
    ("aster", "aster"),
    ("eram", "eram"),
    ("ltamds", "ltamds"),
)
_UNITS = re.compile(
    r"(missile|fire unit|system|battery|launcher|radar) per year|component set|fire unit|system|battery"
    r"|launcher|missile|radar|tank|package|unclear",
    re.IGNORECASE,
)


def item_of(item: str, unit: str = "") -> tuple[str, str]:
    """Name an item and the unit in which it is counted: each unit is an item of its own.

    Nothing is converted: a system, a battery, a fire unit and a launcher are four items.

    Examples
    --------
    >>> item_of("Patriot", "system (German usage: one fire unit = one battery)")
    ('patriot-system', 'system')
    >>> item_of("PAC-3 MSE", "missile per year"), item_of("Patriot missiles", "")
    (('pac-3-mse-missile-per-year', 'missile per year'), ('patriot-missile', 'missile'))
    """
    told = item.lower()
    family = next((name for words, name in _FAMILIES if words in told), "")
    if not family:
        return slug(item), "piece"
    if "+" in unit:
        return f"{family}-component-set", "component set"
    found = _UNITS.match(unit) if unit else None
    if found is None:
        found = re.search(r"launcher|missile|interceptor|battery|radar", told)
    word = found.group().lower() if found else "system"
    word = "missile" if word == "interceptor" or (not found and family in _MISSILES) else word
    return f"{family}-{slug(word)}", word


_MISSILES = {"pac-3", "pac-3-mse", "gem-t", "tomahawk", "aster", "eram"}
