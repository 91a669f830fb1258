"""The master: mixes the families' plans so that the linking rows hold, and prices these rows.

In: plans of families, as they come. Out: the best mix of them, the price of each linking row, and
what each family's plans are worth. Prices are kept between limits: what no mix can fill is filled from
outside, at those limits.
Source: Dantzig and Wolfe, Decomposition principle for linear programs, Operations Research 8 (1960);
Marsten, Hogan and Blankenship, The boxstep method for large-scale optimization, ibid. 23 (1975).
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.splitting import Parts
from ringtausch.planning.loading import pass_model
from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem

__all__ = ["Master", "Mix"]

#: A plan that was in no mix for so many rounds is given up.
_IDLE = 12


@dataclass(frozen=True)
class Mix:
    """The best mix so far: its value, the prices, and how much of the rows is filled from outside."""

    value: float
    prices: FloatArray  # (link,)
    worth: FloatArray  # (family,) what one more plan of the family must be below
    unfilled: float


@dataclass
class _Plan:
    family: int
    columns: FloatArray
    idle: int = 0
    is_known: bool = False  # from the start, and never given up


class Master:
    """A linear problem over shared columns and shares of plans, solved anew as plans come in."""

    def __init__(self, problem: LinearProblem, parts: Parts) -> None:
        self.problem, self.parts = problem, parts
        self.plans: list[_Plan] = []
        self.shares = np.zeros(0)
        self.shared_values = np.zeros(len(parts.shared.columns))
        self._first = len(parts.shared.columns) + 2 * len(parts.links)
        self._highs = highspy.Highs()
        for name, option in (
            ("output_flag", False),
            ("threads", 1),
            ("solver", "simplex"),
            ("simplex_strategy", 4),  # primal: with more plans the last mix is feasible still
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
        ):
            self._highs.setOptionValue(name, option)
        self._load()

    def _load(self) -> None:
        """Begin with the shared columns and what fills rows from outside: no plan is there yet."""
        parts, shared = self.parts, self.parts.shared
        bounds, own = self.problem.matrix, shared.problem
        links, families, first = len(parts.links), len(parts.families), len(own.cost)
        rows = np.repeat(np.arange(len(shared.rows)), np.diff(own.matrix.start))
        row = np.concatenate(
            [shared.link, np.arange(links), np.arange(links), links + families + rows]
        )
        column = np.concatenate(
            [shared.link_column, first + np.arange(2 * links), own.matrix.column]
        )
        value = np.concatenate(
            [shared.link_value, np.ones(links), -np.ones(links), own.matrix.value]
        )
        order = np.argsort(row, kind="stable")
        count = links + families + len(shared.rows)
        ones = np.ones(families)
        problem = LinearProblem(
            np.concatenate([own.cost, np.zeros(2 * links)]),
            np.concatenate([own.lower, np.zeros(2 * links)]),
            np.concatenate([own.upper, np.full(2 * links, np.inf)]),
            np.zeros(self._first, dtype=np.bool_),
            Matrix(
                np.searchsorted(row[order], np.arange(count + 1)),
                column[order],
                value[order],
                np.concatenate([bounds.lower[parts.links], ones, own.matrix.lower]),
                np.concatenate([bounds.upper[parts.links], ones, own.matrix.upper]),
            ),
        )
        pass_model(self._highs, problem)

    def add(self, family: int, columns: FloatArray) -> None:
        """Take in a plan of a family: its columns."""
        part, links = self.parts.families[family], len(self.parts.links)
        used = part.used(columns, links)
        rows = np.flatnonzero(np.abs(used) > 1e-11)
        index = np.append(rows, links + family).astype(np.int32)
        value = np.append(used[rows], 1.0)
        cost = float(part.problem.cost @ columns)
        self._highs.addCol(cost, 0.0, np.inf, len(index), index, value)
        self.plans.append(_Plan(family, columns))

    def begin_with(self, columns: FloatArray) -> None:
        """(column,) Take in a plan of each family, never to be given up."""
        for number, family in enumerate(self.parts.families):
            self.add(number, columns[family.columns])
            self.plans[-1].is_known = True

    def keep_prices(self, least: FloatArray, most: FloatArray) -> None:
        """(link,) Keep each row's price between two limits: at these it is filled, or relieved."""
        first = len(self.parts.shared.columns)
        fills = np.arange(first, self._first, dtype=np.int32)
        self._highs.changeColsCost(len(fills), fills, np.concatenate([most, -least]))

    def solve(self) -> Mix | None:
        """Mix the plans as well as possible; None where the solver gives no optimum."""
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        columns, duals = np.array(solution.col_value), np.array(solution.row_dual)
        links, families = len(self.parts.links), len(self.parts.families)
        shared = len(self.parts.shared.columns)
        self.shared_values, self.shares = columns[:shared], columns[self._first :]
        for plan, share in zip(self.plans, self.shares, strict=True):
            plan.idle = 0 if share > 0 or plan.is_known else plan.idle + 1
        value = self._highs.getInfo().objective_function_value
        unfilled = float(columns[shared : self._first].sum())
        return Mix(value, duals[:links], duals[links : links + families], unfilled)

    def give_up_idle(self) -> None:
        """Drop plans that have not been used for long, so that memory and time stay small."""
        idle = [number for number, plan in enumerate(self.plans) if plan.idle > _IDLE]
        if len(idle) < len(self.plans) // 4:
            return
        gone = np.array(idle, dtype=np.int32)
        self._highs.deleteCols(len(gone), gone + np.int32(self._first))
        used = len(self.shares)  # plans that came in since have none yet, and are not idle
        self.shares = np.delete(self.shares, [number for number in idle if number < used])
        self.plans = [plan for plan in self.plans if plan.idle <= _IDLE]
        self.shares = np.zeros(0)

    def mixed(self) -> FloatArray:
        """(column,) Return the whole problem's columns that the last mix stands for."""
        whole = np.zeros(len(self.problem.cost))
        whole[self.parts.shared.columns] = self.shared_values
        for plan, share in zip(self.plans[: len(self.shares)], self.shares, strict=True):
            if share > 0:
                whole[self.parts.families[plan.family].columns] += share * plan.columns
        return whole
