"""Rule 11: no step back behind, or on after an end, of what the same sayer said of the same matter."""

from __future__ import annotations

from typing import Any

import pytest

from ringtausch.register.ranges import Range
from ringtausch.register.statement import Statement
from ringtausch.register.steps import next_steps, wrong_step
from ringtausch.register.vocabulary import KINDS, MARKS, RUNGS
from tests.register.builders import said


def step(milestone: str, on: str, kind: str = "transfer", **fields: Any) -> Statement:
    """Let DEU say something of the matter m."""
    return said("m", kind, milestone, by="DEU", on=on, id=fields.pop("id", "a1"), **fields)


def test_a_step_back_is_refused_with_what_could_come_next() -> None:
    before = [step("handed_over", "2025-07-01", quantity="2", item="launcher")]
    assert wrong_step(step("pledged", "2025-08-01"), before) == (
        'DEU said "handed_over" of m on 2025-07-01 (statement a1); "pledged" would go back behind that;'
        " next could come handed_over, received, cancelled, lost, returned; or correct that statement"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_rung_may_be_said_again_and_followed_by_later_ones(kind: str) -> None:
    for at, rung in enumerate(RUNGS[kind]):
        if rung not in {"met", "waived"}:
            for later in RUNGS[kind][at:]:
                first = step(rung, "2025-07-01", kind)
                assert wrong_step(step(later, "2025-07-02", kind), [first]) is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_step_back_of_every_kind_is_refused(kind: str) -> None:
    for at, rung in enumerate(RUNGS[kind]):
        for earlier in RUNGS[kind][:at]:
            first = step(rung, "2025-07-01", kind)
            assert wrong_step(step(earlier, "2025-07-02", kind), [first]) is not None


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"by": "UKR"}, "others' contrary statements are conflicts"),
        ({"event": "2"}, "another event of the matter"),
        ({"corrects": "a1", "reason": "a slip"}, "corrections are no steps"),
    ],
)
def test_only_the_same_sayer_matter_and_event_bind(fields: dict[str, Any], why: str) -> None:
    before = [step("handed_over", "2025-07-01")]
    back = said("m", "transfer", "pledged", **{"by": "DEU", "on": "2025-08-01", **fields})
    assert wrong_step(back, before) is None, why


def test_another_matter_does_not_bind() -> None:
    other = said("n", "transfer", "handed_over", by="DEU", on="2025-07-01")
    assert wrong_step(step("pledged", "2025-08-01"), [other]) is None


def test_a_link_is_no_step_and_binds_none() -> None:
    handed, link = step("handed_over", "2025-07-01"), step("linked", "2025-08-01", part_of="whole")
    assert wrong_step(link, [handed]) is None
    assert wrong_step(step("considered", "2025-08-02"), [link]) is None


def test_what_is_corrected_binds_no_more() -> None:
    before = [
        step("handed_over", "2025-07-01"),
        step("pledged", "2025-07-01", id="a2", corrects="a1", reason="a slip"),
    ]
    assert wrong_step(step("considered", "2025-08-01"), before) is not None
    assert wrong_step(step("pledged", "2025-08-01"), before) is None


def test_a_fact_that_is_told_late_goes_back_behind_nothing() -> None:
    """The pledge of May is found after the hand-over of July was recorded."""
    assert wrong_step(step("pledged", "2025-05-01"), [step("handed_over", "2025-07-01")]) is None


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        ("transfer", "cancelled"),
        ("contribution", "withdrawn"),
        ("consent", "withdrawn"),
        ("request", "met"),
        ("replacement", "waived"),
        ("payment", "cancelled"),
    ],
)
def test_nothing_goes_on_after_an_end(kind: str, end: str) -> None:
    before = [step(end, "2025-07-01", kind)]
    for milestone in RUNGS[kind]:
        refused = wrong_step(step(milestone, "2025-08-01", kind), before)
        assert (refused is None) == (milestone == end)


def test_the_sentence_about_an_end_names_it() -> None:
    before = [step("cancelled", "2025-07-01")]
    assert wrong_step(step("left", "2025-08-01"), before) == (
        'DEU said "cancelled" of m on 2025-07-01 (statement a1), which ends the matter; "left" would go'
        " on after it; nothing comes after it; correct that statement, or name another matter or event"
    )


