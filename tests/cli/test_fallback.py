"""`fallback DIR PLAN`: what it prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # comes without types
import pytest

from tests.builders import folder
from tests.cli.running import json_of, run
from tests.cli.schemas import schema_of
from tests.project_files import text_of

CASE = {
    "horizon": 3,
    "stocks": "A,gun,1; B,gun,1",
    "items": "gun,,,true",
    "offers": "a,A,gun,1; b,B,gun,1,2025-03-01",
    "lanes": "A,C,gun; B,C,gun",
    "needs": "n,C,gun,1,2025-01-01",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a scenario and its best plan: A hands over its gun at once."""
    folder(tmp_path / "case", **CASE)  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    assert run("plan", "case", "--out", "made").exit_code == 0
    return tmp_path


@pytest.mark.usefixtures("here")
def test_each_leg_is_told_with_its_cost_whom_it_hurts_and_what_to_do() -> None:
    result = run("fallback", "case", "made")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "If this fails, the worst first:",
        "  A hands over nothing: 2 unit-months of unmet needs more",
        "      C's need n met by 2025-03, in time before (2 unit-months more)",
        "      now: ask B to be ready to hand over 1 x gun to C in 2025-03 (b)",
        "  no consent for gun from A to C: 2 unit-months of unmet needs more",
        "      C's need n met by 2025-03, in time before (2 unit-months more)",
        "      now: ask B to be ready to hand over 1 x gun to C in 2025-03 (b)",
    ]
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.usefixtures("here")
def test_json_has_edits_and_objectives_that_planning_with_them_confirms() -> None:
    message = json_of(run("fallback", "case", "made", "--json"))
    assert (message["schema"], message["ok"]) == ("ringtausch/fallback/1", True)
    assert [(row["kind"], row["edits"]) for row in message["fallbacks"]] == [
        ("donor", ["offers[offer=a].quantity=0"]),
        ("consent", ["lanes[from=A,to=C,item=gun].opens=never"]),
    ]
    for number, row in enumerate(message["fallbacks"]):
        edits = [part for edit in row["edits"] for part in ("--edit", edit)]
        planned = json_of(run("plan", "case", *edits, "--out", f"without-{number}", "--json"))
        values = {name: o["value"] for name, o in planned["objectives"].items()}
        assert row["objectives"] == pytest.approx(values)


def test_a_plan_of_another_scenario_is_refused_in_a_line(here: Path) -> None:
    folder(here / "other", name="other", **CASE)  # type: ignore[arg-type]
    result = run("fallback", "other", "made")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[0].startswith("plan.json: ")
    message = json_of(run("fallback", "other", "made", "--json"))
    assert (message["ok"], len(message["problems"])) == (False, 1)


@pytest.mark.usefixtures("here")
def test_wrong_options_are_refused() -> None:
    result = run("fallback", "case", "made", "--time-limit", "-1")
    assert (result.exit_code, result.stderr) == (
        2,
        "--time-limit: -1.0 is no number of seconds\n",
    )


@pytest.mark.usefixtures("here")
def test_the_page_shows_what_the_program_says() -> None:
    section = text_of("docs/reference/json.md").partition("## fallback\n")[2].partition("\n## ")[0]
    shown = json.loads(section.partition("```json\n")[2].partition("```")[0])
    said = json_of(run("fallback", "case", "made", "--json"))
    jsonschema.validate(said, schema_of("fallback-1"))
    assert shown == said | {"fallbacks": said["fallbacks"][:1]}
