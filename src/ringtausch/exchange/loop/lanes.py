"""The table `lanes`: which transfers the state of origin has consented to.

In: what is known. Out: a lane for each way of which somebody was asked: open from the day of the first
consent, never where all were refused, withdrawn or not given yet. Lead, capacity and cost are the terms' own.
A consent that names its transfer is asked of the offer of that transfer, too: a lane serves all of a way.
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

__all__ = ["Window", "consented", "lanes", "why_not"]

_Way = tuple[str, str, str]
#: From when until when something is consented to; `NEVER` where it is not.
Window = tuple[date, date | None]


def lanes(known: Known) -> Table:
    """Return the lanes that consents open or close."""
    table = Table()
    of_transfers: dict[_Way, dict[str, list[Position]]] = {}
    of_parties: dict[_Way, list[Position]] = {}
    for position in known.positions.kind("consent"):
        if position.conditional:
            table.leave_out("lanes", position, reasons.not_due_yet())
            continue
        transfer = _transfer(known, position)
        if transfer is not None:
            way = transfer.giver, transfer.receiver or "*", transfer.item or position.item
            asked = of_transfers.setdefault(way, {}).setdefault(transfer.matter, [])
            asked.append(position)
        elif position.receiver and position.item and not position.terms.of:
            for way in _ways(known, position):
                of_parties.setdefault(way, []).append(position)
        else:
            table.leave_out("lanes", position, reasons.consent_of_nothing())
    for way in sorted({*of_transfers, *of_parties}):
        by_transfer = of_transfers.get(way, {})
        windows = [_all_of(consents) for consents in by_transfer.values()]
        window = _all_of(of_parties.get(way, []))
        if windows:
            window = _both(_any_of(windows), window)
        consents = [
            *of_parties.get(way, []),
            *(one for each in by_transfer.values() for one in each),
        ]
        _add(known, way, window, consents, table)
    return table


def consented(known: Known) -> dict[str, Window]:
    """Return from when until when each transfer is consented to, of those that a consent names."""
    asked: dict[str, list[Position]] = {}
    for position in known.positions.kind("consent"):
        transfer = None if position.conditional else _transfer(known, position)
        if transfer is not None:
            asked.setdefault(transfer.matter, []).append(position)
    return {matter: _all_of(consents) for matter, consents in asked.items()}


def why_not(position: Position) -> str | None:
    """Say why a consent does not stand, None where it does."""
    if _window(position)[0] != NEVER:
        return None
    grantor = position.giver or "?"
    asked = occurrences(position, "asked")
    if position.state == "asked" and asked:
        return reasons.not_answered(min(step.day for step in asked).isoformat(), grantor)
    return reasons.refused(grantor)


def _transfer(known: Known, position: Position) -> Position | None:
    try:
        found = known.positions.of(position.terms.of)
    except KeyError:
        return None
    has_way = found.giver and (found.item or position.item)
    return found if found.kind == "transfer" and has_way else None


def _ways(known: Known, position: Position) -> list[_Way]:
    """Name the lanes of the party that asked, for a consent that names no transfer."""
    asker, item = position.receiver, position.item
    named = {
        (asker, row.to, item)
        for row in known.terms.lanes
        if row.to not in {"*", asker} and row.from_ in {"*", asker} and row.item in {"*", item}
    }
    return sorted({(asker, "*", item), *named})


def _add(known: Known, way: _Way, window: Window, consents: list[Position], table: Table) -> None:
    giver, receiver, item = way
    # A lane to anyone (`*`) is found as one to nobody of a name that anybody bears.
    of_terms = known.lanes.find(giver, receiver, item)
    base = Lane(from_=giver, to=receiver, item=item) if of_terms is None else of_terms
    opens, until = _both(window, (base.opens or date.min, base.until))
    source = f"register: {', '.join(position.matter for position in consents)}"
    row = replace(
        base, from_=giver, to=receiver, item=item, opens=opens, until=until, source=source
    )
    told = sorted({one for position in consents for one in statements_of(position)})
    table.add(row, told, f"lanes.csv:{of_terms.line}" if of_terms is not None else "")
    table.spoken.add(way)
    for position in consents:
        reason = why_not(position)
        if reason is not None:
            table.note("lanes", position, reason)


def _window(position: Position) -> Window:
    """Return from when until when a consent stands."""
    steps = occurrences(position, "granted")
    if position.state == "granted" and steps and not position.lapsed:
        until = last_day(position.until) if position.until else None
        return min(step.day for step in steps), until
    return NEVER, None


def _all_of(consents: list[Position]) -> Window:
    window: Window = (date.min, None)
    for position in consents:
        window = _both(window, _window(position))
    return window


def _any_of(windows: list[Window]) -> Window:
    standing = [window for window in windows if window[0] != NEVER]
    if not standing:
        return NEVER, None
    ends = [until for _, until in standing]
    last = None if None in ends else max(end for end in ends if end is not None)
    return min(opens for opens, _ in standing), last


def _both(one: Window, other: Window) -> Window:
    ends = [until for _, until in (one, other) if until is not None]
    return max(one[0], other[0]), min(ends, default=None)
