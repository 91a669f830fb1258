"""Rule 1, stock: no one sends what it does not have yet."""

from __future__ import annotations

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.facts import Pair
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Violation, broken

__all__ = ["stock"]


def stock(case: Case) -> list[Violation]:
    """Check that out ≤ stock of the period before + arrivals + orders, which keeps stocks ≥ 0.

    What a lane brings in the same period is handed on from the next one on only.
    """
    return [found for pair in case.flows.sent for found in _pair(case, pair)]


def _pair(case: Case, pair: Pair) -> list[Violation]:
    party, item = pair
    none = case.facts.zeros()
    arrivals = case.facts.arrivals.get(pair, none)
    ordered = case.flows.by_orders.get(pair, none)
    before = [case.facts.opening.get(pair, 0.0), *case.found.stocks[pair]]
    forgiven = 0.0  # a shortage is said once, where it begins
    found = []
    for t, places in sorted(case.flows.senders[pair].items()):
        sent = case.flows.sent[pair][t]
        ready = max(0.0, before[t] + forgiven + arrivals[t] + ordered[t])
        excess = sent - ready
        if excess > quantity_slack(sent, ready):
            forgiven += excess
            text = say.stock_too_small(places, sent, ready, item, party, case.label(t))
            found.append(broken(1, places[-1], (party, item, case.label(t)), excess, text))
    return found
