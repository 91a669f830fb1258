"""Reading an exported model back, by HiGHS itself, and solving it as anyone would.

In: an exported model and a format. Out: what the reader made of the text, by name, and its optimum. Nothing
of planning's own solve is used.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import highspy
import numpy as np

from ringtausch.planning.export import ExportedModel, lp_lines, mps_lines

__all__ = ["ReadBack", "contents", "optimum", "read_back", "text_of_model"]

Bounds = tuple[float, float]


@dataclass(frozen=True)
class ReadBack:
    """A model by name: columns as (cost, lower, upper, whole), rows as bounds, entries."""

    columns: dict[str, tuple[float, float, float, bool]]
    rows: dict[str, Bounds]
    entries: dict[tuple[str, str], float]


def text_of_model(model: ExportedModel, kind: str) -> str:
    """Write a model as the text of a file."""
    return "\n".join({"lp": lp_lines, "mps": mps_lines}[kind](model)) + "\n"


def _loaded(file: Path) -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(file)) == highspy.HighsStatus.kOk
    return highs


def read_back(file: Path) -> ReadBack:
    """Read a file with HiGHS and list what is in it."""
    lp: Any = _loaded(file).getLp()
    assert (lp.sense_, lp.offset_) == (highspy.ObjSense.kMinimize, 0.0)
    whole = [kind == highspy.HighsVarType.kInteger for kind in lp.integrality_] or [
        False
    ] * lp.num_col_
    names = list(lp.col_names_)
    start, rows = list(lp.a_matrix_.start_), list(lp.row_names_)
    by_column = lp.a_matrix_.format_ == highspy.MatrixFormat.kColwise
    entries = {}
    for outer in range(len(start) - 1):
        for at in range(start[outer], start[outer + 1]):
            inner, value = lp.a_matrix_.index_[at], lp.a_matrix_.value_[at]
            row, column = (inner, outer) if by_column else (outer, inner)
            if value:  # an empty row stands there with a coefficient of 0
                entries[rows[row], names[column]] = value
    return ReadBack(
        columns=dict(
            zip(
                names,
                zip(lp.col_cost_, lp.col_lower_, lp.col_upper_, whole, strict=True),
                strict=True,
            )
        ),
        rows=dict(zip(rows, zip(lp.row_lower_, lp.row_upper_, strict=True), strict=True)),
        entries=entries,
    )


def contents(model: ExportedModel) -> ReadBack:
    """List what a model holds, in the same form."""
    matrix = model.matrix
    row = np.repeat(np.arange(len(model.rows)), np.diff(matrix.start))
    return ReadBack(
        columns=dict(
            zip(
                model.columns,
                zip(
                    model.cost.tolist(),
                    model.lower.tolist(),
                    model.upper.tolist(),
                    model.whole.tolist(),
                    strict=True,
                ),
                strict=True,
            )
        ),
        rows=dict(
            zip(
                model.rows,
                zip(matrix.lower.tolist(), matrix.upper.tolist(), strict=True),
                strict=True,
            )
        ),
        entries={
            (model.rows[r], model.columns[c]): value
            for r, c, value in zip(row, matrix.column, matrix.value.tolist(), strict=True)
        },
    )


def optimum(file: Path, *, without: Sequence[str] = ()) -> float:
    """Solve a file with HiGHS, without the rows whose names begin in some way; inf = no solution."""
    highs = _loaded(file)
    names = list(highs.getLp().row_names_)
    left_out = [at for at, name in enumerate(names) if without and name.startswith(tuple(without))]
    if left_out:
        highs.deleteRows(len(left_out), np.array(left_out, dtype=np.int32))
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return math.inf
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)
