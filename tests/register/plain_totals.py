"""Rules 16, 18, 19, 21 and 24 to 27 of the register a second time, as plainly as they are written.

Slow on purpose, and of nothing but the page: matters and movements are rows of plain values, a figure is
looked up again whenever it is needed. Nothing here is imported from what it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

__all__ = ["PlainMatter", "PlainMove", "PlainPool", "plain_history", "plain_shares", "plain_total"]

Number = int | Fraction


@dataclass
class PlainMatter:
    """A matter of a question: from the least to the most, and the matters that it lies in, by rank."""

    name: str
    giver: str
    lo: Number
    hi: Number | None
    links: list[tuple[str, Number | None]] = field(default_factory=list)


def plain_total(matters: list[PlainMatter]) -> dict[str, object]:
    """Rule 18: v, s and new of each matter; the total from the least to the most; rule 19: rows, excess."""
    asked = {matter.name: matter for matter in matters}

    def part(child: PlainMatter, parent: str) -> Number:
        rest = v(child)[0]
        for name, share in child.links:
            if share is not None:
                taken = min(share, rest)
                if name == parent:
                    return taken
                rest -= taken
        without = [name for name, share in child.links if share is None]
        return rest if without and without[0] == parent else 0

    def s(matter: PlainMatter) -> Number:
        return sum(
            part(child, matter.name)
            for child in matters
            if any(name == matter.name for name, _share in child.links)
        )

    def v(matter: PlainMatter) -> tuple[Number, Number | None]:
        inside = s(matter)
        return max(matter.lo, inside), None if matter.hi is None else max(matter.hi, inside)

    new = {matter.name: max(0, matter.lo - s(matter)) for matter in matters}
    lo = sum(new.values())
    hi: Number | None = lo
    for matter in matters:
        if not any(name in asked for name, _share in matter.links):
            least, most = v(matter)
            hi = None if hi is None or most is None else hi + most - least
    rows: dict[str, Number] = {}
    for matter in matters:
        rows[matter.giver] = rows.get(matter.giver, 0) + new[matter.name]
    excess = {
        matter.name: s(matter) - matter.hi
        for matter in matters
        if matter.hi and s(matter) > matter.hi
    }
    return {"lo": lo, "hi": hi, "new": new, "rows": rows, "excess": excess}


def plain_shares(units: int, weights: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    """Rule 24, one unit after the other."""
    whole = sum(weights.values())
    exact = {key: Fraction(units * weight, whole or 1) for key, weight in weights.items()}
    shares = {key: int(share) for key, share in exact.items()}
    order = sorted(weights)
    order.sort(key=lambda key: weights[key], reverse=True)
    order.sort(key=lambda key: exact[key] - shares[key], reverse=True)
    while sum(shares.values()) < units:
        shares[order.pop(0)] += 1
    return shares


@dataclass
class PlainMove:
    """Money that moved: what, when, and of which matter; `to` and `bought` of an exchange."""

    what: str  # in, back, returned, exchange, out
    pool: str
    day: int
    matter: str
    event: str
    currency: str
    units: int
    names: dict[str, int] = field(default_factory=dict)
    earmark: str = ""
    serves: tuple[str, ...] = ()
    to_pool: str = ""
    to: str = ""
    bought: int = 0


@dataclass
class PlainPool:
    """What a pool comes to: balances and what was covered, both by lot."""

    balance: dict[tuple[str, ...], int] = field(default_factory=dict)
    covered: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)  # payment, lot
    waiting: list[list[object]] = field(default_factory=list)  # [move, units], oldest first
    short: dict[str, int] = field(default_factory=dict)  # by matter
    early: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, move: PlainMove, units: int) -> int:
        """Cover a payment from earmarked lots, then from those without earmark; return what is not."""
        for earmarked in (True, False):
            tier = {
                lot: balance
                for lot, balance in self.balance.items()
                if lot[3] == move.currency
                and balance
                and (lot[2] in move.serves if earmarked else lot[2] == "")
            }
            taken = min(units, sum(tier.values()))
            for lot, part in plain_shares(taken, tier).items():
                self.balance[lot] -= part
                key = move.matter, lot
                self.covered[key] = self.covered.get(key, 0) + part
            units -= taken
        return units

    def add(self, lot: tuple[str, ...], units: int) -> None:
        """Put money into a lot."""
        self.balance[lot] = self.balance.get(lot, 0) + units

    def serve(self) -> None:
        """Let what waits be paid, oldest first."""
        for row in self.waiting:
            row[1] = self.take(row[0], row[1])  # type: ignore[arg-type]
        self.waiting = [row for row in self.waiting if row[1]]

    def fall_short(self, matter: str, units: int) -> None:
        """Note what was not possible."""
        if units:
            self.short[matter] = self.short.get(matter, 0) + units


def plain_history(moves: Iterable[PlainMove], names: list[str]) -> dict[str, PlainPool]:
    """Rules 25 and 26, day by day; of one day a pool comes after those whose money goes to it."""
    moves = list(moves)
    pools = {name: PlainPool() for name in names}
    for day in sorted({move.day for move in moves}):
        done: list[str] = []
        while len(done) < len(names):
            name = _next_pool([move for move in moves if move.day == day], names, done)
            done.append(name)
            own = [move for move in moves if move.pool == name and move.day == day]
            place = {"in": 0, "back": 1, "returned": 1, "exchange": 2, "out": 3}
            own.sort(key=lambda move: (place[move.what], move.matter, move.event))
            for move in own:
                arrivals: list[PlainMove] = []
                _STEPS[move.what](pools[name], move, arrivals)
                for arrival in arrivals:
                    if arrival.pool in done:
                        _STEPS[arrival.what](pools[arrival.pool], arrival, [])
                    else:
                        moves.append(arrival)
    for pool in pools.values():
        for (matter, _currency), rest in pool.early.items():
            pool.fall_short(matter, rest)
    return pools


def _next_pool(today: list[PlainMove], names: list[str], done: list[str]) -> str:
    """Choose who waits for nobody; what is given back waits for the payment, not the payment for it."""
    left = sorted(set(names) - set(done))
    for counts in (("out", "back"), ("out",)):
        for name in left:
            if not any(
                move.to_pool == name and move.pool in left and move.what in counts for move in today
            ):
                return name
    return left[0]


def _comes_in(pool: PlainPool, move: PlainMove, _moves: list[PlainMove]) -> None:
    for contributor, units in move.names.items():
        pool.add((contributor, move.matter, move.earmark, move.currency), units)
    pool.serve()


def _goes_back(pool: PlainPool, move: PlainMove, moves: list[PlainMove]) -> None:
    lots = {
        lot: balance
        for lot, balance in pool.balance.items()
        if lot[1] == move.matter and lot[3] == move.currency
    }
    units = min(move.units, sum(lots.values()))
    for lot, part in plain_shares(units, lots).items():
        pool.balance[lot] -= part
    pool.fall_short(move.matter, move.units - units)
    if move.to_pool and units:
        moves.append(
            PlainMove(
                "returned", move.to_pool, move.day, move.matter, move.event, move.currency, units
            )
        )


def _returns(pool: PlainPool, move: PlainMove, _moves: list[PlainMove]) -> None:
    units = move.units
    for row in reversed(pool.waiting):
        waits = row[0]
        assert isinstance(waits, PlainMove)
        assert isinstance(row[1], int)
        if waits.matter == move.matter:
            less = min(units, row[1])
            row[1] -= less
            units -= less
    pool.waiting = [row for row in pool.waiting if row[1]]
    gave = {lot: part for (matter, lot), part in pool.covered.items() if matter == move.matter}
    returned = min(units, sum(gave.values()))
    for lot, part in plain_shares(returned, gave).items():
        pool.covered[move.matter, lot] -= part
        pool.add(lot, part)
    if units > returned:  # nothing paid yet: it comes off what is paid later
        key = move.matter, move.currency
        pool.early[key] = pool.early.get(key, 0) + units - returned
    pool.serve()


def _exchanges(pool: PlainPool, move: PlainMove, _moves: list[PlainMove]) -> None:
    lots = {lot: balance for lot, balance in pool.balance.items() if lot[3] == move.currency}
    units = min(move.units, sum(lots.values()))
    bought = move.bought * units // move.units
    sold = plain_shares(units, lots)
    for lot, part in sold.items():
        pool.balance[lot] -= part
    for lot, part in plain_shares(bought, sold).items():
        pool.add((*lot[:3], move.to), part)
    pool.fall_short(move.matter, move.units - units)
    pool.serve()


def _goes_out(pool: PlainPool, move: PlainMove, moves: list[PlainMove]) -> None:
    key = move.matter, move.currency
    less = min(move.units, pool.early.get(key, 0))
    if less:
        pool.early[key] -= less
    before = {lot: part for (matter, lot), part in pool.covered.items() if matter == move.matter}
    rest = pool.take(move, move.units - less)
    if rest:
        pool.waiting.append([move, rest])
    if not move.to_pool:
        return
    names: dict[str, int] = {}
    for (matter, lot), part in pool.covered.items():
        if matter == move.matter:
            names[lot[0]] = names.get(lot[0], 0) + part - before.get(lot, 0)
    names[move.pool] = names.get(move.pool, 0) + move.units - sum(names.values())
    moves.append(
        PlainMove(
            "in", move.to_pool, move.day, move.matter, move.event, move.currency, move.units,
            {name: part for name, part in names.items() if part}, move.earmark,
        )
    )  # fmt: skip


_STEPS = {
    "in": _comes_in,
    "back": _goes_back,
    "returned": _returns,
    "exchange": _exchanges,
    "out": _goes_out,
}
