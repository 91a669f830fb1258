"""Rules 15 to 22 of the page *The register, exactly*, sentence by sentence, computed by hand from the page."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ringtausch.register.links import parts
from ringtausch.register.question import InvalidQuestion, Question
from ringtausch.register.ranges import Range
from ringtausch.register.rule import STRICT, TRACKER, Rate, Rule
from ringtausch.register.statement import Condition, Statement, Terms
from ringtausch.register.totals import Total, total
from ringtausch.register.view import ALL, view
from ringtausch.register.window import new_in_window
from tests.register.builders import DIRECTORY, positions_of, said

EUROS = Question(("contribution",), "committed", currency="EUR", by="giver")


def euros(name: str, giver: str, amount: str, **fields: Any) -> Statement:
    """Let a giver commit money to PURL."""
    fields = {"receiver": "PURL", "currency": "EUR", "giver": giver} | fields
    milestone = fields.pop("milestone", "committed")
    return said(name, "contribution", milestone, quantity=amount, **fields)


def link(name: str, **fields: Any) -> Statement:
    """Say of a contribution only where it belongs."""
    return said(name, "contribution", "linked", **({"by": "NOR"} | fields))


def counted(*statements: Statement, question: Question = EUROS, **options: Any) -> Total:
    return total(positions_of(*statements, **options), question)


def bounds(found: Total) -> Any:
    """The least and the most, in whole units."""
    return Fraction(found.lo) / 10_000, None if found.hi is None else Fraction(found.hi) / 10_000


def new(found: Total) -> dict[str, Fraction]:
    return {line.matter: Fraction(line.new) / 10_000 for line in found.lines if line.new}


def rows(found: Total) -> dict[str, Fraction]:
    return {"+".join(row.names): Fraction(row.lo) / 10_000 for row in found.rows}


# Rule 15


def test_15_same_as_is_an_equivalence() -> None:
    """C is a and b is a: b and c are one; the smallest name names all."""
    found = positions_of(
        euros("b", "NOR", "10"), euros("c", "NOR", "10"), link("c", same_as="a"), link("b", same_as="a"),
    )  # fmt: skip
    assert {found.same(name) for name in "abc"} == {"a"}
    assert found.of("c").members == ("a", "b", "c")
    assert [one.matter for one in found.all()] == ["a"]


def test_15_all_statements_of_a_class_compete() -> None:
    """NOR's signed 846 beats the press's newer 835 of the same matter under another name."""
    found = positions_of(
        euros("a", "NOR", "846"),
        euros("b", "NOR", "835", by="FRA", rank=5, on="2025-06-01", same_as="a"),
    )
    assert found.of("b").reached("committed") == Range(8_460_000, 8_460_000)
    assert len(found.of("a").conflicts) == 1


def test_15_a_link_is_known_at_any_as_of_date_and_filtered_by_known_at_alone() -> None:
    """Said and recorded in June that both are one: in March, as known in July, they were one already."""
    statements = [
        euros("a", "NOR", "10", on="2025-01-01"),
        euros("b", "NOR", "10", on="2025-01-01"),
        link("b", same_as="a", on="2025-06-01"),
    ]
    assert bounds(counted(*statements, as_of="2025-03-01")) == (10, 10)
    before = view(statements, reader=ALL, known_at="2025-05-31", directory=DIRECTORY)
    assert bounds(counted(*before, as_of="2030-01-01")) == (20, 20)


def test_15_only_standing_links_join() -> None:
    """The link is taken back by a void correction."""
    wrong = link("b", same_as="a", id="1")
    void = said("b", "contribution", "void", by="NOR", corrects="1")
    assert bounds(counted(euros("a", "NOR", "10"), euros("b", "NOR", "10"), wrong, void)) == (
        20,
        20,
    )


def test_15_matters_of_two_kinds_are_never_the_same() -> None:
    paid = said("p", "payment", "paid", giver="PURL", receiver="USA", currency="EUR", quantity="10")
    found = positions_of(euros("a", "NOR", "10"), paid, link("a", same_as="p"))
    assert found.same("a") != found.same("p")


# Rule 16


def test_16_edges_go_between_classes() -> None:
    """B is a, and c lies in b: so it lies in a."""
    found = positions_of(
        euros("a", "NOR", "10"), euros("b", "NOR", "10", same_as="a"), euros("c", "NOR", "4", part_of="b"),
    )  # fmt: skip
    assert [(one.child, one.parent) for one in found.links] == [("c", "a")]


def test_16_an_edge_inside_a_class_is_dropped_and_reported() -> None:
    found = counted(
        euros("a", "NOR", "10"), euros("b", "NOR", "10", same_as="a"), link("b", part_of="a")
    )
    assert bounds(found) == (10, 10)
    assert len(found.dropped) == 1


def test_16_of_a_cycle_the_worst_ranked_edge_is_dropped_and_reported() -> None:
    """A in b is signed, b in a of the press: b is the parent."""
    found = counted(
        euros("a", "NOR", "4", part_of="b"),
        euros("b", "NOR", "10"),
        link("b", part_of="a", by="FRA", rank=5),
    )
    assert [(one.child, one.parent) for one in found.dropped] == [("b", "a")]
    assert new(found) == {"a": 4, "b": 6}


def test_16_with_several_parents_shares_come_first_and_then_one_edge_takes_the_rest() -> None:
    """100 lies with 30 in p, with 20 in q, and with the rest, 50, in r; a fourth edge gets nothing."""
    found = counted(
        euros("p", "NOR", "200"), euros("q", "NOR", "200"), euros("r", "NOR", "200"), euros("s", "NOR", "200"),
        euros("x", "NOR", "100", on="2025-05-01", part_of="r"),
        link("x", part_of="s", on="2025-03-01"),
        link("x", part_of="p", share=Range(300_000, 300_000), on="2025-04-01"),
        link("x", part_of="q", share=Range(200_000, 200_000), on="2025-04-02"),
    )  # fmt: skip
    assert new(found) == {"p": 170, "q": 180, "r": 150, "s": 200, "x": 100}
    assert bounds(found) == (800, 800)


def test_16_a_share_takes_at_most_the_rest_in_rank_order() -> None:
    """100 with 70 in p (newer, so it ranks first) and 60 in q: 70 and 30; nothing is left for r."""
    found = positions_of(
        euros("x", "NOR", "100"),
        link("x", part_of="q", share=Range(600_000, 600_000), on="2025-03-01"),
        link("x", part_of="p", share=Range(700_000, 700_000), on="2025-04-01"),
        link("x", part_of="r", on="2025-05-01"),
    )
    taken = {one.parent: amount for one, amount in parts(found.links, 1_000_000)}
    assert {parent: amount for parent, amount in taken.items() if amount} == {
        "p": 700_000,
        "q": 300_000,
    }


# Rule 17


def test_17_links_count_whatever_their_class_under_every_rule() -> None:
    """Under strict too, a link that somebody infers keeps one from being counted twice."""
    statements = [
        euros("a", "NOR", "10"),
        euros("b", "NOR", "10"),
        link("b", same_as="a", by="FRA", rank=6),
    ]
    for rule in (STRICT, TRACKER):
        found = counted(*statements, rule=rule)
        assert bounds(found) == (10, 10)
        assert found.without_inferences is not None
        assert bounds(found.without_inferences) == (20, 20)


def test_17_links_of_class_5_stay_where_those_of_class_6_are_left_out() -> None:
    found = counted(
        euros("a", "NOR", "10"),
        euros("b", "NOR", "10"),
        euros("c", "NOR", "10"),
        link("b", same_as="a", by="FRA", rank=5),
        link("c", same_as="a", by="FRA", rank=6),
    )
    assert bounds(found) == (10, 10)
    assert found.without_inferences is not None
    assert bounds(found.without_inferences) == (20, 20)


# Rule 18


def test_18_100_in_615_in_1000_is_385_and_515_and_100() -> None:
    found = counted(
        euros("billion", "ESP", "1000"),
        euros("package", "ESP", "615", part_of="billion"),
        euros("fund", "ESP", "100", part_of="package"),
    )
    assert new(found) == {"billion": 385, "package": 515, "fund": 100}
    assert bounds(found) == (1000, 1000)


def test_18_a_parent_outside_the_question_takes_nothing_off() -> None:
    """The fund alone is asked for; the package is for somebody else."""
    found = counted(
        euros("package", "ESP", "615", receiver="UKR"),
        euros("fund", "ESP", "100", part_of="package"),
        question=Question(("contribution",), "committed", currency="EUR", pool="PURL"),
    )
    assert bounds(found) == (100, 100)


@pytest.mark.parametrize("rule", [STRICT, TRACKER])
def test_18_what_lies_in_a_parent_outside_the_question_lies_in_what_that_lies_in(
    rule: Rule,
) -> None:
    """100 in a package of UKR's in 1,000: the package takes nothing off, the older promise is counted once.

    "Nothing is counted twice that anybody with a source calls one", whether the package is a promise of
    another receiver, one of another kind, or one of the press, which strict leaves out.
    """
    question = Question(
        ("contribution",), "committed", currency="EUR", receivers=frozenset({"PURL"})
    )
    package = said("package", "package", "stated", by="ESP", part_of="billion")
    for between in (
        euros("package", "ESP", "615", receiver="UKR", part_of="billion"),
        euros("package", "ESP", "615", receiver="UKR", by="FRA", rank=5, part_of="billion"),
        package,
    ):
        found = counted(
            euros("billion", "ESP", "1000"),
            between,
            euros("fund", "ESP", "100", part_of="package"),
            question=question,
            rule=rule,
        )
        assert new(found) == {"billion": 900, "fund": 100}
        assert bounds(found) == (1000, 1000)


def test_18_a_matter_whose_parent_the_rule_does_not_admit_has_no_parent_in_the_question() -> None:
    """Up to 50 in a package that only the press tells of: strict counts from 0 to 50."""
    found = counted(
        euros("package", "ESP", "615", by="FRA", rank=5),
        euros("fund", "ESP", "up to 50", part_of="package"),
        rule=STRICT,
    )
    assert bounds(found) == (0, 50)


def test_18_hi_is_lo_and_what_is_open_over_matters_without_a_parent() -> None:
    """P = [100, 160] with c = [20, 50] in it, and d = [5, 9] by itself.

    s(p) = 20, v(p) = [100, 160], new(p) = 80; new(c) = 20, new(d) = 5: lo = 105. Roots are p and d:
    hi = 105 + 60 + 4.
    """
    found = counted(
        euros("p", "NOR", "100..160"),
        euros("c", "NOR", "20..50", part_of="p"),
        euros("d", "NOR", "5..9"),
    )
    assert bounds(found) == (105, 169)


def test_18_v_is_at_least_the_sum_of_the_parts() -> None:
    """P = up to 50 with c = 80 in it: v = [80, 80], new(p) = 0, so the total is [80, 80]."""
    found = counted(euros("p", "NOR", "up to 50"), euros("c", "NOR", "80", part_of="p"))
    assert bounds(found) == (80, 80)


def test_18_an_unknown_parent_has_its_parts_as_lo_and_no_end() -> None:
    found = counted(euros("p", "NOR", "unknown"), euros("c", "NOR", "80", part_of="p"))
    assert (bounds(found), found.unknowns) == ((80, None), 1)


def test_18_a_share_alone_is_taken_off_the_parent() -> None:
    """Of c's 80 only 30 lie in p = 100: 70 + 80."""
    found = counted(
        euros("p", "NOR", "100"),
        euros("c", "NOR", "80", part_of="p", share=Range(300_000, 300_000)),
    )
    assert new(found) == {"p": 70, "c": 80}


