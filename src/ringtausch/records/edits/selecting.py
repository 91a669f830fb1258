"""Rows by the text of some of their cells: which one is meant, or why none or several are.

In: the rows of one table and pairs of column and text. Out: the place of the one row, or `Refusal`
with what exists instead; and the other way round, the pairs that single a row out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from ringtausch.records import edit_messages, messages
from ringtausch.records.columns import BadCell, Column, read_cell
from ringtausch.records.edits.parsing import Cells, Path, write_pairs, write_path
from ringtausch.records.tables import TABLES, cell_text, columns_of, field_name, key_of

__all__ = [
    "ROW",
    "Complaint",
    "Refusal",
    "column_named",
    "known_table",
    "read_pairs",
    "row_number",
    "select_row",
    "single_out",
]

#: The pseudo-column that names a row by its place, counted from 1.
ROW = "row"
#: Kinds of column whose values can be misspelt.
_WORDS = {"name", "choice", "currency", "text"}
#: What is wrong: column, text that stands there, message.
Complaint = tuple[str, str, str]


class Refusal(ValueError):  # noqa: N818 - what becomes of an edit, not an error of the program
    """An edit that cannot be made on the rows as they are; `absent`: because a row is not there."""

    def __init__(self, complaints: Iterable[Complaint], *, absent: bool = False) -> None:
        self.complaints = list(complaints)
        self.absent = absent
        super().__init__("\n".join(message for _, _, message in self.complaints))


def known_table(table: str) -> None:
    """Refuse a table that does not exist."""
    if table not in TABLES:
        raise Refusal([("", table, messages.unknown_table(table, TABLES))])


def column_named(table: str, name: str) -> Column:
    """Find a column of a table."""
    for column in columns_of(table):
        if column.name == name:
            return column
    known = [column.name for column in columns_of(table)]
    raise Refusal([(name, name, messages.unknown_column(name, known))])


def read_pairs(table: str, cells: Cells) -> dict[str, Any]:
    """Read cells by their columns' rules, all that is wrong with them at once; `row` is left out."""
    values: dict[str, Any] = {}
    wrong: list[Complaint] = []
    for name, text in cells:
        if name == ROW:
            continue
        try:
            values[name] = read_cell(column_named(table, name), text)
        except Refusal as refusal:
            wrong += refusal.complaints
        except BadCell as bad:
            wrong.append((name, text, str(bad)))
    if wrong:
        raise Refusal(wrong)
    return values


def row_number(cells: Cells, most: int) -> int | None:
    """Return the place that `row=N` names, counted from 0; None without it; -1 for no such place."""
    text = dict(cells).get(ROW)
    if text is None:
        return None
    return int(text) - 1 if text.isascii() and text.isdigit() and 1 <= int(text) <= most else -1


def select_row(table: str, rows: Sequence[Any], cells: Cells) -> int:
    """Find the one row whose cells are these.

    Raises
    ------
    Refusal
        The table or a column does not exist, a value does not fit, or not exactly one row is meant.
    """
    known_table(table)
    values = read_pairs(table, cells)
    number = row_number(cells, len(rows))
    if number == -1:
        text = dict(cells)[ROW]
        message = edit_messages.no_row_number(table, text, len(rows))
        raise Refusal([(ROW, text, message)], absent=True)
    found = _matching(rows, values)
    if number is not None:
        found = [number] if number in found else []
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal([_several(table, rows, cells, found)])
    if number is not None:
        place = {ROW: dict(cells)[ROW]}
        raise Refusal([_other_cells(table, rows, place, number, values)], absent=True)
    raise Refusal([_none(table, rows, cells, values)], absent=True)


def single_out(table: str, rows: Sequence[Any], at: int) -> Cells:
    """Name a row: by its key, else by the fewest columns in the page's order, else by its place."""
    columns = {column.name: column for column in columns_of(table)}
    keys = key_of(table)
    if keys and _tells_apart(rows, at, keys):
        return tuple((name, cell_text(columns[name], rows[at])) for name in keys)
    usable = {name: column for name, column in columns.items() if _reads_back(column, rows[at])}
    alike = {name: set(_matching(rows, {name: _value(rows[at], name)})) for name in usable}
    if alike and len(set.intersection(*alike.values())) == 1:
        for size in range(1, len(alike) + 1):
            for names in combinations(alike, size):
                if len(set.intersection(*(alike[name] for name in names))) == 1:
                    return tuple((name, cell_text(columns[name], rows[at])) for name in names)
    return ((ROW, str(at + 1)),)


