"""Rules 23 to 27 of the page *The register, exactly*, sentence by sentence, computed by hand from the page."""

from __future__ import annotations

from typing import Any

import pytest

from ringtausch.register.boundary import SIDES, flows
from ringtausch.register.look_through import LookThrough, Spent, look_through
from ringtausch.register.question import Question
from ringtausch.register.remainder import largest_remainder
from ringtausch.register.statement import Statement, Terms
from ringtausch.register.totals import total
from tests.register.builders import positions_of, said


def gives(name: str, giver: str, amount: str, day: int, **fields: Any) -> Statement:
    """Let somebody pay into PURL on a day of January."""
    fields = {"receiver": "PURL", "currency": "EUR"} | fields
    milestone, earmark = fields.pop("milestone", "paid_in"), fields.pop("earmark", "")
    return said(
        name, "contribution", milestone, giver=giver, quantity=amount, on=f"2025-01-{day:02}",
        terms=Terms(earmark=earmark), **fields,
    )  # fmt: skip


def pays(name: str, amount: str, day: int, **fields: Any) -> Statement:
    """Let PURL pay USA on a day of January."""
    fields = {"giver": "PURL", "receiver": "USA", "currency": "EUR"} | fields
    milestone = fields.pop("milestone", "paid")
    return said(name, "payment", milestone, quantity=amount, on=f"2025-01-{day:02}", **fields)


def swaps(name: str, sold: str, to: str, bought: str, day: int) -> Statement:
    """Let PURL sell euros for another currency."""
    terms = Terms(to_currency=to, to_quantity=round(float(bought) * 10_000))
    return said(
        name, "exchange", "exchanged", giver="PURL", receiver="IKI", currency="EUR", quantity=sold,
        terms=terms, on=f"2025-01-{day:02}",
    )  # fmt: skip


def through(*statements: Statement, pool: str = "PURL", **options: Any) -> LookThrough:
    """Attribute what a pool has spent; the reconciliation of rule 27 holds in every test."""
    found = look_through(positions_of(*statements, **options), pool)
    assert found.holds, found.balances
    assert all(lot.undisbursed >= 0 for lot in found.lots)
    for balance in (found.balances or {}).values():
        into = balance.paid_in + balance.bought - balance.sold - balance.refunded
        assert balance.attributed + balance.undisbursed == into
        assert balance.attributed + balance.waiting == balance.spent - balance.refunds
    return found


def spent(found: LookThrough, payment: str) -> Spent:
    (one,) = [one for one in found.spendings if one.payment == payment]
    return one


def whose(found: LookThrough, payment: str) -> dict[str, float]:
    """Whose money a payment was, in whole units."""
    return {part.contributor: part.amount / 10_000 for part in spent(found, payment).attributions}


def left(found: LookThrough, currency: str = "EUR") -> dict[str, float]:
    return {
        lot.key.contributor: lot.undisbursed / 10_000
        for lot in found.lots
        if lot.key.currency == currency and lot.undisbursed
    }


# Rule 23


def test_23_a_flow_is_incoming_internal_outgoing_or_elsewhere() -> None:
    positions = positions_of(
        gives("a", "DEU", "1", 1),
        gives("b", "NOR", "2", 1),
        pays("c", "3", 2),
        pays("d", "4", 2, giver="FRA"),
    )
    found = flows(positions, {"PURL", "DEU"})
    assert {flow.matter: flow.side for flow in found.flows} == {
        "a": "internal",
        "b": "incoming",
        "c": "outgoing",
        "d": "elsewhere",
    }
    assert [found.amount("EUR", side) for side in SIDES] == [20_000, 10_000, 30_000, 40_000]


def test_23_money_whose_source_is_a_pool_is_never_new_money() -> None:
    """EPF hands 40 of NOR's 50 on to PURL: into both come 50, into PURL alone no new money."""
    positions = positions_of(gives("a", "NOR", "50", 1, receiver="EPF"), gives("b", "EPF", "40", 2))
    assert flows(positions, {"PURL"}).new_money("EUR") == 0
    assert flows(positions, {"PURL", "EPF"}).new_money("EUR") == 500_000
    every = Question(("contribution",), "paid_in", currency="EUR", by="giver")
    assert total(positions, every).lo == 500_000


