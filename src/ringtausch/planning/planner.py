"""Planning, put together: a scenario in, the best plan out, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.consequences import follow
from ringtausch.planning.decisions import decide
from ringtausch.planning.executors import LOCAL
from ringtausch.planning.facts import Facts, gather_facts
from ringtausch.planning.memory import MEMORY, estimate_size, guarded, parse_size, room, too_large
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.plan_rows import plan_rows
from ringtausch.planning.solver import METHODS, SolverOptions
from ringtausch.planning.watch import Progress, Watch
from ringtausch.planning.ways import Terms, solve
from ringtausch.planning.work import Near, Outcome
from ringtausch.records.plan import Objective, Plan
from ringtausch.records.scenario import OBJECTIVES, Scenario

__all__ = ["make_plan", "plan", "plan_of", "solve_scenario"]


def plan(  # noqa: PLR0913 - each is a thing that a user may want otherwise
    scenario: Scenario,
    *,
    objectives: tuple[str, ...] | list[str] | None = None,
    optimality_gap: float = 0.0,
    time_limit: float | None = None,
    threads: int | None = None,
    method: str = "auto",
    on_progress: Callable[[Progress], None] | None = None,
    keep: Plan | None = None,
    frozen: date | None = None,
    executor: str = "local",
    memory: str | int | None = None,
) -> Plan:
    """Find the best plan for a scenario.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    objectives
        Which objectives in which order; the scenario's own where none are given.
    optimality_gap
        The relative distance of value and bound at which an objective is good enough; 0 = proved.
    time_limit
        Seconds after which the best plan so far is returned.
    threads
        How many threads the solver may use.
    method
        How problems are solved: auto, families, simplex, ipx, hipo or pdlp.
    on_progress
        Is told how far planning is, from another thread.
    keep
        An earlier plan of this scenario: of the best plans the one that changes least is chosen.
    frozen
        With `keep`: what it decides in periods before that of this day stays as it is, and nothing
        is added there.
    executor
        Where the families of a large problem are solved: `local`, in processes of this machine, or
        `dask:ADDRESS`, on a cluster.
    memory
        How much memory this process and its helpers here may take, as `8GB` or in bytes. Without it
        the search ends before the machine's memory is full.

    Returns
    -------
    Plan
        `optimal`, or `feasible` where a limit, a gap or Ctrl-C ended the search; where memory did,
        its settings have `ended_by`.

    Raises
    ------
    Infeasible
        No plan obeys all rules; names the rows that cannot hold together. `CannotKeep` where it is
        what is agreed that stands against it.
    InvalidInput
        The plan to keep is of a scenario of another name; the executor cannot be used.
    LimitReached
        A limit was reached before any plan was found, or the model cannot fit into the memory.
    ValueError
        An unknown objective or method, a number out of range, or `frozen` without `keep`.

    Examples
    --------
    >>> import ringtausch as rt
    >>> plan = rt.plan(rt.read("examples/patriot-2025"))
    >>> plan.status
    'optimal'
    """
    order = tuple(scenario.objectives if objectives is None else objectives)
    if frozen is not None and keep is None:
        raise ValueError("frozen means nothing without a plan to keep")
    _refuse_nonsense(order, optimality_gap, time_limit, threads, method)
    limit = _bytes(memory)
    _refuse_executor(executor)
    watch = Watch(time_limit, on_progress)
    options = SolverOptions(method, threads, optimality_gap, executor)
    with _within_memory(watch, limit):
        watch.begin("", 0, len(order))
        model = build_model(_facts_that_fit(scenario, watch, limit), order)
        if keep is None:
            outcome = solve_scenario(scenario, model, options, watch)
        else:
            model, outcome = _keeping(scenario, model, options, watch, keep, frozen)
        if outcome.columns is None or outcome.status == "infeasible":
            raise _no_plan(scenario, outcome, watch, limit)
        settings = {
            "objectives": list(order),
            "optimality_gap": optimality_gap,
            "time_limit": time_limit,
            "threads": threads,
            "method": method,
        }
        if keep is not None:
            day = None if frozen is None else str(frozen)
            settings |= {"keep": keep.scenario_hash, "frozen": day}
        settings |= _where_and_with_what(executor, limit, watch)
        return make_plan(scenario, model, outcome, watch.seconds(), settings)


def solve_scenario(
    scenario: Scenario,
    model: Model,
    options: SolverOptions,
    watch: Watch,
    start: FloatArray | None = None,
    near: Mapping[str, Near] | None = None,
) -> Outcome:
    """Minimise the objectives of a scenario's model in their order, on the scenario's terms."""
    terms = Terms(
        {name: float(value) for name, value in scenario.tolerance.items()},
        {name: float(value) for name, value in scenario.allowance.items()},
    )
    return solve(model, terms, options, watch, start, near)


def _keeping(
    scenario: Scenario,
    model: Model,
    options: SolverOptions,
    watch: Watch,
    keep: Plan,
    frozen: date | None,
) -> tuple[Model, Outcome]:
    """Plan so that an earlier plan is kept; few do, so that only they wait for the import."""
    from ringtausch.planning.keep import prepare
    from ringtausch.planning.keeping import solve_keeping

    return solve_keeping(prepare(scenario, model, keep, frozen), options, watch, keep)


@contextmanager
def _within_memory(watch: Watch, limit: int | None) -> Iterator[None]:
    """Let memory end the search, and say so where it leaves nothing."""
    try:
        with guarded(watch, limit):
            yield
    except MemoryError:
        from ringtausch.planning.infeasible import MemoryReached

        raise MemoryReached(watch.seconds(), None) from None


def _facts_that_fit(scenario: Scenario, watch: Watch, limit: int | None) -> Facts:
    """Gather the facts, and refuse at once what cannot fit into memory."""
    facts = gather_facts(scenario)
    wrong = too_large(estimate_size(facts), room(limit))
    if wrong is not None:
        from ringtausch.planning.infeasible import MemoryReached

        raise MemoryReached(watch.seconds(), limit, wrong)
    return facts


def _where_and_with_what(executor: str, limit: int | None, watch: Watch) -> dict[str, Any]:
    """Record what was asked otherwise than usual, and that memory ended the search."""
    settings: dict[str, Any] = {}
    if executor != LOCAL:
        settings["executor"] = executor
    if limit is not None:
        settings["memory"] = limit
    if watch.ended_by == MEMORY:
        settings["ended_by"] = MEMORY
    return settings


def _no_plan(scenario: Scenario, outcome: Outcome, watch: Watch, limit: int | None) -> Exception:
    """Say why there is no plan."""
    from ringtausch.planning.infeasible import LimitReached, MemoryReached, find_reason

    if outcome.status == "infeasible":
        return find_reason(scenario, watch)
    if watch.ended_by == MEMORY:
        return MemoryReached(watch.seconds(), limit)
    return LimitReached(watch.seconds(), interrupted=watch.stop.is_set())


def _refuse_executor(executor: str) -> None:
    """Refuse what names no executor, or a cluster that cannot be used, before any work is done."""
    if executor != LOCAL:
        from ringtausch.planning.families.crews import check_executor

        check_executor(executor)


def _bytes(memory: str | int | None) -> int | None:
    size = parse_size(memory) if isinstance(memory, str) else memory
    if memory is not None and (size is None or size < 1):
        raise ValueError(f"memory {memory!r} is no size; write for example 8GB or 500MB")
    return size


def _refuse_nonsense(
    order: tuple[str, ...],
    gap: float,
    time_limit: float | None,
    threads: int | None,
    method: str,
) -> None:
    unknown = [name for name in order if name not in OBJECTIVES]
    if unknown or not order or len(set(order)) < len(order):
        raise ValueError(
            f"objectives {list(order)}: name each of {', '.join(OBJECTIVES)} at most once"
        )
    if method not in METHODS:
        raise ValueError(f"method {method!r} is not one of {', '.join(METHODS)}")
    if not 0 <= gap < 1:
        raise ValueError(f"optimality gap {gap} is not between 0 and 1")
    if time_limit is not None and not time_limit >= 0:
        raise ValueError(f"time limit {time_limit} is below 0")
    if threads is not None and threads < 1:
        raise ValueError(f"threads {threads} is below 1")


def plan_of(scenario: Scenario, model: Model, columns: FloatArray) -> Plan:
    """Turn a solution that was found in another way than by the objectives' order into a plan."""
    return make_plan(scenario, model, Outcome("feasible", columns), 0.0, {})


