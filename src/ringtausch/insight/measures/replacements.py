"""Rules 6 and 7, read backwards: which replacement answers which hand-over, first in, first out.

A plan says what settles a party's debt, not what for. In: a scenario and the dispatches and
settlements of a plan. Out: `Replacement` rows. What is due first is replaced first, which for the
hand-overs of one party and item is the order in which they were made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ringtausch.insight.measures.rows import Replacement
from ringtausch.records import Plan, Scenario

__all__ = ["EPS", "replacements"]

#: Below this a quantity of a written plan counts as nothing.
EPS = 1e-6


@dataclass
class _Claim:
    """What is owed for one dispatch or debt, and the parts that came: (period, item, rate, units)."""

    party: str
    item: str
    offer: str
    to: str
    given: int | None
    due: int
    open: float
    parts: list[tuple[int, str, float, float]] = field(default_factory=list)


def replacements(scenario: Scenario, plan: Plan) -> tuple[Replacement, ...]:
    """Match the settlements of a plan with its hand-overs and with the debts from before.

    Parameters
    ----------
    scenario, plan
        A plan whose rows all name what the scenario has.
    """
    claims = _claims(scenario, plan)
    _settle(scenario, plan, claims)
    count = scenario.calendar.count
    return tuple(row for found in claims.values() for claim in found for row in _rows(claim, count))


def _claims(scenario: Scenario, plan: Plan) -> dict[tuple[str, str], list[_Claim]]:
    """List what is owed, what is due first coming first."""
    claims: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    for debt in scenario.debts:
        if debt.quantity:
            due = scenario.calendar.index(debt.due)
            owed = float(debt.quantity)
            claims[debt.party, debt.item].append(
                _Claim(debt.party, debt.item, "", "", None, due, owed)
            )
    agreed = {(row.party, row.item): row for row in scenario.assurances}
    for sent in plan.rows("dispatches"):
        terms = agreed.get((sent.from_, sent.item))
        if terms is not None and terms.ratio:
            owed = sent.quantity * float(terms.ratio)
            due = sent.period + terms.within
            claims[sent.from_, sent.item].append(
                _Claim(sent.from_, sent.item, sent.offer, sent.to, sent.period, due, owed)
            )
    for found in claims.values():
        found.sort(key=lambda c: (c.due, -1 if c.given is None else c.given))
    return claims


def _settle(scenario: Scenario, plan: Plan, claims: dict[tuple[str, str], list[_Claim]]) -> None:
    rates = {(r.party, r.given, r.accepted): float(r.rate) for r in scenario.exchange}
    standing = {pair: list(found) for pair, found in claims.items()}
    for row in sorted(plan.rows("settlements"), key=lambda r: r.period):
        same = row.accepted == row.item
        rate = 1.0 if same else rates.get((row.party, row.item, row.accepted), 1.0)
        pair = (row.party, row.item)
        _take(standing.get(pair, ()), row.quantity * rate, (row.period, row.accepted, rate))
        if pair in standing:
            standing[pair] = [claim for claim in standing[pair] if claim.open > 0]


def _take(claims: Iterable[_Claim], quantity: float, part: tuple[int, str, float]) -> None:
    """Give what came to the claims that stand by then."""
    period, accepted, rate = part
    for claim in claims:
        if claim.given is not None and claim.given > period:
            continue
        share = min(quantity, claim.open)
        if share <= EPS:
            return
        claim.parts.append((period, accepted, rate, share))
        claim.open = 0.0 if claim.open - share <= EPS else claim.open - share
        quantity -= share


def _rows(claim: _Claim, count: int) -> Iterable[Replacement]:
    begun = claim.given or 0  # what was given before the start waits, in this plan, from its start
    for period, accepted, rate, share in claim.parts:
        yield Replacement(
            party=claim.party,
            item=claim.item,
            offer=claim.offer,
            to=claim.to,
            given=claim.given,
            due=claim.due,
            back=period,
            accepted=accepted,
            quantity=share,
            units=share / rate if rate else 0.0,
            wait=period - begun,
            slack=claim.due - period,
        )
    if claim.open > EPS:
        yield Replacement(
            party=claim.party,
            item=claim.item,
            offer=claim.offer,
            to=claim.to,
            given=claim.given,
            due=claim.due,
            back=None,
            accepted="",
            quantity=claim.open,
            units=0.0,
            wait=count - begun,
            slack=claim.due - count if claim.due < count else None,
        )
