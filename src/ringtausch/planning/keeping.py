"""Keeping an earlier plan: what is agreed stays up to a date, and after it as little changes as can be.

In: an earlier plan in a scenario's model. Out: of the best plans one that changes least, or what of the
agreed cannot be kept. It reads no files and prints nothing.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.cannot_keep import find_obstacles
from ringtausch.planning.completing import completed
from ringtausch.planning.keep import Kept
from ringtausch.planning.lexicographic import Outcome, solve_in_order
from ringtausch.planning.model import Model
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import Plan

__all__ = ["solve_keeping"]

#: What decisions that are imposed may be off, so that the rounding of a written plan does not bite.
_ROOM = 4e-7
#: What is this near to what was agreed is what was agreed.
_NEARLY = 5e-7


def solve_keeping(
    kept: Kept, options: SolverOptions, watch: Watch, near: Plan | None = None
) -> tuple[Model, Outcome]:
    """Minimise the scenario's objectives and then the changes, with what is agreed imposed.

    `near` is a plan to start from, where it still obeys all rules and keeps what is agreed: what it
    reaches already is proved, not searched for.

    Raises
    ------
    Infeasible
        No plan obeys all rules, whatever is agreed.
    CannotKeep
        What is agreed stands against it.
    """
    scenario = kept.scenario
    if kept.frozen.impossible:
        raise find_obstacles(kept, watch)
    wanted = kept.model
    outcome = Outcome("unknown")
    start = _start(kept, near, watch)
    for room in (0.0, _ROOM):
        model = kept.frozen.imposed(wanted, room=room)
        outcome = solve_in_order(
            model,
            {name: float(value) for name, value in scenario.tolerance.items()},
            {name: float(value) for name, value in scenario.allowance.items()},
            options,
            watch,
            start,
        )
        if outcome.status != "infeasible":
            break
    else:
        raise find_obstacles(kept, watch)
    if outcome.columns is not None:
        outcome.columns = _snapped(kept, wanted, outcome.columns)
    return wanted, outcome


def _start(kept: Kept, near: Plan | None, watch: Watch) -> FloatArray | None:
    """Return the solution that a plan is, with its changes; None where it is none."""
    if near is None:
        return None
    columns = completed(kept.scenario, kept.plain, near, watch)
    if columns is None:
        return None
    return np.concatenate([columns, kept.change.added(columns)])


def _snapped(kept: Kept, model: Model, columns: FloatArray) -> FloatArray:
    """Put what is nearly what was agreed to exactly that."""
    columns = columns.copy()
    for column, amount in kept.frozen.amounts.items():
        if not model.whole[column] and abs(columns[column] - amount) <= _NEARLY:
            columns[column] = amount
    return columns
