"""Phases: a generated scenario, read, built, solved for its first objective, proved and written.

`python -m benchmarks.phases` measures one case in a process of its own, so that its peak of memory
is its own, and prints the results as JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from benchmarks.processes import answer_of
from benchmarks.registry import GENERATED, Generated
from benchmarks.results import Result

__all__ = ["measure_apart", "measure_phases"]

T = TypeVar("T")


def measure_apart(case: Generated, runs: int, time_limit: float) -> list[Result]:
    """Measure a case in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.phases", case.name, str(runs), str(time_limit)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [Result(**line) for line in json.loads(done.stdout)]


def measure_phases(case: Generated, runs: int, time_limit: float) -> list[Result]:
    """Take a case through every phase; all but the solve run some times.

    Parameters
    ----------
    case, runs
        What to measure, and how often.
    time_limit
        Seconds after which the solve ends with the best plan so far.
    """
    import ringtausch as rt
    from ringtausch.planning.facts import gather_facts
    from ringtausch.planning.model import Model, build_model
    from ringtausch.records import inspect_scenario

    results: list[Result] = []

    def measure(phase: str, do: Callable[[], T], times: int = runs) -> T:
        made, seconds, cpu_seconds = _timed(do, times)
        results.append(
            Result(case.name, phase, seconds, cpu_seconds, times, _peak_mib(), **_answer(made))
        )
        return made

    def _answer(made: object) -> dict[str, Any]:
        if isinstance(made, rt.Plan):
            return answer_of(
                {
                    "status": made.status,
                    "objectives": {n: asdict(o) for n, o in made.objectives.items()},
                    "solver": made.solver,
                }
            )
        if isinstance(made, Model):
            matrix = made.matrix
            size = (len(matrix.lower), made.columns, len(matrix.value))
            return dict(zip(("rows", "columns", "entries"), size, strict=True))
        return {}

    with tempfile.TemporaryDirectory() as place:
        folder, target = Path(place, "scenario"), Path(place, "plan")
        made = measure("generate", lambda: _generate(case))
        rt.write(made, folder)
        # Reading, as the commands do it, comes with all warnings.
        scenario = measure("read", lambda: inspect_scenario(folder)).scenario
        assert scenario is not None
        first = scenario.objectives[:1]
        measure("build", lambda: build_model(gather_facts(scenario), scenario.objectives))

        def solve() -> rt.Plan | None:
            try:
                return rt.plan(scenario, objectives=first, time_limit=time_limit)
            except rt.LimitReached:
                return None

        plan = measure("solve-first", solve, 1)
        if plan is None:  # no plan within the limit: nothing to prove or to write
            results[-1] = replace(results[-1], status="unknown")
            return results
        proof = measure("verify", lambda: rt.verify(scenario, plan))
        assert proof.ok, str(proof)
        measure("write", lambda: plan.write(target, force=True))
    return results


def _generate(case: Generated) -> Any:
    import ringtausch as rt

    return rt.generate(
        parties=case.parties,
        items=case.items,
        periods=case.periods,
        whole=case.whole,
        seed=case.seed,
    )


def _timed(do: Callable[[], T], times: int) -> tuple[T, float, float]:
    """Do something some times; return what it made last, and the medians of both clocks."""
    seconds, cpu_seconds = [], []
    for _ in range(times):
        clock, cpu = time.perf_counter(), time.process_time()
        made = do()
        seconds.append(time.perf_counter() - clock)
        cpu_seconds.append(time.process_time() - cpu)
    return made, round(median(seconds), 3), round(median(cpu_seconds), 3)


def _peak_mib() -> float | None:
    """Return the most memory that this process has had."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phases")
    parser.add_argument("case", choices=[case.name for case in GENERATED])
    parser.add_argument("runs", type=int)
    parser.add_argument("time_limit", type=float)
    given = parser.parse_args()
    case = next(case for case in GENERATED if case.name == given.case)
    results = measure_phases(case, given.runs, given.time_limit)
    print(json.dumps([asdict(result) for result in results]))


if __name__ == "__main__":
    _main()
