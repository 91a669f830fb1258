"""Matters that are the same, or lie inside others (rules 15 to 17)."""

from __future__ import annotations

from itertools import permutations

from ringtausch.register.links import parts
from ringtausch.register.positions import Positions
from ringtausch.register.ranges import Range
from ringtausch.register.rule import STRICT, Rule
from ringtausch.register.statement import Statement
from tests.register.builders import positions_of, said


def tell(matter: str, quantity: str = "1", **fields: object) -> Statement:
    return said(
        matter, "transfer", "pledged", quantity=quantity, giver="DEU", receiver="UKR", item="launcher",
        **fields,
    )  # fmt: skip


def link(matter: str, **fields: object) -> Statement:
    return said(matter, "transfer", "linked", by="DEU", **fields)


def tree(positions: Positions) -> list[tuple[str, str]]:
    return [(one.child, one.parent) for one in positions.links]


def dropped(positions: Positions) -> list[tuple[str, str, str]]:
    return [(one.child, one.parent, one.reason) for one in positions.dropped]


def test_matters_that_are_the_same_are_one_named_by_the_smallest_in_any_order() -> None:
    links = [link("d", same_as="c"), link("b", same_as="c"), link("a", same_as="d")]
    for order in permutations([*links, tell("c", "3")]):
        positions = positions_of(*order)
        assert [positions.same(name) for name in "abcd"] == ["a"] * 4
        (only,) = positions.all()
        assert (only.matter, only.members) == ("a", ("a", "b", "c", "d"))
        assert only.reached("pledged") == Range(3000, 3000)


def test_all_statements_of_a_class_compete() -> None:
    """The press tells the German pledge under a name of its own."""
    positions = positions_of(
        tell("DEU-1", "2", rank=2, id="official"),
        tell("press-7", "3", rank=5, by="press", same_as="DEU-1", id="press"),
    )
    found = positions.of("press-7")
    assert (found.matter, found.reached("pledged")) == ("DEU-1", Range(2000, 2000))
    assert [(one.winner.id, one.loser.id) for one in found.conflicts] == [("official", "press")]


def test_a_link_is_knowledge_that_counts_at_any_day_under_any_rule() -> None:
    """Said in December, of class 6, and the rule sets it aside; so it makes no position, but a link."""
    told = tell("a", "2", on="2025-01-01")
    inferred = link("b", same_as="a", rank=6, on="2025-12-01", id="x")
    rule = Rule("mine", "1", STRICT.ranks, set_aside={"x": "doubtful"})
    positions = positions_of(told, tell("b", "2"), inferred, rule=rule, as_of="2025-06-30")
    assert positions.same("b") == "a"
    assert [(statement.id, reason) for statement, reason in positions.set_aside] == [
        ("x", "doubtful")
    ]


def test_without_inferred_links_those_of_class_6_are_left_out() -> None:
    positions = positions_of(
        tell("a"), tell("b"), tell("c"),
        link("b", same_as="a", rank=6), link("c", part_of="a", rank=6),
    )  # fmt: skip
    assert (positions.same("b"), tree(positions)) == ("a", [("c", "a")])
    without = positions.without_inferred_links()
    assert (without.same("b"), tree(without)) == ("b", [])
    assert [found.matter for found in without.all()] == ["a", "b", "c"]


def test_a_link_that_is_corrected_away_links_nothing() -> None:
    first = link("b", same_as="a", id="1")
    void = said("b", "transfer", "void", by="DEU", corrects="1")
    assert positions_of(tell("a"), tell("b"), first, void).same("b") == "b"


def test_matters_of_two_kinds_are_never_the_same() -> None:
    money = said("a", "contribution", "announced", giver="NOR", receiver="EPF", quantity="5")
    positions = positions_of(money, tell("b", same_as="a"))
    assert positions.same("b") == "b"
    assert dropped(positions) == [("b", "a", "a transfer cannot be the same as a contribution")]


def test_two_that_are_the_same_as_one_that_nobody_shows_are_the_same() -> None:
    positions = positions_of(tell("b", same_as="a"), tell("c", same_as="a"))
    assert positions.same("c") == "a"
    assert positions.of("a").members == ("a", "b", "c")


def test_an_edge_inside_a_class_is_dropped() -> None:
    positions = positions_of(tell("a"), tell("b", same_as="a"), link("b", part_of="a"))
    assert (tree(positions), dropped(positions)) == (
        [],
        [("a", "a", "both are the same matter")],
    )


def test_of_a_circle_the_worst_ranked_edge_is_dropped() -> None:
    positions = positions_of(
        tell("a", part_of="b", rank=5, by="press"),
        tell("b", part_of="c", rank=1),
        tell("c", part_of="a", rank=2),
    )
    assert tree(positions) == [("b", "c"), ("c", "a")]
    reason = "b lies inside a already, which would close a circle"
    assert dropped(positions) == [("a", "b", reason)]


def test_edges_join_classes_not_names() -> None:
    positions = positions_of(
        tell("b", part_of="y"), tell("a", same_as="b"), tell("y"), link("y", same_as="x")
    )
    assert tree(positions) == [("a", "x")]


def test_an_edge_told_again_is_no_news_and_with_another_share_is_reported() -> None:
    positions = positions_of(
        tell("m", part_of="p", share="2", rank=1),
        link("m", part_of="p", share="2", rank=2),
        link("m", part_of="p", share="3", rank=5),
    )
    assert [(one.child, one.parent, one.share) for one in positions.links] == [
        ("m", "p", Range(2000, 2000))
    ]
    assert dropped(positions) == [("m", "p", "a better source says it with another share")]


def test_shares_come_first_then_one_edge_without_share_takes_the_rest() -> None:
    positions = positions_of(
        tell("m", "10", part_of="plain", rank=1),
        link("m", part_of="second plain", rank=5),
        link("m", part_of="four", share="4", rank=3),
        link("m", part_of="three", share="3", rank=2),
    )

    def divided(amount: int) -> list[tuple[str, int]]:
        return [(one.parent, part) for one, part in parts(positions.links, amount)]

    assert divided(10) == [("three", 10), ("four", 0), ("plain", 0), ("second plain", 0)]
    assert divided(10_000) == [
        ("three", 3000), ("four", 4000), ("plain", 3000), ("second plain", 0),
    ]  # fmt: skip
    assert divided(5000) == [("three", 3000), ("four", 2000), ("plain", 0), ("second plain", 0)]


def test_an_unknown_share_is_as_none() -> None:
    positions = positions_of(tell("m", part_of="p", share="unknown"))
    assert [part for _link, part in parts(positions.links, 7)] == [7]


def test_a_matter_that_nobody_shows_is_of_the_kind_that_the_best_source_takes_it_for() -> None:
    press = tell("b", same_as="x", rank=5, by="press")
    money = said(
        "c", "contribution", "announced", giver="NOR", receiver="EPF", quantity="5", same_as="x"
    )
    for order in ([press, money], [money, press]):
        positions = positions_of(*order)
        assert (positions.same("x"), positions.same("b")) == ("c", "b")
        assert dropped(positions) == [("b", "x", "a transfer cannot be the same as a contribution")]
