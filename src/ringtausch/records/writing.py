"""Writing: a scenario as a folder of CSV tables (a valid Data Package) or as a workbook.

Reading what was written gives an equal scenario: every value, note and order of rows.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

from ringtausch.records.columns import decimal_text
from ringtausch.records.datapackage import scenario_package
from ringtausch.records.folders import write_file_whole, write_folder_whole
from ringtausch.records.opening import SETTINGS_FILE, SIDE_FILES
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import TABLES, columns_of, field_name
from ringtausch.records.workbook import write_workbook

__all__ = ["convert_scenario", "write_scenario"]


def write_scenario(scenario: Scenario, path: str | Path, *, force: bool = False) -> None:
    """Write a scenario: a workbook where the path ends in .xlsx, a folder otherwise.

    Raises
    ------
    OutputExists
        Something is there already and `force` is not given.
    """
    target = Path(path)
    if target.suffix.casefold() == ".xlsx":
        write_file_whole(target, lambda fresh: write_workbook(scenario, fresh), force=force)
    else:
        ours = {SETTINGS_FILE, "datapackage.json", *(f"{name}.csv" for name in TABLES)}
        write_folder_whole(
            target, lambda fresh: _write_files(scenario, fresh), force=force, ours=ours
        )


def convert_scenario(scenario: Scenario, source: Path, target: Path, *, force: bool) -> list[str]:
    """Write a scenario in the other form, with the files beside its tables; name what stays behind.

    A workbook has no place for `README.md`, `variants.toml` and the tables of other parts of the
    program: from folder to workbook they stay where they are, and are named in the answer.
    """
    beside = [
        name for name in SIDE_FILES if name != "datapackage.json" and (source / name).is_file()
    ]
    write_scenario(scenario, target, force=force)
    if target.suffix.casefold() == ".xlsx":
        return beside
    for name in beside:
        if not (target / name).exists():
            shutil.copy2(source / name, target / name)
    return []


def _write_files(scenario: Scenario, folder: Path) -> None:
    (folder / SETTINGS_FILE).write_text(settings_text(scenario), encoding="utf-8", newline="\n")
    for name in TABLES:
        if scenario.rows(name):
            write_table(folder / f"{name}.csv", name, scenario.rows(name))
    package = json.dumps(scenario_package(scenario), indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(package + "\n", encoding="utf-8", newline="\n")


def write_table(path: Path, table: str, rows: tuple[Any, ...]) -> None:
    """Write rows as CSV; columns that are empty in every row are left out where they may be."""
    columns = columns_of(table)
    cells = [
        [
            "" if (value := getattr(row, field_name(column.name))) is None else column.write(value)
            for row in rows
        ]
        for column in columns
    ]
    kept = [
        (column.name, texts)
        for column, texts in zip(columns, cells, strict=True)
        if column.required or any(texts)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([name for name, _ in kept])
        writer.writerows(zip(*(texts for _, texts in kept), strict=True))


def settings_text(scenario: Scenario) -> str:
    """Write the settings as scenario.toml."""
    lines = [
        "[scenario]",
        "format = 1",
        f"name = {_toml_text(scenario.name)}",
        f"start = {scenario.start.isoformat()}",
        f"period = {_toml_text(scenario.period)}",
        f"horizon = {scenario.horizon}",
        f"settlement = {scenario.settlement}",
        f"currency = {_toml_text(scenario.currency)}",
        f"objectives = [{', '.join(map(_toml_text, scenario.objectives))}]",
    ]
    for section in ("tolerance", "allowance", "fx"):
        numbers = getattr(scenario, section)
        if numbers:
            lines += ["", f"[{section}]"]
            lines += [f"{_toml_key(key)} = {decimal_text(n)}" for key, n in numbers.items()]
    return "\n".join(lines) + "\n"


def _toml_text(text: str) -> str:
    # JSON's escapes are TOML's, but for the delete character
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml_key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _toml_text(text)
