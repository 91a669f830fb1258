"""Rule 34 of the register: what each statement moves, for every kind of matter.

In: positions. Out: a book of moves, with what could not be posted: the open part of a range, an unknown.
Transfers are gone through in `transfers`, money in `money`; here are replacements, and all together.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from ringtausch.register.accounts import Move, NotPosted
from ringtausch.register.book import Book
from ringtausch.register.look_through import look_through_all
from ringtausch.register.money import (
    POSTED_MONEY,
    Impossible,
    post_contribution,
    post_exchange,
    post_payment,
)
from ringtausch.register.movements import EXCHANGED, PAID_BACK, RETURNED
from ringtausch.register.occurrences import Occurrence, occurrences
from ringtausch.register.owing import Owing, item_of
from ringtausch.register.position import Position
from ringtausch.register.replacement import owings
from ringtausch.register.transfers import POSTED, walk_transfer

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["post", "post_replacement"]

#: Milestones whose amounts are posted, by kind of matter.
_POSTED = {
    "transfer": POSTED,
    "replacement": ("agreed", "delivered", "accepted", "waived"),
    "holding": ("counted",),
    **POSTED_MONEY,
}

_MONEY = {
    "contribution": post_contribution,
    "payment": post_payment,
    "exchange": post_exchange,
}

#: Milestones that a pool may be unable to do, by the look-through's word for them.
_ASKED_BACK = {PAID_BACK: "refunded", RETURNED: "refunded", EXCHANGED: "exchanged"}

#: Without a quantity these speak of all: nothing is unknown about them.
_ALL_WHERE_EMPTY = frozenset({"released", "agreed", "waived"})


def post(positions: Positions, book: Book) -> None:
    """Move what the positions say, all kinds of matters; all else moves nothing (rule 34)."""
    directory = positions.directory
    impossible: Impossible | None = None
    for position in positions.all():
        kind = position.kind
        if kind not in _POSTED:
            continue
        if kind == "transfer":
            walk_transfer(position, positions.as_of, book)
        elif kind in _MONEY:
            if impossible is None:
                impossible = _impossible(positions)
            _MONEY[kind](position, directory, book, impossible)
        _not_posted(position, book)
    for one in owings(positions):
        post_replacement(one, book)


def post_replacement(one: Owing, book: Book) -> None:
    """Delivered: d stock → b transit; accepted: b transit → b stock; and the changes of what is owed.

    What was accepted and never said to be delivered comes from the debtor all the same.
    """
    under_way: dict[str, int] = defaultdict(int)
    surplus: dict[str, int] = defaultdict(int)
    steps = occurrences(one.position, "delivered") + occurrences(one.position, "accepted")
    for step in sorted(steps, key=_by_day):
        item = item_of(step, one.agreed_item)
        if step.milestone == "delivered":
            under_way[item] += step.amount
            # What had been accepted before it was delivered has come already.
            again = min(step.amount, surplus[item])
            surplus[item] -= again
            _move(book, one, step, step.amount - again, (one.debtor, "stock"), item)
            continue
        under_way[item] -= step.amount
        missing = max(0, -under_way[item]) - surplus[item]
        if missing > 0:
            surplus[item] += missing
            _move(book, one, step, missing, (one.debtor, "stock"), item)
        way = (one.creditor, "transit", one.creditor, "stock")
        _write(book, one, step, step.amount, way, item)
    owed = 0
    for step, tally in one.tallies():
        change = tally.owed - owed
        owed = tally.owed
        if change > 0:
            way = (one.debtor, "owes", one.creditor, "owed")
        else:
            way = (one.creditor, "owed", one.debtor, "owes")
        _write(book, one, step, abs(change), way, one.item)


def _impossible(positions: Positions) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Ask the look-through what pools could not give back or sell; only where any was asked to."""
    if not any(
        milestone in position.rungs
        for kind in _MONEY
        for position in positions.kind(kind)
        for milestone in set(_ASKED_BACK.values())
    ):
        return {}
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for pool in look_through_all(positions).values():
        for row in pool.shortfalls:
            key = row.matter, _ASKED_BACK[row.what], row.event
            before = found.get(key, (0, 0))
            found[key] = max(before[0], row.amount), max(before[1], row.to_amount)
    return found


def _move(
    book: Book, one: Owing, step: Occurrence, amount: int, source: tuple[str, str], item: str
) -> None:
    _write(book, one, step, amount, (*source, one.creditor, "transit"), item)


def _write(
    book: Book,
    one: Owing,
    step: Occurrence,
    amount: int,
    way: tuple[str, str, str, str],
    commodity: str,
) -> None:
    if amount > 0:
        matter, statement = one.position.matter, step.statement.id
        book.move(Move(step.day, commodity, amount, *way, matter, step.milestone, statement))


def _not_posted(position: Position, book: Book) -> None:
    """List what is between the least and the most, and what is unknown (rule 32)."""
    commodity = position.item or position.currency
    for milestone in _POSTED[position.kind]:
        rung = position.rungs.get(milestone)
        if rung is None or rung.undone:
            continue
        for fact in rung.facts:
            quantity = fact.quantity
            if quantity.lo == quantity.hi:
                continue
            if quantity.is_unknown and milestone in _ALL_WHERE_EMPTY:
                continue
            said = fact.winners.get("what") or fact.winners.get("when")
            book.not_posted.append(
                NotPosted(
                    position.matter,
                    milestone,
                    commodity,
                    None if quantity.hi is None else quantity.hi - quantity.lo,
                    "unknown" if quantity.hi is None else "range",
                    "" if said is None else said.id,
                )
            )


def _by_day(step: Occurrence) -> tuple[date, int, str]:
    return step[:3]
