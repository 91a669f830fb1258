"""Burden set aside: while no objective asks for it, its rows need not link the families.

In: a problem. Out: the same without the rows of the burden, and a solution with the burden computed
from what families and funds do. Its columns are free, so that its rows can always be filled.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import burden_constants
from ringtausch.planning.solver import LinearProblem

__all__ = ["burden_columns", "set_aside", "with_burden"]


def burden_columns(layout: Layout, count: int) -> BoolArray:
    """(column,) Tell which columns are burden, or how far it lies above or below its share."""
    mine = np.zeros(count, dtype=np.bool_)
    for group in (layout.burden, layout.above, layout.below):
        mine[group[group >= 0]] = True
    return mine


def set_aside(problem: LinearProblem, mine: BoolArray) -> tuple[LinearProblem, BoolArray]:
    """Free the rows that have burden columns; return also which rows these are."""
    matrix = problem.matrix
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    rows = np.zeros(len(matrix.lower), dtype=np.bool_)
    rows[row[mine[matrix.column]]] = True
    free = replace(
        matrix,
        lower=np.where(rows, -np.inf, matrix.lower),
        upper=np.where(rows, np.inf, matrix.upper),
    )
    return replace(problem, matrix=free), rows


def with_burden(model: Model, columns: FloatArray) -> FloatArray:
    """Compute the burden's columns from the others, as their rows say.

    The row of a party's burden has the burden with 1 and what it is made of with the opposite sign;
    what lies above or below is the burden's distance from its share of the sum. The row itself may
    have been freed, where nothing in it can move: what it comes to is asked of the facts.
    """
    matrix, layout = model.matrix, model.layout
    counted = np.flatnonzero(layout.burden >= 0)
    if not len(counted):
        return columns
    burden, above, below = (group[counted] for group in (layout.burden, layout.above, layout.below))
    result = columns.copy()
    result[np.concatenate([burden, above, below])] = 0.0
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    shares = np.zeros(len(matrix.lower), dtype=np.bool_)
    shares[row[np.isin(matrix.column, above)]] = True
    place = np.full(len(columns), -1, dtype=np.int64)
    place[burden] = np.arange(len(counted))
    spelled = (place[matrix.column] >= 0) & ~shares[row]
    row_of = np.empty(len(counted), dtype=np.int64)
    row_of[place[matrix.column[spelled]]] = row[spelled]
    constant = burden_constants(layout)[counted] / model.money_unit
    result[burden] = constant - matrix.times(result)[row_of]
    away = result[burden] - layout.facts.burden_share[counted] * result[burden].sum()
    result[above], result[below] = np.maximum(away, 0.0), np.maximum(-away, 0.0)
    return result
