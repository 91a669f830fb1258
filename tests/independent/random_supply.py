"""Draw who may send to whom, who sells what, and the money."""

from .random_draft import Draft


def add_lanes(draft: Draft) -> None:
    """Draw lanes, with wildcards that compete for the same lane."""
    if draft.chance(0.8):
        _lane(draft, "*", "*", "*")
    for _ in range({"micro": 2, "tiny": 7, "small": 14}[draft.size]):
        origin, target = draft.dice.sample(draft.parties, 2)
        item = draft.dice.choice(draft.items)
        names = [name if draft.chance(0.55) else "*" for name in (origin, target, item)]
        if draft.new("lanes", from_=names[0], to=names[1], item=names[2]):
            _lane(draft, *names)


def _lane(draft: Draft, origin: str, target: str, item: str) -> None:
    first, last = draft.days()
    draft.add(
        "lanes",
        from_=origin,
        to=target,
        item=item,
        lead=draft.some(None, 0, 1) if draft.size == "micro" else draft.some(None, 0, 1, 1, 2),
        capacity=draft.some(None, None, 1, 2, "1.5", 3),
        unit_cost=draft.maybe(0.4, draft.price(1, 3)),
        currency=draft.currency(),
        opens="never" if draft.chance(0.12) else first,
        until=last,
    )


def add_supply(draft: Draft) -> None:
    """Draw suppliers, with wildcards, and production that starts, changes and is not whole."""
    suppliers = ["s1"] if draft.size == "micro" or draft.chance(0.5) else ["s1", "s2"]
    for supplier in suppliers:
        for _ in range(draft.dice.randint(1, 3)):
            item = draft.dice.choice(["*", *draft.items])
            customer = draft.dice.choice(["*", "*", *draft.parties])
            if draft.new("supply", supplier=supplier, item=item, customer=customer):
                _supply(draft, supplier, item, customer)
        rates = ("0.5", "0.7", 1, 1) if draft.size == "micro" else (1, 2, "0.4", "0.7", "1.5")
        for item in draft.items:
            for _ in range(draft.dice.choice((0, 1, 1, 1, 2))):
                begins = draft.day(-1, draft.periods // 2)
                key = {"supplier": supplier, "item": item, "from_": str(begins)}
                if draft.new("production", **key):
                    draft.add("production", **key, capacity=draft.some(0, *rates))


def _supply(draft: Draft, supplier: str, item: str, customer: str) -> None:
    first, last = draft.days()
    draft.add(
        "supply",
        supplier=supplier,
        item=item,
        customer=customer,
        price=draft.maybe(0.85, draft.price(1, 9)),
        currency=draft.currency(),
        lead=draft.some(None, 0, 1) if draft.size == "micro" else draft.some(None, 0, 1, 2, 3),
        payments=draft.some(None, None, "0:1", "0:0.3 2:0.7", "1:0.5 20:0.5", "3:1"),
        opens=first,
        until=last,
        lot=draft.maybe(0.05 if draft.size == "micro" else 0.25, 2),
    )


def add_money(draft: Draft) -> None:
    """Draw funds that differ in owner, currency, end and earmarks; and charges already made."""
    owner = draft.dice.choice(draft.parties)
    one_owner = draft.size == "micro" and draft.chance(0.7)
    for number in range(draft.dice.choice((0, 1, 1, 1, 1, 2, 2, 2, 2, 3))):
        fund = f"fund{number}"
        draft.add(
            "funds",
            fund=fund,
            party=owner if one_owner else draft.dice.choice(draft.parties),
            currency=draft.currency(),
            until=draft.maybe(0.3, draft.day(-1, draft.periods + 1)),
        )
        for _ in range(draft.dice.choice((1, 1, 2, 3))):
            amount = draft.price(2, 40)
            draft.add("releases", fund=fund, date=draft.day(-1, draft.horizon), amount=amount)
        for _ in range(draft.dice.choice((0, 0, 0, 0, 1, 2, 3))):
            draft.add(
                "earmarks",
                fund=fund,
                purpose=draft.some("*", "*", "order", "handover", "compensation"),
                item=draft.some("*", "*", draft.dice.choice(draft.items)),
                party=draft.some("*", "*", draft.dice.choice(draft.parties)),
            )
    while draft.chance(0.12):
        draft.add(
            "dues",
            purpose=draft.some("order", "handover", "compensation"),
            item=draft.dice.choice(draft.items),
            party=draft.dice.choice(draft.parties),
            date=draft.day(-1, draft.periods + 1),
            amount=draft.price(1, 4),
            currency=draft.currency(),
        )
