"""The objectives in their order, family by family: a good plan soon, with a bound at every moment.

In: a large model with whole numbers. Out: like the exact solve in one model: columns, and for each
objective the bound proved for it in its turn. What is not settled here is left to the one model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.beginning import Begun, begin_turn
from ringtausch.planning.families.burden import burden_columns, with_burden
from ringtausch.planning.families.crews import Crew, crew_of
from ringtausch.planning.families.deciding import with_best_rest
from ringtausch.planning.families.improving import improved
from ringtausch.planning.families.relaxation import solve_by_families
from ringtausch.planning.families.turns import (
    Turn,
    forbid_fresh_circles,
    note_bound,
    whole_replies,
)
from ringtausch.planning.holding import Proof, cap_of, keep, keep_least, limit_row
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.rows import Rows
from ringtausch.planning.solver import (
    SolverOptions,
    least_gain,
    violation,
)
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Outcome, Work

__all__ = ["solve_in_families"]

#: Share of an objective's time for its prices; the rest is for its plan.
_FOR_PRICES = 0.4
#: How near the relaxation's optimum prices are good enough: what must be whole leaves a larger gap.
_NEAR = 5e-4
#: Heights of the prices at which families plan with whole numbers: what is left over of the money at
#: one of them the rest makes use of, and what is overdrawn at another it must give up.
_HEIGHTS = (1.06, 1.0, 1.15)
#: How far from a bound or a row's side a solution may be to lie on it.
_ON_FACE = 1e-7


def solve_in_families(
    model: Model,
    tolerance: Mapping[str, float],
    allowance: Mapping[str, float],
    options: SolverOptions,
    watch: Watch,
    start: FloatArray | None = None,
) -> Outcome:
    """Minimise the objectives of a model in their order, family by family.

    Parameters
    ----------
    model
        Rules and objectives, in order; every column of money and burden has finite bounds.
    tolerance, allowance
        What later objectives may take from an earlier one.
    options, watch
        How to solve, and for how long: each objective gets half of what is left.
    start
        (column,) A solution that is known.

    Returns
    -------
    Outcome
        `feasible`, or `optimal` where duals prove every bound and it is reached; `unknown` where no plan was found.
    """
    outcome = Outcome("unknown", start, effort=watch.effort)
    outcome.methods.append("families")
    work = Work.begin(model)
    burden, burdened = burden_columns(model.layout, model.columns), False
    is_certain = True  # no bound rests on a search, whose bound cannot be computed anew
    with crew_of(options.executor, options.threads) as crew:
        for step, (name, costs) in enumerate(model.objectives.items(), start=1):
            watch.begin(name, step, len(model.objectives))
            given_up = tolerance.get(name, 0.0), allowance.get(name, 0.0)
            burdened = burdened or bool(costs.cost[burden].any())
            columns = outcome.columns
            if columns is not None and costs.value(columns) <= work.least(costs) + 1e-9:
                outcome.bounds[name] = work.least(costs)
                keep_least(work, costs, outcome, *given_up)
                continue
            turn = _take_turn(
                work,
                costs,
                outcome.columns,
                crew,
                watch.part(
                    0.5 if step < len(model.objectives) else 1.0
                ),  # what is first matters most
                burdened,
                options.gap,
            )
            if turn.is_infeasible:
                return replace(outcome, status="infeasible")
            if turn.columns is None:
                break
            outcome.columns = turn.columns[: model.columns]
            if not burdened:
                outcome.columns = with_burden(model, outcome.columns)
            outcome.bounds[name] = max(work.least(costs), costs.constant + turn.bound)
            is_certain = is_certain and (options.gap > 0 or _is_shown_by_duals(turn))
            if turn.is_alone and not turn.is_relaxed and not any(given_up):
                work.limits += _own_limits(turn)
            else:
                keep(work, costs, costs.value(outcome.columns), given_up, _proof(turn))
            outcome.columns = np.clip(outcome.columns, work.lower, work.upper)
            _let_limits_be_limits(work)
        else:
            is_proved = is_certain and _is_proved(model, outcome, options.gap)
            outcome.status = "optimal" if is_proved else "feasible"
    if outcome.columns is not None:
        if outcome.drop_refuted(model) or outcome.status == "unknown":
            outcome.status = "feasible"
        outcome.columns = np.where(model.whole, np.round(outcome.columns), outcome.columns)
    return outcome


def _is_proved(model: Model, outcome: Outcome, gap: float) -> bool:
    assert outcome.columns is not None
    values = {name: costs.value(outcome.columns) for name, costs in model.objectives.items()}
    return all(
        values[name] - bound <= max(gap, 1e-6) * max(1.0, abs(values[name]))
        for name, bound in outcome.bounds.items()
    )


def _is_shown_by_duals(turn: Turn) -> bool:
    """Tell whether the relaxation's duals alone prove a value: a search's bound cannot be computed anew."""
    if turn.relaxed is None:
        return False
    return turn.value - turn.relaxed.bound <= least_gain(turn.problem, turn.value)


def _proof(turn: Turn) -> Proof:
    """Return what narrows the later problems: the relaxation's duals."""
    relaxed = turn.relaxed
    if relaxed is None or relaxed.row_duals is None:
        return Proof(turn.costs.constant + turn.bound)
    shown = turn.costs.constant + relaxed.bound
    on_face = turn.is_relaxed and turn.is_reached and _is_on_face(turn, relaxed.row_duals)
    if not on_face:  # rows that are broken by rounding's size can be worth as much
        shown -= least_gain(turn.problem, turn.value)
    return Proof(turn.costs.constant + turn.bound, relaxed.row_duals, shown, on_face)


