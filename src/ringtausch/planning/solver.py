"""The solver, distrusted: HiGHS is fed arrays, and what it says is computed anew before it is used.

In: a linear problem and how to solve it. Out: an `Answer` whose value is cost · columns, whose rows
were checked, and whose bound was recomputed from the duals where there are any. Versions of HiGHS
have returned false optima on models of this kind; where its answer does not fit its own columns, or
is worse than a known solution, it is asked again without presolve and without a start.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any, Literal

import highspy
import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.loading import pass_model
from ringtausch.planning.model import Matrix
from ringtausch.planning.watch import Watch

__all__ = [
    "METHODS",
    "SMALL",
    "WHOLE_TOLERANCE",
    "Answer",
    "LinearProblem",
    "Question",
    "SolverFault",
    "SolverOptions",
    "Warm",
    "better_than",
    "dual_bound",
    "guess",
    "least_gain",
    "solve",
    "violation",
]

Status = Literal["optimal", "limit", "infeasible"]

#: How a continuous problem may be solved; `auto` chooses by size.
METHODS = ("auto", "families", "simplex", "ipx", "hipo", "pdlp")

#: Above this many entries interior point with crossover beats the simplex method (benchmarks/).
LARGE = 80_000
#: Up to this many, presolve and a search near the relaxation are done in no time (benchmarks/).
SMALL = 15_000
_TOLERANCE = 1e-6
#: Far below the slack of a finished objective's row (1e-9 of its value): where both are alike, HiGHS
#: takes what the slack allows for an empty range, and calls infeasible what has a solution.
WHOLE_TOLERANCE = 1e-9
#: Duals smaller than this, relative to the largest, count nothing where they meet no bound.
_NOISE = 1e-9
_OK = highspy.HighsModelStatus


class SolverFault(RuntimeError):  # noqa: N818 - the solver's, not the caller's
    """The solver contradicted itself in every way it was asked."""


@dataclass(frozen=True)
class LinearProblem:
    """Minimise cost · columns within bounds and rows, some columns whole."""

    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    whole: BoolArray
    matrix: Matrix

    @property
    def continuous(self) -> LinearProblem:
        """The same problem, of which nothing must be whole."""
        return replace(self, whole=np.zeros_like(self.whole))


@dataclass(frozen=True)
class SolverOptions:
    """How to solve: method of the continuous part, threads, relative gap, where families go."""

    method: str = "auto"
    threads: int | None = None
    gap: float = 0.0
    executor: str = "local"


@dataclass(frozen=True)
class Warm:
    """A basis to start a continuous problem from: of the same columns, and of the first of its rows.

    That of an earlier objective is still feasible: primal simplex goes on from it. That of the same
    objective of a similar model is still as good: dual simplex mends what has changed.
    """

    basis: Any
    rows: int
    columns: int
    feasible: bool = True

    def fits(self, problem: LinearProblem) -> bool:
        """Tell whether the problem is one that this basis can be of, but for rows added since."""
        same = self.columns == len(problem.cost)
        return same and self.rows <= len(problem.matrix.lower)


@dataclass(frozen=True)
class Answer:
    """What a solve gave: columns only where a solution was found."""

    status: Status
    columns: FloatArray | None
    value: float
    bound: float
    row_duals: FloatArray | None = None
    basis: Warm | None = None
    method: str = ""


def solve(
    problem: LinearProblem,
    options: SolverOptions,
    watch: Watch,
    *,
    start: FloatArray | None = None,
    basis: Warm | None = None,
    known_feasible: bool = False,
) -> Answer:
    """Solve, check the answer, and ask again in a plainer way where it does not hold.

    Parameters
    ----------
    problem, options, watch
        What to solve, how, and for how long.
    start
        A solution to start from and to be no worse than.
    basis
        A basis of an earlier answer to a similar continuous problem.
    known_feasible
        Whether there is a solution: then "infeasible" is not believed.

    Raises
    ------
    SolverFault
        No way of asking gave an answer that fits its own columns.
    """
    known_feasible = known_feasible or start is not None
    start_value = float(problem.cost @ start) if start is not None else np.inf
    doubts = []
    for presolve in (True, False):
        warm_start, warm_basis = (start, basis) if presolve else (None, None)
        answer = Question(problem, options, watch, warm_start, warm_basis, presolve=presolve).ask()
        doubt = _doubt(problem, answer, start_value, known_feasible)
        if doubt is None and answer.status == "infeasible" and presolve:
            doubt = "infeasible, said by presolve"
        if doubt is None:
            return answer
        doubts.append(doubt)
    simple = replace(options, method="simplex", threads=1)
    answer = Question(problem, simple, watch, None, None, presolve=False, plain=True).ask()
    doubt = _doubt(problem, answer, start_value, known_feasible)
    if doubt is None:
        return answer
    raise SolverFault("; ".join([*doubts, doubt]))


def better_than(
    problem: LinearProblem, value: float, least_gain: float, options: SolverOptions, watch: Watch
) -> Answer:
    """Look for a solution that is better by at least some gain, without presolve.

    "Infeasible" proves that there is none: this is how an optimum with whole numbers is confirmed,
    since presolve has been seen to cut optima off. It is far cheaper than to solve again.
    """
    used = np.flatnonzero(problem.cost)
    sizes = np.abs(problem.cost[used])
    # so that the solver's tolerance on the row is no more than the least gain
    scale = float(np.clip(abs(value), sizes.min(), sizes.max()))
    m = problem.matrix
    matrix = Matrix(
        start=np.append(m.start, m.start[-1] + len(used)),
        column=np.concatenate([m.column, used]),
        value=np.concatenate([m.value, problem.cost[used] / scale]),
        lower=np.append(m.lower, -np.inf),
        upper=np.append(m.upper, (value - least_gain) / scale),
    )
    question = Question(replace(problem, matrix=matrix), options, watch, None, None, presolve=False)
    # what a heuristic could find is not expected to be there, and looking for it takes half the time
    question.search_straight()
    return question.ask()


def guess(problem: LinearProblem, options: SolverOptions, watch: Watch) -> Answer:
    """Look for a good solution of a problem that holds only some of those that are allowed.

    It is asked but once: where what it gives does not hold, or where there is none, there is none.
    """
    question = Question(problem, options, watch, None, None, presolve=True)
    question.search_straight()
    answer = question.ask()
    if answer.columns is None or violation(problem, answer.columns) > _TOLERANCE:
        return Answer("limit", None, np.inf, -np.inf)
    return answer


def least_gain(problem: LinearProblem, value: float) -> float:
    """Return the gain below which two values of an objective count as equal.

    Never more than the dust of what is cheapest: beside things worth millions a unit may count 1.
    """
    sizes = np.abs(problem.cost[problem.cost != 0])
    return 1e-6 * max(1.0, float(sizes.min(initial=np.inf)) if len(sizes) else 1.0, abs(value))


def _doubt(
    problem: LinearProblem, answer: Answer, start_value: float, feasible: bool
) -> str | None:
    """Return what is wrong with an answer, None where it holds."""
    if answer.status == "infeasible":
        return "infeasible, though a solution is known" if feasible else None
    if answer.columns is None:
        return None
    broken = violation(problem, answer.columns)
    if broken > 1e-5:
        return f"a solution that breaks its rows by {broken:g}"
    if answer.status == "optimal":
        scale = max(1.0, abs(answer.value))
        if answer.value > start_value + 1e-5 * scale:
            return f"an optimum of {answer.value:g} above a known solution of {start_value:g}"
        if not problem.whole.any() and answer.value - answer.bound > 1e-4 * scale:
            return f"an optimum of {answer.value:g} with a bound of {answer.bound:g}"
    return None


def violation(problem: LinearProblem, columns: FloatArray) -> float:
    """Return by how much columns break a row or a bound at most, relative to its size."""
    totals = problem.matrix.times(columns)
    worst = 0.0
    for value, lower, upper in (
        (totals, problem.matrix.lower, problem.matrix.upper),
        (columns, problem.lower, problem.upper),
    ):
        if len(value):
            scale = np.maximum(1.0, np.abs(value))
            worst = max(worst, float(np.max((lower - value) / scale, initial=0.0)))
            worst = max(worst, float(np.max((value - upper) / scale, initial=0.0)))
    return worst


def dual_bound(problem: LinearProblem, row_duals: FloatArray) -> float:
    """Return the value that the duals of the rows prove no solution can be below."""
    reduced = problem.cost - problem.matrix.transposed_times(row_duals, len(problem.cost))
    noise = _NOISE * float(np.max(np.abs(problem.cost), initial=0.0))
    return _support(row_duals, problem.matrix.lower, problem.matrix.upper, noise) + _support(
        reduced, problem.lower, problem.upper, noise
    )


def _support(duals: FloatArray, lower: FloatArray, upper: FloatArray, small: float) -> float:
    """Return Σ dual·bound, each at the bound that makes it least; noise at no bound is dropped."""
    bound = np.where(duals > 0, lower, upper)
    noise = (np.abs(duals) <= small) & ~np.isfinite(bound)
    product = np.zeros_like(duals)
    used = (duals != 0) & ~noise
    product[used] = duals[used] * bound[used]
    return float(product.sum())


def _cost_scale(cost: FloatArray, *, plain: bool) -> float:
    """Choose a power of ten to divide costs by, so that the solver's tolerances fit them.

    Values of items may lie far apart: the scale is the middle between the smallest and the largest
    cost, so that the smallest is not lost in the tolerance; in the plainest way it is the smallest.
    """
    sizes = np.abs(cost[cost != 0])
    if not len(sizes):
        return 1.0
    smallest, largest = np.log10(sizes.min()), np.log10(sizes.max())
    return float(10.0 ** np.round(smallest if plain else (smallest + largest) / 2))


class Question:
    """One run of HiGHS, stoppable and watched."""

    def __init__(
        self,
        problem: LinearProblem,
        options: SolverOptions,
        watch: Watch,
        start: FloatArray | None,
        basis: Warm | None,
        *,
        presolve: bool,
        plain: bool = False,
    ) -> None:
        self.problem, self.watch, self.options = problem, watch, options
        self.is_whole = bool(problem.whole.any())
        self.scale = _cost_scale(problem.cost, plain=plain)
        self.highs = highspy.Highs()
        if basis is not None and not basis.fits(problem):  # of another model
            basis = None
        self.method = self._choose_method(basis is not None)
        self._set_options(presolve)
        self._pass_model(None if basis is None else basis.rows)
        if basis is not None:
            self._begin_from(basis)
        if start is not None and self.is_whole:
            solution = highspy.HighsSolution()
            solution.col_value = start
            self.highs.setSolution(solution)

    def rebound(self, lower: FloatArray, upper: FloatArray) -> None:
        """Change the bounds of columns, to go on from where the last run ended."""
        before = self.problem
        changed = np.flatnonzero((lower != before.lower) | (upper != before.upper))
        self.highs.changeColsBounds(
            len(changed), changed.astype(np.int32), lower[changed], upper[changed]
        )
        self.problem = replace(before, lower=lower, upper=upper)

    def infeasible_by_ray(self) -> bool:
        """Tell whether the ray that "infeasible" rests on proves it, computed anew.

        Weights of rows whose sum no columns within their bounds can reach: for the objective 0 they
        prove a value above 0.
        """
        highs: Any = self.highs  # whose types lack this
        _status, has_ray, ray = highs.getDualRay()
        if not has_ray:
            return False
        weights = np.asarray(ray, dtype=np.float64)
        weights = weights / np.max(np.abs(weights), initial=1e-30)
        p, m = self.problem, self.problem.matrix
        sums = -m.transposed_times(weights, len(p.cost))
        return any(
            _support(side * weights, m.lower, m.upper, _NOISE)
            + _support(side * sums, p.lower, p.upper, _NOISE)
            > _TOLERANCE
            for side in (1.0, -1.0)
        )

    def search_straight(self) -> None:
        """Search without the solver's heuristics, which take most of the time of a small problem."""
        self.highs.setOptionValue("mip_heuristic_effort", 0.0)
        self.highs.setOptionValue("mip_heuristic_run_feasibility_jump", False)

    def _choose_method(self, warm: bool) -> str:
        if self.options.method not in {"auto", "families"}:
            return self.options.method
        large = len(self.problem.matrix.value) > LARGE
        return "ipx" if large and not warm else "simplex"

    def _set_options(self, presolve: bool) -> None:
        options: dict[str, Any] = {
            "output_flag": False,
            "presolve": "on" if presolve else "off",
            "random_seed": 1,
            "mip_rel_gap": max(self.options.gap, 1e-7),
            "mip_abs_gap": 1e-7,
            "mip_feasibility_tolerance": WHOLE_TOLERANCE,
            "primal_feasibility_tolerance": 1e-8,
            "dual_feasibility_tolerance": 1e-8,
        }
        if self.options.threads is not None:
            highspy.Highs.resetGlobalScheduler(True)
            options["threads"] = self.options.threads
        if self.is_whole:
            options["mip_lp_solver"] = self.method if self.method in {"ipx", "hipo"} else "choose"
        else:
            options["solver"] = self.method
            options["run_crossover"] = "on"
        if np.isfinite(self.watch.left()):
            options["time_limit"] = max(self.watch.left(), 0.01)
        for name, value in options.items():
            if self.highs.setOptionValue(name, value) == highspy.HighsStatus.kError:
                raise SolverFault(f"HiGHS does not take the option {name} = {value}")

    def _pass_model(self, rows: int | None) -> None:
        """Pass the model; where a number of rows is given, those after them come with the basis."""
        if not pass_model(self.highs, self.problem, scale=self.scale, rows=rows):
            raise SolverFault("HiGHS does not take the model")

    def _begin_from(self, warm: Warm) -> None:
        """Start from a basis: on models of a few thousand rows a fifth of the time of a fresh solve.

        Rows added since then come after it, so that HiGHS makes them basic: to write the statuses of
        all columns and rows as lists takes longer than a warm solve.
        """
        m = self.problem.matrix
        taken = self.highs.setBasis(warm.basis) == highspy.HighsStatus.kOk
        if warm.rows < len(m.lower):
            first = int(m.start[warm.rows])
            status = self.highs.addRows(
                len(m.lower) - warm.rows,
                m.lower[warm.rows :],
                m.upper[warm.rows :],
                len(m.value) - first,
                (m.start[warm.rows : -1] - first).astype(np.int32),
                m.column[first:].astype(np.int32),
                m.value[first:],
            )
            if status == highspy.HighsStatus.kError:
                raise SolverFault("HiGHS does not take the rows added")
        if taken and warm.feasible:
            self.highs.setOptionValue("simplex_strategy", 4)  # primal

    def ask(self) -> Answer:
        """Run in a thread of its own, so that Ctrl-C reaches the caller at once."""
        self._listen()
        fault: list[BaseException] = []

        def run() -> None:
            try:
                self.highs.run()
            except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
                fault.append(error)

        worker = threading.Thread(target=run, name="solver", daemon=True)
        worker.start()
        while worker.is_alive():
            try:
                worker.join(0.2)
            except KeyboardInterrupt:
                self.watch.stop.set()  # the callbacks end the run with the best plan so far
        if fault:
            raise fault[0]
        self.watch.effort.note_run(self.highs.getInfo())
        return self._answer()

    def _listen(self) -> None:
        kinds = highspy.cb.HighsCallbackType
        watch, scale = self.watch, self.scale

        def heard(kind: Any, _message: str, out: Any, into: Any, _data: Any) -> None:
            if kind == kinds.kCallbackMipLogging:
                value, bound = out.mip_primal_bound * scale, out.mip_dual_bound * scale
                watch.tell(_finite(value), _finite(bound))
            elif watch.stop.is_set():
                into.user_interrupt = True

        self.highs.setCallback(heard, None)
        stops = (
            [kinds.kCallbackMipInterrupt, kinds.kCallbackMipLogging]
            if self.is_whole
            else [kinds.kCallbackSimplexInterrupt, kinds.kCallbackIpmInterrupt]
        )
        for kind in stops:
            self.highs.startCallback(kind)

    def _answer(self) -> Answer:
        highs, status = self.highs, self.highs.getModelStatus()
        if status == _OK.kInfeasible:
            return Answer("infeasible", None, np.inf, np.inf, method=self.method)
        if status == _OK.kUnboundedOrInfeasible:  # costs are 0 or more, so it is not unbounded
            return Answer("infeasible", None, np.inf, np.inf, method=self.method)
        info, solution = highs.getInfo(), highs.getSolution()
        if status == _OK.kModelEmpty:
            none = np.clip(np.zeros(len(self.problem.cost)), self.problem.lower, self.problem.upper)
            if violation(self.problem, none) > _TOLERANCE:  # rows that no column could fill
                return Answer("infeasible", None, np.inf, np.inf, method=self.method)
            value = float(self.problem.cost @ none)
            duals = np.zeros(len(self.problem.matrix.lower))
            return Answer("optimal", none, value, value, duals, None, self.method)
        found = info.primal_solution_status == 2 and len(solution.col_value) > 0
        columns = np.array(solution.col_value) if found else None
        value = float(self.problem.cost @ columns) if columns is not None else np.inf
        done = status == _OK.kOptimal
        row_duals = None
        if self.is_whole:
            bound = (
                info.mip_dual_bound * self.scale if np.isfinite(info.mip_dual_bound) else -np.inf
            )
            bound = min(bound, value)
        else:
            bound = -np.inf
            if done:
                row_duals = np.array(solution.row_dual) * self.scale
                bound = min(dual_bound(self.problem, row_duals), value)
        basis = None
        if done and not self.is_whole:
            rows = len(self.problem.matrix.lower)
            basis = Warm(highs.getBasis(), rows, len(self.problem.cost))
        return Answer(
            "optimal" if done else "limit", columns, value, bound, row_duals, basis, self.method
        )


def _finite(value: float) -> float | None:
    return float(value) if abs(value) < 1e100 else None
