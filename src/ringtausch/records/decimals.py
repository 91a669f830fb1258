"""Numbers in files with semicolons: decimal commas, where it is clear that they are that.

A spreadsheet set to German, French or Ukrainian writes 0,5 for a half. In such a file "1,234" may
be 1.234 or 1234: it is read only where another number of the same file tells which, and is refused
with the reason otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ringtausch.records import messages
from ringtausch.records.raw import RawTable

__all__ = ["settle_decimals"]

_ONE_MARK = re.compile(r"(\d*)([.,])(\d+)")
_GROUPED = re.compile(r"\d{1,3}([.,' \u00a0\u202f]\d{3})+([.,]\d+)?")


def settle_decimals(table: RawTable, numeric: list[str], payments: list[str]) -> None:
    """Rewrite the numbers of a table with decimal commas to decimal points, or refuse them."""
    if not table.decimal_comma:
        return
    for _, cells, at, _ in _cells(table, payments):
        cells[at] = re.sub(r"(\d),(\d)", r"\1.\2", cells[at])
    decided = _decisive_number(table, numeric)
    for line, cells, at, column in _cells(table, numeric):
        text = cells[at]
        found = _ONE_MARK.fullmatch(text)
        if found is None:
            if _GROUPED.fullmatch(text):
                table.refuse(line, column, text, messages.thousands_separator(text))
                cells[at] = "0"  # said once: it must not be refused again as a cell
        elif decided is not None and found.group(2) != decided[2]:
            table.refuse(line, column, text, messages.mixed_decimals(text, decided[1], decided[0]))
            cells[at] = "0"
        elif decided is None:  # every number with a mark is ambiguous
            table.refuse(line, column, text, messages.ambiguous_number(text))
            cells[at] = "0"
        else:
            cells[at] = text.replace(",", ".")


def _cells(table: RawTable, columns: list[str]) -> Iterator[tuple[int, list[str], int, str]]:
    places = [(table.header.index(c), c) for c in columns if c in table.header]
    for line, cells in table.rows:
        for at, column in places:
            if cells[at]:
                yield line, cells, at, column


def _decisive_number(table: RawTable, numeric: list[str]) -> tuple[int, str, str] | None:
    """Find the first number whose mark can only be a decimal mark: its line, text and mark."""
    for line, cells, at, _ in _cells(table, numeric):
        found = _ONE_MARK.fullmatch(cells[at])
        if found and not _ambiguous(cells[at]):
            return line, cells[at], found.group(2)
    return None


def _ambiguous(text: str) -> bool:
    """Tell whether the mark could also separate thousands: 1,234 but not 0,234 or 1,5."""
    found = _ONE_MARK.fullmatch(text)
    if found is None:
        return False
    whole, _, part = found.groups()
    return len(part) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
