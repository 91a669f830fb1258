"""The model as a plain program: numbered columns, rows as lists, and SciPy's solver.

In: `Data`. Out: a peer. It is what someone writes who wants no modelling library at all.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy.optimize import (  # type: ignore[import-untyped]
    Bounds,
    LinearConstraint,
    linprog,
    milp,
)
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from benchmarks.peers.data import Data
from benchmarks.peers.peer import DUST, Answer, Arrow, highs_options

__all__ = ["Plain"]

Terms = list[tuple[float, int]]  # coefficient, column
Charge = tuple[str, str, str]


class Plain:
    """Columns, rows, and the names of both that the rules need."""

    def __init__(self, data: Data, way: str) -> None:
        self.data, self.way = data, way
        self.times = range(data.periods)
        self.low: list[float] = []
        self.high: list[float] = []
        self.integral: list[bool] = []
        self.rows: list[tuple[Terms, float, float]] = []
        self.binary: dict[Arrow, int] = {}
        self.solution: Any = None
        self.objective: dict[str, tuple[Terms, float]] = {}
        decide(self)
        for rule in (
            *(rule_1_stock, rule_2_willingness, rule_3_capacity, rule_4_production),
            *(rule_5_designation, rule_6_debt, rule_7_assurance, rule_8_floor, rule_9_need),
            *(rule_10_charges, rule_11_funds, rule_12_security, objectives),
        ):
            rule(self)

    def column(self, low: float = 0.0, high: float = math.inf, *, whole: bool = False) -> int:
        """Add a column and return its number."""
        self.low.append(low)
        self.high.append(high)
        self.integral.append(whole)
        return len(self.low) - 1

    def row(self, terms: Terms, low: float, high: float) -> None:
        """Add a row: low <= terms <= high."""
        self.rows.append((terms, low, high))

    def minimise(self, objective: str, seconds: float, attempt: int = 0) -> Answer:
        """Hand everything to SciPy."""
        terms, constant = self.objective[objective]
        cost = np.zeros(len(self.low))
        for weight, column in terms:
            cost[column] += weight
        entries = [
            (weight, row, column)
            for row, (members, _, _) in enumerate(self.rows)
            for weight, column in members
        ]
        weights, rows, columns = zip(*entries, strict=True)
        matrix = csr_array((weights, (rows, columns)), shape=(len(self.rows), len(cost)))
        low = np.array([row[1] for row in self.rows])
        high = np.array([row[2] for row in self.rows])
        options = highs_options(self.way, whole=any(self.integral), attempt=attempt)
        if options.get("solver") == "ipx":
            found = self._by_interior_point(cost, matrix, (low, high), seconds)
        else:
            found = milp(
                cost,
                integrality=np.array(self.integral, dtype=int),
                bounds=Bounds(np.array(self.low), np.array(self.high)),
                constraints=LinearConstraint(matrix, low, high),
                options={
                    "time_limit": seconds,
                    "mip_rel_gap": 0.0,
                    "presolve": options.get("presolve") != "off",
                },
            )
        if found.status != 0:
            return Answer({1: "limit", 2: "infeasible"}.get(found.status, found.message))
        self.solution = found.x
        return Answer("optimal", float(found.fun) + constant)

    def _by_interior_point(self, cost: Any, matrix: Any, sides: Any, seconds: float) -> Any:
        low, high = sides
        equal, above, below = low == high, np.isfinite(high), np.isfinite(low)
        above, below = above & ~equal, below & ~equal
        return linprog(
            cost,
            A_ub=_stacked(matrix[above], -matrix[below]),
            b_ub=np.concatenate([high[above], -low[below]]),
            A_eq=matrix[equal],
            b_eq=low[equal],
            bounds=np.column_stack([self.low, self.high]),
            method="highs-ipm",
            options={"time_limit": seconds},
        )

    def keep(self, objective: str, limit: float) -> None:
        """Add a bound row."""
        terms, constant = self.objective[objective]
        if terms:
            self.row(terms, -math.inf, limit - constant)

    def arrows(self) -> set[Arrow]:
        """List what moves."""
        return {
            (self.data.offers[name].item, self.data.offers[name].party, receiver)
            for (name, receiver, _), column in self.x.items()
            if self.solution[column] > DUST
        }

    def forbid(self, circle: list[Arrow]) -> None:
        """Rule 13: an arrow moves something only if its binary is 1; not all of a circle are."""
        for item, giver, receiver in circle:
            if (item, giver, receiver) in self.binary:
                continue
            used = self.binary[item, giver, receiver] = self.column(high=1.0, whole=True)
            along: Terms = [
                (1.0, column)
                for (name, target, _), column in self.x.items()
                if (self.data.offers[name].item, self.data.offers[name].party, target)
                == (item, giver, receiver)
            ]
            self.row([*along, (-self.data.most(giver, item), used)], -math.inf, 0.0)
        self.row([(1.0, self.binary[arrow]) for arrow in circle], -math.inf, len(circle) - 1.0)

    # What the rules fill in and read.
    x: dict[tuple[str, str, int], int]
    o: dict[tuple[str, str, str, int], int]
    y: dict[tuple[str, str, str, int], int]
    z: dict[tuple[str, str, int], int]
    stock: dict[tuple[str, str, int], int]
    leaving: dict[tuple[str, str, int], Terms]  # out[p,i,t]
    landing: dict[tuple[str, str, int], Terms]  # lanes[p,i,t]
    delivered: dict[tuple[str, str, int], Terms]  # orders[p,i,t]
    debt: dict[tuple[str, str, int], int]
    opening: dict[tuple[str, str, int], int]  # E[p,i,t]
    late: dict[tuple[str, str, int], int]
    gap: dict[tuple[str, str, int], int]
    unmet: dict[tuple[str, int], int]
    charge: dict[tuple[Charge, int], Terms]
    payment: dict[tuple[str, Charge, int], int]


def _stacked(*parts: Any) -> Any:
    from scipy.sparse import vstack

    return vstack(parts, format="csr")


def _minus(terms: Iterable[tuple[float, int]]) -> Terms:
    return [(-weight, column) for weight, column in terms]


def decide(m: Plain) -> None:
    """Make the decisions' columns: what moves, what is ordered, what it is used for."""
    data = m.data
    m.x, m.o, m.y, m.z = {}, {}, {}, {}
    m.leaving, m.landing, m.delivered = defaultdict(list), defaultdict(list), defaultdict(list)
    for (name, receiver), route in data.routes.items():
        offer = data.offers[name]
        for t in route.window:
            x = m.x[name, receiver, t] = m.column(whole=data.whole[offer.item])
            m.leaving[offer.party, offer.item, t].append((1.0, x))
            m.landing[receiver, offer.item, t + route.lead].append((1.0, x))
    for (supplier, item, customer), purchase in data.purchases.items():
        for t in purchase.window:
            o = m.o[supplier, item, customer, t] = m.column(whole=data.whole[item])
            m.delivered[customer, item, t + purchase.lead].append((1.0, o))
    for t in m.times:
        for party, item in data.debts:
            for j in data.accepted(party, item):
                m.y[party, item, j, t] = m.column(whole=data.whole[j])
        for name, need in data.needs.items():
            for j in data.counted(need):
                m.z[name, j, t] = m.column(whole=data.whole[j])
    m.stock = {(*pair, t): m.column() for pair in data.pairs for t in m.times}


