"""Warnings: what is legal but surely not meant, one function for each.

In: a valid scenario. Out: problems of severity "warning". They bound generously: what is warned of
is certain, so that nobody learns to overlook warnings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from ringtausch.records import caution_messages as say
from ringtausch.records.circles import rate_above_one_around
from ringtausch.records.columns import decimal_text
from ringtausch.records.matching import LaneFinder, SupplyFinder, pays_for
from ringtausch.records.problems import Problem
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Lane, Offer, Supply

__all__ = ["caution_about"]


@dataclass(frozen=True)
class Outlook:
    """What can happen at all in a scenario, bounded from above."""

    scenario: Scenario
    files: Mapping[str, str]

    def warn(self, table: str, row: Any, column: str, value: object, message: str) -> Problem:
        """Make a warning about a cell."""
        file = self.files.get(table, f"{table}.csv")
        return Problem(file, row.line, column, str(value), message, "warning")

    @cached_property
    def indivisible(self) -> set[str]:
        """Items that come in whole units."""
        return {row.item for row in self.scenario.items if row.indivisible}

    @cached_property
    def parts(self) -> dict[str, dict[str, dict[str, Decimal]]]:
        """Capability -> role -> item -> weight, items included as capabilities of their own."""
        parts: dict[str, dict[str, dict[str, Decimal]]] = {}
        for row in self.scenario.capabilities:
            parts.setdefault(row.capability, {}).setdefault(row.role, {})[row.item] = row.weight
        for item in self.scenario.items:
            parts[item.item] = {"": {item.item: Decimal(1)}}
        return parts

    @cached_property
    def own(self) -> dict[tuple[str, str], Decimal]:
        """Per party and item: opening stock and what comes in any case within the plan."""
        own: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for stock in self.scenario.stocks:
            own[stock.party, stock.item] += stock.quantity
        calendar = self.scenario.calendar
        for row in self.scenario.arrivals:
            if calendar.index(row.date) < calendar.count:
                own[row.party, row.item] += row.quantity
        return own

    @cached_property
    def lanes(self) -> LaneFinder:
        """The lanes, by giver, receiver and item."""
        return LaneFinder(self.scenario.lanes)

    def open_lanes(self, offer: Offer) -> Iterator[tuple[str, Lane]]:
        """Yield receiver and lane of every way an offer can go within the plan."""
        calendar = self.scenario.calendar
        receivers = [row.party for row in self.scenario.parties] if offer.to == "*" else [offer.to]
        willing = calendar.window(offer.from_, offer.until)
        for receiver in receivers:
            lane = self.lanes.find(offer.party, receiver, offer.item)
            if lane is not None:
                consent = calendar.window(lane.opens, lane.until)
                first = max(willing.start, consent.start)
                last = min(willing.stop, consent.stop, calendar.count - lane.lead)
                if first < last:
                    yield receiver, lane

    @cached_property
    def produced(self) -> dict[tuple[str, str], Decimal]:
        """Per supplier and item: the most that one period delivers."""
        produced: dict[tuple[str, str], Decimal] = {}
        for row in self.scenario.production:
            key = (row.supplier, row.item)
            produced[key] = max(produced.get(key, Decimal(0)), row.capacity)
        return produced

    @cached_property
    def purchases(self) -> dict[tuple[str, str], list[Supply]]:
        """Per customer and item: the supplies under which an order can be delivered."""
        finder = SupplyFinder(self.scenario.supply)
        calendar = self.scenario.calendar
        found: dict[tuple[str, str], list[Supply]] = defaultdict(list)
        for (supplier, item), capacity in self.produced.items():
            for party in self.scenario.parties:
                row = finder.find(supplier, item, party.party)
                if row is None or not capacity:
                    continue
                window = calendar.window(row.opens, row.until)
                if window.start < min(window.stop, calendar.count - row.lead):
                    found[party.party, item].append(row)
        return found

    @cached_property
    def given(self) -> dict[tuple[str, str], Decimal]:
        """Per receiver and item: all that others offer and may send."""
        given: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for offer in self.scenario.offers:
            for receiver, _ in self.open_lanes(offer):
                given[receiver, offer.item] += offer.quantity
        return given

    def can_arrive(self, party: str, item: str) -> bool:
        """Tell whether anything can come to a party that may settle a debt or serve a need."""
        designable = (
            row.designable and row.party == party and row.item == item
            for row in self.scenario.arrivals
        )
        return bool(
            self.given.get((party, item)) or self.purchases.get((party, item)) or any(designable)
        )


def caution_about(scenario: Scenario, files: Mapping[str, str]) -> list[Problem]:
    """Run every caution and join what they find."""
    outlook = Outlook(scenario, files)
    cautions = (
        floors_above_all_held,
        needs_nobody_can_meet,
        needs_due_too_late,
        funds_without_charges,
        offers_without_lanes,
        offers_larger_than_stock,
        lots_of_offers,
        lots_of_supply,
        supply_without_production,
        fractions_that_stay_owed,
        assurances_without_replacement,
        exchange_circles,
        objective_order,
    )
    return [problem for caution in cautions for problem in caution(outlook)]


def floors_above_all_held(outlook: Outlook) -> Iterable[Problem]:
    """A floor above all that a party holds or will be brought."""
    for row in outlook.scenario.floors:
        for role, weights in outlook.parts[row.capability].items():
            buys = any(w and outlook.can_arrive(row.party, item) for item, w in weights.items())
            held = sum(
                (w * outlook.own.get((row.party, item), 0) for item, w in weights.items()),
                Decimal(0),
            )
            if held < row.quantity and not buys:
                message = say.floor_above_held(row.party, row.capability, role, row.quantity, held)
                yield outlook.warn("floors", row, "quantity", row.quantity, message)
                break


def needs_nobody_can_meet(outlook: Outlook) -> Iterable[Problem]:
    """A need for which nothing can come in some role."""
    for row in outlook.scenario.needs:
        for role, weights in outlook.parts[row.capability].items():
            counted = [item for item, weight in weights.items() if weight]
            if row.quantity and not any(outlook.can_arrive(row.party, item) for item in counted):
                message = say.need_nobody_can_meet(row.need, row.party, role, counted)
                yield outlook.warn("needs", row, "need", row.need, message)
                break


def needs_due_too_late(outlook: Outlook) -> Iterable[Problem]:
    """A need whose due date lies after the last period never counts."""
    calendar = outlook.scenario.calendar
    for row in outlook.scenario.needs:
        if calendar.index(row.due) >= calendar.count:
            message = say.due_after_end(calendar.label(calendar.count - 1))
            yield outlook.warn("needs", row, "due", row.due, message)


def funds_without_charges(outlook: Outlook) -> Iterable[Problem]:
    """A fund that no charge can reach."""
    earmarks = defaultdict(list)
    for row in outlook.scenario.earmarks:
        earmarks[row.fund].append(row)
    charges = set(_possible_charges(outlook))
    for fund in outlook.scenario.funds:
        if not any(pays_for(earmarks[fund.fund], *charge) for charge in charges):
            message = say.fund_without_charges(fund.fund)
            yield outlook.warn("funds", fund, "fund", fund.fund, message)


def _possible_charges(outlook: Outlook) -> Iterator[tuple[str, str, str]]:
    """Yield purpose, item and beneficiary of every charge that can arise."""
    for due in outlook.scenario.dues:
        yield due.purpose, due.item, due.party
    for offer in outlook.scenario.offers:
        for receiver, lane in outlook.open_lanes(offer):
            if lane.unit_cost:
                yield "handover", offer.item, receiver
            if offer.compensation:
                yield "compensation", offer.item, offer.party
    for (party, item), rows in outlook.purchases.items():
        if any(row.price for row in rows):
            yield "order", item, party


def offers_without_lanes(outlook: Outlook) -> Iterable[Problem]:
    """An offer that can go nowhere within the plan."""
    for row in outlook.scenario.offers:
        if next(outlook.open_lanes(row), None) is None:
            message = say.offer_without_lane(row.offer, row.party, row.item, row.to)
            yield outlook.warn("offers", row, "offer", row.offer, message)


def offers_larger_than_stock(outlook: Outlook) -> Iterable[Problem]:
    """An offer of more than its party can ever have."""
    for row in outlook.scenario.offers:
        key = (row.party, row.item)
        if outlook.purchases.get(key):
            continue  # what can be bought is not bounded here
        most = outlook.own.get(key, Decimal(0)) + outlook.given.get(key, Decimal(0))
        if row.quantity > most:
            message = say.offer_larger_than_stock(row.quantity, row.party, row.item, most)
            yield outlook.warn("offers", row, "quantity", row.quantity, message)


def lots_of_offers(outlook: Outlook) -> Iterable[Problem]:
    """A lot that does not divide its offer, is 0, or exceeds what every lane can carry."""
    for row in outlook.scenario.offers:
        if row.lot is None:
            if row.item in outlook.indivisible and row.quantity % 1:
                message = say.fraction_of_whole_item(row.quantity, row.item)
                yield outlook.warn("offers", row, "quantity", row.quantity, message)
            continue
        if not row.lot:
            yield outlook.warn("offers", row, "lot", "0", say.lot_of_zero())
            continue
        if row.quantity % row.lot:
            message = say.lot_does_not_divide(row.lot, row.quantity)
            yield outlook.warn("offers", row, "lot", row.lot, message)
        limits = [lane.capacity for _, lane in outlook.open_lanes(row)]
        if limits and all(limit is not None and limit < row.lot for limit in limits):
            largest = max(limit for limit in limits if limit is not None)
            message = say.lot_exceeds_lane(row.lot, largest)
            yield outlook.warn("offers", row, "lot", row.lot, message)


def lots_of_supply(outlook: Outlook) -> Iterable[Problem]:
    """A lot of orders that is 0 or above what a period's production can deliver."""
    for row in outlook.scenario.supply:
        if row.lot is None:
            continue
        if not row.lot:
            yield outlook.warn("supply", row, "lot", "0", say.lot_of_zero())
            continue
        most = max(
            (
                capacity.to_integral_value("ROUND_CEILING")
                if item in outlook.indivisible
                else capacity
                for (supplier, item), capacity in outlook.produced.items()
                if supplier == row.supplier and row.item in {item, "*"}
            ),
            default=None,
        )
        if most is not None and most < row.lot:
            message = say.lot_exceeds_production(row.lot, most)
            yield outlook.warn("supply", row, "lot", row.lot, message)


