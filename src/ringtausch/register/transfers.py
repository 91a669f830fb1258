"""Moves of a transfer (rule 34): from the giver's stock, by way of reservation and transit, to the receiver's.

In: the position of one transfer. Out: its moves in a book, in order of day and milestone, and what was lost
after the hand-over. Whether a stock is kept is not asked here (`book` does).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ringtausch.register.accounts import Move, NotPosted
from ringtausch.register.book import Book
from ringtausch.register.occurrences import (
    LAPSED,
    Occurrence,
    lapses,
    occurrences,
    undoing,
    undone,
)
from ringtausch.register.position import Position
from ringtausch.register.vocabulary import milestones

__all__ = ["POSTED", "walk_transfer"]

#: Milestones of a transfer that move something.
POSTED = ("reserved", "left", "handed_over", "received", "released", "lost", "returned")

_GIVEN_BACK = ("reserved", "left")  # what a negative undid of these goes back on its day
_CANCELLED = "cancelled"
_ORDERS = {milestone: order for order, milestone in enumerate(milestones("transfer"))}


def walk_transfer(position: Position, as_of: date, book: Book) -> int:
    """Go through what happened of a transfer, day by day, and move what it says (rule 34).

    Returns
    -------
    int
        What was lost after the hand-over (rule 28): what the losses took out of the receiver's transit.
    """
    rungs = position.rungs
    steps: list[Occurrence] = []
    for milestone in POSTED:
        if milestone in rungs:
            steps += occurrences(position, milestone, with_undone=milestone in _GIVEN_BACK)
    if not steps:
        return 0
    steps += _ends(position, as_of)
    steps.sort(key=_by_day)
    walk = _Walk(position, book)
    for step in steps:
        walk.step = step
        _STEPS[step.milestone](walk, step.amount)
    return walk.lost_after


def _ends(position: Position, as_of: date) -> list[Occurrence]:
    """List what takes a reservation back without a milestone of its own: a negative, and lapse."""
    found: list[Occurrence] = []
    rungs = position.rungs
    negative = undoing(position)
    if negative is not None:
        back = max((undone(rungs[name]) for name in _GIVEN_BACK if name in rungs), default=0)
        if back:
            order = max(negative.order, _ORDERS[_CANCELLED])
            found.append(negative._replace(milestone=_CANCELLED, amount=back, order=order))
    if "reserved" in rungs:
        found += lapses(position, "reserved", as_of)
    return found


class _Walk:
    """The matter's own balances while its steps are gone through."""

    step: Occurrence  # the one that is being gone through

    def __init__(self, position: Position, book: Book) -> None:
        self.book = book
        self.giver, self.receiver = position.giver, position.receiver
        self.commodity = position.item or position.currency
        self.matter = position.matter
        rungs = position.rungs
        self.undone = {name: undone(rungs[name]) for name in _GIVEN_BACK if name in rungs}
        self.ended = undoing(position) if any(self.undone.values()) else None
        self.reserved = 0  # in the giver's `reserved`
        self.transit = 0  # in the giver's `transit`
        self.under_way = 0  # in the receiver's `transit`; less than nothing where more was received
        self.surplus = 0  # what the giver's `outside` stands in for, because more was received
        self.lost_after = 0

    def reserve(self, amount: int) -> None:
        """Reserved: g stock → g reserved; what a negative of an earlier day undid never was."""
        amount = self._before_the_end(amount)
        self._move(amount, self.giver, "stock", self.giver, "reserved")
        self.reserved += amount

    def release(self, amount: int) -> None:
        """Released: g reserved → g stock; without a quantity, all of it (rule 9)."""
        whole = self.step.statement.known_quantity.is_unknown
        taken = self.reserved if whole else min(amount, self.reserved)
        self._unreserve(taken)
        self._beyond(amount - taken)

    def lapse(self, amount: int) -> None:
        """Lapsed: what is still reserved of it is back in stock (rule 13)."""
        self._unreserve(min(amount, self.reserved))

    def cancel(self, amount: int) -> None:
        """Cancelled: g reserved → g stock, then g transit → g stock, as far as it is undone (rule 9)."""
        taken = min(amount, self.reserved, self.undone.get("reserved", 0))
        self._unreserve(taken)
        rest = min(amount - taken, self.transit, self.undone.get("left", 0))
        self._move(rest, self.giver, "transit", self.giver, "stock")
        self.transit -= rest

    def leave(self, amount: int) -> None:
        """Left: g reserved, then g stock → g transit."""
        amount = self._before_the_end(amount)
        taken = min(amount, self.reserved)
        self._move(taken, self.giver, "reserved", self.giver, "transit")
        self._move(amount - taken, self.giver, "stock", self.giver, "transit")
        self.reserved -= taken
        self.transit += amount

    def hand_over(self, amount: int) -> None:
        """Handed over: g transit, then g reserved, then g stock → r transit."""
        gone = min(amount, self.transit)
        held = min(amount - gone, self.reserved)
        self._move(gone, self.giver, "transit", self.receiver, "transit")
        self._move(held, self.giver, "reserved", self.receiver, "transit")
        self._move(amount - gone - held, self.giver, "stock", self.receiver, "transit")
        self.transit -= gone
        self.reserved -= held
        self.under_way += amount
        self._stand_in()

    def receive(self, amount: int) -> None:
        """Received: r transit → r stock; more than was handed over comes from g outside."""
        self.under_way -= amount
        self._stand_in()
        self._move(amount, self.receiver, "transit", self.receiver, "stock")

    def lose(self, amount: int) -> None:
        """Lost: g transit, then r transit → outside."""
        before = min(amount, self.transit)
        after = min(amount - before, max(0, self.under_way))
        self._move(before, self.giver, "transit", self.giver, "outside")
        self._move(after, self.receiver, "transit", self.receiver, "outside")
        self.transit -= before
        self.under_way -= after
        self.lost_after += after
        self._beyond(amount - before - after)

    def give_back(self, amount: int) -> None:
        """Returned: r stock → g stock."""
        self._move(amount, self.receiver, "stock", self.giver, "stock")

    def _stand_in(self) -> None:
        surplus = max(0, -self.under_way)
        more = surplus - self.surplus
        self._move(more, self.giver, "outside", self.receiver, "transit")
        self._move(-more, self.receiver, "transit", self.giver, "outside")
        self.surplus = surplus

    def _unreserve(self, amount: int) -> None:
        self._move(amount, self.giver, "reserved", self.giver, "stock")
        self.reserved -= amount

    def _before_the_end(self, amount: int) -> int:
        """Return what of a step counts, where a negative that undid it was true before it."""
        step, ended = self.step, self.ended
        if ended is None or step.day <= ended.day:
            return amount
        never = min(amount, self.undone[step.milestone])
        self.undone[step.milestone] -= never
        return amount - never

    def _beyond(self, amount: int) -> None:
        if amount > 0:
            step, name = self.step, self.commodity
            row = NotPosted(self.matter, step.milestone, name, amount, "beyond", step.statement.id)
            self.book.not_posted.append(row)

    def _move(
        self, amount: int, giver: str, giver_state: str, taker: str, taker_state: str
    ) -> None:
        if amount <= 0:
            return
        step = self.step
        self.book.move(
            Move(
                step.day,
                self.commodity,
                amount,
                giver,
                giver_state,
                taker,
                taker_state,
                self.matter,
                step.milestone,
                "" if step.milestone == LAPSED else step.statement.id,
            )
        )


_STEPS: dict[str, Callable[[_Walk, int], None]] = {
    "reserved": _Walk.reserve,
    "released": _Walk.release,
    LAPSED: _Walk.lapse,
    "cancelled": _Walk.cancel,
    "left": _Walk.leave,
    "handed_over": _Walk.hand_over,
    "received": _Walk.receive,
    "lost": _Walk.lose,
    "returned": _Walk.give_back,
}


def _by_day(step: Occurrence) -> tuple[date, int, str]:
    return step[:3]
