"""What of a position is money on a day: pledged, committed and disbursed, and what has no amount.

The page *Exports*, section *IATI*. In: a position. Out: dated amounts, and what is left out, each with its
reason. Nothing here knows XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ringtausch.register.occurrences import Occurrence, occurrences
from ringtausch.register.position import Position
from ringtausch.register.vocabulary import RUNGS

__all__ = ["LeftOut", "Money", "days_of", "end_of", "is_closed", "money_of"]

What = Literal["pledge", "commitment", "disbursement"]

#: What the milestones of each kind are; -1 takes back.
_MONEY: dict[str, dict[str, tuple[What, int]]] = {
    "contribution": {
        "announced": ("pledge", 1),
        "committed": ("commitment", 1),
        "paid_in": ("disbursement", 1),
        "refunded": ("disbursement", -1),
    },
    "transfer": {
        "pledged": ("pledge", 1),
        "reserved": ("commitment", 1),
        "handed_over": ("disbursement", 1),
        "returned": ("disbursement", -1),
    },
    "payment": {
        "due": ("commitment", 1),
        "paid": ("disbursement", 1),
        "refunded": ("disbursement", -1),
    },
}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one milestone on one day, in ten-thousandths; less than nothing where it went back."""

    what: What
    day: date
    amount: int
    currency: str
    words: str


class LeftOut(NamedTuple):
    """A milestone without an amount of money that can be told.

    `why` is `no value` (items that nobody values), `unknown`, `range` (the open part, beyond the least, which
    is told), `part` (a value of more than is left), `conditional`, or `lapsed`.
    """

    matter: str
    milestone: str
    event: str
    why: str


def money_of(position: Position, as_of: date) -> tuple[list[Money], list[LeftOut]]:
    """List what a position says of money, by day, and what it says without an amount.

    What waits for a condition is not counted, so it is no money yet; a promise that has lapsed is none any
    more. Of a range the least is told.
    """
    found: list[Money] = []
    left_out: list[LeftOut] = []
    for milestone, (what, sign) in _MONEY[position.kind].items():
        for step in occurrences(position, milestone):
            if step.day > as_of:
                continue
            key = position.matter, milestone, step.event
            if position.conditional or (position.lapsed and what != "disbursement"):
                left_out.append(LeftOut(*key, "conditional" if position.conditional else "lapsed"))
                continue
            amount, currency, why = _amount(position, step)
            if why:
                left_out.append(LeftOut(*key, why))
            if amount:
                words = milestone.replace("_", " ")
                found.append(Money(what, step.day, sign * amount, currency, words))
    found.sort(key=lambda money: money.day)
    return found, left_out


def _amount(position: Position, step: Occurrence) -> tuple[int, str, str]:
    """Return an amount, its currency, and what cannot be told of it."""
    fact = position.facts.get((step.milestone, step.event))
    assert fact is not None, "what occurred is a fact"
    said = step.statement.quantity
    currency = step.statement.currency or (position.currency if not position.item else "")
    if currency:
        open_part = said is None or said.hi is None or said.hi != said.lo
        if step.amount == 0 and open_part:
            return 0, "", "unknown"
        return step.amount, currency, "range" if open_part else ""
    worth = fact.winners.get("worth")
    if worth is None or worth.value is None or not worth.value_currency:
        return 0, "", "no value"
    if step.amount != fact.quantity.lo:  # what is left of it has no value of its own
        return 0, "", "part"
    return worth.value, worth.value_currency, ""


def is_closed(position: Position) -> bool:
    """Tell whether all that was promised has come: the last rung has got as far as the ones before."""
    order = [name for name in RUNGS[position.kind] if name in position.rungs]
    last = {"contribution": "paid_in", "payment": "paid", "transfer": "handed_over"}[position.kind]
    done = position.reached(last)
    if done.lo == 0 or position.conditional:
        return False
    before = order[: order.index(last)] if last in order else []
    promised = [position.rungs[name].quantity for name in before if not position.rungs[name].undone]
    return all(one.hi is not None and done.lo >= one.hi for one in promised if not one.is_unknown)


def days_of(position: Position) -> list[date]:
    """List the days on which something of it became true."""
    return [rung.true_on for rung in position.rungs.values()]


def end_of(position: Position) -> date | None:
    """Return the last day on which something of it became true."""
    return max(days_of(position), default=None)
