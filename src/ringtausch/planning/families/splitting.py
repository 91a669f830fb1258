"""Splitting: a problem falls into families of columns that share only a few linking rows.

In: a problem, its shared columns (money, burden) and its linking rows. Out: the families, each a small
problem of its own with its part in the linking rows. Items that stand in for one another, or that
make one capability together, are one family; money and burden are what families share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray, running_offsets
from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem

__all__ = ["Family", "Parts", "label_columns", "split"]

#: Families with fewer rows are put together: asking costs more than answering.
_SMALL = 200


@dataclass(frozen=True)
class Family:
    """Columns that share rows with one another only, but for the linking rows."""

    columns: IntArray  # (own column,) its number in the whole problem
    rows: IntArray  # (own row,) its number in the whole problem
    problem: LinearProblem  # own columns and rows
    link: IntArray  # (entry,) entries in the linking rows: which of them,
    link_column: IntArray  # (entry,) in which own column,
    link_value: FloatArray  # (entry,) and how much

    def used(self, columns: FloatArray, links: int) -> FloatArray:
        """(link,) Return what own columns add to each linking row."""
        return np.bincount(
            self.link, self.link_value * columns[self.link_column], minlength=links
        ).astype(np.float64)

    def charged(self, prices: FloatArray) -> FloatArray:
        """(own column,) Return what the linking rows' prices make each column cost."""
        paid = np.bincount(
            self.link_column,
            self.link_value * prices[self.link],
            minlength=len(self.columns),
        )
        return -paid.astype(np.float64)

    def priced(self, prices: FloatArray) -> FloatArray:
        """(own column,) Return the costs with what the linking rows' prices add to them."""
        return self.problem.cost + self.charged(prices)


@dataclass(frozen=True)
class Parts:
    """A problem in parts: its families, the rows that link them, the columns that only these have."""

    families: tuple[Family, ...]
    shared: Family  # the columns of no family, with the rows that have these alone
    links: IntArray  # (link,) number of the row in the whole problem

    def moved(self, sign: float) -> BoolArray:
        """(link,) Tell which linking rows any family moves up (1) or down (-1)."""
        moved = np.zeros(len(self.links), dtype=np.bool_)
        for family in self.families:
            moved[family.link[sign * family.link_value > 0]] = True
        return moved

    @property
    def dear(self) -> FloatArray:
        """(link,) Prices at which to move a row costs 1 for each unit; 0 where both ways are used."""
        return self.moved(-1.0).astype(np.float64) - self.moved(1.0)


def split(
    problem: LinearProblem, shared: BoolArray, linking: BoolArray, aside: BoolArray | None = None
) -> Parts:
    """Split a problem at its linking rows.

    Parameters
    ----------
    problem
        The whole problem.
    shared
        (column,) What belongs to no family; rows that have one of these must be linking.
    linking
        (row,) The rows that may have columns of several families.
    aside
        (row,) Rows that are free and belong nowhere.

    Examples
    --------
    Columns 0 and 1 share a row, and 2 has one of its own; column 3, money, is shared by both in the
    last row, which links them. Families as small as these are put together in the end.

    >>> rows = Matrix(np.array([0, 2, 3, 6]), np.array([0, 1, 2, 0, 2, 3]), np.ones(6),
    ...               np.zeros(3), np.ones(3))
    >>> four = LinearProblem(np.ones(4), np.zeros(4), np.ones(4), np.zeros(4, bool), rows)
    >>> money, link = np.arange(4) == 3, np.arange(3) == 2
    >>> label_columns(rows, money, link).tolist()
    [0, 0, 2, -1]
    >>> parts = split(four, money, link)
    >>> [part.columns.tolist() for part in parts.families], parts.shared.columns.tolist()
    ([[0, 1, 2]], [3])
    >>> parts.links.tolist(), parts.families[0].used(np.array([1.0, 5.0, 2.0]), 1).tolist()
    ([2], [3.0])
    """
    matrix = problem.matrix
    cut = linking if aside is None else linking | aside
    label = label_columns(matrix, shared, cut)
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    of_families = np.zeros(len(matrix.lower), dtype=np.bool_)
    of_families[row[~shared[matrix.column]]] = True
    row_label = np.full(len(matrix.lower), -1, dtype=np.int64)
    own = ~cut[row]
    row_label[row[own]] = label[matrix.column[own]]
    member, row_member = _numbered(label, row_label, cut)
    count = int(member.max(initial=-1)) + 1
    member[shared] = count
    # rows that have no columns of families at all: of shared ones alone, or of none
    row_member[(linking | (row_label < 0)) & ~of_families & (row_member < 0)] = count
    if aside is not None:
        row_member[aside] = -1
    links = np.flatnonzero(linking & of_families)
    *families, rest = _families(problem, row, member, row_member, links, count + 1)
    return Parts(tuple(families), rest, links)


