"""One objective, exactly: with whole numbers, without circles, its optimum proved.

In: the problem as it stands. Out: the solver's answer with a proof of its bound. The relaxation comes
first: what its duals prove needs no search. "Infeasible" is believed only without presolve.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.branching import Found, best_by_branches, nothing_below
from ringtausch.planning.circles import find_circles
from ringtausch.planning.holding import Proof, limit_row
from ringtausch.planning.objectives import Costs
from ringtausch.planning.solver import (
    LARGE,
    SMALL,
    Answer,
    LinearProblem,
    SolverFault,
    SolverOptions,
    better_than,
    guess,
    least_gain,
    solve,
    violation,
)
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Near, Outcome, Run, Work

__all__ = ["solve_or_loosen", "solve_without_circles"]

#: The most that a finished objective may be loosened by: half of what the page allows.
_MOST_SLACK = 5e-7
#: What is this near to a whole number is one.
_ROUNDING = 1e-7
#: Where a solution is this near to the bound, relative to its value, the proof comes before a search.
_NEAR = 0.05


def solve_or_loosen(
    work: Work,
    costs: Costs,
    run: Run,
    near: Near,
) -> tuple[Answer, Proof]:
    """Solve for one objective; where the solver cannot find what is known to be there, give it room.

    Limits of finished objectives may be tighter than the solver's tolerance on a chain of rows. They
    get the most slack that the page allows; where even that does not help, the best plan so far
    stands, and what is left is not proved.
    """
    try:
        return solve_without_circles(work, costs, run, near)
    except SolverFault:
        if run.outcome.columns is None:
            raise
    for limit in work.limits:
        limit.upper = limit.upper + _MOST_SLACK * np.maximum(1.0, np.abs(limit.upper))
    try:
        return solve_without_circles(work, costs, run, Near())
    except SolverFault:
        return Answer("limit", None, np.inf, -np.inf), Proof(-np.inf)


def solve_without_circles(
    work: Work,
    costs: Costs,
    run: Run,
    near: Near,
) -> tuple[Answer, Proof]:
    """Solve for one objective, forbidding circles as they show up (rule 13).

    First without regard to what must be whole: that gives the bound that the duals prove.
    """
    options, watch, outcome = run.options, run.watch, run.outcome
    known = outcome.columns is not None
    basis, without_cuts = near.basis, None
    while True:
        if (
            not watch.left()
        ):  # even the least time that the solver takes may be enough for a small one
            return Answer("limit", None, np.inf, -np.inf), Proof(-np.inf)
        problem = work.problem(costs)
        relaxed = problem.continuous
        answer = solve(relaxed, options, watch, basis=basis, known_feasible=known)
        outcome.solves += 1
        outcome.methods.append(answer.method)
        bound = costs.constant + answer.bound
        if answer.status == "optimal" and answer.value - answer.bound <= least_gain(
            problem, answer.value
        ):
            bound = costs.constant + answer.value
        shown = costs.constant + answer.bound
        if not work.cuts.arrows:
            without_cuts = answer.basis
        proof = Proof(bound, answer.row_duals, shown, on_face=True, basis=without_cuts)
        if answer.columns is None:
            return answer, proof
        fractions = work.is_whole and not _all_whole(problem, answer.columns)
        if fractions and answer.status == "optimal":
            answer, proof = _solve_whole(work, costs, proof, run, near, answer)
        found = None if answer.columns is None else answer.columns[: work.model.columns]
        circles = [] if found is None else find_circles(work.model.layout, found)
        let_go = [] if found is None else work.not_held(found)
        if not circles and not let_go:
            return answer, proof
        if answer.status == "limit":  # a solution that breaks a rule is none; its bound holds
            return replace(answer, columns=None), proof
        work.cuts.forbid(circles)
        work.held = [held for held in work.held if not any(held is other for other in let_go)]
        work.limits += [limit_row(*held) for held in let_go]
        basis = None


def _all_whole(problem: LinearProblem, columns: FloatArray) -> bool:
    values = columns[problem.whole]
    return bool(np.all(np.abs(values - np.round(values)) < _ROUNDING))


def _solve_whole(
    work: Work,
    costs: Costs,
    shown: Proof,
    run: Run,
    near: Near,
    relaxed: Answer,
) -> tuple[Answer, Proof]:
    """Solve with whole numbers, and prove the optimum without trusting presolve.

    Where the duals of the continuous relaxation leave room below the candidate, and a few branches
    do not close it, anything better is searched for; what is found is the new candidate.
    """
    assert relaxed.columns is not None
    options, watch, outcome = run.options, run.watch, run.outcome
    shown = replace(shown, on_face=False)
    problem = work.problem(costs)
    bound = shown.bound - costs.constant
    answer = _at_hand(work, problem, outcome, bound, near)
    if answer is None:
        found = _by_branches(problem, run, relaxed, _known(work, problem, outcome))
        if found.is_proved and found.columns is not None:
            best = Answer("optimal", found.columns, found.value, bound)
            return best, replace(shown, bound=costs.constant + found.value)
        answer = _candidate(problem, bound, run, found.columns)
    while answer.status == "optimal":
        gain = max(least_gain(problem, answer.value), options.gap * abs(answer.value))
        proved = costs.constant + answer.value - gain
        if proved <= shown.bound:
            exact = costs.constant + answer.value if options.gap == 0 else shown.bound
            return answer, replace(shown, bound=exact)
        exact = costs.constant + answer.value if options.gap == 0 else proved
        if _few_branches_prove(problem, answer.value - gain, relaxed, run):
            return answer, replace(shown, bound=exact)
        better = better_than(problem, answer.value, gain, options, watch)
        outcome.solves += 1
        if better.status == "infeasible":  # proved but for the gain, as exact as floats go
            return answer, replace(shown, bound=exact)
        if better.columns is None or better.value > answer.value - gain / 2:
            return replace(answer, status="limit"), shown
        answer = replace(better, status="optimal" if watch.left() else "limit")
    return answer, shown


def _few_branches_prove(problem: LinearProblem, least: float, relaxed: Answer, run: Run) -> bool:
    """Prove a small problem by a few branches, which takes less than to search without presolve."""
    if relaxed.columns is None or relaxed.basis is None or len(problem.matrix.value) > LARGE:
        return False
    proved, solves = nothing_below(problem, least, relaxed.columns, relaxed.basis, run.watch)
    run.outcome.solves += solves
    return proved


def _known(work: Work, problem: LinearProblem, outcome: Outcome) -> FloatArray | None:
    """Return the solution known so far where it obeys this problem's rows too."""
    if outcome.columns is None:
        return None
    start = work.extended(outcome.columns)
    return None if violation(problem, start) > 1e-6 else start


