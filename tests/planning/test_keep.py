"""Keeping an earlier plan: the best plans' least change, and what is agreed before a date."""

from __future__ import annotations

import itertools
from datetime import date
from statistics import median_low
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.planning.cannot_keep import CannotKeep
from ringtausch.records.edits import edit_scenario
from tests.builders import edited, plan, scenario

TWO_DONORS = {
    "start": "2025-01-01",
    "horizon": 3,
    "stocks": "A,gun,2; B,gun,2",
    "items": "gun,,,true",
    "offers": "a,A,gun,2; b,B,gun,2",
    "lanes": "*,C,*",
    "needs": "n,C,gun,2,2025-02-01",
}


def moved(found: rt.Plan, table: str = "dispatches") -> list[tuple[Any, ...]]:
    """Say what is handed over or ordered, by whom, when, how much."""
    return [
        (row.offer if table == "dispatches" else row.supplier, row.period, row.quantity)
        for row in found.rows(table)
    ]


@pytest.mark.parametrize("donor", ["a,A", "b,B"])
def test_of_equally_good_plans_the_agreed_one_is_chosen(donor: str) -> None:
    """A or B gives both guns: no aim cares who does."""
    sc = scenario(**TWO_DONORS)
    old = plan(sc, dispatches=f"{donor},C,gun,1,2", fulfilments="n,gun,1,2")
    kept = rt.plan(sc, keep=old)
    assert moved(kept) == [(donor[0], 1, 2.0)]
    assert kept.status == "optimal"


def test_nothing_changes_where_the_scenario_is_the_same() -> None:
    """Two donors, an order, two funds that may both pay: all five tables stay as they are."""
    sc = scenario(
        **TWO_DONORS | {"needs": "n,C,gun,3,2025-02-01", "stocks": "A,gun,1; B,gun,1"},
        supply="S,gun,C,5",
        production="S,gun,2025-02-01,1",
        funds="f,A; g,B",
        releases="f,2025-01-01,10; g,2025-01-01,10",
        assurances="A,gun,2; B,gun,2",
        settlement=2,
    )
    old = rt.plan(sc)
    for other in (old, rt.plan(sc, keep=old), rt.plan(sc, keep=old, frozen=date(2025, 2, 1))):
        assert {name: other.rows(name) for name in other.tables} == old.tables


def test_no_aim_is_worse_for_the_sake_of_what_is_agreed() -> None:
    """Agreed was March, a month after the need is due: it is met in time all the same."""
    sc = scenario(**TWO_DONORS)
    old = plan(sc, dispatches="a,A,C,gun,2,2", fulfilments="n,gun,2,2")
    kept = rt.plan(sc, keep=old)
    best = rt.plan(sc)
    assert {n: o.value for n, o in kept.objectives.items()} == {
        n: o.value for n, o in best.objectives.items()
    }
    assert sum(quantity for _, period, quantity in moved(kept) if period <= 1) == 2


def test_an_order_is_kept_rather_than_a_hand_over() -> None:
    """One gun less is needed: an order is signed by a maker too, and weighs twice."""
    sc = scenario(
        stocks="A,gun,1", items="gun,,,true", offers="a,A,gun,1", lanes="A,C,gun",
        supply="S,gun,C", production="S,gun,2025-01-01,1", needs="n,C,gun,1,2025-02-01",
        objectives=["unmet_need", "moved_value"],
    )  # fmt: skip
    old = plan(sc, dispatches="a,A,C,gun,0,1", orders="S,gun,C,0,1", fulfilments="n,gun,0,2")
    kept = rt.plan(sc, keep=old)
    assert (moved(kept), moved(kept, "orders")) == ([], [("S", 0, 1.0)])


def test_what_is_further_off_is_given_up_first() -> None:
    """One of two hand-overs, in January and in December, is not needed any more."""
    sc = scenario(
        stocks="A,gun,2", items="gun,,,true", offers="a,A,gun,2", lanes="A,C,gun",
        needs="n,C,gun,1,2025-12-01", objectives=["unmet_need", "moved_value"],
    )  # fmt: skip
    old = plan(sc, dispatches="a,A,C,gun,0,1; a,A,C,gun,11,1", fulfilments="n,gun,0,1")
    assert moved(rt.plan(sc, keep=old)) == [("a", 0, 1.0)]


