"""The families consent, willingness and production: lanes, offers, supply and production lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ringtausch.insight.explain.changes import Change
from ringtausch.insight.explain.release import Release, RowName, name_of, name_row
from ringtausch.insight.explain.uses import Holdings, terms_of
from ringtausch.insight.explain.wording import (
    anyone,
    days_text,
    free_name,
    lane_text,
    opening_text,
    quantity_text,
    when_text,
)
from ringtausch.language import _
from ringtausch.records import Scenario
from ringtausch.records.matching import LaneFinder, SupplyFinder
from ringtausch.records.tables import Lane, Offer, Production, Supply

__all__ = ["free_consent", "free_production", "free_willingness"]


def free_consent(scenario: Scenario, holdings: Holdings) -> Iterator[Release]:
    """Make the releases of the family consent: every lane open without limit, and missing lanes."""
    for place, row in enumerate(scenario.lanes):
        free = replace(row, opens=None, until=None, capacity=None)
        if free != row:
            name = name_row(scenario, "lanes", place)
            text = _lane_text(scenario, row)
            yield Release("consent", (name,), (Change("lanes", place, free),), text)
    finder = LaneFinder(scenario.lanes)
    users = [(p.party, i) for p in scenario.parties for i in holdings.items]
    users = [pair for pair in users if pair in holdings.users]
    for giver, item in holdings.givers:
        for receiver, wanted in users:
            if wanted != item or receiver == giver or finder.find(giver, receiver, item):
                continue
            lane = Lane(from_=giver, to=receiver, item=item)
            text = _("there is no lane for {item} from {giver} to {receiver}").format(
                item=item, giver=giver, receiver=receiver
            )
            change = Change("lanes", None, lane)
            yield Release("consent", (name_of("lanes", lane),), (change,), text)


def _lane_text(scenario: Scenario, row: Lane) -> str:
    lane = lane_text(row)
    limits = [opening_text(scenario, row.opens)] if row.opens is not None else []
    if row.until is not None:
        limits.append(_("open until {day}").format(day=row.until))
    if row.capacity is not None:
        limits.append(_("at most {n} at a time").format(n=quantity_text(row.capacity)))
    return _("{lane}: {limits}").format(lane=lane, limits=", ".join(limits))


def free_willingness(scenario: Scenario, holdings: Holdings, units: Decimal) -> Iterator[Release]:
    """Make the releases of the family willingness: offers without limit, and stock not offered."""
    for place, row in enumerate(scenario.offers):
        free = replace(
            row,
            quantity=max(units, row.quantity),
            from_=None,
            until=None,
            to="*",
            lot=None,
            if_others=None,
        )
        if free != row:
            name = name_row(scenario, "offers", place)
            text = _offer_text(scenario, row)
            yield Release("willingness", (name,), (Change("offers", place, free),), text)
    taken = {row.offer for row in scenario.offers}
    for party, item in holdings.not_offered:
        rows: list[RowName] = []
        held = Decimal(0)
        for table in ("stocks", "arrivals"):
            for place, row in enumerate(scenario.rows(table)):
                if (row.party, row.item) == (party, item) and row.quantity > 0:
                    rows.append(name_row(scenario, table, place))
                    held += row.quantity
        name_ = free_name(f"{party}-{item}", taken)
        taken.add(name_)
        offer = Offer(offer=name_, party=party, item=item, quantity=held)
        text = _("{party} has {n} {item} and offers none").format(
            party=party, n=quantity_text(held), item=item
        )
        yield Release("willingness", tuple(rows), (Change("offers", None, offer),), text)


def _offer_text(scenario: Scenario, row: Offer) -> str:
    text = _("{party} offers {n} {item} ({offer})").format(
        party=row.party, n=quantity_text(row.quantity), item=row.item, offer=row.offer
    )
    limits = days_text(scenario, row.from_, row.until)
    if row.to != "*":
        limits.append(_("to {party}").format(party=row.to))
    if row.lot is not None:
        limits.append(_("in lots of {n}").format(n=quantity_text(row.lot)))
    if row.if_others is not None:
        limits.append(_("if others give {n}").format(n=quantity_text(row.if_others)))
    return ", ".join([text, *limits])


def free_production(scenario: Scenario, holdings: Holdings, units: Decimal) -> Iterator[Release]:
    """Make the releases of the family production: lines, windows and lots, and missing supply."""
    yield from _lines(scenario, units)
    yield from _windows(scenario)
    yield from _missing_lines(scenario, units)
    yield from _missing_supply(scenario, holdings)


def _lines(scenario: Scenario, units: Decimal) -> Iterator[Release]:
    """So many whole units more a period; the first row of a line begins at the start.

    Whole units are added, and a row of its own stands for the time before the first, so that the
    fractions that add up to whole items stay what they are: nothing comes later than it did.
    """
    for place, row in enumerate(scenario.production):
        line = [r for r in scenario.production if (r.supplier, r.item) == (row.supplier, row.item)]
        changes = [Change("production", place, replace(row, capacity=row.capacity + units))]
        if row is min(line, key=lambda r: r.from_) and scenario.calendar.index(row.from_) > 0:
            early = Production(
                supplier=row.supplier, item=row.item, from_=scenario.start, capacity=units
            )
            changes.append(Change("production", None, early))
        text = _("{supplier} delivers {n} {item} a {period} from {when} on").format(
            supplier=row.supplier,
            n=quantity_text(row.capacity),
            item=row.item,
            period=scenario.period,
            when=when_text(scenario, scenario.calendar.index(row.from_)),
        )
        name = name_row(scenario, "production", place)
        yield Release("production", (name,), tuple(changes), text)


def _windows(scenario: Scenario) -> Iterator[Release]:
    for place, row in enumerate(scenario.supply):
        free = replace(row, opens=None, until=None, lot=None)
        if free == row:
            continue
        limits = [opening_text(scenario, row.opens)] if row.opens is not None else []
        if row.until is not None:
            limits.append(_("open until {day}").format(day=row.until))
        if row.lot is not None:
            limits.append(_("in lots of {n}").format(n=quantity_text(row.lot)))
        text = _("{item} from {supplier} for {customer}: {limits}").format(
            item=row.item,
            supplier=row.supplier,
            customer=anyone(row.customer),
            limits=", ".join(limits),
        )
        name = name_row(scenario, "supply", place)
        yield Release("production", (name,), (Change("supply", place, free),), text)


def _missing_lines(scenario: Scenario, units: Decimal) -> Iterator[Release]:
    """A supply of an item that its supplier has no production of."""
    known = {(row.supplier, row.item) for row in scenario.production}
    for line in dict.fromkeys((row.supplier, row.item) for row in scenario.supply):
        if line in known or line[1] == "*":
            continue
        made = Production(supplier=line[0], item=line[1], from_=scenario.start, capacity=units)
        text = _("{supplier} has no production of {item}").format(supplier=line[0], item=line[1])
        change = Change("production", None, made)
        yield Release("production", (name_of("production", made),), (change,), text)


def _missing_supply(scenario: Scenario, holdings: Holdings) -> Iterator[Release]:
    """A customer who may not order: on the terms of the supplier's first row for the item."""
    finder = SupplyFinder(scenario.supply)
    for supplier, item in dict.fromkeys((row.supplier, row.item) for row in scenario.production):
        terms = terms_of(scenario, supplier, item)
        for party in (row.party for row in scenario.parties):
            if (party, item) not in holdings.users or finder.find(supplier, item, party):
                continue
            row = Supply(supplier=supplier, item=item, customer=party)
            if terms is not None:
                row = replace(
                    row,
                    price=terms.price,
                    currency=terms.currency,
                    lead=terms.lead,
                    payments=terms.payments,
                )
            text = _("{party} may not order {item} from {supplier}").format(
                party=party, item=item, supplier=supplier
            )
            change = Change("supply", None, row)
            yield Release("production", (name_of("supply", row),), (change,), text)
