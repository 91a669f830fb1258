"""Workbooks: the same tables as sheets of one `scenario.xlsx`, and the settings as a sheet.

The sheet `scenario` has two columns, setting and value: `name`, `start`, `objectives` (separated by
commas), `tolerance.unmet_need`, `fx.USD`, … Cells are read as what they are: dates, numbers, text.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringtausch.records import messages
from ringtausch.records.columns import Column, decimal_text
from ringtausch.records.problems import Problem
from ringtausch.records.raw import RawTable, tidy
from ringtausch.records.settings import SECTIONS, Locate, setting_of_text
from ringtausch.records.tables import TABLES, columns_of, field_name

if TYPE_CHECKING:
    from ringtausch.records.scenario import Scenario

__all__ = ["SETTINGS_SHEET", "read_workbook", "settings_of_sheet", "write_workbook"]

SETTINGS_SHEET = "scenario"


def read_workbook(path: Path) -> tuple[dict[str, RawTable], list[Problem]]:
    """Read every sheet of a workbook as a raw table, named as in messages: scenario.xlsx[offers]."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
    except Exception as error:  # noqa: BLE001 - the library raises many kinds of its own
        return {}, [Problem(path.name, 0, "", "", messages.unreadable(str(error)))]
    tables: dict[str, RawTable] = {}
    for name, cells in sheets.items():
        table = RawTable(f"{path.name}[{name}]", [], [])
        for line, row in enumerate(cells, start=1):
            texts = [_cell_text(value) for value in row]
            if table.header:
                table.rows.append((line, texts))
            elif any(texts):
                table.header = texts
        if table.header:  # an empty sheet is what a new workbook has: forgiven
            tidy(table)
            tables[name] = table
    return tables, []


def _cell_text(value: Any) -> str:
    """Write a cell as it would stand in a CSV file."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return decimal_text(Decimal(repr(value))) if value >= 0 else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value).strip()


def settings_of_sheet(table: RawTable) -> tuple[dict[str, Any], Locate]:
    """Turn the settings sheet into the sections of a scenario.toml."""
    sections: dict[str, Any] = {"scenario": {}}
    lines: dict[tuple[str, str], int] = {}
    for column in table.header:
        if column not in {"setting", "value"}:
            table.refuse(1, column, column, messages.unknown_column(column, ["setting", "value"]))
    for column in ("setting", "value"):
        if column not in table.header:
            table.refuse(1, column, "", messages.missing_column(column, table.header))
    if table.problems:
        return sections, lambda _section, _setting: 1
    at, value_at = table.header.index("setting"), table.header.index("value")
    for line, cells in table.rows:
        section, dot, setting = cells[at].partition(".")
        if not dot:
            section, setting = SETTINGS_SHEET, cells[at]
        if (section, setting) in lines:
            first = lines[section, setting]
            message = messages.repeated_key(["setting"], [cells[at]], first)
            table.refuse(line, "setting", cells[at], message)
            continue
        lines[section, setting] = line
        sections.setdefault(section, {})[setting] = setting_of_text(setting, cells[value_at])
    return sections, lambda section, setting: lines.get((section, setting), 1)


def write_workbook(scenario: Scenario, path: Path) -> None:
    """Write a scenario as a workbook: a sheet of settings and one for each table that has rows."""
    import xlsxwriter

    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # a fixed day, so that equal scenarios give equal files
        book.set_properties(
            {"title": scenario.name, "created": dt.datetime(2025, 7, 1, tzinfo=dt.UTC)}
        )
        bold = book.add_format({"bold": True, "bottom": 1})
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(SETTINGS_SHEET)
        sheet.write_row(0, 0, ["setting", "value"], bold)
        for line, (setting, value) in enumerate(_settings_rows(scenario), start=1):
            sheet.write_string(line, 0, setting)
            sheet.write_string(line, 1, value)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 60)
        for name in TABLES:
            if scenario.rows(name):
                _write_sheet(book.add_worksheet(name), scenario.rows(name), name, bold, as_day)


def _settings_rows(scenario: Scenario) -> list[tuple[str, str]]:
    rows = [
        ("format", "1"),
        ("name", scenario.name),
        ("start", scenario.start.isoformat()),
        ("period", scenario.period),
        ("horizon", str(scenario.horizon)),
        ("settlement", str(scenario.settlement)),
        ("currency", scenario.currency),
        ("objectives", ", ".join(scenario.objectives)),
    ]
    for section in list(SECTIONS)[1:]:
        numbers: dict[str, Decimal] = getattr(scenario, section)
        rows += [(f"{section}.{name}", decimal_text(value)) for name, value in numbers.items()]
    return rows


def _write_sheet(sheet: Any, rows: tuple[Any, ...], table: str, bold: Any, as_day: Any) -> None:
    columns = columns_of(table)
    sheet.write_row(0, 0, [column.name for column in columns], bold)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, 40 if column.kind == "text" else 14)
        for line, row in enumerate(rows, start=1):
            value = getattr(row, field_name(column.name))
            if value is not None and column.write(value):
                _write_cell(sheet, line, at, column, value, as_day)


def _write_cell(sheet: Any, line: int, at: int, column: Column, value: Any, as_day: Any) -> None:
    text = column.write(value)
    if column.kind in {"number", "integer"} and decimal_text(Decimal(repr(float(value)))) == text:
        sheet.write_number(line, at, float(value))
    elif column.kind in {"date", "day or never"} and text != "never" and value.year >= 1900:
        sheet.write_datetime(line, at, value, as_day)
    else:  # a decimal with more digits than a spreadsheet keeps stays text
        sheet.write_string(line, at, text)
