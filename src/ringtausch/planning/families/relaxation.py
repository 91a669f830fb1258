"""The relaxation by families: prices for the linking rows until no family has a better plan.

In: a continuous problem in parts. Out: an answer like the solver's: columns, and duals of all rows
whose bound is computed anew from the whole problem, so that nothing rests on the way it was found.
Each round gives a bound by weak duality: what the families' best answers come to at any prices.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
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
#: Before so many rounds, what is hoped for says little of how near the optimum is.
_FEWEST_ROUNDS = 15
#: How far from the best so far the next prices may be at first, beside their size: prices that jump
#: about teach little, and families that follow them have much to do.
_WIDTH = 0.15
_NARROWEST, _WIDEST = 1e-4, 2.0
#: Near the end the mix tells the prices well enough: they may go farther again.
_NEAR_END, _WIDE_AT_END = 2e-4, 0.2
#: Beyond this, beside the typical cost, no price fills the rows.
_DEAREST = 1e7
_NAME = "families"
_SHARED = -1
_DUST = 1e-7
#: What help from outside costs in the end, beside the dearest price.
_HELP = 1e3
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
    starts: Sequence[FloatArray] = (),
    first_prices: Sequence[FloatArray] | None = None,
    near: float = 0.0,
) -> Answer | None:
    """Minimise a continuous problem family by family.

    Parameters
    ----------
    problem, parts
        The problem, and how it falls into families.
    crew, watch
        Who answers for the families, and for how long.
    starts
        (column,) Plans of all families, which are kept; where they obey the linking rows too, a mix does
        from the start.
    first_prices
        (link,) Prices to begin with, where some are known to be good.
    near
        How near the optimum is near enough, beside its size, as far as the prices' limits tell.

    Returns
    -------
    Answer
        `optimal`, or `limit` with the best bound where the watch ended it or it was near enough; with a
        solution where one was found. None where prices do not settle it: rows that cannot be filled,
        or a solver that does not answer.
    """
    run = uuid.uuid4().hex
    for number, family in enumerate(parts.families):
        crew.submit(number, keep_family, run, number, family.problem)
    keep_family(run, _SHARED, parts.shared.problem)
    master = Master(problem, parts)
    best = _Best(-np.inf, np.zeros(len(parts.links)))
    for start in starts:
        master.begin_with(start)
    if first_prices is None:
        first_prices = _first_prices(problem, parts, known=bool(starts))
    try:
        if not _first_plans(run, master, best, first_prices, crew, watch):
            return _given_up(problem, best, master)
        return _rounds(run, master, best, crew, watch, near)
    finally:
        for done in crew.everywhere(forget, run):
            done.result()
        forget(run)


def _rounds(
    run: str, master: Master, best: _Best, crew: Crew, watch: Watch, near: float
) -> Answer | None:
    """Mix, price, ask, until nothing betters the mix: the next prices stay near the best so far."""
    problem, parts, width = master.problem, master.parts, _WIDTH
    for number in range(_MOST_ROUNDS):
        scale = _price_scale(problem, best.prices)
        if scale.max(initial=0.0) > _DEAREST * _typical(problem):
            break
        master.keep_prices(best.prices - width * scale, best.prices + width * scale)
        mix = master.solve()
        if mix is None:
            break
        is_filled = mix.unfilled <= _DUST
        watch.tell(mix.value if is_filled else None, best.bound)
        if _is_settled(mix, best):
            return _settled(problem, master, best)
        hoped, size = mix.value - best.bound, max(1.0, abs(best.bound))
        if hoped <= near * size and number >= _FEWEST_ROUNDS:
            return _given_up(problem, best, master)
        replies = _ask(run, parts, crew, mix.prices, watch)
        if replies is None:
            return _given_up(problem, best, master)
        before = best.bound
        _note_bound(best, problem, parts, mix.prices, replies)
        added = _take_in(master, mix, replies)
        if not added and is_filled:
            return _settled(problem, master, best)
        master.give_up_idle()
        width = _next_width(width, (best.bound - before) / max(hoped, 1e-300))
        if not added:
            width *= 6.0
        if hoped <= _NEAR_END * size:
            width = max(width, _WIDE_AT_END)
    return None


def _price_scale(problem: LinearProblem, prices: FloatArray) -> FloatArray:
    """(link,) Return what a price may change in proportion to: its size, or a part of a usual one."""
    sizes = np.abs(prices)
    usual = float(sizes[sizes > 0].mean()) if sizes.any() else _typical(problem)
    return np.maximum(sizes, 0.2 * usual)


def _next_width(width: float, share: float) -> float:
    """Let prices go farther where the bound rose as was hoped for, and less far where it did not."""
    if share > 0.4:
        width *= 1.5
    elif share <= 0.0:
        width *= 0.7
    elif share < 0.1:
        width *= 0.8
    return min(max(width, _NARROWEST), _WIDEST)


def _first_plans(
    run: str,
    master: Master,
    best: _Best,
    first_prices: Sequence[FloatArray],
    crew: Crew,
    watch: Watch,
) -> bool:
    """Give the master answers to the first prices; False where time is over."""
    problem, parts = master.problem, master.parts
    for prices in first_prices:
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
) -> None:
    """Compute what the answers prove, and keep it where it is the best."""
    duals = np.zeros(len(problem.matrix.lower))
    duals[parts.links] = prices  # of the master, so that none points to a side that is not there
    for family, reply in zip((*parts.families, parts.shared), replies, strict=True):
        duals[family.rows] = reply.row_duals
    bound = dual_bound(problem, duals)
    if bound > best.bound:
        best.bound, best.prices, best.row_duals = bound, prices, duals


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


def _given_up(problem: LinearProblem, best: _Best, master: Master) -> Answer:
    """Return the bound so far, with the best mix of the plans at hand where that fills all rows."""
    dear = np.full(
        len(best.prices),
        _HELP * max(_typical(problem), float(np.abs(best.prices).max(initial=0.0))),
    )
    master.keep_prices(-dear, dear)
    mix, columns, value = master.solve(), None, np.inf
    if mix is not None and mix.unfilled <= _DUST:
        columns = np.clip(master.mixed(), problem.lower, problem.upper)
        value = float(problem.cost @ columns)
    return Answer("limit", columns, value, best.bound, best.row_duals, None, _NAME)
