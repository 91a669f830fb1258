"""Linear expressions with exact coefficients, and a model that hands them to SciPy.

In: variables, rows and one objective at a time. Out: status, value and a value per variable. It uses
the HiGHS that SciPy bundles, so another version of the solver than the package under test.
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import (  # type: ignore[import-untyped]
    Bounds,
    LinearConstraint,
    milp,
)
from scipy.sparse import coo_matrix  # type: ignore[import-untyped]

Number = Fraction | int


@dataclass(frozen=True)
class Linear:
    """A sum of coefficients times variables, and a constant."""

    terms: dict[int, Fraction] = field(default_factory=dict)
    constant: Fraction = Fraction(0)

    def __add__(self, other: "Linear | Number") -> "Linear":
        """Add term by term."""
        return total((self, other))

    def __sub__(self, other: "Linear | Number") -> "Linear":
        """Subtract term by term."""
        return total((self, -1 * other))

    def __rmul__(self, factor: Number) -> "Linear":
        """Multiply by a number."""
        terms = {column: factor * weight for column, weight in self.terms.items()}
        return Linear(terms, factor * self.constant)

    def value(self, solution: Any) -> float:
        """Evaluate for a vector of variable values."""
        parts = [float(weight) * float(solution[column]) for column, weight in self.terms.items()]
        return math.fsum([float(self.constant), *parts])


def total(parts: "Iterable[Linear | Number]") -> Linear:
    """Add up expressions and numbers."""
    terms: dict[int, Fraction] = {}
    constant = Fraction(0)
    for part in parts:
        if isinstance(part, Linear):
            constant += part.constant
            for column, weight in part.terms.items():
                terms[column] = terms.get(column, Fraction(0)) + weight
        else:
            constant += part
    return Linear(terms, constant)


def power_of_ten(numbers: Iterable[Number]) -> Fraction:
    """Give the power of ten nearest the geometric mean of the non-zero numbers; 1 if there are none."""
    logs = [math.log10(abs(float(number))) for number in numbers if number]
    return Fraction(10) ** round(math.fsum(logs) / len(logs)) if logs else Fraction(1)


@dataclass(frozen=True)
class Answer:
    """What SciPy says: "optimal", "infeasible", "limit" or "other: ..."; value in the true unit."""

    status: str
    value: float = math.nan
    note: str = ""


class Model:
    """Variables from 0 up, and rows `left <= right` or `left == right`."""

    def __init__(self) -> None:
        self.whole: list[bool] = []
        self.upper: list[float] = []
        self.rows: list[tuple[Linear, bool]] = []

    def variable(self, *, whole: bool = False, upper: float = math.inf) -> Linear:
        """Make a variable of at least 0."""
        self.whole.append(whole)
        self.upper.append(upper)
        return Linear({len(self.whole) - 1: Fraction(1)})

    def at_most(self, left: Linear | Number, right: Linear | Number) -> None:
        """Require left <= right."""
        self.rows.append((total((left, -1 * right)), False))

    def equal(self, left: Linear | Number, right: Linear | Number) -> None:
        """Require left == right."""
        self.rows.append((total((left, -1 * right)), True))

    def minimise(self, objective: Linear, seconds: float, *, thorough: bool = False) -> Answer:
        """Solve; where it is "infeasible", or if `thorough`, solve once more without presolve.

        The presolve of HiGHS now and then cuts off plans that are there, up to calling a model
        infeasible that has plans: the better of both answers counts, and a note says so.
        """
        first = self._solve(objective, seconds, presolve=True)
        if first.status == "optimal" and not thorough:
            return first
        second = self._solve(objective, seconds, presolve=False)
        if first.status != second.status:
            note = f"with presolve {first.status}, without {second.status}"
            best = first if first.status == "optimal" else second
            return Answer(best.status, best.value, note)
        if first.status != "optimal":
            return first
        best = min(first, second, key=lambda answer: answer.value)
        if abs(first.value - second.value) > 1e-5 * max(1.0, abs(best.value)):
            note = f"with presolve {first.value!r}, without {second.value!r}"
            return Answer("optimal", best.value, note)
        return best

    def _solve(self, objective: Linear, seconds: float, *, presolve: bool) -> Answer:
        """Solve, then settle the whole numbers and solve again, so that no solver dust flatters."""
        ends = time.monotonic() + seconds
        whole = np.array(self.whole, dtype=bool)
        upper = np.array(self.upper)
        lower = np.zeros(len(whole))
        options = {"mip_rel_gap": 0.0, "time_limit": max(seconds, 0.01), "presolve": presolve}
        first = self._milp(objective, (lower, upper), whole, options)
        if first.status != 0 or first.x is None:
            return Answer(_status(first))
        value = objective.value(first.x)
        if not whole.any():
            return Answer("optimal", value)
        lower = np.where(whole, np.round(first.x), 0.0)
        options["time_limit"] = max(ends - time.monotonic(), 5.0)
        settled = (lower, np.where(whole, lower, upper))
        second = self._milp(objective, settled, np.zeros(len(whole)), options)
        if second.status != 0 or second.x is None:
            return Answer("optimal", value, f"rounded whole numbers fail: {second.message}")
        polished = objective.value(second.x)
        apart = abs(polished - value) > 1e-6 * max(1.0, abs(value))
        note = f"rounding changes {value!r} to {polished!r}" if apart else ""
        return Answer("optimal", polished, note)

    def _milp(
        self, objective: Linear, bounds: tuple[Any, Any], whole: Any, options: dict[str, Any]
    ) -> Any:
        scale = power_of_ten(objective.terms.values())
        cost = np.zeros(len(self.whole))
        for column, weight in objective.terms.items():
            cost[column] = float(weight / scale)
        return milp(
            cost,
            integrality=whole.astype(int),
            bounds=Bounds(*bounds),
            constraints=self._matrix(),
            options=options,
        )

    def _matrix(self) -> Any:
        entries = [
            (row, column, float(weight))
            for row, (expression, _) in enumerate(self.rows)
            for column, weight in expression.terms.items()
        ]
        shape = (len(self.rows), len(self.whole))
        rows, columns, weights = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = coo_matrix((weights, (rows, columns)), shape=shape).tocsr()
        high = np.array([-float(expression.constant) for expression, _ in self.rows])
        low = np.where([exact for _, exact in self.rows], high, -np.inf)
        return LinearConstraint(matrix, low, high)


def _status(result: Any) -> str:
    names = {1: "limit", 2: "infeasible"}
    return names.get(int(result.status), f"other: {result.message}")
