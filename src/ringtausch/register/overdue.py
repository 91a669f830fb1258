"""What should have happened by now: debts, promises and payments that are over, and hand-overs left bare.

In: positions. Out: rows that say who owes whom what, since when, the oldest first. Requests without an
answer are told by `silence`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from ringtausch.register.dates import last_day
from ringtausch.register.occurrences import LAPSED, firm, lapses, occurrences
from ringtausch.register.position import Position
from ringtausch.register.replacement import Debt, bare, debts

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["Overdue", "overdue"]

What = Literal["replacement", "promise", "payment", "bare", "undated"]

#: Rungs that promise something, by kind, with the rung that keeps the promise.
_PROMISES = {
    "transfer": (("pledged", "reserved"), "handed_over"),
    "contribution": (("announced", "committed"), "paid_in"),
    "replacement": (("agreed", "funded"), "accepted"),
}


@dataclass(frozen=True, slots=True)
class Overdue:
    """One thing that waits for somebody.

    `what` is a `replacement` or `payment` whose due date is over, a `promise` that has lapsed, a `bare`
    hand-over, or `undated`: a debt without a due date, which is never overdue and listed with its age.
    """

    what: What
    matter: str
    debtor: str
    creditor: str
    commodity: str
    amount: int  # thousandths of an item, ten-thousandths of a currency
    is_money: bool
    due: date | None
    since: date  # from when the age runs
    age_days: int
    guarantor: str = ""  # named beside, never counted again
    disputed: bool = False


def overdue(positions: Positions) -> list[Overdue]:
    """List debts, lapsed promises and payments that are over, and bare hand-overs, the oldest first.

    Overdue is what was due before the as-of date; on the day itself it is not (rule 30).
    """
    found = [row for debt in debts(positions) for row in _of_debt(debt, positions.as_of)]
    found += _promises(positions)
    found += _payments(positions)
    found += (
        Overdue(
            "bare",
            row.matter,
            row.receiver,
            row.giver,
            row.item,
            row.amount,
            is_money=False,
            due=None,
            since=row.since,
            age_days=row.age_days,
        )
        for row in bare(positions)
    )
    return sorted(found, key=lambda row: (row.since, row.what, row.matter))


def _of_debt(debt: Debt, as_of: date) -> list[Overdue]:
    late = [row for row in debt.dues if row.left and row.due is not None and row.due < as_of]
    undated = [row for row in debt.dues if row.left and row.due is None]
    found = []
    if late:
        oldest = min(row.due for row in late if row.due is not None)
        found.append(_debt_row("replacement", debt, debt.overdue, (oldest, oldest), as_of))
    if undated:
        since = min(row.handed_over_on for row in undated)
        amount = sum(row.left for row in undated)
        found.append(_debt_row("undated", debt, amount, (None, since), as_of))
    return found


def _debt_row(
    what: What, debt: Debt, amount: int, days: tuple[date | None, date], as_of: date
) -> Overdue:
    due, since = days
    return Overdue(
        what=what,
        matter=debt.matter,
        debtor=debt.debtor,
        creditor=debt.creditor,
        commodity=debt.item,
        amount=amount,
        is_money=False,
        due=due,
        since=since,
        age_days=(as_of - since).days,
        guarantor=debt.guarantor,
        disputed=debt.disputed,
    )


def _promises(positions: Positions) -> list[Overdue]:
    """List what was promised until a day that is over, and is not kept (rule 13)."""
    found = []
    for kind, (rungs, keeps) in _PROMISES.items():
        for position in positions.kind(kind):
            row = _lapsed(position, rungs, keeps, positions.as_of) if position.lapsed else None
            if row is not None:
                found.append(row)
    return found


def _lapsed(position: Position, rungs: tuple[str, ...], keeps: str, as_of: date) -> Overdue | None:
    over = [
        step
        for milestone in rungs
        if milestone in position.rungs and not position.rungs[milestone].undone
        for step in lapses(position, milestone, as_of)
    ]
    if not over:
        return None
    promised = max(
        sum(step.amount for step in occurrences(position, milestone))
        for milestone in rungs
        if milestone in position.rungs
    )
    left = promised - position.reached(keeps).lo
    if left <= 0:
        return None
    due = min(last_day(step.statement.until) for step in over if step.milestone == LAPSED)
    return Overdue(
        what="promise",
        matter=position.matter,
        debtor=position.giver,
        creditor=position.receiver,
        commodity=position.item or position.currency,
        amount=left,
        is_money=not position.item,
        due=due,
        since=due,
        age_days=(as_of - due).days,
    )


def _payments(positions: Positions) -> list[Overdue]:
    """List what was to be paid by a day that is over; each instalment has its own, the oldest is paid first."""
    found = []
    for position in positions.kind("payment"):
        paid = sum(step.amount for step in occurrences(position, "paid"))
        rows = []
        for step in firm(position, occurrences(position, "due")):
            fact = position.facts.get((step.milestone, step.event))
            said = None if fact is None else fact.winners.get("terms")
            text = "" if said is None else said.terms.due
            rows.append((last_day(text) if text else None, step.day, step.amount))
        rows.sort(key=lambda row: (row[0] or date.max, row[1]))
        for due, asked, amount in rows:
            left = amount - min(amount, paid)
            paid -= amount - left
            if left and (due is None or due < positions.as_of):
                found.append(_payment_row(position, left, due, asked, positions.as_of))
    return found


def _payment_row(
    position: Position, amount: int, due: date | None, asked: date, as_of: date
) -> Overdue:
    since = asked if due is None else due
    return Overdue(
        what="undated" if due is None else "payment",
        matter=position.matter,
        debtor=position.giver,
        creditor=position.receiver,
        commodity=position.currency,
        amount=amount,
        is_money=True,
        due=due,
        since=since,
        age_days=(as_of - since).days,
    )
