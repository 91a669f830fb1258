"""The rules in linopy: for each, the terms that belong to its rows, and all of its rows at once.

In: `Data`. Out: a peer. The rules name records and weights; `linopy_model` sums and solves.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from benchmarks.peers.data import Data
from benchmarks.peers.linopy_model import (
    Key,
    LinopyModel,
    before,
    delivered,
    landing,
    leaving,
    same,
    times,
)

__all__ = ["InLinopy"]


class InLinopy(LinopyModel):
    """The whole model."""

    def __init__(self, data: Data, way: str) -> None:
        super().__init__(data, way)
        decide(self)
        for rule in (
            *(rule_1_stock, rule_2_willingness, rule_3_capacity, rule_4_production),
            *(rule_5_designation, rule_6_debt, rule_7_assurance, rule_8_floor, rule_9_need),
            *(rule_10_charges, rule_11_funds, rule_12_security, objectives),
        ):
            rule(self)


def decide(m: LinopyModel) -> None:
    """Make the decisions' variables: what moves, what is ordered, what it is used for."""
    data, periods, whole = m.data, m.times, m.data.whole
    ways = [(*key, t) for key, route in data.routes.items() for t in route.window]
    m.variables("x", ways, whole=[whole[data.offers[name].item] for name, _, _ in ways])
    buys = [(*key, t) for key, purchase in data.purchases.items() for t in purchase.window]
    m.variables("o", buys, whole=[whole[item] for _, item, _, _ in buys])
    back = [(*pair, j, t) for pair in data.debts for j in data.accepted(*pair) for t in periods]
    m.variables("y", back, whole=[whole[j] for _, _, j, _ in back])
    serves = [
        (n, j, t) for n, need in data.needs.items() for j in data.counted(need) for t in periods
    ]
    m.variables("z", serves, whole=[whole[j] for _, j, _ in serves])
    cells = [(*pair, t) for pair in data.pairs for t in periods]
    m.variables("stock", cells)
    m.ways, m.buys, m.back, m.serves, m.cells = ways, buys, back, serves, cells


def rule_1_stock(m: LinopyModel) -> None:
    """Carry each stock; what a lane brings is handed on from the next period on."""
    sent, came, ordered = leaving(m), landing(m), delivered(m)
    stock = [*same(m.cells), *times(-1, before(m.cells))]
    moved = m.total("x", m.cells, [*sent, *times(-1, came)])
    balance = m.total("stock", m.cells, stock) + moved - m.total("o", m.cells, ordered)
    m.require("rule 1: stock", balance, "==", _given(m, m.cells))
    rows = list(dict.fromkeys(row for row, _, _ in sent))
    at_hand = m.total("stock", rows, before(m.cells)) + m.total("o", rows, ordered)
    m.require("rule 1: out", m.total("x", rows, sent) - at_hand, "<=", _given(m, rows))


def _given(m: LinopyModel, rows: list[Key]) -> list[float]:
    opening, arrivals = m.data.opening, m.data.arrivals
    return [
        arrivals.get((p, i, t), 0.0) + (0.0 if t else opening.get((p, i), 0.0)) for p, i, t in rows
    ]


def _in_lots(m: LinopyModel, name: str, lots: dict[Key, float]) -> None:
    """Let each record be a multiple of its lot."""
    if lots:
        rows = list(lots)
        m.variables(f"lots of {name}", rows, whole=[True] * len(rows))
        multiple = m.total(f"lots of {name}", rows, [(key, key, lot) for key, lot in lots.items()])
        m.require(f"{name} in lots", m.total(name, rows, same(rows)) - multiple, "==", 0.0)


def rule_2_willingness(m: LinopyModel) -> None:
    """Dispatch in lots, within the quantity, and where asked only if others do so too."""
    offers, rows = m.data.offers, [(name,) for name in m.data.offers]
    mine = [(key[:1], key, 1.0) for key in m.ways]
    most = [offers[name].quantity for (name,) in rows]
    m.require("rule 2: quantity", m.total("x", rows, mine), "<=", most)
    _in_lots(m, "x", {key: offers[key[0]].lot or 0.0 for key in m.ways if offers[key[0]].lot})
    rows = [row for row in rows if offers[row[0]].if_others]
    others = [
        ((name,), key, 1.0)
        for (name,) in rows
        for key in m.ways
        if offers[key[0]].item == offers[name].item
        and offers[key[0]].party != offers[name].party
        and key[1] in m.data.asking(offers[name].item)
    ]
    if rows:
        m.variables("stands", rows, high=1.0, whole=[True] * len(rows))
        most_if = m.total("stands", rows, [(row, row, offers[row[0]].quantity) for row in rows])
        m.require("rule 2: stands", m.total("x", rows, mine) - most_if, "<=", 0.0)
        wanted = [(row, row, offers[row[0]].if_others or 0.0) for row in rows]
        m.require(
            "rule 2: others",
            m.total("x", rows, others) - m.total("stands", rows, wanted),
            ">=",
            0.0,
        )


