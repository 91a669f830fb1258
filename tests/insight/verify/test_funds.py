"""Rule 11: funds."""

from tests.builders import edited, plan, scenario
from tests.insight.verdict import said

CASE = scenario(
    start="2025-01-15",
    horizon=4,
    fx={"USD": 0.5},
    dues="""
        order,gun,A,2025-01-20,40
        order,gun,A,2025-02-01,30
        order,gun,A,2025-03-01,30
    """,
    funds="F,A,USD,2025-03-31; G,A,,2025-01-10; H,A",
    releases="F,2024-06-01,100; F,2025-02-20,80; F,2025-03-31,20; G,2025-01-01,999; H,2025-04-01,9",
)
#: F is given 50, 40 and 10 EUR in January, February and March.
GOOD = plan(CASE, payments="F,order,gun,A,0,40; F,order,gun,A,1,30; F,order,gun,A,2,30")


def test_a_fund_pays_what_it_has_been_given_so_far() -> None:
    assert said(CASE, GOOD) == []


def test_a_fund_does_not_pay_what_it_is_given_later() -> None:
    case = scenario(
        horizon=3,
        dues="order,gun,A,2025-01-20,40; order,gun,A,2025-02-01,30; order,gun,A,2025-03-01,30",
        funds="F,A",
        releases="F,2025-01-01,40; F,2025-02-01,20; F,2025-03-01,40",
    )
    made = plan(case, payments="F,order,gun,A,0,40; F,order,gun,A,1,30; F,order,gun,A,2,30")
    assert said(case, made) == [
        (
            "rule 11, funds: payments.csv:3 pays 30 EUR from F in 2025-02, but F has only 20 EUR by"
            " then; 10 EUR too much"
        )
    ]


def test_a_fund_that_has_lapsed_pays_nothing() -> None:
    """G ended before the plan begins, though in its first month."""
    assert said(CASE, edited(GOOD, "payments", 2, fund="G")) == [
        (
            "rule 11, funds: payments.csv:2 pays 40 EUR from G in 2025-01, but G lapsed before the plan"
            " begins"
        )
    ]


def test_a_fund_pays_until_the_period_of_its_last_day() -> None:
    case = scenario(
        horizon=3,
        dues="order,gun,A,2025-02-28,5; order,gun,A,2025-03-01,5",
        funds="F,A,,2025-02-01",
        releases="F,2025-01-01,40",
    )
    made = plan(case, payments="F,order,gun,A,1,5; F,order,gun,A,2,5")
    assert said(case, made) == [
        (
            "rule 11, funds: payments.csv:3 pays 5 EUR from F in 2025-03, but what F has left lapses"
            " after 2025-02"
        )
    ]


def test_payments_of_one_period_are_added_up() -> None:
    case = scenario(
        horizon=1,
        dues="order,gun,A,2025-01-01,5; order,gun,B,2025-01-01,5",
        funds="F,A",
        releases="F,2025-01-01,9",
    )
    made = plan(case, payments="F,order,gun,A,0,5; F,order,gun,B,0,5")
    assert said(case, made) == [
        (
            "rule 11, funds: payments.csv:2 and 3 pay 10 EUR from F in 2025-01, but F has only 9 EUR by"
            " then; 1 EUR too much"
        )
    ]
