"""Small array helpers that several parts of planning share, and the names of array types."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

__all__ = ["BoolArray", "FloatArray", "IntArray", "expand_windows", "grain_of", "running_offsets"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def expand_windows(first: IntArray, stop: IntArray) -> tuple[IntArray, IntArray]:
    """Spell out windows of periods: which window, which period, for each pair of both.

    Examples
    --------
    >>> which, period = expand_windows(np.array([0, 3]), np.array([2, 4]))
    >>> which.tolist(), period.tolist()
    ([0, 0, 1], [0, 1, 3])
    """
    lengths = np.maximum(stop - first, 0)
    which = np.repeat(np.arange(len(first)), lengths)
    period = np.arange(lengths.sum()) - np.repeat(running_offsets(lengths), lengths) + first[which]
    return which, period


def running_offsets(lengths: IntArray) -> IntArray:
    """Return where each of several stretches starts when they stand behind one another."""
    return np.concatenate(([0], np.cumsum(lengths)))[: len(lengths)].astype(np.int64)


def grain_of(lot: object, *, indivisible: bool) -> float:
    """Return the amount of which every quantity is a whole multiple; 0 where any will do.

    A whole item in lots of p/q (in lowest terms) moves in multiples of p.

    Examples
    --------
    >>> grain_of(None, indivisible=True), grain_of("2.5", indivisible=True)
    (1.0, 5.0)
    >>> grain_of("2.5", indivisible=False), grain_of(None, indivisible=False)
    (2.5, 0.0)
    """
    step = Fraction(str(lot)) if lot else Fraction(0)
    if indivisible:
        step = Fraction(step.numerator) if step else Fraction(1)
    return float(step)
