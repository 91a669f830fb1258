"""The model in Pyomo: indexed variables, a list of constraints for each rule, and appsi_highs.

In: `Data`. Out: a peer. `appsi_highs` keeps the solver's model and tells it only what has changed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pyomo.environ as pyo
from pyomo.contrib.appsi.base import TerminationCondition
from pyomo.contrib.appsi.solvers import Highs
from pyomo.core.expr.numvalue import is_potentially_variable
from pyomo.environ import quicksum

from benchmarks.peers.data import Data
from benchmarks.peers.peer import DUST, Answer, Arrow, highs_options

__all__ = ["InPyomo"]

Charge = tuple[str, str, str]


class InPyomo:
    """A Pyomo model, its variables by name, and its objectives."""

    def __init__(self, data: Data, way: str) -> None:
        self.data, self.way = data, way
        self.times = range(data.periods)
        self.model: Any = pyo.ConcreteModel()
        self.model.whole_numbers = pyo.VarList(domain=pyo.NonNegativeIntegers)
        self.model.yes_or_no = pyo.VarList(domain=pyo.Binary)
        self.model.kept = pyo.ConstraintList()
        self.model.rule_13_no_circles = pyo.ConstraintList()
        self.binary: dict[Arrow, Any] = {}
        self.objective: dict[str, Any] = {}
        decide(self)
        for rule in (
            *(rule_1_stock, rule_2_willingness, rule_3_capacity, rule_4_production),
            *(rule_5_designation, rule_6_debt, rule_7_assurance, rule_8_floor, rule_9_need),
            *(rule_10_charges, rule_11_funds, rule_12_security, objectives),
        ):
            rule(self)
        self.model.objective = pyo.Objective(expr=0.0)
        self.solver = Highs()

    def variables(
        self,
        name: str,
        keys: Iterable[Any],
        item_of: Callable[..., str] | None = None,
        **kind: Any,
    ) -> Any:
        """Make an indexed variable; where it counts units of an item, whole if the item is."""

        def domain(_: Any, *key: Any) -> Any:
            whole = item_of is not None and self.data.whole[item_of(*key)]
            return pyo.NonNegativeIntegers if whole else pyo.NonNegativeReals

        variable = pyo.Var(list(keys), **({"domain": domain} | kind))
        self.model.add_component(name, variable)
        return variable

    def minimise(self, objective: str, seconds: float, attempt: int = 0) -> Answer:
        """Solve, with the defaults or by an interior point with crossover."""
        self.model.objective.set_value(self.objective[objective])
        if attempt:
            self.solver = Highs()
        self.solver.config.load_solution = False
        self.solver.config.time_limit = seconds
        whole = any(v.is_integer() for v in self.model.component_data_objects(pyo.Var))
        self.solver.highs_options = {
            "presolve": "choose",  # the solver remembers what it was told before
            "solver": "choose",
            "mip_lp_solver": "choose",
            **highs_options(self.way, whole=whole, attempt=attempt),
        }
        found = self.solver.solve(self.model)
        if found.termination_condition != TerminationCondition.optimal:
            return Answer(found.termination_condition.name)
        found.solution_loader.load_vars()
        return Answer("optimal", pyo.value(self.objective[objective]))

    def keep(self, objective: str, limit: float) -> None:
        """Add a bound row."""
        if is_potentially_variable(self.objective[objective]):
            self.model.kept.add(self.objective[objective] <= limit)

    def arrows(self) -> set[Arrow]:
        """List what moves."""
        return {
            (self.data.offers[name].item, self.data.offers[name].party, receiver)
            for (name, receiver, _), x in self.x.items()
            if (x.value or 0) > DUST
        }

    def forbid(self, circle: list[Arrow]) -> None:
        """Rule 13: an arrow moves something only if its binary is 1; not all of a circle are."""
        rows = self.model.rule_13_no_circles
        for item, giver, receiver in circle:
            if (item, giver, receiver) in self.binary:
                continue
            used = self.binary[item, giver, receiver] = self.model.yes_or_no.add()
            along = [
                x
                for (name, target, _), x in self.x.items()
                if (self.data.offers[name].item, self.data.offers[name].party, target)
                == (item, giver, receiver)
            ]
            rows.add(quicksum(along) <= self.data.most(giver, item) * used)
        rows.add(quicksum(self.binary[arrow] for arrow in circle) <= len(circle) - 1)

    # What the rules fill in and read.
    x: Any  # offer, receiver, period
    o: Any  # supplier, item, customer, period
    y: Any  # party, owed item, accepted item, period
    z: Any  # need, item, period
    stock: Any  # party, item, period; so are the next
    debt: Any
    opening: Any  # E[p,i,t]
    late: Any
    gap: Any  # party, capability, period
    unmet: Any  # need, period
    payment: Any  # fund, purpose, item, beneficiary, period
    not_due: Any  # e[p,i,t]
    met: Any  # need, period
    served: Any  # need, item, period: so far
    spent: Any  # fund, period: so far
    leaving: dict[tuple[str, str, int], list[Any]]  # out[p,i,t]
    landing: dict[tuple[str, str, int], list[Any]]  # lanes[p,i,t]
    delivered: dict[tuple[str, str, int], list[Any]]  # orders[p,i,t]
    charge: dict[tuple[Charge, int], Any]


def decide(m: InPyomo) -> None:
    """Make the decisions' variables: what moves, what is ordered, what it is used for."""
    data, times = m.data, m.times
    ways = [(*key, t) for key, route in data.routes.items() for t in route.window]
    m.x = m.variables("x", ways, lambda name, _receiver, _t: data.offers[name].item)
    buys = [(*key, t) for key, purchase in data.purchases.items() for t in purchase.window]
    m.o = m.variables("o", buys, lambda _supplier, item, _customer, _t: item)
    pays_back = [(*pair, j, t) for pair in data.debts for j in data.accepted(*pair) for t in times]
    m.y = m.variables("y", pays_back, lambda _party, _item, j, _t: j)
    serves = [
        (n, j, t) for n, need in data.needs.items() for j in data.counted(need) for t in times
    ]
    m.z = m.variables("z", serves, lambda _need, j, _t: j)
    m.stock = m.variables("stock", [(*pair, t) for pair in data.pairs for t in times])
    m.leaving, m.landing, m.delivered = defaultdict(list), defaultdict(list), defaultdict(list)
    for (name, receiver, t), x in m.x.items():
        offer = data.offers[name]
        m.leaving[offer.party, offer.item, t].append(x)
        m.landing[receiver, offer.item, t + data.routes[name, receiver].lead].append(x)
    for (supplier, item, customer, t), o in m.o.items():
        lead = data.purchases[supplier, item, customer].lead
        m.delivered[customer, item, t + lead].append(o)


