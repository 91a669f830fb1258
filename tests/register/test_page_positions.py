"""Rules 7 to 11 of the page *The register, exactly*, sentence by sentence, computed by hand from the page."""

from __future__ import annotations

from typing import Any

import pytest

from ringtausch.register.position import Position
from ringtausch.register.ranges import NOTHING, Range
from ringtausch.register.statement import Statement, Terms
from ringtausch.register.steps import wrong_step
from tests.register.builders import positions_of, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}


def of(milestone: str, quantity: str | None = None, **fields: Any) -> Statement:
    """Say something of the transfer `t` of POL's launchers to UKR."""
    return said(
        fields.pop("matter", "t"), "transfer", milestone, quantity=quantity, **(ITEM | fields)
    )


def at(*statements: Statement, **options: Any) -> Position:
    return positions_of(*statements, **options).of("t")


def exactly(number: int) -> Range:
    """So many launchers."""
    return Range(number * 1000, number * 1000)


# Rule 7


def test_7_fields_win_in_groups_never_singly() -> None:
    """The newest says an item without a quantity: its item and its unknown do not mix with the older 5.

    The whole group `what` is won by one statement, so launchers never get the number of the missiles.
    """
    found = at(
        of("pledged", "5", item="missile", on="2025-01-01", id="old"),
        of("pledged", "2", on="2025-02-01", id="new"),
    )
    fact = found.facts["pledged", ""]
    assert fact.winners["what"].id == "new"
    assert (found.item, found.reached("pledged")) == ("launcher", exactly(2))


def test_7_every_group_is_won_by_the_best_that_fills_it() -> None:
    """The newest has no value and no terms; the older one's stand beside the newest's quantity."""
    found = at(
        of("pledged", "5", value="90", value_currency="EUR", basis="book", id="old"),
        of("pledged", "2", on="2025-02-01", id="new"),
    )
    winners = found.facts["pledged", ""].winners
    assert {group: winners[group].id for group in ("what", "who", "when", "worth")} == {
        "what": "new",
        "who": "new",
        "when": "new",
        "worth": "old",
    }


def test_7_terms_are_a_group() -> None:
    sides = {"giver": "DEU", "receiver": "POL", "item": "launcher"}
    found = positions_of(
        said("r", "replacement", "agreed", terms=Terms(of="t", within=6), id="old", **sides),
        said("r", "replacement", "agreed", quantity="2", on="2025-02-01", id="new", **sides),
    ).of("r")
    winners = found.facts["agreed", ""].winners
    assert (winners["terms"].id, winners["what"].id) == ("old", "new")
    assert found.terms == Terms(of="t", within=6)


def test_7_an_unknown_quantity_wins_only_over_nothing() -> None:
    """The giver's newer unknown loses to the press's older 3, and wins where nobody says a number."""
    unknown = of("pledged", "unknown", on="2025-02-01", id="unknown")
    press = of("pledged", "3", by="FRA", rank=5, id="press")
    assert at(unknown, press).reached("pledged") == exactly(3)
    assert at(unknown).reached("pledged").is_unknown
    nothing = of("pledged", None, by="FRA", rank=5)
    assert at(unknown, nothing).reached("pledged").is_unknown


def test_7_losers_that_differ_stay_as_conflicts_and_those_that_do_not_do_not() -> None:
    found = at(
        of("pledged", "5", on="2025-02-01", id="new"),
        of("pledged", "3", on="2025-02-01", by="FRA", rank=5, id="press"),
        of("pledged", "5", on="2025-02-01", by="NOR", rank=5, id="same"),
    )
    assert [(one.group, one.loser.id) for one in found.conflicts] == [("what", "press")]


def test_7_a_fact_is_of_one_matter_milestone_and_event() -> None:
    found = at(of("handed_over", "2", event="1"), of("handed_over", "3", event="2"))
    assert not found.conflicts
    assert set(found.facts) == {("handed_over", "1"), ("handed_over", "2")}


# Rule 8


def test_8_named_events_add_up() -> None:
    found = at(of("handed_over", "2", event="1"), of("handed_over", "up to 3", event="2"))
    assert found.reached("handed_over") == Range(2000, 5000)


def test_8_the_sum_wins_if_it_ranks_no_worse_than_the_whole() -> None:
    """Of equal class the latest said: the sum has that of its latest event."""
    events = [
        of("handed_over", "2", event="1", on="2025-01-01"),
        of("handed_over", "3", event="2", on="2025-03-01"),
    ]
    assert at(*events, of("handed_over", "9", on="2025-02-01")).reached("handed_over") == exactly(5)
    assert at(*events, of("handed_over", "9", on="2025-04-01")).reached("handed_over") == exactly(9)


def test_8_the_sum_has_its_worst_class() -> None:
    """One event is of the press: the whole, signed and older, wins."""
    found = at(
        of("handed_over", "2", event="1", on="2025-01-01"),
        of("handed_over", "3", event="2", on="2025-03-01", by="FRA", rank=5),
        of("handed_over", "9", on="2025-01-01"),
    )
    assert found.reached("handed_over") == exactly(9)


