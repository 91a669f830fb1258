"""Edits of a scenario: made, undone, and written for a row that is at hand.

In: a scenario and edits as text, or typed rows. Out: the changed scenario, or edits as text. Mistakes
of the user are an `InvalidEdit` with every problem of every edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from ringtausch.records.edits.draft import Draft, full_cells
from ringtausch.records.edits.parsing import BadEdit, Cells, Edit, parse_path, write_edit
from ringtausch.records.edits.selecting import (
    Refusal,
    column_named,
    known_table,
    select_row,
    single_out,
)
from ringtausch.records.edits.validity import settle
from ringtausch.records.problems import InvalidEdit, Problem
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import cell_text, key_of

__all__ = [
    "add_edit",
    "drop_edit",
    "edit",
    "edit_scenario",
    "locate",
    "set_edit",
    "undo_edits",
]

#: What tells one problem from another: file, line, column, value.
_Place = tuple[str, int, str, str]


def edit_scenario(scenario: Scenario, edits: Iterable[str]) -> Scenario:
    """Make edits in their order and return the changed scenario.

    Raises
    ------
    InvalidEdit
        With every problem of every edit: what cannot be done, and what it would break.
    """
    return _edited(scenario, edits, with_undo=False)[0]


def edit(scenario: Scenario, *edits: str) -> Scenario:
    """Make edits in their order and return the changed scenario; the given one stays as it is.

    Parameters
    ----------
    scenario
        What is changed.
    edits
        Such as `offers[offer=DEU-1].quantity=3`, `+needs[need=N9,…]`, `-needs[need=N2]` or
        `scenario.horizon=30`.

    Raises
    ------
    InvalidEdit
        With every problem of every edit: what cannot be done, and what it would break.

    Examples
    --------
    >>> import ringtausch as rt
    >>> scenario = rt.read("examples/patriot-2025")
    >>> rt.edit(scenario, "scenario.horizon=30").horizon
    30
    """
    return edit_scenario(scenario, edits)


def undo_edits(scenario: Scenario, edits: Iterable[str]) -> tuple[str, ...]:
    """Return the edits that lead from the edited scenario exactly back to this one.

    Raises
    ------
    InvalidEdit
        The edits cannot be made.
    """
    return tuple(reversed(_edited(scenario, edits, with_undo=True)[1]))


def _edited(
    scenario: Scenario, edits: Iterable[str], *, with_undo: bool
) -> tuple[Scenario, list[str]]:
    texts = [edits] if isinstance(edits, str) else list(edits)
    draft = Draft(scenario, with_undo=with_undo)
    for text in texts:
        draft.apply(text)
    changed, problems = settle(draft)
    if draft.problems or problems:
        found = [*draft.problems, *_at_their_edits(scenario, texts, problems)]
        order = {text: at for at, text in reversed(list(enumerate(texts)))}
        raise InvalidEdit(sorted(found, key=lambda problem: order[problem.file]))
    return changed, draft.undo


def _at_their_edits(
    scenario: Scenario, texts: list[str], problems: list[Problem]
) -> Iterator[Problem]:
    """Put problems of rows that no edit touched behind the edit after which they were there.

    Such a row names what an edit dropped, or does not go with what one added. The edits are made
    again one by one, which costs time only where something is wrong.
    """
    blamed: dict[_Place, str] = {}
    if any(problem.file not in texts for problem in problems):
        draft = Draft(scenario)
        before: set[_Place] = set()
        for text in texts:
            draft.apply(text)
            now = {_place(problem) for problem in settle(draft)[1]}
            blamed |= dict.fromkeys(now - before, text)
            before = now
    for problem in sorted(problems, key=lambda one: (one.file, one.line)):
        if problem.file in texts:
            yield problem
        else:
            yield Problem(blamed[_place(problem)], 0, "", problem.value, str(problem))


def _place(problem: Problem) -> _Place:
    return problem.file, problem.line, problem.column, problem.value


def locate(scenario: Scenario, path: str) -> tuple[str, Any]:
    """Find the row that a path names, as an edit does: its table and the typed row.

    Raises
    ------
    InvalidEdit
        The path names no row, or several.
    """
    try:
        found = parse_path(path)
        at = select_row(found.table, _rows_of(scenario, found.table), found.cells)
    except BadEdit as bad:
        raise InvalidEdit([Problem(path, 0, "", "", str(bad))]) from None
    except Refusal as refusal:
        raise InvalidEdit(
            Problem(path, 0, column, value, message)
            for column, value, message in refusal.complaints
        ) from None
    return found.table, scenario.rows(found.table)[at]


def set_edit(
    table: str, row: Any, column: str, value: Any, scenario: Scenario | None = None
) -> str:
    """Write the edit that sets a cell of a row.

    Parameters
    ----------
    table
        The row's table.
    row
        A typed row as it is before the edit.
    column
        Which cell.
    value
        Typed, or its text; None or "" for an empty cell.
    scenario
        Where the row stands. In a table without a key its rows tell which columns are enough, and
        equal rows are told apart by their place; without it every filled cell is named.

    Examples
    --------
    >>> from ringtausch.records import Need
    >>> from datetime import date
    >>> need = Need(need="N2", party="UKR", capability="gun", quantity=4, due=date(2025, 9, 1))
    >>> set_edit("needs", need, "quantity", 3)
    'needs[need=N2].quantity=3'
    """
    text = _text(table, column, value)
    return write_edit(Edit("", "set", table, _cells_of(table, row, scenario), column, text))


def add_edit(table: str, row: Any) -> str:
    """Write the edit that appends a row.

    Examples
    --------
    >>> from ringtausch.records import Stock
    >>> from decimal import Decimal
    >>> add_edit("stocks", Stock(party="GRC", item="gun", quantity=Decimal("2.50")))
    '+stocks[party=GRC,item=gun,quantity=2.5]'
    """
    return write_edit(Edit("", "add", table, full_cells(table, row)))


def drop_edit(table: str, row: Any, scenario: Scenario | None = None) -> str:
    """Write the edit that drops a row; the parameters are those of `set_edit`."""
    return write_edit(Edit("", "drop", table, _cells_of(table, row, scenario)))


def _cells_of(table: str, row: Any, scenario: Scenario | None) -> Cells:
    """Name a row; in its scenario as shortly as it can be told from the others."""
    keys = key_of(table)
    if scenario is not None:
        rows = scenario.rows(table)
        at = next((at for at, other in enumerate(rows) if other is row), None)
        if at is None:
            at = rows.index(row)
        return single_out(table, rows, at)
    if keys:
        return tuple((name, cell_text(column_named(table, name), row)) for name in keys)
    return full_cells(table, row)


def _text(table: str, name: str, value: Any) -> str:
    """Write a cell; whole and binary numbers become the decimals that they look like."""
    if value is None or isinstance(value, str):
        return value or ""
    column = column_named(table, name)
    if column.kind == "number":
        value = Decimal(str(value))
    return column.write(value)


def _rows_of(scenario: Scenario, table: str) -> tuple[Any, ...]:
    known_table(table)
    return scenario.rows(table)
