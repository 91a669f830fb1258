"""Generated scenarios: the same for a seed, with rows everywhere, and always a plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.records import inspect_scenario
from ringtausch.records.generate.dice import Dice
from ringtausch.records.tables import TABLES

#: Parties, items and periods, from the least that there can be.
SIZES = [(3, 1, 6), (3, 2, 7), (4, 3, 9), (5, 4, 12), (9, 7, 18)]


def generate(size: tuple[int, int, int], **more: float) -> rt.Scenario:
    parties, items, periods = size
    seed = int(more.pop("seed", 1))
    return rt.generate(parties=parties, items=items, periods=periods, seed=seed, **more)


# ---- the same for a seed


def test_a_seed_gives_the_same_scenario_on_every_machine() -> None:
    """A hash that changes here changes every benchmark: say so in the changelog."""
    hashes = {
        "no choice": rt.generate().content_hash,
        "small": generate((5, 3, 12), seed=7, whole=1).content_hash,
    }
    assert hashes == {
        "no choice": "5876ba122629e5e8f36a7485174199d1d9d6dde2e24c932b01a273e887387e69",
        "small": "1545440f35eecdf02c73032b381b1f752eeed7d1524e2801f43a66ef89c3328f",
    }


def test_another_seed_gives_another_scenario() -> None:
    scenarios = [generate((5, 3, 12), seed=seed) for seed in range(1, 11)]
    assert len({scenario.content_hash for scenario in scenarios}) == 10


def test_the_dice_fall_as_random_promises_for_every_version() -> None:
    """`Random(seed).random()` is the one method that Python keeps as it is."""
    dice = Dice(20)
    drawn = (dice.whole(1, 100), dice.amount("0.5", "2.0"), dice.shuffled("abcde"), dice.chance(50))
    assert drawn == (91, Decimal("1.5"), ["d", "e", "a", "c", "b"], False)


# ---- valid, whole, and never warned of


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_every_table_has_rows_and_nothing_is_warned_of(
    size: tuple[int, int, int], tmp_path: Path
) -> None:
    for seed, whole in product((1, 2, 3), (0, 0.3, 1)):
        scenario = generate(size, seed=seed, whole=whole)
        rt.write(scenario, tmp_path, force=True)
        reading = inspect_scenario(tmp_path)
        assert [str(problem) for problem in reading.problems] == []
        assert [table for table in TABLES if not scenario.rows(table)] == []
        assert reading.scenario is not None
        assert reading.scenario.content_hash == scenario.content_hash


@pytest.mark.parametrize(("whole", "indivisible"), [(0, 0), (0.3, 3), (0.5, 5), (1, 10)])
def test_the_share_of_whole_items_is_kept(whole: float, indivisible: int) -> None:
    scenario = generate((4, 10, 8), whole=whole)
    assert sum(item.indivisible for item in scenario.items) == indivisible


def test_periods_count_horizon_and_settlement_together() -> None:
    sizes = [(s.horizon, s.settlement) for s in (generate((3, 1, n)) for n in (6, 12, 24, 60))]
    assert sizes == [(3, 3), (8, 4), (17, 7), (42, 18)]


# ---- what is refused


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"parties": 2}, "parties is 2"),
        ({"items": 0}, "items is 0"),
        ({"periods": 5}, "periods is 5"),
    ],
    ids=["parties", "items", "periods"],
)
def test_too_small_a_size_is_refused_with_the_least(asked: dict[str, int], said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        rt.generate(**asked)
    assert str(refused.value) == (
        f"{said}; a generated scenario has at least 3 parties, 1 item and 6 periods"
        " (horizon and settlement together)"
    )


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_a_share_beyond_all_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="a share lies between 0 and 1"):
        rt.generate(whole=share)


# ---- worth planning


@pytest.mark.parametrize("seed", [1, 2, 8, 10])
def test_at_least_four_objectives_are_above_zero_in_the_best_plan(seed: int) -> None:
    """Funds, floors, production and deadlines bind: not everything can be had at once."""
    assert len(above_zero(generate((5, 3, 12), seed=seed))) >= 4


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 11))
@pytest.mark.parametrize("whole", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("size", [(5, 3, 12), (8, 6, 24)], ids=["5x3x12", "8x6x24"])
def test_every_seed_makes_a_scenario_worth_planning(
    size: tuple[int, int, int], whole: float, seed: int
) -> None:
    assert len(above_zero(generate(size, seed=seed, whole=whole))) >= 4


def above_zero(scenario: rt.Scenario) -> list[str]:
    """Plan and prove; name the objectives that cannot be 0."""
    plan = rt.plan(scenario, time_limit=300)
    assert rt.verify(scenario, plan).ok
    bounds = {name: objective.bound or 0.0 for name, objective in plan.objectives.items()}
    if plan.status == "optimal":
        bounds = {name: objective.value for name, objective in plan.objectives.items()}
    return [name for name, bound in bounds.items() if bound > 1e-3]


def test_money_and_production_are_scarce() -> None:
    """Twice the money or twice the production: more can be met, sooner."""
    scenario = generate((5, 3, 12), whole=0)
    richer = scenario.with_rows(releases=twice(scenario.releases, "amount"))
    quicker = scenario.with_rows(production=twice(scenario.production, "capacity"))
    late = {
        name: rt.plan(s, objectives=("unmet_need", "late_replacement"))
        .objectives["late_replacement"]
        .value
        for name, s in (("as it is", scenario), ("richer", richer), ("quicker", quicker))
    }
    assert late["richer"] < late["as it is"]
    assert late["quicker"] < late["as it is"]


def twice(rows: tuple[Any, ...], column: str) -> tuple[Any, ...]:
    return tuple(replace(row, **{column: 2 * getattr(row, column)}) for row in rows)


# ---- the large size


def test_the_large_size_has_the_rows_that_benchmarks_are_made_for() -> None:
    from ringtausch.planning.facts import gather_facts
    from ringtausch.planning.model import build_model

    scenario = generate((30, 50, 60))
    model = build_model(gather_facts(scenario), scenario.objectives)
    assert 30_000 <= len(model.matrix.lower) <= 250_000