def _let_limits_be_limits(work: Work) -> None:
    """Let no finished objective be held at the very end of its slack.

    What a slack of rounding's size buys of a later objective is nothing, but the plans that buy it may
    be few: here all is computed so exactly that the others would be lost. Without the slack those
    others lie on the same face, since the same duals prove both.
    """
    for limit in work.limits:
        limit.lower = np.full_like(limit.lower, -np.inf)


def _is_on_face(turn: Turn, row_duals: FloatArray) -> bool:
    """Tell whether the solution lies where the duals say that optima lie.

    A mix of plans that is worth as much but for rounding need not: to fix all others to that face
    would then fix what the solution itself does not keep.
    """
    assert turn.columns is not None
    problem, rows = turn.problem, len(turn.work.row_lower)
    reduced = problem.cost - problem.matrix.transposed_times(row_duals, len(problem.cost))
    noise = 1e-9 * max(1e-30, float(np.max(np.abs(problem.cost), initial=0.0)))
    if np.any(np.abs(row_duals[rows + len(turn.work.limits) :]) > noise):
        return False  # a face that circles' rows make too is not fixed
    totals = problem.matrix.times(turn.columns)
    for duals, at, lower, upper in (
        (reduced, turn.columns, problem.lower, problem.upper),
        (row_duals[:rows], totals[:rows], turn.work.row_lower, turn.work.row_upper),
    ):
        low, high = (duals > noise) & np.isfinite(lower), (duals < -noise) & np.isfinite(upper)
        away = max(
            float(np.max(at[low] - lower[low], initial=0.0)),
            float(np.max(upper[high] - at[high], initial=0.0)),
        )
        if away > _ON_FACE:
            return False
    return True


def _take_turn(
    work: Work,
    costs: Costs,
    known: FloatArray | None,
    crew: Crew,
    watch: Watch,
    burdened: bool,
    gap: float,
) -> Turn:
    """Find a good solution for one objective, and a bound; circles are forbidden as they show up."""
    former: Turn | None = None
    begun: dict[int, Begun] = {}
    while True:
        turn = Turn.begin(work, costs, known, burdened=burdened)
        turn.gap = gap
        if turn.columns is None and begin_turn(turn, crew, watch, begun):
            continue
        if turn.columns is None or turn.is_settled or watch.left() <= 0:
            return turn
        if former is None:
            _price(turn, crew, watch, _NEAR if turn.problem.whole.any() else 0.0)
            _take_relaxed(turn)
        else:
            _carry_proof(former, turn)
        if not turn.is_settled:
            _plan_at_prices(turn, crew, watch)
        if _may_be_shown(turn):
            _price(turn, crew, watch, 0.0)
            _take_relaxed(turn)
        if _hold_what_was_let_go(work, turn):
            former = None
            continue
        if not _may_be_had_otherwise(turn, watch):
            return turn
        known, former = turn.columns[: work.model.columns], turn


def _may_be_shown(turn: Turn) -> bool:
    """Tell whether the relaxation, solved to its end, may show that the solution is the best."""
    apart = (turn.value - turn.relaxed_bound) / max(1.0, abs(turn.value))
    return not turn.is_settled and apart <= 10 * _NEAR


