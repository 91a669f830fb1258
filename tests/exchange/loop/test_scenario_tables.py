"""Stocks, offers, arrivals and debts of a scenario made from a register, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ringtausch.records.tables import (
    Arrival,
    Assurance,
    Lane,
    Offer,
    Stock,
    Supply,
)
from ringtausch.records.tables import Debt as DebtRow
from ringtausch.register.statement import Condition, Terms
from tests.exchange.loop.making import (
    BACK,
    GIFT,
    TODAY,
    brief,
    handed,
    made,
    pledge,
    reasons,
    scenario,
)
from tests.register.builders import said

# ---- stocks


def test_what_was_handed_over_is_gone_and_what_is_reserved_is_still_in_hand() -> None:
    """DEU counts 10, reserves 3 and hands over 2 of them: 8 are left, one of them reserved."""
    found = scenario(
        said("c", "holding", "counted", giver="DEU", item="launcher", quantity="10"),
        pledge("5"),
        said("gift", "transfer", "reserved", **GIFT, quantity="3", on="2025-02-01"),
        handed("2"),
    )
    assert brief(found.stocks, "party", "item", "quantity") == [("DEU", "launcher", 8)]


def test_a_stock_of_the_terms_is_of_their_first_day_and_later_moves_are_taken_off() -> None:
    """Ten on the first of June; two left in May and are gone already, three in June."""
    found = scenario(
        pledge("5"),
        said("gift", "transfer", "handed_over", **GIFT, quantity="2", on="2025-05-20", event="1"),
        said("gift", "transfer", "handed_over", **GIFT, quantity="3", on="2025-06-02", event="2"),
        stocks=(Stock(party="DEU", item="launcher", quantity=Decimal(10), line=2),),
    )
    assert brief(found.stocks, "party", "quantity") == [("DEU", 7)]


def test_a_count_of_the_register_wins_over_the_terms() -> None:
    found = made(
        said("c", "holding", "counted", giver="DEU", item="launcher", quantity="4"),
        terms={"stocks": (Stock(party="DEU", item="launcher", quantity=Decimal(10), line=2),)},
    )
    assert brief(found.scenario.stocks, "party", "quantity") == [("DEU", 4)]
    assert [(told.statements != (), told.terms) for told in found.sources["stocks"]] == [(True, "")]
    assert [row.terms for row in found.left_out if row.table == "stocks"] == ["stocks.csv:2"]


def test_a_stock_that_nobody_counts_is_named_and_is_no_zero() -> None:
    found = made(pledge("2"), handed("2"))
    assert found.scenario.stocks == ()
    assert [row for row, _ in reasons(found, "stocks")] == ["party=DEU item=launcher"]


# ---- offers


def test_a_pledge_offers_what_has_not_left_to_whom_it_was_made() -> None:
    found = scenario(pledge("5", until="2025-09-30"), handed("2"))
    assert brief(found.offers, "offer", "party", "quantity", "to", "until") == [
        ("gift", "DEU", 3, "UKR", date(2025, 9, 30))
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"milestone": "cancelled", "quantity": None},
        {"milestone": "declined", "quantity": None},
    ],
)
def test_what_was_taken_back_is_not_offered(more: dict[str, Any]) -> None:
    undone = said("gift", "transfer", more["milestone"], **GIFT, on="2025-04-01")
    assert scenario(pledge("5"), undone).offers == ()


def test_what_has_lapsed_is_not_offered() -> None:
    assert scenario(pledge("5", until="2025-05-31")).offers == ()


def test_of_a_range_the_least_is_offered_and_the_rest_is_said() -> None:
    found = made(pledge("2..4"))
    assert brief(found.scenario.offers, "quantity") == [(2,)]
    assert ("gift", "only the least of it is in the scenario; it may be 2..4") in reasons(
        found, "offers"
    )


def test_a_promise_that_waits_for_words_is_listed_and_not_offered() -> None:
    found = made(pledge("5", condition="if they are replaced"))
    assert found.scenario.offers == ()
    assert [reason for _, reason in reasons(found, "offers")] == [
        (
            'it waits for "if they are replaced", which only a new statement without the condition can'
            " say to be met"
        )
    ]


def test_a_promise_that_waits_for_what_others_give_is_an_offer_with_if_others() -> None:
    """DEU gives five if the others give thirty; NOR has handed over ten of them."""
    others = Condition(matters=("nor", "pol"), milestone="handed_over", at_least=30_000)
    rest = {"receiver": "UKR", "item": "launcher"}
    found = scenario(
        pledge("5", condition=others),
        said("nor", "transfer", "pledged", giver="NOR", **rest, quantity="20"),
        said("nor", "transfer", "handed_over", giver="NOR", **rest, quantity="10", on="2025-03-01"),
        said("pol", "transfer", "pledged", giver="POL", **rest, quantity="15"),
    )
    assert brief(found.offers, "offer", "quantity", "if_others") == [
        ("gift", 5, 20),
        ("nor", 10, None),
        ("pol", 15, None),
    ]


def test_a_condition_about_some_of_the_others_is_none_that_an_offer_can_have() -> None:
    others = Condition(matters=("nor",), milestone="handed_over", at_least=30_000)
    rest = {"receiver": "UKR", "item": "launcher"}
    found = made(
        pledge("5", condition=others),
        said("nor", "transfer", "pledged", giver="NOR", **rest, quantity="20"),
        said("pol", "transfer", "pledged", giver="POL", **rest, quantity="15"),
    )
    assert brief(found.scenario.offers, "offer") == [("nor",), ("pol",)]
    assert [row for row, _ in reasons(found, "offers")] == ["gift"]


def test_what_lies_inside_an_older_promise_is_not_offered_twice() -> None:
    """Five were promised together; two of them are DEU's own, of which one has left."""
    found = scenario(
        said("all", "transfer", "pledged", giver="USA", receiver="UKR", item="launcher",
             quantity="5"),
        pledge("2", part_of="all"),
        handed("1"),
    )  # fmt: skip
    assert brief(found.offers, "offer", "quantity") == [("all", 3), ("gift", 1)]


