"""Data frames: tables of a scenario or a plan for people, with named and typed columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_type_hints

import polars

from ringtausch.records.columns import Column
from ringtausch.records.tables import field_name

__all__ = ["frame_of_plan_rows", "frame_of_rows"]

_TYPES: dict[str, Any] = {
    "number": polars.Float64,
    "integer": polars.Int64,
    "date": polars.Date,
    "boolean": polars.Boolean,
}


def frame_of_rows(rows: Iterable[Any], columns: tuple[Column, ...]) -> polars.DataFrame:
    """Make a frame of a scenario's table: numbers as floats, dates as dates, names as text."""
    rows = tuple(rows)
    data = {}
    for column in columns:
        values: list[Any] = [getattr(row, field_name(column.name)) for row in rows]
        if column.kind == "number":
            values = [None if value is None else float(value) for value in values]
        elif column.kind not in _TYPES:
            values = [None if value is None else column.write(value) for value in values]
        data[column.name] = polars.Series(values, dtype=_TYPES.get(column.kind, polars.String))
    return polars.DataFrame(data)


def frame_of_plan_rows(
    rows: Iterable[Any], row_class: type, columns: tuple[str, ...]
) -> polars.DataFrame:
    """Make a frame of a plan's table."""
    rows = tuple(rows)
    hints = get_type_hints(row_class)
    types = {int: polars.Int64, float: polars.Float64, str: polars.String}
    return polars.DataFrame(
        {
            name: polars.Series(
                [getattr(row, field_name(name)) for row in rows],
                dtype=types.get(hints[field_name(name)], polars.Date),
            )
            for name in columns
        }
    )
