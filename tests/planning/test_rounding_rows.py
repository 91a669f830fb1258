"""Rounding rows by stories and rows computed by hand, and against every whole point of small rows."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.model import Matrix, Model, MoreColumns, build_model, extended
from ringtausch.planning.rounding_rows import always_whole, with_rounding_rows
from ringtausch.planning.rows import Rows
from ringtausch.planning.solver import LinearProblem, SolverOptions, solve
from ringtausch.planning.watch import Watch
from ringtausch.records.scenario import OBJECTIVES
from tests.builders import scenario

#: A row: how much of each column, and what these must come to at least.
Row = tuple[dict[int, float], float]


def model_of(*objectives: str, **content: Any) -> Model:
    """Build the model of a scenario, with all six objectives or some."""
    return build_model(gather_facts(scenario(**content)), objectives or OBJECTIVES)


def added(model: Model) -> list[Row]:
    """List the rows that rounding adds, so that the least that a whole column counts is 1."""
    before, after = len(model.matrix.lower), with_rounding_rows(model).matrix
    found, whole = [], always_whole(model)
    for row in range(before, len(after.lower)):
        entries = slice(after.start[row], after.start[row + 1])
        column, value = after.column[entries], after.value[entries]
        one = np.abs(value[whole[column]]).min()
        assert np.isinf(after.upper[row])
        amounts = np.round(value / one, 9).tolist()
        least = round(float(after.lower[row] / one), 9)
        found.append((dict(zip(column.tolist(), amounts, strict=True)), least))
    return found


def relaxed(model: Model) -> float:
    """Return the least value of the only objective where nothing must be whole."""
    (costs,) = model.objectives.values()
    nothing = np.zeros(model.columns, dtype=np.bool_)
    problem = LinearProblem(costs.cost, model.lower, model.upper, nothing, model.matrix)
    return solve(problem, SolverOptions(threads=1), Watch()).value


def one_month(**more: Any) -> dict[str, Any]:
    """A gives whole guns to C, in January and never again."""
    return {
        "horizon": 1,
        "items": "gun,,,true",
        "stocks": "A,gun,30",
        "offers": "a,A,gun,23",
        "lanes": "A,*,gun",
    } | more


# ---- needs and floors


def test_a_need_with_a_fraction_is_met_by_the_next_whole_number_or_leaves_the_fraction() -> None:
    """11.2 guns: 12 of them, or 0.2 unmet for each that is missing from 12: 5·u + served >= 12."""
    model = model_of("unmet_need", **one_month(needs="n,C,gun,11.2,2025-01-01"))
    unmet, served = model.layout.unmet[0, 0], model.layout.served[0, 0]
    ((amounts, least),) = added(model)
    assert amounts == pytest.approx({unmet: 5.0, served: 1.0})
    assert least == 12


def test_the_relaxation_shares_out_no_fractions_of_whole_units() -> None:
    """23 guns for two needs of 11.2: 12 for one and 11 for the other, which lacks 0.2."""
    needs = "n,C,gun,11.2,2025-01-01; m,D,gun,11.2,2025-01-01"
    model = model_of("unmet_need", **one_month(needs=needs))
    assert relaxed(model) == pytest.approx(0.0)
    assert relaxed(with_rounding_rows(model)) == pytest.approx(0.2)


def test_a_floor_with_a_fraction_is_kept_by_the_next_whole_number_or_leaves_the_fraction() -> None:
    """A keeps 6 guns, or its gap is 0.3 for each that is missing from 6: S + g/0.3 >= 6."""
    model = model_of("capability_gap", **one_month(floors="A,gun,2025-01-01,5.3,2"))
    ((amounts, least),) = added(model)
    stock, gap = model.layout.stock[0, 0], model.layout.gap[0, 0]
    assert amounts == pytest.approx({stock: 1.0, gap: 1 / 0.3})
    assert least == 6


def test_a_hard_need_with_a_fraction_takes_a_whole_unit_from_a_floor() -> None:
    """C must get 0.7 of a gun: it gets one, and A has 5 left where 5.3 are asked for."""
    content = one_month(
        stocks="A,gun,6",
        needs="n,C,gun,0.7,2025-01-01,,,true",
        floors="A,gun,2025-01-01,5.3,2",
    )
    model = model_of("capability_gap", **content)
    assert relaxed(model) == pytest.approx(0.0)
    assert relaxed(with_rounding_rows(model)) == pytest.approx(0.3)


def test_weights_are_counted_in_multiples_of_the_smallest() -> None:
    """A gun is half a battery and a radar a whole one; 5.3 of them are 10.6 halves, so 11 halves.

    Half a battery short, the gap is 0.3: (S_gun + 2·S_radar) + g/(0.5·0.6) >= 11.
    """
    model = model_of(
        **one_month(
            items="gun,,,true; radar,,,true",
            capabilities="battery,gun,0.5,r; battery,radar,1,r",
            floors="A,battery,2025-01-01,5.3,2",
        )
    )
    ((amounts, least),) = added(model)
    gun, radar = (model.layout.stock[model.layout.stock_pair[0, item], 0] for item in (0, 1))
    assert amounts == pytest.approx({gun: 1.0, radar: 2.0, model.layout.gap[0, 0]: 1 / 0.3})
    assert least == 11


# ---- lots


@pytest.mark.parametrize(
    ("lots", "capacity", "amounts", "least"),
    [
        ((5, 5), 12, (-1, -1), -2),  # 2.4 lots
        ((2, 4), 7, (-1, -2), -3),  # 3.5 pairs
        (("2.5", "2.5"), 12, (-1, -1), -4),  # 4.8 lots of a thing that is not whole
    ],
)
def test_a_lane_carries_whole_lots(
    lots: tuple[Any, Any], capacity: float, amounts: tuple[int, int], least: int
) -> None:
    """Two offers of A share the lane; a column counts lots."""
    model = model_of(
        "unmet_need",
        **one_month(
            items=f"gun,,,{'false' if '2.5' in lots else 'true'}",
            offers=f"a,A,gun,20,,,,{lots[0]}; b,A,gun,20,,,,{lots[1]}",
            lanes=f"A,C,gun,,{capacity}",
            needs="n,C,gun,10,2025-01-01",
        ),
    )
    ((found, limit),) = added(model)
    assert found == dict(zip(model.layout.dispatches.column.tolist(), amounts, strict=True))
    assert limit == least


def test_lots_without_a_common_grain_give_no_row() -> None:
    """Lots of 2 and of 3 on a lane of 7.5: what these come to is no multiple of 2."""
    model = model_of(
        "unmet_need",
        **one_month(
            offers="a,A,gun,20,,,,2; b,A,gun,20,,,,3",
            lanes="A,C,gun,,7.5",
            needs="n,C,gun,10,2025-01-01",
        ),
    )
    assert added(model) == []


# ---- where nothing is added


def test_a_model_with_nothing_whole_stays_the_same_model() -> None:
    model = model_of(**one_month(items="gun,,,false", needs="n,C,gun,11.2,2025-01-01"))
    assert with_rounding_rows(model) is model


def test_rows_that_rounding_does_not_better_stay_alone() -> None:
    """A need of 11 guns and a floor of 5."""
    content = one_month(needs="n,C,gun,11,2025-01-01", floors="A,gun,2025-01-01,5,2")
    assert added(model_of(**content)) == []


def test_a_need_that_divisible_things_serve_too_gets_no_row() -> None:
    """Fuel counts for the same need by the litre, so that what has served it need not be whole."""
    model = model_of(
        **one_month(
            items="gun,,,true; fuel,,,false",
            capabilities="force,gun; force,fuel",
            stocks="A,gun,30; A,fuel,30",
            offers="a,A,gun,23; b,A,fuel,23",
            lanes="A,C,*",
            needs="n,C,force,11.2,2025-01-01",
        )
    )
    assert not always_whole(model)[model.layout.served].any()
    assert added(model) == []


def test_the_burden_which_has_no_lower_bound_gives_no_row_and_no_warning() -> None:
    """It had made infinite differences: a warning on the screen of whoever planned a large scenario."""
    model = model_of(  # warnings fail tests
        **one_month(parties="A,,1; C,,2", items="gun,,,true,2.5", needs="n,C,gun,11.2,2025-01-01")
    )
    burden = model.layout.burden
    assert np.isinf(model.lower[burden]).all()
    assert not always_whole(model)[burden].any()
    assert len(added(model)) == 1


# ---- what is whole though no rule says so


def stocks_whole(**more: Any) -> list[bool]:
    """Tell for which of three months A's stock of guns is always whole; it gives some to C."""
    content = one_month(horizon=3, offers="a,A,gun,4", needs="n,C,gun,3,2025-01-01") | more
    model = model_of(**content)
    return [bool(whole) for whole in always_whole(model)[model.layout.stock[0]]]