def _at_hand(
    work: Work, problem: LinearProblem, outcome: Outcome, bound: float, near: Near
) -> Answer | None:
    """Take the solution known so far as the candidate where it is likely the best.

    That is where it reaches the bound, or where the relaxation says what it said of the similar
    question that the solution was the best answer to. Whether it is the best is proved all the same.
    """
    start = _known(work, problem, outcome)
    if start is None:
        return None
    value = float(problem.cost @ start)
    gain = least_gain(problem, value)
    unchanged = near.relaxed is not None and abs(near.relaxed - bound) <= 10 * gain
    return Answer("optimal", start, value, bound) if value - gain <= bound or unchanged else None


def _by_branches(
    problem: LinearProblem, run: Run, relaxed: Answer, known: FloatArray | None
) -> Found:
    """Look for the best solution by a few branches, from a good one.

    In a small problem one near the relaxation is found in no time, and often is the best; in a larger
    one to look for it takes as long as many branches, so that it is done where these were too few.
    """
    is_small = len(problem.matrix.value) <= SMALL
    start = _good_start(problem, run, relaxed, known) if is_small else known
    found = best_by_branches(problem, relaxed, start, run.watch)
    run.outcome.solves += found.solves
    if is_small or found.is_proved or not run.watch.left():
        return found
    return replace(found, columns=_good_start(problem, run, relaxed, found.columns))


def _good_start(
    problem: LinearProblem, run: Run, relaxed: Answer, known: FloatArray | None
) -> FloatArray | None:
    """Return the better of the solution known so far and the best one near the relaxation."""
    assert relaxed.columns is not None
    near = _near_the_relaxation(problem, run.options, run.watch, relaxed.columns)
    run.outcome.solves += 1
    if near.columns is not None and (known is None or near.value < problem.cost @ known):
        return near.columns
    return known


def _candidate(problem: LinearProblem, bound: float, run: Run, start: FloatArray | None) -> Answer:
    """Find a solution with whole numbers that is likely the best; whether it is, is proved later.

    Where one is known that is so near to the bound that to prove that nothing is better costs less
    than to search first, it is that one.
    """
    options, watch = run.options, run.watch
    if start is not None and watch.left():
        value = float(problem.cost @ start)
        room = 0.0 if len(problem.matrix.value) > LARGE else _NEAR * max(1.0, abs(value))
        if value - max(room, least_gain(problem, value)) <= bound:
            return Answer("optimal", start, value, bound)
    known = run.outcome.columns is not None
    answer = solve(problem, options, watch, start=start, known_feasible=known)
    run.outcome.solves += 1
    return answer


def _near_the_relaxation(
    problem: LinearProblem, options: SolverOptions, watch: Watch, relaxed: FloatArray
) -> Answer:
    """Solve among the solutions that are near the relaxation's in what must be whole.

    In a small problem that is the whole number below or above; in a large one anything but for the
    columns that the relaxation does not use. That is far smaller, and often as good.
    """
    whole, lower, upper = problem.whole, problem.lower, problem.upper
    if len(problem.matrix.value) > LARGE:
        unused = whole & (relaxed < 1e-6) & (lower <= 0)
        return solve(replace(problem, upper=np.where(unused, 0.0, upper)), options, watch)
    below, above = np.floor(relaxed + _ROUNDING), np.ceil(relaxed - _ROUNDING)
    lower = np.where(whole, np.maximum(lower, below), lower)
    upper = np.where(whole, np.minimum(upper, above), upper)
    return guess(replace(problem, lower=lower, upper=upper), options, watch)
