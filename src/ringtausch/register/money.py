"""Moves of money (rule 34): contributions into pools, payments with what is due, a pool's exchange.

In: positions of contributions, payments and exchanges. Out: their moves in a book. Money of a pool stands
in its `fund`; where it comes from elsewhere, `outside` stands for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ringtausch.register.accounts import Move, NotPosted, RateUsed
from ringtausch.register.book import Book
from ringtausch.register.directory import Directory, minor_unit
from ringtausch.register.occurrences import Occurrence, firm, occurrences
from ringtausch.register.position import Position
from ringtausch.register.statement import Terms

__all__ = ["POSTED_MONEY", "Impossible", "post_contribution", "post_exchange", "post_payment"]

#: Milestones that move money, by kind.
POSTED_MONEY = {
    "contribution": ("paid_in", "refunded"),
    "payment": ("due", "paid", "refunded"),
    "exchange": ("exchanged",),
}

#: What a pool cannot give back or sell, because it has not got it (rule 26): by matter, milestone and event,
#: of what leaves the pool and of what would have been bought.
Impossible = Mapping[tuple[str, str, str], tuple[int, int]]
_NOTHING = (0, 0)


def post_contribution(
    position: Position, directory: Directory, book: Book, impossible: Impossible
) -> None:
    """Paid_in: contributor outside → pool fund; refunded: back, at most what is undisbursed."""
    giver, pool = position.giver, position.receiver
    source = "fund" if directory.is_pool(giver) else "outside"
    steps = _steps(position, "paid_in", "refunded")
    paid = sum(step.amount for step in steps if step.milestone == "paid_in")
    for step in steps:
        if step.milestone == "paid_in":
            _move(book, position, step, step.amount, (giver, source, pool, "fund"))
            continue
        back = min(step.amount - _not_possible(position, step, impossible)[0], paid)
        paid -= back
        _move(book, position, step, back, (pool, "fund", giver, source))
        _beyond(book, position, step, step.amount - back)


def post_payment(
    position: Position, directory: Directory, book: Book, impossible: Impossible
) -> None:
    """Due: payer owes → payee owed; paid: payer fund (or outside) → payee cash; refunded: back.

    What is owed is max(0, due - paid), in each currency. A refund takes off both, so that nothing more is owed for it; at
    most what was paid comes back, on whatever day that is told.
    """
    payer, payee = position.giver, position.receiver
    source = "fund" if directory.is_pool(payer) else "outside"
    target = "fund" if directory.is_pool(payee) else "cash"
    steps = firm(position, _steps(position, "due", "paid", "refunded"))
    given = sum(step.amount for step in steps if step.milestone == "paid")
    open_: dict[str, int] = defaultdict(int)  # due less paid, by currency; what of it is owed
    owed: dict[str, int] = defaultdict(int)
    for step in steps:
        amount, currency = step.amount, step.statement.currency or position.currency
        if step.milestone == "refunded":
            back = min(amount - _not_possible(position, step, impossible)[0], given)
            given -= back
            _move(book, position, step, back, (payee, target, payer, source))
            _beyond(book, position, step, amount - back)
            continue
        open_[currency] += amount if step.milestone == "due" else -amount
        if step.milestone == "paid":
            _move(book, position, step, amount, (payer, source, payee, target))
        change = max(0, open_[currency]) - owed[currency]
        owed[currency] += change
        _move(book, position, step, change, (payer, "owes", payee, "owed"))
        _move(book, position, step, -change, (payee, "owed", payer, "owes"))


def post_exchange(
    position: Position, directory: Directory, book: Book, impossible: Impossible
) -> None:
    """Exchanged: fund x → exchange x, and exchange y → fund y, linked by one rate with date and source.

    Whole minor units move. What was bought has to be said: a rate alone does not say what was paid.
    """
    pool = position.giver
    fund = "fund" if directory.is_pool(pool) else "cash"
    for step in _steps(position, "exchanged"):
        terms = _terms(position, step)
        sold_in = step.statement.currency or position.currency
        not_sold, not_bought = _not_possible(position, step, impossible)
        sold = step.amount - step.amount % minor_unit(sold_in) - not_sold
        bought_in = terms.to_currency
        if not bought_in or terms.to_quantity is None:
            row = NotPosted(
                position.matter, "exchanged", sold_in, None, "unknown", step.statement.id
            )
            book.not_posted.append(row)
            continue
        if sold <= 0:  # unknown, or less than the smallest coin: nothing was bought for it
            _beyond(book, position, step, step.amount)
            continue
        bought = terms.to_quantity - terms.to_quantity % minor_unit(bought_in) - not_bought
        _beyond(book, position, step, step.amount - sold)
        _move(book, position, step, sold, (pool, fund, pool, "exchange"), sold_in)
        _move(book, position, step, bought, (pool, "exchange", pool, fund), bought_in)
        book.rates.append(_rate_used(position, step, terms, (sold_in, sold, bought)))


def _rate_used(
    position: Position, step: Occurrence, terms: Terms, amounts: tuple[str, int, int]
) -> RateUsed:
    currency, sold, bought = amounts
    return RateUsed(
        matter=position.matter,
        statement=step.statement.id,
        currency=currency,
        to=terms.to_currency,
        rate=Fraction(terms.rate) if terms.rate else Fraction(bought, sold),
        on=terms.rate_date or step.day.isoformat(),
        source=terms.rate_source or step.statement.source.title,
    )


def _not_possible(position: Position, step: Occurrence, impossible: Impossible) -> tuple[int, int]:
    return impossible.get((position.matter, step.milestone, step.event), _NOTHING)


def _terms(position: Position, step: Occurrence) -> Terms:
    fact = position.facts.get((step.milestone, step.event))
    said = None if fact is None else fact.winners.get("terms")
    return position.terms if said is None else said.terms


def _steps(position: Position, *milestones: str) -> list[Occurrence]:
    found: list[Occurrence] = []
    for milestone in milestones:
        if milestone in position.rungs:
            found += occurrences(position, milestone)
    if len(found) > 1:
        found.sort(key=_by_day)
    return found


def _move(
    book: Book,
    position: Position,
    step: Occurrence,
    amount: int,
    way: tuple[str, str, str, str],
    currency: str = "",
) -> None:
    if amount > 0:
        commodity = currency or step.statement.currency or position.currency
        book.move(
            Move(
                step.day,
                commodity,
                amount,
                *way,
                position.matter,
                step.milestone,
                step.statement.id,
            )
        )


def _beyond(book: Book, position: Position, step: Occurrence, amount: int) -> None:
    if amount > 0:
        row = NotPosted(
            position.matter,
            step.milestone,
            position.currency,
            amount,
            "beyond",
            step.statement.id,
        )
        book.not_posted.append(row)


def _by_day(step: Occurrence) -> tuple[date, int, str]:
    return step[:3]
