"""Splitting: all of a problem is in its parts, once, and only linking rows link families."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import coo_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.families.splitting import Parts, label_columns, split
from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem
from ringtausch.planning.work import Work
from tests.planning.families.problems import cut, generated, model_of, two_needs


def parts_of_scenario(seed: int, whole: float) -> tuple[LinearProblem, Parts]:
    model = model_of(generated(whole=whole, seed=seed))
    work = Work.begin(model)
    problem = work.problem(model.objectives["spend"])
    return problem, split(problem, *cut(work, problem))


def random_matrix(seed: int, rows: int, columns: int, entries: int) -> Matrix:
    dice = np.random.default_rng(seed)
    place = np.unique(dice.integers(0, rows * columns, entries))
    row, column = np.divmod(place, columns)
    start = np.searchsorted(row, np.arange(rows + 1))
    value = dice.normal(size=len(place))
    return Matrix(start, column, value, np.full(rows, -np.inf), np.arange(rows, dtype=np.float64))


def problem_of(matrix: Matrix, columns: int) -> LinearProblem:
    cost = np.arange(columns, dtype=np.float64)
    return LinearProblem(
        cost, np.zeros(columns), np.ones(columns), np.zeros(columns, dtype=np.bool_), matrix
    )


def dense(matrix: Matrix, columns: int) -> FloatArray:
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    shape = (len(matrix.lower), columns)
    return np.asarray(coo_matrix((matrix.value, (row, matrix.column)), shape).todense())


def recombined(parts: Parts, shape: tuple[int, int]) -> FloatArray:
    whole = np.zeros(shape)
    for family in (*parts.families, parts.shared):
        own = dense(family.problem.matrix, len(family.columns))
        whole[np.ix_(family.rows, family.columns)] += own
        at = parts.links[family.link], family.columns[family.link_column]
        np.add.at(whole, at, family.link_value)
    return whole


def assert_is_partition(problem: LinearProblem, parts: Parts) -> None:
    every = (*parts.families, parts.shared)
    columns = np.concatenate([family.columns for family in every])
    rows = np.concatenate([*(family.rows for family in every), parts.links])
    assert np.sort(columns).tolist() == list(range(len(problem.cost)))
    assert np.sort(rows).tolist() == list(range(len(problem.matrix.lower)))
    for family in every:
        assert family.problem.cost.tolist() == problem.cost[family.columns].tolist()
        assert family.problem.lower.tolist() == problem.lower[family.columns].tolist()
        assert family.problem.upper.tolist() == problem.upper[family.columns].tolist()
        assert family.problem.whole.tolist() == problem.whole[family.columns].tolist()
        matrix = family.problem.matrix
        assert matrix.lower.tolist() == problem.matrix.lower[family.rows].tolist()
        assert matrix.upper.tolist() == problem.matrix.upper[family.rows].tolist()


@pytest.mark.parametrize(("seed", "whole"), [(1, 0.0), (1, 0.3), (2, 0.3), (3, 1.0)])
def test_all_of_a_scenario_is_in_its_parts_once(seed: int, whole: float) -> None:
    problem, parts = parts_of_scenario(seed, whole)
    assert len(parts.families) > 1
    assert_is_partition(problem, parts)
    columns = len(problem.cost)
    original = dense(problem.matrix, columns)
    assert np.array_equal(recombined(parts, original.shape), original)


@pytest.mark.parametrize("seed", range(5))
def test_what_shares_a_row_is_of_one_family_and_nothing_else_where_families_stay_apart(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts are those that a library for graphs finds; rows without columns are nobody's."""
    monkeypatch.setattr("ringtausch.planning.families.splitting._SMALL", 0)
    matrix = random_matrix(seed, rows=40, columns=60, entries=90)
    problem = problem_of(matrix, 60)
    shared, linking = np.arange(60) < 5, np.arange(40) < 4
    row = np.repeat(np.arange(40), np.diff(matrix.start))
    linking[row[shared[matrix.column]]] = True
    parts = split(problem, shared, linking)
    assert_is_partition(problem, parts)
    own = ~linking[row] & ~shared[matrix.column]
    graph = coo_matrix((np.ones(own.sum()), (row[own], 40 + matrix.column[own])), (100, 100))
    found = connected_components(graph, directed=False)[1][40:]
    theirs = {tuple(np.flatnonzero((found == number) & ~shared)) for number in found[~shared]}
    assert {tuple(family.columns) for family in parts.families} == theirs
    assert np.array_equal(recombined(parts, (40, 60)), dense(matrix, 60))


def test_a_long_chain_is_one_family() -> None:
    """A thousand columns, each in a row with one other, in no order."""
    order = np.random.default_rng(1).permutation(1000)
    column = np.stack([order[:-1], order[1:]], axis=1).ravel()
    chain = Matrix(
        np.arange(0, 1999, 2), column, np.ones(1998), np.full(999, -np.inf), np.ones(999)
    )
    nothing = np.zeros(1000, dtype=np.bool_)
    assert (label_columns(chain, nothing, np.zeros(999, dtype=np.bool_)) == 0).all()


def test_small_families_are_put_together() -> None:
    _, parts = two_needs(7)
    assert [family.columns.tolist() for family in parts.families] == [[0, 1, 2, 3]]


@pytest.mark.usefixtures("_apart")
def test_a_family_knows_what_it_adds_to_links_and_what_their_prices_pay() -> None:
    """Of a and b 1 each takes 2 and 3; at a price of 0.5 a unit less is worth as much."""
    _, parts = two_needs(7)
    a, b = parts.families
    assert (a.columns.tolist(), b.columns.tolist()) == ([0, 1], [2, 3])
    assert a.used(np.array([1.0, 2.0]), 1).tolist() == [2]
    assert b.priced(np.array([-0.5])).tolist() == [1.5, 2.0]
    assert parts.shared.columns.tolist() == [4]
    assert (parts.moved(1.0).tolist(), parts.moved(-1.0).tolist()) == ([True], [False])
    assert parts.dear.tolist() == [-1]


def test_a_row_without_columns_is_kept() -> None:
    """It may be one that nothing can fill: without it there would be a plan where there is none."""
    rows = Matrix(np.array([0, 1, 1]), np.array([0]), np.ones(1), np.array([0.0, 5]), np.ones(2))
    problem = problem_of(rows, 1)
    parts = split(problem, np.zeros(1, dtype=np.bool_), np.zeros(2, dtype=np.bool_))
    assert parts.shared.rows.tolist() == [1]
    assert_is_partition(problem, parts)


def test_rows_set_aside_belong_nowhere() -> None:
    matrix = random_matrix(1, rows=10, columns=20, entries=60)
    aside = np.arange(10) >= 7
    parts = split(
        problem_of(matrix, 20), np.zeros(20, dtype=np.bool_), np.zeros(10, dtype=np.bool_), aside
    )
    rows = np.concatenate([family.rows for family in (*parts.families, parts.shared)])
    assert np.sort(rows).tolist() == list(range(7))
    assert parts.links.tolist() == []
