"""A concession: one thing that one party could grant, as changes of the scenario's rows.

In: what each family finds in a scenario. Out: rows of one list; a scenario in which some of them are
granted, and the edits that lead there. No plan is known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from ringtausch.records.edits import add_edit, set_edit
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import field_name, row_key

__all__ = ["Addition", "Change", "Concession", "Setting", "edits_of", "exclusive", "granted"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One cell of one row, by the row's place in its table, gets another value."""

    table: str
    place: int
    column: str
    value: Any

    @property
    def cell(self) -> tuple[str, int, str]:
        """The cell that is set."""
        return self.table, self.place, self.column


@dataclass(frozen=True, slots=True)
class Addition:
    """A row is added at the end of its table."""

    table: str
    row: Any


Change = Setting | Addition


@dataclass(frozen=True, slots=True)
class Concession:
    """One thing that one party could grant.

    Parameters
    ----------
    family
        One of `FAMILIES` of `insight.reluctance`.
    party
        Who is asked: a party, a supplier, or `*` where a row stands for every giver.
    changes
        What it changes, the row that it is about first.
    wish
        What is asked, as the first half of a sentence: "Greece offered 1 gun more".
    monotone
        Whether it only adds freedom: every plan that was possible stays possible, none of it worse.
    """

    family: str
    party: str
    changes: tuple[Change, ...]
    wish: str
    monotone: bool = True

    def about(self, scenario: Scenario) -> tuple[str, Any, str]:
        """Return the table, the row and the column that it is about; a row added has no column."""
        first = self.changes[0]
        if isinstance(first, Addition):
            return first.table, first.row, ""
        return first.table, scenario.rows(first.table)[first.place], first.column

    def item(self, scenario: Scenario) -> str:
        """Name the item that it is about, in the scenario in which it is granted; "" where none."""
        table, row, _column = self.about(scenario)
        if table == "exchange":
            return str(row.given)
        if table in {"offers", "assurances", "debts"}:
            return str(row.item)
        return ""


def granted(scenario: Scenario, concessions: Iterable[Concession]) -> Scenario:
    """Return the scenario in which some concessions are granted together."""
    return _walk(scenario, concessions, None)


def edits_of(scenario: Scenario, concessions: Iterable[Concession]) -> tuple[str, ...]:
    """Return the edits that grant some concessions, in order; each holds after those before it."""
    edits: list[str] = []
    _walk(scenario, concessions, edits)
    return tuple(edits)


def exclusive(concessions: Sequence[Concession]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that set one cell to different values, so that only one of the two can be had."""
    setters: dict[tuple[str, int, str], list[tuple[int, Any]]] = {}
    for number, concession in enumerate(concessions):
        for change in concession.changes:
            if isinstance(change, Setting):
                setters.setdefault(change.cell, []).append((number, change.value))
    for found in setters.values():
        for (one, value), (other, another) in combinations(found, 2):
            if value != another:
                yield one, other


def _walk(
    scenario: Scenario, concessions: Iterable[Concession], edits: list[str] | None
) -> Scenario:
    """Make the changes one after the other, each once; note their edits where they are wanted."""
    done: set[Any] = set()
    for concession in concessions:
        for change in concession.changes:
            if isinstance(change, Addition):
                mark: Any = (change.table, row_key(change.table, change.row))
            else:
                mark = change.cell
            if mark in done:  # two concessions may open the same lane
                continue
            done.add(mark)
            if edits is not None:
                edits.append(_edit(scenario, change))
            scenario = _changed(scenario, change)
    return scenario


def _changed(scenario: Scenario, change: Change) -> Scenario:
    rows = scenario.rows(change.table)
    if isinstance(change, Addition):
        return scenario.with_rows(**{change.table: (*rows, change.row)})
    row = replace(rows[change.place], **{field_name(change.column): change.value})
    changed = (*rows[: change.place], row, *rows[change.place + 1 :])
    return scenario.with_rows(**{change.table: changed})


def _edit(scenario: Scenario, change: Change) -> str:
    if isinstance(change, Addition):
        return add_edit(change.table, change.row)
    row = scenario.rows(change.table)[change.place]
    return set_edit(change.table, row, change.column, change.value, scenario)
