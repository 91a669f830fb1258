"""Opening: which files or sheets a scenario has, as raw tables and settings.

In: a path to a folder, a workbook, or a folder with a workbook. Out: `Opened`, with the problems that
concern whole files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ringtausch.records import messages
from ringtausch.records.problems import Problem
from ringtausch.records.raw import RawTable, parse_csv
from ringtausch.records.settings import (
    Settings,
    nowhere,
    parse_toml,
    read_settings,
    toml_locator,
)
from ringtausch.records.tables import TABLES
from ringtausch.records.workbook import SETTINGS_SHEET, read_workbook, settings_of_sheet

__all__ = ["SETTINGS_FILE", "SIDE_FILES", "WORKBOOK_FILE", "Opened", "open_scenario"]

SETTINGS_FILE = "scenario.toml"
WORKBOOK_FILE = "scenario.xlsx"
#: Known beside the tables, for other parts of the program.
SIDE_TABLES = ("values", "reluctance", "uncertain", "sources")
SIDE_FILES = (
    *(f"{name}.csv" for name in SIDE_TABLES),
    "variants.toml",
    "datapackage.json",
    "README.md",
)
_TABLE_LIKE = {".csv", ".toml", ".xlsx", ".xls", ".tsv"}


@dataclass
class Opened:
    """What was found: raw tables by name, settings (None where nothing can be read), problems."""

    tables: dict[str, RawTable] = field(default_factory=dict)
    settings: Settings | None = None
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, file: str, message: str, *, value: str = "", line: int = 0) -> None:
        """Note a problem with a file as a whole."""
        self.problems.append(Problem(file, line, "", value, message))


def open_scenario(path: Path) -> Opened:
    """Find the tables and the settings of a scenario."""
    opened = Opened()
    try:
        if path.is_file() and path.suffix.casefold() == ".xlsx":
            _open_workbook(opened, path)
            if opened.settings is None and not opened.problems:
                opened.refuse(f"{path.name}[{SETTINGS_SHEET}]", messages.not_a_scenario(path.name))
        elif path.is_dir():
            _open_folder(opened, path)
        else:
            opened.refuse(str(path), messages.no_such_folder(str(path)))
    except OSError as error:
        opened.refuse(str(path), messages.unreadable(error.strerror or str(error)))
    return opened


def _open_folder(opened: Opened, path: Path) -> None:
    files = _known_files(opened, path)
    toml, workbook = files.get(SETTINGS_FILE), files.get(WORKBOOK_FILE)
    if toml is None and workbook is None:
        opened.refuse(SETTINGS_FILE, messages.not_a_scenario(str(path)))
        return
    if workbook is not None:
        _open_workbook(opened, workbook)
    if toml is not None:
        if opened.settings is not None:
            opened.refuse(SETTINGS_FILE, messages.both_forms(SETTINGS_FILE, opened.settings.file))
        else:
            _read_toml(opened, toml)
    elif opened.settings is None and not opened.problems:
        opened.refuse(f"{WORKBOOK_FILE}[{SETTINGS_SHEET}]", messages.not_a_scenario(str(path)))
    for name in TABLES:
        file = files.get(f"{name}.csv")
        if file is not None:
            if name in opened.tables:
                opened.refuse(file.name, messages.both_forms(file.name, opened.tables[name].file))
            opened.tables[name] = parse_csv(file.read_bytes(), file.name)


def _known_files(opened: Opened, path: Path) -> dict[str, Path]:
    """List the files of a scenario; refuse what looks like a table and is none."""
    known = [*(f"{name}.csv" for name in TABLES), SETTINGS_FILE, WORKBOOK_FILE, *SIDE_FILES]
    files: dict[str, Path] = {}
    for entry in sorted(path.iterdir()):
        if entry.name.startswith((".", "~$")) or entry.is_dir():
            continue
        if entry.name in known:
            files[entry.name] = entry
        elif entry.suffix.casefold() in _TABLE_LIKE:
            opened.refuse(entry.name, messages.unknown_table(entry.name, known), value=entry.name)
    return files


def _open_workbook(opened: Opened, workbook: Path) -> None:
    """Take the tables and, where there is one, the sheet of settings."""
    sheets, problems = read_workbook(workbook)
    opened.problems += problems
    for name, table in sheets.items():
        if name in TABLES:
            opened.tables[name] = table
        elif name == SETTINGS_SHEET:
            opened.settings = _settings_of(table)
        elif name not in SIDE_TABLES:
            known = [*TABLES, *SIDE_TABLES, SETTINGS_SHEET]
            opened.refuse(table.file, messages.unknown_table(name, known), value=name)


def _settings_of(sheet: RawTable) -> Settings:
    data, locate = settings_of_sheet(sheet)
    settings = Settings(sheet.file, locate)
    if not sheet.problems:
        settings = read_settings(data, sheet.file, locate)
    settings.problems = sheet.problems + settings.problems
    return settings


def _read_toml(opened: Opened, toml: Path) -> None:
    raw = toml.read_bytes()
    opened.settings = Settings(toml.name, nowhere)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        opened.refuse(toml.name, messages.not_utf8_text(raw[error.start]), line=line)
        return
    data: dict[str, Any]
    data, broken = parse_toml(text, toml.name)
    opened.problems += broken
    if not broken:
        opened.settings = read_settings(data, toml.name, toml_locator(text))