def rule_1_stock(m: Plain) -> None:
    """Carry each stock; what a lane brings is handed on from the next period on."""
    for party, item in m.data.pairs:
        for t in m.times:
            key = (party, item, t)
            before = [(1.0, m.stock[party, item, t - 1])] if t else []
            given = m.data.arrivals.get(key, 0.0)
            given += 0.0 if t else m.data.opening.get((party, item), 0.0)
            at_hand = [*before, *m.delivered[key]]
            balance = [(1.0, m.stock[key]), *_minus(at_hand), *_minus(m.landing[key])]
            m.row([*balance, *m.leaving[key]], given, given)
            if m.leaving[key]:
                m.row([*m.leaving[key], *_minus(at_hand)], -math.inf, given)


def rule_2_willingness(m: Plain) -> None:
    """Dispatch in lots, within the quantity, and where asked only if others do so too."""
    mine: dict[str, Terms] = defaultdict(list)
    for (name, _, _), x in m.x.items():
        mine[name].append((1.0, x))
        lot = m.data.offers[name].lot
        if lot is not None:
            m.row([(1.0, x), (-lot, m.column(whole=True))], 0.0, 0.0)
    for name, terms in mine.items():
        offer = m.data.offers[name]
        m.row(terms, -math.inf, offer.quantity)
        if offer.if_others:
            asking = m.data.asking(offer.item)
            others: Terms = [
                (1.0, x)
                for (other, receiver, _), x in m.x.items()
                if receiver in asking
                and m.data.offers[other].item == offer.item
                and m.data.offers[other].party != offer.party
            ]
            stands = m.column(high=1.0, whole=True)
            m.row([*terms, (-offer.quantity, stands)], -math.inf, 0.0)
            m.row([*others, (-offer.if_others, stands)], 0.0, math.inf)


