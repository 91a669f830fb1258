"""Stocks, strengths and needs over time: plain sums, counted by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ringtausch.pictures.facts import Facts
from ringtausch.pictures.ledger import burdens, funds, spending
from ringtausch.records import plan as p
from ringtausch.records import tables as t
from tests.pictures.cases import at, day, make_plan, make_scenario, ring


def test_stock_is_what_was_there_and_came_less_what_left() -> None:
    """Germany has 6, gives 2 in month 1, gets 1 in month 5 and 1 in month 9."""
    stock = Facts(*ring()).stock
    assert stock["DE", "battery"] == [6, 4, 4, 4, 4, 5, 5, 5, 5, *[6] * 15]
    assert stock["UA", "battery"] == [0, 0, *[2] * 22]


def test_a_capability_is_as_strong_as_its_weakest_role_and_the_latest_floor_counts() -> None:
    """Two radars at 1 and six launchers at a half make 2, then 1 when a radar leaves in month 2."""
    scenario = make_scenario(
        horizon=4,
        settlement=0,
        parties=(t.Party(party="A"), t.Party(party="B")),
        items=(t.Item(item="radar"), t.Item(item="launcher")),
        capabilities=(
            t.Capability(capability="battery", item="radar", weight=Decimal(1), role="eyes"),
            t.Capability(capability="battery", item="launcher", weight=Decimal("0.5"), role="arms"),
        ),
        stocks=(
            t.Stock(party="A", item="radar", quantity=Decimal(2)),
            t.Stock(party="A", item="launcher", quantity=Decimal(6)),
        ),
        floors=(
            t.Floor(party="A", capability="battery", from_=day("2025-10-01"), quantity=Decimal(3)),
            t.Floor(party="A", capability="battery", from_=day("2025-08-01"), quantity=Decimal(2),
                    max_gap=Decimal(1)),
        ),
    )  # fmt: skip
    plan = make_plan(
        scenario,
        dispatches=[
            p.Dispatch(offer="o", from_="A", to="B", item="radar", quantity=1.0, arrives=2,
                       **at(scenario, 2))
        ],
        gaps=[
            p.GapLevel(party="A", capability="battery", quantity=1.0, floor=2.0, **at(scenario, 2)),
            p.GapLevel(party="A", capability="battery", quantity=2.0, floor=3.0, **at(scenario, 3)),
        ],
    )  # fmt: skip
    (series,) = Facts(scenario, plan).floors
    assert list(series.strength) == [2, 2, 1, 1]
    assert list(series.floor) == [0, 2, 2, 3]
    assert list(series.lowest) == [0, 1, 1, 3]
    assert (series.below, series.worst) == ([2, 3], 2.0)


@pytest.mark.parametrize(
    ("due", "step", "met", "state"),
    [
        ("2025-09-01", None, (0, 10, 20, 20), "met"),
        ("2025-08-01", None, (0, 10, 20, 20), "late"),
        ("2025-08-01", 15, (0, 0, 15, 15), "open"),
        ("2026-08-01", 15, (0, 0, 15, 15), "waiting"),
    ],
)
def test_a_need_counts_whole_steps_and_its_date(
    due: str, step: int | None, met: tuple[float, ...], state: str
) -> None:
    """10 arrive in month 1 and 11 in month 2; 20 are asked for, or 30 where only 15s count."""
    scenario = make_scenario(
        horizon=4,
        settlement=0,
        parties=(t.Party(party="A"),),
        items=(t.Item(item="gun"),),
        needs=(
            t.Need(need="n", party="A", capability="gun", quantity=Decimal(30 if step else 20),
                   due=day(due), step=None if step is None else Decimal(step)),
        ),
    )  # fmt: skip
    plan = make_plan(
        scenario,
        fulfilments=[
            p.Fulfilment(need="n", item="gun", quantity=10.0, **at(scenario, 1)),
            p.Fulfilment(need="n", item="gun", quantity=11.0, **at(scenario, 2)),
        ],
    )
    (series,) = Facts(scenario, plan).needs
    assert (series.met, series.state) == (met, state)


def test_the_burden_is_money_and_goods_given_less_goods_received() -> None:
    """Germany pays 848 m, gives 2 and gets 2 batteries; Norway gives 20 and gets 12 missiles."""
    germany, norway = burdens(Facts(*ring()))
    assert germany.carried == 848e6
    assert norway.carried == (20 - 12) * 4e6
    assert (germany.key, germany.asked) == (0.75, 0.75 * 880e6)
    assert (germany.above, norway.above) == (188e6, -188e6)


def test_money_is_counted_by_fund_by_period_and_by_purpose() -> None:
    """800 m for batteries in month 0, 48 m for missiles in month 1, from a purse of 1,000 m."""
    facts = Facts(*ring())
    (purse,) = funds(facts)
    assert (purse.released, purse.paid, purse.left) == (1e9, 848e6, 152e6)
    money = spending(facts)
    assert money.by_period == {"order": [800e6, 48e6, *[0] * 22]}
    assert money.by_item == {("order", "battery"): 800e6, ("order", "missile"): 48e6}
    assert money.total == 848e6


def test_a_fund_in_another_currency_is_counted_in_the_reporting_one() -> None:
    """100 m dollars at 0.86, of which half comes only after the plan."""
    scenario = make_scenario(
        fx={"USD": Decimal("0.86")},
        parties=(t.Party(party="A"),),
        funds=(t.Fund(fund="f", party="A", currency="USD", until=day("2026-01-01")),),
        releases=(
            t.Release(fund="f", date=day("2025-07-01"), amount=Decimal(50_000_000)),
            t.Release(fund="f", date=day("2030-07-01"), amount=Decimal(50_000_000)),
        ),
    )
    (line,) = funds(Facts(scenario, make_plan(scenario)))
    assert (line.released, line.paid, line.until) == (43e6, 0.0, "2026-01-01")
