"""Rules 32 to 35 of the page *The register, exactly*, sentence by sentence, computed by hand from the page."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from ringtausch.register.discrepancies import discrepancies
from ringtausch.register.invariants import invariants
from ringtausch.register.journal import journal
from ringtausch.register.postings import Postings, postings
from ringtausch.register.refusing import refuses_stock
from ringtausch.register.rule import TRACKER
from ringtausch.register.statement import Statement, Terms
from tests.register.builders import DIRECTORY, positions_of, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}
OWED: dict[str, Any] = {"giver": "DEU", "receiver": "POL", "item": "launcher"}


def on(month: int, day: int = 1) -> str:
    return f"2025-{month:02}-{day:02}"


def given(milestone: str, quantity: str | None, month: int, **fields: Any) -> Statement:
    """Say of a month's first day something of the transfer `t` of POL's launchers to UKR."""
    fields = {"on": on(month)} | ITEM | fields
    return said(fields.pop("matter", "t"), "transfer", milestone, quantity=quantity, **fields)


def counts(quantity: str, month: int = 1, **fields: Any) -> Statement:
    """Let a party count its launchers."""
    fields = {"giver": "POL", "item": "launcher", "on": on(month)} | fields
    return said(fields.pop("matter", "h"), "holding", "counted", quantity=quantity, **fields)


def back(milestone: str, quantity: str | None, month: int, **fields: Any) -> Statement:
    """Say something of what DEU owes POL."""
    fields = {"on": on(month)} | OWED | fields
    return said("r", "replacement", milestone, quantity=quantity, **fields)


def agreed(**terms: Any) -> Statement:
    return back("agreed", None, 1, terms=Terms(of="t", **terms))


def posted(*statements: Statement, **options: Any) -> Postings:
    """Post it; rule 35 is asserted of every case."""
    positions = positions_of(*statements, **options)
    found = postings(positions)
    assert invariants(positions, found) == []
    return found


def stands(*statements: Statement, commodity: str = "launcher", **options: Any) -> dict[str, float]:
    """Return what is on each account, in whole ones; nothing is left out but zeros."""
    scale = 1000 if commodity == "launcher" else 10_000
    return {
        f"{account.party} {account.state}": amount / scale
        for account, amount in sorted(posted(*statements, **options).balances.items())
        if account.commodity == commodity and amount
    }


# Rule 32


def test_32_from_an_interval_lo_is_posted_and_the_rest_is_listed() -> None:
    one = given("handed_over", "2..5", 1)
    assert stands(one) == {"POL outside": -2, "UKR transit": 2}
    assert [(row.matter, row.amount) for row in posted(one).not_posted] == [("t", 3000)]


def test_32_an_unknown_is_listed_and_not_posted() -> None:
    one = given("handed_over", "unknown", 1)
    assert stands(one) == {}
    assert [(row.matter, row.amount) for row in posted(one).not_posted] == [("t", None)]


def test_32_the_journal_holds_the_difference_at_the_time_of_recording_with_the_statements_id() -> (
    None
):
    """The correction from 5 to 3, recorded in June, moves 2 back then."""
    five = given("handed_over", "5", 1, id="a1", recorded=on(2))
    three = given("handed_over", "3", 1, id="a2", corrects="a1", recorded=on(6))
    found = {entry.statement: entry for entry in journal([five, three], TRACKER, DIRECTORY)}
    changes = {
        name: {f"{account.party} {account.state}": amount for account, amount in entry.differences}
        for name, entry in found.items()
    }
    assert changes == {
        "a1": {"POL outside": -5000, "UKR transit": 5000},
        "a2": {"POL outside": 2000, "UKR transit": -2000},
    }
    assert found["a2"].recorded_at == "2025-06-01T12:00:00.000000Z"


# Rule 33


def test_33_where_it_is_not_kept_outside_stands_for_stock_and_reserved() -> None:
    assert stands(given("reserved", "5", 1)) == {}
    assert stands(given("left", "5", 1)) == {"POL outside": -5, "POL transit": 5}


def test_33_it_is_kept_from_its_first_count_on() -> None:
    """1 is handed over before the count of 10 and 2 after: 8 are left."""
    assert stands(
        given("handed_over", "1", 1, event="1"),
        counts("10", 2),
        given("handed_over", "2", 3, event="2"),
    ) == {"POL outside": -11, "POL stock": 8, "UKR transit": 3}


def test_33_a_count_is_of_the_end_of_its_day() -> None:
    """10 counted on the day on which 3 are handed over: 10 are there, without them."""
    assert stands(counts("10", 2), given("handed_over", "3", 2)) == {
        "POL outside": -13,
        "POL stock": 10,
        "UKR transit": 3,
    }


def test_33_a_count_posts_what_differs_from_stock_and_reserved() -> None:
    """10 counted, 4 of them reserved; then 12 are counted: 2 more, of which none is reserved."""
    assert stands(counts("10", 1), given("reserved", "4", 2), counts("12", 3)) == {
        "POL outside": -12,
        "POL reserved": 4,
        "POL stock": 8,
    }


def test_33_a_count_of_less_posts_back_to_outside() -> None:
    assert stands(counts("10", 1), counts("7", 3)) == {"POL outside": -7, "POL stock": 7}


def test_33_one_item_or_one_partys_being_kept_keeps_no_other() -> None:
    others = [counts("9", giver="DEU", matter="k"), counts("9", item="missile", matter="l")]
    assert stands(*others, given("handed_over", "2", 2)) == {
        "DEU outside": -9,
        "DEU stock": 9,
        "POL outside": -2,
        "UKR transit": 2,
    }


@pytest.mark.parametrize("milestone", ["reserved", "left", "handed_over"])
def test_33_more_than_was_counted_is_refused_to_the_party_itself(milestone: str) -> None:
    def refused(quantity: str, **fields: Any) -> list[str]:
        draft = given(milestone, quantity, 2, **fields)
        return refuses_stock([draft], [counts("4", 1)], DIRECTORY)

    assert not refused("4")
    assert len(refused("5")) == 1
    assert not refused("5", by="UKR")
    assert not refused("5", by="FRA", rank=5)


def test_33_what_others_say_refuses_nothing_that_is_recorded_together_with_it() -> None:
    """UKR says that POL, which has 4, handed over 9; POL pledges 1 in the same batch."""
    drafts = [given("handed_over", "9", 2, by="UKR"), given("pledged", "1", 2, matter="u")]
    assert not refuses_stock(drafts, [counts("4", 1)], DIRECTORY)


def test_33_where_nobody_has_counted_nothing_is_refused() -> None:
    assert not refuses_stock([given("handed_over", "5", 2)], [], DIRECTORY)


def test_33_it_is_any_days_end_that_counts() -> None:
    """4 counted in January, 6 in June: 5 given in March were not there in March."""
    known = [counts("4", 1), counts("6", 6)]
    assert refuses_stock([given("handed_over", "5", 3)], known, DIRECTORY)
    assert not refuses_stock([given("handed_over", "5", 7)], known, DIRECTORY)


def test_33_on_one_day_only_its_end_counts() -> None:
    """What is returned on the day on which it is handed over is there at its end."""
    known = [counts("4", 1), given("handed_over", "4", 2, matter="u")]
    returned = said("u", "transfer", "returned", quantity="4", on=on(3), **ITEM)
    draft = given("handed_over", "4", 3)
    assert refuses_stock([draft], known, DIRECTORY)
    assert not refuses_stock([draft], [*known, returned], DIRECTORY)


def test_33_what_others_say_goes_through_outside_and_is_a_conflict() -> None:
    """UKR says that POL, which has counted 4, handed over 5: 1 comes from outside, and shows."""
    found = posted(counts("4", 1), given("handed_over", "5", 2, by="UKR"))
    assert [(one.party, one.item, one.amount, one.day) for one in found.short] == [
        ("POL", "launcher", 1000, date(2025, 2, 1))
    ]
    assert stands(counts("4", 1), given("handed_over", "5", 2, by="UKR")) == {
        "POL outside": -5,
        "UKR transit": 5,
    }


# Rule 34, row by row


def test_34_reserved_moves_stock_to_reserved() -> None:
    assert stands(counts("10"), given("reserved", "5", 2)) == {
        "POL outside": -10,
        "POL reserved": 5,
        "POL stock": 5,
    }


def test_34_released_lapsed_and_cancelled_move_it_back() -> None:
    start = [counts("10"), given("reserved", "5", 2)]
    free = {"POL outside": -10, "POL stock": 10}
    assert stands(*start, given("released", None, 3)) == free
    assert stands(*start, given("cancelled", None, 3)) == free
    assert stands(counts("10"), given("reserved", "5", 2, until=on(3)), as_of=on(3, 2)) == free
    assert stands(*start, given("released", "2", 3)) == {
        "POL outside": -10,
        "POL reserved": 3,
        "POL stock": 7,
    }


def test_34_cancelled_moves_what_is_under_way_back_to_stock_too() -> None:
    start = [counts("10"), given("reserved", "5", 2), given("left", "3", 3)]
    assert stands(*start) == {
        "POL outside": -10, "POL reserved": 2, "POL stock": 5, "POL transit": 3,
    }  # fmt: skip
    assert stands(*start, given("cancelled", None, 4)) == {"POL outside": -10, "POL stock": 10}


def test_34_left_moves_reserved_and_then_stock_to_transit() -> None:
    assert stands(counts("10"), given("reserved", "2", 2), given("left", "3", 3)) == {
        "POL outside": -10,
        "POL stock": 7,
        "POL transit": 3,
    }


def test_34_handed_over_moves_transit_then_reserved_then_stock_to_the_receivers_transit() -> None:
    """1 under way, 2 reserved and 7 in stock: 2, 3 and 5 handed over."""
    start = [counts("10"), given("reserved", "3", 2), given("left", "1", 3)]
    for number, left in (
        ("2", {"POL reserved": 1, "POL stock": 7}),
        ("3", {"POL stock": 7}),
        ("5", {"POL stock": 5}),
    ):
        moved = {"POL outside": -10, "UKR transit": float(number)}
        assert stands(*start, given("handed_over", number, 4)) == moved | left


def test_34_a_matter_moves_its_own_reserved_and_under_way_and_no_other_matters() -> None:
    """8 of 10 are another matter's: t hands over 2 of stock."""
    other = given("reserved", "8", 2, matter="u")
    assert stands(counts("10"), other, given("handed_over", "2", 3)) == {
        "POL outside": -10,
        "POL reserved": 8,
        "UKR transit": 2,
    }


