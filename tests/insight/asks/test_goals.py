"""Goals: read as they are meant, and refused with everything that is wrong with them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.asks import Goal
from ringtausch.insight.asks.goals import read_goal
from tests.builders import scenario

CASE: dict[str, Any] = {
    "horizon": 3,
    "settlement": 3,
    "parties": "A; U",
    "stocks": "A,gun,1",
    "floors": "A,gun,2025-01-01,1",
    "infer": False,
    "items": "gun",
    "assurances": "A,gun,2",
    "needs": "south,U,gun,1,2025-01-01; the north,U,gun,1,2025-01-01",
}


def test_a_goal_reads_and_writes_back() -> None:
    sc = scenario(**CASE)
    text = "need=south 'need=the north' gap=A:gun late=A:gun by=2025-02-14"
    goal = read_goal(text, sc)
    assert goal == Goal(date(2025, 2, 14), ("south", "the north"), (("A", "gun"),), (("A", "gun"),))
    assert read_goal(str(goal), sc) == goal
    assert goal.said(sc) == (
        "U's need south would be met, U's need the north would be met, A would not be below its floor of"
        " gun and no gun that A is owed would be late from February 2025 on"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["goal: by: is missing; write by=DATE, such as by=2026-03-01"]),
        ("by=2025-02-01", ["goal: says nothing to reach; write such as need=N2 by=2026-03-01"]),
        (
            "need=sout by=2025-13-01",
            [
                'goal: by: "2025-13-01" has no month 13; write a date such as 2025-12-01',
                'goal: need: there is no need "sout"; did you mean "south"?',
            ],
        ),
        (
            "need=south by=2026-01-01",
            ["goal: by: 2026-01-01 is after the plan, which ends with 2025-06"],
        ),
        (
            "ned=south gap=A by=2025-02-01",
            [
                'goal: "ned=south" is not need=, gap=, late= or by=',
                'goal: gap: "A" is not PARTY:CAPABILITY',
            ],
        ),
        (
            "gap=B:gun late=A:gum late=U:gun by=2025-02-01",
            [
                'goal: gap: there is no party "B"; known are A, U',
                'goal: late: A has no assurance or debt of gum; did you mean "gun"?',
                "goal: late: U has no assurance or debt of gun; it has none at all",
            ],
        ),
        (
            "need='south by=2025-02-01",
            [
                "goal: a quotation mark is not closed",
                "goal: by: is missing; write by=DATE, such as by=2026-03-01",
            ],
        ),
    ],
)
def test_a_goal_that_cannot_be_understood_is_refused(text: str, said: list[str]) -> None:
    with pytest.raises(rt.InvalidGoal) as refused:
        read_goal(text, scenario(**CASE))
    assert [str(problem) for problem in refused.value.problems] == said
