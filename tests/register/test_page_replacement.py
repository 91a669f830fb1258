"""Rules 28 to 31 of the page *The register, exactly*, sentence by sentence, computed by hand from the page."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ringtausch.register.discrepancies import discrepancies
from ringtausch.register.overdue import overdue
from ringtausch.register.rank import effective_rank
from ringtausch.register.replacement import Debt, add_months, bare, debts
from ringtausch.register.statement import Statement, Terms
from tests.register.builders import DIRECTORY, positions_of, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}


def given(milestone: str, quantity: str | None = None, **fields: Any) -> Statement:
    """Say something of the transfer `t` of POL's launchers to UKR."""
    return said("t", "transfer", milestone, quantity=quantity, **(ITEM | fields))


def back(milestone: str, quantity: str | None = None, **fields: Any) -> Statement:
    """Say something of what DEU owes POL for it."""
    sides = {"giver": "DEU", "receiver": "POL", "item": "launcher"} | fields
    matter = sides.pop("matter", "r")
    return said(matter, "replacement", milestone, quantity=quantity, **sides)


def agreed(quantity: str | None = None, **fields: Any) -> Statement:
    """Agree on it; what the replacement says beside its own sides are its terms."""
    names = ("ratio", "due", "within", "item", "replacer", "guarantor")
    terms = {name: fields.pop(name) for name in names if name in fields}
    return back("agreed", quantity, terms=Terms(of="t", **terms), **fields)


def debt(*statements: Statement, **options: Any) -> Debt:
    (found,) = debts(positions_of(*statements, **options))
    return found


def bared(*statements: Statement, **options: Any) -> list[tuple[str, int]]:
    return [(one.matter, one.amount) for one in bare(positions_of(*statements, **options))]


# Rule 28


def test_28_handed_over_is_the_givers_figure_whatever_the_receiver_says() -> None:
    """POL says 5, UKR 3: 5 are owed. "The receiver's figure never changes the debt"."""
    found = debt(given("handed_over", "5"), given("received", "3", on="2025-02-01"), agreed())
    assert (found.handed_over, found.base, found.owed) == (5000, 5000, 5000)
    more = debt(given("handed_over", "5"), given("received", "7", on="2025-02-01"), agreed())
    assert (more.handed_over, more.base, more.owed) == (5000, 5000, 5000)


def test_28_where_the_giver_is_silent_what_was_received_counts() -> None:
    found = debt(given("received", "3", on="2025-02-01"), agreed())
    assert (found.handed_over, found.owed) == (3000, 3000)


def test_28_base_is_the_smaller_of_what_was_handed_over_and_not_returned_and_what_was_agreed() -> (
    None
):
    moved = [given("handed_over", "5"), given("returned", "1", on="2025-03-01")]
    assert debt(*moved, agreed("3")).base == 3000
    assert debt(*moved, agreed("9")).base == 4000
    assert debt(*moved, agreed()).base == 4000  # an empty quantity is all


def test_28_what_goes_beyond_base_is_bare_and_all_of_it_without_agreement() -> None:
    moved = given("handed_over", "5")
    assert bared(moved) == [("t", 5000)]
    assert bared(moved, agreed("3")) == [("t", 2000)]
    assert bared(moved, agreed()) == []


def test_28_a_waiver_without_an_agreement_is_no_red() -> None:
    assert bared(given("handed_over", "5"), back("waived", terms=Terms(of="t"))) == []


def test_28_what_was_returned_is_not_bare() -> None:
    assert bared(given("handed_over", "5"), given("returned", "2", on="2025-02-01")) == [
        ("t", 3000)
    ]


def test_28_the_discrepancy_is_handed_over_less_received_less_lost_after_the_hand_over() -> None:
    """5 handed over, 3 received, 1 lost after: 1, since the hand-over 59 days before the first of March."""
    (found,) = discrepancies(
        positions_of(
            given("handed_over", "5"),
            given("received", "3", on="2025-01-05"),
            given("lost", "1", on="2025-01-06", by="UKR"),
            as_of="2025-03-01",
        )
    )
    assert (found.missing, found.since, found.age_days) == (1000, date(2025, 1, 1), 59)


