"""Where matters stand, all rules together (rules 5 to 17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ringtausch.register.positions import Positions
from ringtausch.register.ranges import NOTHING, Range
from ringtausch.register.rule import STRICT, TRACKER, Rule
from ringtausch.register.statement import Condition, Statement, Terms
from tests.register.builders import DIRECTORY, positions_of, said


def tell(milestone: str, quantity: str = "", matter: str = "m", **fields: object) -> Statement:
    told = {"giver": "DEU", "receiver": "UKR", "item": "launcher"} | fields
    if quantity:
        told["quantity"] = quantity
    return said(matter, "transfer", milestone, **told)


def test_strict_hears_the_acting_party_and_tracker_the_best_there_is() -> None:
    """Ukraine says what Germany has handed over; Germany is silent."""
    pledge = tell("pledged", "5")
    other_side = tell("handed_over", "2", by="UKR")
    strict = positions_of(pledge, other_side, rule=STRICT)
    tracker = positions_of(pledge, other_side, rule=TRACKER)
    assert (strict.of("m").state, tracker.of("m").state) == ("pledged", "handed_over")
    assert tracker.of("m").facts["handed_over", ""].rank == 3


def test_a_statement_without_sides_is_of_the_act_of_the_matters_side() -> None:
    """The hand-over names nobody; it is the giver's whom the pledge names, not the receiver's."""
    pledge = tell("pledged", "5")
    gone = tell("handed_over", "2", giver="", receiver="", by="DEU")
    assert positions_of(pledge, gone).of("m").facts["handed_over", ""].rank == 1
    told = replace(gone, said_by="UKR")
    assert positions_of(pledge, told).of("m").facts["handed_over", ""].rank == 3
    assert positions_of(gone).of("m").facts["handed_over", ""].rank == 4


def test_what_became_true_later_does_not_count_whenever_it_was_said() -> None:
    early = tell("pledged", "5", true="2025-03-01", on="2025-09-01")
    assert positions_of(early, as_of="2025-02-28").all() == ()
    assert positions_of(early, as_of="2025-03-01").of("m").state == "pledged"


def test_what_is_set_aside_makes_no_position_and_is_shown_with_its_reason() -> None:
    rule = Rule("mine", "1", TRACKER.ranks, set_aside={"x": "a slip of the pen"})
    wrong, right = tell("pledged", "50", id="x"), tell("pledged", "5", id="y", rank=5)
    positions = positions_of(wrong, right, rule=rule)
    assert positions.of("m").reached("pledged") == Range(5000, 5000)
    assert positions.set_aside == ((wrong, "a slip of the pen"),)
    assert positions.candidates == (right,)


def test_a_matter_of_which_nothing_counts_has_an_empty_position() -> None:
    press = tell("pledged", "5", rank=5, by="press")
    positions = positions_of(press, rule=STRICT)
    found = positions.of("m")
    assert (found.kind, found.state, found.reached("pledged")) == ("transfer", "", NOTHING)
    assert positions.all() == ()


def test_a_matter_whose_statements_are_all_void_is_known_and_empty() -> None:
    first = tell("pledged", "5", id="1")
    void = replace(first, id="2", corrects="1", milestone="void")
    positions = positions_of(first, void)
    assert (positions.of("m").kind, positions.of("m").state) == ("transfer", "")
    assert positions.all() == ()


def test_a_matter_that_only_a_link_names_is_empty_and_of_no_kind() -> None:
    positions = positions_of(tell("pledged", "5", part_of="hidden"))
    assert (positions.of("hidden").kind, positions.of("hidden").members) == ("", ("hidden",))


def test_a_matter_of_which_nothing_in_view_speaks_is_none() -> None:
    with pytest.raises(KeyError, match="nothing"):
        positions_of(tell("pledged", "5")).of("nothing")


def test_a_correction_is_gone_under_every_rule_and_at_every_date() -> None:
    """The correction is of class 5 and became true later: what it corrects is gone all the same."""
    first = tell("pledged", "50", id="1", on="2025-01-01")
    second = tell("pledged", "5", id="2", corrects="1", rank=5, by="DEU", on="2025-06-01")
    assert positions_of(first, second, rule=STRICT).all() == ()
    assert positions_of(first, second, as_of="2025-02-01").all() == ()


def test_the_furthest_rung_speaks_for_a_matter_and_earlier_ones_for_what_it_leaves_out() -> None:
    found = positions_of(
        tell("pledged", "5", item="launcher", receiver="POL", until="2030-06"),
        tell("received", "2", item="", giver="", receiver="UKR"),
        tell("handed_over", "2", item="missile", receiver="UKR"),
    ).of("m")
    assert (found.giver, found.receiver, found.item) == ("DEU", "UKR", "missile")
    assert found.until == "2030-06"


def test_the_terms_of_a_replacement_are_those_of_its_agreement() -> None:
    agreed, other = Terms(of="t", ratio="3/2"), Terms(of="t")
    found = positions_of(
        said("r", "replacement", "agreed", giver="USA", receiver="POL", terms=agreed),
        said(
            "r", "replacement", "delivered", giver="USA", receiver="POL", terms=other, quantity="1"
        ),
    ).of("r")
    assert (found.state, found.terms) == ("delivered", agreed)


def test_positions_are_asked_for_by_kind_and_by_party() -> None:
    positions = positions_of(
        tell("pledged", "5", "a"),
        tell("pledged", "5", "b", giver="FRA"),
        said("c", "contribution", "announced", giver="NOR", receiver="PURL", quantity="7", currency="EUR"),
        said("d", "replacement", "agreed", giver="USA", receiver="POL", terms=Terms(guarantor="FRA")),
    )  # fmt: skip
    assert [one.matter for one in positions.kind("transfer")] == ["a", "b"]
    assert [one.matter for one in positions.party("FRA")] == ["b", "d"]
    assert [one.matter for one in positions.party("UKR")] == ["a", "b"]
    assert positions.party("nobody") == ()


def test_a_party_that_lost_its_side_to_a_better_source_has_no_position_there() -> None:
    positions = positions_of(
        tell("pledged", "5", giver="DEU", rank=1),
        tell("pledged", "5", giver="FRA", rank=5, by="press"),
    )
    assert positions.party("FRA") == ()


def test_what_calls_a_matter_by_another_kind_is_a_conflict() -> None:
    transfer = tell("pledged", "5", id="t")
    other = said("m", "request", "asked", receiver="UKR", rank=5, by="press", id="r")
    found = positions_of(transfer, other).of("m")
    assert (found.kind, found.state) == ("transfer", "pledged")
    assert [(one.group, one.winner.id, one.loser.id) for one in found.conflicts] == [
        ("kind", "t", "r")
    ]


def test_one_positions_answer_does_not_depend_on_what_was_asked_before() -> None:
    statements = [
        tell("pledged", "5", "a", condition=Condition("", ("b",), "pledged", 1000)),
        tell("pledged", "5", "b", part_of="c"),
        tell("pledged", "9", "c", same_as="d"),
    ]

    def fresh() -> Positions:
        return Positions(statements, TRACKER, date(2026, 1, 1), DIRECTORY)

    everything = fresh().all()
    for name in "abcd":
        positions = fresh()
        assert positions.of(name) in everything
        assert positions.all() == everything
