"""Funds, dues, lanes and needs of a scenario made from a register, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ringtausch.records import NEVER, InvalidScenario
from ringtausch.records.tables import (
    Fund,
    Lane,
    Need,
    Release,
)
from ringtausch.register.statement import Statement, Terms
from tests.exchange.loop.making import (
    BACK,
    brief,
    made,
    pledge,
    reasons,
    scenario,
)
from tests.register.builders import said

# ---- money

POOL = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"}


def paid_in(euros: str) -> Statement:
    return said("in", "contribution", "paid_in", **POOL, quantity=euros, by="USA")


def test_what_is_undisbursed_is_there_and_what_is_committed_comes_on_its_date() -> None:
    found = scenario(
        said("in", "contribution", "committed", **POOL, quantity="100",
             terms=Terms(due="2025-09-30")),
        paid_in("60"),
        said("bill", "payment", "paid", giver="PURL", receiver="Maker", currency="EUR",
             quantity="25", on="2025-03-01"),
    )  # fmt: skip
    assert brief(found.funds, "fund", "party", "currency") == [("PURL: NOR, EUR", "NOR", "EUR")]
    assert brief(found.releases, "date", "amount") == [
        (date(2025, 6, 15), 35),
        (date(2025, 9, 30), 40),
    ]


def test_money_kept_for_a_matter_pays_for_its_item_and_its_parties_alone() -> None:
    found = scenario(
        pledge("2"),
        said("in", "contribution", "paid_in", **POOL, quantity="60", by="USA",
             terms=Terms(earmark="gift")),
    )  # fmt: skip
    assert brief(found.earmarks, "purpose", "item", "party") == [
        ("*", "launcher", "DEU"),
        ("*", "launcher", "UKR"),
    ]


def test_what_is_announced_is_no_money_yet() -> None:
    found = made(said("in", "contribution", "announced", **POOL, quantity="100"))
    assert found.scenario.funds == ()
    assert reasons(found, "releases") == [("in", "it is announced, not committed")]


def test_what_is_still_to_be_paid_is_a_due_and_who_pays_it_has_the_money_for_it() -> None:
    """NOR owes the maker 80 for a replacement, half of it in September; 30 are paid."""
    bill = {"giver": "NOR", "receiver": "Maker", "currency": "EUR"}
    found = scenario(
        pledge("2"),
        said("back", "replacement", "agreed", **BACK, terms=Terms(of="gift", within=8)),
        said("bill", "payment", "due", **bill, quantity="40", event="1",
             terms=Terms(of="back", due="2025-03-31")),
        said("bill", "payment", "due", **bill, quantity="40", event="2",
             terms=Terms(of="back", due="2025-09-30")),
        said("bill", "payment", "paid", **bill, quantity="30", on="2025-04-01"),
    )  # fmt: skip
    assert brief(found.dues, "purpose", "item", "party", "date", "amount") == [
        ("order", "launcher", "DEU", date(2025, 3, 31), 10),
        ("order", "launcher", "DEU", date(2025, 9, 30), 40),
    ]
    assert [row.party for row in found.funds] == ["NOR"]
    assert sum(row.amount for row in found.releases) == 50


def test_a_fund_of_the_terms_shrinks_by_the_payments_that_name_it() -> None:
    bill = {"giver": "NOR", "receiver": "Maker", "currency": "EUR"}
    found = scenario(
        said("bill", "payment", "paid", **bill, quantity="30", on="2025-06-10",
             terms=Terms(earmark="own")),
        funds=(Fund(fund="own", party="NOR"),),
        releases=(
            Release(fund="own", date=date(2025, 6, 1), amount=Decimal(20), line=2),
            Release(fund="own", date=date(2025, 9, 1), amount=Decimal(20), line=3),
        ),
    )  # fmt: skip
    assert brief(found.releases, "date", "amount") == [(date(2025, 9, 1), 10)]


def test_a_currency_without_a_rate_is_refused_with_its_name() -> None:
    krona = {**POOL, "currency": "NOK"}
    with pytest.raises(InvalidScenario) as refused:
        scenario(said("in", "contribution", "paid_in", **krona, quantity="9", by="USA"))
    assert str(refused.value) == (
        "scenario.toml: fx.NOK: no rate from NOK to EUR: write it into [fx] of the terms, or into"
        " the rule"
    )


# ---- consents and needs


def test_a_lane_opens_on_the_day_of_the_consent_and_the_terms_say_its_lead() -> None:
    found = scenario(
        pledge("2"),
        said("yes", "consent", "granted", giver="USA", receiver="DEU", item="launcher",
             on="2025-05-20", until="2025-12-31", terms=Terms(of="gift")),
        lanes=(Lane(from_="*", to="UKR", item="*", lead=3),),
    )  # fmt: skip
    assert brief(found.lanes, "from_", "to", "item", "lead", "opens", "until") == [
        ("DEU", "UKR", "launcher", 3, date(2025, 5, 20), date(2025, 12, 31)),
        ("*", "UKR", "*", 3, None, None),
    ]


@pytest.mark.parametrize("milestone", ["asked", "refused"])
def test_without_the_consent_that_was_asked_for_nothing_is_offered(milestone: str) -> None:
    found = scenario(
        pledge("2"),
        said("may-we", "consent", milestone, giver="USA", receiver="DEU", item="launcher",
             terms=Terms(of="gift")),
        lanes=(Lane(from_="*", to="UKR", item="*"),),
    )  # fmt: skip
    assert found.offers == ()
    assert [row.opens for row in found.lanes] == [NEVER, None]


def test_a_request_is_a_need_less_what_was_met() -> None:
    """Asked three times for the same ten, four of them met."""
    wish = {"giver": "DEU", "receiver": "UKR", "item": "launcher"}
    found = scenario(
        *(
            said("wish", "request", "asked", **wish, quantity="10", event=day, on=day)
            for day in ("2025-02-01", "2025-03-01", "2025-04-01")
        ),
        said("wish", "request", "met", **wish, quantity="4", on="2025-05-01", event="first"),
    )
    assert brief(found.needs, "need", "party", "capability", "quantity", "due") == [
        ("wish", "UKR", "launcher", 6, date(2025, 2, 1))
    ]


def test_terms_say_what_a_request_is_for_how_urgent_it_is_and_in_which_steps() -> None:
    row = Need(need="wish", party="UKR", capability="launcher", quantity=Decimal(99),
               due=date(2026, 1, 1), weight=Decimal(7), step=Decimal(4))  # fmt: skip
    asked = said("wish", "request", "asked", receiver="UKR", item="launcher", quantity="10")
    found = scenario(asked, needs=(row,))
    assert brief(found.needs, "quantity", "due", "weight", "step") == [(12, date(2026, 1, 1), 7, 4)]


def test_a_request_that_was_met_or_declined_is_no_need_whatever_the_terms_say() -> None:
    row = Need(need="wish", party="UKR", capability="launcher", quantity=Decimal(9),
               due=date(2026, 1, 1))  # fmt: skip
    asked = said("wish", "request", "asked", receiver="UKR", item="launcher", quantity="10")
    no = said("wish", "request", "declined", giver="DEU", receiver="UKR", item="launcher",
              on="2025-03-01")  # fmt: skip
    assert scenario(asked, no, needs=(row,)).needs == ()
