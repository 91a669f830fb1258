"""The relaxation of a model, asked many questions in a row: each begins where the last one ended.

In: a model and costs. Out: what no plan can be below. The solver only proposes duals; the bound is
computed from them by weak duality and holds whatever they are.
"""

from __future__ import annotations

import highspy
import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.loading import pass_model
from ringtausch.planning.model import Model
from ringtausch.planning.solver import LinearProblem, dual_bound

__all__ = ["Relaxation"]

_PRIMAL = 4  # the costs change from question to question, and the last solution stays feasible


class Relaxation:
    """A model without regard to what must be whole, kept warm."""

    def __init__(self, model: Model) -> None:
        self._count = model.columns
        self._problem = LinearProblem(
            np.zeros(self._count),
            model.lower.copy(),
            model.upper.copy(),
            np.zeros(self._count, dtype=np.bool_),
            model.matrix,
        )
        self._highs = highspy.Highs()
        for name, value in (
            ("output_flag", False),
            ("presolve", "off"),
            ("solver", "simplex"),
            ("simplex_strategy", _PRIMAL),
        ):
            self._highs.setOptionValue(name, value)
        pass_model(self._highs, self._problem)
        self._last = np.zeros(self._count)

    def least(self, cost: FloatArray) -> float:
        """Return what cost · columns cannot be below; minus infinity where nothing was shown."""
        changed = np.flatnonzero(cost != self._last)
        scale = max(1e-30, float(np.max(np.abs(cost), initial=0.0)))
        before = max(1e-30, float(np.max(np.abs(self._last), initial=0.0)))
        if before != scale:  # costs are scaled to 1, so all of them change
            changed = np.flatnonzero((cost != 0) | (self._last != 0))
        for column in changed.tolist():
            self._highs.changeColCost(column, float(cost[column]) / scale)
        self._last = cost.copy()
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return -np.inf
        duals = np.array(self._highs.getSolution().row_dual) * scale
        problem = LinearProblem(
            cost,
            self._problem.lower,
            self._problem.upper,
            self._problem.whole,
            self._problem.matrix,
        )
        bound = dual_bound(problem, duals)
        return float(bound) if np.isfinite(bound) else -np.inf

    def narrow(self, column: int, lower: float, upper: float) -> None:
        """Keep a column within narrower bounds from now on."""
        self._problem.lower[column], self._problem.upper[column] = lower, upper
        self._highs.changeColBounds(column, float(lower), float(upper))
