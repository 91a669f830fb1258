"""`plan --keep OLDPLAN --frozen DATE`: what it prints, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # comes without types
import pytest

from ringtausch.records import read_plan
from tests.builders import folder
from tests.cli.running import json_of, run
from tests.cli.schemas import schema_of
from tests.project_files import text_of

CASE = {
    "horizon": 3,
    "stocks": "A,gun,1; B,gun,1",
    "offers": "a,A,gun,1; b,B,gun,1",
    "lanes": "*,C,*",
    "needs": "n,C,gun,1,2025-02-01",
}
CLOSE_A = "offers[offer=a].from=2025-03-01"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a scenario and a plan of it by which A hands over its gun in February."""
    folder(tmp_path / "case", **CASE)  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    old = tmp_path / "old"
    old.mkdir()
    (old / "dispatches.csv").write_text(
        "offer,from,to,item,period,quantity,arrives\na,A,C,gun,1,1,1\n", encoding="utf-8"
    )
    (old / "fulfilments.csv").write_text("need,item,period,quantity\nn,gun,1,1\n", encoding="utf-8")
    return tmp_path


def test_what_changes_is_told_after_the_plan(here: Path) -> None:
    result = run("plan", "case", "--keep", "old", "--edit", CLOSE_A, "--out", "new")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[lines.index("Ask again") - 6 :] == [
        "2 changes; weighed by how firm each is: 1.85 in all",
        "  A hands over to C (a): 1 x gun in 2025-02, no longer",
        "      the offer a opens on 2025-03-01 only",
        "  B hands over to C (b): 1 x gun in 2025-02, which is new",
        "      another time would do as well; without it at all: 1 unit-month of unmet",
        "        needs more",
        "Ask again",
        "  A: hands over",
        "  B: hands over",
        "  C: receives",
        "Written: new",
    ]
    made = read_plan(here / "new")
    assert [(row.offer, row.period) for row in made.rows("dispatches")] == [("b", 1)]
    assert "keep" in made.settings


def test_nothing_changes_where_nothing_must(here: Path) -> None:
    result = run("plan", "case", "--keep", "old", "--frozen", "2025-03-01", "--out", "new")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-2:] == ["Nothing changes.", "Written: new"]
    dispatches = read_plan(here / "new").rows("dispatches")
    assert [(row.offer, row.period) for row in dispatches] == [("a", 1)]


@pytest.mark.usefixtures("here")
def test_json_has_the_changes_and_whom_to_ask_again() -> None:
    result = run("plan", "case", "--keep", "old", "--edit", CLOSE_A, "--out", "new", "--json")
    message = json_of(result)
    jsonschema.validate(message, schema_of("outcome-1"))
    section = text_of("docs/reference/json.md").partition("A gun was to come from A,")[2]
    shown = json.loads("{" + section.partition("\n    {")[2].partition("\n    }\n")[0] + "}")
    assert shown == {name: message[name] for name in ("changes", "ask_again")}
    assert [(row["kind"], row["names"]["offer"], row["reason"]) for row in message["changes"]] == [
        ("gone", "a", "forbidden"),
        ("new", "b", "costly"),
    ]
    assert message["ask_again"] == [
        {"party": "A", "roles": ["giver"], "about": [0]},
        {"party": "B", "roles": ["giver"], "about": [1]},
        {"party": "C", "roles": ["receiver"], "about": [0, 1]},
    ]


def test_what_cannot_be_kept_ends_with_3_and_writes_nothing(here: Path) -> None:
    arguments = ["plan", "case", "--keep", "old", "--edit", CLOSE_A, "--frozen", "2025-03-01"]
    result = run(*arguments, "--out", "new")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines() == [
        "what is agreed cannot be kept:",
        (
            "  dispatches.csv:2: the agreed plan has A hand over 1 gun (a) to C on 2025-02-01;"
            " the offer a opens on 2025-03-01 only"
        ),
    ]
    assert not (here / "new").exists()
    message = json_of(run(*arguments, "--out", "new", "--json"))
    assert (message["status"], [row["table"] for row in message["conflict"]]) == (
        "infeasible",
        ["dispatches"],
    )


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--frozen", "2025-03-01"], "--frozen: name the plan to keep too, with --keep OLDPLAN"),
        (
            ["--keep", "old", "--frozen", "March"],
            '--frozen: "March" is no date; write it as 2025-09-01',
        ),
        (
            ["--keep", "nowhere"],
            "nowhere: there is no plan folder nowhere; make one with ringtausch plan",
        ),
        (
            ["--keep", "other"],
            'plan.json: scenario: this plan is of "other"; the scenario here is "test"',
        ),
    ],
)
def test_wrong_options_are_refused_in_a_line(here: Path, options: list[str], line: str) -> None:
    (here / "other").mkdir()
    (here / "other/plan.json").write_text(
        '{"status": "optimal", "objectives": {}, "scenario": {"name": "other"}}', encoding="utf-8"
    )
    result = run("plan", "case", *options, "--out", "new")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[0] == line
    assert not (here / "new").exists()