def test_the_fund_that_was_to_pay_pays() -> None:
    """Either fund may pay for the order: the one that agreed to does."""
    tables = {
        "supply": "S,gun,C,5", "production": "S,gun,2025-01-01,1", "items": "gun,,,true",
        "needs": "n,C,gun,1,2025-01-01", "funds": "f,A; g,B",
        "releases": "f,2025-01-01,10; g,2025-01-01,10",
    }  # fmt: skip
    sc = scenario(**tables)
    for fund in ("f", "g"):
        old = plan(
            sc, orders="S,gun,C,0,1", fulfilments="n,gun,0,1", payments=f"{fund},order,gun,C,0,5"
        )
        for day in (None, date(2025, 3, 1)):
            kept = rt.plan(sc, keep=old, frozen=day)
            assert [(p.fund, p.amount) for p in kept.rows("payments")] == [(fund, 5.0)]


def test_a_fund_pays_its_share_where_a_price_has_changed() -> None:
    """Agreed were 4 from f and 1 from g; the gun costs 10 now: 8 and 2."""
    sc = scenario(
        supply="S,gun,C,10", production="S,gun,2025-01-01,1", items="gun,,,true",
        needs="n,C,gun,1,2025-01-01", funds="f,A; g,B",
        releases="f,2025-01-01,10; g,2025-01-01,10",
    )  # fmt: skip
    old = plan(
        sc,
        orders="S,gun,C,0,1",
        fulfilments="n,gun,0,1",
        payments="f,order,gun,C,0,4; g,order,gun,C,0,1",
    )
    kept = rt.plan(sc, keep=old, frozen=date(2025, 2, 1))
    assert [(p.fund, p.amount) for p in kept.rows("payments")] == [("f", 8.0), ("g", 2.0)]


def test_before_the_date_every_row_stays_and_none_is_added() -> None:
    """Agreed: one gun in January, one in March; from February on all could be better."""
    sc = scenario(**TWO_DONORS | {"horizon": 6, "needs": "n,C,gun,4,2025-01-01"})
    old = plan(sc, dispatches="a,A,C,gun,0,1; b,B,C,gun,2,1", fulfilments="n,gun,0,1; n,gun,2,1")
    kept = rt.plan(sc, keep=old, frozen=date(2025, 2, 14))
    assert moved(kept) == [("a", 0, 1.0), ("a", 1, 1.0), ("b", 1, 2.0)]
    assert [(z.period, z.quantity) for z in kept.rows("fulfilments")] == [(0, 1.0), (1, 3.0)]
    assert rt.verify(sc, kept).ok
    later = rt.plan(sc, keep=old, frozen=date(2025, 3, 1))
    assert moved(later) == [("a", 0, 1.0), ("a", 2, 1.0), ("b", 2, 2.0)]


def test_periods_are_matched_by_their_dates() -> None:
    """The scenario begins two months later than the one that the plan was made for."""
    before = scenario(**TWO_DONORS | {"horizon": 6})
    after = scenario(**TWO_DONORS | {"start": "2025-03-01", "needs": "n,C,gun,2,2025-05-01"})
    old = plan(before, dispatches="b,B,C,gun,0,1; b,B,C,gun,4,2", fulfilments="n,gun,4,2")
    assert moved(rt.plan(after, keep=old)) == [("b", 2, 2.0)]


