"""What a plan says of itself: objectives, bounds and consequences, held against the recomputed.

Violations of rule 0. A figure that the plan leaves out altogether is not held against it: a plan
made by hand may consist of its decisions alone. In a consequences file that has any rows, one that
is left out states 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ringtausch.insight.verify import messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.facts import Series
from ringtausch.insight.verify.objectives import burdens
from ringtausch.insight.verify.tolerances import objective_slack, stated_slack
from ringtausch.insight.verify.violation import Place, Violation, broken
from ringtausch.records import Plan

__all__ = ["stated_figures", "stated_objectives"]

Key = tuple[str, ...]  # names: of a party and an item or capability, or of a need


def stated_objectives(case: Case, plan: Plan, values: dict[str, float]) -> Iterator[Violation]:
    """Compare each objective with its recomputed value, and with the bound stated for it."""
    place = Place("plan.json", 0)
    for name, stated in plan.objectives.items():
        value, bound = stated.value, stated.bound
        slack = objective_slack(values[name])
        if name == "unfairness":  # a difference of large sums, which may well be 0
            slack += 1e-9 * sum(map(abs, burdens(case).values()))
        difference = abs(value - values[name])
        if difference > slack:
            text = say.stated_objective(name, value, values[name])
            yield broken(0, place, (name,), difference, text)
        if bound is not None and bound - value > max(slack, objective_slack(value)):
            text = say.bound_above_value(name, bound, value)
            yield broken(0, place, (name, "bound"), bound - value, text)


@dataclass(slots=True)
class _Column:
    """A column of a consequences file beside what it should hold."""

    file: str
    rows: dict[tuple[Key, int], tuple[Place, float]] = field(default_factory=dict)
    right: dict[Key, Series] = field(default_factory=dict)
    since: dict[Key, int] = field(default_factory=dict)  # the first period that must be there


def stated_figures(case: Case, plan: Plan) -> Iterator[Violation]:
    """Compare stocks.csv, debts.csv, gaps.csv and unmet.csv, as far as they are there."""
    found = case.found
    needs = {(name,): series for name, series in found.unmet.items()}
    due = {(name,): case.facts.calendar.index(n.due) for name, n in case.facts.needs.items()}
    yield from _compare(case, _column(plan, "stocks", "quantity", found.stocks))
    yield from _compare(case, _column(plan, "debts", "quantity", found.debts))
    yield from _compare(case, _if_filled(_column(plan, "debts", "late", found.late)))
    yield from _compare(case, _column(plan, "gaps", "quantity", found.gaps))
    yield from _compare(case, _column(plan, "unmet", "quantity", needs, due))


def _column(
    plan: Plan,
    table: str,
    column: str,
    right: Mapping[Any, Series],  # by key
    since: Mapping[Any, int] | None = None,
) -> _Column | None:
    if not plan.rows(table):
        return None
    rows = {}
    for line, row in enumerate(plan.rows(table), start=2):
        place = Place(f"{table}.csv", row.line or line)
        names = ("party", "item") if table in {"stocks", "debts"} else ("party", "capability")
        key = (row.need,) if table == "unmet" else tuple(getattr(row, name) for name in names)
        rows[key, row.period] = place, getattr(row, column)
    return _Column(f"{table}.csv", rows, {**right}, {**(since or {})})


def _if_filled(column: _Column | None) -> _Column | None:
    """Pass over a column that the file does not have, which reads as zeros."""
    filled = column is not None and any(figure for _, figure in column.rows.values())
    return column if filled else None


def _compare(case: Case, column: _Column | None) -> Iterator[Violation]:
    """Report the first figure of a column that differs, and how many others do."""
    if column is None:
        return
    wrong = [found for entry in _entries(case, column) if (found := _differing(column, *entry))]
    if wrong:
        place, key, period, stated, right = min(wrong)
        what = _what(column.file, key)
        label = case.label(period) if 0 <= period < case.facts.count else str(period)
        text = say.stated_figure(place, what, label, (stated, right), len(wrong) - 1)
        yield broken(0, place, (*key, label), abs(stated - right), text)


def _entries(case: Case, column: _Column) -> Iterator[tuple[Key, int]]:
    yield from column.rows
    for key in column.right:
        for period in range(column.since.get(key, 0), case.facts.count):
            if (key, period) not in column.rows:
                yield key, period


def _differing(
    column: _Column, key: Key, period: int
) -> tuple[Place, Key, int, float, float] | None:
    place, stated = column.rows.get((key, period), (Place(column.file, 0), 0.0))
    series = column.right.get(key, [])
    right = series[period] if 0 <= period < len(series) else 0.0
    if abs(stated - right) <= stated_slack(right):
        return None
    return place, key, period, stated, right


def _what(file: str, key: Key) -> str:
    if file == "unmet.csv":
        return say.what_is_unmet(*key)
    party, thing = key
    return {
        "stocks.csv": say.what_is_held,
        "debts.csv": say.what_is_owed,
        "gaps.csv": say.what_is_missing,
    }[file](party, thing)
