"""The model: columns with bounds, rows of a sparse matrix, and the objectives' costs.

In: facts and the objectives wanted. Out: arrays that a solver takes as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.facts import Facts
from ringtausch.planning.layout import Layout, lay_out
from ringtausch.planning.objectives import Costs, burden_rows, objective_costs
from ringtausch.planning.rows import Rows
from ringtausch.planning.rules import all_rules

__all__ = [
    "Matrix",
    "Model",
    "MoreColumns",
    "build_model",
    "extended",
    "stack",
    "stacked",
    "with_entries",
]


@dataclass(frozen=True)
class Matrix:
    """Sparse rows, one after the other, with the bounds of each."""

    start: IntArray  # (row + 1,) where each row's entries begin
    column: IntArray  # (entry,)
    value: FloatArray  # (entry,)
    lower: FloatArray  # (row,)
    upper: FloatArray  # (row,)

    def times(self, columns: FloatArray) -> FloatArray:
        """(row,) Return what each row adds up to."""
        row = np.repeat(np.arange(len(self.lower)), np.diff(self.start))
        totals = np.bincount(row, self.value * columns[self.column], minlength=len(self.lower))
        return totals.astype(np.float64)

    def transposed_times(self, rows: FloatArray, count: int) -> FloatArray:
        """(column,) Return what each column adds up to with a weight for each row."""
        weights = np.repeat(rows, np.diff(self.start))
        totals = np.bincount(self.column, weights=weights * self.value, minlength=count)
        return totals.astype(np.float64)


@dataclass(frozen=True)
class MoreColumns:
    """Columns that a question adds to a model; they are numbered from the model's own on."""

    lower: FloatArray  # (column,)
    upper: FloatArray  # (column,)
    whole: BoolArray  # (column,)


@dataclass(frozen=True)
class Model:
    """A mixed-integer model with several objectives.

    Its first columns are those of the layout; a question that was put to it may have added more.
    """

    layout: Layout
    matrix: Matrix
    money_unit: float
    objectives: dict[str, Costs]
    lower: FloatArray  # (column,)
    upper: FloatArray  # (column,)
    whole: BoolArray  # (column,) must be a whole number

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.lower)


def build_model(facts: Facts, objectives: tuple[str, ...]) -> Model:
    """Write down all rules and the objectives of a scenario."""
    unit = _money_unit(facts)
    layout = lay_out(facts, burden="unfairness" in objectives)
    blocks = all_rules(layout, unit)
    if "unfairness" in objectives:
        blocks += burden_rows(layout, unit)
    return Model(
        layout=layout,
        matrix=stack(blocks, layout.count),
        money_unit=unit,
        objectives={name: objective_costs(layout, name, unit) for name in objectives},
        lower=layout.lower,
        upper=layout.upper,
        whole=layout.whole,
    )


def extended(
    model: Model,
    more: MoreColumns | None = None,
    rows: Sequence[Rows] = (),
    objectives: Mapping[str, Costs] | None = None,
) -> Model:
    """Add columns, rows over old and new columns, and objectives that come last, to a model."""
    lower, upper, whole = model.lower, model.upper, model.whole
    if more is not None:
        lower = np.concatenate([lower, more.lower])
        upper = np.concatenate([upper, more.upper])
        whole = np.concatenate([whole, more.whole])
    return replace(
        model,
        matrix=stacked(model.matrix, stack(list(rows), len(lower))) if rows else model.matrix,
        objectives={
            name: Costs(np.pad(costs.cost, (0, len(lower) - len(costs.cost))), costs.constant)
            for name, costs in [*model.objectives.items(), *(objectives or {}).items()]
        },
        lower=lower,
        upper=upper,
        whole=whole,
    )


def stacked(above: Matrix, below: Matrix) -> Matrix:
    """Put the rows of one matrix under those of another."""
    return Matrix(
        start=np.concatenate([above.start, above.start[-1] + below.start[1:]]),
        column=np.concatenate([above.column, below.column]),
        value=np.concatenate([above.value, below.value]),
        lower=np.concatenate([above.lower, below.lower]),
        upper=np.concatenate([above.upper, below.upper]),
    )


def with_entries(matrix: Matrix, row: IntArray, column: IntArray, value: FloatArray) -> Matrix:
    """Add entries to rows of a matrix, in columns where these have none yet."""
    rows = np.concatenate([np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start)), row])
    order = np.argsort(rows, kind="stable")
    return replace(
        matrix,
        start=np.searchsorted(rows[order], np.arange(len(matrix.lower) + 1)).astype(np.int64),
        column=np.concatenate([matrix.column, column])[order],
        value=np.concatenate([matrix.value, value])[order],
    )


def stack(blocks: list[Rows], columns: int) -> Matrix:
    """Put blocks of rows under one another; entries of one row and column are added up."""
    offset = 0
    places, values = [], []
    for block in blocks:
        row, column, value = block.entries()
        places.append((row + offset) * columns + column)
        values.append(value)
        offset += block.count
    place = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    value = np.concatenate(values) if values else np.zeros(0)
    order = np.argsort(place, kind="stable")
    place, value = place[order], value[order]
    first = np.flatnonzero(np.diff(place, prepend=-1))
    value = np.add.reduceat(value, first) if len(first) else value
    place = place[first]
    kept = value != 0
    place, value = place[kept], value[kept]
    row, column = np.divmod(place, max(columns, 1))
    return Matrix(
        start=np.searchsorted(row, np.arange(offset + 1)).astype(np.int64),
        column=column,
        value=value,
        lower=np.concatenate([block.lower for block in blocks] or [np.zeros(0)]),
        upper=np.concatenate([block.upper for block in blocks] or [np.zeros(0)]),
    )


def _money_unit(facts: Facts) -> float:
    """Choose a power of ten so that typical prices are near one."""
    amounts = np.concatenate(
        [
            facts.purchases.price,
            facts.transfers.unit_cost,
            facts.offers.compensation,
            facts.dues.amount,
        ]
    )
    amounts = amounts[amounts > 0]
    return 10.0 ** round(float(np.mean(np.log10(amounts)))) if len(amounts) else 1.0
