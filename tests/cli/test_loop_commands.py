"""`register scenario` and `register adopt`, as people use them."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # comes without types
import pytest

import ringtausch as rt
from tests.cli.registers import EXAMPLE, example
from tests.cli.running import everything_in, json_of, run
from tests.cli.schemas import schema_of
from tests.project_files import ROOT, text_of

PAGE = "docs/tutorials/close-the-loop.md"
TERMS = EXAMPLE / "terms"


@pytest.fixture
def summer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside the register of the summer of 2025."""
    monkeypatch.chdir(tmp_path)
    example(tmp_path)
    return tmp_path


def make(*more: str) -> None:
    """Make the scenario of August 2025, by the parties' own words."""
    done = run("register", "scenario", "now", "--as-of", "2025-08-15", "--rule", "strict",
               "--terms", TERMS, *more)  # fmt: skip
    assert done.exit_code == 0, done.output


def test_the_summer_of_2025_is_planned_from_its_register(summer: Path) -> None:
    """Germany's two systems of 1 August leave, the first at once, and Norway and Germany pay for new ones."""
    make()
    assert [p for p in rt.check(summer / "now") if p.severity == "error"] == []
    assert run("plan", "now").exit_code == 0
    plan = rt.read_plan(summer / "now-plan")
    given = [(row.offer, row.quantity) for row in plan.rows("dispatches")]
    assert sorted(given) == [
        ("patriot:DEU:UKR", 1),
        ("patriot:DEU:UKR", 1),
        ("usa-returned-system", 1),
    ]
    assert rt.verify(rt.read(summer / "now"), plan).ok


