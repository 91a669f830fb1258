"""Rule 9, need: hard needs are met when they are due, and what serves a need stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.facts import Pair
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Place, Violation, broken
from ringtausch.insight.verify.wording import among, units
from ringtausch.records import Need

__all__ = ["need"]


def need(case: Case) -> list[Violation]:
    """Check u = 0 from `due` on where hard, and S ≥ Σ z of all needs of a party and item."""
    found: list[Violation] = []
    for row in case.facts.scenario.needs:
        if row.hard:
            found += _hard(case, row)
    for pair in case.flows.serving:
        found += _stays(case, pair)
    return found


def _hard(case: Case, row: Need) -> Iterator[Violation]:
    unmet = case.found.unmet[row.need]
    due = case.facts.calendar.index(row.due)
    slack = quantity_slack(float(row.quantity))
    missing = [t for t in range(due, case.facts.count) if unmet[t] > slack]
    if missing:
        worst = max(missing, key=lambda t: unmet[t])
        where = Place("needs.csv", row.line)
        text = say.hard_need_unmet(
            where, row.need, row.party, units(unmet[worst], row.capability),
            among([case.label(t) for t in missing], case.label(worst)), case.label(due),
        )  # fmt: skip
        yield broken(9, where, (row.need, case.label(worst)), unmet[worst], text)


def _stays(case: Case, pair: Pair) -> Iterator[Violation]:
    party, item = pair
    serving = list(accumulate(case.flows.serving[pair]))
    stock = case.found.stocks.get(pair, case.facts.zeros())
    missing = {
        t: serving[t] - stock[t]
        for t in range(case.facts.count)
        if serving[t] - stock[t] > quantity_slack(serving[t], stock[t])
    }
    if missing:
        worst = max(missing, key=lambda t: missing[t])
        served = [
            row.place
            for row in case.decisions.fulfilments
            if (row.need.party, row.item) == pair and row.period <= worst
        ]
        sent = case.flows.senders.get(pair, {})
        before = [t for t in sent if t <= worst]
        where = sent[max(before)][-1] if before else served[-1]
        text = say.does_not_stay(
            where, served, (party, among([case.label(t) for t in missing], case.label(worst))),
            units(serving[worst], item), stock[worst],
        )  # fmt: skip
        yield broken(9, where, (party, item, case.label(worst)), missing[worst], text)
