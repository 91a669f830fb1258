"""Ways to solve: in one model, or family by family first; which is taken, and why.

In: a model and how to solve it. Out: how it ended, the way with its reason in it. What the families
leave unproved is left to the one model, which begins with their plan; the better of both stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.lexicographic import solve_in_order
from ringtausch.planning.model import Model
from ringtausch.planning.solver import LARGE, SMALL, SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Near, Outcome

__all__ = ["Terms", "Way", "choose_way", "solve"]


@dataclass(frozen=True)
class Terms:
    """What later objectives may take from an earlier one: relative, and in its own unit."""

    tolerance: Mapping[str, float]
    allowance: Mapping[str, float]


@dataclass(frozen=True)
class Way:
    """Whether families are solved first, and why."""

    families: bool
    reason: str


def choose_way(model: Model, options: SolverOptions) -> Way:
    """Choose the way that was the faster one in the benchmarks (how-it-solves, the table of methods).

    Small models are solved at once; large ones without whole numbers by interior point in one model;
    with whole numbers the one model finds no plan for long, and families find one soon.
    """
    entries, is_whole = len(model.matrix.value), bool(model.whole.any())
    if options.method == "families":
        return Way(families=True, reason="asked for")
    if options.method != "auto":
        return Way(families=False, reason=f"{options.method} was asked for")
    if entries <= LARGE:
        return Way(families=False, reason=f"{entries} entries are few")
    if not is_whole:
        return Way(families=False, reason="large, and nothing must be whole")
    return Way(families=True, reason=f"{entries} entries, and some columns must be whole")


def solve(
    model: Model,
    terms: Terms,
    options: SolverOptions,
    watch: Watch,
    start: FloatArray | None = None,
    near: Mapping[str, Near] | None = None,
) -> Outcome:
    """Minimise the objectives of a model in their order, by the way that suits it.

    Parameters
    ----------
    model, terms
        Rules and objectives in order, and what these may give up.
    options, watch
        How to solve, and for how long.
    start, near
        What is known of a similar model, as for `solve_in_order`.
    """
    way = choose_way(model, options)
    model = _strengthened(model, way)
    if not way.families:
        outcome = solve_in_order(
            model, terms.tolerance, terms.allowance, options, watch, start, near
        )
        outcome.way = f"one model: {way.reason}"
        return outcome
    from ringtausch.planning.families.in_order import solve_in_families

    outcome = solve_in_families(model, terms.tolerance, terms.allowance, options, watch, start)
    outcome.way = f"families: {way.reason}"
    if outcome.status != "optimal" and watch.left() > 0:
        outcome = _proved_in_one(model, terms, options, watch, outcome)
    return outcome


def _strengthened(model: Model, way: Way) -> Model:
    """Give a model whose columns must be whole the bounds and rows that bring its relaxation nearer.

    A small one is left as it is, and so is a continuous one: presolve does better where bounds follow
    from single rows.
    """
    is_small = len(model.matrix.value) <= SMALL and not way.families
    if is_small or not model.whole.any():
        return model
    from ringtausch.planning.reductions import tightened
    from ringtausch.planning.rounding_rows import with_rounding_rows

    return with_rounding_rows(tightened(model))


def _proved_in_one(
    model: Model, terms: Terms, options: SolverOptions, watch: Watch, families: Outcome
) -> Outcome:
    """Go on in the one model from the families' plan; keep theirs where nothing better is found."""
    outcome = solve_in_order(
        model, terms.tolerance, terms.allowance, options, watch, families.columns
    )
    outcome.way = f"{families.way}; then one model, to prove it"
    outcome.methods = [*families.methods, *outcome.methods]
    outcome.solves += families.solves
    if families.columns is None or outcome.status in {"optimal", "infeasible"}:
        return outcome
    if outcome.columns is None or _is_better(model, families.columns, outcome.columns):
        outcome.columns = families.columns
    if outcome.columns is families.columns:
        outcome.bounds = {
            name: max(bound, outcome.bounds.get(name, bound))
            for name, bound in families.bounds.items()
        }
    outcome.status = "feasible"
    return outcome


def _is_better(model: Model, first: FloatArray, second: FloatArray) -> bool:
    """Tell whether a solution is better than another in the objectives' order, but for rounding."""
    for costs in model.objectives.values():
        one, other = costs.value(first), costs.value(second)
        if abs(one - other) > 1e-6 * max(1.0, abs(one), abs(other)):
            return one < other
    return False
