"""Targets: what asks for an explanation: a need that is not met, a gap, a late replacement.

In: a plan. Out: for each of them how much in which period. A target is one need, one capability of one
party, or one item owed to one party; its periods are those in which something is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ringtausch.insight.explain.wording import number_text, unit_periods, when_text
from ringtausch.language import _
from ringtausch.records import Plan, Scenario

__all__ = ["Amounts", "Freed", "Target", "amounts_in", "compare_targets", "find_targets"]

#: Less than this is the solver's rounding.
_NOTHING = 1e-6

Key = tuple[str, ...]  # objective, then the names
Amounts = dict[Key, dict[int, float]]


@dataclass(frozen=True)
class Target:
    """What is missing: `names` are the need, or the party with the capability or the item."""

    objective: str
    names: tuple[str, ...]
    party: str
    subject: str  # the capability, or the item that is owed
    periods: tuple[tuple[int, float], ...]

    @property
    def key(self) -> Key:
        """What tells targets apart, whatever the plan."""
        return self.objective, *self.names

    @property
    def amount(self) -> float:
        """Unit-periods that are missing."""
        return sum(quantity for _period, quantity in self.periods)


@dataclass(frozen=True)
class Freed:
    """What a change takes from a target: unit-periods, and the periods in which it is less."""

    target: Target
    amount: float
    periods: tuple[int, ...]


def amounts_in(scenario: Scenario, plan: Plan) -> Amounts:
    """Add up what is missing in a plan, by target and period.

    As in the objective, what is late in the last period counts for each period of the settlement
    besides: what is late at the end stays late.
    """
    found: Amounts = {}
    last = scenario.calendar.count - 1
    for row in plan.rows("unmet"):
        _add(found, ("unmet_need", row.need), row.period, row.quantity)
    for row in plan.rows("gaps"):
        _add(found, ("capability_gap", row.party, row.capability), row.period, row.quantity)
    for row in plan.rows("debts"):
        times = 1 + scenario.settlement if row.period == last else 1
        _add(found, ("late_replacement", row.party, row.item), row.period, row.late * times)
    return found


def _add(found: Amounts, key: Key, period: int, quantity: float) -> None:
    if quantity > _NOTHING:
        of_key = found.setdefault(key, {})
        of_key[period] = of_key.get(period, 0.0) + quantity


def find_targets(scenario: Scenario, plan: Plan) -> tuple[Target, ...]:
    """List the targets of a plan, in the scenario's order of objectives and of rows."""
    found = amounts_in(scenario, plan)
    needs = {row.need: row for row in scenario.needs}
    targets = []
    for key in sorted(found, key=_place(scenario)):
        objective, *names = key
        if objective == "unmet_need":
            party, subject = needs[names[0]].party, needs[names[0]].capability
        else:
            party, subject = names
        periods = tuple(sorted(found[key].items()))
        targets.append(Target(objective, tuple(names), party, subject, periods))
    return tuple(targets)


def _place(scenario: Scenario) -> Callable[[Key], tuple[int, int, str]]:
    """Sort by the objective's place, and else by the order of the rows."""
    order = (*scenario.objectives, "late_replacement", "unmet_need", "capability_gap")
    needs = {row.need: place for place, row in enumerate(scenario.needs)}
    parties = {row.party: place for place, row in enumerate(scenario.parties)}

    def place(key: Key) -> tuple[int, int, str]:
        rank = needs[key[1]] if key[0] == "unmet_need" else parties[key[1]]
        return order.index(key[0]), rank, key[-1]

    return place


def compare_targets(targets: Iterable[Target], after: Amounts) -> tuple[Freed, ...]:
    """Say which targets are less, by how much and when; those that are not are left out."""
    result = []
    for target in targets:
        left = after.get(target.key, {})
        amount = target.amount - sum(left.values())
        if amount > _NOTHING * max(1.0, target.amount):
            less = tuple(
                p for p, quantity in target.periods if left.get(p, 0.0) < quantity - _NOTHING
            )
            result.append(Freed(target, amount, less))
    return tuple(result)


def target_sentence(scenario: Scenario, target: Target) -> str:
    """Say what is missing, from when to when."""
    first, last = target.periods[0][0], target.periods[-1][0]
    values = {
        "name": target.names[0],
        "party": target.party,
        "subject": target.subject,
        "amount": number_text(target.amount),
        "unit": unit_periods(scenario, target.amount),
        "first": when_text(scenario, first),
        "last": when_text(scenario, last),
    }
    same_time = first == last
    if target.objective == "unmet_need":
        text = (
            _("{name} of {party} ({subject}) lacks {amount} {unit}, in {first}")
            if same_time
            else _("{name} of {party} ({subject}) lacks {amount} {unit}, {first} to {last}")
        )
    elif target.objective == "capability_gap":
        text = (
            _("{party} is {amount} {unit} of {subject} below its floor, in {first}")
            if same_time
            else _("{party} is {amount} {unit} of {subject} below its floor, {first} to {last}")
        )
    else:
        text = (
            _("{party} waits {amount} {unit} too long for {subject}, in {first}")
            if same_time
            else _("{party} waits {amount} {unit} too long for {subject}, {first} to {last}")
        )
    return text.format(**values)
