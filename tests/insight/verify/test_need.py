"""Rule 9: need."""

from ringtausch.insight import verify
from tests.builders import edited, plan, scenario, without
from tests.insight.verdict import said

CASE = scenario(
    horizon=4,
    stocks="A,gun,9; A,crew,9",
    capabilities="artillery,gun,1,weapon; artillery,crew,0.5,crew",
    offers="o1,A,gun,9; o2,A,crew,9; o3,B,gun,9",
    lanes="A,C,*,0; C,D,*,0; B,D,*,0",
    needs="n1,C,artillery,2,2025-02-01,,2,true",
)
GOOD = plan(
    CASE,
    dispatches="o1,A,C,gun,0,2; o2,A,C,crew,1,4",
    fulfilments="n1,gun,0,2; n1,crew,1,4",
)


def test_a_need_is_met_when_every_role_is() -> None:
    proof = verify(CASE, GOOD)
    assert str(proof) == "the plan obeys every rule"
    assert proof.consequences.unmet == {"n1": [2, 0, 0, 0]}


def test_only_whole_steps_count() -> None:
    """Three crews are one and a half batteries: no whole step of two."""
    proof = verify(CASE, edited(GOOD, "fulfilments", 3, quantity=3.0))
    assert proof.consequences.unmet == {"n1": [2, 2, 2, 2]}
    assert [v.message for v in proof.violations] == [
        (
            "rule 9, need: needs.csv:2: the hard need n1 of C lacks 2 artillery in 2025-02 (and in 2"
            " other periods); it is to be met from 2025-02 on"
        )
    ]


def test_a_hard_need_is_met_from_its_due_date_on() -> None:
    assert said(CASE, without(GOOD, "fulfilments", 2)) == [
        (
            "rule 9, need: needs.csv:2: the hard need n1 of C lacks 2 artillery in 2025-02 (and in 2"
            " other periods); it is to be met from 2025-02 on"
        )
    ]


def test_a_need_that_is_not_hard_may_stay_unmet() -> None:
    case = scenario(horizon=2, needs="n1,C,gun,2,2025-01-01")
    proof = verify(case, plan(case))
    assert str(proof) == "the plan obeys every rule"
    assert proof.objectives["unmet_need"] == 4


def test_what_serves_a_need_stays() -> None:
    case = scenario(
        horizon=3,
        stocks="A,gun,3",
        offers="o1,A,gun,3; o2,C,tank,3",
        lanes="*,*,*,0",
        capabilities="armour,tank,1; fire,gun,1",
        needs="n1,C,fire,3,2025-01-01; n2,D,armour,3,2025-01-01",
        items="gun;tank",
        arrivals="C,gun,2025-02-01,1",
    )
    # Offers of what one needs oneself are refused, so the hand edit names another party's offer.
    made = plan(
        case,
        dispatches="o1,A,C,gun,0,3; o1,C,D,gun,2,2",
        fulfilments="n1,gun,0,2; n1,gun,0,1",
    )
    assert said(case, made) == [
        (
            "rule 2, willingness: dispatches.csv:3 sends 2 gun from C under the offer o1, which is for"
            " gun of A"
        ),
        (
            "rule 2, willingness: dispatches.csv:2 and 3 send 5 gun under the offer o1, which is for 3;"
            " 2 too many"
        ),
        (
            "rule 9, need: dispatches.csv:3 leaves C with 2 in 2025-03, but 3 gun serve its needs"
            " (fulfilments.csv:2 and 3) and stay"
        ),
    ]
