"""One question about the plans that are nearly best: what the least of something is.

In: the plans, costs, and a plan to begin with. Out: the least that was found and what is proved. First
a good answer is looked for, then it is confirmed without presolve: the second takes longer, so that
all questions are answered before the first one is confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ringtausch.insight.room.grains import grain_of
from ringtausch.insight.room.near import NearBest
from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.circles import find_circles
from ringtausch.planning.model import Model, MoreColumns, extended
from ringtausch.planning.objectives import Costs
from ringtausch.planning.rows import Rows
from ringtausch.planning.search import Found
from ringtausch.planning.single import solve_without_circles
from ringtausch.planning.solver import SolverFault, SolverOptions, least_gain, solve
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Near, Outcome, Run, Work

__all__ = ["Question"]


@dataclass
class Question:
    """What is the least of some costs? `columns` is the best answer so far, `bound` what is proved.

    `relaxed` is what the relaxation says, and `proved` whether nothing less is possible.
    """

    near: NearBest
    costs: Costs
    columns: FloatArray
    model: Model
    grain: float
    value: float
    bound: float = -np.inf
    relaxed: float = -np.inf
    proved: bool = False

    @classmethod
    def ask(
        cls,
        near: NearBest,
        costs: Costs,
        columns: FloatArray,
        rows: Sequence[Rows] = (),
        more: MoreColumns | None = None,
    ) -> Question:
        """Put a question, with a plan to begin with; it may have columns and rows of its own."""
        model = replace(extended(near.model, more, rows), objectives={})
        grain = 0.0 if more is not None else grain_of(near.grains, costs)
        least = Work.begin(model).least(costs)
        question = cls(near, costs, columns, model, grain, costs.value(columns))
        question._prove(least)
        return question

    def take(self, columns: FloatArray) -> None:
        """Take an answer to another question, where it is better than what there was."""
        value = self.costs.value(columns)
        if value < self.value:
            self.columns, self.value = columns, value

    def answer(self, limit: float | None = None) -> None:
        """Look for the least, within so many seconds; it is confirmed later."""
        if self.proved:
            return
        watch = self._watch(limit)
        try:
            self._answer(watch)
        except SolverFault:
            return

    def _answer(self, watch: Watch) -> None:
        work = self._work()
        problem = work.problem(self.costs)
        relaxed = solve(
            problem.continuous,
            SolverOptions(),
            watch,
            known_feasible=True,
        )
        self.relaxed = relaxed.bound
        self._prove(self.costs.constant + relaxed.bound)
        while not self.proved and watch.left():
            problem = work.problem(self.costs)
            found = solve(problem, self._options(), watch, start=work.extended(self.columns))
            if found.columns is None:
                return
            columns = found.columns[: self.model.columns]
            circles = find_circles(work.model.layout, columns)
            if not circles:
                self.take(columns)
                self._prove(self.costs.constant + relaxed.bound)
                return
            work.cuts.forbid(circles)
            self.near.cuts.forbid(circles)

    def confirm(self, limit: float | None = None) -> None:
        """Prove that nothing less is possible, or find it, within so many seconds."""
        if self.proved:
            return
        watch = self._watch(limit)
        run = Run(self._options(), watch, Outcome("unknown", self.columns))
        try:
            answer, proof = solve_without_circles(
                self._work(), self.costs, run, Near(relaxed=self.relaxed)
            )
        except SolverFault:
            return
        if answer.columns is not None:
            self.take(answer.columns[: self.model.columns])
        self._prove(proof.bound)
        if answer.status == "optimal":
            self.proved = True

    def found(self) -> Found:
        """Return the answer as it stands."""
        return Found("optimal" if self.proved else "limit", self.columns, self.value, self.bound)

    def _watch(self, limit: float | None) -> Watch:
        """Give the question its time, but no more than all of them have; one stop stops them all."""
        left = self.near.watch.left()
        wanted = left if limit is None else min(left, limit)
        return Watch(None if np.isinf(wanted) else wanted, stop=self.near.watch.stop)

    def _work(self) -> Work:
        """Begin with the circles that other questions have met forbidden already."""
        work = Work.begin(self.model)
        work.cuts.forbid(list(self.near.cuts.circles))
        return work

    def _options(self) -> SolverOptions:
        """Be content as soon as less than one grain is left to be gained."""
        largest = max(abs(self.value), abs(self.costs.constant + self.relaxed))
        if not self.grain or not np.isfinite(largest) or largest < self.grain:
            return SolverOptions()
        return SolverOptions(gap=0.99 * self.grain / largest)

    def _prove(self, bound: float) -> None:
        """Take a bound over, and see whether it leaves anything to be gained."""
        self.bound = min(max(self.bound, bound), self.value)
        gain = max(least_gain(self._work().problem(self.costs), self.value), 0.99 * self.grain)
        self.proved = self.value - gain <= self.bound
