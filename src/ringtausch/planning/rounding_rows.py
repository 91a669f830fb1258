"""Rounding rows: what a row says beyond itself where some of its columns are whole.

In: a model. Out: the same model with bounds rounded and rows added that every plan obeys. A need of
11.2 that only whole units serve is met by 12 of them or leaves 0.2: the rules' row lets 11.2 of them
do, and the relaxation then spends the rest elsewhere. The row added says what whole units can do.

Source: mixed-integer rounding, Nemhauser and Wolsey, Integer and Combinatorial Optimization (1988),
section II.1.7.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ringtausch.planning.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    expand_windows,
    running_offsets,
)
from ringtausch.planning.model import Matrix, Model, extended
from ringtausch.planning.rows import Rows

__all__ = ["always_whole", "with_rounding_rows"]

#: Nearer to a whole number than this is whole: amounts have few decimals.
_WHOLE = 1e-9
#: A remainder below this is taken for rounding, and gives no row.
_LEAST_REMAINDER = 1e-4


def with_rounding_rows(model: Model) -> Model:
    """Round the bounds of what is always whole, and add a rounding row where that says more.

    Let a row be `Σ a·x + Σ c·y >= b` with x whole, y continuous and at least its lower bound l, and
    every a a multiple of d. Without the terms of negative c, which only help, and with the rest of
    `b' = (b - Σ c·l) / d` called f, whole x obey `Σ f·(a/d)·x + Σ (c/d)·(y - l) >= f·ceil(b')`, the sum
    of the latter over positive c. Columns and rows of the model stay where they are.

    Examples
    --------
    >>> import ringtausch as rt
    >>> from ringtausch.planning.facts import gather_facts
    >>> from ringtausch.planning.model import build_model
    >>> scenario = rt.generate(parties=6, items=4, periods=12, whole=1.0, seed=1)
    >>> model = build_model(gather_facts(scenario), ("unmet_need",))
    >>> len(with_rounding_rows(model).matrix.lower) > len(model.matrix.lower)
    True
    """
    if not model.whole.any():
        return model
    whole = always_whole(model)
    lower = np.where(whole, np.ceil(model.lower - 1e-6), model.lower)
    upper = np.where(whole, np.floor(model.upper + 1e-6), model.upper)
    model = replace(model, lower=lower, upper=upper)
    rows = [_rounded(model, whole, side) for side in (1.0, -1.0)]
    return extended(model, rows=[block for block in rows if block.count])


def always_whole(model: Model) -> BoolArray:
    """(column,) Tell which columns are whole in every plan.

    Those that must be, those that are fixed at a whole number, and one that an equation of whole
    coefficients makes of others that are: stock follows from what is whole and comes and goes.
    """
    matrix, whole = model.matrix, model.whole.copy()
    whole |= (model.lower == model.upper) & _is_whole(model.lower)
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    plain = (matrix.lower == matrix.upper) & _is_whole(matrix.lower)
    plain[row[~_is_whole(matrix.value)]] = False
    by_column = np.argsort(matrix.column, kind="stable")
    lengths = np.bincount(matrix.column, minlength=model.columns)
    starts = running_offsets(lengths)
    left = np.bincount(row, ~whole[matrix.column], minlength=len(matrix.lower)).astype(np.int64)
    open_rows = np.flatnonzero(plain & (left == 1))
    while len(open_rows):
        _, entries = expand_windows(matrix.start[open_rows], matrix.start[open_rows + 1])
        entries = entries[~whole[matrix.column[entries]]]
        entries = entries[np.abs(matrix.value[entries]) == 1]
        found = np.unique(matrix.column[entries])
        whole[found] = True
        _, place = expand_windows(starts[found], starts[found] + lengths[found])
        touched = row[by_column[place]]
        np.subtract.at(left, touched, 1)
        touched = np.unique(touched)
        open_rows = touched[plain[touched] & (left[touched] == 1)]
    return whole


def _is_whole(values: FloatArray) -> BoolArray:
    finite = np.isfinite(values)
    return finite & (np.abs(values - np.round(np.where(finite, values, 0.0))) <= _WHOLE)


@dataclass(frozen=True)
class _Side:
    """One side of the rows, as sums that are to be at least something, entry by entry."""

    row: IntArray  # (entry,)
    column: IntArray
    value: FloatArray
    least: FloatArray  # (row,) infinite where this side has no limit


def _rounded(model: Model, whole: BoolArray, sign: float) -> Rows:
    """Write the rounding rows of one side: 1 of the lower ones, -1 of the upper ones."""
    side = _side_of(model.matrix, sign)
    count = len(side.least)
    is_whole = whole[side.column]
    grain = np.full(count, np.inf)
    np.minimum.at(grain, side.row[is_whole], np.abs(side.value[is_whole]))
    times = side.value[is_whole] / grain[side.row[is_whole]]
    usable = np.isfinite(side.least) & np.isfinite(grain)
    usable[side.row[is_whole][~_is_whole(times)]] = False
    shift = np.where(is_whole, 0.0, side.value * model.lower[side.column])
    least = np.where(usable, side.least, 0.0) - np.bincount(side.row, shift, minlength=count)
    usable &= np.isfinite(least)  # not where what may be ever less counts
    sought = np.where(usable, least, 0.0) / np.where(usable, grain, 1.0)
    remainder = sought - np.floor(sought + _WHOLE)
    usable &= remainder > _LEAST_REMAINDER
    kept = usable[side.row] & (is_whole | (side.value > 0))
    row, column, value = side.row[kept], side.column[kept], side.value[kept]
    value = value / grain[row]
    value = np.where(is_whole[kept], np.round(value) * remainder[row], value)
    moved = np.where(is_whole[kept], 0.0, value * model.lower[column])
    at_least = remainder * np.ceil(sought - _WHOLE)
    at_least += np.bincount(row, moved, minlength=count)
    bound = np.where(value > 0, model.lower[column], model.upper[column])
    usable &= np.bincount(row, value * bound, minlength=count) < at_least - 1e-6  # can bind
    return _as_rows(usable, _Side(row, column, value, at_least))


def _side_of(matrix: Matrix, sign: float) -> _Side:
    """Take the lower (1) or upper (-1) sides of the rows that are no equations, turned to `>=`."""
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    least = matrix.lower if sign > 0 else -matrix.upper
    least = np.where(matrix.lower == matrix.upper, -np.inf, least)
    return _Side(row, matrix.column, sign * matrix.value, least)


def _as_rows(usable: BoolArray, side: _Side) -> Rows:
    """Put the usable ones of some rows into a block."""
    rows = Rows.at_least("rounding", side.least[usable])
    number = np.cumsum(usable) - 1
    kept = usable[side.row]
    rows.add(number[side.row[kept]], side.column[kept], side.value[kept])
    return rows