def rule_3_capacity(m: Plain) -> None:
    """Let all offers together send at most a lane's capacity in a period."""
    lanes: dict[tuple[str, str, str, int], Terms] = defaultdict(list)
    for (name, receiver, t), x in m.x.items():
        if m.data.routes[name, receiver].capacity is not None:
            offer = m.data.offers[name]
            lanes[offer.party, receiver, offer.item, t].append((1.0, x))
    limits = {
        (m.data.offers[name].party, receiver, m.data.offers[name].item): route.capacity
        for (name, receiver), route in m.data.routes.items()
    }
    for (giver, receiver, item, _), terms in lanes.items():
        m.row(terms, -math.inf, limits[giver, receiver, item] or 0.0)


def rule_4_production(m: Plain) -> None:
    """Deliver at most what comes off the line; order in lots."""
    lines: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for (supplier, item, customer, t), o in m.o.items():
        purchase = m.data.purchases[supplier, item, customer]
        lines[supplier, item, t + purchase.lead].append((1.0, o))
        if purchase.lot is not None:
            m.row([(1.0, o), (-purchase.lot, m.column(whole=True))], 0.0, 0.0)
    for (supplier, item, t), terms in lines.items():
        m.row(terms, -math.inf, m.data.capacity[supplier, item][t])


def rule_5_designation(m: Plain) -> None:
    """Let an arriving unit serve one purpose."""
    uses: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for (party, _, j, t), y in m.y.items():
        uses[party, j, t].append((1.0, y))
    for (name, j, t), z in m.z.items():
        uses[m.data.needs[name].party, j, t].append((1.0, z))
    for key, terms in uses.items():
        came = [*m.landing[key], *m.delivered[key]]
        m.row([*terms, *_minus(came)], -math.inf, m.data.free.get(key, 0.0))


def rule_6_debt(m: Plain) -> None:
    """Carry each debt: what is handed over adds to it, what settles it takes from it."""
    m.debt = {(*pair, t): m.column() for pair in m.data.debts for t in m.times}
    for (party, item), debt in m.data.debts.items():
        for t in m.times:
            terms: Terms = [(1.0, m.debt[party, item, t])]
            terms += [(-1.0, m.debt[party, item, t - 1])] if t else []
            terms += [(-debt.ratio * weight, x) for weight, x in m.leaving[party, item, t]]
            for j, rate in m.data.accepted(party, item).items():
                terms.append((rate, m.y[party, item, j, t]))
            before = 0.0 if t else debt.opening
            m.row(terms, before, before)


