"""Rule 5, designation: an arriving unit serves one purpose, and only one that it can serve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.decisions import Served, Settled
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Place, Violation, broken

__all__ = ["designation"]


def designation(case: Case) -> list[Violation]:
    """Check that what is used has arrived in that period, for a debt or a need that accepts it."""
    found = [violation for row in case.decisions.settlements for violation in _settles(case, row)]
    found += [violation for row in case.decisions.fulfilments for violation in _serves(case, row)]
    return [*found, *_used_once(case)]


def _settles(case: Case, row: Settled) -> Iterator[Violation]:
    pair = (row.party, row.item)
    key = (*pair, row.accepted, case.label(row.period))
    if pair not in case.facts.owed:
        text = say.no_such_debt(row.place, row.party, row.item)
        yield broken(5, row.place, key, row.quantity, text)
        return
    rates = case.facts.rates(*pair)
    if row.accepted not in rates:
        text = say.not_accepted(row.place, row.party, row.item, row.accepted, sorted(rates))
        yield broken(5, row.place, key, row.quantity, text)


def _serves(case: Case, row: Served) -> Iterator[Violation]:
    counted = case.facts.weights(row.need.capability)
    if row.item not in counted:
        need = row.need
        text = say.not_counted(row.place, need.need, row.item, need.capability, sorted(counted))
        key = (need.need, row.item, case.label(row.period))
        yield broken(5, row.place, key, row.quantity, text)


def _used_once(case: Case) -> Iterator[Violation]:
    used: dict[tuple[str, str, int], list[tuple[Place, float]]] = defaultdict(list)
    for paid in case.decisions.settlements:
        used[paid.party, paid.accepted, paid.period].append((paid.place, paid.quantity))
    for served in case.decisions.fulfilments:
        key = (served.need.party, served.item, served.period)
        used[key].append((served.place, served.quantity))
    sources = (case.flows.by_lanes, case.flows.by_orders, case.facts.free)
    none = case.facts.zeros()
    for (party, item, period), uses in used.items():
        quantity = sum(quantity for _, quantity in uses)
        arrived = sum(series.get((party, item), none)[period] for series in sources)
        if quantity - arrived > quantity_slack(quantity, arrived):
            places = [place for place, _ in uses]
            label = case.label(period)
            text = say.used_more_than_arrived(places, quantity, item, party, label, arrived)
            yield broken(5, places[-1], (party, item, label), quantity - arrived, text)
