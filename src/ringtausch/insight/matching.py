"""Rules 6 and 7, read backwards: which replacement answers which hand-over.

A plan says what settles a party's debt, not what for. Here what comes back is matched to what is owed:
what is due first is replaced first, which for the hand-overs of one party and item is the order in which
they were made. Only where an assurance is hard and something would then be overdue that the plan counts
as in time, older debts give way (rule 7: only opening debts may be overdue).
In: a scenario and a plan. Out: answers, by party and item. Knows no solver and no words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ringtausch.records import Plan, Scenario

__all__ = ["EPS", "Answer", "Back", "Claim", "Pair", "answers", "claims_of", "match", "rates_of"]

#: Below this a quantity of a written plan counts as nothing.
EPS = 1e-6

#: A party, and the item that it is owed.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """Units of an item owed for a dispatch, or (given None) from before the start; due in a period."""

    given: int | None
    due: int
    quantity: float
    offer: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """What came back in a period: `units` of an item, each of which counts as `rate` units owed."""

    period: int
    accepted: str
    units: float
    rate: float

    @property
    def quantity(self) -> float:
        """Units owed that it answers."""
        return self.units * self.rate


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim, and the parts that answer it, first to last: (number of what came, period, quantity)."""

    claim: Claim
    parts: tuple[tuple[int, int, float], ...]

    @property
    def open(self) -> float:
        """What is still owed of it at the end of the plan."""
        rest = self.claim.quantity - sum(quantity for _, _, quantity in self.parts)
        return 0.0 if rest <= _nothing(self.claim) else rest

    @property
    def replaced(self) -> int | None:
        """The period from which all of it is replaced; None where that is not within the plan."""
        return None if self.open or not self.parts else self.parts[-1][1]


def answers(
    scenario: Scenario, plan: Plan
) -> dict[Pair, tuple[tuple[Back, ...], tuple[Answer, ...]]]:
    """Match the settlements of a plan with its hand-overs and with the debts from before.

    Returns
    -------
    dict
        By party and item what came back, and an answer for each claim, what is due first coming first.

    Parameters
    ----------
    scenario, plan
        A plan whose rows all name what the scenario has.
    """
    rates = rates_of(scenario)
    back: dict[Pair, list[Back]] = defaultdict(list)
    for row in sorted(plan.rows("settlements"), key=lambda row: row.period):
        rate = (
            1.0 if row.accepted == row.item else rates.get((row.party, row.item, row.accepted), 1.0)
        )
        back[row.party, row.item].append(Back(row.period, row.accepted, row.quantity, rate))
    hard = {(row.party, row.item) for row in scenario.assurances if row.hard}
    count = scenario.calendar.count
    return {
        pair: (
            tuple(back[pair]),
            match(claims, back[pair], hard_until=count if pair in hard else None),
        )
        for pair, claims in claims_of(scenario, plan).items()
    }


def rates_of(scenario: Scenario) -> dict[tuple[str, str, str], float]:
    """Tell what a unit counts that a party accepts for another item: by party, item owed, item accepted."""
    return {(r.party, r.given, r.accepted): float(r.rate) for r in scenario.exchange}


def claims_of(scenario: Scenario, plan: Plan) -> dict[Pair, list[Claim]]:
    """List what is owed to each party for each item, what is due first coming first."""
    found: dict[Pair, list[Claim]] = defaultdict(list)
    for debt in scenario.debts:
        if debt.quantity:
            due = scenario.calendar.index(debt.due)
            found[debt.party, debt.item].append(Claim(None, due, float(debt.quantity)))
    agreed = {(row.party, row.item): row for row in scenario.assurances if row.ratio}
    for sent in plan.rows("dispatches"):
        if terms := agreed.get((sent.from_, sent.item)):
            quantity = sent.quantity * float(terms.ratio)
            due = sent.period + terms.within
            claim = Claim(sent.period, due, quantity, sent.offer, sent.to)
            found[sent.from_, sent.item].append(claim)
    for claims in found.values():
        claims.sort(key=_by_date)
    return dict(found)