def test_28_more_received_than_handed_over_is_a_discrepancy_too() -> None:
    (found,) = discrepancies(
        positions_of(given("handed_over", "5"), given("received", "7", on="2025-01-05"))
    )
    assert found.missing == -2000


# Rule 29


def test_29_a_debt_is_rounded_up_and_what_was_accepted_down() -> None:
    """⌈1/3 · 5000⌉ = 1667; of missiles ⌊2/3 · 1000⌋ = 666: owed 1001."""
    found = debt(
        given("handed_over", "5"),
        agreed(ratio="1/3"),
        back("substituted", item="missile", by="POL", terms=Terms(rate="2/3"), on="2025-02-01"),
        back("accepted", "1", item="missile", on="2025-03-01"),
    )
    assert (found.ratio, found.settled, found.owed, found.ahead) == (Fraction(1, 3), 666, 1001, 0)


def test_29_the_sum_is_rounded_down_once() -> None:
    """⌊2/3·1000 + 2/3·1000⌋ = 1333, where each by itself would be 666."""
    found = debt(
        given("handed_over", "5"),
        agreed(),
        back("substituted", item="missile", by="POL", terms=Terms(rate="2/3"), on="2025-02-01"),
        back("accepted", "1", item="missile", event="1", on="2025-03-01"),
        back("accepted", "1", item="missile", event="2", on="2025-04-01"),
    )
    assert (found.settled, found.owed) == (1333, 3667)


def test_29_owed_and_ahead_are_never_less_than_nothing() -> None:
    found = debt(given("handed_over", "2"), agreed(), back("accepted", "3", on="2025-02-01"))
    assert (found.owed, found.ahead) == (0, 1000)


def test_29_the_agreed_item_has_the_rate_one() -> None:
    """Missiles are agreed for launchers: a missile settles one of the given item."""
    found = debt(
        given("handed_over", "5"),
        agreed(item="missile", ratio="2"),
        back("accepted", "4", item="missile", on="2025-02-01"),
    )
    assert (found.item, found.agreed_item, found.settled, found.owed) == (
        "launcher",
        "missile",
        4000,
        6000,
    )


def test_29_another_item_without_a_rate_settles_nothing_and_is_a_discrepancy() -> None:
    statements = [
        given("handed_over", "5"),
        given("received", "5", on="2025-01-02"),
        agreed(),
        back("accepted", "4", item="missile", on="2025-02-01"),
    ]
    found = debt(*statements)
    assert (found.settled, found.owed, found.unrated) == (0, 5000, (("missile", 4000),))
    (one,) = discrepancies(positions_of(*statements))
    assert (one.matter, one.item) == ("r", "missile")


def test_29_a_rate_is_the_owed_partys_and_nobody_elses() -> None:
    found = debt(
        given("handed_over", "5"),
        agreed(),
        back("substituted", item="missile", by="DEU", terms=Terms(rate="1"), on="2025-02-01"),
        back("accepted", "4", item="missile", on="2025-02-02"),
    )
    assert (found.settled, found.owed) == (0, 5000)


def test_29_only_accepted_settles_and_what_was_only_delivered_waits_with_an_age() -> None:
    found = debt(
        given("handed_over", "5"),
        agreed(),
        back("delivered", "3", on="2025-02-01"),
        back("accepted", "1", on="2025-02-02"),
        as_of="2025-02-11",
    )
    assert (found.settled, found.owed) == (1000, 4000)
    (waits,) = found.waiting
    assert (waits.item, waits.amount, waits.since, waits.age_days) == (
        "launcher",
        2000,
        date(2025, 2, 1),
        10,
    )


