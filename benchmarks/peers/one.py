"""`python -m benchmarks.peers.one`: one peer, one way, one scenario, in a process of its own.

In: the scenario's folder and a file for what becomes known. Out: a JSON line in that file for the start,
for the model built and for each objective, written at once, so that a killed process leaves what it had.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import time
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

__all__ = ["PEERS", "make_peer"]

#: Name on the command line -> module, class, and the packages whose versions matter.
PEERS = {
    "linopy": ("in_linopy", "InLinopy", ("linopy", "highspy", "xarray", "numpy")),
    "pyomo": ("in_pyomo", "InPyomo", ("pyomo", "highspy")),
    "pulp": ("in_pulp", "InPulp", ("pulp", "highspy")),
    "plain": ("plain", "Plain", ("scipy", "numpy")),
}


def make_peer(name: str, data: Any, way: str) -> Any:
    """Write the model in one of the libraries, which only then is imported."""
    module, kind, _ = PEERS[name]
    return getattr(importlib.import_module(f"benchmarks.peers.{module}"), kind)(data, way)


def main() -> None:
    """Read, build, solve in order."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers.one")
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("way")
    parser.add_argument("scenario", type=Path)
    parser.add_argument("events", type=Path)
    parser.add_argument("seconds", type=float)
    given = parser.parse_args()
    begun = time.perf_counter()

    def tell(**event: Any) -> None:
        with given.events.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(event) + "\n")

    packages = {package: version(package) for package in PEERS[given.peer][2]}
    tell(event="start", versions=packages | {"python": platform.python_version()})
    import ringtausch as rt
    from benchmarks.peers.data import gather
    from benchmarks.peers.peer import solve_in_order

    data = gather(rt.read(given.scenario))
    peer = make_peer(given.peer, data, given.way)
    built = time.perf_counter() - begun
    tell(event="built", seconds=round(built, 3))
    solve_in_order(
        data, peer, given.seconds - built, lambda step: tell(event="step", **asdict(step))
    )


if __name__ == "__main__":
    main()