def _may_be_had_otherwise(turn: Turn, watch: Watch) -> bool:
    """Forbid the circles for which solutions were refused, so that what was good about them may be had."""
    return not turn.is_settled and watch.left() > 0 and forbid_fresh_circles(turn)


def _hold_what_was_let_go(work: Work, turn: Turn) -> bool:
    """Hold by rows the finished objectives that a solution lets go; tell whether there are any.

    A face that is fixed by duals holds an objective but for duals in the noise.
    """
    assert turn.columns is not None
    let_go = work.not_held(turn.columns[: work.model.columns])
    work.held = [held for held in work.held if not any(held is other for other in let_go)]
    work.limits += [limit_row(*held) for held in let_go]
    return bool(let_go)


def _carry_proof(former: Turn, turn: Turn) -> None:
    """Take over what was proved before circles were forbidden: their rows come last, and prove nothing."""
    turn.bound, turn.relaxed = former.bound, former.relaxed
    if turn.relaxed is not None and turn.relaxed.row_duals is not None:
        more = len(turn.problem.matrix.lower) - len(turn.relaxed.row_duals)
        duals = np.pad(turn.relaxed.row_duals, (0, more))
        turn.relaxed = replace(turn.relaxed, columns=None, row_duals=duals)


def _own_limits(turn: Turn) -> list[Rows]:
    """Hold an objective family by family: each is at its best, so that none can make up for another."""
    assert turn.columns is not None
    limits = []
    for family in turn.parts.families:
        own = np.zeros(len(turn.costs.cost))
        inside = family.columns[family.columns < len(own)]
        own[inside] = turn.costs.cost[inside]
        if own.any():
            value = float(own @ turn.columns[: len(own)])
            limits.append(limit_row(Costs(own), cap_of(value, 0.0, 0.0)))
    return limits


def _price(turn: Turn, crew: Crew, watch: Watch, near: float) -> None:
    """Price the linking rows by the relaxation, as far as its share of the time goes."""
    problem = turn.problem.continuous
    starts = [] if turn.columns is None else [turn.columns]
    found = solve_by_families(problem, turn.parts, crew, watch.part(_FOR_PRICES), starts, near=near)
    if found is not None and found.bound >= turn.relaxed_bound:
        turn.relaxed = found
    turn.bound = max(turn.bound, turn.relaxed_bound)
    watch.tell(turn.costs.constant + turn.value, turn.costs.constant + turn.bound)


def _take_relaxed(turn: Turn) -> None:
    """Take the relaxation's solution where all that must be whole is whole in it."""
    if turn.relaxed is None or turn.relaxed.columns is None:
        return
    columns, whole = turn.relaxed.columns, turn.problem.whole
    off = np.abs(columns[whole] - np.round(columns[whole]))
    is_better = turn.relaxed.value <= turn.value and (off < 1e-7).all()
    if is_better and violation(turn.problem, columns) <= 1e-6 and turn.obeys(columns):
        turn.columns = columns
        turn.is_relaxed = True


def _plan_at_prices(turn: Turn, crew: Crew, watch: Watch) -> None:
    """Find the best rest around whole numbers: those at hand, and those that families plan at prices."""
    assert turn.columns is not None
    if turn.relaxed is None or turn.relaxed.row_duals is None:  # no prices settle it, or in no time
        return
    prices = turn.relaxed.row_duals[turn.parts.links]
    at_hand = [turn.columns[family.columns] for family in turn.parts.families]
    _take_best_rest(turn, at_hand, prices, crew, watch)
    for height in _HEIGHTS:
        if watch.left() <= 0 or turn.is_settled:
            return
        replies = whole_replies(turn, height * prices, crew, watch)
        note_bound(turn, height * prices, replies)
        plans = [reply.columns for reply in replies if reply.columns is not None]
        if len(plans) == len(replies):
            _take_best_rest(turn, plans, height * prices, crew, watch)
    turn.columns = improved(
        turn.problem, turn.parts, turn.columns, crew, watch, turn.obeys, turn.bound
    )


def _take_best_rest(
    turn: Turn, plans: Sequence[FloatArray], prices: FloatArray, crew: Crew, watch: Watch
) -> None:
    """Find the best rest around the whole numbers of plans, and take it where it is better."""
    found = with_best_rest(turn.problem, turn.parts, plans, prices, crew, watch.part(0.3))
    if found is not None and turn.problem.cost @ found < turn.value and turn.obeys(found):
        turn.columns = found
    watch.tell(turn.costs.constant + turn.value, turn.costs.constant + turn.bound)
