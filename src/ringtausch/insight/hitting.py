"""The cheapest choice that meets every clause: a small model of whole numbers of its own.

In: clauses over numbered things, each of which wants at least one of some things, or one of others
left out. Out: the choice of fewest things, or of least weight, exactly; None where there is none, or
where time runs out. Knows nothing of scenarios.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.model import stack
from ringtausch.planning.rows import Rows
from ringtausch.planning.solver import LinearProblem, SolverOptions, solve
from ringtausch.planning.watch import Watch

__all__ = ["Clause", "Hitting"]


@dataclass(frozen=True, slots=True)
class Clause:
    """At least one of `taken` is chosen, or one of `left` is not."""

    taken: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


@dataclass
class Hitting:
    """Things with weights, clauses that grow, and pairs of which only one may be chosen.

    Examples
    --------
    >>> hitting = Hitting([1.0, 3.0, 1.0])
    >>> hitting.clauses += [Clause(frozenset({0, 1})), Clause(frozenset({1, 2}))]
    >>> sorted(hitting.cheapest())  # one thing of weight 3 rather than two of weight 1
    [1]
    """

    weights: Sequence[float]
    exclusive: Sequence[tuple[int, int]] = ()
    clauses: list[Clause] = field(default_factory=list)

    def lightest(self, watch: Watch | None = None) -> frozenset[int] | None:
        """Return the choice of least weight, however many things that takes.

        Examples
        --------
        >>> clauses = [Clause(frozenset({0, 1})), Clause(frozenset({1, 2}))]
        >>> sorted(Hitting([1.0, 3.0, 1.0], clauses=clauses).lightest())
        [0, 2]
        """
        if not self.clauses:
            return frozenset()
        return self._solve(np.array(self.weights), self._rows(), watch)

    def cheapest(self, watch: Watch | None = None) -> frozenset[int] | None:
        """Return the choice of fewest things, and among those the one of least weight."""
        count = len(self.weights)
        if not self.clauses:
            return frozenset()
        if count == 0:
            return None
        ones = np.ones(count)
        fewest = self._solve(ones, self._rows(), watch)
        if fewest is None or len(set(self.weights)) == 1:
            return fewest
        weights = np.array(self.weights)
        same = Rows.at_most("fewest", np.array([float(len(fewest))]))
        same.add(np.zeros(count, dtype=np.int64), np.arange(count), 1.0)
        return self._solve(weights / (weights.max() or 1.0), [*self._rows(), same], watch)

    def _rows(self) -> list[Rows]:
        clauses = Rows.at_least("clause", np.array([1.0 - len(c.left) for c in self.clauses]))
        for number, clause in enumerate(self.clauses):
            for things, sign in ((clause.taken, 1.0), (clause.left, -1.0)):
                columns = np.array(sorted(things), dtype=np.int64)
                clauses.add(np.full(len(columns), number), columns, sign)
        pairs = Rows.at_most("one of two", np.ones(len(self.exclusive)))
        for number, pair in enumerate(self.exclusive):
            pairs.add(np.full(2, number), np.array(pair), 1.0)
        return [clauses, pairs]

    def _solve(
        self, cost: FloatArray, rows: list[Rows], watch: Watch | None
    ) -> frozenset[int] | None:
        count = len(cost)
        wanted = np.zeros(count)  # what no clause wants is left out, even where it weighs nothing
        for clause in self.clauses:
            wanted[sorted(clause.taken)] = 1.0
        problem = LinearProblem(
            cost=cost,
            lower=np.zeros(count),
            upper=wanted,
            whole=np.ones(count, dtype=np.bool_),
            matrix=stack(rows, count),
        )
        answer = solve(problem, SolverOptions(), watch or Watch())
        if answer.status != "optimal" or answer.columns is None:
            return None
        return frozenset(np.flatnonzero(answer.columns > 0.5).tolist())
