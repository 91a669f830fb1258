"""Which replacement answers which hand-over, computed by hand and held against all ways there are."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given as drawn
from hypothesis import strategies as st

from ringtausch.insight.compare import figures_of
from ringtausch.insight.compare.waits import Wait
from ringtausch.insight.matching import Answer, Back, Claim, match
from ringtausch.insight.measures.replacements import replacements
from tests.builders import plan
from tests.insight.compare_case import case

COUNT = 12


def came(*periods: int) -> list[Back]:
    return [Back(period, "gun", 1.0, 1.0) for period in periods]


def when(claims: list[Claim], *periods: int, hard: bool = False) -> list[int | None]:
    found = match(claims, came(*periods), hard_until=COUNT if hard else None)
    return [answer.replaced for answer in found]


def test_what_is_due_first_is_replaced_first_whatever_the_order_of_the_rows() -> None:
    claims = [Claim(4, 7, 1.0), Claim(None, 6, 1.0), Claim(1, 4, 1.0)]
    assert when(claims, 2, 5, 6) == [6, 5, 2]


def test_nothing_is_replaced_before_it_was_handed_over() -> None:
    assert when([Claim(3, 9, 1.0)], 2) == [None]


def test_under_a_hard_assurance_an_older_debt_waits_for_what_must_not_be_late() -> None:
    claims = [Claim(None, 2, 1.0), Claim(0, 3, 1.0)]
    assert when(claims, 3, 5) == [3, 5]
    assert when(claims, 3, 5, hard=True) == [5, 3]


def test_what_is_due_after_the_plan_never_goes_before_an_older_debt() -> None:
    """The hand-over of month 5 is due in month 14 and cannot be late within the plan."""
    assert when([Claim(None, 2, 1.0), Claim(5, 14, 1.0)], 6, hard=True) == [6, None]


def test_a_claim_that_two_deliveries_share_is_replaced_with_the_last() -> None:
    (answer,) = match([Claim(0, 9, 3.0)], [Back(2, "gun", 2.0, 1.0), Back(4, "howitzer", 1.0, 2.0)])
    assert answer == Answer(Claim(0, 9, 3.0), ((0, 2, 2.0), (1, 4, 1.0)))
    assert (answer.open, answer.replaced) == (0.0, 4)


@drawn(
    st.lists(st.integers(0, 6), max_size=3),
    st.lists(st.integers(0, 8), max_size=2),
    st.lists(st.integers(0, COUNT - 1), max_size=5),
    st.integers(0, 4),
)
def test_a_hard_promise_is_kept_wherever_any_matching_keeps_it(
    gifts: list[int], debts: list[int], periods: list[int], within: int
) -> None:
    claims = [Claim(period, period + within, 1.0) for period in gifts]
    can = any(
        all(given <= back <= given + within for given, back in zip(gifts, chosen, strict=True))
        for chosen in permutations(periods, len(gifts))
    )
    older = [Claim(None, due, 1.0) for due in debts]
    answers = match([*claims, *older], came(*sorted(periods)), hard_until=COUNT)
    kept = all(
        answer.replaced is not None and answer.replaced <= answer.claim.due
        for answer in answers
        if answer.claim.given is not None and answer.claim.due < COUNT
    )
    assert kept or not can
    assert sum(len(answer.parts) for answer in answers) <= len(periods)


def test_comparison_and_measures_tell_the_same_of_one_plan() -> None:
    """An old debt is due in March, what A gives in January in April; guns come in March and June.

    The assurance is hard, so that the old debt is three months late and the hand-over is not.
    """
    sc = case(assurances="A,gun,3,,,true", debts="A,gun,1,2025-03-01")
    made = plan(
        sc,
        dispatches="o1,A,C,gun,0,1,1",
        settlements="A,gun,,2,1; A,gun,,5,1",
    )
    assert [(row.given, row.back, row.slack) for row in replacements(sc, made)] == [
        (None, 5, -3),
        (0, 2, 1),
    ]
    assert figures_of(sc, made).overdue == (Wait("A", "gun", 3, open=False),)


def test_what_is_given_with_nothing_to_come_back_makes_nobody_wait() -> None:
    """A ratio of nought asks for no replacement: nobody is owed, so nobody waits."""
    sc = case(assurances="A,gun,2,0")
    made = plan(sc, dispatches="o1,A,C,gun,0,1,1")
    assert replacements(sc, made) == ()
    assert figures_of(sc, made).waits == ()
