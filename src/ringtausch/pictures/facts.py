"""What a plan comes to for a reader: plain sums over the rows of a scenario and of a plan.

In: a scenario and a plan. Out: stocks, strengths against floors, needs over time, and the names to
call things by. No solver and no mark-up; words and pictures take their figures from here, so that
they agree.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ringtausch.insight.measures.readiness import gap_series
from ringtausch.pictures.returns import EPS, Owed, Used, incoming, owed
from ringtausch.pictures.series import FloorSeries, NeedSeries
from ringtausch.pictures.wording import clean, isolate
from ringtausch.records import OBJECTIVES

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from ringtausch.insight.measures import Measures
    from ringtausch.insight.measures.readiness import GapSeries
    from ringtausch.records import Floor, Need, Plan, Scenario
    from ringtausch.records.plan import Dispatch, GapLevel, Order
    from ringtausch.records.values import Value

__all__ = ["Facts"]


#: The tables of a plan that pictures draw from; stocks and debts they count for themselves.
_TABLES = ("dispatches", "orders", "settlements", "fulfilments", "payments", "gaps")


@dataclass(frozen=True)
class Facts:
    """A scenario and a plan for it, with the sums that words and pictures share."""

    scenario: Scenario
    plan: Plan
    values: tuple[Value, ...] = ()

    @property
    def count(self) -> int:
        """The number of periods, settlement included."""
        return self.scenario.calendar.count

    @cached_property
    def _party_names(self) -> dict[str, str]:
        return {r.party: isolate(clean(r.name or r.party)) for r in self.scenario.parties}

    @cached_property
    def _item_names(self) -> dict[str, str]:
        return {r.item: isolate(clean(r.name or r.item)) for r in self.scenario.items}

    def party(self, key: str) -> str:
        """Name a party (or a supplier that is none) for people."""
        return self._party_names.get(key) or isolate(clean(key))

    def item(self, key: str) -> str:
        """Name an item, or a capability that is none, for people."""
        return self._item_names.get(key) or isolate(clean(key))

    @cached_property
    def aims(self) -> tuple[str, ...]:
        """The objectives of this plan in their order; a plan may have been made for others."""
        asked = self.plan.settings.get("objectives")
        if isinstance(asked, (list, tuple)) and asked and set(asked) <= set(OBJECTIVES):
            return tuple(asked)
        return self.scenario.objectives

    def kind(self, item: str) -> int:
        """Number an item by its place in the table: its colour and shape follow from it."""
        return self._item_places.get(item, 0)

    def value(self, item: str) -> float:
        """Return what a unit of an item counts: its value, 1 where none is given."""
        return self._item_values.get(item, 1.0)

    @cached_property
    def weighted(self) -> bool:
        """Whether a need, an assurance or a floor counts for more or less than its units."""
        said = self.scenario
        weights = [
            *(need.weight for need in said.needs),
            *(terms.weight for terms in said.assurances),
            *(floor.weight for floor in said.floors),
        ]
        return any(weight != 1 for weight in weights)

    @cached_property
    def _item_places(self) -> dict[str, int]:
        return {row.item: n for n, row in enumerate(self.scenario.items)}

    @cached_property
    def _item_values(self) -> dict[str, float]:
        rate = self.scenario.rate
        return {r.item: float(r.value * rate(r.currency)) or 1.0 for r in self.scenario.items}

    def label(self, period: int) -> str:
        """Name a period in labels; one after the last is named all the same."""
        return self.scenario.calendar.label(period)

    def rows(self, table: str) -> tuple[Any, ...]:
        """Return the rows of a plan's table that this scenario can place.

        A plan edited by hand, or made for another state of the scenario, may name what is not
        there; the report says how many rows it leaves out.
        """
        return self._rows[table]

    @cached_property
    def misplaced(self) -> int:
        """How many rows of the plan name a thing or a period that the scenario does not have."""
        return sum(len(self.plan.rows(table)) - len(rows) for table, rows in self._rows.items())

    @cached_property
    def _rows(self) -> dict[str, tuple[Any, ...]]:
        periods = range(self.count)
        items = set(self._item_places)
        parties = {row.party for row in self.scenario.parties}
        known: dict[str, Container[object]] = {
            "period": periods, "arrives": periods, "delivered": periods,
            "item": items, "accepted": items,
            "party": parties, "from_": parties, "to": parties, "customer": parties,
            "need": {row.need for row in self.scenario.needs},
            "fund": {row.fund for row in self.scenario.funds},
        }  # fmt: skip
        found = {}
        for table in _TABLES:
            rows = self.plan.rows(table)
            checks = [(name, known[name]) for name in known if rows and hasattr(rows[0], name)]
            found[table] = tuple(
                row for row in rows if all(getattr(row, name) in there for name, there in checks)
            )
        return found

    @cached_property
    def placed(self) -> Plan:
        """The plan without the rows that this scenario cannot place."""
        return replace(self.plan, tables={table: self.rows(table) for table in _TABLES})

    @cached_property
    def measures(self) -> Measures:
        """What the plan asks of each party, and what each gets for it."""
        from ringtausch.insight.measures import measures_of

        return measures_of(self.scenario, self.placed, self.values)

    @cached_property
    def shortfalls(self) -> tuple[GapSeries, ...]:
        """How far each party is below each of its floors, by the decisions of the plan."""
        return gap_series(self.scenario, self.placed)

    @cached_property
    def dispatches(self) -> tuple[Dispatch, ...]:
        """The dispatches, first to last."""
        rows = self.rows("dispatches")
        return tuple(sorted(rows, key=lambda r: (r.period, r.from_, r.to, r.item, r.offer)))

    @cached_property
    def orders(self) -> tuple[Order, ...]:
        """The orders, in the order of their delivery."""
        rows = self.rows("orders")
        return tuple(sorted(rows, key=lambda r: (r.delivered, r.supplier, r.customer, r.item)))

    @cached_property
    def used(self) -> list[Used]:
        """What arrives by the plan and what it is used for."""
        return incoming(self)

    @cached_property
    def claims(self) -> list[Owed]:
        """What each party is owed and what came back, by party, item and hand-over."""
        return owed(self)

    @cached_property
    def stock(self) -> dict[tuple[str, str], list[float]]:
        """What each party holds of each item at the end of each period (rule 1)."""
        change: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * self.count)
        for held in self.scenario.stocks:
            change[held.party, held.item][0] += float(held.quantity)
        for coming in self.scenario.arrivals:
            at = self.scenario.calendar.index(coming.date)
            if at < self.count:
                change[coming.party, coming.item][at] += float(coming.quantity)
        for sent in self.dispatches:
            change[sent.from_, sent.item][sent.period] -= sent.quantity
            change[sent.to, sent.item][sent.arrives] += sent.quantity
        for order in self.orders:
            change[order.customer, order.item][order.delivered] += order.quantity
        return {pair: _running(steps) for pair, steps in change.items()}

    @cached_property
    def roles(self) -> dict[str, dict[str, dict[str, float]]]:
        """The weights of items by capability and role; an item is a capability of its own."""
        found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.scenario.items:
            found[row.item][""][row.item] = 1.0
        for given in self.scenario.capabilities:
            found[given.capability][given.role][given.item] = float(given.weight)
        return found

    @cached_property
    def floors(self) -> tuple[FloorSeries, ...]:
        """Each party's capability against its floors, in the order of the table."""
        rows: dict[tuple[str, str], list[Floor]] = defaultdict(list)
        for row in self.scenario.floors:
            rows[row.party, row.capability].append(row)
        gaps: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * self.count)
        level: GapLevel
        for level in self.rows("gaps"):
            gaps[level.party, level.capability][level.period] = level.quantity
        return tuple(
            self._floor_series(*key, sorted(rows[key], key=lambda r: r.from_), gaps[key])
            for key in rows
        )

    def _floor_series(
        self, party: str, capability: str, rows: list[Floor], gap: list[float]
    ) -> FloorSeries:
        floor, lowest = [0.0] * self.count, [0.0] * self.count
        for row in rows:  # by date: a later one overwrites from its own period on
            for t in range(self.scenario.calendar.index(row.from_), self.count):
                floor[t] = float(row.quantity)
                lowest[t] = max(0.0, float(row.quantity - row.max_gap))
        return FloorSeries(
            party,
            capability,
            self._strength(party, capability),
            tuple(floor),
            tuple(lowest),
            tuple(gap),
        )

    def _strength(self, party: str, capability: str) -> tuple[float, ...]:
        """The weakest role counts (rule 8)."""
        none = [0.0] * self.count
        by_role = [
            [
                sum(
                    weight * self.stock.get((party, item), none)[t] for item, weight in role.items()
                )
                for t in range(self.count)
            ]
            for role in self.roles.get(capability, {}).values()
        ]
        return tuple(round(min(values), 9) for values in zip(*by_role, strict=True))

    @cached_property
    def needs(self) -> tuple[NeedSeries, ...]:
        """What counts towards each need over time, in the order of the table (rule 9)."""
        served: dict[str, dict[str, list[float]]] = defaultdict(
            lambda: defaultdict(lambda: [0.0] * self.count)
        )
        for row in self.rows("fulfilments"):
            served[row.need][row.item][row.period] += row.quantity
        return tuple(self._need_series(need, served[need.need]) for need in self.scenario.needs)

    def _need_series(self, need: Need, served: dict[str, list[float]]) -> NeedSeries:
        by_role = []
        for role in self.roles.get(need.capability, {}).values():
            steps = [0.0] * self.count
            for item, weight in role.items():
                for t, units in enumerate(served.get(item, ())):
                    steps[t] += weight * units
            by_role.append(_running(steps))
        counted = (min(values) for values in zip(*by_role, strict=True))
        due = self.scenario.calendar.index(need.due)
        return NeedSeries(need, due, tuple(_counting(value, need) for value in counted))

    def givers(self) -> Iterator[str]:
        """Name who hands something over, in the order of the parties table."""
        active = {row.from_ for row in self.dispatches}
        yield from (row.party for row in self.scenario.parties if row.party in active)


def _running(steps: list[float]) -> list[float]:
    total, sums = 0.0, []
    for step in steps:
        total += step
        sums.append(0.0 if abs(total) < EPS else round(total, 9))
    return sums


def _counting(value: float, need: Need) -> float:
    """Only whole steps count, and nothing beyond what was asked for."""
    if need.step:
        value = math.floor(value / float(need.step) + EPS) * float(need.step)
    return min(value, float(need.quantity))