def test_what_was_handed_over_may_return_after_the_rest_is_cancelled() -> None:
    before = [step("handed_over", "2025-07-01"), step("cancelled", "2025-07-02", id="a2")]
    assert wrong_step(step("returned", "2025-08-01"), before) is None
    assert "next could come lost, returned;" in str(
        wrong_step(step("received", "2025-08-01"), before)
    )


def test_a_part_that_is_cancelled_or_waived_ends_nothing() -> None:
    pledged = step("pledged", "2025-06-01", quantity="5", item="launcher")
    part = step("cancelled", "2025-07-01", quantity="1", item="launcher", id="a2")
    assert wrong_step(step("handed_over", "2025-08-01"), [pledged, part]) is None
    whole = step("cancelled", "2025-07-01", quantity="5", item="launcher", id="a2")
    assert wrong_step(step("handed_over", "2025-08-01"), [pledged, whole]) is not None
    agreed = step("agreed", "2025-06-01", "replacement", quantity="5", item="launcher")
    waived = step("waived", "2025-07-01", "replacement", quantity="1", item="launcher", id="a2")
    assert wrong_step(step("accepted", "2025-08-01", "replacement"), [agreed, waived]) is None


@pytest.mark.parametrize("again", ["considered", "requested", "pledged"])
def test_what_was_declined_may_begin_anew(again: str) -> None:
    before = [step("reserved", "2025-06-01"), step("declined", "2025-07-01", id="a2")]
    assert wrong_step(step(again, "2025-08-01"), before) is None


def test_a_request_and_a_consent_may_be_asked_again_after_a_no() -> None:
    request = [
        step("validated", "2025-06-01", "request"),
        step("declined", "2025-07-01", "request", id="a2"),
    ]
    assert wrong_step(step("asked", "2025-08-01", "request"), request) is None
    consent = [
        step("granted", "2025-06-01", "consent"),
        step("refused", "2025-07-01", "consent", id="a2"),
    ]
    assert wrong_step(step("asked", "2025-08-01", "consent"), consent) is None


def test_what_is_on_its_way_is_not_declined() -> None:
    before = [step("left", "2025-07-01")]
    assert wrong_step(step("declined", "2025-08-01"), before) == (
        'DEU said "left" of m on 2025-07-01 (statement a1); "declined" would go back behind that; next'
        " could come left, handed_over, received, cancelled, lost; or correct that statement"
    )


@pytest.mark.parametrize(
    ("kind", "first", "mark", "marked"),
    [
        ("transfer", "pledged", "released", "reserved"),
        ("transfer", "reserved", "lost", "left"),
        ("transfer", "left", "returned", "handed_over"),
        ("contribution", "committed", "refunded", "paid_in"),
        ("payment", "due", "refunded", "paid"),
    ],
)
def test_a_mark_follows_what_it_marks(kind: str, first: str, mark: str, marked: str) -> None:
    before = [step(first, "2025-06-01", kind)]
    assert wrong_step(step(mark, "2025-08-01", kind), before) is not None
    before.append(said("m", kind, marked, by="UKR", on="2025-07-01"))
    assert wrong_step(step(mark, "2025-08-01", kind), before) is None


def test_the_sentence_about_a_mark_says_what_it_marks() -> None:
    before = [step("pledged", "2025-07-01")]
    assert wrong_step(step("returned", "2025-08-01"), before) == (
        '"returned" marks what was handed_over or received, and nobody has said so yet, DEU neither;'
        " next could come pledged, reserved, left, handed_over, received, declined, cancelled; or"
        " correct that statement"
    )


def test_a_mark_by_somebody_who_said_nothing_else_is_taken() -> None:
    """Of a matter that is told from its end on, nothing is known that it could go against."""
    assert wrong_step(step("returned", "2025-08-01"), []) is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_could_come_next_is_never_refused(kind: str) -> None:
    """For each pair of milestones that may follow each other: all that is named may be said."""
    for first in RUNGS[kind] + MARKS[kind]:
        before = [step(first, "2025-07-01", kind)]
        for milestone in next_steps(kind, before):
            assert wrong_step(step(milestone, "2025-08-01", kind, id="b"), before) is None


def test_an_unknown_quantity_of_an_end_is_all_of_it() -> None:
    before = [step("waived", "2025-07-01", "replacement", quantity=Range(0, None))]
    assert wrong_step(step("accepted", "2025-08-01", "replacement"), before) is not None
