"""What each party is owed for what it handed over, when it is due, and what came back for it.

A plan says what settles a party's debt, not which hand-over each piece answers. Here the settlements
are matched to the hand-overs first in, first out (by deadline, which for one party and item is the
same; debts from before the start come in by their own dates). In the same way each settlement and
each piece that serves a need is traced to what arrived in that period. In: facts. Out: rows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts
    from ringtausch.records.plan import Fulfilment, Settlement

__all__ = ["EPS", "Owed", "Return", "Source", "Used", "incoming", "owed"]

#: Below this a quantity of a written plan counts as nothing.
EPS = 1e-6


@dataclass(frozen=True, order=True)
class Source:
    """Where something comes from: a maker's `order`, another party's `lane`, or an `arrival`."""

    kind: str
    name: str = ""


@dataclass(frozen=True)
class Used:
    """Units of an item that arrived at a party in a period, from where and for what.

    `use` is `debt` (with the item they stand for in `settles`), `need` (with its name) or `stock`.
    """

    party: str
    item: str
    period: int
    units: float
    source: Source
    use: str
    settles: str = ""


@dataclass(frozen=True)
class Return:
    """A part of a replacement: `quantity` in units owed, `units` of the item that came instead."""

    period: int
    quantity: float
    item: str
    units: float
    source: Source


@dataclass
class Owed:
    """What is owed to a party for one hand-over period, or (given None) from before the start."""

    party: str
    item: str
    given: int | None
    handed: float
    quantity: float
    due: int
    returns: list[Return] = field(default_factory=list)

    @property
    def open(self) -> float:
        """What is still owed at the end of the plan."""
        rest = self.quantity - sum(part.quantity for part in self.returns)
        return rest if rest > EPS * max(1.0, self.quantity) else 0.0

    @property
    def late(self) -> list[Return]:
        """The parts that came after the deadline."""
        return [part for part in self.returns if part.period > self.due]

    def overdue(self, count: int) -> float:
        """Return what is owed at the end and should have come by then."""
        return self.open if self.due < count else 0.0

    def state(self, count: int) -> str:
        """Return one of `intime`, `late`, `open` (overdue at the end), `waiting` (due later)."""
        if self.overdue(count):
            return "open"
        if self.late:
            return "late"
        return "waiting" if self.open else "intime"

    def periods_late(self, count: int) -> int:
        """Return for how many periods, at most, something is overdue within the plan."""
        if self.overdue(count):
            return count - self.due
        return max((part.period - self.due for part in self.late), default=0)


#: Units left of what each source brought, by party, item and period.
_Incoming = dict[tuple[str, str, int], list[tuple[Source, float]]]


def _arriving(facts: Facts) -> _Incoming:
    found: _Incoming = defaultdict(list)
    for order in facts.orders:
        key = (order.customer, order.item, order.delivered)
        found[key].append((Source("order", order.supplier), order.quantity))
    for sent in facts.dispatches:
        found[sent.to, sent.item, sent.arrives].append((Source("lane", sent.from_), sent.quantity))
    for row in facts.scenario.arrivals:
        at = facts.scenario.calendar.index(row.date)
        if row.designable and at < facts.count:
            found[row.party, row.item, at].append((Source("arrival"), float(row.quantity)))
    return found


def incoming(facts: Facts) -> list[Used]:
    """Trace what arrives by the plan to what it is used for (rule 5), and the rest to stock.

    Where one period's arrivals serve several purposes, needs are traced to hand-overs first and
    debts to orders first: the plan does not say, and that is how it is meant.
    """
    left = _arriving(facts)
    party_of = {need.need: need.party for need in facts.scenario.needs}
    used: list[Used] = []
    serving: Fulfilment
    for serving in facts.rows("fulfilments"):
        key = (party_of[serving.need], serving.item, serving.period)
        for source, units in _take(left[key], serving.quantity, first="lane"):
            used.append(Used(*key, units, source, "need", serving.need))
    settled: Settlement
    for settled in facts.rows("settlements"):
        key = (settled.party, settled.accepted, settled.period)
        for source, units in _take(left[key], settled.quantity, first="order"):
            used.append(Used(*key, units, source, "debt", settled.item))
    for key, rest in left.items():
        used += [
            Used(*key, units, source, "stock")
            for source, units in rest
            if units > EPS and source.kind != "arrival"
        ]
    return sorted(used, key=lambda u: (u.period, u.party, u.item, u.use, u.settles, u.source))


def _take(left: list[tuple[Source, float]], units: float, first: str) -> list[tuple[Source, float]]:
    """Take units off what is left, the sources of one kind first; what is not found has no source."""
    taken = []
    left.sort(key=lambda part: part[0].kind != first)
    for n, (source, there) in enumerate(left):
        part = min(there, units)
        if part > EPS:
            taken.append((source, part))
            left[n] = (source, there - part)
            units -= part
    return [*taken, (Source("none"), units)] if units > EPS else taken


def owed(facts: Facts) -> list[Owed]:
    """Match what came back to what was handed over, first in, first out."""
    claims = _claims(facts)
    rates = {(r.party, r.given, r.accepted): float(r.rate) for r in facts.scenario.exchange}
    for part in facts.used:
        if part.use != "debt":
            continue
        rate = (
            1.0
            if part.item == part.settles
            else rates.get((part.party, part.settles, part.item), 1.0)
        )
        _settle(claims[part.party, part.settles], part, rate)
    order = {row.party: n for n, row in enumerate(facts.scenario.parties)}
    found = [claim for rows in claims.values() for claim in rows]
    return sorted(
        found,
        key=lambda c: (order.get(c.party, -1), c.item, -1 if c.given is None else c.given, c.due),
    )


def _claims(facts: Facts) -> dict[tuple[str, str], list[Owed]]:
    calendar = facts.scenario.calendar
    claims: dict[tuple[str, str], list[Owed]] = defaultdict(list)
    for row in facts.scenario.debts:
        if row.quantity:
            claims[row.party, row.item].append(
                Owed(row.party, row.item, None, 0.0, float(row.quantity), calendar.index(row.due))
            )
    terms = {(row.party, row.item): row for row in facts.scenario.assurances if row.ratio}
    handed: dict[tuple[str, str, int], float] = defaultdict(float)
    for sent in facts.dispatches:
        handed[sent.from_, sent.item, sent.period] += sent.quantity
    for (party, item, period), units in handed.items():
        if agreed := terms.get((party, item)):
            asked = units * float(agreed.ratio)
            claims[party, item].append(
                Owed(party, item, period, units, asked, period + agreed.within)
            )
    return claims


def _settle(claims: list[Owed], part: Used, rate: float) -> None:
    """Give a settlement to the claims that stand, the earliest deadline first."""
    standing = [c for c in claims if (c.given is None or c.given <= part.period) and c.open]
    standing.sort(key=lambda c: (c.due, -1 if c.given is None else c.given))
    quantity = part.units * rate
    for claim in standing:
        share = min(quantity, claim.open)
        if share <= EPS:
            return
        claim.returns.append(Return(part.period, share, part.item, share / rate, part.source))
        quantity -= share