def rule_1_stock(m: InPyomo) -> None:
    """Carry each stock; what a lane brings is handed on from the next period on."""
    rows = m.model.rule_1_stock = pyo.ConstraintList()
    for party, item in m.data.pairs:
        before = m.data.opening.get((party, item), 0.0)
        for t in m.times:
            key = (party, item, t)
            at_hand = before + m.data.arrivals.get(key, 0.0) + quicksum(m.delivered[key])
            out = quicksum(m.leaving[key])
            rows.add(m.stock[key] == at_hand + quicksum(m.landing[key]) - out)
            if m.leaving[key]:
                rows.add(out <= at_hand)
            before = m.stock[key]


def rule_2_willingness(m: InPyomo) -> None:
    """Dispatch in lots, within the quantity, and where asked only if others do so too."""
    rows = m.model.rule_2_willingness = pyo.ConstraintList()
    mine: dict[str, list[Any]] = defaultdict(list)
    for (name, _, _), x in m.x.items():
        mine[name].append(x)
        lot = m.data.offers[name].lot
        if lot is not None:
            rows.add(x == lot * m.model.whole_numbers.add())
    for name, dispatches in mine.items():
        offer = m.data.offers[name]
        rows.add(quicksum(dispatches) <= offer.quantity)
        if offer.if_others:
            asking = m.data.asking(offer.item)
            others = quicksum(
                x
                for (other, receiver, _), x in m.x.items()
                if receiver in asking
                and m.data.offers[other].item == offer.item
                and m.data.offers[other].party != offer.party
            )
            stands = m.model.yes_or_no.add()
            rows.add(quicksum(dispatches) <= offer.quantity * stands)
            rows.add(others >= offer.if_others * stands)


def rule_3_capacity(m: InPyomo) -> None:
    """Let all offers together send at most a lane's capacity in a period."""
    rows = m.model.rule_3_capacity = pyo.ConstraintList()
    lanes: dict[tuple[str, str, str, float, int], list[Any]] = defaultdict(list)
    for (name, receiver, t), x in m.x.items():
        offer, capacity = m.data.offers[name], m.data.routes[name, receiver].capacity
        if capacity is not None:
            lanes[offer.party, receiver, offer.item, capacity, t].append(x)
    for (_, _, _, capacity, _), dispatches in lanes.items():
        rows.add(quicksum(dispatches) <= capacity)


def rule_4_production(m: InPyomo) -> None:
    """Deliver at most what comes off the line; order in lots."""
    rows = m.model.rule_4_production = pyo.ConstraintList()
    lines: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for (supplier, item, customer, t), o in m.o.items():
        purchase = m.data.purchases[supplier, item, customer]
        lines[supplier, item, t + purchase.lead].append(o)
        if purchase.lot is not None:
            rows.add(o == purchase.lot * m.model.whole_numbers.add())
    for (supplier, item, t), deliveries in lines.items():
        rows.add(quicksum(deliveries) <= m.data.capacity[supplier, item][t])


