"""Loading: a linear problem handed to HiGHS as whole arrays, in one call.

In: a solver and a problem. Out: nothing; the solver holds the problem. One place for everything that
solves: single questions, families and the master that mixes their plans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

if TYPE_CHECKING:
    from ringtausch.planning.solver import LinearProblem

__all__ = ["pass_model"]


def pass_model(
    highs: Any, problem: LinearProblem, *, scale: float = 1.0, rows: int | None = None
) -> bool:
    """Hand a problem to a solver; tell whether it took it.

    Parameters
    ----------
    highs
        The solver.
    problem
        What it is to hold.
    scale
        What costs are divided by.
    rows
        How many rows to hand over, from the first; all of them where None.
    """
    matrix = problem.matrix
    rows = len(matrix.lower) if rows is None else rows
    entries = int(matrix.start[rows])
    status = highs.passModel(
        len(problem.cost),
        rows,
        entries,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        problem.cost / scale,
        problem.lower,
        problem.upper,
        matrix.lower[:rows],
        matrix.upper[:rows],
        matrix.start[: rows + 1].astype(np.int32),
        matrix.column[:entries].astype(np.int32),
        matrix.value[:entries],
        problem.whole.astype(np.int32),
    )
    return bool(status != highspy.HighsStatus.kError)
