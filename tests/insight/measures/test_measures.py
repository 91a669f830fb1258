"""Measures counted by hand: two givers, one replaced one for one, the other two for one."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from decimal import Decimal

import pytest

import ringtausch as rt
from ringtausch.insight.measures.rows import MEASURES
from ringtausch.records.values import Value
from tests.builders import plan, scenario
from tests.insight.measures.case import CASE, MADE

FOUND = rt.measures(CASE, MADE)


def burden(party: str, kind: str, basis: str = "") -> tuple[float | None, ...]:
    (row,) = [
        row
        for row in FOUND.rows("burden")
        if (row.party, row.kind, row.basis) == (party, kind, basis)
    ]
    return row.amount, row.share, row.share_in_key, row.key, row.above_key


@pytest.mark.parametrize(
    ("kind", "basis", "of_a", "of_b"),
    [
        ("money", "", 470, 130),
        ("value", "items", 400, 200),
        ("waiting", "", 1 * 3 + 2 * 5 + 1 * 8, 3 * 3 + 1 * 11),
        ("waiting_weighted", "", 21, 10),
        ("gap", "", 5 * 3 + 3 * 1, 0),
        ("gap_weighted", "", 9, 0),
    ],
)
def test_a_burden_is_an_amount_a_share_and_a_distance_from_the_key(
    kind: str, basis: str, of_a: float, of_b: float
) -> None:
    share = of_a / (of_a + of_b)
    assert burden("A", kind, basis) == pytest.approx((of_a, share, share, 0.75, share - 0.75))
    assert burden("B", kind, basis) == pytest.approx(
        (of_b, 1 - share, 1 - share, 0.25, 0.75 - share)
    )
    assert burden("C", kind, basis) == (0, 0, None, None, None)


def test_the_units_of_burdens_follow_the_currency_and_the_period() -> None:
    units = {row.kind: row.unit for row in FOUND.rows("burden")}
    assert units == {
        "money": "EUR", "value": "EUR", "waiting": "unit-months",
        "waiting_weighted": "unit-months", "gap": "unit-months", "gap_weighted": "unit-months",
    }  # fmt: skip


def test_deals_stand_side_by_side_in_pieces_waits_and_money() -> None:
    """A gets 5 pieces for 4 guns; B gets 2 for one, and waits until the end for the last."""
    one, two = FOUND.rows("deals")
    assert (one.party, one.item, one.given, one.before, one.ratio) == ("A", "gun", 4, 0, 1)
    assert (one.owed, one.received, one.pieces, one.pieces_per_unit) == (4, 4, 5, 1.25)
    assert (one.wait_mean, one.wait_longest, one.late, one.open) == (5.25, 8, 1, 0)
    assert (one.compensation, one.value_given, one.value_received) == (0, 400, 2 * 60 + 3 * 100)
    assert (two.party, two.given, two.ratio, two.owed) == ("B", 2, 2, 4)
    assert (two.received, two.pieces, two.pieces_per_unit) == (3, 3, 2)
    assert (two.wait_mean, two.wait_longest, two.late, two.open) == (5, 11, 1, 1)
    assert (two.compensation, two.value_given, two.value_received) == (50, 200, 300)


def test_receipts_say_in_what_kind_and_at_which_rate() -> None:
    found = [
        (r.party, r.item, r.accepted, r.units, r.rate, r.quantity) for r in FOUND.rows("receipts")
    ]
    assert found == [
        ("A", "gun", "gun", 3, 1, 3),
        ("A", "gun", "howitzer", 2, 0.5, 1),
        ("B", "gun", "gun", 3, 1, 3),
    ]


def test_a_readiness_window_closes_with_the_last_replacement_or_stays_open() -> None:
    """A is 3 guns below its floor in months 0 to 4 and one below it in months 5 to 7."""
    one, two = FOUND.rows("windows")
    assert (one.party, one.offer, one.to, one.quantity, one.state) == ("A", "o1", "C", 4, "closed")
    assert (one.opens, one.due, one.closes, one.closes_date) == (0, 6, 8, dt.date(2025, 9, 1))
    assert (one.replaced, one.unit_periods) == (4, 21)
    assert (one.gap, one.gap_worst, one.gap_periods, one.capabilities) == (18, 3, 8, "gun")
    assert (two.party, two.state, two.opens, two.due, two.closes) == ("B", "open", 1, 7, None)
    assert (two.replaced, two.unit_periods, two.gap) == (1.5, 10, 0)  # each unit for two owed


def test_slack_is_least_mean_and_negative_where_a_replacement_is_late() -> None:
    """What is open at the end counts as coming in month 12: B's fourth gun is 5 months late."""
    one, two = FOUND.rows("slack")
    assert (one.party, one.origin, one.within, one.units) == ("A", "plan", 6, 4)
    assert (one.least, one.mean, one.late, one.overdue, one.waiting) == (-2, 0.75, 1, 0, 0)
    assert (two.party, two.units) == ("B", 4)
    assert (two.least, two.mean, two.late, two.overdue, two.waiting) == (-5, 1, 1, 1, 0)


