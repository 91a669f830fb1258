"""Results: what was measured, as JSON lines and as a table.

A line names the commit, the machine and the versions, and holds the status and the values of the
objectives beside the seconds, so that a faster wrong answer shows.
"""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from ringtausch.planning.executors import usable_cores

__all__ = ["Result", "append", "describe_machine", "table"]

_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Result:
    """One phase of one case: seconds are medians, the objectives those of the plan that was made."""

    case: str
    phase: str
    seconds: float
    cpu_seconds: float
    runs: int
    peak_mib: float | None = None  # of the whole process until the phase ended
    status: str | None = None
    objectives: dict[str, float] = field(default_factory=dict)
    bounds: dict[str, float | None] = field(default_factory=dict)
    #: Of the model before the solver reduces it, and how often the solver was asked.
    rows: int | None = None
    columns: int | None = None
    entries: int | None = None
    whole_columns: int | None = None
    solves: int | None = None
    methods: list[str] = field(default_factory=list)


def describe_machine() -> dict[str, object]:
    """Name the commit, the machine and the versions that results belong to."""
    packages = ("ringtausch", "highspy", "numpy")
    return {
        "commit": _commit(),
        "machine": f"{platform.system()} {platform.machine()}, {_processor()}",
        "cores": usable_cores(),
        "python": platform.python_version(),
        "versions": {package: version(package) for package in packages},
    }


def _commit() -> str | None:
    """Name the commit, with a plus sign where files differ from it; None outside a checkout."""
    command = ["git", "-C", str(_ROOT), "describe", "--always", "--abbrev=7", "--dirty=+"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def append(file: Path, results: Iterable[Result]) -> None:
    """Add results to a file, one JSON object a line; what does not apply is left out."""
    machine = describe_machine()
    with file.open("a", encoding="utf-8") as lines:
        for result in results:
            known = {k: v for k, v in asdict(result).items() if v not in (None, {}, [])}
            lines.write(json.dumps(known | machine, ensure_ascii=False) + "\n")


def table(results: Iterable[Result]) -> str:
    """Draw a table: seconds on the clock, seconds of the processor, memory, and the answer.

    Examples
    --------
    >>> print(table([Result("help", "process", 0.12, 0.1, 5, 17.0)]))
    case  phase    seconds    cpu  MiB  runs  status  rows  solves  first two objectives
    help  process     0.12   0.10   17     5
    """
    head = ("case", "phase", "seconds", "cpu", "MiB", "runs", "status", "rows", "solves")
    cells: list[tuple[str, ...]] = [(*head, "first two objectives")]
    cells += [_cells(result) for result in results]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    widths[2], widths[3] = max(widths[2], 7), max(widths[3], 5)
    left = {"case", "phase", "status"}
    lines = []
    for row in cells:
        aligned = [
            cell.ljust(width) if name in left else cell.rjust(width)
            for name, cell, width in zip(head, row, widths, strict=False)
        ]
        lines.append("  ".join([*aligned, row[-1]]).rstrip())
    return "\n".join(lines)


def _cells(result: Result) -> tuple[str, ...]:
    numbers = (result.peak_mib, result.runs)
    proved = [name for name, bound in result.bounds.items() if bound is not None]
    values = [result.objectives[name] for name in proved[:2]]
    return (
        result.case,
        result.phase,
        f"{result.seconds:.2f}",
        f"{result.cpu_seconds:.2f}",
        *("" if number is None else f"{number:.0f}" for number in numbers),
        result.status or "",
        "" if result.rows is None else str(result.rows),
        "" if result.solves is None else str(result.solves),
        ", ".join(f"{value:.6g}" for value in values),
    )
