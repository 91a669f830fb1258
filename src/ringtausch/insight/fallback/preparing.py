"""Preparing: what a fallback asks for that must be asked or ordered now.

In: a plan and its fallback, the nearest of the best plans without a leg. Out: what the fallback has and
the plan has not, as far as it cannot wait: what happens in the first three months, and what takes half
a year or longer from order or dispatch to arrival; at least the first thing that is other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ringtausch.insight.changes.moves import TABLES, Move, amounts_of, moves
from ringtausch.insight.explain.wording import number_text, periods_text, when_text
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["Preparation", "what_to_prepare"]

#: Periods that count as soon, and leads that count as long.
_SOON = {"month": 3, "week": 13, "quarter": 1}
_LONG = {"month": 6, "week": 26, "quarter": 2}


@dataclass(frozen=True)
class Preparation:
    """Something to ask for or to order now, so that the fallback is there when it is needed."""

    table: str
    names: dict[str, str]
    quantity: float
    by: date  # the first day of the period in which it happens
    lead: int  # periods from then to the arrival
    sentence: str


def what_to_prepare(scenario: Scenario, plan: Plan, fallback: Plan) -> list[Preparation]:
    """List what a fallback has and the plan has not, and what of it cannot wait."""
    found = list(_others(plan, fallback))
    urgent = [(move, lead) for move, lead in found if _cannot_wait(scenario, move, lead)]
    return [_prepared(scenario, move, lead) for move, lead in urgent or found[:1]]


def _others(plan: Plan, fallback: Plan) -> Iterator[tuple[Move, int]]:
    """Go through what is new, more or sooner in the fallback, with its lead, in the order of time."""
    leads = _leads(fallback)
    other: dict[tuple[str, tuple[str, ...], int], Move] = {}
    for move in moves(amounts_of(plan), amounts_of(fallback)):
        is_later = move.before is not None and move.after is not None and move.after >= move.before
        if move.table == "payments" or move.after is None or is_later:
            continue
        key = (move.table, move.names, move.after)
        known = other.get(key)
        other[key] = move if known is None else _both(known, move)
    for key in sorted(other, key=lambda key: (key[2], list(TABLES).index(key[0]), key[1])):
        yield other[key], leads[key]


def _both(move: Move, more: Move) -> Move:
    """Bring two moves to one period together; where one is new, so is all of it."""
    before = None if move.before is None or more.before is None else move.before
    return replace(move, quantity=move.quantity + more.quantity, before=before)


def _leads(plan: Plan) -> dict[tuple[str, tuple[str, ...], int | None], int]:
    """Find how long each dispatch and order of a plan is under way."""
    found = {}
    for table, arrives in (("dispatches", "arrives"), ("orders", "delivered")):
        row: Any
        for row in plan.rows(table):
            names = tuple(getattr(row, name) for name in TABLES[table])
            found[table, names, row.period] = getattr(row, arrives) - row.period
    return found


def _cannot_wait(scenario: Scenario, move: Move, lead: int) -> bool:
    assert move.after is not None
    return move.after < _SOON[scenario.period] or lead >= _LONG[scenario.period]


def _prepared(scenario: Scenario, move: Move, lead: int) -> Preparation:
    assert move.after is not None
    columns = [field.rstrip("_") for field in TABLES[move.table]]
    return Preparation(
        table=move.table,
        names=dict(zip(columns, move.names, strict=True)),
        quantity=move.quantity,
        by=scenario.calendar.first_day(move.after),
        lead=lead,
        sentence=_sentence(scenario, move, lead),
    )


def _sentence(scenario: Scenario, move: Move, lead: int) -> str:
    assert move.after is not None
    party = {row.party: row.name or row.party for row in scenario.parties}
    when, amount = when_text(scenario, move.after), number_text(move.quantity)
    if move.table == "dispatches":
        offer, giver, receiver, item = move.names
        text = _(
            "ask {giver} to be ready to hand over {amount} x {item} to {to} in {when} ({offer})"
        )
        if move.before is not None:
            text = _(
                "ask {giver} to be ready to hand over {amount} x {item} to {to} in {when} already"
                " ({offer})"
            )
        return text.format(
            giver=party.get(giver, giver), amount=amount, item=item,
            to=party.get(receiver, receiver), when=when, offer=offer,
        )  # fmt: skip
    supplier, item, customer = move.names
    text = _("reserve {amount} x {item} with {supplier} for {customer}: to be ordered in {when}")
    if lead:
        text = _(
            "reserve {amount} x {item} with {supplier} for {customer}: to be ordered in {when},"
            " {lead} before the delivery"
        )
    return text.format(
        amount=amount, item=item, supplier=supplier, customer=party.get(customer, customer),
        when=when, lead=periods_text(scenario, lead),
    )  # fmt: skip
