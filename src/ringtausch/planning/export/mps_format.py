"""The MPS format, free form: column by column, the oldest format that every solver reads.

In: an exported model. Out: its lines. Every bound is written, and an infinite one of a whole column too, because
readers differ in what they take for granted.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ringtausch.planning.export.exporting import ExportedModel
from ringtausch.planning.export.labels import legal_labels
from ringtausch.planning.export.numbers import number_texts

__all__ = ["mps_lines"]


def mps_lines(model: ExportedModel) -> Iterator[str]:
    """Write a model in the MPS format, line by line."""
    for line in model.head():
        yield f"* {line}"
    yield f"NAME {legal_labels([model.scenario.name])[model.scenario.name]}"
    matrix = model.matrix
    equal, above = matrix.lower == matrix.upper, np.isfinite(matrix.lower)
    assert np.all(equal | (above != np.isfinite(matrix.upper))), "a row with two sides"
    yield "ROWS"
    yield f" N {model.objective}"
    kinds = np.where(equal, "E", np.where(above, "G", "L")).tolist()
    for kind, name in zip(kinds, model.rows, strict=True):
        yield f" {kind} {name}"
    yield "COLUMNS"
    yield from _columns(model)
    yield "RHS"
    sides = np.where(above, matrix.lower, matrix.upper)
    for side, name in zip(number_texts(sides), model.rows, strict=True):
        if side != "0":
            yield f" RHS {name} {side}"
    yield "BOUNDS"
    yield from _bounds(model)
    yield "ENDATA"


def _columns(model: ExportedModel) -> Iterator[str]:
    """Write the entries of each column, between markers where it is whole."""
    matrix = model.matrix
    row = np.repeat(np.arange(len(model.rows)), np.diff(matrix.start))
    order = np.argsort(matrix.column, kind="stable")
    rows, values = row[order].tolist(), number_texts(matrix.value[order])
    start = np.searchsorted(matrix.column[order], np.arange(len(model.columns) + 1)).tolist()
    costs = number_texts(model.cost)
    inside = False
    for column, (name, whole) in enumerate(zip(model.columns, model.whole.tolist(), strict=True)):
        if whole != inside:
            yield f" MARKER 'MARKER' '{'INTORG' if whole else 'INTEND'}'"
            inside = whole
        entries = range(start[column], start[column + 1])
        if costs[column] != "0" or not entries:
            yield f" {name} {model.objective} {costs[column]}"
        for entry in entries:
            yield f" {name} {model.rows[rows[entry]]} {values[entry]}"
    if inside:
        yield " MARKER 'MARKER' 'INTEND'"


def _bounds(model: ExportedModel) -> Iterator[str]:
    lower, upper = model.lower, model.upper
    said = np.flatnonzero((lower != 0) | np.isfinite(upper) | model.whole)
    least, most = number_texts(lower[said]), number_texts(upper[said])
    for column, low, high in zip(said.tolist(), least, most, strict=True):
        name = model.columns[column]
        if low == high:
            yield f" FX BOUND {name} {low}"
            continue
        if (low, high) == ("-inf", "inf"):
            yield f" FR BOUND {name}"
            continue
        if low != "0":
            yield f" MI BOUND {name}" if low == "-inf" else f" LO BOUND {name} {low}"
        yield f" PL BOUND {name}" if high == "inf" else f" UP BOUND {name} {high}"