def test_29_only_the_owed_party_waives() -> None:
    """POL waives 2 of 5; that DEU says so too of 4 changes nothing, nor does it alone."""
    moved = [given("handed_over", "5"), agreed()]
    own = back("waived", "2", on="2025-02-01")
    others = back("waived", "4", by="DEU", on="2025-03-01")
    assert debt(*moved, own).owed == 3000
    assert debt(*moved, own, others).owed == 3000
    assert debt(*moved, others).owed == 5000


def test_29_a_waiver_without_a_quantity_is_of_everything() -> None:
    """Rule 11 speaks of `waived in full`; nothing is left that could be owed."""
    found = debt(given("handed_over", "5"), agreed(), back("waived", on="2025-02-01"))
    assert (found.owed, found.ahead) == (0, 0)


# Rule 30


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-30", 1, "2025-02-28"),
        ("2025-02-28", 1, "2025-03-28"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-05-31", 12, "2026-05-31"),
        ("2025-05-31", 0, "2025-05-31"),
    ],
)
def test_30_so_many_months_later_is_the_same_day_at_most_the_months_last(
    day: str, months: int, due: str
) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(due)


def test_30_each_hand_over_event_has_its_own_due_date() -> None:
    found = debt(
        given("handed_over", "2", event="1", on="2025-01-31"),
        given("handed_over", "3", event="2", on="2025-03-15"),
        agreed(within=1),
        as_of="2025-02-28",
    )
    assert [(due.due, due.left) for due in found.dues] == [(date(2025, 2, 28), 2000)]
    later = debt(
        given("handed_over", "2", event="1", on="2025-01-31"),
        given("handed_over", "3", event="2", on="2025-03-15"),
        agreed(within=1),
    )
    assert [(due.due, due.left) for due in later.dues] == [
        (date(2025, 2, 28), 2000),
        (date(2025, 4, 15), 3000),
    ]


def test_30_an_agreed_date_is_the_due_date_of_all() -> None:
    found = debt(given("handed_over", "5"), agreed(due="2025-06-30", within=1))
    assert {due.due for due in found.dues} == {date(2025, 6, 30)}


def test_30_returned_comes_off_the_newest() -> None:
    """2 in January and 3 in March; 4 returned: 1 of January's is owed."""
    found = debt(
        given("handed_over", "2", event="1", on="2025-01-15"),
        given("handed_over", "3", event="2", on="2025-03-15"),
        given("returned", "4", on="2025-04-01"),
        agreed(within=1),
    )
    assert [(due.due, due.left) for due in found.dues if due.left] == [(date(2025, 2, 15), 1000)]


def test_30_what_settles_settles_the_oldest_due_first() -> None:
    """Handed over 2 and 3; 3 accepted: the 2 of January and 1 of March."""
    found = debt(
        given("handed_over", "2", event="1", on="2025-01-15"),
        given("handed_over", "3", event="2", on="2025-03-15"),
        agreed(within=1),
        back("accepted", "3", on="2025-04-01"),
    )
    assert [(due.due, due.left) for due in found.dues if due.left] == [(date(2025, 4, 15), 2000)]


@pytest.mark.parametrize(
    ("as_of", "amount", "days"),
    [("2025-02-15", 0, 0), ("2025-02-16", 2000, 1), ("2025-04-16", 5000, 60)],
)
def test_30_overdue_is_what_was_due_before_the_day_and_its_age_is_of_the_oldest_due(
    as_of: str, amount: int, days: int
) -> None:
    found = debt(
        given("handed_over", "2", event="1", on="2025-01-15"),
        given("handed_over", "3", event="2", on="2025-03-15"),
        agreed(within=1),
        as_of=as_of,
    )
    assert (found.overdue, found.overdue_days) == (amount, days)


