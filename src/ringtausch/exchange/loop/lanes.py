"""The table `lanes`: which transfers the state of origin has consented to.

In: what is known. Out: a lane for each transfer of which somebody was asked: open from the day of the
consent, never where it was refused, withdrawn or not given yet. Lead, capacity and cost are the terms' own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.known import Known, Table, statements_of
from ringtausch.records.periods import NEVER
from ringtausch.records.tables import Lane
from ringtausch.register.dates import last_day
from ringtausch.register.occurrences import occurrences
from ringtausch.register.position import Position

__all__ = ["lanes"]

_Way = tuple[str, str, str]


def lanes(known: Known) -> Table:
    """Return the lanes that consents open or close."""
    table = Table()
    asked: dict[_Way, list[Position]] = {}
    for position in known.positions.kind("consent"):
        ways = _ways(known, position)
        if not ways:
            table.leave_out("lanes", position, reasons.consent_of_nothing())
        for way in ways:
            asked.setdefault(way, []).append(position)
    for way, consents in sorted(asked.items()):
        _add(known, way, consents, table)
    return table


def _ways(known: Known, position: Position) -> list[_Way]:
    """Name the lanes that a consent is about: of its transfer, else of the party that asked for it."""
    named = position.terms.of
    if named:
        try:
            transfer = known.positions.of(named)
        except KeyError:
            return []
        item = transfer.item or position.item
        giver, receiver = transfer.giver, transfer.receiver
        return [(giver, receiver or "*", item)] if giver and item else []
    asker, item = position.receiver, position.item
    if not asker or not item:
        return []
    named_ways = {
        (asker, row.to, item)
        for row in known.terms.lanes
        if row.to not in {"*", asker} and row.from_ in {"*", asker} and row.item in {"*", item}
    }
    return sorted({(asker, "*", item), *named_ways})


def _add(known: Known, way: _Way, consents: list[Position], table: Table) -> None:
    giver, receiver, item = way
    opens, until = date.min, None
    for position in consents:
        begins, ends = _window(position, table)
        opens = max(opens, begins)
        until = ends if until is None else min(until, ends or until)
    # A lane to anyone (`*`) is found as one to nobody of a name that anybody bears.
    of_terms = known.lanes.find(giver, receiver, item)
    base = Lane(from_=giver, to=receiver, item=item) if of_terms is None else of_terms
    if of_terms is not None and of_terms.opens is not None:
        opens = max(opens, of_terms.opens)
    if of_terms is not None and of_terms.until is not None:
        until = of_terms.until if until is None else min(until, of_terms.until)
    source = f"register: {', '.join(position.matter for position in consents)}"
    row = replace(
        base, from_=giver, to=receiver, item=item, opens=opens, until=until, source=source
    )
    told = sorted({one for position in consents for one in statements_of(position)})
    table.add(row, told, f"lanes.csv:{of_terms.line}" if of_terms is not None else "")
    table.spoken.add(way)


def _window(position: Position, table: Table) -> tuple[date, date | None]:
    """Return from when until when a consent stands."""
    steps = occurrences(position, "granted")
    if position.state == "granted" and steps and not position.lapsed and not position.conditional:
        until = last_day(position.until) if position.until else None
        return min(step.day for step in steps), until
    grantor = position.giver or "?"
    asked = occurrences(position, "asked")
    if position.state == "asked" and asked:
        reason = reasons.not_answered(min(step.day for step in asked).isoformat(), grantor)
    else:
        reason = reasons.refused(grantor)
    table.note("lanes", position, reason)
    return NEVER, None
