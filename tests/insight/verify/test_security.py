"""Rule 12: security."""

import pytest

from ringtausch.insight.verify.security import uncovered
from tests.builders import edited, plan, scenario, without
from tests.insight.verdict import said

CASE = scenario(
    horizon=3,
    settlement=3,
    stocks="A,gun,9",
    offers="o1,A,gun,9",
    lanes="A,B,gun,0",
    supply="S,gun,A,,,2",
    production="S,gun,2025-01-01,9",
    assurances="A,gun,3,,,,true",
)
GOOD = plan(
    CASE,
    dispatches="o1,A,B,gun,1,2",
    orders="S,gun,A,1,1,3; S,gun,A,0,1,2",
    settlements="A,gun,,3,1; A,gun,,2,1",
)


def test_what_is_handed_over_is_under_way_already() -> None:
    """One is settled in March, the other in April, each ordered before its gun has gone."""
    assert said(CASE, GOOD) == []


def test_nothing_is_handed_over_before_its_replacement_is_ordered() -> None:
    later = edited(GOOD, "orders", 2, period=2, delivered=4, date=CASE.calendar.first_day(2))
    settled = edited(later, "settlements", 2, period=4, date=CASE.calendar.first_day(4))
    assert said(CASE, settled) == [
        (
            "rule 12, security: dispatches.csv:2 leaves A with 2 gun owed in 2025-02, which its"
            " assurance wants secured, but what is under way to it counts for 1; 1 too few"
        )
    ]


def test_what_arrives_and_is_not_used_leaves_a_debt_unsecured() -> None:
    assert said(CASE, without(GOOD, "settlements", 2)) == [
        (
            "rule 12, security: dispatches.csv:2 leaves A with 1 gun owed in 2025-04 (and in 2 other"
            " periods), which its assurance wants secured, but what is under way to it counts for 0; 1"
            " too few"
        )
    ]


def test_designable_arrivals_and_dispatches_to_the_party_count_and_opening_debts_do_not() -> None:
    case = scenario(
        horizon=2,
        settlement=3,
        stocks="A,gun,9; B,gun,9",
        arrivals="A,gun,2025-03-01,1,true; A,gun,2025-03-01,5; A,gun,2026-01-01,5,true",
        offers="o1,A,gun,9; o2,B,gun,9",
        lanes="A,C,gun,0; B,A,gun,2",
        assurances="A,gun,3,,,,true",
        debts="A,gun,4,2025-12-01",
    )
    made = plan(
        case,
        dispatches="o1,A,C,gun,0,3; o2,B,A,gun,0,1,2",
        settlements="A,gun,,2,2",
    )
    assert said(case, made) == [
        (
            "rule 12, security: dispatches.csv:2 leaves A with 3 gun owed in 2025-01 (and in 4 other"
            " periods), which its assurance wants secured, but what is under way to it counts for 2; 1"
            " too few"
        )
    ]


def test_one_unit_under_way_does_not_secure_two_debts() -> None:
    """A tank is accepted for a gun and as two trucks; three tanks cover 2 guns and 2 trucks."""
    case = scenario(
        horizon=2,
        settlement=2,
        stocks="A,gun,9; A,truck,9",
        arrivals="A,tank,2025-02-01,3,true",
        offers="o1,A,gun,9; o2,A,truck,9",
        lanes="A,C,*,0",
        assurances="A,gun,2,,,,true; A,truck,2,,,,true",
        exchange="A,gun,tank,1; A,truck,tank,2",
    )
    good = plan(
        case,
        dispatches="o1,A,C,gun,0,2; o2,A,C,truck,0,2",
        settlements="A,gun,tank,1,2; A,truck,tank,1,1",
    )
    assert said(case, good) == []
    more = edited(good, "dispatches", 2, quantity=2.5)
    assert said(case, more) == [
        (
            "rule 12, security: dispatches.csv:2 leaves A with 2.5 gun owed in 2025-01 (and in 3 other"
            " periods), which its assurance wants secured, but what is under way to it counts for 2;"
            " 0.5 too few"
        )
    ]


@pytest.mark.parametrize(
    ("tanks", "guns", "missing"),
    [(3.0, 0.0, 0.0), (2.0, 1.0, 0.0), (2.0, 0.0, 1.0), (0.0, 0.0, 4.0), (1.5, 0.0, 1.5)],
)
def test_what_is_under_way_is_put_to_its_best_use(
    tanks: float, guns: float, missing: float
) -> None:
    """2 guns and 2 trucks are owed; a tank counts as 1 gun or 2 trucks, a gun as 1 gun.

    Of 1.5 tanks the trucks take one and the guns half: 1.5 guns are missing. The other way round
    it would be half a gun and two trucks.
    """
    owed = {"gun": 2.0, "truck": 2.0}
    rates = {"gun": {"gun": 1.0, "tank": 1.0}, "truck": {"truck": 1.0, "tank": 2.0}}
    there = {"gun": guns, "truck": 0.0, "tank": tanks}
    assert sum(uncovered(owed, rates, there).values()) == pytest.approx(missing)
