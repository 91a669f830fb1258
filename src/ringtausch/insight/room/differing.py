"""Plans chosen to differ most in who gives what, among the plans that are nearly best.

In: the plans that are nearly best. Out: a few of them, each as far as can be from those before it, and
the best that gives what it gives. The distance of two plans is what the one gives more or less than
the other of each item and party, in the value that moving it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ringtausch.insight.room.asking import Question
from ringtausch.insight.room.near import NearBest
from ringtausch.insight.room.quantities import Given, given_items
from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.model import MoreColumns
from ringtausch.planning.objectives import Costs
from ringtausch.planning.rows import Rows
from ringtausch.records.plan import Plan

__all__ = ["Differing", "find_differing"]

#: Less than this, in units of the most valuable item, is no distance.
_NOTHING = 1e-6
#: The share of the time left that the search for plans may take; the rest is for ranges.
_SHARE = 0.3


@dataclass(frozen=True)
class Differing:
    """A plan that is nearly best, and how far it is from those before it.

    `gives` tells the units of each item that each party hands over, where they are not 0;
    `distance` is the value that is given by others than in the nearest plan before it: what some
    give more and what others give less, both counted. `proved` says that no plan is further away.
    """

    plan: Plan
    gives: dict[tuple[str, str], float]
    distance: float
    proved: bool


def find_differing(near: NearBest, count: int) -> tuple[list[Differing], list[FloatArray]]:
    """Find so many plans beside the best one; fewer where no other plan differs in who gives.

    With them come the columns of each, and first those of the best plan.
    """
    items = given_items(near.model)
    chosen = [near.best]
    found: list[Differing] = []
    while items and len(found) < count and near.watch.left():
        question = _furthest(near, items, chosen)
        near.watch.begin("plans", len(found) + 1, count)
        share = _SHARE * near.watch.left() / (2 * (count - len(found)))
        question.answer(share)
        question.confirm(share)
        if -question.value <= _NOTHING * max(one.value for one in items):
            break
        columns = question.columns[: near.model.columns]
        columns = near.best_with(_giving(items, columns), columns)
        distance = min(_distance(items, columns, other) for other in chosen)
        chosen.append(columns)
        found.append(
            Differing(near.plan(columns), _gives(items, columns), distance, question.proved)
        )
    return found, chosen


def _gives(items: Sequence[Given], columns: FloatArray) -> dict[tuple[str, str], float]:
    amounts = {(one.party, one.item): round(one.costs.value(columns), 6) for one in items}
    return {key: amount for key, amount in amounts.items() if amount > _NOTHING}


def _distance(items: Sequence[Given], columns: FloatArray, other: FloatArray) -> float:
    apart = (abs(one.costs.value(columns) - one.costs.value(other)) * one.value for one in items)
    return round(sum(apart), 6)


def _most(items: Sequence[Given], near: NearBest) -> list[float]:
    """Return what can be given of each at most, by the offers alone."""
    facts = near.model.layout.facts
    names, offers = facts.names, facts.offers
    return [
        float(
            offers.quantity[
                (offers.giver == names.party[one.party]) & (offers.item == names.item[one.item])
            ].sum()
        )
        for one in items
    ]


def _furthest(near: NearBest, items: list[Given], chosen: list[FloatArray]) -> Question:
    """Ask for the plan whose nearest plan among the chosen ones is as far away as can be.

    For each of the chosen plans and each item given, `more` and `less` say how far apart they are,
    and a yes or no lets only one of them be above 0. The distance is at most each of their sums.
    """
    size, plans = len(items), len(chosen)
    first = near.model.columns
    more, less, which = (first + np.arange(size * plans) + n * size * plans for n in range(3))
    distance = first + 3 * size * plans
    there = np.array([[one.costs.value(columns) for one in items] for columns in chosen])
    most = np.array(_most(items, near))[None, :]
    up, down = np.maximum(most - there, 0.0).ravel(), there.ravel()
    value = np.array([one.value for one in items])
    scale = float(value.max())
    weights = np.tile(value / scale, plans)
    extra = MoreColumns(
        lower=np.zeros(3 * size * plans + 1),
        upper=np.concatenate([up, down, np.ones(size * plans), [np.inf]]),
        whole=np.concatenate([np.zeros(2 * size * plans), np.ones(size * plans), [0.0]]).astype(
            np.bool_
        ),
    )
    rows = [
        *_apart(items, plans, there, more, less),
        *_one_side(more, less, which, up, down),
        _nearest(weights.reshape(plans, size), more, less, distance),
    ]
    cost = np.zeros(distance + 1)
    cost[distance] = -scale
    start = np.concatenate([near.best, _no_distance(there, up, down)])
    return Question.ask(near, Costs(cost), start, rows, extra)


def _apart(
    items: Sequence[Given], plans: int, there: FloatArray, more: np.ndarray, less: np.ndarray
) -> list[Rows]:
    """Spell out what is given more and less than in each chosen plan: gives - more + less = there."""
    rows = Rows.equal("room", there.ravel())
    for number in range(plans):
        for at, one in enumerate(items):
            used = np.flatnonzero(one.costs.cost)
            row = np.full(len(used), number * len(items) + at)
            rows.add(row, used, one.costs.cost[used])
    every = np.arange(len(more))
    rows.add(every, more, -1.0)
    rows.add(every, less, 1.0)
    return [rows]


def _one_side(
    more: np.ndarray, less: np.ndarray, which: np.ndarray, up: FloatArray, down: FloatArray
) -> list[Rows]:
    """Let there be more, or less, but not both: more ≤ up·which, less ≤ down·(1 - which)."""
    every = np.arange(len(more))
    above, below = Rows.at_most("room", np.zeros(len(more))), Rows.at_most("room", down)
    above.add(every, more, 1.0)
    above.add(every, which, -up)
    below.add(every, less, 1.0)
    below.add(every, which, down)
    return [above, below]


def _nearest(weights: FloatArray, more: np.ndarray, less: np.ndarray, distance: int) -> Rows:
    """Keep the distance at most that from each chosen plan: distance - Σ weight·(more + less) ≤ 0."""
    plans, size = weights.shape
    rows = Rows.at_most("room", np.zeros(plans))
    row = np.repeat(np.arange(plans), size)
    rows.add(row, more, -weights.ravel())
    rows.add(row, less, -weights.ravel())
    rows.add(np.arange(plans), np.full(plans, distance), 1.0)
    return rows


def _no_distance(there: FloatArray, up: FloatArray, down: FloatArray) -> FloatArray:
    """Fill the question's own columns for the best plan, which is the first of those chosen."""
    change = there[0][None, :] - there
    more, less = np.maximum(change, 0.0).ravel(), np.maximum(-change, 0.0).ravel()
    which = (more > 0).astype(np.float64)
    return np.concatenate([np.minimum(more, up), np.minimum(less, down), which, [0.0]])


def _giving(items: Sequence[Given], columns: FloatArray) -> list[Rows]:
    """Write rows that keep what is given at what a plan gives."""
    gives = np.array([one.costs.value(columns) for one in items])
    rows = Rows.equal("room", np.round(gives, 7))
    for at, one in enumerate(items):
        used = np.flatnonzero(one.costs.cost)
        rows.add(np.full(len(used), at), used, one.costs.cost[used])
    return [rows]
