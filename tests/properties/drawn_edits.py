"""Random edits of a scenario: of any table and setting, most of them ones that can be made.

In: a scenario and hypothesis' choices. Out: the text of an edit. Written from the reference page of
the tables, without the code that writes edits: values as they stand in files, rows named by place.
"""

from __future__ import annotations

import hypothesis.strategies as st

import ringtausch as rt
from ringtausch.records.columns import Column
from ringtausch.records.tables import TABLES, cell_text, columns_of, key_of

__all__ = ["drawn_edit"]

_TEXTS = ["", "a", "b, c", 'say "so"', "] [", "two\nlines", "back\\slash", "ß=1"]
_CELLS: dict[str, list[str]] = {
    "number": ["0", "1", "2.50", "0.125", "7"],
    "integer": ["0", "1", "2"],
    "date": ["2025-01-01", "2025-06-17", "2030-12-31"],
    "day or never": ["2025-03-01", "never", ""],
    "boolean": ["true", "", "no"],
    "payments": ["", "0:1", "0:0.3 2:0.7"],
    "text": _TEXTS,
    "currency": ["", "EUR"],
    "choice": ["order", "handover", "compensation"],
}
_SETTINGS = [
    "scenario.name=another, longer",
    "scenario.start=2025-03-09",
    "scenario.period=week",
    "scenario.horizon=9",
    "scenario.settlement=30",
    "scenario.objectives=spend, unmet_need",
    "scenario.objectives=",
    "tolerance.spend=0.25",
    "tolerance.spend=",
    "allowance.unmet_need=3",
    "allowance.unmet_need=",
    "fx.XAU=3000.5",
    "fx.XAU=",
    'fx."a.b=c"=2',
]


@st.composite
def drawn_edit(draw: st.DrawFn, scenario: rt.Scenario) -> str:
    """Draw one edit; what it makes of the scenario may still be refused."""
    table = draw(st.sampled_from([*TABLES, "settings"]))
    if table == "settings":
        return draw(st.sampled_from(_SETTINGS))
    count = len(scenario.rows(table))
    kind = draw(st.sampled_from(["set", "set", "add", "drop", "double"]))
    if kind == "add" or not count:
        cells = {column.name: draw(_cell(scenario, column, table)) for column in columns_of(table)}
        return _added(draw, count, table, cells)
    at = draw(st.integers(0, count - 1))
    if kind == "double":  # an equal row, where rows may repeat
        cells = {c.name: cell_text(c, scenario.rows(table)[at]) for c in columns_of(table)}
        return _added(draw, count, table, cells)
    if kind == "drop":
        return f"-{table}[row={at + 1}]"
    column = draw(st.sampled_from(columns_of(table)))
    value = draw(_cell(scenario, column, table))
    return f"{table}[row={at + 1}].{column.name}={_quoted(value)}"


def _added(draw: st.DrawFn, count: int, table: str, cells: dict[str, str]) -> str:
    place = draw(st.sampled_from(["", f"row={draw(st.integers(1, count + 1))},"]))
    written = ",".join(f"{name}={_quoted(value)}" for name, value in cells.items() if value)
    return f"+{table}[{place}{written}]"


def _cell(scenario: rt.Scenario, column: Column, table: str) -> st.SearchStrategy[str]:
    """Draw what may stand in a cell: a known name, or a value of its kind."""
    if column.kind != "name":
        values = _CELLS[column.kind]
        return st.sampled_from([value for value in values if value or not column.required])
    known = [getattr(row, key_of(home)[0]) for home in column.refers for row in scenario.rows(home)]
    if not column.refers or table in column.refers:
        known = ["new", "new, too", 'new "3"']
    return st.sampled_from([*known, "*"] if column.wildcard or not known else known)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
