"""Where moves are written down: stock that nobody counts stands in `outside` (rule 33).

In: moves as rule 34 names them, and which stocks are kept since when. Out: moves between the accounts that
there are, and for each kept stock what was put in and taken out, day by day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ringtausch.register.accounts import Move, NotPosted, RateUsed

__all__ = ["Book", "Change", "Pair"]

#: A party and an item.
Pair = tuple[str, str]

_HELD = ("stock", "reserved")


class Change(NamedTuple):
    """What a move does to a kept stock on a day."""

    day: date
    state: str  # stock or reserved
    amount: int  # less than 0 where it is taken out
    matter: str
    statement: str


class Book:
    """All moves of some matters, and what they do to the stocks that are kept.

    Parameters
    ----------
    kept
        The day of the first count of each party and item that was ever counted.
    """

    def __init__(self, kept: Mapping[Pair, date]) -> None:
        self.kept = kept
        self.moves: list[Move] = []
        self.changes: dict[Pair, list[Change]] = {}
        self.not_posted: list[NotPosted] = []
        self.rates: list[RateUsed] = []

    def move(self, move: Move) -> None:
        """Write a move down, unless it goes nowhere: from `outside` of a party to `outside` of it."""
        amount = move.amount
        if amount <= 0:
            return
        giver_state, taker_state = move.giver_state, move.taker_state
        if giver_state in _HELD:
            giver_state = self._state(move, move.giver, giver_state, -amount)
        if taker_state in _HELD:
            taker_state = self._state(move, move.taker, taker_state, amount)
        if giver_state == taker_state and move.giver == move.taker:
            return
        if giver_state is not move.giver_state or taker_state is not move.taker_state:
            move = move._replace(giver_state=giver_state, taker_state=taker_state)
        self.moves.append(move)

    def _state(self, move: Move, party: str, state: str, amount: int) -> str:
        pair = party, move.commodity
        since = self.kept.get(pair)
        if since is None:
            return "outside"
        change = Change(move.day, state, amount, move.matter, move.statement)
        self.changes.setdefault(pair, []).append(change)
        return state if move.day >= since else "outside"
