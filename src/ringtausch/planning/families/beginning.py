"""Beginning: a first plan for an objective when none is known yet.

In: a turn. Out: every family at its best where that can be paid, which then is the optimum; otherwise
families planned one after the other with the money that there is. Circles that come of it are forbidden.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, replace

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.families.anew import settle_shared
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.improving import improved
from ringtausch.planning.families.pricing import (
    PATIENCE,
    Limits,
    Reply,
    forget,
    keep_family,
    price_relaxed,
    solve_whole,
)
from ringtausch.planning.families.splitting import Family, split
from ringtausch.planning.families.turns import (
    Turn,
    find_linking,
    forbid_fresh_circles,
)
from ringtausch.planning.holding import cap_of, face_of, limit_row
from ringtausch.planning.model import stack, stacked, with_entries
from ringtausch.planning.objectives import Costs
from ringtausch.planning.solver import (
    Answer,
    LinearProblem,
    dual_bound,
)
from ringtausch.planning.watch import Watch

__all__ = ["Begun", "begin_turn"]

#: What help from outside costs, beside the dearest thing there is.
_HELP = 1e3


@dataclass(frozen=True)
class Begun:
    """A family's best without regard to others and to whole numbers, and the cheapest plan as good."""

    family: Family
    best: Reply
    thrifty: Reply

    def holds_for(self, family: Family) -> bool:
        """Tell whether it is that of a family, as it stands now."""
        mine, other = self.family, family
        return np.array_equal(mine.columns, other.columns) and all(
            np.array_equal(one, two)
            for one, two in zip(_arrays_of(mine), _arrays_of(other), strict=True)
        )


def _arrays_of(family: Family) -> tuple[FloatArray | IntArray | BoolArray, ...]:
    problem, matrix = family.problem, family.problem.matrix
    return (problem.cost, problem.lower, problem.upper, problem.whole, matrix.start,
            matrix.column, matrix.value, matrix.lower, matrix.upper)  # fmt: skip


def begin_turn(turn: Turn, crew: Crew, watch: Watch, begun: dict[int, Begun]) -> bool:
    """Find a first solution; tell whether it is to be tried again, now that its circles are forbidden.

    Every family is planned as if money were free, but as cheaply as its best allows. Where there is
    money enough, that is the optimum: no plan can be better than all families at their best. What
    families came to is kept in `begun`, by their first column: circles concern few of them.
    """
    plans = _thrifty_at_best(turn, crew, watch, begun)
    if plans is None or not _fill_in(turn, plans, crew, watch):
        return False
    columns = np.zeros(len(turn.problem.cost))
    for family, plan in zip(turn.parts.families, plans, strict=True):
        columns[family.columns] = plan
    if not turn.obeys(columns):
        return forbid_fresh_circles(turn) and watch.left() > 0
    turn.columns = settle_shared(turn.problem, turn.parts, columns, Limits(watch.left()))
    if turn.columns is None:
        turn.relaxed = None
        turn.columns = _with_help(turn, columns, crew, watch)
    turn.is_relaxed = turn.relaxed is not None
    turn.is_alone = turn.is_reached
    return False


def _thrifty_at_best(
    turn: Turn, crew: Crew, watch: Watch, begun: dict[int, Begun]
) -> list[FloatArray | None] | None:
    """Plan every family as cheaply as can be where its relaxation alone is at its best.

    A family that has no whole plan there has None; there is none at all where the time is over.
    """
    families = turn.parts.families
    fresh = [
        number
        for number, family in enumerate(families)
        if (known := begun.get(_key(family))) is None or not known.holds_for(family)
    ]
    until = time.time() + watch.left()
    bests = _relaxed_alone(turn, fresh, crew, watch, until)
    if bests is None:
        return None
    limits, tasks = Limits(PATIENCE, 1e-6, until), []
    for number, best in zip(fresh, bests, strict=True):
        assert best.row_duals is not None
        family = families[number]
        face = face_of(family.problem, best.row_duals)
        thrifty = replace(face, cost=family.charged(turn.parts.dear))
        tasks.append(crew.submit(number, solve_whole, thrifty, limits))
    answers = crew.results(tasks, watch)
    for number, best, answer in zip(fresh, bests, answers or [], strict=False):
        begun[_key(families[number])] = Begun(families[number], best, answer)
    if answers is None:
        return None
    found = [begun[_key(family)] for family in families]
    duals = np.zeros(len(turn.problem.matrix.lower))
    for family, one in zip(families, found, strict=True):
        duals[family.rows] = one.best.row_duals
    bound = dual_bound(turn.problem, duals)
    turn.bound = max(turn.bound, bound)
    if all(one.thrifty.columns is not None for one in found):
        turn.relaxed = Answer("optimal", None, bound, bound, duals)
    return [one.thrifty.columns for one in found]


