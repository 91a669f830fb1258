"""A register as a Data Package, and its positions as a table for people.

The page *Exports*. In: positions. Out: a folder with `datapackage.json` (Data Package v2) and a CSV file for
each table, written whole or not at all; or one file of positions, as CSV or as a workbook. Positions are a
reader's view already, so that nothing hidden can get in.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringtausch.exchange.register_columns import (
    KEYS,
    LINKS,
    TABLES,
    TITLES,
    Column,
    field_of,
)
from ringtausch.exchange.register_rows import ROWS, Row
from ringtausch.language import _
from ringtausch.records.datapackage import package, resource
from ringtausch.records.folders import write_file_whole, write_folder_whole
from ringtausch.records.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["PACKAGE", "InvalidTarget", "package_of", "write_data_package", "write_positions"]

PACKAGE = "datapackage.json"
_SUFFIXES = (".csv", ".xlsx")
_SHEETS = ("positions", "milestones", "conflicts")


class InvalidTarget(InvalidInput):
    """A file name that says nothing about how to write it."""


def write_data_package(
    positions: Positions, target: Path, *, title: str = "Register", force: bool = False
) -> None:
    """Write statements and what follows from them as a Data Package.

    Parameters
    ----------
    positions
        In the view of whom the package is for.
    target
        The folder.
    title
        What the package is called.
    force
        Whether an existing folder is replaced; files in it that are not of the package stay.

    Raises
    ------
    OutputExists
        The folder exists and `force` is not given.
    """
    ours = {PACKAGE, *(f"{name}.csv" for name in TABLES)}
    fill = partial(_fill, positions, title)
    write_folder_whole(target, fill, force=force, ours=ours)


def write_positions(positions: Positions, path: Path, *, force: bool = False) -> None:
    """Write where each matter stands: as CSV, or as a workbook with its milestones and conflicts.

    Raises
    ------
    OutputExists
        The file exists and `force` is not given.
    InvalidTarget
        Its name ends neither in .csv nor in .xlsx.
    """
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        message = _("write positions to a file that ends in .csv or .xlsx")
        raise InvalidTarget([Problem(path.name, 0, "", path.suffix, message)])
    if suffix == ".csv":
        rows = list(ROWS["positions"](positions))
        fill = partial(_write_csv, TABLES["positions"], rows)
    else:
        fill = partial(_write_workbook, positions)
    write_file_whole(path, fill, force=force)


def package_of(positions: Positions, title: str) -> dict[str, Any]:
    """Describe the package: every table with its columns, keys and links, and how it came about."""
    rule = positions.rule
    found = package("register", title, [_resource(name) for name in TABLES])
    found["description"] = (
        f"Statements of a register, and positions by rule {rule.name} {rule.version}, as of"
        f" {positions.as_of.isoformat()}. Amounts are exact; what is unknown is empty, never zero."
    )
    found["rule"] = {"name": rule.name, "version": rule.version, "classes": sorted(rule.ranks)}
    found["as_of"] = positions.as_of.isoformat()
    if rule.set_aside:
        found["set_aside"] = dict(sorted(rule.set_aside.items()))
    return found


def _resource(name: str) -> dict[str, Any]:
    fields = [field_of(column) for column in TABLES[name]]
    found = resource(name, fields, KEYS.get(name, ()))
    links = [
        {"fields": [column], "reference": {"resource": other, "fields": list(KEYS[other])}}
        for column, other in LINKS.get(name, {}).items()
    ]
    if links:
        found["schema"]["foreignKeys"] = links
    return {**found, "title": TITLES[name]}


def _fill(positions: Positions, title: str, folder: Path) -> None:
    for name, columns in TABLES.items():
        _write_csv(columns, ROWS[name](positions), folder / f"{name}.csv")
    described = json.dumps(package_of(positions, title), ensure_ascii=False, indent=2)
    (folder / PACKAGE).write_text(described + "\n", encoding="utf-8", newline="\n")


def _write_csv(columns: Iterable[Column], rows: Iterable[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        header = [column.name for column in columns]
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_workbook(positions: Positions, path: Path) -> None:
    import xlsxwriter

    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # a fixed day, so that equal positions give equal files
        book.set_properties({"created": dt.datetime(2025, 7, 1, tzinfo=dt.UTC)})
        bold = book.add_format({"bold": True, "bottom": 1})
        for name in _SHEETS:
            sheet = book.add_worksheet(name)
            columns = TABLES[name]
            sheet.write_row(0, 0, [column.name for column in columns], bold)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(columns), 16)
            for line, row in enumerate(ROWS[name](positions), start=1):
                for at, column in enumerate(columns):
                    if column.name in row:
                        _write_cell(sheet, line, at, column, row[column.name])


def _write_cell(sheet: Any, line: int, at: int, column: Column, text: str) -> None:
    """Write a number as one where a spreadsheet keeps all of its digits, else as a text."""
    if column.type in {"number", "integer"} and len(text) <= 15:
        sheet.write_number(line, at, float(text))
    else:
        sheet.write_string(line, at, text)
