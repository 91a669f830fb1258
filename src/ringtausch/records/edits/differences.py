"""What edits change in all: rows before and after, settings before and after.

In: a scenario and edits. Out: one `Change` for each cell, row or setting that is another in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ringtausch.language import _
from ringtausch.records.edits.draft import Draft, full_cells, setting_text
from ringtausch.records.edits.parsing import Path, parse_path, write_path
from ringtausch.records.edits.selecting import single_out
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import TABLES, cell_text, columns_of

__all__ = ["Change", "changes_of", "changes_of_draft"]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell or setting that has another value, or a row that is new or gone.

    `path` names the row as it is before (a new one as it is after), or the section; `before` and
    `after` are the texts of the cell, or of the whole row, empty where there is none.
    """

    kind: Literal["set", "add", "drop", "setting"]
    table: str
    line: int
    path: str
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        """Say it in one line."""
        if self.kind == "add":
            return _("new: {row}").format(row=_without_words(self.after))
        if self.kind == "drop":
            return _("gone: {row}").format(row=_without_words(self.before))
        return _("{path}.{column}: {before} -> {after}").format(
            path=self.path,
            column=self.column,
            before=self.before or _("(empty)"),
            after=self.after or _("(empty)"),
        )


def changes_of(scenario: Scenario, edits: Iterable[str]) -> tuple[Change, ...]:
    """List what edits change in all; edits that cannot be made change nothing."""
    draft = Draft(scenario)
    for text in edits:
        draft.apply(text)
    return changes_of_draft(draft)


def changes_of_draft(draft: Draft) -> tuple[Change, ...]:
    """List what a draft has changed: settings first, then tables in the page's order."""
    found = list(_settings(draft))
    for table in TABLES:
        found += _cells(draft, table)
        for row in draft.dropped.get(table, ()):
            text = write_path(Path(table, full_cells(table, row)))
            found.append(Change("drop", table, row.line, _named(draft, table, row), "", text, ""))
        for trace in draft.traces.get(table, {}).values():
            if trace.added is not None:
                text = write_path(Path(table, full_cells(table, trace.row)))
                path = write_path(Path(table, _name(draft.rows(table), table, trace.row)))
                found.append(Change("add", table, trace.row.line, path, "", "", text))
    return tuple(found)


def _without_words(row: str) -> str:
    """Leave out where a row comes from, which is what takes most of the line."""
    path = parse_path(row)
    cells = tuple(cell for cell in path.cells if cell[0] not in {"source", "note"})
    return write_path(Path(path.table, cells))


def _settings(draft: Draft) -> Iterator[Change]:
    before = Draft(draft.scenario).settings
    for section, key in draft.set_by:
        old = setting_text(key, before[section].get(key))
        new = setting_text(key, draft.settings[section].get(key))
        if old != new:
            yield Change("setting", section, 0, section, key, old, new)


def _cells(draft: Draft, table: str) -> Iterator[Change]:
    columns = {column.name: column for column in columns_of(table)}
    for trace in draft.traces.get(table, {}).values():
        if trace.added is not None:
            continue
        path = _named(draft, table, trace.before)
        for name in trace.columns:
            old, new = (cell_text(columns[name], row) for row in (trace.before, trace.row))
            if old != new:
                yield Change("set", table, trace.before.line, path, name, old, new)


def _named(draft: Draft, table: str, row: Any) -> str:
    """Name a row of the scenario as it is before all edits."""
    return write_path(Path(table, _name(draft.scenario.rows(table), table, row)))


def _name(rows: Any, table: str, row: Any) -> tuple[tuple[str, str], ...]:
    at = next(at for at, other in enumerate(rows) if other is row)
    return single_out(table, rows, at)
