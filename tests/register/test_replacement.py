"""Rules 28 to 31, computed by hand: A gives to UKR, and somebody owes A for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ringtausch.register.replacement import Bare, Due, Unaccepted, bare, debts
from ringtausch.register.statement import Statement, Terms
from tests.register.builders import positions_of, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}


def given(milestone: str, quantity: str, on: str, **fields: Any) -> Statement:
    """Say something of the transfer `t`."""
    return said("t", "transfer", milestone, quantity=quantity, on=on, **(ITEM | fields))


def back(milestone: str, quantity: str | None, on: str, **fields: Any) -> Statement:
    """Say something of the replacement `r`: DEU owes it to POL."""
    sides = {"giver": "DEU", "receiver": "POL", "item": "launcher"}
    return said("r", "replacement", milestone, quantity=quantity, on=on, **(sides | fields))


def agreed(quantity: str | None = None, on: str = "2025-01-01", **terms: Any) -> Statement:
    """Agree to replace what is handed over in `t`."""
    return back("agreed", quantity, on, terms=Terms(of="t", **terms))


def test_a_debt_is_the_ratio_of_what_was_handed_over_less_what_was_accepted() -> None:
    """3 handed over at 3/2 are 4.5 owed; 2 accepted leave 2.5."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "3", "2025-02-01"),
            agreed(ratio="3/2"),
            back("accepted", "2", "2025-06-01"),
        )
    )
    assert (debt.debtor, debt.creditor, debt.item) == ("DEU", "POL", "launcher")
    assert (debt.base, debt.settled, debt.owed, debt.ahead) == (3000, 2000, 2500, 0)


def test_a_debt_is_rounded_up_and_what_settles_it_down() -> None:
    """1 at 1/3 is 0.334 owed; 1 missile at 2/3 settles 0.666: 0.332 ahead."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "1", "2025-02-01"),
            agreed(ratio="1/3"),
            back("substituted", None, "2025-03-01", item="missile", terms=Terms(rate="2/3")),
            back("accepted", "1", "2025-06-01", item="missile"),
        )
    )
    assert (debt.settled, debt.owed, debt.ahead) == (666, 0, 332)


def test_the_agreed_quantity_is_the_most_that_is_owed_and_the_rest_is_bare() -> None:
    """5 handed over, 3 to be replaced: 2 of the newest have no agreement."""
    positions = positions_of(
        given("handed_over", "2", "2025-02-01", event="1"),
        given("handed_over", "3", "2025-03-01", event="2"),
        agreed("3"),
        as_of="2025-03-11",
    )
    (debt,) = debts(positions)
    assert (debt.handed_over, debt.base, debt.owed) == (5000, 3000, 3000)
    assert bare(positions) == [
        Bare("t", "POL", "UKR", "launcher", 2000, 5000, date(2025, 3, 1), age_days=10)
    ]


def test_a_hand_over_without_agreement_or_waiver_is_bare() -> None:
    """Nobody has said a word about a replacement."""
    (row,) = bare(positions_of(given("handed_over", "2", "2025-02-01"), as_of="2025-02-02"))
    assert (row.amount, row.age_days) == (2000, 1)


def test_a_waiver_alone_covers_what_it_waives() -> None:
    """POL wants nothing for 1 of 2: nothing is owed, and 1 is still bare."""
    positions = positions_of(
        given("handed_over", "2", "2025-02-01"),
        back("waived", "1", "2025-03-01", terms=Terms(of="t")),
    )
    assert [(debt.owed, debt.ahead) for debt in debts(positions)] == [(0, 0)]
    assert [row.amount for row in bare(positions)] == [1000]


def test_only_the_owed_party_waives() -> None:
    """DEU says that it need not replace; POL has not said so."""
    both = given("handed_over", "2", "2025-02-01"), agreed()
    (debt,) = debts(positions_of(*both, back("waived", "2", "2025-03-01", by="DEU")))
    assert (debt.waived, debt.owed) == (0, 2000)
    (debt,) = debts(positions_of(*both, back("waived", None, "2025-03-01", by="POL")))
    assert (debt.waived, debt.owed) == (2000, 0)


def test_the_receivers_figure_never_changes_the_debt() -> None:
    """UKR has received 1 of 3; POL is owed 3. Where POL is silent, what was received makes the debt."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "3", "2025-02-01"), given("received", "1", "2025-02-02"), agreed()
        )
    )
    assert debt.owed == 3000
    (debt,) = debts(positions_of(given("received", "1", "2025-02-02"), agreed()))
    assert debt.owed == 1000


