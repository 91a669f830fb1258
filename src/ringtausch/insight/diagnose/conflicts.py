"""Conflicts: irreducible sets of requirements that no plan meets, with the facts that stand against them.

In: a case. Out: conflicts that share no requirement. Each is proved by solving: with every other
requirement given up there is still no plan, without any one of its own there is. Its facts are
irreducible in the same way: with all others given free there is still no plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from ringtausch.insight.diagnose.commitments import Case, Commitment
from ringtausch.insight.diagnose.wording import say_conflict
from ringtausch.planning.infeasible import ConflictRow, conflict_row
from ringtausch.planning.relaxing import (
    Relaxation,
    limits_of,
    relaxed,
    requirements_of,
    shrink,
)

__all__ = ["Conflict", "Requirement", "find_conflicts"]

Requirement = Relaxation | Commitment


@dataclass(frozen=True)
class Conflict:
    """Requirements that cannot be met together, and what stands against them.

    `irreducible` tells whether it was shown that without any one of `rows` there is a plan;
    `facts_irreducible` the same of `facts`. Where time ran out they may be too many.
    """

    rows: tuple[ConflictRow, ...]
    facts: tuple[ConflictRow, ...]
    sentence: str
    irreducible: bool
    facts_irreducible: bool


@dataclass(frozen=True)
class Conflicts:
    """All conflicts found; `complete` tells whether what is left of the requirements can be met."""

    found: tuple[Conflict, ...]
    complete: bool


def find_conflicts(case: Case) -> Conflicts:
    """Find conflicts that share no requirement, one after the other, until the rest can be met."""
    search = _Search(case)
    found: list[Conflict] = []
    left = list(search.requirements)
    while search.has_none(left):
        search.in_time = True
        rows = shrink(left, search.has_none)
        irreducible = search.in_time
        found.append(search.explained(rows, irreducible=irreducible))
        named = set(map(id, rows))
        left = [row for row in left if id(row) not in named]
        if not rows:
            break
    return Conflicts(tuple(found), complete=search.in_time)


class _Search:
    """Asks whether some requirements alone leave no plan."""

    def __init__(self, case: Case) -> None:
        self.case, self.in_time = case, True
        self.requirements: list[Requirement] = [
            *case.commitments(),
            *requirements_of(case.scenario),
        ]
        self.limits = limits_of(case.scenario)

    def has_none(self, standing: list[Requirement], facts: list[Relaxation] | None = None) -> bool:
        """Tell whether no plan meets these requirements, all others given up.

        Of the facts all stand, or those that are given.
        """
        still = set(map(id, standing))
        given_up = [
            row for row in self.requirements if isinstance(row, Relaxation) and id(row) not in still
        ]
        if facts is not None:
            hard = set(map(id, facts))
            given_up += [row for row in self.limits if id(row) not in hard]
        held = [row for row in standing if isinstance(row, Commitment)]
        answer = self.case.has_plan(relaxed(self.case.scenario, given_up), held)
        self.in_time = self.in_time and answer is not None
        return answer is False

    def explained(self, rows: list[Requirement], *, irreducible: bool) -> Conflict:
        """Find the facts that stand against requirements, and say it."""
        self.in_time = True
        facts = shrink(self.limits, lambda kept: self.has_none(rows, kept))
        proved, self.in_time = self.in_time, self.in_time and irreducible
        scenario = self.case.scenario
        named = tuple(
            self.case.row_of(row)
            if isinstance(row, Commitment)
            else conflict_row(scenario, row.table, row.place)
            for row in rows
        )
        against = tuple(conflict_row(scenario, fact.table, fact.place) for fact in facts)
        return Conflict(
            named,
            against,
            say_conflict(named, against),
            irreducible=irreducible,
            facts_irreducible=proved,
        )