def match(
    claims: Sequence[Claim], back: Sequence[Back], *, hard_until: int | None = None
) -> tuple[Answer, ...]:
    """Match what came back with what one party is owed for one item.

    Parameters
    ----------
    claims
        What is owed, in any order.
    back
        What came, in the order of its periods.
    hard_until
        Where the assurance is hard, the number of periods of the plan: what was handed over and is due
        by then must not be late.

    Examples
    --------
    A gun owed from before is due in period 2, one handed over in period 0 is due in period 3; one gun
    comes back in period 3 and one in period 5. Due first, replaced first: the hand-over is late.
    Under a hard assurance it is not.

    >>> claims = [Claim(None, 2, 1.0), Claim(0, 3, 1.0)]
    >>> back = [Back(3, "gun", 1.0, 1.0), Back(5, "gun", 1.0, 1.0)]
    >>> [answer.replaced for answer in match(claims, back)]
    [3, 5]
    >>> [answer.replaced for answer in match(claims, back, hard_until=24)]
    [5, 3]
    """
    matching = _Matching(claims, back)
    matching.first_due_first()
    if hard_until is not None and any(_late(answer, hard_until) for answer in matching.answers()):
        matching = _Matching(claims, back)
        matching.in_time(hard_until)
        matching.first_due_first()
    return matching.answers()


def _by_date(claim: Claim) -> tuple[int, int]:
    return claim.due, -1 if claim.given is None else claim.given


def _nothing(claim: Claim) -> float:
    return EPS * max(1.0, claim.quantity)


def _late(answer: Answer, count: int) -> bool:
    """Whether some of a hand-over is overdue at some time within the plan."""
    claim = answer.claim
    if claim.given is None or claim.due >= count:
        return False
    return answer.replaced is None or answer.replaced > claim.due


class _Matching:
    """What is left to replace, what is left of what came, and which part went where."""

    def __init__(self, claims: Sequence[Claim], back: Sequence[Back]) -> None:
        self._claims = claims
        self._back = back
        self._open = [claim.quantity for claim in claims]
        self._left = [one.quantity for one in back]
        self._parts: list[list[tuple[int, int, float]]] = [[] for _ in claims]

    def answers(self) -> tuple[Answer, ...]:
        """Return what answers each claim, in the order in which they were given."""
        return tuple(
            Answer(claim, tuple(sorted(parts)))
            for claim, parts in zip(self._claims, self._parts, strict=True)
        )

    def first_due_first(self) -> None:
        """Let each part that came replace what stands by then, the earliest deadline first."""
        order = sorted(range(len(self._claims)), key=lambda n: _by_date(self._claims[n]))
        for number in range(len(self._back)):
            for n in order:
                self._give(n, number)

    def in_time(self, count: int) -> None:
        """Serve what was handed over and is due within the plan as late as is still in time.

        Last claim first: so each leaves the earlier parts to those due before, and to older debts.
        """
        order = sorted(
            range(len(self._claims)), key=lambda n: _by_date(self._claims[n]), reverse=True
        )
        for n in order:
            claim = self._claims[n]
            if claim.given is not None and claim.due < count:
                for number in reversed(range(len(self._back))):
                    if self._back[number].period <= claim.due:
                        self._give(n, number)

    def _give(self, n: int, number: int) -> None:
        """Give a claim as much as there is of a part that came, if it stood by then."""
        claim, period = self._claims[n], self._back[number].period
        share = min(self._open[n], self._left[number])
        if share <= EPS or (claim.given is not None and claim.given > period):
            return
        self._left[number] -= share
        rest = self._open[n] - share
        self._open[n] = 0.0 if rest <= _nothing(claim) else rest
        self._parts[n].append((number, period, share))
