"""A few branches: the best solution with whole numbers where little is not whole, or a proof of one at hand.

In: a problem, its relaxation's solution and a basis. Out: a solution, and whether nothing is better. A
column that is not whole is at most the whole number below or at least the one above. Each bound is
computed anew from duals; nothing is presolved, and each problem begins from the basis of the one before.
A proof of a solution at hand also wants a ray, computed anew, where a branch has no solution. It is a proof or it gives up early: where there is more to search, the
solver's own search is better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.solver import (
    Answer,
    LinearProblem,
    Question,
    SolverOptions,
    Warm,
    least_gain,
    violation,
)
from ringtausch.planning.watch import Watch

__all__ = ["Found", "best_by_branches", "nothing_below"]

#: How many continuous problems are solved at most before it is left to a search.
_PATIENCE = 24
#: How many columns are tried at most for one that leads on.
_TRIED = 8
#: With more columns than this that should be whole and are not, a few branches find nothing.
_FEW = 40
#: How many continuous problems are solved at most to find the best: of a problem of so many entries, and
#: fewer of a larger one.
_SEARCH, _SEARCH_ENTRIES, _SEARCH_LEAST = 2_000, 10_000, 80
#: After so many it is estimated how many there will be.
_EARLY = 150
_ROUNDING = 1e-7
#: A solution that breaks its rows by more than this is none.
_BROKEN = 1e-7


@dataclass(frozen=True)
class Found:
    """The best solution that branches found, and whether nothing is better by a gain that counts."""

    columns: FloatArray | None
    value: float
    is_proved: bool
    solves: int


def best_by_branches(
    problem: LinearProblem, relaxed: Answer, start: FloatArray | None, watch: Watch
) -> Found:
    """Find the best solution by a few branches, and prove it, where little is not whole.

    Depth first, the better side of a branch before the other, so that a solution is found soon and
    the rest has to be better than it.

    Parameters
    ----------
    problem
        With columns that must be whole.
    relaxed
        The answer to its relaxation, with a basis.
    start
        A solution that is known.
    watch
        For how long.

    Returns
    -------
    Found
        Not proved where it gave up; the solution is one all the same, or that of the start.
    """
    value = np.inf if start is None else float(problem.cost @ start)
    if relaxed.columns is None or relaxed.basis is None:
        return Found(start, value, is_proved=False, solves=0)
    tree = _Tree(problem, value, relaxed.basis, watch)
    if len(tree.fractions(relaxed.columns)) > _FEW:
        return Found(start, value, is_proved=False, solves=0)
    search = _Search(tree, start, value)
    return search.run(relaxed.columns, relaxed.bound)


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
        self.problem, self.least, self.watch, self.solves = problem, least, watch, 0
        relaxed = problem.continuous
        warm = replace(basis, feasible=False)
        self.question = Question(
            relaxed, SolverOptions("simplex"), watch, None, warm, presolve=False
        )

    def closes(self, lower: FloatArray, upper: FloatArray, columns: FloatArray) -> bool:
        """Tell whether every branch below bounds ends above the limit."""
        while True:
            pairs = []
            for column in self.fractions(columns)[:_TRIED]:
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

    def fractions(self, columns: FloatArray, rounding: float = _ROUNDING) -> list[int]:
        """Name the columns that should be whole and are not, the farthest from it first."""
        off = np.where(self.problem.whole, np.abs(columns - np.round(columns)), 0.0)
        order = np.argsort(-off, kind="stable")
        return [int(column) for column in order[: np.count_nonzero(off > rounding)]]

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
            if self.solves >= _PATIENCE:
                raise _NotProved
            answer = self.within(low, high)
            if answer.columns is not None and answer.bound < self.least:
                yield low, high, answer.columns

    def within(self, lower: FloatArray, upper: FloatArray) -> Answer:
        """Solve within other bounds; an answer without columns is a proof that there is no solution."""
        if not self.watch.left():
            raise _NotProved
        answer = self.ask(lower, upper)
        if answer.columns is None and not (
            answer.status == "infeasible" and self.question.infeasible_by_ray()
        ):
            raise _NotProved
        return answer

    def ask(self, lower: FloatArray, upper: FloatArray) -> Answer:
        """Solve within other bounds, from where the last one ended."""
        self.question.rebound(lower, upper)
        self.solves += 1
        return self.question.ask()

    def afresh(self, lower: FloatArray, upper: FloatArray) -> Answer:
        """Solve within other bounds from no basis, where the last one led to no clear answer."""
        problem = replace(self.question.problem, lower=lower, upper=upper)
        question = Question(
            problem, SolverOptions("simplex"), self.watch, None, None, presolve=False
        )
        self.solves += 1
        return question.ask()


@dataclass(frozen=True)
class _Open:
    """A branch that may hold something better: its bound, and the solution that the bound is of."""

    bound: float
    lower: FloatArray
    upper: FloatArray
    columns: FloatArray
    share: float = 1.0  # of the tree: a half of its parent's


class _Search:
    """A search through all branches that can hold something better than what is known."""

    def __init__(self, tree: _Tree, best: FloatArray | None, value: float) -> None:
        self.tree, self.problem = tree, tree.problem
        self.best, self.value = best, value
        entries = max(1, len(self.problem.matrix.value))
        self.most = int(np.clip(_SEARCH * _SEARCH_ENTRIES / entries, _SEARCH_LEAST, _SEARCH))
        self.closed = 0.0  # share of the tree that needs no more search
        #: By column and side (down, up): how much a bound rose for each unit, added up, and how often.
        self.rises = np.zeros((2, len(self.problem.cost)))
        self.seen = np.zeros((2, len(self.problem.cost)))

    def run(self, columns: FloatArray, bound: float) -> Found:
        """Search below the relaxation's solution until nothing is open, or there is too much."""
        branches = [_Open(bound, self.problem.lower, self.problem.upper, columns)]
        try:
            while branches:
                branch = branches.pop()
                below = self._below(branch) if self._is_worth(branch.bound) else []
                self.closed += branch.share - sum(opened.share for opened in below)
                branches += below
        except _NotProved:
            return Found(self.best, self.value, is_proved=False, solves=self.tree.solves)
        return Found(self.best, self.value, is_proved=True, solves=self.tree.solves)

    def _is_worth(self, bound: float) -> bool:
        """Tell whether a branch of this bound can hold something better by a gain that counts."""
        return not np.isfinite(self.value) or bound < self.value - least_gain(
            self.problem, self.value
        )

    def _below(self, branch: _Open) -> list[_Open]:
        """Take a branch's solution where it is whole, else open both sides of it, the better one last."""
        columns = branch.columns
        fractions = self.tree.fractions(columns)
        if self._take(branch, fractions):
            return []
        column = self._choose(columns, fractions or self.tree.fractions(columns, 0.0))
        below, found = np.floor(columns[column]), []
        for side in (0, 1):
            low, high = branch.lower.copy(), branch.upper.copy()
            if side == 0:
                high[column] = below
            else:
                low[column] = below + 1.0
            answer = self._within(low, high)
            bound = self.value if answer.columns is None else answer.bound
            if np.isfinite(bound):
                step = columns[column] - below if side == 0 else below + 1.0 - columns[column]
                self.rises[side, column] += max(0.0, bound - branch.bound) / step
                self.seen[side, column] += 1
            if answer.columns is not None:
                found.append(_Open(answer.bound, low, high, answer.columns, branch.share / 2))
        return sorted(found, key=lambda opened: -opened.bound)

    def _within(self, lower: FloatArray, upper: FloatArray) -> Answer:
        """Solve a side of a branch; where there is no clear answer, once more from no basis.

        "Infeasible" is believed, since nothing is presolved here: a solution that is only just none,
        by less than a ray can show, is none. It ends where the share of the tree that is closed by now
        lets expect more solves than are worth it.
        """
        tree = self.tree
        hopeless = tree.solves > _EARLY and tree.solves > self.closed * self.most
        if hopeless or tree.solves >= self.most or not tree.watch.left():
            raise _NotProved
        answer = tree.ask(lower, upper)
        if answer.status == "limit":
            answer = tree.afresh(lower, upper)
        if answer.status == "limit":
            raise _NotProved
        return answer

    def _choose(self, columns: FloatArray, fractions: list[int]) -> int:
        """Choose the column whose two sides are expected to raise the bound most (pseudo-costs).

        A column that was never tried counts like the average of those that were; at first the one
        that is the farthest from whole. Source: Benichou and others, Experiments in mixed-integer
        linear programming (1971).
        """
        if not fractions:
            raise _NotProved
        if not self.seen.any():
            return fractions[0]
        known = self.seen > 0
        expected = []
        for side in (0, 1):
            usual = self.rises[side].sum() / max(1.0, self.seen[side].sum())
            rise = np.divide(
                self.rises[side],
                self.seen[side],
                out=np.full(len(columns), usual),
                where=known[side],
            )
            off = columns[fractions] - np.floor(columns[fractions])
            expected.append(rise[fractions] * (off if side == 0 else 1.0 - off))
        least = 1e-6 * max(1.0, float(np.max(expected, initial=0.0)))
        score = np.maximum(expected[0], least) * np.maximum(expected[1], least)
        return fractions[int(np.argmax(score))]

    def _take(self, branch: _Open, fractions: list[int]) -> bool:
        """Take a solution that is whole, or is made so at no cost; tell whether the branch is done.

        What costs nothing may be rounded up: the yes of an arrow along which something moves is as
        good as a fraction of it, unless a row says otherwise. A branch is done only where its solution
        is as good as its bound: a trace of a yes may let much pass, and without it all is dearer.
        """
        columns, is_whole = branch.columns, self.problem.whole
        whole = np.where(is_whole, np.round(columns), columns)
        if any(self.problem.cost[column] for column in fractions):
            return False
        whole[fractions] = np.ceil(columns[fractions])
        if violation(self.problem, whole) > _BROKEN:
            if fractions:
                return False
            fixed = np.where(is_whole, whole, branch.lower), np.where(is_whole, whole, branch.upper)
            answer = self._within(*fixed)
            if answer.columns is None:
                return False
            whole = np.where(is_whole, whole, answer.columns)
        value = float(self.problem.cost @ whole)
        if value < self.value:
            self.best, self.value = whole, value
        return value - branch.bound <= least_gain(self.problem, value)
