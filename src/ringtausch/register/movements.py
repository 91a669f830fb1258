"""Rule 25 of the register: the dated movements of money into, within and out of pools, in their order.

In: positions. Out: movements in whole minor units, each with its day and its place within the day. From an
interval the least is moved (rule 32). What became of the money is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ringtausch.register.directory import minor_unit
from ringtausch.register.facts import fact_true_on
from ringtausch.register.occurrences import undone
from ringtausch.register.position import Fact, Position

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = [
    "EXCHANGED",
    "PAID_BACK",
    "PAID_IN",
    "PAID_OUT",
    "RETURNED",
    "Movement",
    "movements",
]

PAID_IN = "paid in"
PAID_BACK = "refunded to a contributor"
RETURNED = "refunded by a supplier"
EXCHANGED = "exchanged"
PAID_OUT = "spent"

#: Within a day: what came in, refunds, exchange, spending.
_PLACE = {PAID_IN: 0, PAID_BACK: 1, RETURNED: 1, EXCHANGED: 2, PAID_OUT: 3}


@dataclass(frozen=True, slots=True)
class Movement:
    """Money of one pool that moved on one day, in whole minor units of its currency."""

    pool: str
    what: str  # PAID_IN, PAID_BACK, RETURNED, EXCHANGED or PAID_OUT
    day: date
    matter: str
    event: str
    currency: str
    units: int
    names: tuple[tuple[str, int], ...] = ()  # paid in: whose money it is
    earmark: str = ""  # paid in: the only thing that it may pay for
    serves: frozenset[str] = frozenset()  # spent: every name that an earmark may have for it
    to_pool: str = ""  # spent or given back: the pool that has it then
    to_currency: str = ""  # exchanged: what was bought
    to_units: int = 0

    @property
    def order(self) -> tuple[date, int, str, str, str]:
        """Its place among the movements of a pool (rule 25)."""
        return self.day, _PLACE[self.what], self.matter, self.event, self.what


def movements(positions: Positions) -> list[Movement]:
    """List every movement of every pool, unordered (rule 25).

    What a pool pays to another one, or gives back, is listed once, where it goes out: the names that it
    hands on are known when it is covered, and how much comes back when it is given.
    """
    found: list[Movement] = []
    links = _Names(positions)
    for position in positions.kind("contribution"):
        found += _of_contribution(position, positions, links)
    for position in positions.kind("payment"):
        found += _of_payment(position, positions, links)
    for position in positions.kind("exchange"):
        found += _of_exchange(position, positions)
    return found


def _of_contribution(position: Position, positions: Positions, links: _Names) -> Iterator[Movement]:
    pool, giver = position.receiver, position.giver
    directory = positions.directory
    for day, fact, units, currency in _dated(position, "paid_in"):
        if directory.is_pool(giver):
            yield _spent(position, day, fact, units, currency, pool, links)
        elif directory.is_pool(pool):
            yield Movement(
                pool,
                PAID_IN,
                day,
                position.matter,
                fact.event,
                currency,
                units,
                names=((giver, units),),
                earmark=links.earmark(position),
            )
    yield from _refunds(position, positions, payer=giver, paid=pool)


def _of_payment(position: Position, positions: Positions, links: _Names) -> Iterator[Movement]:
    payer, payee = position.giver, position.receiver
    directory = positions.directory
    for day, fact, units, currency in _dated(position, "paid"):
        if directory.is_pool(payer):
            to_pool = payee if directory.is_pool(payee) else ""
            yield _spent(position, day, fact, units, currency, to_pool, links)
        elif directory.is_pool(payee):
            yield Movement(
                payee,
                PAID_IN,
                day,
                position.matter,
                fact.event,
                currency,
                units,
                names=((payer, units),),
                earmark=links.earmark(position),
            )
    yield from _refunds(position, positions, payer=payer, paid=payee)


def _refunds(
    position: Position, positions: Positions, *, payer: str, paid: str
) -> Iterator[Movement]:
    """List what came back: out of the pool that had been paid, else to the pool that had paid.

    Between pools it is one movement, out of the one that had been paid, which has to have it.
    """
    is_pool = positions.directory.is_pool
    for day, fact, units, currency in _dated(position, "refunded"):
        place = day, position.matter, fact.event, currency, units
        if is_pool(paid):
            yield Movement(paid, PAID_BACK, *place, to_pool=payer if is_pool(payer) else "")
        elif is_pool(payer):
            yield Movement(payer, RETURNED, *place)


def _of_exchange(position: Position, positions: Positions) -> Iterator[Movement]:
    if not positions.directory.is_pool(position.giver):
        return
    for day, fact, units, currency in _dated(position, "exchanged"):
        said = fact.winners.get("terms")
        terms = position.terms if said is None else said.terms
        if not terms.to_currency or terms.to_quantity is None:
            continue
        yield Movement(
            position.giver,
            EXCHANGED,
            day,
            position.matter,
            fact.event,
            currency,
            units,
            to_currency=terms.to_currency,
            to_units=terms.to_quantity // minor_unit(terms.to_currency),
        )


def _spent(
    position: Position,
    day: date,
    fact: Fact,
    units: int,
    currency: str,
    to_pool: str,
    links: _Names,
) -> Movement:
    return Movement(
        position.giver,
        PAID_OUT,
        day,
        position.matter,
        fact.event,
        currency,
        units,
        earmark=links.earmark(position) if to_pool else "",
        serves=links.served_by(position),
        to_pool=to_pool,
    )


def _dated(position: Position, milestone: str) -> list[tuple[date, Fact, int, str]]:
    """List the days of a milestone with what moved; what a negative undid comes off the newest."""
    rung = position.rungs.get(milestone)
    if rung is None or rung.undone:
        return []
    rows = [(fact_true_on(fact), fact) for fact in rung.facts]
    rows.sort(key=lambda row: (row[0], row[1].event))
    left = undone(rung)
    found = []
    for day, fact in reversed(rows):
        taken = min(left, fact.quantity.lo)
        left -= taken
        said = fact.winners.get("what")
        currency = (said.currency if said is not None else "") or position.currency
        units = (fact.quantity.lo - taken) // minor_unit(currency)
        if units:
            found.append((day, fact, units, currency))
    return found[::-1]


class _Names:
    """What an earmark may call a spending: the matter, what it pays for, packages, parties."""

    def __init__(self, positions: Positions) -> None:
        self._positions = positions
        self._parents: dict[str, list[str]] = {}
        for link in positions.links:
            self._parents.setdefault(link.child, []).append(link.parent)

    def earmark(self, position: Position) -> str:
        """Name what a contribution is earmarked for, by the one name of its matter."""
        said = position.terms.earmark
        return self._positions.same(said) if said else ""

    def served_by(self, position: Position) -> frozenset[str]:
        terms = position.terms
        matters = {position.matter}
        if terms.of:
            matters.add(self._positions.same(terms.of))
        names = {position.receiver, *self._with_packages(matters)}
        if terms.earmark:
            names.add(self._positions.same(terms.earmark))
        return frozenset(names - {""})

    def _with_packages(self, matters: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(matters)
        while waiting:
            matter = waiting.pop()
            if matter not in found:
                found.add(matter)
                waiting += self._parents.get(matter, ())
        return found
