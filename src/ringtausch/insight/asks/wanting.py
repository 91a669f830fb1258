"""Who wants what, and which lane it would take to get there.

In: a scenario. Out: for each item the parties that need or are owed it; the lane that counts from one
party to another, and the change that opens it where it is closed or missing.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from ringtausch.insight.asks.concession import Addition, Change, Setting
from ringtausch.records.matching import LaneFinder
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Lane

__all__ = ["Wanting", "opened_lane"]


class Wanting:
    """Who wants what in a scenario.

    A party wants an item that one of its needs counts, or that it accepts for what it is owed: it has
    an assurance or a debt of the item itself, or of one for which its exchange accepts the item.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def needing(self) -> dict[str, frozenset[str]]:
        """The parties by item of which a need counts it."""
        counted: dict[str, set[str]] = {}
        for row in self.scenario.capabilities:
            if row.weight > 0:
                counted.setdefault(row.capability, set()).add(row.item)
        found: dict[str, set[str]] = {}
        for need in self.scenario.needs:
            for item in {need.capability, *counted.get(need.capability, ())}:
                found.setdefault(item, set()).add(need.party)
        return {item: frozenset(parties) for item, parties in found.items()}

    @cached_property
    def owed(self) -> dict[str, frozenset[str]]:
        """The parties by item that they would accept for what they are owed."""
        accounts = {(row.party, row.item) for row in self.scenario.assurances}
        accounts |= {(row.party, row.item) for row in self.scenario.debts}
        accepted = accounts | {
            (row.party, row.accepted)
            for row in self.scenario.exchange
            if (row.party, row.given) in accounts and row.rate > 0
        }
        found: dict[str, set[str]] = {}
        for party, item in accepted:
            found.setdefault(item, set()).add(party)
        return {item: frozenset(parties) for item, parties in found.items()}

    def receivers(self, item: str, giver: str) -> list[str]:
        """List who else wants an item, in the order of the table of parties."""
        wanted = self.needing.get(item, frozenset()) | self.owed.get(item, frozenset())
        return [p.party for p in self.scenario.parties if p.party in wanted and p.party != giver]

    def may_give(self, party: str, item: str) -> bool:
        """Tell whether a party has or gets an item, and asks for none itself."""
        return (party, item) in self.held and party not in self.needing.get(item, frozenset())

    @cached_property
    def held(self) -> dict[tuple[str, str], Decimal]:
        """Units by party and item of stocks, and of arrivals within the plan, where there are any."""
        found: dict[tuple[str, str], Decimal] = {}
        for stock in self.scenario.stocks:
            found[stock.party, stock.item] = stock.quantity
        calendar = self.scenario.calendar
        for row in self.scenario.arrivals:
            if calendar.index(row.date) < calendar.count:
                pair = (row.party, row.item)
                found[pair] = found.get(pair, Decimal(0)) + row.quantity
        return {pair: quantity for pair, quantity in found.items() if quantity > 0}

    @cached_property
    def lanes(self) -> LaneFinder:
        """The lanes by what counts."""
        return LaneFinder(self.scenario.lanes)


def opened_lane(wanting: Wanting, giver: str, receiver: str, item: str) -> tuple[Change, ...]:
    """Return what opens a lane from the start on, for good; nothing where it is open at some time.

    A row of just this lane gets an empty `opens` and, where it has passed, an empty `until`. Where
    only a wider row counts, or none, a row of just this lane is added: a copy of the one that counts,
    else of the slowest lane of the item (or of every item) to the same receiver, else a bare one.
    """
    scenario = wanting.scenario
    row = wanting.lanes.find(giver, receiver, item)
    if row is not None and len(scenario.calendar.window(row.opens, row.until)) > 0:
        return ()
    expired = row is not None and row.until is not None
    if row is not None and (row.from_, row.to, row.item) == (giver, receiver, item):
        place = scenario.lanes.index(row)
        changes: list[Change] = []
        if row.opens is not None:
            changes.append(Setting("lanes", place, "opens", None))
        if expired:
            changes.append(Setting("lanes", place, "until", None))
        return tuple(changes)
    like = row or _slowest(scenario, receiver, item) or Lane(from_="*", to="*", item="*")
    added = replace(
        like,
        from_=giver,
        to=receiver,
        item=item,
        opens=None,
        until=None,
        capacity=like.capacity if row is not None else None,
        source="",
        note="",
        line=0,
    )
    return (Addition("lanes", added),)


def _slowest(scenario: Scenario, receiver: str, item: str) -> Lane | None:
    """Find the lane with the longest lead to a receiver, the later row at a tie."""
    like = [r for r in scenario.lanes if r.to in {receiver, "*"} and r.item in {item, "*"}]
    return max(reversed(like), key=lambda row: row.lead, default=None)
