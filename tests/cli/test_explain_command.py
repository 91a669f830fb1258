"""The command explain: answers in words, JSON that keeps its schema, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # a tool of the tests, without annotations
import pytest

import ringtausch as rt
from tests.builders import folder
from tests.cli.running import json_of, run
from tests.cli.schemas import schema_of
from tests.project_files import text_of


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, Path]:
    """A's gun may go to C from February on; its plan beside it."""
    made = folder(
        tmp_path / "case",
        horizon=2,
        items="gun,,,true",
        needs="n,C,gun,1,2025-01-01",
        stocks="A,gun,1",
        offers="o,A,gun,1",
        lanes="A,C,gun,,,,,2025-02-01",
        parties="A; C",
        infer=False,
    )
    rt.plan(rt.read(made)).write(tmp_path / "plan")
    return made, tmp_path / "plan"


def test_it_says_what_binds(case: tuple[Path, Path]) -> None:
    result = run("explain", *case)
    assert (result.exit_code, result.stdout) == (
        0,
        (
            "n of C (gun) lacks 1 unit-month, in 2025-01.\n"
            "  family      what binds                                  frees when\n"
            "  consent     gun from A to C: open from 2025-02              1 2025-01\n"
        ),
    )


def test_the_json_names_rows_release_and_objectives(case: tuple[Path, Path]) -> None:
    found = json_of(run("explain", *case, "--json"))
    jsonschema.validate(found, schema_of("explanation-1"))
    [cause] = found["causes"]
    assert cause["rows"] == [
        {"table": "lanes", "line": 2, "key": {"from": "A", "to": "C", "item": "gun"}}
    ]
    assert cause["release"] == ["lanes[from=A,to=C,item=gun].opens="]
    assert (found["objectives"]["unmet_need"], cause["objectives"]["unmet_need"]) == (1, 0)
    assert sorted(cause["objectives"]) == sorted(rt.OBJECTIVES)


@pytest.mark.parametrize(
    "options",
    [
        ("--instead", "+dispatches[offer=o,date=2025-01-01,quantity=1]"),
        ("--instead", "-dispatches[offer=o]"),
        ("--of", "lanes[from=A]"),
        ("--need", "m"),
    ],
)
def test_every_answer_keeps_the_schema(case: tuple[Path, Path], options: tuple[str, ...]) -> None:
    found = json_of(run("explain", *case, *options, "--json"))
    jsonschema.validate(found, schema_of("explanation-1"))


def test_instead_names_the_lane_that_stands_against_it(case: tuple[Path, Path]) -> None:
    edit = "+dispatches[offer=o,date=2025-01-01,quantity=1]"
    result = run("explain", *case, "--instead", edit)
    assert (result.exit_code, result.stdout) == (
        0,
        f"It cannot be:\n  {edit}\nGun from A to C: open from 2025-02.\n",
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--party", "X"), '--party: unknown party "X"; known are A, C'),
        (("--of", "lane[from=A]"), None),
        (("--of", "lanes[from=A]", "--need", "n"), "--need: cannot be used with --instead or --of"),
        (("--time-limit", "-1"), "--time-limit: -1.0 is no number of seconds"),
    ],
)
def test_bad_questions_are_one_line_and_exit_2(
    case: tuple[Path, Path], options: tuple[str, ...], said: str | None
) -> None:
    result = run("explain", *case, *options)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert said is None or result.stderr == f"{said}\n"


def test_a_plan_of_another_scenario_is_one_line_and_exit_2(case: tuple[Path, Path]) -> None:
    result = run("explain", *case, "--edit", "needs[need=n].quantity=2")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_a_scenario_without_a_plan_exits_3(tmp_path: Path, case: tuple[Path, Path]) -> None:
    text = (case[0] / "needs.csv").read_text(encoding="utf-8")
    assert text == "need,party,capability,quantity,due\nn,C,gun,1,2025-01-01\n"
    hard = "need,party,capability,quantity,due,hard\nn,C,gun,1,2025-01-01,true\n"
    (case[0] / "needs.csv").write_text(hard, encoding="utf-8")
    plan = case[1] / "plan.json"
    old = rt.read_plan(case[1]).scenario_hash
    new = rt.read(case[0]).content_hash
    plan.write_text(plan.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert run("explain", *case).exit_code == 3
    assert tmp_path.exists()


def test_the_example_of_the_page_is_what_the_program_says(case: tuple[Path, Path]) -> None:
    section = text_of("docs/reference/json.md").partition("## explain\n")[2].partition("\n## ")[0]
    [block] = re.findall(r"```json\n(.+?)```", section, flags=re.DOTALL)
    assert json.loads(block) == json_of(run("explain", *case, "--json"))
