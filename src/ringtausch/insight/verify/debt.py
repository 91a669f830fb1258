"""Rule 6, debt: no more is settled than is owed."""

from __future__ import annotations

from collections import defaultdict

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.facts import Pair
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Place, Violation, broken

__all__ = ["debt"]


def debt(case: Case) -> list[Violation]:
    """Check that D[t-1] + ratio·out[t] - Σ rate·y[t] ≥ 0 for every debt that is settled."""
    rows: dict[Pair, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for paid in case.decisions.settlements:
        rows[paid.party, paid.item][paid.period].append(paid.place)
    # What is settled without being owed at all, or in a wrong item, is for rule 5 to say.
    return [
        found
        for pair, by_period in rows.items()
        if pair in case.facts.owed
        for found in _pair(case, pair, by_period)
    ]


def _pair(case: Case, pair: Pair, rows: dict[int, list[Place]]) -> list[Violation]:
    party, item = pair
    facts = case.facts
    sent = case.flows.sent.get(pair, facts.zeros())
    before = [facts.owed[pair], *case.found.debts[pair]]
    forgiven = 0.0  # what was settled too much is said once, where it happens
    found = []
    for t, places in sorted(rows.items()):
        repaid = case.flows.repaid[pair][t]
        owed = max(0.0, before[t] + forgiven + facts.ratio(pair) * sent[t])
        excess = repaid - owed
        if excess > quantity_slack(repaid, owed):
            forgiven += excess
            text = say.settled_too_much(places, repaid, item, party, case.label(t), owed)
            found.append(broken(6, places[-1], (party, item, case.label(t)), excess, text))
    return found
