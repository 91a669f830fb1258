"""What each concession comes to, with as few plans as will prove it.

In: a bench and concessions. Out: for each its trial, as exact as planning each alone. Concessions that
only add freedom, and of which many are likely to change nothing, are first granted together.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from ringtausch.insight.asks.concession import Concession, granted
from ringtausch.planning.bench import Bench, Trial, same_value

__all__ = ["trials_of"]

#: Families of which mostly few rows stand in the way; no two of one family set the same cell.
_TOGETHER = ("sooner", "earmark", "money-sooner", "slot", "exchange")
_PARTS = 4


def trials_of(
    bench: Bench,
    concessions: Sequence[Concession],
    processes: int = 1,
    time_limit: float | None = None,
) -> Iterator[tuple[int, Trial]]:
    """Find what each concession, granted alone, comes to.

    A group that is granted together and changes no objective proves the same of each of its members:
    each allows the plans of the scenario and no more than the group does, so that the best value of
    the first objective lies between those of the two, which are equal; then all three hold the first
    objective at the same value, and the argument repeats for the next one. A group that changes
    something is split.

    Parameters
    ----------
    bench
        The scenario with its best plan.
    concessions
        What to grant; the number of each comes with its trial.
    processes, time_limit
        How many processes share the work, and the seconds after which it ends. Ctrl-C ends it too.
    """
    began = time.perf_counter()
    proved = bench.plan.status == "optimal"
    batch = _groups(concessions) if proved else [(n,) for n in range(len(concessions))]
    while batch:
        split: list[tuple[int, ...]] = []
        scenarios = [granted(bench.scenario, [concessions[n] for n in group]) for group in batch]
        limit = None if time_limit is None else time_limit - (time.perf_counter() - began)
        if limit is not None and limit <= 0:
            return
        for at, trial in bench.try_many(scenarios, processes=processes, time_limit=limit):
            group = batch[at]
            if len(group) == 1 or _changes_nothing(bench, trial):
                for number in group:
                    yield number, trial if len(group) == 1 else Trial("optimal", bench.plan)
            else:
                split += _split(group)
            out_of_time = time_limit is not None and time.perf_counter() - began > time_limit
            stopped = time_limit is None and proved and trial.status in {"feasible", "unknown"}
            if out_of_time or stopped:  # nothing but Ctrl-C stops a search without a limit
                return
        batch = split


def _groups(concessions: Sequence[Concession]) -> list[tuple[int, ...]]:
    """Put together what is likely to change nothing, by family; the rest stays alone, and comes first."""
    together: dict[str, list[int]] = {}
    alone: list[tuple[int, ...]] = []
    for number, concession in enumerate(concessions):
        if concession.family in _TOGETHER and concession.monotone:
            together.setdefault(concession.family, []).append(number)
        else:
            alone.append((number,))
    return alone + [tuple(group) for group in together.values()]


def _split(group: tuple[int, ...]) -> list[tuple[int, ...]]:
    size = -(-len(group) // _PARTS)
    return [group[at : at + size] for at in range(0, len(group), size)]


def _changes_nothing(bench: Bench, trial: Trial) -> bool:
    """Tell whether every objective keeps its value, and what is proved of it."""
    if trial.status != "optimal":
        return False
    before, after = bench.plan.objectives, trial.objectives
    bounds = trial.bounds
    return all(
        same_value(before[name].value, after[name])
        and same_value(before[name].bound or 0.0, bounds[name] or 0.0)
        for name in bench.order
    )
