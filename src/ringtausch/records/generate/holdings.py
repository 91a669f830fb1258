"""Holdings: who holds what, what is on its way, and the floors that must be kept.

In: the cast and the goods. Out: rows of parties, stocks, arrivals and floors.
"""

from __future__ import annotations

from decimal import Decimal

from ringtausch.records.generate.draft import START, Draft, Family, numbered

__all__ = ["add_arrivals", "add_floors", "add_parties", "add_stocks"]


def add_parties(draft: Draft) -> None:
    """Draw who asks, who gives and who only pays; some are left out of the burden-sharing key."""
    names = numbered("P", draft.size.parties)
    receivers, contributors = max(1, (len(names) + 4) // 6), max(1, len(names) // 7)
    draft.receivers = names[:receivers]
    draft.donors = names[receivers:-contributors]
    draft.contributors = names[-contributors:]
    for party in names:
        counted = party == draft.donors[0] or draft.dice.chance(90)
        counted = party not in draft.receivers and counted
        key = Decimal(draft.dice.choice((5, 8, 12, 20, 35, 60, 100))) if counted else None
        draft.add("parties", party=party, name=f"Party {party[1:]}", burden_key=key)


def add_stocks(draft: Draft) -> None:
    """Give each family to about half of the donors, and a little of it to some receivers."""
    dice = draft.dice
    sizes = {party: dice.amount("0.4", "2.0") for party in draft.donors}
    for family in draft.families:
        for party in dice.some(draft.donors, 40, least=3):
            share = sizes[party] * dice.amount("0.6", "1.4")
            for good in family.goods:
                if good is family.goods[0] or dice.chance(90):
                    quantity = good.units(good.usual * share * dice.amount("0.90", "1.10"))
                    draft.add("stocks", party=party, item=good.item, quantity=quantity)
        for party in dice.some(draft.receivers, 25, least=0):
            good = dice.choice(family.goods)
            quantity = good.units(good.usual * dice.amount("0.05", "0.30"))
            draft.add("stocks", party=party, item=good.item, quantity=quantity)


def add_arrivals(draft: Draft) -> None:
    """Let a few holders wait for what they ordered long ago; some of it is promised to nobody."""
    dice, goods = draft.dice, {good.item: good for good in draft.goods}
    for row in dice.some(draft.rows["stocks"], 12):
        good = goods[row.item]
        for _ in range(dice.choice((1, 1, 2))):
            draft.add(
                "arrivals",
                party=row.party,
                item=row.item,
                date=draft.day(max(1, draft.period("0.1", "0.9"))),
                quantity=good.units(row.quantity * dice.amount("0.05", "0.20")),
                designable=dice.chance(50),
            )


def add_floors(draft: Draft) -> None:
    """Ask most holders to keep most of what they hold; some begin, or get, below their floor."""
    dice, held = draft.dice, draft.units("stocks")
    short = True  # the first floor is above what is held, so that there is a gap to close
    for family in draft.families:
        for party in draft.donors:
            units = {good.item: held.get((party, good.item), Decimal(0)) for good in family.goods}
            if not any(units.values()) or not (short or dice.chance(80)):
                continue
            capability, strength = _what_counts(draft, family, units)
            level = Decimal("1.1") if short else dice.amount("0.88", "1.00")
            short = False
            _write_floor(draft, party, capability, strength, level)


def _what_counts(draft: Draft, family: Family, units: dict[str, Decimal]) -> tuple[str, Decimal]:
    """Choose the capability, or one item of it where the party cannot make the whole."""
    strength = family.strength(units)
    if strength and draft.dice.chance(75):
        return family.capability, strength
    good = draft.dice.choice([good for good in family.goods if units[good.item]])
    return good.item, units[good.item]


def _write_floor(
    draft: Draft, party: str, capability: str, strength: Decimal, level: Decimal
) -> None:
    """Write a floor from the start on, and a later one that asks for more or less."""
    dice = draft.dice
    levels = {0: level}
    if dice.chance(40):
        levels[max(1, draft.period("0.3", "0.9"))] = level + dice.amount("-0.10", "0.10")
    weight = Decimal(dice.choice(("1", "1", "1", "0.5", "2")))
    gap = dice.amount("0.01", "0.06")
    for period, share in levels.items():
        draft.add(
            "floors",
            party=party,
            capability=capability,
            from_=draft.day(period) if period else START,
            quantity=(strength * share).quantize(Decimal("0.1")),
            max_gap=(strength * gap).quantize(Decimal("0.1")),
            weight=weight,
        )
