"""`python -m benchmarks.guard`: warn where planning has become more work than it was.

Solves a few small scenarios and compares with the figures recorded last, by counts that do not depend on
the machine: the size of the model, solves, iterations, nodes, and the values. The exit code is 1 where a
count has grown by more than a tenth, or a value has changed. `--record` writes the figures of today.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.results import describe_machine

if TYPE_CHECKING:
    from ringtausch.records.plan import Plan
    from ringtausch.records.scenario import Scenario

__all__ = ["CASES", "Case", "Counts", "Growth", "compare", "count", "recorded"]

_ROOT = Path(__file__).parents[1]
FILE = Path(__file__).with_name("counts.jsonl")
#: A count may grow by this share before it is said.
MOST = 0.1
#: Values that are farther apart than this, relative to their size, are others.
CLOSE = 1e-6


@dataclass(frozen=True)
class Case:
    """What is planned: an example's folder, or a size to generate from seed 1, in all or some objectives."""

    name: str
    folder: str = ""
    parties: int = 0
    items: int = 0
    periods: int = 0
    objectives: tuple[str, ...] = ()

    def scenario(self) -> Scenario:
        """Read it, or make it."""
        import ringtausch as rt

        if self.folder:
            return rt.read(_ROOT / self.folder)
        return rt.generate(
            parties=self.parties, items=self.items, periods=self.periods, whole=0.0, seed=1
        )


CASES = (
    Case("patriot-2025", "examples/patriot-2025"),
    Case("ringtausch-2022", "examples/ringtausch-2022"),
    Case("5x3x12", "", 5, 3, 12),
    Case("8x6x24", "", 8, 6, 24),
    Case("15x20x36-first", "", 15, 20, 36, ("late_replacement",)),
)


@dataclass(frozen=True)
class Counts:
    """The figures of one case: what it was, what it came to, and how much work that was."""

    case: str
    scenario: str  # the content hash
    status: str
    values: dict[str, float]
    counts: dict[str, int]


@dataclass(frozen=True)
class Growth:
    """One figure that is not what it was, and whether that is to be warned of."""

    case: str
    figure: str
    before: float | str
    now: float | str
    warns: bool = True


def count(case: Case) -> Counts:
    """Plan a case, and take its figures."""
    import ringtausch as rt

    scenario = case.scenario()
    return _counts_of(case.name, rt.plan(scenario, objectives=case.objectives or None, threads=1))


def _counts_of(name: str, plan: Plan) -> Counts:
    values = {key: o.value for key, o in plan.objectives.items() if o.bound is not None}
    counts = {key: value for key, value in plan.solver.items() if isinstance(value, int)}
    return Counts(name, plan.scenario_hash, plan.status, values, counts)


def recorded(file: Path = FILE) -> dict[str, Counts]:
    """Read the figures recorded last of each case."""
    found = {}
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        known: dict[str, Any] = json.loads(line)
        found[known["case"]] = Counts(**{key: known[key] for key in Counts.__dataclass_fields__})
    return found


def compare(before: Counts, now: Counts) -> list[Growth]:
    """List what has grown by more than a tenth or changed; what has shrunk so is listed, not warned of.

    Examples
    --------
    >>> before = Counts("a", "h", "optimal", {"spend": 5.0}, {"rows": 100, "nodes": 10, "solves": 9})
    >>> now = Counts("a", "h", "optimal", {"spend": 5.0}, {"rows": 110, "nodes": 12, "solves": 7})
    >>> [(growth.figure, growth.warns) for growth in compare(before, now)]
    [('nodes', True), ('solves', False)]
    """
    if before.scenario != now.scenario:
        return [Growth(now.case, "scenario", before.scenario[:8], now.scenario[:8])]
    found = []
    if before.status != now.status:
        found.append(Growth(now.case, "status", before.status, now.status))
    for name in dict.fromkeys([*before.values, *now.values]):
        old, new = before.values.get(name, math.nan), now.values.get(name, math.nan)
        if not math.isclose(old, new, rel_tol=CLOSE, abs_tol=CLOSE):
            found.append(Growth(now.case, name, old, new))
    for name, new in now.counts.items():
        old = before.counts.get(name, 0)
        if new > old * (1 + MOST) or new < old * (1 - MOST):
            found.append(Growth(now.case, name, old, new, warns=new > old))
    return found


def record(file: Path, figures: Iterable[Counts], machine: Mapping[str, object]) -> None:
    """Add figures to a file: the last of each case count, those before are its history."""
    with file.open("a", encoding="utf-8") as lines:
        for figure in figures:
            lines.write(json.dumps(asdict(figure) | dict(machine), ensure_ascii=False) + "\n")


def table(growths: Sequence[Growth]) -> str:
    """Draw what is not as it was.

    Examples
    --------
    >>> print(table([Growth("8x6x24", "nodes", 10, 12), Growth("8x6x24", "solves", 10, 6, False)]))
    case              figure                              before              now  change
    8x6x24            nodes                                   10               12    +20%  WARNING
    8x6x24            solves                                  10                6    -40%
    """
    lines = [f"{'case':<17} {'figure':<27} {'before':>14} {'now':>16}  change"]
    for growth in growths:
        old, new = growth.before, growth.now
        share = ""
        if not isinstance(old, str) and not isinstance(new, str) and old:
            share = f"{new / old - 1:+.0%}"
        lines.append(
            f"{growth.case:<17} {growth.figure:<27} {_text(old):>14} {_text(new):>16}"
            f"  {share:>6}  {'WARNING' if growth.warns else ''}".rstrip()
        )
    return "\n".join(lines)


def _text(figure: float | str) -> str:
    return figure if isinstance(figure, str) else f"{figure:.10g}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and record where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guard", description=__doc__)
    parser.add_argument("--record", action="store_true", help="write the figures of today")
    parser.add_argument("--only", nargs="+", default=[""], metavar="PART", help="cases named so")
    parser.add_argument("--file", type=Path, default=FILE, help="where figures are recorded")
    given = parser.parse_args(arguments)
    known, figures, growths = recorded(given.file), [], []
    for case in CASES:
        if not any(part in case.name for part in given.only):
            continue
        now = count(case)
        figures.append(now)
        shown = ("rows", "columns", "entries", "solves", "simplex_iterations", "nodes")
        print(f"{case.name}: " + ", ".join(f"{now.counts[name]} {name}" for name in shown))
        if case.name in known:
            growths += compare(known[case.name], now)
        elif not given.record:
            growths.append(Growth(case.name, "figures", "none", "not recorded"))
    if growths:
        print("\n" + table(growths))
    if given.record:
        record(given.file, figures, describe_machine())
        return 0
    return 1 if any(growth.warns for growth in growths) else 0


if __name__ == "__main__":
    sys.exit(main())
