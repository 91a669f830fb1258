"""Accounts of the register's postings, and the moves between them (rules 32 and 34).

An account is a party, a state and a commodity (an item or a currency). A move takes an amount from one
account and gives it to another one of the same commodity, so that every commodity sums to zero by itself.
Amounts are thousandths of an item or ten-thousandths of a currency. Nothing here knows statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

__all__ = ["STATES", "Account", "Balances", "Move", "NotPosted", "RateUsed", "balances_of"]

#: The states that a party's items or money can be in.
STATES = (
    "stock",
    "reserved",
    "transit",
    "owed",
    "owes",
    "cash",
    "fund",
    "exchange",
    "outside",
)


class Account(NamedTuple):
    """What one party holds of one commodity in one state."""

    party: str
    state: str
    commodity: str


class Move(NamedTuple):
    """An amount that goes from one account to another, on a day, because of a statement.

    `statement` is the id of the statement whose quantity it is, empty where time alone did it (a
    reservation that lapsed). The two moves of an exchange bear one `statement`.
    """

    day: date
    commodity: str
    amount: int  # more than 0
    giver: str
    giver_state: str
    taker: str
    taker_state: str
    matter: str
    milestone: str
    statement: str

    @property
    def source(self) -> Account:
        """The account that it leaves."""
        return Account(self.giver, self.giver_state, self.commodity)

    @property
    def target(self) -> Account:
        """The account that it enters."""
        return Account(self.taker, self.taker_state, self.commodity)


class NotPosted(NamedTuple):
    """What a statement says and no posting holds: the open part of a range, an unknown, a surplus.

    `amount` is None where nobody knows how much. `why` is one of `range`, `unknown`, `beyond` (more than
    there was to undo, to release, to lose or to give back).
    """

    matter: str
    milestone: str
    commodity: str
    amount: int | None
    why: str
    statement: str


class RateUsed(NamedTuple):
    """The rate between the two moves of an exchange, exact, with its date and source."""

    matter: str
    statement: str
    currency: str
    to: str
    rate: Fraction
    on: str
    source: str


Balances = dict[Account, int]


def balances_of(moves: Iterable[Move]) -> Balances:
    """Add up moves by account; accounts that come to zero are left out.

    Examples
    --------
    >>> day = date(2025, 7, 1)
    >>> move = Move(day, "gun", 2000, "A", "stock", "B", "transit", "m", "handed_over", "s1")
    >>> sorted(balances_of([move]).items())
    [(Account(party='A', state='stock', commodity='gun'), -2000), (Account(party='B', state='transit', commodity='gun'), 2000)]
    """
    sums: dict[tuple[str, str, str], int] = {}
    get = sums.get
    for _day, commodity, amount, giver, giver_state, taker, taker_state, *_rest in moves:
        left = (giver, giver_state, commodity)
        entered = (taker, taker_state, commodity)
        sums[left] = get(left, 0) - amount
        sums[entered] = get(entered, 0) + amount
    return {Account(*account): amount for account, amount in sums.items() if amount}
