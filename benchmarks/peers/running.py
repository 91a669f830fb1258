"""Runs: whole processes, from the start of Python to the end, killed when their time is up.

In: a scenario folder, a program and a way. Out: a `Run` with seconds, memory, status and values. A
process that has not finished in time counts with the whole of its time.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

__all__ = ["Run", "differences", "run_peer", "run_ringtausch"]

_ROOT = Path(__file__).parents[2]
#: How far apart values may be: the first objective, and later ones, which the slack of the bound rows
#: and whatever a solver makes of it move.
FIRST, LATER = 1e-6, 1e-5


@dataclass
class Run:
    """What one process did. Seconds of the steps are the peer's own; the total is the clock's."""

    peer: str
    way: str
    status: str = "killed"
    seconds: float = math.nan
    peak_mib: float | None = None
    build_seconds: float | None = None
    step_seconds: dict[str, float] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)  # solved again after a wrong "infeasible"
    versions: dict[str, str] = field(default_factory=dict)


def run_peer(peer: str, way: str, scenario: Path, place: Path, limit: float) -> Run:
    """Run a peer; what it had told until it was killed counts."""
    events = place / f"{peer}-{way}.jsonl"
    arguments = [peer, way, str(scenario), str(events), str(limit)]
    run = Run(peer, way)
    ended, code = _process(
        [sys.executable, "-m", "benchmarks.peers.one", *arguments], run, place, limit
    )
    lines = events.read_text("utf-8").splitlines() if events.exists() else []
    status = "failed"
    for event in map(json.loads, lines):
        if event["event"] == "start":
            run.versions = event["versions"]
        elif event["event"] == "built":
            run.build_seconds, status = event["seconds"], "optimal"
        else:
            name, status = event["objective"], event["status"]
            run.step_seconds[name] = event["seconds"]
            if event["repeated"]:
                run.repeated.append(name)
            if event["value"] is not None:
                run.values[name] = event["value"]
    if not ended:
        run.status = "killed"
    else:
        run.status = status if code == 0 else f"failed ({code})"
    return run


def run_ringtausch(scenario: Path, place: Path, limit: float, options: Sequence[str] = ()) -> Run:
    """Run `ringtausch plan` as a person would, its files written."""
    run = Run("ringtausch", "plan", versions=_our_versions())
    console = Path(sys.executable).with_name("ringtausch")
    command = [str(console)] if console.exists() else [sys.executable, "-m", "ringtausch"]
    plan = place / "plan"
    command += ["plan", str(scenario), "--out", str(plan), *options]
    ended, code = _process(command, run, place, limit)
    if ended:
        run.status = f"exit {code}"  # unless it has written a plan, which says more
    if (plan / "plan.json").exists():
        written: dict[str, Any] = json.loads((plan / "plan.json").read_text("utf-8"))
        run.status = written["status"]
        # Where later objectives may give some of it up, the written value is theirs to choose.
        run.values = {
            name: objective["bound"]
            for name, objective in written["objectives"].items()
            if objective["bound"] is not None
        }
    return run


def _our_versions() -> dict[str, str]:
    return {package: version(package) for package in ("ringtausch", "highspy", "numpy")}


def _process(command: list[str], run: Run, place: Path, limit: float) -> tuple[bool, int]:
    """Run a command; set seconds and memory; say whether it ended by itself, and its exit code."""
    begun = time.perf_counter()
    with (place / f"{run.peer}-{run.way}.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=_ROOT, stdout=log, stderr=log, start_new_session=os.name == "posix"
        )
        late = threading.Event()

        def kill() -> None:
            late.set()
            if os.name == "posix":  # a solver of its own goes with it
                os.killpg(process.pid, 9)
            else:
                process.kill()

        timer = threading.Timer(limit, kill)
        timer.start()
        try:
            if hasattr(os, "wait4"):
                _, status, used = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                unit = 1024**2 if sys.platform == "darwin" else 1024
                run.peak_mib = round(used.ru_maxrss / unit, 1)
            else:
                process.wait()
        finally:
            timer.cancel()
    seconds = time.perf_counter() - begun
    run.seconds = limit if late.is_set() else round(seconds, 3)
    return not late.is_set(), process.returncode


def differences(ours: Run, theirs: Run) -> list[str]:
    """List the objectives whose values differ by more than solvers' tolerances.

    Examples
    --------
    >>> ours = Run("ringtausch", "plan", values={"spend": 100.0, "moved_value": 7.0})
    >>> differences(ours, Run("pulp", "best", values={"spend": 100.00001, "moved_value": 7.1}))
    ['moved_value: 7.1, where ringtausch has 7.0']
    """
    found = []
    for place, (name, value) in enumerate(theirs.values.items()):
        own = ours.values.get(name)
        close = FIRST if place == 0 else LATER
        if own is not None and not math.isclose(
            own, value, rel_tol=close, abs_tol=close * max(1.0, abs(own))
        ):
            found.append(f"{name}: {value!r}, where ringtausch has {own!r}")
    return found