def test_every_row_of_every_table_says_where_it_comes_from(summer: Path) -> None:
    make()
    with (summer / "now" / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {(row["table"], row["line"]) for row in rows if row["line"]}
    there = set()
    for path in (summer / "now").glob("*.csv"):
        if path.name != "sources.csv":
            with path.open(encoding="utf-8", newline="") as file:
                there |= {(path.stem, str(n)) for n, _ in enumerate(csv.reader(file), 1) if n > 1}
    assert told == there
    origins = {row["table"]: row["from"] for row in rows if row["line"]}
    assert origins["offers"] == origins["stocks"] == "terms"
    assert origins["needs"] == "register and terms"
    reasons = {row["row"]: row["reason"] for row in rows if row["from"] == "left out"}
    assert reasons["L-PURL-01"] == "it is announced, not committed"


def test_what_is_made_is_told_as_json_that_its_schema_allows(summer: Path) -> None:
    made = run("register", "scenario", "now", "--as-of", "2025-08-15", "--terms", TERMS, "--json")
    document = json_of(made)
    jsonschema.validate(document, schema_of("register-scenario-1"))
    assert document["hash"] == rt.read(summer / "now").content_hash
    run("plan", "now")
    adopted = json_of(run("register", "adopt", "now-plan", "--dry-run", "--json"))
    jsonschema.validate(adopted, schema_of("register-adopted-1"))
    assert adopted["dry_run"] is True


def test_nothing_is_overwritten_without_being_asked(summer: Path) -> None:
    make()
    before = everything_in(summer / "now")
    again = run("register", "scenario", "now", "--as-of", "2025-09-15", "--terms", TERMS)
    assert again.exit_code == 2
    assert "choose another place or replace it with --force" in again.output
    assert everything_in(summer / "now") == before
    (summer / "now" / "variants.toml").write_text("", encoding="utf-8")
    make("--force")
    assert (summer / "now" / "variants.toml").exists()


def test_terms_with_mistakes_are_told_and_nothing_is_written(summer: Path) -> None:
    shutil.copytree(TERMS, summer / "terms")
    with (summer / "terms" / "stocks.csv").open("a", encoding="utf-8") as file:
        file.write("DUE,patriot-system,many,,\n")
    done = run("register", "scenario", "now", "--terms", "terms")
    assert done.exit_code == 2
    assert 'stocks.csv:9: party: "DUE" is not in parties.csv' in done.output
    assert "stocks.csv:9: quantity:" in done.output
    assert not (summer / "now").exists()


@pytest.mark.usefixtures("summer")
def test_a_plan_is_adopted_all_together_and_once() -> None:
    make()
    run("plan", "now")
    shown = run("register", "adopt", "now-plan", "--dry-run")
    assert shown.exit_code == 0
    assert json_of(run("register", "list", "--matter", "plan:*", "--json"))["statements"] == []
    done = run("register", "adopt", "now-plan")
    assert done.exit_code == 0, done.output
    assert "Recorded in" in done.output
    kept = json_of(run("register", "list", "--matter", "plan:*", "--json"))["statements"]
    columns = [one["columns"] for one in kept]
    assert {one["source_rank"] for one in columns} == {"6"}
    assert len({one["source_sha256"] for one in columns}) == 1
    assert len({one["chain"] for one in columns}) == 1
    assert {one["kind"] + " " + one["milestone"] for one in columns} == {
        "transfer considered",
        "replacement agreed",
        "payment due",
    }
    again = run("register", "adopt", "now-plan")
    assert again.exit_code == 2
    assert "is proposed already: this plan was adopted before" in again.output


def test_a_proposal_moves_no_figure_and_the_next_scenario_is_the_same(summer: Path) -> None:
    make()
    run("plan", "now")
    before = run("register", "balance", "--as-of", "2026-01-01").output
    run("register", "adopt", "now-plan", "--months", "6")
    assert run("register", "balance", "--as-of", "2026-01-01").output == before
    first = everything_in(summer / "now")
    make("--force")
    assert everything_in(summer / "now") == first


def test_a_plan_of_another_scenario_is_refused(summer: Path) -> None:
    make()
    run("plan", "now")
    shutil.move(summer / "now", summer / "elsewhere")
    lost = run("register", "adopt", "now-plan")
    assert lost.exit_code == 2
    assert "name its folder with --scenario" in lost.output
    stocks = summer / "elsewhere" / "stocks.csv"
    stocks.write_text(stocks.read_text(encoding="utf-8").replace(",9", ",8"), encoding="utf-8")
    changed = run("register", "adopt", "now-plan", "--scenario", "elsewhere")
    assert changed.exit_code == 2
    assert "the plan was made from another scenario" in changed.output


def test_an_edited_plan_with_unknown_parties_is_refused_with_every_problem(summer: Path) -> None:
    make()
    run("plan", "now")
    plan = summer / "now-plan" / "dispatches.csv"
    text = plan.read_text(encoding="utf-8").replace("DEU,UKR", "DUE,UKX")
    plan.write_text(text, encoding="utf-8")
    done = run("register", "adopt", "now-plan", "--months", "2")
    assert done.exit_code == 2
    assert 'dispatches.csv:2: from: the register knows no party "DUE"; did you mean "DEU"?' in (
        done.output
    )
    assert 'dispatches.csv:2: to: the register knows no party "UKX"' in done.output


# ---- the tutorial


def commands() -> list[str]:
    """List the commands of the tutorial in the order in which one types them."""
    found: list[str] = []
    months: list[str] = []
    body: list[str] = []
    page = re.sub(r"```.*?```", "", text_of(PAGE), flags=re.DOTALL)  # what commands answer
    for line in page.splitlines():
        if not line.startswith("    "):
            continue
        word = line.strip()
        loop = re.fullmatch(r"for month in (.+); do", word)
        if loop is not None:
            months = loop[1].split()
        elif word == "done":
            found += [one.replace("$month", month) for month in months for one in body]
            months = []
        else:
            (body if months else found).append(word)
    return found


def words(command: str) -> list[str]:
    """Split a command; what is quoted stays together."""
    return [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', command)][1:]


def live(until: str) -> dict[str, str]:
    """Type the commands of the tutorial up to one that contains a text; return what each says."""
    said = {}
    for command in commands():
        if "ID" in command.split():
            listed = json_of(run("register", "list", "--matter", "pledge-of-A", "--milestone",
                                 "handed_over", "--json"))["statements"]  # fmt: skip
            command = command.replace(" ID ", f" {listed[0]['columns']['id']} ")  # noqa: PLW2901
        done = run(*words(command))
        assert done.exit_code == 0, f"{command}: {done.output}"
        said[command] = done.stdout
        if until in command:
            break
    return said


@pytest.fixture
def tutorial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of the tutorial's folder."""
    folder = tmp_path / "close-the-loop"
    shutil.copytree(ROOT / "docs" / "tutorials" / "close-the-loop", folder)
    monkeypatch.chdir(folder)
    return folder


def test_the_tutorial_shows_what_january_proposes(tutorial: Path) -> None:
    said = live("adopt 2024-01-plan")["ringtausch register adopt 2024-01-plan"]
    shown = re.search(r"```\n(matter .+?)```", text_of(PAGE), flags=re.DOTALL)
    assert shown is not None
    assert shown[1] in said
    assert (tutorial / "2024-01" / "sources.csv").exists()


@pytest.mark.long
def test_the_tutorial_s_year_ends_with_nothing_owed(tutorial: Path) -> None:
    """Every command works, and the last balance is what the page says."""
    said = live("register balance")
    (last,) = [text for command, text in said.items() if "register balance" in command]
    amounts = {tuple(line.split()[:3]): line.split()[3] for line in last.splitlines()[3:] if line}
    assert amounts["A", "stock", "launcher"] == "10"
    assert amounts["B", "stock", "launcher"] == "6"
    assert amounts["M", "cash", "EUR"] == "6,000,000.00"
    assert not [key for key in amounts if key[1] in {"owed", "owes", "fund", "transit"}]
    june = said[
        "ringtausch register scenario 2024-06 --as-of 2024-06-01 --terms terms --rule strict"
    ]
    assert "it was due on 2024-05-15 and has not come" in " ".join(june.split())
    february = rt.read(tutorial / "2024-02")
    assert [(row.party, int(row.quantity)) for row in february.debts] == [("A", 2)]