def test_replacements_are_matched_first_in_first_out() -> None:
    """Two hand-overs of one party; what comes first answers the first, and never a later one."""
    case = scenario(
        horizon=4,
        settlement=8,
        stocks="A,gun,9",
        assurances="A,gun,4",
        debts="A,gun,1,2025-03-01",
        offers="o1,A,gun,5; o2,A,gun,5",
        parties="A; C; D",
    )
    made = plan(
        case,
        dispatches="o2,A,C,gun,3,2; o1,A,D,gun,1,2",
        settlements="A,gun,gun,2,2; A,gun,gun,4,2",
    )
    found = [
        (r.offer, r.to, r.given, r.due, r.back, r.quantity, r.wait, r.slack)
        for r in rt.measures(case, made).rows("replacements")
    ]
    assert found == [
        ("", "", None, 2, 2, 1, 2, 0),
        ("o1", "D", 1, 5, 2, 1, 1, 3),
        ("o1", "D", 1, 5, 4, 1, 3, 1),
        ("o2", "C", 3, 7, 4, 1, 1, 3),
        ("o2", "C", 3, 7, None, 1, 9, -5),
    ]


def test_what_is_due_after_the_plan_has_no_slack_yet() -> None:
    case = scenario(horizon=2, debts="A,gun,1,2026-01-01")
    found = rt.measures(case, plan(case))
    (row,) = found.rows("slack")
    assert (row.origin, row.within, row.units, row.waiting) == ("before", None, 1, 1)
    assert (row.least, row.mean, row.late, row.overdue) == (None, None, 0, 0)
    (deal,) = found.rows("deals")
    assert (deal.given, deal.before, deal.owed, deal.open, deal.wait_longest) == (0, 1, 1, 1, 2)
    assert (deal.pieces_per_unit, deal.ratio) == (None, None)


def test_a_gift_opens_a_window_that_nothing_closes() -> None:
    case = scenario(horizon=3, stocks="A,gun,2", offers="o1,A,gun,1,,,C")
    found = rt.measures(case, plan(case, dispatches="o1,A,C,gun,1,1"))
    (window,) = found.rows("windows")
    assert (window.state, window.due, window.closes, window.unit_periods) == ("gift", None, None, 2)
    (deal,) = found.rows("deals")
    assert (deal.ratio, deal.owed, deal.wait_mean, deal.wait_longest) == (None, 0, None, None)
    assert found.rows("slack") == ()
    assert {r.amount for r in found.rows("burden") if r.kind == "waiting"} == {0}


def test_a_replacement_in_the_month_of_the_hand_over_leaves_no_window() -> None:
    case = scenario(
        horizon=3,
        stocks="A,gun,1",
        floors="A,gun,2025-01-01,1",
        assurances="A,gun,0",
        offers="o1,A,gun,1,,,C",
    )
    made = plan(
        case,
        dispatches="o1,A,C,gun,1,1",
        orders="M,gun,A,1,1",
        settlements="A,gun,gun,1,1",
    )
    (window,) = rt.measures(case, made).rows("windows")
    assert (window.opens, window.closes, window.unit_periods, window.gap) == (1, 1, 0, 0)


