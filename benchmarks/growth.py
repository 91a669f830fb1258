"""`python -m benchmarks.growth`: how the time to plan grows with the number of items.

Parties and periods stay, items grow; each point is a whole process of `ringtausch plan`. Prints seconds
and the exponent b of seconds = a·items^b that fits best, keeps the points in `growth.jsonl`, and draws
all that is kept there into the picture of the documentation. A run replaces the points of its own line.

The start of the program is a part of every point, and a time limit cuts the slow ones off: both make the
exponent of all points too small. So the steps from one size to the next are told, too, and what was not
proved is counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.log_log import Line, draw
from benchmarks.plans import Planned, Size, plan_apart
from benchmarks.results import describe_machine

__all__ = ["Fit", "Point", "fitted", "lines_of", "main", "steps", "table"]

_ROOT = Path(__file__).parents[1]
POINTS = Path(__file__).with_name("growth.jsonl")
PICTURE = _ROOT / "docs" / "images" / "growth.svg"


@dataclass(frozen=True)
class Point:
    """One process: what it planned, and how long it took."""

    parties: int
    items: int
    periods: int
    whole: float
    seed: int
    objectives: tuple[str, ...]
    seconds: float
    status: str
    gap: float | None = None
    entries: int | None = None
    methods: tuple[str, ...] = ()

    @property
    def line(self) -> tuple[Any, ...]:
        """What all points of one line have in common."""
        return (self.parties, self.periods, self.whole, tuple(self.objectives))

    @property
    def line_name(self) -> str:
        """Name the line."""
        said = f"{self.parties} parties, {self.periods} periods, {self.whole:.0%} whole"
        return said.replace("%", " %") + "".join(f", {name}" for name in self.objectives)


@dataclass(frozen=True)
class Fit:
    """The line of least squares through the logarithms: seconds = factor · items^exponent."""

    exponent: float
    factor: float

    def at(self, items: float) -> float:
        """Return the seconds of the line."""
        return float(self.factor * items**self.exponent)


def fitted(points: Iterable[Point]) -> Fit | None:
    """Fit the line; None where there are no two numbers of items.

    Examples
    --------
    >>> points = [Point(9, n, 36, 0.0, 1, (), 0.5 * n**1.3, "optimal") for n in (5, 10, 40)]
    >>> fit = fitted(points)
    >>> round(fit.exponent, 6), round(fit.factor, 6)
    (1.3, 0.5)
    """
    points = list(points)
    items = np.log([point.items for point in points])
    if len(np.unique(items)) < 2:
        return None
    exponent, at_one = np.polyfit(items, np.log([point.seconds for point in points]), 1)
    return Fit(float(exponent), float(np.exp(at_one)))


def steps(points: Iterable[Point]) -> list[tuple[int, float]]:
    """List numbers of items with the exponent of their medians from the number before, smallest first.

    Examples
    --------
    >>> points = [Point(9, n, 36, 0.0, 1, (), 1 + n * n, "optimal") for n in (1, 10, 100)]
    >>> [(items, round(exponent, 2)) for items, exponent in steps(points)]
    [(10, 1.7), (100, 2.0)]
    """
    by_items: dict[int, list[float]] = {}
    for point in points:
        by_items.setdefault(point.items, []).append(point.seconds)
    medians = [(items, median(by_items[items])) for items in sorted(by_items)]
    return [
        (items, float(np.log(now / before) / np.log(items / fewer)))
        for (fewer, before), (items, now) in pairwise(medians)
    ]


def table(points: Sequence[Point]) -> str:
    """Draw seconds by items, the exponent from one number of items to the next, and that of all.

    Examples
    --------
    >>> points = [Point(9, n, 36, 0.0, 1, (), n / 10, "optimal") for n in (10, 20)]
    >>> print(table(points))
    9 parties, 36 periods, 0 % whole
    items  median s   least    most  exponent  not proved
       10      1.00    1.00    1.00                     0
       20      2.00    2.00    2.00      1.00           0
    seconds = 0.1 · items^1.00
    """
    lines = [points[0].line_name, "items  median s   least    most  exponent  not proved"]
    exponents = dict(steps(points))
    for items in sorted({point.items for point in points}):
        seconds = [point.seconds for point in points if point.items == items]
        unproved = sum(point.items == items and point.status != "optimal" for point in points)
        step = f"{exponents[items]:.2f}" if items in exponents else ""
        lines.append(
            f"{items:>5} {median(seconds):>9.2f} {min(seconds):>7.2f} {max(seconds):>7.2f}"
            f" {step:>9} {unproved:>11}"
        )
    fit = fitted(points)
    if fit is not None:
        lines.append(f"seconds = {fit.factor:.3g} · items^{fit.exponent:.2f}")
    return "\n".join(lines)


def lines_of(points: Iterable[Point]) -> list[list[Point]]:
    """Sort points into their lines."""
    lines: dict[tuple[Any, ...], list[Point]] = {}
    for point in points:
        lines.setdefault(point.line, []).append(point)
    return list(lines.values())


def keep(points: Sequence[Point], file: Path, machine: dict[str, object]) -> list[Point]:
    """Write points in place of those of the same line; return all that are kept."""
    fresh = {point.line for point in points}
    kept = []
    for text in file.read_text("utf-8").splitlines() if file.exists() else ():
        known = json.loads(text)
        if _point(known).line not in fresh:
            kept.append(known)
    kept += [asdict(point) | machine for point in points]
    file.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
    return [_point(line) for line in kept]


def _point(known: dict[str, Any]) -> Point:
    fields = {name: known[name] for name in Point.__dataclass_fields__}
    fields |= {name: tuple(known[name]) for name in ("objectives", "methods")}
    return Point(**fields)


def picture(points: Iterable[Point]) -> str:
    """Draw the lines of all points with their fits."""
    lines = []
    for line in lines_of(points):
        fit = fitted(line)
        name = line[0].line_name
        if fit is not None:
            name += f": items^{fit.exponent:.2f}, last step ^{steps(line)[-1][1]:.2f}"
        if unproved := sum(point.status != "optimal" for point in line):
            name += f", {unproved} not proved"
        lines.append(
            Line(name, [(p.items, p.seconds) for p in line], None if fit is None else fit.at)
        )
    return draw(lines, "items", "seconds of a whole process")


def _measured(given: argparse.Namespace, items: int, seed: int) -> Point:
    size = Size(given.parties, items, given.periods, given.whole, seed)
    planned: Planned = plan_apart(
        size, objectives=given.objectives, method=given.method, time_limit=given.time_limit
    )
    return Point(
        given.parties,
        items,
        given.periods,
        given.whole,
        seed,
        tuple(given.objectives),
        planned.seconds,
        planned.status,
        planned.gap,
        planned.counts.get("entries"),
        planned.methods,
    )


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, keep and draw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--parties", type=int, default=10)
    parser.add_argument("--periods", type=int, default=36)
    parser.add_argument("--items", type=_numbers, default=[5, 10, 20, 40, 80], metavar="a,b")
    parser.add_argument("--whole", type=float, default=0.0, help="share of whole items (0)")
    parser.add_argument("--seeds", type=_numbers, default=[1, 2, 3], metavar="a,b")
    parser.add_argument("--objectives", type=lambda text: text.split(","), default=[])
    parser.add_argument("--method", default="auto")
    parser.add_argument("--time-limit", type=float, metavar="SECONDS")
    parser.add_argument("--points", type=Path, default=POINTS, help="where points are kept")
    parser.add_argument("--picture", type=Path, default=PICTURE, help="where they are drawn")
    given = parser.parse_args(arguments)
    points = []
    for items in given.items:
        for seed in given.seeds:
            point = _measured(given, items, seed)
            points.append(point)
            print(f"{items} items, seed {seed}: {point.seconds:.2f} s, {point.status}", flush=True)
    print("\n" + table(points))
    every = keep(points, given.points, describe_machine())
    given.picture.write_text(picture(every), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
