"""Rule 7: assurance."""

from ringtausch.insight import verify
from tests.builders import edited, plan, scenario, without
from tests.insight.verdict import said

CASE = scenario(
    horizon=3,
    settlement=3,
    stocks="A,gun,9",
    arrivals="A,gun,2025-02-01,9,true; A,gun,2025-03-01,9,true; A,gun,2025-04-01,9,true",
    offers="o1,A,gun,9",
    lanes="A,B,gun,0",
    assurances="A,gun,2,,,true",
)
GOOD = plan(
    CASE,
    dispatches="o1,A,B,gun,0,2; o1,A,B,gun,1,1",
    settlements="A,gun,,1,1; A,gun,,2,1; A,gun,,3,1",
)


def test_a_hard_deadline_is_kept_when_all_is_replaced_within_the_periods() -> None:
    proof = verify(CASE, GOOD)
    assert str(proof) == "the plan obeys every rule"
    assert proof.consequences.debts == {("A", "gun"): [2, 2, 1, 0, 0, 0]}
    assert proof.consequences.late == {("A", "gun"): [0, 0, 0, 0, 0, 0]}


def test_a_replacement_that_is_missing_breaks_a_hard_assurance_from_its_deadline_on() -> None:
    """What was sent in January is overdue in March, one unit of it to the end."""
    assert said(CASE, without(GOOD, "settlements", 3)) == [
        (
            "rule 7, assurance: dispatches.csv:2: 1 gun handed over by A are not replaced in 2025-03"
            " (and in 3 other periods), more than 2 periods after the hand-over, which its assurance"
            " does not allow"
        )
    ]


def test_nothing_assured_is_sent_during_the_settlement() -> None:
    made = plan(CASE, dispatches="o1,A,B,gun,3,1", settlements="A,gun,,3,1")
    assert said(CASE, made) == [
        (
            "rule 7, assurance: dispatches.csv:2 sends 1 gun from A in 2025-04, but from 2025-04 on, in"
            " the settlement, no one sends an item for which it holds an assurance"
        )
    ]


def test_what_is_not_assured_is_sent_during_the_settlement_too() -> None:
    case = scenario(
        horizon=1,
        settlement=3,
        stocks="A,gun,9",
        offers="o1,A,gun,9",
        lanes="A,B,gun,0",
        assurances="A,tank,3",
    )
    assert said(case, plan(case, dispatches="o1,A,B,gun,2,1")) == []


def test_zero_periods_mean_replaced_in_the_same_period() -> None:
    case = scenario(
        horizon=2,
        stocks="A,gun,9",
        arrivals="A,gun,2025-01-01,9,true",
        offers="o1,A,gun,9",
        lanes="A,B,gun,0",
        assurances="A,gun,0,,,true",
    )
    made = plan(case, dispatches="o1,A,B,gun,0,1", settlements="A,gun,,0,1")
    assert said(case, made) == []
    assert said(case, without(made, "settlements", 2)) == [
        (
            "rule 7, assurance: dispatches.csv:2: 1 gun handed over by A are not replaced in 2025-01"
            " (and in 1 other period), more than 0 periods after the hand-over, which its assurance"
            " does not allow"
        )
    ]


def test_opening_debts_may_be_late_where_lateness_is_not_allowed() -> None:
    """Two are owed from the start, one of them since January: late, and no rule is broken."""
    case = scenario(
        horizon=3,
        settlement=1,
        assurances="A,gun,1,,,true",
        debts="A,gun,1,2025-01-01; A,gun,1,2025-03-01",
    )
    proof = verify(case, plan(case))
    assert str(proof) == "the plan obeys every rule"
    assert proof.consequences.late == {("A", "gun"): [1, 1, 2, 2]}


def test_what_settles_an_opening_debt_does_not_excuse_a_new_one_later() -> None:
    """The debt of the start is gone by February; what is handed over in January stays owed."""
    case = scenario(
        horizon=2,
        settlement=3,
        stocks="A,gun,9",
        arrivals="A,gun,2025-01-01,9,true; A,gun,2025-02-01,9,true",
        offers="o1,A,gun,9",
        lanes="A,B,gun,0",
        assurances="A,gun,2,,,true",
        debts="A,gun,1,2025-12-01",
    )
    made = plan(case, dispatches="o1,A,B,gun,1,1", settlements="A,gun,,0,1")
    proof = verify(case, made)
    assert proof.consequences.opening_debts == {("A", "gun"): [0, 0, 0, 0, 0]}
    assert [v.message for v in proof.violations] == [
        (
            "rule 7, assurance: dispatches.csv:2: 1 gun handed over by A are not replaced in 2025-04"
            " (and in 1 other period), more than 2 periods after the hand-over, which its assurance"
            " does not allow"
        )
    ]
    assert (
        said(case, edited(made, "settlements", 2, period=1, date=case.calendar.first_day(1))) == []
    )