def test_34_handed_over_makes_the_debt_from_owes_to_owed() -> None:
    assert stands(given("handed_over", "4", 2), agreed(ratio="1/2")) == {
        "DEU owes": -2,
        "POL outside": -4,
        "POL owed": 2,
        "UKR transit": 4,
    }


def test_34_received_moves_the_receivers_transit_to_its_stock() -> None:
    """UKR has counted nothing, so that its outside stands for its stock."""
    start = given("handed_over", "4", 2)
    assert stands(start, given("received", "3", 3)) == {
        "POL outside": -4, "UKR outside": 3, "UKR transit": 1,
    }  # fmt: skip
    kept = counts("6", 1, giver="UKR", matter="k")
    assert stands(start, kept, given("received", "3", 3)) == {
        "POL outside": -4, "UKR outside": -6, "UKR stock": 9, "UKR transit": 1,
    }  # fmt: skip


def test_34_lost_moves_the_givers_then_the_receivers_transit_to_outside() -> None:
    """2 under way of POL and 2 of UKR; 3 are lost: 2 and 1."""
    start = [counts("10"), given("left", "4", 2), given("handed_over", "2", 3)]
    assert stands(*start, given("lost", "3", 4, by="POL")) == {
        "POL outside": -8,
        "POL stock": 6,
        "UKR outside": 1,
        "UKR transit": 1,
    }


