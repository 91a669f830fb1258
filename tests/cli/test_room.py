"""The commands room and prices: tables, JSON, folders written, and what they refuse."""

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
from tests.project_files import text_of

#: A and B each hold two guns worth 10; C asks for two.
EITHER: dict[str, Any] = {
    "horizon": 2,
    "items": "gun,Gun,,true,10",
    "stocks": "A,gun,2; B,gun,2",
    "offers": "a,A,gun,2; b,B,gun,2",
    "lanes": "*,C,gun,0",
    "needs": "n,C,gun,2,2025-01-01",
}
#: C asks for ten tons: at once by B's lane for 3 each, or two months later for nothing.
TONS: dict[str, Any] = {
    "horizon": 3,
    "objectives": ["unmet_need", "spend"],
    "stocks": "A,ton,10; B,ton,10",
    "offers": "a,A,ton,10; b,B,ton,10",
    "lanes": "A,C,ton,2; B,C,ton,0,,3",
    "needs": "n,C,ton,10,2025-01-01",
    "funds": "f,C",
    "releases": "f,2025-01-01,100",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside scenarios: two that can be planned, one that cannot."""
    folder(tmp_path / "case", **EITHER)
    folder(tmp_path / "tons", **TONS)
    folder(tmp_path / "none", **(EITHER | {"needs": "n,C,gun,9,2025-01-01,,,true"}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def valid(document: Any) -> Any:
    """Hold a document against the schema that it names."""
    _, name, version = document["schema"].split("/")
    jsonschema.validate(document, schema_of(f"{name}-{version}"))
    return document


def example(command: str) -> Any:
    """Read the example of a command in the page about JSON."""
    section = text_of("docs/reference/json.md").partition(f"\n## {command}\n")[2]
    found = re.search(r"```json\n(.+?)```", section, flags=re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_room_is_told_in_a_table_of_80_columns(here: Path) -> None:
    result = run("room", "case", "--near", "0", "--party", "A", "--party", "C", "--plans", "0")
    lines = result.stdout.splitlines()
    assert lines == [
        "The best plans",
        "                                                               best      at most",
        "  late_replacement                                                0            0",
        "  unmet_need                                                      0            0",
        "  capability_gap                                                  0            0",
        "  spend                                                           0            0",
        "  moved_value                                                    20           20",
        "  unfairness                                                      0            0",
        "",
        "What each party gives, waits and pays            least    best plan         most",
        lines[10],
        lines[11],
        "1 party neither gives, waits nor pays in any such plan.",
    ]
    assert lines[10].split()[:4] == ["A", "gives", "gun", "0"]
    assert lines[10].split()[5:] == ["2"]
    assert lines[11].split()[:5] == ["gives", "in", "value,", "EUR", "0"]
    assert max(map(len, lines)) <= 80
    assert here.is_dir()


def test_other_plans_are_written_and_can_be_verified(here: Path) -> None:
    result = run("room", "case", "--near", "0", "--out", "plans")
    assert result.stdout.splitlines()[-1] == ("Written: plans/best, plans/other-1, plans/other-2")
    assert "Who gives, in plans chosen to differ most" in result.stdout
    for plan in sorted((here / "plans").iterdir()):
        assert run("verify", "case", plan).exit_code == 0
    beside = run("room", "case", "plans/other-1", "--near", "0", "--plans", "0")
    assert "your plan" in beside.stdout


def test_nothing_is_overwritten_unasked(here: Path) -> None:
    (here / "plans").mkdir()
    (here / "plans/mine.txt").write_text("mine", encoding="utf-8")
    before = everything_in(here)
    assert run("room", "case", "--out", "plans").exit_code == 2
    assert everything_in(here) == before
    assert run("room", "case", "--near", "0", "--out", "plans", "--plans", "1", "--force").exit_code == 0  # fmt: skip
    assert (here / "plans/mine.txt").read_text(encoding="utf-8") == "mine"


def test_room_in_json_is_what_the_page_shows(here: Path) -> None:
    said = valid(json_of(run("room", "case", "--near", "0", "--plans", "1", "--party", "A", "--json")))  # fmt: skip
    assert said == valid(example("room"))
    assert here.is_dir()


def test_prices_in_json_are_what_the_page_shows(here: Path) -> None:
    assert valid(json_of(run("prices", "tons", "--json"))) == valid(example("prices"))
    assert here.is_dir()


def test_prices_are_told_in_a_table(here: Path) -> None:
    assert run("prices", "tons").stdout.splitlines() == [
        "Giving up 1 % of an objective buys in the later ones:",
        "                                                before        after       change",
        "unmet_need: 0, giving up 1 (1 used)",
        "  spend                                             30         28.5         -1.5",
    ]
    assert run("prices", "case").stdout.splitlines()[2] == (
        "late_replacement: 0, giving up 1 buys nothing"
    )
    assert here.is_dir()


def test_edits_are_made_first(here: Path) -> None:
    said = json_of(run("room", "case", "--edit", "offers[offer=b].quantity=0", "--json", "--near", "0"))  # fmt: skip
    ends = {(r["party"], r["item"]): (r["least"], r["most"]) for r in said["ranges"] if r["item"]}
    assert ends == {("A", "gun"): (2, 2)} | {key: (0, 0) for key in ends if key[0] == "B"}
    assert said["plans"] == []
    assert here.is_dir()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("room", "case", "--near", "two"),
            '--near: "two" is no share; write 0 or more, such as 2% or 0.02',
        ),
        (
            ("room", "case", "--near", "-1%"),
            '--near: "-1%" is no share; write 0 or more, such as 2% or 0.02',
        ),
        (("room", "case", "--plans", "-1"), "--plans: -1 is below 0"),
        (("room", "case", "--time-limit", "-1"), "--time-limit: -1.0 is no number of seconds"),
        (
            ("room", "case", "--party", "D"),
            '--party: unknown party "D"; known are A, B, C\n1 error in case',
        ),
        (
            ("prices", "case", "--give-up", "0"),
            '--give-up: "0" is no share; write more than 0, such as 2% or 0.02',
        ),
    ],
)
def test_what_means_nothing_is_refused_in_one_line(
    here: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message + "\n")
    assert here.is_dir()


def test_a_plan_of_another_scenario_is_refused(here: Path) -> None:
    run("plan", "tons", "--out", "p")
    result = run("room", "case", "p")
    assert result.exit_code == 2
    assert re.match(
        r"plan\.json: scenario\.hash: this plan was made for another state", result.stderr
    )
    said = valid(json_of(run("room", "case", "p", "--json")))
    assert (said["status"], len(said["problems"])) == ("invalid", 1)
    assert here.is_dir()


@pytest.mark.parametrize("command", ["room", "prices"])
def test_no_plan_at_all_and_no_time_have_their_own_exit_codes(command: str, here: Path) -> None:
    infeasible = run(command, "none", "--json")
    assert (infeasible.exit_code, valid(json_of(infeasible))["status"]) == (3, "infeasible")
    assert infeasible.stderr.splitlines()[-1] == "To mend it: ringtausch diagnose none"
    late = run("room", "case", "--time-limit", "0", "--json")
    assert (late.exit_code, valid(json_of(late))["status"]) in {(4, "unknown"), (0, "proved")}
    assert here.is_dir()
