"""An explanation: what is missing in a plan, and what causes it.

In: targets and causes that were proved. Out: the answer, in words when it is printed. Nothing is
solved here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ringtausch.insight.explain.release import RowName
from ringtausch.insight.explain.targets import Freed, Target
from ringtausch.insight.explain.telling import tell_explanation
from ringtausch.records import Scenario

__all__ = ["Cause", "Explanation"]


@dataclass(frozen=True)
class Cause:
    """Rows that bind: released, they improve objectives; several rows only together.

    `objectives` are all six after the release, `improves` those that get better at their place in the
    order, `freed` what it takes from which target in the plan then found. `family` joins the families
    of several rows with a plus.
    """

    family: str
    rows: tuple[RowName, ...]
    release: tuple[str, ...]
    objectives: dict[str, float]
    improves: tuple[str, ...]
    freed: tuple[Freed, ...]
    sentences: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What binds, in words."""
        return "; ".join(self.sentences)


@dataclass(frozen=True)
class Explanation:
    """Why a plan is no better: targets with what is missing, and causes with what each would free.

    `before` are the objectives of the best plan; `notes` say what a reader must know about the
    answer; `complete` is false where a time limit left rows untried; `fund` is the one whose limits alone
    are told, where one is asked about.
    """

    scenario: Scenario
    before: dict[str, float]
    targets: tuple[Target, ...]
    causes: tuple[Cause, ...]
    notes: tuple[str, ...] = ()
    complete: bool = True
    fund: str | None = None

    def causes_of(self, target: Target) -> tuple[Cause, ...]:
        """Return the causes that would take something from a target, most first."""
        found = [
            (freed.amount, cause)
            for cause in self.causes
            for freed in cause.freed
            if freed.target.key == target.key and target.objective in cause.improves
        ]
        return tuple(cause for _amount, cause in sorted(found, key=lambda pair: -pair[0]))

    def __str__(self) -> str:
        """Tell it in sentences and a table of 80 columns."""
        return "\n".join(tell_explanation(self))
