"""A release: rows that may bind, and the changes with which they no longer do.

In: rows of a scenario. Out: a `Release` with its family, its rows as people know them, and the exact
edits. `docs/reference/changes.md` lists all of them; the modules `free_*` make them family by family.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from ringtausch.insight.explain.changes import Change
from ringtausch.records import Scenario
from ringtausch.records.tables import columns_of, field_name, key_of

__all__ = ["FAMILIES", "TARGET_OBJECTIVES", "Family", "Release", "RowName", "name_of", "name_row"]

Family = Literal["money", "consent", "willingness", "production", "time", "floors"]
#: In the order in which they are looked at and told.
FAMILIES: tuple[Family, ...] = (
    "money",
    "consent",
    "willingness",
    "production",
    "time",
    "floors",
)
#: What is explained: the objectives whose parts have a name and a month.
TARGET_OBJECTIVES = ("late_replacement", "unmet_need", "capability_gap")


@dataclass(frozen=True)
class RowName:
    """A row by its table, its line in the file and its key.

    Line 0 stands for a row that is not there: a lane, a supply or an earmark that nobody wrote. A
    table without a key names the row by all its cells but source and note.
    """

    table: str
    line: int
    key: dict[str, str]


@dataclass(frozen=True)
class Release:
    """What is freed, how, and how the row is told of.

    `only_adds` says that every plan of the scenario stays a plan, no worse in any objective, so that
    releases may be tested together. A shorter lead is the one exception: what left in March and came
    in May can no longer leave in March and come in May.
    """

    family: Family
    rows: tuple[RowName, ...]
    changes: tuple[Change, ...]
    sentence: str
    only_adds: bool = True
    objectives: frozenset[str] = field(default=frozenset(TARGET_OBJECTIVES))
    fund: str = ""


def name_row(scenario: Scenario, table: str, place: int) -> RowName:
    """Name a row of the scenario."""
    row = scenario.rows(table)[place]
    keys = key_of(table)
    columns = [
        column
        for column in columns_of(table)
        if column.name in keys or (not keys and column.name not in {"source", "note"})
    ]
    values = {column.name: getattr(row, field_name(column.name)) for column in columns}
    key = {
        column.name: column.write(values[column.name])
        for column in columns
        if values[column.name] is not None
    }
    return RowName(table, row.line, key)


def name_of(table: str, row: Any) -> RowName:
    """Name a row that is not there, by its key and what else is filled."""
    key = {}
    for column in columns_of(table):
        value = getattr(row, field_name(column.name))
        if value is not None and (column.required or column.key):
            key[column.name] = column.write(value)
    return RowName(table, 0, key)
