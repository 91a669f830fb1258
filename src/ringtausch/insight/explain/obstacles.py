"""Obstacles: which rows of a scenario stand against what is demanded of a plan.

In: a scenario and demands that no plan meets. Out: rows that all have to give way, an irreducible set:
with what they forbid taken away there is a plan that meets the demands, and with any one of them left
as it is there is none. Of several such sets one is named: rows that are there rather than rows that
nobody wrote, and what the demand itself is about rather than ways around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ringtausch.insight.explain.changes import Change, apply_changes, edits_of
from ringtausch.insight.explain.demanded import allows
from ringtausch.insight.explain.demands import Demand
from ringtausch.insight.explain.plenty import plenty_of_units
from ringtausch.insight.explain.release import FAMILIES, Release, RowName, name_of, name_row
from ringtausch.insight.explain.releases import list_releases
from ringtausch.insight.explain.uses import Holdings
from ringtausch.insight.explain.wording import quantity_text
from ringtausch.language import _
from ringtausch.planning.relaxing import shrink
from ringtausch.planning.watch import Watch
from ringtausch.records import Scenario
from ringtausch.records.matching import LaneFinder, SupplyFinder
from ringtausch.records.tables import Lane, Offer, Production, Stock, Supply

__all__ = ["Obstacle", "find_obstacles"]


@dataclass(frozen=True)
class Obstacle:
    """A row that stands against a demand, and the edits with which it no longer does."""

    rows: tuple[RowName, ...]
    sentence: str
    release: tuple[str, ...]


def find_obstacles(
    scenario: Scenario, demands: Sequence[Demand], watch: Watch
) -> tuple[Obstacle, ...]:
    """Find what stands against demands; nothing where even with all rows released no plan does it."""
    releases = _in_order(scenario, demands)

    def makes_room(some: Sequence[int]) -> bool:
        released = [releases[number] for number in some]
        return allows(_with(scenario, released), demands, watch) is True

    everything = range(len(releases))
    if not makes_room(everything):
        return ()
    chosen = [releases[number] for number in shrink(everything, makes_room)]
    return tuple(
        Obstacle(release.rows, release.sentence, edits_of(scenario, release.changes))
        for release in chosen
    )


def _in_order(scenario: Scenario, demands: Sequence[Demand]) -> list[Release]:
    """List what could be released, the rows first that are to be left as they are where possible."""
    named = _named(scenario, demands)
    known = {(row.table, *row.key.values()) for release in named for row in release.rows}
    others = [
        release
        for release in list_releases(scenario)
        if "unmet_need" in release.objectives
        and not any((row.table, *row.key.values()) in known for row in release.rows)
    ]
    missing = [r for r in others if any(change.place is None for change in r.changes)]
    there = [r for r in others if r not in missing]
    return [*missing, *there, *named, *_stocks(scenario), *_requirements(scenario)]


def _with(scenario: Scenario, released: Sequence[Release]) -> Scenario:
    return apply_changes(scenario, [change for release in released for change in release.changes])


def _requirements(scenario: Scenario) -> list[Release]:
    """List what must be, besides assurances and floors: hard needs and dues."""
    found = []
    for place, need in enumerate(scenario.needs):
        if need.hard:
            text = _("{need} of {party} must be met from {day} on").format(
                need=need.need, party=need.party, day=need.due
            )
            change = Change("needs", place, replace(need, hard=False))
            found.append(_release(scenario, change, text))
    for place, due in enumerate(scenario.dues):
        if due.amount:
            text = _("{n} {currency} for {purpose} of {item} must be paid on {day}").format(
                n=quantity_text(due.amount),
                currency=due.currency or scenario.currency,
                purpose=due.purpose,
                item=due.item,
                day=due.date,
            )
            change = Change("dues", place, replace(due, amount=Decimal(0)))
            found.append(_release(scenario, change, text))
    return found


def _stocks(scenario: Scenario) -> list[Release]:
    """List what there is: nobody can hand over more than that."""
    units = plenty_of_units(scenario)
    found = []
    for place, row in enumerate(scenario.stocks):
        text = _("{party} has {n} {item}").format(
            party=row.party, n=quantity_text(row.quantity), item=row.item
        )
        change = Change("stocks", place, replace(row, quantity=row.quantity + units))
        found.append(_release(scenario, change, text))
    held = {(row.party, row.item) for row in scenario.stocks}
    for party, item in dict.fromkeys((row.party, row.item) for row in scenario.offers):
        if (party, item) not in held:
            stock = Stock(party=party, item=item, quantity=units)
            text = _("{party} has no {item}").format(party=party, item=item)
            found.append(_new(Change("stocks", None, stock), text))
    return found


def _named(scenario: Scenario, demands: Sequence[Demand]) -> list[Release]:
    """List rows that a demand itself names and nobody wrote: beyond what is of use to anyone."""
    units = plenty_of_units(scenario)
    holdings = Holdings(scenario)
    lanes, supplies = LaneFinder(scenario.lanes), SupplyFinder(scenario.supply)
    lines = {(row.supplier, row.item) for row in scenario.production}
    found = []
    for names in (_all_names(scenario, demand) for demand in demands):
        giver, receiver, item = (names.get(name, "") for name in ("from", "to", "item"))
        known = (giver, item) in {*holdings.givers, *holdings.asked}
        if giver and item and not known:
            offer = Offer(offer=f"{giver}-{item}", party=giver, item=item, quantity=units)
            stock = Stock(party=giver, item=item, quantity=units)
            text = _("{party} has no {item} and offers none").format(party=giver, item=item)
            found.append(_new(Change("offers", None, offer), text, Change("stocks", None, stock)))
        missing = giver and receiver and item and giver != receiver
        if missing and not lanes.find(giver, receiver, item):
            lane = Lane(from_=giver, to=receiver, item=item)
            text = _("there is no lane for {item} from {giver} to {receiver}").format(
                item=item, giver=giver, receiver=receiver
            )
            found.append(_new(Change("lanes", None, lane), text))
        supplier, customer = names.get("supplier", ""), names.get("customer", "")
        if supplier and item and (supplier, item) not in lines:
            row = Production(supplier=supplier, item=item, from_=scenario.start, capacity=units)
            text = _("{supplier} has no production of {item}").format(supplier=supplier, item=item)
            found.append(_new(Change("production", None, row), text))
        if supplier and customer and item and not supplies.find(supplier, item, customer):
            supply = Supply(supplier=supplier, item=item, customer=customer)
            text = _("{party} may not order {item} from {supplier}").format(
                party=customer, item=item, supplier=supplier
            )
            found.append(_new(Change("supply", None, supply), text))
    return found


def _all_names(scenario: Scenario, demand: Demand) -> dict[str, str]:
    """Return the names of a demand, with the party and the item of its offer."""
    offer = next((r for r in scenario.offers if r.offer == demand.names.get("offer")), None)
    of_offer = {} if offer is None else {"from": offer.party, "item": offer.item}
    return of_offer | demand.names


def _new(change: Change, text: str, *more: Change) -> Release:
    return Release(FAMILIES[0], (name_of(change.table, change.row),), (change, *more), text)


def _release(scenario: Scenario, change: Change, text: str) -> Release:
    assert change.place is not None
    name = name_row(scenario, change.table, change.place)
    return Release(FAMILIES[0], (name,), (change,), text)
