"""What should have happened by now, each kind by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from ringtausch.register.overdue import overdue
from ringtausch.register.statement import Terms
from tests.register.builders import positions_of, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}
OWED: dict[str, Any] = {"giver": "DEU", "receiver": "POL", "item": "launcher"}


def test_debts_promises_payments_and_bare_hand_overs_stand_together_the_oldest_first() -> None:
    """One of each, and what is due today is not among them."""
    bill: dict[str, Any] = {"giver": "PURL", "receiver": "USA", "currency": "EUR"}
    found = overdue(
        positions_of(
            said("t", "transfer", "handed_over", quantity="2", **ITEM),
            said(
                "r",
                "replacement",
                "agreed",
                terms=Terms(of="t", within=1, guarantor="NOR"),
                **OWED,
            ),
            said("r", "replacement", "accepted", quantity="1", **OWED),
            said("u", "transfer", "pledged", quantity="5", until="2025-03", **ITEM),
            said("u", "transfer", "handed_over", quantity="2", on="2025-02-20", **ITEM),
            said(
                "p",
                "payment",
                "due",
                quantity="70",
                event="1",
                terms=Terms(due="2025-04-01"),
                **bill,
            ),
            said(
                "p",
                "payment",
                "due",
                quantity="30",
                event="2",
                terms=Terms(due="2025-04-10"),
                **bill,
            ),
            said("p", "payment", "paid", quantity="20", on="2025-02-01", **bill),
            as_of="2025-04-10",
        )
    )
    assert [
        (row.what, row.matter, row.debtor, row.creditor, row.amount, row.due, row.age_days)
        for row in found
    ] == [
        ("replacement", "r", "DEU", "POL", 1000, date(2025, 2, 1), 68),
        ("bare", "u", "UKR", "POL", 2000, None, 49),
        ("promise", "u", "POL", "UKR", 3000, date(2025, 3, 31), 10),
        ("payment", "p", "PURL", "USA", 500_000, date(2025, 4, 1), 9),
    ]
    assert [row.guarantor for row in found] == ["NOR", "", "", ""]
    assert [row.is_money for row in found] == [False, False, False, True]


def test_a_debt_without_a_due_date_is_listed_with_its_age() -> None:
    """2 are owed, since the 1st of January."""
    (row,) = overdue(
        positions_of(
            said("t", "transfer", "handed_over", quantity="2", **ITEM),
            said("r", "replacement", "agreed", terms=Terms(of="t"), **OWED),
            as_of="2025-01-31",
        )
    )
    assert (row.what, row.amount, row.due, row.age_days) == ("undated", 2000, None, 30)