def _key(family: Family) -> int:
    return int(family.columns[0]) if len(family.columns) else -1


def _relaxed_alone(
    turn: Turn, numbers: list[int], crew: Crew, watch: Watch, until: float
) -> list[Reply] | None:
    """Solve some families, each alone and without regard to what must be whole; None without answers."""
    run, limits, tasks = uuid.uuid4().hex, Limits(until=until), []
    for number in numbers:
        problem = turn.parts.families[number].problem
        crew.submit(number, keep_family, run, number, problem)
        tasks.append(crew.submit(number, price_relaxed, run, number, problem.cost, limits))
    replies = crew.results(tasks, watch) or []
    crew.everywhere(forget, run)
    turn.is_infeasible = any(reply.is_infeasible for reply in replies)
    if len(replies) < len(numbers) or any(reply.row_duals is None for reply in replies):
        return None
    return replies


def _fill_in(turn: Turn, plans: list[FloatArray | None], crew: Crew, watch: Watch) -> bool:
    """Find plans for the families that have none yet: their best, then the cheapest, then any."""
    missing = [number for number, plan in enumerate(plans) if plan is None]
    families, dear = turn.parts.families, turn.parts.dear
    limits = Limits(PATIENCE, 1e-6, time.time() + watch.left())
    bests = crew.results(
        [crew.submit(n, solve_whole, families[n].problem, limits) for n in missing], watch
    )
    if bests is None:
        return False
    turn.is_infeasible = turn.is_infeasible or any(best.is_infeasible for best in bests)
    frugal = [
        _frugal(families[n], best, dear)
        if best.columns is not None
        else replace(families[n].problem, cost=families[n].charged(dear))
        for n, best in zip(missing, bests, strict=True)
    ]
    cheapest = crew.results(
        [
            crew.submit(n, solve_whole, problem, limits, best.columns)
            for n, problem, best in zip(missing, frugal, bests, strict=True)
        ],
        watch,
    )
    for number, best, cheap in zip(missing, bests, cheapest or bests, strict=True):
        plans[number] = cheap.columns if cheap.columns is not None else best.columns
    return not turn.is_infeasible and all(plan is not None for plan in plans)


def _with_help(turn: Turn, columns: FloatArray, crew: Crew, watch: Watch) -> FloatArray | None:
    """Let help from outside fill the linking rows at a high price, then plan families without it."""
    problem, links = turn.problem, turn.parts.links
    up, down = links[turn.parts.moved(-1.0)], links[turn.parts.moved(1.0)]
    rows, signs = np.concatenate([up, down]), np.repeat([1.0, -1.0], [len(up), len(down)])
    first, count = len(problem.cost), len(rows)
    price = _HELP * max(1.0, float(np.max(np.abs(problem.cost), initial=0.0)))
    helped = LinearProblem(
        np.concatenate([problem.cost, np.full(count, price)]),
        np.concatenate([problem.lower, np.zeros(count)]),
        np.concatenate([problem.upper, np.full(count, np.inf)]),
        np.concatenate([problem.whole, np.zeros(count, dtype=np.bool_)]),
        with_entries(problem.matrix, rows, first + np.arange(count), signs),
    )
    shared, linking = find_linking(turn.work, problem)
    parts = split(helped, np.concatenate([shared, np.ones(count, dtype=np.bool_)]), linking)
    found = settle_shared(
        helped, parts, np.concatenate([columns, np.zeros(count)]), Limits(watch.left())
    )
    if found is None:
        return None
    found = improved(helped, parts, found, crew, watch, turn.obeys, turn.bound)
    return found[:first] if found[first:].sum() <= 1e-9 else None


def _frugal(family: Family, reply: Reply, prices: FloatArray) -> LinearProblem:
    """Write the problem of the least money among a family's plans that are as good as its best."""
    problem = family.problem
    held = limit_row(Costs(problem.cost), cap_of(reply.value, 0.0, 0.0))
    matrix = stacked(problem.matrix, stack([held], len(problem.cost)))
    return replace(problem, cost=family.charged(prices), matrix=matrix)
