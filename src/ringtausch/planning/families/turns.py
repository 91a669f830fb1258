"""A turn: one objective, the problem in parts as it stands, its best solution and bound so far.

In: the work and the objective's costs. Out: which rows link the families, what these answer to prices
with whole numbers, and what that proves.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field, replace

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.circles import Arrow, find_circles
from ringtausch.planning.families.burden import burden_columns, set_aside
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.pricing import (
    PATIENCE,
    Limits,
    Reply,
    forget,
    keep_family,
    price_whole,
    solve_whole,
)
from ringtausch.planning.families.splitting import Parts, label_columns, split
from ringtausch.planning.objectives import Costs
from ringtausch.planning.solver import (
    Answer,
    LinearProblem,
    least_gain,
)
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Work

__all__ = [
    "Turn",
    "find_linking",
    "forbid_fresh_circles",
    "note_bound",
    "whole_replies",
]


@dataclass
class Turn:
    """One objective in its turn: the problem in parts, its best solution and bound so far."""

    work: Work
    costs: Costs
    problem: LinearProblem
    parts: Parts
    columns: FloatArray | None
    bound: float = -np.inf
    relaxed: Answer | None = None
    gap: float = 0.0  # at which value and bound are near enough
    is_infeasible: bool = False
    is_relaxed: bool = False  # the solution is the relaxation's own
    is_alone: bool = False  # every family is as good as if it were alone
    circles: list[tuple[Arrow, ...]] = field(default_factory=list)  # for which some were refused

    @classmethod
    def begin(cls, work: Work, costs: Costs, known: FloatArray | None, *, burdened: bool) -> Turn:
        """Split the problem as it stands; burden counts once an objective has asked for it."""
        problem = work.problem(costs)
        mine = burden_columns(work.model.layout, len(problem.cost))
        aside = np.zeros(len(problem.matrix.lower), dtype=np.bool_)
        if not burdened:
            problem, aside = set_aside(problem, mine)
        shared, linking = find_linking(work, problem)
        parts = split(problem, shared, linking & ~aside, aside)
        columns = None if known is None else work.extended(known)
        return cls(work, costs, problem, parts, columns)

    @property
    def value(self) -> float:
        """What the best solution costs so far, without the objective's constant."""
        return np.inf if self.columns is None else float(self.problem.cost @ self.columns)

    @property
    def relaxed_bound(self) -> float:
        """What the relaxation's duals prove."""
        return -np.inf if self.relaxed is None else self.relaxed.bound

    @property
    def is_reached(self) -> bool:
        """Whether the value is the bound: nothing can be better."""
        return self.value - self.bound <= least_gain(self.problem, self.value)

    @property
    def is_settled(self) -> bool:
        """Whether value and bound are as near as they need to be."""
        near = self.gap * max(1.0, abs(self.costs.constant + self.value))
        return self.is_reached or self.value - self.bound <= near

    def obeys(self, columns: FloatArray) -> bool:
        """Tell whether a solution has no circles; those that it has are noted."""
        model = self.work.model
        circles = find_circles(model.layout, columns[: model.columns])
        self.circles += circles
        return not circles


def find_linking(work: Work, problem: LinearProblem) -> tuple[BoolArray, BoolArray]:
    """Return which columns no family has (money, burden), and which rows link the families."""
    layout, matrix = work.model.layout, problem.matrix
    shared = np.zeros(len(problem.cost), dtype=np.bool_)
    for group in (layout.pay, layout.balance, layout.burden, layout.above, layout.below):
        shared[group[group >= 0]] = True
    linking = np.zeros(len(matrix.lower), dtype=np.bool_)
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    linking[row[shared[matrix.column]]] = True
    first, count = len(work.row_lower), len(work.limits)
    linking[first : first + count] = True
    if not count:
        return shared, linking
    label = label_columns(matrix, shared, linking)
    for limit in range(first, first + count):
        columns = matrix.column[matrix.start[limit] : matrix.start[limit + 1]]
        linking[limit] = len(np.unique(label[columns])) > 1  # else one family's own
    return shared, linking


def whole_replies(turn: Turn, prices: FloatArray, crew: Crew, watch: Watch) -> list[Reply]:
    """Let every family answer to prices with whole numbers."""
    run, count = uuid.uuid4().hex, max(1, -(-len(turn.parts.families) // len(crew.lanes)))
    patience = min(PATIENCE, max(0.2, 0.5 * watch.left() / count))
    limits = Limits(patience, 1e-4, time.time() + watch.left())
    tasks = []
    for number, family in enumerate(turn.parts.families):
        crew.submit(number, keep_family, run, number, family.problem)
        cost, start = family.priced(prices), None
        if turn.columns is not None:
            start = turn.columns[family.columns]  # so that there is a plan in any case
        tasks.append(crew.submit(number, price_whole, run, number, cost, limits, start))
    replies = crew.results(tasks, watch)
    crew.everywhere(forget, run)
    return replies or [Reply(None, np.inf, -np.inf) for _ in turn.parts.families]


def note_bound(turn: Turn, prices: FloatArray, replies: list[Reply]) -> None:
    """Add up what the families' answers prove: weak duality holds for whole numbers too."""
    shared, matrix = turn.parts.shared, turn.problem.matrix
    rest = solve_whole(replace(shared.problem, cost=shared.priced(prices)), Limits())
    used = prices != 0
    side = np.where(prices > 0, matrix.lower[turn.parts.links], matrix.upper[turn.parts.links])
    paid = float(prices[used] @ side[used])
    turn.bound = max(turn.bound, paid + rest.bound + sum(reply.bound for reply in replies))


def forbid_fresh_circles(turn: Turn) -> bool:
    """Forbid the circles that solutions had; tell whether any was not forbidden yet."""
    cuts = turn.work.cuts
    fresh = list(dict.fromkeys(circle for circle in turn.circles if circle not in cuts.circles))
    cuts.forbid(fresh)
    return bool(fresh)