def rule_7_assurance(m: Plain) -> None:
    """Count as late what is owed beyond the hand-overs of the last periods and debts not yet due."""
    m.late, m.opening = {}, {}
    for (party, item), debt in m.data.debts.items():
        for t in m.times:
            key = (party, item, t)
            late = m.late[key] = m.column()
            owed = m.opening[key] = m.column(high=debt.opening)  # E
            not_due = m.column(high=debt.not_due[t])  # e
            if t:
                m.row([(1.0, owed), (-1.0, m.opening[party, item, t - 1])], -math.inf, 0.0)
            m.row([(1.0, owed), (-1.0, m.debt[key])], -math.inf, 0.0)
            m.row([(1.0, not_due), (-1.0, owed)], -math.inf, 0.0)
            recent = [
                (-debt.ratio * weight, x)
                for s in range(max(0, t - debt.within + 1), t + 1)
                for weight, x in m.leaving[party, item, s]
            ]
            m.row([(1.0, m.debt[key]), (-1.0, late), (-1.0, not_due), *recent], -math.inf, 0.0)
            if debt.hard:
                m.row([(1.0, late), (-1.0, owed), (1.0, not_due)], -math.inf, 0.0)


def rule_8_floor(m: Plain) -> None:
    """Keep the strength of each role, or count a gap, as far as that is agreed."""
    m.gap = {}
    for (party, capability, t), floor in m.data.floors.items():
        gap = m.gap[party, capability, t] = m.column(high=floor.most_below)
        for role in floor.roles.values():
            strength = [
                (weight, m.stock[party, item, t])
                for item, weight in role.items()
                if (party, item, t) in m.stock
            ]
            m.row([*strength, (1.0, gap)], floor.quantity, math.inf)


def rule_9_need(m: Plain) -> None:
    """Count what has served a need so far; it stays in stock; the weakest role decides."""
    m.unmet = {}
    kept: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for name, need in m.data.needs.items():
        served = {(j, t): m.column() for j in m.data.counted(need) for t in m.times}
        for (j, t), so_far in served.items():
            before = [(-1.0, served[j, t - 1])] if t else []
            m.row([(1.0, so_far), *before, (-1.0, m.z[name, j, t])], 0.0, 0.0)
            kept[need.party, j, t].append((1.0, so_far))
        for t in m.times:
            met = m.column()
            hard = need.hard and t >= need.due
            unmet = m.unmet[name, t] = m.column(high=0.0 if hard else math.inf)
            m.row([(1.0, unmet), (1.0, met)], need.quantity, math.inf)
            for role in need.roles.values():
                strength = [(-w, served[j, t]) for j, w in role.items() if (j, t) in served]
                m.row([(1.0, met), *strength], -math.inf, 0.0)
            if need.step is not None:
                m.row([(1.0, met), (-need.step, m.column(whole=True))], 0.0, 0.0)
    for key, terms in kept.items():
        m.row([*terms, (-1.0, m.stock[key])], -math.inf, 0.0)


def rule_10_charges(m: Plain) -> None:
    """Add up what orders, dispatches and dues cost, and pay each of it in full."""
    m.charge, m.payment = defaultdict(list), {}
    last = m.data.periods - 1
    for (supplier, item, customer, t), o in m.o.items():
        purchase = m.data.purchases[supplier, item, customer]
        for after, share in purchase.payments:
            if purchase.price:
                key = (("order", item, customer), min(t + after, last))
                m.charge[key].append((share * purchase.price, o))
    for (name, receiver, t), x in m.x.items():
        offer, cost = m.data.offers[name], m.data.routes[name, receiver].unit_cost
        if cost:
            m.charge[("handover", offer.item, receiver), t].append((cost, x))
        if offer.compensation:
            key = (("compensation", offer.item, offer.party), t)
            m.charge[key].append((offer.compensation, x))
    for charge, t in dict.fromkeys([*m.charge, *m.data.dues]):
        for fund in m.data.pays[charge]:
            if t < m.data.ends[fund]:
                m.payment[fund, charge, t] = m.column()
        paid = [
            (1.0, m.payment[fund, charge, t])
            for fund in m.data.pays[charge]
            if (fund, charge, t) in m.payment
        ]
        due = m.data.dues.get((charge, t), 0.0)
        m.row([*paid, *_minus(m.charge[charge, t])], due, due)


def rule_11_funds(m: Plain) -> None:
    """Pay out of each fund at most what has been released so far."""
    paid: dict[tuple[str, int], Terms] = defaultdict(list)
    for (fund, _, t), money in m.payment.items():
        paid[fund, t].append((-1.0, money))
    for fund, released in m.data.released.items():
        before: Terms = []
        for t in m.times:
            spent = m.column(high=released[t])
            m.row([(1.0, spent), *before, *paid[fund, t]], 0.0, 0.0)
            before = [(-1.0, spent)]


