"""Rules 25 to 27 of the register: whose money a pool has spent, to the last unit.

In: positions. Out: for each pool its lots, its spendings with who covers them, what waits, what was not
possible, and the reconciliation that proves it. Amounts are in ten-thousandths of a currency, like all others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ringtausch.register.directory import minor_unit
from ringtausch.register.lots import Lot, LotKey, Pool, Shortfall, Spending
from ringtausch.register.movements import (
    EXCHANGED,
    PAID_BACK,
    PAID_IN,
    PAID_OUT,
    RETURNED,
    Movement,
    movements,
)

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = [
    "Attribution",
    "LookThrough",
    "PoolBalance",
    "Spent",
    "look_through",
    "look_through_all",
]


@dataclass(frozen=True, slots=True)
class Attribution:
    """So much of a payment was the money of one lot."""

    lot: LotKey
    amount: int

    @property
    def contributor(self) -> str:
        """Whose money it was."""
        return self.lot.contributor


@dataclass(frozen=True, slots=True)
class Spent:
    """One payment of a pool, all its instalments together, and who covers it."""

    payment: str
    receiver: str
    currency: str
    spent: int
    refunds: int
    waiting: int
    attributions: tuple[Attribution, ...]

    @property
    def attributed(self) -> int:
        """How much of it is covered."""
        return sum(one.amount for one in self.attributions)


@dataclass(frozen=True, slots=True)
class PoolBalance:
    """The reconciliation of one pool in one currency (rule 27).

    What moved is added up from the movements; attributed, waiting and undisbursed from the spendings and
    the lots.
    """

    currency: str
    paid_in: int = 0
    bought: int = 0
    sold: int = 0
    refunded: int = 0  # to contributors
    spent: int = 0
    refunds: int = 0  # of suppliers
    attributed: int = 0
    waiting: int = 0
    undisbursed: int = 0

    @property
    def holds(self) -> bool:
        """Whether both sums of rule 27 tie."""
        money = self.paid_in + self.bought - self.sold - self.refunded
        return (
            self.attributed + self.undisbursed == money
            and self.attributed + self.waiting == self.spent - self.refunds
        )


@dataclass(frozen=True)
class LookThrough:
    """What became of the money of a pool, under one rule, as of one day."""

    pool: str
    lots: tuple[Lot, ...] = ()
    spendings: tuple[Spent, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    balances: Mapping[str, PoolBalance] | None = None  # by currency

    def by_contributor(self, currency: str) -> dict[str, int]:
        """Return what of the pool's spending was whose money, by name."""
        found: dict[str, int] = defaultdict(int)
        for lot in self.lots:
            if lot.key.currency == currency and lot.attributed:
                found[lot.key.contributor] += lot.attributed
        return dict(sorted(found.items()))

    @property
    def holds(self) -> bool:
        """Whether the reconciliation ties in every currency, and no lot is negative."""
        assert self.balances is not None
        return all(balance.holds for balance in self.balances.values()) and all(
            lot.undisbursed >= 0 and lot.attributed >= 0 for lot in self.lots
        )


def look_through(positions: Positions, pool: str) -> LookThrough:
    """Attribute a pool's spending to its contributors (rules 25 to 27)."""
    return look_through_all(positions).get(pool) or LookThrough(pool, balances={})


def look_through_all(positions: Positions) -> dict[str, LookThrough]:
    """Attribute the spending of every pool; one that pays another hands on its contributors' names.

    What a pool pays to another one before it has the money stands there in the pool's own name, also when
    somebody covers it later: later money never changes whose money was spent.
    """
    found = movements(positions)
    pools = _run(found)
    receivers = {
        movement.matter: positions.of(movement.matter).receiver
        for movement in found
        if movement.what == PAID_OUT
    }
    return {name: _told(pool, moved, receivers) for name, (pool, moved) in sorted(pools.items())}


def _run(found: Iterable[Movement]) -> dict[str, tuple[Pool, list[Movement]]]:
    """Play all movements, day by day, a pool that pays another one before it."""
    days: dict[object, dict[str, list[Movement]]] = {}
    for movement in sorted(found, key=lambda one: one.order):
        days.setdefault(movement.day, {}).setdefault(movement.pool, []).append(movement)
        if movement.to_pool:
            days[movement.day].setdefault(movement.to_pool, [])
    pools: dict[str, tuple[Pool, list[Movement]]] = {}
    for today in days.values():
        _play_day(today, pools)
    for pool, _moved in pools.values():
        pool.close()
    return pools


def _play_day(
    today: dict[str, list[Movement]], pools: dict[str, tuple[Pool, list[Movement]]]
) -> None:
    left = set(today)
    pays, gives_back = (
        {
            name: {one.to_pool for one in moved if one.to_pool and one.what == what} - {name}
            for name, moved in today.items()
        }
        for what in (PAID_OUT, PAID_BACK)
    )
    while left:
        paid = {to for name in left for to in pays[name]}
        refunded = {to for name in left for to in gives_back[name]}
        # A pool comes after those that pay it or give back to it. In a circle, a payment comes before what is
        # given back of it; where pools pay each other round, the smallest name begins.
        name = min(left - paid - refunded or left - paid or left)
        left.remove(name)
        for movement in sorted(today[name], key=lambda one: one.order):
            arrival = _play(movement, pools)
            if arrival is None:
                continue
            if arrival.pool in left:
                today[arrival.pool].append(arrival)
            else:
                _play(arrival, pools)


