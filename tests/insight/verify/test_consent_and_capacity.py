"""Rule 3: consent and capacity."""

from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    start="2025-07-01",
    horizon=6,
    parties="DEU;UKR;POL;USA",
    stocks="DEU,patriot,9",
    offers="o1,DEU,patriot,9",
    lanes="""
        DEU,UKR,patriot,1,2,,,2025-09-10,2025-11-01
        DEU,POL,patriot,0,,,,never
        *,USA,patriot,0,,,,,2025-06-30
    """,
)
GOOD = plan(CASE, dispatches="o1,DEU,UKR,patriot,2,2,3; o1,DEU,UKR,patriot,4,1,5")


def test_dispatches_on_an_open_lane_within_its_capacity_are_right() -> None:
    assert said(CASE, GOOD) == []


def test_a_lane_is_closed_before_its_consent() -> None:
    early = edited(GOOD, "dispatches", 2, period=0, arrives=1, date=CASE.start)
    assert said(CASE, early) == [
        (
            "rule 3, consent and capacity: dispatches.csv:2 sends 2 patriot from DEU to UKR in 2025-07,"
            " but that lane opens in 2025-09"
        )
    ]


def test_a_lane_is_closed_after_its_last_day_and_nothing_arrives_after_the_plan() -> None:
    late = edited(GOOD, "dispatches", 3, period=5, arrives=6, date=CASE.calendar.first_day(5))
    assert said(CASE, late) == [
        (
            "rule 3, consent and capacity: dispatches.csv:3 sends 1 patriot from DEU to UKR in 2025-12,"
            " but that lane closed after 2025-11"
        ),
        (
            "rule 3, consent and capacity: dispatches.csv:3 sends 1 patriot from DEU to UKR in 2025-12,"
            " but with a lead of 1 that arrives after the last period, 2025-12"
        ),
    ]


def test_a_refused_lane_is_never_open() -> None:
    made = plan(CASE, dispatches="o1,DEU,POL,patriot,0,1")
    assert said(CASE, made) == [
        (
            "rule 3, consent and capacity: dispatches.csv:2 sends 1 patriot from DEU to POL in 2025-07,"
            " but that lane was refused consent"
        )
    ]


def test_a_lane_whose_consent_has_lapsed_is_never_open() -> None:
    made = plan(CASE, dispatches="o1,DEU,USA,patriot,0,1")
    assert said(CASE, made) == [
        (
            "rule 3, consent and capacity: dispatches.csv:2 sends 1 patriot from DEU to USA in 2025-07,"
            " but that lane is closed in every period of the plan"
        )
    ]


def test_a_lane_that_no_row_matches_does_not_exist() -> None:
    case = scenario(
        horizon=2,
        parties="A;B",
        stocks="A,gun,2",
        offers="o1,A,gun,2",
        lanes="B,A,*,0",
    )
    made = plan(case, dispatches="o1,A,B,gun,0,1; o1,A,A,gun,0,1")
    assert said(case, made) == [
        (
            "rule 3, consent and capacity: dispatches.csv:2 sends 1 gun from A to B in 2025-01, but no"
            " row of lanes.csv allows that"
        ),
        (
            "rule 3, consent and capacity: dispatches.csv:3 sends 1 gun from A to A in 2025-01, but no"
            " row of lanes.csv allows that"
        ),
    ]


def test_all_offers_share_the_capacity_of_a_lane() -> None:
    case = scenario(
        horizon=2,
        stocks="A,gun,12",
        offers="o1,A,gun,9; o2,A,gun,9",
        lanes="A,*,gun,0,3",
        parties="A;B;C",
    )
    wide = plan(case, dispatches="o1,A,B,gun,0,2; o2,A,B,gun,0,1; o2,A,C,gun,0,3; o1,A,B,gun,1,3")
    assert said(case, wide) == []  # each lane has its own 3, in each period
    assert said(case, edited(wide, "dispatches", 3, quantity=2.0)) == [
        (
            "rule 3, consent and capacity: dispatches.csv:2 and 3 send 4 gun from A to B in 2025-01,"
            " but that lane carries 3 in a period; 1 too many"
        )
    ]


def test_a_capacity_of_zero_carries_nothing() -> None:
    case = scenario(horizon=1, stocks="A,gun,9", offers="o1,A,gun,9", lanes="A,B,gun,0,0")
    assert said(case, plan(case, dispatches="o1,A,B,gun,0,1")) == [
        (
            "rule 3, consent and capacity: dispatches.csv:2 sends 1 gun from A to B in 2025-01, but"
            " that lane carries 0 in a period; 1 too many"
        )
    ]
