"""A case with more of everything than a picture can show."""

from __future__ import annotations

import random
from decimal import Decimal
from functools import cache
from typing import Any

from ringtausch.records import Objective, Plan, Scenario
from ringtausch.records import plan as p
from ringtausch.records import tables as t
from tests.pictures.cases import Case, at, day, make_plan, make_scenario


@cache
def big(parties: int = 60, items: int = 20, count: int = 120, seed: int = 7) -> Case:
    """Return weeks of hand-overs between everyone; nobody made sure that it keeps the rules."""
    rng = random.Random(seed)
    names = [f"P{n}" for n in range(parties)]
    things = [f"I{n}" for n in range(items)]
    scenario = _scenario(rng, names, things, count)
    return scenario, _plan(rng, scenario, count)


def _scenario(rng: random.Random, names: list[str], things: list[str], count: int) -> Scenario:
    pairs = [(a, i) for a in names for i in things]
    start = day("2025-07-01")
    whole: dict[str, Any] = {
        "value": Decimal(1000),
        "currency": "",
        "indivisible": False,
        "unit": "unit",
    }
    return make_scenario(
        name="Big",
        period="week",
        horizon=count // 2,
        settlement=count - count // 2,
        parties=tuple(t.Party(party=n, name=f"Party {n}", burden_key=Decimal(1)) for n in names),
        items=tuple(t.Item(item=i, name=f"Item {i}", **whole) for i in things),
        stocks=tuple(
            t.Stock(party=a, item=i, quantity=Decimal(500), source=f"https://example.org/{a}/{i}")
            for a, i in pairs
        ),
        floors=tuple(
            t.Floor(party=a, capability=i, from_=start, quantity=Decimal(450), max_gap=Decimal(9),
                    weight=Decimal(1), note=f"assumption: {a}")
            for a, i in rng.sample(pairs, 200)
        ),
        assurances=tuple(
            t.Assurance(party=a, item=i, within=26, ratio=Decimal(1), weight=Decimal(1), hard=False,
                        secured=False)
            for a, i in pairs
        ),
        needs=tuple(
            t.Need(need=f"n{a}{i}", party=a, capability=i, quantity=Decimal(90), step=None, hard=False,
                   due=start, weight=Decimal(1))
            for a, i in rng.sample(pairs, 120)
        ),
        funds=tuple(t.Fund(fund=f"f{n}", party=n, currency="", until=None) for n in names),
        releases=tuple(t.Release(fund=f"f{n}", date=start, amount=Decimal(10**9)) for n in names),
    )  # fmt: skip


def _plan(rng: random.Random, scenario: Scenario, count: int) -> Plan:
    names = [row.party for row in scenario.parties]
    things = [row.item for row in scenario.items]

    def sent(k: int) -> p.Dispatch:
        a, b = rng.sample(names, 2)
        when = rng.randrange(count // 2)
        return p.Dispatch(offer=f"o{k}", from_=a, to=b, item=rng.choice(things), arrives=when + 2,
                          quantity=float(rng.randint(1, 9)), **at(scenario, when))  # fmt: skip

    dispatches = [sent(k) for k in range(6000)]
    orders = [
        p.Order(supplier=f"Maker {d.item}", item=d.item, customer=d.from_, quantity=d.quantity,
                delivered=min(count - 1, d.period + rng.randint(5, 40)), **at(scenario, d.period))
        for d in dispatches
    ]  # fmt: skip
    return make_plan(
        scenario,
        status="feasible",
        dispatches=dispatches,
        orders=orders,
        settlements=[
            p.Settlement(party=o.customer, item=o.item, accepted=o.item, quantity=o.quantity,
                         **at(scenario, o.delivered))
            for o in orders
        ],
        fulfilments=[
            p.Fulfilment(need=n.need, item=n.capability, quantity=float(rng.randint(1, 30)),
                         **at(scenario, rng.randrange(count)))
            for n in scenario.needs for _ in range(3)
        ],
        payments=[
            p.Payment(fund=f"f{o.customer}", purpose="order", item=o.item, party=o.customer,
                      amount=1000 * o.quantity, **at(scenario, o.period))
            for o in orders
        ],
        gaps=[
            p.GapLevel(party=f.party, capability=f.capability, quantity=float(k % 9), floor=450.0,
                       **at(scenario, k))
            for f in scenario.floors for k in range(20, 60)
        ],
        objectives={"late_replacement": Objective(12.0, 10.0), "unmet_need": Objective(5.0, None)},
    )  # fmt: skip
