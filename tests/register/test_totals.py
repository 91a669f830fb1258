"""Totals: everything once, by whom, with what is not counted and why (rules 17 to 22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ringtausch.register.question import InvalidQuestion, Question
from ringtausch.register.rule import STRICT, TRACKER, Rate
from ringtausch.register.statement import Condition, Statement, Terms
from ringtausch.register.totals import Total, total
from tests.register.builders import positions_of, said

EUROS = Question(("contribution",), "committed", currency="EUR", by="giver")


def commits(name: str, giver: str, amount: str, **more: Any) -> Statement:
    more.setdefault("currency", "EUR")
    more.setdefault("receiver", "PURL")
    milestone = more.pop("milestone", "committed")
    return said(name, "contribution", milestone, giver=giver, quantity=amount, **more)


def rows(found: Total) -> dict[str, float]:
    """What belongs to whom, in whole units."""
    return {" + ".join(row.names): float(row.lo) / 10_000 for row in found.rows}


def new(found: Total) -> dict[str, float]:
    return {line.matter: float(line.new) / 10_000 for line in found.lines}


def in_euros(*statements: Statement, question: Question = EUROS, **more: Any) -> Total:
    return total(positions_of(*statements, **more), question)


def bounds(found: Total) -> tuple[float, float | None]:
    return float(found.lo) / 10_000, None if found.hi is None else float(found.hi) / 10_000


def test_what_lies_inside_an_older_promise_counts_once() -> None:
    """Spain's billion: 100 for the fund lie in a package of 615, which lies in a billion of 2024."""
    found = in_euros(
        commits("billion", "ESP", "1000"),
        commits("package", "ESP", "615", part_of="billion"),
        commits("fund", "ESP", "100", part_of="package"),
    )
    assert new(found) == {"billion": 385, "fund": 100, "package": 515}
    assert bounds(found) == (1000, 1000)
    assert float(found.blind) / 10_000 == 1715
    assert [(one.matter, one.why, one.others) for one in found.uncounted] == [
        ("billion", "its parts count", ("package",)),
        ("package", "its parts count", ("fund",)),
    ]


def test_a_parent_outside_the_question_takes_nothing_off() -> None:
    statements = (
        commits("billion", "ESP", "1000", receiver="UKR"),
        commits("fund", "ESP", "100", part_of="billion"),
    )
    assert bounds(in_euros(*statements, question=replace(EUROS, pool="PURL"))) == (100, 100)


