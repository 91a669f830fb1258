"""Effects: what another plan does to whom: needs, gaps and waits, what each party gives and pays.

In: two plans of one scenario. Out: what differs, by target and by party, nothing that stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ringtausch.insight.explain.targets import Target, find_targets
from ringtausch.records import Plan, Scenario

__all__ = ["PartyEffect", "TargetEffect", "party_effects", "target_effects"]

_NOTHING = 1e-6


@dataclass(frozen=True)
class TargetEffect:
    """A need, gap or late replacement in both plans: unit-periods before and after, and where."""

    target: Target
    before: float
    after: float
    periods: tuple[int, ...]  # in which it is another amount


@dataclass(frozen=True)
class PartyEffect:
    """What differs for a party: `what` is given, received, ordered, owed or paid; units or money.

    `owed` counts unit-periods that it waits for what it handed over; `paid` is in reporting currency.
    """

    party: str
    what: str
    item: str
    before: float
    after: float


def target_effects(scenario: Scenario, before: Plan, after: Plan) -> tuple[TargetEffect, ...]:
    """Compare what is missing, worse ones first."""
    old = {target.key: target for target in find_targets(scenario, before)}
    new = {target.key: target for target in find_targets(scenario, after)}
    found = []
    for key in dict.fromkeys([*old, *new]):
        target = new.get(key) or old[key]
        was = dict(old[key].periods) if key in old else {}
        now = dict(new[key].periods) if key in new else {}
        differs = tuple(
            period
            for period in sorted({*was, *now})
            if abs(was.get(period, 0.0) - now.get(period, 0.0)) > _NOTHING
        )
        if differs:
            found.append(TargetEffect(target, sum(was.values()), sum(now.values()), differs))
    return tuple(sorted(found, key=lambda effect: effect.before - effect.after))


def party_effects(scenario: Scenario, before: Plan, after: Plan) -> tuple[PartyEffect, ...]:
    """Compare what each party gives, receives, orders, waits for and pays, in the order of rows."""
    old, new = _totals(scenario, before), _totals(scenario, after)
    place = {row.party: number for number, row in enumerate(scenario.parties)}
    keys = sorted({*old, *new}, key=lambda key: (place[key[0]], *key[1:]))
    return tuple(
        PartyEffect(*key, before=old.get(key, 0.0), after=new.get(key, 0.0))
        for key in keys
        if not _same(old.get(key, 0.0), new.get(key, 0.0))
    )


def _same(before: float, after: float) -> bool:
    return abs(before - after) <= _NOTHING * max(1.0, abs(before), abs(after))


def _totals(scenario: Scenario, plan: Plan) -> Mapping[tuple[str, str, str], float]:
    owner = {row.fund: row.party for row in scenario.funds}
    found: dict[tuple[str, str, str], float] = {}

    def add(party: str, what: str, item: str, amount: float) -> None:
        found[party, what, item] = found.get((party, what, item), 0.0) + amount

    for row in plan.rows("dispatches"):
        add(row.from_, "gives", row.item, row.quantity)
        add(row.to, "receives", row.item, row.quantity)
    for row in plan.rows("orders"):
        add(row.customer, "orders", row.item, row.quantity)
    for row in plan.rows("debts"):
        add(row.party, "waits", row.item, row.quantity)
    for row in plan.rows("payments"):
        add(owner[row.fund], "pays", "", row.amount)
    return found
