"""Reading: a scenario folder or workbook into a `Scenario`, or every problem with it at once.

In: a path. Out: a `Reading` with the problems and, where there are no errors, the scenario.
Each cell is read on its own, names are looked up in what stands in the files even where other cells
of those rows are wrong, so that one mistake is reported once and hides no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from ringtausch.records import messages
from ringtausch.records.cautions import caution_about
from ringtausch.records.checks import check_rows
from ringtausch.records.columns import BadCell, Column, read_cell
from ringtausch.records.decimals import settle_decimals
from ringtausch.records.opening import WORKBOOK_FILE, open_scenario
from ringtausch.records.problems import InvalidScenario, Problem, nearest
from ringtausch.records.raw import RawTable
from ringtausch.records.scenario import Scenario
from ringtausch.records.settings import Settings
from ringtausch.records.tables import TABLES, Row, columns_of, field_name, key_of

__all__ = ["Reading", "inspect_scenario", "read_scenario"]

_BAD = object()


@dataclass
class Reading:
    """What came of reading: the scenario (None where there are errors) and all problems."""

    scenario: Scenario | None
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        """The problems that make the scenario invalid."""
        return [problem for problem in self.problems if problem.severity == "error"]


@dataclass
class _Draft:
    """A table read cell by cell; `_BAD` stands where a cell could not be read."""

    name: str
    raw: RawTable
    cells: dict[str, list[Any]] = field(default_factory=dict)
    bad_lines: set[int] = field(default_factory=set)

    def refuse(self, line: int, column: str, value: str, message: str) -> None:
        self.bad_lines.add(line)
        self.raw.refuse(line, column, value, message)


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario folder or a workbook.

    Raises
    ------
    InvalidScenario
        With every problem, each with file, line, column, what is wrong and what would be right.
    """
    reading = inspect_scenario(path, cautions=False)
    if reading.scenario is None:
        raise InvalidScenario(reading.errors)
    return reading.scenario


def inspect_scenario(path: str | Path, *, cautions: bool = True) -> Reading:
    """Read a scenario and collect all problems; warnings only where there is no error."""
    opened = open_scenario(Path(path))
    raw, settings, problems = opened.tables, opened.settings, opened.problems
    if settings is None:
        return Reading(None, _in_order(problems))
    problems += settings.problems
    drafts = {name: _read_cells(name, raw[name]) for name in TABLES if name in raw}
    problems += _look_up_names(drafts)
    if "currency" in settings.values:
        _look_up_currencies(drafts, settings)
    _find_repeated_keys(drafts)
    rows = {name: _rows(draft) for name, draft in drafts.items()}
    for draft in drafts.values():
        problems += draft.raw.problems
    files = {name: draft.raw.file for name, draft in drafts.items()}
    problems += check_rows(rows, settings, lambda table, row, _column: (files[table], row.line))
    problems = _in_order(problems)
    if problems:
        return Reading(None, problems)
    scenario = Scenario(**settings.values, **cast("Any", rows))
    if cautions:
        problems = _in_order(caution_about(scenario, files))
    return Reading(scenario, problems)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column))


def _read_cells(name: str, raw: RawTable) -> _Draft:
    """Read every cell of a table by its column's rule."""
    draft = _Draft(name, raw, bad_lines=set(raw.shifted))
    if not raw.header:
        return draft
    columns = columns_of(name)
    known = [column.name for column in columns]
    misspelt = set()
    for header in raw.header:
        if header and header not in known:
            raw.refuse(1, header, header, messages.unknown_column(header, known))
            misspelt.add(nearest(header, known))
    for column in columns:
        if column.required and column.name not in {*raw.header, *misspelt}:
            raw.refuse(1, column.name, "", messages.missing_column(column.name, raw.header))
    settle_decimals(
        raw,
        [c.name for c in columns if c.kind in {"number", "integer"}],
        [c.name for c in columns if c.kind == "payments"],
    )
    for column in columns:
        if column.name in raw.header:
            draft.cells[column.name] = _read_column(draft, column)
    return draft


