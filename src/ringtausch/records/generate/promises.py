"""Promises: what is offered, asked for, assured, owed and accepted.

In: holdings and goods. Out: rows of offers, needs, assurances, debts and exchange.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ringtausch.records.generate.draft import REPORTING, START, Draft, Family, Good
from ringtausch.records.generate.goods import exchange_rate

__all__ = [
    "add_assurances",
    "add_conditions",
    "add_debts",
    "add_exchange",
    "add_needs",
    "add_offers",
]


def add_offers(draft: Draft) -> None:
    """Let each holder offer part of about half of its items, within windows, some in lots."""
    dice, goods = draft.dice, {good.item: good for good in draft.goods}
    stocks = [row for row in draft.rows["stocks"] if row.party in draft.donors]
    willing = {id(row) for row in dice.some(stocks, 45)}
    for good in draft.goods:  # of everything that is held there is some to be had
        holders = [row for row in stocks if row.item == good.item]
        if holders and not any(id(row) in willing for row in holders):
            willing.add(id(dice.choice(holders)))
    for row in stocks:
        if id(row) in willing:
            for part in range(dice.choice((1, 1, 1, 1, 1, 2))):
                _write_offer(draft, goods[row.item], row, later=part > 0)


def _write_offer(draft: Draft, good: Good, stock: Any, *, later: bool) -> None:
    dice = draft.dice
    quantity = good.units(stock.quantity * dice.amount("0.20", "0.60"))
    lot = None
    if dice.chance(6) and quantity >= 4:
        lot = Decimal(max(2, int(quantity / dice.choice((4, 6, 10)))))
        quantity -= quantity % lot
    begins = draft.period("0.2", "0.5") if later or dice.chance(30) else None
    ends = (begins or 0) + draft.period("0.4", "0.7") if dice.chance(60) else None
    paid = good.value * dice.amount("0.05", "0.30") if dice.chance(20) else Decimal(0)
    draft.add(
        "offers",
        offer=f"{stock.party}-{stock.item}" + ("-2" if later else ""),
        party=stock.party,
        item=stock.item,
        quantity=quantity,
        from_=None if begins is None else draft.day(begins),
        until=None if ends is None else draft.day(ends),
        to=dice.choice(draft.receivers) if dice.chance(15) else "*",
        lot=lot,
        compensation=paid.quantize(Decimal("0.01")),
        currency="" if good.currency == REPORTING else good.currency,
    )


def add_needs(draft: Draft) -> None:
    """Let the receivers ask for more than is offered, in parts that fall due one after the other."""
    dice = draft.dice
    supply: dict[str, Decimal] = defaultdict(Decimal)
    for row in draft.rows["offers"]:
        supply[row.item] += row.quantity
    for family in draft.families:
        asking = dice.some(draft.receivers, 35, least=int(family is draft.families[0]))
        strength = family.strength(supply)
        for party in asking:
            share = strength * dice.amount("0.5", "1.2") / len(asking)
            _write_needs(draft, party, family, share)
    _write_hard_need(draft)


def _write_needs(draft: Draft, party: str, family: Family, strength: Decimal) -> None:
    """Cut what a party asks for into parts; the first is due before much can have come."""
    dice = draft.dice
    parts = dice.choice((1, 2, 2, 3))
    weight = Decimal(dice.choice(("1", "1", "1", "2", "0.5")))
    for part in range(parts):
        quantity = max(Decimal("0.5"), (strength / parts).quantize(Decimal("0.1")))
        step = None
        if quantity >= 2 and dice.chance(15):
            step = Decimal(int(quantity / dice.choice((1, 2, 2))))
            quantity -= quantity % step
        if part:
            period = draft.period("0.7", "0.9") * part // (parts - 1)
        else:
            period = draft.period("0.0", "0.2")
        draft.add(
            "needs",
            need=f"{party}-{family.capability}-{part + 1}",
            party=party,
            capability=family.capability,
            quantity=quantity,
            due=draft.day(max(1, period)),
            weight=weight,
            step=step,
        )


def _write_hard_need(draft: Draft) -> None:
    """Promise a receiver firmly what is on its way to it in any case: that can always be kept."""
    dice, party = draft.dice, draft.receivers[0]
    good = dice.choice(draft.goods)
    quantity, period = good.units(good.usual * Decimal("0.1")), max(1, draft.period("0.2", "0.5"))
    day = draft.day(period)
    draft.add("arrivals", party=party, item=good.item, date=day, quantity=quantity, designable=True)
    due = draft.day(period + 1)
    draft.add(
        "needs",
        need=f"{party}-{good.item}",
        party=party,
        capability=good.item,
        quantity=quantity,
        due=due,
        hard=True,
    )


def add_conditions(draft: Draft) -> None:
    """Make a few offers wait until others have given some of the same."""
    given: dict[str, Decimal] = defaultdict(Decimal)
    asked = {row.capability for row in draft.rows["needs"]}
    useful = {g.item for f in draft.families for g in f.goods if {f.capability, g.item} & asked}
    for row in draft.rows["offers"]:
        given[row.item] += row.quantity
    own = draft.units("offers")
    goods = {good.item: good for good in draft.goods}
    rows = []
    for row in draft.rows["offers"]:
        others = given[row.item] - own[row.party, row.item]
        if others and row.item in useful and draft.dice.chance(8):
            share = others * draft.dice.amount("0.10", "0.30")
            rows.append(replace(row, if_others=min(others, goods[row.item].units(share))))
        else:
            rows.append(row)
    draft.replace("offers", rows)


def add_assurances(draft: Draft) -> None:
    """Assure most of those who offer; the others give for good."""
    dice, goods = draft.dice, {good.item: good for good in draft.goods}
    pairs = list(dict.fromkeys((row.party, row.item) for row in draft.rows["offers"]))
    for party, item in dice.some(pairs, 88):
        # Of a divisible item the replacement may be counted up or down.
        exact = goods[item].whole or dice.chance(80)
        draft.add(
            "assurances",
            party=party,
            item=item,
            within=dice.whole(3, min(12, draft.size.settlement)),
            ratio=Decimal(1) if exact else Decimal(dice.choice(("0.8", "0.9", "1.1", "1.25"))),
            weight=Decimal(dice.choice(("1", "1", "1", "0.5", "2"))),
            hard=dice.chance(15),
            secured=dice.chance(20),
        )


def add_debts(draft: Draft) -> None:
    """Owe some donors for what they gave before; the first of them has waited too long already."""
    dice, goods = draft.dice, {good.item: good for good in draft.goods}
    stocks = [row for row in draft.rows["stocks"] if row.party in draft.donors]
    for number, row in enumerate(dice.some(stocks, 8, least=2)):
        overdue = START - timedelta(days=dice.whole(10, 90))
        draft.add(
            "debts",
            party=row.party,
            item=row.item,
            quantity=goods[row.item].units(row.quantity * dice.amount("0.05", "0.20")),
            due=overdue if number == 0 else draft.day(draft.period("0.1", "0.7")),
        )


def add_exchange(draft: Draft) -> None:
    """Let some of those who are owed accept a like item, one of a pair or both ways."""
    dice = draft.dice
    owed = dict.fromkeys(
        (row.party, row.item) for row in (*draft.rows["assurances"], *draft.rows["debts"])
    )
    likes = [
        (party, given, accepted)
        for family in draft.families
        for goods in family.roles.values()
        for given in goods
        for accepted in goods
        for party in draft.donors
        if given.item < accepted.item and (party, given.item) in owed
    ]
    for party, given, accepted in dice.some(likes, 35):
        there, back = exchange_rate(dice, given, accepted)
        draft.add("exchange", party=party, given=given.item, accepted=accepted.item, rate=there)
        if dice.chance(40):
            draft.add("exchange", party=party, given=accepted.item, accepted=given.item, rate=back)
    if not likes:
        # Too few items for a like one: the item itself, which is always accepted at rate 1.
        party, item = next(iter(owed))
        draft.add("exchange", party=party, given=item, accepted=item, rate=Decimal(1))
