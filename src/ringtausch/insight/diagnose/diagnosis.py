"""Diagnose: why a scenario has no plan, and what the least change is after which it has one.

In: a scenario. Out: a `Diagnosis`: conflicts among its requirements and repairs of its rows, both
proved by solving.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from ringtausch.insight.diagnose.commitments import Case
from ringtausch.insight.diagnose.conflicts import Conflict, find_conflicts
from ringtausch.insight.diagnose.repairs import Repair, find_repairs
from ringtausch.insight.reluctance import Reluctance, read_reluctance
from ringtausch.language import _
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Diagnosis", "diagnose"]


@dataclass(frozen=True)
class Diagnosis:
    """What stands against each other in a scenario, and how it could be mended.

    `status` is `feasible` where there is a plan, so that nothing is to be mended, and `unknown`
    where time ran out before that was known. `open_points` say what was not shown for lack of time.
    """

    status: Literal["feasible", "infeasible", "unknown"]
    conflicts: tuple[Conflict, ...] = ()
    repairs: tuple[Repair, ...] = ()
    open_points: tuple[str, ...] = ()
    seconds: float = 0.0


def diagnose(
    scenario: Scenario,
    *,
    keep: Plan | None = None,
    frozen: date | None = None,
    reluctance: Reluctance | str | Path | None = None,
    time_limit: float | None = None,
) -> Diagnosis:
    """Find why a scenario has no plan, and the least change after which it has one.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    keep, frozen
        An earlier plan: what it decides in periods before that of the day `frozen` is agreed, and
        is a requirement too.
    reluctance
        How much changing each row weighs: the table, or a file or folder with `reluctance.csv`.
        Without it every cell weighs 1.
    time_limit
        Seconds after which what is known by then is returned.

    Returns
    -------
    Diagnosis
        Conflicts that share no requirement, and a repair of each kind.

    Raises
    ------
    InvalidInput
        The table of reluctance cannot be used, or the plan to keep is of another scenario.

    Examples
    --------
    >>> import ringtausch as rt
    >>> rt.diagnose(rt.read("examples/ringtausch-2022")).status
    'feasible'
    """
    if frozen is not None and keep is None:
        raise ValueError("frozen means nothing without a plan to keep")
    if time_limit is not None and not time_limit >= 0:
        raise ValueError(f"time limit {time_limit} is below 0")
    weights = _weights(scenario, reluctance)
    watch = Watch(time_limit)
    case = Case(scenario, watch, keep, frozen)
    answer = case.has_plan(scenario)
    if answer is None:
        nothing = _("whether there is a plan was not found out in the time allowed")
        return Diagnosis("unknown", open_points=(nothing,), seconds=watch.seconds())
    if answer:
        return Diagnosis("feasible", seconds=watch.seconds())
    conflicts = find_conflicts(case.with_part_of_the_time(0.5))  # repairs want some too
    repairs = find_repairs(case, weights)
    notes = _open_points(conflicts.found, repairs, complete=conflicts.complete, case=case)
    return Diagnosis("infeasible", conflicts.found, repairs, notes, watch.seconds())


def _weights(scenario: Scenario, given: Reluctance | str | Path | None) -> Reluctance:
    if given is None or isinstance(given, Reluctance):
        return given or Reluctance()
    return read_reluctance(given, scenario)


def _open_points(
    conflicts: tuple[Conflict, ...],
    repairs: tuple[Repair, ...],
    *,
    complete: bool,
    case: Case,
) -> tuple[str, ...]:
    """Say what was not shown, in the order of the answer."""
    notes = []
    for number, conflict in enumerate(conflicts, start=1):
        if not conflict.irreducible:
            notes.append(
                _("conflict {n}: not shown that each of its requirements is part of it").format(
                    n=number
                )
            )
        if not conflict.facts_irreducible:
            notes.append(
                _("conflict {n}: not shown that each of its facts stands against it").format(
                    n=number
                )
            )
    if not complete:
        notes.append(_("whether there are more conflicts was not found out in the time allowed"))
    notes += [
        _("repair {kind}: not shown that nothing less would do").format(kind=repair.kind)
        for repair in repairs
        if not repair.proved
    ]
    if len(repairs) < 3:
        notes.append(_missing(agreed=bool(case.first), in_time=case.watch.left() > 0))
    return tuple(notes)


def _missing(*, agreed: bool, in_time: bool) -> str:
    """Say why there is no repair of some kind."""
    if not in_time:
        return _("there may be more repairs; allow more time")
    if agreed:
        return _("no change of the rows that may change mends it: what is agreed stands against it")
    return _("there are more repairs, but the solver did not find them")
