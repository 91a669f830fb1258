"""Questions to a model that are not its objectives: the least of something among certain plans.

In: a model, what to minimise, and rows that only some plans obey. Out: the best columns and the bound
proved for them, with whole numbers and without circles. To maximise, minimise the negative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.holding import limit_row, slack_of
from ringtausch.planning.model import Model, MoreColumns, extended
from ringtausch.planning.objectives import Costs
from ringtausch.planning.rows import Rows
from ringtausch.planning.single import solve_without_circles
from ringtausch.planning.solver import SolverOptions, Status
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Near, Outcome, Run, Work

__all__ = ["Found", "MoreColumns", "hold", "minimise"]


@dataclass(frozen=True)
class Found:
    """What a question found: columns (the model's, then those added), their value, its bound."""

    status: Status
    columns: FloatArray | None
    value: float
    bound: float


def minimise(  # noqa: PLR0913 - a question may differ from the model in each of these
    model: Model,
    costs: Costs,
    rows: Sequence[Rows] = (),
    *,
    more: MoreColumns | None = None,
    lower: FloatArray | None = None,
    upper: FloatArray | None = None,
    start: FloatArray | None = None,
    watch: Watch | None = None,
) -> Found:
    """Minimise costs among the plans that obey a model's rules and some rows more.

    Parameters
    ----------
    model
        Rules; its objectives play no part.
    costs
        What to minimise; may be negative, and may name the columns of `more`.
    rows
        What the plans must obey besides, over the model's columns and those of `more`.
    more
        Columns that the question adds, numbered from `model.columns` on.
    lower, upper
        (column,) Other bounds of all columns, those of `more` included.
    start
        (column,) A solution that is known to obey everything.

    Returns
    -------
    Found
        `optimal`, `infeasible`, or `limit` where the watch ended the search: then the columns are
        the best found so far, or None.
    """
    whole = extended(model, more, rows, {"question": costs})
    if lower is not None:
        whole = replace(whole, lower=lower)
    if upper is not None:
        whole = replace(whole, upper=upper)
    costs = whole.objectives["question"]
    run = Run(SolverOptions(), watch or Watch(), Outcome("unknown", start))
    answer, proof = solve_without_circles(Work.begin(whole), costs, run, Near())
    columns = None if answer.columns is None else answer.columns[: whole.columns]
    value = np.inf if columns is None else costs.value(columns)
    return Found(answer.status, columns, value, min(proof.bound, value))


def hold(model: Model, caps: Mapping[str, float]) -> list[Rows]:
    """Write rows that keep objectives of a model at most at caps, within the numerical slack."""
    return [limit_row(model.objectives[name], cap + slack_of(cap)) for name, cap in caps.items()]
