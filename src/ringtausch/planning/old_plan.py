"""An earlier plan in the columns of a scenario's model, though the scenario may have changed since.

In: a scenario, its layout, and a plan of this scenario in another state. Out: each decision of the
plan with the column that it would be now, or none where the scenario has no such decision any more.
Periods are matched by their dates, so that a scenario may have moved on since. It solves nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ringtausch.language import _
from ringtausch.planning.layout import Layout
from ringtausch.planning.placing import decision_columns, decision_key
from ringtausch.records.periods import Calendar
from ringtausch.records.plan import DECISIONS, Plan
from ringtausch.records.problems import InvalidPlan, Problem
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import CHARGE_PURPOSES

__all__ = ["Placed", "names_of", "period_shift", "place", "refuse_other_scenario"]

_NO_DAY = date.min


@dataclass(frozen=True)
class Placed:
    """A decision of the earlier plan, and where it is in the model."""

    table: str
    row: Any
    period: int  # of the scenario as it is now; below 0 = before its start
    column: int  # -1 = the scenario has no such decision any more
    amount: float  # in units of the column
    quantity: float  # in units of the item, or the reporting currency


def names_of(table: str, row: Any) -> tuple[str, ...]:
    """Return whom and what a decision is about, whenever it happens.

    Examples
    --------
    >>> from ringtausch.records.plan import Fulfilment
    >>> day = date(2025, 1, 1)
    >>> row = Fulfilment(need="N1", item="gun", period=0, date=day, quantity=1.0)
    >>> names_of("fulfilments", row)
    ('N1', 'gun')
    """
    fields = {
        "dispatches": ("offer", "from_", "to", "item"),
        "orders": ("supplier", "item", "customer"),
        "settlements": ("party", "item", "accepted"),
        "fulfilments": ("need", "item"),
        "payments": ("fund", "purpose", "item", "party"),
    }
    return tuple(getattr(row, name) for name in fields[table])


def refuse_other_scenario(scenario: Scenario, plan: Plan) -> None:
    """Refuse a plan that says it is of a scenario of another name.

    Raises
    ------
    InvalidPlan
        With one line that names both.
    """
    if plan.scenario_name and plan.scenario_name != scenario.name:
        message = _('this plan is of "{other}"; the scenario here is "{name}"').format(
            other=plan.scenario_name, name=scenario.name
        )
        raise InvalidPlan([Problem("plan.json", 0, "scenario", plan.scenario_name, message)])


def period_shift(calendar: Calendar, plan: Plan) -> int:
    """Return what to add to the plan's periods to get those of the calendar, from the dates.

    Raises
    ------
    InvalidPlan
        Rows whose dates do not fit their periods, or count in another kind of period.
    """
    dated = [
        (table, row)
        for table in DECISIONS
        for row in plan.rows(table)
        if row.date != _NO_DAY  # made by hand, without dates
    ]
    if not dated:
        return 0
    first = Calendar(min(calendar.start, *(row.date for _table, row in dated)), calendar.kind, 1)
    start = first.index(
        calendar.start
    )  # counted from the first day of all, so that none is below 0
    shifts = [first.index(row.date) - start - row.period for _table, row in dated]
    shift: int = Counter(shifts).most_common(1)[0][0]
    problems = [
        _wrong_date(calendar, table, row, shift)
        for (table, row), own in zip(dated, shifts, strict=True)
        if own != shift
    ]
    if 2 * len(problems) > len(dated):
        raise InvalidPlan([_other_periods(calendar)])
    if problems:
        raise InvalidPlan(problems)
    return shift


def _other_periods(calendar: Calendar) -> Problem:
    message = _(
        "its dates do not fit the periods of the scenario, of which each is a {kind}"
    ).format(kind={"month": _("month"), "week": _("week"), "quarter": _("quarter")}[calendar.kind])
    return Problem("plan.json", 0, "", "", message)


def _wrong_date(calendar: Calendar, table: str, row: Any, shift: int) -> Problem:
    message = _("{date} does not lie in period {period}, which begins on {begins}").format(
        date=row.date, period=row.period, begins=calendar.first_day(row.period + shift)
    )
    return Problem(f"{table}.csv", row.line, "date", row.date.isoformat(), message)


def place(scenario: Scenario, layout: Layout, plan: Plan, money_unit: float) -> list[Placed]:
    """Find the column of each decision of an earlier plan.

    Raises
    ------
    InvalidPlan
        The plan is of a scenario of another name, or its dates do not fit its periods.
    """
    refuse_other_scenario(scenario, plan)
    shift = period_shift(scenario.calendar, plan)
    known = decision_columns(scenario, layout, money_unit)
    offers = {row.offer: (row.party, row.item) for row in scenario.offers}
    found = []
    for table, (columns, units) in known.items():
        for row in plan.rows(table):
            now = replace(row, period=row.period + shift)
            stands = _is_of_the_same(table, row, offers)
            column = columns.get(decision_key(table, now, layout), -1) if stands else -1
            quantity = row.amount if table == "payments" else row.quantity
            one = float(units[column]) if column >= 0 else 1.0
            found.append(Placed(table, row, now.period, column, quantity / one, quantity))
    return found


def _is_of_the_same(table: str, row: Any, offers: dict[str, tuple[str, str]]) -> bool:
    """Tell whether a row's offer is still of the same party and item, and its purpose is known."""
    if table == "dispatches":
        return offers.get(row.offer) == (row.from_, row.item)
    return table != "payments" or row.purpose in CHARGE_PURPOSES
