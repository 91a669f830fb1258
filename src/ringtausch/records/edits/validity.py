"""Whether an edited scenario is valid, in the sentences of the check, each at the edit behind it.

In: a draft. Out: the scenario that it makes, and problems. Only what edits can have broken is looked
at: the rows that they touched, names and rates that they took away, and checks across those tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ringtausch.records import messages
from ringtausch.records.checks import check_rows
from ringtausch.records.edits.draft import Draft
from ringtausch.records.problems import Problem
from ringtausch.records.scenario import Scenario
from ringtausch.records.settings import Settings, nowhere, read_settings
from ringtausch.records.tables import TABLES, cell_text, columns_of, field_name, key_of

__all__ = ["settle"]

_SETTINGS_FILE = "scenario.toml"


def settle(draft: Draft) -> tuple[Scenario, list[Problem]]:
    """Make the scenario of a draft, and say what is wrong with it."""
    settings = _settings(draft)
    problems = [_at_its_edit(draft, problem) for problem in settings.problems]
    problems += _unknown_names(draft)
    problems += _unknown_currencies(draft)
    problems += _repeated_keys(draft)
    changed = draft.changed_tables
    rows = {table: changed.get(table, draft.scenario.rows(table)) for table in TABLES}
    about = {*changed, *(["scenario"] if draft.set_by else [])}
    found = check_rows(rows, settings, _Places(draft), about)
    problems += [_at_its_edit(draft, problem) for problem in found]
    values = {} if settings.problems or not draft.set_by else settings.values
    return draft.scenario.changed(**values, **changed), problems


class _Places:
    """Where a row stands, for messages: at the edit that touched it, else in its table."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def __call__(self, table: str, row: Any, column: str) -> tuple[str, int]:
        trace = self.draft.traces.get(table, {}).get(id(row))
        if trace is None:
            return f"{table}.csv", row.line
        return trace.edit_of(column).text, 0


def _settings(draft: Draft) -> Settings:
    """Read the settings anew where an edit has changed one."""
    if draft.set_by:
        return read_settings(draft.settings, _SETTINGS_FILE, nowhere)
    scenario = draft.scenario
    return Settings(_SETTINGS_FILE, nowhere, {"settlement": scenario.settlement})


def _at_its_edit(draft: Draft, problem: Problem) -> Problem:
    """Put the edit of a setting in the place of scenario.toml."""
    if problem.file != _SETTINGS_FILE:
        return problem
    section, _, setting = problem.column.partition(".")
    edit = draft.set_by.get((section, setting))
    if edit is None and section == "fx":  # a rate of what an edit makes the reporting currency
        edit = draft.set_by.get(("scenario", "currency"))
    return problem if edit is None else replace(problem, file=edit.text)


def _touched(draft: Draft, table: str) -> Iterator[Any]:
    for trace in draft.traces.get(table, {}).values():
        yield trace.row


def _names(draft: Draft, table: str, *, before: bool = False) -> set[str]:
    rows = draft.scenario.rows(table) if before else draft.rows(table)
    spelt = field_name(key_of(table)[0])
    return {getattr(row, spelt) for row in rows}


def _unknown_names(draft: Draft) -> Iterator[Problem]:
    """Look up the names in rows that edits touched, and in all rows those that edits took away."""
    place = _Places(draft)
    named = {name for table in TABLES for c in columns_of(table) for name in c.refers}
    known = {table: _names(draft, table) for table in named}
    gone = {
        table: _names(draft, table, before=True) - known[table]
        for table in named
        if table in draft.traces
    }
    for table in TABLES:
        for column in columns_of(table):
            if not column.refers or not draft.doubtful.isdisjoint(column.refers):
                continue
            lost = any(gone.get(home) for home in column.refers)
            rows = draft.rows(table) if lost else list(_touched(draft, table))
            if not rows:
                continue
            allowed = set().union(*(known[home] for home in column.refers))
            spelt = field_name(column.name)
            for row in rows:
                value = getattr(row, spelt)
                if value in allowed or (value == "*" and column.wildcard):
                    continue
                files = [f"{home}.csv" for home in column.refers]
                message = messages.unknown_name(value, files, allowed)
                yield Problem(*place(table, row, column.name), column.name, value, message)


def _unknown_currencies(draft: Draft) -> Iterator[Problem]:
    """Look up currencies in rows that edits touched, in all rows where rates have changed."""
    place = _Places(draft)
    settings = draft.settings
    known = {settings["scenario"].get("currency", draft.scenario.currency), *settings["fx"]}
    rates_changed = any(s == "fx" or (s, k) == ("scenario", "currency") for s, k in draft.set_by)
    for table in TABLES:
        for column in columns_of(table):
            if column.kind != "currency":
                continue
            for row in draft.rows(table) if rates_changed else _touched(draft, table):
                value = getattr(row, column.name)
                if value and value not in known and "fx" not in draft.doubtful:
                    message = messages.unknown_currency(value, known)
                    yield Problem(*place(table, row, column.name), column.name, value, message)


def _repeated_keys(draft: Draft) -> Iterator[Problem]:
    """Refuse a second row with the same key, at the edit that made it."""
    place = _Places(draft)
    for table, traces in draft.traces.items():
        keys = key_of(table)
        if not any(
            t.added is not None or not t.columns.keys().isdisjoint(keys) for t in traces.values()
        ):
            continue
        spelt = [field_name(name) for name in keys]
        columns = {column.name: column for column in columns_of(table)}
        first: dict[tuple[Any, ...], Any] = {}
        rows = draft.rows(table)
        for row in rows if keys else ():
            values = tuple(getattr(row, name) for name in spelt)
            other = first.setdefault(values, row)
            if other is row:
                continue
            blamed, kept = (row, other) if id(row) in traces else (other, row)
            if id(blamed) not in traces:
                continue  # it was so before
            shown = [cell_text(columns[name], row) for name in keys]
            line = kept.line or rows.index(kept) + 2  # rows made in Python have none
            message = messages.repeated_key(keys, shown, line)
            yield Problem(*place(table, blamed, keys[0]), keys[0], shown[0], message)
