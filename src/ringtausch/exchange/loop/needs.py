"""The table `needs`: what was asked for and is not met (rule 14).

In: what is known. Out: a need for each request of an item, less what was met or received through transfers
that lie inside it. Nobody asks with a weight: where the terms have a need of the request's name, date,
weight, step and capability are the terms' own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.known import Known, Table, statements_of, units
from ringtausch.records.tables import Need
from ringtausch.register.position import Position
from ringtausch.register.ranges import ITEM_SCALE, say_range
from ringtausch.register.rank import true_day

__all__ = ["in_steps", "needs", "received_inside"]


def needs(known: Known) -> Table:
    """Return what is asked for and not met."""
    table = Table()
    of_terms = {row.need: row for row in known.terms.needs}
    for position in known.positions.kind("request"):
        table.spoken |= {(name,) for name in position.members}
        if position.currency and not position.item:
            table.leave_out("needs", position, reasons.request_for_money())
            continue
        row = next((of_terms[name] for name in position.members if name in of_terms), None)
        need = _need(known, position, row, table)
        if need is not None:
            table.add(need, statements_of(position), f"needs.csv:{row.line}" if row else "")
    return table


def received_inside(known: Known, name: str) -> int:
    """Return what was received through transfers that lie inside a request or a need, in thousandths."""
    return sum(
        child.reached("received").lo
        for child in known.children.get(name, ())
        if child.kind == "transfer"
    )


def in_steps(quantity: Decimal, step: Decimal) -> Decimal:
    """Round a quantity up to whole steps.

    Examples
    --------
    >>> in_steps(Decimal(10), Decimal(4)), in_steps(Decimal(8), Decimal(4))
    (Decimal('12'), Decimal('8'))
    """
    return (quantity / step).to_integral_value(ROUND_CEILING) * step


def _need(known: Known, position: Position, of_terms: Need | None, table: Table) -> Need | None:
    if position.state not in {"asked", "validated", "met"} or not position.receiver:
        return None
    asked = _asked(position)
    met = position.counted("met")
    if "met" in position.rungs and met.is_unknown:
        return None
    if asked <= 0:
        table.leave_out("needs", position, reasons.unknown_quantity())
        return None
    wanted = position.counted("validated" if "validated" in position.rungs else "asked")
    if not wanted.is_exact:
        table.note("needs", position, reasons.open_range(say_range(wanted, ITEM_SCALE)))
    left = asked - max(met.lo, received_inside(known, position.matter))
    if left <= 0:
        return None
    source = f"register: {position.matter}"
    if of_terms is not None:
        quantity = units(left)
        if of_terms.step:
            quantity = in_steps(quantity, of_terms.step)
        return replace(of_terms, quantity=quantity, source=source)
    return Need(
        need=position.matter,
        party=position.receiver,
        capability=position.item,
        quantity=units(left),
        due=_first_asked(position, known),
        source=source,
    )


def _asked(position: Position) -> int:
    """Return what was asked for: what was validated, where somebody has looked at it.

    Who asks again and again asks for one thing: named events of a request are its repeats.
    """
    for milestone in ("validated", "asked"):
        rung = position.rungs.get(milestone)
        if rung is not None and not rung.undone:
            amounts = [fact.quantity.lo for fact in rung.facts]
            if milestone == "asked":
                return max(amounts, default=0)
            return sum(amounts)
    return 0


def _first_asked(position: Position, known: Known) -> date:
    days = [
        true_day(fact.winners["when"])
        for (milestone, _), fact in position.facts.items()
        if milestone == "asked" and "when" in fact.winners
    ]
    return min(days, default=known.as_of)
