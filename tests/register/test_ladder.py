"""What negatives undo, and how far a matter has got (rules 9 and 10)."""

from __future__ import annotations

import pytest

from ringtausch.register.position import Position
from ringtausch.register.ranges import NOTHING, UNKNOWN, Range
from ringtausch.register.statement import Statement
from tests.register.builders import positions_of, said


def tell(milestone: str, quantity: str = "", **fields: object) -> Statement:
    told = {"giver": "DEU", "receiver": "UKR", "item": "launcher"} | fields
    if quantity:
        told["quantity"] = quantity
    return said("m", "transfer", milestone, **told)


def of(*statements: Statement) -> Position:
    return positions_of(*statements).of("m")


def exactly(thousandths: int) -> Range:
    return Range(thousandths, thousandths)


def test_reached_is_the_maximum_over_the_rungs_at_or_after_it() -> None:
    found = of(tell("pledged", "5"), tell("reserved", "4"), tell("handed_over", "2..6"))
    assert found.state == "handed_over"
    assert dict(found.reached_at) == {
        "handed_over": Range(2000, 6000),
        "left": Range(2000, 6000),
        "reserved": Range(4000, 6000),
        "pledged": Range(5000, 6000),
        "requested": Range(5000, 6000),
        "considered": Range(5000, 6000),
    }
    assert found.reached("received") == NOTHING


def test_an_unknown_rung_is_passed_over_where_another_is_known() -> None:
    found = of(tell("pledged", "5"), tell("handed_over", "unknown"))
    assert found.reached("pledged") == exactly(5000)
    assert found.reached("handed_over") == UNKNOWN
    earlier = of(tell("pledged", "unknown"), tell("handed_over", "2"))
    assert earlier.reached("pledged") == exactly(2000)


def test_a_bound_that_is_open_stays_open() -> None:
    found = of(tell("pledged", "at least 3"), tell("handed_over", "5"))
    assert found.reached("pledged") == Range(5000, None)


@pytest.mark.parametrize(
    ("rank", "on", "is_undone"),
    [
        (1, "2025-06-01", True),  # better, though earlier
        (2, "2025-07-01", True),  # of one class and day: the negative stands later in the list
        (2, "2025-07-02", True),
        (2, "2025-06-30", False),
        (5, "2025-08-01", False),
    ],
)
def test_a_negative_undoes_what_is_worse_or_earlier(rank: int, on: str, is_undone: bool) -> None:
    """The pledge is official and of the first of July."""
    pledge = tell("pledged", "5", rank=2, on="2025-07-01")
    found = of(pledge, tell("declined", rank=rank, on=on))
    assert found.rungs["pledged"].undone is is_undone
    assert found.state == ("declined" if is_undone else "pledged")
    assert found.reached("pledged") == (NOTHING if is_undone else exactly(5000))


def test_a_negative_is_held_against_the_worst_class_and_latest_day_of_events() -> None:
    first = tell("pledged", "2", event="1", rank=1, on="2025-01-01")
    second = tell("pledged", "3", event="2", rank=2, on="2025-03-01")
    assert of(first, second, tell("cancelled", rank=2, on="2025-02-01")).state == "pledged"
    assert of(first, second, tell("cancelled", rank=2, on="2025-03-01")).state == "cancelled"
    assert of(first, second, tell("cancelled", rank=1, on="2025-02-01")).state == "cancelled"


def test_a_negative_with_a_quantity_takes_off_its_least() -> None:
    pledge = tell("pledged", "5..8", on="2025-01-01")
    found = of(pledge, tell("cancelled", "2..4", on="2025-02-01"))
    assert (found.state, found.reached("pledged")) == ("pledged", Range(3000, 6000))
    assert of(pledge, tell("cancelled", "up to 4", on="2025-02-01")).reached("pledged") == Range(
        5000, 8000
    )


def test_a_negative_that_takes_all_that_there_was_undoes_the_rung() -> None:
    found = of(tell("pledged", "5"), tell("cancelled", "5", on="2025-02-01"))
    assert (found.state, found.rungs["pledged"].undone) == ("cancelled", True)