def rule_3_capacity(m: LinopyModel) -> None:
    """Let all offers together send at most a lane's capacity in a period."""
    terms, capacity = [], {}
    for key in m.ways:
        limit = m.data.routes[key[:2]].capacity
        if limit is not None:
            row = (*m.arrow(key), key[2])
            capacity[row] = limit
            terms.append((row, key, 1.0))
    rows = list(capacity)
    m.require("rule 3", m.total("x", rows, terms), "<=", list(capacity.values()))


def rule_4_production(m: LinopyModel) -> None:
    """Deliver at most what comes off the line; order in lots."""
    purchases = m.data.purchases
    terms = [((*key[:2], key[3] + purchases[key[:3]].lead), key, 1.0) for key in m.buys]
    rows = list(dict.fromkeys(row for row, _, _ in terms))
    capacity = [m.data.capacity[supplier, item][t] for supplier, item, t in rows]
    m.require("rule 4", m.total("o", rows, terms), "<=", capacity)
    lots = {key: purchases[key[:3]].lot or 0.0 for key in m.buys if purchases[key[:3]].lot}
    _in_lots(m, "o", lots)


def rule_5_designation(m: LinopyModel) -> None:
    """Let an arriving unit serve one purpose."""
    settle = [((key[0], *key[2:]), key, 1.0) for key in m.back]
    serve = [((m.data.needs[key[0]].party, *key[1:]), key, 1.0) for key in m.serves]
    rows = list(dict.fromkeys(row for row, _, _ in [*settle, *serve]))
    used = m.total("y", rows, settle) + m.total("z", rows, serve)
    came = m.total("x", rows, landing(m)) + m.total("o", rows, delivered(m))
    m.require("rule 5", used - came, "<=", [m.data.free.get(row, 0.0) for row in rows])


def rule_6_debt(m: LinopyModel) -> None:
    """Carry each debt: what is handed over adds to it, what settles it takes from it."""
    debts = m.data.debts
    m.owed = [(*pair, t) for pair in debts for t in m.times]
    m.variables("debt", m.owed)
    grown = [(row, key, debts[row[:2]].ratio) for row, key, _ in leaving(m) if row[:2] in debts]
    settled = [((p, i, t), (p, i, j, t), debts[p, i].accepted[j]) for p, i, j, t in m.back]
    carried = m.total("debt", m.owed, [*same(m.owed), *times(-1, before(m.owed))])
    change = m.total("y", m.owed, settled) - m.total("x", m.owed, grown)
    opening = [0.0 if t else debts[p, i].opening for p, i, t in m.owed]
    m.require("rule 6", carried + change, "==", opening)


def rule_7_assurance(m: LinopyModel) -> None:
    """Count as late what is owed beyond the hand-overs of the last periods and debts not yet due."""
    debts, rows = m.data.debts, m.owed
    m.variables("late", rows)
    m.variables("E", rows, high=[debts[p, i].opening for p, i, _ in rows])
    m.variables("e", rows, high=[debts[p, i].not_due[t] for p, i, t in rows])
    late, owed, not_due, debt = (m.total(v, rows, same(rows)) for v in ("late", "E", "e", "debt"))
    later = [row for row in rows if row[2] > 0]
    shrinks = [*same(rows), *times(-1, before(rows))]
    m.require("rule 7: E shrinks", m.total("E", later, shrinks), "<=", 0.0)
    m.require("rule 7: E", owed - debt, "<=", 0.0)
    m.require("rule 7: e", not_due - owed, "<=", 0.0)
    recent = [
        ((party, item, t), key, debts[party, item].ratio)
        for (party, item, s), key, _ in leaving(m)
        if (party, item) in debts
        for t in range(s, s + debts[party, item].within)
    ]
    m.require("rule 7", debt - late - not_due - m.total("x", rows, recent), "<=", 0.0)
    hard = [row for row in rows if debts[row[:2]].hard]
    overdue = (m.total(v, hard, same(hard)) for v in ("late", "E", "e"))
    late, owed, not_due = overdue
    m.require("rule 7: hard", late - owed + not_due, "<=", 0.0)


