"""Rules 25 to 27: whose money a pool spends, worked out by hand."""

from __future__ import annotations

from typing import Any

from ringtausch.register.look_through import LookThrough, look_through
from ringtausch.register.statement import Statement, Terms
from tests.register.builders import positions_of, said


def gives(name: str, giver: str, amount: str, on: str, **more: Any) -> Statement:
    more.setdefault("currency", "EUR")
    more.setdefault("receiver", "PURL")
    milestone = more.pop("milestone", "paid_in")
    return said(name, "contribution", milestone, giver=giver, quantity=amount, on=on, **more)


def pays(name: str, amount: str, on: str, **more: Any) -> Statement:
    more.setdefault("currency", "EUR")
    more.setdefault("giver", "PURL")
    more.setdefault("receiver", "USA")
    milestone = more.pop("milestone", "paid")
    return said(name, "payment", milestone, quantity=amount, on=on, **more)


def swaps(name: str, sold: str, to: str, bought: int, on: str) -> Statement:
    terms = Terms(to_currency=to, to_quantity=bought * 10_000)
    return said(
        name, "exchange", "exchanged", giver="PURL", receiver="IKI", currency="EUR", quantity=sold,
        terms=terms, on=on,
    )  # fmt: skip


def through(*statements: Statement, pool: str = "PURL") -> LookThrough:
    found = look_through(positions_of(*statements), pool)
    assert found.holds, found.balances
    return found


def covered(found: LookThrough, payment: str) -> dict[str, float]:
    """Whose money a payment was, in whole units of its currency."""
    (one,) = [spent for spent in found.spendings if spent.payment == payment]
    return {part.contributor: part.amount / 10_000 for part in one.attributions}


def test_spending_takes_what_is_undisbursed_and_never_more_than_a_contributor_gave() -> None:
    """Over what was paid in, A would have given 150 of its 100."""
    found = through(
        gives("c1", "DEU", "100", "2025-01-01"),
        pays("p1", "100", "2025-01-02"),
        gives("c2", "NOR", "100", "2025-01-03"),
        pays("p2", "100", "2025-01-04"),
    )
    assert covered(found, "p1") == {"DEU": 100}
    assert covered(found, "p2") == {"NOR": 100}
    assert found.by_contributor("EUR") == {"DEU": 100 * 10_000, "NOR": 100 * 10_000}


def test_what_came_in_on_a_day_is_there_for_what_was_spent_on_it() -> None:
    found = through(
        pays("a", "100", "2025-01-01"),
        gives("b", "DEU", "100", "2025-01-01"),
        gives("c", "NOR", "300", "2025-01-01"),
    )
    assert covered(found, "a") == {"DEU": 25, "NOR": 75}


def test_a_cent_that_is_left_goes_to_the_largest_remainder() -> None:
    found = through(
        gives("c1", "DEU", "1", "2025-01-01"),
        gives("c2", "NOR", "1", "2025-01-01"),
        gives("c3", "ESP", "1", "2025-01-01"),
        pays("p", "1", "2025-01-02"),
    )
    assert covered(found, "p") == {"DEU": 0.34, "ESP": 0.33, "NOR": 0.33}


def test_earmarked_money_pays_first_and_only_for_what_it_is_meant_for() -> None:
    found = through(
        gives("c1", "DEU", "100", "2025-01-01", terms=Terms(earmark="pack")),
        gives("c2", "NOR", "100", "2025-01-01", terms=Terms(earmark="other")),
        gives("c3", "ESP", "100", "2025-01-01"),
        said("pack", "package", "stated", giver="PURL", by="IKI"),
        said("t1", "transfer", "pledged", giver="USA", receiver="UKR", item="missile", quantity="1",
             part_of="pack"),
        pays("p1", "150", "2025-01-02", terms=Terms(of="t1")),
        pays("p2", "100", "2025-01-03", terms=Terms(of="t1")),
    )  # fmt: skip
    assert covered(found, "p1") == {"DEU": 100, "ESP": 50}
    assert covered(found, "p2") == {"ESP": 50}
    assert found.balances is not None
    assert found.balances["EUR"].waiting == 50 * 10_000
    assert found.balances["EUR"].undisbursed == 100 * 10_000


def test_what_waits_is_paid_oldest_first_by_the_next_money_that_may() -> None:
    found = through(
        pays("p1", "60", "2025-01-01"),
        pays("p2", "60", "2025-01-02"),
        gives("c1", "DEU", "50", "2025-01-03", terms=Terms(earmark="p2")),
        gives("c2", "NOR", "65", "2025-01-04"),
        gives("c3", "ESP", "100", "2025-01-05"),
    )
    assert covered(found, "p1") == {"NOR": 60}
    assert covered(found, "p2") == {"DEU": 50, "NOR": 5, "ESP": 5}


def test_a_suppliers_refund_shrinks_what_waits_and_then_returns_to_those_who_gave() -> None:
    found = through(
        gives("c1", "DEU", "30", "2025-01-01"),
        gives("c2", "NOR", "60", "2025-01-01"),
        pays("p", "100", "2025-01-02"),
        pays("p", "40", "2025-01-03", milestone="refunded"),
    )
    assert covered(found, "p") == {"DEU": 20, "NOR": 40}
    (spent,) = found.spendings
    assert (spent.waiting, spent.refunds) == (0, 40 * 10_000)
    assert {lot.key.contributor: lot.undisbursed // 10_000 for lot in found.lots} == {
        "DEU": 10,
        "NOR": 20,
    }


