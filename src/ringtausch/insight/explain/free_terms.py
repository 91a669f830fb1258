"""The families time and floors: leads, assurances, and what a giver must keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ringtausch.insight.explain.changes import Change
from ringtausch.insight.explain.release import Release, name_row
from ringtausch.insight.explain.uses import Holdings
from ringtausch.insight.explain.wording import anyone, lane_text, periods_text, quantity_text
from ringtausch.language import _
from ringtausch.records import Scenario

__all__ = ["free_floors", "free_time"]


def free_time(scenario: Scenario) -> Iterator[Release]:
    """Make the releases of the family time: no lead, and assurances that bind nobody."""
    for place, row in enumerate(scenario.lanes):
        if row.lead:
            text = _("{lane} is under way for {time}").format(
                lane=lane_text(row), time=periods_text(scenario, row.lead)
            )
            change = Change("lanes", place, replace(row, lead=0))
            name = name_row(scenario, "lanes", place)
            yield Release("time", (name,), (change,), text, only_adds=False)
    for place, supply in enumerate(scenario.supply):
        if supply.lead:
            text = _("{supplier} delivers {item} to {customer} {time} after the order").format(
                supplier=supply.supplier,
                item=supply.item,
                customer=anyone(supply.customer),
                time=periods_text(scenario, supply.lead),
            )
            change = Change("supply", place, replace(supply, lead=0))
            name = name_row(scenario, "supply", place)
            yield Release("time", (name,), (change,), text, only_adds=False)
    yield from _assurances(scenario)


def _assurances(scenario: Scenario) -> Iterator[Release]:
    """The longest time that the settlement allows, and neither hard nor secured."""
    for place, row in enumerate(scenario.assurances):
        free = replace(row, within=scenario.settlement, hard=False, secured=False)
        if free == row:
            continue
        how = [_("without exception")] if row.hard else []
        how += [_("secured before the hand-over")] if row.secured else []
        text = _("{party} must have {item} replaced within {time}").format(
            party=row.party, item=row.item, time=periods_text(scenario, row.within)
        )
        name = name_row(scenario, "assurances", place)
        yield Release(
            "time", (name,), (Change("assurances", place, free),), ", ".join([text, *how])
        )


def free_floors(scenario: Scenario, holdings: Holdings, units: Decimal) -> Iterator[Release]:
    """Make the releases of the family floors, for parties that give or might give what counts.

    For needs and replacements the floor is gone. For gaps it stays, and any gap is accepted: a
    floor that is gone would explain every gap below it, which is to say nothing.
    """
    for place, row in enumerate(scenario.floors):
        gives = any(
            party == row.party and holdings.counts(row.capability, item)
            for party, item in holdings.givers
        )
        if not gives or not row.quantity:
            continue
        name = name_row(scenario, "floors", place)
        text = _("{party} keeps {n} {capability}, at most {gap} below").format(
            party=row.party,
            n=quantity_text(row.quantity),
            capability=row.capability,
            gap=quantity_text(row.max_gap),
        )
        gone = Change("floors", place, replace(row, quantity=Decimal(0)))
        others = frozenset({"late_replacement", "unmet_need"})
        yield Release("floors", (name,), (gone,), text, objectives=others)
        if row.max_gap < units:
            deep = Change("floors", place, replace(row, max_gap=units))
            yield Release(
                "floors", (name,), (deep,), text, objectives=frozenset({"capability_gap"})
            )
