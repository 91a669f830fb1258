"""Rule 6: debt."""

from ringtausch.insight import verify
from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    horizon=3,
    settlement=2,
    stocks="A,gun,4",
    arrivals="A,gun,2025-02-01,9,true; A,tank,2025-03-01,9,true",
    offers="o1,A,gun,9",
    lanes="A,B,gun,0",
    assurances="A,gun,2,1.5",
    debts="A,gun,1,2025-12-01; A,tank,1,2025-12-01",
    exchange="A,gun,tank,2",
)
#: Owed: 1 at the start, 3 more for two guns; 1 settled in February, 2 by a tank in March.
GOOD = plan(
    CASE, dispatches="o1,A,B,gun,0,2", settlements="A,gun,,1,1; A,gun,tank,2,1; A,tank,,2,1"
)


def test_a_debt_follows_from_what_is_handed_over_and_replaced() -> None:
    proof = verify(CASE, GOOD)
    assert str(proof) == "the plan obeys every rule"
    assert proof.consequences.debts == {
        ("A", "gun"): [4, 3, 1, 1, 1],
        ("A", "tank"): [1, 1, 0, 0, 0],
    }


def test_no_more_is_settled_than_is_owed() -> None:
    assert said(CASE, edited(GOOD, "settlements", 3, quantity=2.0)) == [
        (
            "rule 6, debt: settlements.csv:3 settles 4 gun owed to A in 2025-03, but only 3 are owed"
            " then; 1 too many"
        )
    ]


def test_settling_too_much_is_said_where_it_happens_only() -> None:
    """The rows after it settle what would have been owed without the slip."""
    assert said(CASE, edited(GOOD, "settlements", 2, quantity=5.0)) == [
        (
            "rule 6, debt: settlements.csv:2 settles 5 gun owed to A in 2025-02, but only 4 are owed"
            " then; 1 too many"
        ),
        (
            "rule 6, debt: settlements.csv:3 settles 2 gun owed to A in 2025-03, but only 0 are owed"
            " then; 2 too many"
        ),
    ]


def test_without_an_assurance_what_is_handed_over_is_not_owed() -> None:
    case = scenario(
        horizon=2,
        stocks="A,gun,4",
        arrivals="A,gun,2025-02-01,9,true",
        offers="o1,A,gun,9",
        lanes="A,B,gun,0",
        debts="A,gun,1,2025-12-01",
    )
    made = plan(case, dispatches="o1,A,B,gun,0,2", settlements="A,gun,,1,1")
    assert verify(case, made).consequences.debts == {("A", "gun"): [1, 0]}
    assert said(case, edited(made, "settlements", 2, quantity=3.0)) == [
        (
            "rule 6, debt: settlements.csv:2 settles 3 gun owed to A in 2025-02, but only 1 are owed"
            " then; 2 too many"
        )
    ]
