"""Rule 14: how often something was asked, how long nobody has answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from ringtausch.register.silence import waiting
from ringtausch.register.statement import Statement
from tests.register.builders import positions_of, said


def request(matter: str, milestone: str, on: str, **fields: Any) -> Statement:
    return said(matter, "request", milestone, on=on, **{"receiver": "UKR", "by": "UKR", **fields})


def rows(*statements: Statement, as_of: str = "2025-07-01") -> list[tuple[Any, ...]]:
    found = waiting(positions_of(*statements, as_of=as_of))
    return [
        (row.position.matter, row.asked_first, row.age, row.repeats, row.answered_on, row.answer)
        for row in found
    ]


def test_a_request_that_was_repeated_waits_since_it_was_first_asked() -> None:
    """Asked in March, April and June; on the first of July that is 122 days without an answer."""
    assert rows(
        request("q", "asked", "2025-03-01", event="1"),
        request("q", "asked", "2025-04-10", event="2"),
        request("q", "asked", "2025-06-20", event="3"),
    ) == [("q", date(2025, 3, 1), 122, 3, None, "")]


def test_a_request_without_events_was_made_once() -> None:
    assert rows(request("q", "asked", "2025-06-01")) == [("q", date(2025, 6, 1), 30, 1, None, "")]


def test_the_first_answer_counts_whichever_it_is() -> None:
    assert rows(
        request("q", "asked", "2025-06-01"),
        request("q", "met", "2025-06-20", by="DEU", giver="DEU"),
        request("q", "declined", "2025-06-10", by="NOR", giver="NOR", event="NOR"),
    ) == [("q", date(2025, 6, 1), 30, 1, date(2025, 6, 10), "declined")]


def test_an_answer_after_the_as_of_date_is_none_yet() -> None:
    assert rows(
        request("q", "asked", "2025-06-01"), request("q", "met", "2025-07-02", by="DEU")
    ) == [("q", date(2025, 6, 1), 30, 1, None, "")]


def test_those_that_wait_come_first_and_the_longest_on_top() -> None:
    found = rows(
        request("young", "asked", "2025-06-01"),
        request("old", "asked", "2025-01-01"),
        request("answered", "asked", "2024-01-01"),
        request("answered", "validated", "2024-02-01"),
    )
    assert [row[0] for row in found] == ["old", "young", "answered"]


def test_what_nobody_asked_does_not_wait() -> None:
    assert rows(request("q", "validated", "2025-06-01")) == []
