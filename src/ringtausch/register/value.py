"""Rule 21 of the register, and rule 18's `a(m)`: what a matter is worth in the unit of a question.

In: a position, a question, a rule's rates. Out: the least and the most as exact numbers, or the reason why
there is none. Values are on one basis (the page *register*); nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ringtausch.register.facts import fact_true_on
from ringtausch.register.position import Fact, Position, Rung
from ringtausch.register.ranges import Range
from ringtausch.register.statement import Statement
from ringtausch.register.vocabulary import RUNGS

if TYPE_CHECKING:
    from ringtausch.register.question import Question
    from ringtausch.register.rule import Rule

__all__ = ["Amount", "NoRate", "NoValue", "Rates", "Worth", "rounded", "worth"]

Amount = int | Fraction


@dataclass(frozen=True, slots=True)
class Worth:
    """What a matter comes to: from the least to the most, and what that rests on.

    `factor` is what one part of the matter's own unit comes to, for shares of it (rule 16); None where
    nobody says how many parts there are.
    """

    lo: Amount
    hi: Amount | None
    factor: Amount | None = 1
    by_value: bool = False  # worth that somebody has stated, not the amount itself
    supported: bool = True  # every value has a document


@dataclass(frozen=True, slots=True)
class NoRate:
    """No rate leads from a currency to the one that is asked for, on that day or before."""

    currency: str
    to: str
    on: date


@dataclass(frozen=True, slots=True)
class NoValue:
    """Nobody values it on the basis that is asked for; on which ones it is valued."""

    bases: tuple[str, ...] = ()


@dataclass
class Rates:
    """The latest rates of a rule, each looked up once."""

    rule: Rule
    _known: dict[tuple[str, str, date], Amount | NoRate] = field(default_factory=dict)

    def of(self, currency: str, to: str, on: date) -> Amount | NoRate:
        """Return the latest rate of a day or before (rule 21)."""
        if currency == to:
            return 1
        key = currency, to, on
        if key not in self._known:
            rate = self.rule.rate(currency, to, on)
            self._known[key] = NoRate(currency, to, on) if rate is None else rate.rate
        return self._known[key]


def worth(
    position: Position, reached: Range, question: Question, rates: Rates
) -> Worth | NoRate | NoValue:
    """Return what a matter comes to in the question's unit (rules 18 and 21).

    An amount of another currency is worth what the winner itself says, else what the latest rate of its
    day makes of it; the winner is the first rung, from the one asked for on, that has got as far as what is
    reached. What negatives took off comes off its worth in proportion. Items are worth only what
    somebody says, on the basis that is asked for.

    Parameters
    ----------
    position
        Of the matter.
    reached
        How much of it counts, in its own unit.
    question
        Which currency or item, and which basis.
    rates
        Of the rule.
    """
    if question.item or position.currency == question.currency:
        return Worth(reached.lo, reached.hi)
    if reached.hi == 0:
        return Worth(0, 0)
    rungs = list(_rungs(position, question))
    least = _bound(position, rungs, reached, question, rates)
    if not isinstance(least, Worth):
        return least
    most = _bound(position, rungs, reached, question, rates, of_most=True)
    if not isinstance(most, Worth):
        return most
    hi = None if most.hi is None else max(least.lo, most.hi)
    by_value, supported = least.by_value or most.by_value, least.supported and most.supported
    return Worth(least.lo, hi, least.factor, by_value, supported)


def rounded(amount: Amount, unit: int) -> int:
    """Round an exact amount to whole units once, half to even, in the parts it is counted in (rule 21).

    Examples
    --------
    >>> rounded(Fraction(250), 100), rounded(Fraction(350), 100), rounded(Fraction(-250), 100)
    (200, 400, -200)
    """
    return round(Fraction(amount) / unit) * unit


def _rungs(position: Position, question: Question) -> Iterator[Rung]:
    """List the rungs that may be the winner, from the one asked for on."""
    order = RUNGS[position.kind]
    for name in order[order.index(question.rung_of(position.kind)) :]:
        rung = position.rungs.get(name)
        if rung is not None and not rung.undone:
            yield rung


def _bound(
    position: Position,
    rungs: list[Rung],
    reached: Range,
    question: Question,
    rates: Rates,
    *,
    of_most: bool = False,
) -> Worth | NoRate | NoValue:
    """Return the worth of one bound of what is reached, by the first rung that got there and has a worth."""
    bound = reached.hi if of_most else reached.lo
    exactly = [rung for rung in rungs if _side(rung.quantity, of_most) == bound]
    # What has lapsed or waits may have said more than what is reached: then the next best.
    further = [rung for rung in rungs if _reaches(_side(rung.quantity, of_most), bound)]
    first: NoRate | NoValue | None = None
    for rung in exactly or further or rungs[-1:]:
        found = _of_rung(position, rung, question, rates, of_most=of_most)
        if isinstance(found, _Sum):
            return found.part(bound)
        first = first or found
    return first or NoValue()


def _side(quantity: Range, of_most: bool) -> int | None:
    return quantity.hi if of_most else quantity.lo


def _reaches(quantity: int | None, bound: int | None) -> bool:
    return quantity is None or (bound is not None and quantity >= bound)


@dataclass(slots=True)
class _Sum:
    """The facts of a rung added up: how many there are of it, and what they are worth."""

    quantity: int | None = 0
    amount: Amount | None = 0
    by_value: bool = False
    supported: bool = True

    def add(self, quantity: int | None, amount: Amount | None) -> None:
        self.quantity = _plus(self.quantity, quantity)
        self.amount = _plus(self.amount, amount)

    def part(self, bound: int | None) -> Worth:
        """Take the part of it that a bound is: all of it where nobody says how many there are."""
        amount, factor = self.amount, None
        if self.quantity and amount is not None and bound is not None:
            factor = Fraction(amount) / self.quantity
            amount = amount if bound == self.quantity else factor * bound
        return Worth(amount or 0, amount, factor, self.by_value, self.supported)


def _plus(one: Amount | None, other: Amount | None) -> Any:
    return None if one is None or other is None else one + other


def _of_rung(
    position: Position, rung: Rung, question: Question, rates: Rates, *, of_most: bool
) -> _Sum | NoRate | NoValue:
    found = _Sum()
    for fact in rung.facts:
        quantity = _side(fact.quantity, of_most)
        said = fact.winners.get("worth")
        if said is not None and said.value is not None and _fits(said, position, question):
            rate = rates.of(said.value_currency, question.currency, fact_true_on(fact))
            if isinstance(rate, NoRate):
                return rate
            found.add(quantity, said.value * rate)
            found.by_value = True
            found.supported = found.supported and bool(said.value_document)
            continue
        currency = _currency(fact, position)
        if not currency:
            return NoValue(() if said is None else (said.basis,))
        if not quantity:  # nothing is nothing in every currency, and what has no end has none
            found.add(quantity, quantity)
            continue
        rate = rates.of(currency, question.currency, fact_true_on(fact))
        if isinstance(rate, NoRate):
            return rate
        found.add(quantity, quantity * rate)
    return found


def _fits(said: Statement, position: Position, question: Question) -> bool:
    """Tell whether a value answers: for money only in the currency asked for, for items on the basis."""
    if position.currency:
        return said.value_currency == question.currency
    return said.basis == question.basis and bool(said.value_currency)


def _currency(fact: Fact, position: Position) -> str:
    said = fact.winners.get("what")
    return (said.currency if said is not None else "") or position.currency
