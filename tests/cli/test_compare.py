"""The command `compare`: one table, one page, JSON, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # comes without types
import pytest

import ringtausch as rt
from tests.builders import folder
from tests.cli.running import everything_in, json_of, run
from tests.cli.schemas import schema_of
from tests.project_files import text_of

VARIANTS = """
[patient]
title = "A waits four months"
reason = "assumption: it can wait"
edits = ["assurances[party=A,item=gun].within=4"]

[at-once]
title = "C must have it at once"
edits = ["needs[need=n1].hard=true"]
on = "patient"
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Write the scenario of tests/insight/compare_case.py with two variants."""
    place = folder(
        tmp_path / "case",
        start="2025-01-01",
        horizon=2,
        settlement=4,
        stocks="A,gun,2",
        floors="A,gun,2025-01-01,2,2",
        offers="o1,A,gun,2,2025-01-01",
        lanes="A,C,gun,1",
        needs="n1,C,gun,2,2025-01-01",
        assurances="A,gun,2",
        supply="S,gun,A,10,,1",
        production="S,gun,2025-04-01,1",
        funds="f1,B",
        releases="f1,2025-01-01,100",
    )
    (place / "variants.toml").write_text(VARIANTS, encoding="utf-8")
    return place


TABLE = """\
                          as it is  patient  at-once
  Aims, in order
   late replacements             0        0  no plan
   unmet needs                   8        2  no plan
   gaps below the floors         2        7  no plan
   money spent                  10       20  no plan
   value moved                   2        4  no plan
   unfairness                    0        0  no plan
  What people ask about
   first arrival in C      2025-03  2025-02  no plan
   n1: first               2025-03  2025-02  no plan
   n1: in full               never  2025-02  no plan
   n1: last of it          2025-03  2025-02  no plan
   n1: when due                0 %      0 %  no plan
   n1: at the end             50 %    100 %  no plan
   longest gap                 A 2      A 4  no plan
   longest wait: gun           A 2      A 4  no plan
   late most                nobody   nobody  no plan
   pays most                  B 10     B 20  no plan
   pays second              nobody   nobody  no plan
   pays third               nobody   nobody  no plan
   handed over: gun              1        2  no plan
   rows changed                  -        1        2
