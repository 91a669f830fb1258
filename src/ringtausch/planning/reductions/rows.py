"""Reductions of rows, whatever rule they are of: what they say of each column, and whether they bind.

In: a draft. Out: tighter bounds in it, and freed rows. Every plan obeys each of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.reductions.draft import DUST, SLIVER, Draft

__all__ = ["free_rows", "implied_rows", "propagate"]

#: How often all rows are looked at: what is to be had comes early, the rest creeps.
_ROUNDS = 3
#: A range must shrink by this share to be worth another bound.
_WORTH = 1e-3


@dataclass(frozen=True)
class _Block:
    """Some rows of a matrix, none of them empty."""

    row: IntArray  # (row of the block,) its number in the matrix
    start: IntArray  # (row of the block,) where its entries begin
    of: IntArray  # (entry,) row of the block
    column: IntArray  # (entry,)
    value: FloatArray  # (entry,)


@dataclass(frozen=True)
class _Activity:
    """What each row can add up to at least and at most, and by how much each entry can vary."""

    span: FloatArray  # (entry,)
    least: FloatArray  # (row of the block,)
    most: FloatArray  # (row of the block,)


def propagate(draft: Draft) -> None:
    """Let each row tighten the bounds of its columns.

    Every plan obeys it: in Σ a·x ≤ b no term can be above its least value by more than b less the
    least values of all, or the row would be broken whatever the others are; and the same for ≥.
    """
    every = block = _all_rows(draft)
    for _ in range(_ROUNDS):
        lower, upper = draft.lower.copy(), draft.upper.copy()
        _tighten(draft, block)
        changed = (lower != draft.lower) | (upper != draft.upper)
        if not changed.any():
            break
        touched = np.logical_or.reduceat(changed[every.column], every.start)
        block = _some_rows(every, touched)


def free_rows(draft: Draft) -> None:
    """Free the rows that the columns' bounds imply.

    Every plan obeys them anyway: the row at its least and at its most is within its bounds. The bounds
    of the columns stay, so that it does not matter which rows they came from.
    """
    draft.free(implied_rows(draft))


def implied_rows(draft: Draft, among: BoolArray | None = None) -> BoolArray:
    """(row,) Tell which rows, or which among some, hold wherever the columns are in their bounds."""
    block = _all_rows(draft)
    if among is not None:
        block = _some_rows(block, among[block.row])
    activity = _activity(draft, block)
    least, most = np.zeros(len(draft.row_lower)), np.zeros(len(draft.row_lower))
    least[block.row], most[block.row] = activity.least, activity.most
    size = np.maximum(np.abs(least), np.abs(most))
    dust = np.where(np.isfinite(size), SLIVER + DUST * size, 0.0)
    return np.asarray((least >= draft.row_lower - dust) & (most <= draft.row_upper + dust))


def _all_rows(draft: Draft) -> _Block:
    """Take all rows that have entries."""
    matrix = draft.model.matrix
    lengths = np.diff(matrix.start)
    filled = np.flatnonzero(lengths)
    of = np.repeat(np.arange(len(filled)), lengths[filled])
    return _Block(filled, matrix.start[filled], of, matrix.column, matrix.value)


def _some_rows(block: _Block, wanted: BoolArray) -> _Block:
    """Take some rows of a block."""
    entry = wanted[block.of]
    number = np.cumsum(wanted) - 1
    of = number[block.of[entry]]
    start = np.flatnonzero(np.diff(of, prepend=-1))
    return _Block(block.row[wanted], start, of, block.column[entry], block.value[entry])


def _activity(draft: Draft, block: _Block) -> _Activity:
    at_lower = block.value * draft.lower[block.column]
    at_upper = block.value * draft.upper[block.column]
    low, high = np.minimum(at_lower, at_upper), np.maximum(at_lower, at_upper)
    if not len(block.row):
        return _Activity(high - low, np.zeros(0), np.zeros(0))
    return _Activity(
        high - low, np.add.reduceat(low, block.start), np.add.reduceat(high, block.start)
    )


def _tighten(draft: Draft, block: _Block) -> None:
    """Bound the columns whose term varies by more than its row leaves."""
    activity = _activity(draft, block)
    dust = DUST * (1.0 + np.maximum(np.abs(activity.least), np.abs(activity.most)))
    worth = activity.span * (1.0 - _WORTH)
    for room, from_below in (
        (draft.row_upper[block.row] - activity.least, True),
        (activity.most - draft.row_lower[block.row], False),
    ):
        usable = np.where(np.isfinite(room), room, np.inf)
        entries = np.flatnonzero(worth > usable[block.of])
        size = np.abs(block.value[entries])
        reach, off = usable[block.of[entries]] / size, dust[block.of[entries]] / size
        _reach(draft, block.column[entries], reach, off, (block.value[entries] > 0) == from_below)


def _reach(
    draft: Draft, column: IntArray, reach: FloatArray, off: FloatArray, upward: BoolArray
) -> None:
    """Let columns be no farther than `reach` from their lower (upward) or upper bounds."""
    lower, upper = draft.lower.copy(), draft.upper.copy()
    draft.at_most(column[upward], lower[column[upward]] + reach[upward], off[upward])
    down = ~upward
    draft.at_least(column[down], upper[column[down]] - reach[down], off[down])