def test_34_more_received_than_handed_over_comes_from_the_givers_outside() -> None:
    """5 handed over of 10 that are kept, 7 received: 2 of no stock of POL's."""
    assert stands(counts("10"), given("handed_over", "5", 2), given("received", "7", 3)) == {
        "POL outside": -12,
        "POL stock": 5,
        "UKR outside": 7,
    }


def test_34_received_where_the_giver_is_silent_comes_from_the_givers_outside() -> None:
    assert stands(counts("10"), given("received", "3", 3)) == {
        "POL outside": -13,
        "POL stock": 10,
        "UKR outside": 3,
    }


def test_34_returned_moves_stock_back_and_the_debt_falls() -> None:
    start = [
        counts("10"),
        given("handed_over", "4", 2),
        given("received", "4", 2, event=""),
        agreed(),
    ]
    assert stands(*start, given("returned", "1", 4)) == {
        "DEU owes": -3,
        "POL outside": -10,
        "POL owed": 3,
        "POL stock": 7,
        "UKR outside": 3,
    }


def test_34_delivered_moves_the_debtors_stock_to_the_owed_partys_transit() -> None:
    start = [given("handed_over", "4", 2), agreed()]
    without = stands(*start)
    assert without == {"DEU owes": -4, "POL outside": -4, "POL owed": 4, "UKR transit": 4}
    assert stands(*start, back("delivered", "3", 4)) == without | {
        "DEU outside": -3,
        "POL transit": 3,
    }
    kept = counts("9", 1, giver="DEU", matter="k")
    assert stands(*start, kept, back("delivered", "3", 4)) == without | {
        "DEU outside": -9, "DEU stock": 6, "POL transit": 3,
    }  # fmt: skip


