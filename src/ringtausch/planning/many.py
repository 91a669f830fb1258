"""Many changed scenarios at once, in processes of their own.

In: a bench and scenarios. Out: what each comes to, in the order in which they are done. Processes are
started afresh rather than forked, because the solver keeps threads that a fork would break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TYPE_CHECKING

from ringtausch.records.scenario import Scenario

if TYPE_CHECKING:
    from ringtausch.planning.bench import Bench, Trial

__all__ = ["try_in_processes"]

_bench: list[Bench] = []


def _take_bench(bench: Bench) -> None:
    """Keep the bench in this process, so that it is sent only once."""
    _bench[:] = [bench]


def _try(scenario: Scenario, time_limit: float | None) -> Trial:
    return _bench[0].try_(scenario, time_limit=time_limit)


def try_in_processes(
    bench: Bench, scenarios: Sequence[Scenario], processes: int, time_limit: float | None
) -> Iterator[tuple[int, Trial]]:
    """Plan changed scenarios in several processes; whoever stops listening stops the work."""
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_take_bench, initargs=(bench,)
    )
    try:
        tasks = {
            pool.submit(_try, scenario, time_limit): number
            for number, scenario in enumerate(scenarios)
        }
        for task in as_completed(tasks):
            yield tasks[task], task.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
