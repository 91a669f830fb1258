"""How planning ends: optimal, feasible under a limit, infeasible with the reason, or with nothing."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.planning.planner import _is_proved
from ringtausch.planning.work import Outcome
from tests.builders import folder, scenario
from tests.independent.random_folder import write_random
from tests.planning.answers import DECISIONS, infeasible, proved_plan, rows, values

NEED_FIRST = ("unmet_need", "moved_value")
#: C must have 2 guns from January on. A has 1; another comes in March; the maker delivers in March.
HOPELESS: dict[str, Any] = {
    "horizon": 3,
    "objectives": NEED_FIRST,
    "stocks": "A,gun,1; B,tank,5",
    "offers": "a,A,gun,5; b,B,tank,5",
    "lanes": "A,C,gun; B,C,tank",
    "needs": "n,C,gun,2,2025-01-01,,,true; m,C,tank,2,2025-01-01",
    "supply": "S,gun,C",
    "production": "S,gun,2025-03-01,1",
}


# ---- infeasible


def test_the_reason_is_an_irreducible_set_of_rows_in_words() -> None:
    """The tanks have nothing to do with it. Without any one of the rows named there is a plan."""
    with pytest.raises(rt.Infeasible) as caught:
        rt.plan(scenario(**HOPELESS))
    assert caught.value.irreducible
    assert str(caught.value) == (
        "no plan obeys all rules; these rows cannot hold together:\n"
        "  needs.csv:2: the need n of C for 2 gun must be met from 2025-01-01 on\n"
        "  production.csv:2: S delivers 1 gun a period from 2025-03-01 on\n"
        "  stocks.csv:2: A has 1 gun at the start"
    )
    without = {
        "needs": HOPELESS["needs"].replace(",true", ""),
        "production": "S,gun,2025-01-01,1",
        "stocks": "A,gun,2; B,tank,5",
    }
    assert [row.table for row in caught.value.rows] == list(without)
    for table, rows_ in without.items():
        assert not infeasible(scenario(**HOPELESS | {table: rows_}))


def test_dues_that_no_fund_can_pay_are_the_reason() -> None:
    case = scenario(
        horizon=2,
        parties="C",
        items="gun",
        funds="f,C",
        releases="f,2025-01-01,4",
        dues="order,gun,C,2025-01-01,3,EUR; order,gun,C,2025-02-01,2,EUR",
    )
    with pytest.raises(rt.Infeasible) as caught:
        rt.plan(case)
    assert [row.sentence for row in caught.value.rows] == [
        "dues.csv:2: 3 EUR for order of gun to C must be paid on 2025-01-01",
        "dues.csv:3: 2 EUR for order of gun to C must be paid on 2025-02-01",
        "releases.csv:2: f gets 4 on 2025-01-01",
    ]
    assert [row.key for row in caught.value.rows] == [{}, {}, {}]


def test_a_due_without_any_fund_is_the_reason_alone() -> None:
    """There is nothing to decide at all: the solver called a model without columns solved."""
    case = scenario(parties="C", items="gun", dues="order,gun,C,2025-01-01,3,EUR")
    with pytest.raises(rt.Infeasible) as caught:
        rt.plan(case)
    assert [(row.table, row.line) for row in caught.value.rows] == [("dues", 2)]


def test_where_nothing_can_be_decided_the_plan_is_empty() -> None:
    """A party, an item and nothing else: planning stumbled over having no columns."""
    case = scenario(parties="C", items="gun", dues="order,gun,C,2025-01-01,0,EUR")
    plan = proved_plan(case)
    assert values(case, plan) == [0.0] * 6
    assert not any(plan.rows(table) for table in DECISIONS)


def test_a_reason_travels_between_processes() -> None:
    with pytest.raises(rt.Infeasible) as caught:
        rt.plan(scenario(**HOPELESS))
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (str(again), again.rows, again.irreducible) == (
        str(caught.value),
        caught.value.rows,
        True,
    )


# ---- limits


def test_no_time_at_all_gives_no_plan(tmp_path: Path) -> None:
    case = rt.read(write_random(tmp_path / "random", 3, "small"))
    with pytest.raises(rt.LimitReached) as caught:
        rt.plan(case, time_limit=0)
    assert str(caught.value).startswith("no plan was found within ")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (str(again), again.seconds) == (str(caught.value), caught.value.seconds)


@pytest.mark.parametrize("limit", [0.02, 0.1, 0.3])
def test_under_a_limit_there_is_a_true_plan_or_none(tmp_path: Path, limit: float) -> None:
    """Whatever a machine gets done in that time: what is written is proved, and no bound is too high."""
    case = rt.read(write_random(tmp_path / "random", 5, "small"))
    best = rt.plan(case)
    first = case.objectives[0]
    assert rt.verify(case, best).ok
    try:
        plan = rt.plan(case, time_limit=limit)
    except rt.LimitReached:
        return
    assert plan.status in {"optimal", "feasible"}
    assert rt.verify(case, plan).ok
    found = plan.objectives[first]
    assert found.bound is None or found.bound <= best.objectives[first].value + 1e-6


def test_a_gap_that_is_allowed_says_feasible_or_proves_more(tmp_path: Path) -> None:
    """A plan within 20 % is a plan; its bounds say how far off it may be."""
    case = rt.read(write_random(tmp_path / "random", 5, "small"))
    plan = rt.plan(case, optimality_gap=0.2)
    assert rt.verify(case, plan).ok
    name = case.objectives[0]
    value, bound = plan.objectives[name].value, plan.objectives[name].bound
    assert bound is not None
    given = value * float(case.tolerance.get(name, 0)) + float(case.allowance.get(name, 0))
    assert value - given <= bound + 0.2 * abs(value) + 1e-5


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"objectives": ["speed"]}, "objectives ['speed']: name each of late_replacement, "),
        ({"objectives": []}, "objectives []: name each of late_replacement, "),
        ({"objectives": ["spend", "spend"]}, "objectives ['spend', 'spend']: name each of "),
        (
            {"method": "magic"},
            "method 'magic' is not one of auto, families, simplex, ipx, hipo, pdlp",
        ),
        ({"optimality_gap": 1.0}, "optimality gap 1.0 is not between 0 and 1"),
        ({"optimality_gap": -0.1}, "optimality gap -0.1 is not between 0 and 1"),
        ({"time_limit": -1}, "time limit -1 is below 0"),
        ({"threads": 0}, "threads 0 is below 1"),
    ],
)
def test_settings_out_of_range_are_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(said)):
        rt.plan(scenario(**HOPELESS), **settings)


# ---- the same plan, clean

#: Prints a plan's decisions: run in a process of its own.
PRINT_PLAN = """
import sys, ringtausch as rt
from tests.planning.answers import DECISIONS, rows
plan = rt.plan(rt.read(sys.argv[1]))
print([rows(plan, table) for table in DECISIONS])
"""


def test_the_same_input_gives_the_same_plan_in_every_process(tmp_path: Path) -> None:
    """Twice in this process, and once each in two others that hash strings differently."""
    path = write_random(tmp_path / "random", 5, "tiny", whole=False)
    here = [str([rows(rt.plan(rt.read(path)), t) for t in DECISIONS]) for _ in range(2)]
    there = [
        subprocess.run(
            [sys.executable, "-c", PRINT_PLAN, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd()},  # noqa: PTH109
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert len(set(here + there)) == 1


@pytest.mark.parametrize("settings", [{"method": "simplex"}, {"method": "ipx"}, {"threads": 1}])
@pytest.mark.parametrize("seed", [5, 12])
def test_every_way_of_solving_gives_the_same_values(
    tmp_path: Path, seed: int, settings: dict[str, Any]
) -> None:
    case = rt.read(write_random(tmp_path / "random", seed, "tiny", whole=False))
    usual, other = rt.plan(case), rt.plan(case, **settings)
    assert rt.verify(case, other).ok
    assert values(case, other) == pytest.approx(values(case, usual), rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5])
def test_a_plan_holds_no_dust_and_whole_items_are_whole(tmp_path: Path, seed: int) -> None:
    case = rt.read(write_random(tmp_path / "random", seed, "tiny", whole=False))
    if infeasible(case):
        pytest.skip("dice have drawn one without a plan")
    plan = rt.plan(case)
    whole = {item.item for item in case.items if item.indivisible}
    accepted = {"settlements": "accepted"}
    for table in DECISIONS[:4]:
        for row in plan.rows(table):
            assert row.quantity >= 1e-6
            if getattr(row, accepted.get(table, "item")) in whole:
                assert row.quantity == round(row.quantity)
    assert all(row.amount >= 1e-6 for row in plan.rows("payments"))


# ---- progress


def test_progress_names_each_objective_that_is_at_work() -> None:
    told: list[rt.Progress] = []
    lock = threading.Lock()

    def listen(progress: rt.Progress) -> None:
        with lock:
            told.append(progress)

    case = scenario(**HOPELESS | {"needs": "n,C,gun,2,2025-01-01"})
    proved_plan(case, on_progress=listen)
    steps = list(dict.fromkeys((p.objective, p.step, p.steps) for p in told if p.step))
    assert steps == [("unmet_need", 1, 2), ("moved_value", 2, 2)]
    assert [p.seconds for p in told] == sorted(p.seconds for p in told)


def test_a_folder_and_its_copy_have_one_plan(tmp_path: Path) -> None:
    """The plan names the content it is for: two folders of one content, one hash."""
    settings = HOPELESS | {"needs": "n,C,gun,2,2025-01-01"}
    plans = [rt.plan(rt.read(folder(tmp_path / name, **settings))) for name in "ab"]
    assert plans[0].scenario_hash == plans[1].scenario_hash
    assert [rows(plans[0], t) for t in DECISIONS] == [rows(plans[1], t) for t in DECISIONS]


@pytest.mark.parametrize(
    ("written", "tolerance", "proved"),
    [(5.0, None, True), (5.0001, None, True), (5.01, None, False), (5.01, {"spend": 0.1}, True)],
)
def test_a_plan_is_proved_only_as_it_is_written(
    written: float, tolerance: dict[str, float] | None, proved: bool
) -> None:
    """The solver proved 5; what is written may have lost or gained by its dust, but not more."""
    case = scenario(stocks="A,gun,1", tolerance=tolerance)
    outcome = Outcome("optimal", bounds={"spend": 5.0})
    assert _is_proved(case, outcome, {"spend": written}) is proved
