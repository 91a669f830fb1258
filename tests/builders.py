"""Small scenarios and plans for tests, written as compactly as one can still read them.

In: tables as text, one row per line or between semicolons, the columns in the page's order. Out: a
`Scenario` that has been through the real reader, or a `Plan`. What a test is about stands in the
test; names that nothing needs to be said about are filled in here.

    sc = scenario(
        start="2025-01-01", horizon=1, settlement=3,
        stocks="A,gun,2", offers="o1,A,gun,2,2025-01-01", lanes="A,C,gun,0",
        needs="n1,C,gun,2,2025-01-01", assurances="A,gun,3",
        supply="S,gun,A,,,2", production="S,gun,2025-03-01,1",
    )
    made = plan(sc, dispatches="o1,A,C,gun,0,2", fulfilments="n1,gun,0,2")
    worse = edited(made, "dispatches", 2, quantity=3)
"""

from __future__ import annotations

import csv
import dataclasses
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ringtausch.records import Objective, Plan, Scenario, read_scenario
from ringtausch.records.plan import PLAN_TABLES
from ringtausch.records.tables import TABLES, columns_of, field_name

__all__ = ["edited", "folder", "plan", "scenario", "units", "without"]

_PARTY_COLUMNS = {"party", "from", "to", "customer"}
_ITEM_COLUMNS = {"item", "given", "accepted"}


# ---- scenarios


def scenario(**content: Any) -> Scenario:
    """Build a scenario from compact tables and read it with the real reader.

    Parameters
    ----------
    content
        Settings and tables as for `folder`.

    Raises
    ------
    InvalidScenario
        The reader refuses it; builders check nothing themselves.
    """
    with tempfile.TemporaryDirectory() as place:
        return read_scenario(folder(Path(place) / "scenario", **content))


def folder(  # noqa: PLR0913 - the settings of a scenario, all with defaults
    path: Path,
    *,
    name: str = "test",
    start: str = "2025-01-01",
    period: str = "month",
    horizon: int = 12,
    settlement: int = 0,
    currency: str = "EUR",
    objectives: Sequence[str] | None = None,
    tolerance: Mapping[str, float] | None = None,
    allowance: Mapping[str, float] | None = None,
    fx: Mapping[str, float] | None = None,
    infer: bool = True,
    **tables: str,
) -> Path:
    """Write a scenario folder from compact tables and return its path.

    Parameters
    ----------
    objectives
        In their order; without them all six in the page's order.
    infer
        Add parties and items that other tables name to `parties` and `items`, without key, value
        or unit. Rows given there come first, and stay as they are.
    tables
        A table's name and its rows: `stocks="A,gun,2; B,gun,1"`. Cells in the page's order; those
        left out at the end of a row are empty. A cell holds no comma, semicolon or line break.
    """
    unknown = [table for table in tables if table not in TABLES]
    assert not unknown, f"no such table or setting: {unknown}; there are {list(TABLES)}"
    rows = {table: table_rows(text) for table, text in tables.items()}
    if infer:
        _add_names(rows, "parties", _PARTY_COLUMNS)
        _add_names(rows, "items", _ITEM_COLUMNS)
    path.mkdir(parents=True)
    settings = {
        "format": 1,
        "name": name,
        "start": start,
        "period": period,
        "horizon": horizon,
        "settlement": settlement,
        "currency": currency,
        **({} if objectives is None else {"objectives": list(objectives)}),
    }
    groups = {"scenario": settings, "tolerance": tolerance, "allowance": allowance, "fx": fx}
    text = "\n".join(_toml(group, values) for group, values in groups.items() if values)
    (path / "scenario.toml").write_text(text, encoding="utf-8")
    for table, found in rows.items():
        _write_table(path / f"{table}.csv", table, found)
    return path


def table_rows(text: str) -> list[list[str]]:
    """Split a compact table into rows of cells.

    >>> table_rows("A,gun,2; B , gun,1")
    [['A', 'gun', '2'], ['B', 'gun', '1']]
    """
    lines = (line.strip() for line in text.replace(";", "\n").splitlines())
    return [[cell.strip() for cell in line.split(",")] for line in lines if line]