def _read_column(draft: _Draft, column: Column) -> list[Any]:
    at = draft.raw.header.index(column.name)
    values: list[Any] = []
    for line, cells in draft.raw.rows:
        text = cells[at]
        value: Any = _BAD
        try:
            value = read_cell(column, text)
        except BadCell as bad:
            draft.refuse(line, column.name, text, str(bad))
        values.append(value)
    return values


def _look_up_names(drafts: dict[str, _Draft]) -> list[Problem]:
    """Refuse names that are in none of the tables in which they should be.

    Where such a table is missing that is said once, and where it cannot be read as a whole its
    names are not known: nothing is said of them.
    """
    known = {name: _names_of(drafts.get(name)) for name in TABLES}
    unread = {name for name, draft in drafts.items() if not _is_whole(draft)}
    sheets = any(draft.raw.file.endswith("]") for draft in drafts.values())
    files = {name: f"{WORKBOOK_FILE}[{name}]" if sheets else f"{name}.csv" for name in TABLES}
    files |= {name: draft.raw.file for name, draft in drafts.items()}
    missing: dict[str, Problem] = {}
    for draft in drafts.values():
        for column in columns_of(draft.name):
            if not column.refers or unread & set(column.refers):
                continue
            allowed = set().union(*(known[table] for table in column.refers))
            home = column.refers[-1]  # an item is a capability, a capability no item
            for place, value in enumerate(draft.cells.get(column.name, ())):
                if value is _BAD or value in allowed or (value == "*" and column.wildcard):
                    continue
                line = draft.raw.rows[place][0]
                if home in drafts:
                    message = messages.unknown_name(
                        value, [files[table] for table in column.refers], allowed
                    )
                    draft.refuse(line, column.name, value, message)
                elif home not in missing:
                    message = messages.missing_table(value, f"{draft.raw.file}:{line}")
                    missing[home] = Problem(files[home], 0, "", value, message)
    return list(missing.values())


def _is_whole(draft: _Draft) -> bool:
    """Tell whether all names of a table are known."""
    keys = key_of(draft.name)
    return draft.raw.whole and (not keys or keys[0] in draft.cells)


def _names_of(draft: _Draft | None) -> set[str]:
    if draft is None:
        return set()
    keys = key_of(draft.name)
    column = draft.cells.get(keys[0], []) if keys else []
    return {value for value in column if value is not _BAD}


def _look_up_currencies(drafts: dict[str, _Draft], settings: Settings) -> None:
    """Refuse currencies that have no exchange rate."""
    known = {settings.values["currency"], *settings.values.get("fx", ())}
    for draft in drafts.values():
        for place, value in enumerate(draft.cells.get("currency", [])):
            if value and value not in known:
                line = draft.raw.rows[place][0]
                draft.refuse(line, "currency", value, messages.unknown_currency(value, known))


def _find_repeated_keys(drafts: dict[str, _Draft]) -> None:
    """Refuse a second row with the same key."""
    for draft in drafts.values():
        keys = key_of(draft.name)
        if not keys or any(key not in draft.cells for key in keys):
            continue
        first: dict[tuple[Any, ...], int] = {}
        columns = {column.name: column for column in columns_of(draft.name)}
        for place, values in enumerate(zip(*(draft.cells[key] for key in keys), strict=True)):
            if _BAD in values:
                continue
            line = draft.raw.rows[place][0]
            if values in first:
                shown = [columns[k].write(v) for k, v in zip(keys, values, strict=True)]
                message = messages.repeated_key(keys, shown, first[values])
                draft.refuse(line, keys[0], shown[0], message)
            else:
                first[values] = line


def _rows(draft: _Draft) -> tuple[Row, ...]:
    """Make typed rows of the lines in which every cell could be read."""
    make = TABLES[draft.name]
    columns = columns_of(draft.name)
    if any(column.required and column.name not in draft.cells for column in columns):
        return ()
    present = [column.name for column in columns if column.name in draft.cells]
    fields = [field_name(name) for name in present]
    values = zip(*(draft.cells[name] for name in present), strict=True)
    lines = (line for line, _ in draft.raw.rows)
    return tuple(
        make(**dict(zip(fields, row, strict=True)), line=line)
        for line, row in zip(lines, values, strict=True)
        if line not in draft.bad_lines
    )