def test_another_item_settles_nothing_without_a_rate_of_the_owed_party() -> None:
    """DEU's own substitution counts for nothing; the 4 missiles stay listed."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "2", "2025-02-01"),
            agreed(),
            back("substituted", None, "2025-03-01", item="missile", by="DEU", rank=3),
            back("accepted", "4", "2025-06-01", item="missile"),
        )
    )
    assert (debt.settled, debt.owed, debt.unrated) == (0, 2000, (("missile", 4000),))


def test_what_is_delivered_and_not_accepted_waits() -> None:
    """2 delivered, 1 accepted: 1 has waited for 9 days and settles nothing."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "2", "2025-02-01"),
            agreed(),
            back("delivered", "2", "2025-06-01"),
            back("accepted", "1", "2025-06-05"),
            as_of="2025-06-10",
        )
    )
    assert debt.owed == 1000
    assert debt.waiting == (Unaccepted("launcher", 1000, date(2025, 6, 1), 9),)


def test_every_hand_over_is_due_so_many_months_later_and_the_oldest_is_settled_first() -> None:
    """2 in August due at the end of February, 2 in September due on the 10th of March; 3 came back."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "2", "2025-08-31", event="1"),
            given("handed_over", "2", "2025-09-10", event="2"),
            agreed(within=6),
            back("accepted", "3", "2026-01-01"),
            as_of="2026-03-12",
        )
    )
    assert debt.dues == (
        Due(date(2026, 2, 28), date(2025, 8, 31), 2000, 0),
        Due(date(2026, 3, 10), date(2025, 9, 10), 2000, 1000),
    )
    assert (debt.overdue, debt.overdue_days) == (1000, 2)


def test_what_is_returned_comes_off_the_newest_hand_over() -> None:
    """The 3 returned take the second hand-over away and 1 of the first."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "2", "2025-01-10", event="1"),
            given("handed_over", "2", "2025-02-10", event="2"),
            given("returned", "3", "2025-03-01"),
            agreed(within=1),
        )
    )
    assert debt.dues == (Due(date(2025, 2, 10), date(2025, 1, 10), 1000, 1000),)


def test_on_the_due_day_itself_nothing_is_overdue_and_without_one_it_never_is() -> None:
    """Due on the last day of a month that is said as such."""
    gone = given("handed_over", "2", "2025-02-01")
    (debt,) = debts(positions_of(gone, agreed(due="2025-06"), as_of="2025-06-30"))
    assert (debt.due, debt.overdue) == (date(2025, 6, 30), 0)
    (debt,) = debts(positions_of(gone, agreed(due="2025-06"), as_of="2025-07-01"))
    assert (debt.overdue, debt.overdue_days) == (2000, 1)
    (debt,) = debts(positions_of(gone, agreed(), as_of="2025-02-11"))
    assert (debt.due, debt.overdue, debt.age_days) == (None, 0, 10)


def test_the_replacer_owes_and_the_guarantor_stands_beside() -> None:
    """NLD replaces for DEU, NOR vouches: one matter has one debtor."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "2", "2025-02-01"),
            agreed(replacer="NLD", guarantor="NOR"),
            back("disputed", None, "2025-03-01"),
        )
    )
    assert (debt.debtor, debt.guarantor, debt.disputed, debt.owed) == ("NLD", "NOR", True, 2000)


def test_a_cancelled_transfer_owes_for_what_was_handed_over() -> None:
    """5 pledged, 2 handed over, the rest cancelled: 2 are owed."""
    (debt,) = debts(
        positions_of(
            given("pledged", "5", "2025-01-01"),
            given("handed_over", "2", "2025-02-01"),
            said("t", "transfer", "cancelled", on="2025-03-01", **ITEM),
            agreed(),
        )
    )
    assert debt.owed == 2000


def test_a_replacement_finds_its_transfer_under_another_name() -> None:
    """UKR tells of the same transfer as `a`, which is the smaller name."""
    (debt,) = debts(
        positions_of(
            given("handed_over", "2", "2025-02-01"),
            said("a", "transfer", "received", quantity="2", same_as="t", **ITEM),
            agreed(),
        )
    )
    assert (debt.transfer, debt.owed) == ("a", 2000)


def test_an_agreement_that_waits_for_a_condition_covers_nothing() -> None:
    """If others give, DEU replaces: until then nothing is owed and the hand-over is bare."""
    positions = positions_of(
        given("handed_over", "2", "2025-02-01"),
        back("agreed", "2", "2025-01-01", terms=Terms(of="t"), condition="if others give"),
    )
    assert [debt.owed for debt in debts(positions)] == [0]
    assert [row.amount for row in bare(positions)] == [2000]


def test_an_agreement_of_nothing_covers_nothing_whatever_is_waived() -> None:
    """Agreed 0, waived 1: the waiver had stood in for the agreement, and 1 of 2 was not bare."""
    positions = positions_of(
        given("handed_over", "2", "2025-02-01"), agreed("0"), back("waived", "1", "2025-03-01")
    )
    assert [(debt.base, debt.owed, debt.ahead) for debt in debts(positions)] == [(0, 0, 1000)]
    assert [row.amount for row in bare(positions)] == [2000]
