"""Rows and columns of the elastic model: an extent for each cell that may give way.

In: the model of the opened scenario and the cells. Out: more columns and rows for it. What each cell
means to the rules is said in `elastic_terms` and `elastic_money`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from ringtausch.insight.diagnose.eases import Ease, money_rate
from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.facts import Facts, gather_facts
from ringtausch.planning.model import Matrix, Model, MoreColumns
from ringtausch.planning.rows import Rows
from ringtausch.planning.rules import all_rules
from ringtausch.records.scenario import Scenario

__all__ = ["ElasticRows", "Extent", "Term"]

#: A column and what it is multiplied by.
Term = tuple[int, float]


@dataclass(frozen=True)
class Extent:
    """How far a cell gives way: Σ factor · column; `chain` are the columns of its periods in turn.

    `raised` is the column that is 1 where a cell with steps is used at all.
    """

    ease: Ease
    terms: tuple[Term, ...]
    chain: tuple[int, ...] = ()
    raised: int = -1

    def times(self, factor: float) -> list[Term]:
        """Return the extent times a factor, as terms of a row."""
        return [(column, factor * weight) for column, weight in self.terms]

    def value(self, columns: FloatArray) -> float:
        """Return the extent in a solution."""
        return float(sum(weight * columns[column] for column, weight in self.terms))


@dataclass
class ElasticRows:
    """More columns and rows for a model, under construction."""

    scenario: Scenario
    model: Model
    eases: Sequence[Ease]
    price: float  # the money that weighs as much as one unit, in the reporting currency
    extents: dict[Ease, Extent] = field(default_factory=dict)
    facts: Facts = field(init=False)  # of the scenario as it is
    _lower: list[float] = field(default_factory=list)
    _upper: list[float] = field(default_factory=list)
    _whole: list[bool] = field(default_factory=list)
    _rows: list[tuple[list[Term], float]] = field(default_factory=list)
    _equal: list[tuple[list[Term], float]] = field(default_factory=list)
    #: Terms that are added to rows of a rule: rule, number of the row there, terms, change of the side.
    _added: list[tuple[str, int, list[Term], float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the columns of every extent."""
        self.facts = gather_facts(self.scenario)
        for ease in self.eases:
            self.extents[ease] = self._extent(ease)

    @property
    def count(self) -> int:
        """How many columns there are, the model's included."""
        return self.model.columns + len(self._upper)

    def get(self, table: str, place: int, column: str) -> Extent | None:
        """Return the extent of a cell, None where it stays as it is."""
        return next(
            (
                extent
                for ease, extent in self.extents.items()
                if (ease.table, ease.place, ease.column) == (table, place, column)
            ),
            None,
        )

    def places(self, table: str) -> list[int]:
        """List the rows of a table of which any cell may give way."""
        return sorted({ease.place for ease in self.eases if ease.table == table})

    def column(self, *, upper: float = np.inf, whole: bool = False) -> int:
        """Make a column of 0 or more."""
        self._lower.append(0.0)
        self._upper.append(upper)
        self._whole.append(whole)
        return self.count - 1

    def at_most(self, terms: list[Term], limit: float) -> None:
        """Add a row with an upper limit."""
        self._rows.append((terms, limit))

    def equal(self, terms: list[Term], to: float) -> None:
        """Add a row that must equal something."""
        self._equal.append((terms, to))

    def add_to(self, rule: str, row: int, terms: list[Term], change: float = 0.0) -> None:
        """Add terms to a row that a rule has written, and change what it must come to."""
        self._added.append((rule, row, terms, change))

    def used_only_with(self, extent: Extent, used: int) -> None:
        """Let a cell give way only where a column is 1."""
        if extent.chain:
            self.at_most([(extent.chain[0], 1.0), (used, -1.0)], 0.0)
        elif extent.raised >= 0:
            self.at_most([(extent.raised, 1.0), (used, -1.0)], 0.0)
        else:
            (column, _weight) = extent.terms[0]
            upper = self._upper[column - self.model.columns]
            self.at_most([(column, 1.0), (used, -upper)], 0.0)

    def costs(self) -> FloatArray:
        """(column,) Return what each column adds to the total amount."""
        costs = np.zeros(self.count)
        for ease, extent in self.extents.items():
            per_one = self._amount_of_one(ease)
            for column, weight in extent.terms:
                costs[column] += weight * per_one
        return costs

    def more(self) -> MoreColumns:
        """Return the columns that were made."""
        return MoreColumns(
            np.array(self._lower), np.array(self._upper), np.array(self._whole, dtype=np.bool_)
        )

    def finished(self) -> tuple[Matrix, list[Rows]]:
        """Return the model's matrix without the rows that were changed, and all rows besides."""
        matrix = self.model.matrix
        blocks = [*_blocks(self._rows, equal=False), *_blocks(self._equal, equal=True)]
        if self._added:
            matrix, changed = self._with_added(matrix)
            blocks += changed
        return matrix, blocks

    def _with_added(self, matrix: Matrix) -> tuple[Matrix, list[Rows]]:
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        changed, offset = [], 0
        for block in all_rules(self.model.layout, self.model.money_unit):
            mine = [entry for entry in self._added if entry[0] == block.rule]
            if mine:
                lower[offset : offset + block.count] = -np.inf
                upper[offset : offset + block.count] = np.inf
                for _rule, row, terms, change in mine:
                    numbers = np.array([column for column, _weight in terms], dtype=np.int64)
                    weights = np.array([weight for _column, weight in terms])
                    block.add(np.full(len(terms), row), numbers, weights)
                    block.lower[row] += change
                    block.upper[row] += change
                changed.append(block)
            offset += block.count
        return replace(matrix, lower=lower, upper=upper), changed

    def _extent(self, ease: Ease) -> Extent:
        if ease.kind == "periods":
            chain = tuple(self.column(upper=1.0, whole=True) for _ in range(int(ease.most)))
            for sooner, later in pairwise(chain):
                self.at_most([(later, 1.0), (sooner, -1.0)], 0.0)
            return Extent(ease, tuple((column, 1.0) for column in chain), chain)
        if ease.step:
            raised = self.column(upper=1.0, whole=True)
            most = int((ease.most - ease.first) / ease.step)
            steps = self.column(upper=float(most), whole=True)
            self.at_most([(steps, 1.0), (raised, -float(most))], 0.0)
            terms = ((raised, float(ease.first)), (steps, float(ease.step)))
            return Extent(ease, terms, raised=raised)
        scale = 1.0 / self._amount_of_one(ease)
        column = self.column(upper=float(ease.most) / scale)
        return Extent(ease, ((column, scale),))

    def _amount_of_one(self, ease: Ease) -> float:
        """Return what one of the extent's own unit adds to the total amount."""
        return float(money_rate(self.scenario, ease)) / self.price if ease.kind == "money" else 1.0


def _blocks(rows: list[tuple[list[Term], float]], *, equal: bool) -> list[Rows]:
    if not rows:
        return []
    sides = np.array([side for _terms, side in rows], dtype=np.float64)
    block = Rows.equal("repair", sides) if equal else Rows.at_most("repair", sides)
    number = [place for place, (terms, _side) in enumerate(rows) for _ in terms]
    entries = [term for terms, _side in rows for term in terms]
    block.add(
        np.array(number, dtype=np.int64),
        np.array([column for column, _weight in entries], dtype=np.int64),
        np.array([weight for _column, weight in entries], dtype=np.float64),
    )
    return [block]
