"""Rules 12 to 14 of the page *The register, exactly*: what waits, lapses, or has no answer, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ringtausch.register.position import Position
from ringtausch.register.ranges import NOTHING, Range
from ringtausch.register.rule import STRICT
from ringtausch.register.silence import waiting
from ringtausch.register.statement import Condition, Statement
from tests.register.builders import positions_of, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}


def of(milestone: str, quantity: str | None = None, **fields: Any) -> Statement:
    """Say something of the transfer `t` of POL's launchers to UKR."""
    return said("t", "transfer", milestone, quantity=quantity, **(ITEM | fields))


def at(*statements: Statement, **options: Any) -> Position:
    return positions_of(*statements, **options).of("t")


def exactly(number: int) -> Range:
    """So many launchers."""
    return Range(number * 1000, number * 1000)


# Rule 12


def euros(name: str, giver: str, amount: str, **fields: Any) -> Statement:
    fields = {"receiver": "PURL", "currency": "EUR", "giver": giver} | fields
    return said(name, "contribution", "committed", quantity=amount, **fields)


def needing(matters: str, number: int, milestone: str = "committed") -> Condition:
    return Condition(matters=tuple(matters.split()), milestone=milestone, at_least=number * 10_000)


def test_12_words_are_met_only_by_a_new_statement_without_them() -> None:
    five = of("pledged", "5", condition="five, if others give thirty")
    anew = of("pledged", "5", on="2025-02-01")
    assert at(five).conditional
    assert not at(five, anew).conditional


@pytest.mark.parametrize(("others", "conditional"), [("29", True), ("30", False)])
def test_12_others_are_summed_up_and_the_number_is_reached_at_the_number(
    others: str, conditional: bool
) -> None:
    found = positions_of(
        euros("own", "DEU", "5", condition=needing("a b", 30)),
        euros("a", "NOR", "10"),
        euros("b", "ESP", str(int(others) - 10)),
    )
    assert found.of("own").conditional is conditional


def test_12_its_own_is_left_out() -> None:
    found = positions_of(
        euros("own", "DEU", "20", condition=needing("own a", 30)), euros("a", "NOR", "10")
    )
    assert found.of("own").conditional


def test_12_of_a_range_the_least_counts() -> None:
    found = positions_of(
        euros("own", "DEU", "5", condition=needing("a", 30)), euros("a", "NOR", "20..40")
    )
    assert found.of("own").conditional


def test_12_two_promises_that_wait_for_each_other_both_wait() -> None:
    found = positions_of(
        euros("a", "DEU", "5", condition=needing("b", 5)),
        euros("b", "NOR", "5", condition=needing("a", 5)),
    )
    assert found.of("a").conditional
    assert found.of("b").conditional


def test_12_what_is_met_may_meet_another() -> None:
    found = positions_of(
        euros("a", "DEU", "5", condition=needing("b", 5)),
        euros("b", "NOR", "5", condition=needing("c", 5)),
        euros("c", "ESP", "5"),
    )
    assert not found.of("a").conditional
    assert not found.of("b").conditional


def test_12_what_lies_inside_an_unmet_one_is_conditional() -> None:
    found = positions_of(
        euros("package", "DEU", "50", condition="if the parliament agrees"),
        euros("part", "DEU", "5", part_of="package"),
    )
    assert found.of("part").conditional


def test_12_what_lies_inside_an_unmet_one_meets_no_other() -> None:
    """Firm or met counts; the part is conditional, so that whoever waits for it waits on."""
    found = positions_of(
        euros("package", "DEU", "50", condition="if the parliament agrees"),
        euros("part", "DEU", "5", part_of="package"),
        euros("other", "NOR", "5", condition=needing("part", 5)),
    )
    assert found.of("other").conditional


# Rule 13


def test_13_after_its_until_and_not_on_it_a_promise_lapses() -> None:
    promise = of("pledged", "5", until="2025-03-31")
    assert at(promise, as_of="2025-03-31").reached("pledged") == exactly(5)
    assert not at(promise, as_of="2025-03-31").lapsed
    over = at(promise, as_of="2025-04-01")
    assert (over.reached("pledged"), over.lapsed) == (NOTHING, True)


def test_13_a_lapsed_promise_stands_at_what_a_further_rung_has_reached() -> None:
    found = at(
        of("pledged", "5", until="2025-03-31"),
        of("handed_over", "2", on="2025-02-01"),
        as_of="2025-04-01",
    )
    assert (found.reached("pledged"), found.state) == (exactly(2), "handed_over")


def test_13_reservation_consent_and_fund_lapse() -> None:
    reserved = of("reserved", "5", until="2025-03-31")
    assert at(reserved, as_of="2025-04-01").reached("reserved") == NOTHING
    consent = said("c", "consent", "granted", giver="USA", receiver="POL", until="2025-03-31")
    assert not positions_of(consent, as_of="2025-03-31").of("c").lapsed
    over = positions_of(consent, as_of="2025-04-01").of("c")
    assert (over.lapsed, over.reached("granted")) == (True, NOTHING)
    fund = euros("f", "NOR", "5", until="2025-03-31")
    assert positions_of(fund, as_of="2025-04-01").of("f").reached("committed") == NOTHING


def test_13_what_was_handed_over_does_not_lapse() -> None:
    found = at(of("handed_over", "5", until="2025-03-31"), as_of="2025-04-01")
    assert found.reached("handed_over") == exactly(5)


def test_13_a_new_and_longer_until_prolongs() -> None:
    """`until` is a field of the winner, as any other; the newest one counts."""
    old = of("pledged", "5", until="2025-03-31", on="2025-01-01")
    new = of("pledged", "5", until="2025-06-30", on="2025-02-01")
    assert at(old, new, as_of="2025-04-01").reached("pledged") == exactly(5)
    assert at(old, new, as_of="2025-07-01").reached("pledged") == NOTHING


def test_13_under_strict_the_until_of_the_press_is_no_until() -> None:
    press = of("pledged", "5", until="2025-03-31", by="FRA", rank=5, on="2025-02-01")
    found = at(of("pledged", "5"), press, rule=STRICT, as_of="2025-04-01")
    assert found.reached("pledged") == exactly(5)


# Rule 14


def ask(milestone: str, on: str, **fields: Any) -> Statement:
    return said("q", "request", milestone, on=on, **({"receiver": "UKR", "by": "UKR"} | fields))


def test_14_the_age_of_a_request_runs_from_its_first_asking_and_its_events_are_counted() -> None:
    """From the first of March to the first of July are 31 + 30 + 31 + 30 days."""
    (one,) = waiting(
        positions_of(
            ask("asked", "2025-06-20", event="3"),
            ask("asked", "2025-03-01", event="1"),
            ask("asked", "2025-04-10", event="2"),
            as_of="2025-07-01",
        )
    )
    assert (one.asked_first, one.age, one.repeats) == (date(2025, 3, 1), 122, 3)
    assert (one.waits, one.answered_on) == (True, None)


@pytest.mark.parametrize("answer", ["validated", "met", "declined"])
def test_14_it_is_answered_from_the_first_answer_on(answer: str) -> None:
    known = [ask("asked", "2025-03-01"), ask(answer, "2025-05-01", by="DEU", giver="DEU")]
    (before,) = waiting(positions_of(*known, as_of="2025-04-30"))
    (after,) = waiting(positions_of(*known, as_of="2025-05-01"))
    assert (before.waits, after.waits) == (True, False)
    assert (after.answered_on, after.answer) == (date(2025, 5, 1), answer)
