"""Lanes: who may send what to whom, mostly by wildcards, with the exceptions that make it real.

In: offers. Out: rows of lanes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from ringtausch.records.generate.draft import REPORTING, Draft, Good
from ringtausch.records.periods import NEVER

__all__ = ["add_lanes"]


def add_lanes(draft: Draft) -> None:
    """Open every receiver to all, then write the exceptions: the more is named, the later."""
    dice = draft.dice
    for receiver in draft.receivers:
        cost = dice.amount("0.01", "0.05") if dice.chance(60) else Decimal(0)
        lead = dice.whole(1, 3)
        items = ["*"] if receiver == draft.receivers[0] else _items_for(draft, receiver)
        for item in items:
            draft.add("lanes", from_="*", to=receiver, item=item, lead=lead, unit_cost=cost)
    for receiver in draft.receivers:
        for donor in dice.some(draft.donors, 15, least=0):
            _write_consent(draft, donor, receiver)
    for good in dice.some(draft.goods, 15, least=0):
        _write_narrow_lane(draft, "*", draft.receivers[0], good)
    _add_rings(draft)
    _add_exceptions(draft)


def _items_for(draft: Draft, receiver: str) -> list[str]:
    """Name the items that a receiver asks for, or that are offered to it alone."""
    asked = {row.capability for row in draft.rows["needs"] if row.party == receiver}
    offered = {row.item for row in draft.rows["offers"] if row.to == receiver}
    return [
        good.item
        for family in draft.families
        for good in family.goods
        if {family.capability, good.item} & asked or good.item in offered
    ]


def _write_consent(draft: Draft, donor: str, receiver: str) -> None:
    """Write a consent that comes later, or ends."""
    dice = draft.dice
    later = dice.chance(70)
    draft.add(
        "lanes",
        from_=donor,
        to=receiver,
        item="*",
        lead=dice.whole(1, 4),
        opens=draft.day(draft.period("0.1", "0.3")) if later else None,
        until=draft.day(draft.period("0.7", "0.9")) if not later or dice.chance(20) else None,
    )


def _write_narrow_lane(draft: Draft, giver: str, receiver: str, good: Good) -> None:
    """Write a lane with a capacity that every lot of the item still passes."""
    dice = draft.dice
    lots = [row.lot for row in draft.rows["offers"] if row.item == good.item and row.lot]
    room = good.units(good.usual * dice.amount("0.04", "0.15"))
    draft.add(
        "lanes",
        from_=giver,
        to=receiver,
        item=good.item,
        lead=dice.whole(1, 4),
        capacity=max([room, *lots]),
        unit_cost=(good.value * dice.amount("0.01", "0.04")).quantize(Decimal("0.001")),
        currency="" if good.currency == REPORTING else good.currency,
    )


def _add_rings(draft: Draft) -> None:
    """Let a donor of a few items give to other donors too, so that it can replace what they gave.

    Mostly one donor of an item, so that what it gives cannot come back to it; at times two.
    """
    dice = draft.dice
    givers: dict[str, list[str]] = defaultdict(list)
    for row in draft.rows["offers"]:
        if row.to == "*" and row.party not in givers[row.item]:
            givers[row.item].append(row.party)
    owed = {(row.party, row.item) for row in (*draft.rows["assurances"], *draft.rows["debts"])}
    possible = [
        (good, donor, partners)
        for good in draft.goods
        for donor in givers[good.item]
        if (partners := [p for p in draft.donors if p != donor and (p, good.item) in owed])
    ]
    taken: Counter[str] = Counter()
    for good, donor, partners in dice.some(dice.shuffled(possible), 12):
        if taken[good.item] and not dice.chance(25):
            continue
        taken[good.item] += 1
        for partner in dice.some(partners, 60):
            draft.add("lanes", from_=donor, to=partner, item=good.item, lead=dice.whole(1, 2))


def _add_exceptions(draft: Draft) -> None:
    """Refuse, delay or narrow a few single lanes; what is refused can still go to someone else."""
    dice, goods = draft.dice, {good.item: good for good in draft.goods}
    opened = {(row.to, row.item) for row in draft.rows["lanes"] if row.from_ == "*"}
    lanes = dict.fromkeys(
        (row.party, row.item, receiver)
        for row in draft.rows["offers"]
        for receiver in draft.receivers
        if row.to in {"*", receiver} and {(receiver, "*"), (receiver, row.item)} & opened
    )
    ways = Counter((donor, item) for donor, item, _ in lanes)
    bound = {(row.party, row.item) for row in draft.rows["offers"] if row.to != "*"}
    for donor, item, receiver in dice.some(list(lanes), 6):
        if ways[donor, item] > 1 and (donor, item) not in bound and dice.chance(40):
            ways[donor, item] -= 1
            draft.add("lanes", from_=donor, to=receiver, item=item, lead=1, opens=NEVER)
        elif dice.chance(50):
            _write_narrow_lane(draft, donor, receiver, goods[item])
        else:
            opens = draft.day(draft.period("0.1", "0.3"))
            draft.add("lanes", from_=donor, to=receiver, item=item, lead=0, opens=opens)
