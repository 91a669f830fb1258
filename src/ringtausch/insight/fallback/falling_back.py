"""Fallbacks, put together: each leg of a plan fails in turn, and the best plan without it is found.

In: a scenario and a plan for it. Out: `Fallbacks`, the worst first. Each is exact: it is the best plan
of the edited scenario, and of the best ones the one that changes least of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ringtausch.insight.fallback.harm import Worse, what_gets_worse
from ringtausch.insight.fallback.legs import Leg, legs_of
from ringtausch.insight.fallback.preparing import Preparation, what_to_prepare
from ringtausch.insight.fallback.words import lines_of
from ringtausch.records.edits import edit_scenario

if TYPE_CHECKING:
    from ringtausch.insight.fallback.searching import Left
    from ringtausch.records import Plan, Scenario

__all__ = ["Fallback", "Fallbacks", "fallback"]

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True)
class Fallback:
    """What is left where a leg fails.

    `objectives` are empty where there is no plan without it; then `reasons` are the rows that cannot
    hold together. `difference` is the first objective, in the order, that differs, and by how much.
    """

    leg: Leg
    status: Status
    objectives: dict[str, float]
    difference: tuple[str, float] | None
    worse: tuple[Worse, ...]
    prepare: tuple[Preparation, ...]
    reasons: tuple[str, ...]
    plan: Plan | None


@dataclass(frozen=True)
class Fallbacks:
    """The fallbacks of a plan, the worst first, and the objectives of the plan itself."""

    scenario: Scenario
    objectives: dict[str, float]
    order: tuple[str, ...]
    rows: tuple[Fallback, ...]

    def __str__(self) -> str:
        """Say it in lines of at most 80 characters."""
        return "\n".join(lines_of(self))


def fallback(
    scenario: Scenario,
    plan: Plan,
    *,
    time_limit: float | None = None,
    processes: int = 1,
    on_leg: Callable[[int, int], None] | None = None,
) -> Fallbacks:
    """Find the best plan without each leg of a plan, whom it hurts, and what to prepare now.

    Parameters
    ----------
    scenario
        What is known.
    plan
        A plan for it. Its legs are its donors, orders, payments and consents.
    time_limit
        Seconds for each leg; what is not proved by then is `feasible`.
    processes
        How many processes share the work; 1 = this one alone.
    on_leg
        Is told how many legs are done, and of how many.

    Raises
    ------
    InvalidPlan
        The plan is of another scenario or of another state of it, or it breaks a rule.

    Examples
    --------
    >>> import ringtausch as rt
    >>> scenario = rt.read("examples/ringtausch-2022")
    >>> found = fallback(scenario, rt.plan(scenario))
    >>> {row.status for row in found.rows} <= {"optimal", "infeasible"}
    True
    """
    from ringtausch.insight.fallback.searching import Search, search_all
    from ringtausch.planning.bench import Bench

    base = _completed(scenario, plan)
    legs = legs_of(scenario, base)
    edited = [edit_scenario(scenario, leg.edits) for leg in legs]
    order = tuple(plan.settings.get("objectives") or scenario.objectives)
    values = {name: objective.value for name, objective in base.objectives.items()}
    found: dict[int, Fallback] = {}
    if legs:
        search = Search(Bench(scenario, base, order), base, order, time_limit)
        for number, left in search_all(search, edited, processes):
            found[number] = _told(legs[number], edited[number], base, left, order)
            if on_leg is not None:
                on_leg(len(found), len(legs))
    ranked = sorted(found, key=lambda number: (_rank(found[number], values, order), number))
    return Fallbacks(scenario, values, order, tuple(found[number] for number in ranked))


def _completed(scenario: Scenario, plan: Plan) -> Plan:
    """Return the plan with all that follows from its decisions; refuse one that breaks a rule."""
    from ringtausch.insight.given_plan import refuse_unproved
    from ringtausch.planning.completing import completed
    from ringtausch.planning.facts import gather_facts
    from ringtausch.planning.model import build_model
    from ringtausch.planning.planner import plan_of
    from ringtausch.planning.watch import Watch

    refuse_unproved(scenario, plan)
    model = build_model(gather_facts(scenario), tuple(scenario.objectives))
    columns = completed(scenario, model, plan, Watch())
    if columns is None:  # right but for rounding
        return plan
    return replace(plan_of(scenario, model, columns), settings=plan.settings)


def _told(leg: Leg, edited: Scenario, base: Plan, left: Left, order: Sequence[str]) -> Fallback:
    """Tell what is left without a leg."""
    from ringtausch.planning.bench import first_difference

    if left.plan is None:
        return Fallback(leg, left.status, {}, None, (), (), left.reasons, None)
    before = {name: objective.value for name, objective in base.objectives.items()}
    return Fallback(
        leg,
        left.status,
        left.objectives,
        first_difference(order, before, left.objectives),
        tuple(what_gets_worse(edited, base, left.plan)),
        tuple(what_to_prepare(edited, base, left.plan)),
        (),
        left.plan,
    )


def _rank(row: Fallback, before: dict[str, float], order: Sequence[str]) -> tuple[float, ...]:
    """Put what leaves no plan first, then what hurts most in the order of the objectives."""
    from ringtausch.planning.bench import same_value

    if not row.objectives:
        return (0.0 if row.status == "infeasible" else 2.0,)
    harm = [
        0.0
        if same_value(before[name], row.objectives[name])
        else before[name] - row.objectives[name]
        for name in order
    ]
    return (1.0, *harm)
