"""Named rules, and a user's own in TOML with everything that is wrong with it (rule 6)."""

from __future__ import annotations

import pickle
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ringtausch.register.rule import STRICT, TRACKER, InvalidRule, Rate, Rule, read_rule, rule_named

FINE = """
name = "two sides"
version = "3"
classes = [1, 2, 3]

[[rate]]
currency = "EUR"
to = "USD"
rate = "1.17"
on = 2025-07-01
source = "European Central Bank"

[[rate]]
currency = "NOK"
to = "EUR"
rate = "2/23"
on = "2025-07-02"
source = "European Central Bank"

[set_aside]
"a1" = "withdrawn by the ministry on the telephone"
"""


def test_strict_admits_the_acting_party_and_tracker_everybody() -> None:
    assert [rank for rank in range(1, 7) if STRICT.admits(rank)] == [1, 2]
    assert [rank for rank in range(1, 7) if TRACKER.admits(rank)] == [1, 2, 3, 4, 5, 6]


def test_a_file_says_all_of_a_rule(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(FINE)
    assert rule_named(str(tmp_path / "mine.toml")) == Rule(
        "two sides",
        "3",
        frozenset({1, 2, 3}),
        (
            Rate("EUR", "USD", Fraction(117, 100), date(2025, 7, 1), "European Central Bank"),
            Rate("NOK", "EUR", Fraction(2, 23), date(2025, 7, 2), "European Central Bank"),
        ),
        {"a1": "withdrawn by the ministry on the telephone"},
    )


def test_a_file_with_faults_names_all_of_them_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
        nam = "mine"
        version = 1
        classes = [0, 1, true]
        [[rate]]
        currency = "EUR"
        to = "EUR"
        rate = 1.17
        on = "2025-13-01"
        [set_aside]
        "a1" = ""
        """
    )
    with pytest.raises(InvalidRule) as caught:
        read_rule(path)
    assert str(caught.value).splitlines() == [
        'mine.toml: nam: unknown setting "nam"; did you mean "name"?',
        'mine.toml: rate 1: source: is missing; write source = "…"',
        "mine.toml: rate 1: to: is the currency itself; a rate is between two",
        'mine.toml: rate 1: rate: has to be an exact number above 0, such as "1.17", between quotation marks',
        "mine.toml: rate 1: on: has to be a day, such as 2025-07-01",
        'mine.toml: name: is missing; write name = "…"',
        "mine.toml: version: has to be a text between quotation marks that is not empty",
        "mine.toml: classes: has to be a list of classes from 1 to 6, for example [1, 2]",
        "mine.toml: set_aside: a1: needs the reason why it is set aside, between quotation marks",
    ]
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301


@pytest.mark.parametrize("text", ["name = ", "rate = 1\nset_aside = 2\nclasses = []", "\x00"])
def test_whatever_stands_in_the_file_is_refused_and_never_breaks(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(InvalidRule):
        read_rule(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidRule, match=r"none\.toml: No such file"):
        rule_named(str(tmp_path / "none.toml"))


def test_the_latest_rate_until_the_day_counts_and_may_be_turned_over() -> None:
    first = Rate("EUR", "USD", Fraction(11, 10), date(2025, 1, 1), "bank")
    second = Rate("EUR", "USD", Fraction(12, 10), date(2025, 7, 1), "bank")
    rule = Rule("r", "1", frozenset({1}), (second, first))
    assert rule.rate("EUR", "USD", date(2025, 6, 30)) == first
    assert rule.rate("EUR", "USD", date(2025, 7, 1)) == second
    assert rule.rate("USD", "EUR", date(2025, 7, 1)) == Rate(
        "USD", "EUR", Fraction(5, 6), date(2025, 7, 1), "bank"
    )
    assert rule.rate("EUR", "USD", date(2024, 12, 31)) is None
    assert rule.rate("EUR", "NOK", date(2025, 7, 1)) is None
