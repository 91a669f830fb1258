"""What came back is matched to what was handed over: by hand, unit by unit."""

from __future__ import annotations

from decimal import Decimal

from ringtausch.pictures.facts import Facts
from ringtausch.pictures.returns import Owed, Return, Source, Used
from ringtausch.records import plan as p
from ringtausch.records import tables as t
from tests.pictures.cases import at, day, make_plan, make_scenario, ring

MAKER = Source("order", "Maker")


def test_settlements_go_to_the_hand_over_and_what_comes_after_the_deadline_is_late() -> None:
    """Germany: one of two in time, one two months late. Norway: 12 of 20 in time, 8 never."""
    germany, norway = Facts(*ring()).claims
    assert germany == Owed(
        "DE", "battery", 1, 2.0, 2.0, 7,
        [Return(5, 1.0, "battery", 1.0, MAKER), Return(9, 1.0, "battery", 1.0, MAKER)],
    )  # fmt: skip
    assert norway == Owed(
        "NO", "missile", 2, 20.0, 20.0, 8, [Return(6, 12.0, "missile", 12.0, MAKER)]
    )
    assert [part.period for part in germany.late] == [9]
    assert (germany.open, germany.overdue(24), germany.periods_late(24)) == (0.0, 0.0, 2)
    assert (norway.open, norway.overdue(24), norway.periods_late(24)) == (8.0, 8.0, 16)


def test_the_earliest_deadline_is_served_first_and_unlike_items_count_at_their_rate() -> None:
    """3 guns are owed from before, 2 by month 4 and 1 by month 30; A hands over 2 more in month 0.

    A howitzer counts as 2 guns. In month 3 one comes: it settles the 2 that are due in month 4.
    In month 6 one more settles the hand-over, due in month 5, a month late.
    """
    scenario = make_scenario(
        parties=(t.Party(party="A"), t.Party(party="B")),
        items=(t.Item(item="gun"), t.Item(item="howitzer")),
        debts=(
            t.Debt(party="A", item="gun", quantity=Decimal(1), due=day("2028-01-01")),
            t.Debt(party="A", item="gun", quantity=Decimal(2), due=day("2025-11-01")),
        ),
        assurances=(t.Assurance(party="A", item="gun", within=5),),
        exchange=(t.Exchange(party="A", given="gun", accepted="howitzer", rate=Decimal(2)),),
        arrivals=(
            t.Arrival(party="A", item="howitzer", date=day("2025-10-01"), quantity=Decimal(1),
                      designable=True),
        ),
    )  # fmt: skip
    plan = make_plan(
        scenario,
        dispatches=[
            p.Dispatch(offer="o1", from_="A", to="B", item="gun", quantity=2.0, arrives=0,
                       **at(scenario, 0)),
            p.Dispatch(from_="B", to="A", offer="o2", item="howitzer", quantity=1.0, arrives=6,
                       **at(scenario, 5)),
        ],
        settlements=[
            p.Settlement(party="A", item="gun", accepted="howitzer", quantity=1.0, **at(scenario, 3)),
            p.Settlement(party="A", item="gun", accepted="howitzer", quantity=1.0, **at(scenario, 6)),
        ],
    )  # fmt: skip
    claims = Facts(scenario, plan).claims
    assert claims == [
        Owed("A", "gun", None, 0.0, 2.0, 4, [Return(3, 2.0, "howitzer", 1.0, Source("arrival"))]),
        Owed("A", "gun", None, 0.0, 1.0, 30, []),
        Owed("A", "gun", 0, 2.0, 2.0, 5, [Return(6, 2.0, "howitzer", 1.0, Source("lane", "B"))]),
    ]
    assert [claim.overdue(24) for claim in claims] == [0.0, 0.0, 0.0]


def test_one_arrival_is_never_used_twice_and_the_rest_goes_to_stock() -> None:
    """B gets 5 by a lane and 5 by an order: 4 serve its need, 3 settle its debt, 3 stay."""
    scenario = make_scenario(
        parties=(t.Party(party="A"), t.Party(party="B")),
        items=(t.Item(item="gun"),),
        needs=(t.Need(need="n", party="B", capability="gun", quantity=Decimal(9), due=day("2025-07-01")),),
    )  # fmt: skip
    when = at(scenario, 2)
    plan = make_plan(
        scenario,
        dispatches=[p.Dispatch(offer="o", from_="A", to="B", item="gun", quantity=5.0, arrives=2, **when)],
        orders=[p.Order(supplier="Maker", item="gun", customer="B", quantity=5.0, delivered=2, **when)],
        fulfilments=[p.Fulfilment(need="n", item="gun", quantity=4.0, **when)],
        settlements=[p.Settlement(party="B", item="gun", accepted="gun", quantity=3.0, **when)],
    )  # fmt: skip
    assert Facts(scenario, plan).used == [
        Used("B", "gun", 2, 3.0, MAKER, "debt", "gun"),
        Used("B", "gun", 2, 4.0, Source("lane", "A"), "need", "n"),
        Used("B", "gun", 2, 1.0, Source("lane", "A"), "stock"),
        Used("B", "gun", 2, 2.0, MAKER, "stock"),
    ]


def test_what_a_plan_uses_but_nothing_brought_is_said_to_come_from_nowhere() -> None:
    """A plan edited by hand settles 3 though only 1 arrives."""
    scenario = make_scenario(parties=(t.Party(party="A"),), items=(t.Item(item="gun"),))
    when = at(scenario, 1)
    plan = make_plan(
        scenario,
        orders=[p.Order(supplier="Maker", item="gun", customer="A", quantity=1.0, delivered=1, **when)],
        settlements=[p.Settlement(party="A", item="gun", accepted="gun", quantity=3.0, **when)],
    )  # fmt: skip
    assert Facts(scenario, plan).used == [
        Used("A", "gun", 1, 2.0, Source("none"), "debt", "gun"),
        Used("A", "gun", 1, 1.0, MAKER, "debt", "gun"),
    ]


def test_a_hard_promise_that_the_plan_keeps_is_not_called_late_for_an_older_debt() -> None:
    """A gun owed from before is due in month 2, the one given in month 0 in month 3, which is hard.

    One gun comes in month 3, one in month 5: the plan counts only the older debt as late.
    """
    scenario = make_scenario(
        parties=(t.Party(party="A"), t.Party(party="B")),
        items=(t.Item(item="gun"),),
        debts=(t.Debt(party="A", item="gun", quantity=Decimal(1), due=day("2025-09-01")),),
        assurances=(t.Assurance(party="A", item="gun", within=3, hard=True),),
    )
    plan = make_plan(
        scenario,
        dispatches=[p.Dispatch(offer="o", from_="A", to="B", item="gun", quantity=1.0, arrives=0,
                               **at(scenario, 0))],
        orders=[p.Order(supplier="Maker", item="gun", customer="A", quantity=1.0, delivered=month,
                        **at(scenario, 1)) for month in (3, 5)],
        settlements=[p.Settlement(party="A", item="gun", accepted="gun", quantity=1.0,
                                  **at(scenario, month)) for month in (3, 5)],
    )  # fmt: skip
    assert Facts(scenario, plan).claims == [
        Owed("A", "gun", None, 0.0, 1.0, 2, [Return(5, 1.0, "gun", 1.0, MAKER)]),
        Owed("A", "gun", 0, 1.0, 1.0, 3, [Return(3, 1.0, "gun", 1.0, MAKER)]),
    ]
