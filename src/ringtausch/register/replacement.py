"""Rules 28 to 31 of the register: what is owed for what was handed over, since when and until when.

In: positions. Out: one debt for each replacement matter, with its due dates and what waits; and the
hand-overs for which nobody has agreed a replacement. Amounts are thousandths of the given item.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ringtausch.register.dates import last_day
from ringtausch.register.occurrences import Occurrence, occurrences
from ringtausch.register.owing import Owing, hand_overs, item_of, owing, transfer_of
from ringtausch.register.position import Position

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["Bare", "Debt", "Due", "Unaccepted", "add_months", "bare", "debts", "owings"]


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed for one hand-over, by when, and what of it is left (rule 30)."""

    due: date | None
    handed_over_on: date
    amount: int
    left: int


@dataclass(frozen=True, slots=True)
class Unaccepted:
    """What was delivered and not accepted: it settles nothing yet, and waits (rule 29)."""

    item: str
    amount: int
    since: date
    age_days: int


@dataclass(frozen=True, slots=True)
class Debt:
    """What one debtor owes for one transfer (rules 28 to 31).

    `agreed_item` is what is to come back, `unrated` what was accepted of items that the owed party has
    agreed no rate for: (item, amount) that settle nothing. `ahead` is what came back beyond the debt.
    """

    matter: str
    transfer: str
    debtor: str
    creditor: str
    item: str
    agreed_item: str
    handed_over: int
    returned: int
    base: int
    ratio: Fraction
    settled: int
    waived: int
    owed: int
    ahead: int
    dues: tuple[Due, ...]
    overdue: int
    overdue_days: int  # since the oldest due that is over
    age_days: int  # since the oldest hand-over that is still owed
    waiting: tuple[Unaccepted, ...]
    unrated: tuple[tuple[str, int], ...]
    guarantor: str = ""  # named beside what is overdue, never counted again
    disputed: bool = False  # marks, changes nothing

    @property
    def due(self) -> date | None:
        """The oldest due of what is still owed."""
        return min((row.due for row in self.dues if row.left and row.due), default=None)


@dataclass(frozen=True, slots=True)
class Bare:
    """A hand-over with no agreed replacement and no waiver (rule 28): shown in red."""

    matter: str
    giver: str
    receiver: str
    item: str
    amount: int
    handed_over: int
    since: date
    age_days: int


def owings(positions: Positions) -> list[Owing]:
    """Resolve every replacement matter with the transfer that it names, through `same_as` (rule 28)."""
    transfers = {position.matter: position for position in positions.kind("transfer")}
    found = []
    for position in positions.kind("replacement"):
        named = transfer_of(position)
        transfer = transfers.get(positions.same(named)) if named else None
        found.append(owing(position, transfer, positions.as_of))
    return found


def debts(positions: Positions) -> list[Debt]:
    """Return what is owed for what was handed over, one row for each replacement matter (rules 28-31).

    Only what was accepted settles; only the owed party waives; the receiver's figure of the transfer
    changes nothing. What waits for a condition, or has lapsed, is no agreement.
    """
    return [_debt(one, positions.as_of) for one in owings(positions)]


