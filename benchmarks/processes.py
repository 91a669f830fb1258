"""Processes: commands of the program, each run as a process of its own, as a person would start it.

In: a command of the registry. Out: the median of the seconds on the clock and of the processor, the
peak of the memory, and the answer of the plan that it wrote.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.registry import Command
from benchmarks.results import Result

__all__ = ["answer_of", "measure_command"]

_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Run:
    """One run of a process."""

    seconds: float
    cpu_seconds: float
    peak_mib: float | None


def measure_command(command: Command, runs: int) -> Result:
    """Run a command some times from the root of the checkout; its output goes nowhere."""
    with tempfile.TemporaryDirectory() as folder:
        places = {"plan": f"{folder}/plan", "page": f"{folder}/report.html"}
        if command.before:
            _run(command.before, places)
        measured = []
        for _ in range(runs):
            if "{page}" in command.arguments:
                Path(places["page"]).unlink(missing_ok=True)
            measured.append(_run(command.arguments, places))
        peaks = [run.peak_mib for run in measured if run.peak_mib is not None]
        written = Path(places["plan"], "plan.json")
        answer = answer_of(json.loads(written.read_text("utf-8"))) if written.exists() else {}
    return Result(
        case=command.name,
        phase="process",
        seconds=round(median(run.seconds for run in measured), 3),
        cpu_seconds=round(median(run.cpu_seconds for run in measured), 3),
        runs=runs,
        peak_mib=max(peaks, default=None),
        **answer,
    )


def answer_of(plan: dict[str, Any]) -> dict[str, Any]:
    """Take what plan.json says of the answer and of the model."""
    solver = plan["solver"]
    return {
        "status": plan["status"],
        "objectives": {name: o["value"] for name, o in plan["objectives"].items()},
        "bounds": {name: o["bound"] for name, o in plan["objectives"].items()},
        **{key: solver[key] for key in ("rows", "columns", "entries", "whole_columns", "solves")},
        "methods": solver["methods"],
    }


def _run(arguments: tuple[str, ...], places: dict[str, str]) -> Run:
    """Run the program once; it must end well."""
    command = [sys.executable, "-m", "ringtausch"]
    console = Path(sys.executable).with_name("ringtausch")
    if console.exists():
        command = [str(console)]
    command += [argument.format(**places) for argument in arguments]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if not hasattr(os, "wait4"):  # Windows tells only the time on the clock
        code, seconds = process.wait(), time.perf_counter() - begun
        assert code == 0, f"{' '.join(command)} ended with exit code {code}"
        return Run(seconds, seconds, None)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{' '.join(command)} ended with {process.returncode}"
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Run(seconds, used.ru_utime + used.ru_stime, round(used.ru_maxrss / unit, 1))
