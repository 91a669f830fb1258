"""The least and the most of each quantity among the plans that are nearly best.

In: the plans that are nearly best, and quantities. Out: their ranges, exact, and which ends are proved.
A plan that was found for one question is where the search for the others starts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ringtausch.insight.room.asking import Question
from ringtausch.insight.room.near import NearBest
from ringtausch.insight.room.quantities import Kind, Quantity
from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.objectives import Costs

__all__ = ["Range", "find_ranges", "tidy"]

#: Nearer than this, relative to its size, a value is at its limit.
_NEARLY = 1e-6
#: Seconds that the search for one end takes at most at first, before the others have had theirs, and
#: the share of the time left that is for looking rather than for confirming.
_FIRST, _SECOND = 20.0, 30.0
_LOOKING = 0.6


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that a party gives, waits or pays, and what it is in the best plan.

    `kind` is give, wait or pay; `item` the item of which units are counted, empty for the value of
    all that is given, for waiting and for paying. `unit` says what is counted. `proved` is false
    where time ran out: `least` and `most` were found, and the ends of the range lie between them
    and `least_bound` and `most_bound`, which are the same where they are proved.
    """

    party: str
    kind: Kind
    item: str
    unit: str
    least: float
    best: float
    most: float
    least_bound: float
    most_bound: float

    @property
    def proved(self) -> bool:
        """Whether both ends are proved."""
        return self.least == self.least_bound and self.most == self.most_bound


def find_ranges(
    near: NearBest,
    wanted: Sequence[Quantity],
    known: Sequence[FloatArray],
    unit_of: Callable[[Quantity], str],
) -> list[Range]:
    """Find the least and the most of each quantity; `known` are plans that are nearly best."""
    ends = [_both_ends(near, quantity) for quantity in wanted]
    questions = [question for pair in ends for question in pair]
    for question in questions:
        for columns in known:
            question.take(columns)
    for number, question in enumerate(questions):
        one = wanted[number // 2]
        near.watch.begin(f"{one.party} {one.kind}", number + 1, len(questions))
        share = _LOOKING * near.watch.left() / (len(questions) - number)
        _answer(question, questions, min(_FIRST, 2 * share))
    for limit in (_SECOND, None):  # what is easy to confirm first
        for question in questions:
            if not question.proved:
                question.confirm(limit)
    return [
        _range(near, quantity, unit_of(quantity), *pair)
        for quantity, pair in zip(wanted, ends, strict=True)
    ]


def _both_ends(near: NearBest, quantity: Quantity) -> tuple[Question, Question]:
    """Ask for the least and, by the negative, for the most; the best plan is the first answer."""
    costs = quantity.costs
    most = Costs(-costs.cost, -costs.constant)
    return Question.ask(near, costs, near.best), Question.ask(near, most, near.best)


def _answer(question: Question, others: Sequence[Question], limit: float) -> None:
    """Answer a question, and offer the plan that was found to the other ones."""
    before = question.columns
    question.answer(limit)
    if question.columns is not before:
        for other in others:
            if not other.proved:
                other.take(question.columns)


def _range(near: NearBest, quantity: Quantity, unit: str, least: Question, most: Question) -> Range:
    lowest, highest = tidy(least.value), tidy(-most.value)
    return Range(
        party=quantity.party,
        kind=quantity.kind,
        item=quantity.item,
        unit=unit,
        least=lowest,
        best=tidy(quantity.costs.value(near.best)),
        most=highest,
        least_bound=lowest if least.proved else min(tidy(least.bound), lowest),
        most_bound=highest if most.proved else max(tidy(-most.bound), highest),
    )


def tidy(value: float) -> float:
    """Round away what the solver's rounding leaves, and keep six digits behind the point.

    Examples
    --------
    >>> tidy(2.0000003), tidy(-1e-9), tidy(1482639999.9994)
    (2.0, 0.0, 1482640000.0)
    """
    if math.isinf(value):
        return value
    whole = round(value)
    if abs(value - whole) <= _NEARLY * max(1.0, abs(value) * 1e-3):
        return float(whole)
    return round(value, 6)
