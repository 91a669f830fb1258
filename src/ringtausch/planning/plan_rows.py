"""A plan's rows: decisions and consequences with their names and dates, ready to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ringtausch.planning.consequences import Consequences
from ringtausch.planning.decisions import Decisions
from ringtausch.planning.layout import Layout
from ringtausch.records.plan import (
    DebtLevel,
    Dispatch,
    Fulfilment,
    GapLevel,
    Order,
    Payment,
    Settlement,
    StockLevel,
    UnmetLevel,
)
from ringtausch.records.scenario import Scenario

__all__ = ["plan_rows"]


def plan_rows(
    scenario: Scenario, layout: Layout, decisions: Decisions, consequences: Consequences
) -> dict[str, tuple[Any, ...]]:
    """Name everything that is not zero, in order of time."""
    days = [scenario.calendar.first_day(period) for period in range(layout.facts.periods)]
    makers = {
        "dispatches": _dispatches(scenario, layout, decisions, days),
        "orders": _orders(layout, decisions, days),
        "settlements": _settlements(layout, decisions, days),
        "fulfilments": _fulfilments(scenario, layout, decisions, days),
        "payments": _payments(scenario, layout, decisions, days),
        "stocks": _stocks(layout, consequences, days),
        "debts": _debts(layout, consequences, days),
        "gaps": _gaps(layout, consequences, days),
        "unmet": _unmet(scenario, consequences, days),
    }
    by_time = {"dispatches", "orders", "settlements", "fulfilments", "payments"}
    return {
        name: tuple(sorted(rows, key=lambda row: row.period) if name in by_time else rows)
        for name, rows in makers.items()
    }


Days = list[Any]


def _dispatches(
    scenario: Scenario, layout: Layout, decisions: Decisions, days: Days
) -> Iterator[Dispatch]:
    x, names = layout.dispatches, layout.facts.names
    for at in np.flatnonzero(decisions.dispatched).tolist():
        period = int(x.period[at])
        yield Dispatch(
            offer=scenario.offers[x.offer[at]].offer,
            from_=names.parties[x.giver[at]],
            to=names.parties[x.receiver[at]],
            item=names.items[x.item[at]],
            period=period,
            date=days[period],
            quantity=float(decisions.dispatched[at]),
            arrives=int(x.arrives[at]),
        )


def _orders(layout: Layout, decisions: Decisions, days: Days) -> Iterator[Order]:
    o, names = layout.orders, layout.facts.names
    for at in np.flatnonzero(decisions.ordered).tolist():
        period = int(o.period[at])
        yield Order(
            supplier=layout.facts.lines.supplier[o.line[at]],
            item=names.items[o.item[at]],
            customer=names.parties[o.customer[at]],
            period=period,
            date=days[period],
            quantity=float(decisions.ordered[at]),
            delivered=int(o.delivered[at]),
        )


def _settlements(layout: Layout, decisions: Decisions, days: Days) -> Iterator[Settlement]:
    y, names, debts = layout.settlements, layout.facts.names, layout.facts.debts
    for at in np.flatnonzero(decisions.settled).tolist():
        account, period = debts.accepting[y.subject[at]], int(y.period[at])
        yield Settlement(
            party=names.parties[y.party[at]],
            item=names.items[debts.item[account]],
            accepted=names.items[y.item[at]],
            period=period,
            date=days[period],
            quantity=float(decisions.settled[at]),
        )


def _fulfilments(
    scenario: Scenario, layout: Layout, decisions: Decisions, days: Days
) -> Iterator[Fulfilment]:
    z, names, needs = layout.fulfilments, layout.facts.names, layout.facts.needs
    for at in np.flatnonzero(decisions.served).tolist():
        need, period = needs.role_of[needs.part_role[z.subject[at]]], int(z.period[at])
        yield Fulfilment(
            need=scenario.needs[need].need,
            item=names.items[z.item[at]],
            period=period,
            date=days[period],
            quantity=float(decisions.served[at]),
        )


def _payments(
    scenario: Scenario, layout: Layout, decisions: Decisions, days: Days
) -> Iterator[Payment]:
    names = layout.facts.names
    for payment in decisions.payments:
        yield Payment(
            fund=scenario.funds[payment.fund].fund,
            purpose=payment.purpose,
            item=names.items[payment.item],
            party=names.parties[payment.party],
            period=payment.period,
            date=days[payment.period],
            amount=round(payment.amount, 6),
        )


def _stocks(layout: Layout, consequences: Consequences, days: Days) -> Iterator[StockLevel]:
    names = layout.facts.names
    for party, item, period in np.argwhere(consequences.stock > 0).tolist():
        quantity = float(consequences.stock[party, item, period])
        yield StockLevel(
            party=names.parties[party],
            item=names.items[item],
            period=period,
            date=days[period],
            quantity=quantity,
        )


def _debts(layout: Layout, consequences: Consequences, days: Days) -> Iterator[DebtLevel]:
    names, debts = layout.facts.names, layout.facts.debts
    for account, period in np.argwhere(consequences.debt > 0).tolist():
        yield DebtLevel(
            party=names.parties[debts.party[account]],
            item=names.items[debts.item[account]],
            period=period,
            date=days[period],
            quantity=float(consequences.debt[account, period]),
            late=float(consequences.late[account, period]),
        )


def _gaps(layout: Layout, consequences: Consequences, days: Days) -> Iterator[GapLevel]:
    names, floors = layout.facts.names, layout.facts.floors
    for floor, period in np.argwhere(consequences.gap > 0).tolist():
        yield GapLevel(
            party=names.parties[floors.party[floor]],
            capability=floors.capability[floor],
            period=period,
            date=days[period],
            quantity=float(consequences.gap[floor, period]),
            floor=float(floors.level[floor, period]),
        )


def _unmet(scenario: Scenario, consequences: Consequences, days: Days) -> Iterator[UnmetLevel]:
    for need, period in np.argwhere(consequences.unmet > 0).tolist():
        yield UnmetLevel(
            need=scenario.needs[need].need,
            period=period,
            date=days[period],
            quantity=float(consequences.unmet[need, period]),
        )
