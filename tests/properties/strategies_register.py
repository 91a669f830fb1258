"""Random matters and money for the properties of the register's totals and pools."""

from __future__ import annotations

from datetime import date, timedelta

import hypothesis.strategies as st

from ringtausch.register.directory import Directory, Party
from ringtausch.register.ranges import Range
from ringtausch.register.statement import Statement, Terms
from tests.register.builders import said
from tests.register.plain_totals import PlainMatter, PlainMove

__all__ = ["DIRECTORY", "POOLS", "UNITS", "histories", "nested_matters", "weights"]

GIVERS = ("DEU", "ESP", "NOR")
#: A pool pays only those after it.
POOLS = ("A-POOL", "B-POOL", "C-POOL")
DIRECTORY = Directory.of(
    [*(Party(name) for name in (*GIVERS, "USA")), *(Party(name, kind="pool") for name in POOLS)], []
)
#: Ten-thousandths in the smallest coin.
UNITS = {"EUR": 100, "JPY": 10_000}
_FIRST = date(2025, 1, 1)


def weights() -> st.SearchStrategy[dict[str, int]]:
    """Draw whole weights by key, some of them nothing."""
    return st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 50), max_size=8)


@st.composite
def nested_matters(draw: st.DrawFn) -> tuple[list[Statement], list[PlainMatter]]:
    """Draw contributions that lie in later ones, some with shares, as statements and as plain rows.

    Links are ranked by the day on which they are said, the newest first.
    """
    count = draw(st.integers(1, 7))
    names = [f"m{number}" for number in range(count)]
    statements, matters = [], []
    for place, name in enumerate(names):
        lo, more = draw(st.integers(0, 20)), draw(st.sampled_from([0, 0, 0, 5, None]))
        quantity = Range(lo, None if more is None else lo + more)
        giver = draw(st.sampled_from(GIVERS))
        matter = PlainMatter(name, giver, quantity.lo, quantity.hi)
        later = names[place + 1 :]
        parents = draw(st.lists(st.sampled_from(later), max_size=3, unique=True)) if later else []
        statements.append(
            said(name, "contribution", "committed", giver=giver, receiver="A-POOL", currency="EUR",
                 quantity=quantity)
        )  # fmt: skip
        for rank, parent in enumerate(parents):
            share = draw(st.sampled_from([None, 1, 4, 9]))
            matter.links.append((parent, share))
            statements.append(
                said(name, "contribution", "linked", giver=giver, part_of=parent,
                     share=None if share is None else Range(share, share),
                     on=f"2025-01-{20 - rank}")
            )  # fmt: skip
        matters.append(matter)
    return statements, matters


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Statement], list[PlainMove]]:
    """Draw what several pools took in, gave back, exchanged, spent and paid each other."""
    history = _History(draw)
    for number in range(draw(st.integers(1, 14))):
        history.step(f"x{draw(st.integers(0, 9))}-{number:02}")
    return history.statements, history.moves


class _History:
    """Writes each drawn step twice: as a statement, and as a plain movement."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.statements: list[Statement] = []
        self.moves: list[PlainMove] = []

    def step(self, name: str) -> None:
        what = self.draw(
            st.sampled_from(["in", "in", "in", "out", "out", "out", "exchange", "back", "returned"])
        )
        move = PlainMove(
            what,
            self.draw(st.sampled_from(POOLS)),
            self.draw(st.integers(0, 5)),
            name,
            name,
            self.draw(st.sampled_from(sorted(UNITS))),
            self.draw(st.integers(1, 30)),
        )
        {"in": self._comes_in, "out": self._goes_out, "exchange": self._exchanges}.get(
            what, self._comes_back
        )(move)

    def _comes_in(self, move: PlainMove) -> None:
        giver = self.draw(st.sampled_from(GIVERS))
        move.names = {giver: move.units}
        move.earmark = self.draw(st.sampled_from(["", "", "tank", "radar"]))
        self._say(move, "contribution", "paid_in", giver, move.pool, Terms(earmark=move.earmark))

    def _goes_out(self, move: PlainMove) -> None:
        after = POOLS[POOLS.index(move.pool) + 1 :]
        move.to_pool = self.draw(st.sampled_from(["", "", *after]))
        of = self.draw(st.sampled_from(["", "tank", "radar"]))
        earlier = [
            one for one in self.moves if one.what == "out" and one.pool == move.pool
            and one.to_pool == move.to_pool and one.currency == move.currency
        ]  # fmt: skip
        place = self.draw(st.integers(0, 2 * len(earlier)))
        if place < len(earlier):  # an instalment more
            same = earlier[place]
            move.matter, move.serves = same.matter, same.serves
            of = next(name for name in ("tank", "radar", "") if name in same.serves or not name)
        receiver = move.to_pool or "USA"
        move.serves = tuple(name for name in (move.matter, of, receiver) if name)
        self._say(move, "payment", "paid", move.pool, receiver, Terms(of=of))

    def _exchanges(self, move: PlainMove) -> None:
        move.to = next(name for name in sorted(UNITS) if name != move.currency)
        move.bought = self.draw(st.integers(1, 90))
        terms = Terms(to_currency=move.to, to_quantity=move.bought * UNITS[move.to])
        self._say(move, "exchange", "exchanged", move.pool, "USA", terms)

    def _comes_back(self, move: PlainMove) -> None:
        """Refund a contribution or a payment of before, of the same currency, on any day."""
        into = "in" if move.what == "back" else "out"
        earlier = [one for one in self.moves if one.what == into]
        if not earlier:
            return
        first = self.draw(st.sampled_from(earlier))
        move.pool, move.matter, move.currency = first.pool, first.matter, first.currency
        giver = next(iter(first.names), first.pool)
        kind, receiver = "contribution", move.pool
        if into == "out":
            kind, receiver = "payment", first.to_pool or "USA"
        self._say(move, kind, "refunded", giver, receiver, Terms())
        if first.to_pool:  # one movement, out of the pool that had been paid
            move.what, move.pool, move.to_pool = "back", first.to_pool, first.pool

    def _say(
        self, move: PlainMove, kind: str, milestone: str, giver: str, receiver: str, terms: Terms
    ) -> None:
        parts = move.units * UNITS[move.currency]
        self.moves.append(move)
        self.statements.append(
            said(move.matter, kind, milestone, event=move.event, giver=giver, receiver=receiver,
                 currency=move.currency, quantity=Range(parts, parts), terms=terms,
                 on=(_FIRST + timedelta(move.day)).isoformat())
        )  # fmt: skip
