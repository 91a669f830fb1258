"""The draft of a reduced model: bounds that are only ever tightened, rows that are only ever freed.

In: a model. Out: the same model with other bounds; columns and rows keep their numbers. What a bound
is worth is rounded here, so that rounding never cuts a plan off.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.model import Model
from ringtausch.planning.reductions.flows import Flows, find_flows

__all__ = ["Draft", "downward", "upward"]

#: What sums of floats may be off, relative to their size.
DUST = 1e-12
#: Bounds nearer to one another than this fix their column: solvers cannot tell them apart.
SLIVER = 1e-9
#: How far from a whole number a bound of a whole column may be and still mean it.
ROUNDING = 1e-6


def upward(values: FloatArray, dust: FloatArray | float = 0.0) -> FloatArray:
    """Round upper bounds to nine decimals, never down by more than dust.

    A sum of decimals becomes the decimal that it stands for; what has more digits is rounded up.

    Examples
    --------
    >>> upward(np.array([0.1 + 0.2, 1 / 3])).tolist()
    [0.3, 0.333333334]
    """
    rounded = np.round(values, 9)
    least = values - DUST * np.maximum(1.0, np.abs(values)) - dust
    return np.where(rounded >= least, rounded, np.round(rounded + 1e-9, 9))


def downward(values: FloatArray, dust: FloatArray | float = 0.0) -> FloatArray:
    """Round lower bounds to nine decimals, never up by more than dust.

    Examples
    --------
    >>> downward(np.array([0.1 + 0.2, 2 / 3])).tolist()
    [0.3, 0.666666666]
    """
    return -upward(-values, dust)


@dataclass
class Draft:
    """A model with bounds of its own that reductions tighten."""

    model: Model
    lower: FloatArray  # (column,)
    upper: FloatArray  # (column,)
    row_lower: FloatArray  # (row,)
    row_upper: FloatArray  # (row,)
    #: (row,) Freed because other rows imply it, not bounds of columns.
    rest_on_rows: BoolArray = field(init=False)

    def __post_init__(self) -> None:
        self.rest_on_rows = np.zeros(len(self.row_lower), dtype=np.bool_)

    @classmethod
    def begin(cls, model: Model) -> Draft:
        """Start with the model's bounds."""
        matrix = model.matrix
        return cls(
            model,
            model.lower.copy(),
            model.upper.copy(),
            matrix.lower.copy(),
            matrix.upper.copy(),
        )

    @property
    def layout(self) -> Layout:
        """What the columns are."""
        return self.model.layout

    @cached_property
    def flows(self) -> Flows:
        """What can have moved at most by when, as the bounds stood when it was first asked."""
        return find_flows(self.layout, self.upper)

    def at_most(
        self, columns: IntArray, values: FloatArray | float, dust: FloatArray | float = 0.0
    ) -> None:
        """Lower upper bounds; a column may be named more than once, and -1 is none."""
        columns, values = _those_that_exist(columns, values)
        values = upward(values, dust)
        whole = self.model.whole[columns]
        values = np.where(whole, np.floor(values + ROUNDING), values)
        lower = self.lower[columns]
        values = np.where(np.abs(values - lower) <= SLIVER, lower, values)
        np.minimum.at(self.upper, columns, values)

    def at_least(
        self, columns: IntArray, values: FloatArray | float, dust: FloatArray | float = 0.0
    ) -> None:
        """Raise lower bounds; a column may be named more than once, and -1 is none."""
        columns, values = _those_that_exist(columns, values)
        values = downward(values, dust)
        whole = self.model.whole[columns]
        values = np.where(whole, np.ceil(values - ROUNDING), values)
        upper = self.upper[columns]
        values = np.where(np.abs(values - upper) <= SLIVER, upper, values)
        np.maximum.at(self.lower, columns, values)

    def free(self, rows: IntArray | BoolArray) -> None:
        """Let rows bind no more."""
        self.row_lower[rows] = -np.inf
        self.row_upper[rows] = np.inf

    def finished(self) -> Model:
        """Return the model with these bounds; as it was, where they show that it has no plan.

        That a scenario has no plan is for the solver to prove, and in words that a user is given.
        """
        if np.any(self.lower > self.upper):
            return self.model
        matrix = replace(self.model.matrix, lower=self.row_lower, upper=self.row_upper)
        return replace(self.model, matrix=matrix, lower=self.lower, upper=self.upper)


def _those_that_exist(columns: IntArray, values: FloatArray | float) -> tuple[IntArray, FloatArray]:
    columns, values = np.broadcast_arrays(columns, np.asarray(values, dtype=np.float64))
    exists = columns >= 0
    return columns[exists], values[exists]