def rule_5_designation(m: InPyomo) -> None:
    """Let an arriving unit serve one purpose."""
    rows = m.model.rule_5_designation = pyo.ConstraintList()
    uses: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for (party, _, j, t), y in m.y.items():
        uses[party, j, t].append(y)
    for (name, j, t), z in m.z.items():
        uses[m.data.needs[name].party, j, t].append(z)
    for key, used in uses.items():
        came = quicksum(m.landing[key]) + quicksum(m.delivered[key])
        rows.add(quicksum(used) <= came + m.data.free.get(key, 0.0))


def rule_6_debt(m: InPyomo) -> None:
    """Carry each debt: what is handed over adds to it, what settles it takes from it."""
    rows = m.model.rule_6_debt = pyo.ConstraintList()
    m.debt = m.variables("debt", [(*pair, t) for pair in m.data.debts for t in m.times])
    for (party, item), debt in m.data.debts.items():
        before = debt.opening
        for t in m.times:
            settled = quicksum(
                rate * m.y[party, item, j, t] for j, rate in m.data.accepted(party, item).items()
            )
            handed_over = debt.ratio * quicksum(m.leaving[party, item, t])
            rows.add(m.debt[party, item, t] == before + handed_over - settled)
            before = m.debt[party, item, t]


def rule_7_assurance(m: InPyomo) -> None:
    """Count as late what is owed beyond the hand-overs of the last periods and debts not yet due."""
    rows = m.model.rule_7_assurance = pyo.ConstraintList()
    debts = m.data.debts
    keys = [(*pair, t) for pair in debts for t in m.times]
    m.late = m.variables("late", keys)
    m.opening = m.variables("E", keys, bounds=lambda _, p, i, _t: (0, debts[p, i].opening))
    m.not_due = m.variables("e", keys, bounds=lambda _, p, i, t: (0, debts[p, i].not_due[t]))
    for (party, item), debt in debts.items():
        for t in m.times:
            key = (party, item, t)
            late, owed, not_due = m.late[key], m.opening[key], m.not_due[key]
            if t:
                rows.add(owed <= m.opening[party, item, t - 1])
            rows.add(owed <= m.debt[key])
            rows.add(not_due <= owed)
            recent = quicksum(
                x
                for s in range(max(0, t - debt.within + 1), t + 1)
                for x in m.leaving[party, item, s]
            )
            rows.add(m.debt[key] - late <= debt.ratio * recent + not_due)
            if debt.hard:
                rows.add(late <= owed - not_due)


def rule_8_floor(m: InPyomo) -> None:
    """Keep the strength of each role, or count a gap, as far as that is agreed."""
    rows = m.model.rule_8_floor = pyo.ConstraintList()
    floors = m.data.floors
    m.gap = m.variables("gap", floors, bounds=lambda _, *key: (0, floors[key].most_below))
    for (party, capability, t), floor in floors.items():
        gap = m.gap[party, capability, t]
        for role in floor.roles.values():
            strength = quicksum(
                weight * m.stock[party, item, t]
                for item, weight in role.items()
                if (party, item, t) in m.stock
            )
            rows.add(strength + gap >= floor.quantity)


def rule_9_need(m: InPyomo) -> None:
    """Count what has served a need so far; it stays in stock; the weakest role decides."""
    rows = m.model.rule_9_need = pyo.ConstraintList()
    keys = [(name, t) for name in m.data.needs for t in m.times]
    m.unmet, m.met = m.variables("unmet", keys), m.variables("met", keys)
    m.served = m.variables("served", m.z.keys())
    kept: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for name, need in m.data.needs.items():
        served = {(j, t): m.served[name, j, t] for j in m.data.counted(need) for t in m.times}
        for (j, t), so_far in served.items():
            rows.add(so_far == (served[j, t - 1] if t else 0) + m.z[name, j, t])
            kept[need.party, j, t].append(so_far)
        for t in m.times:
            met, unmet = m.met[name, t], m.unmet[name, t]
            if need.hard and t >= need.due:
                unmet.fix(0)
            rows.add(unmet >= need.quantity - met)
            for role in need.roles.values():
                rows.add(
                    met
                    <= quicksum(
                        weight * served[j, t] for j, weight in role.items() if (j, t) in served
                    )
                )
            if need.step is not None:
                rows.add(met == need.step * m.model.whole_numbers.add())
    for key, used in kept.items():
        rows.add(quicksum(used) <= m.stock[key])


def _costs(m: InPyomo) -> dict[tuple[Charge, int], list[Any]]:
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


