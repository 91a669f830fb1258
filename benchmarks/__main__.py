"""`python -m benchmarks`: measure the cases, print a table, and keep the results as JSON lines."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.phases import measure_apart
from benchmarks.processes import measure_command
from benchmarks.registry import COMMANDS, GENERATED, WHAT_IFS, Command, WhatIf
from benchmarks.results import Result, append, table
from benchmarks.what_if import measure_what_if


def main() -> None:
    """Measure what was asked for."""
    given = _arguments()
    results: list[Result] = []
    for case in (*COMMANDS, *WHAT_IFS, *GENERATED):
        if (given.quick and not case.small) or not any(part in case.name for part in given.only):
            continue
        print(f"{case.name} ...", file=sys.stderr, flush=True)
        if isinstance(case, Command):
            fresh = [measure_command(case, given.runs)]
        elif isinstance(case, WhatIf):
            fresh = measure_what_if(case)
        else:
            fresh = measure_apart(case, given.runs, given.time_limit)
        append(given.out, fresh)
        results += fresh
    print(table(results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the smallest cases alone")
    parser.add_argument(
        "--only", nargs="+", default=[""], metavar="PART", help="cases with this in their name"
    )
    parser.add_argument("--runs", type=int, default=5, help="of which the median counts (5)")
    parser.add_argument(
        "--time-limit", type=float, default=400.0, metavar="SECONDS", help="of one solve (400)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).with_name("results.jsonl"), metavar="FILE"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
