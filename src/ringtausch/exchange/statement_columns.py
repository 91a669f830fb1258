"""The columns of a table of statements: how each cell is read and written.

In: the texts of a row, or a statement. Out: a statement, or the texts again, without loss. The page
*Tables of statements* lists the columns. Must not know files, nor which statements may be recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from ringtausch.exchange import statement_messages as messages
from ringtausch.records.messages import not_an_amount
from ringtausch.register.dates import instant
from ringtausch.register.directory import scale_of
from ringtausch.register.messages import percentage
from ringtausch.register.ranges import (
    ITEM_SCALE,
    MONEY_SCALE,
    UNKNOWN,
    Range,
    parse_amount,
    parse_range,
)
from ringtausch.register.shapes import condition_is_money
from ringtausch.register.statement import (
    COALITION,
    NO_TERMS,
    PUBLIC,
    Condition,
    Source,
    Statement,
    Terms,
)

__all__ = [
    "COLUMNS",
    "REQUIRED",
    "StatementColumn",
    "make_statement",
    "read_cells",
    "texts_of",
    "wrong_instant",
]

_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class StatementColumn:
    """A column: the part of the statement it fills (source, condition, terms), the field, and its form."""

    name: str
    form: str  # text, date, instant, names, readers, quantity, money, whole, condition, unit
    part: str = ""

    @property
    def field(self) -> str:
        """The name of the field in its part."""
        return self.name.removeprefix(f"{self.part}_") if self.part else self.name


_FORMS = {
    "recorded_at": "instant",
    "quantity": "quantity",
    "share": "quantity",
    "value": "money",
    "unit": "unit",
    "true_on": "date",
    "said_on": "date",
    "until": "date",
    "visibility": "readers",
    "source_rank": "whole",
    "source_date": "date",
    "condition_matters": "names",
    "condition_at_least": "condition",
    "terms_due": "date",
    "terms_within": "whole",
    "terms_to_quantity": "money",
    "terms_rate_date": "date",
    "terms_boundary": "names",
    "terms_since": "date",
    "terms_through": "date",
}

_NAMES = """
    id recorded_at matter kind milestone event giver receiver item currency quantity unit
    true_on said_on said_by recorded_by
    source_rank source_title source_publisher source_date source_address source_sha256
    value value_currency basis method value_document visibility part_of share same_as
    condition_words condition_matters condition_milestone condition_at_least until
"""
_PARTS: dict[str, type] = {"source": Source, "condition": Condition, "terms": Terms}


def _column(name: str) -> StatementColumn:
    part = next((part for part in _PARTS if name.startswith(f"{part}_")), "")
    return StatementColumn(name, _FORMS.get(name, "text"), part)


#: All columns by name, in the order in which they are written. `unit` is read and never written.
COLUMNS: dict[str, StatementColumn] = {
    name: _column(name)
    for name in (
        *_NAMES.split(),
        *(f"terms_{name}" for name in Terms.__dataclass_fields__),
        *("corrects", "reason", "chain", "note"),
    )
}
_PLACES = {name: (column.part, column.field) for name, column in COLUMNS.items() if column.part}
_NEEDED = ("matter", "kind", "milestone", "said_by", "recorded_by")
#: Columns that every table has, filled in every row.
REQUIRED = ("matter", "kind", "milestone", "said_by", "source_rank")


def read_cells(cells: Mapping[str, str], refuse: Callable[[str, str, str], None]) -> dict[str, Any]:
    """Read the filled cells of one row, by column.

    Parameters
    ----------
    cells
        The texts that are not empty.
    refuse
        Is told the column, the text and what is wrong with it, for every cell that cannot be read.
    """
    values: dict[str, Any] = dict(cells)
    scale = scale_of(cells.get("currency", ""))
    for name in [name for name in cells if name in _READ_BY_NAME]:  # the others stay what they are
        try:
            values[name] = _READ_BY_NAME[name](cells[name], scale, cells)
        except ValueError as wrong:
            del values[name]
            refuse(name, cells[name], str(wrong))
    return values


def make_statement(values: Mapping[str, Any]) -> Statement:
    """Put the values of a row together; what is missing stays empty, and a class of source is 6."""
    own: dict[str, Any] = dict.fromkeys(_NEEDED, "")
    parts: dict[str, dict[str, Any]] = {"source": {"rank": 6}}
    for name, value in values.items():
        place = _PLACES.get(name)
        if place is None:
            own[name] = value
            continue
        part, field = place
        known = parts.get(part)
        if known is None:
            parts[part] = {field: value}
        else:
            known[field] = value
    own.pop("unit", None)
    for part, filled in parts.items():
        own[part] = _PARTS[part](**filled)
    return Statement(**own)


def texts_of(statement: Statement) -> dict[str, str]:
    """Write the filled cells of one row, by column.

    Examples
    --------
    >>> said = Statement("m", "transfer", "pledged", Source(2), "DEU", "desk", item="gun", quantity=Range(0, 2500))
    >>> texts_of(said)["quantity"], texts_of(said)["visibility"], "currency" in texts_of(said)
    ('up to 2.5', 'public', False)
    """
    scale = scale_of(statement.currency)
    texts: dict[str, str] = {}
    for name, column in COLUMNS.items():
        if column.form == "unit" or (column.part == "terms" and statement.terms is NO_TERMS):
            continue
        part = getattr(statement, column.part) if column.part else statement
        if part is None:
            continue
        value = getattr(part, column.field)
        if value in ("", None, ()) or (column.form == "condition" and value == 0):
            continue
        texts[name] = value if isinstance(value, str) else _written(column, value, scale, statement)
    return texts


def _written(column: StatementColumn, value: Any, scale: int, statement: Statement) -> str:
    if column.form == "quantity":
        return _quantity_text(value, scale)
    if column.form == "money":
        return _amount_text(value, MONEY_SCALE)
    if column.form == "condition":
        assert statement.condition is not None
        return _amount_text(
            value, _condition_scale(statement.condition.milestone, statement.currency)
        )
    return str(value) if column.form == "whole" else _SEPARATOR.join(value)


def _quantity_text(quantity: Range, scale: int) -> str:
    """Write a quantity the way it is read, in no language but the table's own."""
    if quantity == UNKNOWN:
        return "unknown"
    least = _amount_text(quantity.lo, scale)
    if quantity.hi is None:
        return f"at least {least}"
    most = _amount_text(quantity.hi, scale)
    if quantity.is_exact:
        return least
    return f"up to {most}" if quantity.lo == 0 else f"{least}..{most}"


