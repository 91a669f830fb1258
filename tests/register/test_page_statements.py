"""Rules 1 to 6 of the page *The register, exactly*, sentence by sentence, computed by hand from the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import count
from typing import Any

import pytest

from ringtausch.register.dates import day_of
from ringtausch.register.question import Question
from ringtausch.register.ranges import (
    ITEM_SCALE,
    MONEY_SCALE,
    NOTHING,
    UNKNOWN,
    Range,
    parse_range,
)
from ringtausch.register.rank import effective_rank, rank_key
from ringtausch.register.recording import InvalidStatements, prepare
from ringtausch.register.rule import STRICT, TRACKER, Rate, Rule
from ringtausch.register.statement import Source, Statement
from ringtausch.register.totals import total
from ringtausch.register.view import ALL, standing, view
from tests.register.builders import DIRECTORY, positions_of, said
from tests.register.checked import problems_of

MOMENT = "2025-12-01T10:00:00.000000Z"
ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}


def of(milestone: str, quantity: str | None = None, **fields: Any) -> Statement:
    """Say something of the transfer `t` of POL's launchers to UKR."""
    return said("t", "transfer", milestone, quantity=quantity, **(ITEM | fields))


def seen(*statements: Statement, reader: str | None = ALL, known_at: str | None = None) -> set[str]:
    found = view(statements, reader=reader, known_at=known_at, directory=DIRECTORY)
    return {statement.id for statement in found}


def record(draft: Statement, *known: Statement) -> list[Statement]:
    numbers = count(1)
    return prepare([draft], known, DIRECTORY, MOMENT, lambda: f"new{next(numbers)}")


def is_refused(draft: Statement, *known: Statement) -> bool:
    try:
        record(draft, *known)
    except InvalidStatements:
        return True
    return False


# Rule 1


def test_1_a_known_at_date_is_the_end_of_that_day_in_utc() -> None:
    last = of("pledged", "1", id="last", recorded="2025-07-20T23:59:59.999999Z")
    next_day = of("pledged", "2", id="next", recorded="2025-07-21T00:00:00.000000Z")
    assert seen(last, next_day, known_at="2025-07-20") == {"last"}
    assert seen(last, next_day, known_at="2025-07-21") == {"last", "next"}


def test_1_a_known_at_time_includes_what_is_recorded_at_that_very_moment() -> None:
    one = of("pledged", "1", id="one", recorded="2025-07-20T10:00:00.000000Z")
    assert seen(one, known_at="2025-07-20T10:00:00.000000Z") == {"one"}
    assert seen(one, known_at="2025-07-20T09:59:59.999999Z") == set()


def test_1_only_what_the_asking_party_may_see_is_in_view() -> None:
    said_to = [
        of("pledged", id="public"),
        of("pledged", id="coalition", visibility=("coalition",)),
        of("pledged", id="named", visibility=("POL", "UKR")),
    ]
    assert seen(*said_to, reader=None) == {"public"}
    assert seen(*said_to, reader="FRA") == {"public"}
    assert seen(*said_to, reader="DEU") == {"public", "coalition"}
    assert seen(*said_to, reader="UKR") == {"public", "named"}
    assert seen(*said_to, reader="POL") == {"public", "coalition", "named"}


def test_1_a_correction_that_one_may_not_see_corrects_nothing_for_one() -> None:
    """Positions use V alone: to the public the corrected statement stands."""
    first = of("pledged", "3", id="a1")
    hidden = of("pledged", "5", id="a2", corrects="a1", visibility=("POL",))
    public = view([first, hidden], reader=None, known_at=None, directory=DIRECTORY)
    own = view([first, hidden], reader="POL", known_at=None, directory=DIRECTORY)
    assert [one.id for one in standing(public)] == ["a1"]
    assert [one.id for one in standing(own)] == ["a2"]


def test_1_a_refusal_over_a_hidden_statement_does_not_happen() -> None:
    """Refusals use V alone: the view of the sayer holds nothing of another's hidden hand-over."""
    assert not is_refused(of("pledged", "1", recorded_by="POL"))


# Rule 2


@pytest.mark.parametrize(
    ("text", "recorded", "stands_for"),
    [
        ("2025-02", "2025-08-01", date(2025, 2, 28)),
        ("2024-02", "2025-08-01", date(2024, 2, 29)),
        ("2025-Q2", "2025-08-01", date(2025, 6, 30)),
        ("2024", "2025-08-01", date(2024, 12, 31)),
        ("2025-08", "2025-08-01", date(2025, 8, 1)),
        ("2025-Q3", "2025-08-01", date(2025, 8, 1)),
        ("2025", "2025-08-01", date(2025, 8, 1)),
        ("2025-07-14", "2025-08-01", date(2025, 7, 14)),
    ],
)
def test_2_a_period_stands_for_its_last_day_or_the_day_of_recording_if_earlier(
    text: str, recorded: str, stands_for: date
) -> None:
    assert day_of(text, f"{recorded}T12:00:00.000000Z") == stands_for


