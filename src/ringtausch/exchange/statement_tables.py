"""Tables of statements: one row a statement, as CSV, as a workbook, or as JSON Lines.

The page *Tables of statements* lists the columns. In: a path. Out: statements with the places where
they stand, or every problem at once. And back: statements into a file, so that reading it gives the
same ones. Whether they may be recorded is asked in `register.checking` and `register.recording`.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from ringtausch.exchange import statement_messages as messages
from ringtausch.exchange.near import has_statements, meant
from ringtausch.exchange.statement_columns import (
    COLUMNS,
    REQUIRED,
    make_statement,
    read_cells,
    texts_of,
)
from ringtausch.exchange.statement_lines import read_lines, write_lines
from ringtausch.records.columns import decimal_text
from ringtausch.records.decimals import settle_decimals
from ringtausch.records.folders import write_file_whole
from ringtausch.records.messages import missing_column, unknown_column
from ringtausch.records.problems import Problem, nearest
from ringtausch.records.raw import RawTable, parse_csv
from ringtausch.records.workbook import read_workbook
from ringtausch.register.checking import InvalidStatements, Place, check_statement
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement

__all__ = [
    "SHEET",
    "SHEETS",
    "StatementTable",
    "inspect_statements",
    "read_statements",
    "write_statements",
]

SHEET = "statements"
SHEETS = (SHEET, "parties", "items")
SUFFIXES = (".csv", ".xlsx", ".jsonl")

_MOST_ROWS = 1_048_575  # below the header of a sheet
_NUMBERS = ("quantity", "share", "value", "condition_at_least", "terms_to_quantity")


@dataclass(frozen=True)
class StatementTable:
    """What came of reading: the rows in which nothing is wrong, and all problems of the others."""

    rows: list[tuple[Statement, Place]]
    problems: list[Problem]


def read_statements(path: str | Path) -> list[tuple[Statement, Place]]:
    """Read a table of statements, each with its place.

    Raises
    ------
    InvalidStatements
        With every cell that cannot be read, each with file, line and column.
    """
    table = inspect_statements(path)
    if table.problems:
        raise InvalidStatements(table.problems)
    return table.rows


def inspect_statements(
    path: str | Path, directory: Directory | None = None, *, recorded_by: str = ""
) -> StatementTable:
    """Read a table of statements and collect all problems.

    Parameters
    ----------
    path
        A file that ends in .csv, .xlsx (with a sheet `statements`) or .jsonl.
    directory
        Where it is given, each statement is checked against it too, so that what cannot be read and
        what may not be said are told together.
    recorded_by
        Who records those rows that do not say it.
    """
    path = Path(path)
    table = RawTable(path.name, [], [])
    found: list[tuple[dict[str, Any], Place, set[str]]] = []
    data = _bytes(path, table)
    if data is not None and path.suffix.lower() == ".jsonl":
        found = read_lines(data, table)
    elif data is not None:
        table = parse_csv(data, path.name) if path.suffix.lower() == ".csv" else _sheet(path, table)
        found = _rows(table) if table.header else []
    problems = list(table.problems)
    rows: list[tuple[Statement, Place]] = []
    for values, place, bad in found:
        if recorded_by and not values.get("recorded_by"):
            values["recorded_by"] = recorded_by
        statement = make_statement(values)
        wrong: list[Problem] = []
        if directory is not None:
            checked = check_statement(statement, directory, place)
            wrong = [problem for problem in checked if problem.column not in bad]
        problems += wrong
        if not bad and not wrong:
            rows.append((statement, place))
    return StatementTable(rows, sorted(problems, key=lambda problem: (problem.file, problem.line)))


def write_statements(
    statements: Sequence[Statement], path: str | Path, *, force: bool = False
) -> None:
    """Write statements as .csv, .xlsx or .jsonl; columns that nobody fills are left out.

    Raises
    ------
    OutputExists
        The file is there already and `force` is not given.
    InvalidStatements
        The file's name ends otherwise, or a sheet cannot hold so many rows.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidStatements([Problem(path.name, 0, "", "", messages.unknown_suffix(path.name))])
    if suffix == ".xlsx" and len(statements) > _MOST_ROWS:
        message = messages.too_many_rows(len(statements), _MOST_ROWS)
        raise InvalidStatements([Problem(path.name, 0, "", "", message)])
    write = {".csv": _write_csv, ".xlsx": _write_sheet, ".jsonl": write_lines}[suffix]
    write_file_whole(path, partial(write, statements), force=force)


