"""Improving: families planned anew, one after the other or side by side, while the others stay.

In: a solution that obeys everything. Out: one that is as good or better. A family may use what money
the others leave; what it gives back the next may use.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.anew import Anew, plan_anew, settle_shared
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.pricing import PATIENCE, Limits, Reply, solve_whole
from ringtausch.planning.families.splitting import Parts
from ringtausch.planning.solver import LinearProblem, least_gain
from ringtausch.planning.watch import Watch

__all__ = ["improved"]

#: How often a family is planned anew at most.
_TRIES = 3


@dataclass
class _Search:
    """The solution as it stands, and which families are still to be tried."""

    problem: LinearProblem
    parts: Parts
    columns: FloatArray
    waiting: deque[int]
    tries: dict[int, int] = field(default_factory=dict)
    version: int = 0

    @property
    def value(self) -> float:
        return float(self.problem.cost @ self.columns)


def improved(
    problem: LinearProblem,
    parts: Parts,
    columns: FloatArray,
    crew: Crew,
    watch: Watch,
    obeys: Callable[[FloatArray], bool],
    bound: float = -np.inf,
) -> FloatArray:
    """Plan families anew until none can be bettered alone, each was tried often, or time is over.

    Parameters
    ----------
    columns
        (column,) A solution that obeys everything.
    obeys
        Tells whether a solution obeys what the rows do not say (no circles).
    bound
        What no solution can be below: the search ends there.
    """
    costly = [float(family.problem.cost @ columns[family.columns]) for family in parts.families]
    order = sorted(range(len(costly)), key=lambda number: -costly[number])
    search = _Search(problem, parts, columns, deque(order))
    running: dict[Future[Reply], tuple[int, int, int, Anew]] = {}
    free = list(range(len(crew.lanes)))
    while (search.waiting or running) and watch.left() > 0:
        if search.value - bound <= least_gain(problem, search.value):
            break
        while search.waiting and free:
            number, lane = search.waiting.popleft(), free.pop()
            anew = plan_anew(problem, parts, (number,), search.columns)
            limits = Limits(min(PATIENCE, watch.left()), 1e-6)
            start = search.columns[anew.columns]
            task = crew.submit(lane, solve_whole, anew.problem, limits, start)
            running[task] = lane, number, search.version, anew
        for task in _next_done(running, watch):
            lane, number, version, anew = running.pop(task)
            free.append(lane)
            _take(search, number, version, anew, task.result(), obeys, watch)
    for task in running:
        task.cancel()
    return search.columns


def _next_done(running: Iterable[Future[Reply]], watch: Watch) -> set[Future[Reply]]:
    """Wait for the next answer; none where Ctrl-C comes first."""
    try:
        return wait(running, timeout=1.0, return_when=FIRST_COMPLETED).done
    except KeyboardInterrupt:
        watch.stop.set()
        return set()


def _take(
    search: _Search,
    number: int,
    version: int,
    anew: Anew,
    reply: Reply,
    obeys: Callable[[FloatArray], bool],
    watch: Watch,
) -> None:
    """Take a family's new plan where it betters the whole and all rows still hold."""
    search.tries[number] = search.tries.get(number, 0) + 1
    if reply.columns is None:
        return
    columns = search.columns.copy()
    columns[anew.columns] = reply.columns
    if version != search.version:  # another family has changed meanwhile
        own = search.parts.families[number].columns
        columns = search.columns.copy()
        columns[own] = reply.columns[: len(own)]
        settled = settle_shared(search.problem, search.parts, columns, Limits(watch.left()))
        if settled is None:
            if search.tries[number] < _TRIES:
                search.waiting.append(number)
            return
        columns = settled
    gain = search.value - float(search.problem.cost @ columns)
    if gain <= least_gain(search.problem, search.value) or not obeys(columns):
        return
    search.columns = columns
    search.version += 1
    for other in range(len(search.parts.families)):
        if other not in search.waiting and search.tries.get(other, 0) < _TRIES and other != number:
            search.waiting.append(other)