def test_of_instalments_that_wait_a_refund_takes_the_newest() -> None:
    """Else p would lose its place before q, which was spent later than the first half of it."""
    found = through(
        pays("p", "50", "2025-01-01", event="1"),
        pays("q", "50", "2025-01-02"),
        pays("p", "50", "2025-01-03", event="2"),
        pays("p", "50", "2025-01-04", milestone="refunded"),
        gives("c", "DEU", "50", "2025-01-05"),
    )
    assert (covered(found, "p"), covered(found, "q")) == ({"DEU": 50}, {})


def test_a_refund_of_the_same_day_as_its_payment_is_no_conflict() -> None:
    found = through(
        gives("c1", "DEU", "100", "2025-01-01"),
        pays("p", "100", "2025-01-02"),
        pays("p", "40", "2025-01-02", milestone="refunded"),
    )
    assert covered(found, "p") == {"DEU": 60}
    assert found.shortfalls == ()


def test_a_contributor_has_back_at_most_what_is_undisbursed_of_its_own() -> None:
    found = through(
        gives("c1", "DEU", "100", "2025-01-01"),
        gives("c2", "NOR", "100", "2025-01-01"),
        pays("p", "100", "2025-01-02"),
        gives("c1", "DEU", "70", "2025-01-03", milestone="refunded"),
    )
    (short,) = found.shortfalls
    assert (short.matter, short.what, short.amount // 10_000) == (
        "c1",
        "refunded to a contributor",
        20,
    )
    assert {lot.key.contributor: lot.undisbursed // 10_000 for lot in found.lots} == {
        "DEU": 0,
        "NOR": 50,
    }


def test_exchange_sells_from_all_and_credits_the_same() -> None:
    found = through(
        gives("c1", "DEU", "100", "2025-01-01"),
        gives("c2", "NOR", "300", "2025-01-01"),
        swaps("x", "200", "USD", 230, "2025-01-02"),
        pays("p", "115", "2025-01-03", currency="USD"),
    )
    assert covered(found, "p") == {"DEU": 28.75, "NOR": 86.25}
    assert found.balances is not None
    assert {name: balance.undisbursed // 10_000 for name, balance in found.balances.items()} == {
        "EUR": 200,
        "USD": 115,
    }


def test_what_a_pool_has_not_got_it_cannot_sell() -> None:
    found = through(
        gives("c1", "DEU", "100", "2025-01-01"), swaps("x", "150", "USD", 180, "2025-01-02")
    )
    (short,) = found.shortfalls
    assert (short.amount // 10_000, short.to_currency, short.to_amount // 10_000) == (50, "USD", 60)
    assert [lot.bought // 10_000 for lot in found.lots if lot.key.currency == "USD"] == [120]


def test_a_pool_that_pays_a_pool_hands_on_its_contributors_names() -> None:
    """On one day: what EPF pays to PURL is there for what PURL spends on it."""
    statements = [
        gives("c1", "DEU", "100", "2025-01-01", receiver="EPF"),
        gives("c2", "NOR", "300", "2025-01-01", receiver="EPF"),
        gives("z", "EPF", "200", "2025-01-02"),
        pays("a", "100", "2025-01-02"),
    ]
    found = through(*statements)
    assert covered(found, "a") == {"DEU": 25, "NOR": 75}
    paid = through(*statements, pool="EPF")
    assert covered(paid, "z") == {"DEU": 50, "NOR": 150}


def test_what_a_pool_pays_without_having_it_stands_in_its_own_name() -> None:
    found = through(
        gives("c1", "DEU", "30", "2025-01-01", receiver="EPF"),
        gives("z", "EPF", "100", "2025-01-02"),
        gives("c2", "NOR", "70", "2025-01-03", receiver="EPF"),
        pays("p", "100", "2025-01-04"),
    )
    assert covered(found, "p") == {"DEU": 30, "EPF": 70}


def test_a_pool_that_gives_back_to_a_pool_gives_what_it_has_and_no_more_arrives() -> None:
    """PURL has spent 80 of the 100 that EPF paid; of 50 that it gives back there are 20."""
    statements = [
        gives("c1", "DEU", "100", "2025-01-01", receiver="EPF"),
        gives("z", "EPF", "100", "2025-01-02"),
        pays("p", "80", "2025-01-03"),
        gives("z", "EPF", "50", "2025-01-04", milestone="refunded"),
    ]
    purl, epf = through(*statements), through(*statements, pool="EPF")
    assert [(short.matter, short.amount // 10_000) for short in purl.shortfalls] == [("z", 30)]
    assert covered(purl, "p") == {"DEU": 80}
    assert covered(epf, "z") == {"DEU": 80}
    assert [lot.undisbursed // 10_000 for lot in epf.lots] == [20]
    assert epf.shortfalls == ()


def test_instalments_of_one_contribution_in_two_currencies_are_two_lots() -> None:
    """Their sum is no quantity, and yet nothing of them is undone."""
    found = through(
        gives("c", "DEU", "100", "2025-01-01", event="1"),
        gives("c", "DEU", "70", "2025-01-02", event="2", currency="USD"),
    )
    assert {lot.key.currency: lot.paid_in // 10_000 for lot in found.lots} == {
        "EUR": 100,
        "USD": 70,
    }
    assert found.holds
