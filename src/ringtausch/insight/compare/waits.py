"""Who waits: for how long after handing something over, and for how long past the date agreed.

In: a scenario and a plan for it. Out: waits by party and item. A plan does not say which debt a
settlement answers: the one that is due first, and where an assurance is hard, the one that must not be
late (rule 7).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ringtausch.insight.compare.needs import EPS

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["Late", "Wait", "late_units", "longest_late", "longest_waits"]


@dataclass(frozen=True)
class Wait:
    """So many periods a party waits for an item; `open`: it still does when the plan ends."""

    party: str
    item: str
    periods: int
    open: bool


@dataclass(frozen=True)
class Late:
    """A party's part of the objective `late_replacement`, in unit-periods by weight."""

    party: str
    amount: float


@dataclass
class _Claim:
    """Units owed since a period (None = since before the start), due in a period."""

    since: int | None
    due: int
    left: float
    last: int = 0  # the last period in which a part of it came
    replaced: int | None = None


def longest_waits(scenario: Scenario, plan: Plan) -> tuple[Wait, ...]:
    """Find how long each party waits at most for what it hands over by the plan, longest first."""
    found = []
    for (party, item), claims in _claims(scenario, plan).items():
        mine = [claim for claim in claims if claim.since is not None]
        if mine:
            count = scenario.calendar.count
            spells = [
                ((count if c.replaced is None else c.replaced) - (c.since or 0), c.replaced is None)
                for c in mine
            ]
            periods, still = max(spells)
            found.append(Wait(party, item, periods, still))
    return _ranked(found)


def longest_late(scenario: Scenario, plan: Plan) -> tuple[Wait, ...]:
    """Find for how long something is overdue to each party at most, longest first."""
    found = []
    count = scenario.calendar.count
    for (party, item), claims in _claims(scenario, plan).items():
        spells = [
            ((count if c.replaced is None else c.replaced) - c.due, c.replaced is None)
            for c in claims
        ]
        periods, still = max(spells)
        if periods > 0:
            found.append(Wait(party, item, periods, still))
    return _ranked(found)


def late_units(scenario: Scenario, plan: Plan) -> tuple[Late, ...]:
    """Split the objective `late_replacement` by the party that waits, the most first."""
    weight = {(row.party, row.item): float(row.weight) for row in scenario.assurances}
    last, stays = scenario.calendar.count - 1, 1 + scenario.settlement
    sums: dict[str, float] = defaultdict(float)
    for row in plan.rows("debts"):
        times = stays if row.period == last else 1
        sums[row.party] += weight.get((row.party, row.item), 1.0) * times * row.late
    found = [Late(party, amount) for party, amount in sums.items() if amount > EPS]
    return tuple(sorted(found, key=lambda late: (-late.amount, late.party)))


def _ranked(waits: list[Wait]) -> tuple[Wait, ...]:
    return tuple(sorted(waits, key=lambda w: (-w.periods, not w.open, w.party, w.item)))


def _claims(scenario: Scenario, plan: Plan) -> dict[tuple[str, str], list[_Claim]]:
    """List what is owed to each party, and when each part of it is replaced in full."""
    terms = {(row.party, row.item): row for row in scenario.assurances}
    found: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    for debt in scenario.debts:
        due = scenario.calendar.index(debt.due)
        found[debt.party, debt.item].append(_Claim(None, due, float(debt.quantity)))
    given: dict[tuple[str, str, int], float] = defaultdict(float)
    for row in plan.rows("dispatches"):
        given[row.from_, row.item, row.period] += row.quantity
    for (party, item, period), units in sorted(given.items()):
        if term := terms.get((party, item)):
            owed = float(term.ratio) * units
            found[party, item].append(_Claim(period, period + term.within, owed))
    back = _settled(scenario, plan)
    for pair, claims in found.items():
        term = terms.get(pair)
        _match(claims, back.get(pair, {}), hard=term is not None and term.hard)
    return {pair: claims for pair, claims in found.items() if claims}


def _settled(scenario: Scenario, plan: Plan) -> dict[tuple[str, str], dict[int, float]]:
    """Sum what comes back to each party in units of the item owed, by period."""
    rates = {(r.party, r.given, r.accepted): float(r.rate) for r in scenario.exchange}
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in plan.rows("settlements"):
        same = row.accepted == row.item
        rate = 1.0 if same else rates.get((row.party, row.item, row.accepted), 1.0)
        found[row.party, row.item][row.period] += rate * row.quantity
    return found


def _match(claims: list[_Claim], back: dict[int, float], *, hard: bool) -> None:
    """Let what comes back replace what is due first.

    Where a hard assurance is then overdue though the plan says that only older debts are, what was
    handed over is served by its date before them.
    """
    tried = [replace(claim) for claim in claims]
    _first_due_first(tried, back)
    given = [claim for claim in tried if claim.since is not None]
    if hard and any(claim.replaced is None or claim.replaced > claim.due for claim in given):
        tried = [replace(claim) for claim in claims]
        rest = _by_its_date(tried, back)
        _first_due_first(tried, rest)
    claims[:] = tried


def _first_due_first(claims: list[_Claim], back: dict[int, float]) -> None:
    for period, units in sorted(back.items()):
        rest = units
        standing = [c for c in claims if c.left > EPS and (c.since is None or c.since <= period)]
        for claim in sorted(standing, key=lambda c: (c.due, c.since is None)):
            rest -= _serve(claim, period, rest)


def _by_its_date(claims: list[_Claim], back: dict[int, float]) -> dict[int, float]:
    """Serve what was handed over as late as is still in time; return what is left for older debts."""
    rest = dict(back)
    given = [claim for claim in claims if claim.since is not None]
    for claim in sorted(given, key=lambda c: -c.due):
        assert claim.since is not None
        for period in sorted(rest, reverse=True):
            if claim.since <= period <= claim.due and claim.left > EPS:
                rest[period] -= _serve(claim, period, rest[period])
    return rest


def _serve(claim: _Claim, period: int, units: float) -> float:
    """Replace as much of a claim as there is, and return how much that was."""
    taken = min(units, claim.left)
    if taken > EPS:
        claim.left -= taken
        claim.last = max(claim.last, period)
        if claim.left <= EPS:
            claim.replaced = claim.last
    return taken