@pytest.mark.parametrize(
    ("edit", "row"),
    [
        ("lanes[from=*].until=2024-12-31", "the lane from A to C for gun is closed since 2024-12-31"),
        ("lanes[from=*].opens=2025-02-01", "the lane from A to C for gun opens on 2025-02-01 only"),
        ("lanes[from=*].opens=never", "the lane from A to C for gun is refused"),
        ("lanes[from=*].capacity=1", "the lane from A to C for gun carries 1 per period only"),
        ("offers[offer=a].quantity=1", "the offer a is of 1 only"),
        ("offers[offer=a].to=B", "the offer a is now for B alone"),
        ("offers[offer=a].from=2025-03-01", "the offer a opens on 2025-03-01 only"),
        ("offers[offer=a].party=B", "the offer a is now of B and of gun"),
        ("-offers[offer=a]", "there is no offer a any more"),
        ("-lanes[from=*]", "there is no lane from A to C for gun any more"),
        ("-needs[need=n]", ""),
    ],
)  # fmt: skip
def test_what_can_no_longer_be_kept_is_told_with_its_row(edit: str, row: str) -> None:
    """Agreed: A gives two guns in January, frozen until February."""
    sc = scenario(**TWO_DONORS)
    old = plan(sc, dispatches="a,A,C,gun,0,2", fulfilments="n,gun,0,2")
    now = edit_scenario(sc, [edit])
    with pytest.raises(CannotKeep) as cannot:
        rt.plan(now, keep=old, frozen=date(2025, 2, 1))
    first = "dispatches.csv:2: the agreed plan has A hand over 2 gun (a) to C on 2025-01-01; " + row
    if not row:
        first = (
            "fulfilments.csv:2: the agreed plan has 2 gun serve the need n on 2025-01-01;"
            " there is no need n any more"
        )
    assert str(cannot.value).splitlines()[:2] == ["what is agreed cannot be kept:", "  " + first]
    assert moved(rt.plan(now, keep=old)) is not None  # without a date nothing must stay


def test_rows_that_can_stay_alone_but_not_together_are_both_told() -> None:
    """Agreed: A gives one gun in January and one in February; it offers one only now."""
    sc = scenario(**TWO_DONORS)
    old = plan(
        sc,
        dispatches="a,A,C,gun,0,1; b,B,C,gun,0,1; a,A,C,gun,1,1",
        fulfilments="n,gun,0,1; n,gun,1,1",
    )
    now = edit_scenario(sc, ["offers[offer=a].quantity=1"])
    with pytest.raises(CannotKeep) as cannot:
        rt.plan(now, keep=old, frozen=date(2025, 3, 1))
    assert cannot.value.irreducible
    assert [row.sentence for row in cannot.value.rows] == [
        "dispatches.csv:2: the agreed plan has A hand over 1 gun (a) to C on 2025-01-01",
        "dispatches.csv:4: the agreed plan has A hand over 1 gun (a) to C on 2025-02-01",
        "offers.csv:2: A offers 1 gun (a) from the start until the end",
    ]


def test_a_hard_need_before_the_date_wants_what_is_not_agreed() -> None:
    """Nothing is agreed for January, and the need is hard from January on."""
    sc = scenario(**TWO_DONORS | {"needs": "n,C,gun,2,2025-01-01,,,true"})
    old = plan(sc, dispatches="a,A,C,gun,1,2", fulfilments="n,gun,1,2")
    with pytest.raises(CannotKeep) as cannot:
        rt.plan(sc, keep=old, frozen=date(2025, 2, 1))
    assert [row.sentence for row in cannot.value.rows] == [
        "nothing that is not agreed is handed over, ordered or counted before 2025-02-01",
        "needs.csv:2: the need n of C for 2 gun must be met from 2025-01-01 on",
    ]


