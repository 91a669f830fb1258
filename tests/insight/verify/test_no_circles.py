"""Rule 13: no circles."""

from tests.builders import plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    horizon=6,
    stocks="A,gun,9; B,gun,9; C,gun,9; D,gun,9; A,tank,9; B,tank,9",
    offers="oa,A,gun,9; ob,B,gun,9; oc,C,gun,9; od,D,gun,9; ta,A,tank,9; tb,B,tank,9",
    lanes="*,*,*,0",
)


def test_a_ring_of_unlike_items_and_a_chain_of_one_are_no_circles() -> None:
    made = plan(
        CASE,
        dispatches="oa,A,B,gun,0,1; ob,B,C,gun,0,1; oa,A,C,gun,1,1; tb,B,A,tank,0,1; oc,C,D,gun,0,1",
    )
    assert said(CASE, made) == []


def test_there_and_back_is_a_circle_however_far_apart() -> None:
    made = plan(CASE, dispatches="oa,A,B,gun,0,3; ob,B,C,gun,0,1; ob,B,A,gun,5,2")
    assert said(CASE, made) == [
        (
            "rule 13, no circles: gun goes in a circle, A > B > A (dispatches.csv:2 and 4); without the"
            " 2 gun from B to A it would not"
        )
    ]


def test_each_circle_is_reported_with_its_rows() -> None:
    made = plan(
        CASE,
        dispatches="""
            oa,A,B,gun,0,1
            ob,B,C,gun,1,2
            oc,C,A,gun,2,3
            oc,C,D,gun,3,1
            od,D,C,gun,4,5
            oa,A,B,gun,5,3
        """,
    )
    assert said(CASE, made) == [
        (
            "rule 13, no circles: gun goes in a circle, A > B > C > A (dispatches.csv:2, 3, 4 and 7);"
            " without the 2 gun from B to C it would not"
        ),
        (
            "rule 13, no circles: gun goes in a circle, C > D > C (dispatches.csv:5 and 6); without the"
            " 1 gun from C to D it would not"
        ),
    ]
