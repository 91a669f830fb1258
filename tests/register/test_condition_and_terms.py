"""Conditions and terms: what each kind of matter may have, and how exact it is."""

from __future__ import annotations

import pytest

from ringtausch.register.statement import Condition, Statement, Terms
from tests.register.builders import said
from tests.register.checked import owed, payment, pledge, problems_of


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            Condition(),
            [
                "condition_words: the condition says nothing; write words, or matters, a milestone and a number"
            ],
        ),
        (
            Condition("if others give", milestone="pledged", at_least=5),
            [
                (
                    "condition_milestone: stands here without condition_matters; name the matters that are"
                    " waited for, or leave condition_milestone empty"
                ),
                (
                    "condition_at_least: stands here without condition_matters; name the matters that are"
                    " waited for, or leave condition_at_least empty"
                ),
            ],
        ),
        (
            Condition(matters=("n",), milestone="plegded", at_least=-1),
            [
                (
                    'condition_milestone: "plegded" is no milestone of any kind of matter; did you mean'
                    ' "pledged"?'
                ),
                'condition_at_least: "-1" is below zero; write 0 or more',
            ],
        ),
        (
            Condition(matters=("n",)),
            [
                "condition_milestone: is empty; a condition on matters needs a condition_milestone",
                "condition_at_least: is empty; a condition on matters needs a condition_at_least",
            ],
        ),
        (Condition("five, if others give thirty", ("n",), "pledged", 30_000), []),
    ],
)
def test_a_condition_is_words_or_a_number_of_matters(
    condition: Condition, expected: list[str]
) -> None:
    assert problems_of(pledge(condition=condition)) == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            pledge(terms=Terms(due="2026")),
            ["terms_due: a transfer has no terms; leave it empty"],
        ),
        (
            payment(terms=Terms(ratio="2")),
            [
                "terms_ratio: a contribution has no such term; its terms are terms_earmark, terms_due"
            ],
        ),
        (
            said("r", "replacement", "agreed", giver="DEU", receiver="POL"),
            ["terms_of: is empty; agreed of a replacement needs terms_of"],
        ),
        (
            owed(ratio="0", rate="about 2", within=-1, replacer="DUE", item="luncher"),
            [
                'terms_item: "luncher" is no item of the directory; did you mean "launcher"?',
                'terms_replacer: "DUE" is no party of the directory; did you mean "DEU"?',
                'terms_ratio: "0" is no exact number above 0; write for example 2, 1.5 or the fraction 3/2',
                (
                    'terms_rate: "about 2" is no exact number above 0; write for example 2, 1.5 or the'
                    " fraction 3/2"
                ),
                "terms_within: -1 is no number of months; write a whole number from 0 to 1200",
            ],
        ),
        (
            said(
                *("t", "total", "stated"),
                by="NOR",
                currency="USD",
                quantity="1",
                terms=Terms(rung="pledge", since="2025-08", through="2025-07"),
            ),
            [
                'terms_rung: "pledge" is no milestone of any kind of matter; did you mean "pledged"?',
                'terms_through: "2025-07" is before "2025-08"; write the earlier date as terms_since',
            ],
        ),
        (
            said(
                *("x", "rate", "stated"),
                by="NOR",
                currency="EUR",
                terms=Terms(rate="1/0", to_currency="USDD", rate_date="then"),
            ),
            [
                (
                    'terms_to_currency: "USDD" is no currency; write a code of ISO 4217 such as EUR; did'
                    ' you mean "USD"?'
                ),
                (
                    'terms_rate: "1/0" is no exact number above 0; write for example 2, 1.5 or the fraction'
                    " 3/2"
                ),
                (
                    'terms_rate_date: "then" is no date; write a day (2025-07-14), a month (2025-07), a'
                    " quarter (2025-Q3) or a year (2025)"
                ),
            ],
        ),
    ],
)
def test_terms_are_those_of_the_kind_and_exact(statement: Statement, expected: list[str]) -> None:
    assert problems_of(statement) == expected