def test_reserved_stock_is_offered_by_its_own_matter_and_by_no_other() -> None:
    """Of six, four are reserved for UKR: the pledge of five to POL, and the offer of the terms, share two."""
    found = made(
        said("c", "holding", "counted", giver="DEU", item="launcher", quantity="6"),
        pledge("4"),
        said("gift", "transfer", "reserved", **GIFT, quantity="4", on="2025-02-01"),
        said("other", "transfer", "pledged", giver="DEU", receiver="POL", item="launcher",
             quantity="1"),
        terms={"offers": (Offer(offer="any", party="DEU", item="launcher", quantity=Decimal(5)),)},
    )  # fmt: skip
    assert brief(found.scenario.offers, "offer", "quantity") == [
        ("gift", 4),
        ("other", 1),
        ("any", 1),
    ]


def test_who_asks_for_a_thing_does_not_offer_it() -> None:
    found = made(
        pledge("2"),
        said("wish", "request", "asked", receiver="DEU", item="launcher", quantity="3"),
    )
    assert found.scenario.offers == ()
    assert reasons(found, "offers") == [("gift", "DEU asks for launcher itself (need wish)")]


def test_terms_fill_what_a_pledge_does_not_say() -> None:
    row = Offer(offer="gift", party="DEU", item="launcher", quantity=Decimal(99), lot=Decimal(2))
    found = made(pledge("4"), terms={"offers": (row,)})
    assert brief(found.scenario.offers, "quantity", "lot", "to") == [(4, 2, "UKR")]
    assert [told.terms for told in found.sources["offers"]] == ["offers.csv:0"]


def test_an_offer_of_the_terms_shrinks_by_what_lies_inside_it() -> None:
    row = Offer(offer="frame", party="DEU", item="launcher", quantity=Decimal(9))
    found = scenario(pledge("4", part_of="frame"), handed("4"), offers=(row,))
    assert brief(found.offers, "offer", "quantity") == [("frame", 5)]


# ---- arrivals


def test_what_was_handed_over_and_not_received_arrives_after_the_lead() -> None:
    """Handed over in June with a lead of two months: it comes in August."""
    found = scenario(
        pledge("2"),
        handed("2", on="2025-06-03"),
        lanes=(Lane(from_="DEU", to="UKR", item="*", lead=2),),
    )
    assert brief(found.arrivals, "party", "item", "date", "quantity", "designable") == [
        ("UKR", "launcher", date(2025, 8, 1), 2, True)
    ]


def test_what_was_received_does_not_arrive_again() -> None:
    received = said("gift", "transfer", "received", **GIFT, quantity="2", on="2025-03-12")
    assert scenario(pledge("2"), handed("2"), received).arrivals == ()


def test_what_was_delivered_waits_to_be_accepted_and_what_is_ordered_comes_when_it_is_due() -> None:
    found = scenario(
        pledge("4"),
        handed("4"),
        said("back", "replacement", "agreed", **BACK, terms=Terms(of="gift", within=12)),
        said("back", "replacement", "ordered", **BACK, quantity="3", on="2025-04-01",
             terms=Terms(of="gift", due="2025-12-01")),
        said("back", "replacement", "delivered", **BACK, quantity="1", on="2025-06-01"),
    )  # fmt: skip
    arrivals = brief(found.arrivals, "party", "date", "quantity")
    assert ("DEU", date(2025, 6, 15), 1) in arrivals  # delivered
    assert ("DEU", date(2025, 12, 1), 2) in arrivals  # ordered


def test_what_a_maker_has_promised_is_an_order_that_comes_after_its_lead() -> None:
    found = scenario(
        said("order", "transfer", "pledged", giver="Maker", receiver="UKR", item="launcher",
             quantity="2", on="2025-05-10"),
        supply=(Supply(supplier="Maker", item="launcher", customer="*", lead=6),),
    )  # fmt: skip
    assert found.offers == ()
    assert brief(found.arrivals, "party", "date", "quantity") == [("UKR", date(2025, 11, 1), 2)]