def test_the_slots_of_a_whole_item_come_in_the_month_that_completes_it() -> None:
    """0.4 a month make one in months 2, 4, 7 and 9; the plan takes those of months 4 and 7."""
    case = scenario(
        horizon=12,
        items="gun,,,true",
        supply="M,gun,*,1; N,gun,*,1",
        production="M,gun,2025-01-01,0.4",
        stocks="A,gun,1",
    )
    found = rt.measures(case, plan(case, orders="M,gun,A,0,1,4; M,gun,A,1,1,7; N,gun,A,2,3"))
    slots = [(s.supplier, s.period, s.capacity, s.used, s.lost) for s in found.rows("slots")]
    assert slots == [
        ("M", 2, 1, 0, 1), ("M", 4, 1, 1, 0), ("M", 7, 1, 1, 0), ("M", 9, 1, 0, 1),
        ("N", 2, 0, 3, 0),
    ]  # fmt: skip
    sums = [(p.supplier, p.capacity, p.used, p.lost, p.share) for p in found.rows("production")]
    assert sums == [("M", 4, 2, 2, 0.5), ("N", 0, 3, 0, None)]


def test_the_latest_row_of_production_that_has_begun_counts() -> None:
    case = scenario(
        horizon=4,
        supply="M,gun,*,1",
        production="M,gun,2025-03-01,2; M,gun,2025-02-01,1.5",
        stocks="A,gun,1",
    )
    found = rt.measures(case, plan(case))
    assert [(s.period, s.capacity) for s in found.rows("slots")] == [(1, 1.5), (2, 2), (3, 2)]


def test_a_fund_that_ends_within_the_plan_loses_what_it_has_not_paid() -> None:
    """100 dollars at 0.9 are released in time, 50 after the last month."""
    case = scenario(
        horizon=4,
        fx={"USD": 0.9},
        funds="ends,A,USD,2025-03-31; lasts,A,USD,2025-05-31; stays,B",
        releases="ends,2025-01-01,100; lasts,2025-02-01,100; lasts,2025-05-01,50;"
        "stays,2025-01-01,10",
        stocks="A,gun,1",
    )
    made = plan(case, payments="ends,order,gun,A,1,30; stays,order,gun,A,1,10")
    found = [
        (f.fund, f.released, f.paid, f.lapsed, f.left)
        for f in rt.measures(case, made).rows("funds")
    ]
    assert found == [("ends", 90, 30, 60, 0), ("lasts", 90, 0, 0, 90), ("stays", 10, 10, 0, 0)]


# ---- values by basis


def values(*rows: tuple[str, str, str]) -> list[Value]:
    return [Value(item=i, basis=b, value=Decimal(v), currency="") for i, b, v in rows]


def test_one_plan_is_valued_by_each_basis_apart() -> None:
    rows = values(
        ("gun", "book", "10"), ("howitzer", "book", "0"),
        ("gun", "replacement", "150"), ("howitzer", "replacement", "90"),
    )  # fmt: skip
    found = rt.measures(CASE, MADE, rows)
    assert (found.bases, found.basis) == (("items", "book", "replacement"), "items")
    amounts = {
        (r.basis, r.party): r.amount for r in found.rows("burden") if r.kind == "value" and r.amount
    }
    assert amounts == {
        ("items", "A"): 400, ("items", "B"): 200, ("book", "A"): 40, ("book", "B"): 20,
        ("replacement", "A"): 600, ("replacement", "B"): 300,
    }  # fmt: skip
    assert found.rows("unvalued") == ()
    (one, _two) = rt.measures(CASE, MADE, rows, basis="book").rows("deals")
    assert (one.basis, one.value_given, one.value_received) == ("book", 40, 30)


def test_what_a_basis_does_not_value_is_counted_and_never_taken_for_nothing() -> None:
    """Guns alone have a market value: what comes back to A is not all valued, B's side is."""
    found = rt.measures(CASE, MADE, values(("gun", "market", "80")), basis="market")
    assert [(u.basis, u.item, u.handed, u.ordered) for u in found.rows("unvalued")] == [
        ("market", "howitzer", 0, 2)
    ]
    one, two = found.rows("deals")
    assert (one.value_given, one.value_received) == (320, None)
    assert (two.value_given, two.value_received) == (160, 240)
    found = rt.measures(CASE, MADE, values(("howitzer", "declared", "1")))
    rows = [r for r in found.rows("burden") if r.basis == "declared"]
    assert [(r.party, r.amount, r.unvalued, r.share) for r in rows] == [
        ("A", None, 4, None), ("B", None, 2, None), ("C", 0, 0, None),
    ]  # fmt: skip


