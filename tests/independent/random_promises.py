"""Draw who needs, holds, offers and is promised what."""

from .random_draft import Draft

MOST = {"micro": 2, "tiny": 4, "small": 5}  # units in a cell


def add_needs(draft: Draft) -> None:
    """Draw needs of items and capabilities; few are hard, so that most scenarios have a plan."""
    count = draft.dice.randint(1, {"micro": 2, "tiny": 4, "small": 6}[draft.size])
    for number in range(count):
        capability = draft.dice.choice([*draft.items, *draft.counted])
        quantity = draft.dice.randint(1, MOST[draft.size])
        step = draft.some(None, None, 1, 2, "0.5")
        draft.add(
            "needs",
            need=f"n{number}",
            party=draft.dice.choice(draft.parties),
            capability=capability,
            quantity=quantity * 2 if step == 2 else quantity,
            due=draft.day(-1, draft.periods),
            weight=draft.some(None, None, 1, 2, "0.5", 0),
            step=step,
            hard=draft.chance(0.03 if draft.size == "small" else 0.06),
        )


def add_stocks(draft: Draft) -> None:
    """Draw opening stocks and what comes in any case."""
    for party in draft.parties:
        for item in draft.items:
            if draft.chance(0.65):
                units = draft.units(item, 1, MOST[draft.size])
                draft.add("stocks", party=party, item=item, quantity=units)
            while draft.chance(0.2):
                draft.add(
                    "arrivals",
                    party=party,
                    item=item,
                    date=draft.day(-1, draft.periods),
                    quantity=draft.units(item, 1, 2),
                    designable=draft.chance(0.6),
                )


def add_offers(draft: Draft) -> None:
    """Draw offers; nobody offers what a need of its own counts."""
    draft.tables.setdefault("offers", [])
    most = {"micro": 3, "tiny": 7, "small": 10}[draft.size]
    pairs = [(party, item) for party in draft.parties for item in draft.items]
    draft.dice.shuffle(pairs)
    # What is asked for comes first, so that something moves.
    asked = [item for row in draft.tables["needs"] for item in _counted(draft, row)]
    pairs.sort(key=lambda pair: pair[1] not in asked)
    held = {(row["party"], row["item"]) for row in draft.tables.get("stocks", [])}
    for party, item in [*pairs, *pairs[:1]]:
        likely = 0.8 if (party, item) in held else 0.15
        full = len(draft.tables["offers"]) >= most
        if full or _asks_for(draft, party, item) or not draft.chance(likely):
            continue
        others = [other for other in draft.parties if other != party]
        first, last = draft.days()
        draft.add(
            "offers",
            offer=f"f{len(draft.tables['offers'])}",
            party=party,
            item=item,
            quantity=draft.units(item, 1, MOST[draft.size]),
            from_=first,
            until=last,
            to=draft.some(None, None, "*", draft.dice.choice(others)),
            lot=_lot(draft, item),
            if_others=draft.some(None, None, None, None, None, 1, 2),
            compensation=draft.maybe(0.3, draft.price(1, 3)),
            currency=draft.currency(),
        )
    if not draft.tables["offers"]:
        del draft.tables["offers"]


def _lot(draft: Draft, item: str) -> object:
    if draft.size == "micro":
        return draft.maybe(0.1, 2)
    return draft.some(None, None, None, None, 2, 3 if draft.whole[item] else "1.5")


def _asks_for(draft: Draft, party: str, item: str) -> bool:
    needs = [row for row in draft.tables["needs"] if row["party"] == party]
    return any(item in _counted(draft, row) for row in needs)


def _counted(draft: Draft, need: dict[str, str]) -> list[str]:
    return draft.counted.get(need["capability"], [need["capability"]])


def add_promises(draft: Draft) -> None:
    """Draw assurances, old debts and what is accepted in exchange."""
    offered = sorted({(row["party"], row["item"]) for row in draft.tables.get("offers", [])})
    for party, item in offered:
        if draft.chance(0.75):
            draft.add(
                "assurances",
                party=party,
                item=item,
                within=draft.dice.randint(0, draft.settlement),
                ratio=draft.some(None, None, 1, 2, "0.5", "1.5"),
                weight=draft.some(None, 1, 2, "0.5"),
                hard=draft.chance(0.15),
                secured=draft.chance(0.35),
            )
    owed = [(row["party"], row["item"]) for row in draft.tables.get("assurances", [])]
    while draft.chance(0.55):
        anybody = (draft.dice.choice(draft.parties), draft.dice.choice(draft.items))
        party, item = draft.dice.choice([*owed, *offered, anybody])
        units = draft.units(item, 1, 2)
        due = draft.day(-1, draft.periods + 1)
        draft.add("debts", party=party, item=item, quantity=units, due=due)
        owed.append((party, item))
    for party, item in sorted(set(owed)):
        others = [other for other in draft.items if other != item]
        if others and draft.chance(0.35):
            accepted = draft.dice.choice(others)
            rate = draft.some(None, 1, 2, "0.5", "1.5")
            draft.add("exchange", party=party, given=item, accepted=accepted, rate=rate)
    if draft.chance(0.1) and owed:
        party, item = owed[0]
        if draft.new("exchange", party=party, given=item, accepted=item):
            draft.add("exchange", party=party, given=item, accepted=item, rate=1)


def add_floors(draft: Draft) -> None:
    """Draw floors that begin at several dates, some above what is held."""
    for party in draft.parties:
        for capability in [*draft.items, *draft.counted]:
            for _ in range(draft.dice.choice((0, 0, 0, 1, 1, 2))):
                begins = draft.day(-1, draft.periods)
                if draft.new("floors", party=party, capability=capability, from_=str(begins)):
                    draft.add(
                        "floors",
                        party=party,
                        capability=capability,
                        from_=begins,
                        quantity=draft.some(1, 2, 3, "2.5"),
                        max_gap=draft.some(None, 0, 1, 2, "0.5"),
                        weight=draft.some(None, 1, 2, "0.5"),
                    )
