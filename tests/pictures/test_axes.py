"""Where periods and values lie, and which of them are named."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ringtausch.pictures import svg
from ringtausch.pictures.axes import TimeAxis, ValueAxis, step_area, step_line
from tests.pictures.cases import day, make_scenario


@pytest.mark.parametrize(
    ("period", "count", "names"),
    [
        ("month", 24, ["Jul 2025", "Oct", "2026", "Apr", "Jul", "Oct", "2027", "Apr"]),
        ("quarter", 10, ["Q3 2025", "2026", "Q2", "Q3", "Q4", "2027", "Q2", "Q3", "Q4"]),
        ("week", 60, ["W27 2025", "W40", "2026", "W14", "W27"]),
        ("month", 240, ["2026", "2028", "2030", "2032", "2034", "2036", "2038", "2040", "2042",
                        "2044"]),
        ("month", 3, ["Jul 2025", "Aug", "Sep"]),
    ],
)  # fmt: skip
def test_years_are_named_and_between_them_what_there_is_room_for(
    period: str, count: int, names: list[str]
) -> None:
    scenario = make_scenario(period=period, horizon=count, settlement=0)
    axis = TimeAxis(scenario, 0.0, 480.0 if count > 3 else 180.0)
    assert [text for _period, text, _begins in axis.ticks()] == names


@pytest.mark.parametrize("period", ["month", "week", "quarter"])
@pytest.mark.parametrize("count", [1, 2, 7, 13, 31, 54, 120, 300])
@pytest.mark.parametrize("start", ["2025-01-01", "2025-07-01", "2026-12-28"])
def test_no_name_runs_into_the_next_one(period: str, count: int, start: str) -> None:
    scenario = make_scenario(period=period, horizon=count, settlement=0, start=day(start))
    axis = TimeAxis(scenario, 0.0, 500.0)
    ticks = axis.ticks()
    assert ticks
    for (this, text, _a), (after, _text, _b) in pairwise(ticks):
        assert axis.x(this) + svg.text_width(text, 12) < axis.x(after) + 4


@pytest.mark.parametrize(
    ("largest", "step", "end"),
    [(0.0, 1.0, 1.0), (0.4, 0.1, 0.4), (3.0, 1.0, 3.0), (7.0, 2.0, 8.0), (8e8, 2e8, 8e8)],
)
def test_values_are_named_in_round_steps_up_to_the_largest(
    largest: float, step: float, end: float
) -> None:
    axis = ValueAxis(largest, 100.0, 0.0)
    assert (axis.step, axis.end) == pytest.approx((step, end))
    assert (axis.y(0.0), axis.y(end)) == pytest.approx((100.0, 0.0))


def test_a_line_holds_through_each_period_and_a_gap_is_outlined_once() -> None:
    """Four months of 10 units width, values 0 to 10 over 100 units height."""
    time = TimeAxis(make_scenario(horizon=4, settlement=0), 0.0, 40.0)
    axis = ValueAxis(10.0, 100.0, 0.0, most_ticks=1)
    assert step_line([10, 4, 4, 10], time, axis) == "M0.0 0.0H10.0V60.0H30.0V0.0H40.0"
    assert step_area([10] * 4, [10, 4, 2, 10], time, axis) == (
        "M10.0 60.0V0.0H20.0V0.0H30.0V80.0H20.0V60.0H10.0z"
    )
