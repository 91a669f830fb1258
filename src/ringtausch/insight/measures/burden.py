"""Burden: what each party pays, hands over, waits for and lacks, as a share and against the key.

In: a scenario, a plan, what replaces what, gaps, and the worth of units by basis. Out: `Burden` rows,
and the units that a basis does not value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ringtausch.insight.measures.readiness import GapSeries
from ringtausch.insight.measures.replacements import EPS
from ringtausch.insight.measures.rows import Burden, Replacement, Unvalued
from ringtausch.insight.measures.worth import Worth
from ringtausch.records import Plan, Scenario

__all__ = ["burdens", "unit_periods", "unvalued_units"]

_Amounts = Mapping[str, float | None]


def burdens(
    scenario: Scenario,
    plan: Plan,
    replaced: Iterable[Replacement],
    gaps: Iterable[GapSeries],
    bases: Iterable[Worth],
) -> tuple[Burden, ...]:
    """Measure every party by every kind; the value handed over once for each basis."""
    replaced, gaps = tuple(replaced), tuple(gaps)
    unit = unit_periods(scenario)
    rows = _rows(scenario, "money", scenario.currency, _money(scenario, plan))
    handed = _handed(plan)
    for worth in bases:
        amounts = {row.party: worth.of(handed[row.party]) for row in scenario.parties}
        lacking = {row.party: _without(worth, handed[row.party]) for row in scenario.parties}
        rows += _rows(scenario, "value", scenario.currency, amounts, worth.basis, lacking)
    weights = {(row.party, row.item): float(row.weight) for row in scenario.assurances}
    waiting: dict[str, float] = defaultdict(float)
    weighted: dict[str, float] = defaultdict(float)
    for part in replaced:
        waiting[part.party] += part.quantity * part.wait
        weighted[part.party] += (
            part.quantity * part.wait * weights.get((part.party, part.item), 1.0)
        )
    rows += _rows(scenario, "waiting", unit, waiting)
    rows += _rows(scenario, "waiting_weighted", unit, weighted)
    lacks: dict[str, float] = defaultdict(float)
    weighed: dict[str, float] = defaultdict(float)
    for series in gaps:
        lacks[series.party] += sum(series.gap)
        weighed[series.party] += sum(
            gap * weight for gap, weight in zip(series.gap, series.weight, strict=True)
        )
    rows += _rows(scenario, "gap", unit, lacks)
    rows += _rows(scenario, "gap_weighted", unit, weighed)
    return tuple(rows)


def unit_periods(scenario: Scenario) -> str:
    """Name the unit of waiting and gaps: unit-months, unit-weeks or unit-quarters."""
    return f"unit-{scenario.period}s"


def unvalued_units(plan: Plan, bases: Iterable[Worth]) -> tuple[Unvalued, ...]:
    """Count the units that move and have no value, by basis and item."""
    handed: dict[str, float] = defaultdict(float)
    ordered: dict[str, float] = defaultdict(float)
    for sent in plan.rows("dispatches"):
        handed[sent.item] += sent.quantity
    for order in plan.rows("orders"):
        ordered[order.item] += order.quantity
    return tuple(
        Unvalued(basis=worth.basis, item=item, handed=handed[item], ordered=ordered[item])
        for worth in bases
        for item in sorted({*handed, *ordered})
        if item not in worth.units and handed[item] + ordered[item] > EPS
    )


def _money(scenario: Scenario, plan: Plan) -> dict[str, float]:
    owner = {fund.fund: fund.party for fund in scenario.funds}
    paid: dict[str, float] = defaultdict(float)
    for payment in plan.rows("payments"):
        paid[owner[payment.fund]] += payment.amount
    return paid


def _handed(plan: Plan) -> dict[str, dict[str, float]]:
    handed: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sent in plan.rows("dispatches"):
        handed[sent.from_][sent.item] += sent.quantity
    return handed


def _without(worth: Worth, handed: Mapping[str, float]) -> float:
    return sum(units for item, units in handed.items() if item not in worth.units)


def _rows(
    scenario: Scenario,
    kind: str,
    unit: str,
    amounts: _Amounts,
    basis: str = "",
    unvalued: Mapping[str, float] | None = None,
) -> list[Burden]:
    """Give every party its row; a sum that is not known makes no share."""
    keys = {r.party: float(r.burden_key) for r in scenario.parties if r.burden_key is not None}
    weight = sum(keys.values())
    found = {row.party: _rounded(amounts.get(row.party, 0.0)) for row in scenario.parties}
    total = _total(found.values())
    within = _total(found[party] for party in keys) if weight else None
    rows = []
    for party, amount in found.items():
        key = keys[party] / weight if party in keys and weight else None
        share = amount / total if amount is not None and total else None
        in_key = amount / within if key is not None and amount is not None and within else None
        rows.append(
            Burden(
                party=party,
                kind=kind,
                basis=basis,
                unit=unit,
                amount=amount,
                share=share,
                share_in_key=in_key,
                key=key,
                above_key=None if in_key is None or key is None else in_key - key,
                unvalued=(unvalued or {}).get(party, 0.0),
            )
        )
    return rows


def _rounded(amount: float | None) -> float | None:
    """Drop what adding up many floats leaves behind."""
    return None if amount is None else round(amount, 9)


def _total(amounts: Iterable[float | None]) -> float | None:
    """Add up; None where a part is not known."""
    total = 0.0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total if total > EPS else None
