"""Columns: how one cell of a table is read, written and described.

In: the text of a cell. Out: a typed value, or `BadCell` with what is wrong and what would be right.
The column kinds are declared on the row classes in `tables`; nothing here knows a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ringtausch.records import messages
from ringtausch.records.periods import NEVER

__all__ = [
    "BadCell",
    "Column",
    "amount",
    "choice",
    "count",
    "currency",
    "day",
    "decimal_text",
    "flag",
    "label",
    "name",
    "opening_day",
    "payment_shares",
    "read_cell",
]

_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_LARGEST = Decimal(10) ** 15
_TRUE = {"true", "yes", "1"}
_FALSE = {"false", "no", "0"}

Payments = tuple[tuple[int, Decimal], ...]


class BadCell(ValueError):  # noqa: N818 - a cell, not an error of the program
    """A cell that cannot be read; its text is the message for the user."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table holds.

    `kind` is the word for it in documents and in the Data Package; `refers` names the tables whose
    keys may stand here; `wildcard` allows `*`; `required` means that the cell must be filled.
    """

    name: str
    kind: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    required: bool
    key: bool = False
    refers: tuple[str, ...] = ()
    wildcard: bool = False
    default: Any = None


def read_cell(column: Column, text: str) -> Any:
    """Read a cell by its column's rule, an empty one as what empty means there.

    Raises
    ------
    BadCell
        What stands there cannot be read, or nothing does where something must.
    """
    if not text:
        if column.required:
            raise BadCell(messages.must_be_filled(column.name))
        return column.default
    if text == "*" and not column.wildcard and column.kind == "name":
        raise BadCell(messages.wildcard_not_allowed())
    return column.read(text)


def decimal_text(value: Decimal) -> str:
    """Write a decimal plainly and without trailing zeros.

    Examples
    --------
    >>> decimal_text(Decimal("1.500")), decimal_text(Decimal("2E+3"))
    ('1.5', '2000')
    """
    return format(value.normalize(), "f") if value else "0"


@lru_cache(maxsize=65536)
def read_amount(text: str) -> Decimal:
    """Read a non-negative decimal with a decimal point."""
    if _NUMBER.fullmatch(text):
        value = Decimal(text)
        if value >= _LARGEST:
            raise BadCell(messages.too_large(text))
        return value
    raise BadCell(messages.not_an_amount(text))


@lru_cache(maxsize=65536)
def read_day(text: str) -> date:
    """Read an ISO 8601 date."""
    try:
        if len(text) == 10 and text[4] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadCell(messages.not_a_day(text))


def read_opening_day(text: str) -> date:
    """Read a date, or `never` for a consent that was refused."""
    if text == "never":
        return NEVER
    try:
        return read_day(text)
    except BadCell as bad:
        raise BadCell(messages.or_never(str(bad))) from None


def read_count(text: str) -> int:
    """Read a whole number of periods, 0 or more."""
    if _NUMBER.fullmatch(text):
        value = Decimal(text)
        if value == value.to_integral_value() and value < 10**6:
            return int(value)
    raise BadCell(messages.not_a_count(text))


def read_flag(text: str) -> bool:
    """Read a yes or no."""
    folded = text.casefold()
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    raise BadCell(messages.not_a_flag(text))


def read_payments(text: str) -> Payments:
    """Read payment shares by period after the order, such as `0:0.3 12:0.7`."""
    shares: list[tuple[int, Decimal]] = []
    for part in text.split():
        offset, colon, share = part.partition(":")
        if not colon or not offset.isascii() or not offset.isdigit() or len(offset) > 6:
            raise BadCell(messages.not_payments(text))
        try:
            shares.append((int(offset), read_amount(share)))
        except BadCell:
            raise BadCell(messages.not_payments(text)) from None
    if sum(share for _, share in shares) != 1:
        raise BadCell(messages.shares_do_not_sum(text, sum(share for _, share in shares)))
    return tuple(shares)


def _write_day(value: date) -> str:
    return "never" if value == NEVER else value.isoformat()


def _write_payments(value: Payments) -> str:
    if value == _ALL_AT_ORDER:
        return ""
    return " ".join(f"{offset}:{decimal_text(share)}" for offset, share in value)


_ALL_AT_ORDER: Payments = ((0, Decimal(1)),)


def _field(column: Column) -> Any:
    default = MISSING if column.required else column.default
    return field(default=default, metadata={"column": column})


def name(
    column: str,
    *,
    key: bool = False,
    refers: str | tuple[str, ...] = (),
    wildcard: bool = False,
    empty: str | None = None,
) -> Any:
    """Declare a name: of a row, or of a row in another table; `empty` is what an empty cell means."""
    tables = (refers,) if isinstance(refers, str) else refers
    required = empty is None
    return _field(Column(column, "name", str, str, required, key, tables, wildcard, empty))


def label(column: str) -> Any:
    """Declare free text, empty by default."""
    return _field(Column(column, "text", str, str, required=False, default=""))


def choice(column: str, allowed: tuple[str, ...]) -> Any:
    """Declare one of a few words."""

    def read(text: str) -> str:
        if text in allowed:
            return text
        raise BadCell(messages.not_a_choice(text, allowed))

    return _field(Column(column, "choice", read, str, required=True))


def currency(column: str = "currency") -> Any:
    """Declare a currency; empty = the reporting currency."""
    return _field(Column(column, "currency", str, str, required=False, default=""))


def amount(column: str, default: int | None = None, *, optional: bool = False) -> Any:
    """Declare a non-negative decimal; `optional` = an empty cell means none."""
    required = default is None and not optional
    value = None if default is None else Decimal(default)
    return _field(Column(column, "number", read_amount, decimal_text, required, default=value))


def count(column: str, default: int | None = None) -> Any:
    """Declare a whole number of periods."""
    return _field(Column(column, "integer", read_count, str, default is None, default=default))


def day(column: str, *, key: bool = False, required: bool = False) -> Any:
    """Declare a date; without `required` an empty cell means no limit."""
    return _field(Column(column, "date", read_day, _write_day, required or key, key))


def opening_day(column: str) -> Any:
    """Declare a date of consent: a day, `never`, or empty for open from the start."""
    return _field(Column(column, "day or never", read_opening_day, _write_day, required=False))


def flag(column: str) -> Any:
    """Declare a yes or no; empty = no."""

    def write(value: bool) -> str:
        return "true" if value else ""

    return _field(Column(column, "boolean", read_flag, write, required=False, default=False))


def payment_shares(column: str) -> Any:
    """Declare payment shares by period after the order; empty = all at order."""
    return _field(
        Column(column, "payments", read_payments, _write_payments, False, default=_ALL_AT_ORDER)
    )