# Rule 19


def test_19_275_and_90_and_146_in_500_is_511_with_an_excess_of_11() -> None:
    found = counted(
        euros("joint", "DEU+NOR+ESP", "500"),
        euros("a", "DEU", "275", part_of="joint"),
        euros("b", "ESP", "90", part_of="joint"),
        euros("c", "NOR", "146", part_of="joint"),
    )
    assert bounds(found) == (511, 511)
    assert [(one.matter, one.nested.excess) for one in found.excess] == [("joint", 110_000)]
    assert rows(found) == {"DEU": 275, "ESP": 90, "NOR": 146}


def test_19_a_child_larger_than_its_parent_counts_in_full() -> None:
    found = counted(euros("p", "NOR", "50"), euros("c", "NOR", "80", part_of="p"))
    assert bounds(found) == (80, 80)
    assert [(one.matter, one.nested.excess) for one in found.excess] == [("p", 300_000)]


def test_19_a_remainder_belongs_to_the_parents_giver() -> None:
    """DEU's package of 500 holds 100 of NOR: 400 of DEU, and the rows sum to the total."""
    found = counted(euros("p", "DEU", "500"), euros("c", "NOR", "100", part_of="p"))
    assert rows(found) == {"DEU": 400, "NOR": 100}


def test_19_a_remainder_of_several_givers_belongs_to_them_together_and_is_never_split() -> None:
    found = counted(euros("joint", "DEU+NOR+ESP", "500"), euros("a", "DEU", "275", part_of="joint"))
    assert rows(found) == {"DEU": 275, "DEU+ESP+NOR": 225}
    assert sum(rows(found).values()) == bounds(found)[0]