def _amount_text(amount: int, scale: int) -> str:
    """Write an amount plainly.

    Examples
    --------
    >>> _amount_text(12_345_500, 1000), _amount_text(-5, 10_000), _amount_text(2_000, 1000)
    ('12345.5', '-0.0005', '2')
    """
    whole, rest = divmod(abs(amount), scale)
    decimals = str(rest).rjust(len(str(scale)) - 1, "0").rstrip("0")
    return f"{'-' if amount < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"


def _condition_scale(milestone: str, currency: str) -> int:
    money = condition_is_money(milestone, otherwise=bool(currency))
    return MONEY_SCALE if money else ITEM_SCALE


def _refuse_signs(text: str) -> None:
    if "%" in text:
        raise ValueError(percentage(text))
    if "," in text:
        raise ValueError(not_an_amount(text))


@lru_cache(maxsize=4096)
def _read_quantity(text: str, scale: int) -> Range:
    _refuse_signs(text)
    return parse_range(text, scale)


def _read_money(text: str, _scale: int, _cells: Mapping[str, str]) -> int:
    _refuse_signs(text)
    return parse_amount(text, MONEY_SCALE)


def _read_condition(text: str, _scale: int, cells: Mapping[str, str]) -> int:
    _refuse_signs(text)
    milestone = cells.get("condition_milestone", "")
    return parse_amount(text, _condition_scale(milestone, cells.get("currency", "")))


def _read_whole(text: str, _scale: int, _cells: Mapping[str, str]) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ValueError(messages.not_a_whole_number(text))
    return int(text)


def wrong_instant(text: str) -> str:
    """Say what is wrong with a time of recording; empty where nothing is.

    Examples
    --------
    >>> wrong_instant("2025-07-20T10:00:00.000000Z"), wrong_instant("2025-07-20")
    ('', '"2025-07-20" is no time of recording; leave it empty, it is given')
    """
    try:
        right = (
            instant(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)) == text
        )
    except ValueError:
        right = False
    return "" if right else messages.not_a_time(text)


def _read_instant(text: str, _scale: int, _cells: Mapping[str, str]) -> str:
    wrong = wrong_instant(text)
    if wrong:
        raise ValueError(wrong)
    return text


def _names(text: str) -> list[str]:
    return [name for part in text.split(_SEPARATOR) if (name := part.strip())]


@lru_cache(maxsize=1024)
def _read_readers(text: str) -> tuple[str, ...]:
    """Read who may see it: in order, so that one set of readers is one visibility."""
    readers = _in_order(_names(text))
    if not readers:
        raise ValueError(messages.no_names(text))
    return readers


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    words = {name.casefold(): name.casefold() for name in (PUBLIC, COALITION)}
    return tuple(sorted({words.get(name.casefold(), name) for name in names}))


def _read_names(text: str, _scale: int, _cells: Mapping[str, str]) -> tuple[str, ...]:
    names = tuple(_names(text))
    if not names:
        raise ValueError(messages.no_names(text))
    return names


_READ: dict[str, Callable[[str, int, Mapping[str, str]], Any]] = {
    "quantity": lambda text, scale, _cells: _read_quantity(text, scale),
    "instant": _read_instant,
    "money": _read_money,
    "whole": _read_whole,
    "condition": _read_condition,
    "names": _read_names,
    "readers": lambda text, _scale, _cells: _read_readers(text),
}
_READ_BY_NAME = {
    name: _READ[column.form] for name, column in COLUMNS.items() if column.form in _READ
}
