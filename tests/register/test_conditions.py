"""What waits for a condition counts apart (rule 12)."""

from __future__ import annotations

from ringtausch.register.position import Position
from ringtausch.register.positions import Positions
from ringtausch.register.ranges import Range
from ringtausch.register.statement import Condition, Statement
from tests.register.builders import positions_of, said


def tell(matter: str, quantity: str, milestone: str = "pledged", **fields: object) -> Statement:
    return said(
        matter, "transfer", milestone, quantity=quantity, giver="DEU", receiver="UKR", item="launcher",
        **fields,
    )  # fmt: skip


def once(number: int, *matters: str, milestone: str = "pledged") -> Condition:
    return Condition("", matters, milestone, number * 1000)


def conditional(positions: Positions) -> list[str]:
    return [found.matter for found in positions.all() if found.conditional]


def one(*statements: Statement) -> Position:
    return positions_of(*statements).of("m")


def test_five_if_others_give_thirty_count_once_they_do() -> None:
    five = tell("m", "5", condition=once(30, "a", "b", "m"))
    assert conditional(positions_of(five, tell("a", "20"), tell("b", "9"))) == ["m"]
    assert conditional(positions_of(five, tell("a", "20"), tell("b", "10"))) == []


def test_what_is_held_back_is_shown_apart_with_its_quantity_and_its_condition() -> None:
    found = one(tell("m", "5", condition=once(30, "a")))
    assert (found.conditional, found.condition) == (True, once(30, "a"))
    assert found.reached("pledged") == Range(5000, 5000)


def test_only_the_least_of_a_range_meets_a_condition() -> None:
    five = tell("m", "5", condition=once(30, "a"))
    assert conditional(positions_of(five, tell("a", "29..40"))) == ["m"]
    assert conditional(positions_of(five, tell("a", "unknown"))) == ["m"]
    assert conditional(positions_of(five, tell("a", "at least 30"))) == []


def test_what_has_got_further_meets_a_condition_about_an_earlier_rung() -> None:
    five = tell("m", "5", condition=once(30, "a"))
    assert conditional(positions_of(five, tell("a", "30", "handed_over"))) == []
    later = tell("m", "5", condition=once(30, "a", milestone="handed_over"))
    assert conditional(positions_of(later, tell("a", "30"))) == ["m"]


def test_two_promises_that_wait_for_each_other_both_wait() -> None:
    assert conditional(
        positions_of(
            tell("a", "5", condition=once(5, "b")),
            tell("b", "5", condition=once(5, "a")),
        )
    ) == ["a", "b"]


def test_a_chain_of_conditions_is_met_from_its_end() -> None:
    chain = [tell("a", "5", condition=once(5, "b")), tell("b", "5", condition=once(5, "c"))]
    assert conditional(positions_of(*chain)) == ["a", "b"]
    assert conditional(positions_of(*chain, tell("c", "5"))) == []


def test_a_matter_does_not_meet_its_own_condition_under_any_of_its_names() -> None:
    told = tell("m", "5", condition=once(5, "m", "n"))
    again = said("n", "transfer", "linked", same_as="m")
    assert conditional(positions_of(told, again)) == ["m"]


def test_a_matter_that_is_named_twice_counts_once() -> None:
    five = tell("m", "5", condition=once(30, "a", "b"))
    same = tell("b", "20", same_as="a")
    assert conditional(positions_of(five, tell("a", "20"), same)) == ["m"]


def test_words_alone_are_met_only_by_a_new_statement_without_them() -> None:
    words = tell("m", "5", condition="if parliament agrees", on="2025-01-01")
    assert one(words).conditional
    again = one(words, tell("m", "5", on="2025-02-01"))
    assert (again.conditional, again.condition) == (False, None)


def test_what_lies_inside_a_conditional_matter_is_conditional() -> None:
    package = said("p", "package", "stated", giver="DEU", condition=once(30, "a"))
    inside = tell("m", "5", part_of="p")
    deeper = tell("n", "2", part_of="m")
    assert conditional(positions_of(package, inside, deeper)) == ["m", "n", "p"]
    assert conditional(positions_of(package, inside, deeper, tell("a", "30"))) == []


def test_what_lies_inside_a_conditional_matter_meets_no_other_condition() -> None:
    assert conditional(
        positions_of(
            tell("p", "9", condition="if parliament agrees"),
            tell("m", "5", part_of="p"),
            tell("x", "1", condition=once(5, "m")),
        )
    ) == ["m", "p", "x"]


def test_a_firm_further_rung_counts_and_the_rest_of_the_promise_waits() -> None:
    found = one(tell("m", "5", condition=once(30, "a")), tell("m", "2", "handed_over"))
    assert (found.conditional, found.condition) == (False, once(30, "a"))
    assert found.reached("pledged") == Range(2000, 2000)
    assert found.if_met["pledged"] == Range(5000, 5000)


def test_of_events_those_without_a_condition_count() -> None:
    found = one(tell("m", "2", event="1"), tell("m", "3", event="2", condition="if others do"))
    assert (found.conditional, found.reached("pledged")) == (False, Range(2000, 2000))
    assert found.if_met["pledged"] == Range(5000, 5000)


def test_a_promise_that_is_declined_waits_for_nothing() -> None:
    found = one(
        tell("m", "5", condition="if others do"), tell("m", "5", "declined", on="2025-02-01")
    )
    assert (found.state, found.conditional) == ("declined", False)


def test_what_has_lapsed_meets_no_condition() -> None:
    five = tell("m", "5", condition=once(30, "a"))
    assert conditional(positions_of(five, tell("a", "30", until="2025-06-30"))) == ["m"]


def test_a_firm_event_of_a_matter_does_not_meet_the_condition_of_another_of_its_events() -> None:
    firm, waiting = tell("m", "5", event="1"), tell("m", "3", event="2", condition=once(5, "m"))
    assert one(firm, waiting).reached("pledged") == Range(5000, 5000)
