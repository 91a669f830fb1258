"""Rows: what a rule adds to a model: entries of a sparse matrix with bounds on each row.

One rule makes one block; blocks are numbered from 0 and stacked by `model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray

__all__ = ["Rows"]


@dataclass
class Rows:
    """A block of rows under construction.

    `lower` and `upper` bound each row; entries are added in groups of equal length. A column number
    of -1 stands for a column that was not made because it can only be 0: its entries vanish.
    """

    rule: str
    lower: FloatArray
    upper: FloatArray
    #: What of the upper sides is there for rounding alone.
    slack: float = 0.0
    _row: list[IntArray] = field(default_factory=list)
    _column: list[IntArray] = field(default_factory=list)
    _value: list[FloatArray] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.lower)

    def add(self, row: IntArray, column: IntArray, value: FloatArray | float) -> None:
        """Add entries; all three are brought to one shape."""
        row, column, value = np.broadcast_arrays(row, column, np.asarray(value, dtype=np.float64))
        kept = column >= 0
        self._row.append(row[kept])
        self._column.append(column[kept])
        self._value.append(value[kept])

    def entries(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Return all entries as rows, columns and values."""
        if not self._row:
            none = np.zeros(0, dtype=np.int64)
            return none, none, np.zeros(0)
        return (
            np.concatenate(self._row).astype(np.int64),
            np.concatenate(self._column).astype(np.int64),
            np.concatenate(self._value),
        )

    @classmethod
    def equal(cls, rule: str, to: FloatArray) -> Rows:
        """Start rows that must equal something."""
        values = np.ascontiguousarray(to, dtype=np.float64).ravel()
        return cls(rule, values, values.copy())

    @classmethod
    def at_most(cls, rule: str, limit: FloatArray) -> Rows:
        """Start rows that have an upper limit."""
        values = np.ascontiguousarray(limit, dtype=np.float64).ravel()
        return cls(rule, np.full(len(values), -np.inf), values)

    @classmethod
    def at_least(cls, rule: str, limit: FloatArray) -> Rows:
        """Start rows that have a lower limit."""
        values = np.ascontiguousarray(limit, dtype=np.float64).ravel()
        return cls(rule, values, np.full(len(values), np.inf))
