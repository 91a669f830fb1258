"""Rule 8, floor: no party falls further below its floor than it has agreed to."""

from __future__ import annotations

from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.facts import Pair
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Place, Violation, broken
from ringtausch.insight.verify.wording import among, units
from ringtausch.records import Floor

__all__ = ["floor"]


def floor(case: Case) -> list[Violation]:
    """Check that g ≤ b + max_gap in every period, and report the worst one of each floor."""
    return [found for pair, rows in case.facts.floors.items() for found in _pair(case, pair, rows)]


def _pair(case: Case, pair: Pair, rows: list[Floor | None]) -> Iterator[Violation]:
    party, capability = pair
    excess: dict[int, float] = {}
    for t, row in enumerate(rows):
        if row is not None:
            gap, excused = case.found.gaps[pair][t], case.found.excused[pair][t]
            too_much = gap - excused - float(row.max_gap)
            if too_much > quantity_slack(float(row.quantity)):
                excess[t] = too_much
    if not excess:
        return
    worst = max(excess, key=lambda t: excess[t])
    row = rows[worst]
    assert row is not None
    asked = Place("floors.csv", row.line)
    where = _last_sent(case, party, capability, worst) or asked
    text = say.below_floor(
        where, (party, among([case.label(t) for t in excess], case.label(worst))),
        units(float(row.quantity) - case.found.gaps[pair][worst], capability),
        asked, float(row.quantity), float(row.max_gap) + case.found.excused[pair][worst],
    )  # fmt: skip
    yield broken(8, where, (party, capability, case.label(worst)), excess[worst], text)


def _last_sent(case: Case, party: str, capability: str, period: int) -> Place | None:
    """Find the last dispatch of an item of the capability up to a period."""
    sent = [
        (t, places[-1])
        for item in case.facts.weights(capability)
        for t, places in case.flows.senders.get((party, item), {}).items()
        if t <= period
    ]
    return max(sent)[1] if sent else None
