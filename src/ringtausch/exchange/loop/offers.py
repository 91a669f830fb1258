"""The table `offers`: what is promised and has not left yet (rules 10, 12, 13, 16 and 33).

In: what is known, what is in hand and what arrives. Out: an offer for each pledge, with what is left of it.
A promise that waits for words is listed and not offered; one that waits for others is an offer with
`if_others` where it says just that. What is reserved is offered by its own matter and by no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.known import Known, LeftOut, Table, Told, statements_of, units
from ringtausch.exchange.loop.lanes import Window, consented
from ringtausch.records.periods import NEVER
from ringtausch.records.tables import Offer
from ringtausch.register.dates import last_day
from ringtausch.register.position import Position
from ringtausch.register.ranges import ITEM_SCALE, say_range

__all__ = [
    "not_reserved_for_others",
    "offers",
    "promised_inside",
    "still_promised",
    "unknown_promises",
]

_PROMISES = ("pledged", "reserved", "left", "handed_over", "received")


@dataclass(frozen=True, slots=True)
class _Promise:
    """A promise of which something is left, in thousandths; `if_others` where it waits for them."""

    position: Position
    left: int
    if_others: int | None = None


def offers(known: Known) -> Table:
    """Return what the givers of transfers are still willing to hand over."""
    table = Table()
    transfers = [
        position
        for position in known.positions.kind("transfer")
        if position.giver and position.item and not known.is_company(position.giver)
    ]
    table.spoken = {(name,) for position in transfers for name in position.members}
    promises = [
        promise
        for position in transfers
        for promise in (_firm(known, position), _conditional(known, position, transfers, table))
        if promise is not None and promise.left > 0
    ]
    for promise in promises:
        _note_what_is_open(promise.position, table)
    windows = consented(known)
    for promise in promises:
        _add(promise, windows.get(promise.position.matter), table)
    return table


def still_promised(known: Known, position: Position) -> int:
    """Return what a transfer promises by itself and has not sent, in thousandths; less than 0: it sent more."""
    return _own_promise(known, position) - position.reached("left").lo


def promised_inside(known: Known, name: str) -> int:
    """Return how much the transfers that lie inside an offer of the terms have promised, in thousandths."""
    return sum(_promised(child) for child in known.children.get(name, ()))


def not_reserved_for_others(
    known: Known, told: Sequence[Told], at_hand: dict[tuple[str, str], Decimal]
) -> tuple[list[Told], list[LeftOut]]:
    """Cut offers of an item of which something is reserved to what is not reserved for other matters.

    Parameters
    ----------
    told
        All offers, those of the register first.
    at_hand
        What each party has of each item and what arrives, whenever that is.
    """
    reserved = {
        position.matter: units(_reserved(position))
        for position in known.positions.kind("transfer")
        if _reserved(position)
    }
    free: dict[tuple[str, str], Decimal] = {}
    for matter, amount in reserved.items():
        position = known.positions.of(matter)
        pair = position.giver, position.item
        free[pair] = free.get(pair, at_hand.get(pair, Decimal(0))) - amount
    kept, cut = [], []
    for one in told:
        offer = one.row
        pair = offer.party, offer.item
        if pair not in free:
            kept.append(one)
            continue
        own = min(offer.quantity, reserved.get(offer.offer, Decimal(0)))
        further = min(offer.quantity - own, max(Decimal(0), free[pair]))
        free[pair] -= further
        if own + further < offer.quantity:
            reason = reasons.reserved_for_others(*pair)
            some = bool(own + further)
            row = LeftOut("offers", offer.offer, reason, one.statements, one.terms, is_note=some)
            cut.append(row)
        if own + further:
            kept.append(replace(one, row=replace(offer, quantity=own + further)))
    return kept, cut


def _firm(known: Known, position: Position) -> _Promise | None:
    if position.conditional:
        return None
    return _Promise(position, still_promised(known, position))


def _conditional(
    known: Known, position: Position, transfers: Iterable[Position], table: Table
) -> _Promise | None:
    """Return what a promise would add if its condition were met, where an offer can say the condition."""
    if position.conditional:
        left = position.reached("pledged").lo
    elif position.if_met:
        whole = position.if_met.get("pledged", position.reached("pledged"))
        left = whole.lo - position.reached("pledged").lo
    else:
        return None
    if left <= 0:
        return None
    condition = position.condition
    if condition is None:
        table.leave_out("offers", position, reasons.inside_conditional())
        return None
    if not condition.matters:
        table.leave_out("offers", position, reasons.words_alone(condition.words))
        return None
    named = {known.positions.same(matter) for matter in condition.matters} - {position.matter}
    if not _is_about_all_others(known, position, named, transfers, condition.milestone):
        table.leave_out("offers", position, reasons.condition_does_not_fit())
        return None
    already = sum(known.positions.of(name).reached("left").lo for name in named)
    return _Promise(position, left, max(0, condition.at_least - already))


def _is_about_all_others(
    known: Known,
    position: Position,
    named: set[str],
    transfers: Iterable[Position],
    milestone: str,
) -> bool:
    """Tell whether a condition counts what all others hand over of the item, as `if_others` does."""
    if milestone not in _PROMISES:
        return False
    others = {
        other.matter
        for other in transfers
        if other.item == position.item
        and other.giver != position.giver
        and _promised(other) > other.reached("left").lo
    }
    of_terms = any(
        row.item == position.item and row.party != position.giver for row in known.terms.offers
    )
    return (
        not of_terms
        and others <= named
        and all(
            (other := known.positions.of(name)).item == position.item
            and other.giver != position.giver
            for name in named
        )
    )


def _promised(position: Position) -> int:
    return 0 if position.conditional else position.reached("pledged").lo


def _own_promise(known: Known, position: Position) -> int:
    """Return what a matter promises by itself: less what the matters inside it promise (rule 18)."""
    inside = sum(
        _promised(child)
        for child in known.children.get(position.matter, ())
        if child.kind == "transfer" and child.item == position.item
    )
    return max(0, position.reached("pledged").lo - inside)


def _reserved(position: Position) -> int:
    """Return what is reserved and has not left, in thousandths."""
    if position.conditional or "reserved" not in position.rungs:
        return 0
    released = position.counted("released")
    if "released" in position.rungs and released.is_unknown:
        return 0
    held = position.reached("reserved").lo - position.reached("left").lo
    return max(0, held - released.lo)


def _note_what_is_open(position: Position, table: Table) -> None:
    promised = position.reached("pledged")
    if not promised.is_exact:
        reason = reasons.open_range(say_range(promised, ITEM_SCALE))
        table.note("offers", position, reason)


def _add(promise: _Promise, window: Window | None, table: Table) -> None:
    position = promise.position
    opens, until = window or (date.min, None)
    if opens == NEVER:
        table.leave_out("offers", position, reasons.no_consent())
        return
    ends = [day for day in (until, last_day(position.until) if position.until else None) if day]
    name = position.matter
    if promise.if_others is not None and not position.conditional:
        name = f"{position.matter} if others"  # beside what is promised in any case
    table.add(
        Offer(
            offer=name,
            party=position.giver,
            item=position.item,
            quantity=units(promise.left),
            from_=None if window is None else opens,
            until=min(ends, default=None),
            to=position.receiver or "*",
            if_others=None if promise.if_others is None else units(promise.if_others),
            source=f"register: {position.matter}",
        ),
        statements_of(position),
    )


def unknown_promises(known: Known) -> list[LeftOut]:
    """List the pledges of which nobody says how many."""
    found = defaultdict(list)
    for position in known.positions.kind("transfer"):
        if position.reached("pledged").is_unknown and not position.conditional:
            found[position.matter].append(position)
    return [
        LeftOut("offers", matter, reasons.unknown_quantity(), statements_of(rows[0]))
        for matter, rows in sorted(found.items())
    ]
