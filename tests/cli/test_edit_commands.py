"""The commands about changes: edit, variants, plan --edit, and what check says of variants."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # comes without types
import pytest

import ringtausch as rt
from tests.builders import folder
from tests.cli.running import everything_in, json_of, process, run
from tests.cli.schemas import schema_of
from tests.project_files import text_of

GIVING = {
    "horizon": 2,
    "parties": "A; B; C",
    "stocks": "A,gun,3; B,gun,1",
    "offers": "o1,A,gun,1; o2,B,gun,1",
    "lanes": "A,C,gun,0; B,C,gun,0",
    "needs": "n1,C,gun,3,2025-01-01",
}
VARIANTS = """\
[more]
title = "A gives two"
reason = "It said so."
edits = ["offers[offer=o1].quantity=2"]

[alone]
title = "A gives two, B none"
on = "more"
edits = ["-offers[offer=o2]"]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a scenario with a page of its own, a table of values, and variants."""
    case = folder(tmp_path / "case", **GIVING)  # type: ignore[arg-type]
    (case / "README.md").write_text("# A case\n", encoding="utf-8")
    (case / "values.csv").write_text("item,basis,value\ngun,book,1\n", encoding="utf-8")
    (case / "variants.toml").write_text(VARIANTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def valid(document: Any) -> Any:
    """Hold a document against the schema that it names."""
    _, name, version = document["schema"].split("/")
    jsonschema.validate(document, schema_of(f"{name}-{version}"))
    return document


# ---- edit


def test_edit_writes_the_changed_scenario_and_says_what_has_changed(here: Path) -> None:
    before = everything_in(here / "case")
    result = run(
        *("edit", "case", "offers[offer=o1].quantity=2", "-offers[offer=o2]"),
        *("+stocks[party=C,item=gun,quantity=1]", "scenario.horizon=3", "--out", "new"),
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "scenario.horizon: 2 -> 3",
        "new: stocks[party=C,item=gun,quantity=1]",
        "offers[offer=o1].quantity: 1 -> 2",
        "gone: offers[offer=o2,party=B,item=gun,quantity=1]",
        "Written: new",
    ]
    made = rt.read("new")
    assert [(row.offer, int(row.quantity)) for row in made.offers] == [("o1", 2)]
    assert (made.horizon, len(made.stocks)) == (3, 3)
    for name in ("README.md", "values.csv", "variants.toml"):
        assert (here / "new" / name).read_bytes() == before[name]
    assert everything_in(here / "case") == before


def test_edit_writes_a_workbook_and_names_what_stays_behind(here: Path) -> None:
    assert not (here / "new.xlsx").exists()
    result = run("edit", "case", "scenario.horizon=3", "--out", "new.xlsx")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "a workbook has no place for values.csv, variants.toml, README.md; they stay in case"
    ]
    assert rt.read("new.xlsx").horizon == 3
    again = run("edit", "new.xlsx", "scenario.horizon=4", "--out", "newer")
    assert (again.exit_code, again.stderr) == (0, "")
    assert rt.read("newer").horizon == 4


def test_many_changes_are_said_in_few_lines(here: Path) -> None:
    edits = [f"+parties[party=P{number}]" for number in range(15)]
    result = run("edit", "case", *edits, "--out", "new")
    assert (here / "new").is_dir()
    lines = result.stdout.splitlines()
    assert lines[0] == "new: parties[party=P0]"
    assert lines[11:] == ["new: parties[party=P11]", "and 3 changes more", "Written: new"]
    nothing = run("edit", "case", "scenario.horizon=2", "--out", "same")
    assert nothing.stdout.splitlines() == ["nothing has changed", "Written: same"]
    assert rt.read("same") == rt.read("case")


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["case", "offers[offer=o3].quantity=2", "-debts[party=A]", "--out", "new"],
            [
                "offers[offer=o3].quantity=2: offer: no row of offers has offer=o3; known are o1, o2",
                "-debts[party=A]: debts has no rows",
                "2 errors in case",
            ],
        ),
        (
            ["case", "-parties[party=B]", "--out", "new"],
            [
                '-parties[party=B]: lanes.csv:3: from: "B" is not in parties.csv; known are A, C',
                '-parties[party=B]: offers.csv:3: party: "B" is not in parties.csv; known are A, C',
                '-parties[party=B]: stocks.csv:3: party: "B" is not in parties.csv; known are A, C',
                "3 errors in case",
            ],
        ),
        (
            ["case", "scenario.horizon=3", "--out", "case", "--force"],
            ["case is the scenario itself; choose another place for the changed one"],
        ),
        (
            ["case", "scenario.horizon=3", "--out", "case/scenario.xlsx"],
            ["case/scenario.xlsx is the scenario itself; choose another place for the changed one"],
        ),
        (
            ["case", "scenario.horizon=3", "--out", "there"],
            [
                "{here}/there exists; choose another place or replace it with --force",
            ],
        ),
        (
            ["gone", "scenario.horizon=3", "--out", "new"],
            [
                (
                    "gone: there is no folder or workbook gone; check the path, or make one:"
                    " ringtausch new gone"
                ),
                "1 error in gone",
            ],
        ),
        (
            ["case", "--outt", "new", "--out", "new"],
            [
                'there is no option "--outt"; did you mean "--out"?',
            ],
        ),
    ],
)
def test_what_edit_cannot_do_is_said_and_nothing_is_written(
    arguments: list[str], lines: list[str], here: Path
) -> None:
    (here / "there").mkdir()
    before = everything_in(here)
    result = run("edit", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [line.format(here=here) for line in lines]
    assert everything_in(here) == before


def test_edit_replaces_a_folder_when_told_to(here: Path) -> None:
    run("edit", "case", "scenario.horizon=3", "--out", "new")
    assert run("edit", "case", "scenario.horizon=4", "--out", "new").exit_code == 2
    assert run("edit", "case", "scenario.horizon=4", "--out", "new", "--force").exit_code == 0
    assert rt.read(here / "new").horizon == 4


def test_an_edit_that_drops_a_row_stands_in_a_command_as_it_is(here: Path) -> None:
    """It begins like an option, and `exchange` has an h in it, as -h has."""
    text = (here / "case/scenario.toml").read_text(encoding="utf-8")
    (here / "case/scenario.toml").write_text(text, encoding="utf-8")
    (here / "case/exchange.csv").write_text("party,given,accepted\nA,gun,gun\n", encoding="utf-8")
    made = process("edit", "case", "-exchange[party=A]", "--out", "new", cwd=here)
    assert (made.returncode, made.stderr) == (0, "")
    assert rt.read(here / "new").exchange == ()


def test_the_edit_as_json_holds_changes_and_undo(here: Path) -> None:
    edits = ("offers[offer=o1].quantity=2", "-stocks[party=A]")
    message = valid(json_of(run("edit", "case", *edits, "--out", "new", "--json")))
    case, new = rt.read("case"), rt.read("new")
    assert message == {
        "schema": "ringtausch/edit/1",
        "ok": True,
        "written": "new",
        "before": case.content_hash,
        "after": new.content_hash,
        "changes": [
            {
                "kind": "drop",
                "path": "stocks[party=A,item=gun]",
                "column": "",
                "before": "stocks[party=A,item=gun,quantity=3]",
                "after": "",
            },
            {
                "kind": "set",
                "path": "offers[offer=o1]",
                "column": "quantity",
                "before": "1",
                "after": "2",
            },
        ],
        "undo": ["+stocks[row=1,party=A,item=gun,quantity=3]", "offers[offer=o1].quantity=1"],
        "problems": [],
    }
    assert rt.edit(new, *message["undo"]).content_hash == case.content_hash
    refused = run("edit", "case", "-debts[party=A]", "--out", "newer", "--json")
    assert (refused.exit_code, refused.stderr) == (2, "")
    assert valid(json_of(refused)) == {
        "schema": "ringtausch/edit/1",
        "ok": False,
        "written": None,
        "before": None,
        "after": None,
        "changes": [],
        "undo": [],
        "problems": [
            {
                "file": "-debts[party=A]",
                "line": 0,
                "column": "",
                "value": "",
                "message": "debts has no rows",
                "severity": "error",
            }
        ],
    }
    assert not (here / "newer").exists()


# ---- plan --edit


def test_plan_plans_the_edited_scenario_and_records_the_edits(here: Path) -> None:
    """With two guns of A and one of B the need is met at once; without the edit one is missing."""
    edit = "offers[offer=o1].quantity=2"
    message = json_of(run("plan", "case", "--edit", edit, "--out", "p", "--json"))
    assert (message["status"], message["verified"]) == ("optimal", True)
    assert message["objectives"]["unmet_need"]["value"] == 0
    plan, changed = rt.read_plan("p"), rt.edit(rt.read("case"), edit)
    assert plan.scenario_hash == changed.content_hash != rt.read("case").content_hash
    assert plan.settings["edits"] == [edit]
    assert rt.verify(changed, plan).ok
    two = ("--edit", edit, "--edit", "-offers[offer=o2]")
    message = json_of(run("plan", "case", *two, "--out", "q", "--json"))
    assert message["objectives"]["unmet_need"]["value"] == 2
    assert "edits" not in json_of(run("plan", "case", "--out", "r", "--json"))
    assert "edits" not in json.loads((here / "r/plan.json").read_text())["settings"]


def test_plan_keeps_its_exit_codes_with_edits(here: Path) -> None:
    infeasible = run("plan", "case", "--edit", "needs[need=n1].hard=true", "--out", "p")
    assert infeasible.exit_code == 3
    wrong = run("plan", "case", "--edit", "needs[need=n2].hard=true", "--out", "p")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert wrong.stderr.splitlines()[-2:] == [
        "needs[need=n2].hard=true: need: no row of needs has need=n2; known are n1",
        "1 error in case",
    ]
    in_json = run("plan", "case", "--edit", "needs[need=n2].hard=true", "--out", "p", "--json")
    message = json_of(in_json)
    assert (in_json.exit_code, message["status"]) == (2, "invalid")
    assert [problem["column"] for problem in message["problems"]] == ["need"]
    assert not (here / "p").exists()


# ---- variants


def test_variants_are_listed_with_what_they_build_on(here: Path) -> None:
    result = run("variants", "case")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "more   (1 edit, ok)  A gives two",
        "alone  (1 edit, on more, ok)  A gives two, B none",
    ]
    (here / "case/variants.toml").unlink()
    none = run("variants", "case")
    assert (none.exit_code, none.stdout) == (0, "case has no variants.toml, so no variants\n")


def test_wrong_variants_are_listed_with_what_is_wrong(here: Path) -> None:
    wrong = VARIANTS.replace("o1", "o3") + '[good]\ntitle = "As it is"\nedits = []\n'
    (here / "case/variants.toml").write_text(wrong, encoding="utf-8")
    result = run("variants", "case")
    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        "more   (1 edit, wrong, see above)  A gives two",
        "alone  (1 edit, on more, cannot be made)  A gives two, B none",
        "good   (0 edits, ok)  As it is",
    ]
    said = [
        (
            "variants.toml:4: more.edits: offers[offer=o3].quantity=2: offer: no row of offers has"
            " offer=o3; known are o1, o2"
        ),
        "1 error in case",
    ]
    assert result.stderr.splitlines() == said
    checked = run("check", "case")
    assert (checked.exit_code, checked.stderr.splitlines(), checked.stdout) == (2, said, "")
    assert run("plan", "case", "--out", "p").exit_code == 0


def test_a_warning_about_a_variant_is_no_error(here: Path) -> None:
    text = VARIANTS + 'from = "0123456789abcdef"\n'
    (here / "case/variants.toml").write_text(text, encoding="utf-8")
    now = rt.read("case").content_hash[:16]
    for command in ("check", "variants"):
        result = run(command, "case")
        assert result.exit_code == 0
        assert result.stderr.splitlines()[0] == (
            "warning: variants.toml:10: alone.from: alone was written for another state of the"
            f' scenario; see whether it still asks what it should, then write from = "{now}"'
        )


def test_the_variants_of_a_scenario_that_cannot_be_read_are_not_judged(here: Path) -> None:
    (here / "case/needs.csv").write_text("need\n", encoding="utf-8")
    result = run("variants", "case", "--json")
    message = valid(json_of(result))
    assert (result.exit_code, message["ok"], message["hash"]) == (2, False, None)
    assert [(entry["name"], entry["ok"]) for entry in message["variants"]] == [
        ("more", False),
        ("alone", False),
    ]


def test_the_examples_of_the_page_are_what_the_program_says(here: Path) -> None:
    """The scenario of this module, edited and listed."""
    blocks = re.findall(r"```json\n(.+?)```", text_of("docs/reference/json.md"), flags=re.DOTALL)
    shown = {document["schema"]: document for document in map(json.loads, blocks)}
    edits = ("offers[offer=o1].quantity=2", "-offers[offer=o2]")
    said = [
        json_of(run("edit", "case", *edits, "--out", "new", "--json")),
        json_of(run("variants", "case", "--json")),
    ]
    assert (here / "new").is_dir()
    assert [valid(shown[message["schema"]]) for message in said] == said
