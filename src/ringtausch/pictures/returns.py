"""What each party is owed for what it handed over, when it is due, and what came back for it.

A plan says what settles a party's debt, not which hand-over each piece answers: `insight.matching`
finds that, and the hand-overs of one period are shown together. In the same way each settlement and each
piece that serves a need is traced here to what arrived in that period. In: facts. Out: rows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ringtausch.insight.matching import EPS, Back, Claim, Pair, claims_of, match, rates_of

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts
    from ringtausch.records.plan import Fulfilment, Settlement

__all__ = ["EPS", "Owed", "Return", "Source", "Used", "incoming", "owed"]


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
    """Match what came back to what was handed over, as `insight.matching` does."""
    hard = {(row.party, row.item) for row in facts.scenario.assurances if row.hard}
    found = []
    for pair, claims in _claims(facts).items():
        came = _came(facts, pair)
        back = [part for part, _ in came]
        for answer in match(claims, back, hard_until=facts.count if pair in hard else None):
            returns = [
                Return(period, share, back[n].accepted, share / back[n].rate, came[n][1])
                for n, period, share in answer.parts
            ]
            claim = answer.claim
            handed = sum(
                row.quantity
                for row in facts.dispatches
                if (row.from_, row.item, row.period) == (*pair, claim.given)
            )
            found.append(Owed(*pair, claim.given, handed, claim.quantity, claim.due, returns))
    order = {row.party: n for n, row in enumerate(facts.scenario.parties)}
    return sorted(
        found,
        key=lambda c: (order.get(c.party, -1), c.item, -1 if c.given is None else c.given, c.due),
    )


def _claims(facts: Facts) -> dict[Pair, list[Claim]]:
    """List what is owed, the hand-overs of one period together."""
    found = {}
    for pair, claims in claims_of(facts.scenario, facts.placed).items():
        together: dict[tuple[int, int], float] = defaultdict(float)
        for claim in claims:
            if claim.given is not None:
                together[claim.given, claim.due] += claim.quantity
        found[pair] = [claim for claim in claims if claim.given is None]
        found[pair] += [Claim(given, due, units) for (given, due), units in together.items()]
    return found


def _came(facts: Facts, pair: Pair) -> list[tuple[Back, Source]]:
    """List what settles the debts of a party for an item, each part with where it came from."""
    rates = rates_of(facts.scenario)
    party, item = pair
    return [
        (
            Back(
                part.period,
                part.item,
                part.units,
                1.0 if part.item == item else rates.get((party, item, part.item), 1.0),
            ),
            part.source,
        )
        for part in facts.used
        if part.use == "debt" and (part.party, part.settles) == pair
    ]
