"""Moves of money (rule 34): contributions into pools, payments with what is due, a pool's exchange.

In: positions of contributions, payments and exchanges. Out: their moves in a book. Money of a pool stands
in its `fund`; where it comes from elsewhere, `outside` stands for it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ringtausch.register.accounts import Move, NotPosted, RateUsed
from ringtausch.register.book import Book
from ringtausch.register.directory import Directory, minor_unit
from ringtausch.register.occurrences import Occurrence, occurrences
from ringtausch.register.position import Position
from ringtausch.register.statement import Terms

__all__ = ["POSTED_MONEY", "post_contribution", "post_exchange", "post_payment"]

#: Milestones that move money, by kind.
POSTED_MONEY = {
    "contribution": ("paid_in", "refunded"),
    "payment": ("due", "paid", "refunded"),
    "exchange": ("exchanged",),
}


def post_contribution(position: Position, directory: Directory, book: Book) -> None:
    """Paid_in: contributor outside → pool fund; refunded: back, at most what was paid in."""
    giver, pool = position.giver, position.receiver
    source = "fund" if directory.is_pool(giver) else "outside"
    paid = 0
    for step in _steps(position, "paid_in", "refunded"):
        if step.milestone == "paid_in":
            paid += step.amount
            _move(book, position, step, step.amount, (giver, source, pool, "fund"))
            continue
        back = min(step.amount, paid)
        paid -= back
        _move(book, position, step, back, (pool, "fund", giver, source))
        _beyond(book, position, step, step.amount - back)


def post_payment(position: Position, directory: Directory, book: Book) -> None:
    """Due: payer owes → payee owed; paid: payer fund (or outside) → payee cash; refunded: back.

    What is owed is max(0, due - paid); a refund takes off both, at most what was paid.
    """
    payer, payee = position.giver, position.receiver
    source = "fund" if directory.is_pool(payer) else "outside"
    target = "fund" if directory.is_pool(payee) else "cash"
    due = paid = owed = 0
    for step in _steps(position, "due", "paid", "refunded"):
        amount = step.amount
        if step.milestone == "due":
            due += amount
        elif step.milestone == "paid":
            paid += amount
            _move(book, position, step, amount, (payer, source, payee, target))
        else:
            back = min(amount, paid)
            paid -= back
            due = max(0, due - back)
            _move(book, position, step, back, (payee, target, payer, source))
            _beyond(book, position, step, amount - back)
        change = max(0, due - paid) - owed
        owed += change
        _move(book, position, step, change, (payer, "owes", payee, "owed"))
        _move(book, position, step, -change, (payee, "owed", payer, "owes"))


def post_exchange(position: Position, directory: Directory, book: Book) -> None:
    """Exchanged: fund x → exchange x, and exchange y → fund y, linked by one rate with date and source.

    Whole minor units move. What was bought has to be said: a rate alone does not say what was paid.
    """
    pool = position.giver
    fund = "fund" if directory.is_pool(pool) else "cash"
    for step in _steps(position, "exchanged"):
        terms = _terms(position, step)
        sold_in = step.statement.currency or position.currency
        sold = step.amount - step.amount % minor_unit(sold_in)
        bought_in = terms.to_currency
        if not bought_in or terms.to_quantity is None:
            row = NotPosted(
                position.matter, "exchanged", sold_in, None, "unknown", step.statement.id
            )
            book.not_posted.append(row)
            continue
        bought = terms.to_quantity - terms.to_quantity % minor_unit(bought_in)
        _beyond(book, position, step, step.amount - sold)
        _move(book, position, step, sold, (pool, fund, pool, "exchange"), sold_in)
        _move(book, position, step, bought, (pool, "exchange", pool, fund), bought_in)
        if sold:
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
