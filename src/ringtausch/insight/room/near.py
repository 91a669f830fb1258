"""The plans that are nearly best: each objective in the order within a share of its best value.

In: a scenario and the share. Out: a model that only such plans obey, and the best of them. What no
such plan can have is cut off beforehand: limits come down to the next value that an objective can
have, and whole columns are kept within what the relaxation leaves them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ringtausch.insight.room.grains import Grains, capped_columns, find_grains, rounded_caps
from ringtausch.insight.room.relaxation import Relaxation
from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.circles import CircleCuts
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.infeasible import LimitReached, find_reason
from ringtausch.planning.lexicographic import solve_in_order
from ringtausch.planning.model import Model, build_model, extended
from ringtausch.planning.planner import make_plan, solve_scenario
from ringtausch.planning.rows import Rows
from ringtausch.planning.search import hold
from ringtausch.planning.solver import LARGE, SolverFault, SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Outcome
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Limit", "NearBest", "find_near_best"]

#: Seconds that may be spent on keeping whole columns within what the relaxation leaves them, and
#: the share of the time there is: it pays only where many questions follow.
_SECONDS, _SHARE = 10.0, 0.1
#: What a limit is loosened by, relative to its size, so that the solver finds the plans at it: a
#: tenth of what the planning problem allows.
_SLACK = 1e-7


@dataclass(frozen=True, slots=True)
class Limit:
    """The best value of an objective, and what a plan that is nearly best may have at most."""

    best: float
    most: float


@dataclass
class NearBest:
    """The plans in which no objective is above its limit, and how long they may be searched."""

    scenario: Scenario
    rules: Model  # all rules alone
    model: Model  # all rules, and a row for each limit
    near: float
    limits: dict[str, Limit]
    best: FloatArray  # (column,) the best plan
    grains: Grains
    cuts: CircleCuts
    watch: Watch

    def best_with(self, rows: Sequence[Rows], start: FloatArray) -> FloatArray:
        """Find the best of these plans that obey some rows too, from one of them that is known."""
        try:
            outcome = solve_in_order(
                extended(self.model, rows=rows), {}, {}, SolverOptions(), self.watch, start
            )
        except SolverFault:
            return start
        return start if outcome.columns is None else outcome.columns

    def plan(self, columns: FloatArray) -> Plan:
        """Write one of these plans down, with what was proved of each objective."""
        bounds = {name: limit.best for name, limit in self.limits.items()}
        settings = {"objectives": list(self.limits), "near": self.near}
        outcome = Outcome("feasible", columns, bounds)
        return make_plan(self.scenario, self.model, outcome, self.watch.seconds(), settings)


def find_near_best(scenario: Scenario, near: float, watch: Watch) -> NearBest:
    """Find the best plan, and with it what the plans that are nearly best may have at most.

    Raises
    ------
    Infeasible
        No plan obeys all rules.
    LimitReached
        Time ran out before the best plan was proved.
    """
    model = build_model(gather_facts(scenario), scenario.objectives)
    outcome = solve_scenario(scenario, model, SolverOptions(), watch)
    if outcome.status == "infeasible":
        raise find_reason(scenario, watch)
    if outcome.columns is None or outcome.status != "optimal":
        raise LimitReached(watch.seconds(), interrupted=watch.stop.is_set())
    limits = _limits(scenario, model, outcome, near)
    grains = find_grains(model)
    caps = rounded_caps(model, grains, {name: limit.most for name, limit in limits.items()})
    caps = {name: cap + _SLACK * max(1.0, abs(cap)) for name, cap in caps.items()}
    narrowed = _narrowed(model, caps, outcome.columns, watch)
    return NearBest(
        scenario,
        model,
        narrowed,
        near,
        limits,
        outcome.columns,
        grains,
        CircleCuts(model.columns),
        watch,
    )


def _limits(scenario: Scenario, model: Model, outcome: Outcome, near: float) -> dict[str, Limit]:
    """Set the limits: what the scenario lets go, and on top the share of the best value.

    The last objective has nothing behind it that could take what it gives up: none of it is.
    """
    assert outcome.columns is not None
    found = {}
    for name, costs in model.objectives.items():
        value, bound = costs.value(outcome.columns), outcome.bounds[name]
        tolerance = float(scenario.tolerance.get(name, 0))
        allowance = float(scenario.allowance.get(name, 0))
        last = name == scenario.objectives[-1]
        best = bound if tolerance or allowance else value
        given_up = 0.0 if last else best * tolerance + allowance
        # the best plan is one of them, whatever rounding did to its value
        most = max(best + given_up + near * max(1.0, abs(best)), value)
        found[name] = Limit(best, most)
    return found


def _narrowed(model: Model, caps: Mapping[str, float], best: FloatArray, watch: Watch) -> Model:
    """Add the limits, and cut off what no plan within them can have."""
    upper = np.maximum(capped_columns(model, caps), np.minimum(best, model.upper))
    model = replace(extended(model, rows=hold(model, caps)), upper=upper)
    whole = np.flatnonzero(model.whole & (model.upper > model.lower))
    if len(model.matrix.value) > LARGE:
        return model
    until = watch.seconds() + min(_SECONDS, _SHARE * watch.left())
    lower, upper = model.lower.copy(), model.upper.copy()
    relaxation = Relaxation(model)
    cost = np.zeros(model.columns)
    for column in whole.tolist():
        if watch.seconds() > until:
            break
        for sign in (1.0, -1.0):
            cost[column] = sign
            bound = sign * relaxation.least(cost)
            if sign > 0 and np.isfinite(bound):
                lower[column] = max(lower[column], np.ceil(bound - 1e-6))
            elif np.isfinite(bound):
                upper[column] = min(upper[column], np.floor(bound + 1e-6))
        cost[column] = 0.0
        at = np.round(best[column])
        lower[column], upper[column] = min(lower[column], at), max(upper[column], at)
        relaxation.narrow(column, lower[column], upper[column])
    return replace(model, lower=lower, upper=upper)
