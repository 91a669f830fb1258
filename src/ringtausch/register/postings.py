"""Rules 32 to 34 of the register: the postings of all positions, and the balances that they make.

In: positions. Out: moves, each balanced by itself; balances by account; what could not be posted; rates of
exchanges; kept stocks that were short. Always recomputed from the positions: nothing here is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ringtausch.register.accounts import (
    Account,
    Balances,
    Move,
    NotPosted,
    RateUsed,
    balances_of,
)
from ringtausch.register.book import Book
from ringtausch.register.moves import post
from ringtausch.register.stock import Short, counts, kept_since, settle

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["Entry", "Postings", "postings"]


@dataclass(frozen=True, slots=True)
class Entry:
    """The moves of one statement on one day: balanced in every commodity that it speaks of."""

    day: date
    matter: str
    milestone: str
    statement: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Postings:
    """All moves of some positions, and what follows from them."""

    as_of: date
    moves: tuple[Move, ...]
    not_posted: tuple[NotPosted, ...]
    rates: tuple[RateUsed, ...]
    short: tuple[Short, ...]
    kept: Mapping[tuple[str, str], date]

    @cached_property
    def balances(self) -> Balances:
        """What stands in every account at the end; accounts of zero are left out."""
        return balances_of(self.moves)

    def balances_on(self, day: date) -> Balances:
        """Return what stands in every account at the end of a day."""
        return balances_of(move for move in self.moves if move.day <= day)

    def balance(self, party: str, state: str, commodity: str) -> int:
        """Return what stands in one account."""
        return self.balances.get(Account(party, state, commodity), 0)

    def entries(self) -> tuple[Entry, ...]:
        """Group the moves by statement and day, in order of day."""
        grouped: dict[tuple[date, str, str, str], list[Move]] = defaultdict(list)
        for move in self.moves:
            grouped[move.day, move.matter, move.milestone, move.statement].append(move)
        return tuple(Entry(*key, tuple(grouped[key])) for key in sorted(grouped))


def postings(positions: Positions) -> Postings:
    """Post all positions (rules 32 to 34).

    From a range the least is posted; the open part and unknowns are listed. A stock that nobody counts
    stands in `outside`; a kept one that would be below nothing is covered from there, and listed as short.

    Examples
    --------
    >>> from datetime import date
    >>> from ringtausch.register.directory import Directory
    >>> from ringtausch.register.positions import Positions
    >>> from ringtausch.register.ranges import Range
    >>> from ringtausch.register.rule import STRICT
    >>> from ringtausch.register.statement import Source, Statement
    >>> gone = Statement(
    ...     "m", "transfer", "handed_over", Source(1, date="2025-08-01"), "A", "A", id="s1",
    ...     giver="A", receiver="B", item="gun", quantity=Range(2000, 2000),
    ... )
    >>> found = postings(Positions([gone], STRICT, date(2025, 9, 1), Directory()))
    >>> found.balance("A", "outside", "gun"), found.balance("B", "transit", "gun")
    (-2000, 2000)
    """
    found = counts(positions)
    book = Book(kept_since(found))
    post(positions, book)
    short = settle(book, found)
    return Postings(
        as_of=positions.as_of,
        moves=tuple(book.moves),
        not_posted=tuple(book.not_posted),
        rates=tuple(book.rates),
        short=tuple(sorted(short)),
        kept=book.kept,
    )
