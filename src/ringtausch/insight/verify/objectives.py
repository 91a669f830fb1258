"""The six objectives, recomputed from the decisions and what follows from them."""

from __future__ import annotations

from collections import defaultdict

from ringtausch.insight.verify.case import Case
from ringtausch.records import OBJECTIVES

__all__ = ["burdens", "objectives"]


def objectives(case: Case) -> dict[str, float]:
    """Return the value of each objective, in the page's order, whatever the scenario optimises."""
    values = {
        "late_replacement": late_replacement(case),
        "unmet_need": unmet_need(case),
        "capability_gap": capability_gap(case),
        "spend": sum(case.found.charges.values()),
        "moved_value": moved_value(case),
        "unfairness": unfairness(case),
    }
    return {name: float(values[name]) for name in OBJECTIVES}


def late_replacement(case: Case) -> float:
    """Return Σ weight·late, the last period counted 1 + settlement times."""
    worth = 0.0
    for pair, late in case.found.late.items():
        assurance = case.facts.assurances.get(pair)
        weight = 1.0 if assurance is None else float(assurance.weight)
        worth += weight * (sum(late) + case.facts.scenario.settlement * late[-1])
    return worth


def unmet_need(case: Case) -> float:
    """Return Σ weight·unmet over the periods from `due` on."""
    return sum(
        float(need.weight) * sum(case.found.unmet[name][case.facts.calendar.index(need.due) :])
        for name, need in case.facts.needs.items()
    )


def capability_gap(case: Case) -> float:
    """Return Σ weight·gap, with the weight of the floor that counts in the period."""
    return sum(
        float(row.weight) * gap
        for pair, gaps in case.found.gaps.items()
        for row, gap in zip(case.facts.floors[pair], gaps, strict=True)
        if row is not None
    )


def moved_value(case: Case) -> float:
    """Return Σ value·(dispatched + ordered); a thing without a value counts 1, so that it stays."""
    moved: dict[str, float] = defaultdict(float)
    for sent in case.decisions.dispatches:
        moved[sent.item] += sent.quantity
    for order in case.decisions.orders:
        moved[order.item] += order.quantity
    return sum((case.facts.value(item) or 1.0) * quantity for item, quantity in moved.items())


def unfairness(case: Case) -> float:
    """Return ½·Σ |V_p - k_p·ΣV|: the money that would change hands for burdens to match the key."""
    keys = {
        row.party: float(row.burden_key)
        for row in case.facts.scenario.parties
        if row.burden_key is not None
    }
    total_key = sum(keys.values())
    if total_key <= 0:
        return 0.0
    carried = burdens(case)
    total = sum(carried[party] for party in keys)
    return sum(abs(carried[party] - key / total_key * total) for party, key in keys.items()) / 2


def burdens(case: Case) -> dict[str, float]:
    """Return V by party: money paid, plus value given, minus value and compensation received."""
    facts = case.facts
    value = {item: facts.value(item) for item in facts.items}
    carried = dict.fromkeys(facts.parties, 0.0)
    for payment in case.decisions.payments:
        if payment.fund is not None:
            carried[payment.fund.party] += payment.amount
    for sent in case.decisions.dispatches:
        carried[sent.from_] += value[sent.item] * sent.quantity
        carried[sent.to] -= value[sent.item] * sent.quantity
    for order in case.decisions.orders:
        carried[order.customer] -= value[order.item] * order.quantity
    for key, amount in case.found.charges.items():
        if key.purpose == "compensation":
            carried[key.party] -= amount
    for debt in facts.scenario.debts:  # it gave these before the plan began
        carried[debt.party] += value[debt.item] * float(debt.quantity)
    return carried
