"""Rules 28 and 29 once more, in the plainest way: read from the rungs, without days and without moves."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from ringtausch.register.dates import last_day
from ringtausch.register.position import Fact, Position
from ringtausch.register.positions import Positions
from ringtausch.register.statement import Statement, Terms

__all__ = ["plain_net"]

_COUNTED = ("agreed", "accepted", "waived")


def plain_net(position: Position, positions: Positions) -> int | None:
    """Return ⌈ratio·base⌉ - ⌊Σ rate·accepted⌋ - waived; None where a part of it is undone or waits."""
    agreed = facts(position, "agreed")
    if any(not _firm(fact, position, positions) for fact in agreed):
        return None
    if any(rung.taken or rung.undone for name in _COUNTED if (rung := position.rungs.get(name))):
        return None
    terms = next(
        (one.terms for fact in agreed if (one := fact.winners.get("terms"))), position.terms
    )
    transfer = _transfer(position, positions)
    given = "" if transfer is None else transfer.item
    named = next((item for fact in agreed if (item := said(fact).item)), "")
    agreed_item = terms.item or named or given
    rates = _rates(position, agreed_item)
    settled = sum(
        rates.get(said(fact).item or agreed_item, Fraction(0)) * fact.quantity.lo
        for fact in facts(position, "accepted")
    )
    waivers = [
        fact for fact in facts(position, "waived") if said(fact).said_by == position.receiver
    ]
    handed_over = 0 if transfer is None else _handed_over(transfer)
    net = ceil(_ratio(terms) * _base(handed_over, agreed, waivers)) - floor(settled)
    if any(fact.quantity.is_unknown for fact in waivers):
        return min(0, net)
    return net - sum(fact.quantity.lo for fact in waivers)


def facts(position: Position, milestone: str) -> tuple[Fact, ...]:
    """Return the facts of a rung that is not undone."""
    rung = position.rungs.get(milestone)
    return () if rung is None or rung.undone else rung.facts


def said(fact: Fact) -> Statement:
    """Return the statement that says how much."""
    return fact.winners.get("what") or fact.winners["when"]


def _firm(fact: Fact, position: Position, positions: Positions) -> bool:
    until = fact.winners["when"].until
    if until and last_day(until) < positions.as_of:
        return False
    return (fact.milestone, fact.event) not in position.waits


def _transfer(position: Position, positions: Positions) -> Position | None:
    named = {
        one.terms.of
        for fact in position.facts.values()
        if (one := fact.winners.get("terms")) is not None and one.terms.of
    }
    known = {transfer.matter: transfer for transfer in positions.kind("transfer")}
    return known.get(positions.same(named.pop())) if named else None


def _handed_over(transfer: Position) -> int:
    gone, came, back = (facts(transfer, name) for name in ("handed_over", "received", "returned"))
    silent = all(fact.quantity.is_unknown for fact in gone)
    told = came if silent else gone
    amount = sum(fact.quantity.lo for fact in told)
    if told:
        amount = max(0, amount - transfer.rungs[told[0].milestone].taken)
    return max(0, amount - sum(fact.quantity.lo for fact in back))


def _base(handed_over: int, agreed: tuple[Fact, ...], waivers: list[Fact]) -> int:
    if agreed:
        if any(fact.quantity.is_unknown for fact in agreed):
            return handed_over
        return min(handed_over, sum(fact.quantity.lo for fact in agreed))
    if any(fact.quantity.is_unknown for fact in waivers):
        return handed_over
    return min(handed_over, sum(fact.quantity.lo for fact in waivers))


def _ratio(terms: Terms) -> Fraction:
    return Fraction(terms.ratio or 1)


def _rates(position: Position, agreed_item: str) -> dict[str, Fraction]:
    rates = {
        said(fact).item: Fraction(
            fact.winners["terms"].terms.rate or 1 if "terms" in fact.winners else 1
        )
        for fact in facts(position, "substituted")
        if said(fact).said_by == position.receiver and said(fact).item
    }
    return rates | {agreed_item: Fraction(1)}
