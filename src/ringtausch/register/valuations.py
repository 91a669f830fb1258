"""What was handed over is worth, on one basis at a time, with every rate that was used beside it.

The page *register*, fields *value, basis, method*. In: positions, a basis and a currency. Out: valued
hand-overs, each linked to the statement of its posting; where a currency is changed, to the rate with its
date and source; and what has no value on that basis. Bases are never mixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ringtausch.register.position import Fact, Position
from ringtausch.register.rule import Rate
from ringtausch.register.vocabulary import BASES

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["Unvalued", "Valuation", "Valuations", "valuations"]


@dataclass(frozen=True, slots=True)
class Valuation:
    """What one hand-over is worth, as somebody says it, and in the currency that is asked for.

    `value` is in ten-thousandths of `value_currency`; `worth` the same, exactly, in `currency`. `rate` links
    the two; None where they are one currency. `statement` is that of the moves in the postings.
    """

    matter: str
    event: str
    day: date
    giver: str
    receiver: str
    value: int
    value_currency: str
    basis: str
    method: str
    supported: bool  # by a document
    worth: Fraction
    currency: str
    rate: Rate | None
    statement: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Unvalued:
    """A hand-over that is not in the sum: `why` is `no value`, `other basis` or `no rate`."""

    matter: str
    event: str
    why: str
    basis: str = ""
    value_currency: str = ""


@dataclass(frozen=True, slots=True)
class Valuations:
    """All hand-overs valued on one basis, in one currency."""

    basis: str
    currency: str
    rows: tuple[Valuation, ...]
    unvalued: tuple[Unvalued, ...]

    @property
    def worth(self) -> Fraction:
        """The exact sum, in ten-thousandths."""
        return sum((row.worth for row in self.rows), Fraction(0))

    @property
    def unsupported(self) -> Fraction:
        """How much of it no document supports."""
        return sum((row.worth for row in self.rows if not row.supported), Fraction(0))


def valuations(positions: Positions, basis: str, currency: str) -> Valuations:
    """Value what was handed over on one basis, in one currency (rule 21 for its rates).

    Parameters
    ----------
    positions
        Where matters stand; their rule has the rates.
    basis
        One of `vocabulary.BASES`. What is valued on another one is listed and never added.
    currency
        In which the sum is asked for.
    """
    assert basis in BASES, "a basis of the page"
    rows: list[Valuation] = []
    unvalued: list[Unvalued] = []
    for position in positions.kind("transfer"):
        rung = position.rungs.get("handed_over")
        for fact in () if rung is None or rung.undone else rung.facts:
            found = _valued(position, fact, positions, (basis, currency))
            if isinstance(found, Valuation):
                rows.append(found)
            else:
                unvalued.append(found)
    return Valuations(basis, currency, tuple(rows), tuple(unvalued))


def _valued(
    position: Position, fact: Fact, positions: Positions, asked: tuple[str, str]
) -> Valuation | Unvalued:
    basis, currency = asked
    said = fact.winners.get("worth")
    if said is None or said.value is None:
        return Unvalued(position.matter, fact.event, "no value")
    if said.basis != basis:
        return Unvalued(position.matter, fact.event, "other basis", said.basis)
    day = fact.true_on
    rate = None
    if said.value_currency != currency:
        rate = positions.rule.rate(said.value_currency, currency, day)
        if rate is None:
            return Unvalued(position.matter, fact.event, "no rate", basis, said.value_currency)
    posted = fact.winners.get("what", said)
    return Valuation(
        matter=position.matter,
        event=fact.event,
        day=day,
        giver=position.giver,
        receiver=position.receiver,
        value=said.value,
        value_currency=said.value_currency,
        basis=basis,
        method=said.method,
        supported=bool(said.value_document),
        worth=said.value * (Fraction(1) if rate is None else rate.rate),
        currency=currency,
        rate=rate,
        statement=posted.id,
        said_by=said.said_by,
    )
