"""Making: who makes what for whom, at what price, and how many a period.

In: what is offered, owed and asked for. Out: rows of supply and production, and the prices, from which
the money is drawn.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from ringtausch.records.columns import Payments
from ringtausch.records.generate.draft import FX, REPORTING, START, Draft, Family, Good, numbered
from ringtausch.records.periods import NEVER

__all__ = ["add_making", "wanted"]

_QUARTER = Decimal("0.25")


def add_making(draft: Draft) -> dict[str, Decimal]:
    """Draw one or two makers for each item; return the price of a unit in the reporting currency."""
    dice, prices = draft.dice, {}
    makers = numbered("S", max(1, draft.size.items // 3))
    units = wanted(draft)
    for place, good in enumerate(draft.goods):
        price = good.value * dice.amount("0.85", "1.30")
        prices[good.item] = price * FX.get(good.currency, Decimal(1))
        for second, maker in enumerate(dice.shuffled(makers)[: dice.choice((1, 1, 2))]):
            most = _add_production(draft, maker, good, units[good.item], second=second > 0)
            # A second maker is dearer, and may sell by the lot.
            asked = price * dice.amount("1.05", "1.25") if second else price
            lot = None
            if second and most >= 2 and dice.chance(40):
                lot = Decimal(max(2, int(most * dice.amount("0.3", "0.8"))))
            for customer in _customers(draft, good, everyone=place == 0, second=second > 0):
                _write_supply(draft, maker, good, customer, asked, lot)
    _refuse_a_contributor(draft)
    return prices


def wanted(draft: Draft) -> dict[str, Decimal]:
    """Add up, per item, what is owed already, what offers will make owed, and what needs lack."""
    units: dict[str, Decimal] = defaultdict(Decimal)
    for table in ("offers", "debts"):
        for row in draft.rows[table]:
            units[row.item] += row.quantity
    offered = dict(units)
    asked: dict[str, Decimal] = defaultdict(Decimal)
    for row in draft.rows["needs"]:
        asked[row.capability] += row.quantity
    for family in draft.families:
        for goods in family.roles.values():
            for good in goods:
                share = asked[family.capability] / good.weight / len(goods)
                missing = asked[good.item] + share - offered.get(good.item, Decimal(0))
                units[good.item] += max(missing, good.usual * Decimal("0.1"))
    return units


def _add_production(
    draft: Draft, maker: str, good: Good, units: Decimal, *, second: bool
) -> Decimal:
    """Step production up from a third to all of what it can be; return the most of one period.

    Over all periods less is made than is wanted. A second maker is a small one.
    """
    dice = draft.dice
    full = units * dice.amount("0.5", "1.1") / draft.size.periods * (1 if not second else _QUARTER)
    steps = {0: "0.3", draft.period("0.2", "0.4"): "0.6", draft.period("0.5", "0.8"): "1"}
    unit = _QUARTER if good.whole else Decimal("0.1")
    most = Decimal(0)
    for period, share in steps.items():
        capacity = max(unit, (full * Decimal(share) / unit).to_integral_value() * unit)
        if capacity > most:
            most = capacity
            draft.add(
                "production",
                supplier=maker,
                item=good.item,
                from_=draft.day(period) if period else START,
                capacity=capacity,
            )
    return most


def _customers(draft: Draft, good: Good, *, everyone: bool, second: bool) -> list[str]:
    """Name who may buy: everyone, or those who will be owed the item and those who need it."""
    dice = draft.dice
    if everyone or dice.chance(8):
        return ["*"]
    family = next(family for family in draft.families if good in family.goods)
    names = {family.capability, good.item}
    buying = _below_floor(draft, family)
    for table in ("assurances", "debts"):
        buying |= {row.party for row in draft.rows[table] if row.item == good.item}
    asking = [row.party for row in draft.rows["needs"] if row.capability in names]
    buying |= set(dice.some(asking, 30, least=0) if second and buying else asking)
    # In the order of the parties: a set has another order on each run.
    return [party for party in (*draft.receivers, *draft.donors) if party in buying] or ["*"]


def _below_floor(draft: Draft, family: Family) -> set[str]:
    """Name who has, or will have, a floor in the family above what it holds."""
    held = draft.units("stocks")
    below: set[str] = set()
    names = {family.capability, *(good.item for good in family.goods)}
    for row in draft.rows["floors"]:
        if row.capability in names:
            units = {good.item: held[row.party, good.item] for good in family.goods}
            kept = units.get(row.capability, family.strength(units))
            if row.quantity > kept:
                below.add(row.party)
    return below


def _write_supply(
    draft: Draft, maker: str, good: Good, customer: str, price: Decimal, lot: Decimal | None
) -> None:
    dice = draft.dice
    draft.add(
        "supply",
        supplier=maker,
        item=good.item,
        customer=customer,
        price=price.quantize(Decimal("0.01")),
        currency="" if good.currency == REPORTING else good.currency,
        lead=dice.whole(1, min(4, draft.size.periods // 5)),
        payments=_payments(draft),
        opens=draft.day(draft.period("0.0", "0.3")) if dice.chance(15) else None,
        until=draft.day(draft.size.horizon) if dice.chance(8) else None,
        lot=lot,
    )


def _payments(draft: Draft) -> Payments:
    """Draw payment terms: all at the order, or a part and the rest when it is delivered or later."""
    dice, last = draft.dice, draft.size.periods // 2
    if dice.chance(40):
        return ((0, Decimal(1)),)
    first, rest = dice.choice(((0, 12), (0, 6), (0, 4), (2, 8)))
    share = dice.amount("0.1", "0.5")
    return ((min(first, last - 1), share), (min(rest, last), 1 - share))


def _refuse_a_contributor(draft: Draft) -> None:
    """Close one maker to one who only pays: the row stands last, and outweighs `*` customers."""
    draft.add(
        "supply",
        supplier=draft.rows["supply"][0].supplier,
        item="*",
        customer=draft.contributors[-1],
        opens=NEVER,
    )