def test_two_negatives_take_off_one_after_the_other() -> None:
    found = of(
        tell("pledged", "5"),
        tell("declined", "1", on="2025-02-01"),
        tell("cancelled", "2", on="2025-02-01"),
    )
    assert found.reached("pledged") == exactly(2000)


def test_a_negative_of_one_event_without_a_quantity_takes_that_event() -> None:
    events = tell("pledged", "2", event="1"), tell("pledged", "3", event="2")
    found = of(*events, tell("cancelled", event="2", on="2025-02-01"))
    assert found.reached("pledged") == exactly(2000)
    both = of(*events, *(tell("cancelled", event=name, on="2025-02-01") for name in "12"))
    assert (both.state, both.reached("pledged")) == ("cancelled", NOTHING)


@pytest.mark.parametrize(
    ("kind", "milestone", "negative"),
    [
        ("transfer", "handed_over", "cancelled"),
        ("transfer", "received", "cancelled"),
        ("contribution", "paid_in", "withdrawn"),
        ("payment", "paid", "cancelled"),
    ],
)
def test_what_took_place_is_not_undone_in_its_own_class(
    kind: str, milestone: str, negative: str
) -> None:
    def at(rank: int) -> str:
        took_place = said("m", kind, milestone, quantity="5", rank=2, giver="NOR", receiver="UKR")
        undone = said("m", kind, negative, giver="NOR", receiver="UKR", rank=rank, on="2025-02-01")
        return of(took_place, undone).state

    assert (at(2), at(1)) == (milestone, negative)


def test_cancelling_ends_what_is_not_handed_over() -> None:
    found = of(tell("pledged", "5"), tell("handed_over", "2"), tell("cancelled", on="2025-02-01"))
    assert (found.state, found.reached("pledged")) == ("handed_over", exactly(2000))


def test_without_a_rung_the_latest_negative_is_the_state() -> None:
    declined, cancelled = tell("declined", on="2025-03-01"), tell("cancelled", on="2025-02-01")
    assert of(tell("pledged", "5"), declined, cancelled).state == "declined"
    same_day = tell("cancelled", on="2025-03-01")
    assert of(declined, same_day).state == "cancelled"


def test_a_later_word_of_a_worse_class_and_an_earlier_one_of_a_better_are_conflicts() -> None:
    pledge = tell("pledged", "5", rank=2, on="2025-07-01", id="pledge")
    press = of(pledge, tell("declined", rank=5, by="press", on="2025-08-01", id="press"))
    assert [(one.milestone, one.winner.id, one.loser.id) for one in press.conflicts] == [
        ("declined", "pledge", "press")
    ]
    signed = of(pledge, tell("declined", rank=1, on="2025-06-01", id="signed"))
    assert [(one.milestone, one.winner.id, one.loser.id) for one in signed.conflicts] == [
        ("pledged", "signed", "pledge")
    ]
    assert of(pledge, tell("declined", rank=2, on="2025-06-01")).conflicts == ()
    assert of(pledge, tell("declined", rank=5, by="press", on="2025-06-01")).conflicts == ()


def test_returned_and_lost_take_nothing_off_a_rung() -> None:
    found = of(tell("handed_over", "5"), tell("returned", "2"), tell("lost", "1"))
    assert found.reached("handed_over") == exactly(5000)
    assert found.counted("returned") == exactly(2000)


def test_a_rung_in_another_currency_is_unknown_beside_the_furthest() -> None:
    """What was paid in says what it is; the promise in euros compares with no dollars."""
    promised = said(
        "m",
        "contribution",
        "committed",
        giver="NOR",
        receiver="EPF",
        currency="EUR",
        quantity="100",
    )
    paid = said(
        "m", "contribution", "paid_in", giver="NOR", receiver="EPF", currency="USD", quantity="110"
    )
    found = of(promised, paid)
    assert (found.currency, found.reached("committed")) == ("USD", exactly(1_100_000))