def test_an_arrival_of_the_terms_that_a_count_holds_is_not_added() -> None:
    row = Arrival(party="DEU", item="launcher", date=date(2025, 6, 10), quantity=Decimal(3))
    count = said("c", "holding", "counted", giver="DEU", item="launcher", quantity="4", on=TODAY)
    assert scenario(count, arrivals=(row,)).arrivals == ()
    assert brief(scenario(arrivals=(row,)).arrivals, "quantity") == [(3,)]


# ---- debts


def test_what_is_owed_is_a_debt_for_each_due_date() -> None:
    """Two in January and three in March, each within eight months; two came back."""
    found = scenario(
        pledge("5"),
        said("gift", "transfer", "handed_over", **GIFT, quantity="2", on="2025-01-10", event="1"),
        said("gift", "transfer", "handed_over", **GIFT, quantity="3", on="2025-03-31", event="2"),
        said("back", "replacement", "agreed", **BACK, terms=Terms(of="gift", within=8)),
        said("back", "replacement", "accepted", **BACK, quantity="1", on="2025-05-01"),
    )
    assert brief(found.debts, "party", "item", "quantity", "due") == [
        ("DEU", "launcher", 1, date(2025, 9, 10)),
        ("DEU", "launcher", 3, date(2025, 11, 30)),
    ]


def test_a_debt_is_in_what_is_to_come_back_and_rates_are_exchanges() -> None:
    """For four launchers two tanks each are owed; DEU takes fuel at half a tank."""
    terms = Terms(of="gift", item="tank", ratio="2", due="2026-01-31")
    back = {**BACK, "item": "tank"}
    found = scenario(
        pledge("4"),
        handed("4"),
        said("back", "replacement", "agreed", **back, terms=terms),
        said("back", "replacement", "substituted", giver="NOR", receiver="DEU", item="fuel",
             on="2025-05-01", terms=Terms(rate="1/2")),
    )  # fmt: skip
    assert brief(found.debts, "party", "item", "quantity") == [("DEU", "tank", 8)]
    rates = {(row.given, row.accepted): row.rate for row in found.exchange}
    assert rates[("tank", "fuel")] == Decimal("0.5")
    assert rates[("launcher", "tank")] == 1


def test_a_debt_without_a_date_is_owed_and_never_late() -> None:
    found = made(
        pledge("4"), handed("4"), said("back", "replacement", "agreed", **BACK,
                                       terms=Terms(of="gift")),
    )  # fmt: skip
    (row,) = found.scenario.debts
    assert found.scenario.calendar.index(row.due) == found.scenario.calendar.count
    assert ("back", "no due date is agreed: it is owed, and never late") in reasons(found, "debts")


def test_the_terms_say_when_a_debt_is_due_where_no_statement_does() -> None:
    agreed = said("back", "replacement", "agreed", **BACK, terms=Terms(of="gift"))
    row = Assurance(party="DEU", item="launcher", within=5)
    found = scenario(pledge("4"), handed("4"), agreed, assurances=(row,))
    assert brief(found.debts, "due") == [(date(2025, 8, 1),)]


def test_a_hand_over_that_nobody_has_agreed_to_replace_is_listed() -> None:
    found = made(pledge("4"), handed("4"))
    assert found.scenario.debts == ()
    assert reasons(found, "debts") == [
        ("gift", "DEU handed over 4 launcher to UKR, and nobody has agreed to replace them")
    ]


def test_an_agreement_about_what_is_still_to_come_is_an_assurance() -> None:
    """The settlement is long enough for it, whatever the terms say."""
    agreed = said("back", "replacement", "agreed", **BACK, terms=Terms(of="gift", within=18))
    found = scenario(pledge("4"), agreed)
    assert brief(found.assurances, "party", "item", "within", "ratio") == [
        ("DEU", "launcher", 18, 1)
    ]
    assert found.settlement == 18


def test_debts_of_the_terms_stand_beside_those_of_the_register() -> None:
    row = DebtRow(party="DEU", item="launcher", quantity=Decimal(1), due=date(2027, 1, 1))
    agreed = said("back", "replacement", "agreed", **BACK, terms=Terms(of="gift", within=8))
    found = scenario(pledge("2"), handed("2"), agreed, debts=(row,))
    assert brief(found.debts, "quantity", "due") == [
        (2, date(2025, 11, 10)),
        (1, date(2027, 1, 1)),
    ]


def test_what_is_promised_in_any_case_and_what_waits_for_others_are_two_offers() -> None:
    """Two have been handed over of the five that wait for ten of NOR's: three are offered if it gives them."""
    others = Condition(matters=("nor",), milestone="handed_over", at_least=10_000)
    found = scenario(
        pledge("5", condition=others),
        handed("2"),
        said("nor", "transfer", "pledged", giver="NOR", receiver="UKR", item="launcher",
             quantity="20"),
    )  # fmt: skip
    assert brief(found.offers, "offer", "quantity", "if_others") == [
        ("gift if others", 3, 10),
        ("nor", 20, None),
    ]
