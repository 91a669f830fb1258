"""The LP format: one term after the other, as a person would write the model down.

In: an exported model. Out: its lines. Numbers are the shortest that read back as the same double; HiGHS's own
writer rounds to 15 digits. A column that only its bounds know stands in the objective with cost 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray
from ringtausch.planning.export.exporting import ExportedModel
from ringtausch.planning.export.numbers import number_texts

__all__ = ["lp_lines"]

#: Readers take lines of at least 255 characters.
_WIDTH = 250


def lp_lines(model: ExportedModel) -> Iterator[str]:
    """Write a model in the LP format, line by line."""
    for line in model.head():
        yield f"\\ {line}"
    yield "Minimize"
    seen = np.zeros(len(model.columns), dtype=np.bool_)
    seen[model.matrix.column] = True
    used = np.flatnonzero((model.cost != 0) | ~seen)
    yield from _wrapped(f" {model.objective}:", _terms(model, used, model.cost[used]), "")
    yield "Subject To"
    yield from _rows(model)
    yield "Bounds"
    yield from _bounds(model)
    if model.whole.any():
        yield "General"
        for column in np.flatnonzero(model.whole).tolist():
            yield f" {model.columns[column]}"
    yield "End"


def _terms(model: ExportedModel, columns: IntArray, values: FloatArray) -> list[str]:
    """Write coefficients and names, with their signs; 1 is not written."""
    names, sizes = model.columns, number_texts(np.abs(values))
    signs = np.where(values < 0, "-", "+").tolist()
    return [
        f"{sign} {names[column]}" if size == "1" else f"{sign} {size} {names[column]}"
        for sign, size, column in zip(signs, sizes, columns.tolist(), strict=True)
    ]


def _wrapped(head: str, terms: Iterable[str], tail: str) -> Iterator[str]:
    """Break a long line between terms."""
    line = head
    for term in [*terms, *([tail] if tail else [])]:
        if len(line) + len(term) >= _WIDTH:
            yield line
            line = "  "
        line = f"{line} {term}"
    yield line


def _rows(model: ExportedModel) -> Iterator[str]:
    matrix = model.matrix
    terms = _terms(model, matrix.column, matrix.value)
    start = matrix.start.tolist()
    equal, above = matrix.lower == matrix.upper, np.isfinite(matrix.lower)
    assert np.all(equal | (above != np.isfinite(matrix.upper))), "a row with two sides"
    signs = np.where(equal, "=", np.where(above, ">=", "<=")).tolist()
    sides = number_texts(np.where(above, matrix.lower, matrix.upper))
    nothing = [f"+ 0 {model.columns[0]}"]
    for at, (name, sign, side) in enumerate(zip(model.rows, signs, sides, strict=True)):
        yield from _wrapped(
            f" {name}:", terms[start[at] : start[at + 1]] or nothing, f"{sign} {side}"
        )


def _bounds(model: ExportedModel) -> Iterator[str]:
    """Write every bound but 0 below and none above, which go without saying."""
    lower, upper = model.lower, model.upper
    said = np.flatnonzero((lower != 0) | np.isfinite(upper))
    least, most = number_texts(lower[said]), number_texts(upper[said])
    for column, low, high in zip(said.tolist(), least, most, strict=True):
        name = model.columns[column]
        if low == high:
            yield f" {name} = {low}"
        elif (low, high) == ("-inf", "inf"):
            yield f" {name} free"
        elif high == "inf":
            yield f" {name} >= {low}"
        else:
            yield f" {low} <= {name} <= {high}"
