"""The table `arrivals`: what has left, was handed over, delivered or ordered, and is not there yet.

In: what is known. Out: designable arrivals, with the day on which they come. What is in transit is what the
postings say (rule 34); an order comes when its terms say, or as long after as the terms' lead.
"""

from __future__ import annotations

from datetime import date

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.known import Known, Table, statements_of, units
from ringtausch.records.matching import SupplyFinder
from ringtausch.records.tables import Arrival
from ringtausch.register.dates import last_day
from ringtausch.register.occurrences import Occurrence, occurrences
from ringtausch.register.owing import Owing
from ringtausch.register.position import Position
from ringtausch.register.replacement import owings

__all__ = ["arrivals"]

_ON_THE_WAY = ("left", "handed_over")


def arrivals(known: Known) -> Table:
    """Return everything that is under way or ordered."""
    table = Table()
    for position in known.positions.kind("transfer"):
        _transfer_under_way(known, position, table)
        if known.is_company(position.giver):
            _bought(known, position, table)
    for one in owings(known.positions):
        _delivered(known, one, table)
        _ordered(known, one, table)
    return table


def _transfer_under_way(known: Known, position: Position, table: Table) -> None:
    """What has left or was handed over and not received comes after the lane's lead."""
    amount = known.under_way.get(position.matter, 0)
    if amount <= 0 or not position.receiver:
        return
    steps = [step for name in _ON_THE_WAY for step in occurrences(position, name, with_undone=True)]
    lane = known.lanes.find(position.giver, position.receiver, position.item)
    day = max((step.day for step in steps), default=known.as_of)
    comes = known.after(day, lane.lead) if lane is not None else known.as_of
    _add(table, position, (position.receiver, position.item, comes, amount))


def _bought(known: Known, position: Position, table: Table) -> None:
    """What a maker has promised and not sent is an order: it comes after the lead of its supply."""
    if position.conditional or not position.receiver:
        return
    amount = position.reached("pledged").lo - position.reached("left").lo
    if amount <= 0:
        return
    supply = SupplyFinder(known.terms.supply).find(position.giver, position.item, position.receiver)
    days = [step.day for step in occurrences(position, "pledged")]
    if supply is None or not days:
        table.note("arrivals", position, reasons.no_arrival_date())
        comes = known.never
    else:
        comes = known.after(max(days), supply.lead)
    _add(table, position, (position.receiver, position.item, comes, amount))


def _delivered(known: Known, one: Owing, table: Table) -> None:
    """What was delivered and not accepted is there, and may settle what is owed."""
    delivered: dict[str, int] = {}
    for name, sign in (("delivered", 1), ("accepted", -1)):
        for step in occurrences(one.position, name):
            item = _item(step, one)
            delivered[item] = delivered.get(item, 0) + sign * step.amount
    for item, amount in sorted(delivered.items()):
        if amount > 0 and one.creditor:
            _add(table, one.position, (one.creditor, item, known.as_of, amount))


def _ordered(known: Known, one: Owing, table: Table) -> None:
    """What is ordered and not delivered comes when its terms say, else when it is due."""
    position = one.position
    if position.conditional or not one.creditor:
        return
    gone = position.reached("delivered").lo
    for step in sorted(occurrences(position, "ordered"), key=lambda step: step.day):
        used = min(gone, step.amount)
        gone -= used
        amount = step.amount - used
        if amount <= 0:
            continue
        comes = _due(step, one)
        if comes is None:
            table.note("arrivals", position, reasons.no_arrival_date())
            comes = known.never
        elif comes < known.as_of:
            table.note("arrivals", position, reasons.is_late(comes.isoformat()))
        _add(table, position, (one.creditor, _item(step, one), comes, amount))


def _due(step: Occurrence, one: Owing) -> date | None:
    fact = one.position.facts.get((step.milestone, step.event))
    said = None if fact is None else fact.winners.get("terms")
    text = (said.terms.due if said is not None else "") or one.terms.due
    return last_day(text) if text else None


def _item(step: Occurrence, one: Owing) -> str:
    return step.statement.item or one.agreed_item


def _add(table: Table, position: Position, row: tuple[str, str, date, int]) -> None:
    party, item, day, amount = row
    if not item:
        table.leave_out("arrivals", position, reasons.of_nothing())
        return
    table.add(
        Arrival(
            party=party,
            item=item,
            date=day,
            quantity=units(amount),
            designable=True,
            source=f"register: {position.matter}",
        ),
        statements_of(position),
    )
