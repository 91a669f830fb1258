"""A comparison as a data frame: a row for each column of it, plain values in the cells.

In: a comparison. Out: a frame for notebooks and for further reckoning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars

    from ringtausch.insight.compare.column import Column, Comparison

__all__ = ["frame_of_comparison"]


def frame_of_comparison(comparison: Comparison) -> polars.DataFrame:
    """Make a frame: name, status, the objectives, then what people ask about."""
    import polars  # a notebook's matter: comparing does without

    records = [_record(comparison, column) for column in comparison.columns]
    return polars.DataFrame(records, infer_schema_length=None)


def _record(comparison: Comparison, column: Column) -> dict[str, Any]:
    values = {name: found.value for name, found in column.objectives.items()}
    record: dict[str, Any] = {"name": column.label, "title": column.title, "status": column.status}
    record |= {name: values.get(name) for name in comparison.listed}
    found, calendar = column.figures, column.scenario.calendar
    if found is None:
        return record
    for arrival in found.arrivals:
        at = arrival.period
        record[f"first arrival {arrival.party}"] = None if at is None else calendar.first_day(at)
    for need in found.needs:
        at = need.full
        record[f"{need.need} met"] = None if at is None else calendar.first_day(at)
        record[f"{need.need} share at due"] = need.share_at_due
        record[f"{need.need} share at end"] = need.share_at_end
    gap, wait = next(iter(found.gaps), None), next(iter(found.waits), None)
    record["longest gap"] = gap.periods if gap else 0
    record["longest gap of"] = gap.party if gap else None
    record["longest wait"] = wait.periods if wait else 0
    record["longest wait of"] = wait.party if wait else None
    record["pays most"] = found.payers[0].party if found.payers else None
    return record