def _value(row: Any, column: str) -> Any:
    return getattr(row, field_name(column))


def _matching(rows: Sequence[Any], values: dict[str, Any]) -> list[int]:
    found: Iterable[int] = range(len(rows))
    for name, value in values.items():
        spelt = field_name(name)
        found = [at for at in found if getattr(rows[at], spelt) == value]
    return list(found)


def _tells_apart(rows: Sequence[Any], at: int, names: Sequence[str]) -> bool:
    return len(_matching(rows, {name: _value(rows[at], name) for name in names})) == 1


def _reads_back(column: Column, row: Any) -> bool:
    """Tell whether the cell selects its own row: rows made in Python may hold what no file can."""
    try:
        return bool(read_cell(column, cell_text(column, row)) == _value(row, column.name))
    except BadCell:
        return False


# ---- what exists instead


def _several(table: str, rows: Sequence[Any], cells: Cells, found: list[int]) -> Complaint:
    """Say which columns tell the rows apart, and name the rows by them."""
    columns = {column.name: column for column in columns_of(table)}
    names = _distinguishing(table, rows, {name for name, _ in cells}, found)
    candidates = []
    for at in found:
        more = [(n, str(at + 1) if n == ROW else cell_text(columns[n], rows[at])) for n in names]
        candidates.append(write_path(Path(table, (*cells, *more))))
    return "", "", edit_messages.several_rows(len(found), names, candidates)


def _distinguishing(
    table: str, rows: Sequence[Any], given: set[str], found: list[int]
) -> tuple[str, ...]:
    """Find the fewest columns in which the rows differ: of the key first, the place last."""
    keys = key_of(table)
    others = [column.name for column in columns_of(table) if column.name not in keys]
    for names in ([*keys], [*keys, *others]):
        free = [name for name in names if name not in given]
        for size in range(1, min(len(free), 3) + 1):
            for chosen in combinations(free, size):
                cells = {tuple(_value(rows[at], name) for name in chosen) for at in found}
                if len(cells) == len(found):
                    return chosen
    return (ROW,)


def _none(table: str, rows: Sequence[Any], cells: Cells, values: dict[str, Any]) -> Complaint:
    """Say which value is in no row, or what the rows have that have all values but one."""
    if not rows:
        return "", "", edit_messages.no_rows_at_all(table)
    columns = {column.name: column for column in columns_of(table)}
    texts = dict(cells)
    for name, value in values.items():
        if not _matching(rows, {name: value}):
            known = dict.fromkeys(cell_text(columns[name], row) for row in rows)
            like = columns[name].kind in _WORDS
            pair = write_pairs([(name, texts[name])])
            message = edit_messages.no_row_has(
                table, pair, list(known), texts[name] if like else None
            )
            return name, texts[name], message
    for name in reversed(values):
        rest = {other: value for other, value in values.items() if other != name}
        near = _matching(rows, rest)
        if near and rest:
            others = write_pairs((other, texts[other]) for other in rest)
            found = dict.fromkeys(cell_text(columns[name], rows[at]) for at in near)
            message = edit_messages.not_together(table, others, name, list(found))
            return name, texts[name], message
    name, value = next(iter(values.items()))
    near = _matching(rows, {name: value})
    if len(near) > 1:
        found = dict.fromkeys(
            write_path(Path(table, single_out(table, rows, at))) for at in near[:20]
        )
        message = edit_messages.only_these(
            table, write_pairs([(name, texts[name])]), list(found), len(near)
        )
        return "", "", message
    return _other_cells(table, rows, {name: texts[name]}, near[0], values)


def _other_cells(
    table: str, rows: Sequence[Any], cells: dict[str, str], at: int, values: dict[str, Any]
) -> Complaint:
    """Say what the one row that is meant has instead."""
    columns = {column.name: column for column in columns_of(table)}
    other = [name for name, value in values.items() if _value(rows[at], name) != value]
    found = write_pairs((name, cell_text(columns[name], rows[at])) for name in other)
    path = write_path(Path(table, tuple(cells.items())))
    return other[0], "", edit_messages.row_has(path, found)