def make_plan(
    scenario: Scenario,
    model: Model,
    outcome: Outcome,
    seconds: float,
    settings: dict[str, Any],
) -> Plan:
    """Turn a solution into a plan: clean decisions, what follows from them, and the proof."""
    import highspy

    assert outcome.columns is not None
    assert outcome.status in {"optimal", "feasible"}
    layout = model.layout
    decisions = decide(layout, outcome.columns, model.money_unit)
    consequences = follow(layout, decisions)
    values = consequences.objectives
    return Plan(
        scenario_name=scenario.name,
        scenario_hash=scenario.content_hash,
        status="optimal" if _is_proved(scenario, outcome, values) else "feasible",
        objectives={
            name: Objective(values[name], _bound(outcome.bounds.get(name), values[name]))
            for name in OBJECTIVES
        },
        solver={
            "name": "HiGHS",
            "version": highspy.Highs().version(),
            "way": outcome.way,
            "methods": sorted(set(outcome.methods)),
            "solves": outcome.solves,
            **outcome.effort.counts(),
            "rows": len(model.matrix.lower),
            "columns": model.columns,
            "entries": len(model.matrix.value),
            "whole_columns": int(layout.whole.sum()),
        },
        seconds=seconds,
        settings=settings,
        tables=plan_rows(scenario, layout, decisions, consequences),
    )


def _is_proved(scenario: Scenario, outcome: Outcome, values: Mapping[str, float]) -> bool:
    """Tell whether the plan as written reaches what was proved of every objective.

    What was solved is proved in the solver's numbers; the plan is what is left without its dust.
    """
    return outcome.status == "optimal" and all(
        values[name] - bound <= 1e-4 * max(1.0, abs(values[name]))
        for name, bound in outcome.bounds.items()
        if name in values and not scenario.tolerance.get(name) and not scenario.allowance.get(name)
    )


def _bound(bound: float | None, value: float) -> float | None:
    """Return a bound that rounding does not lift above the value of the written plan."""
    return None if bound is None else min(bound, value)
