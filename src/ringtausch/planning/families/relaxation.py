"""The relaxation by families: prices for the linking rows until no family has a better plan.

In: a continuous problem in parts. Out: an answer like the solver's: columns, and duals of all rows
whose bound is computed anew from the whole problem, so that nothing rests on the way it was found.
Each round gives a bound by weak duality: what the families' best answers come to at any prices.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.master import Master, Mix
from ringtausch.planning.families.pricing import Limits, Reply, forget, keep_family, price_relaxed
from ringtausch.planning.families.splitting import Parts
from ringtausch.planning.solver import Answer, LinearProblem, dual_bound
from ringtausch.planning.watch import Watch

__all__ = ["solve_by_families"]

_MOST_ROUNDS = 500
#: How much of the best prices so far goes into the next ones: prices that jump about teach little.
_CALM = 0.8
_NAME = "families"
_SHARED = -1
_DUST = 1e-7
#: How dear linking rows are in the first rounds, beside the typical cost: the mix of such plans is good.
_DEAR = (1e-3, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
#: Where no solution is known yet: with everything free, and with nothing taken that is not needed.
_EXTREMES = (0.0, 100.0)


@dataclass
class _Best:
    """The best prices so far, with the duals of all rows that belong to them."""

    bound: float
    prices: FloatArray
    row_duals: FloatArray | None = None


def solve_by_families(
    problem: LinearProblem,
    parts: Parts,
    crew: Crew,
    watch: Watch,
    starts: list[FloatArray] | None = None,
) -> Answer | None:
    """Minimise a continuous problem family by family.

    Parameters
    ----------
    problem, parts
        The problem, and how it falls into families.
    crew, watch
        Who answers for the families, and for how long.
    starts
        (column,) Solutions of the whole problem that are known to be feasible.

    Returns
    -------
    Answer
        `optimal`, or `limit` with the best bound where the watch ended it. None where prices do not
        settle it: rows that cannot be filled, or a solver that does not answer.
    """
    run = uuid.uuid4().hex
    for number, family in enumerate(parts.families):
        crew.submit(number, keep_family, run, number, family.problem)
    keep_family(run, _SHARED, parts.shared.problem)
    try:
        return _rounds(run, problem, parts, crew, watch, starts or [])
    finally:
        for done in crew.everywhere(forget, run):
            done.result()
        forget(run)


def _rounds(
    run: str,
    problem: LinearProblem,
    parts: Parts,
    crew: Crew,
    watch: Watch,
    starts: list[FloatArray],
) -> Answer | None:
    master = Master(problem, parts, 100 * max(1.0, _typical(problem)))
    best = _Best(-np.inf, np.zeros(len(parts.links)))
    if not _first_plans(run, master, best, starts, crew, watch):
        return _given_up(problem, best, master, None)
    calm = _CALM
    for _ in range(_MOST_ROUNDS):
        mix = master.solve()
        if mix is None:
            break
        watch.tell(mix.value if mix.unfilled <= _DUST else None, best.bound)
        if _is_settled(mix, best):
            return _settled(problem, master, best)
        prices = calm * best.prices + (1 - calm) * mix.prices
        replies = _ask(run, parts, crew, prices, watch)
        if replies is None:
            return _given_up(problem, best, master, mix)
        better = _note_bound(best, problem, parts, prices, replies)
        added = _take_in(master, mix, replies)
        if not added and calm == 0:  # the prices were the master's own
            if mix.unfilled <= _DUST:
                return _settled(problem, master, best)
            if not master.fill_dearer():
                break
        master.give_up_idle()
        calm = 0.0 if not added else (calm if better else 0.85 * calm if calm > 0.02 else 0.0)
    return None


def _first_plans(
    run: str,
    master: Master,
    best: _Best,
    starts: list[FloatArray],
    crew: Crew,
    watch: Watch,
) -> bool:
    """Give the master what is known, and answers to the first prices; False where time is over."""
    problem, parts = master.problem, master.parts
    for start in starts:
        for number, family in enumerate(parts.families):
            master.add(number, start[family.columns])
    for prices in _first_prices(problem, parts, known=bool(starts)):
        replies = _ask(run, parts, crew, prices, watch)
        if replies is None:
            return False
        _note_bound(best, problem, parts, prices, replies)
        for number, reply in enumerate(replies[:-1]):
            assert reply.columns is not None
            master.add(number, reply.columns)
    return True


def _typical(problem: LinearProblem) -> float:
    """Return what a thing that costs anything typically costs."""
    sizes = np.abs(problem.cost[problem.cost != 0])
    return float(np.median(sizes)) if len(sizes) else 1.0


def _first_prices(problem: LinearProblem, parts: Parts, *, known: bool) -> list[FloatArray]:
    """Begin with one price for all linking rows that bind, at several heights."""
    matrix, dear = problem.matrix, parts.dear
    binds = np.where(dear > 0, matrix.lower[parts.links], -matrix.upper[parts.links])
    dear = np.where(np.isfinite(binds), dear, 0.0)
    heights = _DEAR if known else (*_EXTREMES, *_DEAR)
    return [dear * _typical(problem) * height for height in heights]


def _ask(
    run: str, parts: Parts, crew: Crew, prices: FloatArray, watch: Watch
) -> list[Reply] | None:
    """Let every family, and last the shared columns, answer to prices; None where one cannot in time."""
    if watch.left() <= 0:
        return None
    limits = Limits(until=time.time() + watch.left())
    tasks = [
        crew.submit(number, price_relaxed, run, number, family.priced(prices), limits)
        for number, family in enumerate(parts.families)
    ]
    shared = price_relaxed(run, _SHARED, parts.shared.priced(prices), limits)
    answers = crew.results(tasks, watch)
    if answers is None:
        return None
    replies = [*answers, shared]
    return None if any(reply.columns is None for reply in replies) else replies


def _note_bound(
    best: _Best, problem: LinearProblem, parts: Parts, prices: FloatArray, replies: list[Reply]
) -> bool:
    """Compute what the answers prove, and keep it where it is the best; tell whether it is."""
    duals = np.zeros(len(problem.matrix.lower))
    duals[parts.links] = prices  # of the master, so that none points to a side that is not there
    for family, reply in zip((*parts.families, parts.shared), replies, strict=True):
        duals[family.rows] = reply.row_duals
    bound = dual_bound(problem, duals)
    if bound <= best.bound:
        return False
    best.bound, best.prices, best.row_duals = bound, prices, duals
    return True


def _take_in(master: Master, mix: Mix, replies: list[Reply]) -> int:
    """Take in the plans that would better the mix; return how many."""
    added = 0
    for number, reply in enumerate(replies[:-1]):
        family = master.parts.families[number]
        assert reply.columns is not None
        gain = mix.worth[number] - float(family.priced(mix.prices) @ reply.columns)
        master.add(number, reply.columns)  # others may be of use at later prices
        added += gain > 1e-9 * max(1.0, abs(mix.worth[number]))
    return added


def _is_settled(mix: Mix, best: _Best) -> bool:
    return mix.unfilled <= _DUST and mix.value - best.bound <= 1e-9 * max(1.0, abs(mix.value))


def _settled(problem: LinearProblem, master: Master, best: _Best) -> Answer:
    columns = np.clip(master.mixed(), problem.lower, problem.upper)
    value = float(problem.cost @ columns)
    return Answer("optimal", columns, value, min(best.bound, value), best.row_duals, None, _NAME)


def _given_up(problem: LinearProblem, best: _Best, master: Master, mix: Mix | None) -> Answer:
    """Return the bound where time is over, with the mix so far where that fills all rows."""
    columns, value = None, np.inf
    if mix is not None and mix.unfilled <= _DUST:
        columns = np.clip(master.mixed(), problem.lower, problem.upper)
        value = float(problem.cost @ columns)
    return Answer("limit", columns, value, best.bound, best.row_duals, None, _NAME)
