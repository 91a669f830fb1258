"""Scenarios and plans made by hand: the figures in the tests of pictures are counted from here."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from ringtausch.records import OBJECTIVES, Objective, Plan, Scenario
from ringtausch.records import plan as p
from ringtausch.records import tables as t

Case = tuple[Scenario, Plan]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def make_scenario(**rows: Any) -> Scenario:
    """Monthly from July 2025: 12 months to hand over, 12 to settle; any setting can be another."""
    settings: dict[str, Any] = {
        "name": "Ring of four",
        "start": day("2025-07-01"),
        "period": "month",
        "horizon": 12,
        "settlement": 12,
        "currency": "EUR",
    }
    return Scenario(**(settings | rows))


def make_plan(scenario: Scenario, status: str = "optimal", **rows: Any) -> Plan:
    """Build a plan from rows; objectives are 0 and proved unless `objectives` says otherwise."""
    objectives = dict.fromkeys(OBJECTIVES, Objective(0.0, 0.0)) | rows.pop("objectives", {})
    return Plan(
        scenario_name=scenario.name,
        scenario_hash=rows.pop("scenario_hash", scenario.content_hash),
        status=status,  # type: ignore[arg-type]
        objectives=objectives,
        solver={"name": "HiGHS", "version": "1.15.0"},
        seconds=0.4,
        settings={"objectives": list(scenario.objectives), "optimality_gap": 0.0},
        tables={name: tuple(found) for name, found in rows.items()},
    )


def at(scenario: Scenario, period: int) -> dict[str, Any]:
    """Return the period and its first day, as every row of a plan has them."""
    return {"period": period, "date": scenario.calendar.first_day(period)}


def ring() -> Case:
    """Two givers, one receiver: one is replaced in part late, the other in part never.

    Germany gives 2 batteries in month 1, due back by month 7, and gets one in month 5 and one in
    month 9. Norway gives 20 missiles in month 2, due back by month 8, and gets 12 in month 6.
    Ukraine needs 2 batteries by month 2 (met in month 2) and 30 missiles by month 3 (20 met).
    """
    scenario = _ring_scenario()
    return scenario, _ring_plan(scenario)


def _ring_scenario() -> Scenario:
    return make_scenario(
        parties=(
            t.Party(party="DE", name="Germany", burden_key=Decimal(3)),
            t.Party(party="NO", name="Norway", burden_key=Decimal(1)),
            t.Party(party="UA", name="Ukraine", burden_key=None),
        ),
        items=(
            t.Item(item="battery", name="Battery", unit="fire unit", indivisible=True,
                   value=Decimal(400_000_000), currency=""),
            t.Item(item="missile", name="Missile", unit="round", indivisible=True,
                   value=Decimal(4_000_000), currency=""),
        ),
        stocks=(
            t.Stock(party="DE", item="battery", quantity=Decimal(6), source="https://example.org/a?b=1&c=2"),
            t.Stock(party="NO", item="missile", quantity=Decimal(50), note="assumption: a round number"),
        ),
        floors=(
            t.Floor(party="DE", capability="battery", from_=day("2025-07-01"), quantity=Decimal(5),
                    max_gap=Decimal(2)),
        ),
        needs=(
            t.Need(need="n1", party="UA", capability="battery", quantity=Decimal(2),
                   due=day("2025-09-01")),
            t.Need(need="n2", party="UA", capability="missile", quantity=Decimal(30),
                   due=day("2025-10-01")),
        ),
        assurances=(
            t.Assurance(party="DE", item="battery", within=6,
                        hard=False, secured=False),
            t.Assurance(party="NO", item="missile", within=6,
                        hard=False, secured=False),
        ),
        funds=(t.Fund(fund="purse", party="DE", currency="EUR", until=None),),
        releases=(t.Release(fund="purse", date=day("2025-07-01"), amount=Decimal(1_000_000_000)),),
    )  # fmt: skip


def _ring_plan(scenario: Scenario) -> Plan:
    return make_plan(
        scenario,
        dispatches=[
            p.Dispatch(offer="o1", from_="DE", to="UA", item="battery", quantity=2.0, arrives=2,
                       **at(scenario, 1)),
            p.Dispatch(offer="o2", from_="NO", to="UA", item="missile", quantity=20.0, arrives=3,
                       **at(scenario, 2)),
        ],
        orders=[
            p.Order(supplier="Maker", item="battery", customer="DE", quantity=1.0, delivered=5,
                    **at(scenario, 0)),
            p.Order(supplier="Maker", item="battery", customer="DE", quantity=1.0, delivered=9,
                    **at(scenario, 0)),
            p.Order(supplier="Maker", item="missile", customer="NO", quantity=12.0, delivered=6,
                    **at(scenario, 1)),
        ],
        settlements=[
            p.Settlement(party="DE", item="battery", accepted="battery", quantity=1.0, **at(scenario, 5)),
            p.Settlement(party="DE", item="battery", accepted="battery", quantity=1.0, **at(scenario, 9)),
            p.Settlement(party="NO", item="missile", accepted="missile", quantity=12.0, **at(scenario, 6)),
        ],
        fulfilments=[
            p.Fulfilment(need="n1", item="battery", quantity=2.0, **at(scenario, 2)),
            p.Fulfilment(need="n2", item="missile", quantity=20.0, **at(scenario, 3)),
        ],
        payments=[
            p.Payment(fund="purse", purpose="order", item="battery", party="DE", amount=8e8,
                      **at(scenario, 0)),
            p.Payment(fund="purse", purpose="order", item="missile", party="NO", amount=4.8e7,
                      **at(scenario, 1)),
        ],
        gaps=[
            p.GapLevel(party="DE", capability="battery", quantity=1.0, floor=5.0, **at(scenario, n))
            for n in range(1, 5)
        ],
        objectives={
            "late_replacement": Objective(22.0, 22.0),
            "unmet_need": Objective(210.0, 210.0),
            "capability_gap": Objective(4.0, 4.0),
            "spend": Objective(8.48e8, 8.48e8),
        },
    )  # fmt: skip
