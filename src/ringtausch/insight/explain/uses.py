"""Who has something to give, and who could use it: which missing rows are worth asking about.

In: a scenario. Out: pairs of a party and an item. A lane to somebody who can do nothing with the item
would change nothing, and is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ringtausch.records import Scenario
from ringtausch.records.tables import Arrival, Assurance, Debt, Floor, Need, Stock, Supply

__all__ = ["Holdings", "Pair", "terms_of"]

Pair = tuple[str, str]  # party, item


class Holdings:
    """Pairs of a party and an item, in the scenario's order."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.items = tuple(row.item for row in scenario.items)
        self._counted: dict[str, set[str]] = {name: {name} for name in self.items}
        for row in scenario.capabilities:
            if row.weight > 0:
                self._counted.setdefault(row.capability, set()).add(row.item)

    def counts(self, capability: str, item: str) -> bool:
        """Tell whether a capability counts an item."""
        return item in self._counted.get(capability, ())

    @cached_property
    def offered(self) -> frozenset[Pair]:
        """Who offers an item, however little."""
        return frozenset((row.party, row.item) for row in self.scenario.offers)

    @cached_property
    def asked(self) -> frozenset[Pair]:
        """Whose needs count an item: who asks for a thing gives none of it away."""
        return self._pairs_of(self.scenario.needs)

    @cached_property
    def not_offered(self) -> tuple[Pair, ...]:
        """Who has an item at the start, or gets it in any case, and offers none of it."""
        rows: tuple[Stock | Arrival, ...] = (*self.scenario.stocks, *self.scenario.arrivals)
        held = [(row.party, row.item) for row in rows if row.quantity > 0]
        known = self.offered | self.asked
        return tuple(pair for pair in dict.fromkeys(held) if pair not in known)

    @cached_property
    def givers(self) -> tuple[Pair, ...]:
        """Who offers an item or might: from whom a lane is worth asking about."""
        offered = dict.fromkeys((row.party, row.item) for row in self.scenario.offers)
        return (*offered, *self.not_offered)

    @cached_property
    def users(self) -> frozenset[Pair]:
        """Who could use an item: for a need or a floor, as a replacement, or to hand it on."""
        scenario = self.scenario
        accounts: tuple[Assurance | Debt, ...] = (*scenario.assurances, *scenario.debts)
        owed = {(row.party, row.item) for row in accounts}
        taken = {
            (row.party, row.accepted)
            for row in scenario.exchange
            if (row.party, row.given) in owed and row.rate > 0
        }
        floors = self._pairs_of(row for row in scenario.floors if row.quantity > 0)
        return frozenset(owed | taken | self.asked | floors | self.offered)

    def _pairs_of(self, rows: Iterable[Need | Floor]) -> frozenset[Pair]:
        return frozenset(
            (row.party, item) for row in rows for item in self._counted.get(row.capability, ())
        )


def terms_of(scenario: Scenario, supplier: str, item: str) -> Supply | None:
    """Return on which terms a customer would order whom no row of `supply` names: the first row's."""
    rows = (row for row in scenario.supply if row.supplier == supplier)
    return next((row for row in rows if row.item in {item, "*"}), None)
