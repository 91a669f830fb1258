"""The model in PuLP: dictionaries of variables, and constraints added with `+=`.

In: `Data`. Out: a peer. With its defaults PuLP calls CBC, which it brings along; its best way is HiGHS.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import pulp
from pulp import LpVariable, lpSum

from benchmarks.peers.data import Data
from benchmarks.peers.peer import DUST, Answer, Arrow, highs_options

__all__ = ["InPulp"]

Charge = tuple[str, str, str]


class InPulp:
    """A PuLP problem, its variables by name, and its objectives."""

    def __init__(self, data: Data, way: str) -> None:
        self.data, self.way = data, way
        self.times = range(data.periods)
        self.problem = pulp.LpProblem("plan", pulp.LpMinimize)
        self.binary: dict[Arrow, Any] = {}
        self.objective: dict[str, Any] = {}
        self.count = 0
        decide(self)
        for rule in (
            *(rule_1_stock, rule_2_willingness, rule_3_capacity, rule_4_production),
            *(rule_5_designation, rule_6_debt, rule_7_assurance, rule_8_floor, rule_9_need),
            *(rule_10_charges, rule_11_funds, rule_12_security, objectives),
        ):
            rule(self)

    def variable(
        self, name: str, low: float | None = 0, high: float | None = None, *, whole: bool = False
    ) -> Any:
        """Make a variable; PuLP wants every name once."""
        self.count += 1
        kind = pulp.LpInteger if whole else pulp.LpContinuous
        return LpVariable(f"{name}_{self.count}", low, high, kind)

    def minimise(self, objective: str, seconds: float, attempt: int = 0) -> Answer:
        """Solve with what PuLP finds, or with HiGHS by an interior point with crossover."""
        self.problem.setObjective(self.objective[objective])
        if self.way == "defaults":
            extra = ["presolve off"] if attempt else []
            solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, gapRel=0.0, options=extra)
        else:
            options = highs_options(self.way, whole=self.problem.isMIP(), attempt=attempt)
            solver = pulp.HiGHS(msg=False, timeLimit=seconds, **options)
        self.problem.solve(solver)
        if self.problem.sol_status != pulp.LpSolutionOptimal:
            return Answer(pulp.LpStatus[self.problem.status].lower())
        return Answer("optimal", pulp.value(self.objective[objective]) or 0.0)

    def keep(self, objective: str, limit: float) -> None:
        """Add a bound row."""
        self.problem += self.objective[objective] <= limit

    def arrows(self) -> set[Arrow]:
        """List what moves."""
        return {
            (self.data.offers[name].item, self.data.offers[name].party, receiver)
            for (name, receiver, _), x in self.x.items()
            if (x.value() or 0) > DUST
        }

    def forbid(self, circle: list[Arrow]) -> None:
        """Rule 13: an arrow moves something only if its binary is 1; not all of a circle are."""
        for item, giver, receiver in circle:
            if (item, giver, receiver) in self.binary:
                continue
            used = self.binary[item, giver, receiver] = self.variable("arrow", 0, 1, whole=True)
            along = [
                x
                for (name, target, _), x in self.x.items()
                if (self.data.offers[name].item, self.data.offers[name].party, target)
                == (item, giver, receiver)
            ]
            self.problem += lpSum(along) <= self.data.most(giver, item) * used
        self.problem += lpSum(self.binary[arrow] for arrow in circle) <= len(circle) - 1

    # What the rules fill in and read.
    x: dict[tuple[str, str, int], Any]
    o: dict[tuple[str, str, str, int], Any]
    y: dict[tuple[str, str, str, int], Any]
    z: dict[tuple[str, str, int], Any]
    stock: dict[tuple[str, str, int], Any]
    leaving: dict[tuple[str, str, int], list[Any]]  # out[p,i,t]
    landing: dict[tuple[str, str, int], list[Any]]  # lanes[p,i,t]
    delivered: dict[tuple[str, str, int], list[Any]]  # orders[p,i,t]
    debt: dict[tuple[str, str, int], Any]
    opening: dict[tuple[str, str, int], Any]  # E[p,i,t]
    late: dict[tuple[str, str, int], Any]
    gap: dict[tuple[str, str, int], Any]
    unmet: dict[tuple[str, int], Any]
    charge: dict[tuple[Charge, int], Any]
    payment: dict[tuple[str, Charge, int], Any]


def decide(m: InPulp) -> None:
    """Make the decisions' variables: what moves, what is ordered, what it is used for."""
    data = m.data
    m.x, m.o, m.y, m.z = {}, {}, {}, {}
    m.leaving, m.landing, m.delivered = defaultdict(list), defaultdict(list), defaultdict(list)
    for (name, receiver), route in data.routes.items():
        offer = data.offers[name]
        for t in route.window:
            x = m.x[name, receiver, t] = m.variable("x", whole=data.whole[offer.item])
            m.leaving[offer.party, offer.item, t].append(x)
            m.landing[receiver, offer.item, t + route.lead].append(x)
    for (supplier, item, customer), purchase in data.purchases.items():
        for t in purchase.window:
            o = m.o[supplier, item, customer, t] = m.variable("o", whole=data.whole[item])
            m.delivered[customer, item, t + purchase.lead].append(o)
    for t in m.times:
        for party, item in data.debts:
            for j in data.accepted(party, item):
                m.y[party, item, j, t] = m.variable("y", whole=data.whole[j])
        for name, need in data.needs.items():
            for j in data.counted(need):
                m.z[name, j, t] = m.variable("z", whole=data.whole[j])
    m.stock = {(*pair, t): m.variable("stock") for pair in data.pairs for t in m.times}


