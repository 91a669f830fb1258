"""The objectives in their order by families: held against the exact solve, and by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ringtausch as rt
from ringtausch.planning.circles import find_circles
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.families.crews import Crew
from ringtausch.planning.families.in_order import _plan_at_prices, solve_in_families
from ringtausch.planning.families.turns import Turn
from ringtausch.planning.lexicographic import solve_in_order
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.planner import make_plan
from ringtausch.planning.reductions import tightened
from ringtausch.planning.solver import LinearProblem, SolverOptions, violation
from ringtausch.planning.watch import Watch
from ringtausch.planning.work import Outcome, Work
from tests.builders import scenario
from tests.independent.random_folder import write_random
from tests.planning.families.problems import generated, model_of

pytestmark = pytest.mark.usefixtures("_apart")

ALONE = SolverOptions(threads=1)
#: As the plans of other programs are compared: what slacks of former objectives buy counts nothing.
NEAR = 1e-4


def terms(of: rt.Scenario) -> tuple[dict[str, float], dict[str, float]]:
    tolerance = {name: float(value) for name, value in of.tolerance.items()}
    return tolerance, {name: float(value) for name, value in of.allowance.items()}


def by_families(
    of: rt.Scenario, seconds: float = 2.0, start: np.ndarray | None = None
) -> tuple[Model, Outcome]:
    """Solve by families; where there is a plan it obeys the model as the rules make it."""
    model = build_model(gather_facts(of), tuple(of.objectives))
    outcome = solve_in_families(tightened(model), *terms(of), ALONE, Watch(seconds), start)
    if outcome.columns is not None:
        assert outcome.status in {"optimal", "feasible"}
        nothing = np.zeros(model.columns)
        rules = LinearProblem(nothing, model.lower, model.upper, model.whole, model.matrix)
        assert violation(rules, outcome.columns) <= 1e-6
        assert find_circles(model.layout, outcome.columns) == []
        plan = make_plan(of, model, outcome, 0.0, {})
        assert [each.message for each in rt.verify(of, plan).violations] == []
    return model, outcome


def values(model: Model, outcome: Outcome) -> dict[str, float]:
    assert outcome.columns is not None
    found = {name: costs.value(outcome.columns) for name, costs in model.objectives.items()}
    return {name: round(value, 5) + 0.0 for name, value in found.items()}


def assert_bounds_hold(
    model: Model, outcome: Outcome, exact: Outcome, given_up: Mapping[str, float]
) -> None:
    """Compare as far as the earlier objectives are proved: later ones are other questions."""
    assert outcome.columns is not None
    for name, costs in model.objectives.items():
        if name not in outcome.bounds or name not in exact.bounds:
            return
        best, value = exact.bounds[name], costs.value(outcome.columns)
        room = NEAR * max(1.0, abs(best))
        assert outcome.bounds[name] <= best + room, name
        if name in given_up:
            return
        assert value >= best - room, name
        assert outcome.bounds[name] <= value + 1e-6 * max(1.0, abs(value)), name
        if value > best + room:
            assert outcome.status == "feasible"
            return


def assert_agrees(of: rt.Scenario) -> None:
    model, outcome = by_families(of)
    tolerance, allowance = terms(of)
    exact = solve_in_order(model, tolerance, allowance, ALONE, Watch(10))
    if exact.status == "infeasible":
        assert outcome.status in {"infeasible", "unknown"}
        assert outcome.columns is None
        return
    assert outcome.status != "infeasible"
    if outcome.columns is not None:
        assert_bounds_hold(model, outcome, exact, tolerance | allowance)


# ---- random scenarios


#: Those that have gone wrong: 0 by a freed row of the burden, 6 by shares of plans that were given up,
#: 50 by a presolve that found no plan, 70 and 81 by slack that few plans could use, 514 and 586 by
#: fairness that was at its best without a solve and then forgotten, 1010 by bounds that were narrowed as
#: if no row were broken by a billionth.
@pytest.mark.parametrize(
    ("seed", "whole"),
    [
        (0, True),
        (6, False),
        (50, False),
        (70, True),
        (81, False),
        (514, True),
        (586, False),
        (1010, True),
    ]
    + [(seed, whole) for seed in range(7, 14) for whole in (True, False)],
)
def test_tiny_scenarios_agree_with_the_exact_solve(tmp_path: Path, seed: int, whole: bool) -> None:
    assert_agrees(rt.read(write_random(tmp_path / "scenario", seed, "tiny", whole=whole)))


@pytest.mark.parametrize(("seed", "whole"), [(10, False), (23, False), (2, True), (3, True)])
def test_small_scenarios_agree_with_the_exact_solve(tmp_path: Path, seed: int, whole: bool) -> None:
    """Seed 23 once was held at the end of its slack, and 10 was given a plan that broke its rows."""
    assert_agrees(rt.read(write_random(tmp_path / "scenario", seed, "small", whole=whole)))


@pytest.mark.long
@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("seed", range(400, 500))
def test_many_tiny_scenarios_agree_with_the_exact_solve(
    tmp_path: Path, seed: int, whole: bool
) -> None:
    assert_agrees(rt.read(write_random(tmp_path / "scenario", seed, "tiny", whole=whole)))


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_not_whole_is_solved_to_the_proof(seed: int) -> None:
    of = generated(seed=seed)
    model, outcome = by_families(of, seconds=20)
    exact = solve_in_order(model, {}, {}, ALONE, Watch(10))
    assert (outcome.status, exact.status) == ("optimal", "optimal")
    assert values(model, outcome) == pytest.approx(values(model, exact), rel=1e-5, abs=1e-5)


def test_whole_items_have_a_plan_and_bounds_that_hold() -> None:
    of = generated(3, whole=0.4)
    model, outcome = by_families(of, seconds=3)
    assert list(outcome.bounds) == list(of.objectives)
    exact = solve_in_order(model, {}, {}, ALONE, Watch(6))
    assert_bounds_hold(model, outcome, exact, {})


# ---- a start, and time


def test_a_known_plan_is_never_made_worse_in_the_first_objective() -> None:
    of = generated(whole=0.3, seed=2)
    model, first = by_families(of, seconds=2)
    _, again = by_families(of, seconds=2, start=first.columns)
    name = of.objectives[0]
    assert values(model, again)[name] <= values(model, first)[name] + 1e-5


def test_without_time_there_is_the_plan_that_was_known_or_none() -> None:
    of = generated(whole=0.3, seed=2)
    _, known = by_families(of, seconds=2)
    assert known.columns is not None
    _, outcome = by_families(of, seconds=0.0, start=known.columns)
    assert outcome.status == "feasible"
    assert outcome.columns == pytest.approx(known.columns)
    _, none = by_families(of, seconds=0.0)
    assert none.status in {"unknown", "feasible"}


# ---- by hand


def assert_is(of: rt.Scenario, *expected: float) -> Outcome:
    """See that families find the values, prove them, and that the exact solve has them too."""
    model, outcome = by_families(of)
    assert list(values(model, outcome).values()) == pytest.approx(expected)
    exact = solve_in_order(model, *terms(of), ALONE, Watch(10))
    assert list(values(model, exact).values()) == pytest.approx(expected)
    return outcome


def two_items(**more: Any) -> rt.Scenario:
    """C needs 3 guns and, twice as much, 3 tanks: they cost 2 and 3; there is money for 9."""
    usual = {
        "horizon": 1,
        "objectives": ("unmet_need", "spend"),
        "items": "gun,,,true; tank,,,true",
        "supply": "S,gun,C,2; S,tank,C,3",
        "production": "S,gun,2025-01-01,9; S,tank,2025-01-01,9",
        "needs": "g,C,gun,3,2025-01-01,1; t,C,tank,3,2025-01-01,2",
        "funds": "f,C",
        "releases": "f,2025-01-01,9",
    }
    return scenario(**usual | more)


def test_money_goes_where_it_does_most() -> None:
    """All tanks, for 9, leave the guns unmet; with two tanks there is but one gun for what is left."""
    assert assert_is(two_items(), 3, 9).status == "optimal"


@pytest.mark.parametrize(
    ("more", "cap", "least"),
    [
        ({"tolerance": {"unmet_need": 1.0}}, 6, 5),
        ({"allowance": {"unmet_need": 2}}, 5, 6),
        ({"allowance": {"unmet_need": 4}}, 7, 3),
        ({"tolerance": {"unmet_need": 1.0}, "allowance": {"unmet_need": 3}}, 9, 0),
    ],
)
def test_what_may_be_given_up_is_given_up_and_no_more(
    more: dict[str, Any], cap: int, least: int
) -> None:
    """With up to 6 unmet a tank and a gun do, with 5 two tanks, with 7 one, with 9 nothing at all."""
    model, outcome = by_families(two_items(**more))
    found = values(model, outcome)
    assert outcome.bounds["unmet_need"] == pytest.approx(3)
    assert found["unmet_need"] <= cap + 1e-5
    assert least - 1e-5 <= found["spend"] < 9
    assert outcome.bounds["spend"] <= least + 1e-5


def test_a_hard_need_comes_before_what_would_do_more() -> None:
    """All 3 guns, for 6 of the 9, leave money for one tank."""
    hard = "g,C,gun,3,2025-01-01,1,,true; t,C,tank,3,2025-01-01,2"
    assert_is(two_items(needs=hard), 4, 9)


@pytest.mark.parametrize(
    "more",
    [
        {"needs": "g,C,gun,5,2025-01-01,1,,true"},
        {"needs": "g,C,gun,1,2025-01-01,1,,true", "supply": "S,tank,C,3"},
        {"dues": "order,gun,C,2025-01-01,10,EUR"},
        {"funds": "", "releases": "", "dues": "order,gun,C,2025-01-01,1,EUR"},
        {"needs": "g,C,gun,2,2025-01-01,1,,true", "dues": "order,tank,C,2025-01-01,6,EUR"},
    ],
    ids=["too dear", "not to be had", "too high a due", "a due and no fund", "a due before"],
)
def test_where_there_is_no_plan_none_is_given(more: dict[str, Any]) -> None:
    _, outcome = by_families(two_items(**more))
    assert outcome.status in {"infeasible", "unknown"}
    assert outcome.columns is None


def test_a_due_without_any_fund_is_no_plan_though_there_is_nothing_to_decide() -> None:
    _, outcome = by_families(
        scenario(parties="C", items="gun", dues="order,gun,C,2025-01-01,3,EUR")
    )
    assert outcome.columns is None


def test_dues_are_paid_first() -> None:
    """Of 9 a due takes 3: what is left buys two tanks."""
    assert_is(two_items(dues="order,gun,C,2025-01-01,3,EUR"), 5, 9)


def test_two_parties_do_not_settle_by_swapping() -> None:
    """A and B hold a gun each and are owed one each: to swap would settle both, if it might be."""
    of = scenario(
        horizon=1,
        objectives=("late_replacement", "moved_value"),
        stocks="A,gun,1; B,gun,1",
        offers="a,A,gun,1; b,B,gun,1",
        lanes="*,*,gun",
        debts="A,gun,1,2025-01-01; B,gun,1,2025-01-01",
        assurances="B,gun,0,,2",
    )
    assert_is(of, 1, 1)


def test_three_parties_do_not_settle_by_sending_around() -> None:
    of = scenario(
        horizon=1,
        objectives=("late_replacement", "moved_value"),
        items="gun,,,true",
        stocks="A,gun,1; B,gun,1; C,gun,1",
        offers="a,A,gun,1; b,B,gun,1; c,C,gun,1",
        lanes="A,B,gun; B,C,gun; C,A,gun",
        debts="A,gun,1,2025-01-01; B,gun,1,2025-01-01; C,gun,1,2025-01-01",
    )
    assert_is(of, 1, 2)


@pytest.mark.parametrize(("others", "unmet"), [(1, 0), (2, 2)])
def test_an_offer_on_condition_stands_only_with_the_others(others: int, unmet: int) -> None:
    """B gives 1, A another 2 if the others give so many; of the 3 that C needs 2 are missed else."""
    of = scenario(
        horizon=1,
        objectives=("unmet_need", "moved_value"),
        items="gun,,,true",
        stocks="A,gun,2; B,gun,1",
        offers=f"a,A,gun,2,,,,,{others}; b,B,gun,1",
        lanes="*,C,gun",
        needs="n,C,gun,3,2025-01-01",
    )
    assert_is(of, unmet, 3 - unmet)


def test_lots_stay_whole() -> None:
    """A gives 4 in lots of 2; C needs 1 (weight 2), D needs 3: 2 for each leave D short of 1."""
    of = scenario(
        horizon=1,
        objectives=("unmet_need", "moved_value"),
        stocks="A,gun,9",
        offers="fa,A,gun,4,,,,2",
        lanes="A,*,gun",
        needs="c,C,gun,1,2025-01-01,2; d,D,gun,3,2025-01-01",
    )
    assert_is(of, 1, 4)


def test_what_is_under_way_secures_one_debt_only() -> None:
    """A may give a gun and a tank, both secured; one new thing, accepted for either, is under way.

    C needs both, the tank weighs 3: only the tank leaves; the gun is missed for 4 months.
    """
    of = scenario(
        horizon=1,
        settlement=3,
        objectives=("unmet_need", "late_replacement", "moved_value"),
        items="gun,,,true; tank,,,true; new,,,true",
        stocks="A,gun,1; A,tank,1",
        offers="g,A,gun,1; t,A,tank,1",
        lanes="A,C,*",
        needs="n,C,gun,1,2025-01-01; m,C,tank,1,2025-01-01,3",
        arrivals="A,new,2025-03-01,1,true",
        exchange="A,gun,new; A,tank,new",
        assurances="A,gun,3,,,,true; A,tank,3,,,,true",
    )
    assert_is(of, 4, 0, 1)


def test_where_nothing_can_be_decided_the_plan_is_empty() -> None:
    of = scenario(parties="C", items="gun", dues="order,gun,C,2025-01-01,0,EUR")
    _, outcome = by_families(of)
    assert outcome.columns is not None
    assert not outcome.columns.any()


def test_where_prices_settle_nothing_the_plan_at_hand_stands() -> None:
    """A relaxation that gives no answer, as where rows cannot be filled, is no reason to break off."""
    model = model_of(generated(whole=0.3))
    turn = Turn.begin(Work.begin(model), model.objectives["spend"], None, burdened=False)
    turn.columns = known = np.zeros(len(turn.problem.cost))
    turn.relaxed = None
    _plan_at_prices(turn, Crew.here(), Watch())
    assert turn.columns is known
