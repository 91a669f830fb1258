"""Rule 14 of the register: how often a request was made, and how long it has had no answer.

In: positions. Out: one row a request, the longest wait first. Must not know how positions come about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ringtausch.register.position import Fact, Position
from ringtausch.register.rank import true_day

__all__ = ["Requests", "Waiting", "waiting"]

_ANSWERS = ("validated", "met", "declined")


class Requests(Protocol):
    """What positions have to give: those of a kind, and the day they are as of."""

    @property
    def as_of(self) -> date:
        """The as-of date."""

    def kind(self, kind: str) -> Iterable[Position]:
        """Return the positions of a kind of matter."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request: since when, how often, and when it was first answered, if it was."""

    position: Position
    asked_first: date
    age: int  # days from the first asking to the as-of date
    repeats: int  # how many times it was asked
    answered_on: date | None = None
    answer: str = ""  # validated, met or declined; empty where nobody has answered

    @property
    def waits(self) -> bool:
        """Whether nobody has answered."""
        return self.answered_on is None


def waiting(positions: Requests) -> list[Waiting]:
    """List all requests that somebody has asked: those without an answer first, the oldest first (rule 14)."""
    rows = [
        row
        for position in positions.kind("request")
        if (row := _waiting(position, positions.as_of)) is not None
    ]
    return sorted(rows, key=lambda row: (not row.waits, -row.age, row.position.matter))


def _waiting(position: Position, as_of: date) -> Waiting | None:
    asked = _days(position.facts, ("asked",))
    if not asked:
        return None
    named = [event for (milestone, event) in position.facts if milestone == "asked" and event]
    first = min(day for day, _ in asked)
    answers = _days(position.facts, _ANSWERS)
    answered_on, answer = min(answers, key=_in_order) if answers else (None, "")
    return Waiting(position, first, (as_of - first).days, len(named) or 1, answered_on, answer)


def _days(
    facts: Mapping[tuple[str, str], Fact], milestones: tuple[str, ...]
) -> list[tuple[date, str]]:
    """List when each event of some milestones was, by whoever wins that."""
    return [
        (true_day(fact.winners["when"]), fact.milestone)
        for fact in facts.values()
        if fact.milestone in milestones and "when" in fact.winners
    ]


def _in_order(answer: tuple[date, str]) -> tuple[date, int]:
    day, milestone = answer
    return day, _ANSWERS.index(milestone)
