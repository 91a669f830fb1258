"""A linopy model over records: variables by table, sums by `groupby`, all rows of a rule at once.

In: `Data`. Out: the model that `in_linopy` writes the rules into, and how it is solved. Whatever is sparse
(a dispatch, an order, a payment) is one dimension of records; whatever every row speaks of (a party and
item in a period) is one dimension of keys.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks.peers.data import Data
from benchmarks.peers.peer import DUST, Answer, Arrow, highs_options

__all__ = ["Key", "LinopyModel", "before", "delivered", "landing", "leaving", "same", "times"]

Key = tuple[Any, ...]


class LinopyModel:
    """A linopy model, its records, and its objectives."""

    def __init__(self, data: Data, way: str) -> None:
        linopy.options["semantics"] = "v1"  # what linopy's own warnings ask for
        self.data, self.way = data, way
        self.times = range(data.periods)
        self.model: Any = linopy.Model()
        self.keys: dict[str, list[Key]] = {}  # variable -> its records
        self.objective: dict[str, Any] = {}
        self.binary: dict[Arrow, Any] = {}
        self.circles = 0

    def variables(
        self,
        name: str,
        keys: Iterable[Key],
        high: Any = math.inf,
        low: float = 0.0,
        whole: Sequence[bool] | None = None,
    ) -> None:
        """Add a variable for each record; where some are whole, these are an array of their own."""
        records = list(keys)
        integral = np.zeros(len(records), bool) if whole is None else np.array(whole, bool)
        high = np.broadcast_to(np.asarray(high, float), len(records))
        for kind, chosen in (("", ~integral), (" whole", integral)):
            self.keys[name + kind] = [r for r, there in zip(records, chosen, strict=True) if there]
            if chosen.any():
                index = pd.RangeIndex(int(chosen.sum()), name=name + kind)
                lower = xr.DataArray(np.full(len(index), low), coords=[index])
                upper = xr.DataArray(high[chosen], coords=[index])
                self.model.add_variables(lower, upper, name=name + kind, integer=bool(kind))

    # What the decisions range over.
    ways: list[Key]  # offer, receiver, period
    buys: list[Key]  # supplier, item, customer, period
    back: list[Key]  # party, owed item, accepted item, period
    serves: list[Key]  # need, item, period
    cells: list[Key]  # party, item, period
    owed: list[Key]  # party, item, period
    payments: list[Key]  # fund, charge, period
    charges: list[tuple[Key, Key, float]]  # (charge, period), order or dispatch, money

    def total(self, name: str, rows: list[Key], terms: Iterable[tuple[Key, Key, float]]) -> Any:
        """Add up, for each row, the terms (row, record of the variable, weight) that belong to it."""
        place = {row: number for number, row in enumerate(rows)}
        listed = [term for term in terms if term[0] in place]
        found: Any = 0.0
        for kind in ("", " whole"):
            number = {record: at for at, record in enumerate(self.keys.get(name + kind, ()))}
            mine = [(place[r], number[k], w) for r, k, w in listed if k in number]
            if mine:
                row, at, weight = zip(*mine, strict=True)
                found = found + self._grouped(name + kind, len(rows), row, at, weight)
        return found

    def _grouped(self, name: str, size: int, row: Any, at: Any, weight: Any) -> Any:
        """Pick records, weigh them, and sum them by row."""
        picks = pd.RangeIndex(len(at), name="pick")
        picked = self.model.variables[name].isel({name: np.array(at)})
        picked = picked.rename({name: "pick"}).assign_coords(pick=picks)
        weighed = picked * xr.DataArray(np.array(weight, float), coords=[picks])
        summed = weighed.groupby(pd.Series(np.array(row), index=picks, name="row")).sum()
        if len(set(row)) < size:
            summed = summed.reindex(row=pd.RangeIndex(size, name="row")).fillna(0)
        return summed

    def require(self, name: str, left: Any, sign: str, right: Any) -> None:
        """Add the rows of a rule: left <= right, left >= right or left == right."""
        if isinstance(left, float):  # no variable at all
            right, sign = np.asarray(right, float), {"<=": ">=", ">=": "<=", "==": "=="}[sign]
            holds = {">=": right >= 0, "<=": right <= 0, "==": right == 0}[sign]
            if not holds.all():
                zero = self.model.add_variables(0, 0, name=f"nothing for {name}")
                self.model.add_constraints(1 * zero == 1, name=name)
            return
        size = left.sizes.get("row")
        if size is not None:
            values = np.broadcast_to(np.asarray(right, float), size)
            right = xr.DataArray(values, coords=[pd.RangeIndex(size, name="row")])
        self.model.add_constraints(left, sign, right, name=name)

    def minimise(self, objective: str, seconds: float, attempt: int = 0) -> Answer:
        """Solve by `model.solve("highs")`; the best way hands the matrix over without a file."""
        expression = self.objective[objective]
        if isinstance(expression, float):
            expression = 0 * next(iter(self.model.variables.data.values())).sum()
        constant = float(expression.const.sum())
        self.model.add_objective(expression - constant, overwrite=True)
        whole = bool(self.model.variables.integers) or bool(self.model.variables.binaries)
        options = highs_options(self.way, whole=whole, attempt=attempt)
        how = {"io_api": "direct"} if self.way == "best" else {}
        _, condition = self.model.solve(
            "highs", **how, progress=False, output_flag=False, time_limit=seconds, **options
        )
        if condition != "optimal":
            return Answer(condition)
        return Answer("optimal", float(self.model.objective.value or 0.0) + constant)

    def keep(self, objective: str, limit: float) -> None:
        """Add a bound row."""
        expression = self.objective[objective]
        if not isinstance(expression, float):
            self.model.add_constraints(expression <= limit, name=f"keep {objective}")

    def arrows(self) -> set[Arrow]:
        """List what moves."""
        moving = set()
        for name in ("x", "x whole"):
            if self.keys[name]:
                for key, units in zip(
                    self.keys[name], self.model.solution[name].values, strict=True
                ):
                    if units > DUST:
                        moving.add(self.arrow(key))
        return moving

    def arrow(self, key: Key) -> Arrow:
        """Say along which arrow a dispatch goes."""
        offer = self.data.offers[key[0]]
        return offer.item, offer.party, key[1]

    def forbid(self, circle: list[Arrow]) -> None:
        """Rule 13: an arrow moves something only if its binary is 1; not all of a circle are."""
        ways = [*self.keys["x"], *self.keys["x whole"]]
        for arrow in circle:
            if arrow in self.binary:
                continue
            name = f"arrow {len(self.binary)}"
            used = self.binary[arrow] = self.model.add_variables(binary=True, name=name)
            moved = self.total(
                "x", [()], [((), key, 1.0) for key in ways if self.arrow(key) == arrow]
            )
            most = self.data.most(arrow[1], arrow[0])
            self.model.add_constraints(moved.sum() - most * used <= 0, name=f"{name} is used")
        self.circles += 1
        taken = sum(1 * self.binary[arrow] for arrow in circle)
        self.model.add_constraints(taken <= len(circle) - 1, name=f"circle {self.circles}")


def leaving(m: LinopyModel) -> list[tuple[Key, Key, float]]:
    """List out[p,i,t]."""
    offers = m.data.offers
    return [((offers[w[0]].party, offers[w[0]].item, w[2]), w, 1.0) for w in m.ways]


def landing(m: LinopyModel) -> list[tuple[Key, Key, float]]:
    """List lanes[p,i,t]."""
    leads = {key: route.lead for key, route in m.data.routes.items()}
    offers = m.data.offers
    return [((w[1], offers[w[0]].item, w[2] + leads[w[:2]]), w, 1.0) for w in m.ways]


def delivered(m: LinopyModel) -> list[tuple[Key, Key, float]]:
    """List orders[p,i,t]."""
    leads = {key: purchase.lead for key, purchase in m.data.purchases.items()}
    return [((b[2], b[1], b[3] + leads[b[:3]]), b, 1.0) for b in m.buys]


def same(keys: Iterable[Key]) -> list[tuple[Key, Key, float]]:
    """List every record for the row of its own key."""
    return [(key, key, 1.0) for key in keys]


def before(keys: Iterable[Key]) -> list[tuple[Key, Key, float]]:
    """List every record for the row of the next period."""
    return [((*key[:-1], key[-1] + 1), key, 1.0) for key in keys]


def times(factor: float, terms: Iterable[tuple[Key, Key, float]]) -> list[tuple[Key, Key, float]]:
    """Weigh all terms by a factor."""
    return [(row, key, factor * weight) for row, key, weight in terms]
