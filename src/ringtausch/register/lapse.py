"""Rule 13 of the register: after its `until` a promise, a reservation, a consent or a fund stands no more.

In: the rungs of a matter and the as-of date. Out: the facts that have lapsed. What a further rung has
reached stays: rule 10 finds it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ringtausch.register.dates import last_day
from ringtausch.register.facts import until
from ringtausch.register.position import Rung

__all__ = ["LAPSING", "lapsed"]

#: What is held out for a time. All else has taken place, or asks.
LAPSING = frozenset(
    {
        "considered",
        "pledged",
        "reserved",
        "agreed",
        "funded",
        "granted",
        "announced",
        "committed",
    }
)


def lapsed(rungs: Mapping[str, Rung], as_of: date) -> set[tuple[str, str]]:
    """Name the facts whose `until` is over, by (milestone, event) (rule 13).

    On the last day itself they still stand; a month stands for its last day.
    """
    return {
        (name, fact.event)
        for name, rung in rungs.items()
        if name in LAPSING
        for fact in rung.facts
        if until(fact) and as_of > last_day(until(fact))
    }
