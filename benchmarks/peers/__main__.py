"""`python -m benchmarks.peers`: ringtausch and its peers on one scenario, side by side.

Each runs as a process of its own, one after the other, and is killed when its time is up.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from benchmarks.peers.one import PEERS
from benchmarks.peers.peer import WAYS
from benchmarks.peers.running import Run, differences, run_peer, run_ringtausch
from benchmarks.results import describe_machine

OURS = "ringtausch"


def main() -> int:
    """Compare; the exit code is 1 where values differ."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        scenario = _scenario(given, place / "scenario")
        runs: list[Run] = []
        for peer, way in _wanted(given):
            print(f"{peer} {way} ...", file=sys.stderr, flush=True)
            if peer == OURS:
                runs.append(run_ringtausch(scenario, place, given.time_limit))
            else:
                runs.append(run_peer(peer, way, scenario, place, given.time_limit))
    machine = describe_machine()
    if given.json:
        for run in runs:
            print(json.dumps({"scenario": given.scenario, **asdict(run), **machine}))
    else:
        print(f"{machine['machine']}, {machine['cores']} cores")
        print("\n".join(table(runs)))
    apart = loud(runs)
    print("\n".join(apart), file=sys.stderr if given.json else sys.stdout)
    return 1 if apart else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument(
        "scenario",
        nargs="?",
        default="8x6x24",
        help="a scenario folder, or PARTIESxITEMSxPERIODS to generate (8x6x24)",
    )
    every = ",".join([OURS, *PEERS])
    parser.add_argument("--peers", default=every, metavar="a,b", help=f"({every})")
    parser.add_argument("--ways", default="defaults,best", metavar="a,b", help=", ".join(WAYS))
    parser.add_argument("--objectives", metavar="a,b", help="instead of the scenario's own")
    parser.add_argument("--time-limit", type=float, default=1200.0, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", type=float, default=0.3, help="share of whole items (0.3)")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of the table")
    given = parser.parse_args()
    given.peers, given.ways = given.peers.split(","), given.ways.split(",")
    if unknown := {*given.peers} - {OURS, *PEERS} | {*given.ways} - {*WAYS}:
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    return given


def _wanted(given: argparse.Namespace) -> Iterable[tuple[str, str]]:
    """List what is run; a library that is not installed is said and left out."""
    for peer in given.peers:
        if peer == OURS:
            yield peer, "plan"
        elif find_spec("scipy" if peer == "plain" else peer) is None:
            print(f"{peer} is not installed: make peers", file=sys.stderr)
        else:
            yield from ((peer, way) for way in given.ways)


def _scenario(given: argparse.Namespace, target: Path) -> Path:
    """Write the scenario that all of them read."""
    import ringtausch as rt

    size = re.fullmatch(r"(\d+)x(\d+)x(\d+)", given.scenario)
    if size:
        parties, items, periods = map(int, size.groups())
        scenario = rt.generate(
            parties=parties, items=items, periods=periods, whole=given.whole, seed=given.seed
        )
    else:
        scenario = rt.read(given.scenario)
    if given.objectives:
        scenario = scenario.changed(objectives=tuple(given.objectives.split(",")))
    rt.write(scenario, target)
    return target


def table(runs: list[Run]) -> list[str]:
    r"""Draw runs side by side: time and memory, then the value of each objective.

    Examples
    --------
    >>> ours = Run("ringtausch", "plan", "optimal", 1.5, 80.0, values={"spend": 5.0})
    >>> theirs = Run("pulp", "best", "optimal", 15.0, 120.0, 1.0, {"spend": 13.5}, {"spend": 5.0})
    >>> print("\n".join(table([ours, theirs])))
    program     way        total     x    build    solve    MB  status
    ringtausch  plan        1.50   1.0                      80  optimal
    pulp        best       15.00  10.0     1.00    13.50   120  optimal
    <BLANKLINE>
    objective         ringtausch plan       pulp best
    spend                           5               5
      seconds                                   13.50
    """
    base = next((run.seconds for run in runs if run.peer == OURS), None)
    lines = ["program     way        total     x    build    solve    MB  status"]
    lines += [_line(run, base) for run in runs]
    names = list(dict.fromkeys(name for run in runs for name in [*run.values, *run.step_seconds]))
    for first in range(0, len(runs), 4):
        part = runs[first : first + 4]
        lines += ["", "objective         " + " ".join(f"{_title(run):>15}" for run in part)]
        for name in names:
            lines.append(f"{name:<18}" + " ".join(f"{_number(run, name):>15}" for run in part))
            if any(run.step_seconds for run in part):
                cells = (run.step_seconds.get(name) for run in part)
                shown = ("" if cell is None else f"{cell:.2f}" for cell in cells)
                lines.append("  seconds         " + " ".join(f"{cell:>15}" for cell in shown))
    return lines + _versions(runs)


def _line(run: Run, base: float | None) -> str:
    ratio = f"{run.seconds / base:.1f}" if base else ""
    build = "" if run.build_seconds is None else f"{run.build_seconds:.2f}"
    solve = f"{sum(run.step_seconds.values()):.2f}" if run.step_seconds else ""
    memory = "" if run.peak_mib is None else f"{run.peak_mib:.0f}"
    return (
        f"{run.peer:<11} {run.way:<8} {run.seconds:>7.2f} {ratio:>5} {build:>8} {solve:>8}"
        f" {memory:>5}  {run.status}"
    ).rstrip()


def _title(run: Run) -> str:
    return f"{run.peer} {run.way}"


def _number(run: Run, name: str) -> str:
    return f"{run.values[name]:.10g}" if name in run.values else "-"


def _versions(runs: list[Run]) -> list[str]:
    shown = dict.fromkeys(
        f"{run.peer}: " + ", ".join(f"{name} {which}" for name, which in run.versions.items())
        for run in runs
        if run.versions
    )
    return ["", *shown] if shown else []


def loud(runs: list[Run]) -> list[str]:
    """Say where values differ from ringtausch's, and where a solver had to be asked again."""
    ours = next((run for run in runs if run.peer == OURS), None)
    lines = []
    for run in runs:
        for name in run.repeated:
            print(f"{_title(run)} called {name} infeasible at first", file=sys.stderr)
        if ours is not None and run is not ours:
            lines += [f"VALUES DIFFER: {_title(run)}, {text}" for text in differences(ours, run)]
    return lines


if __name__ == "__main__":
    sys.exit(main())
