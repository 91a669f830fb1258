"""JSON outputs: each is what its schema says, and what the reference page shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # comes without types
import pytest

from ringtausch.cli.schemas import MESSAGES
from tests.builders import folder
from tests.cli.running import json_of, run
from tests.cli.schemas import SCHEMAS, schema_of, schema_text
from tests.project_files import text_of

PAGE = "docs/reference/json.md"
GIVING = {"horizon": 2, "stocks": "A,gun,1", "offers": "o1,A,gun,1", "lanes": "A,C,gun,0"}
#: What differs from run to run and from machine to machine.
_CHANGING = {"seconds", "solver"}
#: Whose examples this module makes.
_HERE = {"check", "outcome", "proof", "plan"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside three scenarios: one with a plan, one without, one that cannot be read."""
    for name, need in (("case", "1"), ("none", "2"), ("wrong", "two")):
        folder(tmp_path / name, needs=f"n1,C,gun,{need},2025-01-01,,,true", **GIVING)  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    return tmp_path


def valid(document: Any) -> Any:
    """Hold a document against the schema that it names."""
    _, name, version = document["schema"].split("/")
    schema = schema_of(f"{name}-{version}")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    return document


def steady(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out what differs from run to run."""
    return {key: value for key, value in document.items() if key not in _CHANGING}


def test_the_schemas_of_the_documentation_follow_from_the_messages() -> None:
    stale = [
        name
        for name in MESSAGES
        if not (SCHEMAS / f"{name}.json").exists()
        or (SCHEMAS / f"{name}.json").read_text(encoding="utf-8") != schema_text(name)
    ]
    assert stale == [], "write them anew with: python -m tests.cli.schemas"


def test_there_is_a_schema_for_each_message_and_for_plan_json() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == {*MESSAGES, "plan-1"}


def test_a_good_and_a_broken_scenario_are_checked_in_json(here: Path) -> None:
    good = valid(json_of(run("check", "case", "--json")))
    assert (good["ok"], good["name"], len(good["hash"]), good["problems"]) == (True, "test", 64, [])
    broken = run("check", "wrong", "--json")
    assert broken.exit_code == 2
    assert broken.stderr == ""
    assert valid(json_of(broken)) == {
        "schema": "ringtausch/check/1",
        "ok": False,
        "name": None,
        "hash": None,
        "problems": [
            {
                "file": "needs.csv",
                "line": 2,
                "column": "quantity",
                "value": "two",
                "message": '"two" is not a number; write a decimal such as 12 or 0.5',
                "severity": "error",
            }
        ],
    }
    assert (here / "case").is_dir()


@pytest.mark.parametrize(
    ("name", "code", "status"),
    [("case", 0, "optimal"), ("none", 3, "infeasible"), ("wrong", 2, "invalid")],
)
def test_the_outcome_of_planning_is_json(name: str, code: int, status: str, here: Path) -> None:
    result = run("plan", name, "--json")
    outcome = valid(json_of(result))
    assert (result.exit_code, outcome["status"]) == (code, status)
    assert (outcome["plan"], outcome["verified"]) == (
        ("case-plan", True) if code == 0 else (None, None)
    )
    assert len(outcome["conflict"]) == 2 * (code == 3)
    assert len(outcome["problems"]) == (code == 2)
    assert (here / f"{name}-plan").exists() == (code == 0)


def test_the_outcome_of_a_limit_is_json(here: Path) -> None:
    """The starter's need made hard; without time there is no plan for it."""
    run("new", "new")
    needs = (here / "new/needs.csv").read_text(encoding="utf-8")
    hard = needs.replace("weight,note", "weight,hard,note")
    hard = hard.replace("2026-04-01,1,", "2026-12-01,1,1,")
    (here / "new/needs.csv").write_text(hard, encoding="utf-8")
    result = run("plan", "new", "--time-limit", "0", "--json")
    assert (result.exit_code, valid(json_of(result))["status"]) == (4, "unknown")


def test_a_proof_is_json(here: Path) -> None:
    run("plan", "case", "--out", "p")
    good = run("verify", "case", "p", "--json")
    assert (good.exit_code, valid(json_of(good))["violations"]) == (0, [])
    broken = run("verify", "none", "p", "--json")
    assert broken.exit_code == 1
    assert [v["rule"] for v in valid(json_of(broken))["violations"]] == [9, 0]
    refused = run("verify", "case", "gone", "--json")
    assert (refused.exit_code, valid(json_of(refused))["ok"]) == (2, False)
    assert not (here / "gone").exists()


def test_plan_json_is_what_its_schema_says(here: Path) -> None:
    run("plan", "case", "--out", "p")
    valid(json.loads((here / "p/plan.json").read_text(encoding="utf-8")))


def test_the_examples_of_the_page_are_what_the_program_says(here: Path) -> None:
    """`case` gives one gun; `none` would have to give two. Other commands: beside their tests."""
    shown = [
        document
        for block in re.findall(r"```json\n(.+?)```", text_of(PAGE), flags=re.DOTALL)
        if (document := json.loads(block))["schema"].split("/")[1] in _HERE
    ]
    said = [
        json_of(run("check", "wrong", "--json")),
        json_of(run("plan", "case", "--json")),
        json_of(run("plan", "none", "--json")),
        json_of(run("verify", "none", "case-plan", "--json")),
        json.loads((here / "case-plan/plan.json").read_text(encoding="utf-8")),
    ]
    assert [steady(document) for document in map(valid, shown)] == [
        steady(document) for document in said
    ]