# Rule 20


def test_20_a_stated_total_is_compared_and_never_added() -> None:
    """A press office speaks of 500, told are 300: 200 are told by nobody; counted are 300."""
    stated = said(
        "sum", "total", "stated", by="FRA", currency="EUR", quantity="500",
        terms=Terms(pool="PURL", rung="committed"),
    )  # fmt: skip
    found = counted(euros("a", "NOR", "100"), euros("b", "ESP", "200"), stated)
    assert bounds(found) == (300, 300)
    assert [(one.sayer, one.untold) for one in found.stated] == [("FRA", 2_000_000)]


def test_20_its_boundary_and_its_window_say_what_is_counted_against_it() -> None:
    """Norway's own 835 of its contributions up to June: told are 846, the later 50 are not of it."""
    stated = said(
        "sum", "total", "stated", by="NOR", currency="EUR", quantity="835", on="2025-07-01",
        terms=Terms(boundary=("NOR",), rung="committed", through="2025-06-30"),
    )  # fmt: skip
    found = counted(
        euros("a", "NOR", "846", on="2025-05-01"),
        euros("b", "NOR", "50", on="2025-08-01"),
        euros("c", "ESP", "7", on="2025-05-01"),
        stated,
    )
    assert [(one.counted, one.untold) for one in found.stated] == [(8_460_000, -110_000)]