def test_stock_is_whole_where_all_that_comes_and_goes_is() -> None:
    assert stocks_whole(arrivals="A,gun,2025-02-01,1") == [True, True, True]
    assert stocks_whole(items="gun,,,false") == [False, False, False]


def test_stock_is_not_whole_from_the_month_on_in_which_a_fraction_arrives() -> None:
    assert stocks_whole(arrivals="A,gun,2025-02-01,0.5") == [True, False, False]
    assert stocks_whole(stocks="A,gun,29.5") == [False, False, False]


def debts_whole(**more: Any) -> list[bool]:
    """Tell for which of two months A's debt of guns is always whole."""
    content = {
        "horizon": 1,
        "settlement": 1,
        "items": "gun,,,true; radar,,,true",
        "stocks": "A,gun,6",
        "offers": "a,A,gun,4",
        "lanes": "A,C,gun",
        "needs": "n,C,gun,3,2025-01-01",
        "assurances": "A,gun,1",
        "supply": "S,gun,A; S,radar,A",
        "production": "S,gun,2025-01-01,1; S,radar,2025-02-01,1",
    }
    model = model_of(**content | more)
    assert always_whole(model)[model.layout.handed[0]].all()
    return [bool(whole) for whole in always_whole(model)[model.layout.debt[0]]]