def test_30_without_a_due_date_it_is_never_overdue_and_listed_with_its_age_since_hand_over() -> (
    None
):
    statements = [given("handed_over", "2", on="2025-01-15"), agreed()]
    found = debt(*statements, as_of="2025-02-15")
    assert (found.overdue, found.age_days) == (0, 31)
    listed = [
        one for one in overdue(positions_of(*statements, as_of="2025-02-15")) if one.matter == "r"
    ]
    assert [(one.due, one.amount, one.age_days) for one in listed] == [(None, 2000, 31)]


def test_30_an_agreed_month_is_due_at_its_last_day() -> None:
    """A month stands for its last day: a date to come is not cut to the day of recording."""
    found = debt(given("handed_over", "2"), agreed(due="2025-06"), as_of="2025-06-30")
    assert ({due.due for due in found.dues}, found.overdue) == ({date(2025, 6, 30)}, 0)


# Rule 31


def test_31_the_debtor_is_the_replacer_and_else_the_giver_of_the_replacement() -> None:
    moved = given("handed_over", "2")
    assert debt(moved, agreed()).debtor == "DEU"
    assert debt(moved, agreed(replacer="USA")).debtor == "USA"


def test_31_several_replacers_are_several_matters() -> None:
    """DEU replaces 3 and NOR 2 of 5: each owes its own, nothing is bare."""
    statements = [given("handed_over", "5"), agreed("3"), agreed("2", matter="s", giver="NOR")]
    owed = {one.debtor: one.owed for one in debts(positions_of(*statements))}
    assert (owed, bared(*statements)) == ({"DEU": 3000, "NOR": 2000}, [])


def test_31_what_several_have_not_agreed_to_is_bare() -> None:
    statements = [given("handed_over", "5"), agreed("2"), agreed("2", matter="s", giver="NOR")]
    assert bared(*statements) == [("t", 1000)]


def test_31_a_guarantor_is_named_beside_and_never_counted_again() -> None:
    statements = [given("handed_over", "2"), agreed(within=1, guarantor="USA")]
    listed = [one for one in overdue(positions_of(*statements)) if one.matter == "r"]
    assert [(one.debtor, one.guarantor, one.amount) for one in listed] == [("DEU", "USA", 2000)]
    assert len(debts(positions_of(*statements))) == 1


def test_31_disputed_marks_and_changes_nothing() -> None:
    statements = [given("handed_over", "2"), agreed(within=1)]
    calm, angry = debt(*statements), debt(*statements, back("disputed", by="POL", on="2025-02-01"))
    assert (calm.disputed, angry.disputed) == (False, True)
    assert (calm.owed, calm.overdue) == (angry.owed, angry.overdue) == (2000, 2000)


def test_31_cancelling_a_transfer_ends_what_is_not_handed_over_and_debts_stay() -> None:
    statements = [
        given("pledged", "5"),
        given("handed_over", "2", on="2025-02-01"),
        given("cancelled", on="2025-03-01"),
        agreed(),
    ]
    found = positions_of(*statements)
    assert found.of("t").reached("pledged").lo == 2000
    assert debt(*statements).owed == 2000


def test_31_a_replacer_speaks_for_its_replacement_and_not_for_the_transfer() -> None:
    """What the replacer says of a delivery is its own act; of a hand-over it is a third party."""
    delivered = back("delivered", "1", by="USA")
    assert effective_rank(delivered, "DEU", "POL", DIRECTORY, replacer="USA") == 1
    pledged = given("pledged", "1", by="USA")
    assert effective_rank(pledged, "POL", "UKR", DIRECTORY, replacer="USA") == 4


def test_31_a_transfer_that_names_a_replacer_gives_it_no_word_about_the_transfer() -> None:
    """USA signs that POL pledged 5, and names itself a replacer: POL's older 3 still win."""
    found = positions_of(
        given("pledged", "3"),
        given("pledged", "5", by="USA", terms=Terms(replacer="USA"), on="2025-02-01"),
    ).of("t")
    assert found.reached("pledged").lo == 3000
