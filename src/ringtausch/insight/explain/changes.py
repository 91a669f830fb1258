"""Changes of rows, applied to a scenario and written as edits.

In: rows as they are and as they shall be. Out: the changed scenario, or the edits that lead to it: the
two are always the same, and a test says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ringtausch.records import Scenario
from ringtausch.records.edits.parsing import Edit, Path, write_edit, write_path
from ringtausch.records.edits.selecting import single_out
from ringtausch.records.tables import columns_of, field_name

__all__ = ["Change", "apply_changes", "edits_of", "row_path"]


@dataclass(frozen=True)
class Change:
    """A row of a table as it shall be: in the place of another, or without a place at the end."""

    table: str
    place: int | None
    row: Any


def apply_changes(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """Return the scenario with all changes made; added rows stand at the end, in their order.

    Of a row only the cells change that the change is about: its lane may open and its lead end.
    """
    tables: dict[str, list[Any]] = {}
    for change in changes:
        rows = tables.setdefault(change.table, list(scenario.rows(change.table)))
        if change.place is None:
            rows.append(change.row)
        else:
            cells = _changed_cells(scenario, change)
            rows[change.place] = replace(rows[change.place], **cells)
    return scenario.with_rows(**{name: tuple(rows) for name, rows in tables.items()})


def edits_of(scenario: Scenario, changes: Iterable[Change]) -> tuple[str, ...]:
    """Write changes as edits, to be made in this order."""
    made: list[str] = []
    done: list[Change] = []
    now = scenario
    for change in changes:
        if change.place is None:
            made.append(write_edit(Edit("", "add", change.table, _filled(change))))
        else:
            made += _set_edits(now, change, _changed_cells(scenario, change))
        done.append(change)
        now = apply_changes(scenario, done)
    return tuple(made)


def row_path(scenario: Scenario, table: str, place: int) -> str:
    """Write which row is meant, as edits and `--of` name it."""
    return write_path(Path(table, single_out(table, scenario.rows(table), place)))


def _filled(change: Change) -> tuple[tuple[str, str], ...]:
    """Name the cells of a new row that are not what an empty cell means."""
    columns = columns_of(change.table)
    values = [(column, getattr(change.row, field_name(column.name))) for column in columns]
    return tuple(
        (column.name, column.write(value))
        for column, value in values
        if value is not None and (column.required or value != column.default)
    )


def _changed_cells(scenario: Scenario, change: Change) -> dict[str, Any]:
    """Return the cells of a row that a change is about, by the names of the row's fields."""
    assert change.place is not None
    before = scenario.rows(change.table)[change.place]
    names = [field_name(column.name) for column in columns_of(change.table)]
    wanted = {name: getattr(change.row, name) for name in names}
    return {name: value for name, value in wanted.items() if value != getattr(before, name)}


def _set_edits(scenario: Scenario, change: Change, cells: dict[str, Any]) -> list[str]:
    """Write one edit for each cell, each on the row as it then stands."""
    table, place = change.table, change.place
    assert place is not None
    made = []
    for column in columns_of(table):
        name = field_name(column.name)
        if name in cells:
            text = "" if cells[name] is None else column.write(cells[name])
            path = single_out(table, scenario.rows(table), place)
            made.append(write_edit(Edit("", "set", table, path, column.name, text)))
            rows = list(scenario.rows(table))
            rows[place] = replace(rows[place], **{name: cells[name]})
            scenario = scenario.with_rows(**{table: tuple(rows)})
    return made