def test_a_payment_whose_fund_is_late_is_told() -> None:
    """Agreed: f pays 5 in January; its money comes in March now. Then g could pay, and did not."""
    tables = {
        "supply": "S,gun,C,5", "production": "S,gun,2025-01-01,1", "items": "gun,,,true",
        "needs": "n,C,gun,1,2025-01-01",
    }  # fmt: skip
    made: dict[str, Any] = {
        "orders": "S,gun,C,0,1",
        "payments": "f,order,gun,C,0,5",
        "fulfilments": "n,gun,0,1",
    }
    alone = scenario(**tables, funds="f,A", releases="f,2025-03-01,10")
    with pytest.raises(CannotKeep) as cannot:
        rt.plan(alone, keep=plan(alone, **made), frozen=date(2025, 2, 1))
    assert [row.sentence for row in cannot.value.rows] == [
        "orders.csv:2: the agreed plan has C order 1 gun from S on 2025-01-01",
        "supply.csv:2: C may order gun from S: lead 0, price 5 , from the start until the end",
        "releases.csv:2: f gets 10 on 2025-03-01",
    ]
    both = scenario(**tables, funds="f,A; g,B", releases="f,2025-03-01,10; g,2025-01-01,10")
    with pytest.raises(CannotKeep) as cannot:
        rt.plan(both, keep=plan(both, **made), frozen=date(2025, 2, 1))
    assert [row.sentence for row in cannot.value.rows] == [
        "payments.csv:2: the agreed plan has f pay 5 for order of gun to C on 2025-01-01",
        "supply.csv:2: C may order gun from S: lead 0, price 5 , from the start until the end",
        "releases.csv:2: f gets 10 on 2025-03-01",
    ]


def test_a_scenario_without_any_plan_says_so_itself() -> None:
    """A hard need that nobody can meet: what is agreed has nothing to do with it."""
    sc = scenario(**TWO_DONORS | {"needs": "n,C,gun,9,2025-01-01,,,true"})
    old = plan(sc, dispatches="a,A,C,gun,1,2")
    for day in (None, date(2025, 2, 1)):
        with pytest.raises(rt.Infeasible) as infeasible:
            rt.plan(sc, keep=old, frozen=day)
        assert not isinstance(infeasible.value, CannotKeep)


def test_a_plan_of_another_scenario_is_refused() -> None:
    """Names tell scenarios apart."""
    sc = scenario(**TWO_DONORS)
    other = plan(scenario(**TWO_DONORS, name="other"), dispatches="a,A,C,gun,1,2")
    with pytest.raises(rt.InvalidPlan) as invalid:
        rt.plan(sc, keep=other)
    assert str(invalid.value) == (
        'plan.json: scenario: this plan is of "other"; the scenario here is "test"'
    )


def test_dates_that_do_not_fit_their_periods_are_refused() -> None:
    """A row was moved by hand, its date was not."""
    sc = scenario(**TWO_DONORS)
    old = plan(sc, dispatches="a,A,C,gun,0,1; a,A,C,gun,1,1; b,B,C,gun,1,1")
    with pytest.raises(rt.InvalidPlan) as invalid:
        rt.plan(sc, keep=edited(old, "dispatches", 2, period=2))
    assert str(invalid.value) == (
        "dispatches.csv:2: date: 2025-01-01 does not lie in period 2, which begins on 2025-03-01"
    )


def test_a_plan_in_other_periods_is_refused_in_a_line() -> None:
    """The plan counts in weeks, the scenario in months."""
    weekly = scenario(**TWO_DONORS | {"horizon": 12}, period="week")
    old = plan(weekly, dispatches="a,A,C,gun,1,1; a,A,C,gun,5,1; b,B,C,gun,9,1")
    with pytest.raises(rt.InvalidPlan) as invalid:
        rt.plan(scenario(**TWO_DONORS), keep=old)
    assert str(invalid.value) == (
        "plan.json: its dates do not fit the periods of the scenario, of which each is a month"
    )


def test_rows_about_parties_and_items_that_are_gone_are_changes() -> None:
    """B has left, with its offer and its fund: what it was to do is given up."""
    before = scenario(
        **TWO_DONORS | {"stocks": "A,gun,1; B,gun,1"},
        supply="S,gun,C,5", production="S,gun,2025-01-01,1",
        funds="f,B; g,A", releases="f,2025-01-01,5; g,2025-01-01,5",
    )  # fmt: skip
    old = plan(
        before,
        dispatches="b,B,C,gun,1,1",
        orders="S,gun,C,0,1",
        fulfilments="n,gun,0,1; n,gun,1,1",
        payments="f,order,gun,C,0,5",
    )
    now = edit_scenario(
        before,
        ["-offers[offer=b]", "-releases[fund=f]", "-funds[fund=f]", "-stocks[party=B]",
         "-parties[party=B]"],
    )  # fmt: skip
    kept = rt.plan(now, keep=old)
    assert (moved(kept), moved(kept, "orders")) == ([("a", 1, 1.0)], [("S", 0, 1.0)])
    assert [(p.fund, p.amount) for p in kept.rows("payments")] == [("g", 5.0)]
    with pytest.raises(CannotKeep) as cannot:
        rt.plan(now, keep=old, frozen=date(2025, 3, 1))
    assert [row.sentence.partition("; ")[2] for row in cannot.value.rows] == [
        "there is no offer b any more"
    ]


