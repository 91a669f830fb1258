"""The six objectives, computed by hand."""

import pytest

from ringtausch.insight import verify
from ringtausch.records import Plan, Scenario
from tests.builders import plan, scenario


def values(of: Scenario, made: Plan) -> dict[str, float]:
    proof = verify(of, made)
    assert str(proof) == "the plan obeys every rule"
    return proof.objectives


def test_what_is_late_at_the_end_stays_late_for_the_settlement() -> None:
    """A gives 2 in January, due by March; one comes in April, one never.

    March 2 late, April 1, May (the last) 1 counted three times: 6, times the weight of 10. C is
    owed 3 from the start, due in April: April 3, May 3 three times: 12, of weight 1.
    """
    case = scenario(
        horizon=3,
        settlement=2,
        stocks="A,gun,2",
        arrivals="A,gun,2025-04-01,1,true",
        offers="o1,A,gun,2",
        lanes="A,B,gun,0",
        assurances="A,gun,2,,10",
        debts="C,tank,3,2025-04-01",
    )
    made = plan(case, dispatches="o1,A,B,gun,0,2", settlements="A,gun,,3,1")
    assert verify(case, made).consequences.late == {
        ("A", "gun"): [0, 0, 2, 1, 1],
        ("C", "tank"): [0, 0, 0, 3, 3],
    }
    assert values(case, made)["late_replacement"] == 10 * (2 + 1 + 3) + (3 + 9)


def test_an_opening_debt_is_late_from_its_due_period_on() -> None:
    """Due in March: not late in February, late in March. Due after the end: never late."""
    case = scenario(horizon=3, debts="A,gun,1,2025-03-31; A,gun,5,2026-01-01")
    proof = verify(case, plan(case))
    assert proof.consequences.late == {("A", "gun"): [0, 0, 1]}


def test_opening_debts_that_were_settled_leave_less_that_is_not_due() -> None:
    """Four are owed, two in February, two in June; three are settled in January.

    One is owed still, and it may be one of those of June.
    """
    case = scenario(
        horizon=4,
        arrivals="A,gun,2025-01-01,3,true",
        debts="A,gun,2,2025-02-01; A,gun,2,2025-06-01",
    )
    proof = verify(case, plan(case, settlements="A,gun,,0,3"))
    assert proof.consequences.late == {("A", "gun"): [0, 0, 0, 0]}


def test_unmet_need_counts_from_the_due_period_on() -> None:
    """Of 3, due in February: 3 lacking in February, 1 in March and April: 5, of weight 2."""
    case = scenario(
        horizon=4,
        stocks="A,gun,2",
        offers="o1,A,gun,2",
        lanes="A,B,gun,0",
        needs="n1,B,gun,3,2025-02-10,2; n2,B,gun,3,2026-01-01,9",
    )
    made = plan(case, dispatches="o1,A,B,gun,2,2", fulfilments="n1,gun,2,2")
    assert values(case, made)["unmet_need"] == 2 * (3 + 1 + 1)


def test_a_capability_gap_has_the_weight_of_the_floor_that_counts() -> None:
    """1 below in January at weight 3, 2 below from February on at weight 5."""
    case = scenario(
        horizon=3,
        stocks="A,gun,2",
        floors="A,gun,2024-01-01,9,9,9; A,gun,2024-06-01,3,9,3; A,gun,2025-02-01,4,9,5",
    )
    assert values(case, plan(case))["capability_gap"] == 3 * 1 + 5 * 2 + 5 * 2