def supply_without_production(outlook: Outlook) -> Iterable[Problem]:
    """A supply of what its supplier does not produce, and production that nobody may buy."""
    produced = outlook.produced
    for row in outlook.scenario.supply:
        if not any(s == row.supplier and row.item in {i, "*"} for s, i in produced):
            message = say.supply_without_production(row.supplier, {s for s, _ in produced})
            yield outlook.warn("supply", row, "supplier", row.supplier, message)
    bought = {(row.supplier, item) for (_, item), rows in outlook.purchases.items() for row in rows}
    said = set()
    for made in outlook.scenario.production:
        key = (made.supplier, made.item)
        if key not in bought and key not in said and produced[key]:
            said.add(key)
            message = say.production_without_supply(made.supplier, made.item)
            yield outlook.warn("production", made, "supplier", made.supplier, message)


def fractions_that_stay_owed(outlook: Outlook) -> Iterable[Problem]:
    """A debt of which a fraction must stay owed, because all that may settle it comes whole."""
    rates: dict[tuple[str, str], list[tuple[str, Decimal]]] = defaultdict(list)
    for exchange in outlook.scenario.exchange:
        rates[exchange.party, exchange.given].append((exchange.accepted, exchange.rate))
    for table, rows in (
        ("debts", outlook.scenario.debts),
        ("assurances", outlook.scenario.assurances),
    ):
        for row in rows:
            accepted = [(row.item, Decimal(1)), *rates[row.party, row.item]]
            coming = [(i, rate) for i, rate in accepted if outlook.can_arrive(row.party, i)]
            if not coming or any(item not in outlook.indivisible for item, _ in coming):
                continue
            whole = _common_part(Fraction(rate) for _, rate in coming)
            for owed in _amounts_owed(outlook, table, row):
                if whole and Fraction(owed) % whole:
                    column = "quantity" if table == "debts" else "ratio"
                    message = say.fraction_stays_owed(owed, row.item, coming)
                    yield outlook.warn(table, row, column, decimal_text(owed), message)
                    break


