"""Rule 7, assurance: what is replaced late where lateness is not allowed, and the settlement.

Lateness where it is allowed breaks nothing: it is a consequence, and an objective.
"""

from __future__ import annotations

from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.consequences import recently_owed
from ringtausch.insight.verify.facts import Pair
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Place, Violation, broken
from ringtausch.insight.verify.wording import among
from ringtausch.records import Assurance

__all__ = ["assurance"]


def assurance(case: Case) -> list[Violation]:
    """Check hard deadlines, and that nothing that is assured is sent during the settlement."""
    found = list(_settlement(case))
    for pair, row in case.facts.assurances.items():
        if row.hard:
            found += _overdue(case, pair, row)
    return found


def _settlement(case: Case) -> Iterator[Violation]:
    horizon = case.facts.scenario.horizon
    for sent in case.decisions.dispatches:
        if sent.period >= horizon and (sent.from_, sent.item) in case.facts.assurances:
            text = say.sent_in_settlement(
                sent.place, sent.quantity, sent.item, sent.from_, case.label(sent.period),
                case.label(horizon),
            )  # fmt: skip
            key = (sent.from_, sent.item, case.label(sent.period))
            yield broken(7, sent.place, key, sent.quantity, text)


def _overdue(case: Case, pair: Pair, row: Assurance) -> Iterator[Violation]:
    """Only opening debts may be overdue: D - ratio·Σ out ≤ E in every period."""
    party, item = pair
    recent = recently_owed(case.facts, case.flows, pair)
    series = zip(case.found.debts[pair], recent, case.found.opening_debts[pair], strict=True)
    overdue = [owed - young - opening for owed, young, opening in series]
    late = [t for t in range(case.facts.count) if overdue[t] > quantity_slack(recent[t])]
    if late:
        worst = max(late, key=lambda t: overdue[t])
        first = late[0]
        place = _sent_before(case, pair, first - row.within)
        where = place or Place("assurances.csv", row.line)
        text = say.replaced_too_late(
            where, overdue[worst], item, party, row.within,
            among([case.label(t) for t in late], case.label(worst)),
        )  # fmt: skip
        yield broken(7, where, (party, item, case.label(worst)), overdue[worst], text)


def _sent_before(case: Case, pair: Pair, period: int) -> Place | None:
    """Find the last dispatch up to a period: what it sent is the first to be overdue."""
    rows = case.flows.senders.get(pair, {})
    periods = [t for t in rows if t <= period]
    return rows[max(periods)][-1] if periods else None
