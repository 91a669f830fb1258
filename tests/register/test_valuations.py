"""Values of hand-overs: one basis at a time, every rate with its date and source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from ringtausch.register.rule import STRICT, Rate
from ringtausch.register.valuations import Unvalued, valuations
from tests.register.builders import positions_of, said

ITEM: dict[str, Any] = {"receiver": "UKR", "item": "launcher", "quantity": "1"}
ECB = Rate("USD", "EUR", Fraction(9, 10), date(2024, 12, 31), "ECB")


def test_a_sum_is_of_one_basis_and_shows_what_it_leaves_out_and_what_has_no_document() -> None:
    """100 EUR and 50 USD at book value with one document; a replacement value and one in NOK stay out."""
    worth: dict[str, Any] = {"basis": "book", "value_currency": "EUR"}
    found = valuations(
        positions_of(
            said(
                "a",
                "transfer",
                "handed_over",
                giver="DEU",
                value="100",
                value_document="report",
                **ITEM,
                **worth,
            ),
            said(
                "b",
                "transfer",
                "handed_over",
                giver="POL",
                value="50",
                **ITEM,
                **worth | {"value_currency": "USD"},
            ),
            said(
                "c",
                "transfer",
                "handed_over",
                giver="DEU",
                value="900",
                **ITEM,
                **worth | {"basis": "replacement"},
            ),
            said(
                "d",
                "transfer",
                "handed_over",
                giver="NOR",
                value="70",
                **ITEM,
                **worth | {"value_currency": "NOK"},
            ),
            said("e", "transfer", "handed_over", giver="NOR", **ITEM),
            rule=replace(STRICT, rates=(ECB,)),
        ),
        "book",
        "EUR",
    )
    assert [(row.matter, row.worth, row.rate, row.supported) for row in found.rows] == [
        ("a", Fraction(1_000_000), None, True),
        ("b", Fraction(450_000), ECB, False),
    ]
    assert (found.worth, found.unsupported) == (Fraction(1_450_000), Fraction(450_000))
    assert found.unvalued == (
        Unvalued("c", "", "other basis", "replacement"),
        Unvalued("d", "", "no rate", "book", "NOK"),
        Unvalued("e", "", "no value"),
    )