# Rule 21


def rule_with(*rates: tuple[str, Fraction, str]) -> Rule:
    return Rule(
        "own", "1", TRACKER.ranks,
        rates=tuple(Rate(one, "EUR", rate, date.fromisoformat(on), "a bank") for one, rate, on in rates),
    )  # fmt: skip


def test_21_worth_that_the_winner_itself_gives_goes_before_the_rate() -> None:
    """100 NOK at 1/10 would be 10; the giver itself calls them 9."""
    rule = rule_with(("NOK", Fraction(1, 10), "2024-01-01"))
    own = euros("a", "NOR", "100", currency="NOK", value="9", value_currency="EUR")
    assert bounds(counted(own, rule=rule)) == (9, 9)
    assert bounds(counted(euros("a", "NOR", "100", currency="NOK"), rule=rule)) == (10, 10)


def test_21_the_latest_rate_not_after_the_day_counts() -> None:
    rule = rule_with(
        ("NOK", Fraction(1, 10), "2025-01-01"),
        ("NOK", Fraction(1, 8), "2025-03-01"),
        ("NOK", Fraction(1, 2), "2025-03-02"),
    )
    one = euros("a", "NOR", "100", currency="NOK", true="2025-03-01", on="2025-06-01")
    assert bounds(counted(one, rule=rule)) == (Fraction(25, 2), Fraction(25, 2))


def test_21_without_a_rate_it_is_refused_and_the_rate_is_named() -> None:
    with pytest.raises(InvalidQuestion) as refused:
        counted(euros("a", "NOR", "100", currency="NOK"))
    message = str(refused.value.problems[0])
    assert "NOK" in message
    assert "EUR" in message


def test_21_or_answered_per_currency() -> None:
    question = Question(("contribution",), "committed", currency="EUR", per_currency=True)
    found = counted(
        euros("a", "NOR", "100", currency="NOK"), euros("b", "ESP", "5"), question=question
    )
    assert bounds(found) == (5, 5)
    assert [(one.currency, bounds(one)) for one in found.others] == [("NOK", (100, 100))]


