"""Periods: months, ISO weeks and quarters, windows, and dates before and after the plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringtausch.records import NEVER, Calendar
from ringtausch.records.periods import PeriodKind, period_kinds


def test_months_begin_on_the_first_of_the_month_of_the_start() -> None:
    months = Calendar(date(2025, 11, 15), "month", 4)
    assert [months.first_day(t).isoformat() for t in range(4)] == [
        "2025-11-01",
        "2025-12-01",
        "2026-01-01",
        "2026-02-01",
    ]
    assert [months.label(t) for t in range(3)] == ["2025-11", "2025-12", "2026-01"]
    assert (months.index(date(2025, 11, 30)), months.index(date(2025, 12, 1))) == (0, 1)


def test_weeks_begin_on_monday_and_keep_the_iso_year() -> None:
    """The last days of 2025 belong to the first ISO week of 2026; 2026 has 53 weeks."""
    weeks = Calendar(date(2025, 12, 24), "week", 60)
    assert [weeks.first_day(t).isoformat() for t in range(3)] == [
        "2025-12-22",
        "2025-12-29",
        "2026-01-05",
    ]
    assert [weeks.label(t) for t in (0, 1, 2, 53, 54)] == [
        "2025-W52",
        "2026-W01",
        "2026-W02",
        "2026-W53",
        "2027-W01",
    ]
    assert (weeks.index(date(2025, 12, 28)), weeks.index(date(2025, 12, 29))) == (0, 1)


def test_quarters_begin_in_january_april_july_and_october() -> None:
    quarters = Calendar(date(2025, 8, 20), "quarter", 3)
    assert [(quarters.label(t), quarters.first_day(t).isoformat()) for t in range(3)] == [
        ("2025-Q3", "2025-07-01"),
        ("2025-Q4", "2025-10-01"),
        ("2026-Q1", "2026-01-01"),
    ]


def test_a_date_before_the_start_means_the_first_period_and_one_after_the_end_never_happens() -> (
    None
):
    year = Calendar(date(2025, 7, 15), "month", 12)
    assert (year.index(date(1990, 1, 1)), year.index(date(2026, 7, 1))) == (0, 12)
    assert year.index(NEVER) > year.count


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        (None, None, range(12)),
        (date(2025, 9, 30), None, range(2, 12)),
        (None, date(2025, 9, 1), range(3)),
        (date(2025, 8, 1), date(2025, 8, 1), range(1, 2)),
        (date(2020, 1, 1), date(2030, 1, 1), range(12)),
        (date(2025, 9, 1), date(2025, 8, 31), range(0)),
        (date(2025, 8, 20), date(2025, 8, 10), range(1, 2)),
        (NEVER, None, range(0)),
        (date(2026, 7, 1), None, range(0)),
        # earlier than the start, both before the first period and within it
        (None, date(2025, 6, 30), range(0)),
        (None, date(2025, 7, 14), range(0)),
        (None, date(2025, 7, 15), range(1)),
    ],
)
def test_a_window_runs_through_the_period_of_its_last_day(
    first: date | None, last: date | None, periods: range
) -> None:
    """Twelve months from mid-July on: a last day earlier than the start closes the window."""
    assert list(Calendar(date(2025, 7, 15), "month", 12).window(first, last)) == list(periods)


@given(
    start=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    kind=st.sampled_from(period_kinds()),
    period=st.integers(0, 400),
)
def test_periods_follow_each_other_without_gap(start: date, kind: PeriodKind, period: int) -> None:
    calendar = Calendar(start, kind, 401)
    first, last = calendar.first_day(period), calendar.first_day(period + 1) - timedelta(days=1)
    assert (calendar.index(max(first, start)), calendar.index(last)) == (period, period)
    assert calendar.index(last + timedelta(days=1)) == period + 1
    assert calendar.first_day(0) <= start < calendar.first_day(1)
    assert calendar.label(period) != calendar.label(period + 1)
