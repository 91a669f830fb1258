"""Rule 8 of the register: named events of a milestone add up, and the empty event speaks of the whole.

In: the facts of one milestone of a matter. Out: the rung as it counts, before anything undoes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

from ringtausch.register.facts import commodity, lead
from ringtausch.register.position import Conflict, Fact, Rung
from ringtausch.register.ranges import UNKNOWN, Range

__all__ = ["added", "rung", "told_otherwise"]


def rung(facts: Sequence[Fact]) -> Rung:
    """Choose between the whole and the sum of the events (rule 8).

    The sum has its worst class and its latest day of saying, and wins if it ranks no worse than the whole;
    a side with an unknown loses to one without.

    Parameters
    ----------
    facts
        One or more, of one milestone, each of another event.
    """
    if len(facts) == 1:
        return _counted(tuple(facts))
    whole = tuple(one for one in facts if not one.event)
    events = tuple(sorted((one for one in facts if one.event), key=_event))
    if not whole:
        return _counted(events)
    of_whole, of_events = _counted(whole), _counted(events)
    unknown = added(whole).is_unknown, any(one.quantity.is_unknown for one in events)
    if unknown[0] != unknown[1]:
        return of_events if unknown[0] else of_whole
    return of_events if _standing(of_events) <= _standing(of_whole) else of_whole


def told_otherwise(matter: str, counted: Rung, facts: Sequence[Fact]) -> tuple[Conflict, ...]:
    """Show the side that lost, the whole or its events, where it comes to something else."""
    lost = tuple(one for one in facts if bool(one.event) != bool(counted.facts[0].event))
    if not lost or added(lost) == counted.quantity or added(lost).is_unknown:
        return ()
    winner = lead(counted.facts[0])
    return tuple(
        Conflict(matter, counted.milestone, one.event, "what", winner, lead(one)) for one in lost
    )


def added(facts: Sequence[Fact]) -> Range:
    """Add up what facts say; unknown where they speak of different things, which have no sum."""
    if len(facts) == 1:
        return facts[0].quantity
    items, currencies = (
        {name for name in names if name}
        for names in zip(*(commodity(one) for one in facts), strict=True)
    )
    if len(items) > 1 or len(currencies) > 1 or (items and currencies):
        return UNKNOWN
    return reduce(add, (one.quantity for one in facts))


def _counted(facts: tuple[Fact, ...]) -> Rung:
    if len(facts) == 1:
        (only,) = facts
        return Rung(
            only.milestone,
            only.quantity,
            only.rank,
            only.true_on,
            only.said_on,
            facts,
        )
    return Rung(
        facts[0].milestone,
        added(facts),
        max(one.rank for one in facts),
        max(one.true_on for one in facts),
        max(one.said_on for one in facts),
        facts,
    )


def _standing(side: Rung) -> tuple[int, int]:
    return side.rank, -side.said_on.toordinal()


def _event(one: Fact) -> str:
    return one.event