def test_a_date_without_a_plan_to_keep_means_nothing() -> None:
    """`frozen` alone is a mistake of the caller's."""
    with pytest.raises(ValueError, match="without a plan to keep"):
        rt.plan(scenario(**TWO_DONORS), frozen=date(2025, 2, 1))


OLD_PLANS = [
    "a,A,C,gun,0,2",
    "a,A,C,gun,0,1; b,B,C,gun,1,1",
    "b,B,C,gun,2,2",
    "a,A,C,gun,1,1; a,A,C,gun,2,1; b,B,C,gun,2,1",
    "a,A,C,gun,0,2; b,B,C,gun,0,2",
]
EDITS = [
    [],
    ["offers[offer=a].quantity=1"],
    ["offers[offer=a].from=2025-02-01", "offers[offer=b].quantity=1"],
    ["lanes[from=*].capacity=1"],
    ["needs[need=n].quantity=3"],
]


@pytest.mark.parametrize("old_rows", OLD_PLANS)
@pytest.mark.parametrize("edits", EDITS, ids=" ".join)
def test_the_change_is_the_least_of_all_best_plans(old_rows: str, edits: list[str]) -> None:
    """Two donors, three months, whole guns: all plans are tried."""
    before = scenario(**TWO_DONORS, objectives=["unmet_need"])
    old = plan(before, dispatches=old_rows)
    now = edit_scenario(before, edits)
    kept = rt.plan(now, keep=old)
    assert weighed(kept, old) == pytest.approx(least_change(now, old), abs=1e-9)
    assert kept.objectives["unmet_need"].value == rt.plan(now).objectives["unmet_need"].value


def quantities(of: rt.Plan) -> dict[tuple[str, int], float]:
    """Add up what each offer gives in each period."""
    return {(r.offer, r.period): r.quantity for r in of.rows("dispatches")}


def weighed(new: rt.Plan, old: rt.Plan) -> float:
    """Weigh the change as the page says: firmness 1 / (1 + years), typical quantity in the middle."""
    return distance(quantities(new), quantities(old))


def distance(new: dict[tuple[str, int], float], old: dict[tuple[str, int], float]) -> float:
    """Σ |now - then| / (1 + years) / typical."""
    typical = median_low(list(old.values()))
    return sum(
        abs(new.get(key, 0) - old.get(key, 0)) / (1 + key[1] / 12) / typical for key in {*new, *old}
    )


def least_change(now: rt.Scenario, old: rt.Plan) -> float:
    """Try all plans of two offers to one party in three months; keep the best, then the nearest."""
    places = [(offer.offer, t) for offer in now.offers for t in range(3)]
    first = {o.offer: 0 if o.from_ is None else now.calendar.index(o.from_) for o in now.offers}
    capacity = now.lanes[0].capacity
    best: list[tuple[float, float]] = []
    for amounts in itertools.product(range(3), repeat=len(places)):
        given = dict(zip(places, amounts, strict=True))
        fits = all(
            sum(given[o.offer, t] for t in range(3)) <= o.quantity for o in now.offers
        ) and all(t >= first[name] or not n for (name, t), n in given.items())
        if capacity is not None:  # of the lane of each donor
            fits = fits and all(n <= capacity for n in given.values())
        if fits:
            unmet = sum(
                max(
                    0.0,
                    float(now.needs[0].quantity) - sum(n for (_, s), n in given.items() if s <= t),
                )
                for t in (1, 2)
            )
            best.append((unmet, distance({k: float(n) for k, n in given.items()}, quantities(old))))
    return min(best)[1]