def rule_1_stock(m: InPulp) -> None:
    """Carry each stock; what a lane brings is handed on from the next period on."""
    for party, item in m.data.pairs:
        before = m.data.opening.get((party, item), 0.0)
        for t in m.times:
            key = (party, item, t)
            at_hand = before + m.data.arrivals.get(key, 0.0) + lpSum(m.delivered[key])
            out = lpSum(m.leaving[key])
            m.problem += m.stock[key] == at_hand + lpSum(m.landing[key]) - out
            if m.leaving[key]:
                m.problem += out <= at_hand
            before = m.stock[key]


def rule_2_willingness(m: InPulp) -> None:
    """Dispatch in lots, within the quantity, and where asked only if others do so too."""
    mine: dict[str, list[Any]] = defaultdict(list)
    for (name, _, _), x in m.x.items():
        mine[name].append(x)
        lot = m.data.offers[name].lot
        if lot is not None:
            m.problem += x == lot * m.variable("lots", whole=True)
    for name, dispatches in mine.items():
        offer = m.data.offers[name]
        m.problem += lpSum(dispatches) <= offer.quantity
        if offer.if_others:
            asking = m.data.asking(offer.item)
            others = lpSum(
                x
                for (other, receiver, _), x in m.x.items()
                if receiver in asking
                and m.data.offers[other].item == offer.item
                and m.data.offers[other].party != offer.party
            )
            stands = m.variable("stands", 0, 1, whole=True)
            m.problem += lpSum(dispatches) <= offer.quantity * stands
            m.problem += others >= offer.if_others * stands


def rule_3_capacity(m: InPulp) -> None:
    """Let all offers together send at most a lane's capacity in a period."""
    lanes: dict[tuple[str, str, str, float, int], list[Any]] = defaultdict(list)
    for (name, receiver, t), x in m.x.items():
        offer, capacity = m.data.offers[name], m.data.routes[name, receiver].capacity
        if capacity is not None:
            lanes[offer.party, receiver, offer.item, capacity, t].append(x)
    for (_, _, _, capacity, _), dispatches in lanes.items():
        m.problem += lpSum(dispatches) <= capacity


def rule_4_production(m: InPulp) -> None:
    """Deliver at most what comes off the line; order in lots."""
    lines: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for (supplier, item, customer, t), o in m.o.items():
        purchase = m.data.purchases[supplier, item, customer]
        lines[supplier, item, t + purchase.lead].append(o)
        if purchase.lot is not None:
            m.problem += o == purchase.lot * m.variable("lots", whole=True)
    for (supplier, item, t), deliveries in lines.items():
        m.problem += lpSum(deliveries) <= m.data.capacity[supplier, item][t]


def rule_5_designation(m: InPulp) -> None:
    """Let an arriving unit serve one purpose."""
    uses: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for (party, _, j, t), y in m.y.items():
        uses[party, j, t].append(y)
    for (name, j, t), z in m.z.items():
        uses[m.data.needs[name].party, j, t].append(z)
    for key, used in uses.items():
        came = lpSum(m.landing[key]) + lpSum(m.delivered[key])
        m.problem += lpSum(used) <= came + m.data.free.get(key, 0.0)


