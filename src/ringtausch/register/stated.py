"""Rule 20 of the register: totals that somebody states are compared with what is counted, never added.

In: positions, a question, and who counts. Out: each stated total that speaks of the same thing, what is
counted of it, and the difference: what nobody has told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ringtausch.register.dates import first_day, last_day
from ringtausch.register.facts import lead
from ringtausch.register.position import Position
from ringtausch.register.question import Question
from ringtausch.register.value import Amount, NoRate, NoValue, Rates, worth

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions
    from ringtausch.register.totals import Total

__all__ = ["StatedTotal", "stated_totals"]


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A stated total beside what is counted of the same givers, pool, rung and window."""

    matter: str
    sayer: str
    givers: tuple[str, ...]  # none means all
    pool: str
    rung: str
    since: str
    through: str
    currency: str
    lo: Amount
    hi: Amount | None
    counted: Amount
    counted_hi: Amount | None

    @property
    def untold(self) -> Amount:
        """What is stated and not told by whom; below zero where more is counted than stated."""
        return self.lo - self.counted


def stated_totals(
    positions: Positions,
    question: Question,
    count: Callable[[Positions, Question], Total],
) -> tuple[StatedTotal, ...]:
    """Compare every stated total that a question covers with what is counted (rule 20).

    It covers those of its pool and rung whose givers are among its own. One of a window, or through a day
    before the as-of date, is compared with what was counted then.
    """
    found: list[StatedTotal] = []
    if question.matters or not any(said.kind == "total" for said in positions.standing):
        return ()  # nobody states a total of some matters by their names
    rates = Rates(positions.rule)
    for position in positions.kind("total"):
        asked = _asked(position, question)
        if asked is None:
            continue
        reached = position.reached("stated")
        amount = worth(position, reached, replace(asked, kinds=("total",), rung="stated"), rates)
        if isinstance(amount, NoRate | NoValue):
            continue
        counted, counted_hi = _counted(positions, asked, position, count)
        said = lead(position.rungs["stated"].facts[0])
        terms = position.terms
        found.append(
            StatedTotal(
                position.matter,
                said.said_by,
                terms.boundary,
                terms.pool,
                terms.rung,
                terms.since,
                terms.through,
                asked.currency,
                amount.lo,
                amount.hi,
                counted,
                counted_hi,
            )
        )
    return tuple(found)


def _asked(position: Position, question: Question) -> Question | None:
    """Return the question that a stated total answers, None where this one does not cover it."""
    terms = position.terms
    if position.item != question.item or "stated" not in position.rungs:
        return None
    if position.rungs["stated"].undone or (question.pool and terms.pool != question.pool):
        return None
    if terms.rung and terms.rung not in {question.rung_of(kind) for kind in question.kinds}:
        return None
    givers = frozenset(terms.boundary)
    if question.givers and not (givers and givers <= question.givers):
        return None
    currency = question.currency or position.currency
    return replace(
        question,
        currency="" if question.item else currency,
        givers=givers,
        pool=terms.pool,
        by="",
        per_currency=True,
    )


def _counted(
    positions: Positions,
    asked: Question,
    position: Position,
    count: Callable[[Positions, Question], Total],
) -> tuple[Amount, Amount | None]:
    terms = position.terms
    through = last_day(terms.through) if terms.through else positions.as_of
    found = count(_at(positions, through), asked)
    if not terms.since:
        return found.lo, found.hi
    before = count(_at(positions, first_day(terms.since) - timedelta(days=1)), asked)
    hi = None if found.hi is None else found.hi - before.lo
    return found.lo - before.lo, hi


def _at(positions: Positions, day: date) -> Positions:
    """Return the same statements under the same rule as of an earlier day, made once for all totals."""
    return positions if day >= positions.as_of else positions.at(day)