def test_a_debt_is_whole_unless_a_ratio_or_rate_has_a_fraction() -> None:
    """Radars, which count one and a half, are made from February on."""
    assert debts_whole() == [True, True]
    assert debts_whole(exchange="A,gun,radar,2") == [True, True]
    assert debts_whole(assurances="A,gun,1,0.5") == [False, False]
    assert debts_whole(exchange="A,gun,radar,1.5") == [True, False]


def test_what_is_fixed_at_a_whole_number_is_whole_and_what_is_fixed_elsewhere_is_not() -> None:
    model = rows_of([({0: 1.0}, 0.0, 9.0)], whole=[False] * 3, lower=[3, 2.5, 0], upper=[3, 2.5, 1])
    assert always_whole(model).tolist() == [True, False, False]


def test_an_equation_makes_only_a_column_whole_that_it_counts_once() -> None:
    """2·y = x leaves halves; z = y + x does not help, and w = x + 3 is whole."""
    rows = [
        ({0: 1.0, 1: -2.0}, 0.0, 0.0),
        ({0: 1.0, 1: 1.0, 2: -1.0}, 0.0, 0.0),
        ({3: 1.0, 0: -1.0}, 3.0, 3.0),
        ({3: 2.0, 4: -1.0}, 4.0, 4.0),
        ({3: 1.0, 5: -1.0}, 0.5, 0.5),
        ({3: 1.0, 6: -1.0}, 1.0, 2.0),
    ]
    model = rows_of(rows, whole=[True, *[False] * 6], lower=[0] * 7, upper=[9] * 7)
    assert always_whole(model).tolist() == [True, False, False, True, True, False, False]


# ---- rows by themselves


