"""Rules 12 to 14 of the page *The register, exactly*: what waits, lapses, or has no answer, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ringtausch.register.invariants import invariants
from ringtausch.register.position import Position
from ringtausch.register.postings import postings
from ringtausch.register.ranges import NOTHING, Range
from ringtausch.register.replacement import debts
from ringtausch.register.rule import STRICT
from ringtausch.register.silence import waiting
from ringtausch.register.statement import Condition, Statement, Terms
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


# Rules 12 and 13 in what is owed (28) and due (34)


def owed(*statements: Statement, **options: Any) -> tuple[int, int]:
    """Return base and debt of the replacement `r`, in whole launchers."""
    handed_over = of("handed_over", "5")
    (debt,) = debts(positions_of(handed_over, *statements, **options))
    return debt.base // 1000, debt.owed // 1000


def back(milestone: str, quantity: str | None = None, **fields: Any) -> Statement:
    sides = {"giver": "DEU", "receiver": "POL", "item": "launcher", "terms": Terms(of="t")}
    return said("r", "replacement", milestone, quantity=quantity, **(sides | fields))


def test_12_an_agreement_that_waits_stands_at_what_was_delivered_all_the_same() -> None:
    """DEU replaces 5 if others give; it has delivered 1, so that 1 of the 5 is agreed to (rule 10)."""
    waits = back("agreed", condition="if others give")
    assert owed(waits) == (0, 0)
    assert owed(waits, back("delivered", "1", on="2025-02-01")) == (1, 1)
    assert owed(waits, back("agreed", on="2025-02-01")) == (5, 5)


def test_13_a_lapsed_agreement_about_everything_stands_at_what_was_delivered() -> None:
    for quantity in (None, "4"):
        agreed = back("agreed", quantity, until="2025-03-01")
        assert owed(agreed, back("delivered", "1", on="2025-02-01"), as_of="2025-04-01") == (1, 1)


def bill(milestone: str, amount: str, **fields: Any) -> Statement:
    sides = {"giver": "PURL", "receiver": "USA", "currency": "EUR"}
    return said("p", "payment", milestone, quantity=amount, **(sides | fields))


def balances(*statements: Statement) -> dict[str, int]:
    positions = positions_of(*statements)
    found = postings(positions)
    assert invariants(positions, found) == []
    return {f"{one.party} {one.state}": amount for one, amount in found.balances.items() if amount}


def test_12_what_is_due_under_a_condition_is_not_owed_though_a_part_of_it_is_paid() -> None:
    """50 are due if it is voted; 20 are paid before: nothing is owed yet, and then 30 are."""
    waits = bill("due", "50", condition="if it is voted")
    paid = bill("paid", "20", on="2025-02-01")
    assert balances(waits) == {}
    assert balances(waits, paid) == {"PURL fund": -200_000, "USA cash": 200_000}
    assert balances(waits, paid, bill("due", "50", on="2025-03-01")) == {
        "PURL fund": -200_000,
        "PURL owes": -300_000,
        "USA cash": 200_000,
        "USA owed": 300_000,
    }


def test_12_what_is_due_inside_something_that_waits_is_not_owed() -> None:
    package = said("k", "package", "stated", by="NOR", condition="if it is voted")
    assert balances(package, bill("due", "50", part_of="k")) == {}
    voted = said("k", "package", "stated", by="NOR", on="2025-02-01", quantity="1")
    assert balances(package, voted, bill("due", "50", part_of="k")) == {
        "PURL owes": -500_000,
        "USA owed": 500_000,
    }


def test_12_what_was_paid_was_paid_whatever_it_was_to_wait_for() -> None:
    """Fund and look-through agree on it (rule 35)."""
    paid = bill("paid", "20", condition="if it is voted")
    assert balances(paid) == {"PURL fund": -200_000, "USA cash": 200_000}
