"""Money: funds, when they are filled, what they may pay for, and what is already due.

In: the prices of what is wanted. Out: rows of funds, releases, earmarks and dues. There is less money
than is wanted, and it comes by and by; but one fund pays anything and never lapses, and its first
release covers the dues, and what is owed already.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from ringtausch.records.generate.draft import FX, START, Draft
from ringtausch.records.generate.making import wanted

__all__ = ["add_money"]

#: Of the cost of all that is wanted, what the common fund, contributors and donors set aside.
_COMMON, _CONTRIBUTED, _NATIONAL = Decimal("0.03"), Decimal("0.07"), Decimal("0.04")


def add_money(draft: Draft, prices: dict[str, Decimal]) -> None:
    """Draw the funds out of a part of what all that is wanted would cost."""
    dice, units = draft.dice, wanted(draft)
    cost = sum((units[item] * price for item, price in prices.items()), Decimal(0))
    owed = sum((row.quantity * prices[row.item] for row in draft.rows["debts"]), Decimal(0))
    at_once = _add_dues(draft, cost) + owed
    _write_fund(draft, "common", draft.contributors[0], "", cost * _COMMON, at_once=at_once)
    for number, party in enumerate(draft.contributors, start=1):
        amount = cost * _CONTRIBUTED / len(draft.contributors) * dice.amount("0.5", "1.5")
        fund = f"contribution-{number}"
        _write_fund(draft, fund, party, dice.choice(("", *FX)), amount)
        _earmark_contribution(draft, fund)
    saving = dice.some(draft.donors, 30)
    for party in saving:
        amount = cost * _NATIONAL / len(saving) * dice.amount("0.5", "1.5")
        _write_fund(draft, f"own-{party}", party, dice.choice(("", "", *FX)), amount)
        draft.add("earmarks", fund=f"own-{party}", purpose="*", item="*", party=party)


def _write_fund(
    draft: Draft,
    fund: str,
    party: str,
    currency: str,
    amount: Decimal,
    *,
    at_once: Decimal | None = None,
) -> None:
    """Write a fund and its releases, one a quarter; `at_once` is there from the first day on."""
    dice = draft.dice
    lapses = at_once is None and dice.chance(35)
    until = draft.day(dice.whole(draft.size.horizon // 2, draft.size.periods - 1))
    draft.add("funds", fund=fund, party=party, currency=currency, until=until if lapses else None)
    quarters = range(0, max(1, draft.size.horizon - 2), 3)
    marks = sorted(dice.whole(0, 100) for _ in quarters[1:])
    shares = [(b - a) for a, b in pairwise((0, *marks, 100))]
    for number, (period, percent) in enumerate(zip(quarters, shares, strict=True)):
        released = amount * percent / 100 / FX.get(currency, Decimal(1))
        if number == 0 and at_once is not None:
            released += at_once
        if released >= Decimal("0.1"):
            released = released.quantize(Decimal("0.1"))
            day = START if period == 0 else draft.day(period)
            draft.add("releases", fund=fund, date=day, amount=released)


def _earmark_contribution(draft: Draft, fund: str) -> None:
    """Let a contribution pay for a receiver, for some items, or for a few givers' replacements."""
    dice = draft.dice
    kind = dice.choice(("receiver", "items", "givers"))
    if kind == "items":
        for good in dice.some(draft.goods, 25):
            draft.add("earmarks", fund=fund, purpose="order", item=good.item, party="*")
    parties = draft.receivers if kind == "receiver" else draft.donors
    if kind != "items":
        for party in dice.some(parties, 30):
            draft.add("earmarks", fund=fund, purpose="order", item="*", party=party)
    draft.add("earmarks", fund=fund, purpose="handover", item="*", party="*")


def _add_dues(draft: Draft, cost: Decimal) -> Decimal:
    """Draw a few charges that are made already; return what they come to, in millions."""
    dice, total = draft.dice, Decimal(0)
    for _ in range(dice.whole(2, 2 + len(draft.donors) // 4)):
        purpose = dice.choice(("order", "order", "handover", "compensation"))
        party = dice.choice(draft.receivers if purpose == "handover" else draft.donors)
        amount = (cost * dice.amount("0.001", "0.005")).quantize(Decimal("0.1"))
        amount, currency = max(amount, Decimal("0.1")), dice.choice(("", *FX))
        total += amount * FX.get(currency, Decimal(1))
        draft.add(
            "dues",
            purpose=purpose,
            item=dice.choice(draft.goods).item,
            party=party,
            date=draft.day(draft.period("0.0", "0.5")),
            amount=amount,
            currency=currency,
        )
    return total.quantize(Decimal("0.1")) + Decimal("0.1")