def test_34_accepted_moves_transit_to_stock_and_the_debt_back() -> None:
    start = [given("handed_over", "4", 2), agreed(), back("delivered", "3", 4)]
    assert stands(*start, back("accepted", "2", 5)) == {
        "DEU outside": -3,
        "DEU owes": -2,
        "POL outside": -2,
        "POL owed": 2,
        "POL transit": 1,
        "UKR transit": 4,
    }


def test_34_waived_moves_the_debt_back() -> None:
    start = [given("handed_over", "4", 2), agreed()]
    assert stands(*start, back("waived", "3", 4)) == {
        "DEU owes": -1,
        "POL outside": -4,
        "POL owed": 1,
        "UKR transit": 4,
    }


def gives(milestone: str, amount: str, month: int, **fields: Any) -> Statement:
    sides = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"} | fields
    return said("c", "contribution", milestone, quantity=amount, on=on(month), **sides)


def pays(milestone: str, amount: str, month: int, **fields: Any) -> Statement:
    sides = {"giver": "PURL", "receiver": "USA", "currency": "EUR"} | fields
    return said("p", "payment", milestone, quantity=amount, on=on(month), **sides)


def test_34_paid_in_moves_outside_to_fund_and_refunded_back() -> None:
    paid = gives("paid_in", "100", 1)
    assert stands(paid, commodity="EUR") == {"NOR outside": -100, "PURL fund": 100}
    refunded = gives("refunded", "30", 2, by="IKI")
    assert stands(paid, refunded, commodity="EUR") == {"NOR outside": -70, "PURL fund": 70}


def test_34_what_is_only_committed_moves_nothing() -> None:
    assert stands(gives("committed", "100", 1), commodity="EUR") == {}


def test_34_due_makes_owes_and_owed_and_paid_takes_them_back() -> None:
    """70 due and 50 paid: 20 are owed; 90 paid: none, "max(0, due - paid)"."""
    money = gives("paid_in", "100", 1)
    due = pays("due", "70", 2)
    assert stands(money, due, commodity="EUR") == {
        "NOR outside": -100, "PURL fund": 100, "PURL owes": -70, "USA owed": 70,
    }  # fmt: skip
    assert stands(money, due, pays("paid", "50", 3), commodity="EUR") == {
        "NOR outside": -100, "PURL fund": 50, "PURL owes": -20, "USA cash": 50, "USA owed": 20,
    }  # fmt: skip
    assert stands(money, due, pays("paid", "90", 3), commodity="EUR") == {
        "NOR outside": -100, "PURL fund": 10, "USA cash": 90,
    }  # fmt: skip


