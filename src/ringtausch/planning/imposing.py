"""What it costs to have something otherwise than in the best plan: the first objective that suffers.

In: a scenario's model with the values of its best plan, and bounds that a plan shall keep to. Out:
the first objective, in the order, that is worse in every plan that does, and by how much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.bench import same_value
from ringtausch.planning.model import Model
from ringtausch.planning.search import hold, minimise
from ringtausch.planning.watch import Watch

__all__ = ["Cost", "first_cost"]


@dataclass(frozen=True)
class Cost:
    """What something costs: `worse` by how much in which objective, or nothing, or no plan has it."""

    status: Literal["worse", "free", "impossible", "unknown"]
    objective: str = ""
    amount: float = 0.0


def first_cost(
    model: Model,
    best: Mapping[str, float],
    caps: Mapping[str, float],
    bounds: Mapping[int, tuple[float, float]],
    watch: Watch,
) -> Cost:
    """Find the first objective that is worse where some columns keep to other bounds.

    Parameters
    ----------
    model
        With its objectives in their order.
    best
        What each objective is in the best plan.
    caps
        What each may be at most while the later ones are looked at: more than the best value where
        the scenario has a tolerance or an allowance.
    bounds
        Column -> its lower and upper bound.
    watch
        Ends the search.
    """
    lower, upper = model.lower.copy(), model.upper.copy()
    for column, (low, high) in bounds.items():
        lower[column], upper[column] = max(low, lower[column]), min(high, upper[column])
    if _crossing(lower, upper):
        return Cost("impossible")
    kept: dict[str, float] = {}
    for name, costs in model.objectives.items():
        found = minimise(model, costs, hold(model, kept), lower=lower, upper=upper, watch=watch)
        if found.status == "infeasible":
            return Cost("impossible")
        if found.status != "optimal":
            return Cost("unknown")
        if found.value > caps[name] and not same_value(caps[name], found.value):
            return Cost("worse", name, found.value - best[name])
        kept[name] = max(caps[name], found.value)
    return Cost("free")


def _crossing(lower: FloatArray, upper: FloatArray) -> bool:
    return bool(np.any(lower > upper + 1e-9))
