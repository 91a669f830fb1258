"""The starter scenario: it plans at once, and each thing to try changes the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

import ringtausch as rt
from tests.cli.running import run

#: What the README proposes: file, what stands there, what to write instead.
THINGS_TO_TRY = {
    "consent later": ("lanes.csv", "50000,EUR,2026-02-01", "50000,EUR,2026-06-01"),
    "back sooner": ("assurances.csv", "B,gun,8,", "B,gun,3,"),
    "no gap": ("floors.csv", "2026-01-01,7,2,", "2026-01-01,7,0,"),
    "make more": ("production.csv", "2026-06-01,0.5", "2026-06-01,2"),
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    result = run("new", tmp_path / "my-case")
    assert (result.exit_code, result.stderr) == (0, "")
    return tmp_path / "my-case"


def decisions(plan: rt.Plan) -> list[object]:
    """Collect what a plan decides; the objectives follow from it."""
    return [plan.rows(table) for table in ("dispatches", "orders", "settlements", "fulfilments")]


def test_new_says_what_it_wrote_and_what_to_do(tmp_path: Path) -> None:
    place = tmp_path / "my-case"
    assert run("new", place).stdout.splitlines() == [
        f"{place} is a scenario: who holds, offers, needs, owes and pays what.",
        f"Read {place}/README.md, then try:  ringtausch plan {place}",
    ]


def test_the_starter_has_nothing_wrong(case: Path) -> None:
    assert [str(problem) for problem in rt.check(case)] == []


def test_the_starter_plans_to_the_optimum_and_verifies(case: Path) -> None:
    """Two guns in March with their shells; the last hundred shells in May or in June, which is a tie."""
    scenario = rt.read(case)
    plan = rt.plan(scenario)
    assert plan.status == "optimal"
    assert rt.verify(scenario, plan).violations == ()
    *first, last = [(row.offer, row.period, row.quantity) for row in plan.rows("dispatches")]
    assert first == [("B-guns", 2, 2.0), ("B-shells", 2, 200.0)]
    assert last in {("B-shells", 4, 100.0), ("B-shells", 5, 100.0)}
    assert {name: round(o.value, 3) for name, o in plan.objectives.items()} == {
        "late_replacement": 0.0,
        "unmet_need": 3.0,
        "capability_gap": 6.0,
        "spend": 10_906_000.0,
        "moved_value": 15_900_000.0,
        "unfairness": 0.0,
    }


def test_the_readme_proposes_what_is_tried_here(case: Path) -> None:
    listed = (case / "README.md").read_text(encoding="utf-8").splitlines()
    files = [line.split("`")[1] for line in listed if line.startswith("- `")]
    assert files == [file for file, _, _ in THINGS_TO_TRY.values()]


@pytest.mark.parametrize("thing", THINGS_TO_TRY)
def test_each_thing_to_try_changes_the_plan(thing: str, case: Path) -> None:
    file, there, instead = THINGS_TO_TRY[thing]
    before = rt.plan(rt.read(case))
    text = (case / file).read_text(encoding="utf-8")
    assert text.count(there) == 1
    (case / file).write_text(text.replace(there, instead), encoding="utf-8")
    scenario = rt.read(case)
    after = rt.plan(scenario)
    assert (after.status, rt.verify(scenario, after).violations) == ("optimal", ())
    assert decisions(after) != decisions(before)
