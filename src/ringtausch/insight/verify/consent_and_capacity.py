"""Rule 3, consent and capacity: transfers only on open lanes, and no more than they carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.decisions import Dispatched
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Violation, broken
from ringtausch.insight.verify.wording import units
from ringtausch.records import NEVER

__all__ = ["consent_and_capacity", "why_closed"]


def consent_and_capacity(case: Case) -> list[Violation]:
    """Check that each dispatch has an open lane, arrives in time, and that lanes are wide enough."""
    found = [violation for sent in case.decisions.dispatches for violation in _lane(case, sent)]
    return [*found, *_capacities(case)]


def _lane(case: Case, sent: Dispatched) -> Iterator[Violation]:
    lane = sent.lane
    if lane is None:
        yield _broken(case, sent, say.no_lane(_sends(case, sent)))
        return
    window = case.facts.window(lane.opens, lane.until)
    if sent.period not in window:
        why = say.refused() if lane.opens == NEVER else why_closed(case, window, sent.period)
        yield _broken(case, sent, say.lane_not_open(_sends(case, sent), why))
    if sent.arrives >= case.facts.count:
        last = case.label(case.facts.count - 1)
        yield _broken(case, sent, say.arrives_too_late(_sends(case, sent), lane.lead, last))


def _sends(case: Case, sent: Dispatched) -> str:
    way = say.way(sent.from_, sent.to, case.label(sent.period))
    return say.sends(sent.place, units(sent.quantity, sent.item), way)


def _broken(case: Case, sent: Dispatched, text: str) -> Violation:
    key = (sent.from_, sent.to, sent.item, case.label(sent.period))
    return broken(3, sent.place, key, sent.quantity, text)


def why_closed(case: Case, window: range, period: int) -> str:
    """Say when a lane or a supply opens that is not open in a period, or when it has closed."""
    if not window:
        return say.never_open()
    if period < window.start:
        return say.opens(case.label(window.start))
    return say.closed_after(case.label(window.stop - 1))


def _capacities(case: Case) -> Iterator[Violation]:
    together: dict[tuple[str, str, str, int], list[Dispatched]] = defaultdict(list)
    for sent in case.decisions.dispatches:
        if sent.lane is not None and sent.lane.capacity is not None:
            together[sent.from_, sent.to, sent.item, sent.period].append(sent)
    for (from_, to, item, period), rows in together.items():
        quantity = sum(row.quantity for row in rows)
        lane = case.facts.lane(from_, to, item)
        assert lane is not None
        assert lane.capacity is not None
        limit = float(lane.capacity)
        if quantity - limit > quantity_slack(quantity, limit):
            places = [row.place for row in rows]
            way = say.way(from_, to, case.label(period))
            text = say.lane_too_narrow(places, quantity, item, way, limit)
            key = (from_, to, item, case.label(period))
            yield broken(3, places[-1], key, quantity - limit, text)
