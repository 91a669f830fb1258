"""Tables of a directory: `parties` and `items`, as CSV files of a folder or as sheets of a workbook.

In: a path. Out: a `Directory`, or every problem at once. And back into a folder or a workbook, so that
reading gives the same one. Must not know statements.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast, get_args

from ringtausch.exchange import statement_messages as messages
from ringtausch.exchange.near import has_directory, meant
from ringtausch.records.folders import write_file_whole, write_folder_whole
from ringtausch.records.messages import missing_column, unknown_column, unreadable
from ringtausch.records.problems import InvalidInput, Problem, nearest
from ringtausch.records.raw import RawTable, parse_csv
from ringtausch.records.workbook import read_workbook
from ringtausch.register.directory import Directory, Item, Party, PartyKind
from ringtausch.register.messages import separator_in_name, untidy_text
from ringtausch.register.statement import COALITION, PUBLIC

__all__ = ["DIRECTORY_COLUMNS", "InvalidDirectory", "read_directory", "write_directory"]

#: The columns of each table; the first is the key.
DIRECTORY_COLUMNS: dict[str, tuple[str, ...]] = {
    "parties": ("name", "title", "kind", "keeper", "coalition"),
    "items": ("name", "title", "unit", "divisible"),
}
_KINDS: tuple[str, ...] = get_args(PartyKind)
_FLAGS = {"": False, "yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

_Row = tuple[int, dict[str, str]]


class InvalidDirectory(InvalidInput):
    """Tables of parties and items that break the format."""


def read_directory(path: str | Path) -> Directory:
    """Read parties and items from a folder with parties.csv and items.csv, or from a workbook.

    Raises
    ------
    InvalidDirectory
        With every problem, each with file, line and column.
    """
    path = Path(path)
    problems: list[Problem] = []
    tables = _tables(path, problems)
    if not tables and not problems:
        message = messages.no_directory(str(path)) + meant(path, has_directory)
        problems.append(Problem(path.name, 0, "", "", message))
    rows = {name: _rows(name, table) for name, table in tables.items()}
    for line, row in rows.get("parties", []):
        if "/" in row["name"]:
            tables["parties"].refuse(line, "name", row["name"], messages.slash_in_name(row["name"]))
    parties, coalition = _parties(rows.get("parties", []), tables.get("parties"))
    items = _items(rows.get("items", []), tables.get("items"))
    problems += [problem for table in tables.values() for problem in table.problems]
    if problems:
        raise InvalidDirectory(problems)
    return Directory.of(parties, items, frozenset(coalition))


def write_directory(directory: Directory, path: str | Path, *, force: bool = False) -> None:
    """Write parties and items as a workbook where the path ends in .xlsx, else as a folder.

    Raises
    ------
    OutputExists
        It is there already and `force` is not given.
    """
    path = Path(path)
    tables = {"parties": _party_rows(directory), "items": _item_rows(directory)}
    if path.suffix.lower() == ".xlsx":
        write_file_whole(path, partial(_fill_workbook, tables), force=force)
    else:
        ours = [f"{name}.csv" for name in tables]
        write_folder_whole(path, partial(_fill_folder, tables), force=force, ours=ours)


def _tables(path: Path, problems: list[Problem]) -> dict[str, RawTable]:
    if path.is_dir():
        found: dict[str, RawTable] = {}
        for name in DIRECTORY_COLUMNS:
            file = path / f"{name}.csv"
            try:
                found[name] = parse_csv(file.read_bytes(), file.name)
            except FileNotFoundError:
                continue
            except OSError as error:
                message = unreadable(error.strerror or str(error))
                problems.append(Problem(file.name, 0, "", "", message))
        return found
    if path.suffix.lower() != ".xlsx" or not path.is_file():
        return {}
    sheets, wrong = read_workbook(path)
    problems += wrong
    return {name: sheets[name] for name in DIRECTORY_COLUMNS if name in sheets}


def _rows(name: str, table: RawTable) -> list[_Row]:
    """Read the rows of one table; a name stands once."""
    columns = DIRECTORY_COLUMNS[name]
    if not table.header:
        return []
    misspelt = set()
    for header in table.header:
        if header and header not in columns:
            table.refuse(1, header, header, unknown_column(header, columns))
            misspelt.add(nearest(header, columns))
    if "name" not in table.header:
        if "name" not in misspelt:
            table.refuse(1, "name", "", missing_column("name", table.header))
        return []
    found: list[_Row] = []
    first: dict[str, int] = {}
    for line, cells in table.rows:
        row = dict(zip(table.header, cells, strict=True))
        wrong = _wrong_name(row["name"], first)
        if wrong:
            table.refuse(line, "name", row["name"], wrong)
        else:
            first[row["name"]] = line
            found.append((line, row))
    return found


def _wrong_name(name: str, first: Mapping[str, int]) -> str:
    """Say what is wrong with the name of a row; empty where nothing is."""
    if not name:
        return messages.must_be_filled("name")
    if not name.isprintable():
        return untidy_text(name)
    if ";" in name:
        return separator_in_name(name)
    if name.casefold() in {PUBLIC, COALITION, "*"}:
        return messages.reserved_name(name)
    return messages.repeated_name(name, first[name]) if name in first else ""


def _parties(rows: list[_Row], table: RawTable | None) -> tuple[list[Party], list[str]]:
    parties: list[Party] = []
    coalition: list[str] = []
    names = [row["name"] for _, row in rows]
    for line, row in rows:
        assert table is not None
        kind, keeper = row.get("kind", "") or "state", row.get("keeper", "")
        if kind not in _KINDS:
            table.refuse(line, "kind", kind, messages.unknown_party_kind(kind, _KINDS))
        elif keeper and kind != "pool":
            table.refuse(line, "keeper", keeper, messages.keeper_of_no_pool(kind))
        elif keeper and keeper not in names:
            table.refuse(line, "keeper", keeper, messages.unknown_keeper(keeper, names))
        if _flag(table, line, row, "coalition"):
            coalition.append(row["name"])
        parties.append(Party(row["name"], row.get("title", ""), cast("PartyKind", kind), keeper))
    return parties, coalition


def _items(rows: list[_Row], table: RawTable | None) -> list[Item]:
    items: list[Item] = []
    for line, row in rows:
        assert table is not None
        divisible = _flag(table, line, row, "divisible")
        items.append(
            Item(row["name"], row.get("title", ""), row.get("unit", "") or "piece", divisible)
        )
    return items


def _flag(table: RawTable, line: int, row: Mapping[str, str], column: str) -> bool:
    text = row.get(column, "")
    if text.casefold() not in _FLAGS:
        table.refuse(line, column, text, messages.not_yes_or_no(text))
    return _FLAGS.get(text.casefold(), False)


def _party_rows(directory: Directory) -> list[tuple[str, ...]]:
    return [
        (one.name, one.title, one.kind, one.keeper, _yes(one.name in directory.coalition))
        for one in directory.parties.values()
    ]


def _item_rows(directory: Directory) -> list[tuple[str, ...]]:
    return [
        (one.name, one.title, one.unit, _yes(one.divisible)) for one in directory.items.values()
    ]


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _fill_folder(tables: Mapping[str, Iterable[tuple[str, ...]]], folder: Path) -> None:
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(DIRECTORY_COLUMNS[name])
            writer.writerows(rows)


def _fill_workbook(tables: Mapping[str, Iterable[tuple[str, ...]]], path: Path) -> None:
    import xlsxwriter

    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, rows in tables.items():
            sheet: Any = book.add_worksheet(name)
            sheet.write_row(0, 0, DIRECTORY_COLUMNS[name], bold)
            for line, row in enumerate(rows, start=1):
                for at, text in enumerate(row):
                    if text:
                        sheet.write_string(line, at, text)