def rule_6_debt(m: InPulp) -> None:
    """Carry each debt: what is handed over adds to it, what settles it takes from it."""
    m.debt = {(*pair, t): m.variable("debt") for pair in m.data.debts for t in m.times}
    for (party, item), debt in m.data.debts.items():
        before = debt.opening
        for t in m.times:
            settled = lpSum(
                rate * m.y[party, item, j, t] for j, rate in m.data.accepted(party, item).items()
            )
            handed_over = debt.ratio * lpSum(m.leaving[party, item, t])
            m.problem += m.debt[party, item, t] == before + handed_over - settled
            before = m.debt[party, item, t]


def rule_7_assurance(m: InPulp) -> None:
    """Count as late what is owed beyond the hand-overs of the last periods and debts not yet due."""
    m.late, m.opening = {}, {}
    for (party, item), debt in m.data.debts.items():
        for t in m.times:
            key = (party, item, t)
            late = m.late[key] = m.variable("late")
            owed = m.opening[key] = m.variable("E", 0, debt.opening)
            not_due = m.variable("e", 0, debt.not_due[t])
            if t:
                m.problem += owed <= m.opening[party, item, t - 1]
            m.problem += owed <= m.debt[key]
            m.problem += not_due <= owed
            recent = lpSum(
                x
                for s in range(max(0, t - debt.within + 1), t + 1)
                for x in m.leaving[party, item, s]
            )
            m.problem += m.debt[key] - late <= debt.ratio * recent + not_due
            if debt.hard:
                m.problem += late <= owed - not_due


def rule_8_floor(m: InPulp) -> None:
    """Keep the strength of each role, or count a gap, as far as that is agreed."""
    m.gap = {}
    for (party, capability, t), floor in m.data.floors.items():
        gap = m.gap[party, capability, t] = m.variable("gap", 0, floor.most_below)
        for role in floor.roles.values():
            strength = lpSum(
                weight * m.stock[party, item, t]
                for item, weight in role.items()
                if (party, item, t) in m.stock
            )
            m.problem += strength + gap >= floor.quantity


def rule_9_need(m: InPulp) -> None:
    """Count what has served a need so far; it stays in stock; the weakest role decides."""
    m.unmet = {}
    kept: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for name, need in m.data.needs.items():
        served = {(j, t): m.variable("served") for j in m.data.counted(need) for t in m.times}
        for (j, t), so_far in served.items():
            m.problem += so_far == (served[j, t - 1] if t else 0) + m.z[name, j, t]
            kept[need.party, j, t].append(so_far)
        for t in m.times:
            met = m.variable("met")
            hard = need.hard and t >= need.due
            unmet = m.unmet[name, t] = m.variable("unmet", 0, 0 if hard else None)
            m.problem += unmet >= need.quantity - met
            for role in need.roles.values():
                m.problem += met <= lpSum(
                    weight * served[j, t] for j, weight in role.items() if (j, t) in served
                )
            if need.step is not None:
                m.problem += met == need.step * m.variable("steps", whole=True)
    for key, used in kept.items():
        m.problem += lpSum(used) <= m.stock[key]


def _costs(m: InPulp) -> dict[tuple[Charge, int], list[Any]]:
    """List what orders, dispatches and dues cost, by charge and period."""
    parts: dict[tuple[Charge, int], list[Any]] = defaultdict(list)
    last = m.data.periods - 1
    for (supplier, item, customer, t), o in m.o.items():
        purchase = m.data.purchases[supplier, item, customer]
        for after, share in purchase.payments:
            if purchase.price:
                key = (("order", item, customer), min(t + after, last))
                parts[key].append(share * purchase.price * o)
    for (name, receiver, t), x in m.x.items():
        offer, cost = m.data.offers[name], m.data.routes[name, receiver].unit_cost
        if cost:
            parts[("handover", offer.item, receiver), t].append(cost * x)
        if offer.compensation:
            key = (("compensation", offer.item, offer.party), t)
            parts[key].append(offer.compensation * x)
    for key, amount in m.data.dues.items():
        parts[key].append(amount)
    return parts


