"""The day and the class of a statement, and which of two wins (rules 2, 5 and 6)."""

from __future__ import annotations

from datetime import date

import pytest

from ringtausch.register.dates import NEVER
from ringtausch.register.rank import effective_rank, rank_key, said_day, true_day
from ringtausch.register.statement import Source, Statement
from tests.register.builders import DIRECTORY, said


def rank(statement: Statement) -> int:
    return effective_rank(
        statement,
        statement.giver,
        statement.receiver,
        DIRECTORY,
        replacer=statement.terms.replacer,
    )


@pytest.mark.parametrize(
    ("milestone", "by", "written", "counts_as"),
    [
        ("handed_over", "DEU", 1, 1),
        ("handed_over", "DEU", 2, 2),
        ("handed_over", "UKR", 1, 3),
        ("handed_over", "UKR", 2, 3),
        ("handed_over", "FRA", 1, 4),
        ("handed_over", "FRA", 3, 4),
        ("handed_over", "FRA", 4, 4),
        ("handed_over", "FRA", 5, 5),
        ("handed_over", "DEU", 6, 6),
        ("handed_over", "DEU", 5, 5),
        ("received", "UKR", 1, 1),
        ("received", "DEU", 1, 3),
        ("lost", "FRA", 2, 2),
    ],
)
def test_classes_1_and_2_are_the_party_whose_act_it_is(
    milestone: str, by: str, written: int, counts_as: int
) -> None:
    """Germany hands over to Ukraine; France has no part in it."""
    told = said("m", "transfer", milestone, giver="DEU", receiver="UKR", by=by, rank=written)
    assert rank(told) == counts_as


def test_a_keeper_speaks_for_its_pool() -> None:
    def paid_in(by: str) -> Statement:
        return said("m", "contribution", "paid_in", giver="NOR", receiver="PURL", by=by)

    assert [rank(paid_in(by)) for by in ("IKI", "PURL", "NOR", "DEU")] == [1, 1, 3, 4]


def test_a_pools_own_spending_is_the_act_of_its_keeper() -> None:
    paid = said("m", "payment", "paid", giver="PURL", receiver="USA", by="IKI")
    assert rank(paid) == 1


def test_a_replacer_acts_for_the_giver_of_a_replacement() -> None:
    from ringtausch.register.statement import Terms

    delivered = said(
        "m", "replacement", "delivered", giver="DEU", receiver="POL", by="USA",
        terms=Terms(replacer="USA"),
    )  # fmt: skip
    assert rank(delivered) == 1


def test_nobody_acts_for_a_side_that_is_not_named() -> None:
    assert rank(said("m", "transfer", "pledged", by="", receiver="UKR")) == 4


def test_an_empty_day_of_saying_is_that_of_the_source_and_an_empty_true_day_that_of_saying() -> (
    None
):
    told = said(
        "m", "request", "asked", on="", source=Source(1, date="2025-06-30"), recorded="2025-07-05"
    )
    assert (said_day(told), true_day(told)) == (date(2025, 6, 30), date(2025, 6, 30))
    assert said_day(said("m", "request", "asked", on="", recorded="2025-07-05")) == NEVER


def test_a_month_stands_for_its_last_day_or_the_day_of_recording() -> None:
    assert said_day(said("m", "request", "asked", on="2025-07", recorded="2025-07-20")) == date(
        2025, 7, 20
    )
    assert said_day(said("m", "request", "asked", on="2025-07", recorded="2025-08-20")) == date(
        2025, 7, 31
    )


def in_order(*statements: Statement) -> list[str]:
    return [
        told.id for told in sorted(statements, key=lambda told: rank_key(told, told.source.rank))
    ]


def pledge(identifier: str, **fields: object) -> Statement:
    return said("m", "transfer", "pledged", giver="DEU", id=identifier, **fields)


def test_the_best_class_wins_then_the_newest_said_then_the_newest_true() -> None:
    assert in_order(
        pledge("old", on="2025-07-01"),
        pledge("press", on="2025-09-01", rank=5),
        pledge("new, true later", on="2025-08-01", true="2025-07-20"),
        pledge("new, true earlier", on="2025-08-01", true="2025-07-10"),
    ) == ["new, true later", "new, true earlier", "old", "press"]


def test_then_the_least_that_is_claimed_wins_and_then_the_id() -> None:
    assert in_order(
        pledge("b", quantity="2"),
        pledge("a", quantity="2"),
        pledge("at least", quantity="at least 2"),
        pledge("range", quantity="2..4"),
        pledge("least", quantity="1..9"),
    ) == ["least", "a", "b", "range", "at least"]
