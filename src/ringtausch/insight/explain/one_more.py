"""One more: the smallest steps in which a row gives more room, as people would ask for them.

In: a row. Out: steps, each a sentence and its changes: one more unit, one period sooner or later, one
unit of money. `docs/reference/changes.md` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ringtausch.insight.explain.changes import Change
from ringtausch.insight.explain.wording import amount_text, quantity_text
from ringtausch.language import _
from ringtausch.records import NEVER, Scenario
from ringtausch.records.tables import Release as MoneyRelease

__all__ = ["STEPPED", "Step", "one_more"]


@dataclass(frozen=True)
class Step:
    """A little more room: in words, and the changes that make it."""

    sentence: str
    changes: tuple[Change, ...]


def one_more(scenario: Scenario, table: str, place: int) -> tuple[Step, ...]:
    """List the steps of a row; none where a row can give no more room."""
    maker = STEPPED[table]
    found = []
    for sentence, change in maker(scenario, scenario.rows(table)[place]):
        if isinstance(change, Change):
            found.append(Step(sentence, (change,)))
        else:
            found.append(Step(sentence, (Change(table, place, change),)))
    return tuple(found)


Steps = Iterator[tuple[str, Any]]


def _production(scenario: Scenario, row: Any) -> Steps:
    yield _("one more a {period}").format(period=scenario.period), _more(row, "capacity", 1)
    yield from _sooner(scenario, row, "from_")


def _offer(scenario: Scenario, row: Any) -> Steps:
    size = row.lot or Decimal(1)
    yield _("{n} more").format(n=quantity_text(size)), _more(row, "quantity", size)
    yield from _sooner(scenario, row, "from_")
    yield from _later(scenario, row, "until")
    if row.if_others:
        less = replace(row, if_others=max(Decimal(0), row.if_others - 1) or None)
        yield _("if others give one less"), less


def _lane(scenario: Scenario, row: Any) -> Steps:
    if row.capacity is not None:
        yield _("one more at a time"), _more(row, "capacity", 1)
    yield from _sooner(scenario, row, "opens")
    yield from _later(scenario, row, "until")
    yield from _faster(scenario, row)


def _supply(scenario: Scenario, row: Any) -> Steps:
    yield from _sooner(scenario, row, "opens")
    yield from _later(scenario, row, "until")
    yield from _faster(scenario, row)


def _release(scenario: Scenario, row: Any) -> Steps:
    unit = money_unit(row.amount)
    currency = next(fund.currency for fund in scenario.funds if fund.fund == row.fund)
    text = _("{amount} more").format(amount=amount_text(unit, currency, scenario))
    yield text, _more(row, "amount", unit)
    yield from _sooner(scenario, row, "date")


def _fund(scenario: Scenario, row: Any) -> Steps:
    total = sum((r.amount for r in scenario.releases if r.fund == row.fund), Decimal(0))
    unit = money_unit(total)
    text = _("{amount} more from the start").format(
        amount=amount_text(unit, row.currency, scenario)
    )
    release = MoneyRelease(fund=row.fund, date=scenario.start, amount=unit)
    yield text, Change("releases", None, release)
    yield from _later(scenario, row, "until")


def _assurance(scenario: Scenario, row: Any) -> Steps:
    if row.within < scenario.settlement:
        text = _("one {period} more to replace it").format(period=scenario.period)
        yield text, replace(row, within=row.within + 1)


def _floor(_scenario: Scenario, row: Any) -> Steps:
    if row.quantity > 0:
        lower = replace(row, quantity=max(Decimal(0), row.quantity - 1))
        yield _("one less to keep"), lower
    yield _("one more below accepted"), _more(row, "max_gap", 1)


def _stock(_scenario: Scenario, row: Any) -> Steps:
    yield _("one more in hand"), _more(row, "quantity", 1)


def _arrival(scenario: Scenario, row: Any) -> Steps:
    yield _("one more arrives"), _more(row, "quantity", 1)
    yield from _sooner(scenario, row, "date")


def _nothing(_scenario: Scenario, _row: Any) -> Steps:
    yield from ()


#: The tables whose rows can be asked about, and how their steps are made.
STEPPED: dict[str, Callable[[Scenario, Any], Steps]] = {
    "offers": _offer,
    "lanes": _lane,
    "supply": _supply,
    "production": _production,
    "releases": _release,
    "funds": _fund,
    "earmarks": _nothing,
    "assurances": _assurance,
    "floors": _floor,
    "stocks": _stock,
    "arrivals": _arrival,
}


def money_unit(amount: Decimal) -> Decimal:
    """Return the largest power of ten that is no more than a tenth of an amount, at least 1.

    Examples
    --------
    >>> money_unit(Decimal(45_000_000)), money_unit(Decimal(0))
    (Decimal('1000000'), Decimal('1'))
    """
    unit = Decimal(1)
    while unit * 100 <= amount:
        unit *= 10
    return unit


def _more(row: Any, column: str, size: Decimal | int) -> Any:
    return replace(row, **{column: getattr(row, column) + size})


def _sooner(scenario: Scenario, row: Any, column: str) -> Steps:
    """One period sooner: the first day of the period before, or the start itself."""
    day: date | None = getattr(row, column)
    if day is None or day == NEVER or scenario.calendar.index(day) == 0:
        return
    before = scenario.calendar.first_day(scenario.calendar.index(day) - 1)
    moved = replace(row, **{column: max(before, scenario.start)})
    yield _("one {period} sooner").format(period=scenario.period), moved


def _later(scenario: Scenario, row: Any, column: str) -> Steps:
    """One period longer: until the first day of the period after."""
    day: date | None = getattr(row, column)
    if day is None:
        return
    after = scenario.calendar.first_day(scenario.calendar.index(day) + 1)
    moved = replace(row, **{column: max(after, scenario.start)})
    yield _("one {period} longer").format(period=scenario.period), moved


def _faster(scenario: Scenario, row: Any) -> Steps:
    if row.lead:
        text = _("one {period} less on the way").format(period=scenario.period)
        yield text, replace(row, lead=row.lead - 1)
