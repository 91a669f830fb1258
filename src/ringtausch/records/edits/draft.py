"""A scenario while it is edited: edits change rows and settings one after the other.

In: a scenario and edits. Out: changed rows and settings, which edit did what, the edit that leads back
from each, and what cannot be done. Whether the result is valid is asked at the end, in `validity`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ringtausch.records import edit_messages, messages
from ringtausch.records.columns import BadCell, Column, decimal_text, read_cell
from ringtausch.records.edits.parsing import BadEdit, Edit, parse_edit, write_edit
from ringtausch.records.edits.selecting import (
    ROW,
    Complaint,
    Refusal,
    column_named,
    known_table,
    read_pairs,
    row_number,
    select_row,
    single_out,
)
from ringtausch.records.problems import Problem, nearest
from ringtausch.records.scenario import OBJECTIVES, Scenario
from ringtausch.records.settings import SECTIONS, setting_of_text
from ringtausch.records.tables import TABLES, cell_text, columns_of, field_name

__all__ = ["Draft", "Trace", "full_cells", "setting_text"]


@dataclass
class Trace:
    """What edits did to a row: one added it, or others set cells of what it was before."""

    row: Any
    before: Any = None
    added: Edit | None = None
    columns: dict[str, Edit] = field(default_factory=dict)

    def edit_of(self, column: str) -> Edit:
        """Name the edit that is behind a cell: the one that set it, or the last that did anything."""
        return self.columns.get(column) or self.added or next(reversed(self.columns.values()))


class Draft:
    """A scenario while it is edited.

    Attributes
    ----------
    traces
        By table and the row's identity: what edits did to the rows that are there now.
    dropped
        By table: rows of the scenario that are gone, as they were before.
    set_by
        By section and setting: the last edit of it.
    doubtful
        Tables in which an edit failed: what is missing there may be what it would have made.
    undo
        The edit that leads back, for each edit that was made.
    """

    def __init__(self, scenario: Scenario, *, with_undo: bool = False) -> None:
        self.scenario = scenario
        self.problems: list[Problem] = []
        self.traces: dict[str, dict[int, Trace]] = {}
        self.dropped: dict[str, list[Any]] = {}
        self.set_by: dict[tuple[str, str], Edit] = {}
        self.doubtful: set[str] = set()
        self.undo: list[str] = []
        self._with_undo = with_undo
        self._rows: dict[str, list[Any]] = {}
        self._settings: dict[str, dict[str, Any]] | None = None

    # ---- what there is now

    def rows(self, table: str) -> Sequence[Any]:
        """Return the rows of a table as they are now."""
        return self._rows[table] if table in self._rows else self.scenario.rows(table)

    @property
    def changed_tables(self) -> dict[str, tuple[Any, ...]]:
        """The tables that edits have changed."""
        return {table: tuple(rows) for table, rows in self._rows.items()}

    @property
    def settings(self) -> dict[str, dict[str, Any]]:
        """The settings as they are now, in the form of scenario.toml."""
        if self._settings is None:
            scenario = self.scenario
            head = {
                name: getattr(scenario, name)
                for name in SECTIONS["scenario"] or ()
                if name != "format"
            }
            self._settings = {
                "scenario": {"format": 1, **head, "objectives": list(scenario.objectives)},
                "tolerance": dict(scenario.tolerance),
                "allowance": dict(scenario.allowance),
                "fx": dict(scenario.fx),
            }
        return self._settings

    # ---- edits

    def apply(self, text: str) -> None:
        """Make one edit, or note why it cannot be made."""
        try:
            edit = parse_edit(text)
        except BadEdit as bad:
            self.problems.append(Problem(text, 0, "", "", str(bad)))
            self.doubtful.update(re.findall(r"\w+", text)[:1])  # the table, whatever follows
            return
        steps = {"set": self._set, "add": self._add, "drop": self._drop, "setting": self._change}
        try:
            steps[edit.kind](edit)
        except Refusal as refusal:
            if not (refusal.absent and edit.table in self.doubtful):
                self.problems += [
                    Problem(text, 0, column, value, message)
                    for column, value, message in refusal.complaints
                ]
            self.doubtful.add(edit.table)

    def _own_rows(self, table: str) -> list[Any]:
        return self._rows.setdefault(table, list(self.scenario.rows(table)))

    def _set(self, edit: Edit) -> None:
        at, column, value = self._target(edit)
        rows = self._own_rows(edit.table)
        before = rows[at]
        rows[at] = replace(before, **{field_name(edit.column): value})
        traces = self.traces.setdefault(edit.table, {})
        trace = traces.pop(id(before), None) or Trace(rows[at], before)
        trace.row = rows[at]
        trace.columns.pop(edit.column, None)
        trace.columns[edit.column] = edit
        traces[id(rows[at])] = trace
        if self._with_undo:
            cells = single_out(edit.table, rows, at)
            text = cell_text(column, before)
            self.undo.append(write_edit(Edit("", "set", edit.table, cells, edit.column, text)))

    def _target(self, edit: Edit) -> tuple[int, Column, Any]:
        """Find the row to set, the column and the new value; all that is wrong with them at once."""
        known_table(edit.table)
        refused: list[Refusal] = []
        try:
            column = column_named(edit.table, edit.column)
            value = read_cell(column, edit.value)
        except Refusal as refusal:
            refused.append(refusal)
        except BadCell as bad:
            refused.append(Refusal([(edit.column, edit.value, str(bad))]))
        try:
            at = select_row(edit.table, self.rows(edit.table), edit.cells)
        except Refusal as refusal:
            refused.append(refusal)
        if refused:
            complaints = [complaint for one in refused for complaint in one.complaints]
            raise Refusal(complaints, absent=all(one.absent for one in refused))
        return at, column, value

    def _add(self, edit: Edit) -> None:
        known_table(edit.table)
        rows = self.rows(edit.table)
        wrong = []
        try:
            values = read_pairs(edit.table, edit.cells)
        except Refusal as refusal:
            wrong += refusal.complaints
        wrong += _missing(edit)
        at = row_number(edit.cells, len(rows) + 1)
        if at == -1:
            text = dict(edit.cells)[ROW]
            wrong.append((ROW, text, edit_messages.no_place(edit.table, text, len(rows) + 1)))
        if wrong:
            raise Refusal(wrong)
        own = self._own_rows(edit.table)
        # A line of its own: the one that the row would have at the end of the file.
        line = max((row.line for row in own), default=0)
        cells = {field_name(name): value for name, value in values.items()}
        row = TABLES[edit.table](**cells, line=max(line, len(own) + 1) + 1)
        place = len(own) if at is None else at
        own.insert(place, row)
        self.traces.setdefault(edit.table, {})[id(row)] = Trace(row, added=edit)
        if self._with_undo:
            found = single_out(edit.table, own, place)
            self.undo.append(write_edit(Edit("", "drop", edit.table, found)))

    def _drop(self, edit: Edit) -> None:
        known_table(edit.table)
        at = select_row(edit.table, self.rows(edit.table), edit.cells)
        rows = self._own_rows(edit.table)
        row = rows.pop(at)
        trace = self.traces.setdefault(edit.table, {}).pop(id(row), None)
        if trace is None or trace.added is None:
            before = row if trace is None else trace.before
            self.dropped.setdefault(edit.table, []).append(before)
        if self._with_undo:
            cells = full_cells(edit.table, row)
            if at < len(rows):
                cells = ((ROW, str(at + 1)), *cells)
            self.undo.append(write_edit(Edit("", "add", edit.table, cells)))

    def _change(self, edit: Edit) -> None:
        section, key = edit.table, edit.column
        known = SECTIONS.get(section)
        if section not in SECTIONS:
            raise Refusal([(section, section, self._no_section(edit))])
        if known is not None and key not in known:
            raise Refusal([(f"{section}.{key}", key, messages.unknown_setting(key, known))])
        entries = self.settings[section]
        before = entries.get(key)
        own = section == "fx" and key == self.settings["scenario"].get("currency")
        if edit.value:
            entries[key] = setting_of_text(key, edit.value) if known is not None else edit.value
        elif key in entries or section == "scenario" or own:
            entries.pop(key, None)
        else:
            message = edit_messages.no_such_entry(section, key, entries)
            raise Refusal([(f"{section}.{key}", key, message)])
        self.set_by[section, key] = edit
        if self._with_undo:
            text = setting_text(key, before)
            self.undo.append(write_edit(Edit("", "setting", section, (), key, text)))

    def _no_section(self, edit: Edit) -> str:
        if edit.table in TABLES:
            return edit_messages.row_not_named(edit.table, edit.column)
        return edit_messages.no_such_section(edit.table, [*SECTIONS, *TABLES])


def _missing(edit: Edit) -> list[Complaint]:
    """Name the columns that a new row lacks; one that is misspelt has been refused."""
    columns = columns_of(edit.table)
    known = [column.name for column in columns]
    given = {name for name, _ in edit.cells}
    misspelt = {nearest(name, known) for name in given.difference(known)}
    return [
        (column.name, "", messages.must_be_filled(column.name))
        for column in columns
        if column.required and column.name not in given | misspelt
    ]


def full_cells(table: str, row: Any) -> tuple[tuple[str, str], ...]:
    """Write every cell of a row that an empty one does not stand for."""
    cells = []
    for column in columns_of(table):
        text = cell_text(column, row)
        value = getattr(row, field_name(column.name))
        if column.required or (text and value != column.default):
            cells.append((column.name, text))
    return tuple(cells)


def setting_text(setting: str, value: Any) -> str:
    """Write a setting as an edit does."""
    if value is None:
        return ""
    if setting == "objectives" and not isinstance(value, str):
        return "" if tuple(value) == OBJECTIVES else ", ".join(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return decimal_text(value) if hasattr(value, "normalize") else str(value)
