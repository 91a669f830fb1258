"""Rule 28 of the register: what was handed over and not received, with its age.

In: positions. Out: one row for each transfer whose giver and receiver do not tell the same, and one for
what was accepted although nobody has agreed at which rate it counts (rule 29).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ringtausch.register.book import Book
from ringtausch.register.occurrences import Occurrence, occurrences
from ringtausch.register.owing import hand_overs
from ringtausch.register.position import Position
from ringtausch.register.replacement import debts
from ringtausch.register.transfers import walk_transfer

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["Discrepancy", "discrepancies"]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A difference between what two parties say of one hand-over, or of one replacement.

    `missing` is what was handed over, less received, less lost after the hand-over: less than nothing
    where more was received. `why` is `transfer`, or `not agreed` for what was accepted of an item that has
    no rate; there `missing` is what it would have settled at a rate of 1.
    """

    matter: str
    giver: str
    receiver: str
    item: str
    handed_over: int
    received: int
    lost: int
    missing: int
    since: date
    age_days: int
    why: str = "transfer"


def discrepancies(positions: Positions) -> list[Discrepancy]:
    """List every transfer whose hand-over and receipt differ, and replacements without a rate.

    A range counts with its least. The age runs from the oldest hand-over that is not received.
    """
    found = []
    for transfer in positions.kind("transfer"):
        row = _of_transfer(transfer, positions.as_of)
        if row is not None:
            found.append(row)
    return found + _not_agreed(positions)


def _of_transfer(transfer: Position, as_of: date) -> Discrepancy | None:
    gone = hand_overs(transfer)
    came = occurrences(transfer, "received")
    handed_over = sum(step.amount for step in gone)
    received = sum(step.amount for step in came)
    lost = walk_transfer(transfer, as_of, Book({})) if "lost" in transfer.rungs else 0
    missing = handed_over - received - lost
    if not missing:
        return None
    since = _since(gone, came, lost) if missing > 0 else min(step.day for step in gone or came)
    return Discrepancy(
        matter=transfer.matter,
        giver=transfer.giver,
        receiver=transfer.receiver,
        item=transfer.item or transfer.currency,
        handed_over=handed_over,
        received=received,
        lost=lost,
        missing=missing,
        since=since,
        age_days=(as_of - since).days,
    )


def _since(gone: list[Occurrence], came: list[Occurrence], lost: int) -> date:
    """Return the day of the oldest hand-over that is not received: event by event, then by age."""
    by_event = {step.event: step.amount for step in came}
    rest = lost
    left = []
    for step in gone:
        same = min(step.amount, by_event.pop(step.event, 0) if step.event in by_event else 0)
        left.append((step.day, step.amount - same))
    rest += sum(step.amount for step in came) - sum(
        step.amount - open_ for step, (_day, open_) in zip(gone, left, strict=True)
    )
    return _oldest(left, rest)


def _oldest(left: Iterable[tuple[date, int]], settled: int) -> date:
    day = date.min
    for day, amount in left:
        if amount > settled:
            return day
        settled -= amount
    return day


def _not_agreed(positions: Positions) -> list[Discrepancy]:
    found = []
    for debt in debts(positions):
        accepted = occurrences(positions.of(debt.matter), "accepted")
        for item, amount in debt.unrated:
            since = min(step.day for step in accepted if step.statement.item == item)
            found.append(
                Discrepancy(
                    matter=debt.matter,
                    giver=debt.debtor,
                    receiver=debt.creditor,
                    item=item,
                    handed_over=amount,
                    received=amount,
                    lost=0,
                    missing=amount,
                    since=since,
                    age_days=(positions.as_of - since).days,
                    why="not agreed",
                )
            )
    return found