def _amounts_owed(outlook: Outlook, table: str, row: Any) -> Iterator[Decimal]:
    """Yield the amounts that debts of a row come in: of a debt its own, of an assurance a lot's."""
    if table == "debts":
        yield row.quantity
        return
    for offer in outlook.scenario.offers:
        same = (offer.party, offer.item) == (row.party, row.item)
        if same and (offer.lot or row.item in outlook.indivisible):
            yield row.ratio * (offer.lot or Decimal(1))


def _common_part(rates: Iterable[Fraction]) -> Fraction:
    """Return the largest amount of which every rate is a whole multiple."""
    from math import gcd, lcm

    rates = [rate for rate in rates if rate]
    if not rates:
        return Fraction(0)
    below = lcm(*(rate.denominator for rate in rates))
    return Fraction(gcd(*(int(rate * below) for rate in rates)), below)


def assurances_without_replacement(outlook: Outlook) -> Iterable[Problem]:
    """An assurance that nothing can ever honour, though its party offers the item."""
    accepted = defaultdict(list)
    for exchange in outlook.scenario.exchange:
        accepted[exchange.party, exchange.given].append(exchange.accepted)
    offered = {(row.party, row.item) for row in outlook.scenario.offers if row.quantity}
    for row in outlook.scenario.assurances:
        key = (row.party, row.item)
        items = [row.item, *accepted[key]]
        kept = any(outlook.can_arrive(row.party, item) for item in items)
        if row.ratio and key in offered and not kept:
            message = say.assurance_without_replacement(row.party, items)
            yield outlook.warn("assurances", row, "item", row.item, message)


