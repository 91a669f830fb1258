"""Rules 25 and 26 of the register: the lots of one pool, what is paid out of them, and what comes back.

In: movements of one pool, one at a time, in their order. Out: lots and spendings as they stand after them, in
whole minor units. A lot is money of one contributor, of one contribution, with one earmark, in one currency.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ringtausch.register.movements import Movement
from ringtausch.register.remainder import largest_remainder

__all__ = ["Lot", "LotKey", "Pool", "Shortfall", "Spending"]


class LotKey(NamedTuple):
    """What tells one lot from another; smaller ones win ties (rule 24)."""

    contributor: str
    contribution: str
    earmark: str
    currency: str


@dataclass(slots=True)
class Lot:
    """Money of one contributor in a pool, and what became of it."""

    key: LotKey
    paid_in: int = 0
    bought: int = 0
    sold: int = 0
    refunded: int = 0  # to the contributor
    attributed: int = 0  # to spending, less what came back of it
    undisbursed: int = 0


@dataclass(slots=True)
class Spending:
    """A payment of a pool: what of it is covered by which lot, and what waits for money."""

    movement: Movement
    waiting: int
    covered: dict[LotKey, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A movement of which a part is not possible: a conflict with what else is known."""

    matter: str
    event: str
    what: str
    currency: str
    amount: int
    to_currency: str = ""  # exchanged: what was not bought either
    to_amount: int = 0


