"""Prices: what giving up a share of one objective buys in each later one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from tests.builders import scenario
from tests.independent.random_folder import write_random

#: C asks for ten tons a month earlier than the cheap lane brings them; B's lane costs 3 per ton.
TONS: dict[str, Any] = {
    "horizon": 3,
    "objectives": ["unmet_need", "spend"],
    "stocks": "A,ton,10; B,ton,10",
    "offers": "a,A,ton,10; b,B,ton,10",
    "lanes": "A,C,ton,2; B,C,ton,0,,3",
    "needs": "n,C,ton,10,2025-01-01",
    "funds": "f,C",
    "releases": "f,2025-01-01,100",
}


def test_giving_up_of_nothing_is_one_unit_period() -> None:
    """At best all ten come at once by B's lane, for 30. One ton-month unmet: half a ton less by it.

    Half a ton that comes by A's lane two months later is one ton-month of unmet need, and saves 1.5.
    """
    (price,) = rt.prices(scenario(**TONS)).rows
    assert (price.objective, price.allowed, price.edit) == (
        "unmet_need",
        1,
        "allowance.unmet_need=1",
    )
    assert price.used == pytest.approx(1)
    assert price.later["spend"] == pytest.approx(28.5)
    assert price.change["spend"] == pytest.approx(-1.5)


def test_a_share_is_that_of_the_best_value() -> None:
    """Without the money for more than two tons, eight come late: 16 ton-months. 10 % are 1.6.

    Then 0.8 tons less come by B's lane, which saves 2.4 of the 6 that are spent.
    """
    poor = scenario(**(TONS | {"releases": "f,2025-01-01,6"}))
    (price,) = rt.prices(poor, give_up=0.1).rows
    assert price.value == pytest.approx(16)
    assert price.edit == "tolerance.unmet_need=0.1"
    assert price.allowed == pytest.approx(1.6)
    assert price.used == pytest.approx(1.6)
    assert price.change == {"spend": pytest.approx(-2.4)}


def test_where_nothing_is_bought_nothing_is_used() -> None:
    free = scenario(**(TONS | {"lanes": "A,C,ton,2; B,C,ton,0"}))
    (price,) = rt.prices(free).rows
    assert (price.used, price.change) == (0, {"spend": 0})


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(rt.InvalidPrices) as refused:
        rt.prices(scenario(**TONS), give_up=0)
    assert str(refused.value) == (
        '--give-up: "0" is no share; write more than 0, such as 1% or 0.01'
    )


def test_prices_are_a_data_frame() -> None:
    frame = rt.prices(scenario(**TONS)).frame
    assert frame.row(0, named=True) == pytest.approx(
        {
            "given_up_of": "unmet_need",
            "allowed": 1.0,
            "used": 1.0,
            "objective": "spend",
            "before": 30.0,
            "after": 28.5,
            "change": -1.5,
        }
    )


@pytest.mark.parametrize("seed", [2, 4, 6])
def test_prices_are_those_of_plans_with_the_tolerance(tmp_path: Path, seed: int) -> None:
    sc = rt.read(write_random(tmp_path / "scenario", seed, "micro", whole=seed % 4 == 0))
    try:
        found = rt.prices(sc, give_up=0.2)
    except rt.Infeasible:
        pytest.skip("no plan")
    assert [row.objective for row in found.rows] == list(sc.objectives[:-1])
    for row in found.rows:
        plan = rt.plan(rt.edit(sc, row.edit))
        # the first later objective is unique, unless one between may give something up as well
        later = next(iter(row.later))
        stated = plan.objectives[later]
        if later not in {*sc.tolerance, *sc.allowance}:
            assert row.later[later] == pytest.approx(stated.value, rel=1e-5, abs=1e-5)
