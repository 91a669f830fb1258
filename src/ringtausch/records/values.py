"""What a unit of an item is worth, by several bases: the optional table `values.csv` of a scenario.

In: the folder or workbook of a scenario, and the scenario. Out: typed rows, or every problem at once.
One thing may stand in the books at a tenth of the price of a new one, so that a basis is named with
each value, and whoever adds values up uses one basis alone. Plans do not depend on this table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from ringtausch.records import columns as cell
from ringtausch.records import messages
from ringtausch.records.columns import BadCell, Column
from ringtausch.records.decimals import settle_decimals
from ringtausch.records.opening import WORKBOOK_FILE
from ringtausch.records.problems import InvalidInput, Problem, nearest
from ringtausch.records.raw import RawTable, parse_csv
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Row
from ringtausch.records.workbook import read_workbook

__all__ = ["BASES", "VALUES_FILE", "InvalidValues", "Value", "inspect_values", "read_values"]

#: What a value may be: as it stands in the books, what was once paid, what a new one costs, what a
#: buyer would pay now, what the giver says.
BASES = ("book", "acquisition", "replacement", "market", "declared")
VALUES_FILE = "values.csv"
_SHEET = "values"


class InvalidValues(InvalidInput):
    """A table of values that breaks the format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Row):
    """What one unit of an item is worth by one basis; a value of 0 is one too."""

    item: str = cell.name("item", key=True, refers="items")
    basis: str = cell.choice("basis", BASES)
    value: Decimal = cell.amount("value")
    currency: str = cell.currency()


def read_values(path: str | Path, scenario: Scenario) -> tuple[Value, ...]:
    """Read what units are worth from a scenario's folder or workbook, or from a CSV file.

    Parameters
    ----------
    path
        The scenario's folder, its workbook, or any CSV file of this form. No table, no rows.
    scenario
        Whose items and currencies they are.

    Raises
    ------
    InvalidValues
        With every problem, each with file, line, column, what is wrong and what would be right.
    """
    rows, problems = inspect_values(path, scenario)
    if problems:
        raise InvalidValues(problems)
    return rows


def inspect_values(path: str | Path, scenario: Scenario) -> tuple[tuple[Value, ...], list[Problem]]:
    """Read the rows that are right, and list what is wrong with the others."""
    raw = _open(Path(path))
    if raw is None:
        return (), []
    if isinstance(raw, Problem):
        return (), [raw]
    rows = tuple(_rows(raw, scenario)) if raw.header else ()
    return rows, sorted(raw.problems, key=lambda problem: (problem.line, problem.column))


def _open(path: Path) -> RawTable | Problem | None:
    """Find the table: a file of its own, or a sheet of the workbook."""
    try:
        if path.is_dir():
            file, workbook = path / VALUES_FILE, path / WORKBOOK_FILE
            sheet = read_workbook(workbook)[0].get(_SHEET) if workbook.is_file() else None
            if sheet is None:
                return parse_csv(file.read_bytes(), file.name) if file.is_file() else None
            if file.is_file():
                return Problem(file.name, 0, "", "", messages.both_forms(file.name, sheet.file))
            return sheet
        if path.suffix.casefold() == ".xlsx":
            return read_workbook(path)[0].get(_SHEET)
        return parse_csv(path.read_bytes(), path.name)
    except OSError as error:
        return Problem(str(path), 0, "", "", messages.unreadable(error.strerror or str(error)))


def _rows(raw: RawTable, scenario: Scenario) -> Iterable[Value]:
    """Read every cell by its column's rule; yield the rows in which all are right."""
    columns = [f.metadata["column"] for f in fields(Value) if "column" in f.metadata]
    _check_header(raw, columns)
    numeric = [column.name for column in columns if column.kind == "number"]
    settle_decimals(raw, numeric, [])
    present = [column for column in columns if column.name in raw.header]
    whole = all(column in present for column in columns if column.required)
    first: dict[tuple[str, str], int] = {}
    for line, cells in raw.rows:
        before = len(raw.problems)
        values = {c.name: _cell(raw, line, cells, c, scenario) for c in present}
        if len(raw.problems) > before or line in raw.shifted or not whole:
            continue
        key = (values["item"], values["basis"])
        if key in first:
            message = messages.repeated_key(("item", "basis"), key, first[key])
            raw.refuse(line, "item", key[0], message)
            continue
        first[key] = line
        yield Value(**values, line=line)


def _check_header(raw: RawTable, columns: list[Column]) -> None:
    known = [column.name for column in columns]
    misspelt = set()
    for header in raw.header:
        if header and header not in known:
            raw.refuse(1, header, header, messages.unknown_column(header, known))
            misspelt.add(nearest(header, known))
    for column in columns:
        if column.required and column.name not in {*raw.header, *misspelt}:
            raw.refuse(1, column.name, "", messages.missing_column(column.name, raw.header))


def _cell(raw: RawTable, line: int, cells: list[str], column: Column, scenario: Scenario) -> Any:
    """Read one cell, or note why it cannot be used."""
    text = cells[raw.header.index(column.name)]
    if not text:
        if column.required:
            raw.refuse(line, column.name, "", messages.must_be_filled(column.name))
        return column.default
    try:
        value = column.read(text)
    except BadCell as bad:
        raw.refuse(line, column.name, text, str(bad))
        return None
    if column.name == "item":
        items = {row.item for row in scenario.items}
        if text not in items:
            raw.refuse(line, "item", text, messages.unknown_name(text, ["items.csv"], items))
    elif column.name == "currency":
        known = {scenario.currency, *scenario.fx}
        if text not in known:
            raw.refuse(line, "currency", text, messages.unknown_currency(text, known))
    return value