def test_21_a_parents_remainder_is_from_nothing_to_all_where_a_child_has_another_currency() -> None:
    """30 NOK lie in 100 EUR: of the 100 between 0 and 100 are new beside them."""
    question = Question(("contribution",), "committed", currency="EUR", per_currency=True)
    found = counted(
        euros("p", "NOR", "100"),
        euros("c", "NOR", "30", currency="NOK", part_of="p"),
        question=question,
    )
    assert bounds(found) == (0, 100)
    assert [(one.currency, bounds(one)) for one in found.others] == [("NOK", (30, 30))]


@pytest.mark.parametrize(
    ("kroner", "cents"), [("0.10", 0), ("0.30", 2), ("0.50", 2), ("0.70", 4), ("0.11", 1)]
)
def test_21_a_sum_is_rounded_once_half_to_even(kroner: str, cents: int) -> None:
    """At 1/20: 0.5, 1.5, 2.5, 3.5 and 0.55 cents."""
    rule = rule_with(("NOK", Fraction(1, 20), "2024-01-01"))
    found = counted(euros("a", "NOR", kroner, currency="NOK"), rule=rule)
    assert found.shown()[0] == cents * 100


def test_21_sums_are_exact_and_a_total_may_differ_from_its_rounded_rows() -> None:
    """Three times a third of a cent is one cent, and each row shows none."""
    rule = rule_with(("NOK", Fraction(1, 3), "2024-01-01"))
    found = counted(
        *(euros(name, name, "0.01", currency="NOK") for name in ("DEU", "ESP", "NOR")), rule=rule
    )
    assert (found.lo, found.shown()[0], found.rounding_difference()) == (100, 100, 100)


# Rule 22


def spain() -> list[Statement]:
    return [
        euros("billion", "ESP", "1000", receiver="UKR", on="2024-05-27"),
        euros("package", "ESP", "615", receiver="UKR", on="2025-11-18", part_of="billion"),
        euros("fund", "ESP", "100", on="2025-11-18", part_of="package"),
    ]


def test_22_spain_in_november_2025_is_100_for_the_fund_and_no_new_money() -> None:
    positions = positions_of(*spain(), as_of="2025-11-30")
    fund = Question(("contribution",), "committed", currency="EUR", pool="PURL")
    assert new_in_window(positions, fund, date(2025, 10, 31)).new == 1_000_000
    assert new_in_window(positions, EUROS, date(2025, 10, 31)).new == 0


def test_22_a_window_begins_after_its_first_day_and_ends_with_its_last() -> None:
    statements = [
        euros("a", "NOR", "1", on="2025-10-31"),
        euros("b", "NOR", "2", on="2025-11-01"),
        euros("c", "NOR", "4", on="2025-11-30"),
        euros("d", "NOR", "8", on="2025-12-01"),
    ]
    positions = positions_of(*statements, as_of="2025-11-30")
    assert new_in_window(positions, EUROS, date(2025, 10, 31)).new == 60_000


def test_22_both_ends_are_known_at_one_time() -> None:
    """Recorded in December that there were 5 in October: they are in both totals, nothing is new."""
    late = euros("a", "NOR", "5", on="2025-10-01", recorded="2025-12-05")
    positions = positions_of(late, as_of="2025-11-30")
    found = new_in_window(positions, EUROS, date(2025, 10, 31))
    assert (found.before.lo, found.after.lo, found.new) == (50_000, 50_000, 0)


def test_22_what_is_withdrawn_in_a_window_is_less_than_nothing() -> None:
    positions = positions_of(
        euros("a", "NOR", "5", on="2025-10-01"),
        said("a", "contribution", "withdrawn", giver="NOR", receiver="PURL", on="2025-11-05"),
        as_of="2025-11-30",
    )
    assert new_in_window(positions, EUROS, date(2025, 10, 31)).new == -50_000


def test_12_in_a_total_the_conditional_counts_apart() -> None:
    found = counted(
        euros("a", "NOR", "5"), euros("b", "ESP", "7", condition=Condition("if it is voted"))
    )
    assert bounds(found) == (5, 5)
    assert found.conditional is not None
    assert bounds(found.conditional) == (7, 7)
