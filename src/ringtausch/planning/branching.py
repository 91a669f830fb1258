"""A proof by a few branches that no solution with whole numbers is better than one at hand.

In: a problem, its relaxation's solution and a basis, and the value to stay above. Out: whether that is
proved. A column that is not whole is at most the whole number below or at least the one above: often
one of the two cannot be, or not well enough, and the other leads on. Each end of the tree is proved by
duals or by a ray, computed anew; nothing is presolved. It is a proof or it gives up early: where there
is more to search, the solver's own search is better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.solver import LinearProblem, Question, SolverOptions, Warm
from ringtausch.planning.watch import Watch

__all__ = ["nothing_below"]

#: How many continuous problems are solved at most before it is left to a search.
_PATIENCE = 24
#: How many columns are tried at most for one that leads on.
_TRIED = 8
_ROUNDING = 1e-7


def nothing_below(
    problem: LinearProblem, least: float, relaxed: FloatArray, basis: Warm, watch: Watch
) -> tuple[bool, int]:
    """Tell whether a few branches prove that no solution's value is below a limit, and their number.

    Parameters
    ----------
    problem
        With columns that must be whole.
    least
        What nothing is to be below.
    relaxed, basis
        The solution of its relaxation, and the basis of that.
    watch
        For how long.
    """
    tree = _Tree(problem, least, basis, watch)
    try:
        return tree.closes(problem.lower, problem.upper, relaxed), tree.solves
    except _NotProved:
        return False, tree.solves


class _NotProved(Exception):  # noqa: N818 - nothing is wrong
    """There is more to search than a few branches."""


#: Bounds, and the solution within them that would be best if nothing had to be whole.
_Branch = tuple[FloatArray, FloatArray, FloatArray]


class _Tree:
    """The branches of one problem, all solved by one run of the solver after another."""

    def __init__(self, problem: LinearProblem, least: float, basis: Warm, watch: Watch) -> None:
        self.whole, self.least, self.watch, self.solves = problem.whole, least, watch, 0
        relaxed = problem.continuous
        warm = replace(basis, feasible=False)
        self.question = Question(
            relaxed, SolverOptions("simplex"), watch, None, warm, presolve=False
        )

    def closes(self, lower: FloatArray, upper: FloatArray, columns: FloatArray) -> bool:
        """Tell whether every branch below bounds ends above the limit."""
        while True:
            pairs = []
            for column in self._fractions(columns)[:_TRIED]:
                branches = list(self._open(lower, upper, column, columns[column]))
                if len(branches) < 2:
                    break
                pairs.append(branches)
            else:
                if not pairs:  # a solution that is better
                    return False
                return all(self.closes(*branch) for branch in pairs[0])
            if not branches:
                return True
            lower, upper, columns = branches[0]

    def _fractions(self, columns: FloatArray) -> list[int]:
        """Name the columns that should be whole and are not, the farthest from it first."""
        off = np.where(self.whole, np.abs(columns - np.round(columns)), 0.0)
        order = np.argsort(-off, kind="stable")
        return [int(column) for column in order[: np.count_nonzero(off > _ROUNDING)]]

    def _open(
        self, lower: FloatArray, upper: FloatArray, column: int, value: float
    ) -> Iterator[_Branch]:
        """Solve both branches at a column, and return those that do not end above the limit."""
        for side in (-1.0, 1.0):
            low, high = lower.copy(), upper.copy()
            if side < 0:
                high[column] = np.floor(value)
            else:
                low[column] = np.floor(value) + 1.0
            if self.solves >= _PATIENCE or not self.watch.left():
                raise _NotProved
            self.question.rebound(low, high)
            answer = self.question.ask()
            self.solves += 1
            if answer.status == "infeasible" and self.question.infeasible_by_ray():
                continue
            if answer.columns is None:
                raise _NotProved
            if answer.bound < self.least:
                yield low, high, answer.columns