def label_columns(matrix: Matrix, shared: BoolArray, linking: BoolArray) -> IntArray:
    """(column,) Label columns that share a row, directly or over others, alike; -1 for shared ones.

    The label is the smallest number of such a column. Rows and columns tell each other the smallest
    label that they know, and labels follow their own labels, so that long chains take few rounds.
    """
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    own = ~linking[row] & ~shared[matrix.column]
    row, column = row[own], matrix.column[own]
    by_column = np.argsort(column, kind="stable")
    row_starts = np.flatnonzero(np.diff(row, prepend=-1))
    column_starts = np.flatnonzero(np.diff(column[by_column], prepend=-1))
    lengths = np.diff(np.append(row_starts, len(row)))
    touched = column[by_column][column_starts] if len(column) else column
    label = np.arange(len(shared))
    while len(row):
        least = np.repeat(np.minimum.reduceat(label[column], row_starts), lengths)
        told = label.copy()
        told[touched] = np.minimum.reduceat(least[by_column], column_starts)
        while True:  # follow labels to the end of their chains
            further = told[told]
            if np.array_equal(further, told):
                break
            told = further
        if np.array_equal(told, label):
            break
        label = told
    return np.where(shared, -1, label)


def _numbered(
    label: IntArray, row_label: IntArray, linking: BoolArray
) -> tuple[IntArray, IntArray]:
    """Number the families, small ones put together; -1 for shared columns and linking rows."""
    labels = np.unique(label[label >= 0])
    rows = np.bincount(np.searchsorted(labels, row_label[row_label >= 0]), minlength=len(labels))
    small = rows < _SMALL
    number = np.empty(len(labels), dtype=np.int64)
    number[~small] = np.arange((~small).sum())
    number[small] = (~small).sum() + np.cumsum(rows[small]) // (2 * _SMALL)
    _, number = np.unique(number, return_inverse=True)
    member = np.full(len(label), -1, dtype=np.int64)
    member[label >= 0] = number[np.searchsorted(labels, label[label >= 0])]
    row_member = np.full(len(row_label), -1, dtype=np.int64)
    has = (row_label >= 0) & ~linking
    row_member[has] = number[np.searchsorted(labels, row_label[has])]
    return member, row_member


def _families(
    problem: LinearProblem,
    row: IntArray,
    member: IntArray,
    row_member: IntArray,
    links: IntArray,
    count: int,
) -> tuple[Family, ...]:
    """Cut the problem into its families; each keeps the order of its columns and rows."""
    matrix = problem.matrix
    columns_of = _grouped(member, count)
    rows_of = _grouped(row_member, count)
    place = np.empty(len(member), dtype=np.int64)
    for columns in columns_of:
        place[columns] = np.arange(len(columns))
    link_of = np.full(len(row_member), -1, dtype=np.int64)
    link_of[links] = np.arange(len(links))
    linked = np.flatnonzero((link_of[row] >= 0) & (member[matrix.column] >= 0))
    linked_of = _grouped(member[matrix.column[linked]], count)
    families = []
    for columns, rows, entries in zip(columns_of, rows_of, linked_of, strict=True):
        lengths = np.diff(matrix.start)[rows]
        entry = np.repeat(matrix.start[rows] - running_offsets(lengths), lengths) + np.arange(
            lengths.sum()
        )
        own = Matrix(
            start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            column=place[matrix.column[entry]],
            value=matrix.value[entry],
            lower=matrix.lower[rows],
            upper=matrix.upper[rows],
        )
        link = linked[entries]
        families.append(
            Family(
                columns,
                rows,
                LinearProblem(
                    problem.cost[columns],
                    problem.lower[columns],
                    problem.upper[columns],
                    problem.whole[columns],
                    own,
                ),
                link_of[row[link]],
                place[matrix.column[link]],
                matrix.value[link],
            )
        )
    return tuple(families)


def _grouped(member: IntArray, count: int) -> list[IntArray]:
    """Return the positions of each group's members, in order."""
    order = np.argsort(member, kind="stable")
    edges = np.searchsorted(member[order], np.arange(count + 1))
    return [order[edges[number] : edges[number + 1]] for number in range(count)]
