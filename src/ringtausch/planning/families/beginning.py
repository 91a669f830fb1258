"""Beginning: a first plan for an objective when none is known yet.

In: a turn. Out: every family at its best where that can be paid, which then is the optimum; otherwise
families planned one after the other with the money that there is. Circles that come of it are forbidden.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.choosing import settle_shared
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.improving import improved
from ringtausch.planning.families.pricing import (
    Limits,
    Reply,
    forget,
    keep_family,
    price_relaxed,
    solve_whole,
)
from ringtausch.planning.families.splitting import Family, split
from ringtausch.planning.families.turns import (
    PATIENCE,
    Turn,
    find_linking,
    forbid_fresh_circles,
    note_bound,
    whole_replies,
)
from ringtausch.planning.model import Matrix, with_entries
from ringtausch.planning.solver import (
    Answer,
    LinearProblem,
    dual_bound,
)
from ringtausch.planning.watch import Watch

__all__ = ["begin_turn"]

#: What help from outside costs, beside the dearest thing there is.
_HELP = 1e3


def begin_turn(turn: Turn, crew: Crew, watch: Watch) -> bool:
    """Find a first solution; tell whether it is to be tried again, now that its circles are forbidden."""
    turn.columns = _thrifty_at_best(turn, crew, watch)
    turn.is_relaxed = turn.columns is not None
    if turn.columns is None:
        turn.columns = _begin_alone(turn, crew, watch)
        turn.is_alone = turn.is_settled
    if turn.columns is None or turn.obeys(turn.columns):
        return False
    turn.columns = None
    return forbid_fresh_circles(turn) and watch.left() > 0


def _begin_alone(turn: Turn, crew: Crew, watch: Watch) -> FloatArray | None:
    """Plan every family as if money were free, then as cheaply, and see whether there is enough.

    Where there is, that is the optimum: no plan can be better than all families at their best. Where
    there is not, families are planned one after the other with the money that the former left. Where
    what they do makes a circle it is returned as it is: that is to be forbidden first.
    """
    parts, free = turn.parts, np.zeros(len(turn.parts.links))
    replies = whole_replies(turn, free, crew, watch)
    note_bound(turn, free, replies)
    if any(reply.is_infeasible for reply in replies) or np.isposinf(turn.bound):
        turn.is_infeasible = True
        return None
    limits = Limits(PATIENCE, 1e-6, time.time() + watch.left())
    tasks = [
        crew.submit(number, solve_whole, _frugal(family, reply, parts.dear), limits, reply.columns)
        for number, (family, reply) in enumerate(zip(parts.families, replies, strict=True))
    ]
    columns = np.zeros(len(turn.problem.cost))
    thrifty = crew.results(tasks, watch) or replies
    for family, frugal, reply in zip(parts.families, thrifty, replies, strict=True):
        best = frugal.columns if frugal.columns is not None else reply.columns
        if best is None:
            return None
        columns[family.columns] = best
    if not turn.obeys(columns):
        return columns
    settled = settle_shared(turn.problem, parts, columns, Limits(watch.left()))
    return _with_help(turn, columns, crew, watch) if settled is None else settled


def _thrifty_at_best(turn: Turn, crew: Crew, watch: Watch) -> FloatArray | None:
    """Plan every family as cheaply as can be where its relaxation alone is at its best.

    None where one has no whole plan there, or the linking rows cannot hold; then the bound stands.
    """
    run, families = uuid.uuid4().hex, turn.parts.families
    limits, tasks = Limits(until=time.time() + watch.left()), []
    for number, family in enumerate(families):
        crew.submit(number, keep_family, run, number, family.problem)
        cost = family.problem.cost
        tasks.append(crew.submit(number, price_relaxed, run, number, cost, limits))
    replies = crew.results(tasks, watch) or []
    crew.everywhere(forget, run)
    if len(replies) < len(families) or any(reply.row_duals is None for reply in replies):
        return None
    duals = np.zeros(len(turn.problem.matrix.lower))
    whole_tasks = []
    limits = Limits(PATIENCE, 1e-6, limits.until)
    for number, (family, reply) in enumerate(zip(families, replies, strict=True)):
        assert reply.row_duals is not None
        duals[family.rows] = reply.row_duals
        face = _face(family.problem, reply.row_duals)
        thrifty = replace(face, cost=family.priced(turn.parts.dear) - family.problem.cost)
        whole_tasks.append(crew.submit(number, solve_whole, thrifty, limits))
    bound = dual_bound(turn.problem, duals)
    turn.bound = max(turn.bound, bound)
    columns = np.zeros(len(turn.problem.cost))
    answers = crew.results(whole_tasks, watch)
    if answers is None:
        return None
    for family, found in zip(families, answers, strict=True):
        if found.columns is None:
            return None
        columns[family.columns] = found.columns
    turn.relaxed = Answer("optimal", None, bound, bound, duals)
    if not turn.obeys(columns):
        return columns
    return settle_shared(turn.problem, turn.parts, columns, Limits(watch.left()))


def _face(problem: LinearProblem, row_duals: FloatArray) -> LinearProblem:
    """Narrow a problem to where its relaxation is at its best: what has a price stays at its side."""
    matrix = problem.matrix
    reduced = problem.cost - matrix.transposed_times(row_duals, len(problem.cost))
    noise = 1e-9 * max(1e-30, float(np.max(np.abs(problem.cost), initial=0.0)))
    low, high = row_duals > noise, row_duals < -noise
    return replace(
        problem,
        lower=np.where(reduced < -noise, problem.upper, problem.lower),
        upper=np.where(reduced > noise, problem.lower, problem.upper),
        matrix=replace(
            matrix,
            lower=np.where(high, matrix.upper, matrix.lower),
            upper=np.where(low, matrix.lower, matrix.upper),
        ),
    )


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
    problem, matrix = family.problem, family.problem.matrix
    used = np.flatnonzero(problem.cost)
    cap = reply.value + 1e-9 * max(1.0, abs(reply.value))
    held = Matrix(
        start=np.append(matrix.start, matrix.start[-1] + len(used)),
        column=np.append(matrix.column, used),
        value=np.append(matrix.value, problem.cost[used]),
        lower=np.append(matrix.lower, -np.inf),
        upper=np.append(matrix.upper, cap),
    )
    return replace(problem, cost=family.priced(prices) - problem.cost, matrix=held)
