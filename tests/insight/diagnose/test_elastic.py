"""The elastic model says of every choice of changes what planning the changed scenario says."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import ringtausch as rt
from ringtausch.insight.diagnose.eases import Ease, apply_eases, eases_of
from ringtausch.insight.diagnose.elastic import _Elastic, _opened
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.infeasible import has_plan_at_all
from ringtausch.planning.model import build_model
from ringtausch.planning.watch import Watch
from tests.independent.random_folder import write_random

SEEDS = [3, 8, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(20, 60))]


def some_extents(eases: list[Ease], dice: random.Random) -> dict[Ease, Decimal]:
    """Draw which cells give way, and how far."""
    share = dice.choice([0.2, 0.5, 0.8])
    extents = {}
    for ease in eases:
        if dice.random() > share:
            continue
        if ease.kind == "periods":
            extent = Decimal(dice.randint(1, 5))
        elif ease.step:
            extent = ease.first + ease.step * dice.randint(0, 2)
        else:
            extent = Decimal(dice.choice(["0.5", "1", "2", "5"]))
            extent *= 50 if ease.kind == "money" else 1
        extents[ease] = min(extent, ease.most)
    return extents


@pytest.mark.parametrize("seed", SEEDS)
def test_fixed_extents_have_a_plan_just_where_the_changed_scenario_has_one(
    seed: int, tmp_path: Path
) -> None:
    """Needs and assurances are made hard by chance; each scenario is tried with several changes."""
    dice = random.Random(seed)
    case = rt.read(write_random(tmp_path / "random", seed))
    case = case.with_rows(
        needs=tuple(replace(row, hard=dice.random() < 0.7) for row in case.needs),
        assurances=tuple(replace(row, hard=dice.random() < 0.7) for row in case.assurances),
    )
    eases = [ease for ease in eases_of(case) if ease.kind != "switch"]
    model = build_model(gather_facts(_opened(case, eases)), ())
    for _ in range(3):
        extents = some_extents(eases, dice)
        elastic = _Elastic(case, model, eases, Watch())
        for ease in eases:
            of, extent = elastic.elastic.extents[ease], float(extents.get(ease, 0))
            elastic.elastic.at_most(of.times(1.0), extent)
            elastic.elastic.at_most(of.times(-1.0), -extent)
        found = elastic.minimise(np.zeros(elastic.elastic.count))
        changed = has_plan_at_all(apply_eases(case, extents), Watch())
        assert (found.columns is not None) == changed, extents
