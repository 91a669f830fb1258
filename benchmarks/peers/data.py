"""What every peer starts from: a scenario read by the package, as plain names and numbers.

In: a `Scenario`. Out: `Data`, dictionaries keyed by the names of the scenario, with wildcards matched,
dates turned into periods and money into one unit. It knows no solver and shares nothing with the
planner: not its facts, not its columns, not its matrix. Every rule is left to the peers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ringtausch.records.matching import LaneFinder, SupplyFinder, pays_for
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Floor as FloorRow
from ringtausch.records.tables import Production

__all__ = ["Data", "Debt", "Floor", "Need", "Offer", "Purchase", "Route", "gather"]

Charge = tuple[str, str, str]  # purpose, item, beneficiary
Roles = dict[str, dict[str, float]]  # role -> item -> weight


@dataclass(frozen=True)
class Offer:
    """What a party is willing to hand over."""

    party: str
    item: str
    quantity: float
    lot: float | None
    if_others: float | None
    compensation: float  # money per unit


@dataclass(frozen=True)
class Route:
    """One way an offer can go, in the periods in which offer, lane and horizon allow it."""

    window: range  # of dispatch; what is sent arrives before the end
    lead: int
    capacity: float | None  # of the lane, units a period
    unit_cost: float  # money


@dataclass(frozen=True)
class Purchase:
    """What a customer may order, in the periods in which the supply is open."""

    window: range  # of ordering; what is ordered is delivered before the end
    lead: int
    lot: float | None
    price: float  # money per unit
    payments: tuple[tuple[int, float], ...]  # periods after the order, share of the price


@dataclass(frozen=True)
class Debt:
    """What a party is owed of an item: by an assurance, from before, or both."""

    assured: bool
    ratio: float  # 0 where there is no assurance: no new debt then
    within: int
    weight: float
    hard: bool
    secured: bool
    opening: float
    not_due: tuple[float, ...]  # per period: of the opening debt, what falls due later
    accepted: dict[str, float]  # item -> rate


@dataclass(frozen=True)
class Need:
    """What a party asks for."""

    party: str
    roles: Roles
    quantity: float
    due: int  # period
    weight: float
    step: float | None
    hard: bool


@dataclass(frozen=True)
class Floor:
    """What a party must keep of a capability in one period."""

    roles: Roles
    quantity: float
    most_below: float  # the gap it starts with, and what it has agreed to
    weight: float


@dataclass(frozen=True)
class Data:
    """One scenario. Money is in `unit`s of the reporting currency, so that numbers stay moderate."""

    unit: float
    periods: int
    settlement: int
    objectives: tuple[str, ...]
    tolerance: dict[str, float]
    allowance: dict[str, float]
    parties: tuple[str, ...]
    whole: dict[str, bool]  # by item
    value: dict[str, float]  # by item, money; 0 where there is none
    moving: dict[str, float]  # by item, money: value, or 1 of the reporting currency
    opening: dict[tuple[str, str], float]  # party, item: units
    arrivals: dict[tuple[str, str, int], float]  # party, item, period: units
    free: dict[tuple[str, str, int], float]  # the designable ones of them
    offers: dict[str, Offer]
    routes: dict[tuple[str, str], Route]  # offer, receiver
    purchases: dict[tuple[str, str, str], Purchase]  # supplier, item, customer
    capacity: dict[tuple[str, str], list[float]]  # supplier, item: units per period of delivery
    debts: dict[tuple[str, str], Debt]  # party, item
    needs: dict[str, Need]
    floors: dict[tuple[str, str, int], Floor]  # party, capability, period
    purse: dict[str, str]  # fund -> party
    released: dict[str, list[float]]  # fund -> money released so far, per period
    ends: dict[str, int]  # fund -> the period after the last in which it pays
    pays: dict[Charge, tuple[str, ...]]  # the funds that may pay a charge
    dues: dict[tuple[Charge, int], float]  # money
    given_before: dict[str, float]  # party -> value of its debts rows, money
    burden_share: dict[str, float]  # the parties with a burden key

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """List the parties and items of which there can ever be stock."""
        arriving = [(party, item) for party, item, t in self.arrivals if t < self.periods]
        giving = [(self.offers[name].party, self.offers[name].item) for name, _ in self.routes]
        receiving = [(receiver, self.offers[name].item) for name, receiver in self.routes]
        buying = [(customer, item) for _, item, customer in self.purchases]
        return list(dict.fromkeys([*self.opening, *arriving, *giving, *receiving, *buying]))

    def counted(self, need: Need) -> list[str]:
        """List the items that a need counts and that its party can have."""
        items = [item for role in need.roles.values() for item, weight in role.items() if weight]
        return [item for item in items if (need.party, item) in self._pairs]

    def accepted(self, party: str, item: str) -> dict[str, float]:
        """Return what settles a debt, of what the party can have: item -> rate."""
        rates = self.debts[party, item].accepted
        return {j: rate for j, rate in rates.items() if (party, j) in self._pairs}

    def asking(self, item: str) -> set[str]:
        """Name the parties of whom a need counts an item."""
        needs = self.needs.values()
        return {need.party for need in needs if any(r.get(item) for r in need.roles.values())}

    def most(self, giver: str, item: str) -> float:
        """Return what a party offers of an item in all."""
        offers = self.offers.values()
        return math.fsum(o.quantity for o in offers if (o.party, o.item) == (giver, item))

    @cached_property
    def _pairs(self) -> set[tuple[str, str]]:
        return set(self.pairs)


def gather(scenario: Scenario) -> Data:
    """Bring a scenario into plain names and numbers.

    Parameters
    ----------
    scenario
        As `ringtausch.read` gives it: its rows are known to be valid.
    """
    unit = _money_unit(scenario)
    calendar = scenario.calendar
    value = {row.item: _money(scenario, row.value, row.currency) / unit for row in scenario.items}
    opening = {(row.party, row.item): float(row.quantity) for row in scenario.stocks}
    arrivals: dict[tuple[str, str, int], float] = defaultdict(float)
    free: dict[tuple[str, str, int], float] = defaultdict(float)
    for row in scenario.arrivals:
        arrivals[row.party, row.item, calendar.index(row.date)] += float(row.quantity)
        if row.designable:
            free[row.party, row.item, calendar.index(row.date)] += float(row.quantity)
    given_before: dict[str, float] = defaultdict(float)
    for debt in scenario.debts:
        given_before[debt.party] += float(debt.quantity) * value[debt.item]
    routes = _routes(scenario, unit)
    purchases = _purchases(scenario, unit)
    dues = _dues(scenario, unit)
    charges = [("order", item, customer) for _, item, customer in purchases]
    offers = _offers(scenario, unit)
    charges += [("handover", offers[name].item, receiver) for name, receiver in routes]
    charges += [("compensation", offer.item, offer.party) for offer in offers.values()]
    keys = {row.party: row.burden_key for row in scenario.parties if row.burden_key is not None}
    everybody = sum(keys.values(), Decimal(0))
    return Data(
        unit=unit,
        periods=calendar.count,
        settlement=scenario.settlement,
        objectives=scenario.objectives,
        tolerance={name: float(share) for name, share in scenario.tolerance.items()},
        allowance={name: float(amount) for name, amount in scenario.allowance.items()},
        parties=tuple(row.party for row in scenario.parties),
        whole={row.item: row.indivisible for row in scenario.items},
        value=value,
        moving={item: worth or 1 / unit for item, worth in value.items()},
        opening=opening,
        arrivals=dict(arrivals),
        free=dict(free),
        offers=offers,
        routes=routes,
        purchases=purchases,
        capacity=_capacity(scenario),
        debts=_debts(scenario),
        needs=_needs(scenario),
        floors=_floors(scenario, opening, arrivals),
        purse={row.fund: row.party for row in scenario.funds},
        released=_released(scenario, unit),
        ends={row.fund: calendar.window(None, row.until).stop for row in scenario.funds},
        pays=_payers(scenario, [*charges, *(charge for charge, _ in dues)]),
        dues=dues,
        given_before=dict(given_before),
        burden_share={p: float(key / everybody) for p, key in keys.items()} if everybody else {},
    )


def _money(scenario: Scenario, amount: Decimal, currency: str) -> float:
    return float(amount * scenario.rate(currency))


def _money_unit(scenario: Scenario) -> float:
    """Return the power of ten nearest a typical price, so that no row mixes units and billions."""
    prices = [
        *(_money(scenario, row.price, row.currency) for row in scenario.supply),
        *(_money(scenario, row.unit_cost, row.currency) for row in scenario.lanes),
        *(_money(scenario, row.compensation, row.currency) for row in scenario.offers),
    ]
    logs = [math.log10(price) for price in prices if price > 0]
    return 10.0 ** round(math.fsum(logs) / len(logs)) if logs else 1.0


def _offers(scenario: Scenario, unit: float) -> dict[str, Offer]:
    return {
        row.offer: Offer(
            party=row.party,
            item=row.item,
            quantity=float(row.quantity),
            lot=None if row.lot is None else float(row.lot),
            if_others=None if row.if_others is None else float(row.if_others),
            compensation=_money(scenario, row.compensation, row.currency) / unit,
        )
        for row in scenario.offers
    }


def _routes(scenario: Scenario, unit: float) -> dict[tuple[str, str], Route]:
    """Match offers with lanes; from the horizon on nobody hands over what it holds assured."""
    lanes, calendar = LaneFinder(scenario.lanes), scenario.calendar
    assured = {(row.party, row.item) for row in scenario.assurances}
    found = {}
    for offer in scenario.offers:
        for party in scenario.parties:
            lane = lanes.find(offer.party, party.party, offer.item)
            if lane is None or offer.to not in {"*", party.party}:
                continue
            willing = calendar.window(offer.from_, offer.until)
            open_ = calendar.window(lane.opens, lane.until)
            stop = min(willing.stop, open_.stop, calendar.count - lane.lead)
            if (offer.party, offer.item) in assured:
                stop = min(stop, scenario.horizon)
            window = range(max(willing.start, open_.start), stop)
            if window:
                capacity = None if lane.capacity is None else float(lane.capacity)
                cost = _money(scenario, lane.unit_cost, lane.currency) / unit
                found[offer.offer, party.party] = Route(window, lane.lead, capacity, cost)
    return found


def _purchases(scenario: Scenario, unit: float) -> dict[tuple[str, str, str], Purchase]:
    finder, calendar = SupplyFinder(scenario.supply), scenario.calendar
    found = {}
    # What no production row names is never delivered.
    for supplier, item in dict.fromkeys((row.supplier, row.item) for row in scenario.production):
        for party in scenario.parties:
            row = finder.find(supplier, item, party.party)
            if row is None:
                continue
            open_ = calendar.window(row.opens, row.until)
            window = range(open_.start, min(open_.stop, calendar.count - row.lead))
            if window:
                found[supplier, item, party.party] = Purchase(
                    window=window,
                    lead=row.lead,
                    lot=None if row.lot is None else float(row.lot),
                    price=_money(scenario, row.price, row.currency) / unit,
                    payments=tuple((after, float(share)) for after, share in row.payments)
                    or ((0, 1.0),),
                )
    return found


def _capacity(scenario: Scenario) -> dict[tuple[str, str], list[float]]:
    """Return what each line delivers; a whole item counts in the period that completes it."""
    whole = {row.item: row.indivisible for row in scenario.items}
    lines: dict[tuple[str, str], list[Production]] = defaultdict(list)
    for row in scenario.production:
        lines[row.supplier, row.item].append(row)
    capacity = {}
    for (supplier, item), rows in lines.items():
        done, series = Decimal(0), []
        for t in range(scenario.calendar.count):
            begun = [row for row in rows if scenario.calendar.index(row.from_) <= t]
            now = max(begun, key=lambda row: row.from_).capacity if begun else Decimal(0)
            series.append(float((done + now) // 1 - done // 1 if whole[item] else now))
            done += now
        capacity[supplier, item] = series
    return capacity


def _debts(scenario: Scenario) -> dict[tuple[str, str], Debt]:
    calendar = scenario.calendar
    assurances = {(row.party, row.item): row for row in scenario.assurances}
    accepted: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in scenario.exchange:
        accepted[row.party, row.given][row.accepted] = float(row.rate)
    pairs = dict.fromkeys([*assurances, *((row.party, row.item) for row in scenario.debts)])
    found = {}
    for party, item in pairs:
        held = assurances.get((party, item))
        owed = [row for row in scenario.debts if (row.party, row.item) == (party, item)]
        found[party, item] = Debt(
            assured=held is not None,
            ratio=float(held.ratio) if held else 0.0,
            within=held.within if held else 0,
            weight=float(held.weight) if held else 1.0,
            hard=held is not None and held.hard,
            secured=held is not None and held.secured,
            opening=math.fsum(float(row.quantity) for row in owed),
            not_due=tuple(
                math.fsum(float(row.quantity) for row in owed if calendar.index(row.due) > t)
                for t in range(calendar.count)
            ),
            accepted={item: 1.0} | accepted[party, item],
        )
    return found


def _roles(scenario: Scenario, capability: str) -> Roles:
    """Return what gives a capability; an item is a capability of its own name."""
    if any(row.item == capability for row in scenario.items):
        return {"": {capability: 1.0}}
    roles: Roles = defaultdict(dict)
    for row in scenario.capabilities:
        if row.capability == capability:
            roles[row.role][row.item] = float(row.weight)
    return dict(roles)


def _needs(scenario: Scenario) -> dict[str, Need]:
    return {
        row.need: Need(
            party=row.party,
            roles=_roles(scenario, row.capability),
            quantity=float(row.quantity),
            due=scenario.calendar.index(row.due),
            weight=float(row.weight),
            step=None if row.step is None else float(row.step),
            hard=row.hard,
        )
        for row in scenario.needs
    }


def _floors(
    scenario: Scenario,
    opening: dict[tuple[str, str], float],
    arrivals: dict[tuple[str, str, int], float],
) -> dict[tuple[str, str, int], Floor]:
    """Return the floor that counts in each period, of the rows that have begun the latest."""
    pairs: dict[tuple[str, str], list[FloorRow]] = defaultdict(list)
    for row in scenario.floors:
        pairs[row.party, row.capability].append(row)
    found = {}
    for (party, capability), rows in pairs.items():
        roles = _roles(scenario, capability)
        held = {item: opening.get((party, item), 0.0) for role in roles.values() for item in role}
        for t in range(scenario.calendar.count):
            held = {item: now + arrivals.get((party, item, t), 0.0) for item, now in held.items()}
            begun = [row for row in rows if scenario.calendar.index(row.from_) <= t]
            if not begun:
                continue
            row = max(begun, key=lambda row: row.from_)
            strengths = [
                math.fsum(weight * held[item] for item, weight in role.items())
                for role in roles.values()
            ]
            from_start = max(0.0, *(float(row.quantity) - strength for strength in strengths))
            most_below = from_start + float(row.max_gap)
            found[party, capability, t] = Floor(
                roles, float(row.quantity), most_below, float(row.weight)
            )
    return found


def _released(scenario: Scenario, unit: float) -> dict[str, list[float]]:
    calendar = scenario.calendar
    found = {}
    for fund in scenario.funds:
        rows = [row for row in scenario.releases if row.fund == fund.fund]
        found[fund.fund] = [
            math.fsum(
                _money(scenario, row.amount, fund.currency) / unit
                for row in rows
                if calendar.index(row.date) <= t
            )
            for t in range(calendar.count)
        ]
    return found


def _payers(scenario: Scenario, charges: Iterable[Charge]) -> dict[Charge, tuple[str, ...]]:
    earmarks = {
        fund.fund: [row for row in scenario.earmarks if row.fund == fund.fund]
        for fund in scenario.funds
    }
    return {
        charge: tuple(fund for fund, rows in earmarks.items() if pays_for(rows, *charge))
        for charge in dict.fromkeys(charges)
    }


def _dues(scenario: Scenario, unit: float) -> dict[tuple[Charge, int], float]:
    found: dict[tuple[Charge, int], float] = defaultdict(float)
    for row in scenario.dues:
        t = scenario.calendar.index(row.date)
        if t < scenario.calendar.count:
            amount = _money(scenario, row.amount, row.currency) / unit
            found[(row.purpose, row.item, row.party), t] += amount
    return dict(found)