def bare(positions: Positions) -> list[Bare]:
    """List the hand-overs beyond what anybody has agreed to replace or waived (rule 28)."""
    covered: dict[str, int] = defaultdict(int)
    for one in owings(positions):
        if one.transfer is not None:
            covered[one.transfer.matter] += one.tally().base
    found = []
    for transfer in positions.kind("transfer"):
        if not transfer.item:
            continue
        kept = _kept(transfer)
        uncovered = _after(kept, covered[transfer.matter])
        if uncovered:
            since = uncovered[0].day
            found.append(
                Bare(
                    matter=transfer.matter,
                    giver=transfer.giver,
                    receiver=transfer.receiver,
                    item=transfer.item,
                    amount=sum(step.amount for step in uncovered),
                    handed_over=sum(step.amount for step in hand_overs(transfer)),
                    since=since,
                    age_days=(positions.as_of - since).days,
                )
            )
    return found


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, at most the month's last (rule 30).

    Examples
    --------
    >>> add_months(date(2025, 8, 31), 6), add_months(date(2025, 12, 15), 1)
    (datetime.date(2026, 2, 28), datetime.date(2026, 1, 15))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _debt(one: Owing, as_of: date) -> Debt:
    tally = one.tally()
    dues = _dues(one, tally.base, tally.settled + tally.waived)
    late = [row for row in dues if row.left and row.due is not None and row.due < as_of]
    oldest_due = min((row.due for row in late if row.due is not None), default=as_of)
    oldest = min((row.handed_over_on for row in dues if row.left), default=as_of)
    disputed = one.position.rungs.get("disputed")
    return Debt(
        matter=one.position.matter,
        transfer="" if one.transfer is None else one.transfer.matter,
        debtor=one.debtor,
        creditor=one.creditor,
        item=one.item,
        agreed_item=one.agreed_item,
        handed_over=tally.handed_over,
        returned=tally.returned,
        base=tally.base,
        ratio=one.ratio,
        settled=tally.settled,
        waived=tally.waived,
        owed=tally.owed,
        ahead=max(0, -tally.net),
        dues=dues,
        overdue=sum(row.left for row in late),
        overdue_days=(as_of - oldest_due).days,
        age_days=(as_of - oldest).days,
        waiting=_waiting(one, as_of),
        unrated=_unrated(one),
        guarantor=one.terms.guarantor,
        disputed=disputed is not None and not disputed.undone,
    )


def _kept(transfer: Position) -> list[Occurrence]:
    """List hand-overs less what was returned, which comes off the newest (rule 30)."""
    steps = hand_overs(transfer)
    back = sum(step.amount for step in occurrences(transfer, "returned"))
    return _first(steps, sum(step.amount for step in steps) - back)


def _dues(one: Owing, base: int, settled: int) -> tuple[Due, ...]:
    """Return what is due for each hand-over; what is settled comes off the oldest due (rule 30)."""
    if one.transfer is None:
        return ()
    rows: list[tuple[date | None, date, int]] = []
    given = owed = 0
    for step in _first(_kept(one.transfer), base):
        given += step.amount
        until_now = -(-one.ratio.numerator * given // one.ratio.denominator)
        rows.append((_due_date(one, step.day), step.day, until_now - owed))
        owed = until_now
    rows.sort(key=lambda row: (row[0] or date.max, row[1]))
    found = []
    for due, day, amount in rows:
        taken = min(amount, settled)
        settled -= taken
        found.append(Due(due, day, amount, amount - taken))
    return tuple(found)


def _due_date(one: Owing, handed_over_on: date) -> date | None:
    if one.terms.due:
        return last_day(one.terms.due)
    if one.terms.within is not None:
        return add_months(handed_over_on, one.terms.within)
    return None


def _waiting(one: Owing, as_of: date) -> tuple[Unaccepted, ...]:
    accepted: dict[str, int] = defaultdict(int)
    delivered: dict[str, list[Occurrence]] = defaultdict(list)
    for step in occurrences(one.position, "accepted"):
        accepted[item_of(step, one.agreed_item)] += step.amount
    for step in occurrences(one.position, "delivered"):
        delivered[item_of(step, one.agreed_item)].append(step)
    found = []
    for item, steps in sorted(delivered.items()):
        left = _after(steps, accepted[item])
        if left:
            amount = sum(step.amount for step in left)
            found.append(Unaccepted(item, amount, left[0].day, (as_of - left[0].day).days))
    return tuple(found)


def _unrated(one: Owing) -> tuple[tuple[str, int], ...]:
    amounts: dict[str, int] = defaultdict(int)
    for step in occurrences(one.position, "accepted"):
        item = item_of(step, one.agreed_item)
        if step.amount and item != one.agreed_item and item not in one.rates:
            amounts[item] += step.amount
    return tuple(sorted(amounts.items()))


def _first(steps: list[Occurrence], amount: int) -> list[Occurrence]:
    """Return the oldest steps up to an amount."""
    found = []
    for step in steps:
        taken = min(step.amount, amount)
        if taken > 0:
            found.append(step._replace(amount=taken))
            amount -= taken
    return found


def _after(steps: list[Occurrence], amount: int) -> list[Occurrence]:
    """Return what is left of steps when so much of the oldest is taken off."""
    found = []
    for step in steps:
        taken = min(step.amount, amount)
        amount -= taken
        if step.amount > taken:
            found.append(step._replace(amount=step.amount - taken))
    return found
