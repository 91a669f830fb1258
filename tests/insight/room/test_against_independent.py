"""Room held against a program that shares no code, and against itself where it must not shrink."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import ringtausch as rt
from tests.independent.folder import Folder
from tests.independent.goods import (
    Sheet,
    rule_1_stock,
    rule_2_willingness,
    rule_3_consent,
    rule_4_production,
    rule_5_designation,
)
from tests.independent.linear import Linear, power_of_ten, total
from tests.independent.money import Money, rules_10_and_11_money
from tests.independent.objectives import expressions
from tests.independent.promises import (
    Consequences,
    no_new_debts_in_the_settlement,
    rule_6_debt,
    rule_7_assurance,
    rule_8_floor,
    rule_9_need,
    rule_12_security,
    rule_13_no_circles,
)
from tests.independent.random_folder import write_random

SHORT = [(1, 0.0), (2, 0.05), (3, 0.2), (5, 0.0), (8, 0.5), (13, 0.1)]
LONG = [(seed, near) for seed in range(100, 130) for near in (0.0, 0.02, 0.3)]


def least(path: Path, limits: dict[str, float], wanted: str, party: str, sign: int) -> float:
    """Find the least (sign 1) or the most (sign -1) of a quantity by the plain model."""
    folder = Folder(path)
    sheet, state = Sheet(folder), Consequences()
    for rule in (rule_1_stock, rule_2_willingness, rule_3_consent, rule_4_production,
                 rule_5_designation, no_new_debts_in_the_settlement):  # fmt: skip
        rule(sheet)
    for promise in (rule_6_debt, rule_7_assurance, rule_8_floor, rule_9_need):
        promise(sheet, state)
    money = rules_10_and_11_money(sheet)
    rule_12_security(sheet, state)
    rule_13_no_circles(sheet)
    for name, objective in expressions(sheet, state, money).items():
        if name in limits and objective.terms:
            scale = 1 / power_of_ten(objective.terms.values())
            cap = Fraction(limits[name] + 1e-7 * max(1.0, abs(limits[name])))
            sheet.model.at_most(scale * objective, scale * cap)
    answer = sheet.model.minimise(sign * quantity(sheet, state, money, wanted, party), 60)
    assert answer.status == "optimal"
    return sign * answer.value


def quantity(sheet: Sheet, state: Consequences, money: Money, wanted: str, party: str) -> Linear:
    """Write what a party gives of an item, waits or pays as the plain model knows it."""
    if wanted == "wait":
        return total(debt for (who, _item, _t), debt in state.debt.items() if who == party)
    if wanted == "pay":
        owner = {row["fund"]: row["party"] for row in sheet.folder.tables["funds"]}
        paid = (m for (fund, _charge, _t), m in money.payments.items() if owner[fund] == party)
        return money.unit * total(paid)
    offers = sheet.offers
    return total(
        units
        for (name, _receiver, _t), units in sheet.x.items()
        if (offers[name]["party"], offers[name]["item"]) == (party, wanted)
    )


def agree(path: Path, near: float) -> None:
    """Hold every range of a folder against the plain model."""
    scenario = rt.read(path)
    try:
        found = rt.room(scenario, near=near, plans=1)
    except rt.Infeasible:
        return
    limits = {name: limit.most for name, limit in found.limits.items()}
    assert found.proved
    for one, in_plan in zip(found.ranges, found.in_plan, strict=True):
        if one.kind == "give" and not one.item:
            continue
        wanted = one.item or one.kind
        theirs = [least(path, limits, wanted, one.party, sign) for sign in (1, -1)]
        assert [one.least, one.most] == pytest.approx(theirs, rel=1e-4, abs=1e-4), one
        assert one.least - 1e-6 <= in_plan <= one.most + 1e-6
    for other in found.plans:
        assert rt.verify(scenario, other.plan).ok
        for name, limit in limits.items():
            assert other.plan.objectives[name].value <= limit + 2e-6 * max(1.0, abs(limit))


@pytest.mark.parametrize(("seed", "near"), SHORT)
def test_ranges_are_those_of_the_plain_model(tmp_path: Path, seed: int, near: float) -> None:
    agree(write_random(tmp_path / "scenario", seed, "micro", whole=seed % 2 == 0), near)


@pytest.mark.long
@pytest.mark.parametrize(("seed", "near"), LONG)
def test_many_ranges_are_those_of_the_plain_model(tmp_path: Path, seed: int, near: float) -> None:
    agree(write_random(tmp_path / "scenario", seed, "tiny", whole=seed % 2 == 0), near)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_nearer_to_the_best_there_is_never_more_room(tmp_path: Path, seed: int) -> None:
    scenario = rt.read(write_random(tmp_path / "scenario", seed, "micro"))
    try:
        rooms = [rt.room(scenario, near=near, plans=0) for near in (0, 0.05, 0.5)]
    except rt.Infeasible:
        pytest.skip("no plan")
    for narrow, wide in pairwise(rooms):
        for inner, outer in zip(narrow.ranges, wide.ranges, strict=True):
            slack = 1e-5 * max(1.0, abs(outer.most))
            assert outer.least <= inner.least + slack
            assert outer.most >= inner.most - slack