def exchange_circles(outlook: Outlook) -> Iterable[Problem]:
    """Exchange rates that multiply to more than 1 around a circle."""
    by_party = defaultdict(list)
    for row in outlook.scenario.exchange:
        by_party[row.party].append(row)
    for rows in by_party.values():
        rates = {(row.given, row.accepted): row.rate for row in rows if row.given != row.accepted}
        for circle in rate_above_one_around(rates):
            row = next(r for r in rows if (r.given, r.accepted) == (circle[0], circle[1]))
            message = say.exchange_circle(circle)
            yield outlook.warn("exchange", row, "rate", row.rate, message)


def objective_order(outlook: Outlook) -> Iterable[Problem]:
    """`unfairness` before `moved_value`: things would be moved only to look fair."""
    order = outlook.scenario.objectives
    file = outlook.files.get("scenario", "scenario.toml")
    places = {name: place for place, name in enumerate(order)}
    if places.get("unfairness", len(order)) < places.get("moved_value", -1):
        message = say.unfairness_first()
        yield Problem(file, 0, "scenario.objectives", "unfairness", message, "warning")
    for section in ("tolerance", "allowance"):
        for name in getattr(outlook.scenario, section):
            if name not in order:
                message = say.limit_without_objective(name)
                yield Problem(file, 0, f"{section}.{name}", name, message, "warning")