def test_34_who_has_no_fund_pays_from_outside() -> None:
    assert stands(pays("paid", "50", 3, giver="FRA"), commodity="EUR") == {
        "FRA outside": -50, "USA cash": 50,
    }  # fmt: skip


def test_34_a_suppliers_refund_moves_back_and_the_due_falls_with_it() -> None:
    """70 due and paid, 20 back: 50 due and 50 paid, nothing is owed."""
    moved = [gives("paid_in", "100", 1), pays("due", "70", 2), pays("paid", "70", 3)]
    assert stands(*moved, pays("refunded", "20", 4), commodity="EUR") == {
        "NOR outside": -100, "PURL fund": 50, "USA cash": 50,
    }  # fmt: skip


def test_34_an_exchange_is_two_commodities_with_one_rate_date_and_source() -> None:
    swap = said(
        "x", "exchange", "exchanged", giver="PURL", receiver="IKI", currency="EUR", quantity="40",
        on=on(2), terms=Terms(
            to_currency="USD", to_quantity=500_000, rate="5/4", rate_date=on(2), rate_source="a bank"
        ),
    )  # fmt: skip
    statements = [gives("paid_in", "100", 1), swap]
    assert stands(*statements, commodity="EUR") == {
        "NOR outside": -100, "PURL exchange": 40, "PURL fund": 60,
    }  # fmt: skip
    assert stands(*statements, commodity="USD") == {"PURL exchange": -50, "PURL fund": 50}
    (used,) = posted(*statements).rates
    assert (used.currency, used.to, used.rate, used.on, used.source) == (
        "EUR", "USD", Fraction(5, 4), on(2), "a bank",
    )  # fmt: skip


def test_34_all_else_moves_nothing() -> None:
    for milestone in ("considered", "requested", "pledged", "declined"):
        assert stands(given(milestone, "5", 1)) == {}
    for milestone in ("agreed", "funded", "ordered", "disputed"):
        assert stands(back(milestone, "5", 1)) == {}


# Rule 35


def everything() -> list[Statement]:
    """A little of all, recorded at one moment."""
    return [
        at_one_moment(one)
        for one in (
            counts("10", 1),
            given("handed_over", "4", 2),
            given("received", "3", 3),
            agreed(),
            back("accepted", "1", 4),
            given("handed_over", "5", 2, by="FRA", rank=5),
        )
    ]


def at_one_moment(one: Statement) -> Statement:
    return one.recorded(one.id, "2025-12-01T12:00:00.000000Z")


def test_35_a_permuted_log_gives_the_same() -> None:
    one = everything()
    expected = stands(*one)
    assert expected == {
        "DEU outside": -1,
        "DEU owes": -3,
        "POL outside": -10,
        "POL owed": 3,
        "POL stock": 7,
        "UKR outside": 3,
        "UKR transit": 1,
    }
    for order in list(permutations(one))[::60]:
        assert stands(*order) == expected


def test_35_the_journals_differences_sum_to_what_is_recomputed() -> None:
    sums: dict[Any, int] = {}
    for entry in journal(everything(), TRACKER, DIRECTORY):
        for account, amount in entry.differences:
            sums[account] = sums.get(account, 0) + amount
    found = posted(*everything()).balances
    assert {account: amount for account, amount in sums.items() if amount} == {
        account: amount for account, amount in found.items() if amount
    }


@pytest.mark.parametrize("as_of", ["2025-01-15", "2025-02-15", "2025-03-15", "2025-04-15"])
def test_35_it_holds_at_every_date_and_transit_is_the_discrepancy(as_of: str) -> None:
    found = posted(*everything(), as_of=as_of)
    missing = sum(one.missing for one in discrepancies(positions_of(*everything(), as_of=as_of)))
    assert found.balance("UKR", "transit", "launcher") == max(0, missing)
