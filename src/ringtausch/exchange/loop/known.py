"""What the tables of a scenario are made from: positions, their postings, and terms that no statement says.

In: positions and, where there is one, a scenario folder of terms. Out: `Known`, which every table of the
loop reads, and `Told`, a row of a table with the statements and the terms that it rests on. No files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from ringtausch.records.matching import LaneFinder
from ringtausch.records.periods import Calendar
from ringtausch.records.scenario import Scenario
from ringtausch.register.position import Position
from ringtausch.register.positions import Positions
from ringtausch.register.postings import Postings, postings
from ringtausch.register.ranges import ITEM_SCALE, MONEY_SCALE, Range
from ringtausch.register.statement import Source, Statement
from ringtausch.register.stock import counts

__all__ = ["Known", "LeftOut", "Table", "Told", "money", "statements_of", "units"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a table, the ids of the statements that it follows from, and its line in the terms.

    `of_directory`: who and what there is, a register knows without any statement.
    """

    row: Any
    statements: tuple[str, ...] = ()
    terms: str = ""
    of_directory: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the scenario does not hold, and why: a statement's matter, or a row of the terms.

    `is_note`: it is there, and the reason says what to know about it.
    """

    table: str
    row: str
    reason: str
    statements: tuple[str, ...] = ()
    terms: str = ""
    is_note: bool = False


@dataclass
class Table:
    """The rows of one table that follow from statements, what is left out, and what the register speaks of.

    `spoken` holds the keys of rows about which the register has the last word, also where nothing is left.
    """

    rows: list[Told] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    spoken: set[tuple[Any, ...]] = field(default_factory=set)

    def add(self, row: Any, statements: Iterable[str] = (), terms: str = "") -> None:
        """Take in a row."""
        self.rows.append(Told(row, tuple(statements), terms))

    def leave_out(self, table: str, position: Position, reason: str) -> None:
        """Note a matter that gives no row."""
        self.left_out.append(LeftOut(table, position.matter, reason, statements_of(position)))

    def note(self, table: str, position: Position, reason: str) -> None:
        """Note what to know about a matter that gives a row."""
        told = statements_of(position)
        self.left_out.append(LeftOut(table, position.matter, reason, told, is_note=True))


def units(thousandths: int) -> Decimal:
    """Write an amount of the register in units of the item.

    Examples
    --------
    >>> units(2500)
    Decimal('2.5')
    """
    return Decimal(thousandths) / ITEM_SCALE


def money(parts: int) -> Decimal:
    """Write an amount of the register in its currency.

    Examples
    --------
    >>> money(12_500)
    Decimal('1.25')
    """
    return Decimal(parts) / MONEY_SCALE


def statements_of(position: Position) -> tuple[str, ...]:
    """Name the statements that make a position, by id."""
    found = {one.id for fact in position.facts.values() for one in fact.winners.values() if one.id}
    return tuple(sorted(found))


class Known:
    """Positions, the terms beside them, and what follows from both.

    Parameters
    ----------
    positions
        Where the matters of a register stand, as of the day on which the plan shall begin.
    terms
        A scenario of what no statement says; an empty one where there is none.

    Attributes
    ----------
    opening
        The stocks of the terms that the register does not count, by party and item: they are taken as
        counted on the evening before the terms begin, so that every later move is taken off (rule 33).
    """

    def __init__(self, positions: Positions, terms: Scenario) -> None:
        self.positions = positions
        self.terms = terms
        self.as_of = positions.as_of
        self.calendar = Calendar(self.as_of, terms.period, terms.horizon + terms.settlement)
        self.counted = counts(positions)
        self.opening = {
            (row.party, row.item): row
            for row in terms.stocks
            if (row.party, row.item) not in self.counted
        }

    @cached_property
    def posted(self) -> Postings:
        """The postings, with the stocks of the terms taken as counted."""
        taken = [self._count(pair, row.quantity) for pair, row in self.opening.items()]
        if not taken:
            return postings(self.positions)
        rule = self.positions.rule
        with_counts = Positions(
            [*self.positions.view, *taken], rule, self.as_of, self.positions.directory
        )
        return postings(with_counts)

    @cached_property
    def lanes(self) -> LaneFinder:
        """The lanes of the terms."""
        return LaneFinder(self.terms.lanes)

    @cached_property
    def children(self) -> Mapping[str, list[Position]]:
        """The positions that lie inside another matter, by its name: also inside one of the terms alone."""
        found: dict[str, list[Position]] = defaultdict(list)
        for link in self.positions.links:
            found[link.parent].append(self.positions.of(link.child))
        return found

    @cached_property
    def under_way(self) -> Mapping[str, int]:
        """What of each transfer and replacement stands in transit, in thousandths."""
        found: dict[str, int] = defaultdict(int)
        for move in self.posted.moves:
            found[move.matter] += move.amount * (
                (move.taker_state == "transit") - (move.giver_state == "transit")
            )
        return found

    def after(self, day: date, periods: int) -> date:
        """Return the first day of the period that comes so many periods after a day's own."""
        calendar = Calendar(day, self.terms.period, 0)
        return max(self.as_of, calendar.first_day(periods)) if periods else max(self.as_of, day)

    @cached_property
    def never(self) -> date:
        """A day after the plan's last period: what has no date does not happen within the plan."""
        return self.calendar.first_day(self.calendar.count)

    def is_company(self, name: str) -> bool:
        """Tell whether a party makes and sells: what it has promised is an order."""
        party = self.positions.directory.parties.get(name)
        return party is not None and party.kind == "company"

    def _count(self, pair: Pair, quantity: Decimal) -> Statement:
        amount = int(quantity * ITEM_SCALE)
        day = min(self.terms.start - timedelta(days=1), self.as_of)
        return Statement(
            matter=f"terms: stocks {pair[0]} {pair[1]}",
            kind="holding",
            milestone="counted",
            source=Source(1, title="terms"),
            said_by=pair[0],
            recorded_by=pair[0],
            id=f"terms: stocks {pair[0]} {pair[1]}",
            recorded_at=f"{day.isoformat()}T00:00:00.000000Z",
            giver=pair[0],
            item=pair[1],
            quantity=Range(amount, amount),
            true_on=day.isoformat(),
            said_on=day.isoformat(),
        )
