"""Rule 22: which money is new between two days."""

from __future__ import annotations

from datetime import date

from ringtausch.register.question import Question
from ringtausch.register.window import new_in_window
from tests.register.builders import positions_of, said


def test_money_for_a_fund_out_of_an_older_promise_is_no_new_money() -> None:
    """Spain, November 2025: 100 for the fund, in 615, in a billion of the year before."""
    fields = {"giver": "ESP", "currency": "EUR"}
    positions = positions_of(
        said("billion", "contribution", "committed", receiver="UKR", quantity="1000", on="2024-05-27",
             **fields),
        said("package", "contribution", "committed", receiver="UKR", quantity="615", on="2025-11-18",
             part_of="billion", **fields),
        said("fund", "contribution", "committed", receiver="PURL", quantity="100", on="2025-11-18",
             part_of="package", **fields),
        as_of="2025-11-30",
    )  # fmt: skip
    everything = Question(("contribution",), "committed", currency="EUR", by="giver")
    fund = Question(("contribution",), "committed", currency="EUR", by="giver", pool="PURL")
    november = date(2025, 10, 31)
    assert new_in_window(positions, fund, november).new == 100 * 10_000
    found = new_in_window(positions, everything, november)
    assert (found.before.lo, found.after.lo, found.new) == (10_000_000, 10_000_000, 0)
    assert found.new_by() == {}
