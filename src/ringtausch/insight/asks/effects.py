"""What a plan comes to for each party, and what a concession changes of it.

In: a scenario and a plan, and the same with a concession granted. Out: figures by need and party, and
the cost to the one who is asked. Everything is read off the written plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ringtausch.insight.asks.sizes import months_of
from ringtausch.insight.compare.needs import NeedOutcome, need_outcomes
from ringtausch.insight.measures.replacements import EPS, replacements
from ringtausch.insight.measures.rows import Replacement
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Cost", "Outcomes", "cost_to"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a concession costs the one who is asked; nothing where it is no party of the scenario.

    Parameters
    ----------
    gap
        Unit-months below its floors, after less before.
    below
        Unit-months below its floors, after.
    waiting
        Unit-months owed to it, after less before.
    wait
        The longest wait in months until a unit that it hands over is replaced: of the item that the
        concession is about, or of any where it is about none. None where it hands over nothing of
        it that is to be replaced.
    wait_before
        The same without the concession.
    open
        Whether, because of the concession, something of that is still owed when the plan ends.
    unpromised
        Units of that item, after less before, that it hands over without an assurance.
    burden
        What it bears by the measure of `unfairness`, after less before, in the reporting currency.
    share
        Its share of what all parties with a burden key bear, after; None where that means nothing.
    """

    gap: float = 0.0
    below: float = 0.0
    waiting: float = 0.0
    wait: float | None = None
    wait_before: float | None = None
    unpromised: float = 0.0
    open: bool = False
    burden: float = 0.0
    share: float | None = None


@dataclass(frozen=True)
class Outcomes:
    """The figures of one plan that sentences and costs are made of."""

    scenario: Scenario
    plan: Plan

    @cached_property
    def needs(self) -> dict[str, NeedOutcome]:
        """Each need: what is met of it, period by period."""
        return {need.need: need for need in need_outcomes(self.scenario, self.plan)}

    @cached_property
    def unmet(self) -> dict[str, float]:
        """Unit-periods of each need that are not met after its due date."""
        return _sums((row.need, row.quantity) for row in self.plan.rows("unmet"))

    @cached_property
    def late(self) -> dict[str, float]:
        """Unit-periods by party that are overdue."""
        return _sums((row.party, row.late) for row in self.plan.rows("debts"))

    @cached_property
    def gaps(self) -> dict[str, float]:
        """Unit-periods by party below its floors."""
        return _sums((row.party, row.quantity) for row in self.plan.rows("gaps"))

    @cached_property
    def waiting(self) -> dict[str, float]:
        """Unit-periods by party that are owed."""
        return _sums((row.party, row.quantity) for row in self.plan.rows("debts"))

    @cached_property
    def values(self) -> dict[str, float]:
        """The six objectives in the plan."""
        return {name: objective.value for name, objective in self.plan.objectives.items()}

    @cached_property
    def best(self) -> dict[str, float]:
        """The best value of each objective: what is proved, where later ones may take of it.

        The value in the plan itself says little then, since any value up to the cap is as good.
        """
        found = {}
        for name, objective in self.plan.objectives.items():
            given_up = self.scenario.tolerance.get(name) or self.scenario.allowance.get(name)
            bound = objective.bound
            found[name] = bound if given_up and bound is not None else objective.value
        return found

    @cached_property
    def _replaced(self) -> tuple[Replacement, ...]:
        return replacements(self.scenario, self.plan)

    def longest_wait(self, party: str, item: str) -> float | None:
        """Months until what a party hands over of an item ("" = of any) is replaced, at the longest."""
        waits = [part.wait for part in self._given(party, item)]
        return months_of(max(waits), self.scenario) if waits else None

    def still_owed(self, party: str, item: str) -> float:
        """Units that a party hands over in the plan and that are not replaced when it ends."""
        owed = [part.quantity for part in self._given(party, item) if part.back is None]
        return float(sum(owed))

    def _given(self, party: str, item: str) -> list[Replacement]:
        return [
            part
            for part in self._replaced
            if part.party == party and item in {"", part.item} and part.given is not None
        ]

    def unpromised(self, party: str, item: str) -> float:
        """Units that a party hands over without an assurance."""
        promised = {(row.party, row.item) for row in self.scenario.assurances}
        units: list[float] = [
            row.quantity
            for row in self.plan.rows("dispatches")
            if row.from_ == party and item in {"", row.item} and (party, row.item) not in promised
        ]
        return sum(units)

    @cached_property
    def burdens(self) -> dict[str, float]:
        """What each party bears, as `unfairness` counts it, in the reporting currency."""
        scenario = self.scenario
        value = {row.item: float(row.value * scenario.rate(row.currency)) for row in scenario.items}
        owner = {row.fund: row.party for row in scenario.funds}
        bears: dict[str, float] = defaultdict(float)
        for payment in self.plan.rows("payments"):
            bears[owner[payment.fund]] += payment.amount
            if payment.purpose == "compensation":
                bears[payment.party] -= payment.amount
        for sent in self.plan.rows("dispatches"):
            bears[sent.from_] += value[sent.item] * sent.quantity
            bears[sent.to] -= value[sent.item] * sent.quantity
        for order in self.plan.rows("orders"):
            bears[order.customer] -= value[order.item] * order.quantity
        for debt in scenario.debts:
            bears[debt.party] += value[debt.item] * float(debt.quantity)
        return bears

    def share(self, party: str) -> float | None:
        """The share of the burden of all parties with a key; None without one, or without a burden."""
        keyed = [row.party for row in self.scenario.parties if row.burden_key is not None]
        total = sum(self.burdens.get(name, 0.0) for name in keyed)
        if party not in keyed or total <= EPS:
            return None
        return self.burdens.get(party, 0.0) / total


def cost_to(party: str, item: str, before: Outcomes, after: Outcomes) -> Cost:
    """Compare two plans for the one who is asked, for one item or ("") for all that it gives."""
    scenario = after.scenario
    if party not in {row.party for row in scenario.parties}:
        return Cost()
    month = months_of(1, scenario)
    return Cost(
        gap=_clean(month * (after.gaps.get(party, 0.0) - before.gaps.get(party, 0.0))),
        below=_clean(month * after.gaps.get(party, 0.0)),
        waiting=_clean(month * (after.waiting.get(party, 0.0) - before.waiting.get(party, 0.0))),
        wait=after.longest_wait(party, item),
        wait_before=before.longest_wait(party, item),
        unpromised=_clean(after.unpromised(party, item) - before.unpromised(party, item)),
        open=after.still_owed(party, item) > before.still_owed(party, item) + EPS,
        burden=_clean(after.burdens.get(party, 0.0) - before.burdens.get(party, 0.0), 2),
        share=after.share(party),
    )


def _clean(amount: float, decimals: int = 6) -> float:
    """Drop what adding up many floats leaves behind."""
    return round(amount, decimals) + 0.0


def _sums(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for name, amount in parts:
        found[name] += amount
    return dict(found)