def test_an_item_without_a_value_in_items_is_unvalued_there() -> None:
    case = scenario(horizon=3, stocks="A,gun,2", offers="o1,A,gun,1,,,C")
    found = rt.measures(case, plan(case, dispatches="o1,A,C,gun,1,1"))
    assert [(u.basis, u.item, u.handed) for u in found.rows("unvalued")] == [("items", "gun", 1)]
    assert found.rows("deals")[0].value_given is None


def test_a_value_in_another_currency_is_turned_into_the_reporting_one() -> None:
    case = scenario(
        horizon=3, fx={"USD": 0.5}, items="gun,,,,10,USD", stocks="A,gun,2", offers="o1,A,gun,1,,,C"
    )
    rows = [Value(item="gun", basis="book", value=Decimal(4), currency="USD")]
    found = rt.measures(case, plan(case, dispatches="o1,A,C,gun,1,2"), rows)
    amounts = [r.amount for r in found.rows("burden") if r.kind == "value" and r.party == "A"]
    assert amounts == [10, 4]


# ---- what cannot be measured


def test_a_plan_of_another_scenario_is_refused_in_one_line() -> None:
    other = replace(CASE, name="another")
    with pytest.raises(rt.InvalidPlan) as refused:
        rt.measures(other, MADE)
    assert str(refused.value) == (
        'plan.json: scenario: was made for "test" with other content than this scenario has'
        " (the hashes differ); plan this scenario again"
    )


def test_every_row_that_the_scenario_cannot_place_is_named() -> None:
    made = plan(
        CASE,
        dispatches="o1,A,CC,gun,0,4; o1,A,C,gun,0,1,40",
        payments="FAA,order,gnu,A,0,1",
    )
    with pytest.raises(rt.InvalidPlan) as refused:
        rt.measures(CASE, replace(made, scenario_hash=""))
    assert [str(problem) for problem in refused.value.problems] == [
        'dispatches.csv:2: to: "CC" is not in parties.csv of the scenario; did you mean "C"?',
        "dispatches.csv:3: arrives: period 40 is outside the plan, whose periods are 0 to 11",
        'payments.csv:2: item: "gnu" is not in items.csv of the scenario; did you mean "gun"?',
        'payments.csv:2: fund: "FAA" is not in funds.csv of the scenario; did you mean "FA"?',
    ]


@pytest.mark.parametrize(
    ("basis", "rows", "said"),
    [
        (
            "book", [],
            (
                "there is no table of values; write values.csv with the columns item, basis, value,"
                " currency, or leave the basis out"
            ),
        ),
        (
            "book", values(("gun", "market", "1"), ("gun", "declared", "1")),
            "no item has a book value; there are values by: market, declared",
        ),
        (
            "boook", values(("gun", "book", "1")),
            (
                '"boook" is not one of items, book, acquisition, replacement, market, declared;'
                ' did you mean "book"?'
            ),
        ),
    ],
)  # fmt: skip
def test_a_basis_by_which_nothing_is_valued_is_refused(
    basis: str, rows: list[Value], said: str
) -> None:
    with pytest.raises(rt.InvalidValues) as refused:
        rt.measures(CASE, MADE, rows, basis=basis)
    assert [problem.message for problem in refused.value.problems] == [said]


# ---- frames


def test_every_table_is_a_frame_with_the_columns_of_its_rows() -> None:
    for table, row_class in MEASURES.items():
        frame = FOUND.frame(table)
        assert frame.columns == [field.name for field in fields(row_class)]
        assert frame.height == len(FOUND.rows(table))
        assert getattr(FOUND, table).equals(frame)
    with pytest.raises(KeyError, match="no table 'deal' of measures; there are burden, unvalued"):
        FOUND.rows("deal")
