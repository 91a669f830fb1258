"""What-ifs: how soon a workbench says what a change comes to, over all single concessions of a scenario.

In: an example and the number of concessions to try at most (all, or evenly spread ones). Out: the median
of the first bound and of the exact plan, and of planning the same scenarios from the start. Every exact
answer is held against that plan: a faster wrong answer stops the benchmark.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

import ringtausch as rt
from benchmarks.registry import WhatIf
from benchmarks.results import Result
from ringtausch.insight.asks.concession import edits_of
from ringtausch.insight.asks.listing import list_concessions
from ringtausch.insight.asks.sizes import Sizes
from ringtausch.planning.bench import same_value

__all__ = ["measure_what_if"]

_ROOT = Path(__file__).parents[1]
T = TypeVar("T")


def measure_what_if(case: WhatIf) -> list[Result]:
    """Ask one what-if after the other at one workbench, and plan each from the start beside it."""
    scenario = rt.read(_ROOT / case.folder)
    concessions = list_concessions(scenario, Sizes())
    every = max(1, len(concessions) // case.most)
    bench = rt.workbench(scenario)
    times: dict[str, list[tuple[float, float]]] = {"bound": [], "what-if": [], "from-the-start": []}

    def timed(phase: str, work: Callable[[], T]) -> T:
        began, cpu = time.perf_counter(), time.process_time()
        value = work()
        times[phase].append((time.perf_counter() - began, time.process_time() - cpu))
        return value

    for concession in concessions[::every]:
        bench.edit(*edits_of(scenario, [concession]))
        timed("bound", bench.bound)
        try:
            plan = timed("what-if", bench.plan)
            plain = timed("from-the-start", lambda: rt.plan(bench.scenario))
        except rt.Infeasible:
            continue
        finally:
            bench.undo()
        for name in scenario.objectives:
            assert same_value(plan.objectives[name].value, plain.objectives[name].value), concession
    return [
        Result(
            case=case.name,
            phase=phase,
            seconds=round(median(seconds for seconds, _ in measured), 3),
            cpu_seconds=round(median(cpu for _, cpu in measured), 3),
            runs=len(measured),
        )
        for phase, measured in times.items()
    ]