def _play(movement: Movement, pools: dict[str, tuple[Pool, list[Movement]]]) -> Movement | None:
    """Play one movement; return what arrives by it in another pool."""
    if movement.pool not in pools:
        pools[movement.pool] = Pool(movement.pool), []
    pool, moved = pools[movement.pool]
    moved.append(movement)
    if movement.what == PAID_OUT:
        spending = pool.spend(movement)
        return _handed_on(spending) if movement.to_pool else None
    if movement.what == PAID_BACK:
        units = pool.pay_back(movement)
        return _given_back(movement, units) if movement.to_pool and units else None
    steps = {PAID_IN: pool.pay_in, RETURNED: pool.take_back, EXCHANGED: pool.exchange}
    steps[movement.what](movement)
    return None


def _given_back(movement: Movement, units: int) -> Movement:
    return replace(movement, pool=movement.to_pool, what=RETURNED, units=units, to_pool="")


def _handed_on(spending: Spending) -> Movement:
    movement = spending.movement
    names: dict[str, int] = defaultdict(int)
    for key, part in spending.covered.items():
        names[key.contributor] += part
    covered = sum(names.values())
    if covered < movement.units:
        names[movement.pool] += movement.units - covered
    return replace(
        movement,
        pool=movement.to_pool,
        what=PAID_IN,
        names=tuple(sorted(names.items())),
        serves=frozenset(),
        to_pool="",
    )


def _told(pool: Pool, moved: list[Movement], receivers: Mapping[str, str]) -> LookThrough:
    lots = tuple(_lot_in_parts(pool.lots[key]) for key in sorted(pool.lots))
    shortfalls = tuple(
        replace(
            short,
            amount=short.amount * minor_unit(short.currency),
            to_amount=short.to_amount * minor_unit(short.to_currency),
        )
        for short in pool.shortfalls
    )
    spendings = _spendings(pool, moved, receivers, shortfalls)
    balances = _balances(lots, spendings, moved, shortfalls)
    return LookThrough(pool.name, lots, spendings, shortfalls, balances)


def _lot_in_parts(lot: Lot) -> Lot:
    """Return a lot in ten-thousandths of its currency."""
    unit = minor_unit(lot.key.currency)
    return Lot(
        lot.key,
        paid_in=lot.paid_in * unit,
        bought=lot.bought * unit,
        sold=lot.sold * unit,
        refunded=lot.refunded * unit,
        attributed=lot.attributed * unit,
        undisbursed=lot.undisbursed * unit,
    )


def _spendings(
    pool: Pool,
    moved: list[Movement],
    receivers: Mapping[str, str],
    shortfalls: tuple[Shortfall, ...],
) -> tuple[Spent, ...]:
    refunds: dict[tuple[str, str], int] = defaultdict(int)
    for movement in moved:
        if movement.what == RETURNED:
            refunds[movement.matter, movement.currency] += movement.units * minor_unit(
                movement.currency
            )
    for short in shortfalls:
        if short.what == RETURNED:
            refunds[short.matter, short.currency] -= short.amount
    together: dict[tuple[str, str], list[Spending]] = defaultdict(list)
    for spending in pool.spendings:
        together[spending.movement.matter, spending.movement.currency].append(spending)
    found = []
    for (matter, currency), spendings in sorted(together.items()):
        unit = minor_unit(currency)
        covered: dict[LotKey, int] = defaultdict(int)
        for spending in spendings:
            for key, part in spending.covered.items():
                covered[key] += part * unit
        found.append(
            Spent(
                matter,
                receivers[matter],
                currency,
                spent=sum(spending.movement.units for spending in spendings) * unit,
                refunds=refunds[matter, currency],
                waiting=sum(spending.waiting for spending in spendings) * unit,
                attributions=tuple(
                    Attribution(key, part) for key, part in sorted(covered.items()) if part
                ),
            )
        )
    return tuple(found)


def _balances(
    lots: Iterable[Lot],
    spendings: Iterable[Spent],
    moved: Iterable[Movement],
    shortfalls: Iterable[Shortfall],
) -> dict[str, PoolBalance]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for movement in moved:
        sums[movement.currency][_COLUMN[movement.what]] += movement.units * minor_unit(
            movement.currency
        )
        if movement.to_currency:
            sums[movement.to_currency]["bought"] += movement.to_units * minor_unit(
                movement.to_currency
            )
    for short in shortfalls:
        sums[short.currency][_COLUMN[short.what]] -= short.amount
        if short.to_currency:
            sums[short.to_currency]["bought"] -= short.to_amount
    for lot in lots:
        sums[lot.key.currency]["undisbursed"] += lot.undisbursed
    for spent in spendings:
        sums[spent.currency]["attributed"] += spent.attributed
        sums[spent.currency]["waiting"] += spent.waiting
    return {currency: PoolBalance(currency, **sums[currency]) for currency in sorted(sums)}


_COLUMN = {
    PAID_IN: "paid_in",
    PAID_BACK: "refunded",
    RETURNED: "refunds",
    EXCHANGED: "sold",
    PAID_OUT: "spent",
}