def rows_of(
    rows: list[tuple[dict[int, float], float, float]],
    *,
    whole: list[bool],
    lower: list[float],
    upper: list[float],
) -> Model:
    """Make a model of rows, each with its least and its most, that no scenario stands behind."""
    entries = [(column, value) for amounts, *_ in rows for column, value in amounts.items()]
    lengths = [len(amounts) for amounts, *_ in rows]
    return replace(
        model_of("unmet_need", **one_month()),
        matrix=Matrix(
            start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            column=np.array([column for column, _ in entries], dtype=np.int64),
            value=np.array([value for _, value in entries], dtype=np.float64),
            lower=np.array([least for _, least, _ in rows], dtype=np.float64),
            upper=np.array([most for *_, most in rows], dtype=np.float64),
        ),
        objectives={},
        lower=np.array(lower, dtype=np.float64),
        upper=np.array(upper, dtype=np.float64),
        whole=np.array(whole, dtype=np.bool_),
    )


def one_row(
    amounts: dict[int, float],
    least: float,
    most: float = np.inf,
    lower: tuple[float, float] = (0, 0),
    upper: tuple[float, float] = (20, 20),
) -> list[Row]:
    """Return what rounding adds to a row of column 0, which is whole, and column 1, which is not."""
    return added(
        rows_of([(amounts, least, most)], whole=[True, False], lower=list(lower), upper=list(upper))
    )


def test_what_is_there_in_any_case_is_taken_off_first() -> None:
    """From 0.5 on y counts: x + (y - 0.5) >= 3.7, so x + (y - 0.5)/0.7 >= 4."""
    ((amounts, least),) = one_row({0: 1, 1: 1}, 4.2, lower=(0, 0.5))
    assert amounts == pytest.approx({0: 1.0, 1: 1 / 0.7})
    assert least == pytest.approx(4 + 0.5 / 0.7)


def test_what_only_makes_a_row_harder_to_obey_is_left_out_at_its_least() -> None:
    """X - y >= 3.2 with y from 0.5 on: x >= 3.7, so 4."""
    assert one_row({0: 1, 1: -1}, 3.2, lower=(0, 0.5)) == [({0: 1.0}, 4.0)]


def test_both_sides_of_a_row_are_rounded_each_with_its_own_remainder() -> None:
    """From 3.2 to 7.4: at least 4 but for what y adds, at most 7, since y adds nothing good."""
    (low, low_least), (high, high_least) = one_row({0: 1, 1: 1}, 3.2, 7.4)
    assert low == pytest.approx({0: 1.0, 1: 1 / 0.2})
    assert low_least == 4
    assert (high, high_least) == ({0: -1.0}, -7.0)


@pytest.mark.parametrize("least", [4 - 1e-10, 4 + 1e-10, 4 + 1e-5])
def test_next_to_a_whole_number_nothing_is_rounded(least: float) -> None:
    """What a sum of decimals is off by is no remainder, and a tiny one would only trouble a solver."""
    assert one_row({0: 1, 1: 1}, least) == []


def test_just_below_a_whole_number_the_row_stays_nearly_what_it_is() -> None:
    ((amounts, least),) = one_row({0: 1, 1: 1}, 3.9995)
    assert amounts == pytest.approx({0: 1.0, 1: 1 / 0.9995})
    assert least == 4


def test_a_row_that_the_bounds_imply_is_not_added() -> None:
    """X is 4 already, or 3.2 before it is rounded up."""
    assert one_row({0: 1, 1: 1}, 3.7, lower=(4, 0)) == []
    assert one_row({0: 1, 1: 1}, 3.7, lower=(3.2, 0)) == []


def test_what_may_be_less_without_end_gives_no_row_where_it_helps() -> None:
    assert one_row({0: 1, 1: 1}, 3.7, lower=(0, -np.inf)) == []
    assert one_row({0: 1, 1: -1}, 3.7, lower=(0, -np.inf)) == []