def test_2_a_hand_over_of_a_month_is_there_from_the_months_last_day_on() -> None:
    """Recorded in August, of July: not yet on the 30th of July, there on the 31st."""
    july = of("handed_over", "2", on="2025-08-10", true="2025-07", recorded="2025-08-10")
    assert positions_of(july, as_of="2025-07-30").of("t").state == ""
    assert positions_of(july, as_of="2025-07-31").of("t").state == "handed_over"


def test_2_a_hand_over_of_the_month_of_recording_is_there_from_the_day_of_recording_on() -> None:
    early = of("handed_over", "2", on="2025-07-10", true="2025-07", recorded="2025-07-10")
    assert positions_of(early, as_of="2025-07-09").of("t").state == ""
    assert positions_of(early, as_of="2025-07-10").of("t").state == "handed_over"
    assert positions_of(early).of("t").facts["handed_over", ""].true_on == date(2025, 7, 10)


def test_2_empty_true_on_is_said_on_and_empty_said_on_is_the_sources_date() -> None:
    of_source = of(
        "handed_over", "1", on="", source=Source(1, date="2025-03-05"), recorded="2025-06-01"
    )
    fact = positions_of(of_source).of("t").facts["handed_over", ""]
    assert (fact.true_on, fact.said_on) == (date(2025, 3, 5), date(2025, 3, 5))
    of_saying = of("handed_over", "1", on="2025-04-01", recorded="2025-06-01")
    fact = positions_of(of_saying).of("t").facts["handed_over", ""]
    assert (fact.true_on, fact.said_on) == (date(2025, 4, 1), date(2025, 4, 1))


def test_2_all_empty_is_refused() -> None:
    assert is_refused(of("pledged", "1", on="", recorded_by="POL"))
    assert not is_refused(of("pledged", "1", on="2025-07-01", recorded_by="POL"))


def test_2_a_true_on_after_the_day_of_recording_is_refused() -> None:
    assert not is_refused(of("handed_over", "1", on="2025-11-01", true="2025-12-01"))
    assert is_refused(of("handed_over", "1", on="2025-11-01", true="2025-12-02"))


def test_2_a_period_that_has_begun_is_no_date_to_come_and_one_that_has_not_is() -> None:
    """Recorded on the first of December: this month stands for that day, the next year for none."""
    assert not is_refused(of("handed_over", "1", on="2025-11-01", true="2025-12"))
    assert is_refused(of("handed_over", "1", on="2025-11-01", true="2026"))


def test_2_dates_to_come_are_terms() -> None:
    assert not is_refused(of("pledged", "1", on="2025-11-01", until="2027-01-01"))


# Rule 3


def pledge(identifier: str, quantity: str = "1", **fields: Any) -> Statement:
    return of("pledged", quantity, **({"id": identifier, "on": "2025-07-01"} | fields))


def test_3_a_correction_is_of_the_same_recorder_matter_and_visibility_and_of_an_earlier_one() -> (
    None
):
    known = pledge("a1")
    right = of("pledged", "2", on="2025-08-01", corrects="a1", reason="a slip")
    assert not is_refused(right, known)
    assert is_refused(replace(right, recorded_by="UKR"), known)
    assert is_refused(replace(right, matter="u"), known)
    assert is_refused(replace(right, visibility=("coalition",)), known)
    assert is_refused(replace(right, corrects="nothing"), known)


def test_3_void_puts_nothing_in_its_place() -> None:
    gone = said("t", "transfer", "void", by="POL", corrects="a1", id="a2", on="2025-08-01")
    positions = positions_of(pledge("a1"), gone)
    assert [one.id for one in standing([pledge("a1"), gone])] in ([], ["a2"])
    assert (positions.of("t").state, positions.of("t").reached("pledged")) == ("", NOTHING)


def test_3_of_a_chain_only_the_end_stands() -> None:
    """A corrected correction: the first does not come back."""
    chain = [pledge("a1"), pledge("a2", "2", corrects="a1"), pledge("a3", "3", corrects="a2")]
    assert [one.id for one in standing(chain)] == ["a3"]
    assert positions_of(*chain).of("t").reached("pledged") == Range(3000, 3000)