class Pool:
    """The lots and spendings of one pool; each method takes one movement."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lots: dict[LotKey, Lot] = {}
        self.spendings: list[Spending] = []
        self.shortfalls: list[Shortfall] = []
        #: By matter and currency: refunded before anything was paid, or more than was.
        self.early: dict[tuple[str, str], list[tuple[Movement, int]]] = {}
        self._open: dict[tuple[str, str], dict[LotKey, Lot]] = {}  # by currency and earmark
        self._waiting: dict[str, list[Spending]] = {}  # by currency, oldest first
        self._of_contribution: dict[str, list[Lot]] = {}
        self._of_payment: dict[str, list[Spending]] = {}

    def pay_in(self, movement: Movement) -> None:
        """Make lots of what came in; spending that waits for such money takes it."""
        for contributor, units in movement.names:
            lot = self._lot(
                LotKey(contributor, movement.matter, movement.earmark, movement.currency)
            )
            lot.paid_in += units
            lot.undisbursed += units
            self._note_open(lot)
        self._serve(movement.currency)

    def pay_back(self, movement: Movement) -> int:
        """Give back to a contributor, out of the lot of that contribution; return how much (rule 26)."""
        lots = {
            lot.key: lot.undisbursed
            for lot in self._of_contribution.get(movement.matter, ())
            if lot.key.currency == movement.currency and lot.undisbursed
        }
        units = min(movement.units, sum(lots.values()))
        for key, part in largest_remainder(units, lots).items():
            self.lots[key].refunded += part
            self._take(key, part)
        self._fall_short(movement, movement.units - units)
        return units

    def take_back(self, movement: Movement) -> None:
        """Take a supplier's refund: less waits, then the lots that gave have it again (rule 26)."""
        rest = self._give_back(movement, movement.units)
        if rest:
            place = movement.matter, movement.currency
            self.early.setdefault(place, []).append((movement, rest))

    def exchange(self, movement: Movement) -> None:
        """Sell out of all lots of a currency, and credit what was bought to the same (rule 26)."""
        lots = {
            key: lot.undisbursed
            for (currency, _earmark), tier in self._open.items()
            if currency == movement.currency
            for key, lot in tier.items()
        }
        units = min(movement.units, sum(lots.values()))
        bought = movement.to_units
        if units < movement.units:
            bought = bought * units // movement.units
            self._fall_short(movement, movement.units - units, movement.to_units - bought)
        sold = largest_remainder(units, lots)
        for key, part in sold.items():
            self.lots[key].sold += part
            self._take(key, part)
        for key, part in largest_remainder(bought, sold).items():
            lot = self._lot(key._replace(currency=movement.to_currency))
            lot.bought += part
            lot.undisbursed += part
            self._note_open(lot)
        self._serve(movement.to_currency)

    def spend(self, movement: Movement) -> Spending:
        """Pay out: earmarked lots first, then those without earmark, each by rule 24 (rule 25)."""
        spending = Spending(movement, movement.units)
        self.spendings.append(spending)
        self._of_payment.setdefault(movement.matter, []).append(spending)
        self._take_early(spending)
        self._cover(spending)
        if spending.waiting:
            self._waiting.setdefault(movement.currency, []).append(spending)
        return spending

    def close(self) -> None:
        """Call short what was refunded and never paid."""
        for refunds in self.early.values():
            for movement, rest in refunds:
                self._fall_short(movement, rest)

    def _cover(self, spending: Spending) -> None:
        currency, named = spending.movement.currency, spending.movement.serves
        for earmarks in (sorted(named), ("",)):
            if not spending.waiting:
                return
            tier = {
                key: lot.undisbursed
                for earmark in earmarks
                for key, lot in self._open.get((currency, earmark), {}).items()
            }
            units = min(spending.waiting, sum(tier.values()))
            spending.waiting -= units
            for key, part in largest_remainder(units, tier).items():
                if part:
                    self.lots[key].attributed += part
                    spending.covered[key] = spending.covered.get(key, 0) + part
                    self._take(key, part)

    def _serve(self, currency: str) -> None:
        """Let the spending that waits take what has come, oldest first."""
        waiting = self._waiting.get(currency)
        if not waiting:
            return
        for spending in waiting:
            self._cover(spending)
        self._waiting[currency] = [spending for spending in waiting if spending.waiting]

    def _give_back(self, movement: Movement, units: int) -> int:
        """Undo spending of a payment, what waits of it first; return what there was not to undo."""
        spendings = [
            spending
            for spending in self._of_payment.get(movement.matter, ())
            if spending.movement.currency == movement.currency
        ]
        for spending in reversed(spendings):  # of several that wait, the newest first
            less = min(units, spending.waiting)
            spending.waiting -= less
            units -= less
        gave: dict[LotKey, int] = {}
        for spending in spendings:
            for key, part in spending.covered.items():
                gave[key] = gave.get(key, 0) + part
        returned = min(units, sum(gave.values()))
        for key, part in largest_remainder(returned, gave).items():
            _uncover(spendings, key, part)
            lot = self.lots[key]
            lot.attributed -= part
            lot.undisbursed += part
            self._note_open(lot)
        self._serve(movement.currency)
        return units - returned

    def _take_early(self, spending: Spending) -> None:
        """Let refunds of the same day or before, which had found nothing paid, shrink it."""
        place = spending.movement.matter, spending.movement.currency
        left: list[tuple[Movement, int]] = []
        for movement, rest in self.early.pop(place, ()):
            less = min(rest, spending.waiting)
            spending.waiting -= less
            if rest > less:
                left.append((movement, rest - less))
        if left:
            self.early[place] = left

    def _lot(self, key: LotKey) -> Lot:
        lot = self.lots.get(key)
        if lot is None:
            lot = self.lots[key] = Lot(key)
            self._of_contribution.setdefault(key.contribution, []).append(lot)
        return lot

    def _note_open(self, lot: Lot) -> None:
        if lot.undisbursed:
            place = lot.key.currency, lot.key.earmark
            self._open.setdefault(place, {})[lot.key] = lot

    def _take(self, key: LotKey, units: int) -> None:
        lot = self.lots[key]
        lot.undisbursed -= units
        assert lot.undisbursed >= 0, "no lot is negative"
        if not lot.undisbursed:
            self._open.get((key.currency, key.earmark), {}).pop(key, None)

    def _fall_short(self, movement: Movement, units: int, to_units: int = 0) -> None:
        if units or to_units:
            self.shortfalls.append(
                Shortfall(
                    movement.matter,
                    movement.event,
                    movement.what,
                    movement.currency,
                    units,
                    movement.to_currency,
                    to_units,
                )
            )


def _uncover(spendings: Iterable[Spending], key: LotKey, units: int) -> None:
    for spending in reversed(list(spendings)):
        less = min(units, spending.covered.get(key, 0))
        if less:
            spending.covered[key] -= less
            units -= less
