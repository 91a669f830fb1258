"""`ringtausch export`: what it writes and says, and what it refuses without writing anything."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # comes without types
import pytest

from tests.builders import folder
from tests.cli.running import everything_in, json_of, run
from tests.cli.schemas import schema_of
from tests.planning.export.reading import optimum, read_back
from tests.project_files import text_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside two scenarios: C has asked for 2 guns where A has one, and for two in words."""
    for name, need in (("case", "2"), ("wrong", "two")):
        folder(
            tmp_path / name,
            horizon=3,
            objectives=("unmet_need", "spend"),
            stocks="A,gun,1",
            offers="o1,A,gun,1",
            lanes="A,C,gun,0,,4",
            needs=f"n1,C,gun,{need},2025-01-01",
            funds="f,C",
            releases="f,2025-01-01,10",
        )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def valid(document: Any) -> Any:
    jsonschema.validate(document, schema_of("export-1"))
    return document


@pytest.mark.parametrize("kind", ["lp", "mps"])
def test_the_first_objective_is_written_beside_the_scenario(here: Path, kind: str) -> None:
    """One of the two guns never comes: 3 unit-periods unmet."""
    result = run("export", "case", f"--{kind}")
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            f"Written: case.{kind}",
            "unmet_need, to be minimised: 19 rows, 21 columns (0 of them whole), 45 entries",
        ],
    )
    assert optimum(here / f"case.{kind}") == 3


def test_another_objective_goes_where_it_is_told(here: Path) -> None:
    result = run("export", "case", "--lp", "--objective", "spend", "--out", "deep/spend.lp")
    assert result.exit_code == 0
    columns = read_back(here / "deep/spend.lp").columns
    assert [(name, row[0]) for name, row in columns.items() if row[0]] == [
        ("x(o1,C,2025.01)", 4.0),
        ("x(o1,C,2025.02)", 4.0),
        ("x(o1,C,2025.03)", 4.0),
    ]


def test_possible_circles_are_told_of(here: Path) -> None:
    folder(
        here / "swap",
        horizon=1,
        stocks="A,gun,1; B,gun,1",
        offers="a,A,gun,1; b,B,gun,1",
        lanes="*,*,gun",
    )
    assert run("export", "swap", "--mps").stdout.splitlines()[-1] == (
        "Circles are possible; 2 columns and their rows forbid them (rule 13)"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["case"], "say which format to write: --mps or --lp"),
        (["case", "--lp", "--mps"], "--mps and --lp: choose one of them; for both, run it twice"),
        (
            ["case", "--lp", "--objective", "spnd"],
            '--objective: no objective "spnd"; did you mean "spend"?',
        ),
        (
            ["case", "--lp", "--objective", "unfairness"],
            '--objective: no objective "unfairness"; known are spend, unmet_need',
        ),
        (
            ["case", "--lp", "--out", "there.lp"],
            "there.lp exists; choose another place or replace it with --force",
        ),
        (
            ["case", "--lp", "--force", "--out", "case/needs.csv"],
            "case/needs.csv belongs to the scenario; choose another place",
        ),
        (
            ["case", "--lp", "--force", "--out", "case"],
            "case belongs to the scenario; choose another place",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_nothing_is_written(
    here: Path, arguments: list[str], said: str
) -> None:
    (here / "there.lp").write_text("mine", encoding="utf-8")
    before = everything_in(here)
    result = run("export", *arguments)
    assert (result.exit_code, result.stdout, result.stderr.splitlines()) == (2, "", [said])
    assert everything_in(here) == before


def test_a_broken_scenario_is_not_exported(here: Path) -> None:
    before = everything_in(here)
    result = run("export", "wrong", "--lp")
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        [
            'needs.csv:2: quantity: "two" is not a number; write a decimal such as 12 or 0.5',
            "1 error in wrong",
        ],
    )
    told = run("export", "wrong", "--lp", "--json")
    assert (told.exit_code, told.stderr) == (2, "")
    assert [p["file"] for p in valid(json_of(told))["problems"]] == ["needs.csv"]
    assert everything_in(here) == before


def test_a_file_that_is_there_is_replaced_with_force(here: Path) -> None:
    (here / "case.lp").write_text("mine", encoding="utf-8")
    assert run("export", "case", "--lp", "--force").exit_code == 0
    assert optimum(here / "case.lp") == 3


@pytest.mark.usefixtures("here")
def test_the_example_of_the_page_is_what_the_program_says() -> None:
    blocks = re.findall(r"```json\n(.+?)```", text_of("docs/reference/json.md"), flags=re.DOTALL)
    shown = [x for x in map(json.loads, blocks) if x["schema"] == "ringtausch/export/1"]
    assert shown == [valid(json_of(run("export", "case", "--lp", "--json")))]