def test_spend_is_all_charges_in_the_reporting_currency() -> None:
    """2 guns at 100 USD, 3 EUR for each hand-over, dues of 5; dues after the end do not count."""
    case = scenario(
        horizon=2,
        fx={"USD": 0.5},
        offers="o1,A,gun,9",
        lanes="A,B,gun,0,,3",
        supply="S,gun,A,100,USD",
        production="S,gun,2025-01-01,9",
        dues="order,gun,A,2025-02-01,10,USD; order,gun,A,2026-01-01,99",
        funds="F,A",
        releases="F,2025-01-01,999",
    )
    made = plan(
        case,
        dispatches="o1,A,B,gun,0,1",
        orders="S,gun,A,0,2",
        payments="F,order,gun,A,0,100; F,handover,gun,B,0,3; F,order,gun,A,1,5",
    )
    assert values(case, made)["spend"] == 100 + 3 + 5


def test_moved_value_counts_dispatches_and_orders_and_one_for_what_has_no_value() -> None:
    """1 gun of 20 USD moved twice, one such gun ordered, 3 trucks without a value moved."""
    case = scenario(
        horizon=3,
        fx={"USD": 0.5},
        items="gun,,,,20,USD; truck,,,,0,USD",
        stocks="A,gun,1; A,truck,3",
        offers="o1,A,gun,9; o2,B,gun,9; o3,A,truck,3",
        lanes="*,*,*,0",
        supply="S,gun,A",
        production="S,gun,2025-01-01,9",
        parties="A;B;C",
    )
    made = plan(
        case,
        dispatches="o1,A,B,gun,0,1; o2,B,C,gun,1,1; o3,A,B,truck,0,3",
        orders="S,gun,A,0,1",
    )
    assert values(case, made)["moved_value"] == 10 * (1 + 1 + 1) + 3


FAIR = scenario(
    horizon=2,
    parties="A,,3; B,,1; C,,0; D",
    items="gun,,,,10",
    stocks="A,gun,5",
    arrivals="B,gun,2025-02-01,1,true",
    offers="o1,A,gun,9,,,,,,4",
    lanes="A,*,gun,0,,1",
    supply="S,gun,B,20",
    production="S,gun,2025-01-01,9",
    debts="B,gun,2,2025-12-01",
    dues="compensation,gun,C,2025-01-01,7; order,gun,B,2025-02-01,1",
    funds="F,B; G,D",
    releases="F,2025-01-01,999; G,2025-01-01,999",
)


def test_unfairness_is_the_money_that_would_change_hands() -> None:
    """A and B are to carry 3 : 1, C nothing, D does not count.

    A: hands over 2 guns to D and 1 to B (+30), is compensated with 12: 18.
    B: pays 8 + 5 (+13 of its fund F), gets a gun from A (-10) and one ordered (-10), is owed 2
    from before (+20): 13. What arrives in any case is no burden.
    C: is compensated with 7 by an earlier decision: -7. All: 24; shares 18, 6, 0.
    Apart by 0, 7 and 7: 7 would change hands.
    """
    made = plan(
        FAIR,
        dispatches="o1,A,D,gun,0,2; o1,A,B,gun,1,1",
        orders="S,gun,B,1,1",
        payments="""
            F,compensation,gun,A,0,8
            G,handover,gun,D,0,2
            G,compensation,gun,C,0,7
            G,handover,gun,B,1,1
            F,compensation,gun,A,1,4
            G,order,gun,B,1,20
            F,order,gun,B,1,1
        """,
    )
    assert values(FAIR, made)["unfairness"] == 7


@pytest.mark.parametrize("parties", ["A;B", "A,,0;B,,0"])
def test_without_keys_nothing_is_unfair(parties: str) -> None:
    case = scenario(
        horizon=1,
        parties=parties,
        items="gun,,,,5",
        stocks="A,gun,1",
        offers="o1,A,gun,1",
        lanes="A,B,gun,0",
    )
    assert values(case, plan(case, dispatches="o1,A,B,gun,0,1"))["unfairness"] == 0


def test_all_six_are_reported_in_the_order_of_the_page() -> None:
    case = scenario(horizon=1, objectives=["spend"], parties="A")
    assert list(verify(case, plan(case)).objectives) == [
        "late_replacement",
        "unmet_need",
        "capability_gap",
        "spend",
        "moved_value",
        "unfairness",
    ]
