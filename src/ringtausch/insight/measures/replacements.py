"""What came back for each hand-over, and when: a row for each part, and for what is still owed.

In: a scenario and the dispatches and settlements of a plan. Out: `Replacement` rows.
Which part answers which hand-over is found in `insight.matching`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ringtausch.insight.matching import EPS, Answer, Back, Pair, answers
from ringtausch.insight.measures.rows import Replacement
from ringtausch.records import Plan, Scenario

__all__ = ["EPS", "replacements"]


def replacements(scenario: Scenario, plan: Plan) -> tuple[Replacement, ...]:
    """Match the settlements of a plan with its hand-overs and with the debts from before.

    Parameters
    ----------
    scenario, plan
        A plan whose rows all name what the scenario has.
    """
    count = scenario.calendar.count
    return tuple(
        row
        for pair, (back, found) in answers(scenario, plan).items()
        for answer in found
        for row in _rows(pair, answer, back, count)
    )


def _rows(pair: Pair, answer: Answer, back: Sequence[Back], count: int) -> Iterable[Replacement]:
    claim = answer.claim
    begun = claim.given or 0  # what was given before the start waits, in this plan, from its start

    def row(at: int | None, accepted: str, quantity: float, units: float) -> Replacement:
        until = count if at is None else at
        return Replacement(
            party=pair[0],
            item=pair[1],
            offer=claim.offer,
            to=claim.to,
            given=claim.given,
            due=claim.due,
            back=at,
            accepted=accepted,
            quantity=quantity,
            units=units,
            wait=until - begun,
            slack=claim.due - until if at is not None or claim.due < count else None,
        )

    for number, period, share in answer.parts:
        came = back[number]
        yield row(period, came.accepted, share, share / came.rate if came.rate else 0.0)
    if answer.open:
        yield row(None, "", answer.open, 0.0)