def test_23_members_and_the_pool_are_never_two_rows_of_one_sum() -> None:
    """Contributions of 150 and a payment of 100 of them: 150 by contributions, 100 by spending."""
    positions = positions_of(
        gives("a", "NOR", "100", 1), gives("b", "DEU", "50", 1), pays("c", "100", 2)
    )
    both = Question(("contribution", "payment"), ("paid_in", "paid"), currency="EUR", by="giver")
    found = total(positions, both)
    assert {row.names: row.lo for row in found.rows} == {("DEU",): 500_000, ("NOR",): 1_000_000}
    by_spending = Question(("payment",), "paid", currency="EUR", pool="PURL", by="contributor")
    rows = {row.names: row.lo for row in total(positions, by_spending).rows}
    assert rows == {("DEU",): 333_300, ("NOR",): 666_700}  # 33.33 and 66.67


# Rule 24


@pytest.mark.parametrize(
    ("units", "weights", "parts"),
    [
        (3, {"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1}),  # 0.75, 0.75, 1.5
        (2, {"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 0, "c": 1}),  # 0.5, 0.5, 1: the smaller key
        (1, {"a": 1, "b": 3}, {"a": 0, "b": 1}),  # 0.25, 0.75
        (2, {"a": 1, "b": 3}, {"a": 0, "b": 2}),  # 0.5, 1.5: ties to the larger weight
        (0, {"a": 1, "b": 3}, {"a": 0, "b": 0}),
        (4, {"a": 1, "b": 3}, {"a": 1, "b": 3}),
    ],
)
def test_24_largest_remainder(units: int, weights: dict[str, int], parts: dict[str, int]) -> None:
    found = largest_remainder(units, weights)
    assert {key: found.get(key, 0) for key in weights} == parts


def test_24_units_are_minor_units() -> None:
    """1 yen of two lots of 1 yen goes to one of them whole; of 1 euro each half is 50 cents."""
    yen = {"currency": "JPY"}
    found = through(
        gives("a", "DEU", "1", 1, **yen), gives("b", "NOR", "1", 1, **yen), pays("p", "1", 2, **yen)
    )
    assert whose(found, "p") == {"DEU": 1}
    found = through(gives("a", "DEU", "1", 1), gives("b", "NOR", "1", 1), pays("p", "1", 2))
    assert whose(found, "p") == {"DEU": 0.5, "NOR": 0.5}


# Rule 25


def test_25_a_100_spend_100_b_100_spend_100() -> None:
    found = through(
        gives("a", "DEU", "100", 1), pays("p", "100", 2), gives("b", "NOR", "100", 3), pays("q", "100", 4)
    )  # fmt: skip
    assert (whose(found, "p"), whose(found, "q")) == ({"DEU": 100}, {"NOR": 100})


def test_25_within_a_day_money_in_comes_before_spending_then_by_matter_id() -> None:
    """A spends 60 before b spends 60, of the 100 that come in on the same day: 20 of b wait."""
    found = through(pays("b", "60", 1), pays("a", "60", 1), gives("z", "NOR", "100", 1))
    assert (spent(found, "a").waiting, spent(found, "b").waiting) == (0, 200_000)


def test_25_within_a_day_refunds_come_before_spending() -> None:
    """10 go back to the contributor first, so that 10 of the spending wait."""
    found = through(
        gives("z", "NOR", "100", 1),
        gives("z", "NOR", "10", 2, milestone="refunded", by="IKI"),
        pays("a", "100", 2),
    )
    assert (whose(found, "a"), spent(found, "a").waiting) == ({"NOR": 90}, 100_000)


def test_25_within_a_day_exchange_comes_before_spending() -> None:
    found = through(
        gives("z", "NOR", "100", 1), swaps("x", "100", "USD", "110", 2), pays("a", "100", 2, currency="USD")
    )  # fmt: skip
    assert (whose(found, "a"), spent(found, "a").waiting) == ({"NOR": 100}, 0)


def test_25_lots_whose_earmark_names_the_spending_come_first() -> None:
    """30 of DEU for p: p of 50 takes them all, and 20 of the 100 without earmark."""
    found = through(
        gives("a", "DEU", "30", 1, earmark="p"), gives("b", "NOR", "100", 1), pays("p", "50", 2)
    )
    assert whose(found, "p") == {"DEU": 30, "NOR": 20}


def test_25_within_a_tier_by_largest_remainder_over_the_undisbursed_balances() -> None:
    """100 of DEU of which 90 are spent, then 10 of NOR: of the next 10 each gives 5."""
    found = through(
        gives("a", "DEU", "100", 1),
        pays("p", "90", 2),
        gives("b", "NOR", "10", 3),
        pays("q", "10", 4),
    )
    assert whose(found, "q") == {"DEU": 5, "NOR": 5}


def test_25_a_lot_with_another_earmark_is_never_touched() -> None:
    found = through(
        gives("a", "DEU", "30", 1, earmark="other"), gives("b", "NOR", "20", 1), pays("p", "50", 2)
    )
    assert (whose(found, "p"), spent(found, "p").waiting) == ({"NOR": 20}, 300_000)
    assert left(found) == {"DEU": 30}


def test_25_an_earmark_may_name_a_party() -> None:
    found = through(
        gives("a", "DEU", "30", 1, earmark="USA"),
        gives("b", "NOR", "30", 1, earmark="FRA"),
        pays("p", "10", 2),
    )
    assert whose(found, "p") == {"DEU": 10}


def test_25_what_waits_is_paid_by_the_next_lots_the_oldest_first() -> None:
    """P waits for 10 and q for 20; 15 pay p and 5 of q; 30 pay the rest of q."""
    found = through(
        pays("p", "10", 1),
        pays("q", "20", 2),
        gives("a", "DEU", "15", 3),
        gives("b", "NOR", "30", 4),
    )
    assert whose(found, "p") == {"DEU": 10}
    assert whose(found, "q") == {"DEU": 5, "NOR": 15}
    assert left(found) == {"NOR": 15}


def test_25_what_waits_goes_before_what_is_spent_on_the_day_of_the_new_money() -> None:
    """Q waits since day 1; on day 2 come 10, and 10 are spent: they are q's."""
    found = through(pays("q", "10", 1), gives("a", "DEU", "10", 2), pays("p", "10", 2))
    assert (spent(found, "q").waiting, spent(found, "p").waiting) == (0, 100_000)


def test_25_later_money_never_reattributes_what_is_covered() -> None:
    """Money for p comes when p is covered already: p stays DEU's."""
    found = through(
        gives("a", "DEU", "10", 1), pays("p", "10", 2), gives("b", "NOR", "10", 3, earmark="p")
    )
    assert whose(found, "p") == {"DEU": 10}
    assert left(found) == {"NOR": 10}


def test_25_two_contributions_of_one_contributor_are_two_lots() -> None:
    """1 and 2 of DEU and 1 of NOR; of 1 each gives a quarter and a half: 25, 50 and 25 cents."""
    found = through(
        gives("a", "DEU", "1", 1),
        gives("b", "DEU", "2", 1),
        gives("c", "NOR", "1", 1),
        pays("p", "1", 2),
    )
    assert {part.lot.contribution: part.amount for part in spent(found, "p").attributions} == {
        "a": 2_500,
        "b": 5_000,
        "c": 2_500,
    }
    assert found.by_contributor("EUR") == {"DEU": 7_500, "NOR": 2_500}


# Rule 26


def test_26_a_suppliers_refund_first_shrinks_what_waits_of_the_payment() -> None:
    """100 spent, 70 there: of 50 back 30 shrink what waits, 20 return to the lot."""
    found = through(
        gives("a", "DEU", "70", 1), pays("p", "100", 2), pays("p", "50", 3, milestone="refunded")
    )
    assert (whose(found, "p"), spent(found, "p").waiting) == ({"DEU": 50}, 0)
    assert left(found) == {"DEU": 20}


def test_26_then_it_returns_to_its_lots_over_what_they_gave() -> None:
    """P took 30 of DEU and 10 of NOR; of 20 back 15 are DEU's and 5 NOR's, whoever has money now."""
    found = through(
        gives("a", "DEU", "30", 1),
        gives("b", "NOR", "10", 1),
        pays("p", "40", 2),
        gives("c", "FRA", "99", 3),
        pays("p", "20", 4, milestone="refunded"),
    )
    assert whose(found, "p") == {"DEU": 15, "NOR": 5}
    assert left(found) == {"DEU": 15, "NOR": 5, "FRA": 99}


def test_26_a_refund_to_a_contributor_takes_from_that_lot_at_most_what_is_undisbursed() -> None:
    """DEU gave 100, 60 of 80 spent were its; of 50 back it can have 40."""
    found = through(
        gives("a", "DEU", "60", 1),
        gives("b", "NOR", "20", 1),
        pays("p", "40", 2),
        gives("a", "DEU", "50", 3, milestone="refunded", by="IKI"),
    )
    assert whose(found, "p") == {"DEU": 30, "NOR": 10}
    assert left(found) == {"NOR": 10}
    assert found.balances is not None
    assert found.balances["EUR"].refunded == 300_000
    (short,) = found.shortfalls
    assert (short.matter, short.amount) == ("a", 200_000)


def test_26_exchange_sells_over_balances_and_credits_over_what_each_sold() -> None:
    """60 of DEU and 20 of NOR, 20 already spent (15 and 5): 40 of 60 sold are 30 and 10, for 50 USD."""
    found = through(
        gives("a", "DEU", "60", 1),
        gives("b", "NOR", "20", 1),
        pays("p", "20", 2),
        swaps("x", "40", "USD", "50", 3),
    )
    assert left(found) == {"DEU": 15, "NOR": 5}
    assert left(found, "USD") == {"DEU": 37.5, "NOR": 12.5}


def test_26_what_is_bought_keeps_contribution_and_earmark() -> None:
    found = through(gives("a", "DEU", "10", 1, earmark="p"), swaps("x", "10", "USD", "12", 2))
    (bought,) = [lot for lot in found.lots if lot.undisbursed]
    assert tuple(bought.key) == ("DEU", "a", "p", "USD")


def test_26_a_pool_that_pays_a_pool_hands_on_its_contributors_names() -> None:
    """EPF has 30 of DEU and 10 of NOR and pays 20 into PURL, which spends them all."""
    found = through(
        gives("a", "DEU", "30", 1, receiver="EPF"),
        gives("b", "NOR", "10", 1, receiver="EPF"),
        gives("c", "EPF", "20", 2),
        pays("p", "20", 3),
    )
    assert whose(found, "p") == {"DEU": 15, "NOR": 5}


# Rule 27 is asserted of every case above, in `through`.


def test_27_attributed_and_undisbursed_are_what_came_in_and_stayed() -> None:
    """In 100, 10 back to the contributor, 20 sold, 50 spent of which 5 came back: 45 and 25."""
    found = through(
        gives("a", "DEU", "100", 1),
        gives("a", "DEU", "10", 2, milestone="refunded", by="IKI"),
        swaps("x", "20", "USD", "22", 3),
        pays("p", "50", 4),
        pays("p", "5", 5, milestone="refunded"),
    )
    assert found.balances is not None
    balance = found.balances["EUR"]
    assert (balance.attributed, balance.undisbursed, balance.waiting) == (450_000, 250_000, 0)
    assert (found.balances["USD"].bought, found.balances["USD"].undisbursed) == (220_000, 220_000)
