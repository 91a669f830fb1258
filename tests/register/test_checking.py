"""What a statement may say by itself: each refusal with its whole text, and what is no mistake."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.statement import Source, Statement, Terms
from tests.register.builders import said
from tests.register.checked import PLEDGE, owed, payment, pledge, problems_of


def test_a_plain_pledge_has_no_problem() -> None:
    assert problems_of(pledge()) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            replace(pledge(), kind="transfr"),
            'kind: "transfr" is no kind of matter; did you mean "transfer"?',
        ),
        (
            replace(pledge(), milestone="plegded"),
            (
                'milestone: "plegded" is no milestone of a transfer, which has'
                " considered, requested, pledged, reserved, left, handed_over, received, declined,"
                ' released, cancelled, lost, returned, void, linked; did you mean "pledged"?'
            ),
        ),
        (
            pledge(giver="DEUX", by="DEU"),
            'giver: "DEUX" is no party of the directory; did you mean "DEU"?',
        ),
        (
            pledge(by="DUE"),
            (
                'said_by: "DUE" is no party of the directory, and a source of class 1 is a party\'s own;'
                ' name a party, or give the source class 4, 5 or 6; did you mean "DEU"?'
            ),
        ),
        (
            pledge(item="luncher"),
            'item: "luncher" is no item of the directory; did you mean "launcher"?',
        ),
        (
            payment(currency="EURO"),
            'currency: "EURO" is no currency; write a code of ISO 4217 such as EUR; did you mean "EUR"?',
        ),
        (
            pledge(value="1", value_currency="EUR", basis="bok"),
            (
                'basis: "bok" is no basis of a value; write one of book, acquisition, replacement, market,'
                ' declared; did you mean "book"?'
            ),
        ),
    ],
)
def test_an_unknown_word_is_refused_with_the_nearest(statement: Statement, expected: str) -> None:
    assert problems_of(statement) == [expected]


def test_the_press_need_not_be_a_party() -> None:
    assert problems_of(pledge(by="a newspaper", rank=5)) == []


@pytest.mark.parametrize(
    ("statement", "unit", "expected"),
    [
        (
            pledge(currency="EUR"),
            "",
            (
                "currency: is of an item (launcher) and of a currency (EUR); keep one of them, and state"
                " the other in a statement of its own"
            ),
        ),
        (
            pledge(item="", currency="EUR"),
            "",
            (
                'currency: "EUR" stands here, and a transfer moves an item; name the item, and write what'
                " it is worth as value and value_currency"
            ),
        ),
        (
            payment(currency="", item="launcher", quantity="2"),
            "",
            'item: "launcher" stands here, and a contribution moves money; name a currency instead',
        ),
        (pledge(item="", quantity=None), "", "item: is empty; a transfer needs an item"),
        (payment(currency=""), "", "currency: is empty; a contribution needs a currency"),
        (
            said("q", "request", "asked", receiver="UKR", quantity="2"),
            "",
            "quantity: is a number of nothing; name its item or its currency",
        ),
        (
            pledge(),
            "battery",
            (
                'unit: "battery" is not the unit of launcher, which is counted in piece; nothing is'
                " converted: write the quantity in piece"
            ),
        ),
        (
            payment(),
            "m EUR",
            (
                'unit: "m EUR" is not the unit of EUR, which is counted in EUR; nothing is converted: write'
                " the quantity in EUR"
            ),
        ),
        (
            pledge(receiver="DEU"),
            "",
            'receiver: "DEU" is giver and receiver; name another party as one of them',
        ),
        (
            said("m", "transfer", "handed_over", giver="DEU", item="launcher"),
            "",
            "receiver: is empty; handed_over needs a receiver",
        ),
    ],
)
def test_who_and_what_have_to_fit_the_matter(
    statement: Statement, unit: str, expected: str
) -> None:
    assert problems_of(statement, unit) == [expected]


def test_the_right_unit_is_no_problem() -> None:
    assert problems_of(pledge(item="fuel", quantity="2.5"), "tonne") == []
    assert problems_of(payment(), "EUR") == []


def test_a_mark_leaves_what_and_who_to_the_rest_of_the_matter() -> None:
    assert problems_of(said("m", "transfer", "cancelled", by="DEU")) == []


def test_a_debtor_may_stand_in_the_terms_alone() -> None:
    statement = said(
        "r", "replacement", "agreed", by="POL", receiver="POL", terms=Terms(of="m", replacer="DEU")
    )
    assert problems_of(statement) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            pledge(quantity=Range(1500, 2000)),
            ["quantity: 1.5 of launcher is no whole number, and launcher is not divisible"],
        ),
        (
            pledge(part_of="n", share=Range(500, 500)),
            ["share: 0.5 of launcher is no whole number, and launcher is not divisible"],
        ),
        (
            payment(quantity=Range(1, 1)),
            ["quantity: 0.0001 EUR cannot be paid; the smallest coin is 0.01 EUR"],
        ),
        (
            payment(currency="JPY", quantity="0.5"),
            ["quantity: 0.5 JPY cannot be paid; the smallest coin is 1 JPY"],
        ),
        (payment("announced", quantity=Range(1, 1)), []),
        (pledge(item="fuel", quantity="0.001"), []),
        (pledge(quantity=UNKNOWN), []),
        (
            pledge(quantity=Range(0, 10**18)),
            [
                (
                    "quantity: 1,000,000,000,000,000 is too large; write a number below"
                    " 1,000,000,000,000,000"
                )
            ],
        ),
        (
            said(
                *("x", "exchange", "exchanged"),
                giver="PURL",
                currency="EUR",
                quantity="up to 5",
                terms=Terms(to_currency="USD", to_quantity=5),
            ),
            ["quantity: an exchange is of one exact amount; write how much was sold"],
        ),
    ],
)
def test_amounts_are_whole_where_nothing_can_be_divided(
    statement: Statement, expected: list[str]
) -> None:
    assert problems_of(statement) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"basis": "book"},
            ["basis: stands here without a value; write the value, or leave basis empty"],
        ),
        (
            {"value": 5},
            [
                "value_currency: is empty; a value needs a value_currency",
                "basis: is empty; a value needs a basis",
            ],
        ),
        (
            {"value": -5, "value_currency": "EUR", "basis": "book"},
            ['value: "-5" is below zero; write 0 or more'],
        ),
        ({"value": 5, "value_currency": "EUR", "basis": "book"}, []),
    ],
)
def test_a_value_has_a_currency_and_a_basis(fields: dict[str, Any], expected: list[str]) -> None:
    assert problems_of(pledge(**fields)) == expected


def test_a_statement_without_any_date_is_refused() -> None:
    statement = replace(pledge(), said_on="", source=Source(1))
    assert problems_of(statement) == [
        (
            "true_on: is empty, and so are said_on and source_date; write when it became true, was said or"
            " was published"
        )
    ]


@pytest.mark.parametrize("field", ["true_on", "said_on", "source"])
def test_one_date_is_enough(field: str) -> None:
    date: Any = Source(1, date="2024-12") if field == "source" else "2024-12"
    dated: dict[str, Any] = {field: date}
    assert problems_of(replace(pledge(on="", recorded="2025-01-01"), **dated)) == []


def test_what_is_no_date_is_refused_wherever_it_stands() -> None:
    statement = pledge(true="2025-13", until="soon", recorded="2025-07-01")
    wrong = "is no date; write a day (2025-07-14), a month (2025-07), a quarter (2025-Q3) or a year (2025)"
    assert problems_of(statement) == [f'true_on: "2025-13" {wrong}', f'until: "soon" {wrong}']


def test_nothing_is_true_after_the_day_of_recording() -> None:
    statement = pledge(true="2025-07-02", recorded="2025-07-01")
    assert problems_of(statement) == [
        (
            'true_on: "2025-07-02" is after 2025-07-01, the day of recording; what is still to come is a'
            " promise: record what is true by now, and write the date to come as terms_due or until"
        )
    ]


def test_a_month_that_has_begun_and_dates_of_terms_may_lie_ahead() -> None:
    """July stands for the first of July where that is the day of recording (rule 2)."""
    assert problems_of(pledge(true="2025-07", until="2031", recorded="2025-07-01")) == []
    assert problems_of(owed(due="2031")) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            Source(7),
            (
                "source_rank: 7 is no class of sources; write 1 (signed by the party whose act it is), 2 (its"
                " official publication), 3 (the counterparty), 4 (an international body), 5 (press) or 6"
                " (inference)"
            ),
        ),
        (
            Source(1, sha256="ABC"),
            (
                'source_sha256: "ABC" is no SHA-256; write its 64 digits, 0 to 9 and a to f, or leave it'
                " empty"
            ),
        ),
    ],
)
def test_a_source_has_a_class_and_a_whole_hash(source: Source, expected: str) -> None:
    assert problems_of(pledge(source=source)) == [expected]


@pytest.mark.parametrize(
    ("readers", "expected"),
    [
        (
            (),
            (
                "visibility: is empty; write public, coalition, or the names of the parties that may read"
                " it"
            ),
        ),
        (
            ("DEU", "public"),
            'visibility: "public" stands beside names; write it alone, or the names alone',
        ),
        (
            ("DEU", "UKX"),
            'visibility: "UKX" is no party of the directory; did you mean "UKR"?',
        ),
        (
            ("UKR", "DEU", "DEU"),
            "visibility: the readers are not in order, or named twice; write DEU;UKR",
        ),
    ],
)
def test_readers_are_the_public_the_coalition_or_parties_in_order(
    readers: tuple[str, ...], expected: str
) -> None:
    assert problems_of(pledge(visibility=readers)) == [expected]
    assert problems_of(pledge(visibility=("coalition",))) == []
    assert problems_of(pledge(visibility=("DEU", "UKR"))) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"part_of": "m"}, 'part_of: "m" is the matter itself; name another matter'),
        ({"same_as": "m"}, 'same_as: "m" is the matter itself; name another matter'),
        (
            {"part_of": "n", "same_as": "n"},
            'same_as: "n" is named as same_as and as part_of; it cannot be both: leave one empty',
        ),
        (
            {"share": "2"},
            "share: is a share of nothing; name in part_of what it is a share of, or leave it empty",
        ),
        (
            {"milestone": "linked"},
            "part_of: is empty, and so is same_as; linked needs the matter that this one belongs to",
        ),
        ({"corrects": "a"}, "reason: is empty; a correction needs a reason"),
        (
            {"milestone": "void"},
            (
                "corrects: is empty; void puts nothing in the place of a statement: name the one it"
                " corrects"
            ),
        ),
    ],
)
def test_links_and_corrections_name_another_one(fields: dict[str, Any], expected: str) -> None:
    milestone = fields.pop("milestone", "pledged")
    assert problems_of(said("m", "transfer", milestone, **PLEDGE, **fields)) == [expected]


def test_all_problems_are_told_at_once() -> None:
    statement = replace(
        pledge(), giver="DEUX", quantity=Range(1, 1), visibility=(), kind="transfer"
    )
    assert [text.split(":")[0] for text in problems_of(statement)] == [
        *("giver", "quantity", "visibility")
    ]


def test_what_every_statement_needs_is_named() -> None:
    statement = Statement("", "", "", Source(5, date="2025"), "", "")
    assert problems_of(statement) == [
        f"{column}: is empty; every statement needs a {column}"
        for column in ("matter", "kind", "milestone", "said_by", "recorded_by")
    ]
