"""Rules 32 to 34, computed by hand: every row of the table of moves, and stocks that are kept."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from ringtausch.register.accounts import NotPosted, RateUsed
from ringtausch.register.postings import Postings, postings
from ringtausch.register.statement import Statement, Terms
from ringtausch.register.stock import Short
from tests.register.builders import positions_of, said

ITEM: dict[str, Any] = {"giver": "POL", "receiver": "UKR", "item": "launcher"}


def given(milestone: str, quantity: str | None, on: str, **fields: Any) -> Statement:
    """Say something of the transfer `t`."""
    return said("t", "transfer", milestone, quantity=quantity, on=on, **(ITEM | fields))


def counted(quantity: str, on: str, **fields: Any) -> Statement:
    """Count the launchers of POL."""
    fields = {"giver": "POL", "item": "launcher"} | fields
    return said(fields.pop("matter", "h"), "holding", "counted", quantity=quantity, on=on, **fields)


def stands(found: Postings, commodity: str = "launcher", divisor: int = 1000) -> dict[str, float]:
    """Return the balances of one commodity, in whole ones, by `party state`."""
    return {
        f"{account.party} {account.state}": amount / divisor
        for account, amount in sorted(found.balances.items())
        if account.commodity == commodity
    }


def balances(*statements: Statement, **options: Any) -> dict[str, float]:
    """Return the balances of launchers that statements make."""
    return stands(postings(positions_of(*statements, **options)))


def test_a_kept_stock_goes_by_way_of_reservation_and_transit_to_the_receiver() -> None:
    """10 counted, 5 reserved, 2 of them left, 1 of those handed over and received."""
    said_so = [
        counted("10", "2025-01-01"),
        given("reserved", "5", "2025-02-01"),
        given("left", "2", "2025-03-01"),
        given("handed_over", "1", "2025-04-01"),
        given("received", "1", "2025-04-02"),
    ]
    assert balances(*said_so) == {
        "POL outside": -10,
        "POL reserved": 3,
        "POL stock": 5,
        "POL transit": 1,
        "UKR outside": 1,
    }


def test_a_hand_over_takes_transit_first_then_what_is_reserved_then_stock() -> None:
    """1 under way and 2 reserved: of 5 handed over 2 come from stock."""
    said_so = [
        counted("10", "2025-01-01"),
        given("reserved", "3", "2025-02-01"),
        given("left", "1", "2025-03-01"),
        given("handed_over", "5", "2025-04-01"),
    ]
    assert balances(*said_so) == {"POL outside": -10, "POL stock": 5, "UKR transit": 5}


def test_another_matters_reservation_is_not_touched() -> None:
    """`u` has reserved 8 of 10; `t` hands over 2 from what is left."""
    other = said("u", "transfer", "reserved", quantity="8", on="2025-02-01", **ITEM)
    found = balances(counted("10", "2025-01-01"), other, given("handed_over", "2", "2025-03-01"))
    assert found == {"POL outside": -10, "POL reserved": 8, "UKR transit": 2}


def test_released_lapsed_and_cancelled_put_back_what_is_still_reserved() -> None:
    """5 reserved and 2 of them handed over: 3 come back, or as many as are released."""
    start = [counted("10", "2025-01-01"), given("handed_over", "2", "2025-02-05")]
    reserved = given("reserved", "5", "2025-02-01")
    back = {"POL outside": -10, "POL stock": 8, "UKR transit": 2}
    assert balances(*start, reserved, given("released", None, "2025-03-01")) == back
    assert balances(*start, reserved, given("cancelled", None, "2025-03-01")) == back
    held = given("reserved", "5", "2025-02-01", until="2025-02-28")
    assert balances(*start, held, as_of="2025-03-01") == back
    still = {"POL outside": -10, "POL reserved": 3, "POL stock": 5, "UKR transit": 2}
    assert balances(*start, held, as_of="2025-02-28") == still
    assert balances(*start, reserved, given("released", "1", "2025-03-01")) == (
        still | {"POL reserved": 2, "POL stock": 6}
    )


def test_cancelling_brings_back_what_is_under_way_too() -> None:
    """3 left, 1 handed over, then cancelled: 2 are back in stock."""
    said_so = [
        counted("10", "2025-01-01"),
        given("left", "3", "2025-02-01"),
        given("handed_over", "1", "2025-02-02"),
        given("cancelled", None, "2025-02-03"),
    ]
    assert balances(*said_so) == {"POL outside": -10, "POL stock": 9, "UKR transit": 1}


def test_what_is_lost_leaves_the_givers_transit_first_then_the_receivers() -> None:
    """3 left, 2 of them handed over, 2 lost: 1 before and 1 after the hand-over."""
    said_so = [
        given("left", "3", "2025-02-01"),
        given("handed_over", "2", "2025-02-02"),
        given("lost", "2", "2025-02-03", by="POL"),
    ]
    assert balances(*said_so) == {"POL outside": -2, "UKR outside": 1, "UKR transit": 1}


def test_more_received_than_handed_over_comes_from_outside_until_the_giver_says_it_too() -> None:
    """UKR receives 3 on the day that POL hands over 1; a week later POL hands over 2 more."""
    first = [
        counted("10", "2025-01-01"),
        given("handed_over", "1", "2025-02-01", event="1"),
        given("received", "3", "2025-02-01"),
    ]
    assert balances(*first) == {"POL outside": -12, "POL stock": 9, "UKR outside": 3}
    second = given("handed_over", "2", "2025-02-08", event="2")
    assert balances(*first, second) == {"POL outside": -10, "POL stock": 7, "UKR outside": 3}


def test_what_is_returned_is_in_stock_again() -> None:
    """Both stocks are kept: 2 go and 1 comes back."""
    said_so = [
        counted("10", "2025-01-01"),
        counted("4", "2025-01-01", giver="UKR", matter="k"),
        given("handed_over", "2", "2025-02-01"),
        given("received", "2", "2025-02-02"),
        given("returned", "1", "2025-03-01"),
    ]
    assert balances(*said_so) == {
        "POL outside": -10,
        "POL stock": 9,
        "UKR outside": -4,
        "UKR stock": 5,
    }


def test_the_debt_stands_against_the_debtor_until_it_is_accepted() -> None:
    """2 handed over, owed by DEU; 2 missiles delivered, 1 accepted at a rate of 1/2."""
    sides: dict[str, Any] = {"giver": "DEU", "receiver": "POL", "kind": "replacement"}
    said_so = [
        given("handed_over", "2", "2025-02-01"),
        said("r", milestone="agreed", item="launcher", terms=Terms(of="t"), **sides),
        said("r", milestone="substituted", item="missile", terms=Terms(rate="1/2"), **sides),
        said("r", milestone="delivered", item="missile", quantity="2", on="2025-03-01", **sides),
        said("r", milestone="accepted", item="missile", quantity="1", on="2025-03-02", **sides),
    ]
    found = postings(positions_of(*said_so))
    assert stands(found) == {
        "DEU owes": -1.5,
        "POL outside": -2,
        "POL owed": 1.5,
        "UKR transit": 2,
    }
    assert stands(found, "missile") == {"DEU outside": -2, "POL outside": 1, "POL transit": 1}


def test_a_waiver_takes_the_debt_back_and_what_came_undelivered_came_from_the_debtor() -> None:
    """2 are owed; 1 is accepted that nobody said was delivered, 1 is waived."""
    sides: dict[str, Any] = {"giver": "DEU", "receiver": "POL", "item": "launcher"}
    said_so = [
        given("handed_over", "2", "2025-02-01"),
        said("r", "replacement", "agreed", terms=Terms(of="t"), **sides),
        said("r", "replacement", "accepted", quantity="1", on="2025-03-02", **sides),
        said("r", "replacement", "waived", quantity="1", on="2025-03-03", **sides),
    ]
    assert balances(*said_so) == {"DEU outside": -1, "POL outside": -1, "UKR transit": 2}


def test_money_goes_through_the_fund_and_what_is_due_is_owed_until_it_is_paid() -> None:
    """NOR pays 100 in and gets 10 back; PURL owes USA 60 and has paid 50, of which 5 come back."""
    fund: dict[str, Any] = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"}
    bill: dict[str, Any] = {"giver": "PURL", "receiver": "USA", "currency": "EUR"}
    found = postings(
        positions_of(
            said("c", "contribution", "paid_in", quantity="100", on="2025-01-01", **fund),
            said("c", "contribution", "refunded", quantity="10", on="2025-01-02", **fund),
            said("p", "payment", "due", quantity="60", on="2025-02-01", **bill),
            said("p", "payment", "paid", quantity="50", on="2025-02-02", **bill),
            said("p", "payment", "refunded", quantity="5", on="2025-02-03", **bill),
        )
    )
    assert stands(found, "EUR", 10_000) == {
        "NOR outside": -90,
        "PURL fund": 45,
        "PURL owes": -10,
        "USA cash": 45,
        "USA owed": 10,
    }


def test_what_is_due_in_one_currency_is_not_paid_in_another() -> None:
    """60 EUR are due and 50 USD are paid: 60 EUR are owed, and no USD."""
    bill: dict[str, Any] = {"giver": "PURL", "receiver": "USA"}
    found = postings(
        positions_of(
            said("p", "payment", "due", quantity="60", currency="EUR", event="1", **bill),
            said("p", "payment", "paid", quantity="50", currency="USD", event="1", **bill),
        )
    )
    assert stands(found, "EUR", 10_000) == {"PURL owes": -60, "USA owed": 60}
    assert stands(found, "USD", 10_000) == {"PURL fund": -50, "USA cash": 50}


def test_a_pool_gives_back_at_most_what_it_has() -> None:
    """Of 100 paid in 70 are spent; of the 50 that NOR wants back 30 are there, and 20 stay listed."""
    fund: dict[str, Any] = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"}
    back = said("c", "contribution", "refunded", quantity="50", on="2025-03-01", **fund)
    found = postings(
        positions_of(
            said("c", "contribution", "paid_in", quantity="100", on="2025-01-01", **fund),
            said(
                "p",
                "payment",
                "paid",
                quantity="70",
                on="2025-02-02",
                giver="PURL",
                receiver="USA",
                currency="EUR",
            ),
            back,
        )
    )
    assert stands(found, "EUR", 10_000) == {"NOR outside": -70, "USA cash": 70}
    assert found.not_posted == (NotPosted("c", "refunded", "EUR", 200_000, "beyond", back.id),)


def test_an_exchange_is_two_moves_with_one_rate() -> None:
    """PURL sells 100 EUR for 110 USD."""
    paid = said(
        "c",
        "contribution",
        "paid_in",
        quantity="100",
        giver="NOR",
        receiver="PURL",
        currency="EUR",
    )
    swap = said(
        "x",
        "exchange",
        "exchanged",
        giver="PURL",
        currency="EUR",
        quantity="100",
        on="2025-03-01",
        terms=Terms(
            to_currency="USD", to_quantity=1_100_000, rate_date="2025-02-28", rate_source="ECB"
        ),
    )
    found = postings(positions_of(paid, swap))
    assert stands(found, "EUR", 10_000) == {"NOR outside": -100, "PURL exchange": 100}
    assert stands(found, "USD", 10_000) == {"PURL exchange": -110, "PURL fund": 110}
    assert found.rates == (
        RateUsed("x", swap.id, "EUR", "USD", Fraction(11, 10), "2025-02-28", "ECB"),
    )


def test_a_stock_is_kept_from_its_first_count_on_and_what_was_reserved_stays_reserved() -> None:
    """5 reserved and 2 handed over before anybody counts 10; then 1 of the reserved is handed over."""
    said_so = [
        given("reserved", "5", "2025-01-01"),
        given("handed_over", "2", "2025-01-02", event="1"),
        counted("10", "2025-02-01"),
        given("handed_over", "1", "2025-03-01", event="2"),
    ]
    assert balances(*said_so, as_of="2025-01-31") == {"POL outside": -2, "UKR transit": 2}
    assert balances(*said_so, as_of="2025-02-01") == {
        "POL outside": -12,
        "POL reserved": 3,
        "POL stock": 7,
        "UKR transit": 2,
    }
    assert balances(*said_so) == {
        "POL outside": -12,
        "POL reserved": 2,
        "POL stock": 7,
        "UKR transit": 3,
    }


def test_a_later_count_sets_the_stock_right_and_the_earlier_days_stay_as_they_were() -> None:
    """10, of which 2 go; then 7 are found, though 8 should be there."""
    found = postings(
        positions_of(
            counted("10", "2025-01-01"),
            given("handed_over", "2", "2025-02-01"),
            counted("7", "2025-03-01"),
        )
    )
    on = found.balances_on(date(2025, 2, 1))
    assert {account.state: amount for account, amount in on.items() if account.party == "POL"} == {
        "outside": -10_000,
        "stock": 8_000,
    }
    assert found.balance("POL", "stock", "launcher") == 7_000


def test_what_would_fall_below_nothing_comes_through_outside_and_is_listed() -> None:
    """1 was counted, 3 go on one day: 2 are short at its end."""
    gone = given("handed_over", "3", "2025-02-01")
    found = postings(positions_of(counted("1", "2025-01-01"), gone))
    assert stands(found) == {"POL outside": -3, "UKR transit": 3}
    assert found.short == (Short("POL", "launcher", date(2025, 2, 1), 2000, (gone.id,)),)


def test_the_least_is_posted_and_the_rest_of_a_range_is_listed() -> None:
    """2 to 4 handed over, and an unknown number received."""
    gone, came = (
        given("handed_over", "2..4", "2025-02-01"),
        given("received", "unknown", "2025-02-02"),
    )
    found = postings(positions_of(gone, came))
    assert stands(found) == {"POL outside": -2, "UKR transit": 2}
    assert found.not_posted == (
        NotPosted("t", "handed_over", "launcher", 2000, "range", gone.id),
        NotPosted("t", "received", "launcher", None, "unknown", came.id),
    )


def test_what_promises_and_asks_moves_nothing() -> None:
    """Pledges, requests, announcements and orders are no postings."""
    assert not balances(
        given("pledged", "5", "2025-01-01"),
        said("q", "request", "asked", quantity="5", **ITEM),
        said("r", "replacement", "ordered", quantity="5", **ITEM),
    )