def rule_10_charges(m: InPyomo) -> None:
    """Add up what orders, dispatches and dues cost, and pay each of it in full."""
    rows = m.model.rule_10_charges = pyo.ConstraintList()
    m.charge = {key: quicksum(amounts) for key, amounts in _costs(m).items()}
    may_pay = [
        (fund, *charge, t)
        for charge, t in m.charge
        for fund in m.data.pays[charge]
        if t < m.data.ends[fund]
    ]
    m.payment = m.variables("payment", may_pay)
    paid: dict[tuple[Charge, int], list[Any]] = defaultdict(list)
    for (_, purpose, item, party, t), pays in m.payment.items():
        paid[(purpose, item, party), t].append(pays)
    nothing = m.model.nothing = pyo.Var(bounds=(0, 0))  # where no fund may pay, 0 is paid
    for key, amount in m.charge.items():
        rows.add(quicksum(paid[key]) + nothing == amount)


def rule_11_funds(m: InPyomo) -> None:
    """Pay out of each fund at most what has been released so far."""
    rows = m.model.rule_11_funds = pyo.ConstraintList()
    paid: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for (fund, _, _, _, t), money in m.payment.items():
        paid[fund, t].append(money)
    keys = [(fund, t) for fund in m.data.released for t in m.times]
    m.spent = m.variables("spent", keys, bounds=lambda _, f, t: (0, m.data.released[f][t]))
    for fund in m.data.released:
        before: Any = 0
        for t in m.times:
            rows.add(m.spent[fund, t] == before + quicksum(paid[fund, t]))
            before = m.spent[fund, t]


def rule_12_security(m: InPyomo) -> None:
    """Hand nothing over before its replacement is under way, where the assurance says so."""
    rows = m.model.rule_12_security = pyo.ConstraintList()
    shares: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    w = m.variables(
        "w", [key for key in m.y if m.data.debts[key[:2]].secured], domain=pyo.NonNegativeReals
    )
    for (party, _, j, t), share in w.items():
        shares[party, j, t].append(share)
    for party, item, t in m.debt:
        if m.data.debts[party, item].secured:
            rates = m.data.accepted(party, item).items()
            cover = [rate * w[party, item, j, t] for j, rate in rates]
            key = (party, item, t)
            rows.add(m.debt[key] <= quicksum(cover) + m.opening[key])
    begun: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for (name, receiver, t), x in m.x.items():
        for s in range(t, t + m.data.routes[name, receiver].lead):
            begun[receiver, m.data.offers[name].item, s].append(x)
    for (supplier, item, customer, t), o in m.o.items():
        for s in range(t, t + m.data.purchases[supplier, item, customer].lead):
            begun[customer, item, s].append(o)
    for (party, j, t), used in shares.items():
        later = math.fsum(m.data.free.get((party, j, s), 0.0) for s in m.times if s > t)
        rows.add(quicksum(used) <= quicksum(begun[party, j, t]) + later)


def objectives(m: InPyomo) -> None:
    """Write the objectives down."""
    data, last = m.data, m.data.periods - 1
    m.objective["late_replacement"] = quicksum(
        data.debts[party, item].weight * (1 + data.settlement if t == last else 1) * late
        for (party, item, t), late in m.late.items()
    )
    m.objective["unmet_need"] = quicksum(
        data.needs[name].weight * unmet
        for (name, t), unmet in m.unmet.items()
        if t >= data.needs[name].due
    )
    m.objective["capability_gap"] = quicksum(
        data.floors[key].weight * gap for key, gap in m.gap.items()
    )
    m.objective["spend"] = quicksum(m.charge.values())
    m.objective["moved_value"] = quicksum(
        [data.moving[data.offers[name].item] * x for (name, _, _), x in m.x.items()]
        + [data.moving[item] * o for (_, item, _, _), o in m.o.items()]
    )
    m.objective["unfairness"] = _unfairness(m)


def _unfairness(m: InPyomo) -> Any:
    """Half the sum of what each burden is away from its share of all burdens."""
    rows = m.model.unfairness = pyo.ConstraintList()
    burdens = m.variables("burden", m.data.burden_share, domain=pyo.Reals)
    deviations = m.variables("deviation", m.data.burden_share)
    for party, burden in burdens.items():
        rows.add(burden == _burden(m, party))
    for party, share in m.data.burden_share.items():
        apart = burdens[party] - share * quicksum(burdens.values())
        rows.add(deviations[party] >= apart)
        rows.add(deviations[party] >= -apart)
    return 0.5 * quicksum(deviations.values())


def _burden(m: InPyomo, party: str) -> Any:
    """V: paid and handed over, less what came and what was compensated."""
    data = m.data
    parts: list[Any] = [data.given_before.get(party, 0.0)]
    parts += [pays for (fund, _, _, _, _), pays in m.payment.items() if data.purse[fund] == party]
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
    return quicksum(parts)
