"""Demands: an edit of a plan read as what another plan shall do.

In: edits of `dispatches` and `orders`, the scenario and the plan. Out: demands, each that so many units
of some decisions shall be planned; or all that is wrong with the edits.

- `dispatches[…].quantity=Q`: what is selected comes to exactly Q, all its periods together
- `-dispatches[…]`: it comes to nothing
- `+dispatches[…,quantity=Q]`: it comes to at least Q
- `dispatches[…].period=P`, `.date=D`: the one row of the plan that is selected moves: nothing in its
  period, at least its quantity in the other
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ringtausch.language import _
from ringtausch.records import Plan, Problem, Scenario
from ringtausch.records.columns import BadCell, read_amount, read_day
from ringtausch.records.edits.parsing import BadEdit, Edit, parse_edit
from ringtausch.records.messages import or_suggest
from ringtausch.records.problems import InvalidEdit
from ringtausch.records.tables import field_name

__all__ = ["NAMES", "Demand", "read_demands"]

#: The columns that name a decision, without its time.
NAMES = {
    "dispatches": ("offer", "from", "to", "item"),
    "orders": ("supplier", "item", "customer"),
}
#: The tables and columns of the scenario where those names are known.
_KNOWN = {
    "offer": (("offers", "offer"),),
    "from": (("parties", "party"),),
    "to": (("parties", "party"),),
    "customer": (("parties", "party"),),
    "item": (("items", "item"),),
    "supplier": (("supply", "supplier"), ("production", "supplier")),
}


@dataclass(frozen=True)
class Demand:
    """So many units of the decisions that have these names, in one period or in all."""

    table: str
    names: dict[str, str]
    period: int | None
    quantity: float
    exactly: bool


class _Wrong(ValueError):  # noqa: N818 - what is wrong with an edit, on the way to its problem
    def __init__(self, column: str, value: str, message: str) -> None:
        self.column, self.value, self.message = column, value, message
        super().__init__(message)


def read_demands(scenario: Scenario, plan: Plan, edits: Iterable[str]) -> tuple[Demand, ...]:
    """Read edits of a plan.

    Raises
    ------
    InvalidEdit
        Everything that is wrong with any of them: its form, its table, its names, its values.
    """
    found: list[Demand] = []
    wrong = []
    for text in edits:
        try:
            found += _demands(scenario, plan, parse_edit(text))
        except BadEdit as bad:
            wrong.append(Problem(text, 0, "", text, str(bad)))
        except _Wrong as bad:
            wrong.append(Problem(text, 0, bad.column, bad.value, bad.message))
    if wrong:
        raise InvalidEdit(wrong)
    return tuple(found)


def _demands(scenario: Scenario, plan: Plan, edit: Edit) -> list[Demand]:
    if edit.kind == "setting" or edit.table not in NAMES:
        hint = or_suggest(edit.table, NAMES)
        message = _('"{table}" is no table of decisions; {hint}').format(
            table=edit.table, hint=hint
        )
        raise _Wrong("", edit.table, message)
    cells = dict(edit.cells)
    quantity = cells.pop("quantity", None) if edit.kind == "add" else None
    names, period = _selection(scenario, edit.table, cells)
    if edit.kind == "add":
        if quantity is None:
            raise _Wrong("quantity", "", _("say how much: quantity=1"))
        return [Demand(edit.table, names, period, _amount(quantity), exactly=False)]
    if edit.kind == "drop":
        return [Demand(edit.table, names, period, 0.0, exactly=True)]
    if edit.column == "quantity":
        return [Demand(edit.table, names, period, _amount(edit.value), exactly=True)]
    if edit.column in {"period", "date"}:
        return _moved(scenario, plan, edit, (names, period))
    hint = or_suggest(edit.column, ("quantity", "period", "date"))
    message = _('"{column}" of a decision cannot be set; {hint}')
    raise _Wrong(edit.column, edit.column, message.format(column=edit.column, hint=hint))


def _selection(
    scenario: Scenario, table: str, cells: dict[str, str]
) -> tuple[dict[str, str], int | None]:
    """Read which decisions are selected: names that the scenario knows, and a period."""
    names: dict[str, str] = {}
    period = None
    for column, value in cells.items():
        if column in {"period", "date"}:
            period = _period(scenario, column, value)
        elif column in NAMES[table]:
            known = [
                getattr(row, field_name(of_column))
                for of_table, of_column in _KNOWN[column]
                for row in scenario.rows(of_table)
            ]
            if value not in known:
                hint = or_suggest(value, known)
                message = _('unknown {column} "{value}"; {hint}')
                text = message.format(column=column, value=value, hint=hint)
                raise _Wrong(column, value, text)
            names[column] = value
        else:
            hint = or_suggest(column, (*NAMES[table], "period", "date"))
            message = _('{table} have no column "{column}" to select by; {hint}')
            text = message.format(table=table, column=column, hint=hint)
            raise _Wrong(column, column, text)
    return names, period


def _moved(
    scenario: Scenario, plan: Plan, edit: Edit, selected: tuple[dict[str, str], int | None]
) -> list[Demand]:
    """Move the one row of the plan that is selected to another period."""
    names, period = selected
    rows = [
        row
        for row in plan.rows(edit.table)
        if all(getattr(row, field_name(column)) == value for column, value in names.items())
        and period in {None, row.period}
    ]
    if len(rows) != 1:
        raise _Wrong("", "", _not_one(scenario, edit.table, rows))
    row = rows[0]
    names = {column: getattr(row, field_name(column)) for column in NAMES[edit.table]}
    to = _period(scenario, edit.column, edit.value)
    if to == row.period:
        raise _Wrong(edit.column, edit.value, _("the plan has it in this period already"))
    return [
        Demand(edit.table, names, row.period, 0.0, exactly=True),
        Demand(edit.table, names, to, row.quantity, exactly=False),
    ]


def _not_one(scenario: Scenario, table: str, rows: list[Any]) -> str:
    if not rows:
        return _("the plan has no such row in {table}").format(table=table)
    shown = "; ".join(_cells(scenario, table, row) for row in rows[:6])
    return _("the plan has {n} such rows in {table}; name one by its cells: {rows}").format(
        n=len(rows), table=table, rows=shown
    )


def _cells(scenario: Scenario, table: str, row: Any) -> str:
    """Write the cells that tell a row of a plan from others."""
    names = ("offer", "to") if table == "dispatches" else NAMES[table]
    cells = [f"{name}={getattr(row, name)}" for name in names]
    return ",".join([*cells, f"date={scenario.calendar.first_day(row.period)}"])


def _period(scenario: Scenario, column: str, text: str) -> int:
    count = scenario.calendar.count
    if column == "period":
        if text.isascii() and text.isdigit() and int(text) < count:
            return int(text)
        message = _('"{text}" is no period of the plan; it has 0 to {last}')
        raise _Wrong(column, text, message.format(text=text, last=count - 1))
    try:
        day: date = read_day(f"{text}-01" if len(text) == 7 else text)
    except BadCell as bad:
        raise _Wrong(column, text, str(bad)) from None
    period = scenario.calendar.index(day)
    if period >= count:
        message = _("{day} is after the plan, whose last period begins on {last}")
        last = scenario.calendar.first_day(count - 1)
        raise _Wrong(column, text, message.format(day=day, last=last))
    return period


def _amount(text: str) -> float:
    try:
        return float(read_amount(text))
    except BadCell as bad:
        raise _Wrong("quantity", text, str(bad)) from None
