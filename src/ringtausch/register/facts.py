"""Rule 7 of the register: what is known of a milestone of a matter, and one of its events.

In: the candidates for one (matter, milestone, event), the best-ranked first. Out: a fact: for each group of
fields the best-ranked candidate that fills it, and the losers that differ, as conflicts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ringtausch.register.dates import first_day, last_day
from ringtausch.register.position import Conflict, Fact
from ringtausch.register.rank import Ranked
from ringtausch.register.statement import NO_TERMS, Condition, Statement

__all__ = ["commodity", "condition", "fact", "fact_true_on", "lead", "until"]


def fact(matter: str, candidates: Sequence[Ranked]) -> Fact:
    """Let the groups of fields be won: what, who, when, worth, terms (rule 7).

    Fields win in groups, never singly. An unknown quantity wins only over nothing.

    Parameters
    ----------
    matter
        Which matter the conflicts speak of.
    candidates
        One or more, of one milestone and event, the best-ranked first.
    """
    best = candidates[0]
    milestone, event = best.statement.milestone, best.statement.event
    if len(candidates) == 1:
        return Fact(
            milestone, event, best.key[0], _alone(best.statement), (), best.true_on, best.said_on
        )
    winners: dict[str, Statement] = {}
    conflicts: list[Conflict] = []
    leading = best
    for group, (fills, differ) in _GROUPS.items():
        filling = [one for one in candidates if fills(one.statement)]
        if not filling:
            continue
        winner = filling[0]
        if group == "what":
            winner = next((one for one in filling if _is_known(one.statement)), winner)
            leading = winner
        winners[group] = winner.statement
        conflicts += (
            Conflict(matter, milestone, event, group, winner.statement, loser.statement)
            for loser in filling
            if loser is not winner and differ(winner.statement, loser.statement)
        )
    return Fact(
        milestone,
        event,
        leading.key[0],
        winners,
        tuple(conflicts),
        best.true_on,  # every candidate fills `when`, so that the best of all has won it
        leading.said_on,
    )


def lead(known: Fact) -> Statement:
    """Return the statement that speaks for a fact: the winner of `what`, else the best of all."""
    return known.winners.get("what") or known.winners["when"]


def fact_true_on(known: Fact) -> date:
    """Return when a fact became true: what the winner of `when` says."""
    return known.true_on


def until(known: Fact) -> str:
    """Return until when it holds, as it was said; empty where there is no end."""
    return known.winners["when"].until


def condition(known: Fact) -> Condition | None:
    """Return what has to happen before it counts."""
    said = known.winners.get("what")
    return None if said is None else said.condition


def commodity(known: Fact) -> tuple[str, str]:
    """Return the item and the currency that a fact speaks of, one of them or both empty."""
    said = known.winners.get("what")
    return ("", "") if said is None else (said.item, said.currency)


def _alone(only: Statement) -> dict[str, Statement]:
    # The common case: one candidate, nobody to compare it with.
    winners = {}
    if _fills_what(only):
        winners["what"] = only
    if only.giver or only.receiver:
        winners["who"] = only
    winners["when"] = only
    if only.value is not None:
        winners["worth"] = only
    if _fills_terms(only):
        winners["terms"] = only
    return winners


def _fills_what(said: Statement) -> bool:
    return bool(said.quantity is not None or said.item or said.currency or said.condition)


def _fills_who(said: Statement) -> bool:
    return bool(said.giver or said.receiver)


def _fills_when(_said: Statement) -> bool:
    return True  # an empty true_on is said_on (rule 2)


def _fills_worth(said: Statement) -> bool:
    return said.value is not None


def _fills_terms(said: Statement) -> bool:
    return said.terms is not NO_TERMS and said.terms != NO_TERMS


def _is_known(said: Statement) -> bool:
    return said.quantity is not None and not said.quantity.is_unknown


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _differ_in_what(winner: Statement, loser: Statement) -> bool:
    return (
        _clash(winner.item, loser.item)
        or _clash(winner.currency, loser.currency)
        or (_is_known(loser) and loser.quantity != winner.quantity)
        or winner.condition != loser.condition
    )


def _differ_in_who(winner: Statement, loser: Statement) -> bool:
    return _clash(winner.giver, loser.giver) or _clash(winner.receiver, loser.receiver)


def _differ_in_when(winner: Statement, loser: Statement) -> bool:
    # Who says no day of its own says nothing against another's, and July is not against the 14th of July.
    if _clash(winner.until, loser.until):
        return True
    if not loser.true_on:
        return False
    said = winner.true_on or winner.said_on or winner.source.date
    if not said:
        return True
    first, last = first_day(said), last_day(said)
    other_first, other_last = first_day(loser.true_on), last_day(loser.true_on)
    within = first <= other_first and other_last <= last
    around = other_first <= first and last <= other_last
    return not (within or around)


def _differ_in_worth(winner: Statement, loser: Statement) -> bool:
    return (winner.value, winner.value_currency, winner.basis) != (
        loser.value,
        loser.value_currency,
        loser.basis,
    )


def _differ_in_terms(winner: Statement, loser: Statement) -> bool:
    return winner.terms != loser.terms


_GROUPS: dict[str, tuple[Callable[[Statement], bool], Callable[[Statement, Statement], bool]]] = {
    "what": (_fills_what, _differ_in_what),
    "who": (_fills_who, _differ_in_who),
    "when": (_fills_when, _differ_in_when),
    "worth": (_fills_worth, _differ_in_worth),
    "terms": (_fills_terms, _differ_in_terms),
}
