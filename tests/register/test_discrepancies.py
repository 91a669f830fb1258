"""Rules 28 and 29: what two parties tell differently, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

from ringtausch.register.discrepancies import Discrepancy, discrepancies
from ringtausch.register.statement import Statement, Terms
from tests.register.builders import positions_of, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}


def given(milestone: str, quantity: str, on: str, **fields: Any) -> Statement:
    """Say something of the transfer `t`."""
    return said("t", "transfer", milestone, quantity=quantity, on=on, **(ITEM | fields))


def test_what_was_handed_over_and_not_received_ages_from_its_hand_over() -> None:
    """5 handed over on two days; 3 of the second received and 1 lost: 1 is missing since the first."""
    found = discrepancies(
        positions_of(
            given("handed_over", "2", "2025-02-01", event="1"),
            given("handed_over", "3", "2025-02-11", event="2"),
            given("received", "3", "2025-02-12", event="2"),
            given("lost", "1", "2025-02-13", by="POL"),
            as_of="2025-03-01",
        )
    )
    assert found == [
        Discrepancy(
            "t", "POL", "UKR", "launcher", 5000, 3000, 1000, 1000, date(2025, 2, 1), age_days=28
        )
    ]


def test_what_was_lost_before_the_hand_over_is_no_discrepancy() -> None:
    """3 left, 1 of them lost on the way, 2 handed over and received."""
    assert not discrepancies(
        positions_of(
            given("left", "3", "2025-02-01"),
            given("lost", "1", "2025-02-02", by="POL"),
            given("handed_over", "2", "2025-02-03"),
            given("received", "2", "2025-02-03"),
        )
    )


def test_more_received_than_handed_over_is_a_discrepancy_below_nothing() -> None:
    """UKR has 3 of 2."""
    (row,) = discrepancies(
        positions_of(given("handed_over", "2", "2025-02-01"), given("received", "3", "2025-02-02"))
    )
    assert (row.missing, row.since) == (-1000, date(2025, 2, 1))


def test_where_the_giver_is_silent_nothing_is_missing() -> None:
    """Only UKR has spoken."""
    assert not discrepancies(positions_of(given("received", "3", "2025-02-02")))


def test_an_accepted_item_without_a_rate_is_a_discrepancy() -> None:
    """POL has accepted 4 missiles for launchers and said no rate."""
    sides: dict[str, Any] = {"giver": "DEU", "receiver": "POL"}
    (row,) = discrepancies(
        positions_of(
            said("r", "replacement", "agreed", item="launcher", terms=Terms(of="t"), **sides),
            said("r", "replacement", "accepted", item="missile", quantity="4", **sides),
            as_of="2025-01-11",
        )
    )
    assert (row.why, row.item, row.missing, row.age_days) == ("not agreed", "missile", 4000, 10)
