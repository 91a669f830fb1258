"""Rule 12 of the register: what is promised under a condition counts apart until the condition is met.

In: matters with their rungs and the conditions of their facts, and what lies in what. Out: the facts that
wait, and the matters that are conditional. It is the least fixed point: two that wait for each other wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from ringtausch.records.frozen import made_fast
from ringtausch.register.facts import condition
from ringtausch.register.ladder import furthest_first, reached
from ringtausch.register.position import Conflict, Fact, Rung
from ringtausch.register.ranges import NOTHING
from ringtausch.register.statement import Condition

__all__ = ["Draft", "FactKey", "Waiting", "all_wait", "conditions", "wait"]

#: (milestone, event)
FactKey = tuple[str, str]


@made_fast
@dataclass(frozen=True, slots=True)
class Draft:
    """A matter before its conditions are looked at."""

    matter: str
    kind: str
    rungs: Mapping[str, Rung]
    commodity: tuple[str, str]
    order: list[Fact] = field(default_factory=list)  # that count: the furthest rung first
    lapsed: frozenset[FactKey] = frozenset()
    facts: Mapping[FactKey, Fact] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    asked: Mapping[FactKey, Condition] = field(default_factory=dict)  # of the facts that count
    until: str = ""


@dataclass
class Waiting:
    """What waits: facts by matter, and the matters that are conditional, what lies inside them included."""

    facts: dict[str, set[FactKey]] = field(default_factory=dict)
    matters: set[str] = field(default_factory=set)


def conditions(kind: str, rungs: Mapping[str, Rung]) -> dict[FactKey, Condition]:
    """Collect what has to happen first, of each fact that counts, the furthest rung first."""
    return {
        (name, fact.event): asked
        for name in furthest_first(kind, rungs)
        for fact in rungs[name].facts
        if (asked := condition(fact)) is not None
    }


def wait(
    drafts: Mapping[str, Draft],
    children: Mapping[str, Iterable[str]],
    same: Callable[[str], str],
) -> Waiting:
    """Find what waits for a condition (rule 12).

    A condition about matters is met iff the `Σ lo(reached)` of those that are firm or met, its own matter
    left out, is at least what it asks for. Words alone are never met here: a new statement without them
    takes their place.

    Parameters
    ----------
    drafts
        By matter: all that hang together by links and conditions.
    children
        By matter, what lies inside it.
    same
        Names the matter that a name stands for (rule 15).
    """
    waiting = Waiting({name: set(draft.asked) for name, draft in drafts.items() if draft.asked})
    while True:
        waiting.matters = _conditional(drafts, children, waiting)
        met = [
            (name, key)
            for name, keys in waiting.facts.items()
            for key in keys
            if _is_met(drafts[name].asked[key], name, drafts, waiting, same)
        ]
        if not met:
            return waiting
        for name, key in met:
            waiting.facts[name].discard(key)


def all_wait(draft: Draft, waiting: AbstractSet[FactKey]) -> bool:
    """Tell whether the furthest rung that has not lapsed waits, all of it."""
    for name in furthest_first(draft.kind, draft.rungs):
        keys = {(name, fact.event) for fact in draft.rungs[name].facts} - draft.lapsed
        if keys:
            return keys <= waiting
    return False


def _conditional(
    drafts: Mapping[str, Draft], children: Mapping[str, Iterable[str]], waiting: Waiting
) -> set[str]:
    found = {name for name, facts in waiting.facts.items() if all_wait(drafts[name], facts)}
    unseen = list(found)
    while unseen:
        for child in children.get(unseen.pop(), ()):
            if child not in found:
                found.add(child)
                unseen.append(child)
    return found


def _is_met(
    asked: Condition,
    own: str,
    drafts: Mapping[str, Draft],
    waiting: Waiting,
    same: Callable[[str], str],
) -> bool:
    if not asked.matters:
        return False
    total = 0
    for name in {same(matter) for matter in asked.matters} - {own}:
        if name in drafts and name not in waiting.matters:
            draft = drafts[name]
            held = draft.lapsed | waiting.facts.get(name, set())
            got = reached(draft.kind, draft.rungs, draft.commodity, held)
            total += got.get(asked.milestone, NOTHING).lo
    return total >= asked.at_least