def test_8_a_side_with_an_unknown_loses_to_one_without() -> None:
    """Even one of a better class."""
    events = [of("handed_over", "2", event="1"), of("handed_over", "unknown", event="2")]
    assert at(*events, of("handed_over", "9", by="FRA", rank=5)).reached("handed_over") == exactly(
        9
    )
    press = of("handed_over", "2", event="1", by="FRA", rank=5)
    assert at(press, of("handed_over", "unknown")).reached("handed_over") == exactly(2)


# Rule 9


def test_9_a_negative_of_a_better_class_undoes() -> None:
    promise = of("pledged", "5", by="FRA", rank=5, on="2025-06-01")
    assert at(promise, of("cancelled", on="2025-01-01")).reached("pledged") == NOTHING


def test_9_a_negative_of_a_worse_class_undoes_nothing() -> None:
    press = of("cancelled", on="2025-06-01", by="FRA", rank=5)
    found = at(of("pledged", "5", on="2025-01-01"), press)
    assert (found.reached("pledged"), found.state) == (exactly(5), "pledged")


def test_9_of_equal_class_the_later_true_on_decides() -> None:
    """A promise that was made after the cancelling stands (anew); one before it is undone."""
    cancelled = of("cancelled", on="2025-03-01")
    assert at(of("pledged", "5", on="2025-02-01"), cancelled).state == "cancelled"
    assert at(of("pledged", "5", on="2025-04-01"), cancelled).state == "pledged"


def test_9_on_one_day_list_order_decides() -> None:
    """In the page's list `cancelled` and `declined` stand behind the rungs, `refused` behind `granted`."""
    assert at(of("pledged", "5"), of("cancelled")).state == "cancelled"
    assert at(of("cancelled"), of("pledged", "5")).state == "cancelled"
    assert at(of("pledged", "5"), of("declined")).state == "declined"
    sides = {"giver": "USA", "receiver": "POL"}
    granted = said("c", "consent", "granted", **sides)
    refused = said("c", "consent", "refused", **sides)
    assert positions_of(granted, refused).of("c").state == "refused"


def test_9_its_day_is_the_latest_of_its_winners() -> None:
    """Two partial cancellings, in March and in May, of 1 each; the promise is of April.

    The negative's day is May, so that both together undo 2 of the promise.
    """
    found = at(
        of("cancelled", "1", event="1", on="2025-03-01"),
        of("pledged", "5", on="2025-04-01"),
        of("cancelled", "1", event="2", on="2025-05-01"),
    )
    assert found.reached("pledged") == exactly(3)


def test_9_its_class_is_the_worst_of_its_winners() -> None:
    """One part of the negative is of the press: it does not undo a signed promise."""
    found = at(
        of("cancelled", "1", event="1", on="2025-05-01"),
        of("cancelled", "1", event="2", on="2025-05-01", by="FRA", rank=5),
        of("pledged", "5", on="2025-04-01"),
    )
    assert found.reached("pledged") == exactly(5)


def test_9_it_takes_off_its_lo_and_without_a_quantity_all() -> None:
    promise = of("pledged", "5..8", on="2025-01-01")
    assert at(promise, of("cancelled", "2..4", on="2025-02-01")).reached("pledged") == Range(
        3000, 6000
    )
    assert at(promise, of("cancelled", on="2025-02-01")).state == "cancelled"


def test_9_up_to_three_takes_off_nothing() -> None:
    """Its lo is 0."""
    found = at(of("pledged", "5", on="2025-01-01"), of("cancelled", "up to 3", on="2025-02-01"))
    assert (found.state, found.reached("pledged")) == ("pledged", exactly(5))


def test_9_a_named_event_of_a_negative_without_a_quantity_takes_off_all() -> None:
    """Without a quantity, all: nothing says how much, and nothing says that it is less."""
    found = at(of("pledged", "5", on="2025-01-01"), of("cancelled", event="1", on="2025-02-01"))
    assert found.state == "cancelled"


def test_9_a_named_event_of_a_negative_does_not_speak_of_other_events() -> None:
    """Event 1 is cancelled; of what was pledged and reserved as event 2 it says nothing."""
    found = at(
        of("pledged", "3", event="1"),
        of("pledged", "2", event="2"),
        of("reserved", "2", event="2"),
        of("cancelled", event="1", on="2025-03-01"),
    )
    assert (found.state, found.reached("reserved"), found.reached("pledged")) == (
        "reserved",
        exactly(2),
        exactly(2),
    )


def test_9_handed_over_and_received_are_not_undone_in_their_own_class() -> None:
    for rung, by in (("handed_over", "POL"), ("received", "UKR")):
        moved = of(rung, "5", on="2025-01-01")
        assert at(moved, of("cancelled", on="2025-02-01", by=by)).reached(rung) == exactly(5)


