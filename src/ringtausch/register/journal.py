"""Rule 32 of the register: what each statement has changed in the balances when it was recorded.

In: the statements in view, in the order in which they were recorded. Out: one entry for each that changed a
balance, with its differences, which sum to nothing in every commodity. All entries together are the
balances of the positions: incremental = recomputed (rule 35).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ringtausch.register.accounts import Account, Balances, Move, balances_of
from ringtausch.register.book import Book, Change, Pair
from ringtausch.register.dates import recorded_day
from ringtausch.register.directory import Directory
from ringtausch.register.moves import post
from ringtausch.register.positions import Positions
from ringtausch.register.rule import Rule
from ringtausch.register.statement import Statement
from ringtausch.register.stock import Count, counts, kept_since, settle

__all__ = ["JournalEntry", "journal"]


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """The difference that one statement made to the balances, when it was recorded."""

    statement: str
    recorded_at: str
    differences: tuple[tuple[Account, int], ...]


def journal(
    view: Iterable[Statement], rule: Rule, directory: Directory, as_of: date | None = None
) -> list[JournalEntry]:
    """Return what each statement changed, in the order of recording (rule 32).

    Only the matters that hang together with the statement's are worked out anew, and the stocks that they
    touch; the sum is the same as that of all.

    Parameters
    ----------
    view, rule, directory
        What `Positions` takes.
    as_of
        The day that balances are of; the last day of recording where none is given.
    """
    ordered = sorted(view, key=lambda one: (one.recorded_at, one.id))
    if not ordered:
        return []
    keeper = _Keeper(rule, directory, as_of or recorded_day(ordered[-1].recorded_at))
    found = []
    for statement in ordered:
        differences = keeper.record(statement)
        if differences:
            found.append(JournalEntry(statement.id, statement.recorded_at, differences))
    return found


class _Part:
    """What a group of matters that hang together moves, before anybody asks which stocks are kept."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.fixed: Balances = {}  # in accounts that no count speaks of
        self.changes: dict[Pair, list[Change]] = {}
        self.counts: dict[Pair, list[Count]] = {}


class _Keeper:
    """Balances that follow the statements one by one."""

    def __init__(self, rule: Rule, directory: Directory, as_of: date) -> None:
        self.rule, self.directory, self.as_of = rule, directory, as_of
        self.parts: dict[str, _Part] = {}  # by every name that hangs in it
        self.of_pair: dict[Pair, dict[int, _Part]] = defaultdict(dict)
        self.stocks: dict[Pair, Balances] = {}

    def record(self, statement: Statement) -> tuple[tuple[Account, int], ...]:
        """Take a statement in and return what it changes."""
        part, gone = self._join(statement)
        changed: Balances = defaultdict(int)
        before: dict[Pair, list[Change]] = defaultdict(list)
        counted: dict[Pair, list[Count]] = defaultdict(list)
        for one in (*gone, part):
            for pair, changes in one.changes.items():
                before[pair] += changes
            for pair, rows in one.counts.items():
                counted[pair] += rows
            _add(changed, one.fixed, -1)
            self._forget(one)
        part.statements.append(statement)
        self._work_out(part)
        _add(changed, part.fixed, 1)
        for pair in {*before, *counted, *part.changes, *part.counts}:
            after = part.changes.get(pair, [])
            same = sorted(before[pair]) == sorted(after)
            if not same or sorted(counted[pair]) != sorted(part.counts.get(pair, ())):
                self._change_stock(pair, changed, before[pair], after)
        return tuple(sorted((account, amount) for account, amount in changed.items() if amount))

    def _change_stock(
        self, pair: Pair, changed: Balances, before: list[Change], after: list[Change]
    ) -> None:
        """Note what becomes of a stock; one that nobody counts stands in `outside` as a whole."""
        party, item = pair
        outside = Account(party, "outside", item)
        was = self.stocks.pop(pair, None)
        is_kept = any(pair in part.counts for part in self.of_pair[pair].values())
        if was is None and not is_kept:
            changed[outside] += sum(one.amount for one in after)
            changed[outside] -= sum(one.amount for one in before)
            return
        if was is None:
            others = [
                change
                for part in self.of_pair[pair].values()
                for change in part.changes.get(pair, ())
            ]
            # What the parts of this statement had before it stands in for what they have now.
            now = sum(one.amount for one in others) - sum(one.amount for one in after)
            was = {outside: now + sum(one.amount for one in before)}
        _add(changed, was, -1)
        settled = self._settled(pair)
        _add(changed, settled, 1)
        if is_kept:
            self.stocks[pair] = settled

    def _join(self, statement: Statement) -> tuple[_Part, list[_Part]]:
        """Find the part of a statement; parts that it ties together become one."""
        names = self._names(statement)
        known = {id(part): part for name in names if (part := self.parts.get(name)) is not None}
        together = sorted(known.values(), key=lambda part: -len(part.statements))
        part = together[0] if together else _Part()
        gone = together[1:]
        for one in gone:
            part.statements += one.statements
            for name, of_name in self.parts.items():
                if of_name is one:
                    names.append(name)
        for name in names:
            self.parts[name] = part
        return part, gone

    def _names(self, statement: Statement) -> list[str]:
        names = [statement.matter, statement.same_as, statement.part_of, statement.terms.of]
        if statement.condition is not None:
            names += statement.condition.matters
        if statement.kind in {"contribution", "payment", "exchange"}:
            # What a pool can give back depends on all of its money.
            names += (
                f"pool {side}"
                for side in (statement.giver, statement.receiver)
                if self.directory.is_pool(side)
            )
        return [name for name in names if name]

    def _forget(self, part: _Part) -> None:
        for pair in (*part.changes, *part.counts):
            self.of_pair[pair].pop(id(part), None)
        part.fixed, part.changes, part.counts = {}, {}, {}

    def _work_out(self, part: _Part) -> None:
        positions = Positions(part.statements, self.rule, self.as_of, self.directory)
        book = _Everything({})
        post(positions, book)
        fixed: Balances = defaultdict(int)
        for move in book.moves:
            for account, amount in ((move.source, -move.amount), (move.target, move.amount)):
                if account.state not in {"stock", "reserved"}:
                    fixed[account] += amount
                    continue
                pair = account.party, account.commodity
                change = Change(move.day, account.state, amount, move.matter, move.statement)
                part.changes.setdefault(pair, []).append(change)
        part.fixed = fixed
        part.counts = counts(positions)
        for pair in (*part.changes, *part.counts):
            self.of_pair[pair][id(part)] = part

    def _settled(self, pair: Pair) -> Balances:
        """Add up what is done to a stock, once it is known since when it is kept."""
        parts = self.of_pair[pair].values()
        rows = sorted(row for part in parts for row in part.counts.get(pair, ()))
        changes = [change for part in parts for change in part.changes.get(pair, ())]
        kept = {pair: rows} if rows else {}
        since = kept_since(kept).get(pair, date.max)
        book = Book(kept_since(kept))
        book.changes[pair] = changes
        settle(book, kept)
        sums: Balances = defaultdict(int, balances_of(book.moves))
        party, item = pair
        for change in changes:
            state = change.state if change.day >= since else "outside"
            sums[Account(party, state, item)] += change.amount
        return sums


class _Everything(Book):
    """A book that writes down moves as they are, whichever stocks are kept."""

    def move(self, move: Move) -> None:
        if move.amount > 0:
            self.moves.append(move)


def _add(sums: Balances, more: Balances, sign: int) -> None:
    for account, amount in more.items():
        sums[account] += sign * amount