def rule_10_charges(m: InPulp) -> None:
    """Add up what orders, dispatches and dues cost, and pay each of it in full."""
    m.charge = {key: lpSum(amounts) for key, amounts in _costs(m).items()}
    m.payment = {}
    for (charge, t), amount in m.charge.items():
        for fund in m.data.pays[charge]:
            if t < m.data.ends[fund]:
                m.payment[fund, charge, t] = m.variable("pays")
        funds = [fund for fund in m.data.pays[charge] if (fund, charge, t) in m.payment]
        m.problem += lpSum(m.payment[fund, charge, t] for fund in funds) == amount


def rule_11_funds(m: InPulp) -> None:
    """Pay out of each fund at most what has been released so far."""
    paid: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for (fund, _, t), money in m.payment.items():
        paid[fund, t].append(money)
    for fund, released in m.data.released.items():
        before = 0
        for t in m.times:
            spent = m.variable("spent", 0, released[t])
            m.problem += spent == before + lpSum(paid[fund, t])
            before = spent


def rule_12_security(m: InPulp) -> None:
    """Hand nothing over before its replacement is under way, where the assurance says so."""
    shares: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for (party, item), debt in m.data.debts.items():
        for t in m.times if debt.secured else ():
            cover = []
            for j, rate in m.data.accepted(party, item).items():
                shares[party, j, t].append(m.variable("w"))
                cover.append(rate * shares[party, j, t][-1])
            key = (party, item, t)
            m.problem += m.debt[key] <= lpSum(cover) + m.opening[key]
    begun: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for (name, receiver, t), x in m.x.items():
        for s in range(t, t + m.data.routes[name, receiver].lead):
            begun[receiver, m.data.offers[name].item, s].append(x)
    for (supplier, item, customer, t), o in m.o.items():
        for s in range(t, t + m.data.purchases[supplier, item, customer].lead):
            begun[customer, item, s].append(o)
    for (party, j, t), used in shares.items():
        later = math.fsum(m.data.free.get((party, j, s), 0.0) for s in m.times if s > t)
        m.problem += lpSum(used) <= lpSum(begun[party, j, t]) + later


def objectives(m: InPulp) -> None:
    """Write the objectives down."""
    data, last = m.data, m.data.periods - 1
    m.objective["late_replacement"] = lpSum(
        data.debts[party, item].weight * (1 + data.settlement if t == last else 1) * late
        for (party, item, t), late in m.late.items()
    )
    m.objective["unmet_need"] = lpSum(
        data.needs[name].weight * unmet
        for (name, t), unmet in m.unmet.items()
        if t >= data.needs[name].due
    )
    m.objective["capability_gap"] = lpSum(
        data.floors[key].weight * gap for key, gap in m.gap.items()
    )
    m.objective["spend"] = lpSum(m.charge.values())
    m.objective["moved_value"] = lpSum(
        [data.moving[data.offers[name].item] * x for (name, _, _), x in m.x.items()]
        + [data.moving[item] * o for (_, item, _, _), o in m.o.items()]
    )
    m.objective["unfairness"] = _unfairness(m)


def _unfairness(m: InPulp) -> Any:
    """Half the sum of what each burden is away from its share of all burdens."""
    burdens = {party: m.variable("burden", None) for party in m.data.burden_share}
    for party, burden in burdens.items():
        m.problem += burden == _burden(m, party)
    deviations = []
    for party, share in m.data.burden_share.items():
        deviation = m.variable("deviation")
        apart = burdens[party] - share * lpSum(burdens.values())
        m.problem += deviation >= apart
        m.problem += deviation >= -apart
        deviations.append(0.5 * deviation)
    return lpSum(deviations)


def _burden(m: InPulp, party: str) -> Any:
    """V: paid and handed over, less what came and what was compensated."""
    data = m.data
    parts: list[Any] = [data.given_before.get(party, 0.0)]
    parts += [pays for (fund, _, _), pays in m.payment.items() if data.purse[fund] == party]
    for (name, receiver, _), x in m.x.items():
        value = data.value[data.offers[name].item]
        if data.offers[name].party == party:
            parts.append(value * x)
        elif receiver == party:
            parts.append(-value * x)
    for (_, item, customer, _), o in m.o.items():
        if customer == party:
            parts.append(-data.value[item] * o)
    for ((purpose, _, beneficiary), _), amount in m.charge.items():
        if (purpose, beneficiary) == ("compensation", party):
            parts.append(-amount)
    return lpSum(parts)