def test_9_a_hand_over_is_undone_by_a_negative_of_a_better_class() -> None:
    told = of("handed_over", "5", by="FRA", rank=5, on="2025-03-01")
    assert at(told, of("cancelled", on="2025-02-01")).state == "cancelled"


def test_9_paid_in_and_paid_are_not_undone_in_their_own_class() -> None:
    gives = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"}
    contribution = positions_of(
        said("c", "contribution", "paid_in", quantity="10", **gives),
        said("c", "contribution", "withdrawn", on="2025-02-01", **gives),
    ).of("c")
    assert contribution.reached("paid_in") == Range(100_000, 100_000)
    pays = {"giver": "PURL", "receiver": "USA", "currency": "EUR"}
    payment = positions_of(
        said("p", "payment", "paid", quantity="10", **pays),
        said("p", "payment", "cancelled", on="2025-02-01", **pays),
    ).of("p")
    assert payment.reached("paid") == Range(100_000, 100_000)


def test_9_cancelling_takes_off_each_rung_for_itself() -> None:
    """5 pledged, 2 handed over, then all is cancelled: 2 have been handed over and so were pledged."""
    found = at(
        of("pledged", "5", on="2025-01-01"),
        of("handed_over", "2", on="2025-02-01"),
        of("cancelled", on="2025-03-01"),
    )
    assert (found.state, found.reached("pledged")) == ("handed_over", exactly(2))


# Rule 10


def test_10_reached_is_the_maximum_of_bounds_over_this_rung_and_all_after_it() -> None:
    found = at(of("pledged", "2..4"), of("handed_over", "3", on="2025-02-01"))
    assert found.reached("pledged") == Range(3000, 4000)
    assert found.reached("considered") == Range(3000, 4000)
    assert found.reached("left") == exactly(3)
    assert found.reached("received") == NOTHING


def test_10_an_unknown_rung_is_passed_over_where_another_is_known() -> None:
    found = at(of("pledged", "5"), of("handed_over", "unknown", on="2025-02-01"))
    assert found.reached("pledged") == exactly(5)
    assert found.reached("handed_over").is_unknown
    assert found.state == "handed_over"


def test_10_state_is_the_latest_negative_where_nothing_stands() -> None:
    found = at(
        of("pledged", "5", on="2025-01-01"),
        of("declined", on="2025-02-01"),
        of("cancelled", on="2025-03-01"),
    )
    assert found.state == "cancelled"
    assert at(of("declined", on="2025-02-01"), of("cancelled", on="2025-01-01")).state == "declined"


# Rule 11


def is_refused(draft: Statement, *known: Statement) -> bool:
    return wrong_step(draft, known) is not None


def test_11_going_back_behind_is_refused_to_the_same_sayer() -> None:
    known = of("handed_over", "1", on="2025-02-01")
    assert is_refused(of("pledged", "1", on="2025-03-01"), known)
    assert not is_refused(of("handed_over", "1", on="2025-03-01"), known)


def test_11_of_another_sayer_matter_or_event_nothing_is_refused() -> None:
    known = of("handed_over", "1", on="2025-02-01")
    assert not is_refused(of("pledged", "1", by="UKR"), known)
    assert not is_refused(of("pledged", "1", matter="u"), known)
    assert not is_refused(of("pledged", "1", event="2"), known)


@pytest.mark.parametrize(
    ("kind", "end", "on"),
    [
        ("transfer", "cancelled", "handed_over"),
        ("contribution", "withdrawn", "paid_in"),
        ("consent", "withdrawn", "granted"),
        ("request", "met", "validated"),
        ("replacement", "waived", "accepted"),
        ("payment", "cancelled", "paid"),
    ],
)
def test_11_going_on_after_an_end_is_refused(kind: str, end: str, on: str) -> None:
    first = said("m", kind, end, by="DEU")
    assert is_refused(said("m", kind, on, by="DEU", on="2025-02-01"), first)


def test_11_a_part_waived_is_no_end() -> None:
    """1 of what is owed is waived: the rest may still be accepted."""
    part = said("r", "replacement", "waived", by="POL", quantity="1", item="launcher")
    full = said("r", "replacement", "waived", by="POL")
    accepted = said(
        "r", "replacement", "accepted", by="POL", quantity="1", item="launcher", on="2025-02-01"
    )
    assert is_refused(accepted, full)
    assert not is_refused(accepted, part)


@pytest.mark.parametrize("anew", ["considered", "requested", "pledged"])
def test_11_declined_to_a_new_beginning_is_no_step_back(anew: str) -> None:
    assert not is_refused(of(anew, "1", by="DEU", on="2025-02-01"), of("declined", by="DEU"))


def test_11_a_request_that_was_declined_may_be_asked_again() -> None:
    declined = said("q", "request", "declined", by="DEU")
    assert not is_refused(said("q", "request", "asked", by="DEU", on="2025-02-01"), declined)
