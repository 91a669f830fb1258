"""Grains: of what every value of a column, or of some costs, is a whole multiple.

In: a model. Out: grains, and limits brought down to the next value that an objective can have. What
is owed of whole items is whole, and so is what is late of it: a limit of 0.02 unit-months late then
means none, and a quantity in whole units is proved once less than one unit is left to be gained.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import Costs

__all__ = ["Grains", "capped_columns", "find_grains", "grain_of", "rounded_caps"]

#: The grain of each column; None where its values may be anything.
Grains = list[Fraction | None]
#: Floats do not tell finer grains, relative to a value, from none.
_FINEST = 1e-4


def find_grains(model: Model) -> Grains:
    """Find the grain of each column, by its being whole or by the rows that it stands in.

    A column has a grain where an equation gives it as a sum of columns with grains. So has a column
    that rows only ever push up, and that no objective wants larger: whatever it is above the largest
    demand can be left out of any plan.
    """
    found: Grains = [Fraction(1) if whole else None for whole in model.whole.tolist()]
    for column in np.flatnonzero(model.lower == model.upper).tolist():
        found[column] = _fraction(model.lower[column])
    by_row = [_entries(model, row) for row in range(len(model.matrix.lower))]
    _by_equations(model, by_row, found)
    _by_demand(model, by_row, found)
    return found


Entries = list[tuple[int, float]]


def _entries(model: Model, row: int) -> Entries:
    first, stop = model.matrix.start[row], model.matrix.start[row + 1]
    columns = model.matrix.column[first:stop].tolist()
    return list(zip(columns, model.matrix.value[first:stop].tolist(), strict=True))


def _by_equations(model: Model, by_row: list[Entries], found: Grains) -> None:
    """Give a grain to what an equation gives as a sum, as long as there is something new."""
    lower, upper = model.matrix.lower, model.matrix.upper
    open_rows = [row for row in range(len(by_row)) if lower[row] == upper[row]]
    while True:
        left = []
        for row in open_rows:
            unknown = [entry for entry in by_row[row] if found[entry[0]] is None]
            if len(unknown) == 1:
                column, value = unknown[0]
                found[column] = _demanded(by_row[row], column, value, float(lower[row]), found)
            elif unknown:
                left.append(row)
        if len(left) == len(open_rows):
            return
        open_rows = left


def _by_demand(model: Model, by_row: list[Entries], found: Grains) -> None:
    """Give a grain to what rows push up and only objectives push down."""
    wanted = np.zeros(model.columns, dtype=np.bool_)
    for costs in model.objectives.values():
        wanted |= costs.cost > 0
    demands: dict[int, list[Fraction] | None] = {
        column: [] for column in np.flatnonzero(wanted).tolist() if found[column] is None
    }
    lower, upper = model.matrix.lower, model.matrix.upper
    for row, entries in enumerate(by_row):
        for column, value in entries:
            asked = demands.get(column)
            if asked is None:
                continue
            pushes_up = math.isinf(upper[row] if value > 0 else lower[row])
            side = float(lower[row] if value > 0 else upper[row])
            grain = _demanded(entries, column, value, side, found) if pushes_up else None
            if grain is None:
                demands[column] = None
            else:
                asked.append(grain)
    for column, asked in demands.items():
        if asked is not None:
            found[column] = _common([*asked, _fraction(model.lower[column])])


def _demanded(
    entries: Entries, column: int, value: float, side: float, found: Grains
) -> Fraction | None:
    """Return the grain of what a row leaves for one of its columns; None where there is none."""
    parts = [_fraction(side)]
    for other, weight in entries:
        if other != column:
            grain = found[other]
            if grain is None:
                return None
            parts.append(grain * _fraction(weight))
    grain = _common(parts) / _fraction(value)
    return grain if not grain or grain >= _FINEST else None


def grain_of(grains: Grains, costs: Costs) -> float:
    """Return the grain of some costs; 0 where they may come to anything."""
    parts = [_fraction(costs.constant)] if costs.constant else []
    for column in np.flatnonzero(costs.cost).tolist():
        grain = grains[column]
        if grain is None:
            return 0.0
        parts.append(grain * _fraction(costs.cost[column]))
    return float(_common(parts)) if parts else 0.0


def rounded_caps(model: Model, grains: Grains, caps: Mapping[str, float]) -> dict[str, float]:
    """Bring each limit down to the next value that its objective can have."""
    found = {}
    for name, cap in caps.items():
        grain = grain_of(grains, model.objectives[name])
        fine = grain <= _FINEST * max(1.0, abs(cap))
        found[name] = cap if fine else min(cap, math.floor(cap / grain + 1e-6) * grain)
    return found


def capped_columns(model: Model, caps: Mapping[str, float]) -> FloatArray:
    """(column,) Return how large each column can be when no objective is above its limit."""
    upper = model.upper.copy()
    for name, cap in caps.items():
        costs = model.objectives[name]
        used = np.flatnonzero(costs.cost > 0)
        spare = cap - costs.constant - float(costs.cost[used] @ model.lower[used])
        slack = 1e-6 * max(1.0, abs(cap))
        reach = model.lower[used] + (max(spare, 0.0) + slack) / costs.cost[used]
        reach = np.where(model.whole[used], np.floor(reach + 1e-6), reach)
        upper[used] = np.minimum(upper[used], reach)
    return upper


def _common(parts: Iterable[Fraction]) -> Fraction:
    """Return the largest number of which all parts are whole multiples; 0 where all are 0."""
    parts = [abs(part) for part in parts]
    below = math.lcm(*(part.denominator for part in parts))
    return Fraction(math.gcd(*(int(part * below) for part in parts)), below)


def _fraction(value: float) -> Fraction:
    return abs(Fraction(repr(float(value))))