def _bytes(path: Path, table: RawTable) -> bytes | None:
    """Return what is in the file, None where it cannot be read or is no table."""
    try:
        if path.is_file() and path.suffix.lower() not in SUFFIXES:
            table.refuse(0, "", "", messages.unknown_suffix(path.name))
            return None
        return path.read_bytes()
    except FileNotFoundError:
        message = messages.no_such_file(str(path)) + meant(path, has_statements)
        table.refuse(0, "", "", message)
    except IsADirectoryError:
        message = messages.no_table_in(str(path)) + meant(path, has_statements)
        table.refuse(0, "", "", message)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        table.refuse(0, "", "", messages.unreadable_file(str(path), reason))
    return None


def _sheet(path: Path, table: RawTable) -> RawTable:
    """Return the sheet of statements; other sheets than those of a directory are refused."""
    sheets, problems = read_workbook(path)
    table.problems += problems
    if problems:
        return table
    for name in sheets:
        if name not in SHEETS:
            table.refuse(0, "", name, messages.unknown_sheet(name, SHEETS))
    if SHEET not in sheets:
        table.refuse(0, "", "", messages.missing_sheet(SHEET, sheets))
        return table
    sheets[SHEET].problems += table.problems
    return sheets[SHEET]


def _rows(table: RawTable) -> list[tuple[dict[str, Any], Place, set[str]]]:
    """Read every row: its values, its place, and the columns in which something is wrong."""
    _check_header(table)
    numbers = [name for name in _NUMBERS if name in table.header]
    settle_decimals(table, numbers, [])
    if not table.rows and not table.problems:
        table.refuse(0, "", "", messages.no_rows())
    known = [(at, name) for at, name in enumerate(table.header) if name in COLUMNS]
    absent = {name for name in REQUIRED if name not in table.header}
    found: list[tuple[dict[str, Any], Place, set[str]]] = []
    refused = {(problem.line, problem.column) for problem in table.problems}
    for line, cells in table.rows:
        bad = (
            set(absent) | {column for at, column in refused if at == line}
            if refused
            else set(absent)
        )
        if line in table.shifted:
            continue
        filled = {name: cells[at] for at, name in known if cells[at]}
        values = read_cells(filled, _refusing(table, line, bad))
        for name in REQUIRED:
            if name not in filled and name not in absent:
                table.refuse(line, name, "", messages.must_be_filled(name))
                bad.add(name)
        found.append((values, Place(table.file, line, filled.get("unit", "")), bad))
    return found


def _refusing(table: RawTable, line: int, bad: set[str]) -> Callable[[str, str, str], None]:
    def refuse(column: str, text: str, message: str) -> None:
        bad.add(column)
        table.refuse(line, column, text, message)

    return refuse


def _check_header(table: RawTable) -> None:
    """Refuse columns that there are not, and say which ones are missing."""
    misspelt = set()
    for name in table.header:
        if name and name not in COLUMNS:
            table.refuse(1, name, name, unknown_column(name, COLUMNS))
            misspelt.add(nearest(name, COLUMNS))
    for name in REQUIRED:
        if name not in table.header and name not in misspelt:
            table.refuse(1, name, "", missing_column(name, table.header))


def _table_of(statements: Iterable[Statement]) -> tuple[list[str], list[dict[str, str]]]:
    rows = [texts_of(statement) for statement in statements]
    filled = set(REQUIRED).union(*rows)
    return [name for name in COLUMNS if name in filled], rows


def _write_csv(statements: Sequence[Statement], path: Path) -> None:
    header, rows = _table_of(statements)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_sheet(statements: Sequence[Statement], path: Path) -> None:
    import xlsxwriter

    header, rows = _table_of(statements)
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # a fixed day, so that equal statements give equal files
        book.set_properties({"created": dt.datetime(2025, 7, 1, tzinfo=dt.UTC)})
        bold = book.add_format({"bold": True, "bottom": 1})
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, header, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header), 16)
        for line, texts in enumerate(rows, start=1):
            for at, name in enumerate(header):
                if name in texts:
                    _write_cell(sheet, line, at, name, texts[name], as_day)


def _write_cell(sheet: Any, line: int, at: int, name: str, text: str, as_day: Any) -> None:
    """Write a cell as what it is: what a spreadsheet cannot keep exactly stays text."""
    form = COLUMNS[name].form
    day = _day(text) if form == "date" else None
    if day is not None:
        sheet.write_datetime(line, at, day, as_day)
    elif form in {"quantity", "money", "whole", "condition"} and _is_exact_float(text):
        sheet.write_number(line, at, float(text))
    else:
        sheet.write_string(line, at, text)


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day is not None and day.year > 1900 else None


def _is_exact_float(text: str) -> bool:
    if not text.replace(".", "", 1).isdigit():
        return False
    return decimal_text(Decimal(repr(float(text)))) == text
