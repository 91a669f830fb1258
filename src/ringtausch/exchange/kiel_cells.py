"""Cells of the Kiel workbook: sheets that have to be there, countries, days, numbers, and kinds of items.

In: a workbook, or one of its cells. Out: plain values, or what is wrong with the workbook. Must not know
statements.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ringtausch.language import _
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.register.dates import last_day

__all__ = ["COUNTRIES", "TRACKER", "item_of", "number", "read_sheets", "said_day", "slug"]

#: Who says all of it.
TRACKER = "IFW-KIEL"

#: The workbook's givers and their names in the register.
COUNTRIES = {
    "Australia": "AUS",
    "Austria": "AUT",
    "Belgium": "BEL",
    "Bulgaria": "BGR",
    "Canada": "CAN",
    "China": "CHN",
    "Croatia": "HRV",
    "Cyprus": "CYP",
    "Czech Republic": "CZE",
    "Denmark": "DNK",
    "EU (Commission and Council)": "EU",
    "Estonia": "EST",
    "European Investment Bank": "EIB",
    "European Peace Facility": "EPF",
    "Finland": "FIN",
    "France": "FRA",
    "Germany": "DEU",
    "Greece": "GRC",
    "Hungary": "HUN",
    "India": "IND",
    "Ireland": "IRL",
    "Italy": "ITA",
    "Japan": "JPN",
    "Latvia": "LVA",
    "Lithuania": "LTU",
    "Luxembourg": "LUX",
    "Malta": "MLT",
    "Netherlands": "NLD",
    "New Zealand": "NZL",
    "Norway": "NOR",
    "Poland": "POL",
    "Portugal": "PRT",
    "Romania": "ROU",
    "Slovakia": "SVK",
    "Slovenia": "SVN",
    "South Korea": "KOR",
    "Spain": "ESP",
    "Sweden": "SWE",
    "Switzerland": "CHE",
    "Taiwan": "TWN",
    "Turkey": "TUR",
    "United Kingdom": "GBR",
    "United States": "USA",
}

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH = re.compile(r"(\d{1,2})/(\d{2}|\d{4})")
_TON = re.compile(r"\btons?\b", re.IGNORECASE)
_LITRE = re.compile(r"\blit(?:er|re)s?\b", re.IGNORECASE)
_NOT_ASCII = re.compile(r"[^a-z0-9]+")


def read_sheets(path: Path, wanted: Mapping[str, int]) -> dict[str, list[list[Any]]]:
    """Read sheets of a workbook, each with at least so many columns.

    Raises
    ------
    InvalidInput
        There is no such file, it is no workbook, or a sheet is missing or too narrow.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = CalamineWorkbook.from_path(path)
            names = set(workbook.sheet_names)
            found = {
                name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in wanted
                if name in names
            }
    except (OSError, CalamineError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = _("cannot be read as a workbook: {reason}").format(reason=reason)
        raise InvalidInput([Problem(path.name, 0, "", "", message)]) from None
    problems = []
    for name, columns in wanted.items():
        if name not in found:
            message = _('has no sheet "{name}"; this reads release 7 of the Kiel tracker').format(
                name=name
            )
            problems.append(Problem(path.name, 0, "", name, message))
        elif not found[name] or len(found[name][0]) < columns:
            message = _("has fewer columns than release 7 of the Kiel tracker")
            problems.append(Problem(f"{path.name}[{name}]", 1, "", "", message))
    if problems:
        raise InvalidInput(problems)
    return found


def number(cell: Any) -> Decimal | None:
    """Return the shortest decimal of a cell's number, None where it holds none.

    Examples
    --------
    >>> number(0.1), number("1.000.00"), number("undisclosed")
    (Decimal('0.1'), Decimal('1000.00'), None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return Decimal(repr(cell))
    # Three cells have their thousands marked by points.
    if isinstance(cell, str) and re.fullmatch(r"\d{1,3}\.\d{3}\.\d{2}", cell):
        whole, thousands, rest = cell.split(".")
        return Decimal(f"{whole}{thousands}.{rest}")
    return None


def said_day(cell: Any, released: str) -> str:
    """Return when a row says that it was announced, nothing where it does not or where it cannot be.

    What was announced "until" a day had been announced by then. A day after the release is a slip (one
    column of "until" has been filled down, which counts the year up), and no day is better than a wrong one.

    Examples
    --------
    >>> said_day("until 7/27/2022", "2022-10-03"), said_day("not specified, 03/22", "2022-10-03")
    ('2022-07-27', '2022-03')
    >>> said_day("until 4/6/2026", "2022-10-03"), said_day("unspecified", "2022-10-03")
    ('', '')
    """
    if isinstance(cell, date):
        text = cell.isoformat()[:10]
    else:
        days = _DAY.findall(str(cell))
        months = _MONTH.findall(str(cell))
        if len(days) == 1 and str(cell).startswith("until"):
            month, day, year = days[0]
            text = f"{year}-{int(month):02}-{int(day):02}"
        elif not days and len(months) == 1:
            month, year = months[0]
            text = f"{year if len(year) == 4 else '20' + year}-{int(month):02}"
        else:
            return ""
    return text if last_day(text) <= last_day(released) else ""


def item_of(cells: Sequence[Any]) -> tuple[str, str]:
    """Name the kind of item of a row, and its unit; empty where the row names none.

    The kind is the tracker's sub-type where there is one, else its type. What is weighed or poured is
    another item than what is counted in pieces: nothing is converted.

    Examples
    --------
    >>> item_of([""] * 8 + ["M777 howitzer", "Heavy weapon", "155mm howitzer"])
    ('155mm-howitzer', 'piece')
    >>> item_of([""] * 8 + ["ton of coal", "Humanitarian", "."])
    ('humanitarian-by-the-ton', 'ton')
    """
    named = str(cells[8]).strip(" .")
    kinds = [str(cell).strip(" .\xa0") for cell in (cells[10], cells[9])]
    kind = next(
        (slug(text) for text in kinds if text and text != "0.0" and slug(text) != "0-0"), ""
    )
    if not named or not kind:
        return "", ""
    if _TON.search(named):
        return f"{kind}-by-the-ton", "ton"
    if _LITRE.search(named):
        return f"{kind}-by-the-litre", "litre"
    return kind, "piece"


def slug(text: str) -> str:
    """Write a name in small letters and hyphens.

    Examples
    --------
    >>> slug("Light armaments & infantry")
    'light-armaments-infantry'
    """
    return _NOT_ASCII.sub("-", text.lower()).strip("-")