def test_3_a_void_correction_of_a_correction_brings_the_first_not_back() -> None:
    chain = [
        pledge("a1"),
        pledge("a2", "2", corrects="a1"),
        said("t", "transfer", "void", by="POL", corrects="a2", id="a3"),
    ]
    assert positions_of(*chain).of("t").state == ""


def test_3_of_two_corrections_of_one_statement_both_stand() -> None:
    both = [pledge("a1"), pledge("a2", "2", corrects="a1"), pledge("a3", "3", corrects="a1")]
    assert {one.id for one in standing(both)} == {"a2", "a3"}
    (conflict,) = positions_of(*both).of("t").conflicts
    assert (conflict.winner.id, conflict.loser.id) == ("a2", "a3")  # the least that is claimed


def test_3_what_is_corrected_is_gone_under_every_rule_and_at_every_date() -> None:
    """The correction is of the press and of a later day; the first is signed: gone all the same."""
    statements = [
        pledge("a1", on="2025-01-01"),
        pledge("a2", "2", corrects="a1", rank=5, on="2025-06-01", true="2025-06-01"),
    ]
    assert positions_of(*statements, rule=STRICT).of("t").state == ""
    assert positions_of(*statements, as_of="2025-03-01").of("t").state == ""
    assert positions_of(*statements).of("t").reached("pledged") == Range(2000, 2000)


def test_3_before_the_correction_was_known_the_first_stands() -> None:
    statements = [pledge("a1"), pledge("a2", "2", corrects="a1", on="2025-09-01")]
    then = view(statements, reader=ALL, known_at="2025-08-31", directory=DIRECTORY)
    assert positions_of(*then).of("t").reached("pledged") == Range(1000, 1000)


# Rule 4


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("unknown", 0, None),
        ("up to 5", 0, 5000),
        ("at least 5", 5000, None),
        ("over 5", 5000, None),
        ("about 5", 5000, 5000),
        ("2..4", 2000, 4000),
        ("0.001", 1, 1),
    ],
)
def test_4_words_are_bounds_in_thousandths(text: str, lo: int, hi: int | None) -> None:
    assert parse_range(text, ITEM_SCALE) == Range(lo, hi)


def test_4_money_is_in_ten_thousandths_and_unknown_is_never_zero() -> None:
    assert parse_range("1.5", MONEY_SCALE) == Range(15_000, 15_000)
    assert parse_range("unknown", MONEY_SCALE) == UNKNOWN != NOTHING


def test_4_paid_in_due_paid_and_refunded_are_whole_minor_units() -> None:
    """A cent is the smallest that can be paid, a ten-thousandth the smallest that can be promised."""
    gives = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"}
    pays = {"giver": "PURL", "receiver": "USA", "currency": "EUR"}
    for kind, milestone, sides in (
        ("contribution", "paid_in", gives),
        ("contribution", "refunded", gives),
        ("payment", "due", pays),
        ("payment", "paid", pays),
        ("payment", "refunded", pays),
    ):
        assert not problems_of(said("m", kind, milestone, quantity="1.01", **sides))
        assert problems_of(said("m", kind, milestone, quantity="1.001", **sides))
        yen = sides | {"currency": "JPY"}
        assert problems_of(said("m", kind, milestone, quantity="1.5", **yen))
    assert not problems_of(said("m", "contribution", "committed", quantity="1.0001", **gives))


def test_4_sums_add_the_bounds() -> None:
    assert Range(0, 5000) + Range(2000, 2000) == Range(2000, 7000)
    assert Range(0, 5000) + Range(2000, None) == Range(2000, None)


def test_4_a_figure_shows_lo_hi_and_how_many_unknowns_it_holds() -> None:
    gives = {"receiver": "PURL", "currency": "EUR"}
    found = total(
        positions_of(
            said("a", "contribution", "committed", giver="NOR", quantity="100", **gives),
            said("b", "contribution", "committed", giver="ESP", quantity="up to 50", **gives),
            said("c", "contribution", "committed", giver="FRA", quantity="unknown", **gives),
            said("d", "contribution", "committed", giver="DEU", **gives),
        ),
        Question(("contribution",), "committed", currency="EUR"),
    )
    assert (found.lo, found.hi, found.unknowns) == (1_000_000, None, 2)


# Rule 5


