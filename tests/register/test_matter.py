"""Who speaks for which side of a matter, and what makes its position (rule 6)."""

from __future__ import annotations

from datetime import date

from ringtausch.register.matter import Sides, gather, rank_all, sides
from ringtausch.register.rule import STRICT, TRACKER
from ringtausch.register.statement import Statement, Terms
from tests.register.builders import DIRECTORY, said


def ranks(*statements: Statement) -> dict[str, int]:
    return {one.statement.id: one.key[0] for one in rank_all(statements, DIRECTORY)}


def test_the_sides_of_a_matter_are_those_that_the_best_source_names() -> None:
    """The press names France as the giver; Germany's own pledge, of an earlier day, wins."""
    pledge = said("m", "transfer", "pledged", giver="DEU", on="2025-01-01")
    press = said("m", "transfer", "pledged", giver="FRA", receiver="UKR", by="press", rank=5)
    assert sides([press, pledge], DIRECTORY) == Sides("DEU", "UKR", "")


def test_a_debtor_whom_only_the_agreement_names_delivers_as_the_giver() -> None:
    agreed = said(
        "r", "replacement", "agreed", giver="DEU", receiver="POL", terms=Terms(replacer="USA"), id="agreed"
    )  # fmt: skip
    delivered = said(
        "r", "replacement", "delivered", giver="DEU", receiver="POL", by="USA", id="delivered"
    )
    assert ranks(agreed, delivered) == {"agreed": 1, "delivered": 1}
    assert ranks(delivered) == {"delivered": 4}


def test_a_counterparty_that_names_only_the_other_side_is_no_third_party() -> None:
    pledge = said("m", "transfer", "pledged", giver="DEU", receiver="UKR", id="pledge")
    told = said("m", "transfer", "handed_over", giver="DEU", by="UKR", id="told")
    assert ranks(pledge, told) == {"pledge": 1, "told": 3}


def test_who_speaks_for_whom_does_not_depend_on_the_rule_or_the_day() -> None:
    """The pledge that names the sides became true after the as-of date and is of the press."""
    late = said("m", "transfer", "pledged", giver="DEU", receiver="UKR", by="press", rank=5, true="2025-09-01", on="2025-09-01")  # fmt: skip
    gone = said("m", "transfer", "handed_over", by="DEU", rank=1, on="2025-02-01")
    evidence = gather(rank_all([late, gone], DIRECTORY), "transfer", STRICT, date(2025, 3, 1))
    assert [one.statement for one in evidence.candidates] == [gone]


def test_a_link_alone_makes_no_position() -> None:
    link = said("m", "transfer", "linked", by="DEU", part_of="p", giver="DEU", receiver="UKR")
    evidence = gather(rank_all([link], DIRECTORY), "transfer", TRACKER, date(2026, 1, 1))
    assert (len(evidence.ranked), evidence.candidates) == (1, [])