def _add_names(rows: dict[str, list[list[str]]], table: str, columns: set[str]) -> None:
    known = {row[0] for row in rows.get(table, [])}
    if table == "items":  # an item is a capability of its own name
        columns = {*columns, "capability"}
        known |= {row[0] for row in rows.get("capabilities", [])}
    named = (
        cell
        for other in TABLES
        if other != table
        for row in rows.get(other, [])
        for column, cell in zip(columns_of(other), row, strict=False)
        if column.name in columns
    )
    extra = [name for name in dict.fromkeys(named) if name not in known | {"", "*"}]
    if extra:
        rows[table] = [*rows.get(table, []), *([name] for name in extra)]


def _write_table(file: Path, table: str, rows: list[list[str]]) -> None:
    header = [column.name for column in columns_of(table)]
    assert all(len(row) <= len(header) for row in rows), f"{table} has the columns {header}"
    width = max((len(row) for row in rows), default=len(header))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header[:width])
        writer.writerows(row + [""] * (width - len(row)) for row in rows)


def _toml(group: str, values: Mapping[str, Any]) -> str:
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join([f"[{group}]", *lines, ""])


# ---- plans


def plan(
    of: Scenario,
    *,
    objectives: Mapping[str, float | tuple[float, float | None]] | None = None,
    **tables: str,
) -> Plan:
    """Build a plan from compact tables; nothing is checked.

    Parameters
    ----------
    of
        The scenario that the plan is for.
    objectives
        What the plan states, by name: a value, or a value and its bound. Without: nothing.
    tables
        The files of a plan and their rows, the columns in the page's order without `date`, which
        follows from the period: `dispatches="o1,A,C,gun,0,2"`. `arrives` and `delivered` left out
        are the period itself, `accepted` left empty is the item itself, other numbers left out 0.
    """
    stated = {
        name: Objective(*value) if isinstance(value, tuple) else Objective(value, None)
        for name, value in (objectives or {}).items()
    }
    return Plan(
        scenario_name=of.name,
        scenario_hash=of.content_hash,
        status="feasible",
        objectives=stated,
        solver={},
        seconds=0.0,
        settings={},
        tables={name: _plan_rows(of, name, text) for name, text in tables.items()},
    )


def _plan_rows(of: Scenario, table: str, text: str) -> tuple[Any, ...]:
    row_class, columns = PLAN_TABLES[table]
    names = [column for column in columns if column != "date"]
    found = []
    for line, cells in enumerate(table_rows(text), start=2):
        assert len(cells) <= len(names), f"{table} has the columns {names}"
        given = dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=True))
        period = int(given["period"])
        values: dict[str, Any] = {field_name(name): _plan_cell(name, given) for name in names}
        day = of.calendar.first_day(period)
        found.append(row_class(**values, date=day, line=line))
    return tuple(found)


def _plan_cell(column: str, row: dict[str, str]) -> str | int | float:
    text = row[column]
    if column in {"period", "arrives", "delivered"}:
        return int(text or row["period"])
    if column in {"quantity", "amount", "late", "floor"}:
        return float(text or 0)
    return row["item"] if column == "accepted" and not text else text


def edited(of: Plan, table: str, line: int, **cells: Any) -> Plan:
    """Return a plan in which one row, by its line in the file, has other cells.

    `edited(made, "dispatches", 2, quantity=3.0, from_="B")`
    """
    rows = of.rows(table)
    assert any(row.line == line for row in rows), f"{table}.csv has no line {line}"
    changed = [dataclasses.replace(r, **cells) if r.line == line else r for r in rows]
    return dataclasses.replace(of, tables={**of.tables, table: tuple(changed)})


def without(of: Plan, table: str, line: int) -> Plan:
    """Return a plan without one row, by its line in the file; other rows keep their lines."""
    rows = of.rows(table)
    assert any(row.line == line for row in rows), f"{table}.csv has no line {line}"
    left = tuple(row for row in rows if row.line != line)
    return dataclasses.replace(of, tables={**of.tables, table: left})


def units(of: Scenario, rows: Iterable[Any], *names: str) -> list[float]:
    """Return the quantities of the rows about these names, one per period, 0 where there is none.

    `units(sc, made.rows("debts"), "A", "gun") == [2, 2, 1, 0]`
    """
    found = [0.0] * of.calendar.count
    for row in rows:
        if names == tuple(getattr(row, f.name) for f in _name_fields(row))[: len(names)]:
            found[row.period] += row.quantity
    return found


def _name_fields(row: Any) -> list[Any]:
    return [f for f in dataclasses.fields(row) if f.type == "str"]
