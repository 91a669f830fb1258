"""What cannot be measured: a plan for another scenario, names that it does not have, no such basis.

In: a scenario, a plan, rows of values. Out: nothing, or an error with every problem.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from ringtausch.insight.measures.rows import AS_IN_ITEMS
from ringtausch.language import _
from ringtausch.records import InvalidPlan, Plan, Problem, Scenario
from ringtausch.records.messages import not_a_choice
from ringtausch.records.plan_files import PLAN_FILE
from ringtausch.records.problems import nearest
from ringtausch.records.values import BASES, VALUES_FILE, InvalidValues, Value

__all__ = ["check_basis", "check_plan"]

#: The decisions that measures are made from.
_TABLES = ("dispatches", "orders", "settlements", "payments")


def check_plan(scenario: Scenario, plan: Plan) -> None:
    """Refuse a plan that is for another scenario, or has rows that this one cannot place.

    A plan made by hand has no hash: its rows alone are looked at.
    """
    if plan.scenario_hash not in {"", scenario.content_hash}:
        message = _(
            'was made for "{name}" with other content than this scenario has (the hashes differ);'
            " plan this scenario again"
        ).format(name=plan.scenario_name)
        raise InvalidPlan([Problem(PLAN_FILE, 0, "scenario", plan.scenario_hash, message)])
    problems = list(_misplaced(scenario, plan))
    if problems:
        raise InvalidPlan(problems)


def check_basis(basis: str, values: Iterable[Value]) -> None:
    """Refuse a basis by which nothing is valued."""
    there = [name for name in BASES if any(row.basis == name for row in values)]
    if basis == AS_IN_ITEMS or basis in there:
        return
    if basis not in BASES:
        message = not_a_choice(basis, (AS_IN_ITEMS, *BASES))
    elif there:
        message = _("no item has a {basis} value; there are values by: {bases}").format(
            basis=basis, bases=", ".join(there)
        )
    else:
        message = _(
            "there is no table of values; write {file} with the columns item, basis, value,"
            " currency, or leave the basis out"
        ).format(file=VALUES_FILE)
    raise InvalidValues([Problem(VALUES_FILE, 0, "basis", basis, message)])


def _misplaced(scenario: Scenario, plan: Plan) -> Iterable[Problem]:
    """Name every cell that names something, or a period, that the scenario does not have."""
    parties = {row.party: 0 for row in scenario.parties}
    items = {row.item: 0 for row in scenario.items}
    funds = {row.fund: 0 for row in scenario.funds}
    names: dict[str, tuple[dict[str, int], str]] = {
        "from_": (parties, "parties"), "to": (parties, "parties"), "party": (parties, "parties"),
        "customer": (parties, "parties"), "item": (items, "items"), "accepted": (items, "items"),
        "fund": (funds, "funds"),
    }  # fmt: skip
    periods = range(scenario.calendar.count)
    for table in _TABLES:
        rows = plan.rows(table)
        known = [(name, *names[name]) for name in names if rows and hasattr(rows[0], name)]
        ends = [n for n in ("period", "arrives", "delivered") if rows and hasattr(rows[0], n)]
        for row in rows:
            for field, there, home in known:
                value = getattr(row, field)
                if value not in there:
                    yield _unknown(table, row.line, field.rstrip("_"), value, (there, home))
            for field in ends:
                if getattr(row, field) not in periods:
                    yield _outside(table, row.line, field, getattr(row, field), periods)


def _unknown(
    table: str, line: int, column: str, value: str, where: tuple[Iterable[str], str]
) -> Problem:
    there, home = where
    close = nearest(value, there)
    hint = _('; did you mean "{name}"?').format(name=close) if close else ""
    message = _('"{text}" is not in {home}.csv of the scenario{hint}').format(
        text=value, home=home, hint=hint
    )
    return Problem(f"{table}.csv", line, column, value, message)


def _outside(table: str, line: int, column: str, value: int, periods: Container[int]) -> Problem:
    assert isinstance(periods, range)
    message = _("period {period} is outside the plan, whose periods are 0 to {last}").format(
        period=value, last=len(periods) - 1
    )
    return Problem(f"{table}.csv", line, column, str(value), message)
