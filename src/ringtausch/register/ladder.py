"""Rules 9 and 10 of the register: what negatives undo, and how far a matter has got.

In: the rungs and marks of a matter as rule 8 counts them. Out: the same, less what is undone; what is
reached at each rung; and the state. Conditions and lapses come from elsewhere, as facts that are held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ringtausch.register.events import added
from ringtausch.register.facts import commodity, lead
from ringtausch.register.position import Conflict, Fact, Rung
from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.vocabulary import NEGATIVES, RUNGS, milestones

__all__ = ["KEPT", "furthest_first", "reached", "state", "undo"]

#: These took place: their own class never undoes them; that is what returned, lost and refunded are for.
KEPT = frozenset({"handed_over", "received", "paid_in", "paid"})


def undo(
    kind: str, matter: str, rungs: Mapping[str, Rung]
) -> tuple[dict[str, Rung], list[Conflict]]:
    """Take off the rungs what negatives undo (rule 9).

    A negative undoes a rung iff its class is better, or equal and it is later by (true_on, list order). It
    takes off its least; without a quantity, all. One that speaks of a named event, without a quantity,
    takes that event alone: off a rung of events that event, where it is among them; off the whole, all.

    Returns
    -------
    tuple
        Rungs and marks, and as conflicts what was contradicted by a source of another class.
    """
    negatives = [rungs[name] for name in MARK_ORDER[kind] if name in rungs and name in NEGATIVES]
    if not negatives:
        return dict(rungs), []
    left = dict(rungs)
    conflicts: list[Conflict] = []
    for name in RUNGS[kind]:
        if name not in left:
            continue
        for negative in negatives:
            rung = left[name]
            if _undoes(rung, negative):
                left[name] = _less(rung, negative)
            conflicts += _contradictions(matter, rung, negative)
    return left, conflicts


#: Marks of each kind, in the order of the list.
MARK_ORDER = {
    kind: [name for name in milestones(kind) if name not in RUNGS[kind]] for kind in RUNGS
}


def reached(
    kind: str,
    rungs: Mapping[str, Rung],
    of: tuple[str, str] = ("", ""),
    held: Collection[tuple[str, str]] = (),
) -> dict[str, Range]:
    """Return how much has got at least as far as each rung (rule 10).

    The maximum of the bounds over the rungs at or after it that are not undone; an unknown rung is passed
    over where another one is known.

    Parameters
    ----------
    kind, rungs
        Of the matter, less what is undone.
    of
        The item and currency that the position speaks of; a rung that speaks of another one is unknown.
    held
        Facts that do not count, by (milestone, event): lapsed, or waiting for a condition.
    """
    found: dict[str, Range] = {}
    best: Range | None = None
    for name in reversed(RUNGS[kind]):
        quantity = _quantity(rungs[name], of, held) if name in rungs else None
        if quantity is not None:
            if best is None or (best.is_unknown and not quantity.is_unknown):
                best = quantity
            elif not quantity.is_unknown:
                best = best.larger(quantity)
        if best is not None:
            found[name] = best
    return found


def state(kind: str, rungs: Mapping[str, Rung]) -> str:
    """Name the furthest rung that is not undone, else the latest negative, else nothing (rule 10)."""
    for name in furthest_first(kind, rungs):
        return name
    negatives = [
        (rungs[name].true_on, place, name)
        for place, name in enumerate(MARK_ORDER[kind])
        if name in rungs and name in NEGATIVES
    ]
    return max(negatives)[2] if negatives else ""


def furthest_first(kind: str, rungs: Mapping[str, Rung]) -> list[str]:
    """Name the rungs that are not undone, the furthest first."""
    return [name for name in reversed(RUNGS[kind]) if name in rungs and not rungs[name].undone]


def _undoes(rung: Rung, negative: Rung) -> bool:
    if negative.rank != rung.rank:
        return negative.rank < rung.rank
    # Every negative stands after every rung in the list, so that of one day the negative is the later.
    return rung.milestone not in KEPT and negative.true_on >= rung.true_on


def _less(rung: Rung, negative: Rung) -> Rung:
    for fact in negative.facts:
        if rung.undone:
            break
        rung = _less_fact(rung, fact)
    return rung


def _less_fact(rung: Rung, negative: Fact) -> Rung:
    if not negative.quantity.is_unknown:
        taken = rung.taken + negative.quantity.lo
        quantity = added(rung.facts).less(taken)
        return replace(rung, quantity=quantity, taken=taken, undone=quantity.hi == 0 and taken > 0)
    if not negative.event or not rung.facts[0].event:
        return replace(rung, undone=True)
    # Only the empty event speaks of the whole (rule 8): what other events say stays.
    others = tuple(one for one in rung.facts if one.event != negative.event)
    if not others:
        return replace(rung, undone=True)
    if len(others) == len(rung.facts):
        return rung
    return replace(rung, facts=others, quantity=added(others).less(rung.taken))


def _contradictions(matter: str, rung: Rung, negative: Rung) -> Iterable[Conflict]:
    # The better class wins over something later: both stay visible. Of one class, time decides, and a
    # promise that follows a refusal contradicts nobody.
    if negative.rank == rung.rank:
        return
    undone, later = negative.rank < rung.rank, negative.true_on >= rung.true_on
    winner, loser = (negative, rung) if undone else (rung, negative)
    if undone != later:
        last = loser.facts[-1]
        yield Conflict(
            matter, loser.milestone, last.event, "what", lead(winner.facts[-1]), lead(last)
        )


def _quantity(rung: Rung, of: tuple[str, str], held: Collection[tuple[str, str]]) -> Range | None:
    if rung.undone:
        return None
    facts = rung.facts
    if held:
        facts = tuple(one for one in facts if (one.milestone, one.event) not in held)
        if not facts:
            return None
    if any(_is_other(commodity(one), of) for one in facts):
        return UNKNOWN
    return rung.quantity if facts is rung.facts else added(facts).less(rung.taken)


def _is_other(said: tuple[str, str], of: tuple[str, str]) -> bool:
    return (
        said != of
        and any(said)
        and any(of)
        and any(one and one != other for one, other in zip(said, of, strict=True))
    )
