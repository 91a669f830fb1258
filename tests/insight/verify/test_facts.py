"""The verifier's own reading of the scenario."""

from fractions import Fraction

import pytest

from ringtausch.insight.verify.facts import Facts
from tests.builders import scenario


def test_the_lane_row_that_names_most_counts_and_at_a_tie_the_later_one() -> None:
    facts = Facts(
        scenario(
            parties="A;B;C;D",
            items="gun;tank",
            lanes="""
                A,B,*,1
                *,B,gun,2
                A,*,gun,3
                A,B,tank,4
                *,*,*,5
                *,C,*,6
                C,*,*,7
            """,
        )
    )
    leads = {
        names: None if (lane := facts.lane(*names)) is None else lane.lead
        for names in [
            ("A", "B", "gun"),
            ("A", "B", "tank"),
            ("C", "B", "gun"),
            ("A", "C", "gun"),
            ("D", "C", "gun"),
            ("C", "D", "gun"),
            ("D", "A", "tank"),
            ("A", "A", "gun"),
        ]
    }
    assert leads == {
        ("A", "B", "gun"): 3,
        ("A", "B", "tank"): 4,
        ("C", "B", "gun"): 2,
        ("A", "C", "gun"): 3,
        ("D", "C", "gun"): 6,
        ("C", "D", "gun"): 7,
        ("D", "A", "tank"): 5,
        ("A", "A", "gun"): None,
    }


def test_the_supply_row_that_names_most_counts() -> None:
    facts = Facts(
        scenario(
            parties="A;B",
            items="gun;tank",
            supply="S,*,A,1; S,gun,*,2; S,tank,B,3; S,tank,*,4",
        )
    )
    prices = [
        None if (row := facts.supply("S", item, party)) is None else int(row.price)
        for item, party in [("gun", "A"), ("gun", "B"), ("tank", "A"), ("tank", "B")]
    ]
    assert prices == [2, 2, 4, 3]
    assert facts.supply("T", "gun", "A") is None


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("true", [0, 1, 0, 1, 0, 0, 1]),
        ("", [Fraction("0.7"), Fraction("0.7"), Fraction("0.1"), Fraction("0.7")]),
    ],
)
def test_the_latest_row_of_production_that_has_begun_counts(
    whole: str, expected: list[Fraction | int]
) -> None:
    """0.7 in January and February make the first whole one; 0.1 in March; 0.7 again: 2.2."""
    facts = Facts(
        scenario(
            horizon=7,
            items=f"gun,,,{whole}",
            supply="S,gun,A",
            production="""
                S,gun,2025-04-01,0.7
                S,gun,2024-01-01,0.7
                S,gun,2025-03-01,9
                S,gun,2025-03-20,0.1
                S,gun,2025-05-01,0.1
                S,gun,2025-07-01,0.6
            """,
        )
    )
    assert facts.capacity("S", "gun")[: len(expected)] == expected
    assert facts.capacity("T", "gun") == [0] * 7


def test_a_fund_holds_what_was_released_so_far() -> None:
    facts = Facts(
        scenario(
            horizon=3,
            fx={"USD": 0.5},
            funds="F,A,USD",
            releases="F,2024-01-01,10; F,2025-02-28,20; F,2025-02-01,2; F,2025-04-01,99",
        )
    )
    assert facts.released("F") == [5, 16, 16]