def rule_8_floor(m: LinopyModel) -> None:
    """Keep the strength of each role, or count a gap, as far as that is agreed."""
    floors = m.data.floors
    m.variables("gap", floors, high=[floor.most_below for floor in floors.values()])
    rows = [(key, role) for key, floor in floors.items() for role in floor.roles]
    strength = [
        (((party, capability, t), role), (party, item, t), weight)
        for (party, capability, t), role in rows
        for item, weight in floors[party, capability, t].roles[role].items()
    ]
    gaps = m.total("gap", rows, [(row, row[0], 1.0) for row in rows])
    quantity = [floors[key].quantity for key, _ in rows]
    m.require("rule 8", m.total("stock", rows, strength) + gaps, ">=", quantity)


def rule_9_need(m: LinopyModel) -> None:
    """Count what has served a need so far; it stays in stock; the weakest role decides."""
    needs = m.data.needs
    rows = [(name, t) for name in needs for t in m.times]
    m.variables("served", m.serves)
    so_far = m.total("served", m.serves, [*same(m.serves), *times(-1, before(m.serves))])
    m.require("rule 9: served", so_far - m.total("z", m.serves, same(m.serves)), "==", 0.0)
    hard = [needs[name].hard and t >= needs[name].due for name, t in rows]
    m.variables("unmet", rows, high=np.where(hard, 0.0, math.inf))
    m.variables("met", rows)
    unmet, met = m.total("unmet", rows, same(rows)), m.total("met", rows, same(rows))
    m.require("rule 9: unmet", unmet + met, ">=", [needs[name].quantity for name, _ in rows])
    by_role = [(name, role, t) for name, t in rows for role in needs[name].roles]
    strength = [
        ((name, role, t), (name, item, t), weight)
        for name, role, t in by_role
        for item, weight in needs[name].roles[role].items()
    ]
    met = m.total("met", by_role, [(row, (row[0], row[2]), 1.0) for row in by_role])
    m.require("rule 9: met", met - m.total("served", by_role, strength), "<=", 0.0)
    _in_lots(m, "met", {key: needs[key[0]].step or 0.0 for key in rows if needs[key[0]].step})
    kept = [((needs[name].party, j, t), (name, j, t), 1.0) for name, j, t in m.serves]
    cells = list(dict.fromkeys(row for row, _, _ in kept))
    in_use = m.total("served", cells, kept) - m.total("stock", cells, same(cells))
    m.require("rule 9: kept", in_use, "<=", 0.0)


def rule_10_charges(m: LinopyModel) -> None:
    """Add up what orders, dispatches and dues cost, and pay each of it in full."""
    data, last = m.data, m.data.periods - 1
    m.charges = []
    for key in m.buys:
        supplier, item, customer, t = key
        purchase = data.purchases[supplier, item, customer]
        for after, share in purchase.payments if purchase.price else ():
            row = (("order", item, customer), min(t + after, last))
            m.charges.append((row, key, share * purchase.price))
    for key in m.ways:
        name, receiver, t = key
        offer, cost = data.offers[name], data.routes[name, receiver].unit_cost
        if cost:
            m.charges.append(((("handover", offer.item, receiver), t), key, cost))
        if offer.compensation:
            row = (("compensation", offer.item, offer.party), t)
            m.charges.append((row, key, offer.compensation))
    rows = list(dict.fromkeys([*(row for row, _, _ in m.charges), *data.dues]))
    m.payments = [
        (fund, charge, t) for charge, t in rows for fund in data.pays[charge] if t < data.ends[fund]
    ]
    m.variables("payment", m.payments)
    paid = m.total("payment", rows, [(key[1:], key, 1.0) for key in m.payments])
    cost = m.total("o", rows, m.charges) + m.total("x", rows, m.charges)
    m.require("rule 10", paid - cost, "==", [data.dues.get(row, 0.0) for row in rows])


def rule_11_funds(m: LinopyModel) -> None:
    """Pay out of each fund at most what has been released so far."""
    rows = [(fund, t) for fund in m.data.released for t in m.times]
    m.variables("spent", rows, high=[m.data.released[fund][t] for fund, t in rows])
    spent = m.total("spent", rows, [*same(rows), *times(-1, before(rows))])
    paid = m.total("payment", rows, [((key[0], key[2]), key, 1.0) for key in m.payments])
    m.require("rule 11", spent - paid, "==", 0.0)


