"""Rule 33: a party's own statement that its counts contradict is refused, others' are conflicts."""

from __future__ import annotations

from typing import Any

from ringtausch.register.refusing import refuses_stock
from ringtausch.register.statement import Statement
from tests.register.builders import DIRECTORY, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}
COUNTED = said("h", "holding", "counted", giver="POL", item="launcher", quantity="4")


def given(milestone: str, quantity: str, on: str, **fields: Any) -> Statement:
    """Say something of the transfer `t`."""
    return said("t", "transfer", milestone, quantity=quantity, on=on, **(ITEM | fields))


def test_more_than_was_counted_is_refused_to_the_party_itself() -> None:
    """4 counted, 3 reserved: 2 more of another matter are 1 too many."""
    other = said("u", "transfer", "reserved", quantity="2", on="2025-03-01", **ITEM)
    known = [COUNTED, given("reserved", "3", "2025-02-01")]
    assert refuses_stock([other], known, DIRECTORY) == [
        (
            "POL would be short of 1 of launcher at the end of 2025-03-01: its counts say that it has"
            " less; hand over or reserve less, release what is reserved, or record a count first"
        )
    ]


def test_what_there_is_may_be_reserved_and_handed_over() -> None:
    """All 4 are reserved, and the same 4 handed over."""
    known = [COUNTED, given("reserved", "4", "2025-02-01")]
    assert not refuses_stock([given("handed_over", "4", "2025-03-01")], known, DIRECTORY)


def test_what_others_say_is_a_conflict_and_no_error() -> None:
    """UKR says that POL handed 9 over."""
    draft = given("handed_over", "9", "2025-03-01", by="UKR")
    assert not refuses_stock([draft], [COUNTED], DIRECTORY)


def test_a_stock_that_nobody_counts_is_never_short() -> None:
    """Nothing is known of the launchers of POL."""
    assert not refuses_stock([given("handed_over", "9", "2025-03-01")], [], DIRECTORY)


def test_a_statement_of_an_earlier_day_is_refused_for_a_later_days_end() -> None:
    """4 were handed over in March; 1 more in February makes March short."""
    known = [COUNTED, given("handed_over", "4", "2025-03-01", event="1")]
    draft = given("handed_over", "1", "2025-02-01", event="2", recorded="2025-04-01")
    assert len(refuses_stock([draft], known, DIRECTORY)) == 1


def test_a_chain_is_looked_at_all_together() -> None:
    """What is released and reserved anew in one go is well."""
    known = [COUNTED, given("reserved", "4", "2025-02-01")]
    released = given("released", "4", "2025-03-01")
    other = said("u", "transfer", "reserved", quantity="4", on="2025-03-01", **ITEM)
    assert refuses_stock([other], known, DIRECTORY)
    assert not refuses_stock([other, released], known, DIRECTORY)


def test_a_stock_that_is_short_by_anothers_word_does_not_stop_its_party() -> None:
    """UKR has said 9; POL records a hand-over of 1 in a year in which a new count was made."""
    known = [
        COUNTED,
        given("handed_over", "9", "2025-02-01", by="UKR", event="1"),
        said(
            "h", "holding", "counted", giver="POL", item="launcher", quantity="3", on="2025-03-01"
        ),
    ]
    draft = said("u", "transfer", "handed_over", quantity="1", on="2025-04-01", **ITEM)
    assert not refuses_stock([draft], known, DIRECTORY)


def test_a_correction_of_a_count_below_what_is_reserved_is_refused() -> None:
    """4 counted and reserved; now there should have been 3 of them."""
    known = [COUNTED, given("reserved", "4", "2025-02-01")]
    draft = said(
        "h",
        "holding",
        "counted",
        giver="POL",
        item="launcher",
        quantity="3",
        corrects=COUNTED.id,
        recorded="2025-03-01",
    )
    assert len(refuses_stock([draft], known, DIRECTORY)) == 1