"""


def test_one_table_shows_aims_and_what_people_ask_about(case: Path) -> None:
    """The figures are those of tests/insight/compare/test_figures.py, by hand."""
    result = run("compare", case)
    assert result.exit_code == 0
    story, _blank, table = result.stdout.partition("\n\n                       ")
    assert ("                       " + table).splitlines() == TABLE.splitlines()
    assert story.splitlines() == [
        "test",
        "2 variants beside the scenario as it is, in the order of its aims: 1 better and",
        "1 without a plan.",
        'Best: "A waits four months": unmet needs 2 unit-months instead of 8 unit-months.',
        "",
        'patient: A waits four months - better in "unmet needs"',
        "  assurances[party=A,item=gun].within=4",
        "",
        "at-once: C must have it at once - no plan",
        "  assurances[party=A,item=gun].within=4",
        "  needs[need=n1].hard=true",
        "  no plan; these rows cannot hold together:",
        "    needs.csv:2: the need n1 of C for 2 gun must be met from 2025-01-01 on",
        "    lanes.csv:2: gun from A to C: open from the start until the end, lead 1, ca…",
    ]


def test_variants_may_be_named(case: Path) -> None:
    result = run("compare", case, "patient")
    assert result.exit_code == 0
    assert "at-once" not in result.stdout


def test_json_tells_every_figure(case: Path) -> None:
    found = json_of(run("compare", case, "--json"))
    jsonschema.validate(found, schema_of("compare-1"))
    assert found["order"] == list(rt.OBJECTIVES)
    base, patient, at_once = found["columns"]
    assert (base["kind"], base["change"], patient["change"]["objective"]) == (
        "base", None, "unmet_need",
    )  # fmt: skip
    need: dict[str, Any] = {
        "need": "n1", "party": "C", "capability": "gun", "quantity": 2.0, "first": "2025-02-01",
        "last": "2025-02-01", "full": "2025-02-01", "share_at_due": 0.0, "share_at_end": 1.0,
    }  # fmt: skip
    assert patient["figures"]["needs"] == [need]
    assert patient["figures"]["payers"] == [{"party": "B", "amount": 20.0}]
    assert (at_once["status"], at_once["figures"], at_once["objectives"]) == (
        "infeasible",
        None,
        {},
    )
    assert at_once["edits"] == [
        "assurances[party=A,item=gun].within=4",
        "needs[need=n1].hard=true",
    ]


def test_an_older_plan_stands_beside(case: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    rt.plan(rt.read(case), objectives=["spend", "moved_value"]).write(old)
    result = run("compare", case, "patient", "--plan", old)
    assert result.exit_code == 0
    assert "                          as it is  old plan  patient" in result.stdout


def test_the_scenario_may_be_edited_first(case: Path) -> None:
    """With one gun on offer, patience changes only when it comes."""
    result = run("compare", case, "patient", "--edit", "offers[offer=o1].quantity=1", "--json")
    base, patient = json_of(result)["columns"]
    assert (
        base["figures"]["handed"] == patient["figures"]["handed"] == [{"item": "gun", "units": 1}]
    )
    assert base["hash"] != rt.read(case).content_hash


def test_a_page_is_written_whole_and_never_over_something(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert run("compare", case, "--out", out).stdout.endswith(f"Written: {out}\n")
    before = out.read_bytes()
    refused = run("compare", case, "--out", out)
    assert refused.exit_code == 2
    assert refused.stderr == f"{out} exists; choose another place or replace it with --force\n"
    assert run("compare", case, "patient", "--out", out, "--force").exit_code == 0
    assert out.read_bytes() != before


def lines_of(result: Any) -> list[str]:
    assert result.exit_code == 2
    assert result.stdout == ""
    found: list[str] = result.stderr.splitlines()
    return found[:-1]  # the last one counts


def test_an_unknown_variant_is_one_clear_line(case: Path, tmp_path: Path) -> None:
    before = everything_in(tmp_path)
    result = run("compare", case, "patent", "--out", tmp_path / "page.html")
    assert lines_of(result) == ['variants.toml: no variant "patent"; did you mean "patient"?']
    assert everything_in(tmp_path) == before


def test_a_plan_of_another_scenario_is_one_clear_line(case: Path, tmp_path: Path) -> None:
    """The plan was made before the offer was changed."""
    old, scenario = tmp_path / "old", rt.edit(rt.read(case), "offers[offer=o1].quantity=1")
    rt.plan(scenario).write(old)
    (line,) = lines_of(run("compare", case, "--plan", old))
    assert line.startswith('plan.json: it was made for another scenario: "test" with the content')


def test_two_variants_of_one_name_are_one_clear_line(case: Path) -> None:
    text = VARIANTS + '\n[patient]\ntitle = "again"\nedits = []\n'
    (case / "variants.toml").write_text(text, encoding="utf-8")
    (line,) = lines_of(run("compare", case))
    assert line.startswith("variants.toml:12: patient: ")


def test_refusals_are_json_where_that_is_asked_for(case: Path) -> None:
    result = run("compare", case, "patent", "--json")
    assert result.exit_code == 2
    found = json_of(result)
    jsonschema.validate(found, schema_of("compare-1"))
    assert found["ok"] is False
    assert [problem["value"] for problem in found["problems"]] == ["patent"]


def test_nothing_to_compare_is_said(case: Path) -> None:
    (case / "variants.toml").unlink()
    (line,) = lines_of(run("compare", case))
    assert line == (
        f"variants.toml: {case} has no variants, so there is nothing to compare; write some into"
        " variants.toml, or give an older plan with --plan"
    )


def test_a_time_limit_is_a_number_of_seconds(case: Path) -> None:
    result = run("compare", case, "--time-limit", "-1")
    assert (result.exit_code, result.stderr) == (
        2, "--time-limit: -1.0 is no number of seconds\n",
    )  # fmt: skip


def test_where_nothing_has_a_plan_the_exit_code_says_so(case: Path) -> None:
    result = run("compare", case, "at-once", "--edit", "needs[need=n1].hard=true")
    assert result.exit_code == 3
    assert "The scenario as it is has no plan; of 1 variant 0 can be planned." in result.stdout
    assert "   rows changed                  -        2\n" in result.stdout  # 0 rows need no plan


def test_the_example_of_the_page_is_what_the_program_says(tmp_path: Path) -> None:
    """A offers one gun of the two that C needs; the variant asks what two would do."""
    place = folder(
        tmp_path / "case",
        start="2025-01-01",
        horizon=2,
        stocks="A,gun,2",
        offers="o1,A,gun,1",
        lanes="A,C,gun,0",
        needs="n1,C,gun,2,2025-01-01",
    )
    text = '[both]\ntitle = "A gives both"\nedits = ["offers[offer=o1].quantity=2"]\n'
    (place / "variants.toml").write_text(text, encoding="utf-8")
    section = text_of("docs/reference/json.md").partition("## compare\n")[2].partition("\n## ")[0]
    shown = json.loads(section.partition("```json\n")[2].partition("```")[0])
    assert json_of(run("compare", place, "--json")) == shown