def test_whole_numbers_without_bounds_are_rounded_all_the_same() -> None:
    """-3·x + y >= 4 and x any whole number: -x + y/3 >= 1.33, so -x + y >= 2."""
    ((amounts, least),) = one_row({0: -3, 1: 1}, 4, lower=(-np.inf, 0), upper=(np.inf, np.inf))
    assert amounts == pytest.approx({0: -1.0, 1: 1.0})
    assert least == 2


def test_rows_and_columns_that_a_question_added_are_rounded_too() -> None:
    """Two for each of a new column are to be 3 at least, so 2 of it; the rest stays where it is."""
    model = model_of("unmet_need", **one_month(needs="n,C,gun,11.2,2025-01-01"))
    more = MoreColumns(np.zeros(1), np.full(1, 9.0), np.ones(1, dtype=np.bool_))
    row = Rows.at_least("asked", np.array([3.0]))
    row.add(np.zeros(1, dtype=np.int64), np.array([model.columns]), 2.0)
    longer = extended(model, more, [row])
    rounded = with_rounding_rows(longer)
    assert added(longer) == [*added(model), ({model.columns: 1.0}, 2.0)]
    assert rounded.matrix.value[: len(longer.matrix.value)].tolist() == longer.matrix.value.tolist()
    assert rounded.columns == longer.columns


# ---- against all whole points


def drawn_row(seed: int) -> tuple[dict[int, float], float, float, FloatArray]:
    """Draw a row of two whole and two other columns, its sides, and where the others begin."""
    dice = np.random.default_rng(seed)
    grain = dice.choice([0.5, 1.0, 2.0, 2.5])
    whole = grain * dice.choice([-2, -1, 1, 1, 2, 3], 2)
    other = dice.choice([-1.5, -1, 0.4, 1, 3], 2)
    least = round(dice.uniform(-6, 12), 1)
    most = dice.choice([np.inf, round(least + dice.uniform(0.1, 4), 2)])
    amounts = {column: float(value) for column, value in enumerate([*whole, *other])}
    return amounts, least, float(most), np.round(dice.uniform(-1, 1, 2), 1)


def corners(row: FloatArray, sides: tuple[float, float], lower: FloatArray) -> list[FloatArray]:
    """List the corners of what two columns, each with a range of 3, may be where a row has sides."""
    upper = lower + 3.0
    found = [np.array(point) for point in itertools.product(*zip(lower, upper, strict=True))]
    for moving, side in itertools.product((0, 1), sides):
        for held in (lower[1 - moving], upper[1 - moving]):
            point = np.full(2, held)
            point[moving] = (side - row[1 - moving] * held) / row[moving]
            found.append(point)
    return [
        point
        for point in found
        if np.all(np.isfinite(point))
        and np.all((point >= lower - 1e-9) & (point <= upper + 1e-9))
        and sides[0] - 1e-9 <= row @ point <= sides[1] + 1e-9
    ]


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_no_whole_point_is_cut_off(first: int) -> None:
    """Each row added is linear: what obeys it at all corners for each whole point obeys it always."""
    tight = 0
    for seed in range(first, first + 50):
        amounts, least, most, lower = drawn_row(seed)
        row = np.array(list(amounts.values()))
        model = rows_of(
            [(amounts, least, most)],
            whole=[True, True, False, False],
            lower=[-1, 0, *lower],
            upper=[4, 5, *(lower + 3)],
        )
        cuts = added(model)
        lowest = np.full(len(cuts), np.inf)
        for whole in itertools.product(range(-1, 5), range(6)):
            gone = float(row[:2] @ whole)
            for rest in corners(row[2:], (least - gone, most - gone), lower):
                point = [*whole, *rest]
                for number, (cut, at_least) in enumerate(cuts):
                    over = sum(cut[column] * point[column] for column in cut) - at_least
                    assert over >= -1e-6, (seed, point, cut, at_least)
                    lowest[number] = min(lowest[number], over)
        tight += int(np.sum(lowest < 1e-6))
    assert tight > 20  # not all that is added is far from everything
