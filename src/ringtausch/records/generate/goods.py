"""Goods: items in families that make a capability together, and which item stands in for which.

In: how many items, and the share of whole ones. Out: families, and the rows of items, capabilities.
"""

from __future__ import annotations

from decimal import Decimal

from ringtausch.records.generate.dice import Dice
from ringtausch.records.generate.draft import FX, REPORTING, Draft, Family, Good, numbered

__all__ = ["add_goods", "exchange_rate"]

PLATFORM, AMMUNITION = "platform", "ammunition"
#: The roles of a family, by its size. The first family has goods that stand in for each other.
_FIRST = {1: (PLATFORM,), 2: (PLATFORM, PLATFORM), 3: (PLATFORM, PLATFORM, AMMUNITION)}
_PAIRS = ((PLATFORM, AMMUNITION), (PLATFORM, AMMUNITION), (AMMUNITION, AMMUNITION))
_TRIPLES = (_FIRST[3], (PLATFORM, AMMUNITION, AMMUNITION))
#: What one item counts where another was given: pairs that multiply to no more than 1.
_WHOLE_RATES = (
    (Decimal(1), Decimal(1)),
    (Decimal("0.5"), Decimal(2)),
    (Decimal(2), Decimal("0.5")),
)
_RATES = (("0.8", "1.2"), ("1.25", "0.8"), ("0.9", "1.1"), ("1", "1"), ("0.6", "1.5"))


def add_goods(draft: Draft) -> None:
    """Draw the families, and write items and capabilities."""
    dice, size = draft.dice, draft.size
    roles = _roles(dice, size.items)
    flat = [(place, role) for place, family in enumerate(roles) for role in family]
    # Platforms are counted one by one before ammunition is.
    order = sorted(dice.shuffled(range(len(flat))), key=lambda n: flat[n][1] == AMMUNITION)
    whole = set(order[: int(size.whole * size.items + 0.5)])
    goods: list[list[Good]] = [[] for _ in roles]
    for number, (name, (place, role)) in enumerate(
        zip(numbered("I", size.items), flat, strict=True)
    ):
        goods[place].append(_good(dice, name, role, goods[place], whole=number in whole))
    draft.families = [
        Family(name, tuple(family))
        for name, family in zip(numbered("C", len(roles)), goods, strict=True)
    ]
    for family in draft.families:
        for good in family.goods:
            _write(draft, family, good)


def _roles(dice: Dice, items: int) -> list[tuple[str, ...]]:
    """Cut the items into families of two or three; a single item makes one of its own."""
    first = 3 if items not in {1, 2, 4} else min(items, 2)
    families = [_FIRST[first]]
    left = items - first
    while left:
        pair = left in {2, 4} or (left != 3 and dice.chance(50))
        families.append(dice.choice(_PAIRS if pair else _TRIPLES))
        left -= len(families[-1])
    return families


def _good(dice: Dice, name: str, role: str, before: list[Good], *, whole: bool) -> Good:
    """Draw a good that fits those of its family: so many rounds to a platform."""
    scale = before[0].usual * before[0].weight if before else Decimal(dice.whole(8, 30))
    currency = dice.choice((REPORTING, REPORTING, *FX))
    if role == PLATFORM:
        weight = dice.amount("0.8", "1.2") if before else Decimal(1)
        usual = max(4, int(scale * dice.amount("0.7", "1.1") / weight)) if before else int(scale)
        return Good(name, role, weight, whole, usual, dice.amount("4.0", "40.0"), currency)
    weight = Decimal(dice.choice(("0.1", "0.05", "0.04", "0.02")))
    usual = max(10, int(scale * dice.amount("0.9", "1.2") / weight))
    value = dice.amount("2.00", "8.00") * weight
    return Good(name, role, weight, whole, usual, value.quantize(Decimal("0.01")), currency)


def _write(draft: Draft, family: Family, good: Good) -> None:
    draft.add(
        "items",
        item=good.item,
        name=f"{good.role.capitalize()} {good.item[1:]}",
        unit="piece" if good.whole else "tonne",
        indivisible=good.whole,
        value=good.value,
        currency="" if good.currency == REPORTING else good.currency,
    )
    # A family of one role needs no name for it.
    role = good.role if len(family.roles) > 1 else ""
    draft.add(
        "capabilities",
        capability=family.capability,
        item=good.item,
        weight=good.weight,
        role=role,
    )


def exchange_rate(dice: Dice, given: Good, accepted: Good) -> tuple[Decimal, Decimal]:
    """Draw what one unit of `accepted` counts where `given` was given, and the way back.

    Whole items take rates that leave no fraction owed.
    """
    if given.whole or accepted.whole:
        return dice.choice(_WHOLE_RATES)
    there, back = dice.choice(_RATES)
    return Decimal(there), Decimal(back)