def rule_12_security(m: LinopyModel) -> None:
    """Hand nothing over before its replacement is under way, where the assurance says so."""
    debts, offers = m.data.debts, m.data.offers
    shares = [key for key in m.back if debts[key[:2]].secured]
    m.variables("w", shares)
    rows = [row for row in m.owed if debts[row[:2]].secured]
    cover = [((p, i, t), (p, i, j, t), debts[p, i].accepted[j]) for p, i, j, t in shares]
    owed = m.total("debt", rows, same(rows)) - m.total("E", rows, same(rows))
    m.require("rule 12", owed - m.total("w", rows, cover), "<=", 0.0)
    used = [((p, j, t), (p, i, j, t), 1.0) for p, i, j, t in shares]
    cells = list(dict.fromkeys(row for row, _, _ in used))
    sent = [
        ((key[1], offers[key[0]].item, s), key, 1.0)
        for key in m.ways
        for s in range(key[2], key[2] + m.data.routes[key[:2]].lead)
    ]
    ordered = [
        ((key[2], key[1], s), key, 1.0)
        for key in m.buys
        for s in range(key[3], key[3] + m.data.purchases[key[:3]].lead)
    ]
    free = [
        math.fsum(m.data.free.get((p, j, s), 0.0) for s in m.times if s > t) for p, j, t in cells
    ]
    begun = m.total("x", cells, sent) + m.total("o", cells, ordered)
    m.require("rule 12: under way", m.total("w", cells, used) - begun, "<=", free)


def objectives(m: LinopyModel) -> None:
    """Write the objectives down."""
    data, last = m.data, m.data.periods - 1
    late = {
        key: data.debts[key[:2]].weight * (1 + data.settlement if key[2] == last else 1)
        for key in m.owed
    }
    unmet = {
        (name, t): need.weight
        for name, need in data.needs.items()
        for t in m.times
        if t >= need.due
    }
    moved = {key: data.moving[data.offers[key[0]].item] for key in m.ways}
    ordered = {key: data.moving[key[1]] for key in m.buys}
    dues = math.fsum(data.dues.values())
    cost = [((), key, weight) for _, key, weight in m.charges]
    m.objective = {
        "late_replacement": _sum(m, "late", late),
        "unmet_need": _sum(m, "unmet", unmet),
        "capability_gap": _sum(m, "gap", {key: f.weight for key, f in data.floors.items()}),
        "spend": m.total("o", [()], cost) + m.total("x", [()], cost) + dues,
        "moved_value": _sum(m, "x", moved) + _sum(m, "o", ordered),
        "unfairness": _unfairness(m),
    }


def _sum(m: LinopyModel, name: str, weights: dict[Any, float]) -> Any:
    return m.total(name, [()], [((), key, weight) for key, weight in weights.items()])


def _unfairness(m: LinopyModel) -> Any:
    """Half the sum of what each burden is away from its share of all burdens."""
    share = m.data.burden_share
    rows = [(party,) for party in share]
    if not rows:
        return 0.0
    _burdens(m, rows)
    m.variables("deviation", rows)
    away = m.total("deviation", rows, same(rows))
    of_all = [(row, key, float(row == key) - share[row[0]]) for row in rows for key in rows]
    apart = m.total("burden", rows, of_all)
    m.require("unfairness: above", apart - away, "<=", 0.0)
    m.require("unfairness: below", apart + away, ">=", 0.0)
    return _sum(m, "deviation", dict.fromkeys(rows, 0.5))


def _burdens(m: LinopyModel, rows: list[Key]) -> None:
    """V: paid and handed over, less what came and what was compensated."""
    data = m.data
    paid = [((data.purse[key[0]],), key, 1.0) for key in m.payments]
    moved = []
    for key in m.ways:
        offer = data.offers[key[0]]
        worth = data.value[offer.item]
        moved.append(((offer.party,), key, worth - offer.compensation))
        moved.append(((key[1],), key, -worth))
    bought = [((key[2],), key, -data.value[key[1]]) for key in m.buys]
    given = {party: data.given_before.get(party, 0.0) for (party,) in rows}
    for ((purpose, _, party), _), amount in data.dues.items():
        if purpose == "compensation" and party in given:
            given[party] -= amount
    m.variables("burden", rows, low=-math.inf)
    burden = m.total("burden", rows, same(rows)) - m.total("payment", rows, paid)
    goods = m.total("x", rows, moved) + m.total("o", rows, bought)
    m.require("unfairness: burden", burden - goods, "==", list(given.values()))