def test_5_the_smallest_of_the_six_parts_wins_in_their_order() -> None:
    """Each one wins against the next by the first part in which they differ."""
    order = [
        (1, of("pledged", "9", on="2025-01-01", true="2025-01-01", id="f")),  # the best class
        (2, of("pledged", "8", on="2025-05-01", true="2025-01-01", id="e")),  # newest said
        (2, of("pledged", "7", on="2025-04-01", true="2025-03-01", id="d")),  # newest true
        (2, of("pledged", "1..9", on="2025-04-01", true="2025-02-01", id="c")),  # the smaller lo
        (2, of("pledged", "2..5", on="2025-04-01", true="2025-02-01", id="b")),  # the smaller hi
        (2, of("pledged", "2..6", on="2025-04-01", true="2025-02-01", id="a1")),  # the smaller id
        (2, of("pledged", "2..6", on="2025-04-01", true="2025-02-01", id="a2")),
        (2, of("pledged", "at least 2", on="2025-04-01", true="2025-02-01", id="a0")),  # no end
    ]
    keys = [rank_key(statement, rank) for rank, statement in order]
    assert keys == sorted(keys)


def test_5_newest_said_wins_over_newest_true() -> None:
    later_said = of("pledged", "3", on="2025-05-01", true="2025-01-01")
    later_true = of("pledged", "2", on="2025-04-01", true="2025-04-01")
    assert positions_of(later_true, later_said).of("t").reached("pledged") == Range(3000, 3000)


def test_5_of_equals_the_least_that_is_claimed_wins() -> None:
    found = positions_of(of("pledged", "5"), of("pledged", "3")).of("t")
    assert found.reached("pledged") == Range(3000, 3000)


# Rule 6


def test_6_strict_admits_1_and_2_and_tracker_all() -> None:
    assert STRICT.ranks == {1, 2}
    assert TRACKER.ranks == {1, 2, 3, 4, 5, 6}
    for rank, strict in ((1, "pledged"), (2, "pledged"), (4, ""), (5, ""), (6, "")):
        by = "POL" if rank in {1, 2} else "FRA"
        one = of("pledged", "1", rank=rank, by=by)
        assert positions_of(one, rule=STRICT).of("t").state == strict
        assert positions_of(one, rule=TRACKER).of("t").state == "pledged"


def test_6_candidates_are_true_on_or_before_the_as_of_date() -> None:
    one = of("pledged", "1", on="2025-05-01")
    assert positions_of(one, as_of="2025-04-30").of("t").state == ""
    assert positions_of(one, as_of="2025-05-01").of("t").state == "pledged"


def test_6_statements_set_aside_by_id_are_shown_with_their_reason_in_every_figure() -> None:
    """Set aside is the newer of two: the older one wins."""
    gives = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"}
    rule = Rule("own", "1", TRACKER.ranks, set_aside={"x": "told twice"})
    found = total(
        positions_of(
            said("a", "contribution", "committed", quantity="835", id="w", **gives),
            said(
                "a", "contribution", "committed", quantity="846", id="x", on="2025-06-01", **gives
            ),
            rule=rule,
        ),
        Question(("contribution",), "committed", currency="EUR"),
    )
    assert (found.lo, found.set_aside) == (8_350_000, {"x": "told twice"})


def test_6_a_rule_carries_a_rate_table() -> None:
    old = Rate("NOK", "EUR", Fraction(1, 10), date(2025, 1, 1), "a bank")
    new = Rate("NOK", "EUR", Fraction(1, 12), date(2025, 6, 1), "a bank")
    rule = Rule("own", "1", TRACKER.ranks, rates=(old, new))
    assert rule.rate("NOK", "EUR", date(2025, 5, 31)) == old
    assert rule.rate("NOK", "EUR", date(2025, 6, 1)) == new
    assert rule.rate("NOK", "EUR", date(2024, 12, 31)) is None


@pytest.mark.parametrize(
    ("milestone", "by", "counts_as"),
    [
        ("handed_over", "POL", 1),
        ("handed_over", "UKR", 3),
        ("received", "UKR", 1),
        ("received", "POL", 3),
    ],
)
def test_6_class_is_relative_to_the_act(milestone: str, by: str, counts_as: int) -> None:
    assert effective_rank(of(milestone, "1", by=by), "POL", "UKR", DIRECTORY) == counts_as


def test_6_a_pools_keeper_speaks_for_money_into_its_pool() -> None:
    gives = {"giver": "NOR", "receiver": "PURL", "currency": "EUR", "quantity": "1"}
    for by, counts_as in (("IKI", 1), ("NOR", 3)):
        one = said("a", "contribution", "paid_in", by=by, **gives)
        assert effective_rank(one, "NOR", "PURL", DIRECTORY) == counts_as
