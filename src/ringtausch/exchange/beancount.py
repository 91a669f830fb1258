"""The postings of a register as a ledger that beancount reads, with the balances that it has to find.

The page *Exports*. In: positions. Out: a text. Every move of rule 34 is a pair of postings in a transaction
of one commodity, and a `balance` directive for every account says at the end what the register has there, so
that another program proves the sums. beancount is no part of this: nothing of it is imported.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from ringtausch.exchange.amounts import plain_amount
from ringtausch.language import _
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.register.accounts import Account, Move, NotPosted, RateUsed
from ringtausch.register.directory import scale_of
from ringtausch.register.postings import Postings, postings

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["ACCOUNTS", "InvalidLedger", "beancount_text", "valid_names"]

#: Under which of beancount's five kinds of accounts a state stands.
ACCOUNTS = {
    "stock": "Assets",
    "reserved": "Assets",
    "transit": "Assets",
    "owed": "Assets",
    "cash": "Assets",
    "fund": "Assets",
    "owes": "Liabilities",
    "exchange": "Equity",
    "outside": "Equity",
}

# What its reader takes for a date.
_FIRST_YEAR, _LAST_YEAR = 1700, 2099
_LONGEST_COMMODITY = 24


class InvalidLedger(InvalidInput):
    """A day that beancount cannot read."""


def beancount_text(positions: Positions) -> str:
    r"""Write all postings of some positions as a ledger.

    Parameters
    ----------
    positions
        What is posted is what `postings` makes of them.

    Raises
    ------
    InvalidLedger
        Something happened before 1700 or after 2099: beancount reads no such day.

    Examples
    --------
    >>> from datetime import date
    >>> from ringtausch.register.directory import Directory, Item, Party
    >>> from ringtausch.register.positions import Positions
    >>> from ringtausch.register.ranges import Range
    >>> from ringtausch.register.rule import STRICT
    >>> from ringtausch.register.statement import Source, Statement
    >>> gone = Statement(
    ...     "m", "transfer", "handed_over", Source(1, date="2025-08-01"), "DEU", "DEU", id="s1",
    ...     giver="DEU", receiver="UKR", item="launcher", quantity=Range(2000, 2000),
    ... )
    >>> known = Directory.of([Party("DEU"), Party("UKR")], [Item("launcher")])
    >>> text = beancount_text(Positions([gone], STRICT, date(2025, 9, 1), known))
    >>> print("\n".join(text.splitlines()[-8:]))
    2025-08-01 * "m" "handed_over" ^m ^s1
      statement: "s1"
      Equity:DEU:Outside  -2 LAUNCHER
      Assets:UKR:Transit  2 LAUNCHER
    <BLANKLINE>
    ; What the register has in every account: to be found again
    2025-08-02 balance Assets:UKR:Transit  2 ~ 0 LAUNCHER
    2025-08-02 balance Equity:DEU:Outside  -2 ~ 0 LAUNCHER
    """
    found = postings(positions)
    _check_days(found)
    return "".join(_Ledger(positions, found).lines())


def valid_names(names: Iterable[str], valid: Callable[[str], str]) -> dict[str, str]:
    """Give each name a valid one, no two the same, whatever their order: the first one keeps the plain form.

    Examples
    --------
    >>> valid_names(["pac 3", "pac-3"], lambda name: name.replace(" ", "-"))
    {'pac 3': 'pac-3', 'pac-3': 'pac-3-2'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        first = chosen = valid(name)
        number = 1
        while chosen in taken:
            number += 1
            chosen = f"{first}-{number}"
        taken.add(chosen)
        found[name] = chosen
    return found


def _party(name: str) -> str:
    r"""Make part of an account's name: `[\p{Lu}\p{Nd}][\p{L}\p{Nd}\-]*`, of which ASCII is enough."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    return plain[:1].upper() + plain[1:] if plain else "Unnamed"


def _commodity(name: str) -> str:
    r"""Make a commodity: capitals, digits and `'._-`, a letter first, 2 to 24 of them."""
    plain = re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-")
    if len(plain) < 2 or not plain[0].isalpha():
        plain = f"X-{plain}" if plain else "X-UNNAMED"
    return plain[: _LONGEST_COMMODITY - 6].rstrip("-")  # room for a number behind it


def _link(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_/.]+", "-", name).strip("-") or "unnamed"


def _check_days(found: Postings) -> None:
    for move in found.moves:
        if not _FIRST_YEAR <= move.day.year <= _LAST_YEAR or (move.day + _DAY).year > _LAST_YEAR:
            message = _("beancount reads days from {first} to {last} only").format(
                first=f"{_FIRST_YEAR}-01-01", last=f"{_LAST_YEAR}-12-30"
            )
            raise InvalidLedger([Problem(move.matter, 0, move.milestone, str(move.day), message)])


_DAY = timedelta(days=1)


class _Ledger:
    """The parts of the file, one behind the other."""

    def __init__(self, positions: Positions, found: Postings) -> None:
        self.positions = positions
        self.found = found
        self.items = positions.directory.items
        things = {position.item for position in positions.all()}
        self.moves = sorted(found.moves, key=_as_written)
        self.first = self.moves[0].day if self.moves else positions.as_of
        self.end = (self.moves[-1].day if self.moves else positions.as_of) + _DAY
        self.accounts = sorted({side for move in self.moves for side in (move.source, move.target)})
        self.parties = valid_names((account.party for account in self.accounts), _party)
        self.commodities = valid_names((account.commodity for account in self.accounts), _commodity)
        self.links = valid_names(
            {move.matter for move in self.moves} | {move.statement for move in self.moves} - {""},
            _link,
        )
        self.rates = _by_statement(found.rates)
        self._things = things.union(self.items)
        self.exchanged = {
            (move.matter, move.statement, move.giver_state == "exchange"): move
            for move in self.moves
            if move.milestone == "exchanged"
        }
        self._names = {
            account: f"{ACCOUNTS[account.state]}:{self.parties[account.party]}"
            f":{account.state.capitalize()}"
            for account in self.accounts
        }

    def lines(self) -> Iterator[str]:
        """Write everything, in the order in which people read it."""
        yield from self._head()
        yield from self._opens()
        for _key, moves in groupby(self.moves, key=_as_one):
            yield from self._transaction(list(moves))
        yield from self._prices()
        yield from self._not_posted()
        yield from self._balances()

    def _head(self) -> Iterator[str]:
        rule, day = self.positions.rule.name, self.positions.as_of
        yield f"; The postings of a register: rule {_text(rule)}, as of {day}\n"
        yield "; Names as they stand here, and as they stand in the register\n"
        for what, names in (("party", self.parties), ("commodity", self.commodities)):
            for name, valid in names.items():
                yield f"; {what} {valid} = {_text(name)}\n"
        yield "\n"

    def _opens(self) -> Iterator[str]:
        for name, valid in self.commodities.items():
            yield f"{self.first} commodity {valid}\n  name: {_text(name)}\n"
            item = self.items.get(name)
            if item is not None:
                yield f"  unit: {_text(item.unit)}\n"
        yield "\n"
        for name in sorted(set(self._names.values())):
            yield f"{self.first} open {name}\n"

    def _transaction(self, moves: list[Move]) -> Iterator[str]:
        """Write what one statement moves of one commodity on one day."""
        first = moves[0]
        links = f" ^{self.links[first.matter]}"
        if first.statement:
            links += f" ^{self.links[first.statement]}"
        yield f"\n{first.day} * {_text(first.matter)} {_text(first.milestone)}{links}\n"
        if first.statement:
            yield f"  statement: {_text(first.statement)}\n"
        price = ""
        rate = self.rates.get((first.matter, first.statement))
        if rate is not None and first.milestone == "exchanged":
            yield f'  rate: "{rate.rate}"\n  rate-date: {_text(rate.on)}\n'
            yield f"  rate-source: {_text(rate.source)}\n"
            price = self._price(rate, moves)
        for move in moves:
            amount = self._amount(move.amount, move.commodity)
            yield f"  {self._names[move.source]}  -{amount}{price}\n"
            yield f"  {self._names[move.target]}  {amount}{price}\n"

    def _price(self, rate: RateUsed, moves: list[Move]) -> str:
        """Return what was bought for what these moves sell, all of it; both postings bear the same."""
        bought = self.exchanged.get((rate.matter, rate.statement, True))
        if bought is None or moves[0].commodity != rate.currency or len(moves) != 1:
            return ""
        return f" @@ {self._amount(bought.amount, bought.commodity)}"

    def _prices(self) -> Iterator[str]:
        """Write the rates of exchanges as prices; what has no end of decimals is cut after twelve."""
        for rate in self.found.rates:
            sold = self.exchanged.get((rate.matter, rate.statement, False))
            if sold is None or rate.to not in self.commodities:
                continue
            exact = Decimal(rate.rate.numerator) / Decimal(rate.rate.denominator)
            known = f"{self.commodities[rate.currency]} {exact:.12f} {self.commodities[rate.to]}"
            yield f"\n{sold.day} price {known}\n"

    def _not_posted(self) -> Iterator[str]:
        if self.found.not_posted:
            yield "\n; What no posting holds (rule 32)\n"
        for row in sorted(self.found.not_posted, key=_row):
            scale = self._scale(row.commodity)
            amount = "unknown" if row.amount is None else plain_amount(row.amount, scale)
            said = f"{_text(row.matter)} {row.milestone} {_text(row.commodity)}"
            yield f"; {said}: {amount} ({row.why})\n"

    def _balances(self) -> Iterator[str]:
        yield "\n; What the register has in every account: to be found again\n"
        rows: dict[str, list[Account]] = defaultdict(list)
        for account in self.accounts:
            rows[self._names[account]].append(account)
        for name in sorted(rows):
            for account in rows[name]:
                amount = self.found.balances.get(account, 0)
                text = self._amount(amount, account.commodity, " ~ 0")
                yield f"{self.end} balance {name}  {text}\n"

    def _scale(self, commodity: str) -> int:
        return scale_of("" if commodity in self._things else commodity)

    def _amount(self, amount: int, commodity: str, tolerance: str = "") -> str:
        number = plain_amount(amount, self._scale(commodity))
        return f"{number}{tolerance} {self.commodities[commodity]}"


def _by_statement(rates: Iterable[RateUsed]) -> dict[tuple[str, str], RateUsed]:
    return {(rate.matter, rate.statement): rate for rate in rates}


def _as_one(move: Move) -> tuple[date, str, str, str, str]:
    """Return what the moves of one transaction have in common."""
    return move.day, move.matter, move.milestone, move.statement, move.commodity


def _as_written(move: Move) -> tuple[tuple[date, str, str, str, str], Move]:
    return _as_one(move), move


def _row(row: NotPosted) -> tuple[str, str, str, str, int]:
    return row.matter, row.milestone, row.commodity, row.why, row.amount or 0


def _text(text: str) -> str:
    """Write a text as beancount reads one: in double quotes, on one line."""
    return json.dumps(text, ensure_ascii=False)
