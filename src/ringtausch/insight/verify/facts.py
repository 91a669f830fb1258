"""What the scenario says, read once more straight from the page, for verification only.

In: the rows of a scenario. Out: look-ups by party, item and period. Shares no code with planning
and uses of the records only rows, calendar and exchange rates, so that one misreading of the page
cannot hide in both the plan and its proof. Simple and slow is right here.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import floor

from ringtausch.records import Floor, Lane, Scenario, Supply

__all__ = ["Facts", "Pair", "Series"]

Pair = tuple[str, str]  # a party and an item, or a party and a capability
Series = list[float]  # (period,)


class Facts:
    """The terms of a scenario by name and period.

    Examples
    --------
    >>> from datetime import date
    >>> facts = Facts(Scenario(name="none", start=date(2025, 7, 15), period="month", horizon=12,
    ...                        settlement=0, currency="EUR"))
    >>> facts.window(date(2025, 8, 1), None), facts.window(None, date(2025, 7, 10))
    (range(1, 12), range(0, 0))
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.calendar = scenario.calendar
        self.count = scenario.calendar.count
        self.parties = {row.party: row for row in scenario.parties}
        self.items = {row.item: row for row in scenario.items}
        self.offers = {row.offer: row for row in scenario.offers}
        self.needs = {row.need: row for row in scenario.needs}
        self.funds = {row.fund: row for row in scenario.funds}
        self.assurances = {(row.party, row.item): row for row in scenario.assurances}
        self.suppliers = {row.supplier for row in scenario.supply}
        self.suppliers |= {row.supplier for row in scenario.production}
        self._lane_rows = {
            (row.from_, row.to, row.item): (place, row) for place, row in enumerate(scenario.lanes)
        }
        self._supply_rows = {
            (row.supplier, row.item, row.customer): (place, row)
            for place, row in enumerate(scenario.supply)
        }
        self._capacities: dict[Pair, list[Fraction]] = {}

    # ---- time and money

    def window(self, first: date | None, last: date | None) -> range:
        """Return the periods in which something is open; closed where it ended before the start."""
        if last is not None and last < self.scenario.start:
            return range(0)
        begin = 0 if first is None else self.calendar.index(first)
        end = self.count if last is None else min(self.count, self.calendar.index(last) + 1)
        return range(begin, end) if begin < end else range(0)

    def money(self, amount: Decimal, currency: str) -> float:
        """Return an amount in the reporting currency."""
        return float(amount * self.scenario.rate(currency))

    def value(self, item: str) -> float:
        """Return the value of one unit in the reporting currency, 0 where none is given."""
        row = self.items[item]
        return self.money(row.value, row.currency)

    # ---- what is there

    @cached_property
    def opening(self) -> dict[Pair, float]:
        """Units in hand at the start, by party and item."""
        return {(row.party, row.item): float(row.quantity) for row in self.scenario.stocks}

    @cached_property
    def arrivals(self) -> dict[Pair, Series]:
        """Units that come in any case, by party, item and period."""
        return self._arrivals(designable_only=False)

    @cached_property
    def free(self) -> dict[Pair, Series]:
        """Those arrivals that may settle a debt or serve a need."""
        return self._arrivals(designable_only=True)

    def _arrivals(self, *, designable_only: bool) -> dict[Pair, Series]:
        found: dict[Pair, Series] = {}
        for row in self.scenario.arrivals:
            period = self.calendar.index(row.date)
            if period < self.count and (row.designable or not designable_only):
                series = found.setdefault((row.party, row.item), self.zeros())
                series[period] += float(row.quantity)
        return found

    def zeros(self) -> Series:
        """Return a fresh zero for each period."""
        return [0.0] * self.count

    # ---- permissions

    def lane(self, from_: str, to: str, item: str) -> Lane | None:
        """Return the row that speaks for a lane, or None where there is no such lane."""
        if from_ == to:
            return None
        names = ((a, b, c) for a in (from_, "*") for b in (to, "*") for c in (item, "*"))
        matches = [(*self._lane_rows[key], key) for key in names if key in self._lane_rows]
        if not matches:
            return None
        # The row that names most counts; at a tie the later one.
        return max(matches, key=lambda match: (-match[2].count("*"), match[0]))[1]

    def supply(self, supplier: str, item: str, customer: str) -> Supply | None:
        """Return the row that speaks for a purchase, or None where it is not possible."""
        names = ((supplier, a, b) for a in (item, "*") for b in (customer, "*"))
        matches = [(*self._supply_rows[key], key) for key in names if key in self._supply_rows]
        if not matches:
            return None
        return max(matches, key=lambda match: (-match[2].count("*"), match[0]))[1]

    def capacity(self, supplier: str, item: str) -> list[Fraction]:
        """Return the units that a supplier can deliver in each period, exactly."""
        key = (supplier, item)
        if key not in self._capacities:
            rows = [row for row in self.scenario.production if (row.supplier, row.item) == key]
            rates = [Fraction(0)] * self.count
            for row in sorted(rows, key=lambda row: row.from_):
                for period in range(self.calendar.index(row.from_), self.count):
                    rates[period] = Fraction(row.capacity)
            if self.items[item].indivisible:
                # A whole item comes off the line in the period that completes it.
                done = [Fraction(floor(total)) for total in accumulate(rates)]
                rates = [
                    now - before for now, before in zip(done, [Fraction(0), *done], strict=False)
                ]
            self._capacities[key] = rates
        return self._capacities[key]

    # ---- capabilities

    @cached_property
    def _roles(self) -> dict[str, dict[str, dict[str, float]]]:
        found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.scenario.capabilities:
            found[row.capability][row.role][row.item] = float(row.weight)
        return found

    def roles(self, capability: str) -> list[dict[str, float]]:
        """Return, per role of a capability, the weight of each item; an item is one of its own."""
        if capability in self.items:
            return [{capability: 1.0}]
        return list(self._roles.get(capability, {}).values())

    def weights(self, capability: str) -> dict[str, float]:
        """Return the items that a capability counts, with their weights above 0."""
        return {
            item: weight
            for role in self.roles(capability)
            for item, weight in role.items()
            if weight > 0
        }

    @cached_property
    def wanted(self) -> set[Pair]:
        """Return the pairs of a party and an item that one of its needs counts."""
        return {
            (need.party, item)
            for need in self.scenario.needs
            for item in self.weights(need.capability)
        }

    @cached_property
    def floors(self) -> dict[Pair, list[Floor | None]]:
        """Return the row that counts in each period, by party and capability."""
        found: dict[Pair, list[Floor | None]] = {}
        for row in sorted(self.scenario.floors, key=lambda row: row.from_):
            series = found.setdefault((row.party, row.capability), [None] * self.count)
            for period in range(self.calendar.index(row.from_), self.count):
                series[period] = row
        return found

    # ---- debts

    @cached_property
    def owed(self) -> dict[Pair, float]:
        """Units owed at the start; every pair with an assurance or a debt row is in it."""
        found = dict.fromkeys(self.assurances, 0.0)
        for row in self.scenario.debts:
            key = (row.party, row.item)
            found[key] = found.get(key, 0.0) + float(row.quantity)
        return found

    @cached_property
    def owed_later(self) -> dict[Pair, Series]:
        """Units of the opening debts whose due period comes after each period."""
        found = {key: self.zeros() for key in self.owed}
        for row in self.scenario.debts:
            series = found[row.party, row.item]
            for period in range(min(self.calendar.index(row.due), self.count)):
                series[period] += float(row.quantity)
        return found

    def ratio(self, pair: Pair) -> float:
        """Return the units owed per unit handed over; 0 without an assurance."""
        assurance = self.assurances.get(pair)
        return 0.0 if assurance is None else float(assurance.ratio)

    @cached_property
    def _exchange(self) -> dict[Pair, dict[str, float]]:
        found: dict[Pair, dict[str, float]] = defaultdict(dict)
        for row in self.scenario.exchange:
            found[row.party, row.given][row.accepted] = float(row.rate)
        return found

    def rates(self, party: str, item: str) -> dict[str, float]:
        """Return what a party accepts for an item owed to it, and as how many units of it."""
        return {**self._exchange.get((party, item), {}), item: 1.0}

    # ---- funds

    def released(self, fund: str) -> Series:
        """Return what a fund has been given up to each period, in the reporting currency."""
        series = self.zeros()
        for row in self.scenario.releases:
            if row.fund == fund:
                for period in range(min(self.calendar.index(row.date), self.count), self.count):
                    series[period] += self.money(row.amount, self.funds[fund].currency)
        return series

    @cached_property
    def _earmarks(self) -> dict[str, set[tuple[str, str, str]]]:
        found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
        for row in self.scenario.earmarks:
            found[row.fund].add((row.purpose, row.item, row.party))
        return found

    def may_pay(self, fund: str, purpose: str, item: str, party: str) -> bool:
        """Say whether the earmarks of a fund allow a charge; without earmarks it may pay all."""
        allowed = self._earmarks.get(fund)
        if allowed is None:
            return True
        return any(
            (a, b, c) in allowed for a in (purpose, "*") for b in (item, "*") for c in (party, "*")
        )
