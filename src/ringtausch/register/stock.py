"""Rule 33 of the register: stocks that somebody counts, and what would take more out than there is.

In: positions, and a book with the changes of kept stocks. Out: counts and covers as moves of that book, and
for each stock that would fall below nothing, how far and by which statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ringtausch.register.accounts import Move
from ringtausch.register.book import Book, Change, Pair
from ringtausch.register.position import Position
from ringtausch.register.rank import RankKey, effective_rank, rank_key, true_day
from ringtausch.register.statement import Statement

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["Count", "Short", "counts", "kept_since", "settle"]


class Count(NamedTuple):
    """What a party says it has of an item at the end of a day."""

    day: date
    matter: str
    amount: int
    statement: str


class Short(NamedTuple):
    """A kept stock that would be below nothing at a day's end: the rest comes through `outside`."""

    party: str
    item: str
    day: date
    amount: int
    statements: tuple[str, ...]  # what took out of it that day


def counts(positions: Positions) -> dict[Pair, list[Count]]:
    """List all counts of every kept stock, by day.

    A count is knowledge of its day: an earlier one that would be the winner as of its own day still
    counts there, also where a later one of the same matter has won since.
    """
    holdings = {position.matter: position for position in positions.kind("holding")}
    if not holdings:
        return {}
    said: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in positions.candidates:
        if statement.milestone == "counted" and not statement.known_quantity.is_unknown:
            said[positions.same(statement.matter), statement.event].append(statement)
    amounts: dict[tuple[Pair, date, str], list[Statement]] = defaultdict(list)
    for (matter, _event), statements in said.items():
        holding = holdings[matter]
        for statement in _winning(statements, holding, positions):
            pair = statement.giver or holding.giver, statement.item or holding.item
            amounts[pair, true_day(statement), matter].append(statement)
    found: dict[Pair, list[Count]] = defaultdict(list)
    for (pair, day, matter), statements in sorted(amounts.items(), key=_key):
        amount = sum(one.known_quantity.lo for one in statements)
        found[pair].append(Count(day, matter, amount, min(one.id for one in statements)))
    return dict(found)


def kept_since(found: Mapping[Pair, list[Count]]) -> dict[Pair, date]:
    """Return since when each stock is kept: the day of its first count."""
    return {pair: rows[0].day for pair, rows in found.items()}


def settle(book: Book, found: Mapping[Pair, list[Count]]) -> list[Short]:
    """Post the counts of kept stocks, and cover through `outside` what would be below nothing.

    What was reserved before the first count and still is moves into `reserved` on that day: from then on
    the count speaks of it.
    """
    short: list[Short] = []
    for pair, rows in found.items():
        short += _Series(pair, book).run(rows, book.changes.get(pair, ()))
    return short


class _Series:
    """One kept stock, day by day."""

    def __init__(self, pair: Pair, book: Book) -> None:
        self.party, self.item = pair
        self.book = book
        self.stock = 0
        self.reserved = 0

    def run(self, rows: list[Count], changes: Iterable[Change]) -> list[Short]:
        since = rows[0].day
        by_day: dict[date, list[Change]] = defaultdict(list)
        for change in changes:
            if change.day >= since:
                by_day[change.day].append(change)
            elif change.state == "reserved":
                self.reserved += change.amount
        self._move(since, self.reserved, "outside", "reserved", ("", rows[0].statement))
        counted: dict[date, list[Count]] = defaultdict(list)
        for row in rows:
            counted[row.day].append(row)
        short = []
        for day in sorted({*by_day, *counted}):
            for change in by_day.get(day, ()):
                if change.state == "stock":
                    self.stock += change.amount
                else:
                    self.reserved += change.amount
            for row in counted.get(day, ()):
                self._count(row)
            if self.stock < 0:
                short.append(self._cover(day, by_day.get(day, ()), counted.get(day, ())))
        return short

    def _count(self, row: Count) -> None:
        found = row.amount - self.stock - self.reserved
        because = row.matter, row.statement
        self._move(row.day, found, "outside", "stock", because)
        self._move(row.day, -found, "stock", "outside", because)
        self.stock += found

    def _cover(self, day: date, changes: Iterable[Change], rows: Iterable[Count]) -> Short:
        taken = [one for one in changes if one.state == "stock" and one.amount < 0]
        # A count below what is reserved is short without anything taken out.
        said = {one.statement for one in taken} or {row.statement for row in rows}
        missing = -self.stock
        because = (taken[-1].matter if taken else "", max(said, default=""))
        self._move(day, missing, "outside", "stock", because)
        self.stock = 0
        return Short(self.party, self.item, day, missing, tuple(sorted(said)))

    def _move(
        self, day: date, amount: int, source: str, target: str, because: tuple[str, str]
    ) -> None:
        if amount <= 0:
            return
        party, (matter, statement) = self.party, because
        self.book.moves.append(
            Move(day, self.item, amount, party, source, party, target, matter, "counted", statement)
        )


def _winning(
    statements: list[Statement], holding: Position, positions: Positions
) -> list[Statement]:
    """Return the counts that are winners as of their own day (rule 5), by day."""
    if len(statements) == 1:
        return statements
    ranked: list[tuple[date, RankKey, Statement]] = []
    for one in statements:
        giver, receiver = one.giver or holding.giver, one.receiver or holding.receiver
        key = rank_key(one, effective_rank(one, giver, receiver, positions.directory))
        ranked.append((true_day(one), key, one))
    ranked.sort(key=lambda row: row[:2])
    found: list[tuple[date, RankKey, Statement]] = []
    for row in ranked:
        if not found or (row[0] > found[-1][0] and row[1] < found[-1][1]):
            found.append(row)
    return [row[2] for row in found]


def _key(row: tuple[tuple[Pair, date, str], list[Statement]]) -> tuple[Pair, date, str]:
    return row[0]
