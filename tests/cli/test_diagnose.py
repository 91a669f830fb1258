"""`ringtausch diagnose`: what it prints, in words and in JSON, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.builders import folder
from tests.cli.running import everything_in, json_of, run
from tests.cli.test_schemas import steady, valid
from tests.project_files import text_of

GIVING = {"horizon": 2, "stocks": "A,gun,1", "offers": "o1,A,gun,1", "lanes": "A,C,gun,0"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside three scenarios: one with a plan, one without, one that cannot be read."""
    for name, need in (("case", "1"), ("none", "2"), ("wrong", "two")):
        folder(tmp_path / name, needs=f"n1,C,gun,{need},2025-01-01,,,true", **GIVING)  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_scenario_without_a_plan_ends_with_3_conflicts_and_repairs(here: Path) -> None:
    before = everything_in(here)
    result = run("diagnose", "none")
    assert (result.exit_code, result.stderr) == (3, "")
    assert result.stdout.splitlines() == [
        "No plan obeys all rules: 1 conflict among the requirements.",
        "",
        "1. The need n1 of C for 2 gun must be met from 2025-01-01 on (needs.csv:2).",
        "   Against it stands that A has 1 gun at the start (stocks.csv:2).",
        "",
        "Repair with the fewest rows. One row changes: the need n1 of C is 1 instead of 2",
        "gun.",
        "    --edit 'needs[need=n1].quantity=1'",
        "    then: late_replacement 0, unmet_need 0, capability_gap 0, spend 0,",
        "    moved_value 1, unfairness 0",
        "",
        "Repair of the least amount: as above (repair with the fewest rows).",
        "",
        "Repair of the least reluctance: as above (repair with the fewest rows).",
    ]
    assert everything_in(here) == before


def test_a_scenario_with_a_plan_ends_with_0(here: Path) -> None:
    result = run("diagnose", "case")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "There is a plan that obeys all rules: nothing is to be mended.\n",
        "",
    )
    assert valid(json_of(run("diagnose", "case", "--json")))["status"] == "feasible"
    assert (here / "case").is_dir()


def test_without_time_it_ends_with_4(here: Path) -> None:
    result = run("diagnose", "none", "--time-limit", "0")
    assert (result.exit_code, result.stdout.splitlines()) == (
        4,
        [
            "Not shown: whether there is a plan was not found out in the time allowed",
        ],
    )
    assert valid(json_of(run("diagnose", "none", "--time-limit", "0", "--json")))["open_points"]
    assert (here / "none").is_dir()


def test_the_example_of_the_page_is_what_the_program_says(here: Path) -> None:
    blocks = re.findall(r"```json\n(.+?)```", text_of("docs/reference/json.md"), flags=re.DOTALL)
    shown = [
        d for block in blocks if (d := json.loads(block))["schema"] == "ringtausch/diagnosis/1"
    ]
    result = run("diagnose", "none", "--json")
    assert [steady(document) for document in shown] == [steady(valid(json_of(result)))]
    assert result.exit_code == 3
    assert (here / "none").is_dir()


def test_reluctance_beside_the_scenario_counts_and_another_file_instead(here: Path) -> None:
    (here / "none" / "reluctance.csv").write_text("row,weight\nneeds,5\n", encoding="utf-8")
    (here / "other.csv").write_text("row,weight\nneeds[need=n1].hard,0.5\n", encoding="utf-8")
    for options, reluctance, edits in (
        ((), 5.0, ["needs[need=n1].quantity=1"]),
        (("--reluctance", "other.csv"), 0.5, ["needs[need=n1].hard="]),
    ):
        found = json_of(run("diagnose", "none", "--json", *options))
        least = next(r for r in found["repairs"] if r["kind"] == "least_reluctance")
        assert (least["reluctance"], least["edits"]) == (reluctance, edits)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("gone",),
            "gone: there is no folder or workbook gone; check the path, or make one: ringtausch new gone",
        ),
        (("none", "--time-limit", "-1"), "--time-limit: -1.0 is no number of seconds"),
        (
            ("none", "--frozen", "2025-02-01"),
            "--frozen: name the plan to keep too, with --keep OLDPLAN",
        ),
        (
            ("none", "--keep", "p"),
            "--keep: say from when on it may be changed, with --frozen DATE",
        ),
        (
            ("none", "--reluctance", "bad.csv"),
            'bad.csv:2: row: unknown table "ofers"; did you mean "offers"?',
        ),
        (
            ("none", "--reluctance", "gone.csv"),
            "gone.csv: cannot be read: No such file or directory",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(
    arguments: tuple[str, ...], said: str, here: Path
) -> None:
    (here / "bad.csv").write_text("row,weight\nofers[party=A],5\n", encoding="utf-8")
    result = run("diagnose", *arguments)
    assert (result.exit_code, result.stdout, result.stderr.splitlines()[0]) == (2, "", said)


def test_a_scenario_that_cannot_be_read_is_invalid_in_json_too(here: Path) -> None:
    result = run("diagnose", "wrong", "--json")
    found = valid(json_of(result))
    assert (result.exit_code, found["status"], len(found["problems"])) == (2, "invalid", 1)
    assert (here / "wrong").is_dir()