def rule_12_security(m: Plain) -> None:
    """Hand nothing over before its replacement is under way, where the assurance says so."""
    shares: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for (party, item), debt in m.data.debts.items():
        if debt.secured:
            for t in m.times:
                terms: Terms = [(1.0, m.debt[party, item, t]), (-1.0, m.opening[party, item, t])]
                for j, rate in m.data.accepted(party, item).items():
                    w = m.column()
                    shares[party, j, t].append((1.0, w))
                    terms.append((-rate, w))
                m.row(terms, -math.inf, 0.0)
    begun: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for (name, receiver, t), x in m.x.items():
        for s in range(t, t + m.data.routes[name, receiver].lead):
            begun[receiver, m.data.offers[name].item, s].append((-1.0, x))
    for (supplier, item, customer, t), o in m.o.items():
        for s in range(t, t + m.data.purchases[supplier, item, customer].lead):
            begun[customer, item, s].append((-1.0, o))
    for (party, j, t), terms in shares.items():
        later = [m.data.free.get((party, j, s), 0.0) for s in m.times if s > t]
        m.row([*terms, *begun[party, j, t]], -math.inf, math.fsum(later))


def objectives(m: Plain) -> None:
    """Write the objectives down; the last one needs columns of its own."""
    data, last = m.data, m.data.periods - 1
    late: Terms = [
        (data.debts[party, item].weight * (1 + data.settlement if t == last else 1), column)
        for (party, item, t), column in m.late.items()
    ]
    unmet: Terms = [
        (data.needs[name].weight, column)
        for (name, t), column in m.unmet.items()
        if t >= data.needs[name].due
    ]
    moved: Terms = [(data.moving[data.offers[key[0]].item], x) for key, x in m.x.items()]
    moved += [(data.moving[key[1]], o) for key, o in m.o.items()]
    m.objective = {
        "late_replacement": (late, 0.0),
        "unmet_need": (unmet, 0.0),
        "capability_gap": ([(data.floors[key].weight, g) for key, g in m.gap.items()], 0.0),
        "spend": (
            [term for terms in m.charge.values() for term in terms],
            math.fsum(data.dues.values()),
        ),
        "moved_value": (moved, 0.0),
        "unfairness": (_unfairness(m), 0.0),
    }


def _unfairness(m: Plain) -> Terms:
    """Half the sum of what each burden is away from its share of all burdens."""
    burdens: dict[str, int] = {party: m.column(low=-math.inf) for party in m.data.burden_share}
    for party, burden in burdens.items():
        terms, constant = _burden(m, party)
        m.row([(1.0, burden), *_minus(terms)], constant, constant)
    away: Terms = []
    for party, share in m.data.burden_share.items():
        deviation = m.column()
        apart = [(-share, burden) for burden in burdens.values()]
        apart.append((1.0, burdens[party]))
        m.row([*apart, (-1.0, deviation)], -math.inf, 0.0)
        m.row([*_minus(apart), (-1.0, deviation)], -math.inf, 0.0)
        away.append((0.5, deviation))
    return away


def _burden(m: Plain, party: str) -> tuple[Terms, float]:
    """V: paid and handed over, less what came and what was compensated."""
    data, terms = m.data, []
    constant = data.given_before.get(party, 0.0)
    for (fund, _, _), money in m.payment.items():
        if data.purse[fund] == party:
            terms.append((1.0, money))
    for (name, receiver, _), x in m.x.items():
        offer = data.offers[name]
        if offer.party == party:
            terms.append((data.value[offer.item] - offer.compensation, x))
        elif receiver == party:
            terms.append((-data.value[offer.item], x))
    for (_, item, customer, _), o in m.o.items():
        if customer == party:
            terms.append((-data.value[item], o))
    for ((purpose, _, beneficiary), _), amount in data.dues.items():
        if (purpose, beneficiary) == ("compensation", party):
            constant -= amount
    return terms, constant