def test_children_that_exceed_their_parent_count_in_full_and_the_excess_is_a_conflict() -> None:
    found = in_euros(
        commits("joint", "DEU+NOR+ESP", "500"),
        commits("a", "DEU", "275", part_of="joint"),
        commits("b", "ESP", "90", part_of="joint"),
        commits("c", "NOR", "146", part_of="joint"),
    )
    assert bounds(found) == (511, 511)
    assert [(line.matter, line.nested.excess // 10_000) for line in found.excess] == [("joint", 11)]
    assert rows(found) == {"DEU": 275, "ESP": 90, "NOR": 146}


def test_a_remainder_belongs_to_its_givers_together() -> None:
    found = in_euros(
        commits("joint", "DEU+NOR+ESP", "500"), commits("a", "DEU", "275", part_of="joint")
    )
    assert rows(found) == {"DEU": 275, "DEU + ESP + NOR": 225}


def test_what_several_give_together_is_not_counted_as_one_ones() -> None:
    question = replace(EUROS, givers=frozenset({"DEU"}))
    found = in_euros(commits("joint", "DEU+NOR", "500"), question=question)
    assert bounds(found) == (0, 0)
    assert [(one.why, one.detail) for one in found.uncounted] == [("not of this question", "giver")]


def test_the_most_adds_what_lies_in_nothing() -> None:
    found = in_euros(
        commits("p", "DEU", "100..200"),
        commits("c", "DEU", "up to 50", part_of="p"),
        commits("d", "NOR", "at least 10"),
        commits("e", "NOR", "unknown"),
    )
    assert (bounds(found), found.unknowns) == ((110, None), 1)
    assert bounds(in_euros(commits("p", "DEU", "100..200"))) == (100, 200)


def test_shares_come_first_and_one_parent_without_share_takes_the_rest() -> None:
    """Of 146, 40 lie in one package by share and the rest in another."""
    found = in_euros(
        commits("one", "NOR", "500"),
        commits("two", "NOR", "500"),
        commits("c", "NOR", "146", part_of="one", share="40"),
        said("c", "contribution", "linked", giver="NOR", part_of="two"),
    )
    assert new(found) == {"c": 146, "one": 460, "two": 394}


def test_a_conditional_promise_is_counted_apart() -> None:
    found = in_euros(
        commits("a", "DEU", "100"),
        commits("b", "DEU", "50", condition=Condition("if others give")),
        commits("c", "DEU", "20", part_of="b"),
    )
    assert bounds(found) == (100, 100)
    assert found.conditional is not None
    assert bounds(found.conditional) == (50, 50)
    assert [one.matter for one in found.uncounted if one.why == "conditional"] == ["b", "c"]


def test_what_is_told_again_is_one_matter() -> None:
    found = in_euros(commits("a", "DEU", "100"), commits("b", "DEU", "100", same_as="a"))
    assert bounds(found) == (100, 100)
    assert [(one.matter, one.why, one.others) for one in found.uncounted] == [
        ("b", "same as", ("a",))
    ]


def test_what_is_withdrawn_or_has_not_got_so_far_is_named() -> None:
    found = in_euros(
        commits("a", "DEU", "100"),
        commits("a", "DEU", "unknown", milestone="withdrawn", on="2025-02-01"),
        commits("b", "DEU", "100", milestone="announced"),
    )
    assert bounds(found) == (0, 0)
    assert [(one.matter, one.why) for one in found.uncounted] == [
        ("a", "undone"),
        ("b", "not reached"),
    ]


def test_a_parent_of_which_the_rule_knows_nothing_still_passes_on_what_lies_in_it() -> None:
    """Only the press speaks of the package: under a strict rule 100 would count twice without it."""
    strict = replace(TRACKER, ranks=frozenset({1, 2}))
    found = in_euros(
        commits("billion", "ESP", "1000"),
        commits("package", "ESP", "615", part_of="billion", rank=5),
        commits("fund", "ESP", "100", part_of="package"),
        rule=strict,
    )
    assert new(found) == {"billion": 900, "fund": 100}


def test_without_inferred_links_the_total_is_larger_and_stands_beside_it() -> None:
    found = in_euros(
        commits("a", "DEU", "100"),
        commits("b", "DEU", "30"),
        said("b", "contribution", "linked", giver="DEU", part_of="a", rank=6),
    )
    assert bounds(found) == (100, 100)
    assert found.without_inferences is not None
    assert bounds(found.without_inferences) == (130, 130)


def test_money_from_a_pool_is_no_new_money() -> None:
    statements = (commits("a", "DEU", "100"), commits("b", "EPF", "70"))
    found = in_euros(*statements)
    assert rows(found) == {"DEU": 100}
    assert [(one.matter, one.why) for one in found.uncounted] == [("b", "from a pool")]
    asked = replace(EUROS, givers=frozenset({"EPF"}))
    assert rows(in_euros(*statements, question=asked)) == {"EPF": 70}


def test_a_stated_total_is_compared_and_never_added() -> None:
    """Norway gave 146, 200 and 500; it says 835 itself. All together say 1,000."""
    found = in_euros(
        commits("a", "NOR", "146"),
        commits("b", "NOR", "200"),
        commits("c", "NOR", "500", on="2025-12-03"),
        said("n", "total", "stated", giver="NOR", currency="EUR", quantity="835",
             terms=Terms(boundary=("NOR",), pool="PURL", rung="committed")),
        said("all", "total", "stated", by="IKI", currency="EUR", quantity="1000",
             terms=Terms(pool="PURL", rung="committed", through="2025-11")),
    )  # fmt: skip
    assert bounds(found) == (846, 846)
    assert [
        (one.matter, one.sayer, one.counted // 10_000, one.untold // 10_000) for one in found.stated
    ] == [("all", "IKI", 346, 654), ("n", "NOR", 846, -11)]


RATES = replace(
    TRACKER,
    rates=(
        Rate("NOK", "EUR", Fraction(1, 10), date(2025, 1, 1), "bank"),
        Rate("NOK", "EUR", Fraction(1, 12), date(2025, 6, 1), "bank"),
        Rate("USD", "EUR", Fraction(9, 10), date(2025, 6, 1), "bank"),
    ),
)


def test_worth_is_what_the_winner_says_else_the_latest_rate_of_its_day() -> None:
    found = in_euros(
        commits("a", "NOR", "1000", currency="NOK", on="2025-05-31"),
        commits("b", "NOR", "1000", currency="NOK", on="2025-06-01"),
        commits("c", "NOR", "1000", currency="NOK", on="2025-07-01", value="90",
                value_currency="EUR", basis="declared"),
        rule=RATES,
    )  # fmt: skip
    assert [line.worth.lo for line in found.lines] == [
        1_000_000,
        Fraction(10_000_000, 12),
        900_000,
    ]
    assert found.shown() == (2_733_300, 2_733_300)
    assert found.unsupported == 900_000


def test_without_a_rate_the_question_is_refused_with_all_that_has_none() -> None:
    with pytest.raises(InvalidQuestion) as refused:
        in_euros(
            commits("a", "NOR", "1000", currency="NOK", on="2024-05-31"),
            commits("b", "NOR", "1000", currency="NOK", on="2024-06-01"),
            commits("c", "USA", "10", currency="USD"),
            commits("d", "USA", "unknown", currency="GBP"),
            rule=RATES,
        )
    assert [str(problem) for problem in refused.value.problems] == [
        "currency: the rule tracker has no rate from NOK to EUR on 2024-05-31 or before, which a needs, and 1 other; add one to a rule of your own, or ask per currency",
        "currency: the rule tracker has no rate from USD to EUR on 2025-01-01 or before, which c needs; add one to a rule of your own, or ask per currency",
    ]


def test_per_currency_a_parent_has_a_remainder_of_nothing_to_all() -> None:
    """150 dollars lie in 500 euros, and nobody says what they are worth."""
    found = in_euros(
        commits("p", "DEU", "500"),
        commits("c", "DEU", "100", part_of="p"),
        commits("d", "DEU", "150", currency="USD", part_of="p"),
        question=replace(EUROS, per_currency=True),
    )
    assert bounds(found) == (100, 500)
    (dollars,) = found.others
    assert (dollars.currency, bounds(dollars)) == ("USD", (150, 150))


def test_a_total_is_rounded_itself_and_may_differ_from_its_rounded_rows() -> None:
    found = in_euros(
        commits("a", "DEU", "0.4"), commits("b", "NOR", "0.4"), commits("c", "ESP", "0.5")
    )
    assert found.shown(unit=10_000) == (10_000, 10_000)
    assert found.rounding_difference(unit=10_000) == 10_000


def gives(name: str, quantity: str, value: str, basis: str, **more: Any) -> Statement:
    return said(
        name, "transfer", "handed_over", giver="DEU", receiver="UKR", item="launcher",
        quantity=quantity, value=value, value_currency="EUR", basis=basis, **more,
    )  # fmt: skip


def test_a_total_of_values_asks_for_one_basis_and_never_mixes() -> None:
    handed = Question(("transfer",), "handed_over", currency="EUR", by="giver")
    statements = (
        gives("a", "2", "30", "book", value_document="letter"),
        gives("b", "1", "12", "book"),
        gives("c", "1", "99", "replacement"),
    )
    with pytest.raises(InvalidQuestion) as refused:
        in_euros(*statements, question=handed)
    assert [problem.value for problem in refused.value.problems] == ["book", "replacement"]
    found = in_euros(*statements, question=replace(handed, basis="book"))
    assert bounds(found) == (42, None)  # nobody says the book value of c
    assert (found.unknowns, found.unsupported) == (1, 120_000)
    assert [(one.matter, one.why, one.detail) for one in found.uncounted] == [
        ("c", "not valued on this basis", "replacement")
    ]


def test_items_are_counted_in_their_own_unit() -> None:
    asked = Question(("transfer",), "handed_over", item="launcher", by="receiver")
    found = in_euros(gives("a", "2", "30", "book"), gives("b", "1", "1", "market"), question=asked)
    assert (found.lo, found.hi, found.rows[0].names) == (3000, 3000, ("UKR",))


def test_spending_by_contributor_sums_to_what_was_spent() -> None:
    asked = Question(("payment",), "paid", currency="EUR", pool="PURL", by="contributor")
    found = in_euros(
        commits("a", "DEU", "100", milestone="paid_in"),
        said("p", "payment", "paid", giver="PURL", receiver="USA", currency="EUR", quantity="130",
             on="2025-02-01"),
        question=asked,
    )  # fmt: skip
    assert rows(found) == {"DEU": 100, "PURL": 30}
    assert bounds(found) == (130, 130)


def test_a_matter_that_the_rule_admits_nothing_of_is_named_with_the_class_of_what_is_said() -> None:
    """It was in no list before: not counted, and not among what is not counted."""
    statements = (
        commits("own", "ESP", "100", rank=2),
        commits("press", "ESP", "50", rank=5),
        commits("elsewhere", "ESP", "50", rank=5, receiver="UKR"),
        commits("later", "ESP", "50", rank=5, on="2025-12-01"),
    )
    question = replace(EUROS, pool="PURL")
    found = total(positions_of(*statements, rule=STRICT, as_of="2025-11-01"), question)
    assert bounds(found) == (100, 100)
    assert [(one.matter, one.why, one.detail) for one in found.uncounted] == [
        ("press", "not admitted", "class 5")
    ]


def test_what_a_rule_sets_aside_is_named_with_its_reason() -> None:
    statement = commits("own", "ESP", "100")
    rule = replace(TRACKER, set_aside={statement.id: "told twice"})
    found = in_euros(statement, rule=rule)
    assert [(one.matter, one.why) for one in found.uncounted] == [("own", "not admitted")]
    assert found.uncounted[0].detail.endswith("told twice")


def test_only_matters_of_the_names_that_are_asked_for_count() -> None:
    statements = (commits("kiel:a:1", "ESP", "1"), commits("kiel:b:1", "ESP", "10"))
    found = in_euros(*statements, question=replace(EUROS, matters=("kiel:b:*", "none")))
    assert bounds(found) == (10, 10)
    assert [(one.matter, one.detail) for one in found.uncounted] == [("kiel:a:1", "matter")]
