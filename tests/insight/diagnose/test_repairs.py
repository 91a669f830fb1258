"""Repairs: the least of each kind, against all others that the page lists, tried one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.diagnose.eases import Ease, apply_eases, eases_of
from ringtausch.insight.reluctance import Reluctance, ReluctanceRow
from ringtausch.planning.infeasible import has_plan_at_all
from ringtausch.planning.watch import Watch
from tests.builders import scenario
from tests.insight.diagnose.random_case import random_case

#: Of these seeds no scenario has a plan.
SEEDS = [0, 26, *(pytest.param(seed, marks=pytest.mark.long) for seed in (6, 11, 31, 43, 55, 57))]


def has_plan(case: rt.Scenario) -> bool:
    answer = has_plan_at_all(case, Watch())
    assert answer is not None
    return answer


def mends(case: rt.Scenario, eases: Iterable[Ease]) -> bool:
    """Tell whether there is a plan when cells give way as far as they can."""
    return has_plan(apply_eases(case, {ease: ease.most for ease in eases}))


def repair_of(found: rt.Diagnosis, kind: str) -> rt.Repair:
    return next(repair for repair in found.repairs if repair.kind == kind)


def extents_up_to(eases: list[Ease], total: Decimal) -> Iterator[dict[Ease, Decimal]]:
    """Spell out every way to give way by a total at most, in whole units or steps."""
    if not eases:
        yield {}
        return
    ease, others = eases[0], eases[1:]
    yield from extents_up_to(others, total)
    extent = ease.first or Decimal(1)
    while extent <= min(total, ease.most):
        for rest in extents_up_to(others, total - extent):
            yield {ease: extent, **rest}
        extent += ease.step or Decimal(1)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_fewer_rows_would_do(seed: int) -> None:
    case = random_case(seed)
    eases = eases_of(case)
    repair = repair_of(rt.diagnose(case), "fewest_rows")
    rows = {ease.row for ease in eases}
    for count in range(1, repair.rows):
        for chosen in combinations(sorted(rows), count):
            assert not mends(case, [ease for ease in eases if ease.row in chosen])
    assert has_plan(rt.edit(case, *repair.edits))
    assert repair.proved


@pytest.mark.parametrize("seed", SEEDS)
def test_no_smaller_amount_would_do(seed: int) -> None:
    case = random_case(seed)
    repair = repair_of(rt.diagnose(case), "least_amount")
    assert repair.amount is not None
    measured = [ease for ease in eases_of(case) if ease.kind != "switch"]
    less = Decimal(str(round(repair.amount, 6))) - Decimal("0.5")
    for extents in extents_up_to(measured, min(less, Decimal(2))):
        assert not has_plan(apply_eases(case, extents)), extents
    assert has_plan(rt.edit(case, *repair.edits))
    assert repair.proved


@pytest.mark.parametrize("seed", SEEDS)
def test_no_lesser_reluctance_would_do(seed: int) -> None:
    """Requirements weigh 3 a cell, offers 2, all else 1 but for consent, which weighs 1.5."""
    weights: dict[str, int | str] = {
        "needs": 3,
        "dues": 3,
        "floors": 3,
        "assurances": 3,
        "offers": 2,
        "lanes": "1.5",
    }
    table = Reluctance(
        tuple(ReluctanceRow(word=name, weight=Decimal(w)) for name, w in weights.items())
    )
    case = random_case(seed)
    eases = eases_of(case)
    repair = repair_of(rt.diagnose(case, reluctance=table), "least_reluctance")
    cost = {ease: float(table.weight(ease.table, None)) for ease in eases}
    for count in (1, 2):
        for chosen in combinations(eases, count):
            if sum(cost[ease] for ease in chosen) < repair.reluctance:
                assert not mends(case, chosen)
    assert has_plan(rt.edit(case, *repair.edits))
    assert repair.proved


def test_a_repair_says_what_changes_and_what_the_best_plan_is_then() -> None:
    """Two guns are asked for in January, A has one, and the other can come in March."""
    case = scenario(
        horizon=3,
        stocks="A,gun,1",
        offers="a,A,gun,1",
        lanes="A,C,gun",
        needs="n,C,gun,2,2025-01-01,,2,true",
        supply="S,gun,C",
        production="S,gun,2025-02-01,1",
    )
    found = rt.diagnose(case)
    amount = repair_of(found, "least_amount")
    assert amount.edits in {
        ("needs[need=n].due=2025-02-01",),
        ("production[supplier=S,item=gun,from=2025-02-01].from=2025-01-01",),
        ("offers[offer=a].quantity=2",),
    }
    assert (amount.rows, amount.amount, amount.reluctance) == (1, 1.0, 1.0)
    assert amount.objectives == {
        name: o.value for name, o in rt.plan(rt.edit(case, *amount.edits)).objectives.items()
    }
    dear = ReluctanceRow(word="production", weight=Decimal(5))
    least = rt.diagnose(case, reluctance=Reluctance((dear,)))
    (edit,) = repair_of(least, "least_reluctance").edits
    assert edit == "needs[need=n].due=2025-02-01"
    assert repair_of(least, "least_reluctance").sentence == (
        "One row changes: the need n of C is due on 2025-02-01 instead of 2025-01-01."
    )


def test_money_weighs_by_the_dearest_price() -> None:
    """Two guns at 100 and only 130 to pay them with: 70 more is 0.7, one gun less is 1."""
    case = scenario(
        parties="C",
        supply="S,gun,C,100",
        production="S,gun,2025-01-01,2",
        needs="n,C,gun,2,2025-01-01,,2,true",
        funds="f,C",
        releases="f,2025-01-01,130",
        items="gun,,,true",
    )
    amount = repair_of(rt.diagnose(case), "least_amount")
    assert amount.edits == ("releases[fund=f].amount=200",)
    assert amount.amount == pytest.approx(0.7)


def test_another_currency_is_brought_to_the_reporting_one() -> None:
    """The release is in dollars of half a euro each: 140 dollars are the 70 euros that are missing."""
    case = scenario(
        parties="C",
        fx={"USD": 0.5},
        supply="S,gun,C,100",
        production="S,gun,2025-01-01,2",
        needs="n,C,gun,2,2025-01-01,,2,true",
        funds="f,C,USD",
        releases="f,2025-01-01,260",
        items="gun,,,true",
    )
    amount = repair_of(rt.diagnose(case), "least_amount")
    assert amount.edits == ("releases[fund=f].amount=400",)
    assert amount.amount == pytest.approx(0.7)


def test_switches_are_used_where_no_amount_would_do() -> None:
    """Only an offer on its own terms mends it in one row, where giving up needs would take two."""
    case = scenario(
        horizon=2,
        stocks="A,gun,2",
        offers="a,A,gun,2,,,,,1",
        lanes="A,*,gun",
        needs="n,C,gun,1,2025-01-01,,,true; m,D,gun,1,2025-01-01,,,true",
    )
    fewest = repair_of(rt.diagnose(case), "fewest_rows")
    assert (fewest.edits, fewest.amount) == (("offers[offer=a].if_others=",), None)
    assert fewest.sentence == (
        "One row changes: A offers gun (a) whatever others give, instead of only if they give 1."
    )


def test_cells_of_one_row_change_one_after_the_other() -> None:
    """The key of a row may change too: what is written next names it by the new one."""
    case = scenario(
        parties="C; D",
        supply="S,gun,*",
        production="S,gun,2025-02-01,1",
        needs="n,C,gun,1,2025-01-01,,,true; m,D,gun,1,2025-01-01,,,true",
    )
    weights = (
        ReluctanceRow(word="needs", weight=Decimal(9)),
        ReluctanceRow(word="dues", weight=Decimal(9)),
    )
    repair = repair_of(rt.diagnose(case, reluctance=Reluctance(weights)), "least_reluctance")
    assert repair.edits == (
        "production[supplier=S,item=gun,from=2025-02-01].capacity=2",
        "production[supplier=S,item=gun,from=2025-02-01].from=2025-01-01",
    )
    assert (repair.rows, repair.amount, repair.reluctance) == (1, 2.0, 2.0)


def test_rows_of_one_table_without_a_key_are_told_apart() -> None:
    case = scenario(
        parties="C",
        items="gun",
        funds="f,C",
        releases="f,2025-02-01,1; f,2025-03-01,3; f,2025-03-01,3",
        dues="order,gun,C,2025-02-01,6",
    )
    weights = (ReluctanceRow(word="dues", weight=Decimal(9)),)
    repair = repair_of(rt.diagnose(case, reluctance=Reluctance(weights)), "least_reluctance")
    assert repair.reluctance == 1.0
    assert has_plan(rt.edit(case, *repair.edits))


@pytest.mark.parametrize(("arguments", "said"), [
    ({"time_limit": -1}, "time limit -1 is below 0"),
    ({"frozen": "2025-01-01"}, "frozen means nothing without a plan to keep"),
])  # fmt: skip
def test_arguments_that_mean_nothing_are_refused(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rt.diagnose(random_case(0), **arguments)
