"""Rule 8: floor."""

from ringtausch.insight import verify
from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    horizon=4,
    capabilities="battery,radar,1,sensor; battery,launcher,0.5,fire; battery,truck,0.25,fire",
    stocks="A,radar,3; A,launcher,4; A,truck,4",
    floors="A,battery,2025-01-10,2; A,battery,2025-03-01,3,1",
    offers="o1,A,launcher,9; o2,A,radar,9",
    lanes="A,B,*,0",
)
#: Fire is 0.5 a launcher and 0.25 a truck: 3 batteries, as many as there are radars.
GOOD = plan(CASE, dispatches="o1,A,B,launcher,1,2")


def test_the_weakest_role_counts_and_may_fall_as_far_below_the_floor_as_agreed() -> None:
    """Two launchers less leave 2 batteries of fire: just the floor, and from March one below."""
    proof = verify(CASE, GOOD)
    assert str(proof) == "the plan obeys every rule"
    assert proof.consequences.gaps == {("A", "battery"): [0, 0, 1, 1]}


def test_a_floor_is_broken_when_any_role_is_too_weak() -> None:
    assert said(CASE, edited(GOOD, "dispatches", 2, offer="o2", item="radar", quantity=2.0)) == [
        (
            "rule 8, floor: dispatches.csv:2 leaves A with 1 battery in 2025-02 (and in 2 other"
            " periods); its floor is 2 (floors.csv:2), and it may fall at most 0 below it"
        )
    ]


def test_a_floor_does_not_count_before_its_date() -> None:
    case = scenario(
        horizon=3,
        stocks="A,gun,1",
        floors="A,gun,2025-03-31,1",
        offers="o1,A,gun,9",
        lanes="A,B,*,0",
    )
    assert said(case, plan(case, dispatches="o1,A,B,gun,0,1")) == [
        (
            "rule 8, floor: dispatches.csv:2 leaves A with 0 gun in 2025-03; its floor is 1"
            " (floors.csv:2), and it may fall at most 0 below it"
        )
    ]


def test_no_one_is_blamed_for_a_gap_it_started_with() -> None:
    """A floor of 5 over a stock of 2: a gap of 3, of 1 when two more come in February."""
    case = scenario(
        horizon=2,
        stocks="A,gun,2",
        arrivals="A,gun,2025-02-01,2",
        floors="A,gun,2025-01-01,5",
        offers="o1,A,gun,9",
        lanes="A,B,*,0",
    )
    nothing = verify(case, plan(case))
    assert str(nothing) == "the plan obeys every rule"
    assert nothing.consequences.excused == {("A", "gun"): [3, 1]}
    assert said(case, plan(case, dispatches="o1,A,B,gun,0,1")) == [
        (
            "rule 8, floor: dispatches.csv:2 leaves A with 1 gun in 2025-01 (and in 1 other period);"
            " its floor is 5 (floors.csv:2), and it may fall at most 3 below it"
        )
    ]


def test_what_arrives_by_the_plan_does_not_excuse_a_gap() -> None:
    """B hands over what it got by the plan: its gap is no greater than without the plan."""
    case = scenario(
        horizon=3,
        stocks="A,gun,2",
        floors="B,gun,2025-01-01,2",
        offers="o1,A,gun,9; o2,B,gun,9",
        lanes="A,B,*,0; B,C,*,0",
    )
    made = plan(case, dispatches="o1,A,B,gun,0,2; o2,B,C,gun,1,2")
    assert said(case, made) == []
