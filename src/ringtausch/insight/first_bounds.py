"""First bounds: what the objectives of a changed scenario cannot be below, before it is planned.

In: a scenario with its best plan, then changed scenarios. Out: for each objective a proved bound. The
duals of the scenario's relaxations are kept: they prove a bound for any model of the same shape, in
the time that it takes to multiply. Where the shape has changed, the first objective is relaxed anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.bench import Bench
from ringtausch.planning.completing import completed
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.holding import limit_row, slack_of
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.solver import (
    LinearProblem,
    SolverFault,
    SolverOptions,
    Warm,
    dual_bound,
    solve,
    violation,
)
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Work
from ringtausch.records.scenario import Scenario

__all__ = ["FirstBounds"]

#: Nearer than this, relative to its size, a plan's value is the bound.
_NEARLY = 1e-6


@dataclass(frozen=True)
class _Kept:
    """What the relaxation of an objective showed: a basis, and duals of the rows and the limits."""

    basis: Warm | None
    duals: FloatArray


class FirstBounds:
    """The relaxations of a scenario, kept for the bounds of changed ones."""

    def __init__(self, bench: Bench) -> None:
        self._order = bench.order
        self._model = build_model(gather_facts(bench.scenario), bench.order)
        self._best = completed(bench.scenario, self._model, bench.plan, Watch())
        self._kept: dict[str, _Kept] = {}
        held: list[str] = []
        for name in self._order if self._best is not None else ():
            answer = _relaxed(self._model, name, self._caps(self._model, held))
            if answer is None or answer.row_duals is None:
                break
            self._kept[name] = _Kept(answer.basis, answer.row_duals)
            held.append(name)

    def of(self, scenario: Scenario) -> dict[str, float]:
        """Return what each objective of a changed scenario cannot be below, in the best plan of it.

        An infinite bound says that the scenario has no plan.
        """
        model = build_model(gather_facts(scenario), self._order)
        least = {name: Work.begin(model).least(costs) for name, costs in model.objectives.items()}
        if not self._same_shape(model):
            return least | self._anew(model, None)
        best = self._best
        if (
            best is None
            or violation(_problem(model, Costs(np.zeros(model.columns)), {}), best) > 1e-6
        ):
            return least | self._anew(model, self._kept.get(self._order[0]))
        return self._in_order(scenario, model, least, best)

    def _in_order(
        self, scenario: Scenario, model: Model, least: dict[str, float], best: FloatArray
    ) -> dict[str, float]:
        """Bound one objective after the other while the plan at hand may still be the best.

        A later objective is bounded among the plans that are no worse in the earlier ones than the
        plan at hand. That holds for the first objective whatever the best plan is, and for another
        one as long as the plan at hand is proved the best in all before it.
        """
        found, held, proved = dict(least), list[str](), True
        for name in self._order:
            if name in self._kept:
                caps = {earlier: model.objectives[earlier].value(best) for earlier in held}
                found[name] = max(found[name], self._by_duals(model, name, caps))
            value = model.objectives[name].value(best)
            if name == self._order[0] and not _reached(value, found[name]):
                found |= self._anew(model, self._kept.get(name))
            if proved:
                held.append(name)
            given_up = scenario.tolerance.get(name) or scenario.allowance.get(name)
            proved = proved and not given_up and _reached(value, found[name])
            if given_up:
                held = [earlier for earlier in held if earlier != name]
        return found

    def _by_duals(self, model: Model, name: str, caps: dict[str, float]) -> float:
        """Bound an objective by the duals that were kept; those of limits not held count nothing."""
        duals = self._kept[name].duals
        rows = len(model.matrix.lower)
        earlier = self._order[: len(duals) - rows]
        kept = [at for at, limit in enumerate(earlier) if limit in caps]
        caps = {earlier[at]: caps[earlier[at]] for at in kept}
        costs = model.objectives[name]
        problem = _problem(model, costs, caps)
        chosen = np.concatenate([duals[:rows], duals[rows:][kept]])
        bound = costs.constant + dual_bound(problem, chosen)
        return bound if math.isfinite(bound) else -math.inf

    def _anew(self, model: Model, kept: _Kept | None) -> dict[str, float]:
        """Relax the first objective anew, from the basis that was kept where it fits."""
        name = self._order[0]
        basis = None if kept is None else kept.basis
        try:
            answer = solve(
                _problem(model, model.objectives[name], {}),
                SolverOptions(),
                Watch(),
                basis=None if basis is None else replace(basis, feasible=False),
            )
        except SolverFault:
            return {}
        if answer.status == "infeasible":
            return dict.fromkeys(self._order, math.inf)
        if not math.isfinite(answer.bound):
            return {}
        return {name: model.objectives[name].constant + answer.bound}

    def _caps(self, model: Model, held: list[str]) -> dict[str, float]:
        assert self._best is not None
        return {name: model.objectives[name].value(self._best) for name in held}

    def _same_shape(self, model: Model) -> bool:
        ours, theirs = self._model.matrix, model.matrix
        return (
            model.columns == self._model.columns
            and np.array_equal(ours.start, theirs.start)
            and np.array_equal(ours.column, theirs.column)
        )


def _relaxed(model: Model, name: str, caps: dict[str, float]) -> Any:
    try:
        answer = solve(_problem(model, model.objectives[name], caps), SolverOptions(), Watch())
    except SolverFault:
        return None
    return answer if answer.status == "optimal" else None


def _problem(model: Model, costs: Costs, caps: dict[str, float]) -> LinearProblem:
    """Put the relaxation together, with a row for each limit."""
    work = Work.begin(model)
    work.limits = [
        limit_row(model.objectives[name], cap + slack_of(cap)) for name, cap in caps.items()
    ]
    problem = work.problem(costs)
    return problem.continuous


def _reached(value: float, bound: float) -> bool:
    return value <= bound + _NEARLY * max(1.0, abs(bound))
