"""What a position says happened on which day: the facts of its rungs, as dated amounts (rules 8, 9 and 32).

In: one position. Out: occurrences in order of day, each with the least that is said (`lo`) and the
statement that says it. What a negative has undone is left out, the newest first, or told apart.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from ringtausch.register.dates import last_day
from ringtausch.register.position import Fact, Position, Rung
from ringtausch.register.statement import Statement
from ringtausch.register.vocabulary import NEGATIVES, milestones

__all__ = [
    "LAPSED",
    "Occurrence",
    "firm",
    "lapses",
    "occurrences",
    "said",
    "undoing",
    "undone",
]


#: No milestone of anybody's: time alone did it.
LAPSED = "lapsed"


_PROMISES = frozenset({"agreed", "due"})


class Occurrence(NamedTuple):
    """So much of a milestone became true on a day; `order` is the milestone's place in the list."""

    day: date
    order: int
    event: str
    milestone: str
    amount: int
    statement: Statement


@lru_cache(maxsize=16)
def _orders(kind: str) -> dict[str, int]:
    return {milestone: order for order, milestone in enumerate(milestones(kind))}


def said(fact: Fact) -> Statement | None:
    """Return the statement that says how much; where nobody does, any that speaks of the fact."""
    winners = fact.winners
    statement = winners.get("what")
    if statement is None:
        statement = next(iter(winners.values()), None)
    return statement


def occurrences(
    position: Position, milestone: str, *, with_undone: bool = False
) -> list[Occurrence]:
    """List what happened of a milestone, by day and event.

    Amounts are the least that is said; one of 0 stands for a range from 0 and for an unknown. What is
    undone (rule 9) is left out, the newest first, unless `with_undone`: then it stands as it was said.
    """
    rung = position.rungs.get(milestone)
    if rung is None or (rung.undone and not with_undone):
        return []
    order = _orders(position.kind)[milestone]
    if len(rung.facts) == 1:  # nearly always: the rung knows the day and what is left already
        (fact,) = rung.facts
        only = fact.winners.get("what") or said(fact)
        if only is None:
            return []
        quantity = fact.quantity if with_undone else rung.quantity
        return [Occurrence(rung.true_on, order, fact.event, milestone, quantity.lo, only)]
    found = [
        Occurrence(fact.true_on, order, fact.event, milestone, fact.quantity.lo, statement)
        for fact in rung.facts
        if (statement := said(fact)) is not None
    ]
    if len(found) > 1:
        found.sort(key=_by_day)
    if not with_undone:
        _take_newest(found, undone(rung))
    return found


def firm(position: Position, steps: list[Occurrence]) -> list[Occurrence]:
    """Leave out promises that wait for a condition (rule 12): they count apart, nothing is due for them yet.

    What took place has taken place, whatever it was to wait for.
    """
    if not position.waits:
        return steps
    return [
        step
        for step in steps
        if step.milestone not in _PROMISES or (step.milestone, step.event) not in position.waits
    ]


def undone(rung: Rung) -> int:
    """Return how much of what a rung's facts say is undone by a negative (rule 9)."""
    if not (rung.undone or rung.taken):
        return 0
    gross = sum(fact.quantity.lo for fact in rung.facts)
    return gross if rung.undone else min(rung.taken, gross)


def undoing(position: Position) -> Occurrence | None:
    """Return the latest negative of a matter, None where there is none (rule 9)."""
    found = [
        occurrence
        for milestone in position.rungs
        if milestone in NEGATIVES
        for occurrence in occurrences(position, milestone)
    ]
    return max(found, key=_by_day, default=None)


def lapses(position: Position, milestone: str, as_of: date) -> list[Occurrence]:
    """List what has lapsed of a rung, each on the first day on which it stands no more (rule 13)."""
    found = []
    rung = position.rungs.get(milestone)
    for fact in () if rung is None else rung.facts:
        statement = fact.winners.get("when")
        if statement is not None and statement.until and as_of > last_day(statement.until):
            day = max(last_day(statement.until) + timedelta(days=1), fact.true_on)
            order = len(_orders(position.kind))
            found.append(Occurrence(day, order, fact.event, LAPSED, fact.quantity.lo, statement))
    return found


def _take_newest(found: list[Occurrence], amount: int) -> None:
    for place in range(len(found) - 1, -1, -1):
        if amount <= 0:
            return
        taken = min(amount, found[place].amount)
        found[place] = found[place]._replace(amount=found[place].amount - taken)
        amount -= taken


def _by_day(occurrence: Occurrence) -> tuple[date, int, str]:
    return occurrence[:3]
